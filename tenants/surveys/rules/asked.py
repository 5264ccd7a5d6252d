"""All that a survey has ever asked, as its results see it: the answers of every version, by the keys of questions.

A question is told as the newest version that has it tells it; choices and rows that were taken out since keep the text
of the last version that had them, so that no answer is without a name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from tenants.surveys.rules import definition, flow
from tenants.surveys.rules.expressions import in_order
from tenants.surveys.rules.refusals import SurveyUnknown
from tenants.surveys.rules.saying import choices_of
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping

    from tenants.surveys.rules.definition import Choice, Definition, Question


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One question of all versions; `gone` are the keys of choices and rows, or its own, that are asked no more."""

    question: Question
    gone: frozenset[str]

    @property
    def key(self) -> str:
        """What it is known by in every version."""
        return self.question.key

    @property
    def choices(self) -> list[Choice]:
        """What could ever be chosen, `other` and a consent's yes and no among it."""
        return choices_of(self.question)


@dataclass(frozen=True, slots=True)
class Asked:
    """A survey with its published versions and all their questions, in the order in which they are asked."""

    row: Any
    languages: list[str]
    versions: Mapping[int, Definition]
    questions: tuple[AskedQuestion, ...]

    @property
    def id(self) -> uuid.UUID:
        """The survey's."""
        found: uuid.UUID = self.row["id"]
        return found

    @property
    def anonymous(self) -> bool:
        """Whether its answers lead to nobody."""
        return bool(self.row["anonymous"])

    def find(self, key: str) -> AskedQuestion | None:
        """The question of that key."""
        return next((one for one in self.questions if one.key == key), None)

    def say(self, texts: definition.Texts, fallback: str = "") -> str:
        """A text in the reader's language, or the nearest there is."""
        return flow.unfilled(definition.say(texts, languages=self.languages)) or fallback

    def name_of(self, one: AskedQuestion) -> str:
        """The question as the reader reads it."""
        return self.say(one.question.text, one.key)


async def asked(survey: uuid.UUID) -> Asked:
    """What a survey asks and has asked. Raises SurveyUnknown."""
    row = await DB.fetchrow(
        "SELECT id, name_en, name_zh, state, version, anonymous, low_question, low_at_most, created_at"
        " FROM __tenant__.survey WHERE id = $1::uuid", survey)  # fmt: skip
    if row is None:
        raise SurveyUnknown
    versions = {
        kept["number"]: definition.read(kept["definition"])
        for kept in await DB.fetch(
            "SELECT number, definition FROM __tenant__.survey_version WHERE survey = $1::uuid AND number > 0"
            " ORDER BY number DESC", survey)
    }  # fmt: skip
    newest = next(iter(versions.values()), definition.Definition())
    return Asked(row, list(newest.languages), versions, tuple(_merged(list(versions.values()))))


def _merged(newest_first: list[Definition]) -> list[AskedQuestion]:
    told: dict[str, list[Question]] = {}
    for version in newest_first:
        for question in in_order(version):
            told.setdefault(question.key, []).append(question)
    present = {question.key for question in newest_first[0].questions} if newest_first else set()
    return [_one(questions, gone=key not in present) for key, questions in told.items()]


def _one(newest_first: list[Question], *, gone: bool) -> AskedQuestion:
    newest = newest_first[0]
    choices = {choice.key: choice for question in reversed(newest_first) for choice in question.choices}
    rows = {row.key: row for question in reversed(newest_first) for row in question.rows}
    here = {choice.key for choice in (*newest.choices, *newest.rows)}
    merged = msgspec.structs.replace(
        newest,
        choices=[*newest.choices, *(choice for key, choice in choices.items() if key not in here)],
        rows=[*newest.rows, *(row for key, row in rows.items() if key not in here)],
        other=any(question.other for question in newest_first),
    )
    return AskedQuestion(merged, frozenset({*choices, *rows} - here) | ({newest.key} if gone else frozenset()))
