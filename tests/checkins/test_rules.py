"""What a check-in earns, when, and how often."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tenants import checkins, members
from tenants.checkins.rules import refusals as rules
from tenants.checkins.rules import terms
from tenants.kit import clock, ids
from tenants.kit.errors import Invalid
from tenants.tenancy import doctor
from tests.make import members as make

if TYPE_CHECKING:
    from uuid import UUID

    from tests.conftest import Shop

MIDNIGHT = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)  # in Shanghai, at the end of 2 March
SECOND = timedelta(seconds=1)
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)  # 12:00 in Shanghai


async def new_member(shop: Shop) -> UUID:
    async with shop.open():
        return (await make.member()).id


async def visit(shop: Shop, member: UUID, moment: datetime = NOON) -> checkins.CheckedIn:
    with clock.at(moment):
        async with shop.open():
            return await checkins.check_in(member)


async def plan_of(shop: Shop, **changes: object) -> UUID:
    settings: dict[str, object] = {
        "name_en": "Plan", "name_zh": "计划", "active": True, "base": 5, "increment": 1, "increment_days": 7,
        "cycle": "days7", "cycle_days": 9 if changes.get("cycle") == "days" else None, **changes,
    }  # fmt: skip
    with clock.at(NOON):
        return await _change_plan(shop, settings)


async def _change_plan(shop: Shop, settings: dict[str, object]) -> UUID:
    async with shop.open():
        plan = await checkins.plan_in_force()
        await checkins.change_plan(plan["id"], checkins.PlanSettings(**settings))  # type: ignore[arg-type]
        plan_id: UUID = plan["id"]
        return plan_id


async def test_the_first_check_in_earns_the_base(acme: Shop) -> None:
    member = await new_member(acme)
    done = await visit(acme, member)
    assert (done.day, done.streak, done.position, done.points, done.repeated) == (date(2026, 3, 2), 1, 1, 5, False)
    assert await acme.value("SELECT balance FROM __tenant__.points_account WHERE member = $1", member) == 5


async def test_a_second_check_in_on_the_same_day_earns_nothing(acme: Shop) -> None:
    member = await new_member(acme)
    first = await visit(acme, member)
    second = await visit(acme, member, NOON + timedelta(hours=3))
    assert second.repeated
    assert second.id == first.id
    assert await acme.value("SELECT balance FROM __tenant__.points_account WHERE member = $1", member) == 5


async def test_seven_days_in_a_row_earn_more_each_day_and_the_milestone(acme: Shop) -> None:
    member = await new_member(acme)
    earned = [await visit(acme, member, NOON + timedelta(days=day)) for day in range(8)]
    assert [done.points for done in earned] == [5, 6, 7, 8, 9, 10, 11, 5]
    assert [done.milestone_points for done in earned] == [0, 0, 0, 0, 0, 0, 20, 0]
    assert [done.position for done in earned] == [1, 2, 3, 4, 5, 6, 7, 1]
    assert earned[-1].streak == 8
    assert await acme.value("SELECT balance FROM __tenant__.points_account WHERE member = $1", member) == 56 + 20 + 5


async def test_a_missed_day_begins_a_new_streak(acme: Shop) -> None:
    member = await new_member(acme)
    await visit(acme, member)
    done = await visit(acme, member, NOON + timedelta(days=2))
    assert (done.streak, done.points) == (1, 5)


async def test_the_day_is_that_of_the_shop_and_not_of_utc(acme: Shop) -> None:
    member = await new_member(acme)
    late = datetime(2026, 3, 2, 15, 59, tzinfo=UTC)  # 23:59 in Shanghai
    first = await visit(acme, member, late)
    second = await visit(acme, member, late + timedelta(minutes=2))
    assert (first.day, second.day) == (date(2026, 3, 2), date(2026, 3, 3))
    assert second.streak == 2


async def test_the_streak_survives_the_hour_that_summer_time_takes(rival: Shop) -> None:
    member = await new_member(rival)
    evening = datetime(2026, 3, 8, 3, 30, tzinfo=UTC)  # 7 March, 22:30 in New York; clocks change that night
    days = [await visit(rival, member, evening + timedelta(hours=hours)) for hours in (0, 23, 47)]
    assert [done.streak for done in days] == [1, 2, 3]


async def test_the_calendar_month_begins_again_on_the_first(acme: Shop) -> None:
    await plan_of(acme, cycle="month", increment_days=31)
    member = await new_member(acme)
    start = datetime(2026, 3, 30, 4, 0, tzinfo=UTC)
    earned = [await visit(acme, member, start + timedelta(days=day)) for day in range(3)]
    assert [(done.day.day, done.streak, done.position, done.points) for done in earned] == [
        (30, 1, 1, 5), (31, 2, 2, 6), (1, 3, 1, 5),
    ]  # fmt: skip


async def test_an_endless_plan_stops_growing_at_its_last_increment(acme: Shop) -> None:
    await plan_of(acme, cycle="endless", increment=2, increment_days=3)
    member = await new_member(acme)
    earned = [await visit(acme, member, NOON + timedelta(days=day)) for day in range(9)]
    assert [done.points for done in earned] == [5, 7, 9, 9, 9, 9, 9, 9, 9]


async def test_changing_the_plan_keeps_streaks_and_the_past(acme: Shop) -> None:
    member = await new_member(acme)
    for day in range(3):
        await visit(acme, member, NOON + timedelta(days=day))
    await plan_of(acme, base=100, increment=0, cycle="endless")
    done = await visit(acme, member, NOON + timedelta(days=3))
    assert (done.streak, done.points) == (4, 100)
    assert await acme.value("SELECT sum(points) FROM __tenant__.check_in WHERE member = $1", member) == 5 + 6 + 7 + 100


@pytest.mark.parametrize("cycle", sorted(terms.CYCLES))
async def test_the_statement_and_the_preview_agree(acme: Shop, cycle: str) -> None:
    plan_id = await plan_of(acme, cycle=cycle, base=3, increment=4, increment_days=12)
    with clock.at(NOON):
        async with acme.open():
            await checkins.set_milestone(plan_id, day=7, points=20, voucher_template=None)
            [told] = await checkins.preview(days=34)
    member = await new_member(acme)
    seen = [await visit(acme, member, NOON + timedelta(days=day)) for day in range(34)]
    assert [(day.day, day.points, day.milestone_points) for day in told.days] == [
        (done.day, done.points, done.milestone_points) for done in seen
    ]


async def test_a_batch_answers_for_each_in_order(acme: Shop) -> None:
    known, blocked = await new_member(acme), await new_member(acme)
    async with acme.open():
        await members.block(blocked)
    stranger = ids.new()
    async with acme.open():
        answers = await checkins.check_in_many(
            [checkins.Visit(member, clock.now()) for member in (stranger, known, blocked, known)]
        )
    kinds = [type(answer) for answer in answers]
    assert kinds == [members.MemberUnknown, checkins.CheckedIn, members.MemberBlocked, checkins.CheckedIn]
    assert [getattr(answer, "repeated", None) for answer in answers] == [None, False, None, True]


async def ask(shop: Shop, member: UUID, moment: datetime, *, answered: datetime) -> checkins.CheckedIn | Exception:
    """A visit that was asked for at one moment and gets its turn at another."""
    with clock.at(answered):
        async with shop.open():
            [answer] = await checkins.check_in_many([checkins.Visit(member, moment)])
            return answer


async def sound(shop: Shop) -> None:
    async with shop.open():
        assert [found.check.name for found in await doctor.examine()] == []


async def until_somebody_waits(shop: Shop) -> None:
    """Until a statement of this database waits for a lock."""
    while not await shop.value(
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' LIMIT 1"
    ):
        await asyncio.sleep(0)


@pytest.mark.parametrize("first", [timedelta(), timedelta(days=1)], ids=["the old day", "the new day"])
async def test_a_visit_of_either_side_of_midnight_waits_for_the_other(acme: Shop, first: timedelta) -> None:
    """The one that is written first is not committed when the other looks for it."""
    member = await new_member(acme)
    await visit(acme, member, NOON - timedelta(days=1))
    written, go_on = asyncio.Event(), asyncio.Event()
    early, late = (MIDNIGHT - SECOND, MIDNIGHT + SECOND) if not first else (MIDNIGHT + SECOND, MIDNIGHT - SECOND)

    async def keep_open() -> None:
        with clock.at(MIDNIGHT + SECOND if first else early):
            async with acme.open():
                await checkins.check_in_many([checkins.Visit(member, early)])
                written.set()
                await go_on.wait()

    held = asyncio.create_task(keep_open())
    await written.wait()
    other = asyncio.create_task(ask(acme, member, late, answered=MIDNIGHT + 2 * SECOND))
    await until_somebody_waits(acme)
    go_on.set()
    await held
    answer = await other
    if first:
        assert isinstance(answer, rules.DayOver)
    else:
        assert isinstance(answer, checkins.CheckedIn)
        assert answer.streak == 3
    await sound(acme)


async def test_a_visit_counts_for_the_day_on_which_it_was_asked_for(acme: Shop) -> None:
    member = await new_member(acme)
    late = await ask(acme, member, MIDNIGHT - SECOND, answered=MIDNIGHT + 60 * SECOND)
    assert isinstance(late, checkins.CheckedIn)
    assert late.day == date(2026, 3, 2)
    assert (await visit(acme, member, MIDNIGHT + 61 * SECOND)).streak == 2
    await sound(acme)


async def test_a_batch_over_midnight_counts_each_for_its_own_day(acme: Shop) -> None:
    member, other = await new_member(acme), await new_member(acme)
    asked = [(member, SECOND), (other, -SECOND), (member, -SECOND), (member, SECOND)]
    with clock.at(MIDNIGHT + SECOND):
        async with acme.open():
            answers = await checkins.check_in_many([checkins.Visit(who, MIDNIGHT + when) for who, when in asked])
    told = [(one.day.day, one.streak, one.repeated) for one in answers if isinstance(one, checkins.CheckedIn)]
    assert told == [(3, 2, False), (2, 1, False), (2, 1, False), (3, 2, True)]
    await sound(acme)


async def test_a_visit_that_comes_after_that_of_the_next_day_is_refused_and_nothing_moves(acme: Shop) -> None:
    member = await new_member(acme)
    await visit(acme, member, MIDNIGHT + SECOND)
    answer = await ask(acme, member, MIDNIGHT - SECOND, answered=MIDNIGHT + 2 * SECOND)
    assert isinstance(answer, rules.DayOver)
    assert [row["streak"] for row in await acme.rows("SELECT streak FROM __tenant__.check_in")] == [1]
    assert await acme.value("SELECT balance FROM __tenant__.points_account") == 5
    await sound(acme)


async def test_a_visit_counts_for_its_day_however_long_it_had_to_wait(acme: Shop) -> None:
    member, other = await new_member(acme), await new_member(acme)
    made = await visit(acme, member, MIDNIGHT - SECOND)
    again = await ask(acme, member, MIDNIGHT - SECOND, answered=MIDNIGHT + timedelta(hours=1))
    assert isinstance(again, checkins.CheckedIn)
    assert (again.id, again.repeated) == (made.id, True)
    late = await ask(acme, other, MIDNIGHT - SECOND, answered=MIDNIGHT + timedelta(hours=1))
    assert isinstance(late, checkins.CheckedIn)
    assert (late.day, late.repeated) == (date(2026, 3, 2), False)
    await sound(acme)


async def test_fifty_pairs_around_midnight_leave_no_wrong_streak(acme: Shop) -> None:
    visitors = [await new_member(acme) for _ in range(25)]
    times = [MIDNIGHT - SECOND, MIDNIGHT + SECOND]
    await asyncio.gather(
        *(ask(acme, member, time, answered=MIDNIGHT + 2 * SECOND) for member in visitors for time in times)
    )
    assert await acme.value("SELECT count(*) FROM __tenant__.check_in WHERE day = '2026-03-03'") == 25
    await sound(acme)


async def test_without_a_plan_nothing_is_earned(acme: Shop) -> None:
    member = await new_member(acme)
    await plan_of(acme, active=False)
    with pytest.raises(rules.NoPlan):
        await visit(acme, member)
    assert await acme.value("SELECT count(*) FROM __tenant__.check_in") == 0


async def test_the_month_shows_days_streak_and_what_comes_next(acme: Shop) -> None:
    member = await new_member(acme)
    for day in range(2):
        await visit(acme, member, NOON + timedelta(days=day))
    with clock.at(NOON + timedelta(days=2)):
        async with acme.open():
            view = await checkins.month(member, year=2026, number=3)
    done = {day: one.points for day, one in view.days.items() if one.state == "done"}
    assert done == {date(2026, 3, 2): 5, date(2026, 3, 3): 6}
    assert [view.days[date(2026, 3, day)].state for day in (1, 4, 5)] == ["before", "today", "ahead"]
    assert (view.standing.streak, view.standing.checked_in_today, view.next_points) == (2, False, 7)
    assert [(one.day, one.place) for one in view.coming] == [(date(2026, 3, 8), 7)]


async def test_a_month_that_is_none_is_refused(acme: Shop) -> None:
    member = await new_member(acme)
    async with acme.open():
        for year, number in ((2026, 0), (2026, 13), (0, 1), (10**9, 1)):
            with pytest.raises(Invalid):
                await checkins.month(member, year=year, number=number)


@pytest.mark.parametrize(
    "change", [{"cycle": "weekly"}, {"base": -1}, {"increment": 10**9}, {"increment_days": 0}, {"base": 2**63}]
)
async def test_a_plan_that_makes_no_sense_is_refused_and_nothing_changes(acme: Shop, change: dict[str, object]) -> None:
    before = await acme.rows("SELECT * FROM __tenant__.check_in_plan")
    with pytest.raises(Invalid):
        await plan_of(acme, **change)
    assert await acme.rows("SELECT * FROM __tenant__.check_in_plan") == before
