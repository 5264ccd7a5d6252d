"""Work that happens later: named `subject.verb`, safe to run twice, under a schedule or when asked for.

    @job("points.expire", every=daily(time(3)))
    async def expire() -> datetime | None: ...

A job runs for one tenant, in a transaction unless it says `transaction=False`. It returns when it wants to be run
next, or None for its schedule (or, without one, for the next time somebody calls `.later()`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from tenants.kit import clock

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


@dataclass(frozen=True, slots=True)
class Job:
    """A named piece of later work."""

    name: str
    run: Callable[[], Awaitable[datetime | None]]
    every: Callable[[str, datetime], datetime] | None = None
    transaction: bool = True

    async def later(self) -> None:
        """Have it run for the current tenant soon after the open transaction commits, and not if it rolls back."""
        await _ask[0](self.name)


async def _nobody(name: str) -> None:
    raise RuntimeError(f"nobody takes requests for {name}: tenants.tenancy.work is not loaded")


JOBS: dict[str, Job] = {}
_ask: list[Callable[[str], Awaitable[None]]] = [_nobody]


def send_requests_to(ask: Callable[[str], Awaitable[None]]) -> None:
    """Have `Job.later` call this; tenancy, which lies above the kit, puts itself here."""
    _ask[0] = ask


def job(
    name: str, *, every: Callable[[str, datetime], datetime] | None = None, transaction: bool = True
) -> Callable[[Callable[[], Awaitable[datetime | None]]], Job]:
    """Register the decorated coroutine as the job of that name. Raises ValueError if the name is taken."""

    def register(run: Callable[[], Awaitable[datetime | None]]) -> Job:
        if name in JOBS:
            raise ValueError(f"two jobs are called {name}")
        JOBS[name] = Job(name, run, every, transaction)
        return JOBS[name]

    return register


def daily(at: time) -> Callable[[str, datetime], datetime]:
    """Once a day, when clocks in the tenant's zone show `at`."""

    def following(zone_name: str, moment: datetime) -> datetime:
        day = clock.today(zone_name, moment)
        today = clock.local(zone_name, day, at)
        return today if today > moment else clock.local(zone_name, day + timedelta(days=1), at)

    return following


def hourly(*, minute: int = 0) -> Callable[[str, datetime], datetime]:
    """Once an hour, at that minute in UTC."""

    def following(_zone_name: str, moment: datetime) -> datetime:
        this_hour = moment.replace(minute=minute, second=0, microsecond=0)
        return this_hour if this_hour > moment else this_hour + timedelta(hours=1)

    return following
