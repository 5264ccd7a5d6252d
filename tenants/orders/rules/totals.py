"""What orders add up to, per member and for the shop, kept as they change: the difference of old and new standing.

Locked last of all: members' rows by ascending member, then the shop's slots. A row is locked before it is read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tenants.kit import clock, ids
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Collection, Iterable
    from datetime import datetime

SLOTS = 16
_ZERO = Decimal(0)
_SECOND = timedelta(seconds=1)
PURCHASE = "state NOT IN ('cancelled', 'refunded')"


@dataclass(frozen=True, slots=True)
class Counted:
    """How an order counts: whether it is a purchase, what was spent, and when it was placed."""

    purchase: bool
    spend: Decimal
    placed_at: datetime


@dataclass(frozen=True, slots=True)
class Recount:
    """An order of a member counted otherwise before (None: not at all), and so now."""

    member: uuid.UUID
    before: Counted | None
    after: Counted


@dataclass(frozen=True, slots=True)
class _Row:
    """A member's totals."""

    orders: int = 0
    purchases: int = 0
    spend: Decimal = _ZERO
    first_at: datetime | None = None
    last_at: datetime | None = None

    @property
    def gaps(self) -> int:
        return max(0, self.purchases - 1)

    @property
    def between(self) -> Decimal:
        if self.first_at is None or self.last_at is None:
            return _ZERO
        span = self.last_at - self.first_at
        return Decimal(span // _SECOND) + Decimal(span.microseconds) / 1_000_000


async def count(recounts: Iterable[Recount]) -> None:
    """Bring the totals of members and shop in line with orders that have changed; the orders are written already."""
    by_member: dict[uuid.UUID, list[Recount]] = defaultdict(list)
    for recount in recounts:
        if recount.before != recount.after:
            by_member[recount.member].append(recount)
    if not by_member:
        return
    before = await _lock(by_member)
    after, doubtful = {}, []
    for member, row in before.items():
        after[member], sure = _counted(row, by_member[member])
        if not sure:
            doubtful.append(member)
    if doubtful:
        dates = await DB.fetch(
            "SELECT member, min(placed_at) AS first_at, max(placed_at) AS last_at FROM __tenant__.shop_order"
            f" WHERE member = ANY($1::uuid[]) AND {PURCHASE} GROUP BY member", doubtful)  # fmt: skip
        found = {row["member"]: (row["first_at"], row["last_at"]) for row in dates}
        for member in doubtful:
            first, last = found.get(member, (None, None))
            after[member] = replace(after[member], first_at=first, last_at=last)
    await _write(before, after)


async def recount_members(members: Collection[uuid.UUID]) -> None:
    """Count the orders of these members anew, as after some have changed hands."""
    before = await _lock(members)
    rows = await DB.fetch(
        "SELECT member, count(*)::int AS orders, count(*) FILTER (WHERE purchase)::int AS purchases,"
        " coalesce(sum(amount - refunded) FILTER (WHERE purchase), 0) AS spend,"
        " min(placed_at) FILTER (WHERE purchase) AS first_at, max(placed_at) FILTER (WHERE purchase) AS last_at"
        f" FROM (SELECT *, {PURCHASE} AS purchase FROM __tenant__.shop_order WHERE member = ANY($1::uuid[])) o"
        " GROUP BY member", list(members))  # fmt: skip
    found = {row["member"]: _row(row) for row in rows}
    await _write(before, {member: found.get(member, _Row()) for member in before})


def _counted(row: _Row, recounts: list[Recount]) -> tuple[_Row, bool]:
    orders, purchases, spend, first, last = row.orders, row.purchases, row.spend, row.first_at, row.last_at
    sure = True
    for recount in recounts:
        was, now = recount.before, recount.after
        orders += was is None
        if was is not None and was.purchase:
            purchases -= 1
            spend -= was.spend
            # The first or the last purchase moved or is none any more: which one is it now?
            moved = not now.purchase or now.placed_at != was.placed_at
            sure = sure and not (moved and was.placed_at in {first, last})
        if now.purchase:
            purchases += 1
            spend += now.spend
            first = now.placed_at if first is None else min(first, now.placed_at)
            last = now.placed_at if last is None else max(last, now.placed_at)
    return _Row(orders, purchases, spend, first, last), sure


async def _lock(members: Collection[uuid.UUID]) -> dict[uuid.UUID, _Row]:
    rows = await DB.fetch(
        "INSERT INTO __tenant__.buyer_totals AS t (member, orders, purchases, spend, updated_at)"
        " SELECT member, 0, 0, 0, $2::timestamptz FROM unnest($1::uuid[]) AS m(member) ORDER BY member"
        " ON CONFLICT (member) DO UPDATE SET updated_at = excluded.updated_at"
        " RETURNING member, orders, purchases, spend, first_at, last_at",
        list(members), clock.now())  # fmt: skip
    return {row["member"]: _row(row) for row in rows}


def _row(row: Any) -> _Row:
    return _Row(row["orders"], row["purchases"], row["spend"], row["first_at"], row["last_at"])


async def _write(before: dict[uuid.UUID, _Row], after: dict[uuid.UUID, _Row]) -> None:
    changed = sorted(member for member, row in after.items() if row != before[member])
    if not changed:
        return
    rows = [after[member] for member in changed]
    await DB.fetch(
        "UPDATE __tenant__.buyer_totals t SET orders = n.orders, purchases = n.purchases, spend = n.spend,"
        " first_at = n.first_at, last_at = n.last_at FROM unnest($1::uuid[], $2::int[], $3::int[], $4::numeric[],"
        " $5::timestamptz[], $6::timestamptz[]) AS n(member, orders, purchases, spend, first_at, last_at)"
        " WHERE t.member = n.member",
        changed, [row.orders for row in rows], [row.purchases for row in rows], [row.spend for row in rows],
        [row.first_at for row in rows], [row.last_at for row in rows])  # fmt: skip
    slots: dict[int, list[Any]] = defaultdict(lambda: [0, 0, _ZERO, 0, 0, 0, _ZERO])
    levels: Counter[tuple[int, int]] = Counter()
    for member in changed:
        slot, was, now = member.int % SLOTS, before[member], after[member]
        sums = slots[slot]
        for place, difference in enumerate(
            (
                now.orders - was.orders, now.purchases - was.purchases, now.spend - was.spend,
                (now.purchases > 0) - (was.purchases > 0), (now.purchases > 1) - (was.purchases > 1),
                now.gaps - was.gaps, now.between - was.between,
            )
        ):  # fmt: skip
            sums[place] += difference
        levels[slot, was.purchases] -= 1
        levels[slot, now.purchases] += 1
    await _write_slots(slots)
    await _write_levels({key: members for key, members in levels.items() if members and key[1]})


async def _write_slots(slots: dict[int, list[Any]]) -> None:
    order = sorted(slots)
    await DB.fetch(
        "INSERT INTO __tenant__.shop_totals AS t (slot, orders, purchases, spend, buyers, returned, gaps,"
        " between_seconds) SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bigint[], $4::numeric[],"
        " $5::bigint[], $6::bigint[], $7::bigint[], $8::numeric[])"
        " ON CONFLICT (slot) DO UPDATE SET orders = t.orders + excluded.orders,"
        " purchases = t.purchases + excluded.purchases, spend = t.spend + excluded.spend,"
        " buyers = t.buyers + excluded.buyers, returned = t.returned + excluded.returned,"
        " gaps = t.gaps + excluded.gaps, between_seconds = t.between_seconds + excluded.between_seconds",
        order, *([slots[slot][place] for slot in order] for place in range(7)))  # fmt: skip


async def _write_levels(levels: dict[tuple[int, int], int]) -> None:
    if not levels:
        return
    # A row must be there before it can be counted down: an insert is checked before it becomes an update.
    order = sorted(levels)
    await DB.fetch(
        "INSERT INTO __tenant__.purchase_count AS c (id, slot, purchases, members)"
        " SELECT id, slot, purchases, 0 FROM unnest($1::uuid[], $2::smallint[], $3::int[])"
        " WITH ORDINALITY AS n(id, slot, purchases, place) ORDER BY place"
        " ON CONFLICT (slot, purchases) DO UPDATE SET members = c.members",
        [ids.new() for _ in order], [slot for slot, _ in order], [purchases for _, purchases in order])  # fmt: skip
    await DB.fetch(
        "UPDATE __tenant__.purchase_count c SET members = c.members + n.members"
        " FROM unnest($1::smallint[], $2::int[], $3::bigint[]) AS n(slot, purchases, members)"
        " WHERE c.slot = n.slot AND c.purchases = n.purchases",
        [slot for slot, _ in order], [purchases for _, purchases in order],
        [levels[key] for key in order])  # fmt: skip
