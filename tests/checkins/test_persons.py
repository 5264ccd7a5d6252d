"""Visits of two members who turn out to be one person."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tenants import checkins, members
from tenants.kit import clock
from tests.make import checkins as make

if TYPE_CHECKING:
    from uuid import UUID

    from tests.conftest import Shop


async def merge(shop: Shop, source: UUID, target: UUID, *, at: int) -> UUID:
    """Merge two members on a day."""
    with make.on(at):
        async with shop.open():
            return (await members.merge(source, target, once=f"merge/{source}")).id


async def test_the_days_of_both_are_joined_and_nothing_is_given_twice(acme: Shop) -> None:
    source, target = await make.member(acme), await make.member(acme)
    await make.visit(acme, source, 0, 1, 2, 3)
    await make.visit(acme, target, 3, 4, 5)
    grants = await acme.value("SELECT count(*) FROM __tenant__.reward_grant")
    await merge(acme, source, target, at=5)
    assert await make.streaks(acme, target) == [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 6)]
    assert await make.streaks(acme, source) == [(3, 1)]
    assert await acme.value("SELECT count(*) FROM __tenant__.reward_grant") == grants
    seventh = await make.visit(acme, target, 6)
    assert (seventh.streak, seventh.milestone_points) == (7, 20)
    await make.sound(acme)


async def test_a_merge_that_is_undone_leaves_each_their_own_days(acme: Shop) -> None:
    source, target = await make.member(acme), await make.member(acme)
    await make.visit(acme, source, 0, 1, 2)
    await make.visit(acme, target, 3)
    with make.on(3):
        async with acme.open():
            await checkins.set_reminder(source, checkins.Reminder(wanted=True, hour=7))
    done = await merge(acme, source, target, at=3)
    with clock.at(make.NOON + timedelta(days=3, hours=23)):
        async with acme.open():
            assert (await checkins.check_in(target)).streak == 5
            assert (await checkins.reminder_of(target)).wanted
            await members.unmerge(done)
            assert (await checkins.reminder_of(source)).wanted
            assert not (await checkins.reminder_of(target)).wanted
    assert await make.streaks(acme, source) == [(0, 1), (1, 2), (2, 3)]
    assert await make.streaks(acme, target) == [(3, 1), (4, 2)]
    assert (await make.visit(acme, source, 3)).streak == 4
    await make.sound(acme)


async def test_who_was_merged_does_not_get_the_first_bonus_a_second_time(acme: Shop) -> None:
    await make.plan(acme, first_points=100)
    source, target = await make.member(acme), await make.member(acme)
    await make.visit(acme, source, 0)
    await merge(acme, source, target, at=0)
    assert (await make.visit(acme, target, 1)).extras == ()
    await make.sound(acme)


async def test_an_erased_member_is_reminded_of_nothing_and_visits_stay(acme: Shop) -> None:
    who = await make.member(acme)
    await make.visit(acme, who, 0)
    async with acme.open():
        await checkins.set_reminder(who, checkins.Reminder(wanted=True, hour=7))
        await members.erase(who, reason="asked")
    assert await acme.value("SELECT count(*) FROM __tenant__.check_in_reminder") == 0
    assert await acme.value("SELECT count(*) FROM __tenant__.check_in") == 1
    await make.sound(acme)


async def test_the_card_tells_the_streak(acme: Shop) -> None:
    who = await make.member(acme)
    await make.visit(acme, who, 0, 1)
    with make.on(1):
        async with acme.open():
            card = await members.card_of(who)
    told = {fact.key: fact.value for section in card.sections if section.key == "check-ins" for fact in section.facts}
    assert told == {"streak": 2, "best": 2, "total": 2, "latest": make.date_of(1)}
