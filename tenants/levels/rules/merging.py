"""Two accounts of one person become one: entries, holds and history move, and each is judged anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants import members
from tenants.kit import clock
from tenants.levels.rules import ladder
from tenants.levels.rules.reasons import Why
from tenants.levels.rules.standing import judge_many, lock
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid

_MOVES = {
    "growth_entry": "UPDATE __tenant__.growth_entry SET member = $2 WHERE member = $1 AND"
    " ($3::uuid[] IS NULL OR id = ANY($3)) RETURNING id",
    "level_hold": "UPDATE __tenant__.level_hold h SET member = $2 WHERE h.member = $1 AND"
    " ($3::uuid[] IS NOT NULL AND h.id = ANY($3) OR $3::uuid[] IS NULL AND h.ended IS NULL"
    " AND (h.how IN ('earned', 'kept') OR NOT EXISTS (SELECT 1 FROM __tenant__.level_hold own"
    " WHERE own.member = $2 AND own.ended IS NULL AND own.how IN ('at_least', 'at_most')))) RETURNING h.id",
}
_TOTALS = """
UPDATE __tenant__.level_standing s SET spend = t.spend, growth = t.growth, points = t.points, updated_at = $2
  FROM (SELECT m AS member, coalesce(sum(e.amount) FILTER (WHERE e.kind = 'spend'), 0) AS spend,
               coalesce(sum(e.amount) FILTER (WHERE e.kind = 'growth'), 0) AS growth,
               coalesce(sum(e.amount) FILTER (WHERE e.kind = 'points'), 0) AS points
          FROM unnest($1::uuid[]) AS m LEFT JOIN __tenant__.growth_entry e ON e.member = m GROUP BY m) t
 WHERE s.member = t.member
"""


async def merge(merge_id: uuid.UUID, *, source: uuid.UUID, target: uuid.UUID) -> None:
    """Add the source's entries and open holds to the target's. A level set by hand stays as the target has it."""
    await lock([source, target])
    for table, move in _MOVES.items():
        rows = await DB.fetch(move, source, target, None)
        await members.note_moved(merge_id, table, [row["id"] for row in rows])
    await _anew([source, target], Why.MERGED)


async def unmerge(merge_id: uuid.UUID, *, source: uuid.UUID, target: uuid.UUID) -> None:
    """Give the source back what came from it; what has been counted since stays with the target."""
    await lock([source, target])
    for table, move in _MOVES.items():
        await DB.fetch(move, target, source, await members.moved(merge_id, table))
    await _anew([source, target], Why.UNMERGED)


async def erase(member: uuid.UUID) -> None:
    """Blank what somebody wrote about a member who is gone; what counted, and when, stays."""
    await DB.fetch("UPDATE __tenant__.growth_entry SET note = '' WHERE member = $1 AND note <> ''", member)
    await DB.fetch("UPDATE __tenant__.level_hold SET note = '' WHERE member = $1 AND note <> ''", member)
    await DB.fetch("UPDATE __tenant__.level_change SET note = '' WHERE member = $1 AND note <> ''", member)


async def _anew(pair: list[uuid.UUID], why: Why) -> None:
    await DB.fetch(_TOTALS, pair, clock.now())
    await judge_many(await ladder.rules(), pair, cause=why)
