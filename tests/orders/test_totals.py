"""What orders add up to, for a member and for the shop, whatever happens to them."""

from __future__ import annotations

import asyncio
import random
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from tenants import members, orders
from tenants.kit.errors import DomainError
from tenants.kit.parts import gather_listed
from tests.make.orders import DAY, event

if TYPE_CHECKING:
    import uuid

    from tests.conftest import Shop


async def sound(shop: Shop) -> None:
    """Every truth of every subject holds."""
    for check in gather_listed("checks", "CHECKS"):
        assert not await shop.rows(check.sql), check.name


async def tell(shop: Shop, *args: Any, **more: Any) -> orders.Taken:
    async with shop.open():
        return await orders.take_in(event(*args, **more))


async def figures(shop: Shop, buyer: str = "buyer-1") -> orders.BuyerFigures:
    async with shop.open():
        return await orders.buyer_figures(await member(buyer))


async def member(name: str) -> uuid.UUID:
    found = await members.find_by_external_id(name)
    assert found
    return found.id


async def test_a_members_figures_follow_orders_refunds_and_cancellations(acme: Shop) -> None:
    for number, amount in enumerate(("100.00", "50.00", "30.00")):
        await tell(acme, "completed", amount, of=f"o-{number}", at=DAY + timedelta(days=10 * number))
    found = await figures(acme)
    assert [found.orders, found.purchases, found.spend, found.average] == [3, 3, 180, 60]
    assert [found.first_at, found.last_at, found.days_between] == [DAY, DAY + timedelta(days=20), 10]
    await tell(acme, "refunded", "20.00", of="o-0")
    await tell(acme, "cancelled", None, of="o-2", at=DAY + timedelta(days=21))
    found = await figures(acme)
    assert [found.orders, found.purchases, found.spend, found.valid_rate] == [3, 2, 130, Decimal("0.6667")]
    assert [found.first_at, found.last_at] == [DAY, DAY + timedelta(days=10)]
    await sound(acme)


async def test_the_shop_sees_at_which_purchase_members_stop(acme: Shop) -> None:
    for buyer, count in (("a", 1), ("b", 1), ("c", 2), ("d", 4)):
        for number in range(count):
            await tell(acme, of=f"{buyer}-{number}", by=buyer, at=DAY + timedelta(days=number))
    async with acme.open():
        found = await orders.shop_figures()
    assert [found.orders, found.buyers, found.returned, found.repurchase_rate] == [8, 4, 2, Decimal("0.5000")]
    assert [found.average, found.purchases_each, found.days_between] == [100, 2, 1]
    assert [(stop.purchases, stop.members, stop.share) for stop in found.stops] == [
        (1, 2, Decimal("0.5000")), (2, 1, Decimal("0.5000")), (4, 1, Decimal("1.0000"))]  # fmt: skip
    await sound(acme)


async def test_a_shop_without_orders_has_figures_too(acme: Shop) -> None:
    async with acme.open():
        found = await orders.shop_figures()
    assert [found.orders, found.average, found.repurchase_rate, found.stops] == [0, None, None, ()]


async def test_shuffled_repeated_and_concurrent_events_add_up(acme: Shop) -> None:
    dice = random.Random(11)  # noqa: S311  a repeatable shuffle
    async with acme.open():
        story = [
            event(
                cast("orders.Kind", kind), amount, of=f"o-{n}", by=f"b-{n % 4}", reference=name,
                at=DAY + timedelta(days=n, hours=hour))
            for n in range(12)
            for name, kind, amount, hour in (
                ("p", "paid", "80.00", -2 * n), ("c", "completed", "90.00", 5), ("r", "refunded", "10.00", 6),
                *([("x", "cancelled", None, 8)] if n % 5 == 4 else [("rest", "refunded", "80.00", 9)] if n % 5 == 3 else []))
        ]  # fmt: skip
    arriving = [*story, *dice.sample(story, 15)]
    dice.shuffle(arriving)

    async def send(batch: list[orders.Incoming]) -> None:
        async with acme.open():
            assert not [one for one in await orders.take_in_many(batch) if isinstance(one, DomainError)]

    await asyncio.gather(*(send(arriving[start : start + 7]) for start in range(0, len(arriving), 7)))
    await sound(acme)
    async with acme.open():
        found = await orders.shop_figures()
    assert [found.orders, found.purchases, found.spend] == [12, 8, 640]


async def test_orders_move_with_a_merge_and_back(acme: Shop) -> None:
    for name, by in (("a", "one"), ("b", "one"), ("c", "two")):
        await tell(acme, of=name, by=by)
    async with acme.open():
        source, target = await member("one"), await member("two")
        await members.merge(source, target, once="m")
        assert (await orders.buyer_figures(target)).orders == 3
        assert (await orders.buyer_figures(source)).orders == 0
    assert (await tell(acme, "refunded", "10.00", of="a", by="one")).points_given == 90
    assert (await tell(acme, "refunded", "10.00", of="b", by=target)).points_given == 90
    assert (await tell(acme, of="d", by="one")).points_given == 100
    await sound(acme)
    async with acme.open():
        assert (await orders.buyer_figures(target)).orders == 4


async def test_an_unmerge_gives_orders_back(acme: Shop) -> None:
    for name, by in (("a", "one"), ("c", "two")):
        await tell(acme, of=name, by=by)
    async with acme.open():
        source, target = await member("one"), await member("two")
        merge = await members.merge(source, target, once="m")
    async with acme.open():
        await members.unmerge(merge.id)
        assert (await orders.buyer_figures(source)).orders == 1
        assert (await orders.buyer_figures(target)).orders == 1
    await sound(acme)


async def test_of_an_erased_member_sums_stay_and_tracking_goes(acme: Shop) -> None:
    await tell(acme, "shipped", "100.00", tracking="SF-1", carrier="SF")
    await tell(acme)
    async with acme.open():
        await members.erase(await member("buyer-1"), reason="asked")
    for table in ("shop_order", "order_event"):
        assert await acme.value(f"SELECT count(*) FROM __tenant__.{table} WHERE tracking IS NOT NULL") == 0
    assert (await tell(acme, "refunded", "40.00")).points_given == 60
    async with acme.open():
        assert (await orders.shop_figures()).spend == 60
    await sound(acme)
