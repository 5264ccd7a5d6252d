"""Check-ins over HTTP."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from server import logs
from tenants import checkins, vouchers
from tenants.checkins.api import CHECK_IN
from tenants.kit import clock, ids
from tenants.tenancy.current import use_tenant
from tests.make import members as make

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

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
    plan["milestones"] = [
        {"day": 1, "points": 7, "voucher_template": None, "growth": 0, "slot": 1, "repeats": True},
    ]
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


async def test_a_plan_that_was_switched_off_is_shown_and_can_be_switched_on_again(acme: Shop) -> None:
    server = acme.server()
    plan = (await server.get("/v1/check-in-plan")).json()
    for active in (False, False, True):
        reply = await server.put("/v1/check-in-plan", json={**plan, "active": active})
        assert (reply.status_code, reply.json()["active"]) == (200, active)
        assert (await server.get("/v1/check-in-plan")).json() == {**plan, "active": active}
        async with acme.open():
            member = (await make.member()).id
        reply = await acme.member(member).post("/v1/me/check-ins")
        assert reply.status_code == (201 if active else 422)


async def test_a_milestones_voucher_is_written_down_as_given_by_the_worker(acme: Shop) -> None:
    async with acme.open():
        member = (await make.member()).id
        template = await vouchers.create_template(
            vouchers.Terms(name_en="Gift", kind="amount", amount=Decimal(5), valid_days=7, state="active")
        )
        plan = await checkins.plan_in_force()
        await checkins.set_milestone(plan["id"], day=1, points=0, voucher_template=template)
    assert (await acme.member(member).post("/v1/me/check-ins")).json()["voucher_code"]
    assert await acme.value("SELECT recorded_by FROM __tenant__.voucher_event") == "worker:check-ins"


async def test_what_a_batch_logs_names_the_shop(acme: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    real = CHECK_IN._many

    async def many(visits: Sequence[checkins.Visit]) -> Sequence[checkins.CheckedIn | Exception]:
        seen.append(logs._with_request_and_tenant(None, "info", {})["tenant"])
        return await real(visits)

    monkeypatch.setattr(CHECK_IN, "_many", many)
    async with acme.open():
        member = (await make.member()).id
    await acme.member(member).post("/v1/me/check-ins")
    assert seen == ["acme"]


async def test_a_tap_that_waits_over_midnight_counts_for_the_day_of_the_tap(acme: Shop) -> None:
    async with acme.open():
        first, second = (await make.member()).id, (await make.member()).id
    before = datetime(2026, 3, 2, 15, 59, 59, tzinfo=UTC)  # 23:59:59 in Shanghai
    with use_tenant(acme.tenant):
        with clock.at(before + timedelta(seconds=2)):  # the batch keeps the time of the one who starts it
            starter = asyncio.create_task(acme.member(first).post("/v1/me/check-ins"))
            while CHECK_IN._batchers.get(acme.tenant) is None or CHECK_IN._batchers[acme.tenant].idle:
                await asyncio.sleep(0)
        with clock.at(before):
            reply = await acme.member(second).post("/v1/me/check-ins")
    assert (await starter).json()["day"] == "2026-03-03"
    assert reply.json()["day"] == "2026-03-02"
