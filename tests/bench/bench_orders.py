"""A load of orders through the rules of the API, with members, points, grants, levels and totals, against COPY.

Two limits: the orders alone into a plain table, and every row that the load has written, indexes on.

The real CDNOW file is used where REGULARS_DATA, or `../shared/data`, has it; else one of the same shape is made.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from server.loading import copy_rate, load
from tenants.kit.parts import gather_listed
from tenants.tenancy.current import use_tenant
from tenants.tenancy.engine import DB
from tests.bench.figures import Figure, bench_shop
from tests.make.trade import orders_file

if TYPE_CHECKING:
    from tenants.tenancy.current import Tenant

_ROUNDS = 3
_WRITTEN = (
    "member", "shop_order", "order_event", "reward_grant", "points_entry", "points_lot", "points_account",
    "growth_entry", "level_standing", "buyer_totals",
)  # fmt: skip
_CUSTOMERS = 7_000


async def measure() -> list[Figure]:
    """Load into a fresh shop and copy what was loaded, in turn; the median of the ratios."""
    pairs = []
    with tempfile.TemporaryDirectory() as folder:
        file = _file(Path(folder))
        for _ in range(_ROUNDS):
            async with bench_shop() as tenant:
                with use_tenant(tenant):
                    loaded = await load(file)
                    broken = [check.name for check in gather_listed("checks", "CHECKS") if await DB.fetch(check.sql)]
                    if loaded.refused or broken:
                        raise RuntimeError(f"{loaded.refused} lines refused, books: {broken}")
                    whole = loaded.rows / await _copy_seconds(tenant)
                    pairs.append((loaded.rows / loaded.seconds, await copy_rate(), whole, loaded.rows))
    ours, limit, whole, rows = (statistics.median(values) for values in zip(*pairs, strict=True))
    return [
        Figure(
            "orders loaded through the rules",
            statistics.median(pair[0] / pair[1] for pair in pairs),
            "COPY of the same rows",
            0.1,
            f"{ours:.0f} orders/s against {limit:.0f}/s, {rows:.0f} orders",
        ),
        Figure(
            "the same",
            statistics.median(pair[0] / pair[2] for pair in pairs),
            "COPY of every row written, with indexes",
            0.3,
            f"{ours:.0f} orders/s against {whole:.0f}/s",
        ),
    ]


async def _copy_seconds(tenant: Tenant) -> float:
    """How long PostgreSQL takes to copy all that the load has written into empty tables with the same indexes."""
    seconds = 0.0
    async with DB.pool_of(tenant.placement).acquire() as connection:
        for table in _WRITTEN:
            with tempfile.TemporaryFile() as rows:
                await connection.copy_from_query(f'SELECT * FROM "{tenant.schema}"."{table}"', output=rows)
                rows.seek(0)
                await connection.execute(
                    f'CREATE TEMPORARY TABLE copied (LIKE "{tenant.schema}"."{table}" INCLUDING ALL)'
                )
                started = time.perf_counter()
                await connection.copy_to_table("copied", source=rows)
                seconds += time.perf_counter() - started
                await connection.execute("DROP TABLE copied")
    return seconds


def _file(folder: Path) -> Path:
    shared = Path(os.environ.get("REGULARS_DATA", "../shared/data")) / "cdnow_orders.txt"
    return shared if shared.exists() else orders_file(folder, _CUSTOMERS)
