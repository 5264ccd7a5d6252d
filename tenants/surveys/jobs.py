"""When the surveys' own time comes."""

from __future__ import annotations

from datetime import datetime, time

from tenants.kit import clock
from tenants.kit.jobs import daily, hourly, job
from tenants.surveys.rules import anonymous, persons
from tenants.surveys.rules.invitations import tell_due

BATCH = 500


@job("surveys.invite", every=hourly(minute=10))
async def invite() -> datetime | None:
    """Tell of the invitations whose time has come; again when the next one is due."""
    done, following = await tell_due(BATCH)
    return clock.now() if done >= BATCH else following


@job("surveys.mix", every=hourly(minute=25))
async def mix() -> datetime | None:
    """Open the boxes of anonymous surveys in which enough lies; again at once while there is more."""
    opened = [await anonymous.mix(survey) for survey in await anonymous.to_mix()]
    return clock.now() if any(each >= anonymous.AT_ONCE_MAX for each in opened) else None


@job("surveys.drop_stale", every=daily(time(4, 10)))
async def drop_stale() -> datetime | None:
    """Unfinished answers that nobody goes on with go."""
    return clock.now() if await persons.drop_stale(BATCH) >= BATCH else None
