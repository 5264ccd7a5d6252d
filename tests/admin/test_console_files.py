"""Files of the console: orders, parcels and codes of vouchers, each looked at before it is taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants import mall
from tenants.kit import ids
from tenants.tenancy import doctor
from tests.admin.test_console_members import post
from tests.make import mall as make_mall
from tests.make import points as make_points
from tests.make import staff as make
from tests.make import vouchers as make_vouchers

if TYPE_CHECKING:
    from tests.conftest import Shop

_ROWS = (
    "source,order,member,kind,at,amount\n"
    "taobao,T1,buyer-1,completed,2026-05-01 12:00,129.00\n"
    "taobao,T2,buyer-1,eaten,2026-05-01 12:00,1.00\n"
)
ORDERS = ("orders.csv", _ROWS.encode())


async def test_orders_are_checked_and_then_taken_in_and_bad_rows_are_named(acme: Shop) -> None:
    client = await make.desk(acme, **{"Accept-Language": "zh"})
    checked = await post(client, "/console/order-files", "check", ORDERS)
    assert checked.status_code == 200
    assert "试运行结果" in checked.text
    assert '<td class="number">3</td>' in checked.text
    assert await acme.value("SELECT count(*) FROM __tenant__.shop_order") == 0
    assert "导入完成" in (await post(client, "/console/order-files", "import", ORDERS)).text
    await post(client, "/console/order-files", "import", ORDERS)
    assert await acme.value("SELECT count(*) FROM __tenant__.shop_order") == 1
    async with acme.open():
        assert await doctor.examine() == []


async def test_orders_that_cannot_be_read_change_nothing_and_an_analyst_has_no_such_page(acme: Shop) -> None:
    client = await make.desk(acme, "marketer", **{"Accept-Language": "en"})
    refused = await post(client, "/console/order-files", "import", ("a.csv", b"what\n1\n"))
    assert refused.status_code == 422
    assert "there is no column" in refused.text
    assert (await post(client, "/console/order-files", "import", None)).status_code == 422
    assert await acme.value("SELECT count(*) FROM __tenant__.shop_order") == 0
    assert (await (await make.desk(acme, "analyst")).get("/console/order-files")).status_code == 404


async def test_what_has_to_be_sent_goes_out_and_comes_back_with_parcel_numbers(acme: Shop, rival: Shop) -> None:
    sent = []
    for shop in (acme, rival):
        async with shop.open():
            member, item = await make_points.member(1000), await make_mall.item(name_en="<i>Mug")
            sent.append(await mall.redeem(member, item, once="1", address=make_mall.ADDRESS))
    mine, theirs = (ids.show("rdm", one.id) for one in sent)
    client = await make.desk(acme, "agent", **{"Accept-Language": "en"})
    page = (await client.get("/console/mall-shipping")).text
    assert "&lt;i&gt;Mug" in page
    assert "Li Lei" in page
    out = (await client.get("/console/mall-shipping/to-ship.csv")).text
    assert mine in out
    assert theirs not in out
    file = ("sent.csv", f"redemption,carrier,tracking\n{mine},SF,001\n{theirs},SF,002\n".encode())
    checked = await post(client, "/console/mall-shipping", "check", file)
    assert "nothing was written" in checked.text
    assert await acme.value("SELECT state FROM __tenant__.mall_redemption") == "to_ship"
    done = await post(client, "/console/mall-shipping", "import", file)
    assert "Marked as sent" in done.text
    assert await acme.value("SELECT state FROM __tenant__.mall_redemption") == "shipped"
    assert await rival.value("SELECT state FROM __tenant__.mall_redemption") == "to_ship"
    assert (await post(client, "/console/mall-shipping", "import", ("a.csv", b"x\n"))).status_code == 422


async def test_codes_are_made_once_for_a_click_taken_out_and_withdrawn(acme: Shop, rival: Shop) -> None:
    async with acme.open():
        template = ids.show("vtp", await make_vouchers.voucher_template(stock=10))
    async with rival.open():
        theirs = ids.show("vtp", await make_vouchers.voucher_template())
    client = await make.desk(acme, "marketer", **{"Accept-Language": "en"})
    asked = {"template": template, "name": "<b>Spring", "codes": "7", "once": "click-0001"}
    await post(client, "/console/voucher-codes", "make", None, **asked)
    page = await post(client, "/console/voucher-codes", "make", None, **asked)
    assert "7 codes are made" in page.text
    assert "&lt;b&gt;Spring" in page.text
    batch = ids.show("vbt", await acme.value("SELECT id FROM __tenant__.voucher_batch"))
    out = await client.get(f"/console/voucher-codes/{batch}/codes.csv")
    assert out.text.count(",free") == 7
    for wrong in (
        {"codes": "8"},
        {"codes": "many"},
        {"codes": "0"},
        {"name": ""},
        {"until": "soon"},
        {"template": theirs},
    ):
        refused = await post(client, "/console/voucher-codes", "make", None, **{**asked, "once": "click-0002", **wrong})
        assert refused.status_code == 422, wrong
        assert 'class="problem"' in refused.text
    assert await acme.value("SELECT count(*) FROM __tenant__.voucher_code") == 7
    assert "7 codes are withdrawn" in (await post(client, "/console/voucher-codes", "withdraw", None, batch=batch)).text
    agent = await make.desk(acme, "agent")
    assert (await agent.get(f"/console/voucher-codes/{batch}/codes.csv")).status_code == 404
    assert (await client.get("/console/voucher-codes/nonsense/codes.csv")).status_code == 404


async def test_codes_of_ones_own_and_of_an_outside_benefit_are_checked_first(acme: Shop) -> None:
    async with acme.open():
        own = ids.show("vtp", await make_vouchers.voucher_template())
        pool = ids.show(
            "vtp", await make_vouchers.voucher_template(kind="external", given_en="Film", given_zh="电影票")
        )
    client = await make.desk(acme, "owner", **{"Accept-Language": "en"})
    file = ("codes.csv", b"code\nSPRING-0001\nSPRING-0002\nshort\n")
    for template, table in ((own, "voucher_code"), (pool, "voucher_pool_code")):
        asked = {"template": template, "name": "Mine"}
        checked = await post(client, "/console/voucher-codes", "check", file, **asked)
        assert "nothing was written" in checked.text
        assert await acme.value(f"SELECT count(*) FROM __tenant__.{table}") == 0
        await post(client, "/console/voucher-codes", "import", file, **asked)
        assert await acme.value(f"SELECT count(*) FROM __tenant__.{table}") >= 2
