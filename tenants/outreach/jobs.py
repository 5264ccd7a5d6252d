"""When birthdays are planned and messages sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants.kit import clock
from tenants.kit.jobs import hourly, job
from tenants.outreach.rules import planning, sending

if TYPE_CHECKING:
    from datetime import datetime


@job("outreach.plan_birthdays", every=hourly())
async def plan_birthdays() -> datetime | None:
    """Greet whose birthday it is, from the programme's hour in the member's zone; a full batch asks for another."""
    planned = await planning.plan_birthdays()
    if planned:
        await send.later()
    return clock.now() if planned == planning.BATCH else None


@job("outreach.send", transaction=False)
async def send() -> datetime | None:
    """Empty the outbox; each step has a transaction of its own, as `sending` says."""
    return await sending.send_due()
