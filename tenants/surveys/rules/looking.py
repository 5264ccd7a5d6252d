"""What somebody sees of a survey before they answer. Nothing here writes: scanners and previews follow every link."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from tenants.kit import clock
from tenants.kit.words import Words
from tenants.surveys.rules import quotas
from tenants.surveys.rules.access import Door, Who, definition_of, doors
from tenants.surveys.rules.kept import answers_of
from tenants.surveys.rules.refusals import SurveyUnknown
from tenants.surveys.rules.turning_away import InvitationOver, NotForYou, SurveyClosed
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from tenants.kit.errors import DomainError
    from tenants.surveys.rules.definition import Definition
    from tenants.surveys.rules.values import Given

State: TypeAlias = Literal["open", "done", "closed", "full", "not_for_you", "later"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A survey as one person meets it.

    `definition` is that of the `version` with which they began, else of the one in force; `phase` says which of its
    questions are asked now, `answers` what they have said of those so far, `earlier` what they said in phases before.
    An `anonymous` survey keeps nothing before it is complete, so whoever shows it page by page carries the answers
    along. `opens_on` is the day of the next phase or time. `why` says in words what stands in the way.
    """

    survey: uuid.UUID
    state: State
    who: Who
    definition: Definition
    version: int
    phase: int = 1
    occurrence: str = "ever"
    answers: Mapping[str, Given] = field(default_factory=dict)
    earlier: Mapping[str, Given] = field(default_factory=dict)
    reached: str = ""
    language: str = ""
    anonymous: bool = False
    opens_on: date | None = None
    ends_at: datetime | None = None
    reward: Words | None = None
    name: Words = Words(en="", zh="")  # noqa: RUF009  it is frozen
    why: DomainError | None = None

    @property
    def resumable(self) -> bool:
        """Whether an unfinished answer is kept."""
        return not self.anonymous


async def look(survey: uuid.UUID, who: Who) -> Sheet:
    """What somebody sees of a survey; records nothing.

    Raises SurveyUnknown, InvitationUnknown, InvitationOfAnother, MemberUnknown, MemberBlocked.
    """
    door = (await doors([(survey, who)]))[0]
    return await sheet_of(door, clock.now())


async def sheet_of(door: Door, moment: datetime) -> Sheet:
    """The sheet of one who stands there."""
    refusal = door.refusal(moment)
    if refusal is not None and not isinstance(refusal, SurveyClosed | NotForYou | InvitationOver):
        raise refusal
    row = door.survey
    turn = door.turn(moment)
    began = door.at(turn.occurrence, turn.phase)
    resumed = began if began is not None and not began.finished and began.response else None
    version = resumed.version if resumed else row["version"]
    definition = door.definition if version == row["version"] else await definition_at(row["id"], version)
    mine = [one.response for one in door.began if one.response and one.occurrence == turn.occurrence]
    known = await answers_of(mine)
    answers = known.get(resumed.response, {}) if resumed and resumed.response else {}
    earlier = earlier_of(door, turn.occurrence, turn.phase, known)
    state: State = "not_for_you" if isinstance(refusal, NotForYou) else turn.state
    if state in {"open", "later"} and refusal is not None:
        state = "closed"
    if state == "open" and row["limited"] and await quotas.full(row["id"], {**earlier, **answers}):
        state = "full"
    return Sheet(
        survey=row["id"], state=state, who=door.who, definition=definition, version=version, phase=turn.phase,
        occurrence=turn.occurrence, answers=answers, earlier=earlier, reached=resumed.reached if resumed else "",
        language=resumed.language if resumed else "", anonymous=row["anonymous"], opens_on=turn.opens_on,
        ends_at=row["ends_at"], reward=(await reward_words([row]))[row["id"]], name=name_of(row),
        why=refusal)  # fmt: skip


def earlier_of(
    door: Door, occurrence: str, phase: int, known: Mapping[uuid.UUID, Mapping[str, Given]]
) -> dict[str, Given]:
    """What they said in the finished phases before this one of the same occurrence."""
    earlier: dict[str, Given] = {}
    for one in sorted(door.began, key=lambda each: each.phase):
        if one.occurrence == occurrence and one.finished and one.phase < phase and one.response:
            earlier |= known.get(one.response, {})
    return earlier


async def definition_at(survey: uuid.UUID, number: int) -> Definition:
    """What a version asks. Raises SurveyUnknown."""
    text = await DB.fetchval(
        "SELECT definition FROM __tenant__.survey_version WHERE survey = $1 AND number = $2",
        survey, number)  # fmt: skip
    if text is None:
        raise SurveyUnknown
    return definition_of(text)


async def reward_words(rows: Sequence[Any]) -> dict[uuid.UUID, Words | None]:
    """What taking part in each of these surveys is rewarded with, in words."""
    templates = [row["reward_voucher"] for row in rows if row["reward_voucher"]]
    named = {
        row["id"]: row
        for row in (
            await DB.fetch(
                "SELECT id, name_en, name_zh FROM __tenant__.voucher_template WHERE id = ANY($1::uuid[])", templates)
            if templates else ()
        )
    }  # fmt: skip
    return {row["id"]: _reward(row, named.get(row["reward_voucher"])) for row in rows}


def name_of(row: Any) -> Words:
    """How a survey, or a voucher, is called in each language."""
    return Words(en=row["name_en"] or row["name_zh"], zh=row["name_zh"] or row["name_en"])


def _reward(row: Any, template: Any) -> Words | None:
    points = row["reward_points"]
    en, zh = ([f"{points:,} points"], [f"{points:,} 积分"]) if points else ([], [])
    if template is not None:
        name = name_of(template)
        en.append(name.en)
        zh.append(name.zh)
    return Words(en=" + ".join(en), zh=" + ".join(zh)) if en else None
