"""Time takes points in small batches that can be repeated."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tenants import points
from tenants.kit import clock
from tenants.points import jobs
from tests.make import points as make

if TYPE_CHECKING:
    import pytest

    from tests.conftest import Shop

NOON = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)


async def test_points_past_their_day_are_taken_and_others_stay(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            who = await make.member(10)
            await make.earned(who, 20, days=1)
            await make.earned(who, 40, days=2)
            await points.spend(who, points=5, why=points.Why.SPENT, once="till")
    with clock.at(NOON + timedelta(days=1)):
        async with acme.open():
            assert await points.lapse() == 1
            assert await points.lapse() == 0
            lines = await points.statement(who)
            found = await points.balance(who)
    assert (lines[0].entry.points, lines[0].entry.why, lines[0].balance_after) == (-15, points.Why.EXPIRED, 50)
    assert (found.balance, found.expiring_points) == (50, 40)


async def test_a_lot_to_which_points_come_back_after_its_day_lapses_again(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            who = await make.member()
            await make.earned(who, 20, days=1)
            entry = await points.spend(who, points=5, why=points.Why.SPENT, once="till")
    with clock.at(NOON + timedelta(days=1)):
        async with acme.open():
            await points.lapse()
            await points.reverse(entry.id, once="oops")
            assert await points.lapse() == 1
    assert await acme.value("SELECT balance FROM __tenant__.points_account") == 0


async def test_a_full_batch_asks_to_be_run_again_at_once(acme: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "LAPSE_BATCH", 4)
    with clock.at(NOON):
        async with acme.open():
            for _ in range(2):
                who = await make.member()
                for _ in range(3):
                    await make.earned(who, 10, days=1)
                ends_at = NOON + timedelta(minutes=1)
                await points.hold(who, points=10, why=points.Why.SPENT, once=f"h{who}", ends_at=ends_at)
    with clock.at(NOON + timedelta(days=1)):
        asked = []
        for _ in range(3):
            async with acme.open():
                asked.append(await jobs.lapse.run())
    assert asked == [NOON + timedelta(days=1), None, None]
    assert await acme.value("SELECT sum(balance)::bigint FROM __tenant__.points_account") == 0


async def test_lapsing_is_planned_every_hour() -> None:
    assert jobs.lapse.every is not None
    assert jobs.lapse.every("Asia/Shanghai", NOON) == NOON + timedelta(minutes=5)
