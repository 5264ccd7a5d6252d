"""When points' own time comes."""

from __future__ import annotations

from datetime import datetime, time

from tenants.kit import clock
from tenants.kit.jobs import daily, hourly, job
from tenants.points.rules.closing import close_days
from tenants.points.rules.coming import activate as activate_points
from tenants.points.rules.coming import next_activation
from tenants.points.rules.forecasting import warn as warn_members
from tenants.points.rules.lapsing import lapse as lapse_points
from tenants.points.rules.transferring import pass_on as pass_on_points

BATCH = 1_000
LAPSE_BATCH = 4_000  # lots are many, and take little each: see the bench
DAYS = 31


@job("points.activate", every=hourly(minute=1))
async def activate() -> datetime | None:
    """Have points count whose time has come; again when the next are due, within the hour."""
    await activate_points(limit=BATCH)
    due = await next_activation()
    following = hourly(minute=1)("", clock.now())
    return due if due and due < following else None


@job("points.lapse", every=hourly(minute=5))
async def lapse() -> datetime | None:
    """Take what is past its day and end old holds; again at once while there is more."""
    full = await lapse_points(limit=LAPSE_BATCH) >= LAPSE_BATCH
    return clock.now() if full else None


@job("points.pass_on", every=hourly(minute=10))
async def pass_on() -> datetime | None:
    """What came late to accounts that were merged follows the rest."""
    full = await pass_on_points(limit=BATCH) >= BATCH
    return clock.now() if full else None


@job("points.warn", every=daily(time(9)))
async def warn() -> datetime | None:
    """Say whose points lapse soon; again at once until everybody has been told."""
    return clock.now() if await warn_members(limit=BATCH) else None


@job("points.close", every=daily(time(1)))
async def close() -> datetime | None:
    """Close and seal the days that are over; again at once while there are more."""
    full = await close_days(limit=DAYS) >= DAYS
    return clock.now() if full else None
