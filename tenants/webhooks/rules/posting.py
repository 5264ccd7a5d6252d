"""One call to an endpoint: bounded in time and size, told in one word what came of it.

Only the status counts. No redirect is followed: where a receiver sends us has not been checked, and a webhook that
moved is for a person to change. Of the answer the first kilobyte is kept, for a person to read.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from typing import TYPE_CHECKING, Self

import httpcore

from tenants.kit import clock
from tenants.webhooks.rules.guard import CONNECT_SECONDS, Dialer, NotPublic

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

TOTAL_SECONDS = 15.0
BODY_SECONDS = 2.0  # of these; by then the status is in
SNIPPET_BYTES = 1024
GONE = 410
AGENT = "Regulars-Webhooks/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a call. `error` is empty where the receiver answered 2xx, else one word of ERRORS.

    `wait` is how long the receiver asked us to wait (Retry-After).
    """

    error: str = ""
    status: int | None = None
    snippet: str = ""
    milliseconds: int = 0
    wait: timedelta | None = None


class Line:
    """A line to one endpoint, used for a few calls at once and closed at the end; nobody else's call goes over it."""

    def __init__(self, *, at_once: int) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=_trust(), max_connections=at_once, max_keepalive_connections=at_once, keepalive_expiry=5.0,
            network_backend=Dialer())  # fmt: skip

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError, httpcore.NetworkError, TimeoutError):
            async with asyncio.timeout(1):
                await self._pool.aclose()

    async def post(self, url: str, body: bytes, *, headers: Mapping[str, str]) -> Outcome:
        """Call once. Never raises for what a receiver or the network does."""
        began = time.monotonic()
        try:
            outcome = await self._call(url, body, headers)
        except (TimeoutError, httpcore.TimeoutException):
            outcome = Outcome(error="timeout")
        except NotPublic:
            outcome = Outcome(error="not_public")
        except httpcore.ConnectError as error:
            outcome = Outcome(error="tls" if _is_about_tls(error) else "connect")
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError):
            outcome = Outcome(error="cut")
        return Outcome(
            error=outcome.error, status=outcome.status, snippet=outcome.snippet, wait=outcome.wait,
            milliseconds=round((time.monotonic() - began) * 1000))  # fmt: skip

    async def _call(self, url: str, body: bytes, headers: Mapping[str, str]) -> Outcome:
        sent = [
            (b"Host", _host(url)), (b"Content-Type", b"application/json"), (b"User-Agent", AGENT.encode()),
            (b"Accept-Encoding", b"identity"), (b"Content-Length", str(len(body)).encode()),
            *((name.encode(), value.encode()) for name, value in headers.items()),
        ]  # fmt: skip
        waits = {"connect": CONNECT_SECONDS, "read": TOTAL_SECONDS, "write": TOTAL_SECONDS, "pool": TOTAL_SECONDS}
        async with contextlib.AsyncExitStack() as stack:
            async with asyncio.timeout(TOTAL_SECONDS - BODY_SECONDS):
                response = await stack.enter_async_context(
                    self._pool.stream("POST", url, headers=sent, content=body, extensions={"timeout": waits})
                )
            status = response.status
            snippet = await _beginning(response)
            wait = _wait(response) if status in {429, 503} else None
        return Outcome(error=_word(status), status=status, snippet=snippet, wait=wait)


async def _beginning(response: httpcore.Response) -> str:
    """The first kilobyte of an answer, printable. The status is in: what breaks now changes nothing."""
    read = b""
    with contextlib.suppress(TimeoutError, httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError):
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in response.aiter_stream():
                read += chunk
                if len(read) >= SNIPPET_BYTES:
                    break
    text = read[:SNIPPET_BYTES].decode("utf-8", errors="replace")
    return "".join(letter if letter.isprintable() or letter == "\n" else "·" for letter in text)


def _word(status: int) -> str:
    if 200 <= status < 300:  # noqa: PLR2004  what HTTP calls success
        return ""
    if status == GONE:
        return "gone"
    return "redirect" if 300 <= status < 400 else "status"  # noqa: PLR2004  what HTTP calls a redirect


def _wait(response: httpcore.Response) -> timedelta | None:
    """Retry-After in either of its forms (RFC 9110, 10.2.3)."""
    value = next((value for name, value in response.headers if name.lower() == b"retry-after"), b"").decode("latin-1")
    if value.strip().isascii() and value.strip().isdigit():
        return timedelta(seconds=min(int(value.strip()[:9]), 10**6))
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(until - clock.now(), timedelta(0)) if until < datetime.max.replace(tzinfo=UTC) else None


def _host(url: str) -> bytes:
    return url.partition("://")[2].partition("/")[0].partition("?")[0].encode("ascii")


def _is_about_tls(error: BaseException) -> bool:
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ssl.SSLError):
            return True
        seen = seen.__cause__ or seen.__context__
    return False


@cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()
