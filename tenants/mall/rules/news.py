"""What later subjects hear of the mall."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class RedemptionChange:
    """A redemption stands otherwise than before; `before` is None for a new one."""

    redemption: uuid.UUID
    member: uuid.UUID
    item: uuid.UUID
    before: str | None
    after: str
    quantity: int
    points: int
    cash: Decimal
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RedemptionChanged:
    """Fact: redemptions were made, or went on; told once for all that were changed together."""

    changes: tuple[RedemptionChange, ...]
