"""A figure, and a shop to measure in."""

from __future__ import annotations

import os
import secrets
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import asyncpg

from server.settings import settings
from tenants.kit.parts import gather
from tenants.kit.seals import seal_with
from tenants.tenancy import migrations, provisioning
from tenants.tenancy.engine import DB

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tenants.tenancy.current import Tenant


@dataclass(frozen=True, slots=True)
class Figure:
    """A ratio of ours to a limit; `most` when smaller is better."""

    name: str
    ratio: float
    limit: str
    goal: float
    detail: str
    most: bool = False

    @property
    def met(self) -> bool:
        """Whether the goal was reached."""
        return self.ratio <= self.goal if self.most else self.ratio >= self.goal

    def as_json(self) -> dict[str, Any]:
        """For `--json`."""
        return {**asdict(self), "met": self.met}


@asynccontextmanager
async def bench_shop(**pool: Any) -> AsyncIterator[Tenant]:
    """A tenant in a database of its own, on the servers that DATABASE_URL names."""
    server_dsn = os.environ["DATABASE_URL"]
    name = f"bench_{secrets.token_hex(4)}"
    admin = await asyncpg.connect(server_dsn)
    await admin.execute(f'CREATE DATABASE "{name}"')
    os.environ["DATABASE_URL"] = in_database(server_dsn, name)
    settings.cache_clear()
    seal_with(settings().secret_key.get_secret_value())
    for kind in ("rules", "jobs", "reactions"):
        gather(kind)
    await DB.connect({"main": os.environ["DATABASE_URL"]}, **{"max_size": 10, **pool})
    try:
        await migrations.migrate_platform()
        yield await provisioning.create(slug="bench", name="Bench", timezone="UTC", currency="USD", locale="en")
    finally:
        await DB.disconnect()
        os.environ["DATABASE_URL"] = server_dsn
        settings.cache_clear()
        await admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        await admin.close()


def in_database(dsn: str, name: str) -> str:
    """The DSN with another database."""
    head, _, query = dsn.partition("?")
    return head.rsplit("/", 1)[0] + f"/{name}" + (f"?{query}" if query else "")
