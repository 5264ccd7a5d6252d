"""What the mall offers: terms, prices, stock, and what a member sees of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants import mall, vouchers
from tenants.kit import clock, ids
from tenants.kit.errors import DomainError, Invalid
from tenants.mall.rules.pricing import LevelPrice, Price, period_starts, price_for
from tenants.tenancy import DB, doctor
from tests.make import mall as make
from tests.make import points as make_points
from tests.make import vouchers as make_vouchers

if TYPE_CHECKING:
    from datetime import date

    from tests.conftest import Shop

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
GOLD, SILVER = ids.new(), ids.new()


@pytest.mark.parametrize(
    "wrong",
    [
        {"name_en": "", "name_zh": " "},
        {"name_en": "x" * 101},
        {"kind": "house"},
        {"state": "open"},
        {"points": -1},
        {"points": 0},
        {"points": 10**9 + 1},
        {"cash": Decimal("1.001")},
        {"cash": Decimal(-1)},
        {"cost": Decimal("NaN")},
        {"limit_ever": 0},
        {"limit_week": 10_001},
        {"quota": 0},
        {"quota_period": "year"},
        {"benefit": "named"},
        {"kind": "benefit"},
        {"kind": "benefit", "benefit": "level"},
        {"kind": "benefit", "benefit": "free_shipping"},
        {"kind": "voucher"},
        {"kind": "voucher", "with_order": True},
        {"starts_at": NOON, "ends_at": NOON},
        {"starts_at": NOON.replace(year=1999)},
        {"image": "https://elsewhere.example/mug.png"},
        {"image": "//elsewhere.example/mug.png"},
        {"image": "/\\elsewhere.example/mug.png"},
        {"image": "/static/../../etc/passwd"},
        {"image": "mug.png"},
        {"image": "/a b.png"},
        {"image": "/mug.png?x=1"},
        {"image": "javascript:alert(1)"},
    ],
    ids=str,
)
async def test_terms_that_make_no_sense_are_refused_and_make_nothing(acme: Shop, wrong: dict[str, Any]) -> None:
    async with acme.open():
        with pytest.raises(Invalid):
            await make.item(**{"name_en": "Mug", "name_zh": "", **wrong})
    assert await acme.value("SELECT count(*) FROM __tenant__.mall_item") == 0


async def test_a_picture_lies_on_the_shops_own_host_or_there_is_none(acme: Shop) -> None:
    async with acme.open():
        for image in ("", "/static/mug.png", "/a/b-c_d.1/%E6%9D%AF.png"):
            await make.item(image=image)
    assert await acme.value("SELECT count(*) FROM __tenant__.mall_item") == 3


async def test_what_an_item_is_stays_once_somebody_has_it(acme: Shop) -> None:
    async with acme.open():
        member, item = await make_points.member(100), await make.item()
        await mall.change_item(item, {"with_order": True})
        await mall.change_item(item, {"with_order": False})
        await mall.redeem(member, item, once="1", address=make.ADDRESS)
        for change in ({"kind": "benefit", "benefit": "named"}, {"state": "draft"}):
            with pytest.raises(mall.TermsFrozen):
                await mall.change_item(item, change)
        with pytest.raises(Invalid):
            await mall.change_item(item, {"colour": "red"})
        await mall.change_item(item, {"points": 5, "state": "ended"})
        with pytest.raises(mall.ItemEnded):
            await mall.change_item(item, {"state": "live"})
        with pytest.raises(mall.ItemUnknown):
            await mall.change_item(member, {"points": 5})


async def test_stock_is_changed_with_a_reason_once_and_never_below_what_has_gone(acme: Shop) -> None:
    async with acme.open():
        member, item = await make_points.member(1000), await make.item(stock=3)
        await mall.redeem(member, item, once="1", quantity=2, address=make.ADDRESS)
        assert await mall.change_stock(item, by=5, reason="more came", once="s-1") == 8
        assert await mall.change_stock(item, by=5, reason="more came", once="s-1") == 8
        with pytest.raises(mall.StockOnceDiffers):
            await mall.change_stock(item, by=6, reason="more came", once="s-1")
        with pytest.raises(mall.StockBelowTaken):
            await mall.change_stock(item, stock=1, reason="lost", once="s-2")
        with pytest.raises(mall.StockBelowTaken):
            await mall.change_stock(item, by=-7, reason="lost", once="s-3")
        with pytest.raises(Invalid):
            await mall.change_stock(item, by=1, reason=" ", once="s-4")
        assert await mall.change_stock(item, stock=None, reason="made to order", once="s-5") is None
        with pytest.raises(Invalid):
            await mall.change_stock(item, by=1, reason="more", once="s-6")
    rows = await acme.rows("SELECT number, before, stock, reason FROM __tenant__.mall_stock_change ORDER BY number")
    assert [tuple(row.values()) for row in rows] == [
        (1, None, 3, ""), (2, 3, 8, "more came"), (3, 8, None, "made to order"),
    ]  # fmt: skip
    async with acme.open():
        assert await doctor.examine() == []


async def test_a_member_sees_the_shelves_in_order_with_every_reason_why_not(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            await mall.set_category("home", name_en="Home", name_zh="家居")
            member = await make_points.member(150)
            second = await make.item(position=2, points=200, stock=0, category="home")
            first = await make.item(position=1, limit_day=1)
            soon = await make.item(position=3, starts_at=NOON + timedelta(days=1))
            await make.item(state="draft")
            await make.item(ends_at=NOON)
            await mall.redeem(member, first, once="1", address=make.ADDRESS)
            offers = await mall.offers(member)
            shelf = await mall.offers(member, category="home")
            rest = await mall.offers(member, after=(1, first), limit=1)
            with pytest.raises(mall.ItemUnknown):
                await mall.offer(member, member)
    assert [offer.row["id"] for offer in offers] == [first, second, soon]
    assert [offer.row["id"] for offer in shelf] == [second] == [offer.row["id"] for offer in rest]
    assert [[why.code for why in offer.refusals] for offer in offers] == [
        ["mall.limit_reached", "points.insufficient"], ["mall.sold_out", "points.insufficient"],
        ["mall.not_on_offer", "points.insufficient"],
    ]  # fmt: skip
    for offer in offers:
        for why in offer.refusals:
            assert why.say("en")
            assert why.say("zh")
    assert [offer.left for offer in offers] == [9, 0, 10]


async def test_what_is_shown_is_what_happens(acme: Shop) -> None:
    """The reason before the tap is the refusal after it."""
    async with acme.open():
        member = await make_points.member(100)
        items = [
            await make.item(points=101), await make.item(stock=0), await make.item(state="paused"),
            await make.voucher_item(voucher_template=await make_vouchers.voucher_template(state="paused")),
            await make.item(quota=1), await make.item(),
        ]  # fmt: skip
        await mall.redeem(await make_points.member(100), items[4], once="other", address=make.ADDRESS)
        seen = {item: await mall.offer(member, item) for item in items}
    for number, item in enumerate(items):
        async with acme.open():
            try:
                async with DB.savepoint():
                    await mall.redeem(member, item, once=f"{number}", address=make.ADDRESS)
                told = None
            except DomainError as error:
                told = error.code
        assert told == (seen[item].refusals[0].code if seen[item].refusals else None)


async def test_codes_of_somebody_else_go_out_once_each_and_only_staff_take_them_back(acme: Shop) -> None:
    async with acme.open():
        template = await make_vouchers.voucher_template(
            kind="external", amount=None, given_en="Mobile data", given_zh="流量包")  # fmt: skip
        await vouchers.bring_in(template, b"code\nDATA-0001\nDATA-0002\n")
        with pytest.raises(Invalid):
            await make.voucher_item(voucher_template=template)
        item = await make.item(kind="external", voucher_template=template, stock=None)
        member = await make_points.member(1000)
        done = [await mall.redeem(member, item, once=f"{number}") for number in range(2)]
        assert {code for one in done for code in one.codes} == {"DATA-0001", "DATA-0002"}
        assert [why.code for why in (await mall.offer(member, item)).refusals] == ["mall.sold_out"]
        with pytest.raises(mall.IllegalStep):
            await mall.cancel(done[0].id, reason="", by_member=member)
    async with acme.open():
        await mall.give_back(done[0].id, reason="the code did not work")
    assert await acme.value("SELECT balance FROM __tenant__.points_account") == 900
    async with acme.open():
        assert await doctor.examine() == []


async def test_a_preview_shows_a_draft_as_a_member_would_see_it(acme: Shop) -> None:
    async with acme.open():
        item = await make.item(state="draft", points=500, cash=Decimal("1.50"))
        seen = await mall.preview(item)
    assert (seen.price, seen.left) == (Price(500, Decimal("1.50")), 10)
    assert [why.code for why in seen.refusals] == ["mall.not_on_offer"]


async def test_a_category_that_goes_leaves_its_items(acme: Shop) -> None:
    async with acme.open():
        await mall.set_category("home", name_en="Home", name_zh="")
        item = await make.item(category="home")
        await mall.remove_category("home")
        assert (await mall.read_terms(item)).category is None
        for verb in (mall.remove_category("home"), make.item(category="home")):
            with pytest.raises(mall.CategoryUnknown):
                await verb
        with pytest.raises(Invalid):
            await mall.set_category("Home!", name_en="x", name_zh="")


DAMAGES = {
    "UPDATE __tenant__.mall_stock SET taken = taken + 1": "mall.stock",
    "UPDATE __tenant__.mall_stock SET spent = 1": "mall.stock",
    "UPDATE __tenant__.mall_stock SET period_taken = 5": "mall.quota",
    "UPDATE __tenant__.mall_stock SET stock = stock + 1": "mall.stock_changes",
    "UPDATE __tenant__.mall_count SET taken = taken + 1": "mall.counts",
    "DELETE FROM __tenant__.mall_count": "mall.counts",
    "UPDATE __tenant__.mall_redemption SET points = points + 1": "mall.points",
    "UPDATE __tenant__.mall_redemption SET state = 'done' WHERE state = 'to_ship'": "mall.history",
    "DELETE FROM __tenant__.mall_event WHERE number = 2": "mall.history",
    "UPDATE __tenant__.voucher SET once = 'x' WHERE once LIKE 'mall/%'": "mall.vouchers",
}


@pytest.mark.parametrize(("damage", "check"), DAMAGES.items(), ids=range(len(DAMAGES)))
async def test_the_doctor_finds_damage(acme: Shop, damage: str, check: str) -> None:
    async with acme.open():
        member, voucher = await make_points.member(1000), await make.voucher_item()
        item = await make.item(limit_ever=5, quota=9)
        await mall.redeem(member, voucher, once="1")
        await mall.redeem(member, item, once="2", address=make.ADDRESS)
        await mall.ship((await mall.redeem(member, item, once="3", address=make.ADDRESS)).id)
        assert await doctor.examine() == []
    async with acme.open():
        await DB.fetch(damage)
    async with acme.open():
        assert check in {found.check.name for found in await doctor.examine()}


PRICES = st.builds(Price, st.integers(0, 10**9), st.decimals(0, 10**6, places=2))


@given(PRICES, st.integers(1, 100))
def test_a_percentage_off_never_costs_more_and_is_rounded_in_the_members_favour(base: Price, percent: int) -> None:
    special = price_for(base, [LevelPrice(GOLD, percent_off=percent)], GOLD)
    exact = base.points * (100 - percent) / Decimal(100), base.cash * (100 - percent) / 100
    assert exact[0] - 1 < special.points <= exact[0]
    assert exact[1] - Decimal("0.01") < special.cash <= exact[1]
    assert price_for(base, [LevelPrice(GOLD, percent_off=percent)], SILVER) == base
    assert price_for(base, [LevelPrice(GOLD, percent_off=percent)], None) == base


@given(PRICES, PRICES, st.integers(1, 100))
def test_another_price_takes_the_place_of_the_first(base: Price, other: Price, quantity: int) -> None:
    special = price_for(base, [LevelPrice(GOLD, other.points, other.cash)], GOLD)
    assert special == other
    assert special.times(quantity) == Price(other.points * quantity, other.cash * quantity)


@given(st.dates())
def test_every_day_lies_in_its_period(day: date) -> None:
    for period, most in (("day", 0), ("week", 6), ("month", 30)):
        starts = period_starts(period, day)  # type: ignore[arg-type]
        assert 0 <= (day - starts).days <= most
        assert period_starts(period, starts) == starts  # type: ignore[arg-type]
