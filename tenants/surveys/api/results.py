"""What came of a survey, for the seller's backend: figures, cross-tables, courses, and the rows behind them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Annotated, Any, Literal

from litestar import Controller, get
from litestar.di import NamedDependency, Provide
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Example
from litestar.params import FromPath, QueryParameter
from litestar.response import Stream
from litestar.status_codes import HTTP_200_OK

from tenants.kit import ids
from tenants.kit.errors import Invalid, NotFound
from tenants.kit.shapes import Page, page, read_cursor
from tenants.kit.words import Words
from tenants.surveys.api import results_shown as shown
from tenants.surveys.api.result_shapes import (  # noqa: TC001  Litestar reads them
    CrosstabShape,
    ResponseShape,
    ResponseWithAnswers,
    ResultsShape,
    TimelineShape,
    WrittenShape,
)
from tenants.surveys.rules import asked as asking
from tenants.surveys.rules import browsing, crosstabs, dropping, exporting, filtering, results, timelines
from tenants.surveys.rules.asked import Asked, AskedQuestion  # noqa: TC001  the same
from tenants.surveys.rules.refusals import SurveyUnknown
from tenants.tenancy import current_tenant

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

Limit = Annotated[int, QueryParameter(ge=1, le=100, description="How many rows at most.")]
Cursor = Annotated[str | None, QueryParameter(description="`next_cursor` of the page before.")]
SurveyId = FromPath[str]
Cells = Annotated[
    exporting.Cells, QueryParameter(description="Choices and titles as texts in your language, or as keys.")
]
_SAMPLE = (
    "Response,State,Suspect,Version,Phase,Language,Via,Level,Member,External id,Started,Completed,"
    "What is your skin like?\r\nsvr_01kaecw0x5f3qs8q7t6v2m9d3c,complete,,1,1,zh,centre,Gold,"
    "mem_01kaecw0x5f3qs8q7t6v2m9d3d,shopper-1001,2026-11-21 16:30:00,2026-11-21 16:31:02,Dry\r\n"
)


async def meant(
    *,
    response_state: Annotated[Literal["complete", "partial", "any"] | None, QueryParameter(name="state")] = None,
    suspects: Annotated[
        Literal["apart", "with", "only"] | None, QueryParameter(description="Those that look like machines: left out.")
    ] = None,
    version: Annotated[int | None, QueryParameter(ge=1, le=100_000)] = None,
    phase: Annotated[int | None, QueryParameter(ge=1, le=20)] = None,
    language: Annotated[str | None, QueryParameter(max_length=20)] = None,
    via: Annotated[Literal["api", "centre", "link", "open", "embed"] | None, QueryParameter()] = None,
    level: Annotated[str | None, QueryParameter(description="`lvl_…` when it was answered, or `none`.")] = None,
    tag: Annotated[str | None, QueryParameter(description="A tag of the member now.")] = None,
    attribute: Annotated[str | None, QueryParameter(description="`key=value` of the member now.")] = None,
    rfm: Annotated[str | None, QueryParameter(description="The key of the member's RFM group now.")] = None,
    reached: Annotated[str | None, QueryParameter(description="The key of the question that they saw last.")] = None,
    since: Annotated[str | None, QueryParameter(description="From this day of the shop on, 2026-01-31.")] = None,
    until: Annotated[str | None, QueryParameter(description="To the end of this day.")] = None,
    answer: Annotated[
        str | None,
        QueryParameter(
            description="Their answers: `skin:dry,nps:9..10`, of a matrix `table.row:good`; `key:*` any, `key:!` none."
        ),
    ] = None,
) -> dict[str, str]:
    """Which responses are meant, in the fields that every route here takes."""
    said = {
        "state": response_state, "suspects": suspects, "version": version, "phase": phase, "language": language,
        "via": via, "level": level, "tag": tag, "attribute": attribute, "rfm": rfm, "reached": reached,
        "since": since, "until": until, "answer": answer,
    }  # fmt: skip
    return {name: str(value) for name, value in said.items() if value is not None}


class SurveyResultsController(Controller):
    """Results."""

    path = "/v1/surveys/{survey_id:str}"
    tags = ("Surveys",)
    dependencies = {"fields": Provide(meant)}  # noqa: RUF012  as Litestar has it

    @get("/results", operation_id="getSurveyResults", summary="What came of a survey")
    async def show(self, survey_id: SurveyId, fields: NamedDependency[dict[str, str]]) -> ResultsShape:
        """Every question: counts with shares and 95 % intervals, scores, numbers, and where people stop.

        Counted as you ask; answers of all versions together, by the keys of questions. Errors: `survey.unknown` (404),
        `survey.no_way_back` (422) for what an anonymous survey does not know, `invalid` (400).
        """
        asked, chosen = await _read(survey_id, fields)
        found = await results.results(asked, chosen)
        drops = await dropping.drop_off(asked, chosen, found.answered)
        return shown.results(asked, found, drops)

    @get("/results/crosstab", operation_id="getSurveyCrosstab", summary="One question by who answered")
    async def cross(
        self,
        *,
        survey_id: SurveyId,
        fields: NamedDependency[dict[str, str]],
        question: Annotated[str, QueryParameter(description="Its key.")],
        by: Annotated[crosstabs.By, QueryParameter(description="What divides those who answered.")] = "level",
        part: Annotated[str, QueryParameter(description="The row, of a matrix.")] = "",
        other: Annotated[str, QueryParameter(description="The attribute's key, or the other question's.")] = "",
        other_part: Annotated[str, QueryParameter(description="The row, of a matrix.")] = "",
    ) -> CrosstabShape:
        """How groups differ in their answers; chi-square where they do not overlap, scores against all others.

        Of an anonymous survey no group of fewer than five is told. Errors: `survey.unknown` (404),
        `survey.no_way_back` (422), `invalid` (400).
        """
        asked, chosen = await _read(survey_id, fields)
        one = _question(asked, question)
        found = await crosstabs.crosstab(
            asked, chosen, one, by=by, part=part, other=other, other_part=other_part
        )  # fmt: skip
        return shown.crosstab(found)

    @get("/results/timeline", operation_id="getSurveyTimeline", summary="A survey over time")
    async def course(
        self,
        survey_id: SurveyId,
        fields: NamedDependency[dict[str, str]],
        step: Annotated[timelines.Step | None, QueryParameter(description="What shows best, unless said.")] = None,
        question: Annotated[str | None, QueryParameter(description="A scored question; else responses.")] = None,
    ) -> TimelineShape:
        """Responses, or the score of a question, by days, weeks from Monday, or months of the shop's zone.

        Errors: `survey.unknown` (404), `survey.no_way_back` (422) for an anonymous survey, `invalid` (400).
        """
        asked, chosen = await _read(survey_id, fields)
        one = _question(asked, question) if question is not None else None
        return shown.timeline(await timelines.timeline(asked, chosen, step=step, one=one))

    @get("/responses", operation_id="listSurveyResponses", summary="The responses of a survey")
    async def list_responses(
        self, survey_id: SurveyId, fields: NamedDependency[dict[str, str]], limit: Limit = 20, cursor: Cursor = None
    ) -> Page[ResponseShape]:
        """The newest first; the order of anonymous ones says nothing.

        Errors: `survey.unknown` (404), `survey.no_way_back` (422), `invalid` (400), also for another list's cursor.
        """
        asked, chosen = await _read(survey_id, fields)
        scope = f"{current_tenant().schema}:survey_responses:{asked.id}:{chosen.query}"
        before = _before(cursor, scope)
        rows = await browsing.responses(asked, chosen, before=before, limit=limit + 1)
        sheet = page([browsing.Written(row) for row in rows], limit=limit, scope=scope)
        data = [shown.response(asked, one.row) for one in sheet.data]
        return Page(data=data, has_more=sheet.has_more, next_cursor=sheet.next_cursor)

    @get("/responses/{response_id:str}", operation_id="getSurveyResponse", summary="One response")
    async def response(self, survey_id: SurveyId, response_id: FromPath[str]) -> ResponseWithAnswers:
        """With every question as its version asked it, and what it changed of its member.

        Errors: `survey.unknown`, `survey.response_unknown` (404).
        """
        asked = await asking.asked(_survey(survey_id))
        row, said = await browsing.response(asked, _response(response_id))
        return shown.with_answers(asked, row, said, await browsing.effects_of(row["id"]))

    @get("/texts", operation_id="listSurveyTexts", summary="What was written")
    async def texts(
        self,
        *,
        survey_id: SurveyId,
        fields: NamedDependency[dict[str, str]],
        question: Annotated[str, QueryParameter(description="Its key.")],
        search: Annotated[
            str, QueryParameter(max_length=200, description="Words, Chinese or English; all of them must stand in it.")
        ] = "",
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> Page[WrittenShape]:
        """Texts of a question, or what was written beside “other”, the newest first.

        Errors: `survey.unknown` (404), `survey.no_way_back` (422), `invalid` (400), also for another list's cursor.
        """
        asked, chosen = await _read(survey_id, fields)
        one = _question(asked, question)
        scope = f"{current_tenant().schema}:survey_texts:{asked.id}:{chosen.query}:{question}:{search}"
        before = _before(cursor, scope)
        rows = await browsing.texts(asked, chosen, one, search=search, before=before, limit=limit + 1)
        sheet = page(rows, limit=limit, scope=scope)
        data = [shown.written(one.row) for one in sheet.data]
        return Page(data=data, has_more=sheet.has_more, next_cursor=sheet.next_cursor)

    @get(
        "/export.csv", operation_id="exportSurveyCsv", summary="Responses as CSV", media_type="text/csv",
        responses={HTTP_200_OK: ResponseSpec(
            str, generate_examples=False, media_type="text/csv", description="The file.",
            examples=[Example(value=_SAMPLE, id="example")])})  # fmt: skip
    async def export_csv(
        self, survey_id: SurveyId, fields: NamedDependency[dict[str, str]], cells: Cells = "texts"
    ) -> Stream:
        """A row for each response of the filter, a column for each question or row of a matrix; as many as there are.

        What a spreadsheet would take for a formula stands behind an apostrophe. Errors: `survey.unknown` (404),
        `survey.no_way_back` (422), `invalid` (400).
        """
        asked, chosen = await _read(survey_id, fields)
        return _file(exporting.csv_parts(asked, chosen, cells=cells), exporting.CSV_TYPE, asked, "csv")

    @get(
        "/export.xlsx", operation_id="exportSurveyExcel", summary="Responses as an Excel file",
        media_type=exporting.EXCEL_TYPE,
        responses={HTTP_200_OK: ResponseSpec(
            str, generate_examples=False, media_type=exporting.EXCEL_TYPE, description="The file.",
            examples=[Example(value="(an Excel file)", id="example")])})  # fmt: skip
    async def export_excel(
        self, survey_id: SurveyId, fields: NamedDependency[dict[str, str]], cells: Cells = "texts"
    ) -> Stream:
        """The same, text as text and numbers as numbers.

        Errors: `survey.unknown` (404), `survey.no_way_back` (422), `invalid` (400).
        """
        asked, chosen = await _read(survey_id, fields)
        return _file(exporting.excel_parts(asked, chosen, cells=cells), exporting.EXCEL_TYPE, asked, "xlsx")


async def _read(survey_id: str, fields: dict[str, str]) -> tuple[Asked, filtering.Filter]:
    asked = await asking.asked(_survey(survey_id))
    return asked, filtering.read(fields, asked)


def _survey(text: str) -> uuid.UUID:
    try:
        return ids.read("sur", text)
    except NotFound:
        raise SurveyUnknown from None


def _response(text: str) -> uuid.UUID:
    try:
        return ids.read("svr", text)
    except NotFound:
        raise browsing.ResponseUnknown from None


def _question(asked: Asked, key: str) -> AskedQuestion:
    one = asked.find(key)
    if one is None:
        raise Invalid(param="question", problem=Words(en="the survey asks no such question", zh="问卷中没有这道题"))
    return one


def _before(cursor: str | None, scope: str) -> uuid.UUID | None:
    position = read_cursor(cursor, scope=scope)
    return uuid.UUID(position) if position else None


def _file(parts: AsyncIterator[bytes], media_type: str, asked: Asked, ending: str) -> Stream:
    name = f"survey-{ids.show('sur', asked.id)}.{ending}"
    headers: dict[str, Any] = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Stream(parts, media_type=media_type, headers=headers)
