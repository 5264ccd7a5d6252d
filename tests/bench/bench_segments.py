"""Live counts of segments, a hot batch and the medians of RFM; `REGULARS_SEGMENT_MEMBERS` says over how many members.

A count has a second for a million members, whatever the rule; a batch of 256 has as long as one commit takes.
"""

from __future__ import annotations

import os
import time
import uuid
from functools import partial
from typing import TYPE_CHECKING, Any

from tenants import segments
from tenants.segments.rules.asking import holding_rule
from tenants.tenancy.current import use_tenant
from tenants.tenancy.engine import DB
from tests.bench.figures import Figure, bench_shop

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

_MILLION = 1_000_000
_BATCH = 256
_BATCH_SECONDS = 0.02
_MAKE = (
    """
    INSERT INTO __tenant__.member (id, external_id, name, gender, birth_calendar, birth_year, birth_month, birth_day,
           region, occupation, tags, source, state, created_at, updated_at)
    SELECT lpad(to_hex(n), 32, '0')::uuid, n::text, 'n', CASE n % 3 WHEN 0 THEN 'male' ELSE 'female' END, 'solar',
           1960 + (n % 45)::int, 1 + (n % 12)::int, 1 + (n % 28)::int, 'Region ' || n % 30, '',
           CASE n % 20 WHEN 0 THEN '{vip}'::varchar[] ELSE '{}' END, 'bench', 'active',
           '2024-01-01Z'::timestamptz + n * interval '1 minute', '2026-01-01Z'
      FROM generate_series(1, $1::bigint) AS n""",
    """
    INSERT INTO __tenant__.buyer_totals (member, orders, purchases, spend, first_at, last_at, updated_at)
    SELECT id, 1 + birth_year % 5, 1 + birth_year % 5, 10 * birth_day, '2024-01-01Z', created_at, '2026-01-01Z'
      FROM __tenant__.member WHERE birth_month <= 8""",
    """
    INSERT INTO __tenant__.points_account (member, balance, held, earned, spent, pending, debt, updated_at)
    SELECT id, birth_day, 0, birth_day, 0, 0, 0, '2026-01-01Z' FROM __tenant__.member WHERE birth_month <= 6""",
)


def _term(about: str, op: str, value: Any) -> dict[str, Any]:
    return {"about": about, "op": op, "value": value}


_RULES: dict[str, dict[str, Any]] = {
    "profile": {"all": [_term("gender", "is", ["female"]), _term("region", "contains", "region 1")]},
    "orders": {"all": [_term("orders", "at_least", 3), _term("last_order", "longer_ago", 60)]},
    "rfm or tag": {"any": [_term("rfm", "is", ["important_value", "important_keep"]), _term("tag", "is", ["vip"])]},
    "not, nested": {
        "all": [
            {"not": _term("points", "less", 10)},
            {"any": [_term("age", "between", [20, 30]), {"not": _term("orders", "is", 0)}]},
        ]
    },
}


async def measure() -> list[Figure]:
    """Count each rule over a shop, ask about a batch, and take the medians."""
    members = int(os.environ.get("REGULARS_SEGMENT_MEMBERS", "100000"))
    scale = _MILLION / members
    figures = []
    async with bench_shop() as tenant:
        with use_tenant(tenant):
            async with DB.transaction(seconds=900):
                for statement in _MAKE:
                    await DB.fetch(statement, *([members] if "$1" in statement else []))
            for table in ("member", "buyer_totals", "points_account"):
                await DB.fetch(f"VACUUM ANALYZE __tenant__.{table}")
            seconds, _ = await _best(segments.refresh_rfm)
            detail = f"{members:,} members, {seconds:.3f} s"
            figures.append(Figure("medians of buyers", seconds * scale, "5 s for a million", 5, detail, most=True))
            for name, raw in _RULES.items():
                rule = segments.read(raw)
                seconds, found = await _best(partial(segments.count, rule))
                detail = f"{found:,} of {members:,} members, {seconds:.3f} s"
                figures.append(
                    Figure(f"segment counted: {name}", seconds * scale, "1 s for a million", 1, detail, most=True)
                )
                some = [uuid.UUID(int=1 + number * (members // _BATCH)) for number in range(_BATCH)]
                seconds, held = await _best(partial(holding_rule, rule, some))
                figures.append(
                    Figure(f"segment asked of {_BATCH}: {name}", seconds, "20 ms", _BATCH_SECONDS,
                           f"{len(held)} hold, {seconds * 1000:.1f} ms", most=True)
                )  # fmt: skip
    return figures


async def _best(work: Callable[[], Awaitable[Any]]) -> tuple[float, Any]:
    times: list[float] = []
    found: Any = None
    for _ in range(3):
        begun = time.perf_counter()
        async with DB.transaction(seconds=60):
            found = await work()
        times.append(time.perf_counter() - begun)
    return min(times), found
