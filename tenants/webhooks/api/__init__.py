"""Webhooks over HTTP, for the seller's backend: endpoints, the log of deliveries, and what can be told."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from litestar import Controller, delete, get, patch, post
from litestar.params import JSONBody, PathParameter, QueryParameter
from msgspec import UNSET

from tenants.kit import ids
from tenants.kit.shapes import Page, page, read_cursor
from tenants.tenancy import current_tenant
from tenants.webhooks.api.shapes import (
    AttemptShown,
    DeliveryShown,
    DeliveryWhole,
    EndpointChange,
    EndpointNew,
    EndpointShown,
    EventTypeShown,
    ReplayAsked,
    ReplayShown,
    SecretShown,
    payload,
)
from tenants.webhooks.rules import endpoints, log
from tenants.webhooks.rules.catalogue import TYPES
from tenants.webhooks.rules.log import State

EndpointId = Annotated[str, PathParameter(description="The endpoint, `whe_…`.")]
DeliveryId = Annotated[str, PathParameter(description="The delivery, `whd_…`.")]
Rows = Annotated[int, QueryParameter(name="limit", ge=1, le=100, description="How many rows at most.")]
Cursor = Annotated[str | None, QueryParameter(name="cursor", description="`next_cursor` of the page before.")]
OfEndpoint = Annotated[str | None, QueryParameter(name="endpoint", description="Only this endpoint's, `whe_…`.")]
OfType = Annotated[
    str | None, QueryParameter(name="type", max_length=40, description="Only of this type, e.g. `points.moved`.")
]
InState = Annotated[State | None, QueryParameter(name="state", description="Only those in this state.")]
# A reply with a secret is kept for a repeated call, but no longer than a lost answer is missed.
_SECRET_KEPT = timedelta(minutes=10)


class Endpoints(Controller):
    """Where the shop's news goes."""

    path = "/v1/webhook-endpoints"
    tags = ("Webhooks",)

    @get(operation_id="listWebhookEndpoints", summary="All endpoints")
    async def list_all(self) -> Page[EndpointShown]:
        """All endpoints on one page, the oldest first: there are ten at most."""
        return Page(data=[_endpoint(one) for one in await endpoints.endpoints()], has_more=False)

    @post(
        operation_id="addWebhookEndpoint", summary="Add an endpoint", status_code=201,
        opt={"reply_kept": _SECRET_KEPT})  # fmt: skip
    async def add(self, data: JSONBody[EndpointNew]) -> SecretShown:
        """Add an endpoint. Its secret is in this answer and in no other; keep it where you verify signatures.

        It hears what happens from a few seconds after this answer. Errors: `invalid` (also for an address that is not
        public), `webhooks.url_taken`, `webhooks.too_many_endpoints`.
        """
        made, secret = await endpoints.add(data.url, events=data.events, description=data.description)
        return SecretShown(endpoint=_endpoint(made), secret=secret, before_until=None)

    @get("/{endpoint:str}", operation_id="getWebhookEndpoint", summary="An endpoint")
    async def show(self, endpoint: EndpointId) -> EndpointShown:
        """One endpoint, without its secret. Error: `webhooks.endpoint_unknown`."""
        return _endpoint(await endpoints.endpoint(ids.read("whe", endpoint)))

    @patch("/{endpoint:str}", operation_id="changeWebhookEndpoint", summary="Change an endpoint")
    async def change(self, endpoint: EndpointId, data: JSONBody[EndpointChange]) -> EndpointShown:
        """Change what is named. Switched off, it hears nothing of what happens meanwhile; what waited goes out later.

        Errors: `webhooks.endpoint_unknown`, `webhooks.url_taken`, `invalid`.
        """
        changes = {name: getattr(data, name) for name in data.__struct_fields__ if getattr(data, name) is not UNSET}
        return _endpoint(await endpoints.change(ids.read("whe", endpoint), **changes))

    @delete("/{endpoint:str}", operation_id="removeWebhookEndpoint", summary="Remove an endpoint", status_code=204)
    async def remove(self, endpoint: EndpointId) -> None:
        """Remove it with what waits for it; its log stays for 30 days. Error: `webhooks.endpoint_unknown`."""
        await endpoints.remove(ids.read("whe", endpoint))

    @post(
        "/{endpoint:str}/secrets", operation_id="rotateWebhookSecret", summary="Replace the secret", status_code=201,
        opt={"reply_kept": _SECRET_KEPT})  # fmt: skip
    async def rotate(self, endpoint: EndpointId) -> SecretShown:
        """A new secret, shown this once. For 24 hours every message carries a signature of either secret.

        Takes no body. Error: `webhooks.endpoint_unknown`.
        """
        row, secret = await endpoints.rotate(ids.read("whe", endpoint))
        return SecretShown(endpoint=_endpoint(row), secret=secret, before_until=row.secret_before_until)

    @post("/{endpoint:str}/pings", operation_id="pingWebhookEndpoint", summary="Send a test event", status_code=201)
    async def ping(self, endpoint: EndpointId) -> DeliveryShown:
        """Send an event of type `ping` to this endpoint, whatever it hears otherwise.

        Takes no body. Errors: `webhooks.endpoint_unknown`, `webhooks.endpoint_off`.
        """
        return _delivery(await log.ping(ids.read("whe", endpoint)))

    @post(
        "/{endpoint:str}/replays", operation_id="replayFailedWebhooks", summary="Send again what failed",
        status_code=201)  # fmt: skip
    async def replay(self, endpoint: EndpointId, data: JSONBody[ReplayAsked]) -> ReplayShown:
        """Send all deliveries that failed here since a time once more, with the same ids, up to 10,000 at a time.

        Errors: `webhooks.endpoint_unknown`, `webhooks.endpoint_off`, `invalid`.
        """
        return ReplayShown(deliveries=await log.replay_failed(ids.read("whe", endpoint), since=data.since))


class Deliveries(Controller):
    """What became of it."""

    path = "/v1/webhook-deliveries"
    tags = ("Webhooks",)

    @get(operation_id="listWebhookDeliveries", summary="Deliveries and what became of them")
    async def list_all(
        self,
        endpoint: OfEndpoint = None,
        of_type: OfType = None,
        in_state: InState = None,
        limit: Rows = 20,
        cursor: Cursor = None,
    ) -> Page[DeliveryShown]:
        """The newest first, for 30 days. Error: `invalid`."""
        scope = f"{current_tenant().schema}:webhooks:{endpoint or ''}:{of_type or ''}:{in_state or ''}"
        found = read_cursor(cursor, scope=scope)
        rows = await log.deliveries(
            endpoint=ids.read("whe", endpoint) if endpoint else None,
            kind=of_type,
            state=in_state,
            before=ids.read("whd", found) if found else None,
            limit=limit,
        )
        return page([_delivery(row) for row in rows], limit=limit, scope=scope)

    @get("/{delivery:str}", operation_id="getWebhookDelivery", summary="A delivery with its attempts")
    async def show(self, delivery: DeliveryId) -> DeliveryWhole:
        """What is sent and what came back. Error: `webhooks.delivery_unknown`."""
        row, attempts = await log.delivery(ids.read("whd", delivery))
        return DeliveryWhole(
            delivery=_delivery(row),
            payload=payload(row["body"]),
            attempts=[AttemptShown(**attempt) for attempt in attempts],
        )

    @post("/{delivery:str}/replays", operation_id="replayWebhook", summary="Send a delivery again", status_code=201)
    async def replay(self, delivery: DeliveryId) -> DeliveryShown:
        """Send a delivery that has ended once more, also a delivered one, with the same id.

        Takes no body. Errors: `webhooks.delivery_unknown`, `webhooks.endpoint_unknown`, `webhooks.endpoint_off`,
        `webhooks.still_going`, `webhooks.payload_gone`.
        """
        return _delivery(await log.replay(ids.read("whd", delivery)))


class EventTypes(Controller):
    """What can be told."""

    path = "/v1/webhook-event-types"
    tags = ("Webhooks",)

    @get(operation_id="listWebhookEventTypes", summary="All event types")
    async def list_all(self) -> Page[EventTypeShown]:
        """All kinds of events on one page, each with the `data` of an example."""
        shown = [EventTypeShown(name=one.name, description=one.words.say(), example=dict(one.example)) for one in TYPES]
        return Page(data=shown, has_more=False)


def _endpoint(row: endpoints.Endpoint) -> EndpointShown:
    return EndpointShown(
        id=ids.show("whe", row.id),
        url=row.url,
        description=row.description,
        events=list(row.events),
        active=row.active,
        off_reason=row.off_reason,
        failures=row.failures,
        failing_since=row.failing_since,
        rotated_at=row.rotated_at,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def _delivery(row: dict[str, Any]) -> DeliveryShown:
    return DeliveryShown(
        id=ids.show("whd", row["id"]),
        event=ids.show("evt", row["event"]),
        endpoint=ids.show("whe", row["endpoint"]),
        type=row["type"],
        state=row["state"],
        series=row["series"],
        attempts=row["attempts"],
        status=row["status"],
        error=row["error"],
        created_at=row["created_at"],
        next_at=row["not_before"] if row["state"] == "ready" else None,
        ended_at=row["ended_at"],
    )


ROUTES = [Endpoints, Deliveries, EventTypes]
TAGS = {"Webhooks": "What happens, told to your own systems, and the log of it. 事件推送（Webhook）"}
