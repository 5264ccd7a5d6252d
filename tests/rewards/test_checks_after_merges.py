"""What was granted to one of two members who are one is still found in the books."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants import members, points, rewards
from tenants.tenancy import doctor
from tests.make import members as make_members
from tests.make import vouchers as make_vouchers

if TYPE_CHECKING:
    from tests.conftest import Shop


async def test_pending_points_and_vouchers_of_a_grant_go_along_and_the_doctor_is_content(acme: Shop) -> None:
    async with acme.open():
        await points.change_policy(activation_days=2)
        source, target, third = await make_members.members_of_count(3)
        reward = rewards.Reward(points=5, voucher_template=await make_vouchers.voucher_template())
        await rewards.grant_many(
            [rewards.Granting(member=source.id, reward=reward, why=rewards.Why.CHECK_IN, once="visit")]
        )
        first = await members.merge(source.id, target.id, once="one")
        assert await doctor.examine() == []
        second = await members.merge(target.id, third.id, once="two")
        assert await doctor.examine() == []
        await members.unmerge(second.id)
        await members.unmerge(first.id)
        assert await doctor.examine() == []
