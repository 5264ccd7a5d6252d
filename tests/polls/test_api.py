"""Polls over HTTP: the seller's backend makes them, members vote, and each sees what is theirs to see."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tenants import members, polls
from tenants.kit import clock, ids
from tests.make import members as make_members
from tests.make import polls as make
from tests.rows import rows_of

if TYPE_CHECKING:
    from uuid import UUID

    import httpx

    from tests.conftest import Shop

BODY: dict[str, Any] = {
    "name_en": "Which colour?", "name_zh": "哪个颜色？", "choices_max": 2, "reward_points": 5,
    "options": [
        {"text_en": "Sea green", "text_zh": "海绿", "product": "SKU-1", "price_low": "99.00", "price_high": "129.00"},
        {"text_en": "=2+5", "text_zh": "", "price_low": "59.00"}, {"text_en": "Coral", "text_zh": "珊瑚"},
    ],
}  # fmt: skip


async def published(shop: Shop, **changes: Any) -> dict[str, Any]:
    made = (await shop.server().post("/v1/polls", json={**BODY, **changes})).json()
    reply = await shop.server().put(f"/v1/polls/{made['id']}/state", json={"state": "live"})
    assert reply.status_code == 200, reply.text
    return dict(reply.json())


async def member(shop: Shop) -> tuple[UUID, httpx.AsyncClient]:
    async with shop.open():
        ann = (await make_members.member()).id
    return ann, shop.member(ann)


def code(reply: httpx.Response) -> tuple[int, str]:
    return reply.status_code, str(reply.json()["code"])


async def test_a_poll_from_nothing_to_its_result(acme: Shop) -> None:
    poll = await published(acme)
    ann, phone = await member(acme)
    listed = (await phone.get("/v1/me/polls")).json()["data"]
    assert [(one["id"], one["name"], one["voted"]) for one in listed] == [(poll["id"], "Which colour?", False)]
    at = f"/v1/me/polls/{poll['id']}"
    seen = (await phone.get(at, headers={"Accept-Language": "zh"})).json()
    assert [one["text"] for one in seen["options"]] == ["海绿", "=2+5", "珊瑚"]
    assert (seen["result"], seen["ballot"], seen["why_not"]) == (None, None, None)
    choice = [poll["options"][2]["id"], poll["options"][0]["id"]]
    first = (await phone.put(f"{at}/ballot", json={"options": choice})).json()
    again = (await phone.put(f"{at}/ballot", json={"options": choice[::-1]})).json()
    assert (first["points"], first["repeated"], again["points"], again["repeated"]) == (5, False, 0, True)
    assert sorted(first["options"]) == sorted(choice)
    assert (await phone.get(at)).json()["ballot"]["id"] == first["id"]
    result = (await phone.get(f"{at}/result")).json()
    assert [one["share"]["count"] for one in result["options"]] == [1, 0, 1]
    assert (await acme.server().get(f"/v1/polls/{poll['id']}/result")).json() == result
    gone = await phone.delete(f"{at}/ballot")
    assert (gone.status_code, gone.json()["options"]) == (200, [])
    assert (await phone.delete(f"{at}/ballot")).json()["repeated"]
    assert code(await phone.get(f"{at}/result")) == (422, "poll.result_hidden")
    assert await acme.value("SELECT balance FROM __tenant__.points_account WHERE member = $1", ann) == 5


async def test_refusals_have_their_codes_and_move_nothing(acme: Shop) -> None:
    poll = await published(acme)
    _, phone = await member(acme)
    blocked, other = await member(acme)
    async with acme.open():
        await members.block(blocked)
    at, option = f"/v1/me/polls/{poll['id']}/ballot", poll["options"][0]["id"]
    other_poll = await published(acme)
    before = await rows_of(acme)
    for client, to, body, expected in (
        (phone, at, {"options": []}, (422, "poll.choices")),
        (phone, at, {"options": [option, option]}, (422, "poll.choices")),
        (phone, at, {"options": [one["id"] for one in poll["options"]]}, (422, "poll.choices")),
        (phone, at, {"options": [other_poll["options"][0]["id"]]}, (422, "poll.option_gone")),
        (phone, at, {"options": ["plo_none"]}, (404, "poll.option_unknown")),
        (phone, at, {"options": [option], "reward": 5}, (400, "input.invalid")),
        (phone, f"/v1/me/polls/{ids.show('pol', ids.new())}/ballot", {"options": [option]}, (404, "poll.unknown")),
        (other, at, {"options": [option]}, (403, "member.blocked")),
        (acme.server(), at, {"options": [option]}, (401, "caller.unknown")),
    ):
        assert code(await client.put(to, json=body)) == expected
    assert code(await phone.delete(at)) == (422, "poll.nothing_to_withdraw")
    assert await rows_of(acme) == before


async def test_another_shops_poll_is_no_poll(acme: Shop, rival: Shop) -> None:
    poll = await published(acme)
    _, stranger = await member(rival)
    before = await rows_of(acme)
    for reply in (
        await stranger.get(f"/v1/me/polls/{poll['id']}"),
        await stranger.put(f"/v1/me/polls/{poll['id']}/ballot", json={"options": [poll["options"][0]["id"]]}),
        await rival.server().get(f"/v1/polls/{poll['id']}/result"),
        await rival.server().get(f"/v1/polls/{poll['id']}/ballots"),
        await rival.server().patch(f"/v1/polls/{poll['id']}", json={"results": "always"}),
    ):
        assert code(reply) == (404, "poll.unknown")
    assert (await stranger.get("/v1/me/polls")).json()["data"] == []
    assert await rows_of(acme) == before


async def test_polls_are_listed_by_when_they_were_made_and_copies_too(acme: Shop) -> None:
    server = acme.server()
    first = (await server.post("/v1/polls", json=BODY)).json()["id"]
    made = []
    for number in range(6):
        if number % 2:
            made.append((await server.post("/v1/polls", json=BODY)).json()["id"])
        else:
            reply = await server.post(f"/v1/polls/{first}/copies", json={"reference": str(number)})
            made.append(reply.json()["id"])
    seen: list[str] = []
    query: dict[str, str] = {"limit": "2"}
    while True:
        page = (await server.get("/v1/polls", params=query)).json()
        seen += [one["id"] for one in page["data"]]
        if not page["has_more"]:
            break
        query["cursor"] = page["next_cursor"]
    assert seen == [*made[::-1], first]


async def test_an_option_that_was_taken_off_is_offered_again_with_its_votes(acme: Shop) -> None:
    poll = await published(acme)
    _, phone = await member(acme)
    chosen = poll["options"][0]["id"]
    await phone.put(f"/v1/me/polls/{poll['id']}/ballot", json={"options": [chosen]})
    at = f"/v1/polls/{poll['id']}/options/{chosen}"
    await acme.server().delete(at)
    shown = (await acme.server().get(f"/v1/polls/{poll['id']}")).json()["options"]
    assert [one["removed"] for one in shown if one["id"] == chosen] == [True]
    for _ in range(2):
        reply = await acme.server().put(f"{at}/offered")
        assert (reply.status_code, reply.json()["removed"], reply.json()["votes"]) == (200, False, 1)
    assert code(await acme.server().put(f"{at[:-3]}xxx/offered")) == (404, "poll.option_unknown")


async def test_a_backend_changes_options_copies_and_ends(acme: Shop) -> None:
    poll = await published(acme)
    server, at = acme.server(), f"/v1/polls/{poll['id']}"
    _, phone = await member(acme)
    first, second, third = (one["id"] for one in poll["options"])
    await phone.put(f"/v1/me/polls/{poll['id']}/ballot", json={"options": [first]})
    added = (await server.post(f"{at}/options", json={"text_en": "Plum"})).json()
    assert (added["position"], added["votes"]) == (4, 0)
    assert code(await server.patch(f"{at}/options/{first}", json={"product": "X"})) == (422, "poll.frozen")
    assert (await server.patch(f"{at}/options/{first}", json={"text_en": "Sea-green"})).json()["text_en"] == "Sea-green"
    assert (await server.delete(f"{at}/options/{first}")).status_code == 204
    assert (await server.delete(f"{at}/options/{second}")).status_code == 204
    assert code(await server.delete(f"{at}/options/{third}")) == (422, "poll.nothing_to_choose")
    ordered = (await server.put(f"{at}/option-order", json={"options": [added["id"]]})).json()
    assert [(one["text_en"], one["removed"]) for one in ordered["options"]] == [
        ("Plum", False), ("Sea-green", True), ("Coral", False),
    ]  # fmt: skip
    copies = [(await server.post(f"{at}/copies", json={"reference": "again"})).json() for _ in range(2)]
    assert copies[0]["id"] == copies[1]["id"]
    assert [one["text_en"] for one in copies[0]["options"]] == ["Plum", "Coral"]
    ended = (await server.put(f"{at}/state", json={"state": "ended"})).json()
    assert (ended["state"], ended["status"], ended["ballots"]) == ("ended", "over", 1)
    assert code(await server.put(f"{at}/state", json={"state": "live"})) == (422, "poll.ended")
    assert code(await phone.delete(f"/v1/me/polls/{poll['id']}/ballot")) == (422, "poll.closed")
    assert [one["id"] for one in (await server.get("/v1/polls?state=draft")).json()["data"]] == [copies[0]["id"]]


async def test_the_status_is_that_of_the_second_in_which_it_is_asked(acme: Shop) -> None:
    ends_at = clock.now() + timedelta(minutes=5)
    poll = await published(acme, ends_at=ends_at.isoformat())
    _, phone = await member(acme)
    at = f"/v1/me/polls/{poll['id']}"
    with clock.at(ends_at - timedelta(microseconds=1)):
        assert (await phone.get(at)).json()["status"] == "running"
    with clock.at(ends_at):
        shown = (await phone.get(at)).json()
        assert (shown["status"], shown["why_not"]["code"]) == ("over", "poll.closed")
        body = {"options": [poll["options"][0]["id"]]}
        assert code(await phone.put(f"{at}/ballot", json=body)) == (422, "poll.closed")


async def test_ballots_go_out_as_a_spreadsheet_that_computes_nothing(acme: Shop) -> None:
    poll = await published(acme)
    async with acme.open():
        voter = await make_members.member(external_id="@sum")
        rows = await polls.options_of(ids.read("pol", poll["id"]))
        await polls.vote(ids.read("pol", poll["id"]), voter.id, [row["id"] for row in rows[:2]])
    reply = await acme.server(**{"Accept-Language": "zh"}).get(f"/v1/polls/{poll['id']}/ballots")
    assert reply.headers["content-disposition"] == 'attachment; filename="ballots.csv"'
    [header, line] = list(csv.reader(io.StringIO(reply.text.removeprefix("\ufeff"))))
    assert header[:3] == ["选票", "会员", "外部编号"]
    assert (line[2], line[5]) == ("'@sum", "海绿；=2+5")


async def test_a_draft_is_previewed_and_not_shown(acme: Shop) -> None:
    made = (await acme.server().post("/v1/polls", json=BODY)).json()
    seen = (await acme.server().get(f"/v1/polls/{made['id']}/preview")).json()
    assert (seen["status"], [one["text"] for one in seen["options"]]) == ("draft", ["Sea green", "=2+5", "Coral"])
    _, phone = await member(acme)
    assert code(await phone.get(f"/v1/me/polls/{made['id']}")) == (404, "poll.unknown")


async def test_a_bad_ballot_of_a_batch_fails_alone(acme: Shop) -> None:
    async with acme.open():
        poll, [red, _] = await make.poll()
        ann, ben = await make_members.members_of_count(2)
        got = await polls.vote_many(
            [
                polls.Ballot(poll, ann.id, (red, red)),
                polls.Ballot(poll, ben.id, (red,)),
                polls.Ballot(ids.new(), ben.id),
            ]
        )
    assert [type(one) for one in got] == [polls.ChoiceRefused, polls.Vote, polls.PollUnknown]
