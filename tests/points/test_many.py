"""Many at once: each gets its own answer, and one that is refused stops no other."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tenants import members, points
from tenants.kit import clock, facts, ids
from tenants.kit.errors import Invalid
from tenants.tenancy import DB
from tests.make import points as make

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterator

    from tests.conftest import Shop


def kinds(outcomes: list[Any]) -> list[str]:
    return [type(one).__name__ for one in outcomes]


def spending(who: uuid.UUID, amount: int, once: str) -> points.Spending:
    return points.Spending(member=who, points=amount, why=points.Why.SPENT, once=once)


@pytest.fixture
def heard() -> Iterator[list[points.Moved]]:
    told: list[points.Moved] = []

    async def hear(fact: points.Moved) -> None:
        told.append(fact)

    facts.on(points.Moved)(hear)
    yield told
    facts._reactions[points.Moved].remove(hear)


async def test_each_spending_gets_its_own_answer(acme: Shop, heard: list[points.Moved]) -> None:
    async with acme.open():
        rich, poor, blocked = await make.member(100), await make.member(5), await make.member(100)
        await members.block(blocked)
        heard.clear()
        asked = [
            spending(rich, 30, "a"), spending(poor, 6, "b"), spending(blocked, 1, "c"), spending(ids.new(), 1, "d"),
            spending(rich, 30, "a"), spending(rich, 31, "a"), spending(rich, 70, "e"), spending(rich, 1, "f"),
            spending(poor, 0, "g"), spending(poor, 5, "h"),
        ]  # fmt: skip
        done = await points.spend_many(asked)
        again = await points.spend_many(asked)
    wanted = [
        "Entry", "Insufficient", "MemberBlocked", "MemberUnknown", "Entry", "OnceDiffers", "Entry", "Insufficient",
        "Invalid", "Entry",
    ]  # fmt: skip
    assert kinds(done) == kinds(again) == wanted
    assert [one.repeated for one in done if isinstance(one, points.Entry)] == [False, True, False, False]
    assert all(one.repeated for one in again if isinstance(one, points.Entry))
    assert sum(len(fact.movements) for fact in heard) == 3
    rows = await acme.rows("SELECT balance FROM __tenant__.points_account ORDER BY balance")
    assert [row["balance"] for row in rows] == [0, 0, 100]


async def test_each_hold_gets_its_own_answer(acme: Shop) -> None:
    async with acme.open():
        rich, poor = await make.member(100), await make.member(5)
        soon = clock.now() + timedelta(hours=1)
        asked = [
            points.Holding(member=who, points=amount, why=points.Why.SPENT, once=once, ends_at=ends_at)
            for who, amount, once, ends_at in [
                (rich, 60, "a", soon), (poor, 6, "b", soon), (rich, 60, "a", soon), (rich, 41, "c", soon),
                (rich, 40, "d", soon), (poor, 1, "e", clock.now() - timedelta(hours=1)),
            ]
        ]  # fmt: skip
        done = await points.hold_many(asked)
    assert kinds(done) == ["Hold", "Insufficient", "Hold", "Insufficient", "Hold", "Invalid"]
    assert await acme.value("SELECT sum(held)::bigint FROM __tenant__.points_account") == 100


async def test_each_earning_gets_its_own_answer(acme: Shop) -> None:
    async with acme.open():
        who = await make.member()
        asked = [
            points.Earning(member=one, points=amount, why=points.Why.API, once=once)
            for one, amount, once in [(who, 5, "a"), (ids.new(), 5, "b"), (who, 0, "c"), (who, 6, "a"), (who, 7, "d")]
        ]
        done = await points.earn_each(asked)
    assert kinds(done) == ["Entry", "MemberUnknown", "Invalid", "OnceDiffers", "Entry"]
    assert await acme.value("SELECT balance FROM __tenant__.points_account") == 12


async def test_each_taking_back_gets_its_own_answer(acme: Shop) -> None:
    async with acme.open():
        who, other = await make.member(50), await make.member(9)
        asked = [
            points.TakeBack(member=one, points=amount, why=points.Why.ORDER_REFUND, once=once)
            for one, amount, once in [
                (who, 30, "a"), (other, 20, "b"), (who, 30, "c"), (who, 30, "a"), (ids.new(), 1, "d"), (who, 0, "e"),
            ]
        ]  # fmt: skip
        done = await points.take_back_many(asked)
    told = [(one.taken, one.short, one.repeated) if isinstance(one, points.TakenBack) else type(one) for one in done]
    assert told == [(30, 0, False), (9, 11, False), (20, 10, False), (30, 0, True), members.MemberUnknown, Invalid]


async def test_two_hundred_are_spent_in_two_statements_and_earned_in_one(
    acme: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with acme.open():
        who = [await make.member() for _ in range(200)]
        await points.earn_many(
            [points.Earning(member=one, points=9, why=points.Why.API, once=f"e/{one}") for one in who]
        )
        statements: list[str] = []
        fetch = type(DB).fetch

        async def counted(self: Any, sql: str, *args: Any) -> Any:
            if "__tenant__.points_account" in sql:  # and not those of subjects that hear of it
                statements.append(sql)
            return await fetch(self, sql, *args)

        monkeypatch.setattr(type(DB), "fetch", counted)
        done = await points.spend_many([spending(one, 4, f"s/{one}") for one in who])
        earned = await points.earn_many(
            [points.Earning(member=one, points=1, why=points.Why.API, once=f"f/{one}") for one in who]
        )
        monkeypatch.undo()
    assert (len(done), len(earned), len(statements)) == (200, 200, 3)
    assert await acme.value("SELECT sum(balance)::bigint FROM __tenant__.points_account") == 200 * 6
