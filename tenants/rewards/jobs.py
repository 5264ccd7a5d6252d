"""What rewards do later."""

from __future__ import annotations

from datetime import datetime

from tenants.kit import clock
from tenants.kit.jobs import hourly, job
from tenants.rewards.rules import level_gifts


@job("rewards.give_level_gifts", every=hourly(minute=20))
async def give_level_gifts() -> datetime | None:
    """Give what members are due for the levels they reached; again at once while there is more."""
    return clock.now() if await level_gifts.give_due() else None
