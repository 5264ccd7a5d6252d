"""What the shop runs, in the console: in one list, and each as a member sees it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tenants import levels, mall, profiles
from tenants.kit import ids
from tests.make import checkins as make_checkins
from tests.make import levels as make_levels
from tests.make import mall as make_mall
from tests.make import orders as make_orders
from tests.make import profiles as make_profiles
from tests.make import staff as make
from tests.make import vouchers as make_vouchers

if TYPE_CHECKING:
    from uuid import UUID

    from tests.conftest import Shop

_OWN = {
    "check-in-preview": ("cip", "Daily check-in", "每日签到"),
    "voucher-preview": ("vtp", "Twenty off", "立减二十元"),
    "mall-preview": ("mit", "&lt;b&gt;Mug", "马克杯"),
    "profile-preview": ("pfa", "Occupation", "职业"),
    "level-preview": ("lvl", "Everybody begins here.", "所有会员的起始等级。"),
}


async def run_all(shop: Shop) -> dict[str, UUID]:
    """One of each kind, by the page that shows it."""
    plan = await make_checkins.plan(shop)
    async with shop.open():
        return {
            "check-in-preview": plan,
            "voucher-preview": await make_vouchers.voucher_template(),
            "mall-preview": await make_mall.item(name_en="<b>Mug"),
            "profile-preview": await make_profiles.activity(profiles.Question(field="occupation", points=30)),
            "level-preview": (await levels.ladder())[0].id,
        }


async def test_all_that_runs_is_in_one_list_with_its_state_and_leads_to_preview_and_record(acme: Shop) -> None:
    made = await run_all(acme)
    client = await make.desk(acme, "analyst")
    english = (await client.get("/console/activities", headers={"Accept-Language": "en"})).text
    for slug, one in made.items():
        assert f"/console/{slug}/{ids.show(_OWN[slug][0], one)}" in english
        assert f"/{one}" in english
    for told in ("Check-in plan", "Voucher templates", "Mall items", "Profile activities", "Levels", "Programmes"):
        assert told in english
    assert "&lt;b&gt;Mug" in english
    assert "status-live" in english
    assert "0.00 CNY" in english  # money has its unit, points and vouchers are whole numbers
    chinese = (
        await client.get("/console/activities?kind=mall_item&status=live", headers={"Accept-Language": "zh"})
    ).text
    assert "马克杯" in chinese
    assert "立减二十元" not in chinese
    assert "没有符合条件的活动" in (
        await client.get("/console/activities?kind=mall_item&status=ended", headers={"Accept-Language": "zh"})).text  # fmt: skip


async def test_each_preview_shows_one_in_both_languages_and_none_of_another_shop(acme: Shop, rival: Shop) -> None:
    made = await run_all(acme)
    theirs = await run_all(rival)
    client = await make.desk(acme, "analyst")
    for slug, one in made.items():
        prefix, english, chinese = _OWN[slug]
        address = f"/console/{slug}/{ids.show(prefix, one)}"
        for language, told in (("en", english), ("zh", chinese)):
            reply = await client.get(address, headers={"Accept-Language": language})
            assert reply.status_code == 200
            assert told in reply.text, (slug, language)
            assert 'class="screen"' in reply.text
        assert (await client.get(f"/console/{slug}/{ids.show(prefix, theirs[slug])}")).status_code == 404
        assert (await client.get(f"/console/{slug}/nonsense")).status_code == 404


async def test_a_preview_goes_by_the_level_that_is_chosen(acme: Shop) -> None:
    async with acme.open():
        top = (await levels.ladder())[-1]
        item = await make_mall.item(points=1000)
        await mall.set_levels(item, prices=[mall.LevelPrice(top.id, percent_off=20)], allowed=[])
    client = await make.desk(acme, "marketer", **{"Accept-Language": "en"})
    address = f"/console/mall-preview/{ids.show('mit', item)}"
    assert '<p class="big">1,000 points' in (await client.get(address)).text
    cheaper = (await client.get(f"{address}?level={ids.show('lvl', top.id)}")).text
    assert '<p class="big">800 points' in cheaper
    assert (await client.get(f"{address}?level=nonsense")).status_code == 404
    assert (await client.get("/console/check-in-preview?level=nonsense")).status_code == 404


async def test_the_statistics_say_at_which_purchase_members_stop(acme: Shop) -> None:
    async with acme.open():
        for number, buyer in enumerate(("buyer-1", "buyer-1", "buyer-2")):
            await make_orders.order("100.00", of=f"o-{number}", by=buyer)
    client = await make.desk(acme, "analyst")
    page = (await client.get("/console/order-statistics", headers={"Accept-Language": "en"})).text
    for told in ("300.00", "After purchase 1", "1 (50.0 %)", "100.0 % of all orders"):
        assert told in page
    assert "第 2 次后" in (await client.get("/console/order-statistics", headers={"Accept-Language": "zh"})).text


async def test_the_card_of_a_level_is_drawn_in_its_colour(acme: Shop) -> None:
    await make_levels.switched_on(acme)
    async with acme.open():
        level = await levels.create_level(
            levels.LevelSettings(rank=9, name_en="Black", threshold=Decimal(90_000), color="#000000"))  # fmt: skip
    client = await make.desk(acme, "analyst", **{"Accept-Language": "en"})
    page = (await client.get(f"/console/level-preview/{ids.show('lvl', level.id)}")).text
    assert 'fill="#000000"' in page
    assert 'fill="#ffffff"' in page
    assert "90,000" in page
