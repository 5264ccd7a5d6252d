"""Damage that is put in by hand is found, each kind by the truth that it breaks."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tenants import vouchers
from tenants.kit import ids
from tenants.tenancy import DB
from tenants.tenancy.callers import Caller, calling
from tenants.vouchers.checks import CHECKS
from tests.make import vouchers as make
from tests.vouchers.books import balanced

if TYPE_CHECKING:
    from tests.conftest import Shop

DAMAGE = [
    ("vouchers.stock", "UPDATE __tenant__.voucher_stock SET issued = issued + 1"),
    ("vouchers.money", "UPDATE __tenant__.voucher_stock SET spent = spent + 1"),
    ("vouchers.money", "UPDATE __tenant__.voucher_stock SET promised = promised + 1"),
    ("vouchers.money", "UPDATE __tenant__.voucher_stock SET used = 0"),
    ("vouchers.holding", "UPDATE __tenant__.voucher_holding SET issued = issued + 1"),
    ("vouchers.periods", "UPDATE __tenant__.voucher_holding SET issued_this_week = issued_this_week + 1"),
    ("vouchers.periods", "UPDATE __tenant__.voucher_stock SET issued_today = issued_today + 1"),
    ("vouchers.agents", "UPDATE __tenant__.voucher_agent_day SET issued = issued + 1"),
    ("vouchers.pool", "UPDATE __tenant__.voucher_pool_code SET voucher = NULL"),
    ("vouchers.batches", "UPDATE __tenant__.voucher_batch SET codes = codes + 1"),
    ("vouchers.history", "DELETE FROM __tenant__.voucher_event WHERE kind = 'used'"),
    ("vouchers.discount", "UPDATE __tenant__.voucher SET discount = discount + 1 WHERE state = 'used'"),
    ("vouchers.orders", "UPDATE __tenant__.voucher_checkout SET order_amount = 1"),
    ("vouchers.refunds", "UPDATE __tenant__.voucher_checkout SET refunded = refunded + 1"),
]


@pytest.mark.parametrize(("name", "damage"), DAMAGE, ids=[f"{name}-{place}" for place, (name, _) in enumerate(DAMAGE)])
async def test_damage_is_found(acme: Shop, name: str, damage: str) -> None:
    async with acme.open():
        member = await make.shopper()
        with calling(Caller("staff", ids.new(), "mei", "agent")):
            issued = await make.voucher(member)
        kept = await vouchers.reserve(issued.id, vouchers.Basket(Decimal(100)), order_reference="A")
        await vouchers.confirm(kept.id)
        await vouchers.refund_part("A", refunded=Decimal(10), total=Decimal(100), once="r1")
        pool = await make.voucher_template(kind="external", given_en="Red packet")
        await vouchers.bring_in(pool, b"R-1\nR-2\n")
        await make.voucher(member, pool)
        await vouchers.make_batch(vouchers.NewBatch(await make.voucher_template(), "b", "b"), number=2)
    await balanced(acme)
    async with acme.open():
        await DB.fetch(damage)
    found = [check.name for check in CHECKS if await acme.rows(check.sql)]
    assert name in found
