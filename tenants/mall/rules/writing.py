"""Writes redemptions down: rows, history, counts and stock with one statement for any number."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tenants.kit import ids
from tenants.mall.rules.addresses import FIELDS, Address
from tenants.mall.rules.pricing import Period, period_starts
from tenants.tenancy import DB
from tenants.tenancy.callers import current_caller

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """A redemption to be written, on what it counts, and the terms by which it was decided."""

    id: uuid.UUID
    item: uuid.UUID
    member: uuid.UUID
    quantity: int
    points: int
    cash: Decimal
    cost: Decimal
    movement: uuid.UUID | None
    once: str
    state: str
    reserved_until: datetime | None
    order_reference: str | None
    address: Address | None
    version: int
    quota: int | None
    quota_period: Period
    limits: list[tuple[Period, date, int]] = field(default_factory=list)


# $1 to $13 the redemptions, $14 the moment, $15 the day, $16 by whom; $17 to $23 the counts of members with limits;
# $24 to $29 the items: pieces, money, version of the terms, quota and the first day of its period. The stock waits for
# the counts so that its row is locked last and for the shortest time. A count above its limit is seen in the answer.
_WRITE = """
WITH asked AS (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::bigint[], $6::numeric[], $7::numeric[],
                         $8::uuid[], $9::text[], $10::text[], $11::timestamptz[], $12::text[], $13::uuid[])
        AS a(id, item, member, quantity, points, cash, cost, movement, once, state, reserved_until, order_reference,
             event)
), fresh AS (
    INSERT INTO __tenant__.mall_redemption (id, item, member, quantity, points, cash, cost, movement, once, state,
                                            reserved_until, order_reference, counted, day, at, changed_at)
    SELECT id, item, member, quantity, points, cash, cost, movement, once, state, reserved_until, order_reference,
           true, $15::date, $14::timestamptz, $14::timestamptz
      FROM asked ORDER BY once
    ON CONFLICT (once) DO NOTHING RETURNING id
), told AS (
    INSERT INTO __tenant__.mall_event (id, redemption, number, state, reason, recorded_by, at)
    SELECT a.event, a.id, 1, a.state, '', $16, $14::timestamptz FROM asked a JOIN fresh ON fresh.id = a.id
    RETURNING id
), counts AS (
    SELECT * FROM unnest($17::uuid[], $18::uuid[], $19::uuid[], $20::text[], $21::date[], $22::int[], $23::int[])
        AS c(id, item, member, period, starts, pieces, most)
), counted AS (
    INSERT INTO __tenant__.mall_count AS c (id, item, member, period, starts, taken)
    SELECT id, item, member, period, starts, pieces FROM counts ORDER BY item, member, period
    ON CONFLICT (item, member, period, starts) DO UPDATE SET taken = c.taken + EXCLUDED.taken
    RETURNING c.item, c.member, c.period, c.taken
), taken AS (
    UPDATE __tenant__.mall_stock s
       SET taken = s.taken + n.pieces, spent = s.spent + n.cost,
           period_taken = CASE WHEN s.period_starts = n.starts THEN s.period_taken + n.pieces
                               WHEN s.period_starts > n.starts THEN s.period_taken ELSE n.pieces END,
           period_starts = greatest(s.period_starts, n.starts)
      FROM unnest($24::uuid[], $25::bigint[], $26::numeric[], $27::bigint[], $28::bigint[], $29::date[])
           AS n(item, pieces, cost, version, quota, starts)
     WHERE s.item = n.item AND s.version = n.version
       AND (SELECT count(*) FROM told) + (SELECT count(*) FROM counted) > 0
       AND (s.stock IS NULL OR s.taken + n.pieces <= s.stock)
       AND (s.budget IS NULL OR n.cost = 0 OR s.spent + n.cost <= s.budget)
       AND (n.quota IS NULL OR s.period_starts > n.starts
            OR CASE WHEN s.period_starts = n.starts THEN s.period_taken ELSE 0 END + n.pieces <= n.quota)
    RETURNING s.item
)
SELECT (SELECT count(*) FROM fresh) AS fresh, (SELECT count(*) FROM taken) AS items,
       (SELECT count(*) FROM counted JOIN counts USING (item, member, period) WHERE counted.taken > counts.most) AS over
"""


async def write(redemptions: Sequence[Write], *, day: date, moment: datetime) -> bool:
    """Write them all; False where something does not hold any more, and then all of it must be undone."""
    by_item: dict[uuid.UUID, Write] = {one.item: one for one in redemptions}
    if len(by_item) > 1:  # so that two batches wait for each other and never in a ring
        await DB.fetch(
            "SELECT item FROM __tenant__.mall_stock WHERE item = ANY($1::uuid[]) ORDER BY item FOR UPDATE",
            list(by_item))  # fmt: skip
    outcome = await DB.fetchrow(
        _WRITE, *_rows(redemptions), moment, day, current_caller().label, *_counts(redemptions),
        *_items(redemptions, by_item, day))  # fmt: skip
    if outcome["fresh"] < len(redemptions) or outcome["items"] < len(by_item) or outcome["over"]:
        return False
    await _deliver([one for one in redemptions if one.address])
    return True


def _rows(redemptions: Sequence[Write]) -> list[list[Any]]:
    names = ("id", "item", "member", "quantity", "points", "cash", "cost", "movement", "once", "state",
             "reserved_until", "order_reference")  # fmt: skip
    return [*([getattr(one, name) for one in redemptions] for name in names), [ids.new() for _ in redemptions]]


def _counts(redemptions: Sequence[Write]) -> list[list[Any]]:
    pieces: Counter[tuple[uuid.UUID, uuid.UUID, Period, date, int]] = Counter()
    for one in redemptions:
        for period, starts, most in one.limits:
            pieces[one.item, one.member, period, starts, most] += one.quantity
    keys = list(pieces)
    return [
        [ids.new() for _ in keys], [key[0] for key in keys], [key[1] for key in keys], [key[2] for key in keys],
        [key[3] for key in keys], [pieces[key] for key in keys], [key[4] for key in keys],
    ]  # fmt: skip


def _items(redemptions: Sequence[Write], by_item: dict[uuid.UUID, Write], day: date) -> list[list[Any]]:
    pieces: Counter[uuid.UUID] = Counter()
    cost: dict[uuid.UUID, Decimal] = dict.fromkeys(by_item, Decimal(0))
    for one in redemptions:
        pieces[one.item] += one.quantity
        cost[one.item] += one.cost
    return [
        list(by_item), [pieces[item] for item in by_item], [cost[item] for item in by_item],
        [one.version for one in by_item.values()], [one.quota for one in by_item.values()],
        [period_starts(one.quota_period, day) for one in by_item.values()],
    ]  # fmt: skip


async def _deliver(redemptions: Sequence[Write]) -> None:
    if redemptions:
        names = ", ".join(FIELDS)
        await DB.fetch(
            f"INSERT INTO __tenant__.mall_delivery (redemption, {names})"
            f" SELECT redemption, {names} FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[],"
            f" $6::text[], $7::text[], $8::text[]) AS d(redemption, {names})",
            [one.id for one in redemptions],
            *([getattr(one.address, name) for one in redemptions] for name in FIELDS))  # fmt: skip
