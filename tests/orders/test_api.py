"""Orders over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants import members, orders
from tenants.kit import ids
from tests.make.orders import event, order

if TYPE_CHECKING:
    from tests.conftest import Shop

EVENT: dict[str, Any] = {
    "order": {"source": "taobao", "external_id": "2300451"},
    "member": {"external_id": "buyer-77"},
    "kind": "completed",
    "amount": "129.00",
    "currency": "CNY",
    "items": 2,
    "at": "2026-05-01T12:00:00+08:00",
    "reference": "received",
}


async def test_an_event_is_taken_in_and_the_order_can_be_read_with_it(acme: Shop) -> None:
    server = acme.server()
    reply = await server.post("/v1/order-events", json=EVENT)
    assert reply.status_code == 201
    taken = reply.json()
    assert taken == {
        "order_id": taken["order_id"], "reference": "received", "state": "completed", "points_given": 129,
        "repeated": False}  # fmt: skip
    again = await server.post("/v1/order-events", json=EVENT)
    assert again.json() == {**taken, "repeated": True}
    shown = (await server.get(f"/v1/orders/{taken['order_id']}")).json()
    assert (shown["amount"], shown["refunded"], shown["completed_at"]) == ("129.00", "0.00", "2026-05-01T04:00:00Z")
    assert [(told["kind"], told["amount"], told["at"]) for told in shown["events"]] == [
        ("completed", "129.00", "2026-05-01T04:00:00Z")
    ]


async def test_the_same_reference_with_other_facts_answers_409_and_changes_nothing(acme: Shop) -> None:
    server = acme.server()
    await server.post("/v1/order-events", json=EVENT)
    reply = await server.post("/v1/order-events", json={**EVENT, "amount": "1.00"})
    assert (reply.status_code, reply.json()["code"]) == (409, "order.event_differs")
    assert await acme.value("SELECT amount FROM __tenant__.shop_order") == 129


async def test_another_currency_is_refused_by_name(acme: Shop) -> None:
    reply = await acme.server().post("/v1/order-events", json={**EVENT, "currency": "USD"})
    assert (reply.status_code, reply.json()["code"], reply.json()["param"]) == (400, "order.currency", "currency")
    assert await acme.value("SELECT count(*) FROM __tenant__.member") == 0


async def test_bad_input_of_every_kind_is_answered_with_a_code(acme: Shop) -> None:
    bad: list[dict[str, Any]] = [
        {"kind": "lost"}, {"amount": "abc"}, {"amount": "-5"}, {"amount": None, "kind": "paid"}, {"items": 2**63},
        {"items": -1}, {"at": "yesterday"}, {"at": "2026-05-01T12:00:00"}, {"at": "9999-12-31T23:59:59Z"},
        {"reference": ""}, {"reference": "a\x00"}, {"reference": "x" * 101}, {"member": {}}, {"surprise": 1},
        {"member": {"id": "mem_1"}}, {"member": {"id": ids.show("mem", ids.new())}},
        {"member": {"id": ids.show("mem", ids.new()), "external_id": "both"}}, {"amount": "1e400"},
    ]  # fmt: skip
    server = acme.server()
    for change in bad:
        reply = await server.post("/v1/order-events", json={**EVENT, **change})
        assert 400 <= reply.status_code < 500, (change, reply.text)
        assert reply.json()["code"], change
    lone = '{"order": {"source": "a", "external_id": "\\ud800"}}'
    assert (await server.post("/v1/order-events", content=lone)).status_code == 400
    assert await acme.value("SELECT count(*) FROM __tenant__.shop_order") == 0


async def test_a_batch_answers_for_each_event(acme: Shop) -> None:
    events = [
        EVENT,
        {**EVENT, "currency": "USD"},
        {**EVENT, "order": {"source": "taobao", "external_id": "2"}, "member": {"id": "nonsense"}},
        {**EVENT, "kind": "refunded", "amount": "29.00", "reference": "r1"},
    ]
    reply = await acme.server().post("/v1/order-events/batches", json={"events": events})
    assert reply.status_code == 201
    told = [one["refused"]["code"] if one["refused"] else one["taken"]["points_given"] for one in reply.json()["data"]]
    assert told == [100, "order.currency", "not_found", 100]


async def test_a_full_batch_is_taken_and_a_larger_one_refused(acme: Shop) -> None:
    def batch(size: int) -> dict[str, Any]:
        return {
            "events": [
                {**EVENT, "order": {"source": "taobao", "external_id": f"o-{n}"}, "reference": f"{n:060}"}
                for n in range(size)
            ]
        }

    server = acme.server()
    reply = await server.post("/v1/order-events/batches", json=batch(1000))
    assert reply.status_code == 201
    assert sum(one["taken"]["repeated"] is False for one in reply.json()["data"]) == 1000
    assert (await server.post("/v1/order-events/batches", json=batch(1001))).status_code == 400
    assert await acme.value("SELECT count(*) FROM __tenant__.shop_order") == 1000


async def test_orders_are_listed_by_pages_and_filtered(acme: Shop) -> None:
    async with acme.open():
        for n in range(5):
            await order(of=f"o-{n}", by=f"buyer-{n % 2}")
        await orders.take_in(event("cancelled", None, of="o-0", by="buyer-0"))
        buyer = await members.find_by_external_id("buyer-0")
        assert buyer
    server = acme.server()

    async def names(path: str) -> list[str]:
        return [one["external_id"] for one in (await server.get(path)).json()["data"]]

    assert await names("/v1/orders?limit=2") == ["o-4", "o-3"]
    first = (await server.get("/v1/orders?limit=2")).json()
    assert await names(f"/v1/orders?limit=2&cursor={first['next_cursor']}") == ["o-2", "o-1"]
    assert await names(f"/v1/orders?member={ids.show('mem', buyer.id)}") == ["o-4", "o-2", "o-0"]
    assert await names("/v1/orders?state=cancelled") == ["o-0"]
    assert await names("/v1/orders?source=nowhere") == []
    assert (await server.get(f"/v1/orders?state=paid&cursor={first['next_cursor']}")).status_code == 400
    assert (await server.get("/v1/orders?state=lost")).status_code == 400


async def test_a_member_sees_only_their_own_orders(acme: Shop) -> None:
    async with acme.open():
        await order(of="mine", by="me")
        await order(of="yours", by="you")
        me = await members.find_by_external_id("me")
        assert me
    listed = (await acme.member(me.id).get("/v1/me/orders")).json()
    assert [one["external_id"] for one in listed["data"]] == ["mine"]


async def test_another_shops_order_member_and_cursor_are_nothing_here(acme: Shop, rival: Shop) -> None:
    async with acme.open():
        first = await order(of="a")
        await order(of="b")
    cursor = (await acme.server().get("/v1/orders?limit=1")).json()["next_cursor"]
    server = rival.server()
    reply = await server.get(f"/v1/orders/{ids.show('ord', first)}")
    assert (reply.status_code, reply.json()["code"]) == (404, "order.unknown")
    assert (await server.get(f"/v1/orders?cursor={cursor}")).status_code == 400
    assert (await server.get("/v1/orders")).json()["data"] == []
