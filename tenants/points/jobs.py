"""When points' own time comes."""

from __future__ import annotations

from datetime import datetime

from tenants.kit import clock
from tenants.kit.jobs import hourly, job
from tenants.points.rules.lapsing import lapse as lapse_points

BATCH = 1_000


@job("points.lapse", every=hourly(minute=5))
async def lapse() -> datetime | None:
    """Take what is past its day and end old holds; again at once while there is more."""
    full = await lapse_points(limit=BATCH) >= BATCH
    return clock.now() if full else None
