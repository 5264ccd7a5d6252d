"""Taking orders in, in any order and any number of times."""

from __future__ import annotations

import asyncio
import random
import unicodedata
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, cast

import pytest

from tenants import members, orders, points
from tenants.kit import ids
from tenants.kit.errors import DomainError, Invalid
from tenants.kit.parts import gather_listed
from tenants.orders.rules import reading
from tenants.tenancy import DB
from tests.make.orders import DAY, event, order

if TYPE_CHECKING:
    from tests.conftest import Shop

BALANCE = "SELECT coalesce(sum(balance), 0)::bigint FROM __tenant__.points_account"


async def sound(shop: Shop) -> None:
    """Every truth of every subject holds."""
    for check in gather_listed("checks", "CHECKS"):
        assert not await shop.rows(check.sql), check.name


async def tell(shop: Shop, *args: Any, **more: Any) -> orders.Taken:
    async with shop.open():
        return await orders.take_in(event(*args, **more))


async def counts(shop: Shop) -> tuple[int, ...]:
    names = ("shop_order", "order_event", "points_entry", "member")
    return tuple([await shop.value(f"SELECT count(*) FROM __tenant__.{name}") for name in names])


async def test_a_completed_order_of_an_unknown_buyer_makes_the_member_and_gives_points(acme: Shop) -> None:
    taken = await tell(acme, "completed", "129.90")
    assert (taken.state, taken.points_given, taken.repeated) == ("completed", 129, False)
    async with acme.open():
        assert await members.find_by_external_id("buyer-1")
    assert await acme.value(BALANCE) == 129
    await sound(acme)


async def test_the_same_event_again_changes_nothing_and_says_so(acme: Shop) -> None:
    first = await tell(acme)
    before = await counts(acme)
    again = await tell(acme, amount="100.0")
    assert (again.order, again.repeated, again.points_given) == (first.order, True, 100)
    assert await counts(acme) == before
    assert await acme.value(BALANCE) == 100


@pytest.mark.parametrize("other", [{"amount": "99.00"}, {"at": DAY + timedelta(hours=1)}, {"items": 3}])
async def test_the_same_reference_with_other_facts_is_refused(acme: Shop, other: dict[str, Any]) -> None:
    await tell(acme)
    before = await counts(acme)
    with pytest.raises(orders.EventDiffers):
        await tell(acme, **other)
    assert await counts(acme) == before
    assert await acme.value(BALANCE) == 100


async def test_another_members_order_is_refused_and_makes_nobody(acme: Shop) -> None:
    await tell(acme)
    before = await counts(acme)
    with pytest.raises(orders.OtherMember):
        await tell(acme, "refunded", "10.00", by="somebody-else")
    assert await counts(acme) == before
    await sound(acme)


async def test_a_member_may_be_named_by_either_id(acme: Shop) -> None:
    await tell(acme)
    async with acme.open():
        member = await members.find_by_external_id("buyer-1")
        assert member
        await orders.take_in(event("refunded", "40.00", by=member.id))
    assert await acme.value(BALANCE) == 60


async def test_an_unknown_member_id_is_refused(acme: Shop) -> None:
    with pytest.raises(members.MemberUnknown):
        await tell(acme, by=ids.new())
    assert await counts(acme) == (0, 0, 0, 0)


async def test_refunds_take_back_what_they_should_and_never_twice(acme: Shop) -> None:
    await tell(acme)
    assert (await tell(acme, "refunded", "30.00", reference="r1")).points_given == 70
    assert (await tell(acme, "refunded", "30.00", reference="r1")).repeated
    assert (await tell(acme, "refunded", "20.50", reference="r2")).points_given == 49
    assert (await tell(acme, "refunded", "90.00", reference="r3")).state == "refunded"
    assert await acme.value(BALANCE) == 0
    await sound(acme)


async def test_a_refund_that_comes_before_its_order_counts_once_the_order_is_there(acme: Shop) -> None:
    early = await tell(acme, "refunded", "30.00", at=DAY + timedelta(days=1))
    assert (early.state, early.points_given) == ("refunded", 0)
    late = await tell(acme, "completed", "100.00")
    assert (late.state, late.points_given) == ("completed", 70)
    await sound(acme)


async def test_points_already_spent_are_written_down_as_short_and_tried_again(acme: Shop) -> None:
    await tell(acme)
    async with acme.open():
        member = await members.find_by_external_id("buyer-1")
        assert member
        await points.spend(member.id, points=80, why=points.Why.SPENT, once="a mug")
    assert (await tell(acme, "refunded", "50.00", reference="r1")).points_given == 80
    [row] = await acme.rows("SELECT points_given, points_short FROM __tenant__.shop_order")
    assert row == {"points_given": 80, "points_short": 30}
    await sound(acme)
    await tell(acme, "completed", "60.00", of="o-2")
    await tell(acme, "refunded", "20.00", reference="r2")
    [row] = await acme.rows("SELECT points_given, points_short FROM __tenant__.shop_order WHERE external_id = 'o-1'")
    assert row == {"points_given": 30, "points_short": 0}
    assert await acme.value(BALANCE) == 10
    await sound(acme)


async def test_an_order_that_should_have_what_it_gave_is_short_no_more(acme: Shop) -> None:
    await tell(acme)
    async with acme.open():
        member = await members.find_by_external_id("buyer-1")
        assert member
        await points.spend(member.id, points=60, why=points.Why.SPENT, once="a mug")
    await tell(acme, "refunded", "100.00", reference="r1")
    [row] = await acme.rows("SELECT points_given, points_short FROM __tenant__.shop_order")
    assert row == {"points_given": 60, "points_short": 60}
    await tell(acme, "completed", "160.00", reference="c2", at=DAY + timedelta(hours=1))
    [row] = await acme.rows("SELECT points_given, points_short FROM __tenant__.shop_order")
    assert row == {"points_given": 60, "points_short": 0}
    assert await acme.value(BALANCE) == 0
    await sound(acme)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
async def test_a_buyer_an_order_and_a_source_are_the_same_in_either_form_of_unicode(
    acme: Shop, form: Literal["NFC", "NFD"]
) -> None:
    first, then = (
        {"by": name, "of": name, "source": name}
        for name in (unicodedata.normalize(way, "Zoë") for way in (form, "NFD" if form == "NFC" else "NFC"))
    )
    taken = await tell(acme, **first)
    refunded = await tell(acme, "refunded", "40.00", **then)
    assert (refunded.order, refunded.points_given) == (taken.order, 60)
    assert (await tell(acme, **then)).repeated
    async with acme.open():
        assert len(await reading.search(member=None, source=then["source"], state=None, before=None, limit=2)) == 1
    await sound(acme)


@pytest.mark.parametrize("name", [{"by": "\u0958" * 60}, {"of": "\u0958" * 60}, {"source": "\u0958" * 30}])
async def test_a_name_that_is_too_long_in_the_form_in_which_it_is_kept_fails_alone(
    acme: Shop, name: dict[str, Any]
) -> None:
    async with acme.open():
        good, bad = await orders.take_in_many([event(of="o-1"), event(**{"of": "o-2", **name})])
    assert isinstance(good, orders.Taken)
    assert isinstance(bad, Invalid)
    assert await acme.value("SELECT count(*) FROM __tenant__.shop_order") == 1
    await sound(acme)


async def test_points_of_an_order_are_taken_back_once_though_somebody_tries_by_hand(acme: Shop) -> None:
    await tell(acme)
    async with acme.open():
        entry = await DB.fetchval("SELECT id FROM __tenant__.points_entry WHERE why = 'order'")
        member = await members.find_by_external_id("buyer-1")
        assert member
        await points.earn(member.id, points=500, why=points.Why.API, once="own")
        with pytest.raises(points.CannotReverse):
            await points.reverse(entry, once="by hand")
    await tell(acme, "refunded", "100.00")
    assert await acme.value(BALANCE) == 500
    await sound(acme)


async def test_a_cancelled_order_gives_everything_back_for_good(acme: Shop) -> None:
    await tell(acme)
    assert (await tell(acme, "cancelled", None)).points_given == 0
    assert (await tell(acme, "completed", "100.00", reference="again")).points_given == 0
    assert await acme.value(BALANCE) == 0
    await sound(acme)


async def test_an_order_keeps_the_terms_of_the_day_it_was_first_heard_of(acme: Shop) -> None:
    await tell(acme)
    async with acme.open():
        await orders.set_policy(orders.Policy(active=True, award_on="paid", points_per_unit=Decimal(2)))
    assert (await tell(acme, "refunded", "10.00")).points_given == 90
    assert (await tell(acme, "paid", "10.00", of="o-2")).points_given == 20
    async with acme.open():
        await orders.set_policy(orders.Policy(active=False, award_on="paid", points_per_unit=Decimal(2)))
    assert (await tell(acme, "paid", "10.00", of="o-3")).points_given == 0
    await sound(acme)


async def test_a_policy_that_cannot_be_is_refused(acme: Shop) -> None:
    async with acme.open():
        before = await orders.policy()
        for ratio in ("-1", "1001", "0.00001", "NaN"):
            with pytest.raises(Invalid):
                await orders.set_policy(orders.Policy(active=True, award_on="paid", points_per_unit=Decimal(ratio)))
        assert await orders.policy() == before


@pytest.mark.parametrize(
    ("param", "wrong"),
    [
        ("currency", {"currency": "EUR"}),
        ("amount", {"amount": None, "kind": "paid"}),
        ("amount", {"amount": "-1"}),
        ("amount", {"amount": "1.001"}),
        ("amount", {"amount": "1e20"}),
        ("amount", {"amount": "NaN"}),
        ("reference", {"reference": "a\x00b"}),
        ("order.external_id", {"of": "\ud800"}),
        ("order.external_id", {"of": ""}),
        ("order.source", {"source": "x" * 51}),
        ("member.external_id", {"by": " padded "}),
        ("items", {"items": -1}),
        ("items", {"items": 2**63}),
        ("at", {"at": DAY.replace(tzinfo=None)}),
        ("at", {"at": DAY + timedelta(days=36_500)}),
    ],
)
async def test_an_event_that_cannot_be_used_is_refused_by_name(acme: Shop, param: str, wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refusal:
        await tell(acme, **wrong)
    assert refusal.value.facts["param"] == param
    assert await counts(acme) == (0, 0, 0, 0)


async def test_in_a_batch_the_bad_ones_fail_alone(acme: Shop) -> None:
    async with acme.open():
        await order("100.00")
        done = await orders.take_in_many(
            [
                event(of="o-2", by="buyer-2"),
                event(of="o-3", currency="EUR"),
                event(of="o-4", by=ids.new()),
                event("refunded", "10.00", by="somebody-else"),
                event(),
                event(amount="1.00"),
                event(of="o-2", by="buyer-2"),
                event("refunded", "25.00", of="o-2", by="buyer-2"),
                event(of="o-2", by="buyer-3", reference="third"),
            ]
        )
    told = [one.code if isinstance(one, DomainError) else (one.repeated, one.points_given) for one in done]
    assert told == [
        (False, 75), "order.currency", "member.unknown", "order.other_member", (True, 100), "order.event_differs",
        (True, 75), (False, 75), "order.other_member"]  # fmt: skip
    assert await acme.value(BALANCE) == 175
    await sound(acme)


async def test_however_events_are_shuffled_repeated_and_cut_into_batches_the_end_is_the_same(acme: Shop) -> None:
    dice = random.Random(7)  # noqa: S311  a repeatable shuffle
    ends = set()
    for round_ in range(8):
        async with acme.open():
            story = [
                event(
                    cast("orders.Kind", kind), amount, of=f"{n}-{round_}", by=f"b-{n % 3}", reference=name,
                    at=DAY + timedelta(hours=hour))
                for n in range(6)
                for name, kind, amount, hour in (
                    ("p", "paid", "100.00", 0), ("c", "completed", "90.00", 5), ("r1", "refunded", "10.55", 6),
                    ("r2", "refunded", "15.00", 7), *([("x", "cancelled", None, 8)] if n == 4 else []))
            ]  # fmt: skip
        arriving = [*story, *dice.sample(story, 9)]
        dice.shuffle(arriving)
        while arriving:
            size = dice.randint(1, 12)
            async with acme.open():
                done = await orders.take_in_many(arriving[:size])
            assert not [one for one in done if isinstance(one, DomainError)]
            del arriving[:size]
        rows = await acme.rows(
            "SELECT left(external_id, 1) AS name, state, amount, refunded, points_given, points_short, paid_at,"
            " completed_at FROM __tenant__.shop_order WHERE right(external_id, 1) = $1 ORDER BY 1",
            str(round_),
        )
        ends.add(tuple(tuple(row.values()) for row in rows))
    assert len(ends) == 1
    assert await acme.value(BALANCE) == 8 * 5 * 64
    await sound(acme)


async def test_fifty_tellings_at_once_of_one_event_give_its_points_once(acme: Shop) -> None:
    done = await asyncio.gather(*(tell(acme) for _ in range(50)))
    assert sum(not one.repeated for one in done) == 1
    assert await acme.value(BALANCE) == 100
    await sound(acme)


async def test_concurrent_events_of_one_order_add_up(acme: Shop) -> None:
    await tell(acme)
    await asyncio.gather(*(tell(acme, "refunded", "2.00", reference=f"r{n}") for n in range(30)))
    [row] = await acme.rows("SELECT refunded, points_given, version FROM __tenant__.shop_order")
    assert row == {"refunded": Decimal("60.00"), "points_given": 40, "version": 31}
    await sound(acme)


async def test_crossing_batches_of_the_same_orders_do_not_lock_each_other_up(acme: Shop) -> None:
    async def send(number: int) -> list[orders.Taken | DomainError]:
        dice = random.Random(number)  # noqa: S311  a repeatable shuffle
        async with acme.open():
            batch = [event(of=f"o-{n}", by=f"buyer-{n % 7}") for n in range(40)]
            batch += [
                event("refunded", "1.00", of=f"o-{n}", by=f"buyer-{n % 7}", reference=f"r{number}") for n in range(40)
            ]
            dice.shuffle(batch)
            return await orders.take_in_many(batch)

    for answers in await asyncio.gather(*(send(number) for number in range(10))):
        assert not [one for one in answers if isinstance(one, DomainError)]
    assert await acme.value(BALANCE) == 40 * 90
    await sound(acme)


async def test_nothing_of_one_shops_orders_is_seen_from_another(acme: Shop, rival: Shop) -> None:
    await tell(acme)
    assert await rival.value("SELECT count(*) FROM __tenant__.shop_order") == 0
