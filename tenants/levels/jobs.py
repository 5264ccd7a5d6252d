"""When time alone changes levels, and when a change of the rules does."""

from __future__ import annotations

from datetime import datetime, time

from tenants.kit import clock
from tenants.kit.jobs import daily, job
from tenants.levels.rules import going_through


@job("levels.look", every=daily(time(0, 10)))
async def look() -> datetime | None:
    """Judge those whose term ends, whose grace is over, or who are to be told; again at once while there are more."""
    return clock.now() if await going_through.look() else None


@job("levels.recount")
async def recount() -> datetime | None:
    """Go on judging everybody after the rules have changed; again at once while there are more."""
    return clock.now() if await going_through.recount() else None
