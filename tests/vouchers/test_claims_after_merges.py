"""Who has taken a voucher under another name has taken it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants import members, vouchers
from tests.make import members as make_members
from tests.make import vouchers as make

if TYPE_CHECKING:
    from tests.conftest import Shop


async def test_a_claim_answers_with_the_voucher_that_came_by_a_merge(acme: Shop) -> None:
    async with acme.open():
        template = await make.voucher_template(claimable=True, per_member_limit=1)
        source, target = await make_members.members_of_count(2)
        first = await vouchers.claim(template, source.id)
        await members.merge(source.id, target.id, once="one person")
        again = await vouchers.claim(template, target.id)
        assert (again.id, again.repeated) == (first.id, True)


async def test_a_claim_still_answers_with_the_first_one_without_a_merge(acme: Shop) -> None:
    async with acme.open():
        template = await make.voucher_template(claimable=True, per_member_limit=1)
        who = (await make_members.member()).id
        first = await vouchers.claim(template, who)
        again = await vouchers.claim(template, who)
        assert (again.id, again.repeated) == (first.id, True)
