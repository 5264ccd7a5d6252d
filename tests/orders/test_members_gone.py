"""Orders of members who are blocked, erased or merged: the batch goes through, and the books are right."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tenants import levels, members, orders, rewards
from tenants.rewards.rules import level_gifts
from tests.make import points as make
from tests.make.orders import event
from tests.make.vouchers import voucher_template
from tests.orders.test_after_merging import sound

if TYPE_CHECKING:
    from tests.conftest import Shop


async def test_one_batch_of_all_kinds_of_members_goes_through(acme: Shop) -> None:
    async with acme.open():
        await levels.change_policy(active=True)
        level = (await levels.ladder())[1].id
        await rewards.set_gift(level, occasion="reached", points=9, voucher_template=await voucher_template())
    async with acme.open():
        erased, blocked, source, target, plain = [await make.member() for _ in range(5)]
        every = {"e": erased, "b": blocked, "s": source, "p": plain}
        await orders.take_in_many([event(by=one, of=name) for name, one in every.items()])
        await members.erase(erased, reason="asked")
        await members.block(blocked)
        await members.merge(source, target, once="m")
    stories: tuple[tuple[orders.Kind, str], ...] = (
        ("completed", "1200.00"),
        ("refunded", "50.00"),
        ("refunded", "150.00"),
    )
    for kind, amount in stories:
        async with acme.open():
            told = [
                event(kind, amount, by=one, of=f"{name}{more}", reference=f"{kind}-{amount}")
                for name, one in every.items() for more in ("", "2")
            ]  # fmt: skip
            answers = await orders.take_in_many(told)
        assert all(isinstance(one, orders.Taken) for one in answers), answers
        await sound(acme)
    async with acme.open():
        while await level_gifts.give_due():
            pass
    assert await acme.value("SELECT sum(spend) FROM __tenant__.buyer_totals") == Decimal(8 * 1000)
    await sound(acme)
