"""What vouchers take off an order, alone and together: pure, in whole cents, never more than there is to pay.

Several vouchers of one order are applied one after the other, by `apply_order`, then money off before shares before
shipping, then the older first. Each takes its part of what is left of the lines for which it counts; thresholds go by
what these lines came to at first. What a voucher takes off is spread over its lines in proportion, so that the next
one sees what is left of each.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence

    from tenants.vouchers.rules.baskets import Basket
    from tenants.vouchers.rules.terms import Hours, Scope

NOTHING = Decimal("0.00")
_KIND_ORDER = {"amount": 0, "percent": 1, "free_shipping": 2}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A voucher (a row with its template's columns) that is to be used, with the rows that say where and when."""

    row: Any
    scopes: Sequence[Scope] = ()
    hours: Sequence[Hours] = ()
    levels: frozenset[uuid.UUID] = frozenset()

    @property
    def place(self) -> tuple[Any, ...]:
        """Where it stands among others of the same order."""
        return self.row["apply_order"], _KIND_ORDER.get(self.row["kind"], 3), self.row["id"]

    def counts(self, kind: str, value: str) -> bool:
        """Whether a product, category or channel is one that this voucher is for."""
        listed = [scope for scope in self.scopes if scope.kind == kind]
        if any(not scope.included and scope.value == value for scope in listed):
            return False
        wanted = [scope for scope in listed if scope.included]
        return not wanted or any(scope.value == value for scope in wanted)

    @property
    def by_lines(self) -> bool:
        """Whether it counts for some lines only."""
        return any(scope.kind != "channel" for scope in self.scopes)

    def counts_for(self, product: str, category: str) -> bool:
        """Whether a line counts: not left out, and of a named product or category where any is named."""
        lists = [scope for scope in self.scopes if scope.kind != "channel"]
        said = {"product": product, "category": category}
        if any(not scope.included and scope.value == said[scope.kind] for scope in lists):
            return False
        wanted = [scope for scope in lists if scope.included]
        return not wanted or any(scope.value == said[scope.kind] for scope in wanted)


class Left:
    """What is still to be paid of an order, line by line, in cents."""

    def __init__(self, basket: Basket) -> None:
        self.shipping = _cents(basket.shipping or NOTHING)
        self._lines = [(item.product, item.category, _cents(item.amount)) for item in basket.items]
        rest = _cents(basket.amount) - sum(amount for _, _, amount in self._lines)
        if rest:  # what no line names counts only for vouchers that are for everything
            self._lines.append(("", "", rest))
        self._left = [amount for _, _, amount in self._lines]

    def came_to(self, one: Candidate) -> int:
        """What the lines for which a voucher counts came to at first."""
        return sum(self._lines[place][2] for place in self._places(one))

    def is_left(self, one: Candidate) -> int:
        """What is left of these lines."""
        return sum(self._left[place] for place in self._places(one))

    def take(self, one: Candidate, off: int) -> None:
        """Spread what a voucher takes off over its lines, in proportion and to the cent."""
        if one.row["kind"] == "free_shipping":
            self.shipping -= off
            return
        places = self._places(one)
        shares = spread(off, [self._left[place] for place in places])
        for place, share in zip(places, shares, strict=True):
            self._left[place] -= share

    def _places(self, one: Candidate) -> list[int]:
        return [
            place
            for place, (product, category, _) in enumerate(self._lines)
            if not one.by_lines or ((product or category) and one.counts_for(product, category))
        ]


def spread(off: int, amounts: Sequence[int]) -> list[int]:
    """Parts of `off` in proportion to the amounts, none above its amount; the largest remainders get the odd cents."""
    total = sum(amounts)
    if not total:
        return [0 for _ in amounts]
    shares = [off * amount // total for amount in amounts]
    by_remainder = sorted(range(len(amounts)), key=lambda place: (-(off * amounts[place] % total), place))
    for place in by_remainder[: off - sum(shares)]:
        shares[place] += 1
    return shares


def worth(one: Candidate, left: Left) -> Decimal:
    """What a voucher takes off what is left, in the shop's currency.

    A share is of the goods for which it counts, rounded half up to the cent and then capped; free shipping is what
    shipping costs, up to its cap; gifts and benefits take nothing off.
    """
    row = one.row
    cap = None if row["amount_max"] is None else _cents(row["amount_max"])
    if row["kind"] == "free_shipping":
        off = left.shipping
    elif row["kind"] == "amount":
        off = _cents(row["amount"])
    elif row["kind"] == "percent":
        off = int((Decimal(left.is_left(one)) * row["percent"] / 100).quantize(Decimal(1), ROUND_HALF_UP))
    else:
        return NOTHING
    if cap is not None:
        off = min(off, cap)
    if row["kind"] != "free_shipping":
        off = min(off, left.is_left(one))
    left.take(one, off)
    return money_of(off)


def money_of(cents: int) -> Decimal:
    """Cents as money with two decimals."""
    return Decimal(cents).scaleb(-2).quantize(NOTHING)


def _cents(amount: Decimal) -> int:
    return int(amount.scaleb(2))
