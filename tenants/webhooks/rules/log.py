"""The log of deliveries: read, sent again, and forgotten after its time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from tenants.kit import clock
from tenants.kit.errors import NotFound, Refused
from tenants.kit.words import Words
from tenants.tenancy import DB
from tenants.tenancy.work import ask_for
from tenants.webhooks.rules import endpoints, telling

if TYPE_CHECKING:
    import uuid

State = Literal["ready", "sending", "delivered", "failed", "cancelled"]
KEPT_FOR = timedelta(days=30)
FORGET_BATCH = 5_000
REPLAY_MAX = 10_000
_DELIVERY = (
    "d.id, d.event, d.endpoint, d.type, d.state, d.series, d.attempts, d.attempts_ever, d.status, d.error,"
    " d.not_before, d.created_at, d.ended_at"
)


class DeliveryUnknown(NotFound):
    """No delivery by that id, or it is forgotten."""

    code = "webhooks.delivery_unknown"
    sentence = Words(
        en="There is no such delivery. The log is kept for 30 days.", zh="没有该推送记录。推送记录保留 30 天。"
    )


class StillGoing(Refused):
    """It has not come to an end yet."""

    code = "webhooks.still_going"
    sentence = Words(
        en="This delivery is still being tried. Wait until it has ended.", zh="该推送仍在进行中，请等待结束后再重发。"
    )


class PayloadGone(Refused):
    """What it said was forgotten with the member."""

    code = "webhooks.payload_gone"
    sentence = Words(
        en="The member was erased, and with them what this delivery said.", zh="该会员已被删除，推送内容已清除。"
    )


async def deliveries(
    *,
    endpoint: uuid.UUID | None,
    kind: str | None,
    state: str | None,
    before: uuid.UUID | None,
    limit: int,
) -> list[dict[str, Any]]:
    """Up to `limit + 1` deliveries, the newest first."""
    return [
        dict(row)
        for row in await DB.fetch(
            f"SELECT {_DELIVERY} FROM __tenant__.webhook_delivery d WHERE ($1::uuid IS NULL OR d.endpoint = $1)"
            " AND ($2::text IS NULL OR d.type = $2) AND ($3::text IS NULL OR d.state = $3)"
            " AND ($4::uuid IS NULL OR d.id < $4) ORDER BY d.id DESC LIMIT $5",
            endpoint, kind, state, before, limit + 1)
    ]  # fmt: skip


async def delivery(delivery_id: uuid.UUID) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A delivery with the `body` of its event, and its attempts, the latest first. Raises DeliveryUnknown."""
    row = await DB.fetchrow(
        f"SELECT {_DELIVERY}, e.body FROM __tenant__.webhook_delivery d"
        " JOIN __tenant__.webhook_event e ON e.id = d.event WHERE d.id = $1", delivery_id)  # fmt: skip
    if row is None:
        raise DeliveryUnknown
    attempts = await DB.fetch(
        "SELECT number, at, milliseconds, status, error, snippet FROM __tenant__.webhook_attempt"
        " WHERE delivery = $1 ORDER BY number DESC LIMIT 100", delivery_id)  # fmt: skip
    return dict(row), [dict(attempt) for attempt in attempts]


async def ping(endpoint: uuid.UUID) -> dict[str, Any]:
    """Send a test event to one endpoint. Raises EndpointUnknown, EndpointOff."""
    await endpoints.require_on(endpoint)
    row, _ = await delivery(await telling.ping(endpoint))
    return row


async def replay(delivery_id: uuid.UUID) -> dict[str, Any]:
    """Send a delivery that has ended once more, with the same id, in a new series of attempts.

    Raises DeliveryUnknown, EndpointUnknown, EndpointOff, StillGoing, PayloadGone.
    """
    found = await DB.fetchrow("SELECT endpoint FROM __tenant__.webhook_delivery WHERE id = $1", delivery_id)
    if found is None:
        raise DeliveryUnknown
    await endpoints.require_on(found["endpoint"])
    row = await DB.fetchrow(
        "UPDATE __tenant__.webhook_delivery d SET state = 'ready', series = d.series + 1, attempts = 0,"
        " not_before = $2, ended_at = NULL FROM __tenant__.webhook_event e WHERE d.id = $1 AND e.id = d.event"
        " AND e.blanked_at IS NULL AND d.state IN ('delivered', 'failed', 'cancelled')"
        f" RETURNING {_DELIVERY}", delivery_id, clock.now())  # fmt: skip
    if row is None:
        gone = await DB.fetchval(
            "SELECT e.blanked_at IS NOT NULL FROM __tenant__.webhook_delivery d"
            " JOIN __tenant__.webhook_event e ON e.id = d.event WHERE d.id = $1", delivery_id)  # fmt: skip
        raise PayloadGone if gone else StillGoing
    await ask_for(endpoints.DELIVERING)
    return dict(row)


async def replay_failed(endpoint: uuid.UUID, *, since: datetime) -> int:
    """Send all that failed at an endpoint since a time once more, up to REPLAY_MAX, the oldest first; how many.

    Raises EndpointUnknown, EndpointOff.
    """
    await endpoints.require_on(endpoint)
    rows = await DB.fetch(
        "UPDATE __tenant__.webhook_delivery d SET state = 'ready', series = d.series + 1, attempts = 0,"
        " not_before = $3, ended_at = NULL FROM (SELECT f.id FROM __tenant__.webhook_delivery f"
        " JOIN __tenant__.webhook_event e ON e.id = f.event WHERE f.endpoint = $1 AND f.state = 'failed'"
        " AND f.created_at >= $2 AND e.blanked_at IS NULL ORDER BY f.id LIMIT $4) AS again WHERE d.id = again.id"
        " AND d.state = 'failed' RETURNING d.id",
        endpoint, since, clock.now(), REPLAY_MAX)  # fmt: skip
    if rows:
        await ask_for(endpoints.DELIVERING)
    return len(rows)


async def forget() -> bool:
    """Forget a batch of events of more than 30 days ago with all that was noted of them; whether there may be more.

    What still waits for an endpoint that is off goes with them: it is too old to be news. Endpoints that were removed
    go with the last of their log.
    """
    rows = await DB.fetch(
        "DELETE FROM __tenant__.webhook_event WHERE id IN (SELECT id FROM __tenant__.webhook_event WHERE at < $1"
        " ORDER BY at LIMIT $2) RETURNING id", clock.now() - KEPT_FOR, FORGET_BATCH)  # fmt: skip
    await DB.fetch(
        "DELETE FROM __tenant__.webhook_endpoint e WHERE e.removed_at < $1 AND NOT EXISTS"
        " (SELECT 1 FROM __tenant__.webhook_delivery d WHERE d.endpoint = e.id)", clock.now() - KEPT_FOR)  # fmt: skip
    return len(rows) == FORGET_BATCH
