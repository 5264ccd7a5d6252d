"""Calls on the rules and books of points; entries and holds are in the ground."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tenants import points
from tenants.kit import clock, ids
from tests.make import staff
from tests.operations import Call, World

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


async def know(world: World) -> None:
    """Something pending, lapsed, told of and adjusted."""
    world.known |= {
        "pending": await _pending(world),
        "batch": await _batch(world),
        "adjustment": await _adjustment(world),
    }
    async with world.shop.open():
        await points.earn(
            world.member_id, points=7, why=points.Why.API, once=world.name(),
            expires_at=clock.now() + timedelta(days=3))  # fmt: skip
        await points.warn()


async def _pending(world: World) -> str:
    body = {
        "points": 50, "kind": "earn", "reference": world.name(), "note": world.word,
        "active_at": (clock.now() + timedelta(days=7)).isoformat(),
    }  # fmt: skip
    return str((await world.post(f"/v1/members/{world.member}/points-entries", body))["id"])


async def _batch(world: World) -> str:
    """What lapsed two days ago: there is no call that lets time pass."""
    then = clock.now() - timedelta(days=2)
    with clock.at(then):
        async with world.shop.open():
            await points.earn(
                world.member_id, points=5, why=points.Why.API, once=world.name(),
                expires_at=then + timedelta(hours=1))  # fmt: skip
    with clock.at(then + timedelta(hours=1)):
        async with world.shop.open():
            await points.lapse()
            [latest] = await points.batches(limit=1)
    return ids.show("bat", latest.id)


async def _adjustment(world: World) -> str:
    async with world.shop.open():
        await points.change_policy(adjustment_max=100)
        made = await points.adjust(
            world.member_id, points=500, reason=world.word, once=world.name(), by=points.Person(id=None, name="till"))  # fmt: skip
        if not await staff.shop_has("second"):
            await staff.person("marketer", username="second")
    return ids.show("adj", made.id)


def _fresh(name: str, make: Callable[[World], Awaitable[str]], body: Any = None) -> Callable[[World], Awaitable[Call]]:
    async def made(world: World) -> Call:
        return Call(path={**world.known, name: await make(world)}, body=body)

    return made


async def _adjust(world: World) -> Call:
    return Call(path=world.known, body={"points": 20, "reason": world.word, "reference": world.name()})


async def _set_policy(world: World) -> Call:
    return Call(path=world.known, body={**_POLICY, "adjustment_max": 100})


async def _preview(world: World) -> Call:
    return Call(path=world.known, body=_POLICY)


_POLICY = {"expiry": "rolling", "validity_months": 12, "rounding": "month"}
CALLS: dict[str, Callable[[World], Awaitable[Call]]] = {
    "adjustPoints": _adjust,
    "cancelPendingPoints": _fresh("pending", _pending),
    "decidePointsAdjustment": _fresh("adjustment", _adjustment, {"approve": True, "by": "second"}),
    "previewPointsPolicy": _preview,
    "setPointsPolicy": _set_policy,
    "undoPointsBatch": _fresh("batch", _batch, {"until": "2090-12-31T16:00:00Z"}),
}
