"""Segments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.operations import Call, World

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


async def know(world: World) -> None:
    """A segment of the members with the world's word as tag."""
    await world.post(f"/v1/members/{world.member}/tags", {"tags": [world.word]})
    world.known["segment_id"] = await _segment(world)


def _rule(world: World) -> dict[str, Any]:
    return {"any": [{"about": "tag", "op": "is", "value": [world.word]}, {"about": "age", "op": "less", "value": 200}]}


def _body(world: World) -> dict[str, Any]:
    return {"name_en": world.name(), "name_zh": world.word, "rule": _rule(world)}


async def _segment(world: World) -> str:
    return str((await world.post("/v1/segments", _body(world)))["id"])


async def _create(world: World) -> Call:
    return Call(body=_body(world))


async def _change(world: World) -> Call:
    body = {"name_en": world.name(), "name_zh": world.word, "rule": {"not": _rule(world)}}
    return Call(path={"segment_id": await _segment(world)}, body=body)


async def _remove(world: World) -> Call:
    return Call(path={"segment_id": await _segment(world)})


async def _try(world: World) -> Call:
    return Call(body={"rule": _rule(world)})


CALLS: dict[str, Callable[[World], Awaitable[Call]]] = {
    "changeSegment": _change,
    "createSegment": _create,
    "removeSegment": _remove,
    "trySegment": _try,
}
