"""Staff give and take points by hand; large sums need a second person, and the first decision counts."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tenants import members, points
from tenants.kit import ids
from tests.make import points as make

if TYPE_CHECKING:
    import uuid

    from tests.conftest import Shop

MEI = points.Person(id=ids.new(), name="Mei")
LEI = points.Person(id=ids.new(), name="Lei")
SHOP = points.Person(id=None, name="till")


async def adjust(who: uuid.UUID, amount: int, once: str = "a", by: points.Person = MEI) -> points.Adjustment:
    return await points.adjust(who, points=amount, reason="Parcel lost", once=once, by=by)


async def balance(acme: Shop) -> int:
    return int(await acme.value("SELECT sum(balance)::bigint FROM __tenant__.points_account") or 0)


async def test_without_a_limit_everything_is_done_at_once_and_once(acme: Shop) -> None:
    async with acme.open():
        who = await make.member(10)
        given, again, taken = await adjust(who, 1_000), await adjust(who, 1_000), await adjust(who, -500, "b")
        with pytest.raises(points.OnceDiffers):
            await adjust(who, 999)
    assert [one.state for one in (given, again, taken)] == ["applied"] * 3
    assert (again.id, again.repeated) == (given.id, True)
    assert await balance(acme) == 510


async def test_nobody_is_taken_more_than_there_is_and_nothing_is_kept(acme: Shop) -> None:
    async with acme.open():
        who = await make.member(10)
        with pytest.raises(points.Insufficient):
            await adjust(who, -11)
    assert await balance(acme) == 10
    assert await acme.rows("SELECT 1 FROM __tenant__.points_adjustment") == []


async def test_nobody_is_given_anything_without_being_a_member(acme: Shop) -> None:
    async with acme.open():
        with pytest.raises(members.MemberUnknown):
            await adjust(ids.new(), 5)
    assert await acme.rows("SELECT 1 FROM __tenant__.points_adjustment") == []


@pytest.mark.parametrize("amount", [101, -101])
async def test_above_the_limit_it_is_proposed_and_moves_nothing(acme: Shop, amount: int) -> None:
    async with acme.open():
        await points.change_policy(adjustment_max=100)
        who = await make.member(500)
        small, large = await adjust(who, amount - (1 if amount > 0 else -1), "small"), await adjust(who, amount)
        await points.reverse(small.entry or ids.new(), once="clear")
    assert (small.state, large.state, large.entry) == ("applied", "proposed", None)
    assert await balance(acme) == 500


async def test_who_proposed_it_never_decides_it_and_neither_does_a_machine(acme: Shop) -> None:
    async with acme.open():
        await points.change_policy(adjustment_max=0)
        made = await adjust(await make.member(), 50)
        for person in (MEI, SHOP):
            with pytest.raises(points.SecondPersonNeeded):
                await points.decide_adjustment(made.id, approve=True, by=person)
        with pytest.raises(points.NoSuchAdjustment):
            await points.decide_adjustment(ids.new(), approve=True, by=LEI)
    assert await balance(acme) == 0
    async with acme.open():
        done = await points.decide_adjustment(made.id, approve=True, by=LEI)
        again = await points.decide_adjustment(made.id, approve=True, by=LEI)
        with pytest.raises(points.AdjustmentDecided):
            await points.decide_adjustment(made.id, approve=False, by=LEI)
    assert (done.state, done.decided_name, again.repeated) == ("approved", "Lei", True)
    assert await balance(acme) == 50


async def test_what_is_refused_moves_nothing(acme: Shop) -> None:
    async with acme.open():
        await points.change_policy(adjustment_max=0)
        made = await adjust(await make.member(), 50)
        done = await points.decide_adjustment(made.id, approve=False, by=LEI)
        waiting = await points.adjustments(state="proposed")
    assert (done.state, done.entry, waiting) == ("refused", None, [])
    assert await balance(acme) == 0


async def test_an_approval_that_cannot_be_carried_out_leaves_the_proposal_open(acme: Shop) -> None:
    async with acme.open():
        await points.change_policy(adjustment_max=0)
        made = await adjust(await make.member(10), -50)
        with pytest.raises(points.Insufficient):
            await points.decide_adjustment(made.id, approve=True, by=LEI)
        assert (await points.find_adjustment(made.id)).state == "proposed"
    assert await balance(acme) == 10


async def test_of_many_who_approve_and_refuse_at_once_one_decides(acme: Shop) -> None:
    async with acme.open():
        await points.change_policy(adjustment_max=0)
        made = await adjust(await make.member(), 50)

    async def decide(number: int) -> points.Adjustment:
        async with acme.open():
            return await points.decide_adjustment(
                made.id, approve=bool(number % 2), by=points.Person(id=ids.new(), name=str(number)))  # fmt: skip

    outcomes = await asyncio.gather(*(decide(number) for number in range(20)), return_exceptions=True)
    assert Counter(type(one).__name__ for one in outcomes) == {"Adjustment": 1, "AdjustmentDecided": 19}
    [one] = [one for one in outcomes if isinstance(one, points.Adjustment)]
    assert await balance(acme) == (50 if one.state == "approved" else 0)
