"""A check that finds nothing when something is wrong is worse than none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tenants.orders.checks import CHECKS
from tenants.tenancy import DB
from tests.make.orders import order

if TYPE_CHECKING:
    from tests.conftest import Shop

FAULTS = {
    "orders.stand_as_told": "UPDATE __tenant__.shop_order SET state = 'paid'",
    "orders.points_as_they_stand": "UPDATE __tenant__.shop_order SET points_given = points_given + 1",
    "orders.points_in_the_ledger": "UPDATE __tenant__.points_entry SET once = 'reward/order/none/1'",
}


@pytest.mark.parametrize("name", FAULTS)
async def test_each_fault_is_found(acme: Shop, name: str) -> None:
    [check] = [check for check in CHECKS if check.name == name]
    async with acme.open():
        await order()
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
