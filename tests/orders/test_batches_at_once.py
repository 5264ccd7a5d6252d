"""Batches that touch the same members in other orders, and members who become one meanwhile: nobody waits in a ring."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Literal

import pytest

from tenants import levels, members, orders
from tests.make import points as make
from tests.make.orders import event

if TYPE_CHECKING:
    import uuid

    from tests.conftest import Shop


async def take_in(acme: Shop, *told: dict[str, Any]) -> None:
    async with acme.open():
        for answer in await orders.take_in_many([event(**one) for one in told]):
            assert isinstance(answer, orders.Taken)


@pytest.mark.parametrize("basis", ["spend", "points"])
async def test_batches_that_give_and_take_back_crosswise_do_not_wait_in_a_ring(
    acme: Shop, basis: Literal["spend", "points"]
) -> None:
    async with acme.open():
        await levels.change_policy(active=True, basis=basis)
        first, second = sorted([await make.member(), await make.member()])
    for turn in range(15):
        await take_in(acme, {"of": f"a{turn}", "by": first}, {"of": f"b{turn}", "by": second})
        await asyncio.gather(
            take_in(
                acme,
                {"kind": "refunded", "amount": "50.00", "of": f"b{turn}", "by": second},
                {"of": f"c{turn}", "by": first},
            ),
            take_in(
                acme,
                {"kind": "refunded", "amount": "50.00", "of": f"a{turn}", "by": first},
                {"of": f"d{turn}", "by": second},
            ),
        )


async def test_members_become_one_while_their_orders_come_in(acme: Shop) -> None:
    async def pair() -> tuple[uuid.UUID, uuid.UUID]:
        async with acme.open():
            return await make.member(10), await make.member(10)

    for turn in range(10):
        source, target = await pair()
        await take_in(acme, {"of": f"s{turn}", "by": source}, {"of": f"t{turn}", "by": target})

        async def merge(source: uuid.UUID = source, target: uuid.UUID = target, turn: int = turn) -> None:
            async with acme.open():
                await members.merge(source, target, once=f"m{turn}")

        await asyncio.gather(
            merge(),
            take_in(acme, {"kind": "refunded", "amount": "10.00", "of": f"s{turn}", "by": source}),
            take_in(acme, {"of": f"n{turn}", "by": source}),
        )
        assert await acme.value("SELECT count(*) FROM __tenant__.shop_order WHERE member = $1", source) == 0
        assert await acme.value(
            "SELECT sum(points_given)::int FROM __tenant__.shop_order WHERE member = $1", target) == 290  # fmt: skip


async def test_an_order_that_comes_in_while_its_member_is_merged_is_the_survivors(acme: Shop) -> None:
    async with acme.open():
        source, target = await make.member(), await make.member()
    merging, going_on = asyncio.Event(), asyncio.Event()

    async def merge() -> None:
        async with acme.open():
            await members.merge(source, target, once="m")
            merging.set()
            await going_on.wait()

    async def order() -> None:
        await merging.wait()
        asyncio.get_running_loop().call_later(0.2, going_on.set)
        await take_in(acme, {"by": source})

    await asyncio.gather(merge(), order())
    assert await acme.value("SELECT member FROM __tenant__.shop_order") == target
    assert await acme.value("SELECT balance FROM __tenant__.points_account WHERE member = $1", target) == 100
