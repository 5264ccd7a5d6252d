"""What an order's events amount to: a pure function of the set of them, whatever the order of their arrival."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

Kind = Literal["paid", "completed", "cancelled", "refunded"]
State = Literal["paid", "completed", "cancelled", "refunded"]
AwardOn = Literal["paid", "completed"]

POINTS_MAX = 1_000_000_000  # of one order; beyond it somebody's ratio or amount is a slip of the keyboard
_ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Event:
    """One thing told of an order. `amount` is the order's total, for a refund the part; None where it was not told."""

    reference: str
    kind: Kind
    at: datetime
    amount: Decimal | None = None
    items: int | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms an order earns: from which state on, and how many points for 1.00 of the shop's currency."""

    award_on: AwardOn
    points_per_unit: Decimal


@dataclass(frozen=True, slots=True)
class Standing:
    """What the events amount to; `points` is what the member should have for the order."""

    state: State
    amount: Decimal
    refunded: Decimal
    items: int
    placed_at: datetime
    paid_at: datetime | None
    completed_at: datetime | None
    cancelled_at: datetime | None
    points: int


def decide(events: Iterable[Event], terms: Terms) -> Standing:
    """Where an order stands. `events` holds at least one, each reference once.

    - The total is the one told last (by `at`, then by reference) by an event other than a refund; until then it is 0.
    - Refunds add up, to no more than the total.
    - Cancelled for good if it ever was; else refunded once nothing is left to refund; else completed; else paid.
    - The points are the amount less refunds times the ratio, rounded down, from the awarding state on and unless
      cancelled. A completed order counts as paid.
    """
    first: dict[str, datetime] = {}
    refunds = total = _ZERO
    items = 0
    total_told: tuple[datetime, str] | None = None
    items_told: tuple[datetime, str] | None = None
    for event in events:
        first[event.kind] = min(event.at, first.get(event.kind, event.at))
        when = (event.at, event.reference)
        if event.kind == "refunded":
            refunds += event.amount or _ZERO
            continue
        if event.amount is not None and (total_told is None or when > total_told):
            total, total_told = event.amount, when
        if event.items is not None and (items_told is None or when > items_told):
            items, items_told = event.items, when
    state: State = "paid"
    if "cancelled" in first:
        state = "cancelled"
    elif "refunded" in first and refunds >= total:
        state = "refunded"
    elif "completed" in first:
        state = "completed"
    refunded = min(refunds, total)
    awarded = "completed" in first or ("paid" in first and terms.award_on == "paid")
    return Standing(
        state=state,
        amount=total,
        refunded=refunded,
        items=items,
        placed_at=min(first.values()),
        paid_at=first.get("paid"),
        completed_at=first.get("completed"),
        cancelled_at=first.get("cancelled"),
        points=points_for(total - refunded, terms) if awarded and state != "cancelled" else 0,
    )


def points_for(net: Decimal, terms: Terms) -> int:
    """The points that a net amount earns, at most POINTS_MAX."""
    return min(int((net * terms.points_per_unit).to_integral_value(ROUND_FLOOR)), POINTS_MAX)
