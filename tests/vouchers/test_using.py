"""Using vouchers: what they take off, which order has one, and what time does."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tenants import members, vouchers
from tenants.kit import clock, ids
from tenants.kit.errors import Conflict, Invalid, NotFound, Refused
from tenants.kit.words import reading
from tenants.tenancy import use_tenant
from tenants.tenancy.callers import Caller, calling
from tenants.vouchers.rules.guesses import FAILS_MAX, FAILS_MAX_OF_A_BACKEND
from tests.make import vouchers as make
from tests.vouchers.books import balanced

if TYPE_CHECKING:
    import uuid

    from tests.conftest import Shop

NOON = datetime(2026, 3, 1, 4, tzinfo=UTC)  # twelve o'clock in Shanghai
HUNDRED = Decimal("100.00")


@pytest.mark.parametrize(
    ("terms", "order", "shipping", "discount"),
    [
        ({"amount": Decimal(20)}, "100.00", None, "20.00"),
        ({"amount": Decimal(20)}, "19.99", None, "19.99"),
        ({"amount": Decimal(20)}, "0", None, None),
        ({"amount": Decimal(20), "threshold": Decimal(100)}, "100.00", None, "20.00"),
        ({"amount": Decimal(20), "threshold": Decimal(100)}, "99.99", "50.00", None),
        ({"kind": "percent", "percent": 10}, "0.05", None, "0.01"),  # 0.005 rounds up
        ({"kind": "percent", "percent": 10}, "0.04", None, None),  # 0.004 rounds to nothing
        ({"kind": "percent", "percent": 15}, "99.99", None, "15.00"),  # 14.9985
        ({"kind": "percent", "percent": 33}, "10.50", None, "3.47"),  # 3.465: half goes up, also from an even cent
        ({"kind": "percent", "percent": 100}, "12.34", None, "12.34"),
        ({"kind": "percent", "percent": 20, "amount_max": Decimal(15)}, "75.00", None, "15.00"),
        ({"kind": "percent", "percent": 20, "amount_max": Decimal(15)}, "9999999999.99", None, "15.00"),
        ({"kind": "percent", "percent": 20, "amount_max": Decimal(15)}, "74.95", None, "14.99"),
        ({"kind": "free_shipping"}, "10.00", "8.50", "8.50"),
        ({"kind": "free_shipping"}, "0", "8.50", "8.50"),
        ({"kind": "free_shipping"}, "10.00", None, None),
        ({"kind": "free_shipping"}, "10.00", "0", None),
        ({"kind": "free_shipping", "threshold": Decimal(50)}, "49.99", "8.50", None),
    ],
)
async def test_what_a_voucher_takes_off(
    acme: Shop, terms: dict[str, Any], order: str, shipping: str | None, discount: str | None
) -> None:
    async with acme.open():
        issued = await make.voucher(await make.shopper(), **terms)
        verdict = await vouchers.validate(
            issued.id, vouchers.Basket(Decimal(order), None if shipping is None else Decimal(shipping))
        )
    assert verdict.valid == (discount is not None)
    assert verdict.discount == Decimal(discount or "0")


async def test_every_rule_is_told_with_a_sentence_in_both_languages(acme: Shop) -> None:
    async with acme.open():
        issued = await make.voucher(await make.shopper(), threshold=Decimal(200), delay_days=1)
        verdict = await vouchers.validate(issued.id, vouchers.Basket(HUNDRED))
    assert {reason.rule: reason.ok for reason in verdict.reasons} == {
        "state": True, "started": False, "not_over": True, "threshold": False, "worth": True,
    }  # fmt: skip
    threshold = next(reason.why for reason in verdict.reasons if reason.rule == "threshold")
    assert threshold.say("en") == "The order must come to 200.00 at least; it comes to 100.00."
    assert "200.00" in threshold.say("zh")


@pytest.mark.parametrize("amount", ["-1", "1.001", "NaN", "Infinity", "1e20"])
async def test_an_amount_that_is_no_money_is_refused(acme: Shop, amount: str) -> None:
    async with acme.open():
        issued = await make.voucher(await make.shopper())
        with pytest.raises(Invalid):
            await vouchers.validate(issued.id, vouchers.Basket(Decimal(amount)))
        with pytest.raises(Invalid):
            await vouchers.reserve(issued.id, vouchers.Basket(Decimal(amount)), order_reference="o1")


async def test_an_order_that_repeats_itself_at_once_has_one_reservation(acme: Shop) -> None:
    async with acme.open():
        issued = await make.voucher(await make.shopper())

    async def take() -> vouchers.Reservation:
        async with acme.open():
            return await vouchers.reserve(issued.id, vouchers.Basket(HUNDRED), order_reference="order-1")

    kept = await asyncio.gather(*(take() for _ in range(10)))
    assert len({one.id for one in kept}) == 1
    assert [one.repeated for one in kept].count(False) == 1
    async with acme.open():
        with pytest.raises(Conflict, match="reserved_otherwise"):
            await vouchers.reserve(issued.id, vouchers.Basket(Decimal(99)), order_reference="order-1")


async def test_reserve_release_reserve_confirm(acme: Shop) -> None:
    async with acme.open():
        issued = await make.voucher(await make.shopper())
        first = await vouchers.reserve(issued.id, vouchers.Basket(HUNDRED), order_reference="a")
        released = await vouchers.release(first.id)
        again = await vouchers.release(first.id)
        second = await vouchers.reserve(issued.id, vouchers.Basket(HUNDRED), order_reference="b")
        late = await vouchers.release(first.id)
        with pytest.raises(vouchers.ReservationOver):
            await vouchers.confirm(first.id)
        used = await vouchers.confirm(second.id)
        twice = await vouchers.confirm(second.id)
        with pytest.raises(vouchers.ReservationOver):
            await vouchers.release(second.id)
        with pytest.raises(vouchers.NotUsable):
            await vouchers.reserve(issued.id, vouchers.Basket(HUNDRED), order_reference="c")
    assert (released.repeated, again.repeated, late.repeated) == (False, True, True)
    assert (used.state, used.repeated, twice.repeated) == ("used", False, True)
    assert used.discount == Decimal("20.00")
    kinds = [row["kind"] for row in await acme.rows("SELECT kind FROM __tenant__.voucher_event ORDER BY id")]
    assert kinds == ["issued", "reserved", "released", "reserved", "used"]
    await balanced(acme)


async def test_confirm_and_release_at_once_end_in_one_of_the_two(acme: Shop) -> None:
    async with acme.open():
        issued = await make.voucher(await make.shopper())
        kept = await vouchers.reserve(issued.id, vouchers.Basket(HUNDRED), order_reference="a")

    async def end(verb: Any) -> str:
        try:
            async with acme.open():
                return str((await verb(kept.id)).state)
        except vouchers.ReservationOver:
            return "over"

    outcomes = await asyncio.gather(*(end(verb) for verb in [vouchers.confirm, vouchers.release] * 5))
    assert set(outcomes) in ({"used", "over"}, {"released", "over"})
    await balanced(acme)


async def test_a_reservation_lapses_and_the_next_order_may_have_the_voucher(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            issued = await make.voucher(await make.shopper())
            first = await vouchers.reserve(issued.id, vouchers.Basket(HUNDRED), order_reference="a", ttl_seconds=60)
    with clock.at(NOON + timedelta(seconds=59)):
        async with acme.open():
            with pytest.raises(vouchers.ReservedElsewhere):
                await vouchers.reserve(issued.id, vouchers.Basket(HUNDRED), order_reference="b")
    with clock.at(NOON + timedelta(seconds=60)):
        async with acme.open():
            second = await vouchers.reserve(issued.id, vouchers.Basket(HUNDRED), order_reference="b")
            with pytest.raises(vouchers.ReservationOver):
                await vouchers.confirm(first.id)
            await vouchers.confirm(second.id)
    await balanced(acme)


async def test_a_late_payment_still_counts_when_nobody_else_took_the_voucher(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            issued = await make.voucher(await make.shopper(), valid_days=1)
            kept = await vouchers.reserve(issued.id, vouchers.Basket(HUNDRED), order_reference="a", ttl_seconds=60)
    with clock.at(NOON + timedelta(days=2)):
        async with acme.open():
            assert (await vouchers.confirm(kept.id)).state == "used"
    await balanced(acme)


async def test_a_voucher_is_good_until_the_last_instant_of_its_last_day(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            issued = await make.voucher(await make.shopper(), valid_days=1)
    with clock.at(issued.valid_until - timedelta(microseconds=1)):
        async with acme.open():
            assert (await vouchers.validate(issued.id, vouchers.Basket(HUNDRED))).valid
            assert await vouchers.expire_due(10) == 0
    with clock.at(issued.valid_until):
        async with acme.open():
            assert not (await vouchers.validate(issued.id, vouchers.Basket(HUNDRED))).valid
            with pytest.raises(vouchers.NotUsable):
                await vouchers.reserve(issued.id, vouchers.Basket(HUNDRED), order_reference="a")
            assert await vouchers.expire_due(10) == 1
            assert await vouchers.expire_due(10) == 0
            assert not (await vouchers.validate(issued.id, vouchers.Basket(HUNDRED))).valid
    assert await acme.value("SELECT state FROM __tenant__.voucher") == "expired"
    await balanced(acme)


async def test_what_lapses_and_has_run_out_expires_in_the_same_run(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            issued = await make.voucher(await make.shopper(), valid_days=1)
            kept = await vouchers.reserve(issued.id, vouchers.Basket(HUNDRED), order_reference="a")
    with clock.at(NOON + timedelta(days=1)):
        async with acme.open():
            await vouchers.expire_due(10)
            with pytest.raises(vouchers.ReservationOver):
                await vouchers.confirm(kept.id)
    kinds = [row["kind"] for row in await acme.rows("SELECT kind FROM __tenant__.voucher_event ORDER BY id")]
    assert kinds == ["issued", "reserved", "released", "expired"]
    await balanced(acme)


async def test_a_full_refund_gives_back_once_what_the_order_used(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            member = await make.shopper()
            long = await make.voucher(member, valid_days=30, group_max=2)
            short = await make.voucher(member, valid_days=1, group_max=2)
            for issued in (long, short):
                kept = await vouchers.reserve(issued.id, vouchers.Basket(HUNDRED), order_reference="a")
                await vouchers.confirm(kept.id)
    with clock.at(NOON + timedelta(days=3)):
        async with acme.open():
            assert set(await vouchers.give_back("a", reason="refund")) == {long.id, short.id}
            assert await vouchers.give_back("a", reason="refund") == []
            again = await vouchers.reserve(long.id, vouchers.Basket(HUNDRED), order_reference="b")
            assert await vouchers.give_back("a", reason="refund") == []
            await vouchers.confirm(again.id)
    states = {row["id"]: row["state"] for row in await acme.rows("SELECT id, state FROM __tenant__.voucher")}
    assert states == {long.id: "used", short.id: "expired"}
    await balanced(acme)


async def test_a_revoked_voucher_is_gone_even_for_the_order_that_reserved_it(acme: Shop) -> None:
    with calling(Caller("staff", name="mei")):
        async with acme.open():
            issued = await make.voucher(await make.shopper())
            kept = await vouchers.reserve(issued.id, vouchers.Basket(HUNDRED), order_reference="a")
            assert await vouchers.revoke(issued.id, reason="fraud")
            assert not await vouchers.revoke(issued.id, reason="fraud")
            with pytest.raises(vouchers.ReservationOver):
                await vouchers.confirm(kept.id)
            with pytest.raises(vouchers.NotUsable):
                await vouchers.reserve(issued.id, vouchers.Basket(HUNDRED), order_reference="a")
    told = await acme.rows("SELECT reason, recorded_by FROM __tenant__.voucher_event WHERE kind = 'revoked'")
    assert told == [{"reason": "fraud", "recorded_by": "staff:mei"}]
    await balanced(acme)


async def test_a_used_voucher_cannot_be_revoked(acme: Shop) -> None:
    async with acme.open():
        issued = await make.voucher(await make.shopper())
        await vouchers.confirm((await vouchers.reserve(issued.id, vouchers.Basket(HUNDRED), order_reference="a")).id)
        with pytest.raises(Refused, match=r"voucher\.used"):
            await vouchers.revoke(issued.id, reason="")
    assert await acme.value("SELECT state FROM __tenant__.voucher") == "used"


async def test_a_voucher_of_another_member_is_unknown(acme: Shop) -> None:
    async with acme.open():
        issued, other = await make.voucher(await make.shopper()), await make.shopper()
        with pytest.raises(vouchers.VoucherUnknown):
            await vouchers.validate(issued.id, vouchers.Basket(HUNDRED), member_id=other)
        with pytest.raises(vouchers.VoucherUnknown):
            await vouchers.reserve(issued.id, vouchers.Basket(HUNDRED), order_reference="a", member_id=other)
        for verb in (vouchers.confirm, vouchers.release):
            with pytest.raises(NotFound):
                await verb(ids.new())


async def test_a_refusal_says_why_in_the_language_of_the_reader(acme: Shop) -> None:
    async with acme.open():
        issued = await make.voucher(await make.shopper(), threshold=Decimal(200))
        with pytest.raises(vouchers.NotUsable) as refused:
            await vouchers.reserve(issued.id, vouchers.Basket(HUNDRED), order_reference="a")
    assert "must come to 200.00" in refused.value.say("en")
    with reading("zh"):
        assert "须满 200.00" in refused.value.say()


async def test_a_guesser_is_stopped_after_ten_and_may_go_on_ten_minutes_later(acme: Shop) -> None:
    async with acme.open():
        member = await make.shopper()
        issued = await make.voucher(member)
    guesser = Caller("member", ids.new())

    async def ask(code: str, caller: Caller) -> uuid.UUID:
        with use_tenant(acme.tenant), calling(caller):
            return await vouchers.find_by_code(code)

    with clock.at(NOON):
        for number in range(FAILS_MAX):
            with pytest.raises(vouchers.VoucherUnknown):
                await ask("nonsense" if number % 2 else "2" * 13, guesser)
        with pytest.raises(vouchers.TooManyTries) as stopped:
            await ask(issued.code, guesser)
        assert stopped.value.facts == {"seconds": 600}
        assert await ask(issued.code, Caller("member", ids.new())) == issued.id
    with clock.at(NOON + timedelta(minutes=9, seconds=59)), pytest.raises(vouchers.TooManyTries):
        await ask(issued.code, guesser)
    with clock.at(NOON + timedelta(minutes=10)):
        assert await ask(issued.code, guesser) == issued.id
        async with acme.open():
            await vouchers.expire_due(10)
    assert await acme.value("SELECT count(*) FROM __tenant__.voucher_try") == 0


async def test_fifty_guesses_at_once_are_all_counted(acme: Shop) -> None:
    guesser = Caller("member", ids.new())

    async def guess() -> None:
        with use_tenant(acme.tenant), calling(guesser), pytest.raises((vouchers.VoucherUnknown, vouchers.TooManyTries)):
            await vouchers.find_by_code("2" * 13)

    await asyncio.gather(*(guess() for _ in range(50)))
    assert await acme.value("SELECT fails FROM __tenant__.voucher_try") >= FAILS_MAX
    with use_tenant(acme.tenant), calling(guesser), pytest.raises(vouchers.TooManyTries):
        await vouchers.find_by_code("2" * 13)


async def test_a_guesser_behind_the_shops_backend_stops_only_himself(acme: Shop) -> None:
    async with acme.open():
        member, guesser = await make.shopper(), await make.shopper()
        issued = await make.voucher(member)
    with use_tenant(acme.tenant), calling(Caller("server", ids.new())):
        for _ in range(FAILS_MAX):
            with pytest.raises(vouchers.VoucherUnknown):
                await vouchers.find_by_code(issued.code, member_id=guesser)
        with pytest.raises(vouchers.TooManyTries):
            await vouchers.find_by_code(issued.code, member_id=guesser)
        assert await vouchers.find_by_code(issued.code, member_id=member) == issued.id
        for _ in range(FAILS_MAX_OF_A_BACKEND):
            with pytest.raises(vouchers.VoucherUnknown):
                await vouchers.find_by_code("2" * 13)
        with pytest.raises(vouchers.TooManyTries):
            await vouchers.find_by_code(issued.code)


async def test_a_code_is_never_looked_up_where_the_count_could_be_undone(acme: Shop) -> None:
    async with acme.open():
        with pytest.raises(RuntimeError):
            await vouchers.find_by_code("2" * 13)


async def test_a_blocked_members_voucher_is_not_used_until_they_are_unblocked(acme: Shop) -> None:
    async with acme.open():
        member = await make.shopper()
        voucher, kept = await make.voucher(member), await make.voucher(member)
        reserved = await vouchers.reserve(kept.id, vouchers.Basket(HUNDRED), order_reference="A-1")
        await members.block(member)
        with pytest.raises(members.MemberBlocked):
            await vouchers.validate(voucher.id, vouchers.Basket(HUNDRED))
        with pytest.raises(members.MemberBlocked):
            await vouchers.reserve(voucher.id, vouchers.Basket(HUNDRED), order_reference="A-2")
        again = await vouchers.reserve(kept.id, vouchers.Basket(HUNDRED), order_reference="A-1")
        used = await vouchers.confirm(reserved.id)
        await members.unblock(member)
        assert (await vouchers.validate(voucher.id, vouchers.Basket(HUNDRED))).valid
    assert (again.id, again.repeated, used.state) == (reserved.id, True, "used")
    await balanced(acme)
