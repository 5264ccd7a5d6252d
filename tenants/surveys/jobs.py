"""When the surveys' own time comes."""

from __future__ import annotations

from datetime import datetime

from tenants.kit import clock
from tenants.kit.jobs import hourly, job
from tenants.surveys.rules.invitations import tell_due

BATCH = 500


@job("surveys.invite", every=hourly(minute=10))
async def invite() -> datetime | None:
    """Tell of the invitations whose time has come; again when the next one is due."""
    done, following = await tell_due(BATCH)
    return clock.now() if done >= BATCH else following
