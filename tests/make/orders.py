"""Orders for tests, called inside `shop.open()`."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tenants import orders
from tenants.tenancy import current_tenant

if TYPE_CHECKING:
    import uuid

DAY = datetime(2026, 5, 1, 12, tzinfo=UTC)


def event(
    kind: orders.Kind = "completed",
    amount: str | None = "100.00",
    *,
    of: str = "o-1",
    by: uuid.UUID | str = "buyer-1",
    reference: str = "",
    **more: Any,
) -> orders.Incoming:
    """One event, of the order `o-1` of `buyer-1` unless said otherwise."""
    facts: dict[str, Any] = {"source": "shop", "at": DAY, "currency": current_tenant().currency, **more}
    return orders.Incoming(
        external_id=of,
        kind=kind,
        amount=None if amount is None else Decimal(amount),
        reference=reference or kind,
        member=None if isinstance(by, str) else by,
        member_external_id=by if isinstance(by, str) else None,
        **facts,
    )


async def order(amount: str = "100.00", *, of: str = "o-1", by: uuid.UUID | str = "buyer-1") -> uuid.UUID:
    """A completed order; its id."""
    return (await orders.take_in(event("completed", amount, of=of, by=by))).order
