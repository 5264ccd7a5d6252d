"""Outage days: nobody had to come, so every streak goes on over them. Staff declare them and may withdraw them.

A visit on such a day counts as always; a day without one is not counted, and breaks nothing. Visits to come look back
over outage days by themselves. Streaks of members who have come since are derived anew by a job, in small batches each
of which is a transaction of its own. What was given stays given, and nothing is given for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tenants import staff
from tenants.checkins.rules import streaks
from tenants.checkins.rules.refusals import OutageUnknown
from tenants.kit import clock, ids
from tenants.kit.errors import Invalid
from tenants.kit.jobs import JOBS
from tenants.kit.words import Words
from tenants.tenancy import DB, current_tenant
from tenants.tenancy.callers import current_caller

if TYPE_CHECKING:
    import uuid

DAYS_MAX = 31
BACK_MAX = timedelta(days=366)
AHEAD_MAX = timedelta(days=31)
REASON_MAX = 200
BATCH = 2_000
# Longer than any transaction lasts: a visit that did not see the change when it began is over by then.
_LATE = timedelta(minutes=1)
_FIRST = "00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """A day on which nobody had to come. `healed` says whether all streaks have been derived anew since."""

    id: uuid.UUID
    day: date
    reason: str
    declared_at: datetime
    declared_by: str
    withdrawn_at: datetime | None
    healed: bool


async def declare(first: date, last: date, *, reason: str) -> list[Outage]:
    """Declare the days of a span outage days. One that is one already stays as it is. Raises Invalid."""
    today = clock.today(current_tenant().timezone)
    if not 1 <= (last - first).days + 1 <= DAYS_MAX:
        raise Invalid(param="last", problem=Words(en="give 1 to 31 days in a row", zh="请填写连续的 1 到 31 天"))
    if not today - BACK_MAX <= first <= last <= today + AHEAD_MAX:
        raise Invalid(
            param="first",
            problem=Words(en="use days of the last year and the next 31 days", zh="请填写过去一年至未来 31 天内的日期"),
        )
    if not 1 <= len(reason.strip()) <= REASON_MAX:
        raise Invalid(
            param="reason", problem=Words(en="say why, in up to 200 characters", zh="请填写原因，最多 200 字")
        )
    wanted = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    fresh = await DB.fetch(
        "INSERT INTO __tenant__.check_in_outage (id, day, kind, reason, declared_at, declared_by, withdrawn_by)"
        " SELECT id, day, 'declared', $3, $4, $5, '' FROM unnest($1::uuid[], $2::date[]) AS a(id, day) ORDER BY day"
        " ON CONFLICT (day) WHERE withdrawn_at IS NULL DO NOTHING RETURNING day",
        [ids.new() for _ in wanted], wanted, reason.strip(), clock.now(), current_caller().label[:100])  # fmt: skip
    if fresh:
        await staff.note(
            "create",
            subject="check_in_outage",
            row_id=str(first),
            after={"first": first, "last": last, "reason": reason},
        )
        await JOBS["checkins.heal"].later()
    return await outages(first, last)


async def withdraw(day: date, *, reason: str = "") -> None:
    """Let a day count as others again; streaks that went on over it no longer do. Raises OutageUnknown."""
    gone = await DB.fetch(
        "UPDATE __tenant__.check_in_outage SET withdrawn_at = $2, withdrawn_by = $3, healed_to = NULL, healed_at = NULL"
        " WHERE day = $1 AND withdrawn_at IS NULL AND kind = 'declared' RETURNING reason",
        day, clock.now(), current_caller().label[:100])  # fmt: skip
    if not gone:
        raise OutageUnknown
    await staff.note(
        "delete", subject="check_in_outage", row_id=str(day), before={"day": day, "reason": gone[0]["reason"]},
        after={"reason": reason} if reason else None)  # fmt: skip
    await JOBS["checkins.heal"].later()


async def outages(first: date, last: date) -> list[Outage]:
    """The outage days of a span that hold, the latest first."""
    rows = await DB.fetch(
        "SELECT * FROM __tenant__.check_in_outage WHERE withdrawn_at IS NULL AND day BETWEEN $1 AND $2"
        " ORDER BY day DESC", first, last)  # fmt: skip
    return [_outage(row) for row in rows]


async def heal(*, limit: int = BATCH) -> datetime | None:
    """Derive the streaks of the next members after a change of outage days; when to go on, or None when all is done.

    Safe to stop and to run twice: it goes on after the last member it finished.
    """
    change = await DB.fetchrow(
        "SELECT * FROM __tenant__.check_in_outage WHERE healed_at IS NULL ORDER BY day LIMIT 1 FOR NO KEY UPDATE"
    )
    if change is None:
        return None
    rows = await DB.fetch(
        "SELECT member FROM __tenant__.check_in_standing WHERE member > $1 AND day > $2 ORDER BY member LIMIT $3"
        " FOR NO KEY UPDATE", change["healed_to"] or _FIRST, change["day"], limit)  # fmt: skip
    found = [row["member"] for row in rows]
    if found:
        await streaks.derive(found, since=change["day"])
        await DB.fetch("UPDATE __tenant__.check_in_outage SET healed_to = $2 WHERE id = $1", change["id"], found[-1])
        return clock.now()
    changed_at: datetime = change["withdrawn_at"] or change["declared_at"]
    if clock.now() < changed_at + _LATE:  # once more from the start, for visits that were under way at the change
        await DB.fetch("UPDATE __tenant__.check_in_outage SET healed_to = NULL WHERE id = $1", change["id"])
        return changed_at + _LATE
    await DB.fetch("UPDATE __tenant__.check_in_outage SET healed_at = $2 WHERE id = $1", change["id"], clock.now())
    return clock.now()


def _outage(row: Any) -> Outage:
    return Outage(
        id=row["id"], day=row["day"], reason=row["reason"], declared_at=row["declared_at"],
        declared_by=row["declared_by"], withdrawn_at=row["withdrawn_at"],
        healed=row["healed_at"] is not None)  # fmt: skip
