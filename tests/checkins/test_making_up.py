"""Missed days bought back: the price, the limits, what it earns, and how often."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tenants import checkins, members, points
from tenants.checkins.rules import refusals
from tests.make import checkins as make

if TYPE_CHECKING:
    from uuid import UUID

    from tenants.kit.errors import DomainError
    from tests.conftest import Shop

POLICY = {"make_up_days": 7, "make_up_price": 30}


async def rich(shop: Shop, *days: int) -> UUID:
    """A member with 1,000 points who has come on these days."""
    who = await make.member(shop)
    with make.on(0):
        async with shop.open():
            await points.earn(who, points=1000, why=points.Why.API, once=f"rich/{who}")
    await make.visit(shop, who, *days)
    return who


async def test_a_made_up_day_joins_the_row_before_it_and_the_row_after_it(acme: Shop) -> None:
    await make.plan(acme, **POLICY)
    who = await rich(acme, 0, 1, 3, 4)
    done = await make.make_up(acme, who, 2, at=4)
    assert (done.day, done.streak, done.position, done.points, done.price) == (make.date_of(2), 3, 3, 7, 30)
    assert await make.streaks(acme, who) == [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)]
    assert await make.balance(acme, who) == 1000 + 5 + 6 + 5 + 6 - 30 + 7
    assert (await make.visit(acme, who, 5)).streak == 6
    await make.sound(acme)


async def test_yesterday_can_be_made_up_before_today_is_done(acme: Shop) -> None:
    await make.plan(acme, **POLICY)
    who = await rich(acme, 0, 1)
    await make.make_up(acme, who, 2, at=3)
    assert (await make.visit(acme, who, 3)).streak == 4
    await make.sound(acme)


async def test_the_same_day_again_costs_nothing_and_says_so(acme: Shop) -> None:
    await make.plan(acme, **POLICY)
    who = await rich(acme, 0, 2)
    first = await make.make_up(acme, who, 1, at=2)
    second = await make.make_up(acme, who, 1, at=2)
    assert (second.id, second.repeated, second.price) == (first.id, True, 30)
    assert await acme.value("SELECT count(*) FROM __tenant__.points_entry WHERE why = 'make_up'") == 1
    await make.sound(acme)


async def test_ten_at_once_make_a_day_up_once(acme: Shop) -> None:
    await make.plan(acme, **POLICY)
    who = await rich(acme, 0, 2)
    done = await asyncio.gather(*(make.make_up(acme, who, 1, at=2) for _ in range(10)))
    assert sorted(one.repeated for one in done) == [False] + [True] * 9
    assert await make.balance(acme, who) == 1000 + 5 + 5 - 30 + 6
    await make.sound(acme)


async def test_a_visit_and_a_make_up_at_once_leave_one_whole_row(acme: Shop) -> None:
    await make.plan(acme, **POLICY)
    for _ in range(10):
        who = await rich(acme, 0)
        await asyncio.gather(make.make_up(acme, who, 1, at=2), make.visit(acme, who, 2))
        assert await make.streaks(acme, who) == [(0, 1), (1, 2), (2, 3)]
    await make.sound(acme)


async def test_each_further_make_up_of_a_month_costs_more_until_the_limit(acme: Shop) -> None:
    await make.plan(acme, **POLICY, make_up_step=20, make_up_per_month=3)
    who = await rich(acme, 0, 2, 4, 6, 8)
    prices = [(await make.make_up(acme, who, day, at=8)).price for day in (1, 3, 5)]
    assert prices == [30, 50, 70]
    with pytest.raises(refusals.MakeUpLimit):
        await make.make_up(acme, who, 7, at=8)
    await make.visit(acme, who, 29)  # 31 March
    with pytest.raises(refusals.MakeUpLimit):
        await make.make_up(acme, who, 28, at=29)
    assert (await make.make_up(acme, who, 28, at=30)).price == 30  # on 1 April
    await make.sound(acme)


async def test_the_limit_of_a_cycle_counts_the_days_made_up_in_it(acme: Shop) -> None:
    await make.plan(acme, **POLICY, make_up_per_cycle=1)
    who = await rich(acme, 0, 2, 4, 5, 6, 7)
    await make.make_up(acme, who, 1, at=7)
    with pytest.raises(refusals.MakeUpLimit):
        await make.make_up(acme, who, 3, at=7)  # the fourth day of the same seven
    await make.visit(acme, who, 9)
    before = await make.balance(acme, who)
    assert (await make.make_up(acme, who, 8, at=9)).streak == 5  # of another row
    assert await make.balance(acme, who) == before - 30 + 9
    await make.sound(acme)


async def test_a_milestone_that_the_joined_row_reaches_is_given_once(acme: Shop) -> None:
    await make.plan(acme, **POLICY)  # 20 points on the seventh day
    who = await rich(acme, 0, 1, 2, 4, 5, 6)
    done = await make.make_up(acme, who, 3, at=6)
    assert [(extra.kind, extra.points) for extra in done.extras] == [("milestone", 20)]
    assert (await make.make_up(acme, who, 3, at=6)).extras[0].points == 20
    assert await acme.value("SELECT count(*) FROM __tenant__.reward_grant WHERE why = 'milestone'") == 1
    again = await make.visit(acme, who, 7)
    assert (again.streak, again.position, again.extras) == (8, 1, ())
    await make.sound(acme)


async def test_a_milestone_that_the_later_row_had_already_is_not_given_again(acme: Shop) -> None:
    await make.plan(acme, **POLICY)
    who = await rich(acme, 0, *range(2, 9))  # seven in a row from the third day on
    done = await make.make_up(acme, who, 1, at=8)  # nine in a row, which reach the seventh day once
    assert done.extras == ()
    assert await acme.value("SELECT count(*) FROM __tenant__.reward_grant WHERE why = 'milestone'") == 1
    reached = await make.visit(acme, who, 9, 10, 11, 12, 13)
    assert (reached.streak, reached.milestone_points) == (14, 20)
    await make.sound(acme)


async def test_the_plan_says_whether_a_make_up_earns_anything(acme: Shop) -> None:
    await make.plan(acme, **POLICY, make_up_base=False, make_up_milestones=False)
    who = await rich(acme, 0, 1, 2, 4, 5, 6)
    done = await make.make_up(acme, who, 3, at=6)
    assert (done.points, done.extras, done.streak) == (0, (), 4)
    await make.sound(acme)


async def test_a_make_up_is_judged_by_the_version_of_its_day_and_priced_by_that_of_today(acme: Shop) -> None:
    await make.plan(acme, **POLICY)
    who = await rich(acme, 0, 2)
    await make.plan(acme, day=2, base=100, make_up_days=7, make_up_price=44)
    done = await make.make_up(acme, who, 1, at=2)
    assert (done.points, done.price) == (6, 44)
    await make.sound(acme)


async def test_free_make_ups_move_no_points_out(acme: Shop) -> None:
    await make.plan(acme, make_up_days=7)
    who = await make.member(acme)
    await make.visit(acme, who, 0, 2)
    assert (await make.make_up(acme, who, 1, at=2)).price == 0
    assert await acme.value("SELECT count(*) FROM __tenant__.points_entry WHERE points < 0") == 0
    await make.sound(acme)


@pytest.mark.parametrize(
    ("policy", "asked", "refusal"),
    [
        ({}, (1, 2, None), refusals.MakeUpClosed),
        ({"make_up_days": 2}, (1, 4, None), refusals.MakeUpOutOfReach),
        (POLICY, (2, 2, None), refusals.NotMissed),
        (POLICY, (5, 2, None), refusals.MakeUpOutOfReach),
        (POLICY, (0, 2, None), refusals.NotMissed),
        (POLICY, (-1, 2, None), refusals.NotMissed),
        (POLICY, (1, 2, 29), refusals.PriceChanged),
        ({**POLICY, "make_up_price": 999_999}, (1, 2, None), points.Insufficient),
    ],
    ids=[
        "closed",
        "too long ago",
        "today, done",
        "not yet",
        "a visit",
        "before the first",
        "another price",
        "too poor",
    ],
)
async def test_a_make_up_that_is_refused_moves_nothing(
    acme: Shop, policy: dict[str, int], asked: tuple[int, int, int | None], refusal: type[DomainError]
) -> None:
    day, at, price = asked
    await make.plan(acme, **policy)
    who = await rich(acme, 0, 2)
    before = await make.streaks(acme, who), await make.balance(acme, who)
    with pytest.raises(refusal):
        await make.make_up(acme, who, day, at=at, price=price)
    assert (await make.streaks(acme, who), await make.balance(acme, who)) == before
    await make.sound(acme)


async def test_who_is_blocked_or_has_never_come_makes_up_nothing(acme: Shop) -> None:
    await make.plan(acme, **POLICY)
    stranger, blocked = await make.member(acme), await rich(acme, 0, 2)
    with pytest.raises(refusals.NotMissed):
        await make.make_up(acme, stranger, 1, at=2)
    async with acme.open():
        await members.block(blocked)
    with pytest.raises(members.MemberBlocked):
        await make.make_up(acme, blocked, 1, at=2)


async def test_the_calendar_tells_what_was_missed_and_what_it_costs(acme: Shop) -> None:
    await make.plan(acme, **POLICY, make_up_per_month=2)
    who = await rich(acme, 0, 2)
    await make.make_up(acme, who, 1, at=4)
    await make.outage(acme, 4, at=5)
    with make.on(6):
        async with acme.open():
            view = await checkins.month(who, year=2026, number=3)
    states = {make.date_of(day): view.days[make.date_of(day)].state for day in range(-1, 8)}
    assert list(states.values()) == [
        "before",
        "done",
        "made_up",
        "done",
        "missed",
        "outage",
        "missed",
        "today",
        "ahead",
    ]
    assert [day for day, one in view.days.items() if one.price == 30] == [make.date_of(3), make.date_of(5)]
    assert (view.make_ups_left, view.standing.best, view.standing.total, view.standing.streak) == (1, 3, 3, 0)
