"""Calls about orders and what they earn; those of the ground tell the events."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tenants.kit import clock
from tenants.tenancy import DB
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
    world.known["order_source_id"] = await _new_source(world)
    # Rows of counters that come into being by chance would count as effects of whatever call is the first.
    async with world.shop.open():
        await DB.fetch(
            "INSERT INTO __tenant__.shop_totals (slot, orders, purchases, spend, buyers, returned, gaps,"
            " between_seconds) SELECT slot, 0, 0, 0, 0, 0, 0, 0 FROM generate_series(0, 15) AS slot"
            " ON CONFLICT DO NOTHING"
        )
        await DB.fetch(
            "INSERT INTO __tenant__.purchase_count (id, slot, purchases, members) SELECT md5(s || '/' || n)::uuid, s,"
            " n, 0 FROM generate_series(0, 15) AS s, generate_series(1, 100) AS n ON CONFLICT DO NOTHING"
        )
    # The terms that orders are on from now on are written down with the first.
    await world.post("/v1/order-events", _order(world))


def _order(world: World) -> dict[str, Any]:
    return {
        "order": {"source": "shop", "external_id": world.name()}, "member": {"id": world.member}, "kind": "completed",
        "amount": "129.00", "currency": world.shop.tenant.currency, "reference": world.name(),
        "at": (clock.now() - timedelta(minutes=1)).isoformat(),
    }  # fmt: skip


def _rule(world: World, **changes: Any) -> dict[str, Any]:
    return {"name_en": world.name(), "name_zh": world.word, "category": "serum", "multiplier": "2", **changes}


async def _new_rule(world: World) -> str:
    return str((await world.post("/v1/order-rules", _rule(world)))["id"])


async def _new_source(world: World) -> str:
    return str((await world.post("/v1/order-sources", {**_source(world), "name": world.name()}))["id"])


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
    "changeOrderSource": _call(_source, order_source_id=_new_source),
    "createOrderRule": _call(_rule),
    "createOrderSource": _call(lambda world: {**_source(world), "name": world.name()}),
    "importOrders": _call(_csv),
    "previewOrderPoints": _call(lambda world: {
        "source": "shop", "amount": "129.00", "member": world.known["member"],
        "lines": [{"key": "1", "category": "serum", "amount": "129.00"}]}),
    "removeOrderRule": _call(lambda _world: None, order_rule_id=_new_rule),
    "removeOrderSource": _call(lambda _world: None, order_source_id=_new_source),
}  # fmt: skip
