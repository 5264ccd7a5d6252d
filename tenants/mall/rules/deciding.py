"""Whether a member can have an item, at what price, and every reason why not: read with one statement for any number.

The same answers are shown to members before they tap and given as refusals when they do.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tenants import levels, members, points, vouchers
from tenants.kit import clock
from tenants.mall.rules.pricing import EVER, PERIODS, LevelPrice, Price, period_starts, price_for
from tenants.mall.rules.refusals import (
    ItemUnknown,
    LimitReached,
    NotForLevel,
    NotOnOffer,
    QuotaReached,
    SoldOut,
)
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable, Sequence

    from tenants.kit.errors import DomainError
    from tenants.mall.rules.pricing import Period

_NO_MONEY = Decimal(0)
NOTHING = Price(0, _NO_MONEY)

# A piece of an item for a member: $1 items, $2 members, $3 occasions, $4 to $6 the first days of the present periods.
_FACTS = """
SELECT a.item AS asked_item, a.member AS asked_member, a.once,
       i.id AS item, i.name_en, i.name_zh, i.kind, i.benefit, i.voucher_template, i.level, i.level_days, i.with_order,
       i.points, i.cash, i.cost, i.limit_ever, i.limit_day, i.limit_week, i.limit_month, i.quota, i.quota_period,
       i.by_level, i.starts_at, i.ends_at, i.state,
       s.version, s.stock, s.taken, s.spent, s.budget, s.period_starts, s.period_taken,
       m.state AS member_state, coalesce(p.balance - p.held, 0) AS available,
       c.ever AS had_ever, c.day AS had_day, c.week AS had_week, c.month AS had_month,
       t.state AS template_state, v.stock AS template_stock, v.issued AS template_issued,
       r.id AS redemption
  FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS a(item, member, once)
  LEFT JOIN __tenant__.mall_item i ON i.id = a.item
  LEFT JOIN __tenant__.mall_stock s ON s.item = a.item
  LEFT JOIN __tenant__.voucher_template t ON t.id = i.voucher_template
  LEFT JOIN __tenant__.voucher_stock v ON v.template = i.voucher_template
  LEFT JOIN __tenant__.member m ON m.id = a.member
  LEFT JOIN __tenant__.points_account p ON p.member = a.member
  LEFT JOIN LATERAL (
      SELECT sum(taken) FILTER (WHERE period = 'ever' AND starts = $7::date) AS ever,
             sum(taken) FILTER (WHERE period = 'day' AND starts = $4::date) AS day,
             sum(taken) FILTER (WHERE period = 'week' AND starts = $5::date) AS week,
             sum(taken) FILTER (WHERE period = 'month' AND starts = $6::date) AS month
        FROM __tenant__.mall_count WHERE item = a.item AND member = a.member AND starts IN ($4, $5, $6, $7)) c ON true
  LEFT JOIN __tenant__.mall_redemption r ON r.once = a.once
"""


@dataclass(frozen=True, slots=True)
class Ladder:
    """Which level each member has, and what the items that differ by level cost and for whom they are."""

    levels: dict[uuid.UUID, uuid.UUID]
    prices: dict[uuid.UUID, list[LevelPrice]]
    audiences: dict[uuid.UUID, set[uuid.UUID]]
    ranks: dict[uuid.UUID, int]

    def price(self, row: Any, level: uuid.UUID | None) -> Price:
        """What a piece costs a member of that level."""
        return price_for(Price(row["points"], row["cash"]), self.prices.get(row["item"], []), level)

    def admits(self, row: Any, level: uuid.UUID | None) -> bool:
        """Whether the item is for members of that level; a level is for those who stand below it."""
        allowed = self.audiences.get(row["item"])
        above = row["level"] is None or self.ranks.get(row["level"], 0) > (self.ranks.get(level, 0) if level else 0)
        return above and (not allowed or level in allowed)


@dataclass(slots=True)
class Tally:
    """What others of the same batch have been promised."""

    pieces: Counter[uuid.UUID] = field(default_factory=Counter)
    cost: Counter[uuid.UUID] = field(default_factory=Counter)
    of_member: Counter[tuple[uuid.UUID, uuid.UUID]] = field(default_factory=Counter)
    points: Counter[uuid.UUID] = field(default_factory=Counter)

    def promise(self, row: Any, *, quantity: int, price: Price) -> None:
        """Count one more."""
        self.pieces[row["item"]] += quantity
        self.cost[row["item"]] += row["cost"] * quantity
        self.of_member[row["item"], row["asked_member"]] += quantity
        self.points[row["asked_member"]] += price.points


async def facts(asked: Sequence[tuple[uuid.UUID, uuid.UUID, str]], *, day: date) -> list[Any]:
    """All that decides on each (item, member, occasion), in that order."""
    rows = await DB.fetch(
        _FACTS, [item for item, _, _ in asked], [member for _, member, _ in asked], [once for _, _, once in asked],
        day, period_starts("week", day), period_starts("month", day), EVER)  # fmt: skip
    found = {(row["asked_item"], row["asked_member"], row["once"]): row for row in rows}
    return [found[one] for one in asked]


async def ladder(rows: Iterable[Any]) -> Ladder:
    """What differs by level among these rows; nothing is asked where nothing does."""
    differing = [row for row in rows if row["item"] and (row["by_level"] or row["level"])]
    if not differing:
        return Ladder({}, {}, {}, {})
    items = sorted({row["item"] for row in differing})
    who = sorted({row["asked_member"] for row in differing if row["asked_member"]})
    held = await levels.levels_of(who)
    prices: dict[uuid.UUID, list[LevelPrice]] = {}
    for row in await prices_of(items):
        price = LevelPrice(row["level"], row["points"], row["cash"], row["percent_off"])
        prices.setdefault(row["item"], []).append(price)
    audiences: dict[uuid.UUID, set[uuid.UUID]] = {}
    for row in await audiences_of(items):
        audiences.setdefault(row["item"], set()).add(row["level"])
    ranks = {level.id: level.rank for level in await levels.ladder()}
    return Ladder({member: level.id for member, level in held.items()}, prices, audiences, ranks)


async def prices_of(items: Sequence[uuid.UUID]) -> list[Any]:
    """The rows of what these items cost by level."""
    return await DB.fetch(
        "SELECT item, level, points, cash, percent_off FROM __tenant__.mall_price WHERE item = ANY($1::uuid[])"
        " ORDER BY item, level", list(items))  # fmt: skip


async def audiences_of(items: Sequence[uuid.UUID]) -> list[Any]:
    """The rows of the levels for which these items are."""
    return await DB.fetch(
        "SELECT item, level FROM __tenant__.mall_audience WHERE item = ANY($1::uuid[]) ORDER BY item, level",
        list(items))  # fmt: skip


def on_offer(row: Any, moment: datetime) -> bool:
    """Whether an item can be had at that moment."""
    return bool(
        row["state"] == "live"
        and (row["starts_at"] is None or row["starts_at"] <= moment)
        and (row["ends_at"] is None or moment < row["ends_at"])
    )


def refusals(
    row: Any, *, quantity: int, price: Price, admitted: bool, day: date, tally: Tally | None = None
) -> list[DomainError]:
    """Every reason why the member cannot have so many pieces, the weightiest first; none if they can."""
    if row["item"] is None:
        return [ItemUnknown()]
    if row["member_state"] != "active":
        return [members.MemberBlocked() if row["member_state"] == "blocked" else members.MemberUnknown()]
    tally = tally or Tally()
    found: list[DomainError] = []
    if not on_offer(row, clock.now()):
        found.append(NotOnOffer())
    if not admitted:
        found.append(NotForLevel())
    if row["voucher_template"] and row["template_state"] != "active":
        found.append(vouchers.TemplateNotActive())
    found += _shortages(row, quantity=quantity, day=day, tally=tally)
    had = tally.of_member[row["item"], row["asked_member"]]
    for period in PERIODS:
        limit = row[f"limit_{period}"]
        left = limit - int(row[f"had_{period}"] or 0) - had if limit is not None else quantity
        if quantity > left:
            found.append(LimitReached(limit=limit, period=period, left=max(0, left)))
    available = row["available"] - tally.points[row["asked_member"]]
    if price.points > available:
        found.append(points.Insufficient(available=max(0, available), wanted=price.points))
    return found


def limited(row: Any, day: date) -> list[tuple[Period, date, int]]:
    """The periods for which the item has a limit per member: its first day and the limit."""
    return [
        (period, period_starts(period, day), row[f"limit_{period}"])
        for period in PERIODS
        if row[f"limit_{period}"] is not None
    ]


def today() -> date:
    """The day by which the shop counts now."""
    return clock.today(current_tenant().timezone)


def left(row: Any, day: date) -> int | None:
    """How many pieces there are for everybody now; None where there is no end to them."""
    lefts = [left for left in (_in_stock(row), _in_quota(row, day)) if left is not None]
    return max(0, min(lefts)) if lefts else None


def _shortages(row: Any, *, quantity: int, day: date, tally: Tally) -> list[DomainError]:
    found: list[DomainError] = []
    promised, cost = tally.pieces[row["item"]], Decimal(tally.cost[row["item"]])
    in_stock, in_quota = _in_stock(row, promised, cost), _in_quota(row, day, promised)
    if in_stock is not None and quantity > in_stock:
        found.append(SoldOut(left=max(0, in_stock)))
    if in_quota is not None and quantity > in_quota:
        found.append(QuotaReached(left=max(0, in_quota)))
    return found


def _in_stock(row: Any, promised: int = 0, cost: Decimal = _NO_MONEY) -> int | None:
    lefts: list[int] = []
    if row["stock"] is not None:
        lefts.append(row["stock"] - row["taken"] - promised)
    if row["template_stock"] is not None:
        lefts.append(row["template_stock"] - row["template_issued"] - promised)
    if row["budget"] is not None and row["cost"]:
        lefts.append(int((row["budget"] - row["spent"] - cost) // row["cost"]))
    return min(lefts) if lefts else None


def _in_quota(row: Any, day: date, promised: int = 0) -> int | None:
    if row["quota"] is None:
        return None
    gone = row["period_taken"] if row["period_starts"] == period_starts(row["quota_period"], day) else 0
    return int(row["quota"] - gone - promised)
