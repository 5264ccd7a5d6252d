"""Calls on members as a whole: merges, erasures and imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.operations import Call, World

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


async def know(world: World) -> None:
    """A merge and an import."""
    world.known["merge_id"] = await _merged(world)
    world.known["import_id"] = await _imported(world)


async def _pair(world: World) -> dict[str, Any]:
    return {"source": await world.new_member(), "target": await world.new_member(), "take": ["name"]}


async def _merge_body(world: World) -> dict[str, Any]:
    return {**await _pair(world), "reference": world.name()}


async def _merged(world: World) -> str:
    return str((await world.post("/v1/member-merges", await _merge_body(world)))["id"])


async def _imported(world: World) -> str:
    sheet = f"external_id,name,birthday\n{world.name()},{world.word},1990-05-20\n{world.name()},{world.word},never\n"
    reply = await world.shop.server().post("/v1/member-imports", content=sheet, headers={"content-type": "text/csv"})
    assert reply.status_code == 200, reply.text
    return str(reply.json()["id"])


async def _merge(world: World) -> Call:
    return Call(body=await _merge_body(world))


async def _preview(world: World) -> Call:
    return Call(body=await _pair(world))


async def _undo(world: World) -> Call:
    return Call(path={"merge_id": await _merged(world)})


async def _erase(world: World) -> Call:
    member = await world.new_member()
    return Call(path={"member_id": member}, body={"reason": "asked", "confirm": member})


async def _erased(world: World) -> Call:
    call = await _erase(world)
    await world.ask("PUT", f"/v1/members/{call.path['member_id']}/erasure", call.body)
    return Call(path=call.path)


CALLS: dict[str, Callable[[World], Awaitable[Call]]] = {
    "eraseMember": _erase,
    "getMemberErasure": _erased,
    "mergeMembers": _merge,
    "previewMemberMerge": _preview,
    "undoMemberMerge": _undo,
}
