"""The engine keeps tenants apart and gives every connection back, whatever goes wrong."""

from __future__ import annotations

import asyncio
import secrets
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import asyncpg
import pytest
import pytest_asyncio
from piccolo.columns import Integer, Varchar
from piccolo.table import Table

from tenants.kit import ids
from tenants.tenancy import DB, PLACEHOLDER, CrossTenant, Id, TenantNotSet, engine, registry, use_tenant
from tenants.tenancy.engine import REGISTRY, NestedTransaction, TenantEngine
from tenants.tenancy.tables import IdempotentReply, TenantRow

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tenants.tenancy import Tenant
    from tests.conftest import Shop

SCRATCH = "__tenant__.scratch"


class Scratch(Table, tablename="scratch", schema=PLACEHOLDER, db=DB):
    """A table that only these tests have."""

    id = Id()
    owner = Varchar(length=40)
    number = Integer(default=0)


@pytest_asyncio.fixture(scope="module", autouse=True)
async def _scratch(database: str) -> AsyncIterator[None]:
    assert database
    async with DB.pool_of(REGISTRY).acquire() as connection:
        schemas = [(await registry.by_slug(slug)).schema for slug in ("acme", "rival")]
        for schema in schemas:
            await connection.execute(
                f"CREATE TABLE {schema}.scratch (id uuid PRIMARY KEY, owner varchar(40) NOT NULL, number int NOT NULL,"
                " CONSTRAINT scratch_number UNIQUE (number) DEFERRABLE INITIALLY DEFERRED)"
            )
        yield
        for schema in schemas:
            await connection.execute(f"DROP TABLE {schema}.scratch")


@pytest_asyncio.fixture(autouse=True)
async def _empty(_scratch: None, acme: Shop, rival: Shop) -> None:
    for shop in (acme, rival):
        await shop.rows(f"DELETE FROM {SCRATCH}")


@asynccontextmanager
async def few_connections(most: int) -> AsyncIterator[TenantEngine]:
    """The one engine on pools of its own for a while."""
    before, DB._pools = DB._pools, {}
    dsns = dict(DB._dsns)
    try:
        await DB.connect({"main": dsns["main"]}, max_size=most, timeout=5.0)
        yield DB
        assert DB.pool_of("main").get_size() - DB.pool_of("main").get_idle_size() == 0, "a connection is not back"
    finally:
        try:
            await DB.disconnect()
        finally:
            DB._pools, DB._dsns = before, dsns


async def put(owner: str, number: int) -> None:
    await DB.fetch(f"INSERT INTO {SCRATCH} (id, owner, number) VALUES ($1, $2, $3)", ids.new(), owner, number)


async def numbers(shop: Shop) -> list[int]:
    return [row["number"] for row in await shop.rows(f"SELECT number FROM {SCRATCH} ORDER BY 1")]


# --- without a tenant ------------------------------------------------------------------------------------------------


async def test_nothing_runs_without_a_tenant(acme: Shop) -> None:
    attempts: list[Any] = [
        lambda: Scratch.select(),
        lambda: Scratch.objects().get(Scratch.owner == "x"),
        lambda: Scratch.insert(Scratch(owner="x")),
        lambda: Scratch.update({Scratch.owner: "y"}, force=True),
        lambda: Scratch.delete(force=True),
        lambda: Scratch.count(),
        lambda: Scratch.exists(),
        lambda: Scratch.raw("SELECT * FROM __tenant__.scratch"),
        lambda: Scratch.create_table(if_not_exists=True),
        lambda: Scratch.alter().drop_table(),
        lambda: Scratch.table_exists(),
        lambda: DB.fetch("SELECT * FROM __tenant__.scratch"),
        lambda: DB.fetchrow("SELECT * FROM __tenant__.scratch"),
        lambda: DB.fetchval("SELECT 1"),
        lambda: DB.run_ddl("DROP TABLE __tenant__.scratch"),
        lambda: Scratch(owner="x").save(),
    ]
    for attempt in attempts:
        with pytest.raises(TenantNotSet):
            await attempt()
    with pytest.raises(TenantNotSet):
        async with DB.transaction():
            pass
    async with DB.registry_transaction():
        for attempt in attempts[:3]:
            with pytest.raises(TenantNotSet):
                await attempt()
    assert await numbers(acme) == []


async def test_what_goes_around_the_engine_finds_no_table(acme: Shop) -> None:
    with use_tenant(acme.tenant):
        for sql in ("SELECT * FROM scratch", "SELECT * FROM __TENANT__.scratch", "SELECT * FROM public.scratch"):
            with pytest.raises((asyncpg.UndefinedTableError, asyncpg.InvalidSchemaNameError)):
                await DB.fetch(sql)
    async with DB.pool_of("main").acquire() as connection:
        with pytest.raises(asyncpg.UndefinedTableError):
            await connection.fetch('SELECT * FROM "__tenant__".scratch')
        assert await connection.fetchval("SELECT to_regnamespace('__tenant__')") is None
        assert await connection.fetchval("SHOW search_path") == '"$user", public'


async def test_a_parameter_is_never_rewritten(acme: Shop) -> None:
    async with acme.open():
        await put(PLACEHOLDER, 1)
        assert await DB.fetchval(f"SELECT owner FROM {SCRATCH}") == PLACEHOLDER
        assert (await Scratch.select().where(Scratch.owner == PLACEHOLDER))[0]["owner"] == PLACEHOLDER


async def test_piccolo_and_raw_queries_see_the_same_rows(acme: Shop, rival: Shop) -> None:
    async with acme.open():
        await Scratch.insert(Scratch(owner="acme", number=1))
        row = await Scratch.objects().where(Scratch.number == 1).lock_rows("UPDATE", of=(Scratch,)).first()
        assert row is not None
        assert await Scratch.table_exists()
        assert await DB.fetchval(f"SELECT owner FROM {SCRATCH}") == "acme"
    assert await numbers(rival) == []


def test_the_name_of_a_schema_is_checked_wherever_a_tenant_is_described() -> None:
    from tenants.tenancy import Tenant  # noqa: PLC0415  it is a type elsewhere in this file

    for schema in (
        "public",
        "platform",
        "t_",
        "t_a-b",
        "t_A",
        "t_x; DROP",
        't_"',
        "t_" + "x" * 41,
        "t_acme\n",
        "t_é",
        "",
    ):
        with pytest.raises(ValueError, match="schema"):
            Tenant(id=ids.new(), slug="x", schema=schema)


# --- one transaction, one tenant -------------------------------------------------------------------------------------


async def test_a_transaction_never_touches_two_tenants(acme: Shop, rival: Shop) -> None:
    with pytest.raises(CrossTenant):
        async with acme.open():
            await put("acme", 1)
            with use_tenant(rival.tenant):
                await put("acme", 2)
    assert await numbers(acme) == await numbers(rival) == []
    with pytest.raises(CrossTenant):
        async with acme.open():
            await put("acme", 1)
            with use_tenant(rival.tenant):
                await Scratch.select()


async def test_one_transaction_is_never_opened_in_another(acme: Shop) -> None:
    async with acme.open():
        for opening in (DB.transaction(), DB.transaction(allow_nested=True), DB.registry_transaction()):
            with pytest.raises(NestedTransaction):
                async with opening:
                    pass
        await put("acme", 1)
    assert await numbers(acme) == [1]
    with pytest.raises(RuntimeError, match="no transaction"):
        DB.savepoint()


async def test_piccolos_own_ways_are_closed() -> None:
    with pytest.raises(RuntimeError):
        await DB.batch()
    with pytest.raises(RuntimeError):
        DB.atomic()


async def test_a_savepoint_undoes_its_part_and_only_that(acme: Shop) -> None:
    async with acme.open():
        await put("acme", 1)
        with pytest.raises(asyncpg.PostgresError):
            async with DB.savepoint():
                await put("acme", 2)
                await DB.fetch("SELECT 1/0")
        async with DB.savepoint():
            await put("acme", 3)
            with pytest.raises(LookupError):
                async with DB.savepoint():
                    await put("acme", 4)
                    raise LookupError
    assert await numbers(acme) == [1, 3]


async def test_work_can_be_tied_to_the_commit(acme: Shop) -> None:
    heard: list[str] = []

    def note(text: str) -> Any:
        async def say() -> None:
            heard.append(text)

        return say

    async def broken() -> None:
        raise LookupError

    async with acme.open():
        DB.open_transaction().before_commit("a", note("before"))
        DB.open_transaction().before_commit("a", note("before again"))
        DB.open_transaction().after_commit("b", broken)
        DB.open_transaction().after_commit("c", note("after"))
        assert heard == []
    assert heard == ["before", "after"]
    with pytest.raises(LookupError):
        async with acme.open():
            await put("acme", 1)
            DB.open_transaction().before_commit("a", broken)
            DB.open_transaction().after_commit("c", note("never"))
    with pytest.raises(KeyError):
        async with acme.open():
            DB.open_transaction().before_commit("a", note("never"))
            DB.open_transaction().after_commit("c", note("never"))
            raise KeyError
    assert heard == ["before", "after"]
    assert await numbers(acme) == []


# --- when it goes wrong ----------------------------------------------------------------------------------------------


async def kill_backend() -> None:
    pid = await DB.fetchval("SELECT pg_backend_pid()")
    await DB.registry_fetch("SELECT pg_terminate_backend($1)", pid)


async def _killed_before_commit(number: int) -> None:
    await put("acme", number)
    DB.open_transaction().before_commit("kill", kill_backend)


async def _failed_and_swallowed(number: int) -> None:
    await put("acme", number)
    with pytest.raises(asyncpg.DivisionByZeroError):
        await DB.fetch("SELECT 1/0")


async def _refused_at_commit(number: int) -> None:
    await put("acme", -1)
    await put("acme", -1)
    assert number >= 0


async def _killed_and_refused(number: int) -> None:
    await put("acme", number)
    await kill_backend()
    raise LookupError


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (_killed_before_commit, (asyncpg.PostgresError, asyncpg.InterfaceError, OSError)),
        (_failed_and_swallowed, asyncpg.InFailedSQLTransactionError),
        (_refused_at_commit, asyncpg.UniqueViolationError),
        (_killed_and_refused, LookupError),
    ],
)
async def test_a_commit_that_fails_gives_the_connection_back(acme: Shop, spoil: Any, error: Any) -> None:
    async with few_connections(2):
        for number in range(50):
            with pytest.raises(error):
                async with acme.open():
                    await spoil(number)
            assert DB.current_transaction.get() is None
        assert await numbers(acme) == []
        async with acme.open():
            await put("acme", 1)
        assert await numbers(acme) == [1]


async def test_a_read_outside_of_a_transaction_ends_in_time_and_gives_the_connection_back(
    acme: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "STATEMENT_SECONDS", 0.2)
    async with few_connections(1):
        for _ in range(2):
            with pytest.raises(TimeoutError):
                await acme.rows("SELECT pg_sleep(20) AS x")
            with pytest.raises(TimeoutError):
                await DB.registry_fetch("SELECT pg_sleep(20)")
        assert await acme.value("SELECT 1") == 1


async def test_a_statement_in_a_transaction_ends_in_time_even_if_the_server_does_not_see_to_it(
    acme: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "STATEMENT_SECONDS", 0.2)
    monkeypatch.setattr(engine, "_BEGIN", "BEGIN")
    monkeypatch.setattr(engine, "_LATER_SECONDS", 0.1)
    async with few_connections(1):
        with pytest.raises(TimeoutError):
            async with acme.open():
                await put("acme", 1)
                await DB.fetch("SELECT pg_sleep(20)")
        assert await numbers(acme) == []


async def test_a_transaction_may_ask_for_more_time_or_less(acme: Shop) -> None:
    with use_tenant(acme.tenant):
        async with DB.transaction(seconds=300):
            assert await DB.fetchval("SHOW statement_timeout") == "5min"
        with pytest.raises(asyncpg.QueryCanceledError):
            async with DB.transaction(seconds=0.2):
                await DB.fetch("SELECT pg_sleep(20)")


async def test_a_begin_that_fails_gives_the_connection_back(acme: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    async with few_connections(2):
        with monkeypatch.context() as patched:
            patched.setattr(engine, "_BEGIN", "BEGIN; SELECT 1/0")
            for _ in range(10):
                with pytest.raises(asyncpg.DivisionByZeroError):
                    async with acme.open():
                        pass
        assert DB.current_transaction.get() is None
        async with acme.open():
            await put("acme", 1)
    assert await numbers(acme) == [1]


async def test_whoever_is_cancelled_gives_the_connection_back(acme: Shop) -> None:
    async def slow_query() -> None:
        async with acme.open():
            await put("acme", 1)
            await DB.fetch("SELECT pg_sleep(30)")

    async def slow_commit() -> None:
        async with acme.open():
            await put("acme", 2)
            DB.open_transaction().before_commit("slow", lambda: DB.fetch("SELECT pg_sleep(30)"))  # type: ignore[arg-type,return-value]

    async with few_connections(2):
        for turn in range(30):
            calls = [asyncio.create_task(slow_query()), asyncio.create_task(slow_commit())]
            await asyncio.wait(calls, timeout=0.002 * (turn % 10))
            for call in calls:
                call.cancel()
            if turn % 3 == 0:  # a second time, while it rolls back
                await asyncio.sleep(0)
                for call in calls:
                    call.cancel()
            done = await asyncio.gather(*calls, return_exceptions=True)
            assert [type(result) for result in done] == [asyncio.CancelledError] * 2
        assert await numbers(acme) == []
        # Where even the cancelling was cancelled, the server sleeps on; statement_timeout would end it in 15 s.
        await acme.rows(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query ~ 'pg_sleep.30' AND pid <> pg_backend_pid()"
        )


async def test_a_commit_cut_by_cancellation_is_whole_or_nothing(acme: Shop) -> None:
    async def write(number: int) -> None:
        async with acme.open():
            await put("acme", number * 2)
            await put("acme", number * 2 + 1)

    async with few_connections(2):
        for number in range(60):
            call = asyncio.create_task(write(number))
            await asyncio.wait([call], timeout=0.0001 * (number % 30))
            call.cancel()
            await asyncio.gather(call, return_exceptions=True)
        left = await numbers(acme)
        assert left == [value for pair in sorted({value // 2 for value in left}) for value in (pair * 2, pair * 2 + 1)]


async def test_a_gather_inside_a_transaction_fails_loudly_and_keeps_nothing(acme: Shop) -> None:
    async with few_connections(2):
        for _ in range(10):
            with pytest.raises(asyncpg.InterfaceError):
                async with acme.open():
                    await put("acme", 1)
                    await asyncio.gather(DB.fetch("SELECT pg_sleep(0.01)"), DB.fetch("SELECT 2"), put("acme", 2))
            assert DB.current_transaction.get() is None
        assert await numbers(acme) == []


async def test_a_task_that_outlives_its_transaction_cannot_use_it(acme: Shop) -> None:
    over = asyncio.Event()

    async def late() -> Any:
        await over.wait()
        return await DB.fetch(f"SELECT * FROM {SCRATCH}")

    async with acme.open():
        task = asyncio.create_task(late())
        await asyncio.sleep(0)
    over.set()
    with pytest.raises(asyncpg.InterfaceError):
        await task


async def test_a_transaction_that_ends_in_another_context_gives_its_connection_back(acme: Shop) -> None:
    async with few_connections(2):
        for _ in range(5):
            with use_tenant(acme.tenant):
                transaction = DB.transaction()
                await asyncio.create_task(transaction.__aenter__())
                with pytest.raises(ValueError, match="different Context"):
                    await transaction.commit()
        async with acme.open():
            await put("acme", 1)


async def test_a_pool_that_closes_meanwhile_still_gets_its_connection(acme: Shop) -> None:
    async with few_connections(2):
        with pytest.raises(LookupError):
            async with acme.open():
                pools, DB._pools = DB._pools, {}
                raise LookupError
        DB._pools = pools


async def test_writes_that_mark_work_do_not_wait_for_each_other_for_ever(acme: Shop) -> None:
    async def write(number: int) -> None:
        async with acme.open():
            await put("acme", number)
            DB.open_transaction().before_commit("due", lambda: DB.registry_fetch("SELECT 1"))  # type: ignore[arg-type,return-value]

    async with few_connections(2), asyncio.timeout(20):
        await asyncio.gather(*(write(number) for number in range(60)))
    assert await numbers(acme) == list(range(60))


# --- all at once -----------------------------------------------------------------------------------------------------


async def test_500_tasks_on_few_connections_never_see_a_row_of_another(acme: Shop, rival: Shop) -> None:
    foreign: list[str] = []
    run = secrets.token_hex(4)

    async def look(tenant: Tenant) -> None:
        rows = await (Scratch.select() if secrets.randbelow(2) else DB.fetch(f"SELECT * FROM {SCRATCH}"))
        foreign.extend(row["owner"] for row in rows if row["owner"] != tenant.slug)

    async def write(tenant: Tenant, number: int) -> None:
        async with DB.transaction():
            await put(tenant.slug, number)
            await look(tenant)
            with pytest.raises(LookupError):
                async with DB.savepoint():
                    await put(tenant.slug, -number - 1)
                    raise LookupError
            await look(tenant)
            if number % 5 == 0:
                raise KeyError

    async def work(number: int) -> None:
        shop = (acme, rival)[number % 2]
        kind = number % 7
        if kind == 0:
            rows = await TenantRow.select().where(TenantRow.slug == shop.tenant.slug)
            assert [row["slug"] for row in rows] == [shop.tenant.slug]
            return
        with use_tenant(shop.tenant):
            if kind in {1, 2}:
                await look(shop.tenant)
            elif kind == 3:
                await asyncio.gather(look(shop.tenant), look(shop.tenant))
            elif kind == 4:
                with pytest.raises(TimeoutError):
                    async with asyncio.timeout(0.001):
                        async with DB.transaction():
                            await put(shop.tenant.slug, 1_000_000 + number)
                            await DB.fetch("SELECT pg_sleep(5)")
            elif number % 5 == 0:
                with pytest.raises(KeyError):
                    await write(shop.tenant, number)
            else:
                await write(shop.tenant, number)

    async with few_connections(4):
        DB.pool_of("main")
        async with asyncio.timeout(60):
            for start in range(0, 500, 100):
                await asyncio.gather(*(work(number) for number in range(start, start + 100)))
    assert foreign == [], run
    for shop, odd in ((acme, 0), (rival, 1)):
        expected = [n for n in range(500) if n % 2 == odd and n % 7 in {5, 6} and n % 5]
        assert await numbers(shop) == expected


async def test_platform_rows_and_one_tenants_rows_may_share_a_transaction(acme: Shop) -> None:
    async with acme.open():
        await put("acme", 1)
        assert await TenantRow.exists().where(TenantRow.slug == "acme")
        assert await IdempotentReply.count() == 0


async def test_nothing_is_left_set_on_a_connection(acme: Shop) -> None:
    async with few_connections(1):
        async with acme.open():
            assert await DB.fetchval("SHOW statement_timeout") == "15s"
            assert await DB.fetchval("SHOW lock_timeout") == "5s"
        with use_tenant(acme.tenant):
            assert await DB.fetchval("SHOW statement_timeout") == "0"
            assert await DB.fetchval("SHOW lock_timeout") == "0"
