"""From sheets, offers and what was taken to what is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from tenants.kit import clock, ids
from tenants.kit.errors import NotFound
from tenants.kit.words import language_of_reader
from tenants.surveys.api.answering_shapes import (
    AskedChoice,
    AskedQuestion,
    InvitationShape,
    MySheet,
    MySurveyShape,
    SubmittedShape,
)
from tenants.surveys.rules import flow, links
from tenants.surveys.rules.completing import language_in
from tenants.surveys.rules.definition import say
from tenants.surveys.rules.refusals import SurveyUnknown
from tenants.surveys.rules.saying import show
from tenants.surveys.rules.turning_away import InvitationUnknown

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping

    from tenants.surveys.rules.answering import Submitted
    from tenants.surveys.rules.definition import Choice, Definition, Question
    from tenants.surveys.rules.invitations import Invitation
    from tenants.surveys.rules.looking import Sheet
    from tenants.surveys.rules.offering import Offer
    from tenants.surveys.rules.values import Given

API_ONCE = "api/"
_UNKNOWN: dict[str, type[NotFound]] = {"sur": SurveyUnknown, "svi": InvitationUnknown}


def read_id(prefix: str, text: str) -> uuid.UUID:
    """The id; a bad one is as unknown as one of nothing."""
    try:
        return ids.read(prefix, text)
    except NotFound:
        raise _UNKNOWN[prefix] from None


def read_invitation(text: str | None) -> uuid.UUID | None:
    """The id of an invitation, where one is named."""
    return read_id("svi", text) if text else None


def offer(found: Offer) -> MySurveyShape:
    """A survey in a member's list."""
    return MySurveyShape(
        id=ids.show("sur", found.survey), name=found.name.say(), reward=found.reward.say() if found.reward else "",
        points=found.points, minutes=found.minutes, phase=found.phase, phases=found.phases, begun=found.begun,
        anonymous=found.anonymous, ends_at=found.ends_at,
        invitation=ids.show("svi", found.invitation) if found.invitation else None)  # fmt: skip


def sheet(found: Sheet, wanted: str = "") -> MySheet:
    """A survey as a member meets it, in the language that they want or began in."""
    definition = found.definition
    language = language_in(definition, wanted, found.language, language_of_reader())
    known = {**found.earlier, **found.answers}
    questions = flow.visible(definition, found.phase, known) if found.state == "open" else []

    def said(texts: dict[str, str]) -> str:
        return flow.said(texts, known, definition=definition, language=language)

    return MySheet(
        id=ids.show("sur", found.survey), state=found.state, title=said(definition.title) or found.name.say(),
        start_title=said(definition.start_title), start_text=said(definition.start_text), language=language,
        languages=definition.languages, version=found.version, phase=found.phase, phases=len(definition.phases) or 1,
        one_by_one=definition.one_by_one, colour=definition.colour,
        questions=[_question(one, definition, known, language) for one in questions],
        answers=_answers(definition, found.answers), reached=found.reached, anonymous=found.anonymous,
        reward=found.reward.say() if found.reward else "", opens_on=found.opens_on, ends_at=found.ends_at,
        why=found.why.say() if found.why else "")  # fmt: skip


def submitted(done: Submitted) -> SubmittedShape:
    """Answers that were taken. Anonymous ones are not said back: the reply to a keyed call is kept."""
    definition = done.definition
    answers = done.answers if done.response else {}
    return SubmittedShape(
        survey=ids.show("sur", done.survey), response=ids.show("svr", done.response) if done.response else None,
        phase=done.phase, points=done.thanks.points, points_refused=done.thanks.points_refused,
        voucher_code=done.thanks.voucher_code,
        end_title=flow.said(definition.end_title, answers, definition=definition, language=done.language),
        end_text=flow.said(definition.end_text, answers, definition=definition, language=done.language),
        more=done.more, next_on=done.next_on, repeated=done.repeated)  # fmt: skip


def write(done: Submitted) -> tuple[int, bytes]:
    """Status and JSON of answers that were handed in."""
    return (200 if done.repeated else 201), msgspec.json.encode(submitted(done))


def invitation(found: Invitation) -> InvitationShape:
    """An invitation with its personal link."""
    return InvitationShape(
        id=ids.show("svi", found.id), survey=ids.show("sur", found.survey), member=ids.show("mem", found.member),
        source=found.source, reference=found.once.removeprefix(API_ONCE), state=found.state(clock.now()),
        address=links.address(links.write(found.id)), opens_at=found.opens_at, expires_at=found.expires_at,
        revoked_at=found.revoked_at, created_at=found.created_at, repeated=found.repeated)  # fmt: skip


def _question(question: Question, definition: Definition, known: Mapping[str, Given], language: str) -> AskedQuestion:
    def said(texts: dict[str, str]) -> str:
        return flow.said(texts, known, definition=definition, language=language)

    def choices(given: list[Choice]) -> list[AskedChoice]:
        return [
            AskedChoice(
                key=one.key, text=say(one.text, languages=definition.languages, language=language), picture=one.picture)
            for one in given
        ]  # fmt: skip

    return AskedQuestion(
        key=question.key, kind=question.kind, text=said(question.text), help=said(question.help),
        required=question.required, choices=choices(question.choices), rows=choices(question.rows),
        other=question.other, several=question.several,
        least=None if question.least is None else f"{question.least:f}",
        most=None if question.most is None else f"{question.most:f}", earliest=question.earliest,
        latest=question.latest, pattern=question.pattern, low=said(question.labels.get("low", {})),
        high=said(question.labels.get("high", {})), page=question.page)  # fmt: skip


def _answers(definition: Definition, answers: Mapping[str, Given]) -> dict[str, object]:
    found = {}
    for key, given in answers.items():
        question = definition.question(key)
        if question is not None:
            found[key] = show(question, given)
    return found
