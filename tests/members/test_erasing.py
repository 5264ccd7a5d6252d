"""A person who asks is forgotten everywhere, and the sums stay."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest

from tenants import members, staff
from tenants.kit import ids
from tenants.kit.errors import Invalid
from tenants.members import MemberMerged, MemberUnknown
from tenants.members.rules.importing import carry_out_part
from tests.make import members as make

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Shop

CANARY = "canarius"


async def test_the_row_stays_and_nothing_in_it_says_who_it_was(acme: Shop) -> None:
    async with acme.open():
        await members.define_attribute("skin", kind="text")
        member = await make.member(external_id=f"{CANARY}-1", name=CANARY, email=f"{CANARY}@x.example", tags=[CANARY])
        await members.set_attributes(member.id, {"skin": CANARY})
        await members.add_address(member.id, recipient=CANARY, street=CANARY)
        await members.set_consent(member.id, "email", granted=True, source="test", evidence=CANARY)
        done = await members.erase(member.id, reason="asked")
        row = await members.find(member.id)
        with pytest.raises(MemberUnknown):
            await members.change(member.id, {"name": "back"})
    assert (row.state, row.name, row.external_id, row.email, row.tags) == ("erased", "", None, None, ())
    assert done.rows["member_address"] == done.rows["consent_event"] == 1
    assert not done.repeated


async def test_a_second_time_changes_nothing_and_shows_the_certificate(acme: Shop) -> None:
    async with acme.open():
        member = await make.member()
        done = await members.erase(member.id, reason="asked")
    before = await acme.rows("SELECT * FROM __tenant__.member")
    async with acme.open():
        again = await members.erase(member.id, reason="law")
    assert again.repeated
    assert (again.reason, again.at, again.rows) == (done.reason, done.at, done.rows)
    assert await acme.rows("SELECT * FROM __tenant__.member") == before


async def test_those_merged_into_a_member_are_forgotten_with_them_and_not_alone(acme: Shop) -> None:
    async with acme.open():
        source, target = await make.member(name=CANARY), await make.member()
        await members.merge(source.id, target.id, once=f"merge of {CANARY}")
        with pytest.raises(MemberMerged):
            await members.erase(source.id, reason="asked")
        await members.erase(target.id, reason="asked")
    for table in ("member", "member_merge", "member_merge_field"):
        assert CANARY not in str(await acme.rows(f"SELECT * FROM __tenant__.{table}"))
    assert await acme.value("SELECT count(*) FROM __tenant__.member WHERE state = 'erased'") == 2


async def test_the_audit_trail_keeps_that_something_was_done_and_not_what_was_written(acme: Shop) -> None:
    async with acme.open():
        member, other = await make.member(phone="+8613800138000"), await make.member()
        address = await members.add_address(member.id, recipient=CANARY, street=CANARY)
        await staff.note("change", subject="member", row_id=str(member.id), after={"name": CANARY})
        await staff.note("change", subject="member_address", row_id=str(address.id), after={"street": CANARY})
        await staff.note("form", subject="give", row_id="x", after={"member": str(member.id), "note": CANARY})
        await staff.note("form", subject="give", row_id="y", after={"member": "+8613800138000", "note": CANARY})
        await staff.note("change", subject="member", row_id=str(other.id), after={"name": "somebody else"})
        await members.erase(member.id, reason="asked")
    rows = await acme.rows("SELECT action, row_id, after FROM __tenant__.audit ORDER BY id")
    assert [row["row_id"] for row in rows] == [str(member.id), str(address.id), "x", "y", str(other.id)]
    assert [bool(row["after"]) for row in rows] == [False, False, False, False, True]


async def test_a_reply_kept_for_a_repeat_is_not_given_again(acme: Shop) -> None:
    client = acme.server()
    body = {"external_id": f"{CANARY}-9", "name": CANARY}
    headers = {"idempotency-key": "first"}
    made = (await client.post("/v1/members", json=body, headers=headers)).json()
    home = {"recipient": CANARY, "street": CANARY}
    kept = {"idempotency-key": "second"}
    await client.post(f"/v1/members/{made['id']}/addresses", json=home, headers=kept)
    other = await client.post("/v1/members", json={"name": "other"}, headers={"idempotency-key": "third"})
    async with acme.open():
        await members.erase(ids.read("mem", made["id"]), reason="asked")
    again = await client.post("/v1/members", json=body, headers=headers)
    assert (again.status_code, again.json()["code"]) == (410, "reply.forgotten")
    bodies = [row["body"] for row in await acme.rows("SELECT body FROM __tenant__.idempotent_reply")]
    assert not [body for body in bodies if CANARY.encode() in body]
    assert other.content in bodies
    assert await acme.value("SELECT count(*) FROM __tenant__.member") == 2


async def test_an_unknown_reason_is_refused(acme: Shop) -> None:
    async with acme.open():
        member = await make.member()
        with pytest.raises(Invalid):
            await members.erase(member.id, reason="because")
        assert (await members.find(member.id)).state == "active"


async def test_the_export_has_everything_that_refers_to_the_member_and_nothing_of_others(acme: Shop) -> None:
    async with acme.open():
        source, target, other = await make.members_of_count(3)
        await members.change(source.id, {"name": "Before"})
        await members.change(other.id, {"name": "Stranger"})
        await members.add_address(target.id, recipient="Li", street="1 West Lake Road")
        await members.merge(source.id, target.id, once="m")
        held = await members.export_of(source.id)
    assert {row["name"] for row in held["member"]} == {"Before", target.name}
    assert [row["street"] for row in held["member_address"]] == ["1 West Lake Road"]
    assert "Stranger" not in json.dumps(held, default=str)


async def test_a_file_that_is_still_on_its_way_does_not_bring_them_back(acme: Shop, tmp_path: Path) -> None:
    async with acme.open():
        member = await make.member(external_id="gone-1")
        lines = "\n".join(f"new-{number},{number}" for number in range(members.AT_ONCE_MAX))
        file = tmp_path / "members.csv"
        file.write_text(f"external_id,name\ngone-1,{CANARY}\n{lines}\n")
        running = await members.start_import(file, file_name="members.csv")
    assert running.state == "running"
    async with acme.open():
        await members.erase(member.id, reason="asked")
    for table in ("member_import_row", "member_import_error"):
        assert CANARY not in str(await acme.rows(f"SELECT * FROM __tenant__.{table}"))
    async with acme.open():
        while await carry_out_part(running.id):
            pass
        done = await members.report_of(running.id)
        assert await members.find_by_external_id("gone-1") is None
    assert (done.state, done.created, done.failed) == ("done", members.AT_ONCE_MAX, 1)
    assert [(error.line, error.code) for error in done.errors] == [(2, "member.unknown")]


async def test_who_is_being_merged_into_a_member_while_they_are_erased_is_erased_too(acme: Shop) -> None:
    async with acme.open():
        source, target = await make.member(name=CANARY), await make.member()
    merged, go_on = asyncio.Event(), asyncio.Event()

    async def merge() -> None:
        async with acme.open():
            await members.merge(source.id, target.id, once="m")
            merged.set()
            await go_on.wait()

    async def erase() -> None:
        await merged.wait()
        async with acme.open():
            asyncio.get_running_loop().call_later(0.3, go_on.set)  # by then it waits for the target
            await members.erase(target.id, reason="asked")

    await asyncio.gather(merge(), erase())
    assert CANARY not in str(await acme.rows("SELECT * FROM __tenant__.member"))
    assert await acme.value("SELECT count(*) FROM __tenant__.member WHERE state = 'erased'") == 2
