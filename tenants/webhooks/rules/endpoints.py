"""The shop's endpoints: up to ten, each with what it hears and a secret of its own.

Lock order: the endpoint's row before its deliveries. One thing takes them the other way round, the end of an attempt
(`sending.finish`); it holds a delivery that is `sending`, and nothing here waits for such a one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import asyncpg

from tenants.kit import clock, ids
from tenants.kit.errors import Conflict, Invalid, NotFound, Refused
from tenants.kit.words import Words
from tenants.tenancy import DB
from tenants.tenancy.work import ask_for
from tenants.webhooks.rules import guard, signing, telling
from tenants.webhooks.rules.catalogue import SUBSCRIBABLE

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence
    from datetime import datetime

ENDPOINTS_MAX = 10
DESCRIPTION_MAX = 200
OVERLAP = timedelta(hours=24)
DELIVERING = "webhooks.deliver"
_COLUMNS = (
    "id, url, description, events, active, off_reason, failures, failing_since, rotated_at, secret_before_until,"
    " created_at, updated_at"
)


class EndpointUnknown(NotFound):
    """No endpoint by that id, or it was removed."""

    code = "webhooks.endpoint_unknown"
    sentence = Words(en="There is no such endpoint.", zh="没有该接收地址。")


class UrlTaken(Conflict):
    """Another endpoint of the shop has this address."""

    code = "webhooks.url_taken"
    sentence = Words(
        en="Another endpoint has this address. Change its events instead.",
        zh="已有相同的接收地址，请修改其订阅的事件。",
    )


class TooManyEndpoints(Refused):
    """The shop has as many as it may."""

    code = "webhooks.too_many_endpoints"
    sentence = Words(
        en="A shop has up to {most} endpoints. Remove one first.", zh="最多可设置 {most} 个接收地址，请先移除一个。"
    )


class EndpointOff(Refused):
    """It is switched off, so nothing is sent to it."""

    code = "webhooks.endpoint_off"
    sentence = Words(en="The endpoint is switched off. Switch it on first.", zh="该接收地址已停用，请先启用。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """An endpoint as it stands. `off_reason` says why it is off: `staff`, `gone` (410) or `failing` (for days)."""

    id: uuid.UUID
    url: str
    description: str
    events: tuple[str, ...]
    active: bool
    off_reason: str
    failures: int
    failing_since: datetime | None
    rotated_at: datetime
    secret_before_until: datetime | None
    created_at: datetime
    updated_at: datetime


async def endpoints() -> list[Endpoint]:
    """All endpoints of the shop, the oldest first."""
    rows = await DB.fetch(f"SELECT {_COLUMNS} FROM __tenant__.webhook_endpoint WHERE removed_at IS NULL ORDER BY id")
    return [_endpoint(row) for row in rows]


async def endpoint(endpoint_id: uuid.UUID) -> Endpoint:
    """One endpoint. Raises EndpointUnknown."""
    row = await DB.fetchrow(
        f"SELECT {_COLUMNS} FROM __tenant__.webhook_endpoint WHERE id = $1 AND removed_at IS NULL", endpoint_id
    )
    return _known(row)


async def add(url: str, *, events: Sequence[str], description: str = "") -> tuple[Endpoint, str]:
    """A new endpoint, and its secret, which is shown this once. Raises Invalid, UrlTaken, TooManyEndpoints."""
    checked = await guard.check_url(url)
    wanted = _events(events)
    told = _description(description)
    secret = signing.new_secret()
    for _ in range(ENDPOINTS_MAX):
        new = ids.new()
        row = await DB.fetchrow(
            "INSERT INTO __tenant__.webhook_endpoint AS e (id, slot, url, description, events, active, off_reason,"
            " secret, secret_before, rotated_at, failures, created_at, updated_at)"
            " SELECT $1::uuid, min(slot), $2, $3, $4::text[], true, '', $5::bytea, '', $6::timestamptz, 0,"
            " $6::timestamptz, $6::timestamptz FROM generate_series(1, $7::integer) AS s (slot)"
            " WHERE NOT EXISTS (SELECT 1 FROM __tenant__.webhook_endpoint u"
            " WHERE u.slot = s.slot AND u.removed_at IS NULL) HAVING count(*) > 0"
            f" ON CONFLICT DO NOTHING RETURNING {_COLUMNS}",
            new, checked, told, wanted, signing.lock(secret, endpoint=new), clock.now(), ENDPOINTS_MAX)  # fmt: skip
        if row is not None:
            telling.forget_subscriptions()
            return _endpoint(row), signing.show_secret(secret)
        await _require_free(checked)
    raise TooManyEndpoints(most=ENDPOINTS_MAX)  # every slot that was free a moment ago went to somebody else


async def change(endpoint_id: uuid.UUID, **changes: Any) -> Endpoint:
    """Change `url`, `description`, `events` or `active`; what is not named stays.

    Switched off, it hears nothing of what happens meanwhile; what was waiting goes out when it is on again. Raises
    EndpointUnknown, Invalid, UrlTaken.
    """
    before = await endpoint(endpoint_id)
    url = changes.get("url", before.url)
    if url != before.url:
        url = await guard.check_url(url)
    active = bool(changes.get("active", before.active))
    fresh = active and (not before.active or url != before.url)  # a new beginning: old failures say nothing of it
    try:
        async with DB.savepoint():
            row = await DB.fetchrow(
                "UPDATE __tenant__.webhook_endpoint SET url = $2, description = $3, events = $4::text[], active = $5,"
                " off_reason = CASE WHEN $5 THEN '' WHEN active THEN 'staff' ELSE off_reason END,"
                " failures = CASE WHEN $6 THEN 0 ELSE failures END,"
                " failing_since = CASE WHEN $6 THEN NULL ELSE failing_since END,"
                " rest_until = CASE WHEN $6 THEN NULL ELSE rest_until END, updated_at = $7"
                f" WHERE id = $1 AND removed_at IS NULL RETURNING {_COLUMNS}",
                endpoint_id, url, _description(changes.get("description", before.description)),
                _events(changes.get("events", before.events)), active, fresh, clock.now())  # fmt: skip
    except asyncpg.UniqueViolationError:
        raise UrlTaken from None
    telling.forget_subscriptions()
    if fresh:
        await ask_for(DELIVERING)
    return _known(row)


async def rotate(endpoint_id: uuid.UUID) -> tuple[Endpoint, str]:
    """Give an endpoint a new secret, which is shown this once; for a day messages are signed with both.

    Raises EndpointUnknown.
    """
    secret = signing.new_secret()
    moment = clock.now()
    row = await DB.fetchrow(
        "UPDATE __tenant__.webhook_endpoint SET secret_before = secret, secret_before_until = $3, secret = $2,"
        f" rotated_at = $4, updated_at = $4 WHERE id = $1 AND removed_at IS NULL RETURNING {_COLUMNS}",
        endpoint_id, signing.lock(secret, endpoint=endpoint_id), moment + OVERLAP, moment)  # fmt: skip
    return _known(row), signing.show_secret(secret)


async def remove(endpoint_id: uuid.UUID) -> None:
    """Take an endpoint away with what still waits for it; its log stays for its time. Raises EndpointUnknown."""
    moment = clock.now()
    found = await DB.fetchval(
        "UPDATE __tenant__.webhook_endpoint SET active = false, off_reason = 'removed', removed_at = $2,"
        " updated_at = $2, secret = '', secret_before = '', secret_before_until = NULL"
        " WHERE id = $1 AND removed_at IS NULL RETURNING id", endpoint_id, moment)  # fmt: skip
    if found is None:
        raise EndpointUnknown
    await DB.fetch(
        "UPDATE __tenant__.webhook_delivery SET state = 'cancelled', error = 'removed', ended_at = $2"
        " WHERE endpoint = $1 AND state = 'ready'", endpoint_id, moment)  # fmt: skip
    telling.forget_subscriptions()


async def require_on(endpoint_id: uuid.UUID) -> None:
    """Raises EndpointUnknown, EndpointOff. The row stays locked, so that it cannot be removed meanwhile."""
    active = await DB.fetchval(
        "SELECT active FROM __tenant__.webhook_endpoint WHERE id = $1 AND removed_at IS NULL FOR NO KEY UPDATE",
        endpoint_id)  # fmt: skip
    if active is None:
        raise EndpointUnknown
    if not active:
        raise EndpointOff


async def _require_free(url: str) -> None:
    """Why nothing was added: the address is there already, or all slots are taken. Otherwise try again."""
    row = await DB.fetchrow(
        "SELECT bool_or(url = $1) AS taken, count(*) AS n FROM __tenant__.webhook_endpoint WHERE removed_at IS NULL",
        url)  # fmt: skip
    if row["taken"]:
        raise UrlTaken
    if row["n"] >= ENDPOINTS_MAX:
        raise TooManyEndpoints(most=ENDPOINTS_MAX)


def _events(wanted: Sequence[str]) -> list[str]:
    chosen = list(dict.fromkeys(wanted))
    unknown = [name for name in chosen if name not in SUBSCRIBABLE]
    if unknown:
        raise Invalid(
            param="events",
            problem=Words(en=f"there is no event “{unknown[0][:40]}”", zh=f"没有事件“{unknown[0][:40]}”"),
        )
    if not chosen:
        raise Invalid(param="events", problem=Words(en="choose at least one", zh="请至少选择一个事件"))
    return chosen


def _description(text: str) -> str:
    told = text.strip()
    if len(told) > DESCRIPTION_MAX or not told.isprintable():
        raise Invalid(
            param="description",
            problem=Words(en="use one line of up to 200 characters", zh="请使用一行，最多 200 个字符"),
        )
    return told


def _known(row: Any) -> Endpoint:
    if row is None:
        raise EndpointUnknown
    return _endpoint(row)


def _endpoint(row: Any) -> Endpoint:
    return Endpoint(**{**dict(row), "events": tuple(row["events"])})
