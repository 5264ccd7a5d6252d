"""Pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.make.pictures import picture
from tests.operations import Call, World

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


async def know(world: World) -> None:
    """One picture."""
    call = await _create(world)
    reply = await world.shop.server().post(
        "/v1/pictures", content=call.body, headers={"content-type": "application/octet-stream"}
    )
    world.known["picture_id"] = reply.json()["id"]


async def _create(world: World) -> Call:
    number = int(world.name().rpartition("-")[2])
    return Call(body=picture((number % 90 + 10, number // 90 + 10)))


CALLS: dict[str, Callable[[World], Awaitable[Call]]] = {"createPicture": _create}
