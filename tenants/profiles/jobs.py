"""When profile completion has something to look through."""

from __future__ import annotations

from datetime import datetime

from tenants.kit import clock
from tenants.kit.jobs import hourly, job
from tenants.profiles.rules.sweeping import sweep as sweep_members

BATCH = 500


@job("profiles.sweep", every=hourly(minute=40))
async def sweep() -> datetime | None:
    """Note what was known before the activity; again at once while there are more members."""
    return clock.now() if await sweep_members(BATCH) else None
