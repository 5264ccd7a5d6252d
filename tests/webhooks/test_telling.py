"""What is put down for whom, when, and what it costs those who want nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tenants import members, webhooks
from tenants.kit import clock
from tenants.tenancy.engine import DB
from tenants.webhooks.rules import catalogue, telling
from tests.make import webhooks as make

if TYPE_CHECKING:
    from tests.conftest import Shop

URL = "http://127.0.0.1:9/hook"


async def told(shop: Shop) -> list[str]:
    """The types of the events that were put down."""
    rows = await shop.rows("SELECT type FROM __tenant__.webhook_event ORDER BY id")
    return [row["type"] for row in rows]


async def test_only_those_get_a_copy_who_want_the_event_and_there_is_one_event_for_all(acme: Shop) -> None:
    both, _ = await make.endpoint(acme, f"{URL}/1", "member.created", "consent.changed")
    all_, _ = await make.endpoint(acme, f"{URL}/2")
    await make.endpoint(acme, f"{URL}/3", "points.moved")
    async with acme.open():
        await members.create({"external_id": "ann"})
    (event,) = await acme.rows("SELECT type, copies FROM __tenant__.webhook_event")
    assert event == {"type": "member.created", "copies": 2}
    rows = await acme.rows("SELECT endpoint FROM __tenant__.webhook_delivery")
    assert {row["endpoint"] for row in rows} == {both, all_}


async def test_what_is_rolled_back_is_told_to_nobody(acme: Shop) -> None:
    await make.endpoint(acme, URL)
    with pytest.raises(ZeroDivisionError):
        async with acme.open():
            await members.create({"external_id": "ann"})
            raise ZeroDivisionError
    assert await told(acme) == []


async def test_where_nobody_wants_it_nothing_is_asked_of_the_database_but_every_few_seconds(
    acme: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    telling._wanted.clear()
    asked: list[str] = []
    fetch = DB.fetch

    async def counted(sql: str, *args: Any) -> list[Any]:
        asked.append(sql)
        return await fetch(sql, *args)

    def refuse() -> webhooks.Event:
        raise AssertionError("an event was made that nobody wants")

    async with acme.open():
        monkeypatch.setattr(type(DB), "fetch", staticmethod(counted))
        for _ in range(100):
            await webhooks.tell("points.moved", (refuse() for _ in range(1)))
    assert len(asked) == 1


async def test_another_shop_s_endpoints_hear_nothing(acme: Shop, rival: Shop) -> None:
    await make.endpoint(rival, URL)
    async with acme.open():
        await members.create({"external_id": "ann"})
    assert await told(acme) == []
    assert await told(rival) == []


async def test_an_endpoint_that_is_off_or_removed_hears_nothing(acme: Shop) -> None:
    off, _ = await make.endpoint(acme, f"{URL}/1")
    gone, _ = await make.endpoint(acme, f"{URL}/2")
    async with acme.open():
        await webhooks.change(off, active=False)
        await webhooks.remove(gone)
    async with acme.open():
        await members.create({"external_id": "ann"})
    assert await told(acme) == []


async def test_an_event_that_is_not_in_the_catalogue_cannot_be_told(acme: Shop) -> None:
    async with acme.open():
        with pytest.raises(ValueError, match="catalogue"):
            await webhooks.tell("member.eaten", [])


async def test_a_batch_is_put_down_in_one_statement(acme: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    await make.endpoint(acme, f"{URL}/1")
    await make.endpoint(acme, f"{URL}/2")
    asked: list[str] = []
    fetch = DB.fetch

    async def counted(sql: str, *args: Any) -> list[Any]:
        asked.append(sql)
        return await fetch(sql, *args)

    async with acme.open():
        await telling.wanted()
        monkeypatch.setattr(type(DB), "fetch", staticmethod(counted))
        events = [webhooks.Event(None, clock.now(), {"number": number}) for number in range(500)]
        await webhooks.tell("points.moved", events)
        monkeypatch.undo()
    assert len(asked) == 1
    assert len(await told(acme)) == 500
    assert await make.states(acme) == {"ready": 1000}


async def test_whoever_is_erased_is_forgotten_here_too_and_only_that_is_told(acme: Shop) -> None:
    async with make.receiver() as receiver:
        await make.endpoint(acme, receiver.url())
        async with acme.open():
            ann = (await members.create({"external_id": "ann"})).id
            bob = (await members.create({"external_id": "bob"})).id
        async with acme.open():
            await telling.blank([ann])
        await make.deliver(acme)
    assert [call.said["type"] for call in receiver.calls] == ["member.created"]
    assert await make.states(acme) == {"cancelled": 1, "delivered": 1}
    bodies = {
        row["member"]: row["body"] for row in await acme.rows("SELECT member, body FROM __tenant__.webhook_event")
    }
    assert bodies[None] == ""
    assert bodies[bob] != ""


def test_every_kind_is_said_in_both_languages_and_has_an_example_that_names_the_member_by_id_only() -> None:
    assert len(catalogue.BY_NAME) == len(catalogue.TYPES)
    for one in catalogue.TYPES:
        assert one.words.en.isascii(), one.name
        assert not one.words.zh.isascii(), one.name
        assert str(one.example.get("member", "mem_")).startswith("mem_"), one.name
