"""Polls in the console: what is typed wrong, who may do what, and the rows behind each number."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tenants import polls
from tenants.kit import clock, ids
from tests.make import members, staff
from tests.make import polls as make
from tests.make.pictures import picture

if TYPE_CHECKING:
    import uuid

    import httpx

    from tests.conftest import Shop

NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
TERMS = {
    "name_zh": "颜色", "name_en": "Colour", "purpose": "data", "period": "ever", "results": "always", "choices_min": "1",
    "choices_max": "2", "reward_points": "0", "changeable": "yes",
}  # fmt: skip


async def act(client: httpx.AsyncClient, page: str, name: str, files: Any = None, **fields: str) -> httpx.Response:
    data = {"csrf": client.cookies["csrftoken"], "act": name, **fields}
    return await client.post(f"/console/{page}", data=data, files=files)


def of(poll: uuid.UUID) -> str:
    return f"poll/{ids.show('pol', poll)}"


async def drafted(shop: Shop, *texts: str, **terms: Any) -> tuple[uuid.UUID, list[uuid.UUID]]:
    async with shop.open():
        return await make.poll(*texts, state="draft", **terms)


async def test_a_poll_is_made_of_a_title_once_however_often_the_button_is_pressed(acme: Shop) -> None:
    client = await staff.desk(acme)
    once = str(ids.new())
    first = await act(client, "polls", "make", name_zh="下一季买什么？", once=once)
    again = await act(client, "polls", "make", name_zh="下一季买什么？", once=once)
    assert first.status_code == 303
    assert first.headers["location"] == again.headers["location"]
    assert await acme.value("SELECT count(*) FROM __tenant__.poll") == 1
    shown = await client.get(first.headers["location"])
    assert "下一季买什么？" in shown.text


async def test_a_poll_without_a_title_is_refused_beside_the_field(acme: Shop) -> None:
    client = await staff.desk(acme)
    reply = await act(client, "polls", "make")
    assert (reply.status_code, await acme.value("SELECT count(*) FROM __tenant__.poll")) == (422, 0)
    assert "aria-invalid" in reply.text


@pytest.mark.parametrize(("field", "value"), [
    ("choices_max", "0"), ("choices_max", "x"), ("choices_min", ""), ("reward_points", "-1"), ("reward_points", "9" * 15),
    ("starts_at", "tomorrow"), ("ends_at", "2026-13-01T10:00"), ("ends_at", "9999-12-31T23:59"), ("results", "perhaps"), ("segment", "seg_x"),
    ("reward_voucher", "vtp_x"), ("name_zh", "x" * 201),
])  # fmt: skip
async def test_what_is_typed_wrong_is_told_beside_its_field_and_nothing_is_saved(
    acme: Shop, field: str, value: str
) -> None:
    poll, _ = await drafted(acme)
    client = await staff.desk(acme)
    before = await acme.rows("SELECT * FROM __tenant__.poll")
    reply = await act(client, of(poll), "save", **{**TERMS, "name_en": "typed <b>", field: value})
    assert reply.status_code == 422, reply.text
    assert "Traceback" not in reply.text
    assert "typed &lt;b&gt;" in reply.text
    tag = re.search(
        rf'<(?:input|select|textarea)[^>]*name="{field if field != "choices_min" else "choices_m"}[^>]*aria-invalid',
        reply.text,
    )
    assert tag, f"{field} is not marked"
    assert await acme.rows("SELECT * FROM __tenant__.poll") == before


async def test_times_are_those_of_the_shop_and_boxes_that_are_not_ticked_are_off(acme: Shop) -> None:
    poll, _ = await drafted(acme)
    client = await staff.desk(acme)
    terms = {name: value for name, value in TERMS.items() if name != "changeable"}
    reply = await act(client, of(poll), "save", **terms, starts_at="2030-01-01T08:00", ends_at="2030-02-01T08:00")
    assert reply.status_code == 200
    row = (await acme.rows("SELECT * FROM __tenant__.poll"))[0]
    assert (row["starts_at"].isoformat(), row["changeable"]) == ("2030-01-01T00:00:00+00:00", False)  # Shanghai
    assert 'value="2030-01-01T08:00"' in reply.text


async def test_an_option_gets_a_picture_keeps_it_and_loses_it(acme: Shop) -> None:
    poll, (first, _) = await drafted(acme)
    client = await staff.desk(acme)
    option = ids.show("plo", first)
    files = {"picture": ("新款.png", picture(), "text/html")}
    await act(client, of(poll), "change", files, option=option, text_zh="红", price_low="9.90")
    row = (await acme.rows("SELECT * FROM __tenant__.poll_option WHERE id = $1", first))[0]
    assert (row["text_zh"], row["text_en"], str(row["price_low"])) == ("红", "", "9.90")
    kept = ids.show("pic", row["picture"])
    assert f"/m/pictures/{kept}" in (await client.get(f"/console/{of(poll)}")).text
    await act(client, of(poll), "change", option=option, text_zh="红色", kept_picture=kept)
    assert await acme.value("SELECT picture FROM __tenant__.poll_option WHERE id = $1", first) == row["picture"]
    await act(client, of(poll), "change", option=option, text_zh="红色", kept_picture=kept, no_picture="yes")
    assert await acme.value("SELECT picture FROM __tenant__.poll_option WHERE id = $1", first) is None


@pytest.mark.parametrize("content", [b"<svg onload='alert(1)'/>", b"", picture()[:60], b"x" * 10_000_001])
async def test_an_upload_that_is_no_picture_is_told_at_the_option_and_keeps_the_rest(
    acme: Shop, content: bytes
) -> None:
    poll, _ = await drafted(acme)
    client = await staff.desk(acme)
    files = {"picture": ("商品 <x>.svg", content, "image/png")}
    reply = await act(client, of(poll), "add", files, text_zh="绿", text_en="Green")
    assert reply.status_code == 422
    assert "商品 &lt;x&gt;.svg" in reply.text
    assert 'value="Green"' in reply.text
    assert await acme.value("SELECT count(*) FROM __tenant__.poll_option") == 2
    assert await acme.value("SELECT count(*) FROM __tenant__.picture") == 0


async def test_what_was_taken_off_comes_back_with_its_votes_or_as_it_was(acme: Shop) -> None:
    async with acme.open():
        poll, (red, _, green) = await make.poll("Red", "Blue", "Green")
        await polls.vote(poll, (await members.member()).id, [red])
    client = await staff.desk(acme)
    gone = await act(client, of(poll), "remove", option=ids.show("plo", red))
    assert await acme.value("SELECT removed FROM __tenant__.poll_option WHERE id = $1", red)
    fields = dict(re.findall(r'name="(option)" value="(plo_\w+)"', gone.text[gone.text.index("undo") :])[:1])
    await act(client, of(poll), "put-back", **fields)
    assert not await acme.value("SELECT removed FROM __tenant__.poll_option WHERE id = $1", red)
    gone = await act(client, of(poll), "remove", option=ids.show("plo", green))
    banner = gone.text[gone.text.index('class="said undo"') :]
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', banner[: banner.index("</form>")]))
    await act(
        client, of(poll), "put-back", **{name: value for name, value in fields.items() if name not in {"csrf", "once"}}
    )
    texts = await acme.rows("SELECT text_en FROM __tenant__.poll_option WHERE NOT removed ORDER BY position, id")
    assert [row["text_en"] for row in texts] == ["Red", "Blue", "Green"]


async def test_options_move_and_those_of_another_poll_do_not(acme: Shop) -> None:
    poll, (red, blue) = await drafted(acme, "Red", "Blue")
    _, (other, _) = await drafted(acme, "Other", "Else")
    client = await staff.desk(acme)
    assert (await act(client, of(poll), "down", option=ids.show("plo", red))).status_code == 200
    order = "SELECT id FROM __tenant__.poll_option WHERE poll = $1 ORDER BY position"
    assert [row["id"] for row in await acme.rows(order, poll)] == [blue, red]
    for name in ("up", "remove", "change", "put-back"):
        assert (await act(client, of(poll), name, option=ids.show("plo", other))).status_code == 422
    assert len(await acme.rows(order, poll)) == 2


async def test_a_poll_goes_its_way_and_ends_only_when_it_is_said_twice(acme: Shop) -> None:
    poll, _ = await drafted(acme)
    client = await staff.desk(acme)
    state = "SELECT state FROM __tenant__.poll WHERE id = $1"
    for name, meant in (("publish", "live"), ("pause", "paused"), ("resume", "live"), ("end", "live")):
        await act(client, of(poll), name)
        assert await acme.value(state, poll) == meant
    await act(client, of(poll), "end", sure="yes")
    assert await acme.value(state, poll) == "ended"
    once = str(ids.new())
    copies = {(await act(client, of(poll), "clone", once=once)).headers["location"] for _ in range(2)}
    assert len(copies) == 1
    assert await acme.value("SELECT count(*) FROM __tenant__.poll") == 2


async def test_too_few_options_are_told_on_publishing(acme: Shop) -> None:
    client = await staff.desk(acme)
    made = await act(client, "polls", "make", name_en="Empty")
    reply = await act(client, made.headers["location"].removeprefix("/console/"), "publish")
    assert reply.status_code == 422
    assert "Add options first" in reply.text
    assert await acme.value("SELECT state FROM __tenant__.poll") == "draft"


@pytest.mark.parametrize(("role", "may"), [("marketer", True), ("agent", False), ("analyst", False)])
async def test_only_the_owner_and_marketers_change_polls_and_all_read(acme: Shop, role: str, may: bool) -> None:  # noqa: FBT001
    poll, _ = await drafted(acme)
    await staff.desk(acme)
    client = await staff.desk(acme, role)
    shown = f"pol_{of(poll).rpartition('_')[2]}"
    for page in ("polls", f"poll/{shown}", f"poll-results/{shown}", f"poll-votes/{shown}", f"poll-stock/{shown}"):
        assert (await client.get(f"/console/{page}")).status_code == 200
    reply = await act(client, of(poll), "publish")
    assert (reply.status_code == 200) == may
    assert (await acme.value("SELECT state FROM __tenant__.poll") == "live") == may


@pytest.mark.parametrize("period", ["ever", "day"])
async def test_each_number_of_the_results_leads_to_as_many_rows(acme: Shop, period: str) -> None:
    async with acme.open():
        poll, options = await make.poll("Red", "Blue", "Green", choices_max=3, period=period, stock=True)
        for number in range(12):
            member = await members.member(tags=[["vip", "new"], ["vip"], []][number % 3])
            with clock.at(NOW + timedelta(hours=7 * number)):
                await polls.vote(poll, member.id, options[: number % 3 + 1])
    client = await staff.desk(acme)
    shown = ids.show("pol", poll)
    seen = 0
    pages = [
        f"poll-results/{shown}",
        *(f"poll-results/{shown}?by={by}" for by in ("tag", "rfm")),
        f"poll-stock/{shown}",
    ]
    for page in pages:
        text = (await client.get(f"/console/{page}")).text
        links = re.findall(r'<a href="(/console/poll-votes/[^"]+)">([\d,]+)(%?)</a>(?: <small>([\d,]+)</small>)?', text)
        for address, number, percent, count in links:
            rows = (await client.get(address.replace("&amp;", "&"))).text
            found = re.search(r"<h2>([\d,]+) ", rows)
            assert found
            assert found[1] == (count if percent else number), (page, address)
            assert rows.count('href="/console/member/') == int(found[1])
            seen += 1
        assert ("poll-votes" in text and "day=2026-03-0" in text) == page.startswith("poll-results")
    assert seen > 30


async def test_rows_come_in_pages_each_once(acme: Shop) -> None:
    async with acme.open():
        poll, options = await make.poll()
        for _ in range(60):
            await polls.vote(poll, (await members.member()).id, options[:1])
    client = await staff.desk(acme)
    first = (await client.get(f"/console/poll-votes/{ids.show('pol', poll)}?members=yes")).text
    older = re.search(r'href="(/console/poll-votes/[^"]+before=[^"]+)"', first)
    assert older
    second = (await client.get(older[1].replace("&amp;", "&"))).text
    links = [re.findall(r"/console/member/(mem_\w+)", text) for text in (first, second)]
    assert [len(found) for found in links] == [50, 10]
    assert len({*links[0], *links[1]}) == 60


async def test_the_votes_go_out_as_a_file_and_no_stranger_file_does(acme: Shop) -> None:
    async with acme.open():
        poll, options = await make.poll("=1+1", "Blue")
        await polls.vote(poll, (await members.member()).id, options[:1])
    client = await staff.desk(acme)
    address = f"/console/poll-results/{ids.show('pol', poll)}"
    reply = await client.get(f"{address}/ballots.csv")
    assert reply.headers["content-type"].startswith("text/csv")
    assert "'=1+1" in reply.text
    assert (await client.get(f"{address}/other.csv")).status_code == 404
    assert (await client.get("/console/poll-results/pol_x")).status_code == 404


async def test_another_shops_poll_is_none(acme: Shop, rival: Shop) -> None:
    poll, _ = await drafted(rival)
    client = await staff.desk(acme)
    shown = ids.show("pol", poll)
    for page in (f"poll/{shown}", f"poll-results/{shown}", f"poll-votes/{shown}", f"poll-stock/{shown}"):
        assert (await client.get(f"/console/{page}")).status_code == 404
    assert (await act(client, f"poll/{shown}", "publish")).status_code in {404, 422}
    assert await rival.value("SELECT state FROM __tenant__.poll") == "draft"


async def test_what_the_reward_costs_at_most_is_told(acme: Shop) -> None:
    async with acme.open():
        poll, _ = await make.poll(state="draft", reward_points=20)
        await members.members_of_count(5)
    client = await staff.desk(acme)
    text = (await client.get(f"/console/{of(poll)}")).text
    assert "if all 5 members vote: 100 points (about 1.00 CNY)" in text
