"""Outreach over HTTP: the links that members press, their inbox, and what the seller's backend sees and sets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tenants import members
from tenants.kit import clock, ids
from tenants.outreach.rules.unsubscribing import unsubscribe_url
from tenants.tenancy import use_tenant
from tests.make import outreach as make

if TYPE_CHECKING:
    import uuid

    from tests.conftest import Shop

MORNING = datetime(2026, 5, 5, 1, 30, tzinfo=UTC)
GRANTED = "SELECT granted FROM __tenant__.consent WHERE channel = 'email'"


async def subscriber(shop: Shop) -> tuple[uuid.UUID, str]:
    """A member with consent, and the path of their link."""
    make.set_up("smtp://127.0.0.1:9")
    async with shop.open():
        ann = await make.birthday_member("ann", 5, 5)
    with use_tenant(shop.tenant):
        return ann, "/u/" + unsubscribe_url(ann, "email").rpartition("/u/")[2]


async def greeted(shop: Shop) -> uuid.UUID:
    """A member who was greeted in the member centre and by e-mail."""
    with clock.at(MORNING - timedelta(days=30)):
        async with shop.open():
            await make.switch_on(channels=["email", "in_app"])
            ann = await make.birthday_member("ann", 5, 5)
    with clock.at(MORNING):
        await make.plan(shop)
        async with make.post_office():
            await make.send(shop)
    return ann


async def test_looking_at_the_link_changes_nothing_and_pressing_the_button_does(acme: Shop) -> None:
    _, link = await subscriber(acme)
    for _ in range(2):
        page = await acme.client().get(link)
        assert page.status_code == 200
        assert "<form" in page.text
        assert (await acme.client().head(link)).status_code in {200, 405}
    assert await acme.value(GRANTED) is True
    # As a mail program does it: RFC 8058, without cookies, key or origin.
    done = await acme.client().post(link, data={"List-Unsubscribe": "One-Click"})
    assert done.status_code == 200
    assert await acme.value(GRANTED) is False
    assert (await acme.client().post(link)).status_code == 200
    events = await acme.rows("SELECT granted, source FROM __tenant__.consent_event ORDER BY id")
    assert [row["source"] for row in events] == ["test", "unsubscribe_link"]


async def test_a_forged_link_and_that_of_another_shop_are_nobody_s(acme: Shop, rival: Shop) -> None:
    _, link = await subscriber(acme)
    for client, path in (
        (rival.client(), link),
        (acme.client(), link[:-1] + ("A" if link[-1] != "A" else "B")),
        (acme.client(), link[:-3]),
        (acme.client(), "/u/" + "A" * 44),
        (acme.client(), "/u/%00%ff"),
        (acme.client(), "/u/" + "x" * 3000),
    ):
        for method in ("GET", "POST"):
            reply = await client.request(method, path)
            assert reply.status_code in {400, 404}, path
    assert await acme.value(GRANTED) is True


async def test_a_member_reads_their_own_messages_and_nobody_else_s(acme: Shop, rival: Shop) -> None:
    ann = await greeted(acme)
    async with acme.open():
        bob = (await members.create({"external_id": "bob"})).id
    (message,) = (await acme.member(ann).get("/v1/me/messages")).json()["data"]
    assert (message["title"], message["read_at"]) == ("Happy birthday!", None)
    assert (await acme.member(bob).get("/v1/me/messages")).json()["data"] == []
    path = f"/v1/me/messages/{message['id']}/reading"
    assert (await acme.member(bob).post(path)).json()["code"] == "outreach.message_unknown"
    assert (await rival.member(ann).post(path)).status_code == 404
    first = await acme.member(ann).post(path)
    assert first.status_code == 201
    assert first.json()["read_at"] is not None
    assert (await acme.member(ann).post(path)).json() == first.json()


async def test_the_backend_sees_the_outbox_page_by_page(acme: Shop, rival: Shop) -> None:
    ann = await greeted(acme)
    page = (await acme.server().get("/v1/messages", params={"limit": 1})).json()
    assert page["has_more"]
    rest = (await acme.server().get("/v1/messages", params={"limit": 1, "cursor": page["next_cursor"]})).json()
    assert not rest["has_more"]
    rows = [*page["data"], *rest["data"]]
    assert {(row["channel"], row["state"], row["member"]) for row in rows} == {
        ("email", "sent", ids.show("mem", ann)), ("in_app", "sent", ids.show("mem", ann))}  # fmt: skip
    assert (await acme.server().get("/v1/messages", params={"state": "unknown"})).json()["data"] == []
    assert (await acme.server().get("/v1/messages", params={"state": "lost"})).status_code == 400
    assert (await rival.server().get("/v1/messages")).json()["data"] == []
    refused = await acme.server().post(f"/v1/messages/{rows[0]['id']}/resolution", json={"outcome": "sent"})
    assert refused.json()["code"] == "outreach.nothing_to_resolve"


async def test_the_birthday_programme_is_off_until_it_is_switched_on(acme: Shop) -> None:
    shown = (await acme.server().get("/v1/programmes/birthday")).json()
    assert (shown["active"], shown["leap_rule"], shown["channels"]) == (False, "feb28", ["email", "in_app"])
    changed = await acme.server().patch("/v1/programmes/birthday", json={"active": True, "gift_points": 88})
    assert changed.json() == {**shown, "active": True, "gift_points": 88}
    assert (await acme.server().get("/v1/programmes/wedding")).json()["code"] == "outreach.programme_unknown"


@pytest.mark.parametrize(
    "change",
    [{"send_hour": 24}, {"gift_points": -1}, {"channels": ["email", "email"]}, {"channels": []}, {"channels": ["sms"]},
     {"leap_rule": "mar2"}, {"kind": "x"}, {"gift_template": "vtp_nope"}, {"active": "yes"}],
)  # fmt: skip
async def test_an_unusable_setting_changes_nothing(acme: Shop, change: dict[str, object]) -> None:
    before = (await acme.server().get("/v1/programmes/birthday")).json()
    reply = await acme.server().patch("/v1/programmes/birthday", json=change)
    assert 400 <= reply.status_code < 500
    assert (await acme.server().get("/v1/programmes/birthday")).json() == before


async def test_the_forecast_says_who_is_greeted_when(acme: Shop) -> None:
    with clock.at(MORNING):
        async with acme.open():
            ann = await make.birthday_member("ann", 5, 7)
            await make.birthday_member("bob", 5, 7)
            await make.birthday_member("cid", 8, 1)
        shown = (await acme.server().get("/v1/programmes/birthday/forecast", params={"days": 30})).json()
    assert shown["members"] == 2
    assert {"day": "2026-05-07", "members": 2} in shown["days"]
    assert len(shown["days"]) == 30
    assert shown["first"][0] == {
        "member": ids.show("mem", ann), "day": "2026-05-07", "sends_at": "2026-05-07T01:00:00Z"}  # fmt: skip


async def test_a_preview_shows_the_message_and_sends_nothing(acme: Shop) -> None:
    ann, _ = await subscriber(acme)
    shown = await acme.server().post(
        "/v1/programmes/birthday/previews", json={"member": ids.show("mem", ann), "language": "zh"})  # fmt: skip
    assert shown.status_code == 201
    assert shown.json()["subject"] == "ann，生日快乐！"
    assert await make.states(acme) == {}


@pytest.mark.parametrize(
    ("text", "problem"),
    [("{{ member.phone }}", "member.phone"), ("{% if %}", "expression"), ("{% include 'x' %}", "include"),
     ("{{ member.name | nope }}", "nope"), ("{% for i in (1..99999999) %}x{% endfor %}", "limit"),
     ("{{ member.name", "}}"), ("{{ member.__class__ }}", "__class__")],
)  # fmt: skip
async def test_an_unsound_template_is_refused_with_its_problem(acme: Shop, text: str, problem: str) -> None:
    (first, *_) = (await acme.server().get("/v1/message-templates")).json()["data"]
    reply = await acme.server().patch(f"/v1/message-templates/{first['id']}", json={"body_en": text})
    assert reply.status_code == 400
    assert problem in reply.json()["detail"]
    assert (await acme.server().get("/v1/message-templates")).json()["data"][0] == first


async def test_a_template_is_changed(acme: Shop) -> None:
    (first, *_) = (await acme.server().get("/v1/message-templates")).json()["data"]
    change = {"subject_zh": "{{ member.name }}，{{ gift.points }} 积分"}
    reply = await acme.server().patch(f"/v1/message-templates/{first['id']}", json=change)
    assert reply.status_code == 200
    assert reply.json() == {**first, **change, "updated_at": reply.json()["updated_at"]}
