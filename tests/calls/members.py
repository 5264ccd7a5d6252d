"""Calls on members as a whole: merges and erasures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.operations import Call, World

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


async def know(world: World) -> None:
    """A merge."""
    world.known["merge_id"] = await _merged(world)


async def _pair(world: World) -> dict[str, Any]:
    return {"source": await world.new_member(), "target": await world.new_member(), "take": ["name"]}


async def _merge_body(world: World) -> dict[str, Any]:
    return {**await _pair(world), "reference": world.name()}


async def _merged(world: World) -> str:
    return str((await world.post("/v1/member-merges", await _merge_body(world)))["id"])


async def _merge(world: World) -> Call:
    return Call(body=await _merge_body(world))


async def _preview(world: World) -> Call:
    return Call(body=await _pair(world))


async def _undo(world: World) -> Call:
    return Call(path={"merge_id": await _merged(world)})


async def _erase(world: World) -> Call:
    member = await world.new_member()
    return Call(path={"member_id": member}, body={"reason": "asked", "confirm": member})


CALLS: dict[str, Callable[[World], Awaitable[Call]]] = {
    "eraseMember": _erase,
    "mergeMembers": _merge,
    "previewMemberMerge": _preview,
    "undoMemberMerge": _undo,
}
