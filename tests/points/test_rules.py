"""Points come in once, go out soonest-to-expire first, and never below zero."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tenants import members, points
from tenants.kit import clock, ids
from tenants.kit.errors import Invalid
from tenants.kit.words import reading
from tests.make import points as make

if TYPE_CHECKING:
    import uuid

    from tests.conftest import Shop

NOON = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)  # noon in Shanghai


async def spend(who: uuid.UUID, amount: int, once: str = "till") -> points.Entry:
    return await points.spend(who, points=amount, why=points.Why.SPENT, once=once)


async def lots(acme: Shop) -> list[tuple[int, int]]:
    rows = await acme.rows("SELECT points, remaining FROM __tenant__.points_lot ORDER BY id")
    return [(row["points"], row["remaining"]) for row in rows]


async def has(acme: Shop, who: uuid.UUID) -> tuple[int, int, int]:
    async with acme.open():
        found = await points.balance(who)
    return found.balance, found.held, found.available


async def test_earned_points_can_be_spent(acme: Shop) -> None:
    async with acme.open():
        who = await make.member(100)
        entry = await spend(who, 30)
    assert (entry.points, entry.repeated) == (-30, False)
    assert await has(acme, who) == (70, 0, 70)


async def test_an_occasion_earns_once_and_answers_with_the_same_entry(acme: Shop) -> None:
    async with acme.open():
        who = await make.member()
        first = await points.earn(who, points=10, why=points.Why.API, once="fair")
    async with acme.open():
        again = await points.earn(who, points=10, why=points.Why.API, once="fair", note="told again")
    assert (again.id, again.repeated) == (first.id, True)
    assert await has(acme, who) == (10, 0, 10)


@pytest.mark.parametrize(
    "other",
    [
        {"points": 11},
        {"why": points.Why.STAFF},
        {"member": "another"},
        {"expires_at": NOON + timedelta(days=9)},
    ],
)
async def test_an_occasion_with_other_facts_is_a_conflict_and_moves_nothing(acme: Shop, other: dict[str, Any]) -> None:
    with clock.at(NOON):
        async with acme.open():
            who = await make.member()
            another = await make.member()
            await points.earn(who, points=10, why=points.Why.API, once="fair")
        facts: dict[str, Any] = {"points": 10, "why": points.Why.API, "once": "fair", "member": who, **other}
        if facts["member"] == "another":
            facts["member"] = another
        with pytest.raises(points.OnceDiffers):
            async with acme.open():
                await points.earn(facts.pop("member"), **facts)
    assert await has(acme, who) == (10, 0, 10)
    assert await has(acme, another) == (0, 0, 0)


async def test_many_are_answered_in_order_and_an_occasion_named_twice_counts_once(acme: Shop) -> None:
    async with acme.open():
        ann, bob = await make.member(), await make.member()
        asked = [
            points.Earning(member=who, points=amount, why=points.Why.IMPORT, once=once)
            for who, amount, once in [(bob, 5, "z"), (ann, 7, "a"), (bob, 5, "z"), (ann, 1, "m")]
        ]
        entries = await points.earn_many(asked)
        again = await points.earn_many(asked)
    assert [(entry.member, entry.points, entry.repeated) for entry in entries] == [
        (bob, 5, False), (ann, 7, False), (bob, 5, True), (ann, 1, False)]  # fmt: skip
    assert entries[0].id == entries[2].id
    assert [entry.id for entry in again] == [entry.id for entry in entries]
    assert await has(acme, ann) == (8, 0, 8)
    assert await has(acme, bob) == (5, 0, 5)
    assert await points.earn_many([]) == []


async def test_ten_thousand_earn_in_one_call(acme: Shop) -> None:
    async with acme.open():
        who = [await make.member() for _ in range(5)]
        asked = [
            points.Earning(member=who[n % 5], points=n + 1, why=points.Why.IMPORT, once=f"row/{n}")
            for n in range(10_000)
        ]
        assert len(await points.earn_many(asked)) == 10_000
    assert await acme.value("SELECT sum(balance)::bigint FROM __tenant__.points_account") == sum(range(1, 10_001))


async def test_nobody_spends_more_than_there_is_and_nothing_moves(acme: Shop) -> None:
    async with acme.open():
        who = await make.member(100)
        with pytest.raises(points.Insufficient) as refused:
            await spend(who, 101)
        assert refused.value.facts == {"available": 100, "wanted": 101}
    assert await has(acme, who) == (100, 0, 100)
    assert await lots(acme) == [(100, 100)]
    assert len(await acme.rows("SELECT 1 FROM __tenant__.points_entry")) == 1


async def test_a_member_who_never_had_points_has_none_to_spend(acme: Shop) -> None:
    async with acme.open():
        who = await make.member()
        with pytest.raises(points.Insufficient):
            await spend(who, 1)


async def test_a_repeated_spend_answers_as_before_although_the_points_are_gone(acme: Shop) -> None:
    async with acme.open():
        who = await make.member(100)
        first = await spend(who, 100)
        again = await spend(who, 100)
        assert (again.id, again.points, again.repeated) == (first.id, -100, True)
        with pytest.raises(points.OnceDiffers):
            await spend(who, 99)
    assert await has(acme, who) == (0, 0, 0)


async def test_points_that_expire_soonest_are_spent_first(acme: Shop) -> None:
    async with acme.open():
        who = await make.member(10)
        await make.earned(who, 20, days=30)
        await make.earned(who, 30, days=7)
        await spend(who, 35)
    assert await lots(acme) == [(10, 10), (20, 15), (30, 0)]


async def test_points_past_their_day_cannot_be_spent_though_nobody_has_taken_them_yet(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            who = await make.member(10)
            await make.earned(who, 50, days=1)
    with clock.at(NOON + timedelta(days=1)):
        assert await has(acme, who) == (10, 0, 10)
        with pytest.raises(points.Insufficient) as refused:
            async with acme.open():
                await spend(who, 11)
        assert refused.value.facts["available"] == 10
        async with acme.open():
            await spend(who, 10)
    assert await lots(acme) == [(10, 0), (50, 50)]


async def test_the_policy_lets_a_lot_expire_at_the_end_of_a_day_of_the_shop(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            await points.change_policy(expiry="rolling", validity_days=30)
            who = await make.member(10)
            found = await points.balance(who)
    # 31 March is the last day in Shanghai (UTC+8): it ends at 16:00 UTC.
    assert found.expiring_at == datetime(2026, 3, 31, 16, 0, tzinfo=UTC)
    assert found.expiring_points == 10


async def test_an_end_of_day_is_found_across_the_change_of_clocks(rival: Shop) -> None:
    with clock.at(datetime(2026, 3, 1, 17, 0, tzinfo=UTC)):
        async with rival.open():
            await points.change_policy(expiry="rolling", validity_days=30)
            found = await points.balance(await make.member(10))
    # New York is at UTC-5 on 1 March and at UTC-4 on 31 March.
    assert found.expiring_at == datetime(2026, 4, 1, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize("days", [0, -1, 36_501])
async def test_a_policy_outside_its_range_is_refused(acme: Shop, days: int) -> None:
    with pytest.raises(Invalid):
        async with acme.open():
            await points.change_policy(expiry="rolling", validity_days=days)
    assert await acme.value("SELECT validity_days FROM __tenant__.points_policy") is None


@pytest.mark.parametrize("amount", [0, -5, 1_000_000_001, 2**63])
async def test_a_movement_outside_its_range_is_refused(acme: Shop, amount: int) -> None:
    async with acme.open():
        who = await make.member(5)
        for verb in (points.earn, points.spend, points.take_back):
            with pytest.raises(Invalid):
                await verb(who, points=amount, why=points.Why.API, once="odd")
    assert await has(acme, who) == (5, 0, 5)


@pytest.mark.parametrize("once", ["", "x" * 251])
async def test_an_occasion_needs_a_name_that_fits(acme: Shop, once: str) -> None:
    async with acme.open():
        who = await make.member()
        with pytest.raises(Invalid):
            await points.earn(who, points=1, why=points.Why.API, once=once)


async def test_points_cannot_be_earned_that_have_expired_already(acme: Shop) -> None:
    async with acme.open():
        who = await make.member()
        with pytest.raises(Invalid):
            await make.earned(who, 5, expires_at=clock.now())
    assert await lots(acme) == []


async def test_nobody_earns_without_being_a_member(acme: Shop) -> None:
    with pytest.raises(members.MemberUnknown):
        async with acme.open():
            await make.earned(ids.new(), 5)
    assert await lots(acme) == []


async def test_a_member_of_another_shop_is_nobody_here(acme: Shop, rival: Shop) -> None:
    async with rival.open():
        stranger = await make.member(50)
    for verb in (points.earn, points.spend, points.take_back):
        with pytest.raises(members.MemberUnknown):
            async with acme.open():
                await verb(stranger, points=5, why=points.Why.API, once="abroad")
    assert await rival.value("SELECT balance FROM __tenant__.points_account") == 50


async def test_a_blocked_member_keeps_points_and_cannot_spend_or_hold_them(acme: Shop) -> None:
    async with acme.open():
        who = await make.member(50)
        await members.block(who)
        with pytest.raises(members.MemberBlocked):
            await spend(who, 5)
        with pytest.raises(members.MemberBlocked):
            await points.hold(
                who, points=5, why=points.Why.SPENT, once="h", ends_at=clock.now() + timedelta(hours=1))  # fmt: skip
    assert await has(acme, who) == (50, 0, 50)


async def test_taking_back_takes_what_is_there_and_says_what_is_short(acme: Shop) -> None:
    async with acme.open():
        who = await make.member(30)
        taken = await points.take_back(who, points=50, why=points.Why.ORDER_REFUND, once="refund")
    assert (taken.taken, taken.short, taken.repeated) == (30, 20, False)
    assert taken.entry is not None
    assert taken.entry.points == -30
    assert await has(acme, who) == (0, 0, 0)


async def test_taking_back_again_takes_nothing_though_there_is_more_now(acme: Shop) -> None:
    async with acme.open():
        empty, some = await make.member(), await make.member(30)
        for who, once in ((empty, "a"), (some, "b")):
            await points.take_back(who, points=50, why=points.Why.ORDER_REFUND, once=once)
            await make.earned(who, 100)
        nothing = await points.take_back(empty, points=50, why=points.Why.ORDER_REFUND, once="a")
        part = await points.take_back(some, points=50, why=points.Why.ORDER_REFUND, once="b")
        with pytest.raises(points.OnceDiffers):
            await points.take_back(some, points=51, why=points.Why.ORDER_REFUND, once="b")
    assert (nothing.taken, nothing.short, nothing.entry, nothing.repeated) == (0, 50, None, True)
    assert (part.taken, part.short, part.repeated) == (30, 20, True)
    assert await has(acme, empty) == (100, 0, 100)
    assert await has(acme, some) == (100, 0, 100)


async def test_taking_back_begins_with_the_points_that_the_order_had_earned(acme: Shop) -> None:
    async with acme.open():
        who = await make.member()
        await make.earned(who, 20, days=1)
        earned = await make.earned(who, 20)
        await points.take_back(
            who, points=30, why=points.Why.ORDER_REFUND, once="refund", from_entry=earned.id)  # fmt: skip
    assert await lots(acme) == [(20, 10), (20, 0)]


async def test_the_balance_says_what_expires_next(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            who = await make.member(5)
            await make.earned(who, 20, days=30)
            await make.earned(who, 30, days=7)
            await make.earned(who, 1, days=7)
            found = await points.balance(who)
    assert (found.balance, found.expiring_points, found.expiring_at) == (56, 31, NOON + timedelta(days=7))


async def test_the_balance_of_nobody_is_not_found(acme: Shop) -> None:
    with pytest.raises(members.MemberUnknown):
        async with acme.open():
            await points.balance(ids.new())


async def test_a_statement_runs_from_the_latest_line_down_with_the_balance_after_each(acme: Shop) -> None:
    async with acme.open():
        who = await make.member(100, 50)
        await make.member(999)
        await spend(who, 120, "one")
        await make.earned(who, 5)
        await spend(who, 35, "two")
        whole = await points.statement(who, limit=50)
        pages: list[points.Line] = []
        while page := await points.statement(
            who, limit=2, before=(pages[-1].entry.at, pages[-1].entry.id) if pages else None
        ):
            pages += page
    assert [(line.entry.points, line.balance_after) for line in whole] == [
        (-35, 0), (5, 35), (-120, 30), (50, 150), (100, 100)]  # fmt: skip
    assert pages == whole


async def test_every_reason_has_a_sentence_in_both_languages() -> None:
    assert set(points.WHY_WORDS) == set(points.Why)
    with reading("zh"):
        assert points.Why.CHECK_IN.say() == "签到奖励。"
    assert points.Why.CHECK_IN.words.en == "For a check-in."


async def test_nobody_earns_because_something_expired(acme: Shop) -> None:
    async with acme.open():
        who = await make.member()
        with pytest.raises(ValueError, match="nobody earns"):
            await points.earn(who, points=1, why=points.Why.EXPIRED, once="odd")
