"""What the placeholder costs: one indexed SELECT by Piccolo through the tenant engine and through Piccolo's own."""

from __future__ import annotations

import os
import statistics
import time
from typing import TYPE_CHECKING, Any

from piccolo.columns import UUID, Varchar
from piccolo.engine.postgres import PostgresEngine
from piccolo.table import Table, create_table_class

from tenants.kit import ids
from tenants.members.tables import Member
from tenants.tenancy.current import use_tenant
from tests.bench.figures import Figure, bench_shop

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

_ROUNDS = 60
_QUERIES = 50


async def measure() -> list[Figure]:
    """The median of interleaved rounds, each of many queries on one connection."""
    async with bench_shop(min_size=1, max_size=1) as tenant:
        stock = PostgresEngine(config={"dsn": os.environ["DATABASE_URL"]})
        await stock.start_connection_pool(min_size=1, max_size=1, statement_cache_size=1000)
        twin = _twin(stock, tenant.schema)
        member = ids.new()
        with use_tenant(tenant):
            await Member.insert(Member(id=member, external_id="bench"))

            async def ours() -> Any:
                return await Member.select(Member.id, Member.external_id).where(Member.id == member)

            async def theirs() -> Any:
                return await twin.select(twin.id, twin.external_id).where(twin.id == member)

            if await ours() != await theirs():
                raise RuntimeError("the two do not read the same row")
            pairs = [(await _round(ours), await _round(theirs)) for _ in range(_ROUNDS)]
        await stock.close_connection_pool()
    ratio = statistics.median(a / b for a, b in pairs[5:])
    ours_, theirs_ = (statistics.median(times) * 1e6 for times in zip(*pairs, strict=True))
    detail = f"{ours_:.0f} µs against {theirs_:.0f} µs"
    return [Figure("Piccolo SELECT through the tenant engine", ratio, "stock Piccolo", 1.05, detail, most=True)]


def _twin(engine: PostgresEngine, schema: str) -> Any:
    return create_table_class(
        "Member",
        bases=(Table,),
        class_kwargs={"tablename": "member", "schema": schema, "db": engine},
        class_members={"id": UUID(primary_key=True), "external_id": Varchar(null=True)},
    )


async def _round(query: Callable[[], Awaitable[Any]]) -> float:
    start = time.perf_counter()
    for _ in range(_QUERIES):
        await query()
    return (time.perf_counter() - start) / _QUERIES
