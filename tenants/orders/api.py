"""Orders over HTTP: shops tell events, and read where orders stand; members see their own."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar, Literal

import msgspec
from litestar import Controller, get, post
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import Meta

from tenants import members, orders
from tenants.kit import ids
from tenants.kit.errors import DomainError, NotFound
from tenants.kit.shapes import Amount, Page, Shape, page, read_cursor
from tenants.orders.rules import reading
from tenants.tenancy import current_tenant

EVENTS_MAX = 1_000
_STATES = Literal["paid", "shipped", "delivered", "completed", "cancelled", "refunded"]
Source = Annotated[str, Meta(min_length=1, max_length=50, description="The shop or marketplace, e.g. taobao.")]
Limit = Annotated[int, QueryParameter(ge=1, le=100, description="How many rows at most.")]
Cursor = Annotated[str | None, QueryParameter(description="`next_cursor` of the page before.")]
ExternalId = Annotated[str, Meta(min_length=1, max_length=100)]


class OrderName(Shape):
    """By what an order is known: the shop or marketplace, and the id that it has there."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"source": "taobao", "external_id": "2300451"}

    source: Source
    external_id: ExternalId


class MemberName(Shape):
    """Whose order it is: our `id`, or your own `external_id`; one of the two."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"external_id": "buyer-77"}

    id: str | None = None
    external_id: ExternalId | None = None


class NewOrderEvent(Shape):
    """One thing that happened to an order."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "order": OrderName.EXAMPLE,
        "member": MemberName.EXAMPLE,
        "kind": "completed",
        "amount": "129.00",
        "currency": "CNY",
        "items": 2,
        "at": "2026-05-01T04:00:00Z",
        "reference": "received-2300451",
    }

    order: OrderName
    member: MemberName
    kind: _STATES
    currency: Annotated[str, Meta(pattern="^[A-Z]{3}$", description="The shop's own, ISO 4217.")]
    at: Annotated[datetime, Meta(tz=True, description="When it happened there.")]
    reference: Annotated[
        str, Meta(min_length=1, max_length=100, description="Your name for this event, unique in the order.")
    ]
    amount: Amount | None = None
    items: Annotated[int, Meta(ge=0, le=1_000_000)] | None = None


class NewOrderEvents(Shape):
    """Up to 1,000 events of any orders."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"events": [NewOrderEvent.EXAMPLE]}

    events: Annotated[list[NewOrderEvent], Meta(min_length=1, max_length=EVENTS_MAX)]


class OrderEventTaken(Shape):
    """An event that was taken in, and the order as it stands now."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "order_id": "ord_01k0000000000000000000000z",
        "reference": "received-2300451",
        "state": "completed",
        "points_given": 129,
        "repeated": False,
    }

    order_id: str
    reference: str
    state: _STATES
    points_given: int
    repeated: bool


class Refusal(Shape):
    """Why an event was not taken in."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"code": "order.currency", "detail": "currency cannot be used: …"}

    code: str
    detail: str


class EventResult(Shape):
    """What became of one event of a batch: `taken`, or `refused`."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"taken": OrderEventTaken.EXAMPLE, "refused": None}

    taken: OrderEventTaken | None = None
    refused: Refusal | None = None


class EventResults(Shape):
    """A result for each event, in the same order."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"data": [EventResult.EXAMPLE]}

    data: list[EventResult]


class OrderEventShown(Shape):
    """One thing that was told of an order."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "kind": "completed",
        "reference": "received-2300451",
        "amount": "129.00",
        "items": 2,
        "at": "2026-05-01T04:00:00Z",
        "received_at": "2026-05-01T04:00:02Z",
    }

    kind: _STATES
    reference: str
    amount: str | None
    items: int | None
    at: datetime
    received_at: datetime


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
        "completed_at": "2026-05-01T04:00:00Z",
        "cancelled_at": None,
        "points_given": 129,
        "points_short": 0,
    }

    id: str
    source: str
    external_id: str
    member_id: str
    state: _STATES
    amount: str
    refunded: str
    currency: str
    items: int
    placed_at: datetime
    paid_at: datetime | None
    completed_at: datetime | None
    cancelled_at: datetime | None
    points_given: int
    points_short: int


class OrderWithEvents(OrderShown):
    """An order as it stands, and everything that was told of it, oldest first."""

    EXAMPLE: ClassVar[dict[str, Any]] = {**OrderShown.EXAMPLE, "events": [OrderEventShown.EXAMPLE]}

    events: list[OrderEventShown]


class OrderEventController(Controller):
    """What shops tell."""

    path = "/v1/order-events"
    tags = ("Orders",)

    @post("/", operation_id="takeInOrderEvent", summary="Tell one event of an order")
    async def take_in(self, data: JSONBody[NewOrderEvent]) -> OrderEventTaken:
        """Take in that an order was paid, completed, cancelled or refunded; 201 with the order as it stands.

        Events may come in any order and be repeated: the same `reference` again changes nothing (`repeated`), with
        other facts it is refused (`order.event_differs`). `amount` is the order's total in the shop's currency, for a
        refund the part that was paid back; completed and cancelled events may leave it out. A member with an unknown
        `external_id` is made. The order's points are given, or taken back, at once; the ratio is the one of the day
        on which the order was first heard of.

        Errors: `invalid`, `order.currency`, `order.other_member`, `order.event_differs`, `member.unknown`.
        """
        return _taken(await orders.take_in(_incoming(data)))

    @post(
        "/batches", operation_id="takeInOrderEvents", summary="Tell up to 1,000 events of orders",
        opt={"body_bytes_max": 2_000_000})  # fmt: skip
    async def take_in_many(self, data: JSONBody[NewOrderEvents]) -> EventResults:
        """Take in many events at once; 201 with a result for each, in the same order.

        Each is treated as if it had come alone; one that is refused changes nothing and leaves the others alone.
        The orders are shown as they stand after the whole batch. Errors of single events are those of the single
        operation.
        """
        incoming: list[orders.Incoming | NotFound] = []
        for event in data.events:
            try:
                incoming.append(_incoming(event))
            except NotFound as error:
                incoming.append(error)
        done = iter(await orders.take_in_many([item for item in incoming if isinstance(item, orders.Incoming)]))
        return EventResults(data=[_result(item if isinstance(item, NotFound) else next(done)) for item in incoming])


class OrderController(Controller):
    """Where orders stand."""

    path = "/v1/orders"
    tags = ("Orders",)

    @get("/", operation_id="listOrders", summary="List orders")
    async def list_orders(
        self,
        member: Annotated[str | None, QueryParameter(description="A member's id (`mem_…`).")] = None,
        source: Annotated[str | None, QueryParameter(max_length=50)] = None,
        order_state: Annotated[_STATES | None, QueryParameter(name="state")] = None,
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
        row, events = await reading.find(_id(order_id))
        return OrderWithEvents(**_fields(row), events=[_event(event) for event in events])


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


ROUTES: list[type[Controller]] = [OrderEventController, OrderController, MyOrderController]


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


def _incoming(data: JSONBody[NewOrderEvent]) -> orders.Incoming:
    return orders.Incoming(
        source=data.order.source,
        external_id=data.order.external_id,
        member=ids.read("mem", data.member.id) if data.member.id is not None else None,
        member_external_id=data.member.external_id,
        kind=data.kind,
        reference=data.reference,
        at=data.at,
        amount=data.amount,
        currency=data.currency,
        items=data.items,
    )


def _result(done: orders.Taken | DomainError) -> EventResult:
    if isinstance(done, DomainError):
        return EventResult(refused=Refusal(code=done.code, detail=done.say()))
    return EventResult(taken=_taken(done))


def _taken(done: orders.Taken) -> OrderEventTaken:
    return OrderEventTaken(
        order_id=ids.show("ord", done.order),
        reference=done.reference,
        state=msgspec.convert(done.state, _STATES),
        points_given=done.points_given,
        repeated=done.repeated,
    )


def _id(text: str) -> uuid.UUID:
    try:
        return ids.read("ord", text)
    except NotFound:
        raise orders.OrderUnknown from None


def _fields(row: reading.OrderRow) -> dict[str, Any]:
    return {
        "id": ids.show("ord", row.id),
        "member_id": ids.show("mem", row.member),
        "amount": str(row.amount),
        "refunded": str(row.refunded),
        **{
            name: getattr(row, name)
            for name in ("source", "external_id", "state", "currency", "items", "points_given", "points_short")
        },
        **{name: _utc(getattr(row, name)) for name in ("placed_at", "paid_at", "completed_at", "cancelled_at")},
    }


def _event(row: Any) -> OrderEventShown:
    return OrderEventShown(
        kind=row["kind"],
        reference=row["reference"],
        amount=None if row["amount"] is None else str(row["amount"]),
        items=row["items"],
        at=row["at"].astimezone(UTC),
        received_at=row["received_at"].astimezone(UTC),
    )


def _utc(moment: datetime | None) -> datetime | None:
    return moment and moment.astimezone(UTC)


TAGS = {
    "Orders": "Orders as they happen in the shop; any order of news, any number of repeats. 订单",
    "Orders (member)": "A member's own orders. 会员订单",
}
