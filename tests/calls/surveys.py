"""Surveys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.operations import Call, World

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


async def know(world: World) -> None:
    """A survey that is live, with a quota."""
    survey = await new_survey(world)
    world.known |= {"survey_id": survey, "template_key": "beauty", "version_number": "1"}
    made = await world.post(f"/v1/surveys/{survey}/quotas", _quota(world))
    world.known["quota_id"] = made["id"]


def definition(world: World) -> dict[str, Any]:
    """What is asked: a choice, a number and a word."""
    text = {"zh": world.word, "en": world.word}
    return {
        "languages": ["zh", "en"], "title": text, "start_title": text, "start_text": text, "end_title": text,
        "end_text": text, "closed_text": text, "colour": "#aa3300", "one_by_one": True,
        "questions": [
            {"key": "skin", "kind": "single", "text": text, "help": text, "required": True, "shuffled": True,
             "choices": [{"key": "dry", "text": text}, {"key": "oily", "text": text}], "other": True,
             "error": text, "effect": {"tags": {"dry": world.word}}, "phase": 1, "page": 1},
            {"key": "nps", "kind": "nps", "text": text, "labels": {"low": text, "high": text},
             "show_if": 'skin = "dry"'},
            {"key": "word", "kind": "short", "text": text, "least": 1, "most": 50, "pattern": ""},
        ],
        "jumps": [{"after": "skin", "when": 'skin = "oily"', "to": "end"}],
    }  # fmt: skip


def _body(world: World, **changes: Any) -> dict[str, Any]:
    return {
        "name_en": world.name(), "name_zh": world.name(), "purpose": "data", "access": "members", "open_link": True,
        "anonymous": False, "repeat_days": 1, "phase_gap_days": 0, "after_event": "joined", "after_days": 1,
        "invitation_days": 30, "low_question": "nps", "low_at_most": 6, "starts_at": "2026-01-01T00:00:00Z",
        "ends_at": "2199-01-01T00:00:00Z", "definition": definition(world), **changes,
    }  # fmt: skip


async def new_survey(world: World, **changes: Any) -> str:
    """A survey that can be answered now."""
    made = await new_draft(world, **changes)
    await world.post("/v1/survey-publications", {"survey": made})
    return made


async def new_draft(world: World, **changes: Any) -> str:
    """A survey that cannot yet."""
    return str((await world.post("/v1/surveys", _body(world, **changes)))["id"])


def _quota(world: World) -> dict[str, Any]:
    return {"name": world.name(), "condition": 'skin = "dry"', "most": 1000, "position": 1}


async def _create(world: World) -> Call:
    return Call(body=_body(world))


async def _change(world: World) -> Call:
    return Call(
        path={**world.known, "survey_id": await new_survey(world)}, body={"name_en": world.name(), "repeat_days": 9}
    )


async def _remove(world: World) -> Call:
    return Call(path={**world.known, "survey_id": await new_draft(world)})


async def _set_draft(world: World) -> Call:
    survey = await new_draft(world)
    seen = await world.ask("GET", f"/v1/surveys/{survey}/draft")
    body = {"definition": {**definition(world), "colour": "#0033aa"}, "revision": seen["revision"]}
    return Call(path={**world.known, "survey_id": survey}, body=body)


async def _undo(world: World) -> Call:
    call = await _set_draft(world)
    seen = await world.ask("PUT", f"/v1/surveys/{call.path['survey_id']}/draft", call.body)
    return Call(body={"survey": call.path["survey_id"], "revision": seen["revision"]})


async def _publish(world: World) -> Call:
    return Call(body={"survey": await new_draft(world)})


async def _live(world: World) -> Call:
    return Call(body={"survey": await new_survey(world)})


async def _paused(world: World) -> Call:
    survey = await new_survey(world)
    await world.post("/v1/survey-pauses", {"survey": survey})
    return Call(body={"survey": survey})


async def _clone(world: World) -> Call:
    return Call(body={"survey": world.known["survey_id"], "name_en": world.name(), "name_zh": world.name()})


async def _set_quota(world: World) -> Call:
    return Call(path=world.known, body=_quota(world))


async def _remove_quota(world: World) -> Call:
    survey = await new_survey(world)
    made = await world.post(f"/v1/surveys/{survey}/quotas", _quota(world))
    return Call(path={"survey_id": survey, "quota_id": made["id"]})


CALLS: dict[str, Callable[[World], Awaitable[Call]]] = {
    "changeSurvey": _change,
    "cloneSurvey": _clone,
    "createSurvey": _create,
    "endSurvey": _live,
    "pauseSurvey": _live,
    "publishSurvey": _publish,
    "removeSurvey": _remove,
    "removeSurveyQuota": _remove_quota,
    "resumeSurvey": _paused,
    "setSurveyDraft": _set_draft,
    "setSurveyQuota": _set_quota,
    "undoSurveyEdit": _undo,
}
