"""Levels are reached at once, held for their term, renewed or lost at its end, and lost at once when undone."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tenants import levels, members
from tenants.kit import ids
from tests.make.levels import looked, on, rank, spent, switched_on
from tests.make.members import member

if TYPE_CHECKING:
    from tests.conftest import Shop


async def test_a_new_shop_has_four_levels_switched_off_and_nobody_has_one(acme: Shop) -> None:
    async with acme.open():
        mei = (await member()).id
        await spent(mei, 30_000)
        assert [level.rank for level in await levels.ladder()] == [1, 2, 3, 4]
        assert await levels.levels_of([mei]) == {}
        assert await levels.multipliers_of([mei]) == {mei: Decimal(1)}


async def test_a_level_is_reached_as_soon_as_enough_has_counted(acme: Shop) -> None:
    await switched_on(acme)
    async with acme.open():
        mei = (await member()).id
        assert await rank(mei) == 1
        await spent(mei, "999.99")
        assert await rank(mei) == 1
        await spent(mei, "0.01")
        assert await rank(mei) == 2
        assert await levels.multipliers_of([mei]) == {mei: Decimal("1.10")}
        await spent(mei, 30_000)
        assert await rank(mei) == 4


async def test_what_counted_before_levels_were_switched_on_counts(acme: Shop) -> None:
    async with acme.open():
        mei = (await member()).id
        await spent(mei, 6_000)
    await switched_on(acme)
    async with acme.open():
        assert await rank(mei) == 3
    [change] = await acme.rows("SELECT why FROM __tenant__.level_change")
    assert change["why"] == "rules_changed"


async def test_the_same_occasion_counts_once_and_with_other_facts_is_refused(acme: Shop) -> None:
    await switched_on(acme)
    async with acme.open():
        mei = (await member()).id
        growth = levels.Growth(member=mei, amount=Decimal(600), kind="spend", once="o/1")
        first, again = await levels.count_many([growth, growth])
        assert (again.id, again.repeated) == (first.id, True)
        with pytest.raises(levels.OnceDiffers):
            await levels.count(levels.Growth(member=mei, amount=Decimal(601), kind="spend", once="o/1"))
        assert await rank(mei) == 1
    assert await acme.value("SELECT sum(amount) FROM __tenant__.growth_entry") == 600


async def test_a_level_is_held_for_its_term_and_then_lost_for_what_is_due(acme: Shop) -> None:
    with on("2026-03-10"):
        await switched_on(acme)
        async with acme.open():
            mei = (await member()).id
            await spent(mei, 5_000)
    with on("2026-09-01"):
        async with acme.open():
            await spent(mei, 1_500)
    with on("2027-03-09"):
        await looked(acme)
        async with acme.open():
            assert await rank(mei) == 3
    with on("2027-03-10"):
        await looked(acme)
        async with acme.open():
            assert await rank(mei) == 2


async def test_a_level_is_renewed_when_its_window_still_adds_up(acme: Shop) -> None:
    with on("2026-03-10"):
        await switched_on(acme)
        async with acme.open():
            mei = (await member()).id
            await spent(mei, 5_000)
    with on("2027-01-20"):
        async with acme.open():
            await spent(mei, 5_000)
    with on("2027-03-10"):
        await looked(acme)
        async with acme.open():
            assert await rank(mei) == 3
    whys = await acme.rows("SELECT why, until::text FROM __tenant__.level_change ORDER BY id")
    assert [row["why"] for row in whys] == ["reached", "renewed"]
    assert whys[1]["until"] == "2028-03-09"


async def test_fifty_counts_at_once_make_one_upgrade(acme: Shop) -> None:
    await switched_on(acme)
    async with acme.open():
        mei = (await member()).id

    async def one() -> None:
        async with acme.open():
            await spent(mei, 20)

    await asyncio.gather(*[one() for _ in range(50)])
    async with acme.open():
        assert await rank(mei) == 2
    assert await acme.value("SELECT count(*) FROM __tenant__.level_change") == 1


async def test_nothing_counts_for_somebody_who_is_not_a_member(acme: Shop) -> None:
    with pytest.raises(members.MemberUnknown):
        async with acme.open():
            await spent(ids.new(), 20)
    assert await acme.value("SELECT count(*) FROM __tenant__.growth_entry") == 0


async def test_batches_that_name_the_same_members_in_other_orders_do_not_wait_in_a_ring(acme: Shop) -> None:
    await switched_on(acme)
    async with acme.open():
        who = [(await member()).id for _ in range(12)]

    async def batch(number: int) -> None:
        turned = who[number:] + who[:number] if number % 2 else who[::-1]
        async with acme.open():
            await levels.count_many(
                [levels.Growth(member=one, amount=100, kind="spend", once=f"{one}/{number}") for one in turned]
            )

    await asyncio.gather(*[batch(number) for number in range(12)])
    async with acme.open():
        assert {await rank(one) for one in who} == {2}
    assert await acme.value("SELECT count(*) FROM __tenant__.level_change") == 12
