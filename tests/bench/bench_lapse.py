"""Points past their day taken by the job's verb, batch by batch, against one plain UPDATE of the same lots.

`REGULARS_LAPSE_LOTS` says how many lots; the ledger, the accounts, the news and a batch that can be undone come with
ours, the limit empties the lots and no more.
"""

from __future__ import annotations

import os
import time

from tenants import points
from tenants.kit.parts import gather_listed
from tenants.points.jobs import LAPSE_BATCH
from tenants.tenancy.current import use_tenant
from tenants.tenancy.engine import DB
from tests.bench.bench_import import resident_bytes
from tests.bench.figures import Figure, bench_shop
from tests.bench.limits import make_members

_LOTS_EACH = 4
_MAKE = (
    """
    INSERT INTO __tenant__.points_entry (id, member, points, why, once, note, detail, at, recorded_at)
    SELECT lpad(to_hex(n), 32, '0')::uuid, lpad(to_hex((n - 1) / 4 + 1), 32, '0')::uuid, 10, 'order', 'bench/' || n, '',
           '', '2024-01-01Z'::timestamptz + n * interval '1 second', '2024-06-01Z'
      FROM generate_series(1, $1::bigint) AS n""",
    """
    INSERT INTO __tenant__.points_lot (id, member, points, remaining, expires_at, slides, earned_at)
    SELECT id, member, points, points, '2025-01-01Z', false, at FROM __tenant__.points_entry""",
    """
    INSERT INTO __tenant__.points_account (member, balance, held, earned, spent, pending, debt, updated_at)
    SELECT member, sum(points), 0, sum(points), 0, 0, 0, '2024-06-01Z' FROM __tenant__.points_entry GROUP BY member""",
)
_PLAIN = "UPDATE __tenant__.points_lot SET remaining = 0 WHERE remaining > 0 AND expires_at <= '2026-01-01Z'"


async def measure() -> list[Figure]:
    """Lapse every lot of a shop, and empty the lots of another one like it."""
    lots = int(os.environ.get("REGULARS_LAPSE_LOTS", "40000"))
    async with bench_shop() as tenant:
        with use_tenant(tenant):
            await _fill(lots)
            begun = time.perf_counter()
            async with DB.transaction(seconds=600):
                await DB.fetch(_PLAIN)
            plain = time.perf_counter() - begun
    async with bench_shop() as tenant:
        with use_tenant(tenant):
            await _fill(lots)
            before, most, begun = resident_bytes(), 0, time.perf_counter()
            full = True
            while full:
                async with DB.transaction():
                    full = await points.lapse(limit=LAPSE_BATCH) >= LAPSE_BATCH
                most = max(most, resident_bytes())
            ours = time.perf_counter() - begun
            left = await DB.fetchval("SELECT count(*) FROM __tenant__.points_lot WHERE remaining > 0")
            async with DB.transaction(seconds=600):
                broken = [check.name for check in gather_listed("checks", "CHECKS") if await DB.fetch(check.sql)]
            if left or broken:
                raise RuntimeError(f"{left} lots left, books: {broken}")
    detail = f"{lots:,} lots at {lots / ours:,.0f}/s against {lots / plain:,.0f}/s, {(most - before) / 1e6:.0f} MB more"
    return [Figure("points lapsed", plain / ours, "a plain UPDATE of the lots", 0.2, detail)]


async def _fill(lots: int) -> None:
    async with DB.transaction(seconds=600):
        await make_members((lots - 1) // _LOTS_EACH + 1)
        for statement in _MAKE:
            await DB.fetch(statement, *([lots] if "$1" in statement else []))
    for table in ("member", "points_entry", "points_lot", "points_account"):
        await DB.fetch(f"VACUUM ANALYZE __tenant__.{table}")
