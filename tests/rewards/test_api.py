"""What a member was given can be seen, by that member and by the shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants import rewards
from tenants.kit import ids
from tests.make import points as make
from tests.make.vouchers import voucher_template

if TYPE_CHECKING:
    from tests.conftest import Shop


async def test_a_member_sees_rewards_with_their_reasons_in_their_language(acme: Shop) -> None:
    async with acme.open():
        who, other = await make.member(), await make.member()
        out = rewards.Reward(points=7, voucher_template=await voucher_template(stock=0))
        both = rewards.Reward(points=5, voucher_template=await voucher_template())
        await rewards.grant(who, both, why=rewards.Why.WELCOME, once="a")
        await rewards.grant(who, out, why=rewards.Why.BIRTHDAY, once="b", when_out="points_only")
        await rewards.grant(other, both, why=rewards.Why.WELCOME, once="c")
    phone = acme.member(who, **{"Accept-Language": "zh"})
    reply = await phone.get("/v1/me/rewards")
    assert reply.status_code == 200
    birthday, welcome = reply.json()["data"]
    assert (birthday["reason"], birthday["voucher_missing"], birthday["voucher"]) == ("生日礼物。", True, None)
    assert (welcome["reason"], welcome["points"], welcome["voucher_missing"]) == ("新会员礼物。", 5, False)
    assert welcome["voucher"].startswith("vch_")
    backend = await acme.server().get(f"/v1/members/{ids.show('mem', who)}/rewards")
    assert [one["id"] for one in backend.json()["data"]] == [birthday["id"], welcome["id"]]


async def test_pages_follow_each_other_and_belong_to_one_member(acme: Shop) -> None:
    async with acme.open():
        who, other = await make.member(), await make.member()
        for number in range(5):
            await rewards.grant(who, rewards.Reward(points=1), why=rewards.Why.API, once=f"a{number}")
    phone = acme.member(who)
    first = (await phone.get("/v1/me/rewards", params={"limit": 3})).json()
    second = (await phone.get("/v1/me/rewards", params={"limit": 3, "cursor": first["next_cursor"]})).json()
    assert (len(first["data"]), first["has_more"], len(second["data"]), second["has_more"]) == (3, True, 2, False)
    assert len({one["id"] for one in first["data"] + second["data"]}) == 5
    foreign = await acme.member(other).get("/v1/me/rewards", params={"cursor": first["next_cursor"]})
    assert (foreign.status_code, foreign.json()["code"]) == (400, "invalid")


async def test_rewards_of_another_shop_are_not_found(acme: Shop, rival: Shop) -> None:
    async with rival.open():
        stranger = await make.member()
        await rewards.grant(stranger, rewards.Reward(points=1), why=rewards.Why.API, once="a")
    reply = await acme.server().get(f"/v1/members/{ids.show('mem', stranger)}/rewards")
    assert (reply.status_code, reply.json()["code"]) == (404, "member.unknown")
    assert (await acme.member(stranger).get("/v1/me/rewards")).json()["code"] == "member.unknown"
    assert (await acme.client().get("/v1/me/rewards")).status_code == 401


async def test_a_limit_outside_its_range_is_refused(acme: Shop) -> None:
    async with acme.open():
        who = await make.member()
    for limit in ("0", "101", "x", str(2**63)):
        reply = await acme.member(who).get("/v1/me/rewards", params={"limit": limit})
        assert reply.status_code == 400, limit
