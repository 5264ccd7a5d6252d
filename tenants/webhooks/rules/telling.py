"""Puts down what happened for those endpoints that want to hear it, in the transaction in which it happened.

Whether anybody wants to hear a kind of event is remembered in each process for SUBSCRIPTIONS_SECONDS, so that a shop
without webhooks pays a look into a dictionary. What follows from that, and is promised no better: an endpoint that is
added or changed hears from every process only after as long. Who exactly gets a copy is decided by the statement that
writes the event, by the rows as they are then.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from tenants.kit import clock, ids
from tenants.tenancy import DB, current_tenant
from tenants.tenancy.work import ask_for
from tenants.webhooks.rules.catalogue import BY_NAME, EVERYTHING, PING

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

SUBSCRIPTIONS_SECONDS = 3.0
_SHOPS_MAX = 10_000
_DELIVERING = "webhooks.deliver"
# Tenant → until when that is believed, and what its endpoints want to hear.
_wanted: dict[uuid.UUID, tuple[float, frozenset[str]]] = {}


@dataclass(frozen=True, slots=True)
class Event:
    """Something to tell. `member` is whom it is about: when they are erased, so is this."""

    member: uuid.UUID | None
    at: datetime
    data: Mapping[str, Any]


async def wanted() -> frozenset[str]:
    """The kinds of events that the shop's endpoints want to hear, `*` for all; as of a few seconds ago."""
    tenant = current_tenant().id
    until, known = _wanted.get(tenant, (0.0, frozenset[str]()))
    if time.monotonic() < until:
        return known
    rows = await DB.fetch(
        "SELECT DISTINCT unnest(events) AS name FROM __tenant__.webhook_endpoint WHERE active AND removed_at IS NULL"
    )
    found = frozenset(row["name"] for row in rows)
    if len(_wanted) >= _SHOPS_MAX:
        _wanted.clear()
    _wanted[tenant] = (time.monotonic() + SUBSCRIPTIONS_SECONDS, found)
    return found


async def tell(kind: str, events: Iterable[Event]) -> None:
    """Put events of a kind down for the endpoints that want them: one row each and one per copy, in one statement.

    Where nobody wants to hear of the kind, `events` is not even looked at.
    """
    if kind not in BY_NAME:
        raise ValueError(f"{kind} is not in the catalogue")
    known = await wanted()
    if kind not in known and EVERYTHING not in known:
        return
    heard = list(events)
    if heard and await _put_down(kind, heard, only=None):
        await ask_for(_DELIVERING)


async def ping(endpoint: uuid.UUID) -> uuid.UUID:
    """Put a test event down for one endpoint, whatever it hears otherwise; answers with its delivery."""
    event = Event(None, clock.now(), {"endpoint": ids.show("whe", endpoint)})
    (delivery,) = await _put_down(PING, [event], only=endpoint)
    await ask_for(_DELIVERING)
    return delivery


async def blank(members: Sequence[uuid.UUID]) -> None:
    """Forget what events said of members who were erased, and send no more of it.

    The token moves on, so that the word of a worker that is calling just now is worth nothing.
    """
    moment = clock.now()
    await DB.fetch(  # a receiver may have said it back
        "UPDATE __tenant__.webhook_attempt a SET snippet = '' FROM __tenant__.webhook_delivery d"
        " JOIN __tenant__.webhook_event e ON e.id = d.event"
        " WHERE a.delivery = d.id AND e.member = ANY($1::uuid[]) AND a.snippet <> ''", list(members))  # fmt: skip
    await DB.fetch(
        "WITH gone AS (UPDATE __tenant__.webhook_event SET body = '', member = NULL, blanked_at = $2"
        " WHERE member = ANY($1::uuid[]) RETURNING id)"
        " UPDATE __tenant__.webhook_delivery d SET state = 'cancelled', error = 'erased', ended_at = $2,"
        " lease_until = NULL, token = d.token + 1 FROM gone"
        " WHERE d.event = gone.id AND d.state IN ('ready', 'sending')",
        list(members), moment)  # fmt: skip


def forget_subscriptions() -> None:
    """Look anew at what the shop's endpoints want once this transaction has committed."""
    tenant = current_tenant().id

    async def forget() -> None:
        _wanted.pop(tenant, None)

    DB.open_transaction().after_commit(("webhooks", "subscriptions"), forget)


def body_of(kind: str, event: Event) -> str:
    """The words that are sent, as they are kept and signed."""
    return msgspec.json.encode({"type": kind, "timestamp": event.at, "data": event.data}).decode()


async def _put_down(kind: str, events: Sequence[Event], *, only: uuid.UUID | None) -> list[uuid.UUID]:
    """A delivery's id is its event's with the endpoint's slot for the last digit: in the order of time, as all ids."""
    rows = await DB.fetch(
        "WITH asked AS (SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[])"
        " AS a (id, member, body, at)),"
        " hearing AS (SELECT a.id, e.id AS endpoint, e.slot FROM asked a CROSS JOIN __tenant__.webhook_endpoint e"
        " WHERE e.active AND e.removed_at IS NULL AND CASE WHEN $6::uuid IS NULL"
        " THEN e.events && ARRAY[$5::varchar, '*']::varchar[] ELSE e.id = $6::uuid END),"
        " counted AS (SELECT id, count(*) AS copies FROM hearing GROUP BY id),"
        " told AS (INSERT INTO __tenant__.webhook_event (id, type, member, body, copies, at)"
        " SELECT a.id, $5::varchar, a.member, a.body, c.copies, a.at FROM asked a JOIN counted c ON c.id = a.id)"
        " INSERT INTO __tenant__.webhook_delivery (id, event, endpoint, type, state, not_before, token, series,"
        " attempts, attempts_ever, error, created_at)"
        " SELECT (left(id::text, 35) || to_hex(slot::integer))::uuid, id, endpoint, $5::varchar, 'ready', $7, 0, 1, 0,"
        " 0, '', $7 FROM hearing RETURNING id",
        [ids.new() for _ in events], [event.member for event in events], [body_of(kind, event) for event in events],
        [event.at for event in events], kind, only, clock.now())  # fmt: skip
    return [row["id"] for row in rows]
