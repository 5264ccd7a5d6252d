"""Fifty at once, each in a transaction of its own."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tenants import points
from tenants.kit import clock
from tests.make import points as make

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.conftest import Shop

AT_ONCE = 50


async def rush(acme: Shop, act: Callable[[int], Awaitable[Any]], *, times: int = AT_ONCE) -> list[Any]:
    """What came of each: a result, or the exception that rolled its transaction back."""

    async def one(number: int) -> Any:
        async with acme.open():
            return await act(number)

    return await asyncio.gather(*(one(number) for number in range(times)), return_exceptions=True)


def kinds(outcomes: list[Any]) -> Counter[str]:
    return Counter(type(one).__name__ for one in outcomes)


async def test_fifty_spend_a_balance_for_twenty_and_twenty_do(acme: Shop) -> None:
    async with acme.open():
        who = await make.member(70, 80, 50)
    outcomes = await rush(
        acme, lambda n: points.spend(who, points=10, why=points.Why.SPENT, once=f"till/{n}"))  # fmt: skip
    assert kinds(outcomes) == {"Entry": 20, "Insufficient": 30}
    assert await acme.value("SELECT balance FROM __tenant__.points_account") == 0


async def test_fifty_earn_for_one_occasion_and_one_does(acme: Shop) -> None:
    async with acme.open():
        who = await make.member()
    outcomes = await rush(acme, lambda _: points.earn(who, points=10, why=points.Why.API, once="fair"))
    assert Counter(one.repeated for one in outcomes) == {False: 1, True: 49}
    assert await acme.value("SELECT balance FROM __tenant__.points_account") == 10


async def test_fifty_spend_for_one_occasion_and_one_does(acme: Shop) -> None:
    async with acme.open():
        who = await make.member(100)
    outcomes = await rush(acme, lambda _: points.spend(who, points=10, why=points.Why.SPENT, once="till"))
    assert Counter(one.repeated for one in outcomes) == {False: 1, True: 49}
    assert await acme.value("SELECT balance FROM __tenant__.points_account") == 90


async def test_fifty_undo_one_entry_under_different_names_and_one_does(acme: Shop) -> None:
    async with acme.open():
        who = await make.member(1_000)
        entry = await make.earned(who, 10)
    outcomes = await rush(acme, lambda n: points.reverse(entry.id, once=f"oops/{n}"))
    assert kinds(outcomes) == {"Entry": 1, "AlreadyReversed": 49}
    assert await acme.value("SELECT balance FROM __tenant__.points_account") == 1_000


async def test_a_hold_that_many_confirm_and_many_release_ends_one_way(acme: Shop) -> None:
    async with acme.open():
        who = await make.member(100)
        made = await points.hold(
            who, points=60, why=points.Why.SPENT, once="cart", ends_at=clock.now() + timedelta(hours=1))  # fmt: skip
    outcomes = await rush(acme, lambda n: points.confirm(made.id) if n % 2 else points.release(made.id))
    state = await acme.value("SELECT state FROM __tenant__.points_hold")
    assert kinds(outcomes) == {"Entry" if state == "confirmed" else "Hold": 25, "HoldOver": 25}
    assert sum(not one.repeated for one in outcomes if not isinstance(one, Exception)) == 1
    assert await acme.value("SELECT balance FROM __tenant__.points_account") == (40 if state == "confirmed" else 100)


async def test_holds_and_spends_never_take_the_same_point(acme: Shop) -> None:
    async with acme.open():
        who = await make.member(45, 55)
    ends_at = clock.now() + timedelta(hours=1)
    outcomes = await rush(
        acme,
        lambda n: (
            points.hold(who, points=7, why=points.Why.SPENT, once=f"h{n}", ends_at=ends_at)
            if n % 2
            else points.spend(who, points=7, why=points.Why.SPENT, once=f"s{n}")
        ),
    )
    done = kinds(outcomes)
    assert done["Entry"] + done["Hold"] == 14
    assert done["Insufficient"] == AT_ONCE - 14


async def test_batches_with_the_same_members_and_occasions_in_other_orders_do_not_wait_in_a_ring(acme: Shop) -> None:
    async with acme.open():
        who = [await make.member() for _ in range(20)]

    async def act(number: int) -> list[points.Entry]:
        asked = [points.Earning(member=one, points=1, why=points.Why.IMPORT, once=f"row/{one}") for one in who]
        asked += [points.Earning(member=one, points=1, why=points.Why.IMPORT, once=f"{number}/{one}") for one in who]
        return await points.earn_many(asked[::-1] if number % 2 else asked)

    outcomes = await rush(acme, act, times=20)
    assert kinds(outcomes) == {"list": 20}
    assert await acme.rows("SELECT DISTINCT balance FROM __tenant__.points_account") == [{"balance": 21}]


async def test_points_that_lapse_while_they_are_spent_go_once(acme: Shop) -> None:
    moment = clock.now()
    with clock.at(moment):
        async with acme.open():
            who = await make.member(50)
            await make.earned(who, 50, days=1)
    with clock.at(moment + timedelta(days=1)):
        outcomes = await rush(
            acme,
            lambda n: points.spend(who, points=5, why=points.Why.SPENT, once=f"s{n}") if n % 2 else points.lapse(),
        )
    assert kinds(outcomes) == {"int": 25, "Entry": 10, "Insufficient": 15}
    assert await acme.value("SELECT balance FROM __tenant__.points_account") == 0


async def test_lapsing_waits_for_accounts_in_the_order_of_all_others(acme: Shop) -> None:
    """A hold of the second member and a lot of the first are over while a batch gives points to both."""
    async with acme.open():
        first, second = sorted([await make.member(10), await make.member(10)])
        await make.earned(first, 10, days=1)
        now = clock.now()
        await points.hold(
            second, points=5, why=points.Why.SPENT, once="h", ends_at=now + timedelta(minutes=5))  # fmt: skip

    async def waiting(number: int) -> None:
        # Outside of any transaction: inside of one, PostgreSQL would show what it showed at first.
        while number > await acme.value(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        ):
            await asyncio.sleep(0)

    async def give() -> None:
        async with acme.open():
            await points.earn_many(
                [points.Earning(member=who, points=1, why=points.Why.API, once=f"{who}") for who in (first, second)]
            )

    async def lapse() -> int:
        with clock.at(now + timedelta(days=2)):
            async with acme.open():
                return await points.lapse()

    locked, go_on = asyncio.Event(), asyncio.Event()

    async def keep_first() -> None:
        async with acme.open():
            await points.spend(first, points=1, why=points.Why.SPENT, once="till")
            locked.set()
            await go_on.wait()

    keeping = asyncio.create_task(keep_first())
    await locked.wait()
    giving = asyncio.create_task(give())
    await waiting(1)
    lapsing = asyncio.create_task(lapse())
    await waiting(2)
    go_on.set()
    outcomes = await asyncio.gather(keeping, giving, lapsing)
    assert outcomes[-1] == 1
    assert await acme.value("SELECT sum(held)::bigint FROM __tenant__.points_account") == 0
