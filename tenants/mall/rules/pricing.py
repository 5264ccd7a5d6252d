"""What an item costs a member, and from when a period counts. Pure: the same answer for the same question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence

Period = Literal["ever", "day", "week", "month"]
PERIODS: tuple[Period, ...] = ("ever", "day", "week", "month")
EVER = date(1970, 1, 1)
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Price:
    """Points, and money in the shop's currency."""

    points: int
    cash: Decimal

    def times(self, quantity: int) -> Price:
        """For so many pieces."""
        return Price(self.points * quantity, self.cash * quantity)


@dataclass(frozen=True, slots=True)
class LevelPrice:
    """What members of one level pay: another price, or so many percent less."""

    level: uuid.UUID
    points: int | None = None
    cash: Decimal | None = None
    percent_off: int | None = None


def price_for(base: Price, prices: Sequence[LevelPrice], level: uuid.UUID | None) -> Price:
    """What a piece costs a member of that level; a percentage is rounded down, in the member's favour."""
    special = next((one for one in prices if one.level == level), None)
    if special is None or level is None:
        return base
    if special.percent_off is not None:
        left = 100 - special.percent_off
        return Price(base.points * left // 100, (base.cash * left / 100).quantize(_CENT, ROUND_DOWN))
    return Price(special.points or 0, special.cash or Decimal(0))


def period_starts(period: Period, day: date) -> date:
    """The first day of the period in which a day lies; weeks begin on Monday."""
    if period == "day":
        return day
    if period == "week":
        return day - timedelta(days=day.weekday())
    if period == "month":
        return day.replace(day=1)
    return EVER
