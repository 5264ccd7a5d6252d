"""What becomes of a redemption: paid, sent, done, cancelled, returned; and of a person who redeemed."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tenants import levels, mall, members, points, vouchers
from tenants.kit import clock
from tenants.kit.errors import DomainError
from tenants.kit.facts import _reactions
from tenants.tenancy import DB, doctor
from tests.make import levels as make_levels
from tests.make import mall as make
from tests.make import outreach as make_outreach
from tests.make import points as make_points

if TYPE_CHECKING:
    from uuid import UUID

    from tests.conftest import Shop

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
CASH = Decimal("9.90")


async def redeem(shop: Shop, member: UUID, item: UUID, once: str = "tap-1", **more: Any) -> mall.Redeemed:
    async with shop.open():
        return await mall.redeem(member, item, once=once, address=make.ADDRESS, **more)


async def do(shop: Shop, verb: Any, *args: Any, **more: Any) -> Any:
    async with shop.open():
        return await verb(*args, **more)


async def sound(shop: Shop) -> None:
    async with shop.open():
        assert await doctor.examine() == []


async def shopper(shop: Shop, *amounts: int, **terms: Any) -> tuple[UUID, UUID]:
    async with shop.open():
        return await make_points.member(*amounts), await make.item(**terms)


async def balances(shop: Shop, member: UUID) -> tuple[int, int]:
    rows = await shop.rows("SELECT balance, held FROM __tenant__.points_account WHERE member = $1", member)
    return rows[0]["balance"], rows[0]["held"]


async def state(shop: Shop, redemption: UUID) -> str:
    return str(await shop.value("SELECT state FROM __tenant__.mall_redemption WHERE id = $1", redemption))


async def history(shop: Shop, redemption: UUID) -> list[tuple[str, str]]:
    rows = await shop.rows(
        "SELECT state, reason FROM __tenant__.mall_event WHERE redemption = $1 ORDER BY number", redemption)  # fmt: skip
    return [(row["state"], row["reason"]) for row in rows]


async def taken(shop: Shop) -> int:
    return int(await shop.value("SELECT taken FROM __tenant__.mall_stock"))


async def test_points_and_money_wait_for_the_payment_and_are_spent_by_it(acme: Shop) -> None:
    member, item = await shopper(acme, 300, cash=CASH)
    done = await redeem(acme, member, item, quantity=2)
    assert (done.state, done.cash, done.points) == ("reserved", 2 * CASH, 200)
    assert await balances(acme, member) == (300, 200)
    await sound(acme)
    paid = await do(acme, mall.confirm_payment, done.id, payment="p-1", amount=2 * CASH)
    assert (paid.state, paid.repeated) == ("to_ship", False)
    assert await balances(acme, member) == (100, 0)
    again = await do(acme, mall.confirm_payment, done.id, payment="p-1", amount=2 * CASH)
    assert again.repeated
    for payment, amount in (("p-2", 2 * CASH), ("p-1", CASH)):
        with pytest.raises(mall.PaymentDiffers):
            await do(acme, mall.confirm_payment, done.id, payment=payment, amount=amount)
    assert await history(acme, done.id) == [("reserved", ""), ("to_ship", "")]
    await sound(acme)


async def test_the_wrong_amount_pays_for_nothing(acme: Shop) -> None:
    member, item = await shopper(acme, 300, cash=CASH)
    done = await redeem(acme, member, item)
    with pytest.raises(mall.PaymentDiffers):
        await do(acme, mall.confirm_payment, done.id, payment="p-1", amount=Decimal("0.01"))
    assert await state(acme, done.id) == "reserved"


async def test_what_is_not_paid_for_in_time_goes_back(acme: Shop) -> None:
    with clock.at(NOON):
        member, item = await shopper(acme, 300, cash=CASH, limit_day=1)
        done = await redeem(acme, member, item)
    with clock.at(NOON + timedelta(minutes=29)):
        assert await make_outreach.run(acme, "mall.release") == done.reserved_until
        assert await state(acme, done.id) == "reserved"
    with clock.at(NOON + timedelta(minutes=31)):
        assert await make_outreach.run(acme, "mall.release") is None
        assert await make_outreach.run(acme, "mall.release") is None
        assert (await state(acme, done.id), await taken(acme)) == ("cancelled", 0)
        assert await balances(acme, member) == (300, 0)
        with pytest.raises(mall.IllegalStep):
            await do(acme, mall.confirm_payment, done.id, payment="late", amount=CASH)
        await redeem(acme, member, item, "again")
        await sound(acme)


async def test_a_late_payment_still_counts_while_it_is_reserved(acme: Shop) -> None:
    with clock.at(NOON):
        member, item = await shopper(acme, 300, cash=CASH)
        done = await redeem(acme, member, item)
    with clock.at(NOON + timedelta(minutes=45)):
        async with acme.open():
            await points.lapse(limit=100)
        paid = await do(acme, mall.confirm_payment, done.id, payment="p", amount=CASH)
        assert paid.state == "to_ship"
        await sound(acme)


async def test_payment_and_release_at_the_same_moment_have_one_outcome(acme: Shop) -> None:
    with clock.at(NOON):
        member, item = await shopper(acme, 300, cash=CASH)
        done = await redeem(acme, member, item)
    with clock.at(NOON + timedelta(minutes=31)):
        await asyncio.gather(
            do(acme, mall.confirm_payment, done.id, payment="p", amount=CASH),
            make_outreach.run(acme, "mall.release"), return_exceptions=True)  # fmt: skip
        outcome = await state(acme, done.id)
        expected = {"to_ship": ((200, 0), 1), "cancelled": ((300, 0), 0)}[outcome]
        assert (await balances(acme, member), await taken(acme)) == expected
        await sound(acme)


async def test_a_voucher_for_points_and_money_is_issued_when_the_money_is_there(acme: Shop) -> None:
    async with acme.open():
        member, item = await make_points.member(100), await make.voucher_item(cash=CASH)
    done = await redeem(acme, member, item)
    assert await acme.value("SELECT count(*) FROM __tenant__.voucher") == 0
    paid = await do(acme, mall.confirm_payment, done.id, payment="p", amount=CASH)
    assert (paid.state, len(paid.codes)) == ("done", 1)
    await sound(acme)


async def test_what_was_never_paid_for_is_not_handed_over_by_asking_again(acme: Shop) -> None:
    async with acme.open():
        member, item = await make_points.member(100), await make.voucher_item(cash=CASH)
    done = await redeem(acme, member, item)
    await do(acme, mall.cancel, done.id, reason="", by_member=member)
    again = await do(acme, mall.cancel, done.id, reason="", by_member=member)
    repeated = await redeem(acme, member, item)
    assert [(one.state, one.repeated, one.codes) for one in (again, repeated)] == [("cancelled", True, ())] * 2
    assert await acme.value("SELECT count(*) FROM __tenant__.voucher") == 0
    await sound(acme)


async def test_it_is_sent_and_done_and_each_step_is_written_down(acme: Shop) -> None:
    member, item = await shopper(acme, 100)
    done = await redeem(acme, member, item)
    sent = await do(acme, mall.ship, done.id, carrier="SF", tracking="1", reason="today")
    assert (sent.state, sent.repeated) == ("shipped", False)
    assert (await do(acme, mall.ship, done.id, carrier="SF", tracking="1")).repeated
    await do(acme, mall.ship, done.id, carrier="SF", tracking="2")
    await do(acme, mall.complete, done.id)
    assert (await do(acme, mall.complete, done.id)).repeated
    assert await history(acme, done.id) == [("to_ship", ""), ("shipped", "today"), ("shipped", ""), ("done", "")]
    assert await acme.value("SELECT tracking FROM __tenant__.mall_delivery") == "2"
    await sound(acme)


_VERBS: dict[str, Any] = {
    "ship": lambda one: mall.ship(one),
    "complete": lambda one: mall.complete(one),
    "cancel": lambda one: mall.cancel(one, reason="x"),
    "give_back": lambda one: mall.give_back(one, reason="x"),
}


@pytest.mark.parametrize(
    ("path", "refused"),
    [
        ([], ["give_back"]),
        (["ship"], ["cancel"]),
        (["ship", "complete"], ["ship", "cancel"]),
        (["cancel"], ["ship", "complete", "give_back"]),
        (["ship", "give_back"], ["ship", "complete", "cancel"]),
    ],
)
async def test_a_step_that_cannot_be_is_refused_and_moves_nothing(
    acme: Shop, path: list[str], refused: list[str]
) -> None:
    member, item = await shopper(acme, 100)
    done = await redeem(acme, member, item)
    for verb in path:
        await do(acme, _VERBS[verb], done.id)
    before = (await balances(acme, member), await history(acme, done.id), await taken(acme))
    for verb in refused:
        with pytest.raises(mall.IllegalStep):
            await do(acme, _VERBS[verb], done.id)
    assert (await balances(acme, member), await history(acme, done.id), await taken(acme)) == before
    await sound(acme)


async def test_cancelled_points_are_back_in_their_lots_with_the_dates_that_they_had(acme: Shop) -> None:
    """Pain 4/5: what is given up gives back what it took, and neither more nor less."""
    async with acme.open():
        member, item = await make_points.member(), await make.item(limit_ever=1)
        soon = await make_points.earned(member, 60, days=3)
        await make_points.earned(member, 60, days=30)
    lots = "SELECT id, remaining, expires_at FROM __tenant__.points_lot ORDER BY id"
    before = await acme.rows(lots)
    done = await redeem(acme, member, item)
    assert await acme.value("SELECT remaining FROM __tenant__.points_lot WHERE id = $1", soon.id) == 0
    gone = await do(acme, mall.cancel, done.id, reason="changed my mind", by_member=member)
    assert gone.state == "cancelled"
    assert (await do(acme, mall.cancel, done.id, reason="", by_member=member)).repeated
    assert await acme.rows(lots) == before
    assert await taken(acme) == 0
    await redeem(acme, member, item, "another")
    await sound(acme)


async def test_cancelled_at_once_from_many_sides_gives_the_points_back_once(acme: Shop) -> None:
    member, item = await shopper(acme, 100)
    done = await redeem(acme, member, item)
    await asyncio.gather(*(do(acme, mall.cancel, done.id, reason="x") for _ in range(6)))
    assert (await balances(acme, member), await taken(acme)) == ((100, 0), 0)
    await sound(acme)


async def test_a_member_cancels_only_their_own(acme: Shop) -> None:
    member, item = await shopper(acme, 100)
    async with acme.open():
        other = await make_points.member()
    done = await redeem(acme, member, item)
    with pytest.raises(mall.RedemptionUnknown):
        await do(acme, mall.cancel, done.id, reason="", by_member=other)
    assert await state(acme, done.id) == "to_ship"


@pytest.mark.parametrize(("restock", "left"), [(True, 0), (False, 1)])
async def test_returned_goods_give_the_points_back_and_the_piece_where_it_is_whole(
    acme: Shop, *, restock: bool, left: int
) -> None:
    member, item = await shopper(acme, 100, cost=Decimal(5))
    done = await redeem(acme, member, item)
    await do(acme, mall.ship, done.id)
    await do(acme, mall.give_back, done.id, reason="broken", restock=restock)
    assert await balances(acme, member) == (100, 0)
    assert await taken(acme) == left
    assert await acme.value("SELECT spent FROM __tenant__.mall_stock") == 5 * left
    await sound(acme)


async def test_an_unused_voucher_can_be_returned_and_is_worth_nothing_then(acme: Shop) -> None:
    async with acme.open():
        member, item = await make_points.member(200), await make.voucher_item()
    done = await redeem(acme, member, item, quantity=2)
    await do(acme, mall.give_back, done.id, reason="not wanted")
    assert {row["state"] for row in await acme.rows("SELECT state FROM __tenant__.voucher")} == {"revoked"}
    assert await balances(acme, member) == (200, 0)
    await sound(acme)


@pytest.mark.parametrize("fate", ["reserved", "used", "expired"])
async def test_a_voucher_that_is_used_or_gone_is_not_returned(acme: Shop, fate: str) -> None:
    with clock.at(NOON):
        async with acme.open():
            member, item = await make_points.member(100), await make.voucher_item()
        done = await redeem(acme, member, item)
    with clock.at(NOON + timedelta(days=30 if fate == "expired" else 0)):
        if fate != "expired":
            async with acme.open():
                voucher = await DB.fetchval("SELECT id FROM __tenant__.voucher")
                basket = vouchers.Basket(Decimal(200))
                kept = await vouchers.reserve(voucher, basket, order_reference="o", member_id=member)
                if fate == "used":
                    await vouchers.confirm(kept.id)
        with pytest.raises(mall.VoucherGone):
            await do(acme, mall.give_back, done.id, reason="x")
        assert await state(acme, done.id) == "done"
        assert await balances(acme, member) == (0, 0)


async def test_a_named_benefit_waits_until_somebody_has_seen_to_it(acme: Shop) -> None:
    member, item = await shopper(acme, 100, kind="benefit", benefit="named")
    done = await redeem(acme, member, item)
    assert done.state == "to_ship"
    assert (await do(acme, mall.complete, done.id, reason="table booked")).state == "done"
    await sound(acme)


async def test_a_level_for_a_while_is_given_at_once_and_not_taken_back(acme: Shop) -> None:
    await make_levels.switched_on(acme)
    async with acme.open():
        ladder = await levels.ladder()
        member = await make_points.member(500)
        item = await make.item(kind="benefit", benefit="level", level=ladder[1].id, level_days=30)
    done = await redeem(acme, member, item)
    async with acme.open():
        assert (await levels.levels_of([member]))[member].id == ladder[1].id
    with pytest.raises(mall.NotForLevel):
        await redeem(acme, member, item, "again")
    with pytest.raises(mall.NotReturnable):
        await do(acme, mall.give_back, done.id, reason="x")
    assert await balances(acme, member) == (400, 0)
    await sound(acme)


async def test_levels_have_prices_of_their_own_and_items_levels(acme: Shop) -> None:
    await make_levels.switched_on(acme)
    async with acme.open():
        ladder = await levels.ladder()
        low, high = await make_points.member(500), await make_points.member(500)
        await levels.set_level(high, level=ladder[2].id, until=None, reason="guest")
        item, secret = await make.item(points=99), await make.item()
        await mall.set_levels(item, prices=[mall.LevelPrice(ladder[2].id, percent_off=50)], allowed=[])
        await mall.set_levels(secret, prices=[], allowed=[ladder[2].id])
        offers = {one.row["id"]: one for one in await mall.offers(low)}
        assert (offers[item].price.points, offers[item].can) == (99, True)
        assert [type(why) for why in offers[secret].refusals] == [mall.NotForLevel]
        assert (await mall.offer(high, item)).price.points == 49
        assert (await mall.preview(item, level=ladder[2].id)).price.points == 49
        with pytest.raises(levels.LevelUnknown):
            await mall.set_levels(item, prices=[], allowed=[item])
    assert (await redeem(acme, high, item)).points == 49
    assert (await redeem(acme, low, item, "low")).points == 99
    with pytest.raises(mall.NotForLevel):
        await redeem(acme, low, secret, "secret")
    await redeem(acme, high, secret, "open to me")
    await sound(acme)


async def test_every_change_is_news_told_once_for_a_batch(acme: Shop) -> None:
    heard: list[mall.RedemptionChanged] = []

    async def hear(fact: mall.RedemptionChanged) -> None:
        heard.append(fact)

    member, item = await shopper(acme, 1000)
    _reactions[mall.RedemptionChanged].append(hear)
    try:
        async with acme.open():
            await mall.redeem_many([
                mall.Redeeming(member=member, item=item, once=f"{number}", address=make.ADDRESS) for number in range(3)
            ])  # fmt: skip
        [made] = heard
        await do(acme, mall.ship, made.changes[0].redemption)
        await do(acme, mall.ship, made.changes[0].redemption)
    finally:
        _reactions[mall.RedemptionChanged].remove(hear)
    assert [(change.before, change.after) for change in made.changes] == [(None, "to_ship")] * 3
    assert [(change.before, change.after) for fact in heard[1:] for change in fact.changes] == [("to_ship", "shipped")]


async def test_a_merged_members_redemptions_go_along_and_count_and_come_back(acme: Shop) -> None:
    async with acme.open():
        one, two, item = await make_points.member(500), await make_points.member(500), await make.item(limit_ever=2)
    first = await redeem(acme, one, item, "1")
    await redeem(acme, two, item, "2")
    async with acme.open():
        await members.merge(one, two, once="m")
    await sound(acme)
    with pytest.raises(mall.LimitReached):
        await redeem(acme, two, item, "3")
    gone = await do(acme, mall.cancel, first.id, reason="x")
    assert gone.member == two
    assert (await balances(acme, two))[0] == 900
    await redeem(acme, two, item, "4")
    await sound(acme)


async def test_merged_and_parted_again_everybody_has_their_own(acme: Shop) -> None:
    async with acme.open():
        one, two, item = await make_points.member(500), await make_points.member(500), await make.item(limit_ever=1)
    await redeem(acme, one, item, "1")
    async with acme.open():
        merge = await members.merge(one, two, once="m")
    with pytest.raises(mall.LimitReached):
        await redeem(acme, two, item, "2")
    async with acme.open():
        await members.unmerge(merge.id)
    await redeem(acme, two, item, "3")
    assert await acme.value("SELECT count(*) FROM __tenant__.mall_redemption WHERE member = $1", one) == 1
    await sound(acme)


async def test_of_who_is_forgotten_no_address_is_left(acme: Shop) -> None:
    member, item = await shopper(acme, 100)
    done = await redeem(acme, member, item)
    await do(acme, mall.ship, done.id, carrier="SF", tracking="1", reason="to Li Lei")
    async with acme.open():
        await members.erase(member, reason="asked")
    text = str(await acme.rows("SELECT * FROM __tenant__.mall_delivery")) + str(await history(acme, done.id))
    assert not any(word in text for word in ("Li Lei", "文一路", "杭州", "13800138000"))
    assert await acme.value("SELECT points FROM __tenant__.mall_redemption") == 100
    await sound(acme)


async def test_what_does_not_exist_cannot_be_changed(acme: Shop) -> None:
    member, _ = await shopper(acme)
    for verb in _VERBS.values():
        with pytest.raises(DomainError) as caught:
            await do(acme, verb, member)
        assert caught.value.code == "mall.redemption_unknown"


async def test_the_card_and_the_export_of_a_member_tell_of_the_mall(acme: Shop) -> None:
    member, item = await shopper(acme, 100)
    await redeem(acme, member, item)
    async with acme.open():
        card = await members.card_of(member)
        told = await members.export_of(member)
    [section] = [section for section in card.sections if section.key == "mall"]
    assert [fact.value for fact in section.facts][:2] == [1, 1]
    assert "文一路" in str(told)
