"""How points are divided over the lines of an order, and what is left of them after refunds: arithmetic only.

Everything is exact (fractions) until whole points are handed out, once for the order; the lines then share them by
largest remainder, so that they add up to the whole and each knows what it gave.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

if TYPE_CHECKING:
    from collections.abc import Sequence

Rounding: TypeAlias = Literal["down", "half_up", "up"]
ROUNDINGS: tuple[Rounding, ...] = get_args(Rounding)
POINTS_MAX = 1_000_000_000  # of one order; beyond it somebody's ratio or amount is a slip of the keyboard
_HALF = Fraction(1, 2)


def rounded(exact: Fraction, rounding: Rounding) -> int:
    """Whole points out of an exact number of them, which is not negative."""
    if rounding == "down":
        return floor(exact)
    return ceil(exact) if rounding == "up" else floor(exact + _HALF)


def share(quotas: Sequence[Fraction], rounding: Rounding, most: int | None) -> list[int]:
    """The points of each part, where each is due its quota: they add up to the rounded sum, or to `most`."""
    exact = sum(quotas, Fraction(0))
    whole = min(rounded(exact, rounding), POINTS_MAX if most is None else min(most, POINTS_MAX))
    if len(quotas) == 1:
        return [whole]
    if exact > whole + 1:  # a maximum applies: all parts get less, in proportion
        quotas = [quota * whole / exact for quota in quotas]
    return _largest_remainder(whole, quotas, [whole] * len(quotas))


def kept_points(
    gross: Sequence[int], quotas: Sequence[Fraction], kept: Sequence[Fraction], rounding: Rounding
) -> list[int]:
    """The points that parts still have when of each only a share (`kept`, 0 to 1) was not refunded.

    A part that nothing was refunded of keeps its points, one that is gone gives back exactly what it gave, and the
    others share what the rest of them is worth by the same rounding, none more than it had.
    """
    points = [most if left == 1 else 0 for most, left in zip(gross, kept, strict=True)]
    touched = [place for place, left in enumerate(kept) if 0 < left < 1]
    if not touched:
        return points
    exact = sum(quotas, Fraction(0))
    scale = min(Fraction(1), sum(gross) / exact) if exact > sum(gross) + 1 else Fraction(1)
    rest = [quotas[place] * kept[place] * scale for place in touched]
    had = [gross[place] for place in touched]
    whole = min(sum(had), rounded(sum(rest, Fraction(0)), rounding))
    for place, left in zip(touched, _largest_remainder(whole, rest, had), strict=True):
        points[place] = left
    return points


def proportional(points: Sequence[int], whole: int) -> list[int]:
    """Parts that add up to `whole` in proportion to `points`, of which there are at least as many."""
    every = sum(points)
    if every in {0, whole}:
        return list(points)
    return _largest_remainder(whole, [Fraction(part * whole, every) for part in points], points)


def _largest_remainder(whole: int, quotas: Sequence[Fraction], most: Sequence[int]) -> list[int]:
    given = [min(floor(quota), limit) for quota, limit in zip(quotas, most, strict=True)]
    left = whole - sum(given)
    by_remainder = sorted(range(len(quotas)), key=lambda place: (given[place] - quotas[place], place))
    while left > 0:  # `most` adds up to `whole` at least, so there is room somewhere
        for place in by_remainder:
            if left > 0 and given[place] < most[place]:
                given[place] += 1
                left -= 1
    return given
