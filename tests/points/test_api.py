"""Points over HTTP: said twice they move once, and nobody sees another's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tenants import members, points
from tenants.kit import clock, ids
from tests.make import points as make

if TYPE_CHECKING:
    import uuid

    import httpx

    from tests.conftest import Shop

NOON = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)


async def new(acme: Shop, *amounts: int) -> uuid.UUID:
    async with acme.open():
        return await make.member(*amounts)


async def enter(acme: Shop, who: uuid.UUID, **body: Any) -> httpx.Response:
    given = {"points": 10, "kind": "earn", "reference": "fair", **body}
    return await acme.server().post(f"/v1/members/{ids.show('mem', who)}/points-entries", json=given)


async def balance(acme: Shop, who: uuid.UUID) -> tuple[int, int, int]:
    reply = await acme.server().get(f"/v1/members/{ids.show('mem', who)}/points")
    found = reply.json()
    return found["balance"], found["held"], found["available"]


def told(reply: httpx.Response) -> tuple[int, str]:
    return reply.status_code, reply.json()["code"]


async def test_points_are_given_once_for_a_reference(acme: Shop) -> None:
    who = await new(acme)
    first = await enter(acme, who, note="summer")
    again = await enter(acme, who, note="summer")
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == {**first.json(), "repeated": True}
    entry = first.json()
    assert (entry["points"], entry["why"], entry["reason"], entry["reference"], entry["note"]) == (
        10, "api", "Entered by the shop.", "fair", "summer")  # fmt: skip
    assert await balance(acme, who) == (10, 0, 10)
    assert told(await enter(acme, who, points=11)) == (409, "points.once_differs")
    assert await balance(acme, who) == (10, 0, 10)


async def test_points_are_taken_and_never_more_than_there_are(acme: Shop) -> None:
    who = await new(acme, 10)
    assert told(await enter(acme, who, kind="spend", points=11)) == (422, "points.insufficient")
    spent = await enter(acme, who, kind="spend", points=4, reference="till")
    assert (spent.status_code, spent.json()["points"], spent.json()["why"]) == (201, -4, "spent")
    assert await balance(acme, who) == (6, 0, 6)


async def test_points_can_be_given_until_a_date(acme: Shop) -> None:
    who = await new(acme)
    with clock.at(NOON):
        assert (await enter(acme, who, expires_at="2026-04-01T00:00:00+08:00")).status_code == 201
        reply = await acme.member(who).get("/v1/me/points")
    assert reply.json() == {
        "balance": 10, "available": 10, "held": 0, "expiring_points": 10, "expiring_at": "2026-03-31T16:00:00Z",
        "pending": 0, "pending_at": None, "debt": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        {"points": 0},
        {"points": -5},
        {"points": 1_000_000_001},
        {"points": 2**63},
        {"points": 1.5},
        {"points": True},
        {"points": None},
        {"kind": "gift"},
        {"reference": ""},
        {"reference": "x" * 101},
        {"reference": "a\x00b"},
        {"note": "x" * 501},
        {"note": "a\x00b"},
        {"expires_at": "2020-01-01T00:00:00Z"},
        {"expires_at": "2999-01-01T00:00:00Z"},
        {"expires_at": "9999-12-31T23:59:59-14:00"},
        {"expires_at": "2030-01-01T00:00:00"},
        {"expires_at": "soon"},
        {"why": "check_in"},
    ],
)
async def test_bad_input_is_refused_and_moves_nothing(acme: Shop, body: dict[str, Any]) -> None:
    who = await new(acme)
    reply = await enter(acme, who, **body)
    assert 400 <= reply.status_code < 500, reply.text
    assert reply.json()["code"]
    assert await balance(acme, who) == (0, 0, 0)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"points": 1, "reference": "\xff"}', b'"\\ud800"'])
async def test_a_body_that_is_none_is_refused(acme: Shop, body: bytes) -> None:
    who = await new(acme)
    path = f"/v1/members/{ids.show('mem', who)}"
    for place in ("points-entries", "points-holds"):
        reply = await acme.server().post(
            f"{path}/{place}", content=body, headers={"Content-Type": "application/json"})  # fmt: skip
        assert told(reply)[0] == 400


async def test_half_a_letter_in_a_reference_is_refused(acme: Shop) -> None:
    who = await new(acme)
    reply = await acme.server().post(
        f"/v1/members/{ids.show('mem', who)}/points-entries",
        content=b'{"points": 1, "kind": "earn", "reference": "\\ud800"}',
        headers={"Content-Type": "application/json"},
    )
    assert reply.status_code == 400
    assert await balance(acme, who) == (0, 0, 0)


async def test_points_that_are_taken_have_no_date_and_nothing_moves(acme: Shop) -> None:
    who = await new(acme, 20)
    reply = await enter(acme, who, kind="spend", expires_at="2030-01-01T00:00:00Z")
    assert (told(reply), reply.json()["param"]) == ((400, "invalid"), "expires_at")
    assert await balance(acme, who) == (20, 0, 20)


async def test_an_entry_and_a_hold_may_bear_the_same_reference(acme: Shop) -> None:
    who = await new(acme, 20)
    assert (await enter(acme, who, kind="spend", points=5)).status_code == 201
    body = {"points": 5, "reference": "fair"}
    hold = await acme.server().post(f"/v1/members/{ids.show('mem', who)}/points-holds", json=body)
    assert hold.status_code == 201
    assert await balance(acme, who) == (15, 5, 10)


async def test_the_statement_pages_and_says_why_in_the_readers_language(acme: Shop) -> None:
    who = await new(acme, 10, 20, 30)
    await enter(acme, who, kind="spend", points=25)
    path = f"/v1/members/{ids.show('mem', who)}/points-entries"
    first = (await acme.server().get(path, params={"limit": 3})).json()
    second = (await acme.server().get(path, params={"limit": 3, "cursor": first["next_cursor"]})).json()
    assert [(one["points"], one["balance_after"]) for one in first["data"] + second["data"]] == [
        (-25, 35), (30, 60), (20, 30), (10, 10)]  # fmt: skip
    assert (first["has_more"], second["has_more"], second["next_cursor"]) == (True, False, None)
    mine = await acme.member(who, **{"Accept-Language": "zh-CN"}).get("/v1/me/points/entries", params={"limit": 1})
    line = mine.json()["data"][0]
    assert (line["reason"], line["balance_after"]) == ("积分消费。", 35)
    assert "note" not in line


async def test_a_cursor_is_of_use_for_its_own_member_only(acme: Shop) -> None:
    who, other = await new(acme, 1, 2, 3), await new(acme, 1, 2, 3)
    cursor = (await acme.member(who).get("/v1/me/points/entries", params={"limit": 1})).json()["next_cursor"]
    for bad in (cursor, "x", cursor[:-2], "é"):
        reply = await acme.member(other).get("/v1/me/points/entries", params={"cursor": bad})
        assert told(reply) == (400, "invalid")


async def test_an_entry_is_undone_once(acme: Shop) -> None:
    who = await new(acme)
    entry = (await enter(acme, who)).json()["id"]
    undo = f"/v1/points-entries/{entry}/reversal"
    first = await acme.server().post(undo, json={"note": "twice"})
    again = await acme.server().post(undo, json={})
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == {**first.json(), "repeated": True}
    assert (first.json()["points"], first.json()["why"]) == (-10, "reversed")
    assert await balance(acme, who) == (0, 0, 0)
    lines = (await acme.server().get(f"/v1/members/{ids.show('mem', who)}/points-entries")).json()["data"]
    assert (lines[0]["reverses"], lines[1]["reversed_by"]) == (lines[1]["id"], lines[0]["id"])
    own = (await acme.member(who).get("/v1/me/points/entries")).json()["data"]
    assert [one["undone"] for one in own] == [False, True]
    reversal = f"/v1/points-entries/{first.json()['id']}/reversal"
    assert told(await acme.server().post(reversal, json={})) == (422, "points.cannot_reverse")


async def test_points_are_set_aside_and_spent_or_given_back(acme: Shop) -> None:
    who = await new(acme, 100)
    server = acme.server()
    path = f"/v1/members/{ids.show('mem', who)}/points-holds"
    body = {"points": 60, "reference": "order-7", "hold_seconds": 60}
    first, again = await server.post(path, json=body), await server.post(path, json=body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == {**first.json(), "repeated": True}
    assert await balance(acme, who) == (100, 60, 40)
    assert told(await server.post(path, json={**body, "reference": "order-8"})) == (422, "points.insufficient")
    hold = f"/v1/points-holds/{first.json()['id']}"
    assert (await server.get(hold)).json()["state"] == "held"
    spent = await server.post(f"{hold}/confirmation")
    repeat = await server.post(f"{hold}/confirmation")
    assert (spent.status_code, spent.json()["points"], repeat.status_code) == (201, -60, 200)
    assert told(await server.post(f"{hold}/release")) == (409, "points.hold_over")
    assert await balance(acme, who) == (40, 0, 40)
    other = (await server.post(path, json={"points": 40, "reference": "order-9"})).json()["id"]
    freed = await server.post(f"/v1/points-holds/{other}/release")
    assert (freed.status_code, freed.json()["state"]) == (201, "released")
    assert (await server.post(f"/v1/points-holds/{other}/release")).status_code == 200
    assert told(await server.post(f"/v1/points-holds/{other}/confirmation")) == (409, "points.hold_over")
    assert await balance(acme, who) == (40, 0, 40)


async def test_a_blocked_member_cannot_spend(acme: Shop) -> None:
    who = await new(acme, 10)
    async with acme.open():
        await members.block(who)
    assert told(await enter(acme, who, kind="spend")) == (403, "member.blocked")
    assert (await enter(acme, who)).status_code == 201
    assert await balance(acme, who) == (20, 0, 20)


async def test_another_shops_rows_are_not_found(acme: Shop, rival: Shop) -> None:
    async with rival.open():
        who = await make.member()
        entry = await make.earned(who, 50)
        held = await points.hold(
            who, points=20, why=points.Why.SPENT, once="cart", ends_at=clock.now() + timedelta(hours=1))  # fmt: skip
    server = acme.server()
    member, hold = f"/v1/members/{ids.show('mem', who)}", f"/v1/points-holds/{ids.show('hld', held.id)}"
    body = {"points": 5, "reference": "x"}
    replies = [
        await server.get(f"{member}/points"),
        await server.get(f"{member}/points-entries"),
        await server.post(f"{member}/points-entries", json={**body, "kind": "earn"}),
        await server.post(f"{member}/points-entries", json={**body, "kind": "spend"}),
        await server.post(f"{member}/points-holds", json=body),
        await server.post(f"/v1/points-entries/{ids.show('pnt', entry.id)}/reversal", json={}),
        await server.get(hold),
        await server.post(f"{hold}/confirmation"),
        await server.post(f"{hold}/release"),
    ]
    assert {reply.status_code for reply in replies} == {404}
    assert await rival.value("SELECT balance FROM __tenant__.points_account") == 50
    for path in ("/v1/points-holds/x", "/v1/points-holds/mem_01", "/v1/members/hld_1/points"):
        assert (await server.get(path)).status_code == 404


async def test_strangers_and_members_do_not_move_points(acme: Shop) -> None:
    who = await new(acme, 10)
    body = {"points": 5, "kind": "earn", "reference": "x"}
    path = f"/v1/members/{ids.show('mem', who)}/points-entries"
    for client in (acme.client(), acme.member(who)):
        assert (await client.post(path, json=body)).status_code == 401
    assert (await acme.server().get("/v1/me/points")).status_code == 401
    assert await balance(acme, who) == (10, 0, 10)
