"""Calls of what vouchers have beside the ground: combinations, refunds in parts, codes in bulk, pools, handing on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants.kit import ids
from tests.calls import ground
from tests.operations import Call, World

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


async def know(world: World) -> None:
    """A batch of codes."""
    world.known["batch_id"] = await _batch(world)


async def _batch(world: World, codes: int = 2) -> str:
    return str((await world.post("/v1/voucher-batches", _batch_body(world, codes)))["id"])


def _batch_body(world: World, codes: int = 2) -> dict[str, Any]:
    return {
        "template": world.known["template_id"], "name": world.name(), "codes": codes, "reference": world.name(),
    }  # fmt: skip


async def _code(world: World) -> str:
    batch = await _batch(world, 1)
    sheet = await world.shop.server().get(f"/v1/voucher-batches/{batch}/codes")
    return sheet.text.splitlines()[1].partition(",")[0]


async def _template(world: World, **terms: Any) -> str:
    body = {**ground._voucher_template_body(world), **terms}
    return str((await world.post("/v1/voucher-templates", body))["id"])


def _order(world: World, voucher: str) -> dict[str, Any]:
    return {
        "vouchers": [voucher], "member": world.member, "order_amount": "129.00", "shipping_amount": "8.00",
        "items": [{"product": "SKU-1", "category": "tea", "quantity": 1, "amount": "129.00"}],
    }  # fmt: skip


async def _reserved(world: World) -> str:
    body = {**_order(world, await ground._voucher(world)), "order_reference": world.name()}
    await world.post("/v1/voucher-orders", body)
    return str(body["order_reference"])


async def _validate(world: World) -> Call:
    return Call(body=_order(world, await ground._voucher(world)))


async def _reserve(world: World) -> Call:
    return Call(body={**_order(world, await ground._voucher(world)), "order_reference": world.name()})


async def _end(world: World) -> Call:
    return Call(body={"order_reference": await _reserved(world), "reason": ""})


async def _refund(world: World) -> Call:
    order = await _reserved(world)
    await world.post("/v1/voucher-orders/confirmation", {"order_reference": order})
    return Call(body={"order_reference": order, "refunded": "64.50", "total": "129.00", "reference": world.name()})


async def _make_batch(world: World) -> Call:
    return Call(body=_batch_body(world))


async def _revoke_batch(world: World) -> Call:
    return Call(path={"batch_id": await _batch(world)})


async def _import_batch(world: World) -> Call:
    code = ids.new().hex.upper()[:20]
    return Call(
        path={"template_id": world.known["template_id"]},
        query={"name": world.name(), "reference": world.name()},
        body=f"code\n{code}\n",
    )


async def _import_pool(world: World) -> Call:
    template = await _template(
        world, kind="external", amount=None, threshold=None, stock=None, given_en=world.word, given_zh=world.word
    )
    return Call(path={"template_id": template}, body=f"code\n{ids.new().hex}\n")


async def _enter(world: World) -> Call:
    return Call(body={"code": await _code(world), "member": world.known["member"]})


async def _enter_mine(world: World) -> Call:
    return Call(body={"code": await _code(world)})


async def _transferable(world: World) -> str:
    template = await _template(world, transferable=True)
    body = {"template": template, "member": world.member, "reference": world.name()}
    return str((await world.post("/v1/vouchers", body))["id"])


async def _hand_on(world: World) -> Call:
    return Call(path={"voucher_id": await _transferable(world)}, body={"giver": world.member, "to": world.other})


async def _hand_on_mine(world: World) -> Call:
    return Call(body={"voucher": await _transferable(world), "to": world.other})


CALLS: dict[str, Callable[[World], Awaitable[Call]]] = {
    "claimMyVoucherCode": _enter_mine,
    "claimVoucherCode": _enter,
    "confirmVoucherOrder": _end,
    "createVoucherBatch": _make_batch,
    "handOnMyVoucher": _hand_on_mine,
    "handVoucherOn": _hand_on,
    "importVoucherBatch": _import_batch,
    "importVoucherPool": _import_pool,
    "refundVoucherPart": _refund,
    "releaseVoucherOrder": _end,
    "reserveVouchers": _reserve,
    "revokeVoucherBatch": _revoke_batch,
    "validateVouchers": _validate,
}
