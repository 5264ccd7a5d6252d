"""All points of one account go to another, with their dates, when two accounts turn out to be one person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tenants.kit import clock, ids
from tenants.points.rules.debts import owe, repay
from tenants.points.rules.drawing import EMPTY, Drawing, draw, line_up, lock_accounts
from tenants.points.rules.entries import Entry
from tenants.points.rules.news import tell
from tenants.points.rules.reasons import Why
from tenants.points.rules.refusals import OnceDiffers
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Transferred:
    """What went over: points, how many earnings that are still to come, and debt."""

    points: int
    pending: int
    debt: int
    repeated: bool = False


# Each lot of the source that was drawn makes one of the target, whose id is made of the two.
_ARRIVE = """
WITH entry AS (
    INSERT INTO __tenant__.points_entry (id, member, points, why, once, note, reverses, at, recorded_at)
    VALUES ($1, $2, $3, 'merge_in', $4, '', NULL, $5, $5)
), lot AS (
    INSERT INTO __tenant__.points_lot
        (id, member, points, remaining, expires_at, slides, entry, origin, earned_at)
    SELECT md5($1::uuid::text || l.id::text)::uuid, $2, u.points, u.points, l.expires_at, l.slides, $1,
        coalesce(l.origin, l.id), l.earned_at
    FROM __tenant__.points_use u JOIN __tenant__.points_lot l ON l.id = u.lot WHERE u.movement = $6
)
UPDATE __tenant__.points_account a SET balance = a.balance + $3, earned = a.earned + $3, updated_at = $5,
    active_at = greatest(a.active_at, other.active_at)
FROM __tenant__.points_account other WHERE a.member = $2 AND other.member = $7
"""


async def transfer(source: uuid.UUID, target: uuid.UUID, *, once: str) -> Transferred:
    """Move what is left of a member's points, what is to come and what is owed, once for this occasion.

    Lots keep their dates. What is held stays, until it is spent or given back. Raises OnceDiffers.
    """
    moment = clock.now()
    await line_up([source, target])
    accounts = await lock_accounts([source, target])
    made = ids.new()
    fresh = await DB.fetch(
        "INSERT INTO __tenant__.points_transfer (id, source, target, once, points, debt, at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (once) DO NOTHING RETURNING id",
        made, source, target, once, accounts[source].available, accounts[source].debt, moment)  # fmt: skip
    if not fresh:
        return await _before(source, target, once)
    entries = await _move(source, target, points=accounts[source].available, once=once, made=made, moment=moment)
    coming = await _hand_over(source, target, None, moment)
    await DB.fetch("UPDATE __tenant__.points_transfer SET pending = $2::uuid[] WHERE id = $1", made, coming)
    await _owe_instead(source, target, points=accounts[source].debt, once=once, moment=moment)
    await tell(entries)
    await repay([target], moment=moment)
    return Transferred(points=accounts[source].available, pending=len(coming), debt=accounts[source].debt)


async def _before(source: uuid.UUID, target: uuid.UUID, once: str) -> Transferred:
    row = await DB.fetchrow("SELECT * FROM __tenant__.points_transfer WHERE once = $1", once)
    if (row["source"], row["target"]) != (source, target):
        raise OnceDiffers(once=once)
    return Transferred(points=row["points"], pending=len(row["pending"]), debt=row["debt"], repeated=True)


async def _move(
    source: uuid.UUID, target: uuid.UUID, *, points: int, once: str, made: uuid.UUID, moment: datetime
) -> list[Entry]:
    if not points:
        return []
    drawing = Drawing(member=source, points=points, why=Why.MERGE_OUT, once=f"{once}/out")
    gone = await draw([drawing], moment=moment, even_expired=True)
    if not gone:
        raise OnceDiffers(once=once)
    arrived = Entry(id=ids.new(), member=target, points=points, why=Why.MERGE_IN, once=f"{once}/in", at=moment)
    await DB.fetch(_ARRIVE, arrived.id, target, points, arrived.once, moment, drawing.id, source)
    await DB.fetch(
        "UPDATE __tenant__.points_transfer SET out_entry = $2, in_entry = $3 WHERE id = $1",
        made, drawing.id, arrived.id)  # fmt: skip
    return [gone[drawing.id], arrived]


async def _hand_over(
    source: uuid.UUID, target: uuid.UUID, only: list[uuid.UUID] | None, moment: datetime
) -> list[uuid.UUID]:
    """What is still to come goes to the other one."""
    rows = await DB.fetch(
        "WITH moved AS ("
        " UPDATE __tenant__.points_pending SET member = $2 WHERE member = $1 AND state = 'pending'"
        " AND ($3::uuid[] IS NULL OR id = ANY($3)) RETURNING id, remaining"
        "), account AS ("
        " UPDATE __tenant__.points_account a SET updated_at = $4,"
        " pending = a.pending + CASE WHEN a.member = $1 THEN -total.points ELSE total.points END"
        " FROM (SELECT coalesce(sum(remaining), 0)::bigint AS points FROM moved) total"
        " WHERE a.member = ANY(ARRAY[$1::uuid, $2::uuid])"
        ") SELECT id FROM moved", source, target, only, moment)  # fmt: skip
    return [row["id"] for row in rows]


async def _owe_instead(source: uuid.UUID, target: uuid.UUID, *, points: int, once: str, moment: datetime) -> None:
    if points:
        await owe(
            [(source, -points, Why.MERGE_OUT, f"{once}/debt/out", None),
             (target, points, Why.MERGE_IN, f"{once}/debt/in", None)], moment=moment)  # fmt: skip


# What is left of the lots that came over, or that came of what was pending, leaves the target …
_LEAVE = """
WITH left_over AS (
    SELECT l.id, l.remaining AS points FROM __tenant__.points_lot l
    WHERE l.member = $2 AND l.remaining > 0 AND (l.entry = $3 OR l.id = ANY($4::uuid[]))
), total AS (
    SELECT sum(points)::bigint AS points FROM left_over
), entry AS (
    INSERT INTO __tenant__.points_entry (id, member, points, why, once, note, reverses, at, recorded_at)
    SELECT $1::uuid, $2::uuid, -total.points, 'merge_out', $5, '', NULL, $6::timestamptz, $6::timestamptz
    FROM total WHERE total.points > 0
), lot AS (
    UPDATE __tenant__.points_lot l SET remaining = 0 FROM left_over WHERE l.id = left_over.id
), used AS (
    INSERT INTO __tenant__.points_use (id, movement, lot, points)
    SELECT md5($1::uuid::text || id::text)::uuid, $1, id, points FROM left_over
), account AS (
    UPDATE __tenant__.points_account a SET balance = a.balance - total.points, spent = a.spent + total.points,
        updated_at = $6::timestamptz
    FROM total WHERE a.member = $2 AND total.points > 0
)
SELECT points FROM total WHERE points > 0
"""
# … and comes back to where it came from: into the lots of the source, and into new ones for what came meanwhile.
_RETURN = """
WITH back AS (
    SELECT gone.lot AS id, gone.points, out.lot AS home FROM __tenant__.points_use gone
    LEFT JOIN __tenant__.points_use out ON out.movement = $7 AND gone.lot = md5($8::uuid::text || out.lot::text)::uuid
    WHERE gone.movement = $6
), entry AS (
    INSERT INTO __tenant__.points_entry (id, member, points, why, once, note, reverses, at, recorded_at)
    VALUES ($1, $2, $3, 'merge_in', $4, '', NULL, $5, $5)
), lot AS (
    UPDATE __tenant__.points_lot l SET remaining = l.remaining + back.points FROM back WHERE l.id = back.home
), used AS (
    INSERT INTO __tenant__.points_use (id, movement, lot, points)
    SELECT md5($1::uuid::text || back.home::text)::uuid, $1, back.home, -back.points FROM back
    WHERE back.home IS NOT NULL
), made AS (
    INSERT INTO __tenant__.points_lot (id, member, points, remaining, expires_at, slides, entry, origin, earned_at)
    SELECT md5($1::uuid::text || l.id::text)::uuid, $2, back.points, back.points, l.expires_at, l.slides, $1,
        coalesce(l.origin, l.id), l.earned_at
    FROM back JOIN __tenant__.points_lot l ON l.id = back.id WHERE back.home IS NULL
)
UPDATE __tenant__.points_account SET balance = balance + $3, earned = earned + $3, updated_at = $5 WHERE member = $2
"""


async def transfer_back(*, once: str) -> int:
    """Give back what is left of what a transfer brought; how many points. What was spent meanwhile stays spent.

    A transfer is undone once; one that never was gives nothing back.
    """
    moment = clock.now()
    row = await DB.fetchrow("SELECT * FROM __tenant__.points_transfer WHERE once = $1", once)
    if row is None:
        return 0
    source, target = row["source"], row["target"]
    accounts = await lock_accounts([source, target])
    undone = await DB.fetch(
        "UPDATE __tenant__.points_transfer SET undone_at = $2 WHERE id = $1 AND undone_at IS NULL RETURNING id",
        row["id"], moment)  # fmt: skip
    if not undone:
        return int(row["returned"])
    returned = await _give_back(row, moment)
    await _hand_over(target, source, row["pending"], moment)
    owed = min(row["debt"], accounts.get(target, EMPTY).debt)
    await _owe_instead(target, source, points=owed, once=f"{once}/back", moment=moment)
    await DB.fetch("UPDATE __tenant__.points_transfer SET returned = $2 WHERE id = $1", row["id"], returned)
    await repay([source], moment=moment)
    return returned


async def _give_back(row: Any, moment: datetime) -> int:
    leaving, coming = ids.new(), ids.new()
    points = await DB.fetchval(
        _LEAVE, leaving, row["target"], row["in_entry"], row["pending"], f"{row['once']}/back/out", moment)  # fmt: skip
    if not points:
        return 0
    await DB.fetch(
        _RETURN, coming, row["source"], points, f"{row['once']}/back/in", moment, leaving, row["out_entry"],
        row["in_entry"])  # fmt: skip
    await tell([
        Entry(id=leaving, member=row["target"], points=-points, why=Why.MERGE_OUT, once=f"{row['once']}/back/out",
              at=moment),
        Entry(id=coming, member=row["source"], points=points, why=Why.MERGE_IN, once=f"{row['once']}/back/in",
              at=moment),
    ])  # fmt: skip
    return int(points)


async def transfers_between(source: uuid.UUID, target: uuid.UUID) -> list[str]:
    """The occasions of what one passed on to the other and has not got back, the latest first."""
    rows = await DB.fetch(
        "SELECT once FROM __tenant__.points_transfer WHERE source = $1 AND target = $2 AND undone_at IS NULL"
        " ORDER BY at DESC, id DESC", source, target)  # fmt: skip
    return [row["once"] for row in rows]


async def pass_on(who: Iterable[uuid.UUID] | None = None, *, limit: int = 100) -> int:
    """What has come to accounts that passed everything on, late, goes the same way; how many there were.

    A hold that was given back, say. Only of these members, where they are named.
    """
    rows = await DB.fetch(
        "SELECT DISTINCT ON (t.source) t.source, t.target, t.once FROM __tenant__.points_transfer t"
        " JOIN __tenant__.points_account a ON a.member = t.source"
        " WHERE t.undone_at IS NULL AND a.balance - a.held + a.pending > 0"
        " AND ($1::uuid[] IS NULL OR t.source = ANY($1)) ORDER BY t.source, t.at DESC, t.id DESC LIMIT $2",
        None if who is None else list(who), limit)  # fmt: skip
    for row in rows:
        await transfer(row["source"], row["target"], once=f"late/{ids.new()}")
    return len(rows)
