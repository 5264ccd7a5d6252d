"""What happens to vouchers by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants.kit import clock
from tenants.kit.jobs import hourly, job
from tenants.vouchers.rules.lapsing import expire_due
from tenants.vouchers.rules.sealing import seal_codes

if TYPE_CHECKING:
    from datetime import datetime

BATCH = 1_000


@job("vouchers.expire", every=hourly(minute=5))
async def expire() -> datetime | None:
    """Free what was reserved too long and expire what has run out; again at once while batches are full."""
    return clock.now() if await expire_due(BATCH) >= BATCH else None


@job("vouchers.seal", every=hourly(minute=35))
async def seal() -> datetime | None:
    """Lock away the codes that lie in clear from before; again at once while there are more."""
    return clock.now() if await seal_codes(BATCH) >= BATCH else None
