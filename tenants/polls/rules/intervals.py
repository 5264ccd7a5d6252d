"""How sure a share is: the interval of Wilson (1927), which stays within 0 and 1 and is right also for few votes."""

from __future__ import annotations

import math
from dataclasses import dataclass

Z = 1.959963984540054
"""Of the normal distribution, for 95 %."""
SURE_FROM = 30
"""Of fewer votes nothing is concluded."""


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `of`, as a share with its 95 % interval; all shares from 0 to 1."""

    count: float
    of: float
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share itself; 0 of nothing."""
        return self.count / self.of if self.of else 0.0

    def overlaps(self, other: Share) -> bool:
        """Whether the two intervals have a point in common, so that the shares cannot be told apart."""
        return self.low <= other.high and other.low <= self.high


def share(count: float, of: float, *, effective: float | None = None) -> Share:
    """A share with its interval; of nothing it is anything. `effective` is of how many equal votes it is worth.

    Weighted votes are worth fewer than there are: (Σw)²/Σw² (Kish 1965).
    """
    n = of if effective is None else effective
    if not of or not n:
        return Share(count, of, 0.0, 1.0)
    p = count / of
    middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    # What rounding puts beyond the share or the ends is put right: it is never more than a few parts in 10¹⁶.
    return Share(count, of, max(0.0, min(p, middle - half)), min(1.0, max(p, middle + half)))
