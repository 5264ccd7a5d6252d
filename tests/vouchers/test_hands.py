"""Vouchers that change hands: handed on, merged and unmerged with their members; and members who are forgotten."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tenants import members, vouchers
from tenants.kit.errors import DomainError
from tenants.tenancy import DB
from tests.make import vouchers as make
from tests.vouchers.books import balanced

if TYPE_CHECKING:
    import uuid

    from tests.conftest import Shop

ORDER = vouchers.Basket(Decimal("100.00"))


async def test_a_voucher_is_handed_on_once_where_its_template_allows_it(acme: Shop) -> None:
    async with acme.open():
        giver, taker, third = [await make.shopper() for _ in range(3)]
        template = await make.voucher_template(transferable=True, per_member_limit=1, claimable=True)
        issued = await vouchers.claim(template, giver)
        fixed = await make.voucher(giver)
        assert await vouchers.hand_on(issued.id, giver=giver, taker=taker)
        assert not await vouchers.hand_on(issued.id, giver=giver, taker=taker)
        for voucher, source, target in ((issued, taker, third), (fixed, giver, taker), (issued, giver, third)):
            with pytest.raises(DomainError):
                await vouchers.hand_on(voucher.id, giver=source, taker=target)
        again = await vouchers.claim(template, giver)  # what was handed on is no place for another
        assert again.repeated
        own = await vouchers.claim(template, taker)  # and takes none from the taker
        with pytest.raises(vouchers.VoucherUnknown):
            await vouchers.validate(issued.id, ORDER, member_id=giver)
        assert (await vouchers.validate(issued.id, ORDER, member_id=taker)).valid
    assert not own.repeated
    events = await acme.rows("SELECT kind FROM __tenant__.voucher_event WHERE voucher = $1 ORDER BY id", issued.id)
    assert [row["kind"] for row in events] == ["issued", "handed_on"]
    await balanced(acme)


async def test_handed_to_ten_at_once_it_comes_to_one(acme: Shop) -> None:
    async with acme.open():
        giver, *takers = [await make.shopper() for _ in range(11)]
        issued = await make.voucher(giver, transferable=True)

    async def hand(taker: uuid.UUID) -> bool:
        try:
            async with acme.open():
                return await vouchers.hand_on(issued.id, giver=giver, taker=taker)
        except DomainError:
            return False

    assert sum(await asyncio.gather(*(hand(taker) for taker in takers))) == 1
    assert await acme.value("SELECT count(*) FROM __tenant__.voucher_event WHERE kind = 'handed_on'") == 1
    await balanced(acme)


async def test_a_reserved_or_outside_voucher_is_not_handed_on(acme: Shop) -> None:
    async with acme.open():
        giver, taker = await make.shopper(), await make.shopper()
        reserved = await make.voucher(giver, transferable=True)
        await vouchers.reserve(reserved.id, ORDER, order_reference="A")
        pool = await make.voucher_template(kind="external", given_en="Red packet", transferable=True)
        await vouchers.bring_in(pool, b"R-1\n")
        outside = await make.voucher(giver, pool)
        for voucher in (reserved, outside):
            with pytest.raises(vouchers.NotTransferable):
                await vouchers.hand_on(voucher.id, giver=giver, taker=taker)


async def held(shop: Shop, member: uuid.UUID) -> int:
    found = await shop.value("SELECT sum(issued)::int FROM __tenant__.voucher_holding WHERE member = $1", member)
    return found or 0


async def test_a_merge_moves_vouchers_adds_the_limits_up_and_can_be_undone(acme: Shop) -> None:
    async with acme.open():
        source, target = [(await members.create({"name": name})).id for name in ("Ann", "Anne")]
        template = await make.voucher_template(transferable=True, member_daily_limit=4, per_member_limit=4)
        mine = [await make.voucher(source, template) for _ in range(2)]
        theirs = await make.voucher(target, template)
        await vouchers.hand_on(mine[0].id, giver=source, taker=target)
        kept = await vouchers.reserve(mine[1].id, ORDER, order_reference="A")
        merge = await members.merge(source, target, once="m1")
    await balanced(acme)
    assert await acme.value("SELECT count(*) FROM __tenant__.voucher WHERE member = $1", target) == 3
    assert (await held(acme, source), await held(acme, target)) == (0, 3)
    async with acme.open():
        await vouchers.confirm(kept.id)
        await make.voucher(target, template)
        with pytest.raises(vouchers.LimitReached):
            await make.voucher(target, template)
        await members.unmerge(merge.id)
    await balanced(acme)
    rows = await acme.rows("SELECT id, member, handed_on_from FROM __tenant__.voucher")
    found = {row["id"]: (row["member"], row["handed_on_from"]) for row in rows}
    assert found[mine[0].id] == (target, source)
    assert found[mine[1].id] == (source, None)
    assert found[theirs.id] == (target, None)
    assert (await held(acme, source), await held(acme, target)) == (2, 2)


async def test_of_a_member_who_is_forgotten_the_sums_stay_and_the_words_go(acme: Shop) -> None:
    async with acme.open():
        member = (await members.create({"name": "Canary Bird"})).id
        template = await make.voucher_template()
        issued = await vouchers.issue(template, member, why="api", once="api/canary-birds-complaint")
        other = await make.voucher(member, template)
        await vouchers.confirm((await vouchers.reserve(issued.id, ORDER, order_reference="A")).id)
        await vouchers.revoke(other.id, reason="Canary was rude")
        before = await DB.fetchrow("SELECT issued, used, spent, promised FROM __tenant__.voucher_stock")
        await members.erase(member, reason="asked")
    after = await acme.rows("SELECT issued, used, spent, promised FROM __tenant__.voucher_stock")
    assert after == [dict(before)]
    left = await acme.rows("SELECT v::text || e::text AS row FROM __tenant__.voucher v, __tenant__.voucher_event e")
    assert not [row for row in left if "anary" in row["row"]]
    await balanced(acme)
