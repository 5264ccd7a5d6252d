"""What staff and members do with messages: look, read, and resolve what nobody could know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from tenants.kit import clock
from tenants.kit.errors import NotFound, Refused
from tenants.kit.words import Words
from tenants.outreach.rules.letters import SENDING
from tenants.tenancy import DB
from tenants.tenancy.work import ask_for

if TYPE_CHECKING:
    import uuid

MESSAGE = (
    "id, member, occurrence, channel, test, language, to_address, subject, body, state, reason, attempts, error,"
    " created_at, sent_at"
)
IN_APP = "id, title, body, created_at, read_at"


class MessageUnknown(NotFound):
    """No message by that id, or not this member's."""

    code = "outreach.message_unknown"
    sentence = Words(en="There is no such message.", zh="没有该消息。")


class NothingToResolve(Refused):
    """The message's fate is known."""

    code = "outreach.nothing_to_resolve"
    sentence = Words(
        en="This message is “{state}”. Only an unknown one can be marked as sent, an unknown or failed one resent.",
        zh="该消息状态为“{state}”。只有结果未知的消息可标记为已发送，结果未知或失败的消息可重发。",
    )


async def messages(
    *, member: uuid.UUID | None, state: str | None, before: uuid.UUID | None, limit: int
) -> list[dict[str, Any]]:
    """Up to `limit + 1` messages, the newest first."""
    return await DB.fetch(
        f"SELECT {MESSAGE} FROM __tenant__.message WHERE ($1::uuid IS NULL OR member = $1)"
        " AND ($2::text IS NULL OR state = $2) AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $4",
        member, state, before, limit + 1)  # fmt: skip


async def in_app_messages(member: uuid.UUID, *, before: uuid.UUID | None, limit: int) -> list[dict[str, Any]]:
    """Up to `limit + 1` messages in a member's centre, the newest first."""
    return await DB.fetch(
        f"SELECT {IN_APP} FROM __tenant__.in_app_message WHERE member = $1 AND ($2::uuid IS NULL OR id < $2)"
        " ORDER BY id DESC LIMIT $3", member, before, limit + 1)  # fmt: skip


async def mark_read(message: uuid.UUID, *, member: uuid.UUID) -> dict[str, Any]:
    """Note when the member first read a message of theirs. Raises MessageUnknown."""
    row = await DB.fetchrow(
        "UPDATE __tenant__.in_app_message SET read_at = coalesce(read_at, $3) WHERE id = $1 AND member = $2"
        f" RETURNING {IN_APP}", message, member, clock.now())  # fmt: skip
    if row is None:
        raise MessageUnknown
    return dict(row)


async def resolve(message: uuid.UUID, *, outcome: Literal["sent", "resend"]) -> dict[str, Any]:
    """Say what became of an unknown message, or have an unknown or failed one sent again.

    Its token moves on, so that a late word of the worker that had it is worth nothing. Raises MessageUnknown,
    NothingToResolve.
    """
    wanted = ["unknown"] if outcome == "sent" else ["unknown", "failed"]
    row = await DB.fetchrow(
        f"""
        UPDATE __tenant__.message
           SET state = $3::varchar, reason = 'resolved', error = '', token = token + 1, not_before = $2,
               attempts = CASE WHEN $3::varchar = 'ready' THEN 0 ELSE attempts END,
               started_at = CASE WHEN $3::varchar = 'ready' THEN NULL ELSE started_at END,
               sent_at = CASE WHEN $3::varchar = 'sent' THEN coalesce(started_at, $2) END
         WHERE id = $1 AND state = ANY($4::varchar[]) RETURNING {MESSAGE}
        """,
        message, clock.now(), "sent" if outcome == "sent" else "ready", wanted)  # fmt: skip
    if row is None:
        state = await DB.fetchval("SELECT state FROM __tenant__.message WHERE id = $1", message)
        if state is None:
            raise MessageUnknown
        raise NothingToResolve(state=state)
    if outcome == "resend":
        await ask_for(SENDING)
    return dict(row)
