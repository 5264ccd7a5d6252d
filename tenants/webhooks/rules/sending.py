"""The life of a delivery in the database: claimed with a lease and a token, finished under the same token.

`ready` → `sending` → `delivered`, back to `ready` for later, or `failed` when it was tried often enough. A lease that
ran out makes it ready again at once: unlike a letter, a webhook may arrive twice, because its id says that it is the
same. So there is no `unknown` here. Leases are by the database's clock, all other times by ours.

An endpoint that fails several times in a row rests, longer each time, and is then tried with one call; so thousands of
deliveries to a dead receiver cost a call every few minutes. Days of it, or a 410, switch it off.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tenants import staff
from tenants.kit import clock, ids
from tenants.tenancy import DB
from tenants.webhooks.rules.posting import GONE, Outcome

if TYPE_CHECKING:
    import uuid

# How long at most a delivery waits after its first, second, … failure. The wait itself is drawn evenly from nothing to
# this ("full jitter"), so half of it on average: ten attempts over about a day.
WAITS = (
    timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=4), timedelta(minutes=20), timedelta(hours=1),
    timedelta(hours=2), timedelta(hours=6), timedelta(hours=12), timedelta(hours=24),
)  # fmt: skip
ATTEMPTS_MAX = len(WAITS) + 1
WAIT_LEAST = timedelta(seconds=1)
ASKED_WAIT_MAX = timedelta(hours=24)
LEASE_SECONDS = 60.0
PER_ENDPOINT = 4
FAILURES_BEFORE_REST = 3
REST_FIRST = timedelta(seconds=5)
REST_MAX = timedelta(minutes=5)
OFF_AFTER = timedelta(days=3)
OFF_FAILURES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A delivery that is leased to us."""

    id: uuid.UUID
    token: int
    event: uuid.UUID
    attempts: int
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Deliveries to one endpoint, leased together, with what is needed to call it."""

    endpoint: uuid.UUID
    url: str
    secrets: tuple[bytes, ...]
    held: list[Held]


async def reconcile() -> None:
    """What a worker left behind is ready again."""
    await DB.fetch(
        "UPDATE __tenant__.webhook_delivery SET state = 'ready', lease_until = NULL"
        " WHERE state = 'sending' AND lease_until <= clock_timestamp()"
    )


async def waiting() -> list[uuid.UUID]:
    """The endpoints for which something is due, those that have waited longest first."""
    rows = await DB.fetch(
        "SELECT e.id FROM __tenant__.webhook_endpoint e CROSS JOIN LATERAL (SELECT d.not_before"
        " FROM __tenant__.webhook_delivery d WHERE d.endpoint = e.id AND d.state = 'ready'"
        " ORDER BY d.not_before LIMIT 1) AS first WHERE e.active AND e.removed_at IS NULL AND first.not_before <= $1"
        " AND (e.rest_until IS NULL OR e.rest_until <= $1) ORDER BY first.not_before", clock.now())  # fmt: skip
    return [row["id"] for row in rows]


async def claim(endpoint: uuid.UUID, *, most: int) -> Batch | None:
    """Lease up to `most` deliveries to an endpoint, never more than PER_ENDPOINT at once over all workers.

    The endpoint's row is locked first and the rest asked afterwards, so that two workers do not both count four places.
    MATERIALIZED because a subquery with SKIP LOCKED that a plan runs again for each row finds other rows each time.
    """
    moment = clock.now()
    door = await DB.fetchrow(
        "SELECT url, secret, secret_before, secret_before_until, failures FROM __tenant__.webhook_endpoint"
        " WHERE id = $1 AND active AND removed_at IS NULL AND (rest_until IS NULL OR rest_until <= $2)"
        " FOR NO KEY UPDATE", endpoint, moment)  # fmt: skip
    if door is None:
        return None
    room = min(most, 1 if door["failures"] >= FAILURES_BEFORE_REST else PER_ENDPOINT)
    rows = await DB.fetch(
        "WITH free AS MATERIALIZED (SELECT id FROM __tenant__.webhook_delivery"
        " WHERE endpoint = $1 AND state = 'ready' AND not_before <= $2 ORDER BY not_before, id"
        " LIMIT greatest(0, $3 - (SELECT count(*) FROM __tenant__.webhook_delivery"
        " WHERE endpoint = $1 AND state = 'sending')) FOR UPDATE SKIP LOCKED)"
        " UPDATE __tenant__.webhook_delivery d SET state = 'sending', token = d.token + 1,"
        " lease_until = clock_timestamp() + make_interval(secs => $4) FROM free, __tenant__.webhook_event e"
        " WHERE d.id = free.id AND e.id = d.event RETURNING d.id, d.token, d.event, d.attempts, e.body",
        endpoint, moment, room, LEASE_SECONDS)  # fmt: skip
    until = door["secret_before_until"]
    keys = [door["secret"], door["secret_before"]] if until and until > moment else [door["secret"]]
    held = [Held(**dict(row)) for row in rows]
    return Batch(endpoint=endpoint, url=door["url"], secrets=tuple(keys), held=held) if held else None


async def finish(held: Held, endpoint: uuid.UUID, outcome: Outcome) -> None:
    """Write down what came of a call, if the delivery is still ours, and what it says of the endpoint."""
    moment = clock.now()
    last = held.attempts + 1 >= ATTEMPTS_MAX
    state = "delivered" if not outcome.error else "failed" if last or outcome.status == GONE else "ready"
    again_at = moment + wait_after(held.attempts + 1, asked=outcome.wait) if state == "ready" else moment
    found = await DB.fetchval(
        "WITH done AS (UPDATE __tenant__.webhook_delivery SET state = $3::varchar, lease_until = NULL,"
        " attempts = attempts + 1, attempts_ever = attempts_ever + 1, status = $4, error = $5, not_before = $6,"
        " ended_at = CASE WHEN $3::varchar <> 'ready' THEN $7::timestamptz END"
        " WHERE id = $1 AND token = $2 AND state = 'sending' RETURNING id, attempts_ever)"
        " INSERT INTO __tenant__.webhook_attempt (id, delivery, number, at, milliseconds, status, error, snippet)"
        " SELECT $8::uuid, id, attempts_ever, $7::timestamptz, $9::integer, $4, $5, $10::text FROM done RETURNING id",
        held.id, held.token, state, outcome.status, outcome.error, again_at, moment, ids.new(),
        outcome.milliseconds, outcome.snippet)  # fmt: skip
    if found is None:
        return
    if not outcome.error:
        await _note_success(endpoint)
    else:
        await _note_failure(endpoint, outcome, moment)


def wait_after(failures: int, *, asked: timedelta | None) -> timedelta:
    """How long to wait after so many failures of a delivery; never shorter than the receiver asked for."""
    most = WAITS[min(failures, len(WAITS)) - 1]
    drawn = most * (secrets.randbelow(1001) / 1000)
    return max(WAIT_LEAST, drawn, min(asked or WAIT_LEAST, ASKED_WAIT_MAX))


def rest_after(failures: int) -> timedelta | None:
    """How long an endpoint rests after so many failures in a row."""
    if failures < FAILURES_BEFORE_REST:
        return None
    doublings: int = min(failures - FAILURES_BEFORE_REST, 10)
    return min(REST_MAX, REST_FIRST * (1 << doublings))


async def next_look() -> datetime | None:
    """When something may go next or a lease runs out, but not within a second; None when nothing waits."""
    found = await DB.fetchval(
        "SELECT CASE WHEN n.at IS NOT NULL THEN greatest(n.at, clock_timestamp() + interval '1 second') END FROM"
        " (SELECT least((SELECT min(greatest(first.not_before, e.rest_until)) FROM __tenant__.webhook_endpoint e"
        " CROSS JOIN LATERAL (SELECT d.not_before FROM __tenant__.webhook_delivery d WHERE d.endpoint = e.id"
        " AND d.state = 'ready' ORDER BY d.not_before LIMIT 1) AS first WHERE e.active AND e.removed_at IS NULL),"
        " (SELECT min(lease_until) FROM __tenant__.webhook_delivery WHERE state = 'sending')) AS at) AS n"
    )
    return found if isinstance(found, datetime) else None


async def _note_success(endpoint: uuid.UUID) -> None:
    await DB.fetch(
        "UPDATE __tenant__.webhook_endpoint SET failures = 0, failing_since = NULL, rest_until = NULL"
        " WHERE id = $1 AND failures > 0", endpoint)  # fmt: skip


async def _note_failure(endpoint: uuid.UUID, outcome: Outcome, moment: datetime) -> None:
    row = await DB.fetchrow(
        "UPDATE __tenant__.webhook_endpoint SET failures = failures + 1,"
        " failing_since = coalesce(failing_since, $2::timestamptz) WHERE id = $1"
        " RETURNING url, active, failures, failing_since", endpoint, moment)  # fmt: skip
    gone = outcome.status == GONE
    days_of_it = row["failing_since"] <= moment - OFF_AFTER and row["failures"] >= OFF_FAILURES
    if row["active"] and (gone or days_of_it):
        await _switch_off(endpoint, reason="gone" if gone else "failing", url=row["url"], moment=moment)
        return
    rests = [rest for rest in (rest_after(row["failures"]), outcome.wait) if rest]
    if rests:
        await DB.fetch(
            "UPDATE __tenant__.webhook_endpoint SET rest_until = greatest(rest_until, $2::timestamptz) WHERE id = $1",
            endpoint, moment + min(max(rests), ASKED_WAIT_MAX))  # fmt: skip


async def _switch_off(endpoint: uuid.UUID, *, reason: str, url: str, moment: datetime) -> None:
    """Staff see it at the endpoint and find it in the audit trail; what waits goes out when they switch it on again."""
    await DB.fetch(
        "UPDATE __tenant__.webhook_endpoint SET active = false, off_reason = $2, updated_at = $3 WHERE id = $1",
        endpoint, reason, moment)  # fmt: skip
    await staff.note(
        "change", subject="webhook_endpoint", row_id=str(endpoint), before={"active": True},
        after={"active": False, "off_reason": reason, "url": url})  # fmt: skip
