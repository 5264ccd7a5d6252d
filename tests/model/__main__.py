"""Plays many games against the model: `python -m tests.model --steps 1000000`.

DATABASE_URL names a PostgreSQL in which a database of its own is made and dropped. Games go by their seeds, so the same
call plays the same games. At the first divergence it looks for the fewest steps, tells their story and exits with 1.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from tenants.tenancy import registry
from tests import conftest
from tests.model.game import Divergence, numbers
from tests.model.playing import fewest, play

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tenants.tenancy import Tenant


@asynccontextmanager
async def shop() -> AsyncIterator[Tenant]:
    """An empty shop in a database of its own."""
    database = conftest.database.__wrapped__()  # type: ignore[attr-defined]  # what the fixture does, without pytest
    await anext(database)
    try:
        yield await registry.by_slug("acme")
    finally:
        await anext(database, None)


async def run(*, steps: int, length: int, first: int) -> int:
    """Play until so many steps are done. The exit code."""
    begun, played, seed = time.monotonic(), 0, first
    verbs: dict[str, int] = {}
    async with shop() as tenant:
        await conftest.empty(tenant)
        while played < steps:
            many = min(length, steps - played)
            try:
                await play(tenant, seed, numbers(seed, many), verbs)
            except Divergence as error:
                say(f"seed {seed} disagrees: {str(error).splitlines()[0]}\nlooking for the fewest steps …")
                least, story = await fewest(tenant, seed, numbers(seed, many))
                say(f"{story}\nseed {seed}, {len(least)} steps: {least}")
                return 1
            played, seed = played + many, seed + 1
            if (seed - first) % 10 == 0 or played >= steps:
                say(f"{played:,} steps, {seed - first:,} games, {time.monotonic() - begun:,.0f} s, no divergence")
    say(", ".join(f"{name} {count:,}" for name, count in sorted(verbs.items())))
    return 0


def say(text: str) -> None:
    """To the terminal, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.model", description=__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=20_000, help="how many in all (20000)")
    parser.add_argument("--length", type=int, default=400, help="of a game (400)")
    parser.add_argument("--seed", type=int, default=1_000, help="of the first game (1000)")
    given = parser.parse_args()
    return asyncio.run(run(steps=given.steps, length=given.length, first=given.seed))


if __name__ == "__main__":
    sys.exit(main())
