"""What lines, rules and refunds by line make of an order's points: arithmetic, whatever the order of arrival."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.kit import ids
from tenants.orders import Event, Line, Terms, decide
from tenants.orders.rules.deciding import Bonus, decide_in_full

DAY = datetime(2026, 5, 1, 12, tzinfo=UTC)
money = st.decimals(min_value=0, max_value=500, places=2)
keys = st.sampled_from(["1", "2", "3"])
lines = st.lists(
    st.builds(Line, keys, st.sampled_from(["a", "b"]), st.sampled_from(["x", "y"]), st.integers(0, 3), money),
    max_size=3, unique_by=lambda line: line.key).map(tuple)  # fmt: skip
hours = st.integers(0, 3).map(lambda n: DAY + timedelta(hours=n))
references = st.from_regex(r"[ab]{1,3}", fullmatch=True)
events = st.lists(
    st.one_of(
        st.builds(Event, references, st.sampled_from(["paid", "refunded"]), hours, money, st.none(), lines,
                  st.none() | money, st.none() | money),
        st.builds(Event, references, st.sampled_from(["shipped", "delivered", "completed", "cancelled"]), hours,
                  st.none() | money, st.none(), lines)),
    min_size=1, max_size=6, unique_by=lambda event: event.reference)  # fmt: skip
bonuses = st.lists(
    st.builds(
        Bonus, st.uuids(), st.just("n"), st.just("m"), st.sampled_from(["", "a"]), st.sampled_from(["", "x"]),
        st.decimals(min_value=0, max_value=3, places=1), st.integers(0, 5), st.booleans()),
    max_size=2).map(tuple)  # fmt: skip
terms = st.builds(
    Terms, st.sampled_from(["paid", "delivered", "completed"]), st.decimals(min_value=0, max_value=5, places=2),
    st.sampled_from(["down", "half_up", "up"]), st.just(0), st.booleans(), st.booleans(), st.booleans(),
    st.none() | st.integers(1, 300), bonuses)  # fmt: skip


def told(kind: str, amount: str | None = None, *, hour: int = 0, reference: str = "", **more: Any) -> Event:
    return Event(reference or f"{kind}-{hour}", kind, DAY + timedelta(hours=hour), amount and Decimal(amount), **more)  # type: ignore[arg-type]


def line(key: str, amount: str, quantity: int = 1, product: str = "", category: str = "") -> Line:
    return Line(key, product, category, quantity, Decimal(amount))


@given(events, terms, st.decimals(min_value=1, max_value=2, places=1), st.data())
def test_any_order_of_arrival_and_any_repeats_end_the_same(
    story: list[Event], agreed: Terms, level: Decimal, data: st.DataObject
) -> None:
    assert decide(data.draw(st.permutations(story)), agreed, level) == decide(story, agreed, level)


@given(events, terms, st.decimals(min_value=1, max_value=2, places=1))
def test_lines_add_up_and_none_keeps_more_than_it_gave(story: list[Event], agreed: Terms, level: Decimal) -> None:
    standing = decide(story, agreed, level)
    if standing.earned:
        assert standing.points == sum(one.points for one in standing.earned)
    assert all(0 <= one.points <= one.gross for one in standing.earned)
    assert agreed.order_max is None or standing.points <= agreed.order_max


@given(events, terms)
def test_a_further_refund_never_gives_points(story: list[Event], agreed: Terms) -> None:
    before = decide(story, agreed).points
    assert decide([*story, told("refunded", "10.00", reference="last")], agreed).points <= before


@given(events.map(lambda story: story[:1]), terms, st.decimals(min_value=1, max_value=2, places=1))
def test_the_short_way_for_single_events_says_what_the_long_one_does(
    story: list[Event], agreed: Terms, level: Decimal
) -> None:
    short, full = decide(story, agreed, level), decide_in_full(story, agreed, level)
    assert (short.points, short.state, short.amount, short.awarded_at) == (
        full.points, full.state, full.amount, full.awarded_at)  # fmt: skip


def test_lines_share_the_points_by_largest_remainder() -> None:
    order = told("completed", "10.00", lines=(line("1", "3.33"), line("2", "3.33"), line("3", "3.34")))
    standing = decide([order], Terms("completed", Decimal(1)))
    assert [one.points for one in standing.earned] == [3, 3, 4]


@pytest.mark.parametrize("gone", ["1", "2", "3"])
def test_a_line_that_is_sent_back_takes_back_exactly_what_it_gave(gone: str) -> None:
    agreed = Terms("completed", Decimal("1.1"), "half_up")
    whole = (line("1", "9.90"), line("2", "5.55", 2), line("3", "14.55"))
    order = told("completed", "30.00", lines=whole)
    gave = {one.line.key: one.points for one in decide([order], agreed).earned}
    back = next(one for one in whole if one.key == gone)
    after = decide([order, told("refunded", str(back.amount), hour=1, lines=(back,))], agreed)
    assert {one.line.key: one.points for one in after.earned} == {**gave, gone: 0}
    assert after.points == sum(gave.values()) - gave[gone]


def test_half_the_pieces_take_back_half_the_points() -> None:
    order = told("completed", "100.00", lines=(line("1", "80.00", 4), line("2", "20.00")))
    back = told("refunded", "40.00", hour=1, lines=(line("1", "40.00", 2),))
    assert decide([order, back], Terms("completed", Decimal(1))).points == 60


def test_an_amount_without_lines_is_of_all_lines_alike() -> None:
    order = told("completed", "100.00", lines=(line("1", "80.00"), line("2", "20.00")))
    standing = decide([order, told("refunded", "50.00", hour=1)], Terms("completed", Decimal(1)))
    assert [one.points for one in standing.earned] == [40, 10]


def test_a_discount_on_the_order_is_shared_by_its_lines() -> None:
    order = told("completed", "90.00", lines=(line("1", "60.00"), line("2", "40.00")))
    standing = decide([order], Terms("completed", Decimal(1)))
    assert [one.points for one in standing.earned] == [54, 36]


def test_the_first_rule_that_fits_is_a_lines_only_one() -> None:
    double = Bonus(ids.new(), "Serum week", "", category="serum", multiplier=Decimal(2))
    none = Bonus(ids.new(), "No cards", "", product="card", excluded=True)
    extra = Bonus(ids.new(), "New", "", product="new", extra=5)
    agreed = Terms("completed", Decimal(1), bonuses=(none, extra, double))
    order = told("completed", "100.00", lines=(
        line("1", "50.00", category="serum"), line("2", "20.00", product="card", category="serum"),
        line("3", "10.00", 2, product="new"), line("4", "20.00")))  # fmt: skip
    assert [one.points for one in decide([order], agreed).earned] == [100, 0, 20, 20]


def test_a_rule_counts_for_orders_that_were_placed_in_its_window() -> None:
    week = Bonus(ids.new(), "Week", "", multiplier=Decimal(3), starts_at=DAY, ends_at=DAY + timedelta(hours=2))
    agreed = Terms("completed", Decimal(1), bonuses=(week,))
    assert decide([told("completed", "10.00", hour=1)], agreed).points == 30
    assert decide([told("completed", "10.00", hour=2)], agreed).points == 10
    assert decide([told("paid", "10.00", hour=1), told("completed", "10.00", hour=5)], agreed).points == 30


def test_shipping_and_tax_earn_only_where_the_terms_say_so() -> None:
    order = told("completed", "120.00", shipping=Decimal(20), tax=Decimal(12))
    assert decide([order], Terms("completed", Decimal(1))).points == 120
    assert decide([order], Terms("completed", Decimal(1), shipping_earns=False)).points == 100
    assert decide([order], Terms("completed", Decimal(1), shipping_earns=False, tax_earns=False)).points == 90
    back = told("refunded", "20.00", hour=1, shipping=Decimal(20))
    assert decide([order, back], Terms("completed", Decimal(1), shipping_earns=False)).points == 100


def test_of_an_order_at_its_maximum_a_part_takes_back_what_it_gave() -> None:
    agreed = Terms("completed", Decimal(1), order_max=100)
    order = told("completed", "400.00", lines=(line("1", "300.00"), line("2", "100.00")))
    back = told("refunded", "300.00", hour=1, lines=(line("1", "300.00"),))
    assert decide([order], agreed).points == 100
    assert decide([order, back], agreed).points == 25


def test_delivered_counts_as_paid_and_completed_as_delivered() -> None:
    assert decide([told("delivered", "10.00")], Terms("paid", Decimal(1))).points == 10
    assert decide([told("completed", "10.00")], Terms("delivered", Decimal(1))).points == 10
    assert decide([told("shipped", "10.00")], Terms("paid", Decimal(1))).points == 0
    assert decide([told("delivered", "10.00")], Terms("completed", Decimal(1))).points == 0
