"""What time takes away: points past their day, and holds that nobody decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants.kit import clock, ids
from tenants.points.rules.holding import free
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

# A lot can lapse more than once, when points come back to it after its day: so the entry's own id names the occasion.
_LAPSE = """
WITH due AS (
    SELECT l.id AS lot, l.member, l.remaining AS points, g.entry
    FROM unnest($1::uuid[], $2::uuid[]) AS g(lot, entry) JOIN __tenant__.points_lot l ON l.id = g.lot
    WHERE l.remaining > 0 AND l.expires_at <= $3::timestamptz
), entry AS (
    INSERT INTO __tenant__.points_entry (id, member, points, why, once, note, reverses, at, recorded_at)
    SELECT entry, member, -points, 'expired', 'lapse/' || lot::text || '/' || entry::text, '', NULL, $3::timestamptz,
        $3::timestamptz
    FROM due
), used AS (
    INSERT INTO __tenant__.points_use (id, movement, lot, points)
    SELECT md5(entry::text || lot::text)::uuid, entry, lot, points FROM due
), lot AS (
    UPDATE __tenant__.points_lot l SET remaining = 0 FROM due WHERE l.id = due.lot
), account AS (
    UPDATE __tenant__.points_account a
    SET balance = a.balance - gone.points, spent = a.spent + gone.points, updated_at = $3::timestamptz
    FROM (SELECT member, sum(points)::bigint AS points FROM due GROUP BY member) gone WHERE a.member = gone.member
)
SELECT lot FROM due
"""


async def lapse(*, limit: int = 1_000) -> int:
    """End holds whose time is over and take points that are past their day, at most `limit` of each.

    Returns how many there were, the larger of the two: `limit` means that there may be more. Safe to repeat.
    """
    moment = clock.now()
    holds = await DB.fetch(
        "SELECT id, member FROM __tenant__.points_hold WHERE state = 'held' AND ends_at <= $1"
        " ORDER BY ends_at, id LIMIT $2", moment, limit)  # fmt: skip
    owners = await DB.fetch(
        "SELECT member FROM __tenant__.points_lot WHERE remaining > 0 AND expires_at <= $1"
        " ORDER BY expires_at LIMIT $2", moment, limit)  # fmt: skip
    # All accounts in one go: locked in two, another batch that also goes by member could hold one of the second.
    accounts = sorted({row["member"] for row in (*holds, *owners)})
    if not accounts:
        return 0
    await DB.fetch(
        "SELECT 1 FROM __tenant__.points_account WHERE member = ANY($1::uuid[]) ORDER BY member FOR NO KEY UPDATE",
        accounts)  # fmt: skip
    if holds:
        await free([row["id"] for row in holds], state="lapsed", moment=moment)
    return max(len(holds), await _lapse_lots(accounts, limit=limit, moment=moment))


async def _lapse_lots(accounts: list[uuid.UUID], *, limit: int, moment: datetime) -> int:
    """Take what is past its day of these accounts, which are locked; what a hold has just given back is among it."""
    due = await DB.fetch(
        "SELECT id FROM __tenant__.points_lot WHERE member = ANY($3::uuid[]) AND remaining > 0 AND expires_at <= $1"
        " ORDER BY expires_at LIMIT $2", moment, limit, accounts)  # fmt: skip
    if due:
        await DB.fetch(_LAPSE, [row["id"] for row in due], [ids.new() for _ in due], moment)
    return len(due)
