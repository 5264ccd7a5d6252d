"""Two accounts become one, two again, or nobody's: levels, what counted and what was written follow."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tenants import levels, members, points
from tenants.levels.rules import earned_points
from tenants.points import Why
from tests.make.levels import on, rank, spent, switched_on
from tests.make.members import member

if TYPE_CHECKING:
    import uuid

    from tests.conftest import Shop


async def two(acme: Shop, first: int, second: int) -> tuple[uuid.UUID, uuid.UUID]:
    """Two members who spent so much."""
    await switched_on(acme)
    async with acme.open():
        source, target = (await member()).id, (await member()).id
        await spent(source, first)
        await spent(target, second)
    return source, target


async def test_the_target_keeps_the_higher_level_and_an_undone_merge_gives_it_back(acme: Shop) -> None:
    source, target = await two(acme, 5_000, 1_000)
    async with acme.open():
        merge = await members.merge(source, target, once="m1")
        assert await rank(target) == 3
        said = await levels.explain(target)
        assert said is not None
        assert said.value == 6_000
    async with acme.open():
        await members.unmerge(merge.id)
        assert (await rank(source), await rank(target)) == (3, 2)
    rows = await acme.rows("SELECT member, spend FROM __tenant__.level_standing")
    assert {row["member"]: row["spend"] for row in rows} == {source: 5_000, target: 1_000}


async def test_totals_add_up_to_a_level_that_is_lost_when_the_merge_is_undone(acme: Shop) -> None:
    source, target = await two(acme, 600, 500)
    async with acme.open():
        merge = await members.merge(source, target, once="m1")
        assert await rank(target) == 2
    async with acme.open():
        await members.unmerge(merge.id)
        assert (await rank(source), await rank(target)) == (1, 1)
    whys = await acme.rows("SELECT why FROM __tenant__.level_change ORDER BY id")
    assert [row["why"] for row in whys] == ["merged", "unmerged"]


async def test_what_counted_after_the_merge_stays_with_the_target(acme: Shop) -> None:
    source, target = await two(acme, 600, 500)
    async with acme.open():
        merge = await members.merge(source, target, once="m1")
        await spent(target, 500)
    async with acme.open():
        await members.unmerge(merge.id)
        assert (await rank(source), await rank(target)) == (1, 2)


async def test_a_level_set_by_hand_moves_where_the_target_has_none_of_its_own(acme: Shop) -> None:
    source, target = await two(acme, 10, 10)
    with on("2027-01-01"):
        async with acme.open():
            gold, platinum = (await levels.ladder())[2:]
            await levels.set_level(source, level=platinum.id, until=date(2027, 6, 1), reason="Press")
            merge = await members.merge(source, target, once="m1")
            assert await rank(target) == 4
            await members.unmerge(merge.id)
            assert (await rank(source), await rank(target)) == (4, 1)
            await levels.set_level(target, level=gold.id, until=date(2027, 6, 1), reason="Press")
            await members.merge(source, target, once="m2")
            assert await rank(target) == 3


async def test_who_is_erased_keeps_sums_and_loses_what_was_written(acme: Shop) -> None:
    await switched_on(acme)
    async with acme.open():
        who = (await member()).id
        await levels.count(levels.Growth(member=who, amount=1_500, kind="spend", once="a", note="Ms Mei, Hangzhou"))
        await levels.set_level(
            who, level=(await levels.ladder())[2].id, until=None, reason="Ms Mei was very kind")  # fmt: skip
    async with acme.open():
        await members.erase(who, reason="asked")
    for table in ("growth_entry", "level_hold", "level_change"):
        assert await acme.rows(f"SELECT note FROM __tenant__.{table} WHERE note <> ''") == [], table
    assert await acme.value("SELECT spend FROM __tenant__.level_standing") == 1_500


def test_each_reason_of_points_either_counts_as_earned_or_is_known_not_to() -> None:
    """A new reason that brings points in counts as earned; one that should not must be entered in BROUGHT."""
    in_ = {
        Why.ORDER, Why.CHECK_IN, Why.FIRST_CHECK_IN, Why.MILESTONE, Why.BIRTHDAY, Why.ANNIVERSARY, Why.WELCOME,
        Why.PROFILE, Why.LEVEL, Why.GROWTH, Why.CAMPAIGN, Why.SURVEY, Why.POLL, Why.REVIEW, Why.REFERRAL,
        Why.FAVOURITE, Why.SHARE, Why.VISIT, Why.LOTTERY, Why.GAME, Why.QUEST, Why.WIN_BACK, Why.COMPENSATION,
        Why.STAFF, Why.API,
    }  # fmt: skip
    out = {
        Why.SPENT, Why.REDEEMED, Why.MALL, Why.MAKE_UP, Why.VOUCHER, Why.MERGE_OUT, Why.EXPIRED, Why.ORDER_REFUND,
        Why.DEBT_REPAID,
    }  # fmt: skip
    assert in_ | out | earned_points.BROUGHT == set(points.Why)
    assert not in_ & earned_points.BROUGHT
    assert out | {Why.REVERSED} >= earned_points.TAKEN
