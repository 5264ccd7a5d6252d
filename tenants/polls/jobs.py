"""When polls are over."""

from __future__ import annotations

from datetime import datetime

from tenants.kit import clock
from tenants.kit.jobs import hourly, job
from tenants.polls.rules.closing import close_due

BATCH = 100


@job("polls.close", every=hourly(minute=50))
async def close() -> datetime | None:
    """Note that polls are over; again when the next one will be."""
    done, following = await close_due(BATCH)
    return clock.now() if done >= BATCH else following
