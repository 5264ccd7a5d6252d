"""What levels members have now, for whoever asks about many at once."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tenants.levels.rules import ladder
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable

    from tenants.levels.rules.ladder import Level


async def levels_of(members: Iterable[uuid.UUID]) -> dict[uuid.UUID, Level]:
    """The level of each of these members; nobody has one while levels are switched off."""
    asked = list(members)
    if not asked:
        return {}
    rules = await ladder.rules()
    if not rules.policy.active or not rules.levels:
        return {}
    rows = await DB.fetch(
        "SELECT member, level FROM __tenant__.level_standing WHERE member = ANY($1::uuid[]) AND level IS NOT NULL",
        asked)  # fmt: skip
    held = {row["member"]: rules.by_id[row["level"]] for row in rows}
    return {member: level for member in asked if (level := held.get(member, rules.lowest))}


async def multipliers_of(members: Iterable[uuid.UUID]) -> dict[uuid.UUID, Decimal]:
    """By how much each member's points are multiplied: 1 for those without a level."""
    asked = list(members)
    levels = await levels_of(asked)
    return {member: levels[member].multiplier if member in levels else Decimal(1) for member in asked}
