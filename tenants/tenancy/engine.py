"""The engine that keeps tenants apart: one set of tables, a placeholder schema, rewritten as the SQL is sent.

Tables are declared once with the schema `__tenant__`. When SQL leaves for the server, the placeholder becomes the
current tenant's schema. There is no state on the connection, so nothing can leak through a pool or a PgBouncer in
transaction mode; without a tenant the query fails here, and if anything went around us, PostgreSQL knows no schema
called `__tenant__`.

`DB.transaction()` replaces Piccolo's own, which leaks the connection when COMMIT fails, makes nested use a silent
no-op, and whose `batch()` swallows errors; `DB.fetch` and its sisters are the raw path for hot verbs (`$1` style).
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from typing import TYPE_CHECKING, Any, NoReturn, Self

import asyncpg
from piccolo.engine.postgres import PostgresEngine

from tenants.tenancy.current import CrossTenant, current_tenant

if TYPE_CHECKING:
    import contextvars
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
    from types import TracebackType

    from piccolo.querystring import QueryString

PLACEHOLDER = "__tenant__"
REGISTRY = "registry"

_LOCKED_TABLES = re.compile(r"(\bFOR (?:UPDATE|NO KEY UPDATE|SHARE|KEY SHARE) OF )([^ ]+(?:, [^ ]+)*)")

_PLATFORM_TABLE = re.compile(r'"?\bplatform"?\.')

# One round trip opens a transaction and bounds it: a lost client, a lock storm or a runaway query ends by itself,
# and `tenancy.due` relies on a transaction being over within RECHECK_SECONDS of its first mark.
_BEGIN = (
    "BEGIN; SET LOCAL statement_timeout = '15s'; SET LOCAL lock_timeout = '5s';"
    " SET LOCAL idle_in_transaction_session_timeout = '15s'"
)
# A read outside of a transaction has no statement_timeout, and a server that is cut off heeds none: then asyncpg gives
# up by itself, and has the server cancel. In a transaction it waits a little longer than the server is told to.
STATEMENT_SECONDS = 15.0
_LATER_SECONDS = 5.0
# A hot statement takes arrays, and PostgreSQL would plan it anew for each length: half a millisecond each time.
HOT_BEGIN = f"{_BEGIN}; SET LOCAL plan_cache_mode = 'force_generic_plan'"

POOL_DEFAULTS: dict[str, Any] = {
    "min_size": 1,
    "max_size": 10,
    "statement_cache_size": 1000,  # a statement is one text per tenant; fewer thrash at a thousand tenants
    "max_queries": 20_000,  # a backend that has touched a thousand schemas holds 350 MB: let it go in time
    "max_inactive_connection_lifetime": 300.0,
    "timeout": 10.0,
}

# The registry's own few connections. A write marks due work and looks up keys while it holds a connection of its
# placement: if both came from one pool, as many writes as the pool has connections would wait for each other for ever.
REGISTRY_POOL = {"max_size": 4}


class NestedTransaction(RuntimeError):
    """A transaction was opened inside another: say `DB.savepoint()` if part of the work may fail alone."""


class Transaction:
    """One transaction, pinned to one pool and one tenant, that always gives its connection back."""

    __slots__ = ("_after_commit", "_before_commit", "_begin", "_ended", "_engine", "_pool", "_savepoints", "_token",
                 "connection", "placement", "schema", "timeout")  # fmt: skip

    def __init__(self, engine: TenantEngine, placement: str, *, begin: str = "", seconds: float | None = None) -> None:
        self._engine = engine
        self._begin = begin or _BEGIN
        if seconds is not None:
            self._begin += f"; SET LOCAL statement_timeout = '{seconds * 1000:.0f}ms'"
        self.timeout = (STATEMENT_SECONDS if seconds is None else seconds) + _LATER_SECONDS
        self.placement = placement
        self._before_commit: dict[object, Callable[[], Awaitable[None]]] = {}
        self._after_commit: dict[object, Callable[[], Awaitable[None]]] = {}
        self._ended = False
        self._savepoints = 0
        self._token: contextvars.Token[Any] | None = None
        self._pool: Any = None
        self.connection: Any = None
        self.schema: str | None = None

    async def __aenter__(self) -> Self:
        if self._engine.current_transaction.get() is not None:
            raise NestedTransaction("a transaction is open already")
        self._pool = self._engine.pool_of(self.placement)
        self.connection = await self._pool.acquire(timeout=POOL_DEFAULTS["timeout"])
        try:
            await self.connection.execute(self._begin, timeout=self.timeout)
        except BaseException:
            await self._give_back(broken=True)
            raise
        self._token = self._engine.current_transaction.set(self)  # type: ignore[arg-type]  # ours in place of Piccolo's
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            await self.commit()
            return
        # Where ROLLBACK cannot be sent the connection is cut, so PostgreSQL rolls back. The first error is told.
        with contextlib.suppress(asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError):
            await self.rollback()

    async def commit(self) -> None:
        """Commit, give the connection back, then ring the bells. An error means that nothing was kept for sure."""
        if self._ended:
            return
        try:
            for mark in self._before_commit.values():
                await mark()
        except BaseException:
            await self.rollback()
            raise
        await self._end("COMMIT")
        for bell in self._after_commit.values():
            with contextlib.suppress(Exception):  # it is done and cannot be undone; what must happen was marked before
                await bell()

    async def rollback(self) -> None:
        """Undo everything and give the connection back."""
        if not self._ended:
            await self._end("ROLLBACK")

    async def _end(self, command: str) -> None:
        self._ended = True
        broken = False
        try:
            status = await self.connection.execute(command, timeout=self.timeout)
            if command == "COMMIT" and status != "COMMIT":
                # PostgreSQL answers ROLLBACK to the COMMIT of a transaction in which a statement had failed.
                raise asyncpg.InFailedSQLTransactionError("the transaction had failed and was rolled back")  # noqa: TRY301  as any refusal
        except asyncpg.PostgresError:
            raise  # refused at COMMIT: the server has rolled back and the connection is sound
        except asyncpg.InternalClientError as error:
            broken = True  # so asyncpg answers when the server has hung up a moment ago
            raise asyncpg.ConnectionDoesNotExistError(
                "the connection was lost before the end of the transaction"
            ) from error
        except BaseException:
            broken = True  # cancelled or cut: nobody knows, so the connection must not be used again
            raise
        finally:
            try:
                if self._token is not None:
                    self._engine.current_transaction.reset(self._token)
            finally:  # even when it ends in another context than it began in
                await self._give_back(broken=broken)

    async def _give_back(self, *, broken: bool) -> None:
        if broken and not self.connection.is_closed():
            self.connection.terminate()
        await self._pool.release(self.connection)

    def bind(self, schema: str) -> None:
        """Pin to the first tenant whose table is named; any other is an error."""
        if self.schema is None:
            self.schema = schema
        elif self.schema != schema:
            raise CrossTenant(f"this transaction belongs to {self.schema}, the query is for {schema}")

    def before_commit(self, key: object, mark: Callable[[], Awaitable[None]]) -> None:
        """Await `mark` just before COMMIT, once per `key`; its failure rolls back."""
        self._before_commit.setdefault(key, mark)

    def after_commit(self, key: object, bell: Callable[[], Awaitable[None]]) -> None:
        """Await `bell` once COMMIT has succeeded, once per `key`. Its errors are dropped."""
        self._after_commit.setdefault(key, bell)

    @contextlib.asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """A part that may fail alone: an exception inside undoes the part and goes on to the caller."""
        self._savepoints += 1
        name = f"s{self._savepoints}"
        await self.connection.execute(f"SAVEPOINT {name}")
        try:
            yield
        except BaseException:
            await self.connection.execute(f"ROLLBACK TO SAVEPOINT {name}")
            raise
        await self.connection.execute(f"RELEASE SAVEPOINT {name}")


class TenantEngine(PostgresEngine):
    """Piccolo's engine with a pool per placement and the placeholder rewritten as SQL is sent."""

    __slots__ = ("_dsns", "_pools")

    def __init__(self) -> None:
        super().__init__(config={})
        self._pools: dict[str, asyncpg.Pool[Any]] = {}
        self._dsns: dict[str, str] = {}

    async def check_version(self) -> None:
        """Nothing: Piccolo would connect at import."""

    async def prep_database(self) -> None:
        """Nothing: we use no extensions."""

    async def connect(self, placements: Mapping[str, str], **options: Any) -> None:
        """Open a pool for each placement (name → DSN); the registry is where `main` is unless it is named.

        The registry has a small pool of its own even then: see REGISTRY_POOL.
        """
        wanted = {name: (dsn, options) for name, dsn in placements.items()}
        wanted.setdefault(REGISTRY, (placements["main"], {**options, **REGISTRY_POOL}))
        for name, (dsn, chosen) in wanted.items():
            self._dsns[name] = dsn
            self._pools[name] = await asyncpg.create_pool(dsn, reset=_keep_session, **{**POOL_DEFAULTS, **chosen})

    async def disconnect(self, *, timeout_seconds: float = 10.0) -> None:
        """Close all pools; a connection still at work after the timeout is cut."""
        pools, self._pools = list(self._pools.values()), {}
        for pool in pools:
            try:
                async with asyncio.timeout(timeout_seconds):
                    await pool.close()
            except TimeoutError:
                pool.terminate()

    def beside_registry(self, placement: str) -> bool:
        """Whether a placement is open and in the registry's own database, so that one transaction can span both."""
        return placement in self._pools and self._dsns[placement] == self._dsns[REGISTRY]

    @property
    def placements(self) -> tuple[str, ...]:
        """The names of the pools that are open."""
        return tuple(self._pools)

    def pool_of(self, placement: str) -> asyncpg.Pool[Any]:
        """The pool of a placement. Raises RuntimeError where none is open."""
        try:
            return self._pools[placement]
        except KeyError:
            raise RuntimeError(f"no connection to placement {placement!r}") from None

    def transaction(self, allow_nested: bool = False, *, seconds: float | None = None) -> Transaction:  # type: ignore[override]  # noqa: FBT001, FBT002  Piccolo's own signature
        """A transaction of the current tenant, in its placement. Nested use raises NestedTransaction.

        `seconds` is the time for each statement, where STATEMENT_SECONDS do not fit.
        """
        del allow_nested  # Piccolo's libraries may ask for it; nested use stays an error
        return Transaction(self, current_tenant().placement, seconds=seconds)

    def hot_transaction(self) -> Transaction:
        """A transaction of the current tenant for statements that take arrays and run thousands of times."""
        return Transaction(self, current_tenant().placement, begin=HOT_BEGIN)

    def registry_transaction(self) -> Transaction:
        """A transaction on the registry, where there is no tenant."""
        return Transaction(self, REGISTRY)

    def savepoint(self) -> contextlib.AbstractAsyncContextManager[None]:
        """A part of the open transaction that may fail alone."""
        return self.open_transaction().savepoint()

    def open_transaction(self) -> Transaction:
        """The transaction that is open here. Raises RuntimeError where none is."""
        transaction = self._open()
        if transaction is None:
            raise RuntimeError("no transaction is open")
        return transaction

    def _open(self) -> Transaction | None:
        return self.current_transaction.get()  # type: ignore[return-value]  # ours in place of Piccolo's

    async def fetch(self, sql: str, *args: Any) -> list[Any]:
        """Rows (asyncpg records) of a statement with `$1` parameters; `__tenant__` is rewritten."""
        return await self._send(self._bind(sql), args)

    async def fetchrow(self, sql: str, *args: Any) -> Any:
        """The first row, or None."""
        rows = await self._send(self._bind(sql), args)
        return rows[0] if rows else None

    async def fetchval(self, sql: str, *args: Any) -> Any:
        """The first column of the first row, or None."""
        rows = await self._send(self._bind(sql), args)
        return rows[0][0] if rows else None

    async def copy_in(self, table: str, *, columns: Sequence[str], records: Sequence[Sequence[Any]]) -> None:
        """Put rows into a table of the current tenant by COPY, within the open transaction."""
        transaction, schema = self.open_transaction(), current_tenant().schema
        transaction.bind(schema)
        await transaction.connection.copy_records_to_table(
            table, schema_name=schema, columns=columns, records=records, timeout=transaction.timeout
        )

    async def registry_fetch(self, sql: str, *args: Any) -> list[Any]:
        """Rows of a statement on the registry: in its own transaction, never in the tenant's that may be open."""
        transaction = self._open()
        if transaction is not None and transaction.placement == REGISTRY:
            rows: list[Any] = await transaction.connection.fetch(sql, *args, timeout=transaction.timeout)
            return rows
        async with self.pool_of(REGISTRY).acquire(timeout=POOL_DEFAULTS["timeout"]) as connection:
            return await connection.fetch(sql, *args, timeout=STATEMENT_SECONDS)

    async def run_querystring(self, querystring: QueryString, in_pool: bool = True) -> list[Any]:  # noqa: FBT001, FBT002  Piccolo's own signature
        """Where all of Piccolo's queries pass."""
        del in_pool
        sql, args = querystring.compile_string(engine_type=self.engine_type)
        bound = self._bind(sql)
        if "information_schema.tables" in bound and PLACEHOLDER in args:  # Table.table_exists()
            args = [current_tenant().schema if arg == PLACEHOLDER else arg for arg in args]
        return await self._send(bound, args)

    async def run_ddl(self, ddl: str, in_pool: bool = True) -> list[Any]:  # noqa: FBT001, FBT002  Piccolo's own signature
        """Where all of Piccolo's DDL passes."""
        del in_pool
        return await self._send(self._bind(ddl), ())

    async def batch(self, *_: Any, **__: Any) -> NoReturn:
        """Refused: Piccolo's batch swallows exceptions. Page by key, or use a cursor in a transaction."""
        raise RuntimeError("Piccolo's batch() is not used here; page by key instead")

    def atomic(self) -> NoReturn:
        """Refused: `transaction()` is the only way to open one."""
        raise RuntimeError("Piccolo's atomic() is not used here; use DB.transaction()")

    def _bind(self, sql: str) -> str:
        if PLACEHOLDER not in sql:
            return sql
        schema = current_tenant().schema
        transaction = self._open()
        if transaction is not None:
            transaction.bind(schema)
        if " OF " in sql:
            # Piccolo writes schema-qualified names after FOR UPDATE OF, which PostgreSQL refuses.
            sql = _LOCKED_TABLES.sub(lambda found: found[1] + found[2].replace(f'"{PLACEHOLDER}".', ""), sql)
        return sql.replace(PLACEHOLDER, schema)

    async def _send(self, sql: str, args: Sequence[Any]) -> list[Any]:
        transaction = self._open()
        if transaction is not None:
            rows: list[Any] = await transaction.connection.fetch(sql, *args, timeout=transaction.timeout)
            return rows
        placement = REGISTRY if _PLATFORM_TABLE.search(sql) else current_tenant().placement
        async with self.pool_of(placement).acquire(timeout=POOL_DEFAULTS["timeout"]) as connection:
            return await connection.fetch(sql, *args, timeout=STATEMENT_SECONDS)


async def _keep_session(_connection: Any) -> None:
    """Instead of RESET ALL on release (63 µs): nobody sets anything on a session, the shape test sees to it."""


DB = TenantEngine()
