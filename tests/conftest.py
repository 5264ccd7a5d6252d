"""Two shops, `acme` and `rival`, on a real PostgreSQL and Valkey, empty at the start of every test.

`python3 dev.py test` starts the servers and sets DATABASE_URL and REDIS_URL; with these set, plain pytest works too.
"""

from __future__ import annotations

import os
import secrets
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import asyncpg
import httpx
import pytest
import pytest_asyncio

os.environ.setdefault("SECRET_KEY", "test-only-" + "x" * 40)
os.environ.setdefault("METRICS_PORT", "0")
os.environ["BASE_DOMAIN"] = "localhost"
os.environ.setdefault("REQUESTS_PER_MINUTE_KEY", "1000000")
os.environ.setdefault("REQUESTS_PER_MINUTE_MEMBER", "1000000")
os.environ.setdefault("REQUESTS_PER_MINUTE_STRANGER", "1000000")
# Where tests run in several processes, each has a database of its own, and so its part of Valkey, which some empty.
if (_process := os.environ.get("PYTEST_XDIST_WORKER", "gw0")) != "gw0" and "REDIS_URL" in os.environ:
    os.environ["REDIS_URL"] = os.environ["REDIS_URL"].partition("?")[0] + f"?db={int(_process[2:])}"

from server import callers
from server.app import create_app
from server.settings import settings
from tenants.kit.parts import gather
from tenants.kit.seals import seal_with
from tenants.tenancy import blueprint, keys, migrations, provisioning, registry
from tenants.tenancy.current import Tenant, use_tenant
from tenants.tenancy.engine import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import AsyncIterator

    from litestar import Litestar


LONGEST = (
    "tests/model/",
    "tests/server/test_cli.py",
    "tests/test_",
    "tests/workers/",
    "tests/admin/",
    "tests/browser/",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take long come first: where tests run in several processes, none is left alone with one at the end."""
    ranks = {
        item: next((rank for rank, name in enumerate(LONGEST) if item.nodeid.startswith(name)), 99) for item in items
    }
    items.sort(key=lambda item: ranks[item])


@dataclass
class Shop:
    """One tenant as a test sees it."""

    tenant: Tenant
    app: Litestar
    secret_key: str = ""
    publishable_key: str = ""
    _clients: list[httpx.AsyncClient] = field(default_factory=list)

    @property
    def host(self) -> str:
        return f"{self.tenant.slug}.localhost"

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Act for this shop in a transaction that is committed at the end."""
        with use_tenant(self.tenant):
            async with DB.transaction():
                yield

    async def rows(self, sql: str, *args: Any) -> list[dict[str, Any]]:
        """Rows of this shop, as a look from outside."""
        with use_tenant(self.tenant):
            return [dict(row) for row in await DB.fetch(sql, *args)]

    async def value(self, sql: str, *args: Any) -> Any:
        """The first column of the first row."""
        found = await self.rows(sql, *args)
        return next(iter(found[0].values())) if found else None

    def client(self, **headers: str) -> httpx.AsyncClient:
        """A client of the shop's host, without any key."""
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=cast("Any", self.app), raise_app_exceptions=False),
            base_url=f"http://{self.host}",
            headers=headers,
        )
        self._clients.append(client)
        return client

    def server(self, **headers: str) -> httpx.AsyncClient:
        """A client with the shop's secret key: the seller's backend."""
        return self.client(Authorization=f"Bearer {self.secret_key}", **headers)

    def member(self, member: uuid.UUID, **headers: str) -> httpx.AsyncClient:
        """A client with a member's token: the member's phone."""
        token, _ = callers.write_member_token(self.tenant.id, member)
        return self.client(Authorization=f"Bearer {token}", **headers)

    async def close(self) -> None:
        for client in self._clients:
            await client.aclose()


@pytest_asyncio.fixture(scope="session")
async def database() -> AsyncIterator[str]:
    """A database of its own with the registry and both shops, dropped at the end."""
    server_dsn = os.environ.get("DATABASE_URL")
    if not server_dsn:
        pytest.exit("DATABASE_URL is not set: run the tests with `python3 dev.py test`", returncode=2)
    name = f"test_{secrets.token_hex(4)}"
    admin = await asyncpg.connect(server_dsn)
    await admin.execute(f'CREATE DATABASE "{name}"')
    head, _, query = server_dsn.partition("?")
    dsn = head.rsplit("/", 1)[0] + f"/{name}" + (f"?{query}" if query else "")
    os.environ["DATABASE_URL"] = dsn
    settings.cache_clear()
    seal_with(settings().secret_key.get_secret_value())
    for kind in ("rules", "jobs", "reactions"):
        gather(kind)
    await DB.connect({"main": dsn}, max_size=20)
    await migrations.migrate_platform()
    await provisioning.create(slug="acme", name="Acme", locale="en", timezone="Asia/Shanghai")
    await provisioning.create(slug="rival", name="Rival", locale="zh", timezone="America/New_York", currency="USD")
    yield dsn
    await DB.disconnect()
    os.environ["DATABASE_URL"] = server_dsn
    await admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    await admin.close()


@pytest_asyncio.fixture(scope="session")
async def app(database: str) -> AsyncIterator[Litestar]:
    """The web application, in this process."""
    assert database
    application = create_app()
    yield application  # its lifespan would only connect what is connected already
    await application.state.limiter.close()


@pytest_asyncio.fixture
async def acme(app: Litestar) -> AsyncIterator[Shop]:
    """The shop that tests are about: English, Shanghai time, CNY."""
    shop = await _shop("acme", app)
    yield shop
    await shop.close()


@pytest_asyncio.fixture
async def rival(app: Litestar) -> AsyncIterator[Shop]:
    """Another shop, of which nothing may ever be seen: Chinese, New York time, USD."""
    shop = await _shop("rival", app)
    yield shop
    await shop.close()


async def _shop(slug: str, app: Litestar) -> Shop:
    tenant = await registry.by_slug(slug)
    await empty(tenant)
    secret = settings().secret_key.get_secret_value()
    _, secret_key = await keys.make(tenant.id, "secret", app_secret=secret)
    _, publishable = await keys.make(tenant.id, "publishable", origins=["https://shop.example"], app_secret=secret)
    return Shop(tenant, app, secret_key, publishable)


async def empty(tenant: Tenant) -> None:
    """Take everything out of a shop and furnish it as if it were new."""
    names = [table._meta.tablename for table in reversed(blueprint.tenant_tables())]
    with use_tenant(tenant):
        async with DB.transaction(seconds=120) as transaction:
            transaction.bind(tenant.schema)
            await transaction.connection.execute("".join(f'DELETE FROM "{tenant.schema}"."{name}";' for name in names))
            await DB.registry_fetch("DELETE FROM platform.api_key WHERE tenant = $1", tenant.id)
            for furnisher in provisioning._furnishers:
                await furnisher()
