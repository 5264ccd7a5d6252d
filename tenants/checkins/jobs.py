"""When check-ins' own time comes."""

from __future__ import annotations

from datetime import datetime

from tenants.checkins.rules.outages import heal as heal_streaks
from tenants.kit.jobs import job


@job("checkins.heal")
async def heal() -> datetime | None:
    """Derive streaks anew after outage days were declared or withdrawn; again at once while there is more."""
    return await heal_streaks()
