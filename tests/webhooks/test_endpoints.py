"""Endpoints and their log, over HTTP and at the desk."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import standardwebhooks

from tenants import members, webhooks
from tenants.kit import clock, ids
from tenants.kit.jobs import JOBS
from tenants.tenancy import use_tenant
from tenants.tenancy.engine import DB
from tenants.webhooks.rules import guard
from tenants.webhooks.rules.endpoints import ENDPOINTS_MAX
from tests.make import outreach as make_jobs
from tests.make import staff as make_staff
from tests.make import webhooks as make

if TYPE_CHECKING:
    import uuid

    import httpx

    from tests.conftest import Shop

URL = "http://127.0.0.1:9/hook"
PATH = "/v1/webhook-endpoints"


async def added(shop: Shop, url: str = URL, **more: Any) -> dict[str, Any]:
    reply = await shop.server().post(PATH, json={"url": url, "events": ["*"], **more})
    assert reply.status_code == 201, reply.text
    found: dict[str, Any] = reply.json()
    return found


async def delivered(shop: Shop, **changes: Any) -> uuid.UUID:
    """A delivery that stands as is said."""
    async with shop.open():
        await members.create({"external_id": ids.new().hex})
        row = await DB.fetchval("SELECT max(id::text)::uuid FROM __tenant__.webhook_delivery")
        state = changes.get("state", "failed")
        await DB.fetch(
            "UPDATE __tenant__.webhook_delivery SET state = $2, ended_at = $3, created_at = $3 WHERE id = $1",
            row, state, changes.get("at", clock.now()))  # fmt: skip
    found: uuid.UUID = row
    return found


async def test_the_secret_is_shown_once_and_nowhere_again(acme: Shop) -> None:
    made = await added(acme, description="ours")
    secret = made["secret"]
    assert secret.startswith("whsec_")
    path = f"{PATH}/{made['endpoint']['id']}"
    shown = [await acme.server().get(PATH), await acme.server().get(path)]
    shown.append(await acme.server().patch(path, json={"description": "theirs"}))
    assert all(reply.status_code == 200 for reply in shown)
    assert all(secret not in reply.text and "secret" not in reply.text for reply in shown)
    rotated = (await acme.server().post(f"{path}/secrets")).json()
    assert rotated["secret"] != secret
    assert rotated["before_until"] is not None
    standardwebhooks.Webhook(rotated["secret"])


@pytest.mark.parametrize(
    "body",
    [
        {"url": "http://127.0.0.1:9/x", "events": []},
        {"url": "http://127.0.0.1:9/x", "events": ["member.eaten"]},
        {"url": "https://10.0.0.1/", "events": ["*"]},
        {"url": "https://169.254.169.254/latest/meta-data/", "events": ["*"]},
        {"url": "https://[::ffff:127.0.0.1]/", "events": ["*"]},
        {"url": "http://93.184.216.34/", "events": ["*"]},
        {"url": "https://a:b@93.184.216.34/", "events": ["*"]},
        {"url": "http://127.0.0.1:9/x", "events": ["*"], "description": "two\nlines"},
    ],
)
async def test_what_cannot_be_used_is_refused_and_nothing_is_kept(acme: Shop, body: dict[str, Any]) -> None:
    reply = await acme.server().post(PATH, json=body)
    assert reply.status_code == 400, reply.text
    assert reply.json()["code"] in {"invalid", "input.invalid"}
    assert await acme.value("SELECT count(*) FROM __tenant__.webhook_endpoint") == 0


async def test_an_address_is_checked_again_when_it_is_changed(acme: Shop) -> None:
    made = await added(acme)
    path = f"{PATH}/{made['endpoint']['id']}"
    assert (await acme.server().patch(path, json={"url": "https://192.168.0.1/"})).status_code == 400
    assert (await acme.server().get(path)).json()["url"] == URL


async def test_in_production_this_machine_is_closed(acme: Shop) -> None:
    before = guard.doors()
    guard.set_up(guard.Doors())
    try:
        reply = await acme.server().post(PATH, json={"url": "https://127.0.0.1:8443/", "events": ["*"]})
    finally:
        guard.set_up(before)
    assert reply.status_code == 400
    assert "not public" in reply.json()["detail"]


async def test_the_same_address_twice_is_a_conflict_also_at_once_and_free_again_after_removal(acme: Shop) -> None:
    async def add() -> int:
        return (await acme.server().post(PATH, json={"url": URL, "events": ["*"]})).status_code

    assert sorted(await asyncio.gather(*(add() for _ in range(5)))) == [201, 409, 409, 409, 409]
    (row,) = (await acme.server().get(PATH)).json()["data"]
    assert (await acme.server().delete(f"{PATH}/{row['id']}")).status_code == 204
    assert (await acme.server().delete(f"{PATH}/{row['id']}")).status_code == 404
    assert await add() == 201


async def test_a_shop_has_ten_endpoints_at_most_also_when_many_are_added_at_once(acme: Shop) -> None:
    async def add(number: int) -> int:
        return (await acme.server().post(PATH, json={"url": f"{URL}/{number}", "events": ["*"]})).status_code

    told = await asyncio.gather(*(add(number) for number in range(ENDPOINTS_MAX + 3)))
    assert sorted(told) == [201] * ENDPOINTS_MAX + [422] * 3
    assert await acme.value("SELECT count(*) FROM __tenant__.webhook_endpoint") == ENDPOINTS_MAX


async def test_two_endpoints_cannot_come_to_have_one_address(acme: Shop) -> None:
    await added(acme)
    other = await added(acme, f"{URL}/2")
    reply = await acme.server().patch(f"{PATH}/{other['endpoint']['id']}", json={"url": URL})
    assert (reply.status_code, reply.json()["code"]) == (409, "webhooks.url_taken")


async def test_a_ping_arrives_though_nothing_is_heard_but_points(acme: Shop) -> None:
    async with make.receiver() as receiver:
        made = await added(acme, receiver.url(), events=["points.moved"])
        reply = await acme.server().post(f"{PATH}/{made['endpoint']['id']}/pings")
        assert reply.status_code == 201
        await make.deliver(acme)
        (call,) = receiver.calls
    assert call.said["type"] == "ping"
    assert call.id == reply.json()["event"]
    whole = (await acme.server().get(f"/v1/webhook-deliveries/{reply.json()['id']}")).json()
    assert whole["delivery"]["state"] == "delivered"
    assert whole["payload"] == call.said
    assert [(one["number"], one["status"], one["snippet"]) for one in whole["attempts"]] == [(1, 200, "ok")]


async def test_nothing_is_sent_to_an_endpoint_that_is_off(acme: Shop) -> None:
    made = await added(acme)
    delivery = await delivered(acme)
    path = f"{PATH}/{made['endpoint']['id']}"
    assert (await acme.server().patch(path, json={"active": False})).json()["off_reason"] == "staff"
    replies = [
        await acme.server().post(f"{path}/pings"),
        await acme.server().post(f"{path}/replays", json={"since": "2026-01-01T00:00:00Z"}),
        await acme.server().post(f"/v1/webhook-deliveries/{ids.show('whd', delivery)}/replays"),
    ]
    assert [reply.json()["code"] for reply in replies] == ["webhooks.endpoint_off"] * 3
    assert await make.states(acme) == {"failed": 1}


async def test_what_failed_since_a_time_goes_out_again_and_nothing_else(acme: Shop) -> None:
    async with make.receiver() as receiver:
        made = await added(acme, receiver.url())
        await delivered(acme, at=clock.now() - timedelta(days=2))
        failed = await delivered(acme)
        await delivered(acme, state="delivered")
        body = {"since": (clock.now() - timedelta(days=1)).isoformat()}
        reply = await acme.server().post(f"{PATH}/{made['endpoint']['id']}/replays", json=body)
        assert reply.json() == {"deliveries": 1}
        await make.deliver(acme)
    assert [call.id for call in receiver.calls] == [
        ids.show("evt", await acme.value("SELECT event FROM __tenant__.webhook_delivery WHERE id = $1", failed))
    ]


async def test_what_is_under_way_and_what_is_forgotten_is_not_sent_again(acme: Shop) -> None:
    await added(acme)
    async with acme.open():
        member = await members.create({"external_id": "ann"})
    delivery = await acme.value("SELECT id FROM __tenant__.webhook_delivery")
    path = f"/v1/webhook-deliveries/{ids.show('whd', delivery)}"
    assert (await acme.server().post(f"{path}/replays")).json()["code"] == "webhooks.still_going"
    async with acme.open():
        await members.erase(member.id, reason=members.REASONS[0])
    assert (await acme.server().post(f"{path}/replays")).json()["code"] == "webhooks.payload_gone"
    assert (await acme.server().get(path)).json()["payload"] is None


async def test_the_log_is_listed_by_endpoint_type_and_state(acme: Shop, rival: Shop) -> None:
    first = (await added(acme, f"{URL}/1"))["endpoint"]["id"]
    second = (await added(acme, f"{URL}/2", events=["consent.changed"]))["endpoint"]["id"]
    await added(rival)
    for _ in range(3):
        await delivered(acme)
    await acme.server().post(f"{PATH}/{second}/pings")

    async def listed(client: httpx.AsyncClient, **query: Any) -> list[str]:
        reply = await client.get("/v1/webhook-deliveries", params=query)
        assert reply.status_code == 200, reply.text
        return [row["type"] for row in reply.json()["data"]]

    assert await listed(acme.server()) == ["ping", *["member.created"] * 3]
    assert await listed(acme.server(), endpoint=first, state="failed") == ["member.created"] * 3
    assert await listed(acme.server(), type="ping") == ["ping"]
    assert await listed(acme.server(), state="ready") == ["ping"]
    assert await listed(rival.server()) == []
    assert await listed(rival.server(), endpoint=first) == []
    page = (await acme.server().get("/v1/webhook-deliveries", params={"limit": 3})).json()
    more = await acme.server().get("/v1/webhook-deliveries", params={"limit": 3, "cursor": page["next_cursor"]})
    assert len(more.json()["data"]) == 1


async def test_another_shop_s_endpoints_and_deliveries_do_not_exist(acme: Shop, rival: Shop) -> None:
    made = (await added(rival))["endpoint"]["id"]
    delivery = ids.show("whd", await delivered(rival))
    client = acme.server()
    replies = [
        await client.get(f"{PATH}/{made}"),
        await client.patch(f"{PATH}/{made}", json={"active": False}),
        await client.delete(f"{PATH}/{made}"),
        await client.post(f"{PATH}/{made}/secrets"),
        await client.post(f"{PATH}/{made}/pings"),
        await client.get(f"/v1/webhook-deliveries/{delivery}"),
        await client.post(f"/v1/webhook-deliveries/{delivery}/replays"),
    ]
    assert [reply.status_code for reply in replies] == [404] * 7
    assert (await rival.server().get(f"{PATH}/{made}")).json()["active"] is True


async def test_a_member_and_a_publishable_key_have_no_business_here(acme: Shop) -> None:
    async with acme.open():
        member = await members.create({"external_id": "ann"})
    for client in (acme.member(member.id), acme.client(Authorization=f"Bearer {acme.publishable_key}"), acme.client()):
        assert (await client.get(PATH)).status_code in {401, 403}


async def test_the_log_is_forgotten_after_thirty_days_and_removed_endpoints_with_it(acme: Shop) -> None:
    made = await added(acme)
    await delivered(acme)
    await acme.server().delete(f"{PATH}/{made['endpoint']['id']}")
    for days, left in ((29, 1), (31, 0)):
        with clock.at(clock.now() + timedelta(days=days)), use_tenant(acme.tenant):
            await make_jobs.run(acme, "webhooks.forget")
        assert await acme.value("SELECT count(*) FROM __tenant__.webhook_event") == left
        assert await acme.value("SELECT count(*) FROM __tenant__.webhook_endpoint") == left
    assert JOBS["webhooks.forget"].every is not None


async def test_what_there_is_to_hear_is_listed_in_the_reader_s_language(acme: Shop) -> None:
    for language, plain in (("en", True), ("zh-CN", False)):
        rows = (await acme.server().get("/v1/webhook-event-types", headers={"Accept-Language": language})).json()
        assert {row["name"] for row in rows["data"]} == {one.name for one in webhooks.TYPES}
        assert all(row["description"].isascii() == plain for row in rows["data"])


# At the desk.


async def submit(client: httpx.AsyncClient, slug: str, **values: Any) -> httpx.Response:
    schema = (await client.get(f"/admin/api/forms/{slug}/schema/")).json()
    return await client.post(f"/admin/api/forms/{slug}/", json={**values, "once": schema["extra"]["row"]["once"]})


async def test_an_owner_adds_pings_rotates_and_replays_at_the_desk(acme: Shop) -> None:
    client = await make_staff.desk(acme)
    async with make.receiver() as receiver:
        told = await submit(client, "add-webhook-endpoint", url=receiver.url(), events="*", description="")
        assert told.status_code == 200, told.text
        secret = next(word for word in told.text.split() if word.startswith("whsec_"))
        endpoint = str(await acme.value("SELECT id FROM __tenant__.webhook_endpoint"))
        assert (await submit(client, "ping-webhook-endpoint", endpoint=endpoint)).status_code == 200
        await make.deliver(acme)
        standardwebhooks.Webhook(secret).verify(receiver.calls[0].body, receiver.calls[0].headers)
        delivery = str(await acme.value("SELECT id FROM __tenant__.webhook_delivery"))
        assert (await submit(client, "replay-webhook", delivery=delivery)).status_code == 200
        await make.deliver(acme)
        assert [call.id for call in receiver.calls] == [receiver.calls[0].id] * 2
        await acme.rows("UPDATE __tenant__.webhook_delivery SET state = 'failed' RETURNING id")
        since = clock.today(acme.tenant.timezone).isoformat()
        told = await submit(client, "replay-failed-webhooks", endpoint=endpoint, since=since)
        assert "1" in told.text
        assert "whsec_" in (await submit(client, "rotate-webhook-secret", endpoint=endpoint)).text
    trail = await acme.rows("SELECT before, after FROM __tenant__.audit")
    assert "whsec_" not in str(trail)


@pytest.mark.parametrize("role", ["marketer", "agent", "analyst"])
async def test_only_an_owner_changes_endpoints(acme: Shop, role: str) -> None:
    await added(acme)
    client = await make_staff.desk(acme, role)
    reply = await client.post("/admin/api/forms/add-webhook-endpoint/", json={"url": f"{URL}/2", "events": "*"})
    assert reply.status_code == 404
    row = await acme.value("SELECT id FROM __tenant__.webhook_endpoint")
    assert (await client.delete(f"/admin/api/tables/webhook_endpoint/{row}/")).status_code in {403, 404, 405}
    assert await acme.value("SELECT count(*) FROM __tenant__.webhook_endpoint WHERE active") == 1


async def test_the_desk_changes_what_an_endpoint_hears_and_shows_why_it_is_off(acme: Shop) -> None:
    await added(acme)
    client = await make_staff.desk(acme)
    row = await acme.value("SELECT id FROM __tenant__.webhook_endpoint")
    path = f"/admin/api/tables/webhook_endpoint/{row}/"
    reply = await client.patch(path, json={"events": ["member.created", "points.moved"], "active": False})
    assert reply.status_code in {200, 204}, reply.text
    kept = await acme.rows("SELECT events, active, off_reason FROM __tenant__.webhook_endpoint")
    assert kept == [{"events": ["member.created", "points.moved"], "active": False, "off_reason": "staff"}]
    assert "secret" not in (await client.get(path)).text
    assert (await client.delete(path)).status_code in {200, 204}
    assert await acme.value("SELECT off_reason FROM __tenant__.webhook_endpoint") == "removed"
