"""Notices, grace, refunds, levels set by hand, new rules, and what a member is told of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tenants import levels, members, points
from tenants.kit import facts
from tenants.kit.errors import Invalid
from tenants.levels.rules import going_through
from tests.make import points as make
from tests.make.levels import looked, on, rank, recounted, spent, switched_on
from tests.make.members import member

if TYPE_CHECKING:
    import uuid

    from tests.conftest import Shop


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[levels.Drop]:
    """What is announced of levels that will be lost."""
    heard: list[levels.Drop] = []

    async def hear(fact: levels.WillDrop) -> None:
        heard.extend(fact.drops)

    monkeypatch.setitem(facts._reactions, levels.WillDrop, [hear])
    return heard


async def gold(acme: Shop, day: str = "2026-03-10", amount: str = "5000") -> uuid.UUID:
    """A member who reached Gold on a day."""
    with on(day):
        async with acme.open():
            who = (await member()).id
            await spent(who, amount)
            assert await rank(who) == 3
    return who


async def rank_on(acme: Shop, who: uuid.UUID, day: str) -> int:
    """The rank on a day, after its nightly look."""
    with on(day, hour=1):
        await looked(acme)
        async with acme.open():
            return await rank(who)


async def test_who_will_drop_is_told_once_for_each_stage_with_what_is_missing(
    acme: Shop, told: list[levels.Drop]
) -> None:
    await switched_on(acme)
    who = await gold(acme)
    with on("2026-06-01"):
        async with acme.open():
            await spent(who, 4_880)
    for day in ("2027-02-07", "2027-02-08", "2027-02-09", "2027-03-03", "2027-03-04"):
        assert await rank_on(acme, who, day) == 3
    assert [(drop.days, drop.missing, drop.drops_on) for drop in told] == [
        (30, Decimal("120.00"), date(2027, 3, 10)), (7, Decimal("120.00"), date(2027, 3, 10))]  # fmt: skip
    assert {drop.level.rank for drop in told} == {3}


@pytest.mark.parametrize("gone", ["erased", "blocked"])
async def test_who_is_blocked_or_gone_is_not_told(acme: Shop, told: list[levels.Drop], gone: str) -> None:
    await switched_on(acme)
    with on("2026-03-10"):
        async with acme.open():
            who = await member()
            await spent(who.id, 1_000)
            if gone == "erased":
                await members.erase(who.id, reason="asked")
            else:
                await members.block(who.id)
    for day in ("2027-02-20", "2027-03-05", "2027-03-20"):
        with on(day):
            await looked(acme)
    assert told == []
    assert await acme.value("SELECT count(*) FROM __tenant__.level_notice") == 0


async def test_who_has_enough_already_is_not_told(acme: Shop, told: list[levels.Drop]) -> None:
    await switched_on(acme)
    who = await gold(acme)
    with on("2026-06-01"):
        async with acme.open():
            await spent(who, 5_000)
    assert await rank_on(acme, who, "2027-03-05") == 3
    assert told == []


async def test_what_is_missing_can_be_made_up_within_the_grace(acme: Shop) -> None:
    await switched_on(acme, grace_days=14)
    kept, lost = await gold(acme), await gold(acme)
    assert await rank_on(acme, kept, "2027-03-20") == 3
    with on("2027-03-22"):
        async with acme.open():
            await spent(kept, 5_000)
    assert await rank_on(acme, kept, "2027-03-24") == 3
    assert await rank_on(acme, lost, "2027-03-24") == 1
    until = await acme.value(
        "SELECT until::text FROM __tenant__.level_hold WHERE member = $1 AND ended IS NULL", kept)  # fmt: skip
    assert until == "2028-03-09"


async def test_one_step_lower_is_one_step_lower(acme: Shop) -> None:
    await switched_on(acme, downgrade="one_step")
    who = await gold(acme)
    assert await rank_on(acme, who, "2027-03-10") == 2
    assert await rank_on(acme, who, "2028-03-10") == 1


async def test_where_levels_are_never_lost_they_are_not(acme: Shop) -> None:
    await switched_on(acme, downgrade="none")
    who = await gold(acme)
    assert await rank_on(acme, who, "2036-03-10") == 3


async def test_a_level_that_refunded_money_reached_is_lost_at_once_and_the_one_before_comes_back(acme: Shop) -> None:
    await switched_on(acme, downgrade="none")
    with on("2026-03-01"):
        async with acme.open():
            who = (await member()).id
            await spent(who, 1_000)
    with on("2026-03-10"):
        async with acme.open():
            await spent(who, 20_000)
            assert await rank(who) == 4
    with on("2026-05-01"):
        async with acme.open():
            await spent(who, -20_000, day="2026-03-10")
            assert await rank(who) == 2
    whys = await acme.rows("SELECT why FROM __tenant__.level_change ORDER BY id")
    assert [row["why"] for row in whys] == ["reached", "reached", "taken_back"]


async def test_a_refund_of_what_came_after_leaves_the_level_that_was_reached_without_it(acme: Shop) -> None:
    await switched_on(acme)
    who = await gold(acme)
    with on("2026-06-01"):
        async with acme.open():
            await spent(who, 3_000)
            await spent(who, -3_000)
            assert await rank(who) == 3


async def test_points_that_an_order_takes_back_count_no_more(acme: Shop) -> None:
    await switched_on(acme, basis="points")
    async with acme.open():
        who = await make.member(900)
        earned = await points.earn(who, points=200, why=points.Why.ORDER, once="order/1")
        assert await rank(who) == 2
        await points.take_back(who, points=200, why=points.Why.ORDER_REFUND, once="refund/1", from_entry=earned.id)
        assert await rank(who) == 1


async def test_points_brought_in_or_given_back_were_not_earned(acme: Shop) -> None:
    await switched_on(acme, basis="points")
    async with acme.open():
        who = await make.member()
        await points.earn(who, points=30_000, why=points.Why.IMPORT, once="import/1")
        entry = await points.spend(who, points=20_000, why=points.Why.SPENT, once="shoes")
        await points.reverse(entry.id, once="back")
        assert await rank(who) == 1
    assert await acme.value("SELECT count(*) FROM __tenant__.growth_entry") == 0


async def test_a_shop_that_turns_to_points_counts_what_its_ledger_has(acme: Shop) -> None:
    await switched_on(acme)
    async with acme.open():
        who = [await make.member(600, 600) for _ in range(7)]
        assert await rank(who[0]) == 1
        await levels.change_policy(basis="points")
    await recounted(acme)
    async with acme.open():
        assert {await rank(one) for one in who} == {2}
    assert await acme.value("SELECT count(*) FROM __tenant__.growth_entry WHERE kind = 'points'") == 14


async def test_a_level_set_by_hand_is_a_floor_until_its_day_and_what_is_earned_counts_above_it(acme: Shop) -> None:
    await switched_on(acme)
    silver, found_gold = (await ladder(acme))[1:3]
    with on("2026-03-10"):
        async with acme.open():
            who = (await member()).id
            await levels.set_level(who, level=found_gold.id, until=date(2026, 6, 30), reason="Lost parcel")
            await levels.set_level(who, level=found_gold.id, until=date(2026, 6, 30), reason="Lost parcel")
            assert await rank(who) == 3
            await spent(who, 1_500)
            assert await rank(who) == 3
    assert await rank_on(acme, who, "2026-06-30") == 3
    assert await rank_on(acme, who, "2026-07-01") == 2
    moves = await acme.rows("SELECT why, note, after FROM __tenant__.level_change ORDER BY id")
    assert [(row["why"], row["note"]) for row in moves] == [("by_hand", "Lost parcel"), ("hand_over", "")]
    assert moves[1]["after"] == silver.id


async def test_a_level_set_lower_by_hand_is_a_ceiling_until_it_is_taken_away(acme: Shop) -> None:
    await switched_on(acme)
    found = await ladder(acme)
    who = await gold(acme)
    with on("2026-04-01"):
        async with acme.open():
            await levels.set_level(who, level=found[0].id, until=None, reason="Abuse")
            assert await rank(who) == 1
            await spent(who, 40_000)
            assert await rank(who) == 1
            await levels.clear_level(who)
            assert await rank(who) == 4


async def test_a_level_is_not_set_for_a_day_that_is_over_or_without_a_reason(acme: Shop) -> None:
    await switched_on(acme)
    found = await ladder(acme)
    with on("2026-04-01"):
        async with acme.open():
            who = (await member()).id
            with pytest.raises(Invalid):
                await levels.set_level(who, level=found[2].id, until=date(2026, 3, 31), reason="x")
            with pytest.raises(Invalid):
                await levels.set_level(who, level=found[2].id, until=None, reason=" ")
            assert await rank(who) == 1
    assert await acme.value("SELECT count(*) FROM __tenant__.level_hold") == 0


async def test_thresholds_that_fall_lift_and_those_that_rise_wait_for_the_end_of_the_term(acme: Shop) -> None:
    await switched_on(acme)
    found = await ladder(acme)
    with on("2026-03-10"):
        async with acme.open():
            high, low = (await member()).id, (await member()).id
            await spent(high, 5_500)
            await spent(low, 900)
    with on("2026-04-01"):
        async with acme.open():
            seen = await levels.preview({found[1].id: Decimal(800), found[2].id: Decimal(6_000)})
            assert (seen.rise, seen.below, seen.stay) == (1, 1, 0)
            assert await rank(low) == 1
            await levels.change_level(found[1].id, settings_of(found[1], threshold=800))
            await levels.change_level(found[2].id, settings_of(found[2], threshold=6_000))
        await recounted(acme)
        async with acme.open():
            assert (await rank(high), await rank(low)) == (3, 2)
            await levels.recount(lower=True)
        await recounted(acme)
        async with acme.open():
            assert (await rank(high), await rank(low)) == (2, 2)


async def test_a_recount_that_breaks_off_goes_on_where_it_was(acme: Shop) -> None:
    async with acme.open():
        who = [(await member()).id for _ in range(5)]
        for one in who:
            await spent(one, 1_000)
        await levels.change_policy(active=True)
    async with acme.open():
        assert await going_through.recount(limit=2)
    assert await acme.value("SELECT count(*) FROM __tenant__.level_standing WHERE level IS NOT NULL") == 2
    await recounted(acme)
    assert await acme.value("SELECT count(*) FROM __tenant__.level_standing WHERE level IS NOT NULL") == 5


async def test_a_higher_rank_takes_more(acme: Shop) -> None:
    async with acme.open():
        found = await levels.ladder()
        for rank_, threshold in [(5, 20_000), (5, 100), (4, 30_000), (101, 30_000)]:
            with pytest.raises(Invalid):
                await levels.create_level(levels.LevelSettings(rank=rank_, name_en="New", threshold=Decimal(threshold)))
        with pytest.raises(Invalid):
            await levels.change_level(found[2].id, settings_of(found[2], threshold=1_000))
        assert await levels.ladder() == found


async def test_a_level_that_was_ever_held_is_not_removed(acme: Shop) -> None:
    await switched_on(acme)
    found = await ladder(acme)
    await gold(acme)
    async with acme.open():
        with pytest.raises(levels.LevelInUse):
            await levels.remove_level(found[2].id)
        await levels.remove_level(found[3].id)
        assert [level.rank for level in await levels.ladder()] == [1, 2, 3]


async def test_a_level_that_is_switched_off_is_kept_to_its_end_and_reached_no_more(acme: Shop) -> None:
    await switched_on(acme)
    found = await ladder(acme)
    who = await gold(acme)
    with on("2026-06-01"):
        async with acme.open():
            await levels.change_level(found[2].id, replace(settings_of(found[2], threshold=5_000), active=False))
            other = (await member()).id
            await spent(other, 6_000)
            await spent(who, 6_000)
            assert (await rank(who), await rank(other)) == (3, 2)
        await recounted(acme)
    assert await rank_on(acme, who, "2027-03-10") == 2


async def test_a_member_is_told_why_what_is_next_and_how_to_keep_it(acme: Shop) -> None:
    await switched_on(acme)
    who = await gold(acme, amount="5880")
    with on("2026-09-01"):
        async with acme.open():
            await spent(who, 4_880)
            said = await levels.explain(who)
    assert said is not None
    assert [words.en for words in said.sentences] == [
        "Your level is Gold, since 2026-03-10.",
        "From 2025-09-02 to 2026-09-01 these count: CNY 10,760.00 spent.",
        "CNY 9,240.00 spent more makes you Platinum.",
        "You have Gold until 2027-03-09.",
        "To keep it, CNY 120.00 spent more must count from 2026-03-11 to 2027-03-09.",
    ]
    assert said.sentences[0].zh == "您的等级是金卡会员，自 2026-03-10 起。"


async def ladder(acme: Shop) -> tuple[levels.Level, ...]:
    async with acme.open():
        return await levels.ladder()


def settings_of(level: levels.Level, *, threshold: int) -> levels.LevelSettings:
    return levels.LevelSettings(
        rank=level.rank, name_en=level.name.en, name_zh=level.name.zh, threshold=Decimal(threshold),
        multiplier=level.multiplier)  # fmt: skip
