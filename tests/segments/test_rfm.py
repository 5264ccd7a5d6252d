"""RFM groups against a computation of our own over random orders."""

from __future__ import annotations

import math
import random
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tenants import members, orders, segments
from tenants.kit import clock
from tests.make.members import member, members_of_count
from tests.make.orders import event
from tests.make.segments import term, whom

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence

    from tests.conftest import Shop

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
# (recent, often, much) → group, once more and by hand.
NAMES = {
    (True, True, True): "important_value", (True, False, True): "important_develop",
    (False, True, True): "important_keep", (False, False, True): "important_retain",
    (True, True, False): "general_value", (True, False, False): "general_develop",
    (False, True, False): "general_keep", (False, False, False): "general_retain",
}  # fmt: skip


def expected_groups(told: Sequence[orders.Incoming]) -> dict[uuid.UUID | None, str]:
    """The group of each buyer, from the events alone: no cancelled order counts."""
    of: dict[str, list[orders.Incoming]] = {}
    for one in told:
        of.setdefault(one.external_id, []).append(one)
    bought: dict[uuid.UUID | None, list[orders.Incoming]] = {}
    for events in of.values():
        if not any(one.kind == "cancelled" for one in events):
            bought.setdefault(events[0].member, []).append(events[0])
    figures = {
        who: (max(one.at for one in theirs), len(theirs), sum((one.amount or Decimal(0)) for one in theirs))
        for who, theirs in bought.items()
    }
    middle = math.ceil(len(figures) / 2) - 1
    last = sorted((at for at, _, _ in figures.values()), reverse=True)[middle]
    often = sorted(count for _, count, _ in figures.values())[middle]
    much = sorted(spent for _, _, spent in figures.values())[middle]
    return {
        who: NAMES[at >= last, count > often, spent > much] for who, (at, count, spent) in figures.items()
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
async def test_groups_are_those_of_an_independent_computation(acme: Shop, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    async with acme.open():
        people = [one.id for one in await members_of_count(30 + seed)]
        told = []
        for number in range(chance.randint(60, 90)):
            who = chance.choice(people[: len(people) - 4])  # four never buy
            at = FIRST + timedelta(hours=chance.randint(0, 60) * 6)  # so that there are ties
            amount = str(Decimal(chance.choice([10, 20, 20, 50, 130])))
            told.append(event("paid", amount, of=f"o-{number}", by=who, at=at))
            if chance.random() < 0.15:
                told.append(event("cancelled", None, of=f"o-{number}", by=who, at=at + timedelta(hours=1)))
        await orders.take_in_many(told)
        assert await segments.groups_of(people) == {}  # nobody has taken the medians yet
        found = await segments.refresh_rfm()
        expected = expected_groups(told)
        assert found is not None
        assert found.buyers == len(expected)
        assert await segments.groups_of(people) == expected
    rows = await acme.rows(f"SELECT m.id, {segments.RFM_GROUP} AS place FROM __tenant__.member m")
    assert {row["id"]: row["place"] for row in rows if row["place"]} == expected
    async with acme.open():
        sizes = await segments.sizes()
        assert sum(sizes.values()) == len(expected)
        for key in segments.GROUPS:
            of_group = {who for who, group in expected.items() if group == key}
            assert sizes[key] == len(of_group)
            assert await whom(term("rfm", "is", key)) == of_group
        assert await whom(term("rfm", "known", value=False)) == set(people) - set(expected)


async def test_an_order_moves_its_member_at_once_and_the_medians_at_night(acme: Shop) -> None:
    async with acme.open():
        old, new = [(await member()).id for _ in range(2)]
        await orders.take_in(event("paid", "10.00", of="a", by=old, at=FIRST))
        await orders.take_in(event("paid", "90.00", of="b", by=new, at=FIRST + timedelta(days=9)))
        first = await segments.refresh_rfm()
        assert await segments.groups_of([old, new]) == {old: "general_retain", new: "important_develop"}
        await orders.take_in(event("paid", "500.00", of="c", by=old, at=FIRST + timedelta(days=10)))
        assert await segments.groups_of([old, new]) == {old: "important_value", new: "important_develop"}
        assert await segments.breaks() == first
        second = await segments.refresh_rfm()
        assert second is not None
        assert second.last_order_at == FIRST + timedelta(days=10)
        assert await segments.refresh_rfm() == second
    assert await acme.value("SELECT count(*) FROM __tenant__.rfm_breaks") == 2  # the same again is not written


async def test_where_everybody_is_alike_nobody_bought_often_or_much(acme: Shop) -> None:
    async with acme.open():
        people = [one.id for one in await members_of_count(3)]
        for number, who in enumerate(people):
            await orders.take_in(event("paid", "10.00", of=f"o-{number}", by=who, at=FIRST))
        await segments.refresh_rfm()
        assert set((await segments.groups_of(people)).values()) == {"general_develop"}


async def test_a_shop_without_buyers_has_no_medians(acme: Shop) -> None:
    with clock.at(FIRST):
        async with acme.open():
            await member()
            assert await segments.refresh_rfm() is None
            assert await segments.breaks() is None
            assert set((await segments.sizes()).values()) == {0}


async def test_members_who_are_gone_do_not_shift_the_medians(acme: Shop) -> None:
    async with acme.open():
        stays, gone = [(await member()).id for _ in range(2)]
        await orders.take_in(event("paid", "10.00", of="a", by=stays, at=FIRST))
        await orders.take_in(event("paid", "90.00", of="b", by=gone, at=FIRST))
        await members.block(gone)
        found = await segments.refresh_rfm()
        assert found is not None
        assert (found.buyers, found.spent) == (1, Decimal(10))


def test_each_group_says_what_to_do_in_both_languages() -> None:
    assert len(segments.GROUPS) == 8
    for key, group in segments.GROUPS.items():
        assert NAMES[group.recent, group.often, group.much] == key
        assert group.advice.en.endswith(".")
        assert group.advice.zh.endswith("。")
