"""A mistake is undone once, exactly, by another entry."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tenants import points
from tenants.kit import clock, ids
from tests.make import points as make

if TYPE_CHECKING:
    import uuid

    from tests.conftest import Shop

NOON = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)


async def spend(who: uuid.UUID, amount: int, once: str = "till") -> points.Entry:
    return await points.spend(who, points=amount, why=points.Why.SPENT, once=once)


async def lots(acme: Shop) -> list[int]:
    return [row["remaining"] for row in await acme.rows("SELECT remaining FROM __tenant__.points_lot ORDER BY id")]


async def test_spent_points_go_back_into_their_lots_with_the_dates_they_had(acme: Shop) -> None:
    async with acme.open():
        who = await make.member(10)
        await make.earned(who, 20, days=30)
        entry = await spend(who, 25)
    before = await acme.rows("SELECT id, expires_at FROM __tenant__.points_lot ORDER BY id")
    async with acme.open():
        undone = await points.reverse(entry.id, once="oops", note="wrong till")
        found = await points.balance(who)
    assert (undone.points, undone.why, undone.repeated) == (25, points.Why.REVERSED, False)
    assert await lots(acme) == [10, 20]
    assert await acme.rows("SELECT id, expires_at FROM __tenant__.points_lot ORDER BY id") == before
    assert (found.balance, found.expiring_points) == (30, 20)


async def test_a_reversed_earning_takes_its_own_lot_first(acme: Shop) -> None:
    async with acme.open():
        who = await make.member()
        await make.earned(who, 20, days=1)
        wrong = await make.earned(who, 20)
        await points.reverse(wrong.id, once="oops")
    assert await lots(acme) == [20, 0]


async def test_a_reversed_earning_takes_other_points_when_its_own_are_spent(acme: Shop) -> None:
    async with acme.open():
        who = await make.member()
        wrong = await make.earned(who, 20, days=1)
        await make.earned(who, 30)
        await spend(who, 20)
        await points.reverse(wrong.id, once="oops")
    assert await lots(acme) == [0, 10]


async def test_an_earning_whose_points_are_gone_cannot_be_reversed_and_nothing_moves(acme: Shop) -> None:
    async with acme.open():
        who = await make.member()
        wrong = await make.earned(who, 20)
        await spend(who, 1)
        with pytest.raises(points.Insufficient) as refused:
            await points.reverse(wrong.id, once="oops")
    assert refused.value.facts == {"available": 19, "wanted": 20}
    assert await lots(acme) == [19]


@pytest.mark.parametrize("spent", [True, False])
async def test_a_second_reversal_is_refused_and_a_repeated_one_answers_as_the_first(acme: Shop, *, spent: bool) -> None:
    async with acme.open():
        who = await make.member()
        earned = await make.earned(who, 20)
        entry = await spend(who, 5) if spent else earned
        other = await make.earned(who, 20)
        first = await points.reverse(entry.id, once="oops")
        again = await points.reverse(entry.id, once="oops")
        assert (again.id, again.repeated) == (first.id, True)
        with pytest.raises(points.AlreadyReversed):
            await points.reverse(entry.id, once="another oops")
        with pytest.raises(points.OnceDiffers):
            await points.reverse(other.id, once="oops")
        found = await points.balance(who)
    assert found.balance == (40 if spent else 20)


async def test_a_repeated_reversal_answers_as_the_first_although_all_points_are_gone(acme: Shop) -> None:
    async with acme.open():
        earned = await make.earned(await make.member(), 20)
        first = await points.reverse(earned.id, once="oops")
        assert (await points.reverse(earned.id, once="oops")).id == first.id


async def test_neither_a_reversal_nor_an_expiry_can_be_reversed(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            who = await make.member()
            await make.earned(who, 20, days=1)
            undone = await points.reverse((await make.earned(who, 7)).id, once="oops")
    with clock.at(NOON + timedelta(days=1)):
        async with acme.open():
            assert await points.lapse() == 1
            expired = (await points.statement(who))[0].entry
            assert expired.why == points.Why.EXPIRED
            for entry in (undone, expired):
                with pytest.raises(points.CannotReverse):
                    await points.reverse(entry.id, once="again")


async def test_what_is_not_there_cannot_be_reversed(acme: Shop, rival: Shop) -> None:
    async with rival.open():
        foreign = await make.earned(await make.member(), 20)
    for entry in (ids.new(), foreign.id):
        with pytest.raises(points.NoSuchEntry):
            async with acme.open():
                await points.reverse(entry, once="oops")
    assert await rival.value("SELECT balance FROM __tenant__.points_account") == 20


async def test_points_taken_back_can_be_given_again(acme: Shop) -> None:
    async with acme.open():
        who = await make.member(20)
        taken = await points.take_back(who, points=15, why=points.Why.STAFF, once="a slip")
        assert taken.entry
        await points.reverse(taken.entry.id, once="oops")
    assert await lots(acme) == [20]


async def test_what_an_order_gave_or_took_is_undone_by_the_order_alone(acme: Shop) -> None:
    async with acme.open():
        who = await make.member(20)
        given = await points.earn(who, points=30, why=points.Why.ORDER, once="order")
        taken = await points.take_back(who, points=15, why=points.Why.ORDER_REFUND, once="refund")
        assert taken.entry
        for entry in (given.id, taken.entry.id):
            with pytest.raises(points.CannotReverse) as refused:
                await points.reverse(entry, once="oops")
            assert "refund" in refused.value.say("en")
        assert (await points.balance(who)).balance == 35
