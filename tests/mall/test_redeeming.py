"""Redeeming: what it costs, what it gives, how often, and who is first."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tenants import mall, members, points, vouchers
from tenants.kit import clock
from tenants.kit.errors import DomainError, Invalid
from tenants.tenancy import doctor
from tests.make import mall as make
from tests.make import points as make_points
from tests.make import vouchers as make_vouchers

if TYPE_CHECKING:
    from uuid import UUID

    from tests.conftest import Shop

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)  # a Monday, 12:00 in Shanghai


async def redeem(shop: Shop, member: UUID, item: UUID, once: str = "tap-1", **more: Any) -> mall.Redeemed:
    more.setdefault("address", make.ADDRESS)
    async with shop.open():
        return await mall.redeem(member, item, once=once, **more)


async def refused(shop: Shop, member: UUID, item: UUID, once: str = "tap-x", **more: Any) -> DomainError:
    """The refusal, after a look that nothing at all has moved."""
    before = await everything(shop)
    with pytest.raises(DomainError) as caught:
        await redeem(shop, member, item, once, **more)
    assert await everything(shop) == before
    return caught.value


async def everything(shop: Shop) -> list[Any]:
    tables = ("points_account", "points_entry", "points_hold", "points_lot", "mall_stock", "mall_redemption", "mall_event",
              "mall_count", "mall_delivery", "voucher", "voucher_stock")  # fmt: skip
    return [await shop.rows(f'SELECT * FROM __tenant__."{table}" AS t ORDER BY t::text') for table in tables]


async def sound(shop: Shop) -> None:
    async with shop.open():
        assert await doctor.examine() == []


async def balance(shop: Shop, member: UUID) -> int:
    return int(await shop.value("SELECT balance FROM __tenant__.points_account WHERE member = $1", member) or 0)


async def test_goods_cost_their_points_and_wait_to_be_sent(acme: Shop) -> None:
    async with acme.open():
        member, item = await make_points.member(250), await make.item()
    done = await redeem(acme, member, item, quantity=2)
    assert (done.points, done.cash, done.state, done.quantity, done.repeated) == (200, Decimal(0), "to_ship", 2, False)
    assert await balance(acme, member) == 50
    assert await acme.value("SELECT taken FROM __tenant__.mall_stock") == 2
    assert await acme.value("SELECT street FROM __tenant__.mall_delivery") == make.ADDRESS.street
    assert await acme.value("SELECT why FROM __tenant__.points_entry WHERE points < 0") == "mall"
    await sound(acme)


async def test_a_redemption_never_goes_without_its_points(acme: Shop) -> None:
    """Pain 7 (erpnext#59050): redeemed, and the points were never deducted."""
    async with acme.open():
        member, item = await make_points.member(99), await make.item()
    error = await refused(acme, member, item)
    assert isinstance(error, points.Insufficient)
    assert error.facts == {"available": 99, "wanted": 100}
    async with acme.open():
        await make_points.earned(member, 1)
    await redeem(acme, member, item)
    assert await balance(acme, member) == 0
    assert await acme.value(
        "SELECT count(*) FROM __tenant__.mall_redemption r JOIN __tenant__.points_entry e ON e.id = r.movement"
        " AND e.points = -r.points AND e.member = r.member") == 1  # fmt: skip


async def test_the_same_occasion_again_redeems_nothing_and_says_so(acme: Shop) -> None:
    async with acme.open():
        member, item = await make_points.member(500), await make.item()
    first = await redeem(acme, member, item)
    again = await redeem(acme, member, item)
    assert again.repeated
    assert again.id == first.id
    assert await balance(acme, member) == 400
    error = await refused(acme, member, item, "tap-1", quantity=2)
    assert isinstance(error, mall.OnceDiffers)


async def test_two_clicks_at_once_redeem_once(acme: Shop) -> None:
    async with acme.open():
        member, item = await make_points.member(500), await make.item()
    done = await asyncio.gather(*(redeem(acme, member, item) for _ in range(10)))
    assert len({one.id for one in done}) == 1
    assert sorted(one.repeated for one in done) == [False] + [True] * 9
    assert await balance(acme, member) == 400
    await sound(acme)


async def test_batches_at_once_on_the_last_pieces_oversell_nothing(acme: Shop) -> None:
    async with acme.open():
        items = [await make.item(stock=7, limit_day=2) for _ in range(3)]
        shoppers = [await make_points.member(300) for _ in range(20)]

    async def batch(number: int) -> list[Any]:
        asked = [
            mall.Redeeming(member=member, item=item, once=f"{number}/{member}/{item}", address=make.ADDRESS)
            for member in shoppers[number::2] for item in items[:: 1 if number % 2 else -1]
        ]  # fmt: skip
        async with acme.open():
            return list(await mall.redeem_many(asked))

    outcomes = [one for many in await asyncio.gather(*(batch(number) for number in (0, 1, 0, 1))) for one in many]
    assert sum(isinstance(one, mall.Redeemed) and not one.repeated for one in outcomes) == 21
    assert {row["taken"] for row in await acme.rows("SELECT taken FROM __tenant__.mall_stock")} == {7}
    await sound(acme)


async def test_a_batch_answers_for_each_and_one_refusal_stops_nobody_else(acme: Shop) -> None:
    async with acme.open():
        item, voucher = await make.item(stock=2), await make.voucher_item()
        rich, poor = await make_points.member(1000), await make_points.member(10)
        answers = await mall.redeem_many([
            mall.Redeeming(member=rich, item=item, once="1", address=make.ADDRESS),
            mall.Redeeming(member=poor, item=item, once="2", address=make.ADDRESS),
            mall.Redeeming(member=rich, item=voucher, once="3"),
            mall.Redeeming(member=rich, item=item, once="4"),
            mall.Redeeming(member=rich, item=item, once="1", address=make.ADDRESS),
            mall.Redeeming(member=rich, item=item, once="5", quantity=0, address=make.ADDRESS),
            mall.Redeeming(member=rich, item=item, once="6", address=make.ADDRESS),
            mall.Redeeming(member=rich, item=item, once="7", address=make.ADDRESS),
        ])  # fmt: skip
    kinds = [type(one) for one in answers]
    assert kinds == [mall.Redeemed, points.Insufficient, mall.Redeemed, mall.AddressNeeded, mall.Redeemed, Invalid,
                     mall.Redeemed, mall.SoldOut]  # fmt: skip
    assert [one.repeated for one in answers if isinstance(one, mall.Redeemed)] == [False, False, True, False]
    assert await balance(acme, rich) == 700
    await sound(acme)


async def test_a_voucher_is_in_the_members_hands_at_once(acme: Shop) -> None:
    async with acme.open():
        member, item = await make_points.member(300), await make.voucher_item()
    done = await redeem(acme, member, item, quantity=3)
    assert (done.state, len(set(done.codes))) == ("done", 3)
    assert await acme.value("SELECT count(*) FROM __tenant__.voucher WHERE member = $1", member) == 3
    assert (await redeem(acme, member, item, quantity=3)).codes == done.codes
    await sound(acme)


async def test_no_voucher_left_takes_no_points(acme: Shop) -> None:
    async with acme.open():
        template = await make_vouchers.voucher_template(stock=1)
        item = await make.voucher_item(voucher_template=template)
        one, two = await make_points.member(100), await make_points.member(100)
    await redeem(acme, one, item)
    assert isinstance(await refused(acme, two, item), mall.SoldOut)
    async with acme.open():
        await vouchers.change_template(template, {"state": "paused"})
    assert isinstance(await refused(acme, two, item), vouchers.TemplateNotActive)


async def test_the_last_voucher_goes_to_one_of_two_and_the_other_keeps_the_points(acme: Shop) -> None:
    async with acme.open():
        template = await make_vouchers.voucher_template(stock=1)
        items = [await make.voucher_item(voucher_template=template) for _ in range(2)]
        shoppers = [await make_points.member(100) for _ in range(8)]
    outcomes = await asyncio.gather(
        *(redeem(acme, member, items[place % 2], f"{place}") for place, member in enumerate(shoppers)),
        return_exceptions=True)  # fmt: skip
    assert sum(isinstance(one, mall.Redeemed) for one in outcomes) == 1
    assert await acme.value("SELECT sum(balance) FROM __tenant__.points_account") == 700
    await sound(acme)


@pytest.mark.parametrize(
    ("limit", "days"),
    [("limit_ever", 400), ("limit_day", 1), ("limit_week", 7), ("limit_month", 31)],
)
async def test_a_member_can_have_so_many_in_a_period_and_more_in_the_next(acme: Shop, limit: str, days: int) -> None:
    async with acme.open():
        member, item = await make_points.member(10_000), await make.item(**{limit: 3})
    with clock.at(NOON):
        await redeem(acme, member, item, "1", quantity=2)
        error = await refused(acme, member, item, "2", quantity=2)
        assert isinstance(error, mall.LimitReached)
        assert error.facts["left"] == 1
        await redeem(acme, member, item, "3")
        await refused(acme, member, item, "4")
    with clock.at(NOON + timedelta(days=days)):
        if limit == "limit_ever":
            await refused(acme, member, item, "5")
        else:
            await redeem(acme, member, item, "5", quantity=3)
        await sound(acme)


async def test_the_limit_holds_against_taps_at_once(acme: Shop) -> None:
    async with acme.open():
        member, item = await make_points.member(10_000), await make.item(limit_ever=2, stock=None)
    outcomes = await asyncio.gather(
        *(redeem(acme, member, item, f"{number}") for number in range(12)), return_exceptions=True)  # fmt: skip
    assert sum(isinstance(one, mall.Redeemed) for one in outcomes) == 2
    assert await balance(acme, member) == 9_800
    await sound(acme)


async def test_the_limit_of_what_costs_no_points_holds_against_taps_at_once(acme: Shop) -> None:
    async with acme.open():
        member, item = await make_points.member(), await make.item(points=0, cash=Decimal(5), limit_ever=1)
    outcomes = await asyncio.gather(
        *(redeem(acme, member, item, f"{number}") for number in range(8)), return_exceptions=True)  # fmt: skip
    assert sum(isinstance(one, mall.Redeemed) for one in outcomes) == 1
    await sound(acme)


async def test_a_limit_counts_what_was_redeemed_before_it_was_set(acme: Shop) -> None:
    async with acme.open():
        member, item = await make_points.member(1000), await make.item()
    with clock.at(NOON):
        await redeem(acme, member, item, "1")
        async with acme.open():
            await mall.change_item(item, {"limit_month": 1, "quota": 1, "quota_period": "week"})
        assert isinstance(await refused(acme, member, item, "2"), mall.QuotaReached)
        await sound(acme)


async def test_the_shops_quota_begins_anew_with_each_day(acme: Shop) -> None:
    async with acme.open():
        item = await make.item(quota=2, stock=None)
        shoppers = [await make_points.member(1000) for _ in range(6)]
    with clock.at(NOON):
        outcomes = await asyncio.gather(
            *(redeem(acme, member, item, f"{member}") for member in shoppers), return_exceptions=True)  # fmt: skip
        assert sum(isinstance(one, mall.Redeemed) for one in outcomes) == 2
        assert {type(one) for one in outcomes if isinstance(one, Exception)} == {mall.QuotaReached}
    with clock.at(NOON + timedelta(days=1)):
        await redeem(acme, shoppers[0], item, "next day")
        await sound(acme)


async def test_the_budget_stops_what_costs_money(acme: Shop) -> None:
    async with acme.open():
        member, item = await make_points.member(1000), await make.item(cost=Decimal("30.00"), budget=Decimal("70.00"))
    await redeem(acme, member, item, "1", quantity=2)
    assert isinstance(await refused(acme, member, item, "2"), mall.SoldOut)
    assert await acme.value("SELECT spent FROM __tenant__.mall_stock") == 60


async def test_it_can_be_had_in_its_time_and_while_it_is_live(acme: Shop) -> None:
    async with acme.open():
        member = await make_points.member(1000)
        item = await make.item(starts_at=NOON, ends_at=NOON + timedelta(days=1))
    for moment in (NOON - timedelta(seconds=1), NOON + timedelta(days=1)):
        with clock.at(moment):
            assert isinstance(await refused(acme, member, item), mall.NotOnOffer)
    with clock.at(NOON):
        async with acme.open():
            await mall.change_item(item, {"state": "paused"})
        assert isinstance(await refused(acme, member, item), mall.NotOnOffer)
        async with acme.open():
            await mall.change_item(item, {"state": "live"})
        await redeem(acme, member, item)


async def test_the_price_is_the_one_that_stands_when_it_is_paid(acme: Shop) -> None:
    async with acme.open():
        item = await make.item(stock=None)
        shoppers = [await make_points.member(1000) for _ in range(30)]

    async def dearer() -> None:
        async with acme.open():
            await mall.change_item(item, {"points": 300})

    taps = [redeem(acme, member, item, f"{member}") for member in shoppers]
    await asyncio.gather(*taps[:15], dearer(), *taps[15:])
    changed = await acme.value("SELECT updated_at FROM __tenant__.mall_item")
    prices = await acme.rows("SELECT DISTINCT points FROM __tenant__.mall_redemption")
    assert {row["points"] for row in prices} <= {100, 300}
    assert changed
    assert await acme.value("SELECT sum(balance) FROM __tenant__.points_account") == 30_000 - await acme.value(
        "SELECT sum(points) FROM __tenant__.mall_redemption")  # fmt: skip
    await sound(acme)


async def test_goods_need_an_address_or_the_order_they_go_with(acme: Shop) -> None:
    async with acme.open():
        member, sent = await make_points.member(1000), await make.item()
        along = await make.item(with_order=True)
        address = await members.add_address(member, recipient="Mei", street="南京路 2 号", city="上海")
        stranger = await members.add_address(await make_points.member(), recipient="Bo", street="x")
    assert isinstance(await refused(acme, member, sent, address=None), mall.AddressNeeded)
    assert isinstance(await refused(acme, member, sent, address_id=stranger.id), mall.AddressUnknown)
    assert isinstance(await refused(acme, member, along), mall.OrderNeeded)
    await redeem(acme, member, sent, "1", address=None, address_id=address.id)
    await redeem(acme, member, along, "2", address=None, order_reference="T-1")
    async with acme.open():
        await members.remove_address(member, address.id)
    assert await acme.value("SELECT street FROM __tenant__.mall_delivery") == "南京路 2 号"
    assert await acme.value("SELECT order_reference FROM __tenant__.mall_redemption WHERE once = '2'") == "T-1"


async def test_nobody_blocked_or_unknown_redeems(acme: Shop) -> None:
    async with acme.open():
        member, item = await make_points.member(1000), await make.item()
        await members.block(member)
    assert isinstance(await refused(acme, member, item), members.MemberBlocked)
    assert isinstance(await refused(acme, item, item), members.MemberUnknown)
    assert isinstance(await refused(acme, member, member), mall.ItemUnknown)
