"""When deliveries go out and old ones are forgotten."""

from __future__ import annotations

from datetime import datetime, time

from tenants.kit import clock
from tenants.kit.jobs import daily, job
from tenants.webhooks.rules import courier, log


@job("webhooks.deliver", transaction=False)
async def deliver() -> datetime | None:
    """Have what is due called for, beside the jobs, as `courier` says."""
    return await courier.deliver_due()


@job("webhooks.forget", every=daily(time(4, 45)))
async def forget() -> datetime | None:
    """Forget what is older than 30 days; a full batch asks for another."""
    return clock.now() if await log.forget() else None
