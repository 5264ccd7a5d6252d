"""What staff can do with forms: each role only its own, each thing once, and odd input gets a sentence."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from admin.reader import staff_forms
from tenants import members, points
from tenants.kit import ids
from tenants.tenancy import DB
from tests.make import staff as make
from tests.make import vouchers as make_vouchers

if TYPE_CHECKING:
    from tenants.kit.desk import Form
    from tests.conftest import Shop

FORMS = staff_forms()
EACH_FORM = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
ROLES = ("owner", "marketer", "agent", "analyst")


async def a_member(shop: Shop) -> str:
    async with shop.open():
        return str((await members.create(members.Profile(name="Ann", external_id="C1"))).id)


def at(form: Form | str, rest: str = "") -> str:
    return f"/admin/api/forms/{form if isinstance(form, str) else form.slug}/{rest}"


@EACH_FORM
@pytest.mark.parametrize("role", ROLES)
async def test_each_role_sees_and_submits_only_its_own_forms(acme: Shop, form: Form, role: str) -> None:
    client = await make.desk(acme, role)
    allowed = role in form.roles
    listed = [one["slug"] for one in (await client.get("/admin/api/forms/")).json()]
    assert (form.slug in listed) == allowed
    assert (form.slug in (await client.get("/admin/api/forms/grouped/")).text) == allowed
    for rest in ("", "schema/"):
        assert (await client.get(at(form, rest))).status_code == (200 if allowed else 404)
    assert (await client.post(at(form), json={})).status_code == (422 if allowed else 404)
    for method in ("PUT", "PATCH", "DELETE"):
        assert (await client.request(method, at(form), json={})).status_code in {404, 405}


@EACH_FORM
async def test_each_form_speaks_both_languages_and_offers_real_choices(acme: Shop, form: Form) -> None:
    client = await make.desk(acme)
    for language, plain in (("en", True), ("zh", False)):
        headers = {"Accept-Language": language}
        told = (await client.get(at(form), headers=headers)).json()
        assert told["name"].isascii() == plain
        assert told["description"].isascii() == plain
        schema = (await client.get(at(form, "schema/"), headers=headers)).json()
        for field in form.fields:
            shown = schema["properties"][field.name]
            assert shown["title"].isascii() == plain
            assert (shown["extra"]["choices"] is not None) == (field.choices is not None)
            assert ("foreign_key" in shown["extra"]) == (field.kind == "member")


async def test_each_showing_of_a_form_is_an_occasion_of_its_own(acme: Shop) -> None:
    client = await make.desk(acme)
    once = {(await client.get(at("grant-points", "schema/"))).json()["extra"]["row"]["once"] for _ in range(3)}
    assert len(once) == 3


async def test_a_double_click_grants_points_once(acme: Shop) -> None:
    client = await make.desk(acme)
    member = await a_member(acme)
    body = {"member": member, "points": "50", "why": "staff", "note": "sorry", "once": str(ids.new())}
    replies = await asyncio.gather(*(client.post(at("grant-points"), json=body) for _ in range(8)))
    assert {reply.status_code for reply in replies} == {200}, [reply.text for reply in replies]
    assert await acme.value("SELECT balance FROM __tenant__.points_account") == 50
    assert await acme.value("SELECT count(*) FROM __tenant__.points_entry") == 1
    other = await client.post(at("grant-points"), json=body | {"points": "60"})
    assert (other.status_code, other.json()["code"]) == (422, "reward.once_differs")
    assert await acme.value("SELECT balance FROM __tenant__.points_account") == 50
    assert await acme.value("SELECT count(*) FROM __tenant__.audit WHERE action = 'form' AND name = 'owner'") == 8


async def test_an_agent_grants_small_amounts_only(acme: Shop) -> None:
    client = await make.desk(acme, "agent")
    member = await a_member(acme)
    body: dict[str, Any] = {"member": member, "points": 1001, "why": "compensation"}
    refused = await client.post(at("grant-points"), json=body)
    assert (refused.status_code, refused.json()["code"]) == (422, "reward.too_many_for_agent")
    assert await acme.value("SELECT count(*) FROM __tenant__.points_entry") == 0
    assert (await client.post(at("grant-points"), json=body | {"points": 1000})).status_code == 200


async def test_an_agents_small_amounts_are_counted_by_the_day(acme: Shop) -> None:
    client, other = await make.desk(acme, "agent"), await make.desk(acme, "agent", username="second")
    member = await a_member(acme)
    body: dict[str, Any] = {"member": member, "points": 400, "why": "compensation"}
    once = {"once": str(ids.new())}
    statuses = [(await client.post(at("grant-points"), json=body | once)).status_code for _ in range(3)]
    assert statuses == [200] * 3  # one occasion
    replies = await asyncio.gather(*(client.post(at("grant-points"), json=body) for _ in range(6)))
    assert sorted(reply.status_code for reply in replies) == [200] + [422] * 5
    assert await acme.value("SELECT balance FROM __tenant__.points_account") == 800
    assert (await client.post(at("grant-points"), json=body | once)).status_code == 200
    assert (await other.post(at("grant-points"), json=body)).status_code == 200
    assert await acme.value("SELECT balance FROM __tenant__.points_account") == 1200
    async with acme.open():
        await DB.fetch("UPDATE __tenant__.audit SET at = at - interval '25 hours'")
    assert (await client.post(at("grant-points"), json=body)).status_code == 200


async def test_points_are_taken_back_and_an_entry_is_reversed_once(acme: Shop) -> None:
    client = await make.desk(acme, "marketer")
    member = await a_member(acme)
    async with acme.open():
        for once in ("first", "second"):
            await points.earn(UUID(member), points=50, why=points.Why.STAFF, once=once)
    body = {"member": member, "points": 30, "note": "by mistake", "once": str(ids.new())}
    for _ in range(2):
        assert (await client.post(at("take-back-points"), json=body)).status_code == 200
    assert await acme.value("SELECT balance FROM __tenant__.points_account") == 70
    for _ in range(2):
        reply = await client.post(at("reverse-entry"), json={"entry": "second", "note": "by mistake"})
        assert reply.status_code == 200, reply.text
    assert await acme.value("SELECT balance FROM __tenant__.points_account") == 20
    entry = await acme.value("SELECT id FROM __tenant__.points_entry WHERE once LIKE 'desk/take-back/%'")
    by_id = {"entry": ids.show("pnt", entry), "note": "it was right"}
    assert (await client.post(at("reverse-entry"), json=by_id)).status_code == 200
    assert await acme.value("SELECT balance FROM __tenant__.points_account") == 50
    for wrong in ("nothing", ids.show("pnt", ids.new()), "pnt_x"):
        reply = await client.post(at("reverse-entry"), json={"entry": wrong, "note": "x"})
        assert (reply.status_code, reply.json()["code"]) == (404, "points.no_such_entry")
    assert (
        await client.post(at("take-back-points"), json=body | {"points": 999, "once": str(ids.new())})
    ).status_code == 200
    assert await acme.value("SELECT balance FROM __tenant__.points_account") == 0
    noted = await acme.rows("SELECT subject, name FROM __tenant__.audit WHERE action = 'form'")
    assert {(row["subject"], row["name"]) for row in noted} == {
        ("take-back-points", "marketer"),
        ("reverse-entry", "marketer"),
    }


async def test_a_voucher_is_revoked_by_its_code(acme: Shop) -> None:
    client = await make.desk(acme, "marketer")
    member = await a_member(acme)
    async with acme.open():
        issued = await make_vouchers.voucher(UUID(member))
    for _ in range(2):
        reply = await client.post(at("revoke-voucher"), json={"code": issued.code.lower(), "reason": "lost"})
        assert reply.status_code == 200, reply.text
    assert await acme.value("SELECT state FROM __tenant__.voucher") == "revoked"
    assert await acme.value("SELECT count(*) FROM __tenant__.voucher_event WHERE reason = 'lost'") == 1
    wrong = await client.post(at("revoke-voucher"), json={"code": "ABCD", "reason": "lost"})
    assert (wrong.status_code, wrong.json()["code"]) == (404, "voucher.unknown")


@pytest.mark.parametrize(
    "change",
    [{"points": 0}, {"points": -5}, {"points": 1_000_001}, {"points": 2**70}, {"points": "1.5"}, {"points": "x"}, {"points": None},
     {"points": True}, {"points": "１２"}, {"member": ""}, {"member": "x"}, {"member": None}, {"member": 5}, {"member": str(ids.new())},
     {"why": "zzz"}, {"why": None}, {"note": "x" * 501}, {"note": "\x00"}, {"note": "\ud800"}, {"note": 5}, {"extra": 1},
     {"once": "x"}, {"once": 5}, {"once": "a/b' OR 1=1 --"}],
)  # fmt: skip
async def test_odd_input_gets_a_sentence_and_grants_nothing(acme: Shop, change: dict[str, Any]) -> None:
    client = await make.desk(acme)
    member = await a_member(acme)
    body = {"member": member, "points": 5, "why": "staff", "note": None, "once": str(ids.new()), **change}
    reply = await client.post(at("grant-points"), content=json.dumps(body))
    assert reply.status_code in {404, 422}, reply.text
    assert await acme.value("SELECT count(*) FROM __tenant__.points_entry") == 0
    assert await acme.value("SELECT count(*) FROM __tenant__.audit WHERE action = 'form'") == 0


@pytest.mark.parametrize("body", [b"", b"[", b"[]", b"1", b"[" * 60_000])
async def test_a_body_that_is_no_form_is_refused(acme: Shop, body: bytes) -> None:
    client = await make.desk(acme)
    assert (await client.post(at("grant-points"), content=body)).status_code == 422


async def test_a_member_of_another_shop_gets_nothing(acme: Shop, rival: Shop) -> None:
    client = await make.desk(acme)
    theirs = await a_member(rival)
    reply = await client.post(at("grant-points"), json={"member": theirs, "points": 5, "why": "staff"})
    assert reply.status_code in {404, 422}
    for shop in (acme, rival):
        assert await shop.value("SELECT count(*) FROM __tenant__.points_entry") == 0


async def test_vouchers_are_issued_from_the_templates_that_are_active(acme: Shop) -> None:
    client = await make.desk(acme)
    member = await a_member(acme)
    terms = {
        "name_en": "Ten off",
        "kind": "amount",
        "amount": "10",
        "validity": "relative",
        "valid_days": 30,
        "state": "active",
    }
    made = await client.post("/admin/api/tables/voucher_template/", json=terms)
    assert made.status_code == 201, made.text
    template = made.json()[0]["id"]
    choices = (await client.get(at("issue-vouchers", "schema/"))).json()["properties"]["template"]["extra"]["choices"]
    assert choices == {template: {"display_name": "Ten off", "value": template}}
    body = {"member": member, "template": template, "copies": "3", "why": "campaign", "once": str(ids.new())}
    for _ in range(2):
        reply = await client.post(at("issue-vouchers"), json=body)
        assert reply.status_code == 200, reply.text
    assert await acme.value("SELECT count(*) FROM __tenant__.voucher") == 3
    unknown = await client.post(at("issue-vouchers"), json=body | {"template": str(ids.new())})
    assert unknown.status_code == 422


async def test_the_birthday_message_is_previewed_with_a_real_member_and_nothing_is_sent(acme: Shop) -> None:
    client = await make.desk(acme, "marketer")
    member = await a_member(acme)
    reply = await client.post(at("preview-birthday"), json={"member": member, "channel": "email", "language": "en"})
    assert reply.status_code == 200, reply.text
    assert "Ann" in reply.json()["custom_form_success"]
    assert await acme.value("SELECT count(*) FROM __tenant__.message") == 0


async def test_a_test_of_the_birthday_message_goes_into_the_outbox(acme: Shop) -> None:
    client = await make.desk(acme, "marketer")
    member = await a_member(acme)
    wrong = await client.post(at("send-test-birthday"), json={"member": member, "to_address": "nobody"})
    assert (wrong.status_code, wrong.json()["detail"][0]["loc"][-1]) == (422, "Your e-mail address")
    reply = await client.post(at("send-test-birthday"), json={"member": member, "to_address": "me@example.com"})
    assert reply.status_code == 200, reply.text
    [message] = await acme.rows("SELECT test, to_address FROM __tenant__.message")
    assert message == {"test": True, "to_address": "me@example.com"}
