"""No more goes out for a reason than its budget holds, and the grant says what did not."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tenants import rewards
from tenants.kit import ids
from tenants.kit.errors import Invalid
from tests.make import points as make
from tests.make.levels import on

if TYPE_CHECKING:
    import uuid

    from tests.conftest import Shop

GAME = rewards.Why.GAME


async def play(who: uuid.UUID, points: int, *, once: str | None = None) -> rewards.Granted:
    return await rewards.grant(who, rewards.Reward(points=points), why=GAME, once=once or str(ids.new()))


async def test_points_beyond_the_budget_of_a_day_are_not_given_and_the_next_day_has_its_own(acme: Shop) -> None:
    with on("2026-03-10"):
        async with acme.open():
            await rewards.create_budget(why="game", period="day", points_max=100)
            who = await make.member()
            assert (await play(who, 60)).points == 60
            over = await play(who, 50, once="late")
            assert (over.points, over.points_refused) == (0, 50)
            assert (await play(who, 40)).points == 40
            assert (await play(who, 50, once="late")).repeated
            [budget] = await rewards.budgets()
            assert budget.used == 100
    with on("2026-03-11"):
        async with acme.open():
            assert (await play(who, 60)).points == 60
    assert await acme.value("SELECT sum(points) FROM __tenant__.points_entry") == 160


async def test_a_month_and_a_day_both_have_to_have_room(acme: Shop) -> None:
    with on("2026-03-10"):
        async with acme.open():
            await rewards.create_budget(why="game", period="day", points_max=100)
            await rewards.create_budget(why="game", period="month", points_max=150)
            who = await make.member()
            assert (await play(who, 100)).points == 100
    with on("2026-03-11"):
        async with acme.open():
            assert (await play(who, 60)).points == 0
            assert (await play(who, 50)).points == 50
    with on("2026-04-01"):
        async with acme.open():
            assert (await play(who, 60)).points == 60


async def test_forty_at_once_get_no_more_than_the_budget(acme: Shop) -> None:
    async with acme.open():
        await rewards.create_budget(why="game", period="month", points_max=100)
        who = [await make.member() for _ in range(40)]

    async def one(member: uuid.UUID) -> int:
        async with acme.open():
            return (await play(member, 10)).points

    assert sum(await asyncio.gather(*[one(member) for member in who])) == 100
    assert await acme.value("SELECT sum(points) FROM __tenant__.points_entry") == 100
    assert await acme.value("SELECT sum(points) FROM __tenant__.reward_budget_use") == 100


async def test_a_batch_gives_in_its_order_as_far_as_the_budget_goes(acme: Shop) -> None:
    async with acme.open():
        await rewards.create_budget(why="game", period="month", points_max=25)
        who = [await make.member() for _ in range(4)]
        granted = await rewards.grant_many(
            [
                rewards.Granting(member=one, reward=rewards.Reward(points=10), why=GAME, once=f"g/{place}")
                for place, one in enumerate(who)
            ]
        )
        assert [one.points for one in granted] == [10, 10, 0, 0]


async def test_a_budget_that_is_off_or_gone_limits_nothing(acme: Shop) -> None:
    async with acme.open():
        budget = await rewards.create_budget(why="game", period="month", points_max=0)
        who = await make.member()
        assert (await play(who, 5)).points == 0
        await rewards.change_budget(budget, points_max=0, active=False)
        assert (await play(who, 5)).points == 5
        await rewards.change_budget(budget, points_max=4, active=True)
        assert (await play(who, 5)).points == 0
        await rewards.remove_budget(budget)
        assert (await play(who, 5)).points == 5


async def test_a_budget_is_for_a_reason_that_has_none_yet_and_not_for_orders(acme: Shop) -> None:
    async with acme.open():
        await rewards.create_budget(why="game", period="month", points_max=100)
        with pytest.raises(rewards.BudgetExists):
            await rewards.create_budget(why="game", period="month", points_max=100)
        for why, period, most in [("order", "day", 5), ("x", "day", 5), ("poll", "week", 5), ("poll", "day", -1)]:
            with pytest.raises(Invalid):
                await rewards.create_budget(why=why, period=period, points_max=most)
        with pytest.raises(rewards.BudgetUnknown):
            await rewards.change_budget(ids.new(), points_max=5, active=True)
        with pytest.raises(rewards.BudgetUnknown):
            await rewards.remove_budget(ids.new())
        assert len(await rewards.budgets()) == 1
