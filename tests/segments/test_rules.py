"""For whom a rule holds, condition by condition, and what is refused as a rule."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tenants import checkins, levels, members, orders, points, segments
from tenants.kit import clock, ids
from tenants.kit.errors import Invalid
from tests.make.checkins import plan
from tests.make.levels import spent, switched_on
from tests.make.members import member
from tests.make.orders import event
from tests.make.segments import segment, term, whom

if TYPE_CHECKING:
    import uuid

    from tests.conftest import Shop

NOON = datetime(2026, 5, 20, 4, tzinfo=UTC)  # noon in Shanghai


async def test_a_rule_of_nothing_holds_for_every_active_member(acme: Shop) -> None:
    async with acme.open():
        mei, tom, gone = [(await member()).id for _ in range(3)]
        await members.block(tom)
        await members.erase(gone, reason="asked")
        assert await whom({"all": []}) == {mei}
        assert await segments.count(segments.EVERYBODY) == 1
        one = await segment()
        assert await segments.holding(one, [mei, tom, gone, ids.new()]) == {mei}
        assert await segments.holds(one, mei)
        assert not await segments.holds(one, tom)


async def test_profile_fields_are_compared(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            mei = (await member(gender="female", region="Zhejiang, Hangzhou", occupation="nurse", locale="zh-CN")).id
            tom = (await member(gender="male", locale="en", source="fair")).id
            for rule, expected in (
                (term("gender", "is", "female"), {mei}),
                (term("gender", "is", ["female", "male"]), {mei, tom}),
                (term("gender", "is_not", ["female"]), {tom}),
                (term("region", "contains", "hangZHOU"), {mei}),
                (term("region", "known", value=True), {mei}),
                (term("region", "known", value=False), {tom}),
                (term("region", "is", ["Zhejiang, Hangzhou", "x"]), {mei}),
                (term("occupation", "is_not", "nurse"), {tom}),
                (term("locale", "is", "zh"), {mei}),
                (term("locale", "is_not", "zh"), {tom}),
                (term("locale", "is", ["en", "zh-CN"]), {mei, tom}),
                (term("source", "is", "fair"), {tom}),
                ({"any": [term("source", "is", "fair"), term("gender", "is", "female")]}, {mei, tom}),
                ({"all": [term("source", "is", "fair"), term("gender", "is", "female")]}, set()),
                ({"not": {"any": [term("source", "is", "fair")]}}, {mei}),
            ):
                assert await whom(rule) == expected, rule


async def test_tags_are_compared(acme: Shop) -> None:
    async with acme.open():
        vip, both, none = [(await member(tags=tags)).id for tags in (["vip"], ["vip", "新客"], [])]
        assert await whom(term("tag", "is", ["新客"])) == {both}
        assert await whom(term("tag", "is", ["vip", "新客"])) == {vip, both}
        assert await whom(term("tag", "is_not", "vip")) == {none}


async def test_joining_is_compared_by_the_days_of_the_shop(acme: Shop) -> None:
    async def joined(at: datetime) -> uuid.UUID:
        with clock.at(at):
            async with acme.open():
                return (await member()).id

    late = await joined(datetime(2026, 5, 9, 15, 59, tzinfo=UTC))  # still the 9th in Shanghai
    next_day = await joined(datetime(2026, 5, 9, 16, 0, tzinfo=UTC))
    with clock.at(NOON):
        async with acme.open():
            assert await whom(term("joined", "before", "2026-05-10")) == {late}
            assert await whom(term("joined", "since", "2026-05-10")) == {next_day}
            assert await whom(term("joined", "within_days", 10)) == {next_day}
            assert await whom(term("joined", "longer_ago", 10)) == {late}


async def test_age_and_birthday_month_go_by_the_calendar_of_the_birthday(acme: Shop) -> None:
    with clock.at(NOON):  # 2026-05-20, the 4th of the 4th lunar month
        async with acme.open():
            born = {
                "turned": members.Birthday(5, 20, 2000),
                "not yet": members.Birthday(5, 21, 2000),
                "moon": members.Birthday(4, 4, 2000, "lunar"),
                "moon not yet": members.Birthday(4, 5, 2000, "lunar"),
                "no year": members.Birthday(5, 1),
            }
            who = {name: (await member(birthday=birthday)).id for name, birthday in born.items()}
            nobody = (await member()).id
            names = {member_id: name for name, member_id in who.items()} | {nobody: "none"}

            async def found(rule: dict[str, Any]) -> set[str]:
                return {names[each] for each in await whom(rule)}

            assert await found(term("age", "at_least", 26)) == {"turned", "moon"}
            assert await found(term("age", "less", 26)) == {"not yet", "moon not yet"}
            assert await found(term("age", "between", [25, 25])) == {"not yet", "moon not yet"}
            assert await found(term("age", "known", value=False)) == {"no year", "none"}
            assert await found({"not": term("age", "less", 26)}) == {"turned", "moon", "no year", "none"}
            # The lunar 4-4 and 4-5 of 2026 are 20 and 21 May.
            assert await found(term("birthday_month", "is", 5)) == set(born)
            assert await found(term("birthday_month", "is", [4, 6])) == set()


async def test_attributes_are_compared_by_their_kind(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            await members.define_attribute("skin", kind="choice", choices=["dry", "oily"])
            await members.define_attribute("note", kind="text")
            await members.define_attribute("height", kind="number")
            await members.define_attribute("wedding", kind="date")
            await members.define_attribute("glasses", kind="yes_no")
            mei, tom, none = [(await member()).id for _ in range(3)]
            await members.set_attributes(
                mei, {"skin": "dry", "note": "Likes TEA", "height": 9.5, "wedding": "2026-05-01", "glasses": True}
            )
            await members.set_attributes(tom, {"skin": "oily", "note": "12", "height": 180, "glasses": False})
            for rule, expected in (
                (term("attribute", "is", ["dry"], key="skin"), {mei}),
                (term("attribute", "is_not", ["dry"], key="skin"), {tom, none}),
                (term("attribute", "known", value=False, key="skin"), {none}),
                (term("attribute", "contains", "tea", key="note"), {mei}),
                (term("attribute", "more", 9, key="height"), {mei, tom}),
                (term("attribute", "more", "9.50", key="height"), {tom}),
                (term("attribute", "is", "9.50", key="height"), {mei}),
                (term("attribute", "between", [9.5, 100], key="height"), {mei}),
                (term("attribute", "before", "2026-05-02", key="wedding"), {mei}),
                (term("attribute", "since", "2026-05-02", key="wedding"), set()),
                (term("attribute", "within_days", 30, key="wedding"), {mei}),
                (term("attribute", "is", value=True, key="glasses"), {mei}),
                (term("attribute", "is", value=False, key="glasses"), {tom}),
            ):
                assert await whom(rule) == expected, rule


async def test_levels_are_compared_by_rank_and_who_has_none_of_their_own_has_the_lowest(acme: Shop) -> None:
    async with acme.open():
        low, silver, gold = [(await member()).id for _ in range(3)]
        ladder = [ids.show("lvl", level.id) for level in await levels.ladder()]
        assert await whom(term("level", "at_least", ladder[0])) == set()  # levels are switched off
    await switched_on(acme)
    async with acme.open():
        await spent(silver, 1000)
        await spent(gold, 5000)
        for rule, expected in (
            (term("level", "is", ladder[0]), {low}),
            (term("level", "is", ladder[:2]), {low, silver}),
            (term("level", "is_not", ladder[1]), {low, gold}),
            (term("level", "at_least", ladder[0]), {low, silver, gold}),
            (term("level", "at_least", ladder[1]), {silver, gold}),
            (term("level", "at_most", ladder[1]), {low, silver}),
        ):
            assert await whom(rule) == expected, rule
        told = await acme.rows(f"SELECT m.id, {segments.LEVEL} AS level FROM __tenant__.member m")
    assert {row["id"]: ids.show("lvl", row["level"]) for row in told} == {
        low: ladder[0], silver: ladder[1], gold: ladder[2],
    }  # fmt: skip


async def test_orders_are_compared_and_who_never_bought_has_bought_zero_times(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            none, once, often = [(await member()).id for _ in range(3)]
            at = datetime(2026, 5, 10, 4, tzinfo=UTC)
            await orders.take_in(event("completed", "30.00", of="a", by=once, at=at))
            for number, day in enumerate((1, 2, 19)):
                moment = datetime(2026, 5, day, 4, tzinfo=UTC)
                await orders.take_in(event("completed", "100.00", of=f"b{number}", by=often, at=moment))
            await orders.take_in(event("cancelled", "100.00", of="c", by=none, at=at))
            for rule, expected in (
                (term("orders", "is", 0), {none}),
                (term("orders", "less", 3), {none, once}),
                (term("orders", "between", [1, 3]), {once, often}),
                (term("orders", "is_not", 0), {once, often}),
                (term("spent", "at_least", "300.00"), {often}),
                (term("spent", "at_most", 0), {none}),
                (term("average_order", "less", 50), {once}),
                (term("average_order", "known", value=False), {none}),
                (term("last_order", "within_days", 1), {often}),
                (term("last_order", "longer_ago", 9), {once}),
                (term("last_order", "known", value=False), {none}),
                (term("first_order", "since", "2026-05-10"), {once}),
            ):
                assert await whom(rule) == expected, rule


async def test_points_and_check_ins_are_compared(acme: Shop) -> None:
    with clock.at(NOON):
        await plan(acme)
        async with acme.open():
            none, rich = [(await member()).id for _ in range(2)]
            await points.earn(rich, points=50, why=points.Why.CAMPAIGN, once="x")
            await checkins.check_in(rich)
            assert await whom(term("points", "more", 49)) == {rich}
            assert await whom(term("points", "less", 50)) == {none}
            assert await whom(term("last_check_in", "within_days", 0)) == {rich}
            assert await whom(term("last_check_in", "known", value=False)) == {none}


@pytest.mark.parametrize(
    ("rule", "place"),
    [
        (None, "rule"), ([], "rule"), ("[", "rule"), ({}, "rule.about"), ({"any": []}, "rule.any"),
        ({"all": {}}, "rule.all"), ({"all": [], "x": 1}, "rule.x"), ({"not": []}, "rule.not"),
        ({"all": [term("gender", "is", "female"), term("gender", "is", "x")]}, "rule.all[1].value"),
        ({"not": {"any": [term("shoe", "is", 1)]}}, "rule.not.any[0].about"),
        (term("gender", "more", 1), "rule.op"), (term("age", "is", "x"), "rule.value"),
        (term("age", "is", value=True), "rule.value"), (term("age", "is", "NaN"), "rule.value"),
        (term("age", "between", [3, 1]), "rule.value"), (term("age", "between", 3), "rule.value"),
        (term("joined", "since", "2026-02-30"), "rule.value"), (term("joined", "within_days", -1), "rule.value"),
        (term("joined", "within_days", "９"), "rule.value"), (term("level", "is", "lvl_x"), "rule.value"),
        (term("tag", "is", []), "rule.value"), (term("tag", "is", "\ud800"), "rule.value"),
        (term("tag", "is", "a\0"), "rule.value"), (term("tag", "is", "x", key="y"), "rule.key"),
        (term("attribute", "is", "x"), "rule.key"), (term("birthday_month", "is", 13), "rule.value"),
        (term("rfm", "is", "rich"), "rule.value"), ({**term("age", "is", 1), "x": 1}, "rule.x"),
        ({"all": [term("age", "is", 1)] * 101}, "rule"),
    ],
)  # fmt: skip
def test_what_is_no_rule_is_refused_with_its_place(rule: Any, place: str) -> None:
    with pytest.raises(Invalid) as refused:
        segments.read(rule)
    assert refused.value.facts["param"] == place
    assert refused.value.say("zh") != refused.value.say("en")


def test_a_rule_nested_too_deep_is_refused() -> None:
    rule: dict[str, Any] = term("age", "is", 1)
    for _ in range(5000):
        rule = {"not": rule}
    with pytest.raises(Invalid):
        segments.read(rule)


async def test_what_the_shop_does_not_have_is_refused_when_a_rule_is_saved(acme: Shop, rival: Shop) -> None:
    async with rival.open():
        theirs = ids.show("lvl", (await levels.ladder())[0].id)
    async with acme.open():
        await members.define_attribute("skin", kind="choice", choices=["dry", "oily"])
        for rule, place in (
            (term("attribute", "is", "x", key="hair"), "rule.key"),
            (term("attribute", "is", "wet", key="skin"), "rule.value"),
            (term("attribute", "more", 1, key="skin"), "rule.op"),
            (term("level", "is", theirs), "rule.value"),
        ):
            with pytest.raises(Invalid) as refused:
                await segment(rule)
            assert refused.value.facts["param"] == place


def test_a_rule_is_kept_as_it_was_said() -> None:
    said = {"all": [term("age", "between", ["18", "30"]), {"not": {"any": [term("tag", "is", ["a", "b"])]}}]}
    rule = segments.read(said)
    assert segments.plain(rule) == said
    assert segments.read(segments.write(rule)) == rule
