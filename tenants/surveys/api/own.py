"""Surveys for members: what is open for me, going on with it, handing it in."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller, Response, get, post, put
from litestar.params import FromPath, JSONBody, QueryParameter

from tenants import members, surveys
from tenants.kit import clock, ids
from tenants.kit.words import language_of_reader
from tenants.surveys.api import telling
from tenants.surveys.api.answering_shapes import (
    MySheet,
    MySurveys,
    NewOwnResponse,
    NewResponse,
    SavedAnswers,
    SubmittedShape,
)
from tenants.surveys.api.telling import read_id, read_invitation
from tenants.tenancy.api import sent
from tenants.tenancy.callers import current_member
from tenants.tenancy.hot import HotVerb

# Judging answers takes as long as writing them: while one batch is written, the next is judged.
SUBMIT: HotVerb[surveys.Submission, surveys.Submitted] = HotVerb(
    surveys.submit_many, telling.write, name="survey-responses", at_once=2
)
LanguageAsked = Annotated[str | None, QueryParameter(description="The language to read in, as `zh` or `en`.")]
InvitationAsked = Annotated[str | None, QueryParameter(description="The invitation it is answered on, `svi_…`.")]


class MySurveyController(Controller):
    """What I am asked."""

    path = "/v1/me/surveys"
    tags = ("Surveys (member)",)

    @get(operation_id="listMySurveys", summary="Which surveys are open for me")
    async def list_mine(self) -> MySurveys:
        """All that I can answer now, up to fifty, the newest first, with what I get and how long it takes.

        Errors: `member.blocked` (403).
        """
        found = await surveys.offers(await members.own_member())
        return MySurveys(data=[telling.offer(one) for one in found])

    @get("/{survey_id:str}", operation_id="getMySurvey", summary="One survey as I meet it")
    async def show(
        self, survey_id: FromPath[str], language: LanguageAsked = None, invitation: InvitationAsked = None
    ) -> MySheet:
        """Records nothing. Where I cannot answer, `state` and `why` say so, and there are no questions.

        Errors: `survey.unknown`, `survey.invitation_unknown` (404), `survey.invitation_of_another`, `member.blocked`
        (403).
        """
        who = surveys.Who(member=await members.own_member(), invitation=read_invitation(invitation))
        return telling.sheet(await surveys.look(read_id("sur", survey_id), who), (language or "")[:20])

    @put("/{survey_id:str}/answers", operation_id="saveMyAnswers", summary="Save answers and see what comes next")
    async def save(self, survey_id: FromPath[str], data: JSONBody[SavedAnswers]) -> MySheet:
        """Keeps unfinished answers for ninety days, on the version on which I began. Safe to repeat.

        Those to an anonymous survey are only checked. Errors: `survey.unknown`, `survey.invitation_unknown` (404),
        `survey.answer_refused`, `invalid` (400, with `param`), `survey.closed`, `survey.not_for_you`, `survey.not_yet`,
        `survey.invitation_over` (422), `survey.answered_before` (409), `survey.invitation_of_another`, `member.blocked`
        (403), `busy` (422).
        """
        who = surveys.Who(member=await members.own_member(), invitation=read_invitation(data.invitation))
        found = await surveys.save(
            read_id("sur", survey_id), who, data.answers, language=data.language or language_of_reader(),
            reached=data.reached)  # fmt: skip
        return telling.sheet(found, data.language)


class MyResponseController(Controller):
    """What I hand in."""

    path = "/v1/me/survey-responses"
    tags = ("Surveys (member)",)

    @post(operation_id="answerSurvey", summary="Hand in my answers", opt={"lean": True}, status_code=201)
    async def submit(self, data: JSONBody[NewOwnResponse]) -> Response[SubmittedShape]:
        """Completes a phase and gives me what it is rewarded with: 201; the same answers again change nothing: 200.

        Only the questions that my answers lead to are asked for; answers to others are left out. Errors:
        `survey.unknown`, `survey.invitation_unknown`, `member.unknown` (404), `survey.answer_refused`, `invalid` (400,
        with `param`), `survey.closed`, `survey.full`, `survey.not_for_you`, `survey.not_yet`, `survey.invitation_over`
        (422), `survey.answered_before` (409), `survey.invitation_of_another`, `member.blocked` (403).
        """
        return await _submit(surveys.Who(member=current_member(), invitation=read_invitation(data.invitation)), data)


class ResponseController(Controller):
    """What members answered by a form of the shop's own."""

    path = "/v1/survey-responses"
    tags = ("Surveys",)

    @post(operation_id="answerSurveyFor", summary="Hand in a member's answers", opt={"lean": True}, status_code=201)
    async def submit(self, data: JSONBody[NewResponse]) -> Response[SubmittedShape]:
        """For forms of your own: the same rules as for the member, and the same answer.

        Errors: `not_found`, `survey.unknown`, `survey.invitation_unknown`, `member.unknown` (404),
        `survey.answer_refused`, `invalid` (400, with `param`), `survey.closed`, `survey.full`, `survey.not_for_you`,
        `survey.not_yet`, `survey.invitation_over` (422), `survey.answered_before` (409),
        `survey.invitation_of_another`, `member.blocked` (403).
        """
        who = surveys.Who(member=ids.read("mem", data.member), invitation=read_invitation(data.invitation))
        return await _submit(who, data)


async def _submit(who: surveys.Who, data: NewOwnResponse) -> Response[SubmittedShape]:
    asked = surveys.Submission(
        survey=read_id("sur", data.survey), who=who, answers=data.answers, at=clock.now(), phase=data.phase,
        language=data.language or language_of_reader())  # fmt: skip
    return sent(await SUBMIT(asked))
