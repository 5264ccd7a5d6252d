"""What of surveys follows a person: into another member and back, and out of everything.

Two members who are one person may both have taken part. What the source did stands beside what the target did: its
participation is moved under a name of its own (`~`), which no turn is called by.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tenants import members
from tenants.kit import clock
from tenants.surveys.rules.turns import MOVED
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid

PARTIAL_FOR = timedelta(days=90)
_TABLES = ("survey_invitation", "survey_response", "survey_effect")
_PARTICIPATION = "survey_participation"
_MARK = 7  # letters of its id that tell a moved occurrence apart


async def move_all(merge: uuid.UUID, source: uuid.UUID, target: uuid.UUID) -> None:
    """Two members are one person: whatever one of them took part in, the target did."""
    for table in _TABLES:
        rows = await DB.fetch(
            f"UPDATE __tenant__.{table} SET member = $2 WHERE member = $1 RETURNING id", source, target)  # fmt: skip
        if rows:
            await members.note_moved(merge, table, [row["id"] for row in rows])
    rows = await DB.fetch(
        "UPDATE __tenant__.survey_participation p SET member = $2, occurrence = CASE WHEN EXISTS ("
        " SELECT 1 FROM __tenant__.survey_participation o WHERE o.survey = p.survey AND o.member = $2"
        " AND o.occurrence = p.occurrence AND o.phase = p.phase)"
        " THEN left(p.occurrence, $3) || $4 || right(replace(p.id::text, '-', ''), $5) ELSE p.occurrence END"
        " WHERE p.member = $1 RETURNING p.id", source, target, 40 - _MARK - 1, MOVED, _MARK)  # fmt: skip
    if rows:
        await members.note_moved(merge, _PARTICIPATION, [row["id"] for row in rows])


async def move_back(merge: uuid.UUID, source: uuid.UUID) -> None:
    """They were two after all: what was moved goes back."""
    for table in _TABLES:
        moved = await members.moved(merge, table)
        if moved:
            await DB.fetch(f"UPDATE __tenant__.{table} SET member = $2 WHERE id = ANY($1::uuid[])", moved, source)
    moved = await members.moved(merge, _PARTICIPATION)
    if moved:
        await DB.fetch(
            "UPDATE __tenant__.survey_participation SET member = $2, occurrence = split_part(occurrence, $3, 1)"
            " WHERE id = ANY($1::uuid[])", moved, source, MOVED)  # fmt: skip


async def forget(member: uuid.UUID) -> None:
    """Nobody can tell any more what the member wrote, or which answers were theirs; what was counted still counts."""
    await DB.fetch(
        "UPDATE __tenant__.survey_answer SET text = CASE WHEN text IS NOT NULL THEN '' END, tokens = NULL"
        " WHERE text IS NOT NULL AND response IN (SELECT id FROM __tenant__.survey_response WHERE member = $1)",
        member)  # fmt: skip
    await DB.fetch("DELETE FROM __tenant__.survey_effect WHERE member = $1", member)
    await DB.fetch(
        "DELETE FROM __tenant__.survey_response WHERE member = $1 AND state = 'partial'", member)  # fmt: skip
    await DB.fetch(
        "DELETE FROM __tenant__.survey_participation WHERE member = $1 AND NOT finished", member)  # fmt: skip
    await DB.fetch(
        "UPDATE __tenant__.survey_response SET member = NULL, participation = NULL, invitation = NULL"
        " WHERE member = $1", member)  # fmt: skip
    await DB.fetch(
        "UPDATE __tenant__.survey_invitation SET revoked_at = $2 WHERE member = $1 AND revoked_at IS NULL",
        member, clock.now())  # fmt: skip


async def drop_stale(most: int) -> int:
    """Unfinished answers that nobody has gone on with for PARTIAL_FOR go, up to so many; how many did."""
    rows = await DB.fetch(
        "DELETE FROM __tenant__.survey_response WHERE id IN ("
        " SELECT id FROM __tenant__.survey_response WHERE state = 'partial' AND updated_at < $1"
        " ORDER BY updated_at LIMIT $2 FOR UPDATE SKIP LOCKED) AND state = 'partial' RETURNING participation",
        clock.now() - PARTIAL_FOR, most)  # fmt: skip
    await DB.fetch(
        "DELETE FROM __tenant__.survey_participation WHERE id = ANY($1::uuid[]) AND NOT finished",
        [row["participation"] for row in rows])  # fmt: skip
    return len(rows)


async def responses(everybody: list[uuid.UUID]) -> list[dict[str, Any]]:
    """What these members answered, a row for each answer."""
    rows = await DB.fetch(
        "SELECT r.survey, r.id AS response, r.member, r.state, r.phase, r.completed_at, a.question, a.part, a.number,"
        " a.day, a.choices, a.text FROM __tenant__.survey_response r"
        " JOIN __tenant__.survey_answer a ON a.response = r.id"
        " WHERE r.member = ANY($1::uuid[]) ORDER BY r.id, a.question, a.part", everybody)  # fmt: skip
    return [dict(row) for row in rows]


async def participations(everybody: list[uuid.UUID]) -> list[dict[str, Any]]:
    """In which surveys these members took part."""
    rows = await DB.fetch(
        "SELECT survey, member, occurrence, phase, finished, day FROM __tenant__.survey_participation"
        " WHERE member = ANY($1::uuid[]) ORDER BY survey, occurrence, phase", everybody)  # fmt: skip
    return [dict(row) for row in rows]
