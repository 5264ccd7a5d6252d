"""Making surveys, for the seller's backend: settings, drafts, publication, versions, templates and quotas."""

from __future__ import annotations

import uuid
from typing import Annotated

import msgspec
from litestar import Controller, delete, get, patch, post, put
from litestar.params import FromPath, JSONBody, PathParameter, QueryParameter

from tenants import surveys
from tenants.kit.shapes import Page, page, read_cursor
from tenants.surveys.api import showing
from tenants.surveys.api.definition_shapes import (
    DraftShape,
    NewDraft,
    NewQuota,
    NewSurvey,
    QuotaList,
    QuotaShape,
    SurveyChange,
    SurveyClone,
    SurveyNamed,
    SurveyShape,
    SurveyState,
    SurveyTemplateAsked,
    SurveyTemplateList,
    SurveyUndo,
    VersionAsked,
    VersionList,
    VersionShape,
)
from tenants.tenancy import current_tenant

Limit = Annotated[int, QueryParameter(ge=1, le=100, description="How many rows at most.")]
Cursor = Annotated[str | None, QueryParameter(description="`next_cursor` of the page before.")]
SurveyId = Annotated[str, PathParameter(description="The survey, `sur_…`.")]


class SurveyController(Controller):
    """Surveys: how they are run and what they ask."""

    path = "/v1/surveys"
    tags = ("Surveys",)

    @post(operation_id="createSurvey", summary="Make a survey")
    async def create(self, data: JSONBody[NewSurvey]) -> SurveyShape:
        """Make a survey as a draft: empty, by a `template`, or with a `definition`. Members see it once published.

        Errors: `invalid` (400, with `param`), `survey.template_unknown`, `segment.unknown`, `voucher_template.unknown`
        (404).
        """
        terms, definition = showing.terms_of_new(data)
        return showing.survey(await surveys.find(await surveys.create(terms, definition=definition)))

    @get(operation_id="listSurveys", summary="List the surveys")
    async def list_all(
        self,
        survey_state: Annotated[SurveyState | None, QueryParameter(name="state")] = None,
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> Page[SurveyShape]:
        """Surveys, the newest first. Errors: `invalid` (400) for another list's cursor."""
        scope = f"{current_tenant().schema}:surveys:{survey_state}"
        position = read_cursor(cursor, scope=scope)
        before = uuid.UUID(position) if position else None
        rows = await surveys.surveys(state=survey_state, before=before, limit=limit + 1)
        sheet = page(rows, limit=limit, scope=scope)
        data = [showing.survey(row) for row in sheet.data]
        return Page(data=data, has_more=sheet.has_more, next_cursor=sheet.next_cursor)

    @get("/{survey_id:str}", operation_id="getSurvey", summary="Show a survey")
    async def show(self, survey_id: FromPath[str]) -> SurveyShape:
        """One survey and how it is run. Errors: `survey.unknown` (404)."""
        return showing.survey(await surveys.find(showing.survey_id(survey_id)))

    @patch("/{survey_id:str}", operation_id="changeSurvey", summary="Change how a survey is run")
    async def change(self, survey_id: FromPath[str], data: JSONBody[SurveyChange]) -> SurveyShape:
        """Fields that are left out stay; what is changed holds at once.

        Errors: `survey.unknown`, `segment.unknown`, `voucher_template.unknown` (404), `survey.ended`,
        `survey.answered` (whether it is anonymous, after the first answer), `survey.reward_by_answer`,
        `survey.not_ready` (422), `invalid` (400).
        """
        said = {name: value for name, value in msgspec.structs.asdict(data).items() if value is not msgspec.UNSET}
        return showing.survey(await surveys.change(showing.survey_id(survey_id), showing.inside(said)))

    @delete("/{survey_id:str}", operation_id="removeSurvey", summary="Throw a draft away")
    async def remove(self, survey_id: FromPath[str]) -> None:
        """Remove a survey that was never published. Errors: `survey.unknown` (404), `survey.published` (422)."""
        await surveys.remove(showing.survey_id(survey_id))

    @get("/{survey_id:str}/draft", operation_id="getSurveyDraft", summary="Show what is being edited")
    async def show_draft(self, survey_id: FromPath[str]) -> DraftShape:
        """The draft with its problems, its languages and the ways through it. Errors: `survey.unknown` (404)."""
        return await _draft(showing.survey_id(survey_id))

    @put("/{survey_id:str}/draft", operation_id="setSurveyDraft", summary="Put a new draft down")
    async def set_draft(self, survey_id: FromPath[str], data: JSONBody[NewDraft]) -> DraftShape:
        """Replace the draft, and answer with what keeps it from going live; members see it once it is published.

        Errors: `survey.unknown` (404), `survey.draft_moved` (409), `survey.ended` (422), `invalid` (400).
        """
        survey = showing.survey_id(survey_id)
        await surveys.edit(survey, data.definition, revision=data.revision)
        return await _draft(survey)

    @get("/{survey_id:str}/versions", operation_id="listSurveyVersions", summary="List what was published")
    async def list_versions(self, survey_id: FromPath[str]) -> VersionList:
        """All versions, the newest first. Errors: `survey.unknown` (404)."""
        found = await surveys.versions(showing.survey_id(survey_id))
        return VersionList(
            data=[
                VersionShape(
                    number=one.number, frozen=one.frozen, published_at=one.published_at, questions=one.questions,
                    languages=list(one.languages))
                for one in found
            ]
        )  # fmt: skip

    @get("/{survey_id:str}/versions/{version_number:int}", operation_id="getSurveyVersion", summary="Show a version")
    async def show_version(
        self,
        survey_id: FromPath[str],
        version_number: Annotated[int, PathParameter(ge=1, le=2_000_000_000)],
    ) -> VersionAsked:
        """What a version asks, also one that is answered no more.

        Errors: `survey.unknown`, `survey.version_unknown` (404).
        """
        survey = showing.survey_id(survey_id)
        asked = await surveys.version(survey, version_number)
        return VersionAsked(survey=showing.outside(survey), number=version_number, definition=asked)

    @get("/{survey_id:str}/quotas", operation_id="listSurveyQuotas", summary="List the quotas of a survey")
    async def list_quotas(self, survey_id: FromPath[str]) -> QuotaList:
        """Its quotas, and how many each has taken. Errors: `survey.unknown` (404)."""
        survey = (await surveys.find(showing.survey_id(survey_id))).id
        return QuotaList(data=[showing.quota(one) for one in await surveys.quotas(survey)])

    @post("/{survey_id:str}/quotas", operation_id="setSurveyQuota", summary="Make or change a quota", status_code=200)
    async def set_quota(self, survey_id: FromPath[str], data: JSONBody[NewQuota]) -> QuotaShape:
        """Make the quota of that name, or change it. What was answered before counts.

        A rewarded survey and an anonymous one take no condition. Errors: `survey.unknown` (404), `survey.ended`,
        `survey.reward_by_answer` (422), `invalid` (400).
        """
        made = await surveys.set_quota(
            showing.survey_id(survey_id), data.name, most=data.most, condition=data.condition,
            position=data.position)  # fmt: skip
        return showing.quota(made)

    @delete("/{survey_id:str}/quotas/{quota_id:str}", operation_id="removeSurveyQuota", summary="Remove a quota")
    async def remove_quota(self, survey_id: FromPath[str], quota_id: FromPath[str]) -> None:
        """It limits nobody any more. Errors: `survey.unknown`, `survey.quota_unknown` (404)."""
        await surveys.remove_quota(showing.survey_id(survey_id), showing.quota_id(quota_id))


class SurveyStepController(Controller):
    """What is done with a survey as a whole; each again changes nothing more."""

    path = "/v1"
    tags = ("Surveys",)

    @post("/survey-publications", operation_id="publishSurvey", summary="Publish a survey", status_code=200)
    async def publish(self, data: JSONBody[SurveyNamed]) -> SurveyShape:
        """Have members answer what the draft asks, from a draft or a pause too. What was begun goes on as it was.

        Errors: `survey.unknown` (404), `survey.not_ready` (422, `detail` names every problem), `survey.ended` (422).
        """
        survey = showing.survey_id(data.survey)
        await surveys.publish(survey)
        return showing.survey(await surveys.find(survey))

    @post("/survey-pauses", operation_id="pauseSurvey", summary="Pause a survey", status_code=200)
    async def pause(self, data: JSONBody[SurveyNamed]) -> SurveyShape:
        """Let nobody answer for now. Errors: `survey.unknown` (404), `survey.step_unfit` (422)."""
        survey = showing.survey_id(data.survey)
        await surveys.pause(survey)
        return showing.survey(await surveys.find(survey))

    @post("/survey-resumptions", operation_id="resumeSurvey", summary="Resume a survey", status_code=200)
    async def resume(self, data: JSONBody[SurveyNamed]) -> SurveyShape:
        """Let members answer again. Errors: `survey.unknown` (404), `survey.step_unfit` (422)."""
        survey = showing.survey_id(data.survey)
        await surveys.resume(survey)
        return showing.survey(await surveys.find(survey))

    @post("/survey-closures", operation_id="endSurvey", summary="End a survey", status_code=200)
    async def end(self, data: JSONBody[SurveyNamed]) -> SurveyShape:
        """Close a survey for good; its answers stay. Errors: `survey.unknown` (404), `survey.step_unfit` (422)."""
        survey = showing.survey_id(data.survey)
        await surveys.end(survey)
        return showing.survey(await surveys.find(survey))

    @post("/survey-clones", operation_id="cloneSurvey", summary="Copy a survey")
    async def clone(self, data: JSONBody[SurveyClone]) -> SurveyShape:
        """Make a draft with the same settings, questions and quotas.

        Errors: `survey.unknown` (404), `invalid` (400).
        """
        made = await surveys.clone(showing.survey_id(data.survey), name_en=data.name_en, name_zh=data.name_zh)
        return showing.survey(await surveys.find(made))

    @post("/survey-undos", operation_id="undoSurveyEdit", summary="Take an edit of a draft back", status_code=200)
    async def undo(self, data: JSONBody[SurveyUndo]) -> DraftShape:
        """Take back the last edit, up to fifty one after the other.

        Errors: `survey.unknown` (404), `survey.draft_moved` (409), `survey.nothing_to_undo`, `survey.ended` (422).
        """
        survey = showing.survey_id(data.survey)
        await surveys.undo(survey, revision=data.revision)
        return await _draft(survey)

    @get("/survey-templates", operation_id="listSurveyTemplates", summary="List what is ready to use")
    async def list_templates(self) -> SurveyTemplateList:
        """Templates by trade, in the caller's language."""
        return SurveyTemplateList(data=[showing.template(one) for one in surveys.TEMPLATES.values()])

    @get("/survey-templates/{template_key:str}", operation_id="getSurveyTemplate", summary="Show a template")
    async def show_template(self, template_key: FromPath[str]) -> SurveyTemplateAsked:
        """What it asks, and the settings that it suggests. Errors: `survey.template_unknown` (404)."""
        return showing.template_asked(surveys.template(template_key))


async def _draft(survey: uuid.UUID) -> DraftShape:
    found = await surveys.draft(survey)
    wrong = await surveys.obstacles(await surveys.find(survey), found.definition, await surveys.quotas(survey))
    return showing.draft(survey, found, wrong)
