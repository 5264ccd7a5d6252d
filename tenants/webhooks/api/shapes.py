"""What travels over HTTP about webhooks."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, ClassVar

import msgspec
from msgspec import UNSET, Meta, UnsetType

from tenants.kit.shapes import Shape
from tenants.webhooks.rules.catalogue import TYPES

Url = Annotated[str, Meta(min_length=1, max_length=500, description="https, port 443 or 8443, on the open internet.")]
Description = Annotated[str, Meta(max_length=200)]
Events = Annotated[
    list[Annotated[str, Meta(min_length=1, max_length=40)]],
    Meta(min_length=1, max_length=100, description="Names of `GET /v1/webhook-event-types`, or `*` for everything."),
]

_ENDPOINT = "whe_01kaecw0x5f3qs8q7t6v2m9d3e"
_DELIVERY = "whd_01kaecw0x5f3qs8q7t6v2m9d3f"
_EVENT = "evt_01kaecw0x5f3qs8q7t6v2m9d3g"


class EndpointNew(Shape):
    """An endpoint to be added."""

    url: Url
    events: Events
    description: Description = ""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "url": "http://localhost:9000/regulars",
        "events": ["points.moved", "voucher.used"],
        "description": "Our order system",
    }


class EndpointChange(Shape):
    """What to change; a field that is left out stays."""

    url: Url | UnsetType = UNSET
    events: Events | UnsetType = UNSET
    description: Description | UnsetType = UNSET
    active: bool | UnsetType = UNSET

    EXAMPLE: ClassVar[dict[str, Any]] = {"events": ["*"], "active": True}


class EndpointShown(Shape):
    """An endpoint. `off_reason`: `staff`, `gone` (it answered 410) or `failing` (for days). `failures` are in a row."""

    id: str
    url: str
    description: str
    events: list[str]
    active: bool
    off_reason: str
    failures: int
    failing_since: datetime | None
    rotated_at: datetime
    created_at: datetime
    updated_at: datetime

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": _ENDPOINT,
        "url": "https://shop.example/regulars",
        "description": "Our order system",
        "events": ["points.moved", "voucher.used"],
        "active": True,
        "off_reason": "",
        "failures": 0,
        "failing_since": None,
        "rotated_at": "2026-11-21T09:00:00Z",
        "created_at": "2026-11-21T09:00:00Z",
        "updated_at": "2026-11-21T09:00:00Z",
    }


class SecretShown(Shape):
    """An endpoint's secret, shown this once. The one before, if any, signs besides until `before_until`."""

    endpoint: EndpointShown
    secret: str
    before_until: datetime | None

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "endpoint": EndpointShown.EXAMPLE,
        "secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
        "before_until": None,
    }


class DeliveryShown(Shape):
    """One event on its way to one endpoint. `event` is the `webhook-id` of every attempt.

    `error` is the last attempt's: `timeout`, `connect`, `tls`, `cut`, `not_public`, `secret`, `redirect`, `gone` or
    `status`; of a cancelled one `removed` or `erased`. `next_at` is when it is tried again.
    """

    id: str
    event: str
    endpoint: str
    type: str
    state: str
    series: int
    attempts: int
    status: int | None
    error: str
    created_at: datetime
    next_at: datetime | None
    ended_at: datetime | None

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": _DELIVERY,
        "event": _EVENT,
        "endpoint": _ENDPOINT,
        "type": "points.moved",
        "state": "delivered",
        "series": 1,
        "attempts": 2,
        "status": 200,
        "error": "",
        "created_at": "2026-11-21T09:00:00Z",
        "next_at": None,
        "ended_at": "2026-11-21T09:00:07Z",
    }


class AttemptShown(Shape):
    """One call: its status if there was an answer, what went wrong if it did, and how the answer began."""

    number: int
    at: datetime
    milliseconds: int
    status: int | None
    error: str
    snippet: str

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "number": 2,
        "at": "2026-11-21T09:00:07Z",
        "milliseconds": 84,
        "status": 200,
        "error": "",
        "snippet": "ok",
    }


class DeliveryWhole(Shape):
    """A delivery with what is sent and its latest hundred attempts; `payload` is null once the member was erased."""

    delivery: DeliveryShown
    payload: dict[str, Any] | None
    attempts: list[AttemptShown]

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "delivery": DeliveryShown.EXAMPLE,
        "payload": {
            "type": "consent.changed",
            "timestamp": "2026-11-21T09:00:00Z",
            "data": {"member": "mem_01kaecw0x5f3qs8q7t6v2m9d3b", "channel": "email", "granted": True},
        },
        "attempts": [AttemptShown.EXAMPLE],
    }


class ReplayAsked(Shape):
    """All that failed since then is sent again."""

    since: datetime

    EXAMPLE: ClassVar[dict[str, Any]] = {"since": "2026-11-20T00:00:00Z"}


class ReplayShown(Shape):
    """How many deliveries go out again; at 10,000 there may be more."""

    deliveries: int

    EXAMPLE: ClassVar[dict[str, Any]] = {"deliveries": 12}


class EventTypeShown(Shape):
    """A kind of event, with the `data` of an example."""

    name: str
    description: str
    example: dict[str, Any]

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "name": TYPES[0].name,
        "description": TYPES[0].words.en,
        "example": dict(TYPES[0].example),
    }


def payload(body: str) -> dict[str, Any] | None:
    """What was sent, read again; None once it is forgotten."""
    return msgspec.json.decode(body, type=dict[str, Any]) if body else None
