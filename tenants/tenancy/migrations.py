"""Brings schemas to the present revision: compiled SQL, one transaction a tenant, its bookkeeping row inside.

Piccolo's migrations are the source; `python3 dev.py cli migrations compile` turns each into SQL once, and that SQL
is what runs here, so that a thousand tenants cost a thousand short scripts and not a thousand walks through
Python. A run that was killed goes on where it stopped; a tenant that fails is reported and left as it was, and
is refused by name until it has been brought up.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import asyncpg

from tenants.kit import clock, ids
from tenants.tenancy.current import SCHEMA_NAME
from tenants.tenancy.engine import DB, PLACEHOLDER, REGISTRY

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = Path(__file__).parent.parent / "migrations"
PLATFORM = "platform"
_TRIES = 5
_PLATFORM_LOCK = 0x72656775  # any number that nobody else takes
_BEGIN = "BEGIN; SET LOCAL lock_timeout = '3s'; SET LOCAL statement_timeout = '10min'"


@dataclass(frozen=True, slots=True)
class Migration:
    """One compiled step; `sql` still names the placeholder."""

    revision: str
    sql: str
    digest: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A tenant that could not be brought up, and why, in one line."""

    slug: str
    reason: str


@cache
def compiled(kind: str, folder: Path = FOLDER) -> tuple[Migration, ...]:
    """The compiled migrations of `tenant` or `platform`, oldest first."""
    files = sorted((folder / kind / "sql").glob("[0-9]*.sql"))
    return tuple(_read(path) for path in files)


def head(kind: str = "tenant") -> str:
    """The revision at which a schema must be to be served."""
    steps = compiled(kind)
    return steps[-1].revision if steps else ""


async def migrate_platform() -> list[str]:
    """Bring the registry up, making it where there is none. Returns the revisions that were applied."""
    missing: list[Migration] = []

    async def bring_up(connection: Any) -> None:
        # Two processes that start at once wait here for each other; the second finds nothing left to do.
        await connection.execute("SET LOCAL lock_timeout = '60s'")
        await connection.execute("SELECT pg_advisory_xact_lock($1)", _PLATFORM_LOCK)
        await connection.execute(f"CREATE SCHEMA IF NOT EXISTS {PLATFORM}")
        known: set[str] = set()
        if await connection.fetchval("SELECT to_regclass('platform.migration_run')"):
            known = await _applied(connection, PLATFORM)
        missing.extend(step for step in compiled(PLATFORM) if step.revision not in known)
        await _apply(connection, PLATFORM, missing)

    async with DB.pool_of(REGISTRY).acquire() as connection:
        await _in_transaction(connection, lambda: bring_up(connection))
    return [step.revision for step in missing]


async def migrate_tenants(
    *,
    slugs: list[str] | None = None,
    at_once: int = 2,
    steps: tuple[Migration, ...] | None = None,
    done: Callable[[str, Failure | None], None] | None = None,
) -> list[Failure]:
    """Bring every tenant up (or only `slugs`), `at_once` of them together; `done` hears of each as it ends.

    One that is ahead of this code is left as it is.

    Safe to run twice, together with itself, and again after a kill. Returns the failures; the others are up.
    """
    wanted = compiled("tenant") if steps is None else steps
    goal = wanted[-1].revision if wanted else ""
    rows = await DB.registry_fetch(
        'SELECT slug, schema_name, placement FROM platform.tenant WHERE revision < $1 COLLATE "C"'
        " AND state <> 'creating'"
        " AND ($2::text[] IS NULL OR slug = ANY($2)) ORDER BY slug", goal, slugs)  # fmt: skip
    queue = list(reversed(rows))
    failures: list[Failure] = []

    async def work() -> None:
        while queue:
            row = queue.pop()
            failure = await _migrate_one(row, wanted)
            if failure:
                failures.append(failure)
            if done:
                done(row["slug"], failure)

    async with asyncio.TaskGroup() as group:
        for _ in range(max(1, min(at_once, 8))):
            group.create_task(work())
    return sorted(failures, key=lambda failure: failure.slug)


async def stamp(connection: Any, schema: str) -> None:
    """Say that a schema just made from the baseline holds every migration."""
    for step in compiled("tenant"):
        await connection.execute(
            "INSERT INTO platform.migration_run (id, schema_name, revision, digest, at) VALUES ($1, $2, $3, $4, $5)",
            ids.new(), schema, step.revision, step.digest, clock.now())  # fmt: skip


async def _migrate_one(row: Any, steps: tuple[Migration, ...]) -> Failure | None:
    schema, slug = row["schema_name"], row["slug"]
    if not SCHEMA_NAME.match(schema):
        return Failure(slug, "the registry holds a schema name that is not one")
    for attempt in range(_TRIES):
        try:
            async with DB.pool_of(row["placement"]).acquire() as connection:
                await _in_transaction(connection, lambda c=connection: _bring_up(c, schema, steps))  # type: ignore[misc]
        except (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError) as error:
            if attempt == _TRIES - 1:
                return Failure(slug, f"{type(error).__name__}: somebody held a lock; run it again")
            await asyncio.sleep(0.2 * 2**attempt)
        except (asyncpg.PostgresError, OSError, RuntimeError) as error:
            return Failure(slug, f"{type(error).__name__}: {error}".splitlines()[0][:300])
        else:
            return None
    return None


async def _bring_up(connection: Any, schema: str, steps: tuple[Migration, ...]) -> None:
    # The row lock lets only one runner at a time work on a tenant; the second finds nothing left to do. It is the
    # weaker one, beside which foreign keys to the row can still be checked: work is marked due meanwhile.
    await connection.execute("SELECT FROM platform.tenant WHERE schema_name = $1 FOR NO KEY UPDATE", schema)
    known = await _applied(connection, schema)
    await _apply(connection, schema, [step for step in steps if step.revision not in known])
    if steps:
        await connection.execute(
            'UPDATE platform.tenant SET revision = $2 WHERE schema_name = $1 AND revision < $2 COLLATE "C"',
            schema, steps[-1].revision)  # fmt: skip


async def _apply(connection: Any, schema: str, steps: list[Migration]) -> None:
    for step in steps:
        await connection.execute(step.sql.replace(PLACEHOLDER, schema))
        await connection.execute(
            "INSERT INTO platform.migration_run (id, schema_name, revision, digest, at) VALUES ($1, $2, $3, $4, $5)",
            ids.new(), schema, step.revision, step.digest, clock.now())  # fmt: skip


async def _applied(connection: Any, schema: str) -> set[str]:
    rows = await connection.fetch("SELECT revision FROM platform.migration_run WHERE schema_name = $1", schema)
    return {row["revision"] for row in rows}


async def _in_transaction(connection: Any, work: Callable[[], Any]) -> None:
    await connection.execute(_BEGIN)
    try:
        await work()
    except BaseException:
        with contextlib.suppress(Exception):  # the first error is the one to tell
            await connection.execute("ROLLBACK")
        raise
    await connection.execute("COMMIT")


def _read(path: Path) -> Migration:
    sql = path.read_text(encoding="utf-8")
    return Migration(path.stem, sql, hashlib.sha256(sql.encode()).hexdigest())
