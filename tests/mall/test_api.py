"""The mall over HTTP, and its list of parcels as a spreadsheet both ways."""

from __future__ import annotations

import asyncio
import csv
import io
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tenants import mall
from tenants.kit import ids
from tenants.mall.rules import fulfilment
from tenants.tenancy import doctor
from tests.make import mall as make
from tests.make import points as make_points
from tests.make import staff as make_staff

if TYPE_CHECKING:
    from uuid import UUID

    from tests.conftest import Shop

ADDRESS = {"recipient": "李雷", "street": "文一路 1 号", "phone": "+8613800138000", "city": "杭州"}


async def stocked(shop: Shop, points: int = 1000, **terms: Any) -> tuple[UUID, str]:
    async with shop.open():
        return await make_points.member(points), ids.show("mit", await make.item(**terms))


def wanted(item: str, reference: str = "tap-1", **more: Any) -> dict[str, Any]:
    return {"item": item, "reference": reference, "address": ADDRESS, **more}


async def test_a_member_looks_redeems_and_cancels(acme: Shop) -> None:
    member, item = await stocked(acme)
    phone = acme.member(member)
    [seen] = (await phone.get("/v1/me/mall-items")).json()["data"]
    assert (seen["id"], seen["points"], seen["can"], seen["why_not"]) == (item, 100, True, [])
    made = await phone.post("/v1/me/redemptions", json=wanted(item))
    again = await phone.post("/v1/me/redemptions", json=wanted(item))
    assert (made.status_code, again.status_code) == (201, 200)
    assert {**made.json(), "repeated": True} == again.json()
    [mine] = (await phone.get("/v1/me/redemptions")).json()["data"]
    assert (mine["state"], mine["address"]["street"]) == ("to_ship", "文一路 1 号")
    gone = await phone.post(f"/v1/me/redemptions/{mine['id']}/cancellation", json={"reason": "no"})
    assert gone.json()["state"] == "cancelled"
    shown = (await phone.get(f"/v1/me/redemptions/{mine['id']}")).json()
    assert [(step["state"], step["recorded_by"]) for step in shown["events"]] == [("to_ship", ""), ("cancelled", "")]
    balance = await acme.value("SELECT balance FROM __tenant__.points_account WHERE member = $1", member)
    assert balance == 1000


async def test_forty_members_tapping_twice_on_ten_pieces_get_ten(acme: Shop) -> None:
    async with acme.open():
        members = [await make_points.member(100) for _ in range(40)]
        item = ids.show("mit", await make.item(stock=10))
    replies = await asyncio.gather(
        *(acme.member(member).post("/v1/me/redemptions", json=wanted(item)) for member in members * 2)
    )
    assert sorted(reply.status_code for reply in replies) == [200] * 10 + [201] * 10 + [422] * 60
    assert {reply.json()["code"] for reply in replies if reply.status_code == 422} == {"mall.sold_out"}
    async with acme.open():
        assert await doctor.examine() == []


async def test_a_key_gives_the_same_answer_and_other_members_references_do_not_meet(acme: Shop) -> None:
    one, item = await stocked(acme)
    async with acme.open():
        two = await make_points.member(1000)
    replies = [
        await acme.member(one).post("/v1/me/redemptions", json=wanted(item), headers={"Idempotency-Key": "k"})
        for _ in range(2)
    ]
    assert replies[0].content == replies[1].content
    assert replies[1].headers["idempotency-replayed"] == "true"
    other = await acme.member(two).post("/v1/me/redemptions", json=wanted(item))
    assert other.status_code == 201
    assert other.json()["id"] != replies[0].json()["id"]


async def test_the_backend_runs_the_mall(acme: Shop) -> None:
    member, _ = await stocked(acme)
    server = acme.server()
    assert (await server.post("/v1/mall-categories", json={"key": "home", "name_zh": "家居"})).status_code == 200
    made = await server.post("/v1/mall-items", json={
        "kind": "goods", "name_zh": "搪瓷杯", "points": 100, "cash": "9.90", "category": "home", "stock": 5,
    })  # fmt: skip
    assert made.status_code == 201, made.text
    item = made.json()["id"]
    seen = (await server.get(f"/v1/mall-items/{item}/preview")).json()
    assert (seen["can"], [why["code"] for why in seen["why_not"]]) == (False, ["mall.not_on_offer"])
    changed = await server.patch(f"/v1/mall-items/{item}", json={"state": "live", "limit_ever": 1})
    assert (changed.json()["state"], changed.json()["category"], changed.json()["taken"]) == ("live", "home", 0)
    stock = await server.post(f"/v1/mall-items/{item}/stock", json={"by": 5, "reason": "more", "reference": "s"})
    assert (stock.json()["stock"], len(stock.json()["data"])) == (10, 2)
    body = {"member": ids.show("mem", member), **wanted(item)}
    redeemed = (await server.post("/v1/redemptions", json=body)).json()
    assert (redeemed["state"], redeemed["cash"]) == ("reserved", "9.90")
    path = f"/v1/redemptions/{redeemed['id']}"
    paid = await server.post(f"{path}/payment", json={"payment": "p", "amount": "9.90"})
    assert paid.json()["state"] == "to_ship"
    sent = await server.post(f"{path}/steps", json={"state": "shipped", "carrier": "SF", "tracking": "1"})
    assert sent.json()["state"] == "shipped"
    back = await server.post(f"{path}/steps", json={"state": "returned", "reason": "broken", "restock": False})
    assert back.json()["state"] == "returned"
    wrong = await server.post(f"{path}/steps", json={"state": "done"})
    assert (wrong.status_code, wrong.json()["code"]) == (409, "mall.illegal_step")
    assert "已退还" in (
        await server.post(f"{path}/steps", json={"state": "done"}, headers={"Accept-Language": "zh"})
    ).json()["detail"]  # fmt: skip
    shown = (await server.get(path)).json()
    assert [step["state"] for step in shown["events"]] == ["reserved", "to_ship", "shipped", "returned"]
    listed = (await server.get("/v1/redemptions", params={"state": "returned"})).json()["data"]
    assert [one["id"] for one in listed] == [redeemed["id"]]


async def test_the_list_goes_out_filled_in_and_comes_back(acme: Shop) -> None:
    member, item = await stocked(acme, name_en="=HYPERLINK(1)", name_zh="")
    phone, server = acme.member(member), acme.server()
    for number in range(3):
        await phone.post("/v1/me/redemptions", json=wanted(item, f"tap-{number}"))
    reply = await server.get("/v1/redemption-exports", headers={"Accept-Language": "zh"})
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith("text/csv")
    text = reply.content.decode("utf-8")
    assert text.startswith(fulfilment.BOM)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix(fulfilment.BOM))))
    assert [row["收货人"] for row in rows] == ["李雷"] * 3
    assert {row["商品"] for row in rows} == {"'=HYPERLINK(1)"}
    assert {row["电话"] for row in rows} == {"'+8613800138000"}
    for number, row in enumerate(rows):
        row |= {"物流公司": "顺丰", "物流单号": f"0012{number}"}
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    for encoding in ("utf-8-sig", "gbk"):
        dry = await server.post(
            "/v1/redemption-imports", params={"dry_run": "true"}, content=out.getvalue().encode(encoding),
            headers={"content-type": "text/csv"})  # fmt: skip
        assert (dry.json()["shipped"], dry.json()["failed"]) == (3, 0), dry.text
    assert await acme.value("SELECT count(*) FROM __tenant__.mall_redemption WHERE state = 'shipped'") == 0
    for expected in ((3, 0), (0, 3)):
        done = await server.post(
            "/v1/redemption-imports", content=out.getvalue().encode("gbk"), headers={"content-type": "text/csv"})  # fmt: skip
        assert (done.json()["shipped"], done.json()["unchanged"]) == expected
    assert await acme.value("SELECT count(*) FROM __tenant__.mall_event WHERE state = 'shipped'") == 3
    assert await acme.value("SELECT min(tracking) FROM __tenant__.mall_delivery") == "00120"
    assert (await server.get("/v1/redemption-exports", params={"bom": "false"})).text.count("\r\n") == 1
    async with acme.open():
        assert await doctor.examine() == []


async def test_rows_that_cannot_be_used_are_named_and_the_others_go_in(acme: Shop) -> None:
    async with acme.open():
        member, item = await make_points.member(1000), await make.item()
        good, gone = [
            await mall.redeem(member, item, once=f"{number}", address=make.ADDRESS) for number in range(2)
        ]  # fmt: skip
        await mall.cancel(gone.id, reason="x")
    shown = ids.show("rdm", good.id)
    lines = [
        "redemption,carrier,tracking", f"{shown},SF,1", f"{shown},SF,2", f"{ids.show('rdm', gone.id)},SF,3",
        "rdm_x,SF,4", f"{ids.show('rdm', item)},SF,5", f"{shown},SF,", f"{shown},{'x' * 51},6",
    ]  # fmt: skip
    reply = await acme.server().post(
        "/v1/redemption-imports", content="\n".join(lines), headers={"content-type": "text/csv"})  # fmt: skip
    told = reply.json()
    assert (told["rows"], told["shipped"], told["failed"]) == (7, 1, 6)
    assert [(error["line"], error["code"]) for error in told["errors"]] == [
        (3, "mall.row_twice"), (4, "mall.illegal_step"), (5, "mall.redemption_unknown"), (6, "mall.redemption_unknown"),
        (7, "invalid"), (8, "invalid"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"a,b\n1,2\n", b'redemption,tracking\n"x,1\n', b"tracking\n1"]
)
async def test_a_file_that_is_none_is_refused_as_a_whole(acme: Shop, content: bytes) -> None:
    reply = await acme.server().post(
        "/v1/redemption-imports", content=content, headers={"content-type": "text/csv"})  # fmt: skip
    assert (reply.status_code, reply.json()["code"]) == (400, "import.unreadable")
    other = await acme.server().post(
        "/v1/redemption-imports", content=b"{}", headers={"content-type": "application/json"})  # fmt: skip
    assert other.status_code == 415


async def test_a_long_list_is_sent_in_pages(acme: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fulfilment, "PAGE", 2)
    async with acme.open():
        member, item = await make_points.member(1000), await make.item()
        for number in range(5):
            await mall.redeem(member, item, once=f"{number}", address=make.ADDRESS)
    text = (await acme.server().get("/v1/redemption-exports")).text
    rows = list(csv.DictReader(io.StringIO(text.removeprefix(fulfilment.BOM))))
    assert len({row["redemption"] for row in rows}) == 5


async def test_staff_set_the_mall_up_and_see_it_through_at_the_desk(acme: Shop) -> None:
    client = await make_staff.desk(acme)
    tables = "/admin/api/tables"
    reply = await client.post(f"{tables}/mall_category/", json={"key": "home", "name_zh": "家居", "name_en": "Home"})
    assert reply.status_code in {200, 201}, reply.text
    category = str(await acme.value("SELECT id FROM __tenant__.mall_category"))
    reply = await client.post(f"{tables}/mall_item/", json={
        "name_zh": "搪瓷杯", "name_en": "Mug", "kind": "goods", "state": "live", "points": 100, "cost": "3.00",
        "category": category, "stock": "5",
    })  # fmt: skip
    assert reply.status_code in {200, 201}, reply.text
    item = await acme.value("SELECT id FROM __tenant__.mall_item")
    level = await acme.value("SELECT id FROM __tenant__.level ORDER BY rank LIMIT 1")
    for name in ("mall_price", "mall_audience"):
        body = {"item": str(item), "level": str(level), **({"percent_off": 10} if name == "mall_price" else {})}
        assert (await client.post(f"{tables}/{name}/", json=body)).status_code in {200, 201}
        row = await acme.value(f"SELECT id FROM __tenant__.{name}")
        assert (await client.delete(f"{tables}/{name}/{row}/")).status_code < 300
        assert await acme.value(f"SELECT count(*) FROM __tenant__.{name}") == 0
    async with acme.open():
        done = await mall.redeem(await make_points.member(100), item, once="1", address=make.ADDRESS)
    forms: list[tuple[str, dict[str, Any]]] = [
        ("change-mall-stock", {"item": str(item), "by": 3, "reason": "more"}),
        ("preview-mall-item", {"item": str(item)}),
        ("ship-redemption", {"redemption": ids.show("rdm", done.id), "carrier": "SF", "tracking": "1"}),
        ("return-redemption", {"redemption": str(done.id), "reason": "broken", "restock": True}),
    ]
    for slug, values in forms:
        reply = await client.post(f"/admin/api/forms/{slug}/", json={**values, "once": str(ids.new())})
        assert reply.status_code < 300, (slug, reply.text)
    assert await acme.value("SELECT stock FROM __tenant__.mall_stock") == 8
    assert await acme.value("SELECT state FROM __tenant__.mall_redemption") == "returned"
    reply = await client.get(f"{tables}/mall_item/?__readable=true")
    [row] = reply.json()["rows"]
    assert (row["status"], row["redeemed"], Decimal(str(row["spent"]))) == ("running", 0, Decimal(0))
    trail = await acme.rows("SELECT DISTINCT subject FROM __tenant__.audit")
    assert {"mall_item", "change-mall-stock", "return-redemption"} <= {one["subject"] for one in trail}
