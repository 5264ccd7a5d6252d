"""Which day it is, and which dates no member can be asked to come on: the day is the shop's and nobody else's.

A zone can skip a date (the islands that crossed the date line did) and a shop can move to another zone. Both leave a
date on which a member could not, or could hardly, come; it is written down beside the outage days that staff declare.
"""

from __future__ import annotations

import functools
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tenants.kit import clock, ids
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable
    from datetime import datetime

    from tenants.tenancy import Tenant

_DAY = timedelta(days=1)
_TICK = timedelta(microseconds=1)
# The zones of which this process knows that they are written down, by tenant.
_known: dict[uuid.UUID, str] = {}
_KNOWN_MAX = 20_000


@functools.lru_cache(maxsize=4096)
def day_before(zone: str, day: date) -> date:
    """The date that clocks in the zone showed before `day`: the one before it in the calendar, but for skipped ones."""
    return clock.today(zone, clock.local(zone, day) - _TICK)


def skipped(zone: str, day: date) -> list[date]:
    """The dates right before `day` that the zone's clocks never showed."""
    last = day_before(zone, day)
    return [last + _DAY * n for n in range(1, (day - last).days)]


def cut_short(old_zone: str, new_zone: str, moment: datetime) -> list[date]:
    """The dates that a shop which moves from zone to zone at that moment leaves before they are over."""
    before, after = clock.today(old_zone, moment), clock.today(new_zone, moment)
    return [before + _DAY * n for n in range((after - before).days)]


async def mind(day: date) -> None:
    """See to it that the dates nobody could come on, before `day`, are written down. Nearly always nothing to do."""
    tenant = current_tenant()
    if day_before(tenant.timezone, day) != day - _DAY:
        await note(skipped(tenant.timezone, day), reason="the zone skips this date")
    if _known.get(tenant.id) != tenant.timezone:
        await _mind_zone(tenant)


async def note(dates: Iterable[date], *, reason: str) -> None:
    """Write down dates that were none, or none in full."""
    moment = clock.now()
    for day in dates:
        await DB.fetch(
            "INSERT INTO __tenant__.check_in_outage (id, day, kind, reason, declared_at, declared_by, withdrawn_by,"
            " healed_at) VALUES ($1, $2, 'calendar', $3, $4, '', '', $4)"
            " ON CONFLICT (day) WHERE withdrawn_at IS NULL DO NOTHING",
            ids.new(), day, reason, moment)  # fmt: skip


async def kept_from(day: date) -> date:
    """The latest date before a day on which somebody had to come: who came then or later is in a row still."""
    found = await outages(day - timedelta(days=400), day - _DAY)
    last = day - _DAY
    while last in found:
        last -= _DAY
    return last


async def outages(first: date, last: date) -> set[date]:
    """The days of a span on which nobody had to come."""
    rows = await DB.fetch(
        "SELECT day FROM __tenant__.check_in_outage WHERE withdrawn_at IS NULL AND day BETWEEN $1 AND $2",
        first, last)  # fmt: skip
    return {row["day"] for row in rows}


async def _mind_zone(tenant: Tenant) -> None:
    moment = clock.now()
    await DB.fetch(
        "INSERT INTO __tenant__.check_in_zone (id, zone, at) VALUES (1, $1, $2) ON CONFLICT (id) DO NOTHING",
        tenant.timezone, moment)  # fmt: skip
    old = await DB.fetchval("SELECT zone FROM __tenant__.check_in_zone WHERE id = 1 FOR NO KEY UPDATE")
    if old != tenant.timezone:
        await note(cut_short(old, tenant.timezone, moment), reason=f"moved from {old} to {tenant.timezone}")
        await DB.fetch("UPDATE __tenant__.check_in_zone SET zone = $1, at = $2", tenant.timezone, moment)

    async def known() -> None:
        if len(_known) >= _KNOWN_MAX:
            _known.clear()
        _known[tenant.id] = tenant.timezone

    DB.open_transaction().after_commit(("check-in zone", tenant.id), known)
