"""What orders add up to, to be read: of one member, and of the whole shop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

_CENT = Decimal("0.01")
_RATE = Decimal("0.0001")
_DAY = Decimal(86_400)
_ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyerFigures:
    """What a member's orders add up to; a purchase is an order neither cancelled nor refunded as a whole."""

    orders: int = 0
    purchases: int = 0
    spend: Decimal = _ZERO
    first_at: datetime | None = None
    last_at: datetime | None = None

    @property
    def valid_rate(self) -> Decimal | None:
        """Which part of the orders are purchases, 0 to 1."""
        return _rate(self.purchases, self.orders)

    @property
    def average(self) -> Decimal | None:
        """What was spent for one purchase."""
        return (self.spend / self.purchases).quantize(_CENT, ROUND_HALF_UP) if self.purchases else None

    @property
    def days_between(self) -> Decimal | None:
        """How many days lie between one purchase and the next."""
        if self.first_at is None or self.last_at is None or self.purchases <= 1:
            return None
        return _days(Decimal((self.last_at - self.first_at) // timedelta(seconds=1)), self.purchases - 1)


@dataclass(frozen=True, slots=True)
class Stop:
    """How many members have bought so often and no more, and which part that is of those who came so far."""

    purchases: int
    members: int
    share: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopFigures:
    """What all orders of the shop add up to; `stops` say at which purchase members stop."""

    orders: int
    purchases: int
    spend: Decimal
    buyers: int
    returned: int
    valid_rate: Decimal | None
    average: Decimal | None
    repurchase_rate: Decimal | None
    purchases_each: Decimal | None
    days_between: Decimal | None
    stops: tuple[Stop, ...]


async def buyer_figures(member: uuid.UUID) -> BuyerFigures:
    """A member's figures; nothing but zeros for one who has no orders."""
    row = await DB.fetchrow(
        "SELECT orders, purchases, spend, first_at, last_at FROM __tenant__.buyer_totals WHERE member = $1",
        member)  # fmt: skip
    return BuyerFigures(**dict(row)) if row else BuyerFigures()


async def shop_figures() -> ShopFigures:
    """The shop's figures."""
    row = await DB.fetchrow(
        "SELECT coalesce(sum(orders), 0)::bigint AS orders, coalesce(sum(purchases), 0)::bigint AS purchases,"
        " coalesce(sum(spend), 0) AS spend, coalesce(sum(buyers), 0)::bigint AS buyers,"
        " coalesce(sum(returned), 0)::bigint AS returned, coalesce(sum(gaps), 0)::bigint AS gaps,"
        " coalesce(sum(between_seconds), 0) AS between_seconds FROM __tenant__.shop_totals"
    )
    counts = await DB.fetch(
        "SELECT purchases, sum(members)::bigint AS members FROM __tenant__.purchase_count"
        " GROUP BY purchases HAVING sum(members) > 0 ORDER BY purchases"
    )
    stops, reached = [], row["buyers"]
    for count in counts:
        share = _rate(count["members"], reached) or Decimal(0)
        stops.append(Stop(count["purchases"], count["members"], share))
        reached -= count["members"]
    purchases, buyers = row["purchases"], row["buyers"]
    return ShopFigures(
        orders=row["orders"],
        purchases=purchases,
        spend=row["spend"].quantize(_CENT),
        buyers=buyers,
        returned=row["returned"],
        valid_rate=_rate(purchases, row["orders"]),
        average=(row["spend"] / purchases).quantize(_CENT, ROUND_HALF_UP) if purchases else None,
        repurchase_rate=_rate(row["returned"], buyers),
        purchases_each=(Decimal(purchases) / buyers).quantize(_CENT, ROUND_HALF_UP) if buyers else None,
        days_between=_days(row["between_seconds"], row["gaps"]) if row["gaps"] else None,
        stops=tuple(stops),
    )


def _rate(part: int, whole: int) -> Decimal | None:
    return (Decimal(part) / whole).quantize(_RATE, ROUND_HALF_UP) if whole else None


def _days(seconds: Decimal, gaps: int) -> Decimal:
    return (seconds / gaps / _DAY).quantize(_CENT, ROUND_HALF_UP)
