"""What must always hold, as SQL that finds the rows for which it does not.

A subject lists its truths in `checks.py` as `CHECKS`. They run in tests after every scenario, every night for every
tenant, and by `python3 dev.py cli doctor`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tenants.kit.words import Words


@dataclass(frozen=True, slots=True)
class Check:
    """One truth. `sql` names tables with the placeholder and returns the offending rows: none, when all is well."""

    name: str
    sql: str
    words: Words
