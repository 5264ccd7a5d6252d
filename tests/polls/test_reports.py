"""Who chose what, and what that says about what to stock: every number is counted a second way."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tenants import members, polls, segments
from tenants.kit import clock, ids
from tenants.kit.words import Words
from tenants.polls.rules import intervals, stocking
from tenants.tenancy import DB
from tests.make import levels as make_levels
from tests.make import members as make_members
from tests.make import orders as make_orders
from tests.make import polls as make

if TYPE_CHECKING:
    from tests.conftest import Shop

counts = some.integers(1, 10_000).flatmap(lambda n: some.tuples(some.integers(0, n), some.just(n)))


@given(counts)
def test_wilsons_interval_holds_the_share_and_exactly_the_shares_that_the_votes_do_not_refute(
    count: tuple[int, int],
) -> None:
    votes, of = count
    got = intervals.share(votes, of)
    assert 0 <= got.low <= got.share <= got.high <= 1
    for edge in (got.low, got.high):  # where the score test is at its critical value: that is how Wilson is defined
        if 0 < edge < 1:
            assert abs(got.share - edge) == pytest.approx(intervals.Z * math.sqrt(edge * (1 - edge) / of), abs=1e-9)


@given(counts)
def test_more_votes_in_the_same_proportion_are_surer(count: tuple[int, int]) -> None:
    votes, of = count
    few, many = intervals.share(votes, of), intervals.share(10 * votes, 10 * of)
    assert many.high - many.low < few.high - few.low


def test_of_nothing_a_share_is_anything() -> None:
    assert intervals.share(0, 0) == intervals.Share(0, 0, 0.0, 1.0)


def wanted(votes: int, of: int, *, value: int = 0, text: str = "A", removed: bool = False) -> stocking.Wanted:
    option = polls.Option(
        id=ids.new(), text=Words(en=text, zh=text), picture=None, product="", price_low=None, price_high=None,
        removed=removed)  # fmt: skip
    share = intervals.share(votes, of)
    return stocking.Wanted(
        option=option, members=share, buyers=share, others=share, value=intervals.share(value, 100), launch=None,
        spent=Decimal(value), step=None, why=Words(en="", zh=""))  # fmt: skip


def test_options_that_lie_apart_are_steps_and_those_that_do_not_are_placed_by_money() -> None:
    asked = [
        wanted(520, 1000, text="B", value=10), wanted(900, 1000, text="A"), wanted(500, 1000, text="C", value=40),
        wanted(100, 1000, text="D"), wanted(300, 1000, text="E", removed=True),
    ]  # fmt: skip
    got = stocking.launch_order(asked, 1000)
    assert [(one.option.text.en, one.launch, one.step) for one in got] == [
        ("A", 1, 1), ("C", 2, 2), ("B", 3, 2), ("D", 4, 3), ("E", None, None),
    ]  # fmt: skip
    assert "not distinguishable from “B”" in got[1].why.en
    assert "与“B”无法区分" in got[1].why.zh
    assert "clearly more" in got[0].why.en
    assert "no longer offered" in got[4].why.en


def test_of_too_few_votes_nothing_is_concluded() -> None:
    got = stocking.launch_order([wanted(28, 29, text="A"), wanted(1, 29, text="B")], 29)
    assert [one.step for one in got] == [1, 1]
    assert all("29 members have voted" in one.why.en and "不足 30 人" in one.why.zh for one in got)


@given(some.lists(some.integers(0, 500), min_size=1, max_size=50), some.integers(1, 500))
def test_the_order_names_every_option_once_and_never_puts_a_surely_lesser_one_first(
    votes: list[int], least: int
) -> None:
    voters = max(*votes, least) if votes else least
    got = stocking.launch_order([wanted(each, voters, value=each % 7) for each in votes], voters)
    assert [one.launch for one in got] == list(range(1, len(votes) + 1))
    for before, after in itertools.pairwise(got):
        surely_less = before.members.high < after.members.low
        assert voters < intervals.SURE_FROM or not surely_less


async def do(shop: Shop, verb: Any, *args: Any, **more: Any) -> Any:
    async with shop.open():
        return await verb(*args, **more)


async def test_what_to_stock_is_what_the_ballots_and_orders_say(acme: Shop) -> None:
    async with acme.open():
        poll = await polls.create(polls.Terms(name_en="Bags", choices_max=2, stock=True, period="day"))
        options = [
            await polls.add_option(poll, polls.OptionTerms(text_en=text, price_low=low, price_high=high))
            for text, low, high in (
                ("Tote", Decimal(50), Decimal(99)), ("Clutch", Decimal(50), Decimal(99)), ("Trunk", Decimal(200), None)
            )
        ]  # fmt: skip
        await polls.publish(poll)
        tote, clutch, trunk = options
        everybody = [member.id for member in await make_members.members_of_count(40)]
        spent = {member: 10 * (place + 1) for place, member in enumerate(everybody[:20])}
        for place, (member, amount) in enumerate(spent.items()):
            await make_orders.order(f"{amount}.00", of=f"o-{place}", by=member)
        chosen = {
            member: (tote, trunk) if place % 10 == 0 else (tote,) if place % 4 else (clutch,)
            for place, member in enumerate(everybody)
        }
        await polls.vote_many([polls.Ballot(poll, member, what) for member, what in chosen.items()])
    with clock.at(clock.now() + timedelta(days=1)):  # who comes again on another day is still one member
        await do(acme, polls.vote_many, [polls.Ballot(poll, one, chosen[one]) for one in everybody[:10]])
    report = await do(acme, polls.stock_report, poll)
    assert (report.members, report.buyers, report.sure) == (40, 20, True)
    for one in report.options:
        who = {member for member, what in chosen.items() if one.option.id in what}
        assert (one.members.count, one.members.of) == (len(who), 40)
        assert (one.buyers.count, one.buyers.of) == (len(who & spent.keys()), 20)
        assert (one.others.count, one.others.of) == (len(who - spent.keys()), 20)
        assert one.spent == sum(spent.get(member, 0) for member in who)
        assert one.value.share == pytest.approx(float(one.spent) / sum(spent.values()))
    weights = list(spent.values())
    effective = sum(weights) ** 2 / sum(weight**2 for weight in weights)
    best = next(one for one in report.options if one.option.id == tote)
    assert replace(best.value) == intervals.share(float(best.spent), float(sum(weights)), effective=effective)
    assert [(band.price_low, band.price_high, band.members.count) for band in report.bands] == [
        (50, 99, 40), (200, None, sum(trunk in what for what in chosen.values())),
    ]  # fmt: skip
    assert report.options[0].option.text.en == "Tote"


async def test_a_breakdown_adds_up_to_the_tally(acme: Shop) -> None:
    await members_with_levels(acme)
    async with acme.open():
        poll, [red, blue] = await make.poll()
        everybody = [row["id"] for row in await DB.fetch("SELECT id FROM __tenant__.member ORDER BY id")]
        chosen = {member: red if place % 3 else blue for place, member in enumerate(everybody)}
        await polls.vote_many([polls.Ballot(poll, member, (what,)) for member, what in chosen.items()])
        seen = {by: await polls.breakdown(poll, by) for by in ("level", "tag", "rfm", "attribute.skin")}
        held = {member: (await members.find(member)).tags for member in everybody}
        groups = await segments.groups_of(everybody)
    for by in ("level", "rfm", "attribute.skin"):
        assert sum(group.ballots for group in seen[by].groups) == len(everybody)
        for option in (red, blue):
            assert sum(group.votes[option].count for group in seen[by].groups) == sum(
                what == option for what in chosen.values()
            )
    tags = {group.key: group for group in seen["tag"].groups}
    for tag in ("vip", "new"):
        who = [member for member in everybody if tag in held[member]]
        assert tags[tag].ballots == len(who)
        assert tags[tag].votes[red].count == sum(chosen[member] == red for member in who)
    assert {group.key for group in seen["rfm"].groups} == {*groups.values(), None}
    assert {group.key: group.ballots for group in seen["attribute.skin"].groups} == {"dry": 4, None: 8}
    assert len(seen["level"].groups) > 1
    assert seen["level"].groups[-1].name.zh
    with pytest.raises(polls.GroupingUnknown):
        await do(acme, polls.breakdown, poll, "attribute.hair")
    with pytest.raises(polls.GroupingUnknown):
        await do(acme, polls.breakdown, poll, "colour")


async def members_with_levels(shop: Shop) -> None:
    """Twelve members: some with tags, some who have bought, some of whom an attribute is known."""
    await make_levels.switched_on(shop)
    async with shop.open():
        await members.define_attribute("skin", kind="text", label_en="Skin", label_zh="肤质")
        for place in range(12):
            tags = [tag for tag, every in (("vip", 2), ("new", 3)) if place % every == 0]
            member = await make_members.member(tags=tags)
            if place < 6:
                await make_orders.order(f"{400 * (place + 1)}.00", of=f"o-{place}", by=member.id)
            if place < 4:
                await members.set_attributes(member.id, {"skin": "dry"})
        await segments.refresh_rfm()
