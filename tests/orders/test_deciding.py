"""What a set of events amounts to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tenants.orders import POINTS_MAX, Event, Terms, decide

DAY = datetime(2026, 5, 1, 12, tzinfo=UTC)
ONE_A_UNIT = Terms("completed", Decimal(1))
money = st.decimals(min_value=0, max_value=1000, places=2)
hours = st.integers(0, 3).map(lambda n: DAY + timedelta(hours=n))
events = st.lists(
    st.one_of(
        st.builds(
            Event, st.from_regex(r"[ab]{1,3}", fullmatch=True), st.sampled_from(["paid", "refunded"]),
            hours, money, st.none() | st.integers(0, 9)),
        st.builds(
            Event, st.from_regex(r"[ab]{1,3}", fullmatch=True), st.sampled_from(["completed", "cancelled"]),
            hours, st.none() | money, st.none() | st.integers(0, 9)),
    ),
    min_size=1, max_size=7, unique_by=lambda event: event.reference)  # fmt: skip
terms = st.builds(Terms, st.sampled_from(["paid", "completed"]), st.decimals(min_value=0, max_value=20, places=4))


def told(kind: str, amount: str | None = None, *, hour: int = 0, reference: str = "") -> Event:
    return Event(reference or f"{kind}-{hour}", kind, DAY + timedelta(hours=hour), amount and Decimal(amount))  # type: ignore[arg-type]


@given(events, terms, st.data())
def test_the_order_of_arrival_makes_no_difference(told: list[Event], agreed: Terms, data: st.DataObject) -> None:
    assert decide(data.draw(st.permutations(told)), agreed) == decide(told, agreed)


@given(events, terms)
def test_an_order_never_refunds_more_than_its_amount_nor_earns_below_zero(told: list[Event], agreed: Terms) -> None:
    standing = decide(told, agreed)
    assert 0 <= standing.refunded <= standing.amount
    assert 0 <= standing.points <= (standing.amount - standing.refunded) * agreed.points_per_unit


@given(events, terms)
def test_a_cancelled_order_stays_cancelled_and_earns_nothing(told: list[Event], agreed: Terms) -> None:
    standing = decide([*told, Event("the end", "cancelled", DAY)], agreed)
    assert (standing.state, standing.points) == ("cancelled", 0)


def test_a_paid_order_earns_only_where_the_terms_say_so() -> None:
    assert decide([told("paid", "99.90")], ONE_A_UNIT).points == 0
    assert decide([told("paid", "99.90")], Terms("paid", Decimal(1))).points == 99
    assert decide([told("completed", "99.90")], Terms("paid", Decimal(1))).points == 99


def test_points_are_rounded_down_after_the_ratio() -> None:
    assert decide([told("completed", "0.99")], ONE_A_UNIT).points == 0
    assert decide([told("completed", "0.99")], Terms("completed", Decimal("1.5"))).points == 1
    assert decide([told("completed", "10.00")], Terms("completed", Decimal("0.1999"))).points == 1


def test_partial_refunds_add_up_to_a_whole_one() -> None:
    story = [told("completed", "100.00"), told("refunded", "30.00", hour=1)]
    standing = decide(story, ONE_A_UNIT)
    assert (standing.state, standing.refunded, standing.points) == ("completed", Decimal("30.00"), 70)
    standing = decide([*story, told("refunded", "80.00", hour=2)], ONE_A_UNIT)
    assert (standing.state, standing.refunded, standing.points) == ("refunded", Decimal("100.00"), 0)


def test_the_total_told_last_counts_and_of_two_at_once_the_later_reference() -> None:
    assert decide([told("completed", "80.00", hour=2), told("paid", "90.00", hour=1)], ONE_A_UNIT).amount == 80
    assert decide(
        [told("paid", "80.00", reference="b"), told("completed", "90.00", reference="a")], ONE_A_UNIT
    ).amount == 80  # fmt: skip


def test_a_completed_event_without_an_amount_waits_for_the_payment_to_tell_it() -> None:
    assert decide([told("completed", hour=2)], ONE_A_UNIT).points == 0
    assert decide([told("completed", hour=2), told("paid", "50.00")], ONE_A_UNIT).points == 50


def test_an_order_of_nothing_earns_nothing_and_is_as_good_as_any() -> None:
    standing = decide([told("completed", "0.00")], ONE_A_UNIT)
    assert (standing.state, standing.points) == ("completed", 0)


def test_one_order_earns_at_most_a_billion() -> None:
    assert decide([told("completed", "9999999999.99")], ONE_A_UNIT).points == POINTS_MAX
