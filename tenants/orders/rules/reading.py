"""Looking orders up."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
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
    shipping: Decimal
    tax: Decimal
    items: int
    state: str
    placed_at: datetime
    paid_at: datetime | None
    shipped_at: datetime | None
    delivered_at: datetime | None
    completed_at: datetime | None
    cancelled_at: datetime | None
    carrier: str | None
    tracking: str | None
    points_given: int
    points_capped: int
    points_short: int
    active_at: datetime | None


_COLUMNS = ", ".join(OrderRow.__dataclass_fields__)


async def find(order: uuid.UUID) -> tuple[OrderRow, list[Any], dict[uuid.UUID, list[Any]]]:
    """An order, the rows of its events, oldest first, and those of their lines by event. Raises OrderUnknown."""
    row = await DB.fetchrow(f"SELECT {_COLUMNS} FROM __tenant__.shop_order WHERE id = $1", order)
    if row is None:
        raise OrderUnknown
    events = await DB.fetch(
        "SELECT id, kind, reference, amount, items, carrier, tracking, lines, at, received_at"
        " FROM __tenant__.order_event WHERE shop_order = $1 ORDER BY at, received_at, id", order)  # fmt: skip
    lines: dict[uuid.UUID, list[Any]] = defaultdict(list)
    for line in await DB.fetch(
        "SELECT event, key, product, category, quantity, amount FROM __tenant__.order_event_line"
        " WHERE event = ANY($1::uuid[]) ORDER BY event, place",
        [event["id"] for event in events if event["lines"]]):  # fmt: skip
        lines[line["event"]].append(line)
    return OrderRow(**dict(row)), events, lines


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
