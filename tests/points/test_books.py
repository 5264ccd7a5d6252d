"""Days are closed, sealed and reported, and what is changed afterwards comes to light."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tenants import members, points
from tenants.kit import clock
from tenants.kit.errors import Invalid
from tenants.points.checks import CHECKS
from tests.make import points as make

if TYPE_CHECKING:
    from tests.conftest import Shop

NOON = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)  # noon in Shanghai
SEALS = next(check for check in CHECKS if check.name == "points.seals_hold")
DAYS = next(check for check in CHECKS if check.name == "points.days_are_what_was_recorded")


SMUGGLE = (
    "INSERT INTO __tenant__.points_entry (id, member, points, why, once, at, recorded_at)"
    " SELECT gen_random_uuid(), member, 1, 'api', 'smuggled', at, recorded_at FROM __tenant__.points_entry LIMIT 1"
)


async def three_days(acme: Shop) -> None:
    """Earned and spent on the first, refunded and pending on the second, lapsed on the third."""
    with clock.at(NOON):
        async with acme.open():
            await points.change_policy(debt_max=1_000)
            who = await make.member(100)
            await make.earned(who, 50, days=2)
            await points.spend(who, points=30, why=points.Why.SPENT, once="till")
    with clock.at(NOON + timedelta(days=1)):
        async with acme.open():
            await points.take_back(who, points=130, why=points.Why.ORDER_REFUND, once="refund")
            await points.earn(
                who, points=70, why=points.Why.ORDER, once="later", active_at=NOON + timedelta(days=9))  # fmt: skip
            other = await make.member(5)
            await make.earned(other, 6, days=1)
    with clock.at(NOON + timedelta(days=2)):
        async with acme.open():
            await points.lapse()


async def close(acme: Shop, *, days: int) -> int:
    with clock.at(NOON + timedelta(days=days)):
        async with acme.open():
            return await points.close_days()


async def test_a_day_is_closed_once_it_is_over_and_only_once(acme: Shop) -> None:
    await three_days(acme)
    assert await close(acme, days=0) == 0
    assert await close(acme, days=2) == 2
    assert await close(acme, days=3) == 1
    assert await close(acme, days=3) == 0
    assert len(await acme.rows("SELECT 1 FROM __tenant__.points_day")) == 3


async def test_the_report_says_what_moved_and_what_is_open_on_each_day(acme: Shop) -> None:
    await three_days(acme)
    await close(acme, days=2)
    with clock.at(NOON + timedelta(days=2)):
        async with acme.open():
            report = await points.liability(first=date(2026, 3, 1), last=date(2026, 3, 31))
    told = [(d.day.day, d.earned, d.spent, d.taken_back, d.expired, d.balance, d.pending, d.debt) for d in report]
    assert told == [
        (1, 150, 30, 0, 0, 120, 0, 0),
        (2, 11, 0, 120, 0, 11, 70, 10),
        (3, 0, 0, 0, 6, 5, 70, 10),
    ]
    assert [day.closed for day in report] == [True, True, False]
    assert report[0].value == Decimal("1.20")


async def test_a_day_reported_while_it_goes_on_is_what_it_is_closed_with(acme: Shop) -> None:
    await three_days(acme)
    with clock.at(NOON + timedelta(days=3)):
        async with acme.open():
            before = await points.liability(first=date(2026, 3, 1), last=date(2026, 3, 3))
            await points.close_days()
            after = await points.liability(first=date(2026, 3, 1), last=date(2026, 3, 3))
    bare = [(d.day, d.earned, d.spent, d.expired, d.balance, d.pending, d.debt, d.value) for d in before]
    assert [(d.day, d.earned, d.spent, d.expired, d.balance, d.pending, d.debt, d.value) for d in after] == bare
    assert [day.closed for day in after] == [True, True, True]


async def test_what_is_told_late_counts_on_the_day_on_which_it_was_told(acme: Shop) -> None:
    await three_days(acme)
    await close(acme, days=3)
    with clock.at(NOON + timedelta(days=3)):
        async with acme.open():
            who = await make.member()
            await points.earn(who, points=9, why=points.Why.API, once="late", at=NOON)
            report = await points.liability(first=date(2026, 3, 1), last=date(2026, 3, 4))
    assert [day.earned for day in report] == [150, 11, 0, 9]
    assert await acme.rows(SEALS.sql) == await acme.rows(DAYS.sql) == []


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE __tenant__.points_entry SET points = points + 1 WHERE once = 'till'",
        "UPDATE __tenant__.points_entry SET at = at + interval '1 hour' WHERE once = 'till'",
        "UPDATE __tenant__.points_entry SET why = 'staff' WHERE once = 'till'",
        "UPDATE __tenant__.points_entry SET once = 'till2' WHERE once = 'till'",
        "UPDATE __tenant__.points_entry SET recorded_at = recorded_at - interval '9 days' WHERE once = 'till'",
        SMUGGLE,
        "UPDATE __tenant__.points_day SET seal = repeat('0', 64) WHERE day = '2026-03-02'",
        "UPDATE __tenant__.points_day SET entries = entries + 1 WHERE day = '2026-03-02'",
    ],
)
async def test_whatever_is_changed_in_a_sealed_day_breaks_its_seal(acme: Shop, damage: str) -> None:
    await three_days(acme)
    await close(acme, days=3)
    assert await acme.rows(SEALS.sql) == await acme.rows(DAYS.sql) == []
    await acme.rows(damage)
    assert [*await acme.rows(SEALS.sql), *await acme.rows(DAYS.sql)] != []
    await acme.rows("DELETE FROM __tenant__.points_day")
    await acme.rows("DELETE FROM __tenant__.points_entry WHERE once = 'smuggled'")
    await acme.rows("UPDATE __tenant__.points_entry SET once = 'till' WHERE once = 'till2'")
    await acme.rows("UPDATE __tenant__.points_entry SET points = -30 WHERE once = 'till'")


@pytest.mark.parametrize("column", ["earned", "spent", "balance", "pending", "debt", "expired"])
async def test_a_figure_that_is_changed_is_found(acme: Shop, column: str) -> None:
    await three_days(acme)
    await close(acme, days=3)
    assert await acme.rows(DAYS.sql) == []
    damage = {
        name: f"UPDATE __tenant__.points_day SET {name} = {name} + 1 WHERE day = '2026-03-02'" for name in (column,)
    }
    await acme.rows(damage[column])
    assert await acme.rows(DAYS.sql) != []
    await acme.rows("DELETE FROM __tenant__.points_day")


async def test_forgetting_a_person_changes_no_seal_and_no_sum(acme: Shop) -> None:
    await three_days(acme)
    with clock.at(NOON + timedelta(days=2)):
        async with acme.open():
            who = await make.member()
            await points.earn(
                who, points=4, why=points.Why.ORDER, once="o", note="for Mei Canary", detail={"order": "Canary"})  # fmt: skip
    await close(acme, days=3)
    before = await acme.rows("SELECT * FROM __tenant__.points_day ORDER BY day")
    async with acme.open():
        await members.erase(who, reason="asked")
    assert await acme.rows("SELECT * FROM __tenant__.points_day ORDER BY day") == before
    assert await acme.rows(SEALS.sql) == []
    assert await acme.rows("SELECT 1 FROM __tenant__.points_entry WHERE note || detail LIKE '%Canary%'") == []


async def test_a_report_is_of_a_year_at_most(acme: Shop) -> None:
    async with acme.open():
        assert await points.liability(first=date(2026, 1, 1), last=date(2026, 12, 31)) == []
        with pytest.raises(Invalid):
            await points.liability(first=date(2025, 1, 1), last=date(2026, 12, 31))
