"""Somebody answers: begins, goes on later, and hands in, alone or with hundreds of others in the same second.

What is read before (who it is, whose turn, what is asked) only prepares the answer: whether it is taken is decided by
the statement that writes it (`keeping`). Who was not taken is looked at again, and then is told why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from tenants.kit import clock, facts, ids
from tenants.kit.batches import Busy
from tenants.kit.errors import DomainError
from tenants.surveys.rules import anonymous, effects, keeping, quotas, thanking
from tenants.surveys.rules.access import Began, Door, Who, doors
from tenants.surveys.rules.completing import complete, language_in, partial
from tenants.surveys.rules.keeping import Plan
from tenants.surveys.rules.kept import answers_of
from tenants.surveys.rules.looking import Sheet, definition_at, earlier_of, look
from tenants.surveys.rules.news import Completed, TookPart
from tenants.surveys.rules.turning_away import (
    AnsweredBefore,
    InvitationOver,
    NotForYou,
    NotYet,
    SurveyClosed,
    SurveyFull,
)
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence
    from datetime import date, datetime

    from tenants.surveys.rules.definition import Definition
    from tenants.surveys.rules.values import Given

_ROUNDS_MAX = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What somebody hands in: answers by question, as `values.read_answer` takes them; saved ones count besides.

    `at` is when they asked, which decides whether the survey was still open. `phase` is that of the sheet that they
    were shown; it is told by the questions where it is left out. `suspect` says why it may not be of a person.
    """

    survey: uuid.UUID
    who: Who
    answers: Mapping[str, Any]
    at: datetime
    language: str = ""
    phase: int | None = None
    suspect: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """An answer that was taken, now or (`repeated`) before. `response` is None of an anonymous survey.

    `next_on` is the day from which the next phase, or the survey, can be answered again; None where it is done for
    good, or where the next phase is open already (`more`).
    """

    survey: uuid.UUID
    member: uuid.UUID | None
    response: uuid.UUID | None
    phase: int
    definition: Definition
    answers: Mapping[str, Given]
    language: str
    thanks: thanking.Thanks = field(default_factory=thanking.Thanks)
    more: bool = False
    next_on: date | None = None
    repeated: bool = False


async def submit(
    survey: uuid.UUID,
    who: Who,
    answers: Mapping[str, Any],
    *,
    language: str = "",
    phase: int | None = None,
    suspect: str = "",
) -> Submitted:
    """Hand in answers that are complete. The same again changes nothing (`repeated`).

    Raises SurveyUnknown, SurveyClosed, SurveyFull, NotForYou, NotYet, AnsweredBefore, InvitationUnknown,
    InvitationOver, InvitationOfAnother, MemberUnknown, MemberBlocked, AnswerRefused, Invalid.
    """
    asked = Submission(survey=survey, who=who, answers=answers, at=clock.now(), language=language, phase=phase,
                       suspect=suspect)  # fmt: skip
    [done] = await submit_many([asked])
    if isinstance(done, Exception):
        raise done
    return done


async def submit_many(asked: Sequence[Submission]) -> list[Submitted | Exception]:
    """Hand in the answers of many; for each, in order, what was taken or why not, as `submit` raises it."""
    found: dict[int, Submitted | Exception] = {}
    for _ in range(_ROUNDS_MAX):
        left = [place for place in range(len(asked)) if place not in found]
        if not left:
            break
        found |= await _round({place: asked[place] for place in left})
    return [found.get(place) or Busy() for place in range(len(asked))]


async def save(
    survey: uuid.UUID,
    who: Who,
    answers: Mapping[str, Any],
    *,
    language: str = "",
    reached: str = "",
) -> Sheet:
    """Keep answers that are not complete, to go on from later; what is said anew takes the place of what was said.

    Those to an anonymous survey are checked and not kept. Raises what `submit` raises.
    """
    moment = clock.now()
    for _ in range(_ROUNDS_MAX):
        door = (await doors([(survey, who)]))[0]
        plan = await _draft(door, answers, moment, language=language, reached=reached)
        if plan.anonymous:
            return replace(await look(survey, who), answers=plan.answers)
        if await keeping.begin(plan):
            return await look(survey, who)
    raise Busy


async def _draft(door: Door, sent: Mapping[str, Any], moment: datetime, *, language: str, reached: str) -> Plan:
    """Unfinished answers as they are to be written."""
    refusal = door.refusal(moment)
    if refusal is not None:
        raise refusal
    turn = door.turn(moment)
    if turn.state == "done":
        raise AnsweredBefore
    if turn.state == "later":
        raise NotYet(opens_on=turn.opens_on)
    began = door.at(turn.occurrence, turn.phase)
    version = began.version if began else door.survey["version"]
    definition = await _asked_by(door, version)
    saved = (await answers_of([began.response])).get(began.response, {}) if began and began.response else {}
    spoken = language_in(definition, language, began.language if began else "")
    answers = partial(definition, turn.phase, sent, saved=saved, language=spoken)
    known = {question.key for question in definition.questions}
    return Plan(
        place=0, door=door, definition=definition, version=version, occurrence=turn.occurrence,
        phase=turn.phase, participation=began.id if began else ids.new(),
        response=began.response if began and began.response else ids.new(), resumed=began is not None, answers=answers,
        known=answers, language=spoken, reached=reached if reached in known else (began.reached if began else ""),
        suspect="", at=moment, day=clock.today(current_tenant().timezone, moment),
        started_at=began.started_at if began else moment)  # fmt: skip


async def _round(asked: Mapping[int, Submission]) -> dict[int, Submitted | Exception]:
    """Settle as many as can be: those who may not answer, have answered, or are taken now."""
    found: dict[int, Submitted | Exception] = {}
    standing = dict(zip(asked, await doors([(one.survey, one.who) for one in asked.values()]), strict=True))
    known = await answers_of(
        [one.response for door in standing.values() for one in door.began if one.response])  # fmt: skip
    plans: list[Plan] = []
    first: set[tuple[object, ...]] = set()
    before: dict[int, _Before] = {}
    for place, door in standing.items():
        try:
            planned = await _plan(place, asked[place], door, known)
        except DomainError as error:
            found[place] = error
            continue
        if isinstance(planned, _Before):
            before[place] = planned
            continue
        key = (planned.door.survey["id"], planned.member, planned.door.who.visitor, planned.occurrence, planned.phase)
        if key not in first:  # the second of the same person in one batch is looked at when the first is written
            first.add(key)
            plans.append(planned)
    groups: dict[tuple[uuid.UUID, int], list[Plan]] = defaultdict(list)
    for plan in plans:
        groups[plan.door.survey["id"], plan.version].append(plan)
    for _, group in sorted(groups.items()):
        found |= await _keep(group)
    found |= await _repeated(before)
    return found


@dataclass(frozen=True, slots=True)
class _Before:
    """Somebody hands in what they have handed in before."""

    door: Door
    began: Began
    definition: Definition
    answers: Mapping[str, Given]
    language: str


async def _plan(
    place: int, asked: Submission, door: Door, known: Mapping[uuid.UUID, Mapping[str, Given]]
) -> Plan | _Before:
    """How this is to be written, or that it was before. Raises why it is not."""
    refusal = door.refusal(asked.at)
    if refusal is not None and not isinstance(refusal, SurveyClosed | NotForYou | InvitationOver):
        raise refusal
    turn = door.turn(asked.at)
    phase = asked.phase or _phase_of(asked.answers, door.definition) or turn.phase
    finished = door.at(turn.occurrence, phase)
    if finished is not None and finished.finished:
        return await _before(asked, door, finished, known)
    if refusal is not None:
        raise refusal
    if turn.state == "done":  # by what a merge brought, which stands under a name of its own
        raise AnsweredBefore
    if turn.state == "later" or phase != turn.phase:
        raise NotYet(opens_on=turn.opens_on or "…")
    began = door.at(turn.occurrence, turn.phase)
    version = began.version if began else door.survey["version"]
    definition = await _asked_by(door, version)
    saved = known.get(began.response, {}) if began and began.response else {}
    earlier = earlier_of(door, turn.occurrence, turn.phase, known)
    language = language_in(definition, asked.language, began.language if began else "")
    answers = complete(definition, turn.phase, asked.answers, saved=saved, earlier=earlier, language=language)
    return Plan(
        place=place, door=door, definition=definition, version=version,
        occurrence=turn.occurrence, phase=turn.phase, participation=began.id if began else _new_id(door),
        response=began.response if began and began.response else ids.new(), resumed=began is not None,
        answers=answers, known={**earlier, **answers}, language=language, reached=next(reversed(answers), ""),
        suspect=asked.suspect, at=asked.at, day=clock.today(current_tenant().timezone, asked.at),
        started_at=began.started_at if began else asked.at)  # fmt: skip


def _new_id(door: Door) -> uuid.UUID:
    return anonymous.new_id() if door.survey["anonymous"] else ids.new()


def _phase_of(answers: Mapping[str, Any], definition: Definition) -> int | None:
    questions = (definition.question(key) for key in answers)
    return next((question.phase for question in questions if question is not None), None)


async def _asked_by(door: Door, version: int) -> Definition:
    """What that version asks; a number asks the same for ever."""
    if version == door.survey["version"]:
        return door.definition
    return await definition_at(door.survey["id"], version)


async def _before(
    asked: Submission, door: Door, began: Began, known: Mapping[uuid.UUID, Mapping[str, Given]]
) -> _Before:
    """That the same was handed in before. Raises AnsweredBefore where it was something else."""
    version = began.version or door.survey["version"]
    definition = await _asked_by(door, version)
    language = language_in(definition, asked.language, began.language)
    kept = known.get(began.response, {}) if began.response else {}
    earlier = earlier_of(door, began.occurrence, began.phase, known)
    try:
        answers = complete(definition, began.phase, asked.answers, saved={}, earlier=earlier, language=language)
    except DomainError:
        raise AnsweredBefore from None
    if not door.survey["anonymous"] and answers != kept:
        raise AnsweredBefore
    return _Before(door, began, definition, answers, language)


async def _keep(plans: Sequence[Plan]) -> dict[int, Submitted | Exception]:
    """Write a batch to one version of one survey, within its quotas; who is not taken stays out of the answer."""
    row = plans[0].door.survey
    found: dict[int, Submitted | Exception] = {}
    left = list(plans)
    while left:
        if row["limited"]:
            left, over = await quotas.admit(left)
            found |= {plan.place: SurveyFull() for plan in over}
        try:
            if not row["limited"]:
                return found | await _write(left)
            async with DB.savepoint():
                taken = await _write(left)
                await quotas.claim([plan for plan in left if plan.place in taken])
                return found | taken
        except quotas.NoPlace:
            continue  # others were faster: count again who fits
    return found


async def _write(plans: Sequence[Plan]) -> dict[int, Submitted | Exception]:
    """Write what is to be written of these, and what comes of it; only those that were taken are in the answer."""
    if not plans:
        return {}
    write = anonymous.put if plans[0].anonymous else keeping.keep
    places = await write(plans)
    taken = [plan for plan in plans if plan.place in places]
    if not taken:
        return {}
    thanks = await thanking.thank(taken)
    await effects.apply(taken)
    await facts.announce(
        Completed(
            tuple(
                TookPart(
                    survey=plan.door.survey["id"], member=plan.member, participation=plan.participation,
                    response=None if plan.anonymous else plan.response, phase=plan.phase, at=plan.at)
                for plan in taken
            )
        )
    )  # fmt: skip
    return {plan.place: _submitted(plan, thanks.get(plan.participation, thanking.Thanks())) for plan in taken}


async def _repeated(before: Mapping[int, _Before]) -> dict[int, Submitted | Exception]:
    thanks = await thanking.thanked(
        [(one.door.survey["id"], one.began.id) for one in before.values() if one.door.who.member]
    )
    found: dict[int, Submitted | Exception] = {}
    for place, one in before.items():
        turn = one.door.turn(clock.now())
        found[place] = Submitted(
            survey=one.door.survey["id"], member=one.door.who.member, response=one.began.response,
            phase=one.began.phase, definition=one.definition, answers=one.answers, language=one.language,
            thanks=thanks.get(one.began.id, thanking.Thanks()), more=turn.state == "open", next_on=turn.opens_on,
            repeated=True)  # fmt: skip
    return found


def _submitted(plan: Plan, thanks: thanking.Thanks) -> Submitted:
    turn = _after(plan).turn(plan.at)
    return Submitted(
        survey=plan.door.survey["id"], member=plan.member, response=None if plan.anonymous else plan.response,
        phase=plan.phase, definition=plan.definition, answers=plan.known, language=plan.language, thanks=thanks,
        more=turn.state == "open", next_on=turn.opens_on)  # fmt: skip


def _after(plan: Plan) -> Door:
    """The door as it stands once this is written."""
    others = tuple(one for one in plan.door.began if one.id != plan.participation)
    mine = Began(
        id=plan.participation, occurrence=plan.occurrence, phase=plan.phase, finished=True, day=plan.day,
        response=plan.response, version=plan.version)  # fmt: skip
    return replace(plan.door, began=(*others, mine))
