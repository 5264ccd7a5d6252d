"""Members in the console: the card of one, files in and out, and who may be one person."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tenants import members as subject
from tenants import points, rewards, vouchers
from tenants.kit import clock, ids
from tests.make import members
from tests.make import staff as make
from tests.make import vouchers as make_vouchers

if TYPE_CHECKING:
    import httpx

    from tests.conftest import Shop


async def post(client: httpx.AsyncClient, path: str, act: str, file: tuple[str, bytes] | None, **fields: str) -> Any:
    """Press a button of a page."""
    data = {"act": act, "once": ids.new().hex, "csrf": client.headers["X-CSRFToken"], **fields}
    return await client.post(path, data=data, files={"file": file} if file else None)


async def test_the_card_shows_all_subjects_in_both_languages_and_escapes_names(acme: Shop, rival: Shop) -> None:
    async with acme.open():
        member = await members.member(name="<b>Lin</b>", phone="+8613800138000", external_id="a-1")
        await points.earn(member.id, points=1234, why=points.Why.STAFF, once="card-1")
        issued = await make_vouchers.voucher(member.id)
        kept = await vouchers.reserve(issued.id, vouchers.Basket(Decimal(100)), order_reference="A")
        await vouchers.confirm(kept.id)
    async with rival.open():
        theirs = ids.show("mem", (await members.member(name="Rival")).id)
    client = await make.desk(acme, "agent")
    address = f"/console/member/{ids.show('mem', member.id)}"
    english = (await client.get(address, headers={"Accept-Language": "en"})).text
    assert "&lt;b&gt;Lin&lt;/b&gt;" in english
    assert "<b>Lin" not in english
    for told in ("1,234", "+8613800138000", "Check-ins", "Points mall", f"points_entry?member={member.id}"):
        assert told in english
    assert "<dt>Used</dt><dd>1</dd>" in english
    chinese = (await client.get(address, headers={"Accept-Language": "zh"})).text
    assert "积分商城" in chinese
    assert "Points mall" not in chinese
    assert (await client.get(f"/console/member/{theirs}")).status_code == 404
    assert (await client.get("/console/member/nonsense")).status_code == 404
    assert (await client.get("/console/member")).status_code == 404


async def test_the_card_of_one_who_was_merged_or_erased_says_so(acme: Shop) -> None:
    async with acme.open():
        source, target = await members.member(name="Old"), await members.member(name="New")
        gone = await members.member(name="Gone Person")
        await subject.merge(source.id, target.id, once="merge-1")
        await subject.erase(gone.id, reason="asked")
    client = await make.desk(acme, **{"Accept-Language": "en"})
    merged = (await client.get(f"/console/member/{ids.show('mem', source.id)}")).text
    assert f'href="/console/member/{ids.show("mem", target.id)}"' in merged
    assert "Undo the merge" in merged
    assert "can be undone until" in (await client.get(f"/console/member/{ids.show('mem', target.id)}")).text
    erased = (await client.get(f"/console/member/{ids.show('mem', gone.id)}")).text
    assert "This person was erased" in erased
    assert "They asked for it" in erased
    assert "Gone Person" not in erased


async def test_all_of_a_member_is_downloaded_by_those_who_serve_them(acme: Shop) -> None:
    async with acme.open():
        member = await members.member(name="Lin", email="lin@example.com")
    address = f"/console/member-export/{ids.show('mem', member.id)}"
    agent, analyst = await make.desk(acme, "agent"), await make.desk(acme, "analyst")
    reply = await agent.get(address)
    assert "attachment" in reply.headers["content-disposition"]
    assert json.loads(reply.text)["held"]["member"][0]["email"] == "lin@example.com"
    assert (await analyst.get(address)).status_code == 404
    assert (await analyst.get("/console/member-files/members.csv")).status_code == 404
    rows = await acme.rows("SELECT subject, row_id FROM __tenant__.audit WHERE action = 'form'")
    assert [(row["subject"], row["row_id"]) for row in rows] == [("member-export.download", ids.show("mem", member.id))]


async def test_all_members_at_once_are_not_for_who_serves_one_at_a_time(acme: Shop) -> None:
    async with acme.open():
        await members.member(name="Lin", email="lin@example.com")
    agent, marketer = await make.desk(acme, "agent"), await make.desk(acme, "marketer")
    for file in ("members.csv", "members.xlsx"):
        assert (await agent.get(f"/console/member-files/{file}")).status_code == 404
        assert f"/console/member-files/{file}" not in (await agent.get("/console/member-files")).text
        assert (await marketer.get(f"/console/member-files/{file}")).status_code == 200
    assert await acme.value("SELECT count(*) FROM __tenant__.audit WHERE subject = 'member-files.download'") == 2


async def test_a_file_is_checked_first_and_then_imported_row_by_row(acme: Shop) -> None:
    client = await make.desk(acme, "marketer", **{"Accept-Language": "en"})
    file = ("members.csv", b"external_id,name,email\nc-1,Lin,lin@example.com\nc-2,Mo,broken\n")
    checked = await post(client, "/console/member-files", "check", file)
    assert checked.status_code == 200
    assert "nothing was written" in checked.text
    assert "Rows that were left out" in checked.text
    assert await acme.value("SELECT count(*) FROM __tenant__.member") == 0
    done = await post(client, "/console/member-files", "import", file)
    assert "<h2>Imported</h2>" in done.text
    assert await acme.value("SELECT name FROM __tenant__.member WHERE external_id = 'c-1'") == "Lin"
    out = await client.get("/console/member-files/members.csv")
    assert "lin@example.com" in out.text
    sheet = await client.get("/console/member-files/members.xlsx")
    assert sheet.content.startswith(b"PK")


async def test_a_file_that_cannot_be_read_is_refused_with_a_sentence_and_leaves_nothing(acme: Shop) -> None:
    client = await make.desk(acme, "marketer", **{"Accept-Language": "zh"})
    for file in (("a.csv", b"name\nLin\n"), None):
        reply = await post(client, "/console/member-files", "import", file)
        assert reply.status_code == 422
        assert 'class="problem"' in reply.text
    assert await acme.value("SELECT count(*) FROM __tenant__.member_import") == 0
    agent = await make.desk(acme, "agent")
    assert (await post(agent, "/console/member-files", "import", ("a.csv", b"external_id\nx\n"))).status_code == 403
    assert await acme.value("SELECT count(*) FROM __tenant__.member") == 0


async def test_those_who_may_be_one_person_stand_together(acme: Shop) -> None:
    async with acme.open():
        for name in ("<i>One</i>", "Two"):
            await members.member(name=name, phone="+8613800138000")
        await members.member(name="Three", phone="+8613800138001")
    client = await make.desk(acme, "agent", **{"Accept-Language": "en"})
    page = (await client.get("/console/duplicates")).text
    assert "&lt;i&gt;One" in page
    assert "Two" in page
    assert "Three" not in page
    assert "/admin/#/forms/merge-members" in page
    assert "Nobody is alike" in (await client.get("/console/duplicates?alike=email")).text
    assert (await client.get("/console/duplicates?alike=shoe")).status_code == 422


async def test_the_rewards_on_a_card_are_dated_by_the_calendar_of_the_shop(acme: Shop) -> None:
    with clock.at(datetime(2026, 3, 2, 20, 0, tzinfo=UTC)):  # the small hours of the third in Shanghai
        async with acme.open():
            member = await members.member()
            await rewards.grant(member.id, rewards.Reward(points=5), why=rewards.Why.CAMPAIGN, once="night")
            told = {one.key: one for one in (await subject.card_of(member.id)).sections}
    assert told["rewards"].facts[0].value == "5 (2026-03-03)"
