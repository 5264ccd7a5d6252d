"""Writes down what happens to vouchers, and tells it on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenants.kit import clock, facts, ids
from tenants.tenancy import DB
from tenants.tenancy.callers import current_caller

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence
    from datetime import datetime
    from decimal import Decimal

_TOLD = frozenset({"issued", "used", "returned", "expired", "revoked"})


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to one voucher."""

    voucher: uuid.UUID
    kind: str
    reason: str = ""
    reservation: uuid.UUID | None = None
    order_reference: str | None = None
    discount: Decimal | None = None
    template: uuid.UUID | None = None
    member: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """What became of one voucher. `kind` is issued, used, returned, expired or revoked; `reason` may be empty."""

    kind: str
    voucher: uuid.UUID
    template: uuid.UUID
    member: uuid.UUID
    at: datetime
    reason: str = ""
    order_reference: str | None = None
    discount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """Fact: this became of these vouchers, in one transaction."""

    happenings: tuple[Happening, ...]


@dataclass(frozen=True, slots=True)
class LowStock:
    """Fact: fewer than the seller wants to be warned of are left of a template."""

    template: uuid.UUID
    left: int
    at: datetime


async def record(events: Sequence[Event]) -> None:
    """Add to the history, and tell others what matters to them: who and when come from the surroundings."""
    if not events:
        return
    moment = clock.now()
    await DB.fetch(
        """
        INSERT INTO __tenant__.voucher_event
               (id, voucher, kind, reason, reservation, order_reference, discount, recorded_by, at)
        SELECT e.id, e.voucher, e.kind, e.reason, e.reservation, e.order_reference, e.discount, $8, $9
          FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::numeric[])
               AS e (id, voucher, kind, reason, reservation, order_reference, discount)
        """,
        [ids.new() for _ in events], [event.voucher for event in events], [event.kind for event in events],
        [event.reason for event in events], [event.reservation for event in events],
        [event.order_reference for event in events], [event.discount for event in events],
        current_caller().label, moment)  # fmt: skip
    await tell(events)


async def tell(events: Sequence[Event]) -> None:
    """Announce those of the events that others hear of."""
    moment = clock.now()
    told = tuple(
        Happening(
            event.kind, event.voucher, event.template, event.member, moment, event.reason, event.order_reference,
            event.discount,
        )
        for event in events
        if event.kind in _TOLD and event.template and event.member
    )  # fmt: skip
    if told:
        await facts.announce(Happened(told))
