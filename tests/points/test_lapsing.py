"""What lapses is foretold, told, taken in batches that survive anything, and given back if it was a mistake."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tenants import members, points
from tenants.kit import clock, facts, ids
from tenants.kit.errors import Invalid
from tests.make import points as make

if TYPE_CHECKING:
    import uuid

    from tests.conftest import Shop

NOON = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)  # noon in Shanghai


async def lapse(acme: Shop, days: float, limit: int = 1_000) -> int:
    with clock.at(NOON + timedelta(days=days)):
        async with acme.open():
            return await points.lapse(limit=limit)


async def has(acme: Shop, who: uuid.UUID, days: float = 0) -> tuple[int, datetime | None]:
    with clock.at(NOON + timedelta(days=days)):
        async with acme.open():
            found = await points.balance(who)
    return found.balance, found.expiring_at


async def test_the_statement_says_from_when_the_points_were_that_lapsed(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            who = await make.member()
            await make.earned(who, 5, days=3)
    with clock.at(NOON + timedelta(days=1)):
        async with acme.open():
            await make.earned(who, 7, days=2)
            await make.earned(who, 9, days=5)
    await lapse(acme, 3)
    await lapse(acme, 6)
    async with acme.open():
        lines = await points.statement(who, limit=2)
    assert [(line.entry.points, line.say("en"), line.say("zh")) for line in lines] == [
        (-9, "Expired: earned on 2026-03-02.", "积分到期：于 2026-03-02 获得。"),
        (-12, "Expired: earned from 2026-03-01 to 2026-03-02.", "积分到期：于 2026-03-01 至 2026-03-02 获得。"),
    ]


async def test_batches_are_capped_counted_and_go_on_where_one_was_killed(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            for _ in range(5):
                await make.earned(await make.member(3), 10, days=1)
    assert await lapse(acme, 2, limit=2) == 2
    with clock.at(NOON + timedelta(days=2)):
        with pytest.raises(RuntimeError):
            async with acme.open():
                await points.lapse(limit=2)
                raise RuntimeError("killed before the commit")
        assert await lapse(acme, 2, limit=2) == 2
        assert await lapse(acme, 2, limit=2) == 1
        assert await lapse(acme, 2, limit=2) == 0
        async with acme.open():
            made = await points.batches()
    assert [(one.members, one.lots, one.points) for one in made] == [(1, 1, 10), (2, 2, 20), (2, 2, 20)]
    assert await acme.value("SELECT sum(balance)::bigint FROM __tenant__.points_account") == 15


async def test_batches_at_once_take_each_lot_once(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            for _ in range(10):
                await make.earned(await make.member(1), 10, days=1)
    await asyncio.gather(*(lapse(acme, 2, limit=3) for _ in range(10)))
    while await lapse(acme, 2, limit=3):
        pass
    assert await acme.value("SELECT sum(points)::bigint FROM __tenant__.points_batch") == 100
    assert await acme.value("SELECT sum(balance)::bigint FROM __tenant__.points_account") == 10


async def test_a_batch_is_given_back_once_until_the_date_that_was_named(acme: Shop) -> None:
    until = NOON + timedelta(days=60)
    with clock.at(NOON):
        async with acme.open():
            who = await make.member(3)
            await make.earned(who, 10, days=1)
    await lapse(acme, 2)
    with clock.at(NOON + timedelta(days=9)):
        async with acme.open():
            [batch] = await points.batches()
            done = await points.undo_lapse(batch.id, until=until, by="Mei")
            again = await points.undo_lapse(batch.id, until=until + timedelta(days=9), by="Lei")
            [line, *_] = await points.statement(who)
        assert (done.undone_by, again.undone_by, again.undone_until) == ("Mei", "Mei", until)
        assert (line.entry.points, line.say("en")) == (10, "Expired points were given back, until 2026-04-30.")
        assert await lapse(acme, 9) == 0
    assert await has(acme, who, 9) == (13, until)
    assert await lapse(acme, 61) == 1
    assert await has(acme, who, 61) == (3, None)


async def test_a_batch_cannot_be_given_back_too_late_or_until_yesterday(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            who = await make.member()
            await make.earned(who, 10, days=1)
    await lapse(acme, 2)
    with clock.at(NOON + timedelta(days=40)):
        async with acme.open():
            [batch] = await points.batches()
            with pytest.raises(points.UndoOver):
                await points.undo_lapse(batch.id, until=clock.now() + timedelta(days=1), by="Mei")
            with pytest.raises(Invalid):
                await points.undo_lapse(batch.id, until=clock.now(), by="Mei")
            with pytest.raises(points.NoSuchBatch):
                await points.undo_lapse(ids.new(), until=clock.now() + timedelta(days=1), by="Mei")
    assert await has(acme, who) == (0, None)


async def test_of_many_who_give_a_batch_back_at_once_one_does(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            await make.earned(await make.member(), 10, days=1)
    await lapse(acme, 2)
    async with acme.open():
        [batch] = await points.batches()

    async def undo() -> None:
        with clock.at(NOON + timedelta(days=3)):
            async with acme.open():
                await points.undo_lapse(batch.id, until=NOON + timedelta(days=9), by="Mei")

    await asyncio.gather(*(undo() for _ in range(10)))
    assert await acme.value("SELECT sum(balance)::bigint FROM __tenant__.points_account") == 10


async def test_points_last_as_long_as_their_member_is_active(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            await points.change_policy(expiry="inactivity", inactivity_days=10)
            busy, idle = await make.member(10), await make.member(10)
            await make.earned(busy, 4, days=2)  # what was given a date keeps it
    assert await has(acme, idle) == (10, datetime(2026, 3, 11, 16, tzinfo=UTC))
    with clock.at(NOON + timedelta(days=8)):
        async with acme.open():
            await points.spend(busy, points=1, why=points.Why.SPENT, once="till")
    assert await has(acme, busy, 8) == (9, datetime(2026, 3, 19, 16, tzinfo=UTC))
    await lapse(acme, 12)
    assert await has(acme, idle, 12) == (0, None)
    assert await has(acme, busy, 12) == (9, datetime(2026, 3, 19, 16, tzinfo=UTC))
    await lapse(acme, 20)
    assert await has(acme, busy, 20) == (0, None)


async def test_only_the_chosen_reasons_keep_points_alive(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            await points.change_policy(expiry="inactivity", inactivity_days=10, activity_whys=["order"])
            who = await make.member(10)
    with clock.at(NOON + timedelta(days=5)):
        async with acme.open():
            await points.spend(who, points=1, why=points.Why.SPENT, once="till")
    assert await has(acme, who, 5) == (9, datetime(2026, 3, 11, 16, tzinfo=UTC))
    with clock.at(NOON + timedelta(days=6)):
        async with acme.open():
            await points.earn(who, points=1, why=points.Why.ORDER, once="o")
    assert await has(acme, who, 6) == (10, datetime(2026, 3, 17, 16, tzinfo=UTC))


async def test_the_forecast_says_how_much_of_how_many_on_which_day(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            first, second = await make.member(100), await make.member()
            await make.earned(first, 5, days=1)
            await make.earned(first, 7, days=1)
            await make.earned(second, 9, days=1)
            await make.earned(second, 3, days=30)
            await make.earned(second, 1, days=400)
            told = [(day.day, day.members, day.points) for day in await points.expiring()]
            soon = await points.expiring(days=7)
    assert told == [(date(2026, 3, 2), 2, 21), (date(2026, 3, 31), 1, 3)]
    assert [day.points for day in soon] == [21]


@pytest.mark.parametrize(
    ("policy", "day"),
    [
        (points.Policy(expiry="rolling", validity_months=1, rounding="month"), date(2026, 4, 30)),
        (points.Policy(expiry="calendar", calendar_days=(630,)), date(2026, 6, 30)),
        (points.Policy(expiry="inactivity", inactivity_days=10), date(2026, 3, 11)),
        (points.Policy(expiry="rolling", validity_days=1), date(2026, 3, 6)),
    ],
)
async def test_the_forecast_tries_rules_without_changing_anything(acme: Shop, policy: points.Policy, day: date) -> None:
    with clock.at(NOON):
        async with acme.open():
            await make.member(100)
    with clock.at(NOON + timedelta(days=5)):
        async with acme.open():
            told = await points.expiring(policy=policy)
            assert await points.expiring() == []
            assert (await points.policy()).expiry == "never"
    assert [(one.day, one.members, one.points) for one in told] == [(day, 1, 100)]


async def test_members_are_told_once_for_each_date_within_the_notice(acme: Shop) -> None:
    heard: list[points.WillLapse] = []

    async def hear(fact: points.WillLapse) -> None:
        heard.append(fact)

    facts.on(points.WillLapse)(hear)
    try:
        with clock.at(NOON):
            async with acme.open():
                await points.change_policy(notice_days=7)
                who = await make.member(100)
                await make.earned(who, 5, days=3)
                await make.earned(who, 7, days=3)
                await make.earned(who, 9, days=5)
                await make.earned(who, 11, days=30)
                assert [await points.warn(limit=1), await points.warn(limit=1), await points.warn(limit=1)] == [1, 1, 0]
                await points.change_policy(notice_days=0)
                await make.earned(who, 1, days=4)
                assert await points.warn() == 0
    finally:
        facts._reactions[points.WillLapse].remove(hear)
    told = [(one.points, one.expires_at) for fact in heard for one in fact.notices]
    assert told == [(12, NOON + timedelta(days=3)), (9, NOON + timedelta(days=5))]


@pytest.mark.parametrize("gone", ["erased", "blocked"])
async def test_who_is_blocked_or_gone_is_not_told_that_points_lapse(acme: Shop, gone: str) -> None:
    with clock.at(NOON):
        async with acme.open():
            await points.change_policy(notice_days=7)
            who = await make.member()
            await make.earned(who, 5, days=3)
            if gone == "erased":
                await members.erase(who, reason="asked")
            else:
                await members.block(who)
            assert await points.warn() == 0
