"""What an order's events amount to: a pure function of the set of them, whatever the order of their arrival."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from tenants.orders.rules.sharing import POINTS_MAX, Rounding, kept_points, share

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable
    from datetime import datetime

Kind: TypeAlias = Literal["paid", "shipped", "delivered", "completed", "cancelled", "refunded"]
State: TypeAlias = Kind
AwardOn: TypeAlias = Literal["paid", "delivered", "completed"]
KINDS: tuple[Kind, ...] = get_args(Kind)
AWARD_ON: tuple[AwardOn, ...] = get_args(AwardOn)

# A later state implies the earlier ones: who has received an order has paid it, as far as points are concerned.
_AWARDS: dict[AwardOn, tuple[Kind, ...]] = {
    "paid": ("paid", "delivered", "completed"),
    "delivered": ("delivered", "completed"),
    "completed": ("completed",),
}
_FURTHEST_FIRST: tuple[Kind, ...] = ("completed", "delivered", "shipped")
_ZERO = Decimal("0.00")
_CENT = Decimal("0.01")
SHIPPING = "*shipping"  # the key of shipping where it earns; a line's key has no asterisk in front
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an order: `key` is the shop's name for it. Of a refund: how much of that line was paid back.

    A refund's `quantity` is the number of pieces that came back; 0 means that only money went back.
    """

    key: str
    product: str = ""
    category: str = ""
    quantity: int = 1
    amount: Decimal = _ZERO


@dataclass(frozen=True, slots=True)
class Event:
    """One thing told of an order. `amount` is the order's total, for a refund the part; None where it was not told.

    `shipping` and `tax` are parts of the amount; of a refund, `shipping` is how much of it was shipping.
    """

    reference: str
    kind: Kind
    at: datetime
    amount: Decimal | None = None
    items: int | None = None
    lines: tuple[Line, ...] = ()
    shipping: Decimal | None = None
    tax: Decimal | None = None
    carrier: str | None = None
    tracking: str | None = None


@dataclass(frozen=True, slots=True)
class Bonus:
    """A rule as an order keeps it: which lines it is for (empty: any), and what it makes of their points."""

    id: uuid.UUID
    name_en: str
    name_zh: str
    product: str = ""
    category: str = ""
    multiplier: Decimal = _ONE
    extra: int = 0
    excluded: bool = False
    starts_at: datetime | None = None
    ends_at: datetime | None = None

    def fits(self, line: Line, at: datetime) -> bool:
        """Whether it is for this line of an order that was placed then."""
        return (
            (not self.product or self.product == line.product)
            and (not self.category or self.category == line.category)
            and (self.starts_at is None or self.starts_at <= at)
            and (self.ends_at is None or at < self.ends_at)
        )


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms an order earns; it keeps those of the day on which it was first heard of.

    `bonuses` stand in the order in which they are asked: the first that fits a line is the line's only one.
    """

    award_on: AwardOn
    points_per_unit: Decimal
    rounding: Rounding = "down"
    refund_days: int = 0
    shipping_earns: bool = True
    tax_earns: bool = True
    by_level: bool = True
    order_max: int | None = None
    bonuses: tuple[Bonus, ...] = ()

    def bonus_of(self, line: Line, at: datetime) -> Bonus | None:
        """The one rule that counts for a line, if any."""
        return next((bonus for bonus in self.bonuses if bonus.fits(line, at)), None)


@dataclass(frozen=True, slots=True)
class Earned:
    """What one line earns: `gross` before refunds, `points` of what was not refunded, which is `net` in money."""

    line: Line
    bonus: Bonus | None
    net: Decimal
    gross: int
    points: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What the events amount to; `points` is what the rules give for the order, before caps of member and shop."""

    state: State
    amount: Decimal
    refunded: Decimal
    items: int
    placed_at: datetime
    paid_at: datetime | None
    shipped_at: datetime | None
    delivered_at: datetime | None
    completed_at: datetime | None
    cancelled_at: datetime | None
    awarded_at: datetime | None
    carrier: str | None
    tracking: str | None
    shipping: Decimal
    tax: Decimal
    points: int
    earned: tuple[Earned, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether it counts as a purchase: neither cancelled nor refunded as a whole."""
        return self.state not in {"cancelled", "refunded"}

    @property
    def spend(self) -> Decimal:
        """What the member has paid and not got back, once the order has come so far that it earns."""
        return self.amount - self.refunded if self.awarded_at and self.state != "cancelled" else _ZERO


def decide(events: Iterable[Event], terms: Terms, multiplier: Decimal = _ONE) -> Standing:
    """Where an order stands. `events` holds at least one, each reference once; `multiplier` is that of the level.

    - Total, items, lines, shipping, tax and tracking are those told last (by `at`, then by reference) by an event
      other than a refund; until then there is none.
    - Refunds add up, to no more than the total.
    - Cancelled for good if it ever was; else refunded once nothing is left to refund; else as far as it ever came.
    - Points are earned from the awarding state on and unless cancelled; see `sharing` for how many.
    """
    events = list(events)
    if len(events) == 1 and not terms.bonuses and (simple := _simple(events[0], terms, multiplier)):
        return simple
    return decide_in_full(events, terms, multiplier)


def decide_in_full(events: Iterable[Event], terms: Terms, multiplier: Decimal = _ONE) -> Standing:
    """The same as `decide`, and always with what each line earns, were it but one line."""
    told = sorted(events, key=lambda event: (event.at, event.reference))
    first: dict[str, datetime] = {}
    last: dict[str, Any] = {}
    refunds: list[Event] = []
    for event in told:
        first.setdefault(event.kind, event.at)
        if event.kind == "refunded":
            refunds.append(event)
            continue
        for name in ("amount", "items", "shipping", "tax", "carrier", "tracking"):
            value = getattr(event, name)
            if value is not None:
                last[name] = value
        if event.lines:
            last["lines"] = event.lines
    total: Decimal = last.get("amount", _ZERO)
    back = sum((event.amount or _ZERO for event in refunds), _ZERO)
    state: State = next((kind for kind in _FURTHEST_FIRST if kind in first), "paid")
    if "cancelled" in first:
        state = "cancelled"
    elif refunds and back >= total:
        state = "refunded"
    awarded = [first[kind] for kind in _AWARDS[terms.award_on] if kind in first]
    standing = Standing(
        state=state,
        amount=total,
        refunded=min(back, total),
        items=last.get("items", 0),
        placed_at=told[0].at,
        paid_at=first.get("paid"),
        shipped_at=first.get("shipped"),
        delivered_at=first.get("delivered"),
        completed_at=first.get("completed"),
        cancelled_at=first.get("cancelled"),
        awarded_at=min(awarded) if awarded else None,
        carrier=last.get("carrier"),
        tracking=last.get("tracking"),
        shipping=min(last.get("shipping", _ZERO), total),
        tax=min(last.get("tax", _ZERO), total),
        points=0,
    )
    return _earning(standing, last.get("lines", ()), refunds, terms, multiplier)


_ROUND = {"down": ROUND_FLOOR, "half_up": ROUND_HALF_UP, "up": ROUND_CEILING}


def _simple(event: Event, terms: Terms, multiplier: Decimal) -> Standing | None:
    """Where an order stands of which one event without parts is told: most of a large load. Else None."""
    if event.kind == "refunded" or event.lines or event.shipping or event.tax:
        return None
    total, kind, at = event.amount or _ZERO, event.kind, event.at
    awarded = at if kind in _AWARDS[terms.award_on] else None
    points = 0
    if awarded is not None and total:
        exact = total * terms.points_per_unit * (multiplier if terms.by_level else _ONE)
        most = POINTS_MAX if terms.order_max is None else min(terms.order_max, POINTS_MAX)
        points = min(int(exact.to_integral_value(_ROUND[terms.rounding])), most)
    return Standing(
        kind, total, _ZERO, event.items or 0, at,
        at if kind == "paid" else None, at if kind == "shipped" else None, at if kind == "delivered" else None,
        at if kind == "completed" else None, at if kind == "cancelled" else None, awarded,
        event.carrier, event.tracking, event.shipping or _ZERO, event.tax or _ZERO, points)  # fmt: skip


def _earning(
    standing: Standing, lines: tuple[Line, ...], refunds: list[Event], terms: Terms, multiplier: Decimal
) -> Standing:
    earns = standing.awarded_at is not None and standing.state != "cancelled"
    if not lines and not (earns and standing.amount):
        return standing
    ratio = terms.points_per_unit * (multiplier if terms.by_level else _ONE)
    parts = _parts(standing, lines, with_shipping=terms.shipping_earns)
    kept = _kept(standing, parts, refunds)
    bonuses = [None if line.key == SHIPPING else terms.bonus_of(line, standing.placed_at) for line, _ in parts]
    if earns and standing.amount:
        taxed = Fraction(1) if terms.tax_earns else 1 - Fraction(standing.tax) / Fraction(standing.amount)
        quotas = [_quota(line, paid * taxed, bonus, ratio) for (line, paid), bonus in zip(parts, bonuses, strict=True)]
        gross = share(quotas, terms.rounding, terms.order_max)
        points = kept_points(gross, quotas, kept, terms.rounding)
    else:
        gross = points = [0] * len(parts)
    earned = tuple(
        Earned(line, bonus, _cents(paid * left), most, had)
        for (line, paid), bonus, left, most, had in zip(parts, bonuses, kept, gross, points, strict=True)
    )
    return replace(standing, points=sum(points), earned=earned)


def _parts(standing: Standing, lines: tuple[Line, ...], *, with_shipping: bool) -> list[tuple[Line, Fraction]]:
    """The lines with what was paid for each: the total less shipping, divided as their amounts are.

    An order of which no lines are told is one line without product. Shipping that earns is a line of its own.
    """
    goods = Fraction(standing.amount - standing.shipping)
    if not lines:
        parts = [(Line("", "", "", standing.items, standing.amount - standing.shipping), goods)]
    else:
        every = Fraction(sum((line.amount for line in lines), _ZERO))
        parts = [(line, goods * Fraction(line.amount) / every if every else goods / len(lines)) for line in lines]
    if with_shipping and standing.shipping:
        parts.append((Line(SHIPPING, "", "", 0, standing.shipping), Fraction(standing.shipping)))
    return parts


def _kept(standing: Standing, parts: list[tuple[Line, Fraction]], refunds: list[Event]) -> list[Fraction]:
    """Of each part the share that was not refunded.

    A refund that names lines is of those: by pieces where it tells a quantity, else by money. What is left of its
    amount (but for shipping) is of all lines alike.
    """
    if not refunds:
        return [Fraction(1)] * len(parts)
    if standing.refunded == standing.amount:
        return [Fraction(0)] * len(parts)
    by_key = {line.key: (line, paid) for line, paid in parts}
    gone = dict.fromkeys(by_key, Fraction(0))
    spread = Fraction(0)
    for event in refunds:
        rest = Fraction(event.amount or _ZERO)
        named = [*event.lines, Line(SHIPPING, "", "", 0, event.shipping)] if event.shipping else event.lines
        for told in named:
            if told.key not in by_key:
                # Shipping that does not earn takes nothing from the lines; a line that nobody told of is of all.
                rest -= Fraction(told.amount) if told.key == SHIPPING else 0
                continue
            line, paid = by_key[told.key]
            rest -= Fraction(told.amount)
            if told.quantity and line.quantity:
                gone[told.key] += Fraction(told.quantity, line.quantity)
            elif paid:
                gone[told.key] += Fraction(told.amount) / paid
        spread += max(rest, Fraction(0))
    kept = {key: max(Fraction(0), 1 - part) for key, part in gone.items()}
    there = sum((paid * kept[line.key] for line, paid in parts), Fraction(0))
    rest_kept = max(Fraction(0), 1 - spread / there) if there else Fraction(1)
    return [kept[line.key] * rest_kept for line, _ in parts]


def _quota(line: Line, paid: Fraction, bonus: Bonus | None, ratio: Decimal) -> Fraction:
    if bonus is None:
        return paid * Fraction(ratio)
    if bonus.excluded:
        return Fraction(0)
    return paid * Fraction(ratio * bonus.multiplier) + bonus.extra * line.quantity


def _cents(exact: Fraction) -> Decimal:
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(_CENT)
