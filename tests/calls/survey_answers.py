"""Surveys sent out and answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.calls.surveys import new_survey
from tests.operations import Call, World

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


async def know(world: World) -> None:
    """An invitation."""
    made = await world.post("/v1/survey-invitations", await _invitation(world))
    world.known["invitation_id"] = made["id"]


async def _invitation(world: World) -> dict[str, Any]:
    return {"survey": await new_survey(world), "member": world.member, "reference": world.name(),
            "opens_at": None, "expires_at": None}  # fmt: skip


async def _response(world: World) -> dict[str, Any]:
    answers = {"skin": {"choices": ["other"], "other": world.word}, "nps": 9, "word": world.word}
    return {"survey": await new_survey(world), "answers": answers, "phase": 1, "language": "zh"}


async def _answer(world: World) -> Call:
    return Call(body=await _response(world))


async def _answer_for(world: World) -> Call:
    return Call(body={"member": world.member, **await _response(world)})


async def _save(world: World) -> Call:
    body = {"answers": {"skin": "dry", "word": world.word}, "reached": "word", "language": "en"}
    return Call(path={"survey_id": await new_survey(world)}, body=body)


async def _invite(world: World) -> Call:
    return Call(body=await _invitation(world))


async def _revoke(world: World) -> Call:
    made = await world.post("/v1/survey-invitations", await _invitation(world))
    return Call(path={"invitation_id": made["id"]})


CALLS: dict[str, Callable[[World], Awaitable[Call]]] = {
    "answerSurvey": _answer,
    "answerSurveyFor": _answer_for,
    "inviteToSurvey": _invite,
    "revokeSurveyInvitation": _revoke,
    "saveMyAnswers": _save,
}
