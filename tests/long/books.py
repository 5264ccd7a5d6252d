"""Whether the books balance after the real CDNOW orders and days of refunds, lapses, redemptions, vouchers and visits.

    DATABASE_URL=… REGULARS_DATA=… python -m tests.long.books [STEPS] [SEED]

Works in a database of its own on that server, which it drops at the end. Exit code 1 if a check does not hold.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from tenants.tenancy import doctor
from tenants.tenancy.current import use_tenant
from tests.bench.figures import bench_shop
from tests.make.trade import trade

out = Console()


async def main(steps: int, seed: int) -> int:
    """Trade, examine, tell; how many checks do not hold."""
    file = Path(os.environ.get("REGULARS_DATA", "../shared/data")) / "cdnow_orders.txt"
    started = time.perf_counter()
    async with bench_shop() as tenant:
        with use_tenant(tenant), Progress(console=out) as bar:
            task = bar.add_task("trading", total=steps)
            done = await trade(file, steps=steps, seed=seed, told=lambda many: bar.advance(task, many))
            findings = await doctor.examine()
    for what, many in sorted(done.items()):
        out.print(f"{many:>8} {what}")
    for one in findings:
        out.print(f"[red]{one.check.name}[/red] {one.rows} rows {one.error} {one.sample[:1]}")
    out.print(f"{len(findings)} checks do not hold; {time.perf_counter() - started:.0f} s")
    return len(findings)


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]] + [6_000, 1][len(sys.argv) - 1 :]
    sys.exit(1 if asyncio.run(main(*given)) else 0)
