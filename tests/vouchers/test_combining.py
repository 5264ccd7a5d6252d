"""What vouchers take off together: pure, so it is held to properties that no basket may break."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from tenants.tenancy import use_tenant
from tenants.tenancy.current import Tenant
from tenants.vouchers.rules import discounts
from tenants.vouchers.rules.baskets import Basket, BasketItem
from tenants.vouchers.rules.describing import Rows, card
from tenants.vouchers.rules.discounts import Candidate
from tenants.vouchers.rules.judging import Asked, combine
from tenants.vouchers.rules.terms import Hours, Scope

if TYPE_CHECKING:
    from tenants import vouchers

NOON = datetime(2026, 3, 1, 4, tzinfo=UTC)  # Sunday, twelve o'clock in Shanghai
BLANK: dict[str, Any] = {
    "member": uuid.UUID(int=1), "template": uuid.UUID(int=2), "state": "issued", "valid_from": NOON - timedelta(days=1),
    "valid_until": NOON + timedelta(days=1), "reserved_until": None, "discount": None, "kind": "amount", "amount": None,
    "percent": None, "amount_max": None, "threshold": None, "cost": None, "given_en": "", "given_zh": "",
    "gift_product": "", "gift_quantity": 1, "first_order_only": False, "stacking": "stackable", "stack_group": "",
    "group_max": 20, "apply_order": 100,
}  # fmt: skip
_numbers = iter(range(10, 10**9))


def voucher(scopes: tuple[Scope, ...] = (), hours: tuple[Hours, ...] = (), **row: Any) -> Candidate:
    return Candidate({**BLANK, "id": uuid.UUID(int=next(_numbers)), **row}, scopes, hours)


def money(text: str) -> Decimal:
    return Decimal(text)


def together(*candidates: Candidate, basket: Basket) -> vouchers.Combined:
    return combine(candidates, Asked(basket, NOON, "Asia/Shanghai"))


def why(verdict: vouchers.Verdict, rule: str) -> bool | None:
    return next((reason.ok for reason in verdict.reasons if reason.rule == rule), None)


AMOUNTS = st.integers(0, 300_00).map(lambda cents: Decimal(cents).scaleb(-2))
ITEMS = st.builds(
    BasketItem, st.sampled_from(["a", "b", "c"]), st.sampled_from(["x", "y", ""]), st.integers(1, 3), AMOUNTS
)
BASKETS = st.builds(
    lambda items, more, shipping: Basket(
        sum((item.amount for item in items), Decimal(0)) + more, shipping, tuple(items)
    ),
    st.lists(ITEMS, max_size=4), AMOUNTS, st.none() | AMOUNTS,
)  # fmt: skip
SCOPES = st.lists(
    st.builds(Scope, st.sampled_from(["product", "category"]), st.sampled_from(["a", "b", "x", "y"]), st.booleans()),
    max_size=2,
).map(tuple)
POSITIVE = st.integers(1, 200_00).map(lambda cents: Decimal(cents).scaleb(-2))
ROWS = st.one_of(
    st.fixed_dictionaries({"kind": st.just("amount"), "amount": POSITIVE}),
    st.fixed_dictionaries(
        {"kind": st.just("percent"), "percent": st.integers(1, 100), "amount_max": st.none() | POSITIVE}
    ),
    st.fixed_dictionaries({"kind": st.just("free_shipping"), "amount_max": st.none() | POSITIVE}),
    st.fixed_dictionaries({"kind": st.just("gift"), "given_en": st.just("Mug")}),
)
SHARED = st.fixed_dictionaries({
    "threshold": st.none() | AMOUNTS, "apply_order": st.integers(0, 3), "stack_group": st.sampled_from(["", "g"]),
    "group_max": st.integers(1, 3), "stacking": st.sampled_from(["stackable", "stackable", "exclusive"]),
})  # fmt: skip
VOUCHERS = st.lists(
    st.builds(lambda row, shared, scopes: voucher(scopes, **row, **shared), ROWS, SHARED, SCOPES),
    min_size=1,
    max_size=5,
)


@given(BASKETS, VOUCHERS)
def test_vouchers_together_never_take_off_more_than_there_is_to_pay(basket: Basket, some: list[Candidate]) -> None:
    told = together(*some, basket=basket)
    goods = sum(
        (
            verdict.discount
            for verdict, one in zip(told.verdicts, some, strict=True)
            if one.row["kind"] != "free_shipping"
        ),
        Decimal(0),
    )
    shipping = told.discount - goods
    assert 0 <= goods <= basket.amount
    assert 0 <= shipping <= (basket.shipping or 0)
    for verdict, one in zip(told.verdicts, some, strict=True):
        assert 0 <= verdict.discount <= (one.row["amount"] or one.row["amount_max"] or told.discount)
        assert verdict.valid == all(reason.ok for reason in verdict.reasons)
        assert verdict.discount == 0 or verdict.valid
        if one.row["kind"] != "free_shipping":
            assert verdict.discount <= verdict.goods


@given(BASKETS, VOUCHERS)
def test_the_order_in_which_vouchers_are_named_does_not_matter(basket: Basket, some: list[Candidate]) -> None:
    one_way, other = together(*some, basket=basket), together(*reversed(some), basket=basket)
    assert one_way.discount == other.discount
    assert list(one_way.verdicts) == list(reversed(other.verdicts))


@given(BASKETS, VOUCHERS)
def test_every_rule_is_said_in_both_languages_with_its_numbers(basket: Basket, some: list[Candidate]) -> None:
    for verdict in together(*some, basket=basket).verdicts:
        for reason in verdict.reasons:
            assert reason.why.en
            assert reason.why.zh
            assert "{" not in reason.why.en + reason.why.zh


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**7), min_size=1, max_size=8))
def test_a_discount_is_spread_to_the_cent_and_no_line_goes_below_nothing(off: int, amounts: list[int]) -> None:
    off = min(off, sum(amounts))
    shares = discounts.spread(off, amounts)
    assert sum(shares) == off
    assert all(0 <= share <= amount for share, amount in zip(shares, amounts, strict=True))


def test_a_voucher_counts_only_for_its_goods_and_its_threshold_goes_by_them() -> None:
    tea = voucher((Scope("category", "tea"), Scope("product", "T9", included=False)), amount=money("20"), threshold=money("50"))  # fmt: skip
    items = (BasketItem("T1", "tea", 1, money("60.00")), BasketItem("T9", "tea", 1, money("40.00")), BasketItem("C1", "cup", 1, money("30.00")))  # fmt: skip
    verdict = together(tea, basket=Basket(money("130.00"), None, items)).verdicts[0]
    assert (verdict.valid, verdict.discount, verdict.goods) == (True, money("20.00"), money("60.00"))
    few = together(tea, basket=Basket(money("70.00"), None, items[1:])).verdicts[0]
    assert (few.valid, why(few, "items"), why(few, "threshold")) == (False, False, False)
    blind = together(tea, basket=Basket(money("130.00"))).verdicts[0]
    assert blind.objection is not None
    assert "items" in blind.objection.why.en


def test_several_are_applied_in_order_each_to_what_the_one_before_left() -> None:
    first = voucher(percent=50, kind="percent", apply_order=1)
    second = voucher(amount=money("30"), apply_order=2)
    told = together(second, first, basket=Basket(money("100.00")))
    assert [verdict.discount for verdict in told.verdicts] == [money("30.00"), money("50.00")]
    turned = together(
        voucher(amount=money("30"), apply_order=1), voucher(percent=50, kind="percent", apply_order=2),
        basket=Basket(money("100.00")),
    )  # fmt: skip
    assert [verdict.discount for verdict in turned.verdicts] == [money("30.00"), money("35.00")]


def test_an_exclusive_voucher_stands_alone_and_says_so_to_the_others() -> None:
    alone, other = voucher(amount=money("5"), stacking="exclusive"), voucher(amount=money("5"))
    told = together(alone, other, basket=Basket(money("100.00")))
    assert [why(verdict, "stacking") for verdict in told.verdicts] == [False, False]
    assert together(alone, basket=Basket(money("100.00"))).valid


def test_of_a_group_only_so_many_are_taken_and_other_groups_may_join() -> None:
    some = [voucher(amount=money("5"), stack_group="g", group_max=2) for _ in range(3)]
    told = together(*some, voucher(amount=money("5"), stack_group="h"), basket=Basket(money("100.00")))
    assert [verdict.valid for verdict in told.verdicts] == [True, True, False, True]
    assert told.discount == money("15.00")
    assert "at most 2" in (told.verdicts[2].objection or told.verdicts[2].reasons[0]).why.en


def test_hours_are_the_shops_and_their_end_is_too_late() -> None:
    open_now = voucher((), (Hours(7, time(11), time(13)),), amount=money("5"))
    too_late = voucher((), (Hours(7, time(11), time(12)),), amount=money("5"))
    other_day = voucher((), (Hours(1, None, None),), amount=money("5"))
    basket = Basket(money("100.00"))
    assert [together(one, basket=basket).valid for one in (open_now, too_late, other_day)] == [True, False, False]


def test_channels_first_orders_gifts_and_outside_benefits() -> None:
    web = voucher((Scope("channel", "web"),), amount=money("5"))
    not_app = voucher((Scope("channel", "app", included=False),), amount=money("5"))
    first = voucher(amount=money("5"), first_order_only=True)
    gift = voucher(kind="gift", given_en="Mug", given_zh="马克杯", gift_quantity=2)
    outside = voucher(kind="external", given_en="Red packet")

    def valid(one: Candidate, **basket: Any) -> bool:
        return together(one, basket=Basket(money("100.00"), **basket)).valid

    assert [valid(web, channel=channel) for channel in ("web", "app", "")] == [True, False, False]
    assert [valid(not_app, channel=channel) for channel in ("web", "app", "")] == [True, False, False]
    assert [valid(first, first_order=said) for said in (True, False, None)] == [True, False, False]
    told = together(gift, basket=Basket(money("100.00"))).verdicts[0]
    assert (told.valid, told.discount) == (True, Decimal(0))
    assert told.given is not None
    assert (told.given.en, told.given.zh) == ("2 × Mug", "马克杯 × 2")
    assert not valid(outside)


def test_the_card_says_the_rules_in_both_languages() -> None:
    row = {
        **BLANK, "name_en": "Tea week", "name_zh": "茶周", "notes_en": "", "notes_zh": "", "percent": 20, "kind": "percent",
        "amount_max": money("15"), "threshold": money("50"), "validity": "relative", "valid_days": 7, "delay_days": 0,
        "stacking": "exclusive", "transferable": True,
    }  # fmt: skip
    with use_tenant(Tenant(uuid.UUID(int=1), "acme", "t_acme", timezone="Asia/Shanghai")):
        told = card(row, Rows((Scope("category", "tea"),), (Hours(6, time(10), None),)))
    assert told.terms.en == (
        "20 % off, up to CNY 15.00. From 50.00 of the goods that count. For these categories: tea."
        " At these times: Saturday 10:00–24:00. Valid for 7 days. Not together with other vouchers. It can be handed on once."
    )
    assert "减 20%，最多减 15.00" in told.terms.zh
    assert "限类目：tea" in told.terms.zh
