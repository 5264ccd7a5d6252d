"""Scores with how sure they are: shares, NPS, CSAT, CES and means; whether two differ, or two things go together.

Every interval is one of 95 %: of a hundred made in this way, about five miss. It speaks of chance only, not of who
chose to answer. Below `MINIMUM` answers no score is claimed. Sources:

- share: Wilson's score interval (Wilson, JASA 22, 1927), sound for few answers and for shares of 0 and 1;
- NPS = share of 9 and 10 minus share of 0 to 6; its interval is the adjusted Wald one with 3/4, 3/2 and 3/4 answers
  added (Rocks, The American Statistician 70, 2016), which does not shrink to nothing where all say the same;
- CSAT = share of the two best of five, as a share; CES and ratings: the mean, by Student's t;
- difference of two scores: from both intervals (Newcombe, Statistics in Medicine 17, 1998, method 10; Zou and Donner,
  the same 27, 2008), zero outside of it meaning that they can be told apart;
- two ways to divide answers: Pearson's chi-square, of use where the expected counts are not small (Cochran, 1954).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

MINIMUM = 30
"""Fewer answers make no score: from about thirty on, means are near enough to normal."""
SIGNIFICANT = 0.05
ScoreKind: TypeAlias = Literal["nps", "csat", "ces", "mean"]
_Z = 1.959963984540054
_PROMOTES, _DETRACTS, _SATISFIED = 9, 6, 4
_ADDED = (0.75, 1.5, 0.75)
_EXPECTED_LEAST, _EXPECTED_SMALL, _SMALL_MOST = 1, 5, 0.2


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, as a part of one, with its interval."""

    count: int
    of: int
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Score:
    """A score of `answers` answers; it has a value and an interval only where there are enough of them."""

    kind: ScoreKind
    answers: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    needed: int = MINIMUM

    @property
    def claimed(self) -> bool:
        """Whether there are enough answers to say it."""
        return self.value is not None


@dataclass(frozen=True, slots=True)
class Difference:
    """How much one score lies above another; `clear` where chance alone hardly makes so much, None where unknown."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    clear: bool | None = None


@dataclass(frozen=True, slots=True)
class Association:
    """Pearson's chi-square of a table; without `p` where the counts are too small to say. `strength` is Cramér's V."""

    statistic: float
    freedom: int
    p: float | None
    strength: float

    @property
    def clear(self) -> bool | None:
        """Whether rows and columns go together more than by chance; None where it cannot be said."""
        return None if self.p is None else self.p < SIGNIFICANT


def share(count: int, of: int) -> Share:
    """A share with Wilson's interval; of nothing, it may be anything."""
    if not of:
        return Share(0, 0, 0.0, 0.0, 1.0)
    p = count / of
    middle = (p + _Z * _Z / (2 * of)) / (1 + _Z * _Z / of)
    half = _Z / (1 + _Z * _Z / of) * math.sqrt(p * (1 - p) / of + _Z * _Z / (4 * of * of))
    low = 0.0 if count == 0 else middle - half
    high = 1.0 if count == of else middle + half
    return Share(count, of, p, low, high)


def score(kind: ScoreKind, counts: Mapping[Decimal, int]) -> Score:
    """The score of so many answers of each value."""
    if kind == "nps":
        return nps(*parties(counts).values())
    answers = sum(counts.values())
    if kind == "csat":
        return csat(sum(count for value, count in counts.items() if value >= _SATISFIED), answers)
    total = sum((Fraction(value) * count for value, count in counts.items()), Fraction())
    squares = sum((Fraction(value) ** 2 * count for value, count in counts.items()), Fraction())
    return mean(kind, answers, total, squares)


def parties(counts: Mapping[Decimal, int]) -> dict[str, int]:
    """Promoters (9 and 10), passives (7 and 8) and detractors (0 to 6)."""
    found = {"promoters": 0, "passives": 0, "detractors": 0}
    for value, count in counts.items():
        found["promoters" if value >= _PROMOTES else "detractors" if value <= _DETRACTS else "passives"] += count
    return found


def nps(promoters: int, passives: int, detractors: int) -> Score:
    """The Net Promoter Score, from −100 to 100."""
    answers = promoters + passives + detractors
    if answers < MINIMUM:
        return Score("nps", answers)
    value = (promoters - detractors) / answers
    for_it, neither, against = (found + added for found, added in zip(
        (promoters, passives, detractors), _ADDED, strict=True))  # fmt: skip
    of = for_it + neither + against
    middle = (for_it - against) / of
    half = _Z * math.sqrt(((for_it + against) / of - middle * middle) / of)
    low, high = max(-1.0, min(middle - half, value)), min(1.0, max(middle + half, value))
    return Score("nps", answers, 100 * value, 100 * low, 100 * high)


def csat(satisfied: int, answers: int) -> Score:
    """The percentage that gave 4 or 5 of five."""
    if answers < MINIMUM:
        return Score("csat", answers)
    found = share(satisfied, answers)
    return Score("csat", answers, 100 * found.value, 100 * found.low, 100 * found.high)


def mean(kind: ScoreKind, answers: int, total: Fraction, squares: Fraction) -> Score:
    """The mean, from the sum of the answers and that of their squares."""
    if answers < MINIMUM:
        return Score(kind, answers)
    value = total / answers
    variance = (squares - total * value) / (answers - 1)
    half = student(answers - 1) * math.sqrt(variance / answers)
    return Score(kind, answers, float(value), float(value) - half, float(value) + half)


def student(freedom: int) -> float:
    """What 2.5 % of Student's t exceed: Fisher's series, right to four digits from 20 degrees of freedom on."""
    z = _Z
    terms = (
        z,
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return sum(term / float(freedom) ** power for power, term in enumerate(terms))


def difference(one: Score, other: Score) -> Difference:
    """How much `one` lies above `other`; nothing where one of them is not claimed."""
    if one.value is None or one.low is None or one.high is None:
        return Difference()
    if other.value is None or other.low is None or other.high is None:
        return Difference()
    apart = one.value - other.value
    low = apart - math.hypot(one.value - one.low, other.high - other.value)
    high = apart + math.hypot(one.high - one.value, other.value - other.low)
    return Difference(apart, low, high, clear=low > 0 or high < 0)


def association(table: Sequence[Sequence[int]]) -> Association | None:
    """Whether the rows of a table differ in how they fall into its columns; None of a table with one of either."""
    columns = [sum(column) for column in zip(*table, strict=True)]
    kept = [place for place, total in enumerate(columns) if total]
    rows = [[row[place] for place in kept] for row in table if sum(row)]
    if len(rows) < 2 or len(kept) < 2:  # noqa: PLR2004  two to compare
        return None
    whole = sum(map(sum, rows))
    expected = [[sum(row) * columns[place] / whole for place in kept] for row in rows]
    statistic = sum(
        (found - due) ** 2 / due
        for row, dues in zip(rows, expected, strict=True)
        for found, due in zip(row, dues, strict=True)
    )
    freedom = (len(rows) - 1) * (len(kept) - 1)
    cells = [due for dues in expected for due in dues]
    small = sum(due < _EXPECTED_SMALL for due in cells) / len(cells)
    sound = min(cells) >= _EXPECTED_LEAST and small <= _SMALL_MOST
    strength = math.sqrt(statistic / (whole * (min(len(rows), len(kept)) - 1)))
    return Association(statistic, freedom, beyond(statistic, freedom) if sound else None, strength)


def beyond(statistic: float, freedom: int) -> float:
    """How often chance alone makes a chi-square of at least this: the upper incomplete gamma function, regularised.

    By its series below the bend and by Lentz's continued fraction above it (Press and others, Numerical Recipes, 6.2).
    """
    a, x = freedom / 2, statistic / 2
    if x <= 0:
        return 1.0
    scale = math.exp(-x + a * math.log(x) - math.lgamma(a))
    tiny, close = 1e-300, 1e-15
    if x < a + 1:
        term = total = 1 / a
        place = a
        while abs(term) > abs(total) * close:
            place += 1
            term *= x / place
            total += term
        return 1 - total * scale
    b = x + 1 - a
    c, d = 1 / tiny, 1 / b
    found = d
    step = 0
    change = 0.0
    while abs(change - 1) > close:
        step += 1
        factor = -step * (step - a)
        b += 2
        d = factor * d + b
        d = 1 / (d if abs(d) > tiny else tiny)
        c = b + factor / c
        c = c if abs(c) > tiny else tiny
        change = d * c
        found *= change
        if step > 10_000:  # noqa: PLR2004  it has long converged
            break
    return min(1.0, scale * found)
