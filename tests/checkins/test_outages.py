"""Days on which nobody could come: streaks go on over them, before and after the fact."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tenants import checkins
from tenants.checkins.rules import refusals
from tenants.kit.errors import Invalid
from tests.make import checkins as make

if TYPE_CHECKING:
    from tests.conftest import Shop


async def test_a_streak_goes_on_over_an_outage_day_which_is_not_counted(acme: Shop) -> None:
    who = await make.member(acme)
    await make.visit(acme, who, 0, 1)
    await make.outage(acme, 2, 3, at=3)
    assert (await make.visit(acme, who, 4)).streak == 3
    await make.sound(acme)


async def test_an_outage_that_is_declared_late_heals_the_streaks_of_all_who_have_come_since(acme: Shop) -> None:
    broken, other, absent = [await make.member(acme) for _ in range(3)]
    await make.visit(acme, broken, 0, 1, 3, 4)
    await make.visit(acme, other, 3, 4)
    await make.visit(acme, absent, 0)
    before = await make.balance(acme, broken)
    await make.outage(acme, 2, at=5)
    assert await make.streaks(acme, broken) == [(0, 1), (1, 2), (3, 3), (4, 4)]
    assert await make.streaks(acme, other) == [(3, 1), (4, 2)]
    assert await make.balance(acme, broken) == before
    assert (await make.visit(acme, broken, 5)).streak == 5
    assert (await make.visit(acme, absent, 5)).streak == 1
    await make.sound(acme)


async def test_who_came_on_an_outage_day_has_it_counted(acme: Shop) -> None:
    who = await make.member(acme)
    await make.visit(acme, who, 0, 1)
    await make.outage(acme, 1, 2, at=3)
    assert (await make.visit(acme, who, 3)).streak == 3
    assert await make.streaks(acme, who) == [(0, 1), (1, 2), (3, 3)]
    await make.sound(acme)


async def test_a_withdrawn_outage_breaks_the_streaks_again_and_takes_nothing_back(acme: Shop) -> None:
    who = await make.member(acme)
    await make.visit(acme, who, 0, 1)
    await make.outage(acme, 2, at=2)
    await make.visit(acme, who, 3)
    before = await make.balance(acme, who)
    with make.on(4):
        async with acme.open():
            await checkins.withdraw(make.date_of(2))
    await make.healed(acme, at=4)
    assert await make.streaks(acme, who) == [(0, 1), (1, 2), (3, 1)]
    assert await make.balance(acme, who) == before
    assert (await make.visit(acme, who, 4)).streak == 2
    await make.outage(acme, 2, at=5)
    assert await make.streaks(acme, who) == [(0, 1), (1, 2), (3, 3), (4, 4)]
    await make.sound(acme)


async def test_healing_goes_on_where_it_stopped(acme: Shop) -> None:
    everybody = [await make.member(acme) for _ in range(7)]
    for who in everybody:
        await make.visit(acme, who, 0, 2)
    await make.outage(acme, 1, at=3, heal=False)
    with make.on(3):
        async with acme.open():
            assert await checkins.heal(limit=3)
    healed = "SELECT count(*) FROM __tenant__.check_in WHERE streak = 2"
    assert await acme.value(healed) == 3
    with pytest.raises(ZeroDivisionError), make.on(3):
        async with acme.open():
            await checkins.heal(limit=3)
            1 / 0  # noqa: B018  the worker dies before the commit
    assert await acme.value(healed) == 3
    assert await make.healed(acme, at=3, limit=3) == 4
    assert await acme.value(healed) == 7
    await make.sound(acme)


async def test_healing_looks_once_more_for_visits_that_were_under_way(acme: Shop) -> None:
    who = await make.member(acme)
    await make.visit(acme, who, 0)
    await make.outage(acme, 1, at=2, heal=False)
    with make.on(2):
        async with acme.open():
            again = await checkins.heal()
    assert again == make.NOON + timedelta(days=2, minutes=1)
    # A visit whose statement began before the declaration does not know of it.
    await acme.rows("UPDATE __tenant__.check_in_outage SET withdrawn_at = '2026-03-04Z'")
    await make.visit(acme, who, 2)
    await acme.rows("UPDATE __tenant__.check_in_outage SET withdrawn_at = NULL")
    await make.healed(acme, at=2)
    assert await make.streaks(acme, who) == [(0, 1), (2, 2)]


async def test_declaring_and_withdrawing_are_in_the_trail_and_safe_to_repeat(acme: Shop) -> None:
    for _ in range(2):
        await make.outage(acme, 1, 2, at=3)
    assert await acme.value("SELECT count(*) FROM __tenant__.check_in_outage") == 2
    with make.on(3):
        async with acme.open():
            await checkins.withdraw(make.date_of(1), reason="it was another day")
        with pytest.raises(refusals.OutageUnknown):
            async with acme.open():
                await checkins.withdraw(make.date_of(1))
    trail = await acme.rows("SELECT action FROM __tenant__.audit WHERE subject = 'check_in_outage' ORDER BY id")
    assert [row["action"] for row in trail] == ["create", "delete"]


@pytest.mark.parametrize(("first", "last"), [(2, 1), (0, 31), (-400, -400), (60, 60)])
async def test_a_span_that_makes_no_sense_is_refused(acme: Shop, first: int, last: int) -> None:
    with pytest.raises(Invalid):
        await make.outage(acme, first, last, at=3)
    assert await acme.value("SELECT count(*) FROM __tenant__.check_in_outage") == 0
