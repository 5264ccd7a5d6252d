"""Orders over HTTP: shops tell events, and read where orders stand; members see their own."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar, Literal

from litestar import Controller, get
from litestar.params import FromPath, QueryParameter
from msgspec import Meta

from tenants import members, orders
from tenants.kit import ids
from tenants.kit.errors import NotFound
from tenants.kit.shapes import Page, Shape, page, read_cursor
from tenants.orders.api.explained import PointsExplanation, show_explanation
from tenants.orders.rules import reading
from tenants.tenancy import current_tenant

State = Literal["paid", "shipped", "delivered", "completed", "cancelled", "refunded"]
Source = Annotated[str, Meta(min_length=1, max_length=50, description="The shop or marketplace, e.g. taobao.")]
Limit = Annotated[int, QueryParameter(ge=1, le=100, description="How many rows at most.")]
Cursor = Annotated[str | None, QueryParameter(description="`next_cursor` of the page before.")]
ExternalId = Annotated[str, Meta(min_length=1, max_length=100)]


class EventLineShown(Shape):
    """One line that an event told."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "key": "1", "product": "SKU-88", "category": "serum", "quantity": 2, "amount": "129.00",
    }  # fmt: skip

    key: str
    product: str
    category: str
    quantity: int
    amount: str


class OrderEventShown(Shape):
    """One thing that was told of an order."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "kind": "completed",
        "reference": "received-2300451",
        "amount": "129.00",
        "items": 2,
        "at": "2026-05-01T04:00:00Z",
        "received_at": "2026-05-01T04:00:02Z",
        "lines": [],
        "carrier": None,
        "tracking": None,
    }

    kind: State
    reference: str
    amount: str | None
    items: int | None
    at: datetime
    received_at: datetime
    lines: list[EventLineShown]
    carrier: str | None
    tracking: str | None


class OrderShown(Shape):
    """An order as it stands."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": "ord_01k0000000000000000000000z",
        "source": "taobao",
        "external_id": "2300451",
        "member_id": "mem_01k0000000000000000000000z",
        "state": "completed",
        "amount": "129.00",
        "refunded": "0.00",
        "currency": "CNY",
        "items": 2,
        "placed_at": "2026-05-01T04:00:00Z",
        "paid_at": None,
        "shipped_at": None,
        "delivered_at": None,
        "completed_at": "2026-05-01T04:00:00Z",
        "cancelled_at": None,
        "carrier": None,
        "tracking": None,
        "shipping": "0.00",
        "tax": "0.00",
        "points_given": 129,
        "points_capped": 0,
        "points_short": 0,
        "points_active_at": None,
    }

    id: str
    source: str
    external_id: str
    member_id: str
    state: State
    amount: str
    refunded: str
    currency: str
    items: int
    placed_at: datetime
    paid_at: datetime | None
    shipped_at: datetime | None
    delivered_at: datetime | None
    completed_at: datetime | None
    cancelled_at: datetime | None
    carrier: str | None
    tracking: str | None
    shipping: str
    tax: str
    points_given: int
    points_capped: int
    points_short: int
    points_active_at: datetime | None


class OrderWithEvents(OrderShown):
    """An order as it stands, and everything that was told of it, oldest first."""

    EXAMPLE: ClassVar[dict[str, Any]] = {**OrderShown.EXAMPLE, "events": [OrderEventShown.EXAMPLE]}

    events: list[OrderEventShown]


class OrderController(Controller):
    """Where orders stand."""

    path = "/v1/orders"
    tags = ("Orders",)

    @get("/", operation_id="listOrders", summary="List orders")
    async def list_orders(
        self,
        member: Annotated[str | None, QueryParameter(description="A member's id (`mem_…`).")] = None,
        source: Annotated[str | None, QueryParameter(max_length=50)] = None,
        order_state: Annotated[State | None, QueryParameter(name="state")] = None,
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> Page[OrderShown]:
        """Orders, those that were first heard of last first; filters may be combined.

        Errors: `not_found` for a member's id that is none, `invalid` for another list's cursor.
        """
        owner = ids.read("mem", member) if member else None
        return await _list(owner, source=source, state=order_state, limit=limit, cursor=cursor, name="orders")

    @get("/{order_id:str}", operation_id="getOrder", summary="Show an order with its events")
    async def show(self, order_id: FromPath[str]) -> OrderWithEvents:
        """An order as it stands and everything that was told of it, oldest first. Errors: `order.unknown`."""
        row, events, lines = await reading.find(_id(order_id))
        return OrderWithEvents(**_fields(row), events=[_event(event, lines[event["id"]]) for event in events])

    @get(
        "/{order_id:str}/points-explanation",
        operation_id="explainOrderPoints",
        summary="Say why an order gives its points",
    )
    async def explain(self, order_id: FromPath[str]) -> PointsExplanation:
        """Line by line why the order gives the points that it gives, in the caller's language.

        `due` is what its terms give for what was not refunded, `capped` what a cap withheld of it. Errors:
        `order.unknown`.
        """
        return show_explanation(await orders.explain_points(_id(order_id)))


class MyOrderController(Controller):
    """A member's own orders."""

    path = "/v1/me/orders"
    tags = ("Orders (member)",)

    @get("/", operation_id="listMyOrders", summary="List my orders")
    async def list_mine(self, limit: Limit = 20, cursor: Cursor = None) -> Page[OrderShown]:
        """The orders of the member who asks, those that were first heard of last first.

        Errors: `invalid` for another list's cursor, `member.blocked`.
        """
        return await _list(await members.own_member(), limit=limit, cursor=cursor, name="my orders")


async def _list(
    owner: uuid.UUID | None, *, limit: int, cursor: str | None, name: str, source: str | None = None,
    state: str | None = None,
) -> Page[OrderShown]:  # fmt: skip
    scope = f"{current_tenant().schema}:{name}:{owner or ''}:{source or ''}:{state or ''}"
    position = read_cursor(cursor, scope=scope)
    before = uuid.UUID(position) if position else None
    rows = await reading.search(member=owner, source=source, state=state, before=before, limit=limit + 1)
    found = page(rows, limit=limit, scope=scope)
    shown = [OrderShown(**_fields(row)) for row in found.data]
    return Page(data=shown, has_more=found.has_more, next_cursor=found.next_cursor)


def _id(text: str) -> uuid.UUID:
    try:
        return ids.read("ord", text)
    except NotFound:
        raise orders.OrderUnknown from None


_SAME = (
    "source", "external_id", "state", "currency", "items", "carrier", "tracking", "points_given", "points_capped",
    "points_short",
)  # fmt: skip
_MOMENTS = ("placed_at", "paid_at", "shipped_at", "delivered_at", "completed_at", "cancelled_at")


def _fields(row: reading.OrderRow) -> dict[str, Any]:
    return {
        "id": ids.show("ord", row.id),
        "member_id": ids.show("mem", row.member),
        "amount": str(row.amount),
        "refunded": str(row.refunded),
        "shipping": str(row.shipping),
        "tax": str(row.tax),
        "points_active_at": _utc(row.active_at),
        **{name: getattr(row, name) for name in _SAME},
        **{name: _utc(getattr(row, name)) for name in _MOMENTS},
    }


def _event(row: Any, lines: list[Any]) -> OrderEventShown:
    return OrderEventShown(
        kind=row["kind"],
        reference=row["reference"],
        amount=None if row["amount"] is None else str(row["amount"]),
        items=row["items"],
        at=row["at"].astimezone(UTC),
        received_at=row["received_at"].astimezone(UTC),
        lines=[
            EventLineShown(
                key=line["key"],
                product=line["product"],
                category=line["category"],
                quantity=line["quantity"],
                amount=str(line["amount"]),
            )
            for line in lines
        ],
        carrier=row["carrier"],
        tracking=row["tracking"],
    )


def _utc(moment: datetime | None) -> datetime | None:
    return moment and moment.astimezone(UTC)
