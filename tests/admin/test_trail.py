"""The audit trail as the owner reads it: in words, in both languages, without anything of a programmer's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from server.guard import LANGUAGE_COOKIE
from tenants import members, staff
from tenants.kit import ids
from tests.make import staff as make

if TYPE_CHECKING:
    from tests.conftest import Shop

TRAIL = "/admin/api/tables/audit/"


async def test_a_change_is_told_by_the_fields_titles_in_the_readers_language(acme: Shop) -> None:
    client = await make.desk(acme)
    plan = await acme.value("SELECT id FROM __tenant__.check_in_plan")
    change = {"base": 12, "cycle": "month", "active": True}
    assert (await client.patch(f"/admin/api/tables/check_in_plan/{plan}/", json=change)).status_code == 200
    told = (await client.get(TRAIL)).json()["rows"][0]
    assert (told["before"], told["after"]) == (
        "Points on the first day: 5; Cycle: 7 days",
        "Points on the first day: 12; Cycle: Calendar month",
    )
    client.cookies.set(LANGUAGE_COOKIE, "zh")
    assert (await client.get(TRAIL)).json()["rows"][0]["after"] == "首日积分：12；周期：按自然月"


async def test_a_form_names_the_member_and_leaves_out_what_is_not_for_people(acme: Shop) -> None:
    client = await make.desk(acme)
    async with acme.open():
        member = await members.create(members.Profile(name="Ann", external_id="C1"))
    body = {"member": str(member.id), "points": 50, "why": "compensation", "note": "", "once": str(ids.new())}
    assert (await client.post("/admin/api/forms/grant-points/", json=body)).status_code == 200
    told = (await client.get(TRAIL)).json()["rows"][0]["after"]
    assert told == "Member: Ann · C1; Points: 50; Reason: To make up for a problem; Note: —"


async def test_a_sign_in_says_from_where(acme: Shop) -> None:
    client = await make.desk(acme)
    told = (await client.get(TRAIL)).json()["rows"][-1]
    assert told["after"].startswith("From: ")


async def test_what_is_kept_in_no_known_form_is_shown_as_it_is(acme: Shop) -> None:
    client = await make.desk(acme)
    async with acme.open():
        await staff.note("change", subject="gone", before={"a": 1}, after={"b": None, "c": [True]})
    told = (await client.get(TRAIL)).json()["rows"][0]
    assert (told["before"], told["after"]) == ("a: 1", "b: —; c: Yes")


async def test_of_two_names_the_readers_own_comes_first_and_calls_the_row(acme: Shop) -> None:
    client = await make.desk(acme)
    schema = (await client.get("/admin/api/tables/check_in_plan/schema/")).json()
    names = schema["extra"]["visible_column_names"]
    assert names.index("name_en") < names.index("name_zh")
    assert schema["extra"]["link_column_name"] == "name_en"
    called = (await client.get("/admin/api/tables/check_in_plan/ids/")).json()
    assert list(called.values()) == ["Daily check-in"]


async def test_a_colleagues_new_password_is_told_but_not_shown_and_an_empty_one_is_none(acme: Shop) -> None:
    client = await make.desk(acme)
    async with acme.open():
        agent = await make.person("agent")
    path = f"/admin/api/tables/staff/{agent}/"
    assert (await client.patch(path, json={"password": "a brand new secret"})).status_code == 200
    assert (await client.patch(path, json={"password": "", "name": "Ann"})).status_code == 200
    rows = await acme.rows("SELECT before, after FROM __tenant__.audit WHERE action = 'change' ORDER BY id")
    assert [row["after"] for row in rows] == ['{"password": "•••"}', '{"name": "Ann"}']
    assert "New password: •••" in [row["after"] for row in (await client.get(TRAIL)).json()["rows"]]
    assert (await client.patch(path, json={"password": ""})).status_code == 200
    assert await acme.value("SELECT count(*) FROM __tenant__.audit WHERE action = 'change'") == len(rows)
    await make.signed_in(acme, "agent", password="a brand new secret")


async def test_a_row_is_noted_by_one_name_however_its_id_was_typed(acme: Shop) -> None:
    client = await make.desk(acme)
    async with acme.open():
        agent = await make.person("agent")
    for number, typed in enumerate((agent.hex, str(agent).upper(), f"{{{agent}}}", f"urn:uuid:{agent}"[:40])):
        reply = await client.patch(f"/admin/api/tables/staff/{typed}/", json={"name": f"Ann {number}"})
        assert reply.status_code in {200, 404}
    noted = await acme.rows("SELECT row_id FROM __tenant__.audit WHERE action = 'change'")
    assert len(noted) >= 2
    assert {row["row_id"] for row in noted} == {str(agent)}
