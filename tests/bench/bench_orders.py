"""A load of orders through the rules of the API, with members, points and grants, against COPY of the same rows.

The real CDNOW file is used where REGULARS_DATA, or `../shared/data`, has it; else one of the same shape is made.
"""

from __future__ import annotations

import os
import statistics
import tempfile
from datetime import date, timedelta
from pathlib import Path

from server.loading import copy_rate, load
from tenants.kit.parts import gather_listed
from tenants.tenancy.current import use_tenant
from tenants.tenancy.engine import DB
from tests.bench.figures import Figure, bench_shop

_ROUNDS = 3
_CUSTOMERS = 7_000
_FIRST_DAY = date(2021, 1, 1)


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
                    pairs.append((loaded.rows / loaded.seconds, await copy_rate(), loaded.rows))
    ratio = statistics.median(ours / limit for ours, limit, _ in pairs)
    ours, limit, rows = (statistics.median(values) for values in zip(*pairs, strict=True))
    detail = f"{ours:.0f} orders/s against {limit:.0f}/s, {rows:.0f} orders"
    return [Figure("orders loaded through the rules", ratio, "COPY of the same rows", 0.1, detail)]


def _file(folder: Path) -> Path:
    shared = Path(os.environ.get("REGULARS_DATA", "../shared/data")) / "cdnow_orders.txt"
    if shared.exists():
        return shared
    made = folder / "orders.txt"
    with made.open("w", encoding="utf-8") as out:
        for customer in range(1, _CUSTOMERS + 1):
            for order in range(1 + customer * 7919 % 6):  # one to six orders each, three on average as in the real set
                day = _FIRST_DAY + timedelta(days=(customer * 31 + order * 97) % 540)
                out.write(
                    f"{customer:05} {day:%Y%m%d} {1 + order % 4} {(customer * 17 + order * 5) % 9000 / 100:.2f}\n"
                )
    return made
