"""What shops tell of orders, one event or many."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, ClassVar

import msgspec
from litestar import Controller, post
from litestar.params import JSONBody  # noqa: TC002  Litestar reads annotations while running
from msgspec import Meta

from tenants import orders
from tenants.kit import ids
from tenants.kit.errors import DomainError, NotFound
from tenants.kit.shapes import Amount, Shape
from tenants.orders.api.orders import ExternalId, Source, State

EVENTS_MAX = 1_000
LINES_MAX = 200
ShortText = Annotated[str, Meta(max_length=100)]


class OrderLine(Shape):
    """One line of an order. Of a refund: what of it was paid back, with `quantity` pieces that came back, or 0."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "key": "1", "product": "SKU-88", "category": "serum", "quantity": 2, "amount": "129.00",
    }  # fmt: skip

    key: Annotated[str, Meta(min_length=1, max_length=100, description="Your name for the line, unique in the order.")]
    amount: Amount
    product: ShortText = ""
    category: ShortText = ""
    quantity: Annotated[int, Meta(ge=0, le=1_000_000)] = 1


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
        "lines": [OrderLine.EXAMPLE],
    }

    order: OrderName
    member: MemberName
    kind: State
    currency: Annotated[str, Meta(pattern="^[A-Z]{3}$", description="The shop's own, ISO 4217.")]
    at: Annotated[datetime, Meta(tz=True, description="When it happened there.")]
    reference: Annotated[
        str, Meta(min_length=1, max_length=100, description="Your name for this event, unique in the order.")
    ]
    amount: Amount | None = None
    items: Annotated[int, Meta(ge=0, le=1_000_000)] | None = None
    lines: Annotated[list[OrderLine], Meta(max_length=LINES_MAX)] = msgspec.field(default_factory=list)
    shipping: Amount | None = None
    tax: Amount | None = None
    carrier: Annotated[str, Meta(min_length=1, max_length=50)] | None = None
    tracking: Annotated[str, Meta(min_length=1, max_length=100)] | None = None


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
    state: State
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


class OrderEventController(Controller):
    """What shops tell."""

    path = "/v1/order-events"
    tags = ("Orders",)

    @post("/", operation_id="takeInOrderEvent", summary="Tell one event of an order")
    async def take_in(self, data: JSONBody[NewOrderEvent]) -> OrderEventTaken:
        """Take in that an order was paid, shipped, delivered, completed, cancelled or refunded; 201 with the order.

        Events may come in any order and be repeated: the same `reference` again changes nothing (`repeated`), with
        other facts it is refused (`order.event_differs`). `amount` is the order's total in the shop's currency, for a
        refund the part that was paid back; only paid and refunded events must tell it. `lines` are those of the
        order; a refund's say what of each line was paid back, and what is left of its amount is of all lines alike.
        `shipping` and `tax` are parts of the amount. A member with an unknown `external_id` is made. The order's
        points are given, or taken back, at once; the terms are those of the day on which the order was first heard
        of.

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


def _incoming(data: NewOrderEvent) -> orders.Incoming:
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
        lines=tuple(
            orders.Line(line.key, line.product, line.category, line.quantity, line.amount) for line in data.lines
        ),
        shipping=data.shipping,
        tax=data.tax,
        carrier=data.carrier,
        tracking=data.tracking,
    )


def _result(done: orders.Taken | DomainError) -> EventResult:
    if isinstance(done, DomainError):
        return EventResult(refused=Refusal(code=done.code, detail=done.say()))
    return EventResult(taken=_taken(done))


def _taken(done: orders.Taken) -> OrderEventTaken:
    return OrderEventTaken(
        order_id=ids.show("ord", done.order),
        reference=done.reference,
        state=msgspec.convert(done.state, State),
        points_given=done.points_given,
        repeated=done.repeated,
    )
