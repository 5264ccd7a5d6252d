"""The points mall."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.operations import Call, World

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


async def know(world: World) -> None:
    """A shelf, an item and a redemption that is to be sent."""
    await world.post("/v1/mall-categories", {"key": "home", "name_en": world.word, "name_zh": world.word})
    world.known |= {"category": "home", "item_id": await _item(world)}
    world.known["redemption_id"] = await _redemption(world)


def _item_body(world: World, **changes: Any) -> dict[str, Any]:
    return {
        "kind": "goods", "name_en": world.name(), "name_zh": world.name(), "description_en": world.word,
        "description_zh": world.word, "terms_en": world.word, "terms_zh": world.word, "image": "/static/mug.png",
        "category": "home", "position": 1, "points": 1, "cash": "0.00", "cost": "1.00", "limit_ever": 10_000,
        "quota": 100_000, "quota_period": "day", "state": "live", "stock": 100_000, **changes,
    }  # fmt: skip


async def _item(world: World, **changes: Any) -> str:
    return str((await world.post("/v1/mall-items", _item_body(world, **changes)))["id"])


async def _wanted(world: World, item: str) -> dict[str, Any]:
    body = {"points": 1000, "kind": "earn", "reference": world.name(), "note": world.word}
    await world.post(f"/v1/members/{world.member}/points-entries", body)
    address = {
        "recipient": f"{world.word} person", "street": world.word, "phone": "+8613800138000", "country": "CN",
        "province": world.word, "city": world.word, "postcode": "310000",
    }  # fmt: skip
    return {"item": item, "quantity": 1, "reference": world.name(), "address": address}


async def _redemption(world: World, **changes: Any) -> str:
    item = await _item(world, **changes) if changes else world.known["item_id"]
    body = {"member": world.member, **await _wanted(world, item)}
    return str((await world.post("/v1/redemptions", body))["id"])


async def _redeem(world: World) -> Call:
    return Call(body={"member": world.known["member"], **await _wanted(world, world.known["item_id"])})


async def _redeem_mine(world: World) -> Call:
    return Call(body=await _wanted(world, world.known["item_id"]))


async def _on_redemption(world: World, body: Any, **changes: Any) -> Call:
    return Call(path={**world.known, "redemption_id": await _redemption(world, **changes)}, body=body)


async def _pay(world: World) -> Call:
    return await _on_redemption(world, {"payment": world.name(), "amount": "9.90"}, cash="9.90")


async def _step(world: World) -> Call:
    body = {"state": "shipped", "reason": world.word, "carrier": "SF", "tracking": world.name(), "restock": True}
    return await _on_redemption(world, body)


async def _cancel(world: World) -> Call:
    return await _on_redemption(world, {"reason": world.word})


async def _change(world: World) -> Call:
    return Call(path={**world.known, "item_id": await _item(world)}, body={"points": 2, "name_en": world.name()})


async def _levels(world: World) -> Call:
    return Call(path={**world.known, "item_id": await _item(world)}, body={"prices": [], "allowed": []})


async def _stock(world: World) -> Call:
    return Call(path=world.known, body={"by": 5, "reason": world.word, "reference": world.name()})


async def _remove_category(world: World) -> Call:
    key = f"c{world.name().rsplit('-', 1)[1]}"
    await world.post("/v1/mall-categories", {"key": key, "name_en": world.word})
    return Call(path={"category": key})


async def _set_category(world: World) -> Call:
    return Call(body={"key": "home", "name_en": world.name(), "name_zh": world.word, "position": 2})


async def _create(world: World) -> Call:
    return Call(body=_item_body(world))


async def _parcels(world: World) -> Call:
    return Call(body=f"redemption,carrier,tracking\n{await _redemption(world)},SF,{world.name()}\n")


CALLS: dict[str, Callable[[World], Awaitable[Call]]] = {
    "cancelMyRedemption": _cancel,
    "changeMallItem": _change,
    "changeMallStock": _stock,
    "changeRedemption": _step,
    "confirmRedemptionPayment": _pay,
    "createMallItem": _create,
    "importShipments": _parcels,
    "redeem": _redeem,
    "redeemMine": _redeem_mine,
    "removeMallCategory": _remove_category,
    "setMallCategory": _set_category,
    "setMallItemLevels": _levels,
}
