"""A mistake is put right by another entry: what came in goes out again, what went out comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants.kit import clock, ids
from tenants.points.rules.debts import repay
from tenants.points.rules.drawing import EMPTY, Drawing, draw, insufficient, lock_accounts
from tenants.points.rules.entries import Entry, entry_of, recorded
from tenants.points.rules.news import tell
from tenants.points.rules.reasons import Why
from tenants.points.rules.refusals import (
    AlreadyReversed,
    CannotReverse,
    NoSuchEntry,
    OfAnOrder,
    OnceDiffers,
    check_texts,
)
from tenants.points.rules.transferring import pass_on
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

# A lapse is undone as a whole batch; debt and moves between accounts follow what caused them.
_LASTING = frozenset({Why.REVERSED, Why.EXPIRED, Why.EXPIRY_UNDONE, Why.DEBT_REPAID, Why.MERGE_IN, Why.MERGE_OUT})
_OF_ORDERS = frozenset({Why.ORDER, Why.ORDER_REFUND})

_GIVE_BACK = """
WITH movement AS (
    INSERT INTO __tenant__.points_entry (id, member, points, why, once, note, reverses, at, recorded_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8) ON CONFLICT DO NOTHING RETURNING id
), back AS (
    SELECT lot, points FROM __tenant__.points_use WHERE movement = $7
), lot AS (
    UPDATE __tenant__.points_lot l SET remaining = l.remaining + back.points FROM back, movement WHERE l.id = back.lot
), used AS (
    INSERT INTO __tenant__.points_use (id, movement, lot, points)
    SELECT md5(movement.id::text || back.lot::text)::uuid, movement.id, back.lot, -back.points FROM back, movement
), account AS (
    UPDATE __tenant__.points_account SET balance = balance + $3, spent = spent - $3, updated_at = $8
    FROM movement WHERE member = $2
)
SELECT id FROM movement
"""


async def reverse(entry_id: uuid.UUID, *, once: str, note: str = "") -> Entry:
    """Undo an entry by another, once for each entry; spent points go back into their lots with the dates they had.

    A reversed earning takes its own lot first and then what expires soonest. Raises NoSuchEntry, CannotReverse for a
    reversal or an expiry, OfAnOrder, AlreadyReversed, Insufficient when the earned points are gone, OnceDiffers,
    Invalid.
    """
    check_texts(once=once, note=note)
    first = await DB.fetchrow("SELECT id, member, points, why FROM __tenant__.points_entry WHERE id = $1", entry_id)
    if first is None:
        raise NoSuchEntry
    if first["why"] in _LASTING:
        raise CannotReverse
    if first["why"] in _OF_ORDERS:
        raise OfAnOrder
    account = (await lock_accounts([first["member"]])).get(first["member"], EMPTY)
    moment = clock.now()
    entry = None
    if first["points"] < 0:
        entry = await _give_back(first, once=once, note=note, moment=moment)
    elif account.available >= first["points"]:
        drawing = Drawing(
            member=first["member"], points=first["points"], why=Why.REVERSED, once=once, note=note, first=entry_id,
            reverses=entry_id)  # fmt: skip
        entry = (await draw([drawing], moment=moment, even_expired=True)).get(drawing.id)
    if entry is None:
        return await _already(first, once=once)
    await tell([entry])
    if entry.points > 0:
        await repay([entry.member], moment=moment)
        await pass_on([entry.member])
    return entry


async def _give_back(first: Any, *, once: str, note: str, moment: datetime) -> Entry | None:
    entry = Entry(
        id=ids.new(), member=first["member"], points=-first["points"], why=Why.REVERSED, once=once, at=moment,
        note=note)  # fmt: skip
    row = await DB.fetchrow(
        _GIVE_BACK, entry.id, entry.member, entry.points, entry.why.value, once, note, first["id"], moment)  # fmt: skip
    return entry if row else None


async def _already(first: Any, *, once: str) -> Entry:
    row = (await recorded([once])).get(once)
    if row is not None:
        if row["reverses"] != first["id"]:
            raise OnceDiffers(once=once)
        return entry_of(row, repeated=True)
    if await DB.fetchval("SELECT 1 FROM __tenant__.points_entry WHERE reverses = $1", first["id"]):
        raise AlreadyReversed
    raise await insufficient(first["member"], wanted=first["points"])
