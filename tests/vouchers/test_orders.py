"""Several vouchers of one order, and what a refund of it, whole or in parts, gives back."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenants import vouchers
from tenants.kit import clock, ids
from tenants.kit.errors import Conflict, DomainError, Invalid
from tests.make import vouchers as make
from tests.vouchers.books import balanced

if TYPE_CHECKING:
    import uuid

    from tests.conftest import Shop

NOON = datetime(2026, 3, 1, 4, tzinfo=UTC)
ORDER = vouchers.Basket(Decimal("100.00"), Decimal("8.00"))


async def three(member: uuid.UUID) -> list[uuid.UUID]:
    """20.00 off, 10 % off and free shipping, each of its own group."""
    made = [
        await make.voucher(member, stack_group="off", apply_order=1),
        await make.voucher(member, kind="percent", percent=10, stack_group="share", apply_order=2),
        await make.voucher(member, kind="free_shipping", stack_group="post"),
    ]
    return [one.id for one in made]


async def test_several_vouchers_are_reserved_used_and_given_back_together(acme: Shop) -> None:
    async with acme.open():
        member = await make.shopper()
        some = await three(member)
        told = await vouchers.validate_many(some, ORDER, member_id=member)
        kept = await vouchers.reserve_many(some, ORDER, order_reference="A", member_id=member)
        again = await vouchers.reserve_many(some, ORDER, order_reference="A", member_id=member)
        used = await vouchers.confirm_order("A")
        twice = await vouchers.confirm_order("A")
        with pytest.raises(vouchers.ReservationOver):
            await vouchers.release_order("A")
    assert [verdict.discount for verdict in told.verdicts] == [Decimal("20.00"), Decimal("8.00"), Decimal("8.00")]
    assert told.discount == sum(one.discount for one in kept) == Decimal("36.00")
    assert [one.id for one in again] == [one.id for one in kept]
    assert ({one.state for one in used}, {one.repeated for one in twice}) == ({"used"}, {True})
    async with acme.open():
        assert set(await vouchers.give_back("A", reason="refund")) == set(some)
        assert await vouchers.give_back("A", reason="refund") == []
        with pytest.raises(vouchers.ReservationOver):
            await vouchers.confirm_order("A")
    await balanced(acme)


async def test_one_that_cannot_join_keeps_all_of_them_out(acme: Shop) -> None:
    async with acme.open():
        member = await make.shopper()
        some = await three(member)
        alone = (await make.voucher(member, stacking="exclusive")).id
        with pytest.raises(vouchers.NotUsable):
            await vouchers.reserve_many([*some, alone], ORDER, order_reference="A")
        with pytest.raises(vouchers.VoucherUnknown):
            await vouchers.reserve_many([*some, ids.new()], ORDER, order_reference="A")
        stranger = (await make.voucher(await make.shopper())).id
        with pytest.raises(vouchers.VoucherUnknown):
            await vouchers.reserve_many([*some, stranger], ORDER, order_reference="A")
    assert await acme.value("SELECT count(*) FROM __tenant__.voucher WHERE state <> 'issued'") == 0
    await balanced(acme)


async def test_vouchers_that_an_order_has_already_are_counted_with_one_more(acme: Shop) -> None:
    async with acme.open():
        member = await make.shopper()
        first, second = (await make.voucher(member)).id, (await make.voucher(member)).id
        other = (await make.voucher(member, amount=Decimal(90), stack_group="big", group_max=1)).id
        await vouchers.reserve(first, ORDER, order_reference="A")
        with pytest.raises(vouchers.NotUsable):  # at most one of the group without a name
            await vouchers.reserve(second, ORDER, order_reference="A")
        joined = await vouchers.reserve(other, ORDER, order_reference="A")
        with pytest.raises(vouchers.OtherAmounts):
            await vouchers.reserve(second, vouchers.Basket(Decimal("99.00")), order_reference="A")
    assert joined.discount == Decimal("80.00")  # what the first had left
    await balanced(acme)


async def test_of_twenty_vouchers_put_on_one_order_at_once_one_gets_there(acme: Shop) -> None:
    async with acme.open():
        member = await make.shopper()
        some = [(await make.voucher(member)).id for _ in range(20)]

    async def put(voucher: uuid.UUID) -> str:
        try:
            async with acme.open():
                await vouchers.reserve(voucher, ORDER, order_reference="A")
        except DomainError as error:
            return error.code
        return "kept"

    got = await asyncio.gather(*(put(voucher) for voucher in some))
    assert (got.count("kept"), got.count("voucher.not_usable")) == (1, 19)
    await balanced(acme)


async def test_two_orders_want_the_same_two_vouchers_and_one_gets_both(acme: Shop) -> None:
    async with acme.open():
        member = await make.shopper()
        some = (await three(member))[:2]

    async def take(order: str) -> str:
        try:
            async with acme.open():
                wanted = some if order == "A" else some[::-1]
                await vouchers.reserve_many(wanted, ORDER, order_reference=order)
        except Conflict:
            return "lost"
        return "won"

    assert sorted(await asyncio.gather(*(take(order) for order in "ABAB"))) == ["lost", "lost", "won", "won"]
    assert (
        await acme.value("SELECT count(DISTINCT order_reference) FROM __tenant__.voucher WHERE state = 'reserved'") == 1
    )
    await balanced(acme)


async def test_the_policy_says_for_how_long_and_how_long_at_most(acme: Shop) -> None:
    async with acme.open():
        await vouchers.change_policy(vouchers.Policy(hold_seconds=60, hold_seconds_max=120))
        issued = await make.voucher(await make.shopper())
        with pytest.raises(Invalid):
            await vouchers.reserve(issued.id, ORDER, order_reference="A", ttl_seconds=121)
        before = clock.now()
        kept = await vouchers.reserve(issued.id, ORDER, order_reference="A")
        assert kept.reserved_until is not None
        assert timedelta(0) < kept.reserved_until - before <= timedelta(seconds=70)
        for policy in (vouchers.Policy(hold_seconds=200, hold_seconds_max=100), vouchers.Policy(agent_daily_max=-1)):
            with pytest.raises(Invalid):
                await vouchers.change_policy(policy)


async def test_a_part_refund_says_what_the_voucher_had_paid_and_the_last_part_gives_it_back(acme: Shop) -> None:
    async with acme.open():
        member = await make.shopper()
        off, _, post = await three(member)
        await vouchers.reserve_many([off, post], ORDER, order_reference="A")
        await vouchers.confirm_order("A")
        hundred = Decimal("100.00")
        first = await vouchers.refund_part("A", refunded=Decimal("33.33"), total=hundred, once="r1")
        again = await vouchers.refund_part("A", refunded=Decimal("33.33"), total=hundred, once="r1")
        with pytest.raises(vouchers.RefundDiffers):
            await vouchers.refund_part("A", refunded=Decimal("33.34"), total=hundred, once="r1")
        spent = await acme_spent(off)
        last = await vouchers.refund_part("A", refunded=Decimal("66.67"), total=hundred, once="r2")
        late = await vouchers.refund_part("A", refunded=Decimal("66.67"), total=hundred, once="r2")
    assert (first.withheld, first.returned, again.repeated) == (Decimal("6.67"), (), True)
    assert spent == Decimal("13.33")
    assert (last.withheld, last.shipping_withheld) == (Decimal("13.33"), Decimal("8.00"))
    assert set(last.returned) == {off, post}
    assert (late.withheld, late.repeated) == (last.withheld, True)
    states = await acme.rows("SELECT DISTINCT state FROM __tenant__.voucher WHERE id = ANY($1)", [off, post])
    assert states == [{"state": "issued"}]
    assert await acme.value("SELECT count(*) FROM __tenant__.voucher_event WHERE kind = 'refunded'") == 3
    await balanced(acme)


async def acme_spent(voucher: uuid.UUID) -> Decimal:
    from tenants.tenancy import DB  # noqa: PLC0415  inside the open transaction

    found: Decimal = await DB.fetchval(
        "SELECT s.spent FROM __tenant__.voucher_stock s JOIN __tenant__.voucher v ON v.template = s.template"
        " WHERE v.id = $1", voucher)  # fmt: skip
    return found


PARTS = st.lists(st.integers(1, 5_000), min_size=1, max_size=6)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=PARTS, data=st.data())
async def test_parts_in_any_order_come_to_the_discount_exactly(
    acme: Shop, parts: list[int], data: st.DataObject
) -> None:
    total = Decimal(sum(parts)).scaleb(-2)
    order = ids.new().hex
    async with acme.open():
        issued = await make.voucher(await make.shopper(), amount=Decimal("7.77"))
        kept = await vouchers.reserve(issued.id, vouchers.Basket(total), order_reference=order)
        await vouchers.confirm(kept.id)
        turned = data.draw(st.permutations(list(enumerate(parts))))
        told = [
            await vouchers.refund_part(order, refunded=Decimal(part).scaleb(-2), total=total, once=f"{order}/{number}")
            for number, part in turned
        ]
    assert sum(one.withheld for one in told) == kept.discount
    assert [bool(one.returned) for one in told] == [False] * (len(parts) - 1) + [True]
    await balanced(acme)


async def test_the_same_refund_many_times_at_once_counts_once(acme: Shop) -> None:
    async with acme.open():
        issued = await make.voucher(await make.shopper())
        await vouchers.confirm((await vouchers.reserve(issued.id, ORDER, order_reference="A")).id)

    async def refund() -> vouchers.Refunded:
        async with acme.open():
            return await vouchers.refund_part("A", refunded=Decimal(50), total=Decimal(100), once="r1")

    told = await asyncio.gather(*(refund() for _ in range(10)))
    assert {one.withheld for one in told} == {Decimal("10.00")}
    assert [one.repeated for one in told].count(False) == 1
    assert await acme.value("SELECT refunded FROM __tenant__.voucher_checkout") == Decimal(50)
    await balanced(acme)


async def test_an_order_without_vouchers_is_refunded_without_a_trace(acme: Shop) -> None:
    async with acme.open():
        told = await vouchers.refund_part("none", refunded=Decimal(5), total=Decimal(10), once="r1")
        for refunded, total in ((11, 10), (-1, 10), (0, 0)):
            with pytest.raises(Invalid):
                await vouchers.refund_part("none", refunded=Decimal(refunded), total=Decimal(total), once="r2")
    assert (told.withheld, told.returned) == (Decimal(0), ())
    assert await acme.value("SELECT count(*) FROM __tenant__.voucher_refund") == 0


async def test_a_refund_before_the_payment_is_confirmed_frees_what_was_reserved(acme: Shop) -> None:
    async with acme.open():
        issued = await make.voucher(await make.shopper())
        kept = await vouchers.reserve(issued.id, ORDER, order_reference="A")
        whole = await vouchers.refund_part("A", refunded=Decimal(100), total=Decimal(100), once="r1")
        with pytest.raises(vouchers.ReservationOver):
            await vouchers.confirm(kept.id)
    assert whole.returned == (issued.id,)
    await balanced(acme)


async def test_what_comes_back_after_its_time_is_good_for_as_long_as_its_template_says(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            issued = await make.voucher(await make.shopper(), valid_days=1, return_days=3)
            await vouchers.confirm((await vouchers.reserve(issued.id, ORDER, order_reference="A")).id)
    with clock.at(NOON + timedelta(days=10)):
        async with acme.open():
            await vouchers.give_back("A", reason="refund")
            assert (await vouchers.validate(issued.id, ORDER)).valid
    until = await acme.value("SELECT valid_until FROM __tenant__.voucher")
    assert until == datetime(2026, 3, 13, 16, tzinfo=UTC)  # midnight in Shanghai after three days
    kinds = [row["kind"] for row in await acme.rows("SELECT kind FROM __tenant__.voucher_event ORDER BY id")]
    assert kinds == ["issued", "reserved", "used", "returned", "extended"]
    await balanced(acme)


async def test_a_gift_costs_its_price_and_comes_back_with_the_whole_order(acme: Shop) -> None:
    async with acme.open():
        terms = {"kind": "gift", "given_en": "Mug", "cost": Decimal("12.00"), "budget": Decimal("12.00")}
        template, member = await make.voucher_template(**terms), await make.shopper()
        issued = await make.voucher(member, template)
        kept = await vouchers.reserve(issued.id, ORDER, order_reference="A")
        await vouchers.confirm(kept.id)
        with pytest.raises(vouchers.BudgetSpent):
            await make.voucher(member, template)
        part = await vouchers.refund_part("A", refunded=Decimal(60), total=Decimal(100), once="r1")
        assert (kept.discount, part.withheld, part.returned) == (Decimal(0), Decimal(0), ())
        last = await vouchers.refund_part("A", refunded=Decimal(40), total=Decimal(100), once="r2")
    assert last.returned == (issued.id,)
    await balanced(acme)
