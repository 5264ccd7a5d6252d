"""What surveys there are, how they stand, and what they ask."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from tenants.kit import clock
from tenants.kit.words import Words
from tenants.surveys.rules import definition as definitions
from tenants.surveys.rules.refusals import SurveyUnknown, VersionUnknown
from tenants.surveys.rules.settings import FIELDS, Terms
from tenants.tenancy import DB

if TYPE_CHECKING:
    from tenants.surveys.rules.definition import Definition

STATES: dict[str, Words] = {
    "draft": Words(en="Draft", zh="草稿"),
    "live": Words(en="Live", zh="进行中"),
    "paused": Words(en="Paused", zh="已暂停"),
    "ended": Words(en="Ended", zh="已结束"),
}
"""What a seller has decided."""
STATUS: dict[str, Words] = {
    "draft": Words(en="Draft", zh="草稿"),
    "coming": Words(en="Scheduled", zh="未开始"),
    "running": Words(en="Running", zh="进行中"),
    "paused": Words(en="Paused", zh="已暂停"),
    "over": Words(en="Over", zh="已结束"),
}
"""How it stands at this moment, its window considered."""
EDITS_MAX = 50


@dataclass(frozen=True, slots=True)
class Survey:
    """One survey as it stands. `version` is the one that is answered, None before it was ever published."""

    id: uuid.UUID
    terms: Terms
    state: str
    version: int | None
    link_key: str | None
    created_at: datetime
    updated_at: datetime

    @property
    def status(self) -> str:
        """How it stands now: one of `STATUS`."""
        if self.state in {"draft", "paused"}:
            return self.state
        moment = clock.now()
        if self.state == "ended" or (self.terms.ends_at and self.terms.ends_at <= moment):
            return "over"
        return "coming" if self.terms.starts_at and self.terms.starts_at > moment else "running"


class Published(NamedTuple):
    """A version that can be answered. A number says the same for ever: it may be kept in memory."""

    number: int
    definition: Definition


@dataclass(frozen=True, slots=True)
class Draft:
    """What is being edited. `revision` names exactly this content; `undoable` edits can be taken back."""

    definition: Definition
    revision: str
    undoable: int


@dataclass(frozen=True, slots=True)
class VersionNote:
    """One published version in a list. `frozen`: somebody has answered it."""

    number: int
    frozen: bool
    published_at: datetime
    questions: int
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quota:
    """At most `most` complete responses for which the condition holds; `taken` there are."""

    id: uuid.UUID
    name: str
    condition: str
    most: int
    taken: int
    position: int


_COLUMNS = ", ".join(("id", "state", "version", "link_key", "created_at", "updated_at", *FIELDS))


async def find(survey: uuid.UUID) -> Survey:
    """One survey. Raises SurveyUnknown."""
    row = await DB.fetchrow(f"SELECT {_COLUMNS} FROM __tenant__.survey WHERE id = $1", survey)
    if row is None:
        raise SurveyUnknown
    return survey_of(row)


async def surveys(*, state: str | None = None, before: uuid.UUID | None = None, limit: int = 100) -> list[Survey]:
    """The surveys of the shop, the newest first."""
    rows = await DB.fetch(
        f"SELECT {_COLUMNS} FROM __tenant__.survey WHERE ($1::text IS NULL OR state = $1)"
        " AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3", state, before, limit)  # fmt: skip
    return [survey_of(row) for row in rows]


def survey_of(row: Any) -> Survey:
    """A survey out of its row."""
    return Survey(
        row["id"], Terms(**{name: row[name] for name in FIELDS}), row["state"], row["version"], row["link_key"],
        row["created_at"], row["updated_at"],
    )  # fmt: skip


async def current(survey: uuid.UUID) -> Published:
    """The version that is answered now. Raises SurveyUnknown, VersionUnknown where it was never published."""
    row = await DB.fetchrow(
        "SELECT s.version, v.definition FROM __tenant__.survey s LEFT JOIN __tenant__.survey_version v"
        " ON v.survey = s.id AND v.number = s.version WHERE s.id = $1", survey)  # fmt: skip
    if row is None:
        raise SurveyUnknown
    if row["definition"] is None:
        raise VersionUnknown
    return Published(row["version"], definitions.read(row["definition"]))


async def version(survey: uuid.UUID, number: int) -> Definition:
    """What a version asks, also one that is answered no more. Raises VersionUnknown."""
    text = await DB.fetchval(
        "SELECT definition FROM __tenant__.survey_version WHERE survey = $1 AND number = $2 AND number > 0",
        survey, number)  # fmt: skip
    if text is None:
        raise VersionUnknown
    return definitions.read(text)


async def versions(survey: uuid.UUID) -> list[VersionNote]:
    """All published versions, the newest first. Raises SurveyUnknown."""
    await find(survey)
    rows = await DB.fetch(
        "SELECT number, frozen, created_at, definition FROM __tenant__.survey_version WHERE survey = $1 AND number > 0"
        " ORDER BY number DESC", survey)  # fmt: skip
    found = []
    for row in rows:
        asked = definitions.read(row["definition"])
        found.append(
            VersionNote(row["number"], row["frozen"], row["created_at"], len(asked.questions), tuple(asked.languages))
        )
    return found


async def draft(survey: uuid.UUID) -> Draft:
    """What is being edited. Raises SurveyUnknown."""
    row = await DB.fetchrow(
        "SELECT v.definition, (SELECT count(*) FROM __tenant__.survey_edit e WHERE e.survey = v.survey) AS edits"
        " FROM __tenant__.survey_version v WHERE v.survey = $1 AND v.number = 0", survey)  # fmt: skip
    if row is None:
        raise SurveyUnknown
    return Draft(definitions.read(row["definition"]), revision_of(row["definition"]), row["edits"])


def revision_of(text: str) -> str:
    """A short name of exactly this content."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


async def quotas(survey: uuid.UUID) -> list[Quota]:
    """The quotas of a survey in their order, with how many were taken."""
    rows = await DB.fetch(
        "SELECT q.id, q.name, q.condition, q.most, coalesce(c.taken, 0) AS taken, q.position"
        " FROM __tenant__.survey_quota q LEFT JOIN __tenant__.survey_quota_count c ON c.quota = q.id"
        " WHERE q.survey = $1 ORDER BY q.position, q.id", survey)  # fmt: skip
    return [Quota(**row) for row in rows]
