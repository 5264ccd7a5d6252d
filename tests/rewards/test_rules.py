"""Everything that is given goes out through one door, once for its reason."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tenants import members, points, rewards, vouchers
from tenants.kit import clock, facts, ids
from tenants.kit.errors import Invalid
from tenants.tenancy import DB
from tests.make import points as make
from tests.make.vouchers import voucher_template

if TYPE_CHECKING:
    import uuid

    from tests.conftest import Shop

WELCOME = rewards.Why.WELCOME


async def kept(acme: Shop) -> dict[str, int]:
    """How many rows there are of what a grant leaves behind."""
    tables = ("reward_grant", "points_entry", "voucher")
    return {table: await acme.value(f"SELECT count(*) FROM __tenant__.{table}") for table in tables}


async def test_a_reward_of_points_and_a_voucher_goes_out_once(acme: Shop) -> None:
    async with acme.open():
        who = await make.member()
        reward = rewards.Reward(points=20, voucher_template=await voucher_template())
        first = await rewards.grant(who, reward, why=WELCOME, once="hello", note="first visit")
    async with acme.open():
        again = await rewards.grant(who, reward, why=WELCOME, once="hello")
    assert first.voucher_code is not None
    assert (first.points, first.repeated) == (20, False)
    assert (again.id, again.voucher_id, again.voucher_code, again.repeated) == (
        first.id, first.voucher_id, first.voucher_code, True)  # fmt: skip
    assert await kept(acme) == {"reward_grant": 1, "points_entry": 1, "voucher": 1}
    entry = (await acme.rows("SELECT why, note, points FROM __tenant__.points_entry"))[0]
    assert entry == {"why": "welcome", "note": "first visit", "points": 20}


async def test_an_occasion_with_another_reward_is_a_conflict_and_gives_nothing(acme: Shop) -> None:
    async with acme.open():
        who, another = await make.member(), await make.member()
        template = await voucher_template()
        await rewards.grant(who, rewards.Reward(points=20), why=WELCOME, once="hello")
        for member, reward, why in [
            (another, rewards.Reward(points=20), WELCOME),
            (who, rewards.Reward(points=21), WELCOME),
            (who, rewards.Reward(points=20, voucher_template=template), WELCOME),
            (who, rewards.Reward(points=20), rewards.Why.STAFF),
        ]:
            with pytest.raises(rewards.OnceDiffers):
                await rewards.grant(member, reward, why=why, once="hello")
    assert await kept(acme) == {"reward_grant": 1, "points_entry": 1, "voucher": 0}


async def test_a_voucher_that_is_out_stops_the_whole_reward(acme: Shop) -> None:
    async with acme.open():
        who = await make.member()
        reward = rewards.Reward(points=20, voucher_template=await voucher_template(stock=0))
        with pytest.raises(vouchers.OutOfStock):
            await rewards.grant(who, reward, why=WELCOME, once="hello")
    assert await kept(acme) == {"reward_grant": 0, "points_entry": 0, "voucher": 0}


async def test_points_go_out_alone_where_that_was_asked_and_the_grant_says_so(acme: Shop) -> None:
    async with acme.open():
        who = await make.member()
        reward = rewards.Reward(points=20, voucher_template=await voucher_template(stock=0))
        given = await rewards.grant(who, reward, why=rewards.Why.BIRTHDAY, once="b", when_out="points_only")
        again = await rewards.grant(who, reward, why=rewards.Why.BIRTHDAY, once="b", when_out="points_only")
    assert (given.points, given.voucher_code, given.voucher_refused) == (20, None, vouchers.OutOfStock.code)
    assert (again.id, again.voucher_refused, again.repeated) == (given.id, vouchers.OutOfStock.code, True)
    assert await kept(acme) == {"reward_grant": 1, "points_entry": 1, "voucher": 0}


async def test_a_limit_per_member_lets_the_points_go_out_too(acme: Shop) -> None:
    async with acme.open():
        who = await make.member()
        reward = rewards.Reward(voucher_template=await voucher_template(per_member_limit=1))
        first = await rewards.grant(who, reward, why=WELCOME, once="a")
        second = await rewards.grant(who, reward, why=WELCOME, once="b", when_out="points_only")
    assert first.voucher_code is not None
    assert second.voucher_refused == vouchers.LimitReached.code


async def test_many_are_answered_in_order_and_a_repeat_inside_a_batch_gives_nothing(acme: Shop) -> None:
    async with acme.open():
        ann, bob = await make.member(), await make.member()
        template = await voucher_template(stock=1)
        asked = [
            rewards.Granting(member=bob, reward=rewards.Reward(points=5), why=WELCOME, once="z"),
            rewards.Granting(
                member=ann, reward=rewards.Reward(points=3, voucher_template=template), why=WELCOME, once="a"
            ),
            rewards.Granting(member=bob, reward=rewards.Reward(points=5), why=WELCOME, once="z"),
            rewards.Granting(
                member=bob, reward=rewards.Reward(voucher_template=template), why=WELCOME, once="m",
                when_out="points_only",
            ),
        ]  # fmt: skip
        granted = await rewards.grant_many(asked)
    assert [(one.member, one.points, one.repeated) for one in granted] == [
        (bob, 5, False), (ann, 3, False), (bob, 5, True), (bob, 0, False)]  # fmt: skip
    assert sorted(one.voucher_refused or "" for one in granted) == ["", "", "", vouchers.OutOfStock.code]
    assert await kept(acme) == {"reward_grant": 3, "points_entry": 2, "voucher": 1}


async def test_points_for_many_take_three_statements_however_many(acme: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    async with acme.open():
        who = [await make.member() for _ in range(8)]
    sent: list[str] = []
    send = type(DB)._send

    async def count(engine: Any, sql: str, args: Any) -> Any:
        sent.append(sql)
        return await send(engine, sql, args)

    monkeypatch.setattr(type(DB), "_send", count)
    async with acme.open():
        await rewards.grant_many(
            [
                rewards.Granting(
                    member=one, reward=rewards.Reward(points=5), why=rewards.Why.CHECK_IN, once=f"{day}/{one}"
                )
                for one in who
                for day in range(32)
            ]
        )
    assert len(sent) == 3  # the grants, the points, and whether points count towards levels
    monkeypatch.undo()
    assert await kept(acme) == {"reward_grant": 256, "points_entry": 256, "voucher": 0}


@pytest.mark.parametrize(
    ("reward", "once"),
    [
        (rewards.Reward(), "x"),
        (rewards.Reward(points=-1), "x"),
        (rewards.Reward(points=1_000_000_001), "x"),
        (rewards.Reward(points=1), ""),
        (rewards.Reward(points=1), "x" * 191),
    ],
)
async def test_what_is_no_reward_is_refused(acme: Shop, reward: rewards.Reward, once: str) -> None:
    async with acme.open():
        who = await make.member()
        with pytest.raises(Invalid):
            await rewards.grant(who, reward, why=WELCOME, once=once)
    assert await kept(acme) == {"reward_grant": 0, "points_entry": 0, "voucher": 0}


async def test_a_member_or_template_of_another_shop_is_nobody_here(acme: Shop, rival: Shop) -> None:
    async with acme.open():
        who = await make.member()
    async with rival.open():
        stranger, foreign = await make.member(), await voucher_template()
    with pytest.raises(members.MemberUnknown):
        async with acme.open():
            await rewards.grant(stranger, rewards.Reward(points=5), why=WELCOME, once="a")
    for template in (foreign, ids.new()):
        with pytest.raises(vouchers.TemplateUnknown):
            async with acme.open():
                await rewards.grant(who, rewards.Reward(voucher_template=template), why=WELCOME, once="a")
    assert await kept(acme) == await kept(rival) == {"reward_grant": 0, "points_entry": 0, "voucher": 0}


async def test_fifty_grants_of_one_reason_give_once(acme: Shop) -> None:
    async with acme.open():
        who = await make.member()
        reward = rewards.Reward(points=20, voucher_template=await voucher_template(stock=5))

    async def one() -> rewards.Granted:
        async with acme.open():
            return await rewards.grant(who, reward, why=WELCOME, once="hello")

    granted = await asyncio.gather(*(one() for _ in range(50)))
    assert Counter(one.repeated for one in granted) == {False: 1, True: 49}
    assert len({one.voucher_code for one in granted}) == 1
    assert await kept(acme) == {"reward_grant": 1, "points_entry": 1, "voucher": 1}


async def test_fifty_members_and_a_stock_of_twenty(acme: Shop) -> None:
    async with acme.open():
        who = [await make.member() for _ in range(50)]
        reward = rewards.Reward(points=1, voucher_template=await voucher_template(stock=20))

    async def one(member: uuid.UUID) -> rewards.Granted:
        async with acme.open():
            return await rewards.grant(member, reward, why=WELCOME, once=f"hello/{member}")

    outcomes = await asyncio.gather(*(one(member) for member in who), return_exceptions=True)
    assert Counter(type(one) for one in outcomes) == {rewards.Granted: 20, vouchers.OutOfStock: 30}
    assert await kept(acme) == {"reward_grant": 20, "points_entry": 20, "voucher": 20}


async def test_a_grant_is_news_and_a_repeat_is_not(acme: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[rewards.Granted] = []

    async def hear(fact: rewards.Given) -> None:
        heard.extend(fact.grants)

    monkeypatch.setitem(facts._reactions, rewards.Given, [hear])
    async with acme.open():
        who = await make.member()
        reward = rewards.Reward(points=2, voucher_template=await voucher_template())
        first = await rewards.grant(who, reward, why=WELCOME, once="a")
        await rewards.grant(who, reward, why=WELCOME, once="a")
    assert heard == [first]


async def test_a_grant_can_be_dated(acme: Shop) -> None:
    day = datetime(2026, 3, 1, tzinfo=UTC)
    async with acme.open():
        granting = rewards.Granting(
            member=await make.member(), reward=rewards.Reward(points=2), why=WELCOME, once="a", at=day
        )
        assert [one.at for one in await rewards.grant_many([granting])] == [day]
    assert await acme.value("SELECT at FROM __tenant__.points_entry") == day
    assert clock.now() > day


async def test_every_reason_is_one_of_points_and_has_its_sentence() -> None:
    for why in rewards.Why:
        assert rewards.WHY_WORDS[why] == points.WHY_WORDS[points.Why(why.value)]
    assert await rewards.grant_many([]) == []
