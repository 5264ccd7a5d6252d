"""Calls about orders and what they earn; those of the ground tell the events."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tenants.kit import clock
from tests.operations import Call, World

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

_POLICY = {
    "active": True, "award_on": "completed", "points_per_unit": "1", "rounding": "down", "refund_days": 0,
    "shipping_earns": True, "tax_earns": True, "by_level": True, "order_max": 5000, "member_day_max": None,
    "member_month_max": None, "shop_day_max": None, "shop_month_max": None,
}  # fmt: skip


async def know(world: World) -> None:
    """A rule and a source."""
    world.known["order_rule_id"] = await _new_rule(world)
    world.known["source_name"] = await _new_source(world)


def _rule(world: World, **changes: Any) -> dict[str, Any]:
    return {"name_en": world.name(), "name_zh": world.word, "category": "serum", "multiplier": "2", **changes}


async def _new_rule(world: World) -> str:
    return str((await world.post("/v1/order-rules", _rule(world)))["id"])


async def _new_source(world: World) -> str:
    name = world.name()
    await world.ask("PUT", f"/v1/order-sources/{name}", _source(world))
    return name


def _source(world: World) -> dict[str, Any]:
    return {"display_name": world.word, "platform": "taobao", "refund_days": 7, "award_on": "paid", "active": True}


def _call(
    body: Callable[[World], Any], **fresh: Callable[[World], Awaitable[str]]
) -> Callable[[World], Awaitable[Call]]:
    async def made(world: World) -> Call:
        return Call(path={**world.known, **{name: await make(world) for name, make in fresh.items()}}, body=body(world))

    return made


def _csv(world: World) -> str:
    at = (clock.now() - timedelta(minutes=1)).isoformat()
    return f"source,order,member,kind,at,amount\nshop,{world.name()},{world.name()},completed,{at},10.00\n"


CALLS: dict[str, Callable[[World], Awaitable[Call]]] = {
    "changeOrderPolicy": _call(lambda _world: _POLICY),
    "changeOrderRule": _call(_rule, order_rule_id=_new_rule),
    "createOrderRule": _call(_rule),
    "importOrders": _call(_csv),
    "previewOrderPoints": _call(lambda world: {
        "source": "shop", "amount": "129.00", "member": world.known["member"],
        "lines": [{"key": "1", "category": "serum", "amount": "129.00"}]}),
    "removeOrderRule": _call(lambda _world: None, order_rule_id=_new_rule),
    "removeOrderSource": _call(lambda _world: None, source_name=_new_source),
    "setOrderSource": _call(_source, source_name=_new_source),
}  # fmt: skip
