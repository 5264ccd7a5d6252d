"""Receivers of webhooks that do as they are told, and what is needed to send to them."""

from __future__ import annotations

import asyncio
import contextlib
import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tenants import webhooks
from tests.make import outreach as make_jobs

if TYPE_CHECKING:
    import ssl
    import uuid
    from collections.abc import AsyncIterator, Awaitable, Callable
    from datetime import datetime

    from tests.conftest import Shop


@dataclass(frozen=True)
class Call:
    """One call as the receiver got it."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def said(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found


Behaviour = str  # a status such as "200", or one of those in `_misbehave`


@dataclass
class Receiver:
    """A real HTTP server; `behave` says for each call what is done, `calls` are all that came in whole."""

    port: int = 0
    calls: list[Call] = field(default_factory=list)
    connections: int = 0
    at_once: int = 0
    most_at_once: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b"ok"
    behave: Callable[[Call], Behaviour] = lambda _call: "200"
    striking: Callable[[Call], Awaitable[None]] | None = None

    def url(self, path: str = "/hook", *, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while call := await _read(reader):
                self.calls.append(call)
                self.at_once += 1
                self.most_at_once = max(self.most_at_once, self.at_once)
                if self.striking:
                    await self.striking(call)
                self.at_once -= 1
                if not await self._reply(writer, self.behave(call)):
                    break
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _reply(self, writer: asyncio.StreamWriter, behaviour: Behaviour) -> bool:
        """False when the line is to be cut."""
        if behaviour == "hang":
            await asyncio.Event().wait()
        if behaviour == "cut":
            return False
        if behaviour == "half a status":
            writer.write(b"HTTP/1.1 20")
            await writer.drain()
            return False
        if behaviour == "nonsense":
            writer.write(b"SSH-2.0-OpenSSH_9.2\r\n")
            await writer.drain()
            return False
        if behaviour == "half a body":
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
            await writer.drain()
            return False
        if behaviour == "drip":
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            while True:
                writer.write(b".")
                await writer.drain()
                await asyncio.sleep(0.05)  # the very thing that is tested: an answer that never ends
        if behaviour == "drip headers":
            writer.write(b"HTTP/1.1 200 OK\r\n")
            while True:
                writer.write(b"X-Slow: 1\r\n")
                await writer.drain()
                await asyncio.sleep(0.05)  # as above
        if behaviour == "huge":
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n")
            while True:
                writer.write(b"x" * 65536)
                await writer.drain()
        lines = [f"HTTP/1.1 {behaviour} Said", f"Content-Length: {len(self.body)}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        writer.write("\r\n".join([*lines, "", ""]).encode() + self.body)
        await writer.drain()
        return True


async def _read(reader: asyncio.StreamReader) -> Call | None:
    line = await reader.readline()
    if not line:
        return None
    headers: dict[str, str] = {}
    while (header := (await reader.readline()).decode().strip()) != "":
        name, _, value = header.partition(":")
        headers[name.lower()] = value.strip()
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Call(line.decode().split()[1], headers, body)


@asynccontextmanager
async def receiver(*, tls: ssl.SSLContext | None = None, **options: Any) -> AsyncIterator[Receiver]:
    """A receiver on this machine."""
    made = Receiver(**options)
    answering: set[asyncio.Task[None]] = set()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        answering.add(task)
        with contextlib.suppress(asyncio.CancelledError):
            await made.answer(reader, writer)

    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=tls)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        for task in answering:
            task.cancel()
        await asyncio.gather(*answering, return_exceptions=True)


async def endpoint(shop: Shop, url: str, *events: str) -> tuple[uuid.UUID, str]:
    """An endpoint that hears these events (everything where none is named), and its secret."""
    async with shop.open():
        made, secret = await webhooks.add(url, events=events or ["*"])
    return made.id, secret


async def deliver(shop: Shop) -> datetime | None:
    """One look of the worker, until its lanes have ended."""
    again_at = await make_jobs.run(shop, "webhooks.deliver")
    await webhooks.drain()
    return again_at


async def states(shop: Shop) -> dict[str, int]:
    """How many deliveries are in each state."""
    rows = await shop.rows("SELECT state, count(*) AS n FROM __tenant__.webhook_delivery GROUP BY state")
    return {row["state"]: row["n"] for row in rows}
