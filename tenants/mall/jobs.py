"""When the mall's own time comes."""

from __future__ import annotations

from datetime import datetime

from tenants.kit import clock
from tenants.kit.jobs import hourly, job
from tenants.mall.rules.following import release_due

BATCH = 100


@job("mall.release", every=hourly(minute=20))
async def release() -> datetime | None:
    """Give back what was reserved and not paid for in time; again when the next one is due."""
    done, following = await release_due(BATCH)
    return clock.now() if done >= BATCH else following
