"""What levels give is given once, by a job, and on birthdays in place of the shop's own gift."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tenants import levels, members, points, rewards
from tenants.kit import ids
from tenants.kit.errors import Invalid
from tenants.outreach.rules import gifts as birthday
from tenants.outreach.rules.planning import Occasion
from tenants.outreach.rules.programmes import change_programme
from tenants.rewards.rules import level_gifts
from tests.make import points as make
from tests.make.levels import looked, on, rank, spent, switched_on
from tests.make.vouchers import voucher_template

if TYPE_CHECKING:
    import uuid

    from tests.conftest import Shop


async def silver(acme: Shop) -> uuid.UUID:
    async with acme.open():
        return (await levels.ladder())[1].id


async def given(acme: Shop) -> None:
    """The job, until nothing is due."""
    more = True
    while more:
        async with acme.open():
            more = await level_gifts.give_due(limit=2)


async def test_fifty_counts_at_once_make_one_upgrade_and_one_gift(acme: Shop) -> None:
    await switched_on(acme)
    level = await silver(acme)
    async with acme.open():
        await rewards.set_gift(level, occasion="reached", points=200, voucher_template=await voucher_template())
        who = await make.member()

    async def one() -> None:
        async with acme.open():
            await spent(who, 25)

    await asyncio.gather(*[one() for _ in range(50)])
    await asyncio.gather(*[given(acme) for _ in range(5)])
    assert await acme.value("SELECT count(*) FROM __tenant__.level_change") == 1
    [grant] = await acme.rows("SELECT member, points, why, voucher FROM __tenant__.reward_grant")
    assert (grant["member"], grant["points"], grant["why"]) == (who, 200, "level")
    assert grant["voucher"] is not None
    async with acme.open():
        [line] = await points.statement(who)
        assert line.entry.points == 200


@pytest.mark.parametrize(("again", "gifts"), [(False, 1), (True, 2)])
async def test_a_level_that_is_reached_again_gives_again_only_where_the_shop_says_so(
    acme: Shop, *, again: bool, gifts: int
) -> None:
    await switched_on(acme)
    level = await silver(acme)
    with on("2026-03-10"):
        async with acme.open():
            await rewards.set_gift(level, occasion="reached", points=200, again=again)
            who = await make.member()
            await spent(who, 1_000)
    with on("2027-03-10"):
        await looked(acme)
        async with acme.open():
            assert await rank(who) == 1
            await spent(who, 1_000)
            assert await rank(who) == 2
    await given(acme)
    assert await acme.value("SELECT count(*) FROM __tenant__.reward_grant") == gifts


async def test_a_level_that_staff_or_new_rules_gave_gives_nothing(acme: Shop) -> None:
    level = await silver(acme)
    async with acme.open():
        await rewards.set_gift(level, occasion="reached", points=200)
        by_rules, by_hand = await make.member(), await make.member()
        await spent(by_rules, 1_000)
    await switched_on(acme)
    async with acme.open():
        await levels.set_level(by_hand, level=level, until=None, reason="A friend of the house")
        assert (await rank(by_rules), await rank(by_hand)) == (2, 2)
    await given(acme)
    assert await acme.value("SELECT count(*) FROM __tenant__.reward_grant") == 0


async def test_a_gift_without_a_voucher_left_gives_the_points(acme: Shop) -> None:
    await switched_on(acme)
    level = await silver(acme)
    async with acme.open():
        template = await voucher_template(stock=0)
        await rewards.set_gift(level, occasion="reached", points=5, voucher_template=template)
        await spent(await make.member(), 1_000)
    await given(acme)
    [grant] = await acme.rows("SELECT points, voucher_refused FROM __tenant__.reward_grant")
    assert grant == {"points": 5, "voucher_refused": "voucher.out_of_stock"}


async def test_one_person_with_two_accounts_is_given_a_levels_gift_once(acme: Shop) -> None:
    """Pain 15: what a merged account had is neither lost nor given twice."""
    await switched_on(acme)
    level = await silver(acme)
    with on("2026-03-10"):
        async with acme.open():
            await rewards.set_gift(level, occasion="reached", points=200)
            source, target = await make.member(), await make.member()
            await spent(source, 1_000)
        await given(acme)
        async with acme.open():
            merge = await members.merge(source, target, once="m1")
            assert await rank(target) == 2
            await spent(target, 4_500)
        await given(acme)
        async with acme.open():
            assert await rank(target) == 3
        assert await acme.value("SELECT count(*) FROM __tenant__.reward_grant") == 1
        async with acme.open():
            await members.unmerge(merge.id)
            assert (await rank(source), await rank(target)) == (2, 2)
        await given(acme)
    assert await acme.value("SELECT count(*) FROM __tenant__.reward_grant WHERE member = $1", source) == 1


async def test_a_gift_is_points_or_a_voucher_of_a_level_that_is_there(acme: Shop) -> None:
    level = await silver(acme)
    async with acme.open():
        for occasion, amount in [("reached", 0), ("reached", -1), ("reached", 1_000_001), ("easter", 5)]:
            with pytest.raises(Invalid):
                await rewards.set_gift(level, occasion=occasion, points=amount)
        with pytest.raises(levels.LevelUnknown):
            await rewards.set_gift(ids.new(), occasion="reached", points=5)
        with pytest.raises(rewards.GiftUnknown):
            await rewards.remove_gift(level, occasion="reached")
        assert await rewards.gifts() == []


async def test_growth_is_a_reward_that_counts_once(acme: Shop) -> None:
    await switched_on(acme, basis="growth")
    async with acme.open():
        who = await make.member()
        for _ in range(2):
            await rewards.grant(who, rewards.Reward(growth=1_000), why=rewards.Why.CAMPAIGN, once="quest/1")
        assert await rank(who) == 2
        with pytest.raises(rewards.OnceDiffers):
            await rewards.grant(who, rewards.Reward(growth=2_000), why=rewards.Why.CAMPAIGN, once="quest/1")
    assert await acme.value("SELECT sum(amount) FROM __tenant__.growth_entry") == 1_000


async def test_a_birthday_gives_what_the_level_gives_in_place_of_the_programmes_gift(acme: Shop) -> None:
    await switched_on(acme)
    level = await silver(acme)
    async with acme.open():
        await rewards.set_gift(level, occasion="birthday", points=300)
        plain, better = await make.member(), await make.member()
        await spent(better, 1_000)
        programme = await change_programme("birthday", gift_points=50)
        await birthday.give(programme, [Occasion(one, "2026", date(2026, 5, 20)) for one in (plain, better)])
    rows = await acme.rows("SELECT member, points FROM __tenant__.reward_grant WHERE why = 'birthday'")
    assert {row["member"]: row["points"] for row in rows} == {plain: 50, better: 300}


async def test_a_birthday_gives_what_the_level_gives_also_where_the_programme_gives_nothing(acme: Shop) -> None:
    await switched_on(acme)
    level = await silver(acme)
    async with acme.open():
        await rewards.set_gift(level, occasion="birthday", points=300)
        plain, better = await make.member(), await make.member()
        await spent(better, 1_000)
        programme = await change_programme("birthday", gift_points=0)
        await birthday.give(programme, [Occasion(one, "2026", date(2026, 5, 20)) for one in (plain, better)])
    rows = await acme.rows("SELECT member, points FROM __tenant__.reward_grant")
    assert [(row["member"], row["points"]) for row in rows] == [(better, 300)]


@pytest.mark.parametrize("gone", ["erased", "blocked", "merged"])
async def test_a_member_who_is_gone_keeps_nobody_waiting_for_their_gift(acme: Shop, gone: str) -> None:
    await switched_on(acme)
    level = await silver(acme)
    async with acme.open():
        template = await voucher_template()
        await rewards.set_gift(level, occasion="reached", points=200, voucher_template=template)
        who, other, third = await make.member(), await make.member(), await make.member()
        for one in (who, other, third):
            await spent(one, 1_000)
        if gone == "erased":
            await members.erase(who, reason="asked")
        elif gone == "blocked":
            await members.block(who)
        else:
            await members.merge(who, third, once="m1")  # both are due the gift: the one person gets it once
    await given(acme)
    rows = await acme.rows("SELECT member, points, voucher FROM __tenant__.reward_grant")
    assert {row["member"] for row in rows if row["points"] and row["voucher"]} == {other, third}
    assert not await acme.value("SELECT count(*) FROM __tenant__.level_gift_given WHERE reward IS NULL AND member <> $1",
                                who)  # fmt: skip


async def test_buying_and_sending_back_gives_a_levels_gift_once(acme: Shop) -> None:
    """Where a gift is given again after a drop, what was refunded is no drop."""
    await switched_on(acme)
    level = await silver(acme)
    async with acme.open():
        await rewards.set_gift(level, occasion="reached", points=200, again=True)
        who = await make.member()
        for _ in range(3):
            await spent(who, 1_000)
            assert await rank(who) == 2
            await spent(who, -1_000)
            assert await rank(who) == 1
    await given(acme)
    assert await acme.value("SELECT count(*) FROM __tenant__.reward_grant") <= 1


async def test_a_level_that_is_taken_back_before_its_gift_was_given_gives_nothing_until_it_is_reached(
    acme: Shop,
) -> None:
    await switched_on(acme)
    level = await silver(acme)
    async with acme.open():
        await rewards.set_gift(level, occasion="reached", points=200)
        who = await make.member()
        await spent(who, 1_000)
        await spent(who, -1_000)
    await given(acme)
    assert await acme.value("SELECT count(*) FROM __tenant__.reward_grant") == 0
    async with acme.open():
        await spent(who, 1_000)
    await given(acme)
    assert await acme.value("SELECT count(*) FROM __tenant__.reward_grant") == 1
