"""A check that finds nothing when something is wrong is worse than none."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tenants import orders
from tenants.orders.checks import CHECKS
from tenants.tenancy import DB
from tests.make.orders import event, order

if TYPE_CHECKING:
    from tests.conftest import Shop

FAULTS = {
    "orders.stand_as_told": "UPDATE __tenant__.shop_order SET state = 'paid'",
    "orders.points_as_they_stand": "UPDATE __tenant__.shop_order SET points_given = points_given + 1",
    "orders.points_by_their_terms": "UPDATE __tenant__.shop_order SET points_due = 1, points_capped = 0,"
    " points_given = 1",
    "orders.lines_add_up": "UPDATE __tenant__.order_line SET points = points - 1 WHERE key = '1'",
    "orders.terms_are_kept": "UPDATE __tenant__.order_terms SET points_per_unit = 7",
    "orders.caps_used": "UPDATE __tenant__.order_cap SET used = used + 1",
    "orders.caps_within_orders": "UPDATE __tenant__.order_cap_use SET points = points + 1",
    "orders.buyers_add_up": "UPDATE __tenant__.buyer_totals SET spend = spend + 1",
    "orders.shop_adds_up": "UPDATE __tenant__.shop_totals SET buyers = buyers + 1",
    "orders.purchases_are_counted": "UPDATE __tenant__.purchase_count SET members = members + 1",
    "orders.levels_know_the_spend": "UPDATE __tenant__.shop_order SET counted = counted + 1",
    "orders.points_in_the_ledger": "UPDATE __tenant__.points_entry SET once = 'reward/order/none/' || id::text",
}


@pytest.mark.parametrize("name", FAULTS)
async def test_each_fault_is_found(acme: Shop, name: str) -> None:
    [check] = [check for check in CHECKS if check.name == name]
    async with acme.open():
        await orders.set_policy(orders.Policy(shop_month_max=1_000))
        await order()
        lines = (orders.Line("1", amount=Decimal(60)), orders.Line("2", amount=Decimal(40)))
        await orders.take_in(event(of="o-2", by="buyer-2", lines=lines))
    assert not await acme.rows(check.sql)
    async with acme.open():
        await DB.fetch(FAULTS[name])
    assert await acme.rows(check.sql)


async def test_an_event_that_was_lost_is_found(acme: Shop) -> None:
    [check] = [check for check in CHECKS if check.name == "orders.stand_as_told"]
    async with acme.open():
        made = await order()
        await DB.fetch("DELETE FROM __tenant__.order_event WHERE shop_order = $1", made)
    assert await acme.rows(check.sql)
