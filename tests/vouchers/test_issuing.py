"""Giving vouchers out: stock, limits, occasions and days, decided by the database."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tenants import members, vouchers
from tenants.kit import clock, ids
from tenants.kit.errors import Conflict, DomainError, Invalid, NotFound, Refused
from tenants.tenancy import DB, use_tenant
from tests.make import vouchers as make
from tests.vouchers.books import balanced

if TYPE_CHECKING:
    import uuid

    from tests.conftest import Shop

NOON = datetime(2026, 3, 1, 4, tzinfo=UTC)  # twelve o'clock in Shanghai


async def test_two_hundred_claims_of_twenty_give_exactly_twenty(acme: Shop) -> None:
    async with acme.open():
        template = await make.voucher_template(stock=20, claimable=True)
        shoppers = [await make.shopper(str(number)) for number in range(200)]

    async def tap(member: uuid.UUID) -> str:
        try:
            async with acme.open():
                await vouchers.claim(template, member)
        except vouchers.OutOfStock:
            return "out"
        return "got"

    outcomes = await asyncio.gather(*(tap(member) for member in shoppers))
    assert outcomes.count("got") == 20
    assert outcomes.count("out") == 180
    assert await acme.value("SELECT count(*) FROM __tenant__.voucher") == 20
    await balanced(acme)


async def test_twenty_taps_of_one_member_give_one_voucher_and_the_same_answer(acme: Shop) -> None:
    async with acme.open():
        template = await make.voucher_template(claimable=True, per_member_limit=1)
        member = await make.shopper()

    async def tap() -> vouchers.Issued:
        async with acme.open():
            return await vouchers.claim(template, member)

    answers = await asyncio.gather(*(tap() for _ in range(20)))
    assert len({answer.code for answer in answers}) == 1
    assert [answer.repeated for answer in answers].count(False) == 1
    await balanced(acme)


async def test_fifty_occasions_of_one_member_at_once_stay_within_the_limit(acme: Shop) -> None:
    async with acme.open():
        template = await make.voucher_template(per_member_limit=3)
        member = await make.shopper()

    async def give(number: int) -> bool:
        try:
            async with acme.open():
                await vouchers.issue(template, member, why="api", once=f"occasion/{number}")
        except vouchers.LimitReached:
            return False
        return True

    assert sum(await asyncio.gather(*(give(number) for number in range(50)))) == 3
    await balanced(acme)


async def test_the_same_occasion_issues_the_same_voucher(acme: Shop) -> None:
    async with acme.open():
        template, member = await make.voucher_template(), await make.shopper()
        first = await vouchers.issue(template, member, why="api", once="order/1")
    async with acme.open():
        again = await vouchers.issue(template, member, why="api", once="order/1")
    assert not first.repeated
    assert again.repeated
    assert (again.id, again.code, again.valid_until) == (first.id, first.code, first.valid_until)
    await balanced(acme)


async def test_the_same_occasion_for_somebody_else_is_a_conflict_and_changes_nothing(acme: Shop) -> None:
    async with acme.open():
        template, member, other = await make.voucher_template(), await make.shopper(), await make.shopper()
        await vouchers.issue(template, member, why="api", once="order/1")
    async with acme.open():
        with pytest.raises(Conflict):
            await vouchers.issue(template, other, why="api", once="order/1")
    assert await acme.value("SELECT count(*) FROM __tenant__.voucher") == 1
    await balanced(acme)


async def test_a_refusal_that_is_caught_leaves_nothing_behind(acme: Shop) -> None:
    async with acme.open():
        empty = await make.voucher_template(stock=0)
        once_only = await make.voucher_template(per_member_limit=1)
        member = await make.shopper()
        await vouchers.issue(once_only, member, why="api", once="1")
        with pytest.raises(vouchers.OutOfStock):
            await vouchers.issue(empty, member, why="api", once="2")
        with pytest.raises(vouchers.LimitReached):
            await vouchers.issue(once_only, member, why="api", once="3")
    assert await acme.value("SELECT count(*) FROM __tenant__.voucher") == 1
    assert await acme.value("SELECT count(*) FROM __tenant__.voucher_holding") == 1
    assert await acme.value("SELECT count(*) FROM __tenant__.voucher_event") == 1
    await balanced(acme)


async def test_a_voucher_that_does_not_count_passes_the_limit_but_not_the_stock(acme: Shop) -> None:
    async with acme.open():
        template, member = await make.voucher_template(per_member_limit=1, stock=2), await make.shopper()
        await vouchers.issue(template, member, why="staff", once="1", count_limits=False)
        await vouchers.issue(template, member, why="staff", once="2")
        with pytest.raises(vouchers.OutOfStock):
            await vouchers.issue(template, member, why="staff", once="3", count_limits=False)
    assert await acme.value("SELECT issued FROM __tenant__.voucher_holding") == 1
    await balanced(acme)


async def test_a_batch_answers_for_each_and_a_refusal_stops_only_its_own(acme: Shop) -> None:
    async with acme.open():
        template = await make.voucher_template(stock=2, per_member_limit=1)
        shoppers = [await make.shopper() for _ in range(3)]
        blocked = await make.shopper(state="blocked")
        asked = [vouchers.Issue(template, member, "api", f"batch/{member.hex}") for member in [blocked, *shoppers]]
        answers = await vouchers.issue_many([*asked, asked[1]])
    assert isinstance(answers[0], members.MemberBlocked)
    assert sum(isinstance(answer, vouchers.OutOfStock) for answer in answers) in {1, 2}
    assert await acme.value("SELECT count(*) FROM __tenant__.voucher") == 2
    await balanced(acme)


@pytest.mark.parametrize(
    ("terms", "refusal"),
    [
        ({"state": "draft"}, vouchers.TemplateNotActive),
        ({"state": "paused"}, vouchers.TemplateNotActive),
        ({"state": "ended"}, vouchers.TemplateNotActive),
        (
            {"validity": "fixed", "valid_from": NOON - timedelta(days=2), "valid_until": NOON},
            vouchers.TemplateNotActive,
        ),
    ],
)
async def test_a_template_that_is_not_active_issues_nothing(
    acme: Shop, terms: dict[str, Any], refusal: type[DomainError]
) -> None:
    with clock.at(NOON):
        async with acme.open():
            template, member = await make.voucher_template(**terms), await make.shopper()
            with pytest.raises(refusal):
                await vouchers.issue(template, member, why="api", once="1")
    assert await acme.value("SELECT count(*) FROM __tenant__.voucher") == 0


async def test_an_unknown_template_or_member_is_not_found(acme: Shop, rival: Shop) -> None:
    async with rival.open():
        theirs, stranger = await make.voucher_template(), await make.shopper()
    async with acme.open():
        template, member = await make.voucher_template(), await make.shopper()
        for other_template, other_member in ((ids.new(), member), (theirs, member), (template, stranger)):
            with pytest.raises(NotFound):
                await vouchers.issue(other_template, other_member, why="api", once="1")


@pytest.mark.parametrize(
    "terms",
    [
        {"claimable": False},
        {"claimable": True, "claim_from": NOON + timedelta(seconds=1)},
        {"claimable": True, "claim_until": NOON},
    ],
)
async def test_outside_of_its_time_a_voucher_cannot_be_claimed(acme: Shop, terms: dict[str, Any]) -> None:
    with clock.at(NOON):
        async with acme.open():
            template, member = await make.voucher_template(**terms), await make.shopper()
            with pytest.raises(vouchers.NotClaimable):
                await vouchers.claim(template, member)
    assert await acme.value("SELECT count(*) FROM __tenant__.voucher") == 0


async def test_a_member_claims_as_many_as_the_limit_and_no_more(acme: Shop) -> None:
    async with acme.open():
        template, member = await make.voucher_template(claimable=True, per_member_limit=2), await make.shopper()
        first, second = await vouchers.claim(template, member), await vouchers.claim(template, member)
        with pytest.raises(vouchers.LimitReached):
            await vouchers.claim(template, member)
    assert first.code != second.code
    await balanced(acme)


async def test_a_claim_is_answered_again_when_claiming_is_over(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            template = await make.voucher_template(claimable=True, claim_until=NOON + timedelta(hours=1))
            member = await make.shopper()
            first = await vouchers.claim(template, member)
    with clock.at(NOON + timedelta(hours=2)):
        async with acme.open():
            again = await vouchers.claim(template, member)
    assert (again.code, again.repeated) == (first.code, True)


@pytest.mark.parametrize(
    ("days", "delay", "starts", "ends"),
    [
        (1, 0, NOON, datetime(2026, 3, 1, 16, tzinfo=UTC)),  # until midnight in Shanghai
        (7, 0, NOON, datetime(2026, 3, 7, 16, tzinfo=UTC)),
        (1, 1, datetime(2026, 3, 1, 16, tzinfo=UTC), datetime(2026, 3, 2, 16, tzinfo=UTC)),
    ],
)
async def test_relative_validity_counts_days_of_the_shop(
    acme: Shop, days: int, delay: int, starts: datetime, ends: datetime
) -> None:
    with clock.at(NOON):
        async with acme.open():
            issued = await make.voucher(await make.shopper(), valid_days=days, delay_days=delay)
    assert (issued.valid_from, issued.valid_until) == (starts, ends)


async def test_a_day_of_23_hours_is_a_day(rival: Shop) -> None:
    with clock.at(datetime(2026, 3, 8, 5, 30, tzinfo=UTC)):  # 00:30 in New York, where the clocks go forward at two
        async with rival.open():
            issued = await make.voucher(await make.shopper(), valid_days=1)
    assert issued.valid_until == datetime(2026, 3, 9, 4, tzinfo=UTC)


async def test_issuing_while_the_stock_is_cut_never_passes_the_stock(acme: Shop) -> None:
    async with acme.open():
        template = await make.voucher_template(stock=30)
        shoppers = [await make.shopper() for _ in range(40)]

    async def give(member: uuid.UUID) -> None:
        try:
            async with acme.open():
                await vouchers.issue(template, member, why="api", once=member.hex)
        except Refused:
            pass

    async def cut() -> None:
        try:
            async with acme.open():
                await vouchers.change_template(template, {"stock": 10})
        except Refused:
            pass

    await asyncio.gather(
        *(give(member) for member in shoppers[:20]), cut(), *(give(member) for member in shoppers[20:])
    )
    await balanced(acme)


async def test_terms_of_worth_are_frozen_once_one_is_out(acme: Shop) -> None:
    async with acme.open():
        template = await make.voucher_template(stock=5)
        await vouchers.change_template(template, {"amount": 30})
        await make.voucher(await make.shopper(), template)
        await make.voucher(await make.shopper(), template)
        for changes in (
            {"amount": 31},
            {"threshold": 1},
            {"kind": "free_shipping", "amount": None},
            {"state": "draft"},
        ):
            with pytest.raises(Refused, match=r"terms_frozen"):
                await vouchers.change_template(template, changes)
        with pytest.raises(Refused, match=r"stock_below_issued"):
            await vouchers.change_template(template, {"stock": 1})
        after = await vouchers.change_template(template, {"stock": 2, "valid_days": 9, "name_en": "Other"})
        with pytest.raises(vouchers.OutOfStock):
            await make.voucher(await make.shopper(), template)
        await vouchers.change_template(template, {"stock": None})
        await make.voucher(await make.shopper(), template)
    assert (after.amount, after.stock, after.valid_days) == (Decimal(30), 2, 9)
    await balanced(acme)


async def test_an_ended_template_does_not_come_back(acme: Shop) -> None:
    async with acme.open():
        template = await make.voucher_template()
        await vouchers.change_template(template, {"state": "ended"})
        with pytest.raises(Refused, match=r"voucher_template\.ended"):
            await vouchers.change_template(template, {"state": "active"})


@pytest.mark.parametrize(
    "terms",
    [
        {"name_en": " ", "name_zh": ""},
        {"kind": "gift"},
        {"kind": "percent", "percent": 0},
        {"kind": "percent", "percent": 101},
        {"kind": "percent", "percent": None},
        {"kind": "amount", "percent": 5},
        {"kind": "free_shipping", "amount": 5},
        {"amount": 0},
        {"amount": "0.001"},
        {"amount": "1e30"},
        {"amount": "NaN"},
        {"amount_max": 5},
        {"threshold": -1},
        {"valid_days": None},
        {"valid_days": 0},
        {"delay_days": -1},
        {"validity": "fixed"},
        {"validity": "fixed", "valid_from": NOON, "valid_until": NOON},
        {"stock": -1},
        {"per_member_limit": 0},
        {"claimable": True, "per_member_limit": None},
        {"claim_from": NOON, "claim_until": NOON},
        {"validity": "fixed", "valid_from": NOON, "valid_until": datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)},
        {"validity": "fixed", "valid_from": datetime(1999, 12, 31, tzinfo=UTC), "valid_until": NOON},
        {"claim_until": datetime(2201, 1, 1, tzinfo=UTC)},
        {"state": "gone"},
    ],
)
async def test_terms_that_do_not_fit_are_refused_by_name(acme: Shop, terms: dict[str, Any]) -> None:
    async with acme.open():
        with pytest.raises(Invalid):
            await make.voucher_template(**terms)
    assert await acme.value("SELECT count(*) FROM __tenant__.voucher_template") == 0


async def test_nothing_of_one_shop_is_seen_from_another(acme: Shop, rival: Shop) -> None:
    async with acme.open():
        mine = await make.voucher(await make.shopper())
    with use_tenant(rival.tenant), pytest.raises(vouchers.VoucherUnknown):
        await vouchers.find_by_code(mine.code)


async def test_a_batch_and_a_claim_of_the_same_template_never_wait_in_a_ring(acme: Shop) -> None:
    async with acme.open():
        template = await make.voucher_template(stock=10, claimable=True, per_member_limit=5)
        first, second = sorted([await make.shopper(), await make.shopper()])

    begun = asyncio.Event()

    async def claim() -> vouchers.Issued:
        await begun.wait()
        async with acme.open():
            return await vouchers.claim(template, second)

    claiming = asyncio.create_task(claim())
    async with acme.open():
        await vouchers.issue(template, first, why="birthday", once="1")
        begun.set()
        while not await DB.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted"):
            assert not claiming.done()
        await vouchers.issue(template, second, why="birthday", once="2")
    assert not (await claiming).repeated
    await balanced(acme)


async def test_batches_and_claims_at_once_all_get_theirs(acme: Shop) -> None:
    async with acme.open():
        templates = [await make.voucher_template(stock=200, claimable=True, per_member_limit=50) for _ in range(2)]
        shoppers = [await make.shopper() for _ in range(10)]

    async def batch(number: int) -> list[vouchers.Issued | DomainError]:
        asked = [vouchers.Issue(t, m, "api", f"{number}/{t.hex}/{m.hex}") for t in templates for m in shoppers]
        async with acme.open():
            return await vouchers.issue_many(asked if number % 2 else asked[::-1])

    async def claim(number: int) -> None:
        async with acme.open():
            await vouchers.claim(templates[number % 2], shoppers[number % 10])

    batches = [batch(number) for number in range(8)]
    answers = await asyncio.gather(*batches, *(claim(number) for number in range(10)))
    assert all(isinstance(answer, vouchers.Issued) for answered in answers[:8] for answer in answered or [])
    assert await acme.value("SELECT count(*) FROM __tenant__.voucher") == 8 * 20 + 10
    await balanced(acme)


async def test_batches_of_the_same_occasions_at_once_issue_each_once(acme: Shop) -> None:
    async with acme.open():
        one, other = [await make.voucher_template() for _ in range(2)]
        shoppers = [await make.shopper() for _ in range(10)]

    async def batch(template: uuid.UUID) -> list[vouchers.Issued | DomainError]:
        async with acme.open():
            return await vouchers.issue_many([vouchers.Issue(template, m, "api", m.hex) for m in shoppers])

    answers = await asyncio.gather(*(batch(template) for template in (one, other) * 4))
    told = [answer for answered in answers for answer in answered]
    assert sum(isinstance(answer, vouchers.Issued) and not answer.repeated for answer in told) == 10
    assert sum(isinstance(answer, vouchers.OtherOccasion) for answer in told) == 40
    await balanced(acme)


async def test_a_batch_takes_the_same_few_statements_for_any_number(acme: Shop) -> None:
    async with acme.open():
        template = await make.voucher_template(stock=100, per_member_limit=2)
        shoppers = [await make.shopper() for _ in range(30)]
        before = await DB.fetchval("SELECT pg_current_xact_id()::text::bigint")
        answers = await vouchers.issue_many(
            [vouchers.Issue(template, m, "api", f"{n}/{m.hex}") for n in range(3) for m in shoppers]
        )
        after = await DB.fetchval("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
    assert [isinstance(answer, vouchers.LimitReached) for answer in answers] == [False] * 60 + [True] * 30
    assert after - before < 60  # a savepoint for each voucher would have taken a number for each
    await balanced(acme)
