"""What time takes away: points past their day, in batches that can be undone, and holds that nobody decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tenants.kit import clock, ids
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.points.rules.dating import DEADLINE
from tenants.points.rules.debts import repay
from tenants.points.rules.drawing import lock_accounts
from tenants.points.rules.entries import entry_of
from tenants.points.rules.holding import free
from tenants.points.rules.news import tell
from tenants.points.rules.refusals import NoSuchBatch, UndoOver
from tenants.points.rules.transferring import pass_on
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

UNDO_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Points that lapsed together. `undone_until` is until when they last, if they were given back."""

    id: uuid.UUID
    members: int
    lots: int
    points: int
    at: datetime
    undone_at: datetime | None = None
    undone_by: str = ""
    undone_until: datetime | None = None


# The points of a member that end at the same moment make one entry, which says from when to when they were earned.
# Lots are numbered by their entry and nothing is joined on what has no index: a prepared plan would do it row by row.
# What is updated is named by an array, so that no plan reads whole tables for one batch.
_LAPSE = f"""
WITH past AS (
    SELECT l.id AS lot, l.member, l.remaining AS points, l.earned_at, {DEADLINE} AS ended
    FROM __tenant__.points_lot l
    JOIN __tenant__.points_policy policy ON policy.id = 1 CROSS JOIN (SELECT $3::text AS zone) here
    WHERE l.member = ANY($1::uuid[]) AND l.remaining > 0 AND (l.slides OR l.expires_at <= $2::timestamptz)
        AND {DEADLINE} <= $2::timestamptz
    LIMIT $6
), due AS (
    SELECT past.*, ($4::uuid[])[dense_rank() OVER (ORDER BY member, ended)] AS entry FROM past
), named AS (
    SELECT entry AS id, member, sum(points)::bigint AS points,
        to_char(min(earned_at) AT TIME ZONE $3, 'YYYY-MM-DD') AS first,
        to_char(max(earned_at) AT TIME ZONE $3, 'YYYY-MM-DD') AS last
    FROM due GROUP BY entry, member
), entry AS (
    INSERT INTO __tenant__.points_entry
        (id, member, points, why, once, note, detail, reverses, batch, at, recorded_at)
    SELECT id, member, -points, 'expired', 'lapse/' || id::text, '', '{{"from": "' || first || '"'
        || CASE WHEN first = last THEN '' ELSE ', "to": "' || last || '"' END || '}}', NULL, $5::uuid, $2::timestamptz,
        $2::timestamptz
    FROM named RETURNING id, member, points, why, once, note, detail, at
), used AS (
    INSERT INTO __tenant__.points_use (id, movement, lot, points)
    SELECT md5(entry::text || lot::text)::uuid, entry, lot, points FROM due
), lot AS (
    UPDATE __tenant__.points_lot SET remaining = 0 WHERE id = ANY (ARRAY(SELECT lot FROM due))
), account AS (
    UPDATE __tenant__.points_account a
    SET balance = a.balance - gone.points, spent = a.spent + gone.points, updated_at = $2::timestamptz
    FROM (SELECT member, sum(points)::bigint AS points FROM due GROUP BY member) gone
    WHERE a.member = gone.member AND a.member = ANY ($1::uuid[])
), batch AS (
    INSERT INTO __tenant__.points_batch (id, members, lots, points, at, undone_by)
    SELECT $5::uuid, count(DISTINCT member), count(*), sum(points)::bigint, $2::timestamptz, '' FROM due
    HAVING count(*) > 0
)
SELECT entry.*, (SELECT count(*) FROM due) AS lots FROM entry
"""

_OWNERS = f"""
(SELECT member FROM __tenant__.points_lot WHERE remaining > 0 AND expires_at <= $1 ORDER BY expires_at LIMIT $2)
UNION
(SELECT l.member FROM __tenant__.points_lot l
    JOIN __tenant__.points_policy policy ON policy.id = 1 CROSS JOIN (SELECT $3::text AS zone) here
    WHERE l.slides AND l.remaining > 0 AND {DEADLINE} <= $1 LIMIT $2)
"""


async def lapse(*, limit: int = 1_000) -> int:
    """End holds whose time is over and take points that are past their day, at most `limit` of each, as one batch.

    Returns how many there were, the larger of the two: `limit` means that there may be more. Safe to repeat.
    """
    moment = clock.now()
    holds = await DB.fetch(
        "SELECT id, member FROM __tenant__.points_hold WHERE state = 'held' AND ends_at <= $1"
        " ORDER BY ends_at, id LIMIT $2", moment, limit)  # fmt: skip
    owners = await DB.fetch(_OWNERS, moment, limit, current_tenant().timezone)
    # All accounts in one go: locked in two, another batch that also goes by member could hold one of the second.
    accounts = sorted({row["member"] for row in (*holds, *owners)})
    if not accounts:
        return 0
    await lock_accounts(accounts)
    if holds:
        await free([row["id"] for row in holds], state="lapsed", moment=moment)
    rows = await DB.fetch(
        _LAPSE, accounts, moment, current_tenant().timezone, [ids.new() for _ in range(limit)], ids.new(),
        limit)  # fmt: skip
    await tell(entry_of(row) for row in rows)
    if holds:
        await pass_on(row["member"] for row in holds)
    return max(len(holds), rows[0]["lots"] if rows else 0)


_UNDO = """
WITH gone AS (
    SELECT e.id, e.member, -e.points AS points, row_number() OVER (ORDER BY e.id) AS place
    FROM __tenant__.points_entry e WHERE e.batch = $1::uuid AND e.why = 'expired'
), entry AS (
    INSERT INTO __tenant__.points_entry
        (id, member, points, why, once, note, detail, reverses, batch, at, recorded_at)
    SELECT ids.id, gone.member, gone.points, 'expiry_undone', 'undo/' || gone.id::text, '', $5, gone.id, $1::uuid,
        $2::timestamptz, $2::timestamptz
    FROM gone JOIN unnest($3::uuid[]) WITH ORDINALITY AS ids(id, place) USING (place)
    ON CONFLICT DO NOTHING RETURNING id, member, points, why, once, note, detail, at, reverses
), back AS (
    SELECT entry.id, u.lot, u.points FROM entry JOIN __tenant__.points_use u ON u.movement = entry.reverses
), used AS (
    INSERT INTO __tenant__.points_use (id, movement, lot, points)
    SELECT md5(id::text || lot::text)::uuid, id, lot, -points FROM back
), lot AS (
    UPDATE __tenant__.points_lot l SET remaining = l.remaining + back.points, slides = false,
        expires_at = greatest(l.expires_at, $4::timestamptz)
    FROM back WHERE l.id = back.lot
), account AS (
    UPDATE __tenant__.points_account a SET balance = a.balance + given.points, spent = a.spent - given.points,
        updated_at = $2::timestamptz
    FROM (SELECT member, sum(points)::bigint AS points FROM entry GROUP BY member) given WHERE a.member = given.member
    RETURNING a.member, a.debt
)
SELECT entry.*, account.debt FROM entry JOIN account USING (member)
"""


async def undo_lapse(batch: uuid.UUID, *, until: datetime, by: str) -> Batch:
    """Give back what a batch took, once, within 30 days; the points then last until the given moment.

    Raises NoSuchBatch, UndoOver, Invalid for a date that does not lie ahead.
    """
    moment = clock.now()
    if until <= moment:
        raise Invalid(param="until", problem=Words(en="it must lie ahead", zh="必须晚于当前时间"))
    rows = await DB.fetch(
        "SELECT DISTINCT member FROM __tenant__.points_entry WHERE batch = $1 AND why = 'expired'", batch
    )
    await lock_accounts(row["member"] for row in rows)
    fresh = await DB.fetch(
        "UPDATE __tenant__.points_batch SET undone_at = $2, undone_by = $3, undone_until = $4"
        " WHERE id = $1 AND undone_at IS NULL AND at > $5 RETURNING id",
        batch, moment, by[:100], until, moment - timedelta(days=UNDO_DAYS))  # fmt: skip
    found = await find_batch(batch)
    if not fresh:
        if found.undone_at is None:
            raise UndoOver(days=UNDO_DAYS)
        return found
    day = clock.today(current_tenant().timezone, until - timedelta(seconds=1))
    count = await DB.fetchval(
        "SELECT count(*) FROM __tenant__.points_entry WHERE batch = $1 AND why = 'expired'", batch
    )
    given = await DB.fetch(
        _UNDO, batch, moment, [ids.new() for _ in range(count)], until, f'{{"until": "{day}"}}')  # fmt: skip
    await tell(entry_of(row) for row in given)
    await repay([row["member"] for row in given if row["debt"]], moment=moment)
    await pass_on({row["member"] for row in given})
    return found


async def find_batch(batch: uuid.UUID) -> Batch:
    """A batch as it stands. Raises NoSuchBatch."""
    row = await DB.fetchrow("SELECT * FROM __tenant__.points_batch WHERE id = $1", batch)
    if row is None:
        raise NoSuchBatch
    return _batch(row)


async def batches(*, limit: int = 20, before: uuid.UUID | None = None) -> list[Batch]:
    """What lapsed, the latest batch first; `before` is the last id of the page before."""
    rows = await DB.fetch(
        "SELECT * FROM __tenant__.points_batch WHERE $1::uuid IS NULL OR id < $1 ORDER BY id DESC LIMIT $2",
        before, limit)  # fmt: skip
    return [_batch(row) for row in rows]


def _batch(row: Any) -> Batch:
    return Batch(**{name: row[name] for name in Batch.__slots__})
