"""Members over HTTP: what the shop's backend and the members themselves get, and what strangers do not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from tenants import members
from tenants.kit import clock, ids
from tenants.kit.shapes import Shape
from tenants.members import Birthday
from tenants.members.api import shapes
from tests.make import members as make
from tests.make import vouchers as make_vouchers

if TYPE_CHECKING:
    from tests.conftest import Shop

NOON = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)
NEW = shapes.NewMember.EXAMPLE


def test_every_example_is_one() -> None:
    found = [kind for kind in vars(shapes).values() if isinstance(kind, type) and issubclass(kind, Shape)]
    assert len(found) > 15
    for kind in found:
        if kind is not Shape:
            assert kind.EXAMPLE
            msgspec.json.decode(msgspec.json.encode(kind.EXAMPLE), type=kind)


async def test_a_member_is_made_found_and_changed(acme: Shop) -> None:
    server = acme.server()
    made = await server.post("/v1/members", json=NEW)
    assert made.status_code == 201
    assert made.json()["id"].startswith("mem_")
    assert made.json()["birthday"] == {"calendar": "solar", "year": 1990, "month": 5, "day": 20}
    path = f"/v1/members/{made.json()['id']}"
    assert (await server.get(path)).json() == made.json()
    changed = await server.patch(path, json={"phone": None, "occupation": "Judge"})
    assert changed.status_code == 200
    assert (changed.json()["phone"], changed.json()["occupation"], changed.json()["name"]) == (None, "Judge", "Li Lei")


async def test_the_same_creation_again_answers_with_the_same_member(acme: Shop) -> None:
    server = acme.server()
    first = await server.post("/v1/members", json=NEW)
    again = await server.post("/v1/members", json=NEW)
    assert again.json() == {**first.json(), "repeated": True}
    other = await server.post("/v1/members", json={**NEW, "name": "Han Meimei"})
    assert other.status_code == 409
    assert other.json()["code"] == "member.external_id_taken"
    assert (await server.get(f"/v1/members/{first.json()['id']}")).json() == first.json()


async def test_an_idempotency_key_makes_a_creation_without_external_id_safe_to_repeat(acme: Shop) -> None:
    server = acme.server(**{"Idempotency-Key": "once"})
    first = await server.post("/v1/members", json={"name": "Li"})
    again = await server.post("/v1/members", json={"name": "Li"})
    assert again.json() == first.json()
    assert again.headers["idempotency-replayed"] == "true"
    assert await acme.value("SELECT count(*) FROM __tenant__.member") == 1


async def test_the_list_is_filtered_and_paged_by_a_cursor_of_its_own(acme: Shop, rival: Shop) -> None:
    async with acme.open():
        await make.members_of_count(5)
        await make.member(phone="13800138000", email="li@example.com", tags=["vip"], external_id="special")
    server = acme.server()
    for filters in (
        {"phone": "138 0013 8000"},
        {"email": "li@example.com"},
        {"tag": "vip"},
        {"external_id": "special"},
    ):
        found = (await server.get("/v1/members", params=filters)).json()
        assert [member["external_id"] for member in found["data"]] == ["special"]
        assert not found["has_more"]
    seen, cursor = [], None
    for _ in range(3):
        sheet = (await server.get("/v1/members", params={"limit": 2, **({"cursor": cursor} if cursor else {})})).json()
        seen += [member["id"] for member in sheet["data"]]
        cursor = sheet["next_cursor"]
    assert (len(set(seen)), cursor) == (6, None)
    middle = (await server.get("/v1/members", params={"limit": 2})).json()["next_cursor"]
    assert (await rival.server().get("/v1/members", params={"cursor": middle})).status_code == 400
    assert (await rival.server().get("/v1/members")).json()["data"] == []


async def test_what_was_updated_after_a_moment_is_found(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            await make.member()
    server = acme.server()
    for moment, count in (
        ("2026-03-01T11:59:59+08:00", 1),
        ("2026-03-01T12:00:00+08:00", 0),
        ("2026-03-01T03:59:59Z", 1),
    ):
        found = await server.get("/v1/members", params={"updated_after": moment})
        assert len(found.json()["data"]) == count


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "0"}, {"limit": "101"}, {"limit": "x"}, {"limit": str(2**63)}, {"cursor": "x"}, {"cursor": "é"},
        {"phone": "12"}, {"email": "x"}, {"updated_after": "yesterday"}, {"updated_after": "2026-01-01T00:00:00"},
        {"external_id": "\x00"}, {"tag": "\x00"}, {"updated_after": "0001-01-01T00:00:00+14:00"},
    ],
)  # fmt: skip
async def test_a_query_that_cannot_be_used_is_refused(acme: Shop, query: dict[str, str]) -> None:
    answer = await acme.server().get("/v1/members", params=query)
    assert answer.status_code == 400, answer.text
    assert answer.json()["code"]


BAD_MEMBERS: list[Any] = [
    b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b'{"name": "\\ud800"}', b'{"name": "\xed\xa0\x80"}',
    b'{"name": NaN}',
    {"name": "a\x00b"}, {"name": 5}, {"name": None}, {"name": ["x"]}, {"name": "x" * 201}, {"name": {"x": 1}},
    {"nickname": "x"}, {"state": "blocked"}, {"id": "mem_1"}, {"tenant": "rival"},
    {"external_id": "x" * 101}, {"external_id": 2**63}, {"external_id": "\x00"},
    {"phone": "12"}, {"phone": "5" * 41}, {"phone": "\x00"}, {"email": "x"}, {"email": "a@b.cc\r\nBcc: x@y.zz"},
    {"gender": "robot"}, {"locale": "x" * 11}, {"timezone": "Nowhere"}, {"source": ""}, {"tags": "vip"},
    {"tags": ["a,b"]}, {"tags": [""]}, {"tags": [1]}, {"tags": ["t"] * 101}, {"tags": ["\x00"]},
    {"birthday": {"month": 2, "day": 30}}, {"birthday": {"month": 2**63, "day": 1}}, {"birthday": {"month": 1}},
    {"birthday": {"month": 1, "day": 1, "year": 2**63}}, {"birthday": {"month": "May", "day": 1}},
    {"birthday": {"month": 1, "day": 31, "calendar": "lunar"}},
    {"birthday": {"month": 1, "day": 1, "calendar": "julian"}},
    {"birthday": "1990-05-20"}, {"birthday": {"month": 1, "day": 1, "hour": 1}},
]  # fmt: skip


@pytest.mark.parametrize("bad", BAD_MEMBERS, ids=lambda bad: repr(bad)[:40])
async def test_a_member_who_cannot_be_is_refused_and_nobody_is_made(acme: Shop, bad: Any) -> None:
    server = acme.server()
    body = (
        {"content": bad, "headers": {"Content-Type": "application/json"}} if isinstance(bad, bytes) else {"json": bad}
    )
    answer = await server.post("/v1/members", **body)
    assert 400 <= answer.status_code < 500, answer.text
    assert answer.json()["code"]
    assert await acme.value("SELECT count(*) FROM __tenant__.member") == 0


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", "", {"name": None}), ("PATCH", "", {"birthday": None}), ("PATCH", "", {"tags": []}),
        ("PATCH", "", {"external_id": "x" * 101}), ("PATCH", "", {"phone": "+1"}),
        ("PUT", "/birthday", {"month": 2, "day": 29, "year": 2023}), ("PUT", "/birthday", None),
        ("PUT", "/birthday", {}),
        ("PUT", "/consents/fax", {"granted": True, "source": "a", "evidence": "b"}),
        ("PUT", "/consents/email", {"granted": True}),
        ("PUT", "/consents/email", {"granted": "yes", "source": "a", "evidence": "b"}),
        ("PUT", "/consents/email", {"granted": True, "source": "a", "evidence": "\x00"}),
        ("PUT", "/attributes", {"attributes": {"nothing": 1}}), ("PUT", "/attributes", {"attributes": {"skin": 2**63}}),
        ("PUT", "/attributes", {"attributes": {"skin": "\x00"}}),
        ("PUT", "/attributes", {"attributes": {"skin": ["x"]}}),
        ("PUT", "/attributes", {"attributes": {"\x00": "x"}}), ("PUT", "/attributes", {"skin": "dry"}),
        ("POST", "/tags", {"tags": ["a/b"]}), ("POST", "/tags", {"tags": None}),
        ("POST", "/addresses", {"recipient": "Li"}), ("POST", "/addresses", {"recipient": "Li", "street": "\x00"}),
        ("POST", "/addresses", {"recipient": "Li", "street": "1", "country": "China"}),
        ("POST", "/addresses", {"recipient": "Li", "street": "1", "phone": "12"}),
        ("DELETE", "/addresses/adr_x", None), ("DELETE", "/addresses/adr_01kaecw0x5f3qs8q7t6v2m9d3a", None),
    ],
)  # fmt: skip
async def test_a_change_that_cannot_be_is_refused_and_changes_nothing(
    acme: Shop, method: str, path: str, body: Any
) -> None:
    async with acme.open():
        await members.define_attribute("skin", kind="text")
        member = await make.member()
    server = acme.server()
    at = f"/v1/members/{ids.show('mem', member.id)}"
    before = (await server.get(at)).json()
    answer = await server.request(method, at + path, json=body)
    assert 400 <= answer.status_code < 500, answer.text
    assert answer.json()["code"]
    assert (await server.get(at)).json() == before


async def test_nothing_of_one_shop_is_had_with_the_key_of_another(acme: Shop, rival: Shop) -> None:
    async with acme.open():
        member = await make.member()
        home = await members.add_address(member.id, recipient="Li", street="1 West Lake Road")
    server = rival.server()
    at = f"/v1/members/{ids.show('mem', member.id)}"
    consent = {"granted": True, "source": "a", "evidence": "b"}
    asked: list[tuple[str, str, Any]] = [
        ("GET", "", None), ("PATCH", "", {"name": "x"}), ("PUT", "/birthday", {"month": 1, "day": 1}),
        ("DELETE", "/birthday", None), ("PUT", "/block", None), ("DELETE", "/block", None),
        ("PUT", "/attributes", {"attributes": {}}), ("POST", "/tags", {"tags": ["x"]}), ("DELETE", "/tags/x", None),
        ("GET", "/consents", None), ("PUT", "/consents/email", consent), ("GET", "/consent-events", None),
        ("GET", "/addresses", None), ("POST", "/addresses", {"recipient": "x", "street": "y"}),
        ("DELETE", f"/addresses/{ids.show('adr', home.id)}", None),
    ]  # fmt: skip
    for method, path, body in asked:
        answer = await server.request(method, at + path, json=body)
        assert answer.status_code == 404, (method, path, answer.text)
    for bad in ("mem_x", "x", "adr_" + "0" * 26, ids.show("mem", ids.new()).upper(), "mem_" + "é" * 26):
        assert (await server.get(f"/v1/members/{bad}")).status_code == 404
    async with acme.open():
        assert await members.find(member.id) == member
        assert await members.addresses_of(member.id) == [home]


async def test_birthday_tags_block_and_attributes_over_http(acme: Shop) -> None:
    server = acme.server()
    defined = await server.post("/v1/attributes", json=shapes.NewAttribute.EXAMPLE)
    assert (defined.status_code, defined.json()["repeated"]) == (201, False)
    assert (await server.post("/v1/attributes", json=shapes.NewAttribute.EXAMPLE)).json()["repeated"]
    other = await server.post("/v1/attributes", json={**shapes.NewAttribute.EXAMPLE, "choices": ["x"]})
    assert (other.status_code, other.json()["code"]) == (409, "attribute.taken")
    assert [each["key"] for each in (await server.get("/v1/attributes")).json()["data"]] == ["skin_type"]
    at = f"/v1/members/{(await server.post('/v1/members', json={})).json()['id']}"
    unknown = await server.put(f"{at}/attributes", json={"attributes": {"skin": "dry"}})
    told = unknown.json()
    assert (unknown.status_code, told["code"], told["param"]) == (400, "attribute.unknown", "skin")
    known = await server.put(f"{at}/attributes", json={"attributes": {"skin_type": "dry"}})
    assert known.json() == {"attributes": {"skin_type": "dry"}}
    assert (await server.post(f"{at}/tags", json={"tags": ["b", "a", "b"]})).json() == {"tags": ["a", "b"]}
    assert (await server.delete(f"{at}/tags/b")).status_code == 204
    lunar = await server.put(f"{at}/birthday", json={"calendar": "lunar", "month": 12, "day": 30})
    assert lunar.json()["birthday"] == {"calendar": "lunar", "month": 12, "day": 30, "year": None}
    assert (await server.put(f"{at}/block")).json()["state"] == "blocked"
    assert (await server.delete(f"{at}/block")).status_code == 204
    shown = (await server.get(at)).json()
    assert (shown["tags"], shown["attributes"], shown["state"]) == (["a"], {"skin_type": "dry"}, "active")
    assert (await server.delete(f"{at}/birthday")).status_code == 204
    assert (await server.get(at)).json()["birthday"] is None


async def test_consent_over_http_keeps_who_recorded_it(acme: Shop) -> None:
    server = acme.server()
    at = f"/v1/members/{(await server.post('/v1/members', json={})).json()['id']}"
    for granted in (True, True, False):
        said = await server.put(
            f"{at}/consents/email", json={"granted": granted, "source": "till", "evidence": "order 1"})  # fmt: skip
        assert said.status_code == 200
    stands = {each["channel"]: each["granted"] for each in (await server.get(f"{at}/consents")).json()["data"]}
    assert stands == {"email": False, "sms": False, "in_app": False, "phone": False}
    events = (await server.get(f"{at}/consent-events", params={"limit": 1})).json()
    assert events["has_more"]
    rest = (await server.get(f"{at}/consent-events", params={"cursor": events["next_cursor"]})).json()
    kept = [*events["data"], *rest["data"]]
    assert [(event["number"], event["granted"]) for event in kept] == [(2, False), (1, True)]
    assert kept[0]["recorded_by"].startswith("server:")


async def test_a_member_sees_and_changes_their_own_profile(acme: Shop) -> None:
    async with acme.open():
        member = await make.member(source="secret-campaign", tags=["difficult customer"])
    me = acme.member(member.id)
    shown = await me.get("/v1/me")
    assert shown.status_code == 200
    assert shown.json()["birthday_changeable"] is True
    assert "difficult customer" not in shown.text
    changed = await me.patch("/v1/me", json={"name": "李雷", "phone": "13800138000", "timezone": "Asia/Tokyo"})
    assert (changed.json()["name"], changed.json()["phone"]) == ("李雷", "+8613800138000")
    for field in ("external_id", "source", "state", "tags", "birthday"):
        refused = await me.patch("/v1/me", json={field: "x"})
        assert refused.status_code == 400, field
    async with acme.open():
        assert (await members.find(member.id)).source == "secret-campaign"


async def test_a_member_sets_their_birthday_once_and_is_told_when_again(acme: Shop) -> None:
    async with acme.open():
        member = await make.member()
    with clock.at(NOON):
        me = acme.member(member.id)
        first = await me.put("/v1/me/birthday", json={"month": 5, "day": 20})
        assert (first.status_code, first.json()["birthday_changeable"]) == (200, False)
        assert first.json()["birthday_changeable_from"] == "2027-03-01T04:00:00Z"
        second = await me.put("/v1/me/birthday", json={"month": 5, "day": 21})
        assert (second.status_code, second.json()["code"]) == (422, "member.birthday_locked")
        assert "2027-03-02" in second.json()["detail"]
        assert (await me.get("/v1/me")).json()["birthday"]["day"] == 20
        in_chinese = await acme.member(member.id, **{"Accept-Language": "zh"}).put(
            "/v1/me/birthday", json={"month": 5, "day": 21})  # fmt: skip
        assert "才能再次修改" in in_chinese.json()["detail"]
    with clock.at(NOON + timedelta(days=365)):
        third = await acme.member(member.id).put("/v1/me/birthday", json={"month": 5, "day": 21})
        assert third.json()["birthday"]["day"] == 21


async def test_a_members_own_consent_carries_where_it_was_said(acme: Shop) -> None:
    async with acme.open():
        member = await make.member()
    me = acme.member(member.id, **{"User-Agent": "Phone/1.0"})
    assert (await me.get("/v1/me/consents/email")).json() == {
        "channel": "email", "granted": False, "updated_at": None, "repeated": False,
    }  # fmt: skip
    assert (await me.put("/v1/me/consents/email", json={"granted": True})).json()["granted"]
    assert (await me.put("/v1/me/consents/email", json={"granted": True})).json()["repeated"]
    assert (await me.get("/v1/me/consents/email")).json()["granted"]
    assert len((await me.get("/v1/me/consents")).json()["data"]) == 4
    for path in ("/v1/me/consents/fax",):
        assert (await me.get(path)).status_code == 404
        assert (await me.put(path, json={"granted": True})).status_code == 404
    async with acme.open():
        (event,) = await members.consent_events(member.id)
    assert event.source == "member"
    assert "Phone/1.0" in event.evidence
    assert event.recorded_by == f"member:{member.id.hex}"


async def test_a_member_keeps_addresses_of_their_own_only(acme: Shop) -> None:
    async with acme.open():
        mine, theirs = await make.members_of_count(2)
        foreign = await members.add_address(theirs.id, recipient="Han", street="9 East Road")
    me = acme.member(mine.id)
    kept = await me.post("/v1/me/addresses", json={"recipient": "Li", "street": "1 West Lake Road"})
    assert (kept.status_code, kept.json()["preferred"]) == (201, True)
    assert [each["id"] for each in (await me.get("/v1/me/addresses")).json()["data"]] == [kept.json()["id"]]
    assert (await me.delete(f"/v1/me/addresses/{ids.show('adr', foreign.id)}")).status_code == 404
    assert (await me.delete(f"/v1/me/addresses/{kept.json()['id']}")).status_code == 204
    async with acme.open():
        assert await members.addresses_of(theirs.id) == [foreign]


async def test_a_blocked_member_can_do_nothing_and_nothing_moves(acme: Shop) -> None:
    async with acme.open():
        member = await make.member(birthday=Birthday(5, 20))
        blocked = await members.block(member.id)
        offered = await make_vouchers.voucher_template(claimable=True)
    me = acme.member(member.id)
    asked: list[tuple[str, str, Any]] = [
        ("GET", "", None), ("PATCH", "", {"name": "x"}), ("PUT", "/birthday", {"month": 1, "day": 1}),
        ("GET", "/consents", None), ("GET", "/consents/email", None), ("PUT", "/consents/email", {"granted": True}),
        ("GET", "/addresses", None), ("POST", "/addresses", {"recipient": "x", "street": "y"}),
        ("DELETE", f"/addresses/{ids.show('adr', ids.new())}", None),
        ("GET", "/vouchers", None), ("GET", "/voucher-templates", None), ("GET", "/rewards", None),
        ("POST", "/voucher-claims", {"template": ids.show("vtp", offered)}), ("GET", "/messages", None),
        ("GET", "/points", None), ("GET", "/points/entries", None), ("GET", "/orders/", None),
        ("GET", "/check-ins", None), ("POST", "/check-ins", None),
        ("POST", f"/messages/{ids.show('msg', ids.new())}/reading", None),
    ]  # fmt: skip
    for method, path, body in asked:
        answer = await me.request(method, f"/v1/me{path}", json=body)
        assert (answer.status_code, answer.json()["code"]) == (403, "member.blocked"), (method, path)
    async with acme.open():
        assert await members.find(member.id) == blocked
        assert await members.addresses_of(member.id) == []


async def test_a_members_token_opens_nothing_of_the_server_api_nor_of_another_shop(acme: Shop, rival: Shop) -> None:
    async with acme.open():
        member = await make.member()
    me = acme.member(member.id)
    assert (await me.get("/v1/members")).status_code == 401
    token = me.headers["Authorization"]
    assert (await rival.client(Authorization=token).get("/v1/me")).status_code == 401
    assert (await acme.server().get("/v1/me")).status_code == 401
    assert (await acme.client().get("/v1/me")).status_code == 401
