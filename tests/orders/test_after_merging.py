"""What becomes of orders, what they gave, and what they used, when their members become one and two again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tenants import levels, members, orders, points, rewards
from tenants.kit import clock
from tenants.kit.parts import gather_listed
from tests.make import points as make
from tests.make.orders import DAY, event
from tests.make.vouchers import voucher_template

if TYPE_CHECKING:
    from tests.conftest import Shop


async def sound(shop: Shop) -> None:
    """Every truth of every subject holds."""
    for check in gather_listed("checks", "CHECKS"):
        assert not await shop.rows(check.sql), check.name


@pytest.mark.parametrize("apart", [False, True])
async def test_what_waits_of_a_merged_members_orders_stays_in_the_books(acme: Shop, *, apart: bool) -> None:
    with clock.at(DAY):
        async with acme.open():
            await levels.change_policy(active=True)
            await orders.set_policy(orders.Policy(refund_days=7))
            source, target = await make.member(), await make.member()
            await rewards.grant(
                source, rewards.Reward(points=5, growth=3, voucher_template=await voucher_template()),
                why=rewards.Why.CAMPAIGN, once="c1")  # fmt: skip
            await orders.take_in(event(by=source))
            await orders.take_in(event("completed", "1500.00", by=source, of="o-2"))
    with clock.at(DAY + timedelta(hours=1)):
        async with acme.open():
            merge = await members.merge(source, target, once="m")
        await sound(acme)
        async with acme.open():
            await orders.take_in(event("refunded", "40.00", by=source))
        await sound(acme)
    if apart:
        with clock.at(DAY + timedelta(hours=2)):
            async with acme.open():
                await members.unmerge(merge.id)
            await sound(acme)
            async with acme.open():
                await orders.take_in(event("refunded", "30.00", by=source, reference="r2"))
            await sound(acme)
    with clock.at(DAY + timedelta(days=8)):
        async with acme.open():
            assert await points.activate() == 2
        await sound(acme)
        async with acme.open():
            taken = await orders.take_in(event("refunded", "30.00", by=source, reference="r3"))
        assert taken.points_given == (0 if apart else 30)
        await sound(acme)
