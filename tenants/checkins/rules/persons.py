"""What becomes of visits when two members turn out to be one person, and what is told of a member on their card.

The days of both are joined: of a day on which both came, each keeps their own visit, and the target's counts. Nothing
is given for a row that grows longer by it, and what was given once for ever is not given again.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tenants import members
from tenants.checkins.rules import streaks
from tenants.tenancy import DB

if TYPE_CHECKING:
    from uuid import UUID

_ALL = date(1970, 1, 1)


async def move(merge: UUID, *, source: UUID, target: UUID) -> None:
    """Move the source's visits of days without one of the target's, with what was given for them."""
    await _lock(source, target)
    visits = await DB.fetch(
        "UPDATE __tenant__.check_in c SET member = $2, visitor = coalesce(c.visitor, $1) WHERE c.member = $1"
        " AND NOT EXISTS (SELECT 1 FROM __tenant__.check_in o WHERE o.member = $2 AND o.day = c.day) RETURNING id",
        source, target)  # fmt: skip
    given = await DB.fetch(
        "UPDATE __tenant__.check_in_reward r SET member = $2 WHERE r.member = $1 AND NOT EXISTS"
        " (SELECT 1 FROM __tenant__.check_in_reward o WHERE o.member = $2 AND o.occasion = r.occasion) RETURNING id",
        source, target)  # fmt: skip
    reminders = await DB.fetch(
        "UPDATE __tenant__.check_in_reminder SET member = $2 WHERE member = $1 AND NOT EXISTS"
        " (SELECT 1 FROM __tenant__.check_in_reminder WHERE member = $2) RETURNING member", source, target)  # fmt: skip
    await members.note_moved(merge, "check_in", [row["id"] for row in visits])
    await members.note_moved(merge, "check_in_reward", [row["id"] for row in given])
    await members.note_moved(merge, "check_in_reminder", [row["member"] for row in reminders])
    await _stand_anew(source, target)


async def move_back(merge: UUID, *, source: UUID, target: UUID) -> None:
    """Undo `move`."""
    await _lock(source, target)
    await DB.fetch(
        "UPDATE __tenant__.check_in SET member = $2, visitor = CASE WHEN visitor = $2 THEN NULL ELSE visitor END"
        " WHERE id = ANY($1::uuid[]) AND member = $3", await members.moved(merge, "check_in"),
        source, target)  # fmt: skip
    await DB.fetch(
        "UPDATE __tenant__.check_in_reward SET member = $2 WHERE id = ANY($1::uuid[]) AND member = $3",
        await members.moved(merge, "check_in_reward"), source, target)  # fmt: skip
    if await members.moved(merge, "check_in_reminder"):
        await DB.fetch("UPDATE __tenant__.check_in_reminder SET member = $1 WHERE member = $2", source, target)
    await _stand_anew(source, target)


async def forget(member: UUID) -> None:
    """Remind an erased member of nothing. Visits say nothing of a person and stay."""
    await DB.fetch("DELETE FROM __tenant__.check_in_reminder WHERE member = $1", member)


async def _lock(*both: UUID) -> None:
    await DB.fetch(
        "SELECT 1 FROM __tenant__.check_in_standing WHERE member = ANY($1::uuid[]) ORDER BY member FOR NO KEY UPDATE",
        sorted(both))  # fmt: skip


async def _stand_anew(*both: UUID) -> None:
    await DB.fetch(
        "INSERT INTO __tenant__.check_in_standing (member, day, kept_from, visit, at, streak, total)"
        " SELECT DISTINCT ON (c.member) c.member, c.day, c.day - 1, c.id, c.at, 1, 1 FROM __tenant__.check_in c"
        " WHERE c.member = ANY($1::uuid[]) ORDER BY c.member, c.day DESC ON CONFLICT (member) DO NOTHING",
        list(both))  # fmt: skip
    await DB.fetch(
        "DELETE FROM __tenant__.check_in_standing s WHERE s.member = ANY($1::uuid[])"
        " AND NOT EXISTS (SELECT 1 FROM __tenant__.check_in c WHERE c.member = s.member)", list(both))  # fmt: skip
    await streaks.derive(both, since=_ALL)
