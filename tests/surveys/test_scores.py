"""Scores against values that stand in textbooks and tables, and against what must hold of any."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.surveys.rules import scores


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),  # Newcombe 1998, table I
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.8830, 1.0),
    ],
)
def test_a_share_has_wilsons_interval(count: int, of: int, low: float, high: float) -> None:
    found = scores.share(count, of)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),  # Newcombe 1998, part two, table II, method 10
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((5, 56), (0, 29), -0.0381, 0.1926),
    ],
)
def test_the_difference_of_two_shares_has_newcombes_interval(
    one: tuple[int, int], other: tuple[int, int], low: float, high: float
) -> None:
    shares = [scores.share(*one), scores.share(*other)]
    found = scores.difference(*(scores.Score("csat", each.of, each.value, each.low, each.high) for each in shares))
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)
    assert found.clear is (low > 0)


@pytest.mark.parametrize(
    ("freedom", "t"), [(29, 2.045230), (30, 2.042272), (60, 2.000298), (120, 1.979930), (1000, 1.962339)]
)
def test_students_t_is_that_of_the_tables(freedom: int, t: float) -> None:
    assert scores.student(freedom) == pytest.approx(t, abs=2e-5)


@pytest.mark.parametrize(
    ("statistic", "freedom", "p"),
    [(3.841459, 1, 0.05), (6.634897, 1, 0.01), (5.991465, 2, 0.05), (18.307038, 10, 0.05), (2.705543, 1, 0.10),
     (124.342113, 100, 0.05), (0.0, 3, 1.0), (10.827566, 1, 0.001), (0.351846, 3, 0.95)],
)  # fmt: skip
def test_chi_square_is_that_of_the_tables(statistic: float, freedom: int, p: float) -> None:
    assert scores.beyond(statistic, freedom) == pytest.approx(p, abs=1e-6)


def test_two_ways_to_divide_go_together_as_in_the_textbook() -> None:
    """Party by gender: Agresti, Categorical Data Analysis, the survey of 2000."""
    found = scores.association([[762, 327, 468], [484, 239, 477]])
    assert found is not None
    assert (found.statistic, found.freedom) == pytest.approx((30.0701, 2), abs=1e-4)
    assert found.p == pytest.approx(2.954e-07, rel=1e-3)
    assert found.clear is True


def test_small_counts_say_nothing_and_empty_lines_do_not_count() -> None:
    found = scores.association([[3, 1], [1, 3]])
    assert found is not None
    assert found.p is found.clear is None
    assert scores.association([[10, 0], [20, 0]]) is None
    assert scores.association([[10, 20], [0, 0]]) is None
    with_empty = scores.association([[30, 0, 20], [0, 0, 0], [20, 0, 30]])
    assert with_empty == scores.association([[30, 20], [20, 30]])


def test_the_promoter_score_is_promoters_less_detractors() -> None:
    found = scores.score("nps", {Decimal(10): 60, Decimal(9): 40, Decimal(8): 60, Decimal(6): 30, Decimal(0): 10})
    assert found.value == 30.0
    # By hand: 100.75 and 40.75 of 203 make 29.5567 ± 1.95996 times the root of 0.609684 / 203, which is 5.4803.
    assert (found.low, found.high) == pytest.approx((18.8155, 40.2979), abs=1e-3)
    everybody = scores.nps(40, 0, 0)
    assert everybody.value == everybody.high == 100
    assert everybody.low is not None
    assert 80 < everybody.low < 99


def test_satisfaction_is_the_share_of_four_and_five() -> None:
    found = scores.score("csat", {Decimal(5): 30, Decimal(4): 26, Decimal(3): 10, Decimal(1): 4})
    assert found.value == pytest.approx(80.0)
    assert (found.low, found.high) == pytest.approx((69.18, 87.70), abs=0.01)


def test_a_mean_has_students_interval() -> None:
    found = scores.score("ces", {Decimal(value): 10 for value in (2, 4, 6)})
    # Deviations: 20 times 4 of 29, the root of 80/29/30 is 0.30325.
    assert found.value == pytest.approx(4)
    assert found.high == pytest.approx(4 + 2.045230 * 0.303239, abs=1e-4)


@pytest.mark.parametrize("kind", ["nps", "csat", "ces", "mean"])
def test_few_answers_make_no_score(kind: scores.ScoreKind) -> None:
    few = scores.score(kind, {Decimal(5): scores.MINIMUM - 1})
    assert (few.value, few.claimed, few.answers) == (None, False, scores.MINIMUM - 1)
    enough = scores.score(kind, {Decimal(5): scores.MINIMUM})
    assert enough.claimed
    assert scores.difference(few, enough).clear is None


@given(st.dictionaries(st.integers(0, 10).map(Decimal), st.integers(0, 500), min_size=1))
def test_a_score_lies_in_its_interval_and_the_interval_on_the_scale(counts: dict[Decimal, int]) -> None:
    for kind in ("nps", "csat", "mean"):
        found = scores.score(kind, counts)
        if found.value is not None and found.low is not None and found.high is not None:
            assert found.low <= found.value <= found.high
            assert kind == "mean" or -100 <= found.low <= found.high <= 100
            same = scores.difference(found, found)
            assert (same.value, same.clear) == (0, False)


@given(st.lists(st.integers(-1000, 1000), min_size=30, max_size=60))
def test_a_mean_is_that_of_all_its_answers(values: list[int]) -> None:
    found = scores.mean("mean", len(values), Fraction(sum(values)), Fraction(sum(value**2 for value in values)))
    assert found.value == pytest.approx(sum(values) / len(values))
