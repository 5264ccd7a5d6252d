"""Everything about check-ins can be set up at the desk and over HTTP, without a word of JSON typed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tenants import checkins, levels
from tenants.kit import clock, ids
from tests.make import checkins as make
from tests.make import staff

if TYPE_CHECKING:
    import httpx

    from tests.conftest import Shop


def at(table: str, rest: str = "") -> str:
    return f"/admin/api/tables/{table}/{rest}"


async def submit(client: httpx.AsyncClient, slug: str, **values: Any) -> httpx.Response:
    return await client.post(f"/admin/api/forms/{slug}/", json={**values, "once": str(ids.new())})


async def test_a_plan_with_all_that_it_can_promise_is_set_up_at_the_desk(acme: Shop) -> None:
    client = await staff.desk(acme, "marketer")
    async with acme.open():
        level = (await levels.ladder())[0].id
    made = await client.post(at("check_in_plan"), json={
        "name_en": "Spring", "name_zh": "春季", "base": 8, "cycle": "days", "cycle_days": 10, "starts_on": "2026-03-02",
        "ends_on": "2036-03-02", "first_points": 30, "make_up_days": 5, "make_up_price": 10, "make_up_per_month": 2,
    })  # fmt: skip
    assert made.status_code == 201, made.text
    plan = made.json()[0]["id"]
    for table, values in (
        ("check_in_milestone", {"day": 10, "points": 100, "growth": 5}),
        ("check_in_milestone", {"day": 10, "points": 7, "repeats": False}),
        (
            "check_in_special_date",
            {"name_en": "Fair", "name_zh": "市集", "month": 3, "month_day": 8, "multiplier": "2"},
        ),
        ("check_in_level_bonus", {"level": str(level), "points": 3}),
    ):
        reply = await client.post(at(table), json={"plan": plan, **values})
        assert reply.status_code == 201, reply.text
        changed = await client.patch(at(table, f"{reply.json()[0]['id']}/"), json={"points": 9})
        assert (changed.status_code, changed.json()["points"]) == (200, 9)
    shown = (await client.get(at("check_in_plan", f"{plan}/"))).json()
    assert (shown["status"], shown["participants"], shown["points_so_far"]) == ("draft", 0, 0)
    assert await acme.value("SELECT count(*) FROM __tenant__.check_in_version WHERE plan = $1::text::uuid", plan) == 0
    assert (await client.patch(at("check_in_plan", f"{plan}/"), json={"active": True})).status_code == 200
    told = await submit(client, "preview-check-in-plan", plan=plan, days="10")
    assert "Without a level" in told.text
    who = await make.member(acme)
    async with acme.open():
        assert (await checkins.check_in(who)).points == 8
    shown = (await client.get(at("check_in_plan", f"{plan}/"))).json()
    assert (shown["status"], shown["participants"], shown["points_so_far"]) == ("live", 1, 8 + 30)
    for table in ("check_in_milestone", "check_in_special_date", "check_in_level_bonus"):
        for row in (await client.get(at(table, f"?plan={plan}"))).json()["rows"]:
            assert (await client.delete(at(table, f"{row['id']}/"))).status_code == 204
    assert (await submit(client, "end-check-in-plan", plan=plan)).status_code == 200


async def test_outage_days_are_declared_and_withdrawn_at_the_desk_and_a_plan_is_copied_once(acme: Shop) -> None:
    client = await staff.desk(acme, "marketer")
    day = clock.today(acme.tenant.timezone) - timedelta(days=1)
    assert (await submit(client, "declare-outage", first=str(day), last="", reason="down")).status_code == 200
    [row] = (await client.get(at("check_in_outage"))).json()["rows"]
    assert (row["day"], row["reason"], row["withdrawn_at"]) == (str(day), "down", None)
    assert (await submit(client, "withdraw-outage", day=str(day), reason="")).status_code == 200
    assert (await submit(client, "withdraw-outage", day=str(day), reason="")).status_code == 404
    plan = await acme.value("SELECT id FROM __tenant__.check_in_plan")
    body = {"plan": str(plan), "once": str(ids.new())}
    for _ in range(2):
        assert (await client.post("/admin/api/forms/copy-check-in-plan/", json=body)).status_code == 200
    assert await acme.value("SELECT count(*) FROM __tenant__.check_in_plan") == 2


async def test_plans_versions_previews_and_outages_travel_over_http(acme: Shop) -> None:
    server = acme.server()
    plan = (await server.get("/v1/check-in-plan")).json()
    made = await server.post("/v1/check-in-plans", json={**plan, "name_en": "Fair", "active": False, "base": 70})
    assert (made.status_code, made.json()["status"], made.json()["versions"]) == (201, "draft", 0)
    address = f"/v1/check-in-plans/{made.json()['id']}"
    preview = (await server.get(f"{address}/preview", params={"days": 7})).json()
    assert (preview["levels"][0]["days"][0]["points"], preview["points_at_most"] > 0) == (70, True)
    changed = {**plan, "active": True, "starts_on": str(clock.today(acme.tenant.timezone)), "base": 71}
    assert (await server.put(address, json=changed)).json() == changed
    assert [one["status"] for one in (await server.get("/v1/check-in-plans")).json()["data"]] == ["live", "live"]
    assert (await server.get("/v1/check-in-plan")).json()["base"] == 71
    assert len((await server.get(f"{address}/versions")).json()["data"]) == 1
    day = str(clock.today(acme.tenant.timezone) - timedelta(days=1))
    outage = {"first": day, "last": day, "reason": "down"}
    assert (await server.post("/v1/check-in-outages", json=outage)).json()["data"][0]["healed"] is False
    assert (await server.delete(f"/v1/check-in-outages/{day}")).status_code == 204
    for bad in ("2026-02-30", "yesterday", "2026-2-3"):
        assert (await server.delete(f"/v1/check-in-outages/{bad}")).status_code == 400
    assert (await server.delete("/v1/check-in-outages/2026-02-03")).status_code == 404


async def test_a_member_makes_a_day_up_and_sees_it_in_the_calendar(acme: Shop) -> None:
    who = await make.member(acme)
    await make.plan(acme, make_up_days=7, make_up_price=3)
    client = acme.member(who)
    await make.visit(acme, who, 0, 2)
    with make.on(2):
        missed = (await client.get("/v1/me/check-ins")).json()
        assert (missed["make_up_price"], missed["streak"], missed["best_streak"], missed["total"]) == (3, 1, 1, 2)
        assert missed["calendar"][2] == {
            "day": "2026-03-03", "state": "missed", "points": 0, "growth": 0, "name_en": None, "name_zh": None,
            "make_up_price": 3,
        }  # fmt: skip
        wrong = await client.post("/v1/me/check-in-make-ups", json={"day": "2026-03-03", "price": 2})
        assert (wrong.status_code, wrong.json()["code"]) == (409, "check_in.price_changed")
        done = await client.post("/v1/me/check-in-make-ups", json={"day": "2026-03-03", "price": 3})
        assert (done.status_code, done.json()["made_up"], done.json()["price"]) == (201, True, 3)
        after = (await client.get("/v1/me/check-ins")).json()
        assert (after["calendar"][2]["state"], after["streak"]) == ("made_up", 3)
