"""Tenants are made whole or not at all, whatever they are called; and leave nothing behind."""

from __future__ import annotations

import asyncio
import csv
import stat
from datetime import UTC
from typing import TYPE_CHECKING, Any

import asyncpg
import pytest
import pytest_asyncio

from tenants.kit import clock, ids
from tenants.kit.errors import Invalid
from tenants.tenancy import DB, current_tenant, keys, migrations, provisioning, registry, use_tenant
from tenants.tenancy.engine import REGISTRY

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.conftest import Shop


async def footprint() -> list[tuple[str, str]]:
    """Everything in the database that a tenant could leave behind."""
    rows = await DB.registry_fetch(
        "SELECT 'schema' AS kind, nspname::text AS name FROM pg_namespace WHERE nspname !~ '^pg_(temp|toast_temp)'"
        " UNION ALL SELECT 'table', c.oid::regclass::text FROM pg_class c WHERE c.relkind IN ('r', 'p', 'v', 'S', 'm')"
        "   AND c.relnamespace::regnamespace::text !~ '^(pg_|information_schema)'"
        " UNION ALL SELECT 'tenant', slug FROM platform.tenant"
        " UNION ALL SELECT 'due', tenant::text || job FROM platform.due"
        " UNION ALL SELECT 'run', schema_name || revision FROM platform.migration_run"
        " UNION ALL SELECT 'host', name FROM platform.host UNION ALL SELECT 'role', rolname::text FROM pg_roles ORDER BY 1, 2"
    )
    return [tuple(row) for row in rows]


@pytest_asyncio.fixture
async def untouched(acme: Shop, rival: Shop) -> AsyncIterator[None]:
    """Afterwards the database holds what it held before."""
    assert acme.tenant.id != rival.tenant.id
    before = await footprint()
    yield
    assert await footprint() == before


HOSTILE_SLUGS = [
    "", " ", "a", "A", "Acme", "ACME", "1acme", "-acme", "acme-", "ac--me", "ac_me", "ac me", "ac.me", "acme\n", "\nacme", "acme\x00",
    "public", "platform", "pg-catalog", "pg_catalog", "information_schema", "information-schema", "postgres", "admin", "www", "api",
    "t1, t2", "t1,t2", "t1;DROP SCHEMA t_acme CASCADE", 'x"; DROP SCHEMA "t_acme" CASCADE; --', "x'--", "x' OR '1'='1", "x\\'", "$1", "$$",
    "x" * 41, "x" * 64, "x" * 10_000, "商家", "café", "ａｃｍｅ", "acme\u200b", "İ", "\ud800", "a\u0301b", "٣a", "a٣", "../acme", "a/b",
    "%s", "{0}", "__tenant__", "t_acme", "acme.localhost", "null",
]  # fmt: skip


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize("slug", [slug for slug in HOSTILE_SLUGS if slug != "null"])
async def test_a_hostile_name_makes_nothing(slug: str) -> None:
    with pytest.raises(Invalid) as caught:
        await provisioning.create(slug=slug, name="Shop")
    assert (caught.value.code, caught.value.facts["param"]) == ("invalid", "slug")


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize(
    ("param", "value"),
    [
        *(("name", value) for value in ("", " ", "\u3000", "x" * 201, "a\x00b", "a\nb", "\ud800", "\x85")),
        *(("timezone", value) for value in ("", "Mars/Base", "UTC'; DROP SCHEMA t_acme; --", "+08:00", "../../etc/passwd", "asia/shanghai", "\ud800")),
        *(("currency", value) for value in ("", "cny", "CNYX", "C'Y", "CNY\n", "元元元", "ＣＮＹ")),
        *(("locale", value) for value in ("", "fr", "zh-CN", "en'")),
        *(("region", value) for value in ("", "cn", "CHN", "C'", "CN\n")),
        *(("placement", value) for value in ("", "elsewhere", "main'")),
    ],
)  # fmt: skip
async def test_a_hostile_description_makes_nothing(param: str, value: str) -> None:
    with pytest.raises(Invalid) as caught:
        await provisioning.create(**{"slug": "newshop", "name": "Shop", param: value})
    assert caught.value.facts["param"] == param


@pytest.mark.usefixtures("untouched")
async def test_a_zone_that_the_database_does_not_know_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "zone", lambda _name: UTC)
    with pytest.raises(Invalid) as caught:
        await provisioning.create(slug="newshop", name="Shop", timezone="Mars/Base")
    assert caught.value.facts["param"] == "timezone"


@pytest.mark.usefixtures("untouched")
async def test_sql_in_a_name_is_only_a_name() -> None:
    name = 'Bobby\'); DROP SCHEMA "t_acme" CASCADE; -- __tenant__ {x} %s $1 商家'
    tenant = await provisioning.create(
        slug="bobby", name=f"  {name} ", timezone="Asia/Kolkata", locale="en", region="IN", currency="INR"
    )
    try:
        assert (tenant.name, tenant.timezone, tenant.currency, tenant.schema) == (
            name,
            "Asia/Kolkata",
            "INR",
            f"t_bobby{tenant.id.hex[-8:]}",
        )
        assert (await registry.by_slug("bobby")).name == name
    finally:
        await provisioning.drop("bobby")


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize("slug", ["ab", "x" * 40, "a-b-c", "a1-2", "selecting", "null", "table", "user"])
async def test_every_name_that_is_allowed_works(slug: str) -> None:
    tenant = await provisioning.create(slug=slug, name="Shop")
    try:
        assert tenant.revision == migrations.head()
        registry.admit(tenant)
        with use_tenant(tenant):
            assert await DB.fetchval("SELECT count(*) FROM __tenant__.idempotent_reply") == 0
    finally:
        await provisioning.drop(slug)


@pytest.mark.usefixtures("untouched")
async def test_names_that_differ_only_in_hyphens_are_two_shops() -> None:
    try:
        schemas = {(await provisioning.create(slug=slug, name=slug)).schema for slug in ("a-bc", "abc")}
        assert len(schemas) == 2
        with pytest.raises(provisioning.SlugTaken) as caught:
            await provisioning.create(slug="a-bc", name="Third")
        assert "a-bc" in caught.value.say("zh")
    finally:
        for slug in ("a-bc", "abc"):
            await provisioning.drop(slug)


@pytest.mark.usefixtures("untouched")
async def test_a_name_that_was_given_up_and_taken_again_is_another_shop_everywhere() -> None:
    """Another process may remember the first shop for two seconds; it must not come into the second with it."""
    first = await provisioning.create(slug="again", name="First")
    await provisioning.drop("again")
    second = await provisioning.create(slug="again", name="Second")
    try:
        assert first.schema != second.schema
        with use_tenant(first), pytest.raises(asyncpg.UndefinedTableError):
            await DB.fetch("SELECT FROM __tenant__.member")
    finally:
        await provisioning.drop("again")


@pytest.mark.usefixtures("untouched")
async def test_a_schema_that_somebody_left_is_not_taken_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provisioning, "_schema_of", lambda _slug, _id: "t_left")
    await DB.registry_fetch("CREATE SCHEMA t_left")
    try:
        with pytest.raises(provisioning.SlugTaken):
            await provisioning.create(slug="left", name="Shop")
        assert await DB.registry_fetch("SELECT FROM platform.tenant WHERE slug = 'left'") == []
    finally:
        await DB.registry_fetch("DROP SCHEMA t_left")


@pytest.mark.usefixtures("untouched")
async def test_of_ten_creations_of_one_name_at_once_one_succeeds() -> None:
    results = await asyncio.gather(
        *(provisioning.create(slug="crowd", name=f"Shop {number}") for number in range(10)), return_exceptions=True
    )
    try:
        made = [result for result in results if not isinstance(result, BaseException)]
        assert len(made) == 1
        assert {type(result) for result in results if isinstance(result, BaseException)} == {provisioning.SlugTaken}
        assert (await registry.by_slug("crowd")).id == made[0].id
    finally:
        await provisioning.drop("crowd")


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize("way", ["error", "killed", "cancelled"])
async def test_a_creation_that_stops_half_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    reached = asyncio.Event()

    async def stop() -> None:
        assert await DB.fetchval("SELECT count(*) FROM __tenant__.idempotent_reply") == 0, current_tenant()
        reached.set()
        if way == "error":
            raise LookupError
        if way == "killed":
            async with DB.pool_of("main").acquire() as other:
                await other.execute("SELECT pg_terminate_backend($1)", await DB.fetchval("SELECT pg_backend_pid()"))
            await DB.fetch("SELECT 1")
        await asyncio.Event().wait()

    monkeypatch.setattr(provisioning, "_furnishers", [*provisioning._furnishers, stop])
    call = asyncio.create_task(provisioning.create(slug="halfway", name="Shop"))
    await asyncio.wait([call, asyncio.create_task(reached.wait())], return_when=asyncio.FIRST_COMPLETED)
    if way == "cancelled":
        call.cancel()
    lost = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)
    with pytest.raises((LookupError, asyncio.CancelledError, *lost)):
        await call
    with pytest.raises(registry.TenantUnknown):
        await registry.by_slug("halfway")
    monkeypatch.undo()
    await provisioning.create(slug="halfway", name="Shop")
    await provisioning.drop("halfway")


@pytest.mark.usefixtures("untouched")
async def test_dropping_takes_everything_and_only_of_that_one(acme: Shop) -> None:
    tenant = await provisioning.create(slug="gone", name="Shop")
    _, key = await keys.make(tenant.id, "secret", app_secret="x" * 32)
    await registry.add_host("gone", "gone.example", base_domain="localhost")
    await DB.registry_fetch(f"CREATE TABLE {tenant.schema}.extra (x int)")
    await provisioning.drop("gone")
    keys.forget()
    assert await keys.recognise(key) is None
    assert await registry.by_id(tenant.id) is None
    assert await registry.by_host("gone.example", base_domain="localhost") is None
    assert await registry.by_host("gone.localhost", base_domain="localhost") is None
    with pytest.raises(registry.TenantUnknown):
        await provisioning.drop("gone")
    assert await acme.value("SELECT count(*) FROM __tenant__.idempotent_reply") == 0


@pytest.mark.usefixtures("untouched")
async def test_a_shop_in_use_is_dropped_whole_or_not_at_all() -> None:
    tenant = await provisioning.create(slug="busy", name="Shop")
    with use_tenant(tenant):
        async with DB.transaction():
            await DB.fetch("LOCK TABLE __tenant__.idempotent_reply IN ACCESS SHARE MODE")
            with pytest.raises(asyncpg.LockNotAvailableError):
                await asyncio.create_task(_drop_in_a_context_of_its_own("busy"))
    registry.admit(await registry.by_slug("busy"))
    await provisioning.drop("busy")


async def _drop_in_a_context_of_its_own(slug: str) -> None:
    DB.current_transaction.set(None)
    await provisioning.drop(slug)


# --- export ----------------------------------------------------------------------------------------------------------


async def _row(key: str, *, at: str = "2026-01-02T03:04:05Z") -> None:
    await DB.fetch(
        "INSERT INTO __tenant__.idempotent_reply (id, scope, key, digest, status, content_type, body, at, until)"
        " VALUES ($1, 's', $2, 'secret-digest', 201, '', $3, $4::text::timestamptz, $4::text::timestamptz)", ids.new(), key, b"\x00\xff", at)  # fmt: skip


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


async def test_an_export_holds_every_row_of_this_shop_and_of_no_other(acme: Shop, rival: Shop, tmp_path: Path) -> None:
    odd = 'odd "quotes", commas\nlines\t商家 \\N \\. 😀'
    async with acme.open():
        await _row(odd)
        await _row("plain")
    async with rival.open():
        await _row("of the rival")
    told: dict[str, int] = {}
    counts = await provisioning.export("acme", tmp_path / "new" / "folder", told=told.__setitem__)
    assert told == counts
    assert counts["idempotent_reply"] == 2
    rows = read(tmp_path / "new" / "folder" / "idempotent_reply.csv")
    assert sorted(row["key"] for row in rows) == sorted([odd, "plain"])
    assert {row["body"] for row in rows} == {"\\x00ff"}
    assert {row["digest"] for row in rows} == {""}
    everything = b"".join(path.read_bytes() for path in (tmp_path / "new" / "folder").iterdir())
    assert b"rival" not in everything
    assert b"secret-digest" not in everything
    assert stat.S_IMODE((tmp_path / "new" / "folder").stat().st_mode) == 0o700
    names = await acme.rows(
        "SELECT relname FROM pg_class WHERE relnamespace = $1::regnamespace AND relkind = 'r'", acme.tenant.schema
    )
    assert set(counts) == {row["relname"] for row in names}


@pytest.mark.usefixtures("untouched")
async def test_a_table_with_an_odd_name_is_exported_inside_the_folder(acme: Shop, tmp_path: Path) -> None:
    await acme.rows("""CREATE TABLE __tenant__."../o""d'd; --" ("a""b" text, "password" text, "Ünï" int)""")
    try:
        await acme.rows("""INSERT INTO __tenant__."../o""d'd; --" VALUES ('x', 'hunter2', 7)""")
        await provisioning.export("acme", tmp_path / "out")
        assert {path.name for path in tmp_path.iterdir()} == {"out"}
        assert read(tmp_path / "out" / "___o_d_d____.csv") == [{'a"b': "x", "password": "", "Ünï": "7"}]
    finally:
        await acme.rows("""DROP TABLE __tenant__."../o""d'd; --" """)


async def test_an_export_is_one_snapshot(acme: Shop, tmp_path: Path) -> None:
    """The tables are read one after the other; what is committed in between is in none of them."""
    tables: list[str] = []

    async def write() -> None:
        async with acme.open():
            await _row("late")
            await DB.fetch("INSERT INTO __tenant__.spent_token (digest, ends_at) VALUES ('late', '2030-01-01Z')")

    async with acme.open():
        await _row("early")
        await DB.fetch("INSERT INTO __tenant__.spent_token (digest, ends_at) VALUES ('early', '2030-01-01Z')")
    export = provisioning.export("acme", tmp_path, told=lambda table, _rows: tables.append(table))
    task = asyncio.create_task(export)
    async with asyncio.timeout(20):
        while "idempotent_reply" not in tables:
            await asyncio.sleep(0)
    await write()
    counts = await task
    assert (counts["idempotent_reply"], counts["spent_token"]) == (1, 1)


async def test_an_export_cannot_write(acme: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    async def copy(connection: Any, _query: str, **_: Any) -> str:
        seen.append(await connection.fetchval("SHOW transaction_read_only"))
        seen.append(await connection.fetchval("SHOW transaction_isolation"))
        return "COPY 0"

    monkeypatch.setattr(asyncpg.connection.Connection, "copy_from_query", copy)
    await provisioning.export(acme.tenant.slug, tmp_path)
    assert set(seen) == {"on", "repeatable read"}


async def test_an_export_that_fails_gives_its_connection_back(acme: Shop, tmp_path: Path) -> None:
    (tmp_path / "idempotent_reply.csv").mkdir()
    for _ in range(25):
        with pytest.raises(OSError, match="directory"):
            await provisioning.export("acme", tmp_path)
    assert await acme.value("SELECT 1") == 1
    with pytest.raises(registry.TenantUnknown):
        await provisioning.export("nobody", tmp_path)
    assert DB.pool_of(REGISTRY) is not DB.pool_of("main")
