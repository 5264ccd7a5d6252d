"""Answers that lead to nobody.

That a member took part must be known, or they could do so twice; what they answered must not lead back to them, not
even for somebody who reads the database row by row. The two are written in one transaction, though, and PostgreSQL
notes with every row by which transaction it was written, and lays rows down in the order in which they come. So what
was answered is first put into a box, sealed: no member, no time, an id by chance. When enough lie there, a job opens
them together and writes them as responses, in an order by chance, along with as many earlier ones that are written
anew: all rows of a mixing have the same transaction and new ids. Some always stay in the box, so that what is left
when a survey ends is never one alone: fewer than LEAST are not opened together, ever.

Nothing that would tell responses apart without being an answer is kept: no level, way, or time. Quotas with a
condition do not count here (the last one to move a count would be known), and answers have no effect on anybody.
"""

from __future__ import annotations

import secrets
import uuid
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec

from tenants.kit import clock
from tenants.kit.seals import lock_away, take_out
from tenants.surveys.rules import keeping
from tenants.tenancy import DB, work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tenants.surveys.rules.keeping import Plan

GROUP = 10
"""When so many wait they are mixed while a survey goes on, all but LEAST."""
LEAST = 5
"""Fewer than that are never opened together, even when it has ended."""
_LATE = timedelta(minutes=1)  # who answered in the last second may still be written
AT_ONCE_MAX = 200
_PURPOSE = "survey-box"
_PAD_TO = 1024  # so that the length of what is sealed tells little


class _Row(msgspec.Struct, array_like=True):
    question: str
    part: str = ""
    number: Decimal | None = None
    day: date | None = None
    choices: list[str] | None = None
    text: str | None = None
    tokens: list[str] | None = None


class _Letter(msgspec.Struct, array_like=True):
    version: int
    phase: int
    language: str
    suspect: str
    reached: str
    answers: int
    rows: list[_Row]


def new_id() -> uuid.UUID:
    """An id by chance, which unlike others tells no time."""
    return uuid.UUID(bytes=secrets.token_bytes(16), version=4)


async def put(plans: Sequence[Plan]) -> set[int]:
    """Write that these took part, and put what they answered into the box; the places of those that were taken."""
    survey = plans[0].door.survey["id"]
    places = await keeping.box(plans, [(new_id(), _sealed(plan)) for plan in plans])
    if places:
        await keeping.freeze(plans[0])
        waiting = await DB.fetchval(
            "SELECT count(*) FROM (SELECT 1 FROM __tenant__.survey_box WHERE survey = $1 LIMIT $2) AS b",
            survey, GROUP)  # fmt: skip
        if waiting >= GROUP:
            await work.ask_for("surveys.mix")
    return places


async def to_mix() -> list[uuid.UUID]:
    """The surveys in whose box enough lie to be mixed, or that are over."""
    rows = await DB.fetch(
        "SELECT s.id FROM __tenant__.survey s JOIN LATERAL"
        " (SELECT count(*) AS waiting FROM __tenant__.survey_box b WHERE b.survey = s.id) b ON b.waiting > 0"
        " WHERE s.anonymous AND (b.waiting >= $1 OR s.state = 'ended' OR s.ends_at <= $2) ORDER BY s.id",
        GROUP, clock.now() - _LATE)  # fmt: skip
    return [row["id"] for row in rows]


async def mix(survey: uuid.UUID) -> int:
    """Open what lies in a survey's box and write it among earlier responses; how many were opened."""
    row = await DB.fetchrow(
        "SELECT s.state = 'ended' OR coalesce(s.ends_at <= $2, false) AS over,"
        " (SELECT count(*) FROM __tenant__.survey_box b WHERE b.survey = s.id) AS waiting"
        " FROM __tenant__.survey s WHERE s.id = $1 FOR SHARE OF s", survey, clock.now() - _LATE)  # fmt: skip
    opening = to_open(row["waiting"], over=row["over"])
    if not opening:
        return 0
    boxed = await DB.fetch(
        "SELECT id, sealed FROM __tenant__.survey_box WHERE survey = $1 ORDER BY id LIMIT $2 FOR UPDATE",
        survey, opening)  # fmt: skip
    if len(boxed) < opening:
        return 0
    earlier = await _some(survey, max(GROUP, len(boxed)))
    letters = [*map(_opened, [survey] * len(boxed), boxed), *await _taken_up(earlier)]
    letters.sort(key=lambda _: secrets.token_bytes(16))
    await DB.fetch("DELETE FROM __tenant__.survey_box WHERE id = ANY($1::uuid[])", [row["id"] for row in boxed])
    await _write(survey, letters)
    return len(boxed)


def to_open(waiting: int, *, over: bool) -> int:
    """How many of those that wait are opened: LEAST or more, or none, and never so that fewer would be left behind.

    Whoever compares what is there before and after a mixing sees what came with it, whatever else is written anew: one
    that was opened alone would be known, and so would be whose it is, for who took part last is no secret.
    """
    left = 0 if over and waiting <= AT_ONCE_MAX else LEAST
    opening = min(waiting - left, AT_ONCE_MAX)
    return opening if opening >= LEAST and (over or waiting >= GROUP) else 0


async def _some(survey: uuid.UUID, most: int) -> list[uuid.UUID]:
    """Some of the responses there are, by chance: their ids are, so it is those from some id on."""
    start = new_id()
    rows = await DB.fetch(
        "(SELECT id FROM __tenant__.survey_response WHERE survey = $1 AND id >= $2 ORDER BY id LIMIT $3)"
        " UNION ALL (SELECT id FROM __tenant__.survey_response WHERE survey = $1 AND id < $2 ORDER BY id LIMIT $3)",
        survey, start, most)  # fmt: skip
    return [row["id"] for row in rows[:most]]


async def _taken_up(responses: list[uuid.UUID]) -> list[_Letter]:
    """Responses taken out, to be written anew."""
    answers = await DB.fetch(
        "SELECT response, question, part, number, day, choices, text, tokens FROM __tenant__.survey_answer"
        " WHERE response = ANY($1::uuid[])", responses)  # fmt: skip
    rows = await DB.fetch(
        "DELETE FROM __tenant__.survey_response WHERE id = ANY($1::uuid[])"
        " RETURNING id, version, phase, language, suspect, reached, answers", responses)  # fmt: skip
    found = {
        row["id"]: _Letter(row["version"], row["phase"], row["language"], row["suspect"], row["reached"],
                           row["answers"], [])
        for row in rows
    }  # fmt: skip
    for row in answers:
        found[row["response"]].rows.append(_Row(*tuple(row)[1:]))
    return list(found.values())


async def _write(survey: uuid.UUID, letters: Sequence[_Letter]) -> None:
    named = [(new_id(), letter) for letter in letters]
    await DB.fetch(
        "INSERT INTO __tenant__.survey_response"
        " (id, survey, version, phase, language, suspect, reached, answers, state, via)"
        " SELECT a.id, $1::uuid, a.version, a.phase, a.language, a.suspect, a.reached, a.answers, 'complete', NULL"
        " FROM unnest($2::uuid[], $3::int[], $4::int[], $5::text[], $6::text[], $7::text[], $8::int[])"
        " AS a(id, version, phase, language, suspect, reached, answers)",
        survey, [one for one, _ in named], [letter.version for letter in letters],
        [letter.phase for letter in letters], [letter.language for letter in letters],
        [letter.suspect for letter in letters], [letter.reached for letter in letters],
        [letter.answers for letter in letters])  # fmt: skip
    said = [(one, row.question, row) for one, letter in named for row in letter.rows]
    await keeping.write_answers(survey, said)


def _sealed(plan: Plan) -> bytes:
    rows = [
        _Row(key, row.part, row.number, row.day, row.choices, row.text, row.tokens)
        for key, row in keeping.rows_of(plan)
    ]
    letter = _Letter(plan.version, plan.phase, plan.language, plan.suspect, plan.reached, len(plan.answers), rows)
    content = msgspec.json.encode(letter)
    padded = content + b" " * (-len(content) % _PAD_TO)
    return lock_away(_PURPOSE, padded, owner=str(plan.door.survey["id"]))


def _opened(survey: uuid.UUID, row: Any) -> _Letter:
    return msgspec.json.decode(take_out(_PURPOSE, row["sealed"], owner=str(survey)), type=_Letter)
