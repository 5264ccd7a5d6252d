"""The rows of every table at the desk: who sees and changes what, and that nothing else gets through."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from admin.reader import staff_tables
from tenants import members
from tenants.kit import ids
from tenants.tenancy import DB
from tests.make import staff as make
from tests.make import vouchers as voucher_make

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx

    from admin.records import Records
    from tests.conftest import Shop

ROLES = ("owner", "marketer", "agent", "analyst")
TABLES = staff_tables()
EACH_TABLE = pytest.mark.parametrize("records", TABLES.values(), ids=TABLES.keys())
APPEND_ONLY = {
    "audit", "consent_event", "points_account", "points_entry", "points_lot", "points_hold", "voucher", "voucher_event",
    "reward_grant", "shop_order", "order_event", "check_in", "message", "birthday_occurrence", "consent",
    "webhook_event", "webhook_delivery", "webhook_attempt",
}  # fmt: skip


async def a_member(shop: Shop, **profile: Any) -> str:
    async with shop.open():
        return str((await members.create(members.Profile(**{"name": "Ann", **profile}))).id)  # type: ignore[typeddict-item]


def at(records: Records | str, rest: str = "") -> str:
    name = records if isinstance(records, str) else records.desk.tablename
    return f"/admin/api/tables/{name}/{rest}"


@EACH_TABLE
async def test_each_table_can_be_looked_at_in_every_way_without_an_error(acme: Shop, records: Records) -> None:
    client = await make.desk(acme)
    await a_member(acme, external_id="C1")
    for rest in (
        "",
        "count/",
        "schema/",
        "ids/",
        "new/",
        "references/",
        "?__readable=true&__page_size=100",
        "ids/?limit=5&offset=1",
    ):
        reply = await client.get(at(records, rest))
        assert reply.status_code == 200, (rest, reply.text)
    schema = (await client.get(at(records, "schema/"))).json()
    for name, told in schema["properties"].items():
        if name not in records.named or told["extra"]["unordered"]:
            continue
        for query in (f"?__order={name}", f"?__order=-{name}", f"?__visible_fields={name}"):
            reply = await client.get(at(records, query))
            assert reply.status_code == 200, (query, reply.text)
    for name in schema["extra"]["visible_filter_names"]:
        operators = ("is_null", "not_null")
        for operator in operators:
            assert (await client.get(at(records, f"?{name}__operator={operator}"))).status_code == 200
    for row in (await client.get(at(records))).json()["rows"]:
        assert (await client.get(at(records, f"{row[records.key._meta.name]}/?__readable=true"))).status_code == 200


@EACH_TABLE
async def test_each_table_says_everything_in_both_languages(acme: Shop, records: Records) -> None:
    client = await make.desk(acme)
    chinese = (await client.get(at(records, "schema/"), headers={"Accept-Language": "zh"})).json()
    english = (await client.get(at(records, "schema/"), headers={"Accept-Language": "en"})).json()
    assert chinese["title"] != english["title"]
    for name, told in english["properties"].items():
        other = chinese["properties"][name]
        assert told["title"].isascii()
        assert not other["title"].isascii(), other["title"]
        if told["extra"]["help_text"]:
            assert told["extra"]["help_text"] != other["extra"]["help_text"]
        if told["extra"]["choices"]:
            assert told["extra"]["choices"] != other["extra"]["choices"]
            assert set(told["extra"]["choices"]) == set(other["extra"]["choices"])


@EACH_TABLE
@pytest.mark.parametrize("role", ROLES)
async def test_each_role_sees_and_changes_only_what_is_its_own(acme: Shop, records: Records, role: str) -> None:
    client = await make.desk(acme, role)
    desk = records.desk
    sees, writes = role in desk.read, role in desk.write
    listed = (await client.get("/admin/api/tables/")).json()
    assert (desk.name.en in listed) == sees
    grouped = (await client.get("/admin/api/tables/grouped/")).json()["grouped"]
    assert (desk.name.en in grouped.get(desk.group.en, [])) == sees
    for rest in ("", "count/", "schema/", "ids/", "new/", "references/", f"{ids.new()}/"):
        reply = await client.get(at(records, rest))
        expected = 404 if not sees or rest.endswith("-") or len(rest) > 30 else 200
        assert reply.status_code == expected, (rest, reply.text)
    made = await client.post(at(records), json={"nonsense": 1})
    changed = await client.patch(at(records, f"{ids.new()}/"), json={"nonsense": 1})
    gone = await client.delete(at(records, f"{ids.new()}/"))
    for reply, possible in ((made, desk.creatable), (changed, desk.changeable), (gone, desk.deletable)):
        if not sees:
            assert reply.status_code == 404
        elif not possible:
            assert reply.status_code == 405
        elif not writes:
            assert reply.status_code == 403
        else:
            assert reply.status_code in {404, 422}
    if sees:
        extra = (await client.get(at(records, "schema/"))).json()["extra"]
        assert extra["may_create"] == (writes and desk.creatable)
        assert extra["may_change"] == (writes and desk.changeable)
        assert extra["may_delete"] == (writes and desk.deletable)


@EACH_TABLE
async def test_nobody_replaces_a_row_or_deletes_many(acme: Shop, records: Records) -> None:
    client = await make.desk(acme)
    before = await acme.value("SELECT count(*) FROM __tenant__.member")
    for method, rest in (
        ("PUT", f"{ids.new()}/"),
        ("PUT", ""),
        ("DELETE", ""),
        ("PATCH", ""),
        ("DELETE", "?name=x"),
        ("OPTIONS", ""),
        ("TRACE", ""),
    ):
        reply = await client.request(method, at(records, rest), json={})
        assert reply.status_code in {404, 405}, (method, rest)
    assert await acme.value("SELECT count(*) FROM __tenant__.member") == before


def test_nothing_secret_is_on_the_desk_and_ledgers_are_read_only() -> None:
    assert TABLES.keys() >= APPEND_ONLY
    assert not {"staff_session", "login_attempt", "idempotent_reply", "voucher_try"} & TABLES.keys()
    for name, records in TABLES.items():
        secret = {column._meta.name for column in records.table._meta.columns if column._meta.secret}
        assert not secret & records.named.keys(), name
        assert not {"password", "digest", "token", "facts"} & records.named.keys(), name
        if name in APPEND_ONLY:
            assert not any((records.desk.creatable, records.desk.changeable, records.desk.deletable)), name
            assert not any(column.editable for column in records.desk.columns), name


@EACH_TABLE
async def test_another_shops_rows_do_not_exist(acme: Shop, rival: Shop, records: Records) -> None:
    await a_member(rival, name="CANARY-rival", external_id="CANARY-rival")
    async with rival.open():
        await make.person(username="canary-rival")
    theirs = await make.desk(rival, username="canary-rival")
    rows = (await theirs.get(at(records))).json()["rows"]
    mine = await make.desk(acme)
    for row in rows[:3]:
        row_id = row[records.key._meta.name]
        if isinstance(row_id, int):
            continue  # the one row of settings that each shop has
        assert (await mine.get(at(records, f"{row_id}/"))).status_code == 404
        for method in ("PATCH", "DELETE"):
            reply = await mine.request(method, at(records, f"{row_id}/"), json={})
            assert reply.status_code in {404, 405}
    for rest in ("", "ids/", "?__page_size=1000"):
        assert "canary" not in (await mine.get(at(records, rest))).text.lower()


BAD_QUERIES = (
    "__order=nope", "__order=password", "__order=__class__", "__order=-", "__order=id;drop", "__page_size=-1", "__page_size=0",
    "__page_size=1001", "__page_size=1e3", "__page_size=x", "__page=0", "__page=-1", "__page=1e20", "__page=99999999999999999999",
    "__page=x", "__visible_fields=password", "__visible_fields=name,__class__", "nope=1", "password=x", "__class__=x",
    "birth_month=1e20", "birth_month=99999", "birth_month=x", "name=%00", "name__operator=nope&name=x", "name__match=nope&name=x",
    "created_at=yesterday", "created_at=9999-99-99T10:00", "created_at=0001-01-01T00:00", "id=x", "updated_at=x",
    "gender=1&gender__operator=%00", "tags=%00",
)  # fmt: skip


@pytest.mark.parametrize("query", BAD_QUERIES)
async def test_an_odd_query_gets_a_sentence_and_never_a_failure(acme: Shop, query: str) -> None:
    client = await make.desk(acme)
    for rest in ("", "count/"):
        if rest and query.startswith("__"):
            continue
        reply = await client.get(at("member", f"{rest}?{query}"))
        assert reply.status_code == 400, (query, reply.status_code, reply.text)
        assert reply.json()["detail"]


@pytest.mark.parametrize("query", ["limit=-1", "limit=x", "limit=101", "offset=-1", "offset=1e9", "limit=1;drop"])
async def test_odd_limits_in_a_search_are_refused(acme: Shop, query: str) -> None:
    client = await make.desk(acme)
    assert (await client.get(at("member", f"ids/?{query}"))).status_code == 400


@pytest.mark.parametrize(
    "row_id",
    [
        "x",
        "1e20",
        "99999999999999999999",
        "%00",
        "null",
        "00000000-0000-0000-0000-000000000000",
        "__class__",
        "a" * 3000,
    ],
)
async def test_an_odd_id_is_an_id_of_nothing(acme: Shop, row_id: str) -> None:
    client = await make.desk(acme)
    for table in ("member", "points_policy", "check_in_milestone"):
        assert (await client.get(at(table, f"{row_id}/"))).status_code == 404
        assert (await client.patch(at(table, f"{row_id}/"), json={})).status_code == 404


@pytest.mark.parametrize(
    "body",
    [b"", b"[", b"[]", b"null", b"1", b'"x"', b"[" * 50_000, b'{"name": 1}', b'{"name": []}', b'{"name": "\\u0000"}', b'{"name": "\\ud800"}',
     b'{"birth_month": 70000}', b'{"birth_month": 1.5}', b'{"birth_month": true}', b'{"birth_month": 9223372036854775808}', b'{"id": "x"}',
     b'{"state": "erased"}', b'{"created_at": "2026-01-01 10:00"}', b'{"__class__": 1}', b'{"tags": "x"}', b'{"tags": [1]}',
     b'{"gender": "zzz"}', b'{"locale": "zzz"}', b'{"email": "not one"}', b'{"name": "' + b"x" * 300 + b'"}'],
)  # fmt: skip
async def test_an_odd_form_is_refused_and_changes_nothing(acme: Shop, body: bytes) -> None:
    client = await make.desk(acme)
    member = await a_member(acme)
    before = await acme.rows("SELECT * FROM __tenant__.member")
    for method, rest in (("POST", ""), ("PATCH", f"{member}/")):
        reply = await client.request(method, at("member", rest), content=body)
        assert reply.status_code == 422, (method, reply.status_code, reply.text)
    assert await acme.rows("SELECT * FROM __tenant__.member") == before
    assert await acme.value("SELECT count(*) FROM __tenant__.audit WHERE action <> 'login'") == 0


async def test_somebody_may_be_called_null(acme: Shop) -> None:
    client = await make.desk(acme)
    for name in ("null", "Null", "NULL", "None"):
        reply = await client.post(at("member"), json={"name": name})
        assert reply.status_code == 201
        row = (await client.get(at("member", f"{reply.json()[0]['id']}/"))).json()
        assert row["name"] == name


async def test_the_primary_key_cannot_be_changed(acme: Shop) -> None:
    client = await make.desk(acme)
    member = await a_member(acme)
    for body in ({"id": str(ids.new())}, {"id": str(ids.new()), "name": "Bea"}):
        assert (await client.patch(at("member", f"{member}/"), json=body)).status_code == 422
    assert [str(row["id"]) for row in await acme.rows("SELECT id, name FROM __tenant__.member WHERE name = 'Ann'")] == [
        member
    ]


async def test_a_change_goes_through_the_rule_and_is_noted_with_before_and_after(acme: Shop) -> None:
    client = await make.desk(acme)
    member = await a_member(acme)
    reply = await client.patch(
        at("member", f"{member}/"), json={"name": "王小明", "phone": "138 0013 8000", "tags": ["vip"]}
    )
    assert reply.status_code == 200, reply.text
    assert (reply.json()["name"], reply.json()["phone"], reply.json()["tags"]) == ("王小明", "+8613800138000", ["vip"])
    [noted] = await acme.rows("SELECT * FROM __tenant__.audit WHERE action = 'change'")
    assert (noted["subject"], noted["row_id"], noted["name"]) == ("member", member, "owner")
    assert json.loads(noted["before"])["name"] == "Ann"
    assert json.loads(noted["after"])["name"] == "王小明"
    same = await client.patch(at("member", f"{member}/"), json={"name": "王小明"})
    assert same.status_code == 200
    assert await acme.value("SELECT count(*) FROM __tenant__.audit WHERE action = 'change'") == 1


async def test_what_a_rule_refuses_is_told_with_the_fields_title_and_leaves_no_trace(acme: Shop) -> None:
    client = await make.desk(acme)
    [template] = [row for row in (await client.get(at("message_template"))).json()["rows"] if row["channel"] == "email"]
    reply = await client.patch(
        at("message_template", f"{template['id']}/"),
        json={"subject_zh": "{{ nobody }}"},
        headers={"Accept-Language": "zh"},
    )
    assert reply.status_code == 422
    assert reply.json()["detail"][0]["loc"][-1] == "中文标题"
    assert (await client.get(at("message_template", f"{template['id']}/"))).json()["subject_zh"] == template[
        "subject_zh"
    ]
    assert await acme.value("SELECT count(*) FROM __tenant__.audit WHERE action <> 'login'") == 0


async def test_the_check_in_plan_is_edited_and_its_milestones_made_and_removed(acme: Shop) -> None:
    client = await make.desk(acme, "marketer")
    [plan] = (await client.get(at("check_in_plan"))).json()["rows"]
    reply = await client.patch(
        at("check_in_plan", f"{plan['id']}/"), json={"base": "12", "active": "true", "cycle": "month"}
    )
    assert (reply.status_code, reply.json()["base"], reply.json()["cycle"]) == (200, 12, "month")
    made = await client.post(at("check_in_milestone"), json={"plan": plan["id"], "day": "14", "points": "99"})
    assert made.status_code == 201, made.text
    milestone = made.json()[0]["id"]
    changed = await client.patch(at("check_in_milestone", f"{milestone}/"), json={"points": 50})
    assert changed.json()["points"] == 50
    assert changed.json()["plan_readable"] == "Daily check-in"
    assert (await client.delete(at("check_in_milestone", f"{milestone}/"))).status_code == 204
    assert [
        row["action"]
        for row in await acme.rows("SELECT action FROM __tenant__.audit WHERE action <> 'login' ORDER BY id")
    ] == ["change", "create", "change", "delete"]


async def test_a_reference_to_nothing_is_refused(acme: Shop) -> None:
    client = await make.desk(acme)
    for plan in (str(ids.new()), "x", None, ""):
        reply = await client.post(at("check_in_milestone"), json={"plan": plan, "day": 3, "points": 9})
        assert reply.status_code in {404, 422}, reply.text


async def test_times_are_shown_and_typed_in_the_shops_zone(acme: Shop) -> None:
    client = await make.desk(acme)
    reply = await client.post(
        at("voucher_template"),
        json={"name_en": "Ten off", "kind": "amount", "amount": "10.00", "validity": "fixed", "valid_from": "2026-12-01T09:30",
              "valid_until": "2026-12-31 23:59"},
    )  # fmt: skip
    assert reply.status_code == 201, reply.text
    [row] = await acme.rows("SELECT id, valid_from, amount FROM __tenant__.voucher_template")
    assert row["valid_from"].isoformat() == "2026-12-01T01:30:00+00:00"
    shown = (await client.get(at("voucher_template", f"{row['id']}/"))).json()
    assert (shown["valid_from"], shown["amount"]) == ("2026-12-01 09:30:00", "10.00")
    schema = (await client.get(at("voucher_template", "schema/"))).json()
    assert schema["properties"]["valid_from"]["title"] == "Valid from (Asia/Shanghai)"
    found = await client.get(at("voucher_template", "?created_at=2020-01-01T00:00&created_at__operator=gt"))
    assert found.status_code in {200, 400}


async def test_staff_are_made_and_changed_by_the_owner_and_the_password_is_nowhere(acme: Shop) -> None:
    client = await make.desk(acme)
    body = {"username": "bea", "name": "Bea", "role": "agent", "password": "quite a long secret"}
    made = await client.post(at("staff"), json=body)
    assert made.status_code == 201, made.text
    without = await client.post(at("staff"), json={"username": "bob", "role": "agent"})
    assert without.status_code == 422
    assert await acme.value("SELECT count(*) FROM __tenant__.staff WHERE username = 'bob'") == 0
    staff_id = made.json()[0]["id"]
    await make.signed_in(acme, "bea", password="quite a long secret")
    seen = (await client.get(at("staff", f"{staff_id}/"))).text + (await client.get(at("audit"))).text
    assert "secret" not in seen
    assert "argon2" not in seen
    assert (await client.patch(at("staff", f"{staff_id}/"), json={"password": "yet another secret"})).status_code == 200
    await make.signed_in(acme, "bea", password="yet another secret")
    assert (await client.patch(at("staff", f"{staff_id}/"), json={"password": "short"})).status_code == 422
    assert (await client.patch(at("staff", f"{staff_id}/"), json={"role": "zzz"})).status_code == 422
    assert (await client.patch(at("staff", f"{staff_id}/"), json={"username": "eve"})).status_code == 422
    me = str(await acme.value("SELECT id FROM __tenant__.staff WHERE username = 'owner'"))
    refused = await client.patch(at("staff", f"{me}/"), json={"role": "agent"})
    assert (refused.status_code, refused.json()["code"]) == (422, "staff.last_owner")
    assert await acme.value("SELECT role FROM __tenant__.staff WHERE username = 'owner'") == "owner"


async def test_a_name_that_is_taken_is_a_sentence(acme: Shop) -> None:
    client = await make.desk(acme)
    await a_member(acme, external_id="C1")
    other = await a_member(acme, external_id="C2")
    reply = await client.patch(at("member", f"{other}/"), json={"external_id": "C1"})
    assert reply.status_code == 422
    assert reply.json()["custom_form_error"]


async def test_members_are_found_by_part_of_name_number_or_telephone(acme: Shop) -> None:
    client = await make.desk(acme)
    await a_member(acme, name="王小明", external_id="C-77", phone="13800138000", email="a_b@example.com")
    await a_member(acme, name="100% Bea")
    for search, count in (
        ("小明", 1),
        ("c-77", 1),
        ("138001", 1),
        ("a_b", 1),
        ("aXb", 0),
        ("100%", 1),
        ("%", 1),
        ("_", 1),
        ("", 2),
        ("\\", 0),
        ("\x00", 2),
    ):
        found = await client.get(at("member", "ids/"), params={"search": search})
        assert (found.status_code, len(found.json())) == (200, count), search
    rows = await client.get(at("member", "?name=100%25&name__match=starts"))
    assert [row["name"] for row in rows.json()["rows"]] == ["100% Bea"]


async def _names(client: httpx.AsyncClient, language: str) -> list[str]:
    names: list[str] = (await client.get("/admin/api/tables/", headers={"Accept-Language": language})).json()
    return names


async def test_a_table_answers_to_its_name_in_either_language(acme: Shop) -> None:
    client = await make.desk(acme)
    assert len(await _names(client, "zh")) == len(await _names(client, "en")) == len(TABLES)
    for name in ("会员列表", "All members", "member"):
        assert (await client.get(at(name, "count/"))).json()["count"] == 0
    schema = (await client.get(at("签到里程碑", "schema/"), headers={"Accept-Language": "zh"})).json()
    assert schema["properties"]["plan"]["extra"]["foreign_key"]["to"] == "签到计划"


async def test_a_body_that_is_too_large_is_refused_however_it_is_sent(acme: Shop) -> None:
    client = await make.desk(acme)

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b" " * 50_000

    reply = await client.post(at("member"), content=endless())
    assert reply.status_code == 413
    assert await acme.value("SELECT count(*) FROM __tenant__.member") == 0


async def test_a_moment_at_the_calendars_end_spoils_no_list(acme: Shop) -> None:
    async with acme.open():
        issued = await voucher_make.voucher(await voucher_make.shopper())
        await DB.fetch("UPDATE __tenant__.voucher SET valid_until = '9999-12-31 23:59:59Z' WHERE id = $1", issued.id)
    client = await make.desk(acme)
    answer = await client.get("/admin/api/tables/voucher/")
    assert answer.status_code == 200
    assert answer.json()["rows"][0]["valid_until"] == "9999-12-31 23:59:59"


async def test_what_is_worked_out_stands_beside_the_row_and_can_be_neither_asked_by_nor_written(acme: Shop) -> None:
    client = await make.desk(acme)
    await make.desk(acme, "analyst")
    rows = {row["username"]: row for row in (await client.get(at("Staff"))).json()["rows"]}
    assert len(rows) == 2
    assert {row["browsers"] for row in rows.values()} == {1}
    assert all(row["seen_at"] for row in rows.values())
    row_id = next(iter(rows.values()))["id"]
    assert (await client.get(at("Staff", f"{row_id}/"))).json()["browsers"] == 1
    seen = (await client.get(at("Staff", "?__visible_fields=browsers"))).json()["rows"][0]
    assert seen.keys() == {"id", "browsers", "seen_at"}
    for query in ("?browsers=1", "?__order=browsers"):
        assert (await client.get(at("Staff", query))).status_code == 400, query
    told = (await client.get(at("Staff", "schema/"))).json()["properties"]["browsers"]
    assert told["extra"]["read_only"]
    assert told["extra"]["unordered"]
    assert (await client.patch(at("Staff", f"{row_id}/"), json={"browsers": 5})).status_code == 422
