"""Check-ins over HTTP."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tenants.kit import ids
from tests.make import members as make

if TYPE_CHECKING:
    from tests.conftest import Shop


async def test_one_tap_checks_in_and_the_second_says_so(acme: Shop) -> None:
    async with acme.open():
        member = (await make.member()).id
    client = acme.member(member)
    first = await client.post("/v1/me/check-ins")
    second = await client.post("/v1/me/check-ins")
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["points"] == 5
    assert first.json() == {**second.json(), "repeated": False}
    calendar = (await client.get("/v1/me/check-ins")).json()
    assert list(calendar["days"].values()) == [5]
    assert calendar["checked_in_today"]


async def test_a_keyed_check_in_is_replayed_byte_for_byte(acme: Shop) -> None:
    async with acme.open():
        member = (await make.member()).id
    client = acme.member(member)
    replies = await asyncio.gather(
        *(client.post("/v1/me/check-ins", headers={"Idempotency-Key": "tap-1"}) for _ in range(20))
    )
    done = [reply for reply in replies if reply.status_code == 201]
    assert {reply.content for reply in done} == {done[0].content}
    assert all(reply.status_code in {201, 409} for reply in replies)
    again = await client.post("/v1/me/check-ins", headers={"Idempotency-Key": "tap-1"})
    assert again.headers["idempotency-replayed"] == "true"
    assert again.content == done[0].content
    assert await acme.value("SELECT balance FROM __tenant__.points_account") == 5


async def test_fifty_members_tapping_twice_at_once_get_exactly_one_award_each(acme: Shop) -> None:
    async with acme.open():
        members = [(await make.member()).id for _ in range(50)]
    replies = await asyncio.gather(*(acme.member(member).post("/v1/me/check-ins") for member in members * 2))
    assert sorted(reply.status_code for reply in replies) == [200] * 50 + [201] * 50
    assert await acme.value("SELECT sum(balance) FROM __tenant__.points_account") == 250


async def test_the_backend_changes_the_plan_and_the_next_check_in_follows(acme: Shop) -> None:
    async with acme.open():
        member = (await make.member()).id
    server = acme.server()
    plan = (await server.get("/v1/check-in-plan")).json()
    plan["base"] = 50
    plan["milestones"] = [{"day": 1, "points": 7, "voucher_template": None}]
    assert (await server.put("/v1/check-in-plan", json=plan)).status_code == 200
    assert (await server.get("/v1/check-in-plan")).json() == plan
    done = (await server.post(f"/v1/members/{ids.show('mem', member)}/check-ins")).json()
    assert (done["points"], done["milestone_points"]) == (50, 7)


async def test_another_shops_member_is_unknown_here(acme: Shop, rival: Shop) -> None:
    async with rival.open():
        stranger = (await make.member()).id
    reply = await acme.server().post(f"/v1/members/{ids.show('mem', stranger)}/check-ins")
    assert (reply.status_code, reply.json()["code"]) == (404, "member.unknown")
    assert await rival.value("SELECT count(*) FROM __tenant__.check_in") == 0
