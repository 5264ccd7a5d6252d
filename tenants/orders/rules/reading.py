"""Looking orders up."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tenants.orders.rules.refusals import OrderUnknown
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from datetime import datetime
    from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRow:
    """An order as it stands."""

    id: uuid.UUID
    source: str
    external_id: str
    member: uuid.UUID
    currency: str
    amount: Decimal
    refunded: Decimal
    items: int
    state: str
    placed_at: datetime
    paid_at: datetime | None
    completed_at: datetime | None
    cancelled_at: datetime | None
    points_given: int
    points_short: int


_COLUMNS = ", ".join(OrderRow.__dataclass_fields__)


async def find(order: uuid.UUID) -> tuple[OrderRow, list[Any]]:
    """An order, and the rows of its events, oldest first. Raises OrderUnknown."""
    row = await DB.fetchrow(f"SELECT {_COLUMNS} FROM __tenant__.shop_order WHERE id = $1", order)
    if row is None:
        raise OrderUnknown
    events = await DB.fetch(
        "SELECT kind, reference, amount, items, at, received_at FROM __tenant__.order_event"
        " WHERE shop_order = $1 ORDER BY at, received_at, id", order)  # fmt: skip
    return OrderRow(**dict(row)), events


async def search(
    *, member: uuid.UUID | None, source: str | None, state: str | None, before: uuid.UUID | None, limit: int
) -> list[OrderRow]:
    """Up to `limit` orders that fit everything that is given, newest first, older than the one called `before`."""
    if source is not None:
        source = unicodedata.normalize("NFC", source)  # as orders keep it
    asked = {"member = ${}": member, "source = ${}": source, "state = ${}": state, "id < ${}": before}
    given = [(condition, value) for condition, value in asked.items() if value is not None]
    where = " AND ".join(condition.format(place) for place, (condition, _) in enumerate(given, start=2)) or "true"
    rows = await DB.fetch(
        f"SELECT {_COLUMNS} FROM __tenant__.shop_order WHERE {where} ORDER BY id DESC LIMIT $1",
        limit, *(value for _, value in given))  # fmt: skip
    return [OrderRow(**dict(row)) for row in rows]
