"""What stops vouchers from going out: periods, budgets, levels, agents; each under a race."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tenants import levels, vouchers
from tenants.kit import clock, ids
from tenants.kit.errors import DomainError, Invalid
from tenants.kit.facts import _reactions
from tenants.tenancy import DB
from tenants.tenancy.callers import Caller, calling
from tests.make import vouchers as make
from tests.vouchers.books import balanced

if TYPE_CHECKING:
    import uuid
    from collections.abc import Awaitable, Callable, Iterator

    from tests.conftest import Shop

NOON = datetime(2026, 3, 4, 4, tzinfo=UTC)  # a Wednesday, twelve o'clock in Shanghai
HUNDRED = vouchers.Basket(Decimal("100.00"))


@pytest.fixture
def heard() -> Iterator[list[Any]]:
    """What vouchers announce."""
    told: list[Any] = []

    async def hear(fact: Any) -> None:
        told.append(fact)

    for kind in (vouchers.Happened, vouchers.LowStock):
        _reactions[kind].append(hear)
    yield told
    for kind in (vouchers.Happened, vouchers.LowStock):
        _reactions[kind].remove(hear)


async def outcomes(shop: Shop, number: int, give: Callable[[int], Awaitable[Any]]) -> list[str]:
    """The same thing many times at once, each in a transaction of its own; what became of each."""

    async def one(place: int) -> str:
        try:
            async with shop.open():
                await give(place)
        except DomainError as error:
            return error.code
        return "done"

    return list(await asyncio.gather(*(one(place) for place in range(number))))


@pytest.mark.parametrize(
    ("limit", "again"),
    [
        ("member_daily_limit", timedelta(days=1)),
        ("member_weekly_limit", timedelta(days=5)),  # the next Monday
        ("member_monthly_limit", timedelta(days=28)),  # the first of April
    ],
)
async def test_a_member_gets_so_many_in_a_period_and_again_in_the_next(
    acme: Shop, limit: str, again: timedelta
) -> None:
    with clock.at(NOON):
        async with acme.open():
            template, member = await make.voucher_template(**{limit: 2}), await make.shopper()
        got = await outcomes(
            acme, 12, lambda place: vouchers.issue(template, member, why="api", once=f"{limit}/{place}")
        )
        assert (got.count("done"), got.count("voucher.period_limit_reached")) == (2, 10)
    with clock.at(NOON + again - timedelta(hours=13)):  # before midnight in Shanghai
        async with acme.open():
            with pytest.raises(vouchers.PeriodLimitReached):
                await vouchers.issue(template, member, why="api", once="before")
    with clock.at(NOON + again):
        async with acme.open():
            await vouchers.issue(template, member, why="api", once="after")
    await balanced(acme)


async def test_a_shop_gives_out_so_many_a_day_under_a_rush(acme: Shop) -> None:
    async with acme.open():
        template = await make.voucher_template(daily_limit=5)
        shoppers = [await make.shopper() for _ in range(30)]
    got = await outcomes(
        acme, 30, lambda place: vouchers.issue(template, shoppers[place], why="api", once=f"day/{place}")
    )
    assert (got.count("done"), got.count("voucher.period_limit_reached")) == (5, 25)
    await balanced(acme)


async def test_a_clock_that_is_behind_does_not_open_the_day_before_again(acme: Shop) -> None:
    async with acme.open():
        template = await make.voucher_template(daily_limit=1)
        member, other = await make.shopper(), await make.shopper()
    for moment, who in ((NOON + timedelta(hours=12), member), (NOON + timedelta(hours=11), other)):
        with clock.at(moment):
            async with acme.open():
                if who == member:
                    await vouchers.issue(template, who, why="api", once="first")
                else:
                    with pytest.raises(vouchers.PeriodLimitReached):
                        await vouchers.issue(template, who, why="api", once="second")
    await balanced(acme)


async def test_a_budget_is_never_promised_twice_under_a_rush(acme: Shop) -> None:
    async with acme.open():
        template = await make.voucher_template(budget=Decimal(100))  # five of 20.00
        shoppers = [await make.shopper() for _ in range(25)]
    got = await outcomes(
        acme, 25, lambda place: vouchers.issue(template, shoppers[place], why="api", once=f"rush/{place}")
    )
    assert (got.count("done"), got.count("voucher.budget_spent")) == (5, 20)
    await balanced(acme)


async def test_a_budget_settles_at_use_and_what_was_not_needed_goes_out_again(acme: Shop) -> None:
    terms = {"kind": "percent", "percent": 10, "amount_max": Decimal(20), "budget": Decimal(40)}
    async with acme.open():
        template, member = await make.voucher_template(**terms), await make.shopper()
        first, _ = [await make.voucher(member, template) for _ in range(2)]
        with pytest.raises(vouchers.BudgetSpent):
            await make.voucher(member, template)
        kept = await vouchers.reserve(first.id, vouchers.Basket(Decimal("50.00")), order_reference="A")
        await vouchers.confirm(kept.id)  # 5.00 of the 20.00 that were promised
    row = (await acme.rows("SELECT used, promised, spent FROM __tenant__.voucher_stock"))[0]
    assert row == {"used": 1, "promised": Decimal(20), "spent": Decimal(5)}
    async with acme.open():
        with pytest.raises(vouchers.BudgetSpent):  # 15.00 are free, one more may cost 20.00
            await make.voucher(member, template)
        await vouchers.change_template(template, {"budget": Decimal(45)})
        third = await make.voucher(member, template)
        await vouchers.revoke(third.id, reason="mistake")
        await vouchers.give_back("A", reason="refund")
    row = (await acme.rows("SELECT used, promised, spent FROM __tenant__.voucher_stock"))[0]
    assert row == {"used": 0, "promised": Decimal(40), "spent": Decimal(0)}
    await balanced(acme)


async def test_a_budget_needs_to_know_what_one_can_cost(acme: Shop) -> None:
    async with acme.open():
        for terms in (
            {"kind": "percent", "percent": 5},
            {"kind": "free_shipping"},
            {"kind": "benefit", "given_en": "x"},
        ):
            with pytest.raises(Invalid):
                await make.voucher_template(**terms, budget=Decimal(10))


async def test_what_expires_gives_its_money_back_to_the_budget(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            template = await make.voucher_template(budget=Decimal(20), valid_days=1)
            await make.voucher(await make.shopper(), template)
    with clock.at(NOON + timedelta(days=2)):
        async with acme.open():
            await vouchers.expire_due(10)
            await make.voucher(await make.shopper(), template)
    await balanced(acme)


async def test_a_template_for_levels_is_claimed_and_used_by_these_only(acme: Shop) -> None:
    async with acme.open():
        await levels.change_policy(active=True)
        ladder = [
            await levels.create_level(
                levels.LevelSettings(rank=rank, name_en=f"L{rank}", threshold=Decimal(10**6 * rank))
            )
            for rank in (90, 91)
        ]
        template = await make.voucher_template(claimable=True, levels=(ladder[1].id,))
        member = await make.shopper()
        with pytest.raises(vouchers.NotForLevel):
            await vouchers.claim(template, member)
        given = await vouchers.issue(template, member, why="staff", once="anyway")
        verdict = await vouchers.validate(given.id, HUNDRED)
    assert verdict.objection is not None
    assert verdict.objection.rule == "level"
    assert await acme.value("SELECT count(*) FROM __tenant__.voucher") == 1
    await balanced(acme)


async def test_an_agent_gives_out_so_many_a_day_and_an_owner_as_many_as_there_are(acme: Shop) -> None:
    agent, owner = Caller("staff", ids.new(), "mei", "agent"), Caller("staff", ids.new(), "li", "owner")
    async with acme.open():
        await vouchers.change_policy(vouchers.Policy(agent_daily_max=3))
        template = await make.voucher_template()
        shoppers = [await make.shopper() for _ in range(10)]

    async def give(place: int) -> None:
        with calling(agent):
            await vouchers.issue(template, shoppers[place], why="staff", once=f"agent/{place}")

    got = await outcomes(acme, 10, give)
    assert (got.count("done"), got.count("voucher.agent_limit_reached")) == (3, 7)
    with calling(owner):
        async with acme.open():
            await vouchers.issue(template, shoppers[0], why="staff", once="owner")
    with calling(agent):
        async with acme.open():
            asked = [vouchers.Issue(template, member, "staff", f"many/{member.hex}") for member in shoppers]
            assert all(isinstance(one, vouchers.AgentLimitReached) for one in await vouchers.issue_many(asked))
    assert await acme.value("SELECT count(*) FROM __tenant__.voucher") == 4
    await balanced(acme)


async def test_a_batch_of_claims_answers_each_and_is_told_once(acme: Shop, heard: list[Any]) -> None:
    async with acme.open():
        template = await make.voucher_template(claimable=True, stock=6, warn_below=4)
        shoppers = [await make.shopper() for _ in range(8)]
        blocked = await make.shopper(state="blocked")
        asked = [vouchers.Claim(template, who) for who in [blocked, *shoppers, shoppers[0]]]
        answers = await vouchers.claim_many(asked)
    codes = [answer.code if isinstance(answer, DomainError) else "got" for answer in answers]
    assert codes == ["member.blocked", *["got"] * 6, *["voucher.out_of_stock"] * 2, "got"]
    last = answers[-1]
    assert isinstance(last, vouchers.Issued)
    assert last.repeated
    told = [fact for fact in heard if isinstance(fact, vouchers.Happened)]
    assert [len(fact.happenings) for fact in told] == [6]
    assert {one.kind for one in told[0].happenings} == {"issued"}
    low = [fact for fact in heard if isinstance(fact, vouchers.LowStock)]
    assert [(fact.template, fact.left) for fact in low] == [(template, 0)]
    await balanced(acme)


async def test_low_stock_is_told_once_when_the_line_is_crossed(acme: Shop, heard: list[Any]) -> None:
    async with acme.open():
        template = await make.voucher_template(stock=5, warn_below=4)
        for _ in range(4):
            await make.voucher(await make.shopper(), template)
    assert [fact.left for fact in heard if isinstance(fact, vouchers.LowStock)] == [3]


async def test_what_happens_to_a_voucher_is_told(acme: Shop, heard: list[Any]) -> None:
    async with acme.open():
        member = await make.shopper()
        issued = await make.voucher(member)
        kept = await vouchers.reserve(issued.id, HUNDRED, order_reference="A")
        await vouchers.confirm(kept.id)
        await vouchers.give_back("A", reason="refund")
        await vouchers.revoke(issued.id, reason="fraud")
    told = [one for fact in heard for one in fact.happenings]
    assert [one.kind for one in told] == ["issued", "used", "returned", "revoked"]
    assert {(one.voucher, one.member) for one in told} == {(issued.id, member)}
    assert (told[1].order_reference, told[1].discount) == ("A", Decimal("20.00"))


async def test_a_segment_gets_one_each_and_the_second_time_nothing(acme: Shop) -> None:
    async with acme.open():
        template = await make.voucher_template(per_member_limit=1)
        shoppers: list[uuid.UUID] = [await make.shopper() for _ in range(1_200)]
        first = await vouchers.issue_to(template, shoppers, once="spring")
        again = await vouchers.issue_to(template, shoppers, once="spring")
    assert sum(isinstance(one, vouchers.Issued) and not one.repeated for one in first) == 1_200
    assert all(isinstance(one, vouchers.Issued) and one.repeated for one in again)
    assert await acme.value("SELECT count(*) FROM __tenant__.voucher") == 1_200
    await balanced(acme)


async def test_scopes_hours_and_levels_are_fixed_once_one_is_out(acme: Shop) -> None:
    async with acme.open():
        template = await make.voucher_template()
        scope = await _scope(template, "tea")
        await make.voucher(await make.shopper(), template)
        for changes in (
            {"scopes": ()}, {"hours": (vouchers.Hours(1, None, None),)}, {"stacking": "exclusive"}, {"group_max": 5},
            {"first_order_only": True},
        ):  # fmt: skip
            with pytest.raises(DomainError, match="terms_frozen"):
                await vouchers.change_template(template, changes)
        same = await vouchers.change_template(template, {"scopes": (vouchers.Scope("category", "tea"),)})
    assert same.scopes == (vouchers.Scope("category", "tea"),)
    assert await acme.value("SELECT id FROM __tenant__.voucher_scope") == scope


async def _scope(template: uuid.UUID, value: str) -> uuid.UUID:
    await vouchers.change_template(template, {"scopes": (vouchers.Scope("category", value),)})
    found: uuid.UUID = await DB.fetchval("SELECT id FROM __tenant__.voucher_scope WHERE template = $1", template)
    return found
