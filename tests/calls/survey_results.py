"""What came of a survey."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants.kit import ids
from tests.make import answers
from tests.operations import Call, World

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


async def know(world: World) -> None:
    """A survey that both members have answered."""
    definition = answers.every_kind()
    said = {"skin": {"choices": ["other"], "other": world.word}, "nps": 9, "wish": world.word}
    async with world.shop.open():
        survey = await answers.survey(definition, name=world.word)
        given = [answers.Answered(said, member=ids.read("mem", who)) for who in (world.member, world.other)]
        await answers.answer(survey, definition, given)
    world.known |= {"answered_survey": ids.show("sur", survey), "response_id": ids.show("svr", given[0].id)}


def _path(world: World) -> dict[str, str]:
    return {"survey_id": world.known["answered_survey"], "response_id": world.known["response_id"]}


async def _plain(world: World) -> Call:
    return Call(path=_path(world))


async def _crosstab(world: World) -> Call:
    return Call(path=_path(world), query={"question": "skin", "by": "question", "other": "nps"})


async def _texts(world: World) -> Call:
    return Call(path=_path(world), query={"question": "wish", "search": world.word})


CALLS: dict[str, Callable[[World], Awaitable[Call]]] = {
    "exportSurveyCsv": _plain,
    "exportSurveyExcel": _plain,
    "getSurveyCrosstab": _crosstab,
    "getSurveyResponse": _plain,
    "getSurveyResults": _plain,
    "getSurveyTimeline": _plain,
    "listSurveyResponses": _plain,
    "listSurveyTexts": _texts,
}
