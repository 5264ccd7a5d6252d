"""What is taken back and gone is owed, where the shop allows it, and the next points pay it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from tenants import points
from tenants.kit import clock
from tests.make import points as make

if TYPE_CHECKING:
    import uuid

    from tests.conftest import Shop


async def refund(who: uuid.UUID, amount: int, once: str = "r1") -> points.TakenBack:
    return await points.take_back(who, points=amount, why=points.Why.ORDER_REFUND, once=once)


async def has(acme: Shop, who: uuid.UUID) -> tuple[int, int]:
    async with acme.open():
        found = await points.balance(who)
    return found.balance, found.debt


async def test_where_debt_is_not_allowed_the_rest_is_short(acme: Shop) -> None:
    async with acme.open():
        who = await make.member(30)
        back = await refund(who, 50)
    assert (back.taken, back.debt, back.short) == (30, 0, 20)
    assert await has(acme, who) == (0, 0)


async def test_where_it_is_allowed_the_rest_is_owed_up_to_the_limit(acme: Shop) -> None:
    async with acme.open():
        await points.change_policy(debt_max=25)
        who = await make.member(30)
        first = await refund(who, 50)
        again = await refund(who, 50)
        second = await refund(who, 50, "r2")
    assert (first.taken, first.debt, first.short) == (30, 20, 0)
    assert (again.debt, again.repeated) == (20, True)
    assert (second.taken, second.debt, second.short) == (0, 5, 45)
    assert await has(acme, who) == (0, 25)


async def test_the_next_points_pay_first_and_say_so(acme: Shop) -> None:
    async with acme.open():
        await points.change_policy(debt_max=100)
        who = await make.member(30)
        await refund(who, 80)
        await make.earned(who, 20)
        part = await points.balance(who)
        await make.earned(who, 70)
        lines = await points.statement(who)
    assert (part.balance, part.debt) == (0, 30)
    assert await has(acme, who) == (40, 0)
    told = [(line.entry.points, line.say("en")) for line in lines[:4]]
    assert told == [
        (-30, "Paid back what was owed; 0 still to pay."),
        (70, "Entered by the shop."),
        (-20, "Paid back what was owed; 30 still to pay."),
        (20, "Entered by the shop."),
    ]


async def test_points_that_become_active_pay_too(acme: Shop) -> None:
    async with acme.open():
        await points.change_policy(debt_max=100)
        who = await make.member(30)
        await refund(who, 80)
        await points.earn(
            who, points=60, why=points.Why.ORDER, once="o", active_at=clock.now() + timedelta(days=1))  # fmt: skip
        waiting = await points.balance(who)
    assert (waiting.pending, waiting.debt) == (60, 50)
    with clock.at(clock.now() + timedelta(days=2)):
        async with acme.open():
            await points.activate()
        assert await has(acme, who) == (10, 0)


async def test_points_given_back_by_a_reversal_pay_too(acme: Shop) -> None:
    async with acme.open():
        await points.change_policy(debt_max=100)
        who = await make.member(30)
        spent = await points.spend(who, points=30, why=points.Why.SPENT, once="till")
        await refund(who, 10)
        await points.reverse(spent.id, once="oops")
    assert await has(acme, who) == (20, 0)


async def test_somebody_without_an_account_owes_nothing(acme: Shop) -> None:
    async with acme.open():
        await points.change_policy(debt_max=100)
        who = await make.member()
        back = await refund(who, 10)
    assert (back.taken, back.debt, back.short) == (0, 0, 10)
    assert await has(acme, who) == (0, 0)


async def test_refunds_and_earnings_at_once_never_owe_and_have_at_the_same_time(acme: Shop) -> None:
    async with acme.open():
        await points.change_policy(debt_max=10_000)
        who = await make.member(50)

    async def act(number: int) -> None:
        async with acme.open():
            if number % 2:
                await make.earned(who, 10)
            else:
                await refund(who, 15, f"r{number}")

    await asyncio.gather(*(act(number) for number in range(40)))
    assert await has(acme, who) == (0, 20 * 15 - 50 - 20 * 10)
