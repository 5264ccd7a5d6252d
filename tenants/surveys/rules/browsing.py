"""From a number to its rows: responses, one of them with all its answers, and what was written, to be searched.

Newest first, by ids that grow with time; those of an anonymous survey are by chance, so their order says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tenants.kit.errors import Invalid, NotFound
from tenants.kit.words import Words
from tenants.surveys.rules.expressions import in_order
from tenants.surveys.rules.filtering import CHOSEN, NUMERIC
from tenants.surveys.rules.results import count, is_hidden
from tenants.surveys.rules.searching import matching
from tenants.surveys.rules.values import from_rows
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid

    from tenants.surveys.rules.asked import Asked, AskedQuestion
    from tenants.surveys.rules.definition import Definition, Question
    from tenants.surveys.rules.filtering import Filter
    from tenants.surveys.rules.values import Given

_RESPONSE = """
SELECT r.id, r.version, r.phase, r.member, m.name AS member_name, m.external_id, r.via, r.language, r.state, r.reached,
       r.suspect, r.level, l.name_en AS level_en, l.name_zh AS level_zh, r.answers, r.started_at, r.updated_at,
       r.completed_at
  FROM __tenant__.survey_response r LEFT JOIN __tenant__.member m ON m.id = r.member
  LEFT JOIN __tenant__.level l ON l.id = r.level"""


class ResponseUnknown(NotFound):
    """The survey has no such response."""

    code = "survey.response_unknown"
    sentence = Words(en="This survey has no such response.", zh="该问卷没有此答卷。")


@dataclass(frozen=True, slots=True)
class Said:
    """One question of a response, as its version asked it, and what was answered; None is no answer."""

    question: Question
    given: Given | None


@dataclass(frozen=True, slots=True)
class Written:
    """One text: which response it stands in, and what was chosen where it was written beside `other`."""

    row: Any

    @property
    def id(self) -> uuid.UUID:
        """By which a list goes on."""
        found: uuid.UUID = self.row["id"]
        return found


async def responses(asked: Asked, chosen: Filter, *, before: uuid.UUID | None = None, limit: int = 20) -> list[Any]:
    """Responses of a filter, the newest first; none where they are too few to be shown."""
    if asked.anonymous and is_hidden(asked, (await count(asked, chosen)).meant):
        return []
    where, args = chosen.where(asked)
    last = len(args) + 1
    return await DB.fetch(
        f"{_RESPONSE} WHERE {where} AND (${int(last)}::uuid IS NULL OR r.id < ${int(last)}::uuid)"
        f" ORDER BY r.id DESC LIMIT ${int(last + 1)}::int", *args, before, limit)  # fmt: skip


async def response(asked: Asked, which: uuid.UUID) -> tuple[Any, list[Said]]:
    """One response with every question of its phase. Raises ResponseUnknown."""
    row = await DB.fetchrow(f"{_RESPONSE} WHERE r.survey = $1::uuid AND r.id = $2::uuid", asked.id, which)
    if row is None:
        raise ResponseUnknown
    answers: dict[str, list[Any]] = {}
    for answer in await DB.fetch(
        "SELECT question, part, number, day, choices, text FROM __tenant__.survey_answer WHERE response = $1::uuid",
        which,
    ):
        answers.setdefault(answer["question"], []).append(answer)
    version: Definition | None = asked.versions.get(row["version"])
    questions = in_order(version) if version else [one.question for one in asked.questions]
    return row, [
        Said(question, from_rows(answers[question.key]) if question.key in answers else None)
        for question in questions
        if question.phase == row["phase"] or question.key in answers
    ]


async def effects_of(which: uuid.UUID) -> list[Any]:
    """What a response changed of its member."""
    return await DB.fetch(
        "SELECT kind, name, before, after, at FROM __tenant__.survey_effect WHERE response = $1::uuid ORDER BY id",
        which,
    )


async def texts(
    asked: Asked, chosen: Filter, one: AskedQuestion, *, search: str = "", before: uuid.UUID | None = None,
    limit: int = 20,
) -> list[Written]:  # fmt: skip
    """What was written to a question, or beside `other`, the newest first; with `search` where all of it stands.

    Raises Invalid for a question to which nothing is written.
    """
    kind = one.question.kind
    if kind in NUMERIC or kind == "date" or (kind in CHOSEN and not one.question.other):
        raise Invalid(param="question", problem=Words(en="nothing is written to it", zh="该题没有文字回答"))
    if asked.anonymous and is_hidden(asked, (await count(asked, chosen)).meant):
        return []
    needed = matching(search)
    if search.strip() and not needed:
        return []
    where, args = chosen.where(asked, one.key, needed, of="a")
    last = len(args) + 1
    found = "a.tokens @> $3::varchar[]" if needed else "$3::varchar[] = '{}'"
    rows = await DB.fetch(
        "SELECT a.id, a.response, a.text, r.member, m.name AS member_name, r.completed_at, r.started_at, r.language,"
        " r.level, r.state FROM __tenant__.survey_answer a JOIN __tenant__.survey_response r ON r.id = a.response"
        " LEFT JOIN __tenant__.member m ON m.id = r.member"
        f" WHERE a.question = $2::text AND a.text IS NOT NULL AND {found}"
        f" AND (${int(last)}::uuid IS NULL OR a.id < ${int(last)}::uuid) AND {where}"
        f" ORDER BY a.id DESC LIMIT ${int(last + 1)}::int", *args, before, limit)  # fmt: skip
    return [Written(row) for row in rows]
