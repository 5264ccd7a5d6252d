"""A thousand shops: how long to make them, to bring them all up with a kill in the middle, and to take them away.

    DATABASE_URL=… python -m tests.long.fleet 1000

Works in a database of its own on that server, which it drops at the end; prints the times.
"""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg
from rich.console import Console
from rich.progress import track

from tenants.kit.parts import gather
from tenants.tenancy import migrations, provisioning
from tenants.tenancy.engine import DB

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

out = Console()
STEP = (
    "ALTER TABLE __tenant__.spent_token ADD COLUMN colour text NOT NULL DEFAULT '';"
    "CREATE TABLE __tenant__.scratch (id uuid PRIMARY KEY, at timestamptz NOT NULL);"
    "CREATE INDEX scratch_at ON __tenant__.scratch (at);"
)
AT_ONCE = 2


async def _make(count: int) -> float:
    started = time.perf_counter()
    queue = iter(track(range(count), description="making shops", console=out))

    async def work() -> None:
        for number in queue:
            await provisioning.create(slug=f"fleet{number:05}", name=f"Shop {number}")

    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    return time.perf_counter() - started


async def _start_runner(plan: Path) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.runner", str(plan), str(AT_ONCE), stdout=asyncio.subprocess.PIPE)  # fmt: skip


async def _lines(runner: asyncio.subprocess.Process) -> AsyncIterator[str]:
    assert runner.stdout
    while line := await runner.stdout.readline():
        yield line.decode()


async def _migrate(count: int, plan: Path) -> tuple[float, int, float, int]:
    """Seconds and shops until the kill, and of the run that went on from there."""
    started = time.perf_counter()
    runner, done = await _start_runner(plan), 0
    async for _ in _lines(runner):
        done += 1
        if done >= count // 2:
            runner.kill()
            break
    await runner.wait()
    until_kill, before = time.perf_counter() - started, await _at("9000")
    started = time.perf_counter()
    runner = await _start_runner(plan)
    rest = [line async for line in _lines(runner)]
    await runner.wait()
    assert not any(line.startswith("failed") for line in rest), rest
    return until_kill, before, time.perf_counter() - started, len(rest)


async def _at(revision: str) -> int:
    rows = await DB.registry_fetch("SELECT count(*) FROM platform.tenant WHERE revision = $1", revision)
    return int(rows[0]["count"])


async def _halves() -> int:
    """Shops whose tables and ledger disagree: there must be none."""
    rows = await DB.registry_fetch(
        "SELECT count(*) FROM platform.tenant t WHERE (to_regclass(t.schema_name || '.scratch') IS NULL)"
        " IS DISTINCT FROM (t.revision <> '9000') OR (t.revision = '9000') IS DISTINCT FROM EXISTS"
        " (SELECT 1 FROM platform.migration_run r WHERE r.schema_name = t.schema_name AND r.revision = '9000')")  # fmt: skip
    return int(rows[0]["count"])


async def _measure(count: int, plan: Path) -> None:
    for kind in ("rules", "jobs", "reactions"):
        gather(kind)
    await DB.connect({"main": os.environ["DATABASE_URL"]})
    try:
        await migrations.migrate_platform()
        seconds = await _make(count)
        out.print(f"made      {count:>6} shops in {seconds:8.1f} s  {seconds / count * 1000:7.1f} ms each")
        [size] = await DB.registry_fetch("SELECT pg_database_size(current_database()) AS bytes")
        out.print(f"disk      {size['bytes'] / count / 1e6:6.2f} MB a shop, empty")
        seconds, done, later, rest = await _migrate(count, plan)
        out.print(
            f"migrated  {done:>6} shops in {seconds:8.1f} s  {seconds / max(done, 1) * 1000:7.1f} ms each, then killed"
        )
        out.print(f"resumed   {rest:>6} shops in {later:8.1f} s  {later / max(rest, 1) * 1000:7.1f} ms each")
        out.print(
            f"at the new revision {await _at('9000')} of {count}; half-done {await _halves()}; done twice {done + rest - count}"
        )
        started = time.perf_counter()
        for number in range(min(count, 20)):
            await provisioning.drop(f"fleet{number:05}")
        out.print(f"dropped   {min(count, 20):>6} shops in {time.perf_counter() - started:8.1f} s")
    finally:
        await DB.disconnect()


async def main(count: int) -> None:
    """Measure with that many shops."""
    server = os.environ["DATABASE_URL"]
    name = f"fleet_{secrets.token_hex(4)}"
    head, mark, query = server.partition("?")
    os.environ["DATABASE_URL"] = f"{head.rsplit('/', 1)[0]}/{name}{mark}{query}"
    admin = await asyncpg.connect(server)
    await admin.execute(f'CREATE DATABASE "{name}"')
    try:
        with tempfile.TemporaryDirectory() as folder:
            plan = Path(folder) / "plan.json"
            plan.write_text(json.dumps({"steps": [["9000", STEP]], "slugs": None}), encoding="utf-8")
            await _measure(count, plan)
    finally:
        await admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        await admin.close()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
