"""Points can be promised: they count when their time comes, and until then they can be taken away exactly."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tenants import points
from tenants.kit import clock, ids
from tenants.kit.errors import Invalid
from tenants.points import jobs
from tests.make import points as make

if TYPE_CHECKING:
    import uuid

    from tests.conftest import Shop

NOON = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)  # noon in Shanghai
WEEK = NOON + timedelta(days=7)


async def promise(who: uuid.UUID, amount: int = 100, once: str = "T1001") -> points.Entry:
    return await points.earn(who, points=amount, why=points.Why.ORDER, once=once, active_at=WEEK)


async def has(acme: Shop, who: uuid.UUID) -> tuple[int, int]:
    async with acme.open():
        found = await points.balance(who)
    return found.balance, found.pending


async def after(acme: Shop, days: int, limit: int = 1_000) -> int:
    with clock.at(NOON + timedelta(days=days)):
        async with acme.open():
            return await points.activate(limit=limit)


async def test_promised_points_are_in_no_balance_and_cannot_be_spent(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            who = await make.member(5)
            made = await promise(who)
            with pytest.raises(points.Insufficient):
                await points.spend(who, points=6, why=points.Why.SPENT, once="till")
            found = await points.balance(who)
            [coming] = await points.pending([who])
        assert made.pending_until == WEEK
        assert (found.balance, found.pending, found.pending_at) == (5, 100, WEEK)
        assert (coming.id, coming.points, coming.pending_until) == (made.id, 100, WEEK)


async def test_they_count_from_the_promised_moment_however_late_the_job_runs(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            await points.change_policy(expiry="rolling", validity_days=30)
            who = await make.member()
            made = await promise(who)
    assert await after(acme, 6) == 0
    assert await after(acme, 8) == 1
    assert await after(acme, 8) == 0
    with clock.at(NOON + timedelta(days=8)):
        async with acme.open():
            [line] = await points.statement(who)
    assert (line.entry.id, line.entry.points, line.entry.at, line.entry.once) == (made.id, 100, WEEK, "T1001")
    assert line.expires_at == datetime(2026, 4, 7, 16, tzinfo=UTC)  # 30 days after the 8th of March, not the 1st
    with clock.at(WEEK):
        assert await has(acme, who) == (100, 0)


async def test_a_moment_in_the_past_counts_at_once_and_is_kept(acme: Shop) -> None:
    with clock.at(WEEK):
        async with acme.open():
            who = await make.member()
            made = await points.earn(
                who, points=9, why=points.Why.ORDER, once="old", at=NOON, active_at=NOON + timedelta(days=1))  # fmt: skip
    assert (made.pending_until, made.at) == (None, NOON)
    assert await has(acme, who) == (9, 0)


async def test_the_same_occasion_promises_once_before_and_after(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            who = await make.member()
            first = await promise(who)
            again = await promise(who)
            with pytest.raises(points.OnceDiffers):
                await promise(who, 99)
    await after(acme, 7)
    with clock.at(WEEK):
        async with acme.open():
            late = await points.earn(who, points=100, why=points.Why.ORDER, once="T1001")
    assert (again.id, again.repeated, again.pending_until) == (first.id, True, WEEK)
    assert (late.id, late.repeated, late.pending_until) == (first.id, True, None)
    assert await has(acme, who) == (100, 0)


async def test_one_occasion_told_as_pending_and_as_active_at_the_same_time_counts_once(acme: Shop) -> None:
    async with acme.open():
        who = await make.member(1)

    async def tell(number: int) -> None:
        async with acme.open():
            when = clock.now() + timedelta(days=7) if number % 2 else None
            await points.earn(who, points=10, why=points.Why.ORDER, once="both", active_at=when)

    await asyncio.gather(*(tell(number) for number in range(20)))
    with clock.at(clock.now() + timedelta(days=8)):
        async with acme.open():
            await points.activate()
    assert await has(acme, who) == (11, 0)


async def test_a_partial_refund_before_activation_takes_exactly_its_part_of_the_promise(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            who = await make.member(50)
            made = await promise(who)
            back = await points.take_back(
                who, points=30, why=points.Why.ORDER_REFUND, once="r1", from_entry=made.id)  # fmt: skip
            again = await points.take_back(
                who, points=30, why=points.Why.ORDER_REFUND, once="r1", from_entry=made.id)  # fmt: skip
    assert (back.taken, back.pending, back.short, back.entry) == (30, 30, 0, None)
    assert (again.taken, again.pending, again.repeated) == (30, 30, True)
    assert await has(acme, who) == (50, 70)
    await after(acme, 7)
    assert await has(acme, who) == (120, 0)
    async with acme.open():
        late = await points.earn(who, points=100, why=points.Why.ORDER, once="T1001")  # told again as it was promised
    assert late.repeated


async def test_a_refund_of_more_than_is_pending_goes_on_with_what_is_there(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            who = await make.member(20)
            made = await promise(who)
            back = await points.take_back(
                who, points=130, why=points.Why.ORDER_REFUND, once="r1", from_entry=made.id)  # fmt: skip
    assert (back.taken, back.pending, back.short) == (120, 100, 10)
    assert back.entry is not None
    assert back.entry.points == -20
    assert await has(acme, who) == (0, 0)
    assert await after(acme, 7) == 0


async def test_a_promise_is_cancelled_once_and_not_after_its_time(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            who = await make.member()
            gone = await points.earn(who, points=10, why=points.Why.API, once="a", active_at=WEEK)
            came = await points.earn(who, points=20, why=points.Why.API, once="b", active_at=WEEK)
            order = await promise(who)
            first, again = await points.cancel(gone.id), await points.cancel(gone.id)
            with pytest.raises(points.OfAnOrder):
                await points.cancel(order.id)
            with pytest.raises(points.NoSuchEntry):
                await points.cancel(ids.new())
    assert (first.pending, first.repeated, again.pending, again.repeated) == (10, False, 10, True)
    await after(acme, 7)
    with pytest.raises(points.NotPending):
        async with acme.open():
            await points.cancel(came.id)
    assert await has(acme, who) == (120, 0)


async def test_a_cancellation_and_an_activation_at_once_end_one_way(acme: Shop) -> None:
    async with acme.open():
        who = await make.member(1)
        soon = clock.now() + timedelta(hours=1)
        made = [
            await points.earn(who, points=10, why=points.Why.API, once=f"p{n}", active_at=soon) for n in range(10)
        ]  # fmt: skip

    async def act(number: int) -> None:
        with clock.at(soon):
            async with acme.open():
                if number % 2:
                    await points.activate(limit=3)
                else:
                    await points.cancel(made[number // 2].id)

    await asyncio.gather(*(act(number) for number in range(20)), return_exceptions=True)
    with clock.at(soon):
        async with acme.open():
            await points.activate()
    cancelled = await acme.value("SELECT count(*) FROM __tenant__.points_take_back")
    assert await has(acme, who) == (1 + 10 * (10 - cancelled), 0)


async def test_activation_goes_in_batches_and_asks_for_the_next_moment(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            who = [await make.member() for _ in range(5)]
            for number, one in enumerate(who):
                await promise(one, once=f"o{number}")
            await points.earn(
                who[0], points=1, why=points.Why.ORDER, once="x", active_at=WEEK + timedelta(minutes=20))  # fmt: skip
    assert [await after(acme, 7, limit=3), await after(acme, 7, limit=3)] == [3, 2]
    with clock.at(WEEK + timedelta(minutes=2)):
        async with acme.open():
            assert await jobs.activate.run() == WEEK + timedelta(minutes=20)


async def test_the_policy_makes_points_wait_that_no_order_gave(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            await points.change_policy(activation_days=3)
            who = await make.member()
            game = await points.earn(who, points=10, why=points.Why.GAME, once="g")
            order = await points.earn(who, points=20, why=points.Why.ORDER, once="o")
            told = await points.earn(who, points=40, why=points.Why.GAME, once="now", active_at=NOON)
    assert game.pending_until == datetime(2026, 3, 3, 16, tzinfo=UTC)  # the 4th begins in Shanghai
    assert (order.pending_until, told.pending_until) == (None, None)
    assert await has(acme, who) == (60, 10)


async def test_points_cannot_become_active_after_they_expire(acme: Shop) -> None:
    async with acme.open():
        who = await make.member()
        with pytest.raises(Invalid):
            await points.earn(
                who, points=1, why=points.Why.API, once="x", active_at=clock.now() + timedelta(days=2),
                expires_at=clock.now() + timedelta(days=1))  # fmt: skip
    assert await has(acme, who) == (0, 0)
