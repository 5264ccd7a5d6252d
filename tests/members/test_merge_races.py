"""What is given to a member while they are being merged is the other's, or is refused; it never stays with nobody."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from tenants import mall, members, points, rewards, vouchers
from tenants.kit.errors import DomainError
from tests.make import mall as make_mall
from tests.make import members as make
from tests.make import vouchers as make_vouchers

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from uuid import UUID

    from tests.conftest import Shop

    Verb = Callable[[UUID, UUID], Awaitable[Any]]


async def _issue(member: UUID, thing: UUID) -> Any:
    return await vouchers.issue(thing, member, why="api", once="one")


async def _earn(member: UUID, thing: UUID) -> Any:
    del thing
    return await points.earn(member, points=5, why=points.Why.API, once="one")


async def _reward(member: UUID, thing: UUID) -> Any:
    return await rewards.grant(
        member, rewards.Reward(points=3, voucher_template=thing), why=rewards.Why.CAMPAIGN, once="one"
    )


async def _redeem(member: UUID, thing: UUID) -> Any:
    return await mall.redeem(member, thing, once="one", address=make_mall.ADDRESS)


async def _address(member: UUID, thing: UUID) -> Any:
    del thing
    return await members.add_address(member, recipient="Li", street="1 Road")


async def _hand_on(member: UUID, thing: UUID) -> Any:
    giver = (await make.member()).id
    issued = await vouchers.issue(thing, giver, why="api", once="one")
    return await vouchers.hand_on(issued.id, giver=giver, taker=member)


VERBS: dict[str, tuple[Verb, str]] = {
    "voucher": (_issue, "voucher"),
    "handed on": (_hand_on, "voucher"),
    "points": (_earn, "points_entry"),
    "reward": (_reward, "reward_grant"),
    "mall": (_redeem, "mall_redemption"),
    "address": (_address, "member_address"),
}


@pytest.mark.parametrize("name", VERBS)
async def test_what_comes_during_a_merge_does_not_stay_with_who_is_merged(acme: Shop, name: str) -> None:
    verb, table = VERBS[name]
    async with acme.open():
        source, target = (await make.member()).id, (await make.member()).id
        thing = await (
            make_mall.item(points=0, cash=make_mall.money("1"))
            if name == "mall"
            else make_vouchers.voucher_template(transferable=True)
        )
    merged, go_on = asyncio.Event(), asyncio.Event()

    async def merge() -> None:
        async with acme.open():
            await members.merge(source, target, once="m")
            merged.set()
            await go_on.wait()

    async def give() -> None:
        await merged.wait()
        asyncio.get_running_loop().call_later(0.3, go_on.set)  # by then it waits, or has been refused
        try:
            async with acme.open():
                await verb(source, thing)
        except DomainError:
            return

    await asyncio.gather(merge(), give())
    if name == "points":  # these may come late: what has, follows within the hour
        async with acme.open():
            await points.pass_on()
        assert await acme.value("SELECT sum(points) FROM __tenant__.points_entry WHERE member = $1", source) == 0
        return
    assert await acme.value(f"SELECT count(*) FROM __tenant__.{table} WHERE member = $1", source) == 0


async def test_one_occasion_merges_one_pair_whoever_else_is_merged_by_it_at_the_same_moment(acme: Shop) -> None:
    async with acme.open():
        first, second, third, fourth = [member.id for member in await make.members_of_count(4)]
    merged, go_on = asyncio.Event(), asyncio.Event()

    async def one() -> None:
        async with acme.open():
            await members.merge(first, second, once="m")
            merged.set()
            await go_on.wait()

    async def other() -> None:
        await merged.wait()
        asyncio.get_running_loop().call_later(0.3, go_on.set)
        with pytest.raises(members.MergeOnceDiffers):
            async with acme.open():
                await members.merge(third, fourth, once="m")

    await asyncio.gather(one(), other())
    assert await acme.value("SELECT count(*) FROM __tenant__.member WHERE state = 'merged'") == 1
