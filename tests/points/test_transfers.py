"""When two members turn out to be one, points go along with their dates, and come back when it was a mistake."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tenants import members, points
from tenants.kit import clock
from tests.make import points as make

if TYPE_CHECKING:
    import uuid

    from tests.conftest import Shop

NOON = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)


async def has(acme: Shop, who: uuid.UUID) -> tuple[int, int, int]:
    async with acme.open():
        found = await points.balance(who)
    return found.balance, found.pending, found.debt


async def lots(acme: Shop, who: uuid.UUID) -> list[tuple[int, datetime | None]]:
    rows = await acme.rows(
        "SELECT remaining, expires_at FROM __tenant__.points_lot WHERE member = $1 AND remaining > 0"
        " ORDER BY expires_at NULLS LAST", who)  # fmt: skip
    return [(row["remaining"], row["expires_at"]) for row in rows]


async def pair(acme: Shop) -> tuple[uuid.UUID, uuid.UUID]:
    """A source with 10 for ever and 20 for nine days, of which 5 are spent, 40 to come; a target with 7."""
    async with acme.open():
        source, target = await make.member(10), await make.member(7)
        await make.earned(source, 20, days=9)
        await points.spend(source, points=5, why=points.Why.SPENT, once="till")
        await points.earn(
            source, points=40, why=points.Why.ORDER, once="o", active_at=clock.now() + timedelta(days=3))  # fmt: skip
    return source, target


async def test_everything_goes_over_with_its_dates_once(acme: Shop) -> None:
    with clock.at(NOON):
        source, target = await pair(acme)
        async with acme.open():
            moved = await points.transfer(source, target, once="m")
            again = await points.transfer(source, target, once="m")
            with pytest.raises(points.OnceDiffers):
                await points.transfer(target, source, once="m")
        assert (moved.points, moved.pending, moved.repeated, again.repeated) == (25, 1, False, True)
        assert await has(acme, source) == (0, 0, 0)
        assert await has(acme, target) == (32, 40, 0)
        assert await lots(acme, target) == [(15, NOON + timedelta(days=9)), (7, None), (10, None)] or await lots(
            acme, target
        ) == [(15, NOON + timedelta(days=9)), (10, None), (7, None)]


async def test_it_comes_back_as_it_was(acme: Shop) -> None:
    with clock.at(NOON):
        source, target = await pair(acme)
        before = await lots(acme, source)
        async with acme.open():
            await points.transfer(source, target, once="m")
            assert await points.transfer_back(once="m") == 25
            assert await points.transfer_back(once="m") == 25
            assert await points.transfer_back(once="never") == 0
        assert await lots(acme, source) == before
        assert await has(acme, source) == (25, 40, 0)
        assert await has(acme, target) == (7, 0, 0)


async def test_what_was_spent_meanwhile_stays_spent(acme: Shop) -> None:
    with clock.at(NOON):
        source, target = await pair(acme)
        async with acme.open():
            await points.transfer(source, target, once="m")
            await points.spend(target, points=12, why=points.Why.SPENT, once="mug")
            assert await points.transfer_back(once="m") == 13
        assert await lots(acme, source) == [(3, NOON + timedelta(days=9)), (10, None)]
        assert await has(acme, target) == (7, 0, 0)


async def test_what_became_active_meanwhile_comes_back_too(acme: Shop) -> None:
    with clock.at(NOON):
        source, target = await pair(acme)
        async with acme.open():
            await points.transfer(source, target, once="m")
    with clock.at(NOON + timedelta(days=3)):
        async with acme.open():
            await points.activate()
            assert await points.transfer_back(once="m") == 65
        assert await has(acme, source) == (65, 0, 0)
        assert await has(acme, target) == (7, 0, 0)


async def test_debt_goes_over_is_paid_and_the_rest_comes_back(acme: Shop) -> None:
    async with acme.open():
        await points.change_policy(debt_max=100)
        source, target = await make.member(1), await make.member(7)
        await points.take_back(source, points=51, why=points.Why.ORDER_REFUND, once="r")
        await points.transfer(source, target, once="m")
    assert await has(acme, source) == (0, 0, 0)
    assert await has(acme, target) == (0, 0, 43)
    async with acme.open():
        await points.transfer_back(once="m")
    assert await has(acme, source) == (0, 0, 43)


async def test_a_refund_after_the_merge_takes_the_points_of_its_order_first(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            source, target = await make.member(), await make.member()
            await make.earned(target, 5, days=1)
            order = await make.earned(source, 30)
            await points.transfer(source, target, once="m")
            await points.take_back(
                target, points=20, why=points.Why.ORDER_REFUND, once="r", from_entry=order.id)  # fmt: skip
        assert await lots(acme, target) == [(5, NOON + timedelta(days=1)), (10, None)]


async def test_a_hold_of_the_one_who_was_merged_is_spent_or_follows(acme: Shop) -> None:
    async with acme.open():
        source, target = await make.member(30), await make.member()
        ends_at = clock.now() + timedelta(hours=1)
        holds = [
            await points.hold(source, points=10, why=points.Why.SPENT, once=f"h{n}", ends_at=ends_at) for n in range(2)
        ]  # fmt: skip
        await points.transfer(source, target, once="m")
        await points.confirm(holds[0].id)
        await points.release(holds[1].id)
    assert await has(acme, source) == (0, 0, 0)
    assert await has(acme, target) == (20, 0, 0)


async def test_what_comes_late_follows(acme: Shop) -> None:
    async with acme.open():
        source, target = await make.member(), await make.member()
        await points.transfer(source, target, once="m")
        await make.earned(source, 9)
        assert await points.pass_on() == 1
        assert await points.pass_on() == 0
    assert await has(acme, target) == (9, 0, 0)


async def test_a_merge_takes_points_along_and_the_statement_tells_both_histories(acme: Shop) -> None:
    async with acme.open():
        source, target = await make.member(100), await make.member(7)
        await points.spend(source, points=40, why=points.Why.SPENT, once="till")
        merged = await members.merge(source, target, once="dup")
        lines = await points.statement(target)
        with pytest.raises(members.MemberMerged):
            await points.spend(source, points=1, why=points.Why.SPENT, once="old till")
    assert await has(acme, target) == (67, 0, 0)
    assert [(line.entry.points, line.balance_after) for line in lines[2:]] == [(-40, 67), (7, 107), (100, 100)]
    assert sorted(line.entry.points for line in lines[:2]) == [-60, 60]
    assert lines[0].balance_after == 67
    async with acme.open():
        await members.unmerge(merged.id)
        assert len(await points.statement(source)) == 4
    assert await has(acme, source) == (60, 0, 0)
    assert await has(acme, target) == (7, 0, 0)
