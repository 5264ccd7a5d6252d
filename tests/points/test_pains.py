"""What users of other systems suffer from, and what must not happen here (the numbers of the research on rivals)."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tenants import points
from tenants.kit import clock
from tests.make import points as make

if TYPE_CHECKING:
    import uuid

    from tests.conftest import Shop

NOON = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)


async def has(acme: Shop, who: uuid.UUID) -> tuple[int, int]:
    async with acme.open():
        found = await points.balance(who)
    return found.balance, found.debt


async def test_pain_2_ten_tills_at_once_spend_one_balance_once(acme: Shop) -> None:
    async with acme.open():
        who = await make.member(100)

    async def till(number: int) -> points.Entry:
        async with acme.open():
            return await points.spend(who, points=100, why=points.Why.SPENT, once=f"till {number}")

    done = await asyncio.gather(*(till(number) for number in range(10)), return_exceptions=True)
    assert Counter(type(one).__name__ for one in done) == {"Entry": 1, "Insufficient": 9}
    assert await has(acme, who) == (0, 0)


async def test_pain_4_buying_spending_and_returning_again_and_again_gains_nothing(acme: Shop) -> None:
    async with acme.open():
        await points.change_policy(debt_max=1_000_000)
        who = await make.member()
        for round_ in range(5):
            order = await points.earn(who, points=100, why=points.Why.ORDER, once=f"order {round_}")
            has_now = await points.balance(who)
            if has_now.available:
                await points.spend(who, points=has_now.available, why=points.Why.SPENT, once=f"mug {round_}")
            await points.take_back(
                who, points=100, why=points.Why.ORDER_REFUND, once=f"refund {round_}", from_entry=order.id)  # fmt: skip
    # One mug was had for the first hundred; they are owed ever since, and no later round gave another.
    assert await has(acme, who) == (0, 100)
    assert await acme.value("SELECT count(*) FROM __tenant__.points_entry WHERE why = 'spent'") == 1


async def test_pain_4_nothing_can_be_spent_that_may_still_be_refunded(acme: Shop) -> None:
    async with acme.open():
        who = await make.member()
        order = await points.earn(
            who, points=100, why=points.Why.ORDER, once="o", active_at=clock.now() + timedelta(days=14))  # fmt: skip
        [refused] = await points.spend_many([points.Spending(member=who, points=1, why=points.Why.SPENT, once="mug")])
        assert isinstance(refused, points.Insufficient)
        back = await points.take_back(
            who, points=100, why=points.Why.ORDER_REFUND, once="r", from_entry=order.id)  # fmt: skip
    assert (back.taken, back.short) == (100, 0)
    assert await has(acme, who) == (0, 0)


async def test_pain_6_when_earned_points_expire_what_was_spent_of_them_stays_paid(acme: Shop) -> None:
    """Where a balance is the sum of what has not expired, the old debits stay and the balance collapses."""
    with clock.at(NOON):
        async with acme.open():
            who = await make.member()
            await make.earned(who, 100, days=10)
            await points.spend(who, points=60, why=points.Why.SPENT, once="mug")
            await make.earned(who, 30, days=90)
    with clock.at(NOON + timedelta(days=11)):
        async with acme.open():
            await points.lapse()
        assert await has(acme, who) == (30, 0)


async def test_pain_7_what_is_redeemed_is_taken_or_the_redemption_does_not_happen(acme: Shop) -> None:
    async with acme.open():
        who = await make.member(100)
        kept = await points.hold(
            who, points=80, why=points.Why.MALL, once="redemption", ends_at=clock.now() + timedelta(hours=1))  # fmt: skip
        assert (await points.balance(who)).available == 20
        entry = await points.confirm(kept.id)
    assert entry.points == -80
    assert await has(acme, who) == (20, 0)


async def test_pain_8_one_event_told_thirty_times_at_once_counts_once(acme: Shop) -> None:
    async with acme.open():
        who = await make.member(500)

    async def tell(number: int) -> None:
        async with acme.open():
            match number % 3:
                case 0:
                    await points.earn(who, points=100, why=points.Why.ORDER, once="order")
                case 1:
                    await points.spend(who, points=50, why=points.Why.SPENT, once="mug")
                case _:
                    await points.take_back(who, points=30, why=points.Why.ORDER_REFUND, once="refund")

    await asyncio.gather(*(tell(number) for number in range(30)))
    assert await has(acme, who) == (500 + 100 - 50 - 30, 0)
