"""Writes down what happens to vouchers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenants.kit import clock, ids
from tenants.tenancy import DB
from tenants.tenancy.callers import current_caller

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to one voucher."""

    voucher: uuid.UUID
    kind: str
    reason: str = ""
    reservation: uuid.UUID | None = None
    order_reference: str | None = None
    discount: Decimal | None = None


async def record(events: Sequence[Event]) -> None:
    """Add to the history: who and when come from the surroundings."""
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
        current_caller().label, clock.now())  # fmt: skip
