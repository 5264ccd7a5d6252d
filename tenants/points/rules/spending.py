"""Points go out: the account is locked first, then lots are drawn, those that expire soonest before the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import asyncpg

from tenants import members
from tenants.kit import clock, ids
from tenants.points.rules.earning import Entry, entry_of, recorded
from tenants.points.rules.refusals import Insufficient, OnceDiffers, check_movement
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from tenants.points.rules.reasons import Why


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """What taking back came to: `taken` and `short` make what was wanted; no entry where nothing was there."""

    taken: int
    short: int
    entry: Entry | None
    repeated: bool = False


async def spend(member: uuid.UUID, *, points: int, why: Why, once: str, note: str = "") -> Entry:
    """Take points (1 to 1,000,000,000) from a member, once for this occasion; those that expire soonest go first.

    Raises Invalid, Insufficient, OnceDiffers, MemberUnknown, MemberBlocked.
    """
    check_movement(points=points, once=once, note=note)
    await members.require_active(member)
    available = await lock_account(member)
    moment = clock.now()
    if available >= points:
        entry = await draw(member, points=points, why=why, once=once, note=note, moment=moment)
        if entry:
            return entry
    return await _already(member, points=points, why=why, once=once)


async def take_back(
    member: uuid.UUID, *, points: int, why: Why, once: str, note: str = "", from_entry: uuid.UUID | None = None
) -> TakenBack:
    """Take back up to so many points, as many as are there, once for this occasion (an order was refunded, say).

    The lot of `from_entry` goes first, then what expires soonest; held points are left alone. A repeat answers as the
    first time did, though there may be more points by now. Raises Invalid, MemberUnknown, OnceDiffers.
    """
    check_movement(points=points, once=once, note=note)
    moment = clock.now()
    taken = min(points, await lock_account(member))
    fresh = await _note_take_back(member, wanted=points, taken=taken, once=once, moment=moment)
    if not fresh:
        return await _taken_before(member, wanted=points, why=why, once=once)
    if taken == 0:
        return TakenBack(taken=0, short=points, entry=None)
    entry = await draw(
        member, points=taken, why=why, once=once, note=note, moment=moment, first=from_entry,
        even_expired=True)  # fmt: skip
    if entry is None:
        raise OnceDiffers(once=once)
    return TakenBack(taken=taken, short=points - taken, entry=entry)


async def lock_account(member: uuid.UUID) -> int:
    """Make every other movement of this member's points wait, and say how many are there and not held.

    Nobody's account is there before the first points came in: then it is 0, and nothing is locked.
    """
    available = await DB.fetchval(
        "SELECT balance - held FROM __tenant__.points_account WHERE member = $1 FOR NO KEY UPDATE", member)  # fmt: skip
    return int(available or 0)


# $1 member, $2 points, $3 the moment that a lot must outlive (none: any lot will do), $4 the lot that goes first.
DRAWN = """
WITH lots AS (
    SELECT id, remaining, sum(remaining) OVER (ORDER BY (id = $4::uuid) IS NOT TRUE, expires_at NULLS LAST, id) AS upto
    FROM __tenant__.points_lot
    WHERE member = $1 AND remaining > 0 AND ($3::timestamptz IS NULL OR expires_at IS NULL OR expires_at > $3)
), drawn AS (
    SELECT id, least(remaining, $2::bigint - (upto - remaining))::bigint AS points FROM lots
    WHERE upto - remaining < $2::bigint
)"""

# After DRAWN and a `movement(id)` that has a row if the draw is to happen. The id of a use is made of its movement
# and its lot, so that a movement can draw from a lot only once.
TAKEN = """, lot AS (
    UPDATE __tenant__.points_lot l SET remaining = l.remaining - drawn.points FROM drawn, movement
    WHERE l.id = drawn.id
), used AS (
    INSERT INTO __tenant__.points_use (id, movement, lot, points)
    SELECT md5(movement.id::text || drawn.id::text)::uuid, movement.id, drawn.id, drawn.points FROM drawn, movement
)"""

_DRAW = f"""{DRAWN}, movement AS (
    INSERT INTO __tenant__.points_entry (id, member, points, why, once, note, reverses, at)
    SELECT $5::uuid, $1::uuid, -$2::bigint, $6, $7, $8, $9::uuid, $10::timestamptz
    WHERE (SELECT sum(points) FROM drawn) = $2::bigint
    ON CONFLICT DO NOTHING RETURNING id, reverses
){TAKEN}, account AS (
    UPDATE __tenant__.points_account SET balance = balance - $2::bigint, updated_at = $10::timestamptz,
        earned = earned - CASE WHEN movement.reverses IS NULL THEN 0 ELSE $2::bigint END,
        spent = spent + CASE WHEN movement.reverses IS NULL THEN $2::bigint ELSE 0 END
    FROM movement WHERE member = $1
)
SELECT id FROM movement
"""


async def draw(
    member: uuid.UUID,
    *,
    points: int,
    why: Why,
    once: str,
    note: str,
    moment: datetime,
    first: uuid.UUID | None = None,
    even_expired: bool = False,
    reverses: uuid.UUID | None = None,
) -> Entry | None:
    """Take points out of a locked account's lots and write the entry; None, and nothing done, where that cannot be.

    It cannot where too many of the points are past their day, or the occasion or the reversal is taken.
    """
    entry = Entry(id=ids.new(), member=member, points=-points, why=why, once=once, at=moment, note=note)
    row = await DB.fetchrow(
        _DRAW, member, points, None if even_expired else moment, first, entry.id, why.value, once, note, reverses,
        moment)  # fmt: skip
    return entry if row else None


async def insufficient(member: uuid.UUID, *, wanted: int) -> Insufficient | members.MemberUnknown:
    """The refusal of a member who has too few points, with those that could be spent today."""
    row = await DB.fetchrow(
        "SELECT coalesce(sum(l.remaining), 0)::bigint AS available FROM __tenant__.member m"
        " LEFT JOIN __tenant__.points_lot l ON l.member = m.id AND l.remaining > 0"
        " AND (l.expires_at IS NULL OR l.expires_at > $2) WHERE m.id = $1 GROUP BY m.id",
        member, clock.now())  # fmt: skip
    return Insufficient(available=row["available"], wanted=wanted) if row else members.MemberUnknown()


async def _already(member: uuid.UUID, *, points: int, why: Why, once: str) -> Entry:
    row = (await recorded([once])).get(once)
    if row is None:
        raise await insufficient(member, wanted=points)
    if (row["member"], row["points"], row["why"]) != (member, -points, why):
        raise OnceDiffers(once=once)
    return entry_of(row, repeated=True)


async def _note_take_back(member: uuid.UUID, *, wanted: int, taken: int, once: str, moment: datetime) -> bool:
    try:
        rows = await DB.fetch(
            "INSERT INTO __tenant__.points_take_back (id, member, wanted, taken, once, at)"
            " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (once) DO NOTHING RETURNING id",
            ids.new(), member, wanted, taken, once, moment)  # fmt: skip
    except asyncpg.ForeignKeyViolationError:
        raise members.MemberUnknown from None
    return bool(rows)


async def _taken_before(member: uuid.UUID, *, wanted: int, why: Why, once: str) -> TakenBack:
    first: Any = await DB.fetchrow(
        "SELECT member, wanted, taken FROM __tenant__.points_take_back WHERE once = $1", once)  # fmt: skip
    row = (await recorded([once])).get(once)
    if (first["member"], first["wanted"]) != (member, wanted) or (row is not None and row["why"] != why):
        raise OnceDiffers(once=once)
    return TakenBack(
        taken=first["taken"], short=wanted - first["taken"], repeated=True,
        entry=entry_of(row, repeated=True) if row else None)  # fmt: skip
