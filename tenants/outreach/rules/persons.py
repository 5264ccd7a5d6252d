"""What becomes of messages when two members turn out to be one person, and when a person is to be forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants import members
from tenants.kit import ids
from tenants.outreach.rules.planning import GAP_DAYS
from tenants.tenancy import DB

if TYPE_CHECKING:
    from uuid import UUID

_TABLES = ("birthday_occurrence", "message", "in_app_message")


async def move(merge: UUID, *, source: UUID, target: UUID) -> None:
    """Move what was said to the source to the target; a birthday that both had stays where it is, with its messages.

    What was not sent yet of such a birthday is not sent: the source takes part in nothing any more.
    """
    occurrences = await DB.fetch(
        f"UPDATE __tenant__.birthday_occurrence AS theirs SET member = $2 WHERE theirs.member = $1 AND NOT EXISTS"
        " (SELECT 1 FROM __tenant__.birthday_occurrence AS own WHERE own.programme = theirs.programme"
        " AND own.member = $2 AND (own.occurrence = theirs.occurrence"
        f" OR abs(own.day - theirs.day) < {GAP_DAYS})) RETURNING id", source, target)  # fmt: skip
    messages = await DB.fetch(
        "UPDATE __tenant__.message AS m SET member = $2 WHERE m.member = $1 AND (m.test OR EXISTS"
        " (SELECT 1 FROM __tenant__.birthday_occurrence AS o WHERE o.programme = m.programme AND o.member = $2"
        " AND o.occurrence = m.occurrence AND o.id = ANY($3::uuid[]))) RETURNING id",
        source, target, [row["id"] for row in occurrences])  # fmt: skip
    shown = await DB.fetch(
        "UPDATE __tenant__.in_app_message SET member = $2 WHERE member = $1 AND message = ANY($3::uuid[])"
        " RETURNING id", source, target, [row["id"] for row in messages])  # fmt: skip
    for table, rows in zip(_TABLES, (occurrences, messages, shown), strict=True):
        await members.note_moved(merge, table, [row["id"] for row in rows])
    await _look_up_latest([source, target])


async def move_back(merge: UUID, *, source: UUID, target: UUID) -> None:
    """Undo `move`."""
    for table in _TABLES:
        moved = await members.moved(merge, table)
        await DB.fetch(
            f"UPDATE __tenant__.{table} SET member = $2 WHERE id = ANY($1::uuid[]) AND member = $3",
            moved, source, target)  # fmt: skip
    await _look_up_latest([source, target])


async def forget(member: UUID) -> None:
    """Blank what was written and to where, and let nothing more go out.

    A message that a worker has handed in just now becomes unknown; its token moves on, so that the worker's late word,
    which may quote the address, is worth nothing.
    """
    await DB.fetch(
        "UPDATE __tenant__.message SET to_address = '', subject = '', body = '', error = '', provider_id = '',"
        " token = token + 1, lease_until = NULL, reason = CASE WHEN state IN ('ready', 'sending') THEN 'erased'"
        " ELSE reason END, state = CASE WHEN state = 'ready' OR (state = 'sending' AND started_at IS NULL)"
        " THEN 'cancelled' WHEN state = 'sending' THEN 'unknown' ELSE state END WHERE member = $1", member)  # fmt: skip
    await DB.fetch("UPDATE __tenant__.in_app_message SET title = '', body = '' WHERE member = $1", member)


async def on_card(member: UUID) -> dict[str, Any]:
    """How many messages the member was sent, when the last one, and how many wait to be read."""
    row = await DB.fetchrow(
        "SELECT count(*) FILTER (WHERE state = 'sent') AS sent, max(sent_at) AS last_at, (SELECT count(*) FROM"
        " __tenant__.in_app_message i WHERE i.member = $1 AND i.read_at IS NULL) AS unread"
        " FROM __tenant__.message WHERE member = $1 AND NOT test", member)  # fmt: skip
    return dict(row)


async def _look_up_latest(everybody: list[UUID]) -> None:
    """The last birthday that was answered for each of them, read again from the occurrences."""
    await DB.fetch("DELETE FROM __tenant__.birthday_latest WHERE member = ANY($1::uuid[])", everybody)
    rows = await DB.fetch(
        "SELECT programme, member, max(day) AS day FROM __tenant__.birthday_occurrence"
        " WHERE member = ANY($1::uuid[]) GROUP BY programme, member", everybody)  # fmt: skip
    await DB.fetch(
        "INSERT INTO __tenant__.birthday_latest (id, programme, member, day)"
        " SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::date[])",
        [ids.new() for _ in rows], [row["programme"] for row in rows], [row["member"] for row in rows],
        [row["day"] for row in rows])  # fmt: skip
