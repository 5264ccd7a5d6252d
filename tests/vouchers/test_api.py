"""Vouchers over HTTP, for the seller's backend and for members."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from tenants.kit import clock, ids
from tenants.kit.shapes import Shape
from tenants.vouchers.api import bulk_shapes, checkout_shapes, shapes, template_shapes
from tests.make import vouchers as make
from tests.vouchers.books import balanced

if TYPE_CHECKING:
    import httpx

    from tests.conftest import Shop

NOON = datetime(2026, 3, 1, 4, tzinfo=UTC)
TEMPLATE: dict[str, Any] = {
    "kind": "percent", "percent": 20, "amount_max": "15.00", "threshold": "50", "valid_days": 7,
    "name_en": "Twenty percent off", "name_zh": "八折", "state": "active", "stock": 3, "per_member_limit": 1,
}  # fmt: skip


def said(reply: httpx.Response) -> dict[str, Any]:
    """What a problem says, without the id of its request."""
    return {name: value for name, value in reply.json().items() if name != "request_id"}


@pytest.mark.parametrize(
    "shape",
    [
        kind
        for module in (shapes, template_shapes, checkout_shapes, bulk_shapes)
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Shape) and kind.__module__ == module.__name__
    ],
)
def test_every_example_is_of_its_shape(shape: type[Shape]) -> None:
    assert shape.EXAMPLE
    msgspec.convert(shape.EXAMPLE, shape, strict=False)


async def test_a_template_is_made_changed_and_listed(acme: Shop) -> None:
    server = acme.server()
    made = await server.post("/v1/voucher-templates", json=TEMPLATE)
    assert made.status_code == 201, made.text
    shown = made.json()
    assert shown["id"].startswith("vtp_")
    assert (shown["amount_max"], shown["threshold"], shown["currency"], shown["issued"]) == ("15.00", "50.00", "CNY", 0)
    address = f"/v1/voucher-templates/{shown['id']}"
    assert (await server.get(address)).json() == shown
    changed = await server.patch(address, json={"stock": None, "amount_max": "16.00"})
    assert changed.json() == {**shown, "stock": None, "amount_max": "16.00"}
    other = (await server.post("/v1/voucher-templates", json={**TEMPLATE, "state": "draft"})).json()
    first = (await server.get("/v1/voucher-templates", params={"limit": 1})).json()
    second = (await server.get("/v1/voucher-templates", params={"limit": 1, "cursor": first["next_cursor"]})).json()
    assert [first["data"][0]["id"], second["data"][0]["id"]] == [other["id"], shown["id"]]
    assert not second["has_more"]
    assert len((await server.get("/v1/voucher-templates", params={"state": "draft"})).json()["data"]) == 1


@pytest.mark.parametrize(
    "body",
    [
        {},
        {**TEMPLATE, "kind": "gift"},
        {**TEMPLATE, "budget": "100.00", "amount_max": None},
        {**TEMPLATE, "scopes": [{"kind": "shop", "value": "x"}]},
        {**TEMPLATE, "hours": [{"weekday": 8}]},
        {**TEMPLATE, "levels": ["lvl_x"]},
        {**TEMPLATE, "percent": 0},
        {**TEMPLATE, "percent": None},
        {**TEMPLATE, "amount_max": "-1"},
        {**TEMPLATE, "amount_max": "1.001"},
        {**TEMPLATE, "amount_max": "NaN"},
        {**TEMPLATE, "amount_max": "1e400"},
        {**TEMPLATE, "stock": 2**63},
        {**TEMPLATE, "valid_days": 2**31},
        {**TEMPLATE, "name_en": "\x00"},
        {**TEMPLATE, "name_en": "x" * 101},
        {**TEMPLATE, "surprise": 1},
        {**TEMPLATE, "validity": "fixed", "valid_from": "2026-01-01T00:00:00", "valid_until": "2026-02-01T00:00:00Z"},
        {
            **TEMPLATE,
            "validity": "fixed",
            "valid_from": "0001-01-01T00:00:00+14:00",
            "valid_until": "2026-02-01T00:00:00Z",
        },
        {**TEMPLATE, "claimable": True, "per_member_limit": None},
        [],
        "x",
    ],
)
async def test_a_template_that_cannot_be_is_refused_with_a_code(acme: Shop, body: Any) -> None:
    reply = await acme.server().post("/v1/voucher-templates", json=body)
    assert 400 <= reply.status_code < 500, reply.text
    assert reply.json()["code"]
    assert await acme.value("SELECT count(*) FROM __tenant__.voucher_template") == 0


async def test_frozen_terms_are_refused_and_stay(acme: Shop) -> None:
    async with acme.open():
        template = await make.voucher_template()
        await make.voucher(await make.shopper(), template)
    reply = await acme.server().patch(f"/v1/voucher-templates/{ids.show('vtp', template)}", json={"amount": "1.00"})
    assert (reply.status_code, reply.json()["code"]) == (422, "voucher_template.terms_frozen")
    assert await acme.value("SELECT amount FROM __tenant__.voucher_template") == 20


async def test_a_voucher_is_issued_once_for_a_reference_and_goes_through_an_order(acme: Shop) -> None:
    async with acme.open():
        template, member = await make.voucher_template(), await make.shopper()
    server = acme.server()
    asked = {"template": ids.show("vtp", template), "member": ids.show("mem", member), "reference": "case-1"}
    first, again = [await server.post("/v1/vouchers", json=asked) for _ in range(2)]
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == {**first.json(), "repeated": True}
    order = {"code": first.json()["code"].lower(), "member": asked["member"], "order_amount": "129.00"}
    verdict = await server.post("/v1/voucher-validations", json=order)
    assert verdict.status_code == 200
    assert (verdict.json()["valid"], verdict.json()["discount"]) == (True, "20.00")
    kept = await server.post("/v1/voucher-reservations", json={**order, "order_reference": "SO-1"})
    assert kept.status_code == 201, kept.text
    refused = await server.post("/v1/voucher-reservations", json={**order, "order_reference": "SO-2"})
    assert (refused.status_code, refused.json()["code"]) == (409, "voucher.reserved")
    address = f"/v1/voucher-reservations/{kept.json()['id']}"
    assert (await server.post(f"{address}/release")).json()["state"] == "released"
    assert (await server.post(f"{address}/confirmation")).json()["code"] == "voucher.reservation_over"
    by_id = {"voucher": first.json()["id"], "order_amount": "129.00", "order_reference": "SO-2"}
    address = f"/v1/voucher-reservations/{(await server.post('/v1/voucher-reservations', json=by_id)).json()['id']}"
    used, twice = [await server.post(f"{address}/confirmation") for _ in range(2)]
    assert (used.status_code, used.json()["state"], used.json()["repeated"]) == (201, "used", False)
    assert twice.json() == {**used.json(), "repeated": True}
    returned, empty = [
        await server.post("/v1/voucher-returns", json={"order_reference": "SO-2", "reason": "refund"}) for _ in range(2)
    ]
    assert (returned.json()["vouchers"], empty.json()["vouchers"]) == ([first.json()["id"]], [])
    shown = (await server.get(f"/v1/vouchers/{first.json()['id']}")).json()
    assert shown["state"] == "issued"
    assert [event["kind"] for event in shown["events"]] == [
        "issued", "reserved", "released", "reserved", "used", "returned",
    ]  # fmt: skip
    await balanced(acme)


async def test_a_wrong_code_anothers_code_and_no_code_answer_alike(acme: Shop, rival: Shop) -> None:
    async with acme.open():
        mine = await make.voucher(await make.shopper())
        other = await make.shopper()
    async with rival.open():
        theirs = await make.voucher(await make.shopper())
    wrong = mine.code[:-1] + ("2" if mine.code[-1] != "2" else "3")
    answers = []
    for code in (wrong, theirs.code, mine.code, "?", "\x00", "2222-2222-22222"):
        body = {"code": code, "member": ids.show("mem", other), "order_amount": "100.00"}
        answers.append(await acme.server().post("/v1/voucher-validations", json=body))
        body["order_reference"] = "SO-1"
        answers.append(await acme.server().post("/v1/voucher-reservations", json=body)) if len(answers) < 8 else None
    assert {answer.status_code for answer in answers} == {404}
    assert all(said(answer) == said(answers[0]) for answer in answers)
    assert await acme.value("SELECT count(*) FROM __tenant__.voucher WHERE state <> 'issued'") == 0


async def test_wrong_codes_stay_counted_though_the_requests_were_refused(acme: Shop) -> None:
    async with acme.open():
        member = await make.shopper()
        issued = await make.voucher(member)
    order = {"member": ids.show("mem", member), "order_amount": "100.00", "order_reference": "SO-1"}
    with clock.at(NOON):
        for _ in range(10):
            reply = await acme.server().post("/v1/voucher-reservations", json={**order, "code": "2" * 13})
            assert reply.status_code == 404
        stopped = await acme.server().post("/v1/voucher-reservations", json={**order, "code": issued.code})
        assert stopped.json()["code"] == "voucher.too_many_tries"
        assert (stopped.status_code, stopped.headers["retry-after"]) == (429, "600")
        assert "600 s" in stopped.json()["detail"]
    with clock.at(NOON + timedelta(minutes=10)):
        kept = await acme.server().post("/v1/voucher-reservations", json={**order, "code": issued.code})
        assert kept.json()["code"] == "voucher.not_usable"  # it was issued by the real clock, long after noon
    await balanced(acme)


async def test_a_keyed_reservation_is_answered_again_with_the_same_bytes(acme: Shop) -> None:
    async with acme.open():
        issued = await make.voucher(await make.shopper())
    order = {"code": issued.code, "order_amount": "100.00", "order_reference": "SO-1"}
    server = acme.server(**{"Idempotency-Key": "k1"})
    first, again = [await server.post("/v1/voucher-reservations", json=order) for _ in range(2)]
    assert first.content == again.content
    assert again.headers["idempotency-replayed"] == "true"
    other = await server.post("/v1/voucher-reservations", json={**order, "order_amount": "99.00"})
    assert (other.status_code, other.json()["code"]) == (422, "idempotency.reused")


@pytest.mark.parametrize(
    "body",
    [
        {"order_amount": "100.00"},
        {"code": "2" * 13, "voucher": "vch_x", "order_amount": "100.00"},
        {"code": "", "order_amount": "100.00"},
        {"code": "2" * 65, "order_amount": "100.00"},
        {"code": 5, "order_amount": "100.00"},
        {"code": "2" * 13},
        {"voucher": "vch_x", "order_amount": "100.00"},
        {"code": "2" * 13, "order_amount": "100.00", "member": "mem_x"},
        {"code": "2" * 13, "order_amount": "100.00", "extra": 1},
    ],
)
async def test_a_validation_that_cannot_be_is_refused_with_a_code(acme: Shop, body: dict[str, Any]) -> None:
    for path, more in (("validations", {}), ("reservations", {"order_reference": "SO-1"})):
        reply = await acme.server().post(f"/v1/voucher-{path}", json={**body, **more})
        assert reply.status_code in {400, 404}, reply.text
        assert reply.json()["code"]


async def test_amounts_that_are_no_money_are_refused(acme: Shop) -> None:
    async with acme.open():
        issued = await make.voucher(await make.shopper())
    for amount in ("-1", "1.001", "NaN", "Infinity", "1e30", "x", None, True):
        reply = await acme.server().post("/v1/voucher-validations", json={"code": issued.code, "order_amount": amount})
        assert reply.status_code == 400, (amount, reply.text)


async def test_a_member_sees_claims_and_lists_vouchers_in_their_language(acme: Shop) -> None:
    async with acme.open():
        template = await make.voucher_template(claimable=True, stock=5)
        await make.voucher_template()  # not for claiming
        member = await make.shopper()
    phone = acme.member(member, **{"Accept-Language": "zh"})
    offered = (await phone.get("/v1/me/voucher-templates")).json()["data"]
    assert [(offer["name"], offer["left_for_me"]) for offer in offered] == [("立减二十元", 1)]
    taps = await asyncio.gather(
        *(phone.post("/v1/me/voucher-claims", json={"template": offered[0]["id"]}) for _ in range(10))
    )
    assert sorted(tap.status_code for tap in taps) == [200] * 9 + [201]
    assert len({tap.json()["code"] for tap in taps}) == 1
    assert (await phone.get("/v1/me/voucher-templates")).json()["data"][0]["left_for_me"] == 0
    listed = (await phone.get("/v1/me/vouchers", params={"state": "issued"})).json()
    assert [voucher["code"] for voucher in listed["data"]] == [taps[0].json()["code"]]
    assert (await phone.get("/v1/me/vouchers", params={"state": "used"})).json()["data"] == []
    assert offered[0]["id"] == ids.show("vtp", template)
    await balanced(acme)


async def test_a_member_sees_nothing_of_another(acme: Shop) -> None:
    async with acme.open():
        member, other = await make.shopper(), await make.shopper()
        for _ in range(3):
            await make.voucher(member)
    assert (await acme.member(other).get("/v1/me/vouchers")).json()["data"] == []
    first = (await acme.member(member).get("/v1/me/vouchers", params={"limit": 2})).json()
    assert first["has_more"]
    stolen = await acme.member(other).get("/v1/me/vouchers", params={"cursor": first["next_cursor"]})
    assert stolen.status_code == 400
    rest = (await acme.member(member).get("/v1/me/vouchers", params={"cursor": first["next_cursor"]})).json()
    assert len(rest["data"]) == 1


async def test_what_has_run_out_is_listed_as_expired_before_anybody_wrote_it_down(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            member = await make.shopper()
            await make.voucher(member, valid_days=1)
    with clock.at(NOON + timedelta(days=1)):
        listed = (await acme.server().get("/v1/vouchers", params={"state": "expired"})).json()["data"]
        assert [voucher["state"] for voucher in listed] == ["expired"]
        assert (await acme.server().get("/v1/vouchers", params={"state": "issued"})).json()["data"] == []
    of_member = await acme.server().get("/v1/vouchers", params={"member": ids.show("mem", member)})
    assert len(of_member.json()["data"]) == 1


async def test_another_shops_ids_are_unknown(acme: Shop, rival: Shop) -> None:
    async with rival.open():
        template, member = await make.voucher_template(claimable=True), await make.shopper()
        issued = await make.voucher(member, template)
    ours = acme.server()
    template_id, voucher_id = ids.show("vtp", template), ids.show("vch", issued.id)
    for reply in (
        await ours.get(f"/v1/voucher-templates/{template_id}"),
        await ours.patch(f"/v1/voucher-templates/{template_id}", json={"stock": 0}),
        await ours.get(f"/v1/vouchers/{voucher_id}"),
        await ours.post(f"/v1/vouchers/{voucher_id}/revocation", json={"reason": "x"}),
        await ours.post("/v1/voucher-validations", json={"voucher": voucher_id, "order_amount": "1.00"}),
        await ours.post(
            "/v1/vouchers", json={"template": template_id, "member": ids.show("mem", member), "reference": "r"}
        ),
        await acme.member(member).post("/v1/me/voucher-claims", json={"template": template_id}),
        await ours.get("/v1/vouchers/vch_nonsense"),
        await ours.post("/v1/voucher-reservations/vrs_nonsense/confirmation"),
        await ours.post(f"/v1/voucher-reservations/{ids.show('vrs', ids.new())}/release"),
    ):
        assert reply.status_code == 404, reply.text
    assert (await ours.get("/v1/vouchers")).json()["data"] == []
    assert await rival.value("SELECT stock FROM __tenant__.voucher_template") is None
    assert await rival.value("SELECT state FROM __tenant__.voucher") == "issued"


async def test_a_revoked_voucher_says_so(acme: Shop) -> None:
    async with acme.open():
        issued = await make.voucher(await make.shopper())
    address = f"/v1/vouchers/{ids.show('vch', issued.id)}/revocation"
    first, again = [await acme.server().post(address, json={"reason": "mistake"}) for _ in range(2)]
    assert (first.json()["state"], first.json()["repeated"], again.json()["repeated"]) == ("revoked", False, True)
    verdict = await acme.server().post("/v1/voucher-validations", json={"code": issued.code, "order_amount": "100.00"})
    assert not verdict.json()["valid"]
    assert verdict.json()["discount"] == "0.00"
