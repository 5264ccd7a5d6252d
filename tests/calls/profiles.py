"""Profile completion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.operations import Call, World

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


async def know(world: World) -> None:
    """A live activity that asks for the telephone number."""
    made = await _activity(world)
    await world.ask("PATCH", f"/v1/profile-activities/{made}", {"state": "live"})
    world.known |= {"activity_id": made, "field": "phone"}


def _body(world: World) -> dict[str, Any]:
    return {"name_en": world.name(), "name_zh": world.word, "earlier": "count", "whole_points": 5}


async def _activity(world: World) -> str:
    made = str((await world.post("/v1/profile-activities", _body(world)))["id"])
    await world.ask("PUT", f"/v1/profile-activities/{made}/questions/phone", {"step": 1, "points": 3})
    return made


async def _create(world: World) -> Call:
    return Call(body=_body(world))


async def _change(world: World) -> Call:
    return Call(path={"activity_id": await _activity(world)}, body={"name_en": world.name(), "whole_points": 6})


async def _ask(world: World) -> Call:
    path = {"activity_id": await _activity(world), "field": "region"}
    return Call(path=path, body={"step": 2, "position": 1, "points": 4})


async def _unask(world: World) -> Call:
    return Call(path={"activity_id": await _activity(world), "field": "phone"})


CALLS: dict[str, Callable[[World], Awaitable[Call]]] = {
    "changeProfileActivity": _change,
    "createProfileActivity": _create,
    "removeProfileQuestion": _unask,
    "setProfileQuestion": _ask,
}
