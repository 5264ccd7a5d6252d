"""Points that are to come: when their time is there they become entries; until then they can be taken away again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants.kit import clock
from tenants.points.rules.dating import TERM
from tenants.points.rules.debts import repay
from tenants.points.rules.drawing import lock_accounts
from tenants.points.rules.entries import Entry, entry_of
from tenants.points.rules.news import tell
from tenants.points.rules.reasons import Why
from tenants.points.rules.refusals import NoSuchEntry, NotPending, OfAnOrder
from tenants.points.rules.taking_back import TakenBack, take_back
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence
    from datetime import datetime

# An occasion that has become an entry in some other way meanwhile counts once: what was pending for it is dropped.
_ACTIVATE = f"""
WITH due AS (
    SELECT * FROM __tenant__.points_pending WHERE id = ANY($1::uuid[]) AND state = 'pending'
        AND member = ANY($4::uuid[])
), entry AS (
    INSERT INTO __tenant__.points_entry (id, member, points, why, once, note, detail, reverses, at, recorded_at)
    SELECT id, member, remaining, why, once, note, detail, NULL, active_at, $2::timestamptz FROM due ORDER BY once
    ON CONFLICT (once) DO NOTHING RETURNING id, member, points, why, once, note, detail, at
), decided AS (
    UPDATE __tenant__.points_pending w SET remaining = 0, decided_at = $2::timestamptz,
        state = CASE WHEN entry.id IS NULL THEN 'cancelled' ELSE 'active' END
    FROM due LEFT JOIN entry ON entry.id = due.id WHERE w.id = due.id
), lot AS (
    INSERT INTO __tenant__.points_lot (id, member, points, remaining, expires_at, slides, earned_at)
    SELECT born.id, born.member, born.points, born.points, coalesce(due.expires_at, term.ends AT TIME ZONE $3),
        due.expires_at IS NULL AND policy.expiry = 'inactivity', born.moment
    FROM (SELECT id, member, points, at AS moment, $3::text AS zone FROM entry) born
    JOIN due ON due.id = born.id JOIN __tenant__.points_policy policy ON policy.id = 1
    {TERM}
), account AS (
    UPDATE __tenant__.points_account a SET balance = a.balance + moved.came, earned = a.earned + moved.came,
        pending = a.pending - moved.went, updated_at = $2::timestamptz
    FROM (SELECT due.member, sum(due.remaining)::bigint AS went, coalesce(sum(entry.points), 0)::bigint AS came
        FROM due LEFT JOIN entry ON entry.id = due.id GROUP BY due.member) moved
    WHERE a.member = moved.member
)
SELECT * FROM entry
"""


async def activate(*, limit: int = 1_000) -> int:
    """Have points count whose time has come, at most `limit`; how many there were. Safe to repeat.

    They count from the moment that was promised, however late this runs.
    """
    moment = clock.now()
    due = await DB.fetch(
        "SELECT id, member FROM __tenant__.points_pending WHERE state = 'pending' AND active_at <= $1"
        " ORDER BY active_at LIMIT $2", moment, limit)  # fmt: skip
    if not due:
        return 0
    accounts = await lock_accounts(row["member"] for row in due)
    # What was handed over to another account meanwhile is not of a locked one: it is left to the next run.
    rows = await DB.fetch(
        _ACTIVATE, [row["id"] for row in due], moment, current_tenant().timezone, list(accounts))  # fmt: skip
    await tell(entry_of(row) for row in rows)
    await repay([row["member"] for row in rows if accounts[row["member"]].debt], moment=moment)
    return len(due)


async def next_activation() -> datetime | None:
    """When the next pending points become active."""
    found: datetime | None = await DB.fetchval(
        "SELECT min(active_at) FROM __tenant__.points_pending WHERE state = 'pending'"
    )
    return found


async def pending(who: Sequence[uuid.UUID]) -> list[Entry]:
    """What is to come to these members, the soonest first; `points` is what is left of it."""
    rows = await DB.fetch(
        "SELECT id, member, remaining AS points, why, once, note, detail, at, active_at AS pending_until"
        " FROM __tenant__.points_pending WHERE member = ANY($1::uuid[]) AND state = 'pending'"
        " ORDER BY active_at, id LIMIT 200", list(who))  # fmt: skip
    return [entry_of(row) for row in rows]


async def cancel(pending_id: uuid.UUID, *, note: str = "") -> TakenBack:
    """Take away what is still to come of an entry, once.

    Raises NoSuchEntry, NotPending when it has become active, OfAnOrder, Invalid.
    """
    first = await DB.fetchrow("SELECT member, why FROM __tenant__.points_pending WHERE id = $1", pending_id)
    if first is None:
        raise NoSuchEntry
    if first["why"] == Why.ORDER:
        raise OfAnOrder
    await lock_accounts([first["member"]])
    once = f"cancel/{pending_id}"
    row = await DB.fetchrow("SELECT * FROM __tenant__.points_pending WHERE id = $1", pending_id)
    done = await DB.fetchrow("SELECT * FROM __tenant__.points_take_back WHERE once = $1", once)
    if done is not None:
        return TakenBack(taken=done["pending"], pending=done["pending"], short=0, entry=None, repeated=True)
    if row["state"] != "pending":
        raise NotPending
    return await take_back(
        row["member"], points=row["remaining"], why=Why.REVERSED, once=once, note=note,
        from_entry=pending_id)  # fmt: skip
