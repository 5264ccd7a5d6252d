"""Sends what is in the outbox: each message at most once for sure, and where nobody can know, it says so.

The life of a message: `ready` → `sending` (leased to one worker, with a token) → `started_at` (the point of no
return, committed before the letter is handed in) → `sent`, `failed`, back to `ready` for later, or `unknown`. A lease
that runs out before the point of no return makes the message ready again; after it, `unknown`, which only a person
resolves. Leases are by the database's clock, and every step asks for the token, so a worker that was away too long
finds its word worth nothing.

Subject and text are filled in when the message is sent and not when it is planned: a template that was corrected in
between, an address that changed, a consent withdrawn all count; and what is kept is what was sent, word for word.

This is the one verb that opens transactions itself: the point of no return must be committed before the letter goes.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tenants.kit import clock, ids
from tenants.outreach.rules import letters
from tenants.outreach.rules.post import NO_ANSWER, Line, Outcome, office
from tenants.outreach.rules.wording import TemplateFails
from tenants.tenancy import DB
from tenants.tenancy.work import describe, is_winding_down

if TYPE_CHECKING:
    import uuid

    from tenants.outreach.rules.letters import Written

BATCH = 20
MOST = 200
ATTEMPTS_MAX = 24  # with the waits below, some eighteen hours: a greeting of the day before helps nobody
_WAIT_SECONDS = 15.0
_WAIT_SECONDS_MAX = 3600.0
_REST_DOUBLINGS_MAX = 5
# What a person has sent again stays so marked: it is never too late.
_REASON_TO_GO = "CASE WHEN reason = 'resolved' THEN reason ELSE '' END"


@dataclass(frozen=True, slots=True)
class Held:
    """A message that is leased to us."""

    id: uuid.UUID
    token: int
    channel: str
    attempts: int


async def send_due(*, most: int = MOST) -> datetime | None:
    """Send what is ready, up to `most` messages; answers when to look again, None when nothing waits."""
    async with DB.transaction():
        await reconcile()
    handled = 0
    again_at: datetime | None = None
    async with Line(office()) as line:
        for channel in ("in_app", "email"):
            while handled < most and not is_winding_down():
                async with DB.transaction():
                    batch = await claim(channel, most=min(BATCH, most - handled))
                if not batch:
                    break
                handled += len(batch)
                if not await _send_batch(batch, line):
                    again_at = clock.now() + timedelta(seconds=await _rest_seconds())
                    break
    return again_at or (clock.now() if handled >= most else await next_look())


async def reconcile() -> None:
    """Settle what a worker left behind: what it had not started is ready again, what it had is unknown."""
    await DB.fetch(
        "UPDATE __tenant__.message SET state = CASE WHEN started_at IS NULL OR $1 THEN 'ready' ELSE 'unknown' END,"
        f" reason = CASE WHEN started_at IS NULL OR $1 THEN {_REASON_TO_GO} ELSE 'worker_lost' END,"
        " started_at = CASE WHEN $1 THEN NULL ELSE started_at END, lease_until = NULL"
        " WHERE state = 'sending' AND lease_until <= clock_timestamp()", office().dedupes)  # fmt: skip


async def claim(channel: str, *, most: int) -> list[Held]:
    """Lease up to `most` messages of a channel that are ready, those that have waited longest first."""
    rows = await DB.fetch(
        # Materialized: a plan that runs such a subquery again for each row finds other rows each time, and leases all.
        "WITH free AS MATERIALIZED (SELECT id FROM __tenant__.message"
        " WHERE state = 'ready' AND not_before <= $1 AND channel = $2 ORDER BY not_before, id LIMIT $3"
        " FOR UPDATE SKIP LOCKED)"
        " UPDATE __tenant__.message m SET state = 'sending', token = m.token + 1, started_at = NULL,"
        " lease_until = clock_timestamp() + make_interval(secs => $4) FROM free"
        " WHERE m.id = free.id RETURNING m.id, m.token, m.channel, m.attempts",
        clock.now(), channel, most, office().lease_seconds)  # fmt: skip
    return [Held(**dict(row)) for row in rows]


async def begin(held: Held) -> Written | None:
    """Pass the point of no return: look once more whether it may go, write it, and say that it has been started.

    None when there is nothing to hand in: it is not ours any more, was skipped, or, in the member centre, is sent.
    """
    row = await DB.fetchrow(
        "UPDATE __tenant__.message SET started_at = $3, lease_until = clock_timestamp() + make_interval(secs => $4)"
        " WHERE id = $1 AND token = $2 AND state = 'sending' AND started_at IS NULL AND lease_until > clock_timestamp()"
        " RETURNING id, programme, member, occurrence, channel, to_address, test, reason, created_at",
        held.id, held.token, clock.now(), office().lease_seconds)  # fmt: skip
    if row is None:
        return None
    try:
        written = await letters.write(row)
    except TemplateFails as error:
        await _end(held, state="failed", reason="template", error=str(error.facts["problem"]))
        return None
    if isinstance(written, str):
        await _end(held, state="skipped", reason=written)
        return None
    await DB.fetch(
        "UPDATE __tenant__.message SET language = $2, to_address = $3, subject = $4, body = $5 WHERE id = $1",
        held.id, written.language, written.to_address, written.subject, written.body)  # fmt: skip
    if held.channel == "in_app":
        await _put_into_member_centre(held, row["member"], written)
        return None
    return written


async def finish(held: Held, outcome: Outcome) -> None:
    """Write down what became of it, if it is still ours; news of a message that is unknown by now are welcome."""
    last = held.attempts + 1 >= ATTEMPTS_MAX
    if outcome.fate == "sent":
        await _end(held, state="sent", provider_id=outcome.provider_id)
    elif outcome.fate == "unknown" and (last or not office().dedupes):
        await _end(held, state="unknown", reason="no_answer", error=outcome.error)
    elif outcome.fate == "failed":
        await _end(held, state="failed", reason="refused", error=outcome.error)
    elif last:
        await _end(held, state="failed", reason="gave_up", error=outcome.error)
    else:
        await _put_off(held, error=outcome.error)


async def next_look() -> datetime | None:
    """When something is ready next or a lease runs out, but not within a second; None when nothing waits.

    What is ready by the database's clock and was left is locked by another worker, or our own clock is behind: looking
    again at once would find the same.
    """
    found = await DB.fetchval(
        "SELECT CASE WHEN n.at IS NOT NULL THEN greatest(n.at, clock_timestamp() + interval '1 second') END FROM"
        " (SELECT least((SELECT min(not_before) FROM __tenant__.message WHERE state = 'ready'),"
        " (SELECT min(lease_until) FROM __tenant__.message WHERE state = 'sending')) AS at) AS n"
    )
    return found if isinstance(found, datetime) else None


async def _send_batch(batch: list[Held], line: Line) -> bool:
    """False when the post office cannot be reached or does not answer, so that there is no point in going on."""
    for place, held in enumerate(batch):
        if is_winding_down():
            await _release(batch[place:])
            return True
        try:
            async with DB.transaction():
                written = await begin(held)
        except Exception as error:  # noqa: BLE001  whatever it is, one message must not hold up all others for good
            async with DB.transaction():
                await finish(held, Outcome("again", error=describe(error)))
            continue
        if written is None:
            continue
        outcome = await line.hand_in(written.letter(held.id))
        async with DB.transaction():
            await finish(held, outcome)
        if outcome.fate == "down" or outcome.silent:
            await _release(batch[place + 1 :])
            return False
    return True


async def _rest_seconds() -> float:
    """How long to leave a post office alone: each letter that it has left without an answer lately doubles it."""
    unanswered = await DB.fetchval(
        "SELECT count(*) FROM __tenant__.message WHERE error = $1 AND (state = 'ready'"
        " OR (state = 'unknown' AND started_at > $2))", NO_ANSWER, clock.now() - timedelta(hours=1))  # fmt: skip
    return float((20 + secrets.randbelow(21)) * 2 ** min(max(unanswered - 1, 0), _REST_DOUBLINGS_MAX))


async def _release(batch: list[Held]) -> None:
    async with DB.transaction():
        await DB.fetch(
            "UPDATE __tenant__.message m SET state = 'ready', lease_until = NULL"
            " FROM unnest($1::uuid[], $2::bigint[]) AS k(id, token)"
            " WHERE m.id = k.id AND m.token = k.token AND m.state = 'sending' AND m.started_at IS NULL",
            [held.id for held in batch], [held.token for held in batch])  # fmt: skip


async def _end(held: Held, *, state: str, reason: str = "", error: str = "", provider_id: str = "") -> None:
    await DB.fetch(
        "UPDATE __tenant__.message SET state = $3::varchar, reason = $4, error = $5, provider_id = $6,"
        " lease_until = NULL, attempts = attempts + 1,"
        " sent_at = CASE WHEN $3::varchar = 'sent' THEN $7::timestamptz END,"
        " started_at = CASE WHEN $3::varchar = 'skipped' THEN NULL ELSE started_at END"
        " WHERE id = $1 AND token = $2 AND state IN ('sending', 'unknown')",
        held.id, held.token, state, reason, error[:300], provider_id, clock.now())  # fmt: skip


async def _put_off(held: Held, *, error: str) -> None:
    wait = min(_WAIT_SECONDS_MAX, _WAIT_SECONDS * 2.0 ** min(held.attempts, 12))
    wait *= 0.75 + secrets.randbelow(501) / 1000  # so that what failed together does not come back together
    await DB.fetch(
        f"UPDATE __tenant__.message SET state = 'ready', reason = {_REASON_TO_GO}, error = $3, attempts = attempts + 1,"
        " not_before = $4, lease_until = NULL, started_at = NULL"
        " WHERE id = $1 AND token = $2 AND state IN ('sending', 'unknown')",
        held.id, held.token, error[:300], clock.now() + timedelta(seconds=wait))  # fmt: skip


async def _put_into_member_centre(held: Held, member: uuid.UUID, written: Written) -> None:
    """Within the same transaction: in the member centre a message is sent exactly once."""
    await DB.fetch(
        "INSERT INTO __tenant__.in_app_message (id, member, message, title, body, created_at)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        ids.new(), member, held.id, written.subject, written.body, clock.now())  # fmt: skip
    await _end(held, state="sent")
