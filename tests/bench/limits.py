"""The limit: what pgbench reaches with the very statements that a verb sends, one transaction for each call."""

from __future__ import annotations

import asyncio
import json
import os
import re
import socket
import sys
import tempfile
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from server.embedded.postgres import find_binaries
from tenants.tenancy.engine import DB, TenantEngine

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence

# How pgbench makes the id of the member whose turn it is; `member_id` does the same in Python.
_HASH_BYTES = 32
MEMBER = "lpad(to_hex((:n)::bigint), 32, '0')::uuid"


def member_id(number: int) -> UUID:
    """The id of the n-th member of a bench."""
    return UUID(int=number)


async def make_members(count: int) -> None:
    """Members 1 to `count`, whose ids are their numbers."""
    await DB.fetch(
        "INSERT INTO __tenant__.member (id, external_id, name, gender, birth_calendar, region, occupation, tags,"
        " source, state, created_at, updated_at)"
        " SELECT lpad(to_hex(n), 32, '0')::uuid, n::text, 'n', 'unknown', 'solar', '', '', '{}', 'bench', 'active',"
        " '2026-01-01Z', '2026-01-01Z' FROM generate_series(1, $1::bigint) AS n", count)  # fmt: skip


@dataclass
class Recording:
    """Statements as they were sent."""

    statements: list[tuple[str, tuple[Any, ...]]] = field(default_factory=list)


@contextmanager
def recording() -> Iterator[Recording]:
    """Note every statement that goes through the tenant engine inside."""
    kept = Recording()
    stock = TenantEngine._send

    async def send(self: TenantEngine, sql: str, args: Any) -> list[Any]:
        kept.statements.append((sql, tuple(args)))
        return await stock(self, sql, args)

    TenantEngine._send = send  # type: ignore[method-assign]
    try:
        yield kept
    finally:
        TenantEngine._send = stock  # type: ignore[method-assign]


def script(
    recorded: Recording, *, member: UUID, per_client: int, fixed: Sequence[UUID] = (), batch: Sequence[UUID] = ()
) -> str:
    """A pgbench script that does the same for another member at each turn; `fixed` ids stay what they are.

    `batch` are members whom one turn is about together: turn n is about those from n × their number on.
    """
    literals = _Literals(member, fixed, batch)
    lines = [f"\\set i :i + 1\n\\set n :base + :client_id * {per_client} + :i\nBEGIN;"]
    lines += [literals.fill(sql, args) for sql, args in recorded.statements]
    return "\n".join([*lines, "COMMIT;", ""])


class _Literals:
    """Parameters as SQL text: the member's id becomes that of the turn, every other id and every hash a fresh one."""

    def __init__(self, member: UUID, fixed: Sequence[UUID] = (), batch: Sequence[UUID] = ()) -> None:
        self._member = member
        self._fresh: dict[UUID | bytes, str] = {one: f"'{one}'::uuid" for one in fixed}
        for place, one in enumerate(batch):
            self._fresh[one] = f"lpad(to_hex((:n * {len(batch)} + {place})::bigint), 32, '0')::uuid"

    def fill(self, sql: str, args: tuple[Any, ...]) -> str:
        whole = re.sub(r"\$(\d+)", lambda found: self._write(args[int(found[1]) - 1]), sql)
        return " ".join(whole.split()) + ";"

    def _write(self, value: Any) -> str:
        if isinstance(value, (list, tuple)):
            return f"ARRAY[{', '.join(self._write(item) for item in value)}]"
        if isinstance(value, UUID):
            if value == self._member:
                return MEMBER
            return self._fresh.setdefault(value, f"md5((:n)::text || '#{len(self._fresh)}')::uuid")
        if value is None or isinstance(value, (bool, int, Decimal)):
            return "NULL" if value is None else str(value)
        if isinstance(value, bytes) and len(value) == _HASH_BYTES:
            half = f"md5((:n)::text || '#{len(self._fresh)}')"
            return self._fresh.setdefault(value, f"decode({half} || {half}, 'hex')")
        if isinstance(value, bytes):
            return f"'\\\\x{value.hex()}'"
        text = str(value.isoformat() if isinstance(value, date) else value).replace("'", "''")
        told = f"'{text}'".replace(str(self._member), f"' || ({MEMBER})::text || '")
        return "(" + told.replace(self._member.hex, f"' || replace(({MEMBER})::text, '-', '') || '") + ")"


async def pgbench(text: str, *, base: int, clients: int, seconds: int) -> float:
    """Transactions a second of a script. Raises RuntimeError with what pgbench said if it failed."""
    binaries = find_binaries(18)
    dsn = os.environ["DATABASE_URL"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "script.sql"
        path.write_text(text, encoding="utf-8")
        process = await asyncio.create_subprocess_exec(
            str(binaries / "pgbench"), "-n", "-M", "prepared", "-c", str(clients), "-j", "2", "-T", str(seconds),
            "-D", "i=0", "-D", f"base={base}", "-f", str(path), dsn,
            env={**os.environ, "PGOPTIONS": "-c plan_cache_mode=force_generic_plan"},  # as hot transactions have it
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT)  # fmt: skip
        told = (await process.communicate())[0].decode()
    found = re.search(r"tps = ([\d.]+)", told)
    if process.returncode or not found or re.search(r"number of failed transactions: [1-9]", told):
        raise RuntimeError(told)
    return float(found[1])


@asynccontextmanager
async def web_process(**environment: str) -> AsyncIterator[int]:
    """The real web process on a free port."""
    with tempfile.TemporaryFile() as log:
        port = _free_port()
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "uvicorn", "server.app:app", "--port", str(port), "--no-access-log",
            "--log-level", "warning", "--loop", "uvloop", "--http", "httptools",
            env={**os.environ, **environment}, stdout=log, stderr=log)  # fmt: skip
        try:
            if not await _listens(port, process):
                log.seek(0)
                raise RuntimeError(f"the web process did not start: {log.read().decode()[-2000:]}")
            yield port
        finally:
            if process.returncode is None:
                process.terminate()
                await process.wait()


async def load(port: int, requests: list[bytes], *, connections: int, seconds: float) -> dict[str, Any]:
    """What the load generator measured, from a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "requests"
        path.write_bytes(b"\n%%\n".join(requests))
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.bench.load", "127.0.0.1", str(port), str(connections), str(seconds), str(path),
            stdout=asyncio.subprocess.PIPE)  # fmt: skip
        told = (await process.communicate())[0]
    answer: dict[str, Any] = json.loads(told)
    return answer


async def _listens(port: int, process: asyncio.subprocess.Process) -> bool:
    for _ in range(300):
        if process.returncode is not None:
            return False
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return True
    return False


def _free_port() -> int:

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
