"""Saved segments: over HTTP, held by what uses them, explained, and checked."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from tenants import levels, members, orders, segments
from tenants.kit import ids
from tenants.kit.words import reading
from tenants.segments.checks import CHECKS
from tenants.tenancy import DB
from tests.conftest import empty
from tests.make.levels import spent, switched_on
from tests.make.members import member
from tests.make.orders import event
from tests.make.segments import segment, term

if TYPE_CHECKING:
    from tests.conftest import Shop

VIPS = {"all": [term("tag", "is", ["vip"]), {"not": term("gender", "is", ["male"])}]}


async def test_a_segment_is_made_changed_counted_listed_and_removed_over_http(acme: Shop) -> None:
    async with acme.open():
        vips = [(await member(tags=["vip"])).id for _ in range(3)]
        await member()
    shop = acme.server()
    made = (await shop.post("/v1/segments", json={"name_en": "VIPs", "rule": VIPS})).json()
    assert made["rule"] == VIPS
    assert made["words"] == "Tag is vip and not (Gender is Male)"
    path = f"/v1/segments/{made['id']}"
    assert (await shop.get(f"{path}/count")).json() == {"members": 3}
    first = (await shop.get(f"{path}/members", params={"limit": 2})).json()
    rest = (await shop.get(f"{path}/members", params={"limit": 2, "cursor": first["next_cursor"]})).json()
    assert [one["id"] for one in first["data"] + rest["data"]] == [ids.show("mem", one) for one in reversed(vips)]
    assert not rest["has_more"]
    changed = await shop.patch(path, json={"name_zh": "贵宾", "rule": {"all": []}})
    assert (changed.json()["version"], changed.json()["name_en"], changed.json()["words"]) == (2, "VIPs", "Everybody")
    assert (await shop.get(f"{path}/count")).json() == {"members": 4}
    assert [one["id"] for one in (await shop.get("/v1/segments")).json()["data"]] == [made["id"]]
    assert (await shop.delete(path)).status_code == 204
    assert (await shop.get(path)).json()["code"] == "segment.unknown"


async def test_a_wrong_place_in_a_rule_is_named_and_nothing_is_kept(acme: Shop) -> None:
    told = await acme.server(**{"accept-language": "zh"}).post(
        "/v1/segments", json={"name_en": "x", "rule": {"all": [term("age", "is", "old")]}}
    )
    assert (told.status_code, told.json()["param"]) == (400, "rule.all[0].value")
    assert "请使用数字" in told.text
    assert await acme.value("SELECT count(*) FROM __tenant__.segment") == 0


async def test_a_rule_is_tried_without_being_kept(acme: Shop) -> None:
    async with acme.open():
        mei = (await member(tags=["vip"])).id
        for _ in range(12):
            await member(tags=["new"])
    tried = (await acme.server().post("/v1/segment-trials", json={"rule": VIPS})).json()
    assert tried["members"] == 1
    assert [one["id"] for one in tried["sample"]] == [ids.show("mem", mei)]
    everybody = (await acme.server().post("/v1/segment-trials", json={"rule": {"all": []}})).json()
    assert (everybody["members"], len(everybody["sample"])) == (13, 10)
    assert await acme.value("SELECT count(*) FROM __tenant__.segment") == 0


async def test_each_condition_is_explained_for_a_member_in_the_readers_language(acme: Shop) -> None:
    async with acme.open():
        await members.define_attribute("skin", kind="choice", choices=["dry", "oily"], label_zh="肤质")
        mei = (await member(tags=["vip"], gender="female")).id
        one = await segment({"all": [VIPS, term("attribute", "is", ["dry"], key="skin"), term("age", "known", True)]})  # noqa: FBT003
        told = await segments.explain(one, mei)
        assert not told.holds
        assert [part.holds for part in told.parts] == [True, False, False]
        assert [part.holds for part in told.parts[0].parts] == [True, True]
        with reading("zh"):
            assert told.parts[1].words.say() == "肤质是 dry"
        await members.block(mei)
        assert not (await segments.explain(one, mei)).holds
    shown = await acme.server().get(f"/v1/segments/{ids.show('seg', one)}/members/{ids.show('mem', mei)}")
    assert shown.json()["parts"][0] == {"words": "The member is active", "holds": False, "parts": []}


async def test_a_segment_in_use_stays(acme: Shop) -> None:
    async with acme.open():
        one = await segment()
        await DB.fetch(
            "INSERT INTO __tenant__.poll (id, name_en, segment, created_at, updated_at)"
            " VALUES ($1, 'x', $2, $3, $3)", ids.new(), one, (await segments.find(one)).created_at)  # fmt: skip
        with pytest.raises(segments.SegmentInUse):
            await segments.remove(one)
    assert await acme.value("SELECT count(*) FROM __tenant__.segment") == 1
    await empty(acme.tenant)


async def test_a_level_that_a_rule_names_stays_until_the_rule_names_it_no_more(acme: Shop) -> None:
    async with acme.open():
        top = (await levels.ladder())[-1].id
        one = await segment({"not": term("level", "is", ids.show("lvl", top))})
        with pytest.raises(levels.LevelInUse):
            await levels.remove_level(top)
        await segments.change(one, rule=segments.EVERYBODY)
        await levels.remove_level(top)


async def test_who_belongs_is_asked_at_the_moment(acme: Shop) -> None:
    await switched_on(acme)
    async with acme.open():
        mei = (await member()).id
        silver = ids.show("lvl", (await levels.ladder())[1].id)
        one = await segment({"any": [term("level", "at_least", silver), term("orders", "more", 0)]})
        assert not await segments.holds(one, mei)
        await spent(mei, 1000)
        assert await segments.holds(one, mei)


async def test_many_are_asked_about_in_two_statements(acme: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    async with acme.open():
        who = [(await member(tags=["vip"])).id for _ in range(20)]
        one = await segment(VIPS)
        sent: list[str] = []
        send = type(DB)._send

        async def count(engine: Any, sql: str, args: Any) -> Any:
            sent.append(sql)
            return await send(engine, sql, args)

        monkeypatch.setattr(type(DB), "_send", count)
        assert await segments.holding(one, who) == set(who)
        assert len(sent) == 2


async def test_two_changes_at_once_both_count(acme: Shop) -> None:
    async with acme.open():
        one = await segment(VIPS)

    async def change(**said: Any) -> None:
        async with acme.open():
            await segments.change(one, **said)

    await asyncio.gather(change(name_en="New"), change(name_zh="新"), change(rule=segments.EVERYBODY))
    async with acme.open():
        after = await segments.find(one)
    assert (after.name_en, after.name_zh, after.rule, after.version) == ("New", "新", segments.EVERYBODY, 4)


async def test_the_card_of_a_buyer_names_the_group(acme: Shop) -> None:
    async with acme.open():
        mei, none = [(await member()).id for _ in range(2)]
        await orders.take_in(event("paid", "10.00", of="a", by=mei))
        await segments.refresh_rfm()
        [section] = [part for part in (await members.card_of(mei)).sections if part.key == "rfm"]
        assert section.facts[0].value == segments.GROUPS["general_develop"].name
        assert not [part for part in (await members.card_of(none)).sections if part.key == "rfm"]


@pytest.mark.parametrize(
    ("damage", "name"),
    [
        ("DELETE FROM __tenant__.segment_level", "segments.levels"),
        ("DELETE FROM __tenant__.attribute", "segments.attributes"),
        ("UPDATE __tenant__.rfm_breaks SET buyers = 0", "segments.breaks"),
    ],
)
async def test_damage_is_found(acme: Shop, damage: str, name: str) -> None:
    async with acme.open():
        await members.define_attribute("skin", kind="choice", choices=["dry", "oily"])
        top = ids.show("lvl", (await levels.ladder())[-1].id)
        rule = {"any": [term("level", "is", [top]), {"not": term("level", "at_least", top)}]}
        await segment({"all": [rule, term("attribute", "is", ["dry"], key="skin")]})
        await orders.take_in(event("paid", "10.00", of="a", by=(await member()).id))
        await segments.refresh_rfm()
    assert not [check.name for check in CHECKS if await acme.rows(check.sql)]
    async with acme.open():
        await DB.fetch(damage)
    assert [check.name for check in CHECKS if await acme.rows(check.sql)] == [name]
    await empty(acme.tenant)
