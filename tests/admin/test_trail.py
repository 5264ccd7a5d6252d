"""The audit trail as the owner reads it: in words, in both languages, without anything of a programmer's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admin.guard import LANGUAGE_COOKIE
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
