"""Points set aside are spent, given back, or lapse: one of the three, once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tenants import points
from tenants.kit import clock, ids
from tenants.kit.errors import Invalid
from tests.make import points as make

if TYPE_CHECKING:
    import uuid

    from tests.conftest import Shop

NOON = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)


async def hold(who: uuid.UUID, amount: int, once: str = "cart", minutes: int = 15) -> points.Hold:
    ends_at = clock.now() + timedelta(minutes=minutes)
    return await points.hold(who, points=amount, why=points.Why.SPENT, once=once, ends_at=ends_at)


async def has(acme: Shop, who: uuid.UUID) -> tuple[int, int, int]:
    async with acme.open():
        found = await points.balance(who)
    return found.balance, found.held, found.available


async def lots(acme: Shop) -> list[int]:
    return [row["remaining"] for row in await acme.rows("SELECT remaining FROM __tenant__.points_lot ORDER BY id")]


async def test_held_points_are_still_there_and_cannot_be_spent(acme: Shop) -> None:
    async with acme.open():
        who = await make.member(100)
        made = await hold(who, 80)
        with pytest.raises(points.Insufficient) as refused:
            await points.spend(who, points=21, why=points.Why.SPENT, once="till")
    assert (made.state, refused.value.facts["available"]) == ("held", 20)
    assert await has(acme, who) == (100, 80, 20)


async def test_a_hold_draws_what_expires_soonest_and_a_release_gives_it_back(acme: Shop) -> None:
    async with acme.open():
        who = await make.member(10)
        await make.earned(who, 20, days=30)
        made = await hold(who, 25)
    assert await lots(acme) == [5, 0]
    async with acme.open():
        freed = await points.release(made.id)
        again = await points.release(made.id)
    assert (freed.state, freed.repeated, again.state, again.repeated) == ("released", False, "released", True)
    assert await lots(acme) == [10, 20]
    assert await has(acme, who) == (30, 0, 30)


async def test_a_confirmed_hold_is_spent_once(acme: Shop) -> None:
    async with acme.open():
        who = await make.member(100)
        made = await hold(who, 80)
        entry = await points.confirm(made.id)
        again = await points.confirm(made.id)
        with pytest.raises(points.HoldOver):
            await points.release(made.id)
    assert (entry.id, entry.points, entry.why, entry.repeated) == (made.id, -80, points.Why.SPENT, False)
    assert (again.id, again.repeated) == (made.id, True)
    assert await has(acme, who) == (20, 0, 20)


async def test_a_released_hold_cannot_be_confirmed(acme: Shop) -> None:
    async with acme.open():
        who = await make.member(100)
        made = await hold(who, 80)
        await points.release(made.id)
        with pytest.raises(points.HoldOver):
            await points.confirm(made.id)
    assert await has(acme, who) == (100, 0, 100)


async def test_a_confirmed_hold_can_be_reversed_into_the_lots_it_came_from(acme: Shop) -> None:
    async with acme.open():
        who = await make.member(10)
        await make.earned(who, 20, days=30)
        made = await hold(who, 25)
        await points.confirm(made.id)
        await points.reverse(made.id, once="oops")
    assert await lots(acme) == [10, 20]


async def test_the_same_occasion_holds_once_and_other_facts_are_a_conflict(acme: Shop) -> None:
    async with acme.open():
        who = await make.member(100)
        made = await hold(who, 80)
        again = await hold(who, 80, minutes=99)
        assert (again.id, again.repeated, again.ends_at) == (made.id, True, made.ends_at)
        with pytest.raises(points.OnceDiffers):
            await hold(who, 10)
    assert await has(acme, who) == (100, 80, 20)


async def test_nobody_holds_more_than_there_is(acme: Shop) -> None:
    async with acme.open():
        who = await make.member(100)
        await hold(who, 60)
        with pytest.raises(points.Insufficient):
            await hold(who, 41, "another cart")
    assert await has(acme, who) == (100, 60, 40)


async def test_a_hold_must_end_later_than_now(acme: Shop) -> None:
    async with acme.open():
        who = await make.member(100)
        with pytest.raises(Invalid):
            await hold(who, 5, minutes=0)
    assert await has(acme, who) == (100, 0, 100)


async def test_a_hold_whose_time_is_over_cannot_be_confirmed_even_before_it_lapsed(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            who = await make.member(100)
            made = await hold(who, 80)
    with clock.at(NOON + timedelta(minutes=15)):
        async with acme.open():
            with pytest.raises(points.HoldOver) as refused:
                await points.confirm(made.id)
            assert refused.value.facts["state"] == "lapsed"
            assert await points.lapse() == 1
            assert (await points.find_hold(made.id)).state == "lapsed"
            assert (await points.release(made.id)).repeated
            with pytest.raises(points.HoldOver):
                await points.confirm(made.id)
    assert await has(acme, who) == (100, 0, 100)


async def test_points_that_expired_while_they_were_held_can_be_confirmed_and_lapse_when_released(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            who = await make.member()
            await make.earned(who, 50, days=1)
            kept = await hold(who, 20, "a", minutes=60 * 48)
            given = await hold(who, 30, "b", minutes=60 * 48)
    with clock.at(NOON + timedelta(days=1)):
        async with acme.open():
            assert await points.lapse() == 0
            await points.confirm(kept.id)
            await points.release(given.id)
        assert await has(acme, who) == (0, 0, 0)
        async with acme.open():
            assert await points.lapse() == 1
        assert await acme.value("SELECT balance FROM __tenant__.points_account") == 0


async def test_a_hold_that_is_not_there_is_not_found(acme: Shop, rival: Shop) -> None:
    async with rival.open():
        foreign = await hold(await make.member(50), 20)
    for one in (ids.new(), foreign.id):
        for verb in (points.confirm, points.release, points.find_hold):
            with pytest.raises(points.NoSuchHold):
                async with acme.open():
                    await verb(one)
    assert await rival.value("SELECT state FROM __tenant__.points_hold") == "held"
