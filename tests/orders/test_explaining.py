"""Why an order gives its points, in the reader's language."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tenants import orders
from tenants.kit import ids
from tests.make.orders import event, order

if TYPE_CHECKING:
    import httpx

    from tests.conftest import Shop

LINES = (
    orders.Line("1", "serum-1", "serum", 2, Decimal("60.00")),
    orders.Line("2", "card", "gift", 1, Decimal("40.00")),
)


async def explained(shop: Shop, made: object, **headers: str) -> httpx.Response:
    return await shop.server(**headers).get(f"/v1/orders/{ids.show('ord', made)}/points-explanation")  # type: ignore[arg-type]


async def test_each_line_says_what_it_gives_and_why(acme: Shop) -> None:
    async with acme.open():
        await orders.make_rule(
            orders.Rule(name_en="Serum week", name_zh="精华周", category="serum", multiplier=Decimal(2))
        )
        await orders.make_rule(orders.Rule(name_en="No cards", name_zh="卡券不计", product="card", excluded=True))
        made = (await orders.take_in(event(lines=LINES))).order
        await orders.take_in(event("refunded", "30.00", lines=(orders.Line("1", quantity=1, amount=Decimal(30)),)))
    told = (await explained(acme, made)).json()
    assert (told["due"], told["given"], told["capped"]) == (60, 60, 0)
    assert [(one["points"], one["gross"], one["why"]) for one in told["lines"]] == [
        (60, 120, "60.00 × 1 × 2 (“Serum week”); 30.00 of it was not refunded"),
        (0, 0, "no points (“No cards”)"),
    ]
    assert "30.00 of 100.00 was refunded; what that part had given was taken back." in told["sentences"]
    said = (await explained(acme, made, **{"Accept-Language": "zh-CN"})).json()
    assert said["lines"][1]["why"] == "不计积分（“卡券不计”）"


async def test_what_a_cap_withheld_is_said(acme: Shop) -> None:
    async with acme.open():
        await orders.set_policy(orders.Policy(member_day_max=30))
        made = await order()
    told = (await explained(acme, made)).json()
    assert (told["due"], told["capped"], told["given"]) == (100, 70, 30)
    assert any(sentence.startswith("70 points were withheld") for sentence in told["sentences"])


async def test_an_order_that_earns_nothing_yet_says_when_it_will(acme: Shop) -> None:
    async with acme.open():
        made = (await orders.take_in(event("paid"))).order
    assert (await explained(acme, made)).json()["sentences"] == ["Points come when the order is completed."]


async def test_an_order_of_nobody_is_unknown(acme: Shop) -> None:
    reply = await explained(acme, ids.new())
    assert (reply.status_code, reply.json()["code"]) == (404, "order.unknown")


async def test_a_preview_gives_what_the_order_will_give(acme: Shop) -> None:
    async with acme.open():
        await orders.make_rule(orders.Rule(name_en="Serum week", category="serum", multiplier=Decimal("1.5")))
    body = {"source": "shop", "amount": "129.00", "lines": [{"key": "1", "category": "serum", "amount": "129.00"}]}
    told = (await acme.server().post("/v1/order-points-previews", json=body)).json()
    async with acme.open():
        line = orders.Line("1", category="serum", amount=Decimal(129))
        taken = await orders.take_in(event("completed", "129.00", lines=(line,)))
    assert told["due"] == taken.points_given == 193


async def test_policy_sources_and_rules_are_set_over_the_api(acme: Shop) -> None:
    server = acme.server()
    policy = (await server.get("/v1/order-policy")).json()
    changed = await server.put("/v1/order-policy", json={**policy, "refund_days": 15, "shop_month_max": 1000})
    assert (changed.status_code, changed.json()["refund_days"]) == (200, 15)
    made = (await server.post("/v1/order-sources", json={"name": "taobao", "refund_days": 7})).json()
    assert (await server.get("/v1/order-sources")).json()["data"] == [made]
    assert (await server.delete(f"/v1/order-sources/{made['id']}")).status_code == 204
    assert (await server.delete(f"/v1/order-sources/{made['id']}")).status_code == 404
    rule = (await server.post("/v1/order-rules", json={"name_en": "a", "multiplier": "2"})).json()
    again = await server.put(f"/v1/order-rules/{rule['id']}", json={"name_en": "b", "multiplier": "3"})
    assert again.json() == {**rule, "name_en": "b", "multiplier": "3"}
    assert (await server.get("/v1/order-rules")).json()["data"][0]["name_en"] == "b"


async def test_figures_are_read_over_the_api(acme: Shop) -> None:
    async with acme.open():
        await order()
    shop = (await acme.server().get("/v1/order-statistics")).json()
    assert (shop["orders"], shop["average"], shop["stops"]) == (
        1, "100.00", [{"purchases": 1, "members": 1, "share": "1.0000"}])  # fmt: skip
    member = (await acme.server().get("/v1/orders")).json()["data"][0]["member_id"]
    told = (await acme.server().get(f"/v1/members/{member}/order-statistics")).json()
    assert (told["purchases"], told["spend"], told["days_between"]) == (1, "100.00", None)
