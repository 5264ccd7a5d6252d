"""What levels members have now, for whoever asks about many at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from tenants import members as people
from tenants.levels.rules import ladder
from tenants.levels.rules.reasons import Why
from tenants.levels.rules.standing import level_or_lowest
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Collection, Iterable

    from tenants.levels.rules.ladder import Level
    from tenants.levels.rules.policy import Basis


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


# The last move of a member that went over the threshold of a level, up or down.
_CROSSED = """
SELECT a.member, a.level, c.id FROM unnest($1::uuid[], $2::uuid[]) AS a(member, level)
  JOIN __tenant__.level wanted ON wanted.id = a.level
  JOIN LATERAL (
    SELECT c.id, c.why FROM __tenant__.level_change c
      LEFT JOIN __tenant__.level f ON f.id = c.before LEFT JOIN __tenant__.level t ON t.id = c.after
     WHERE c.member = a.member AND (coalesce(f.rank, 0) >= wanted.rank) <> (coalesce(t.rank, 0) >= wanted.rank)
       AND {which} ORDER BY c.id DESC LIMIT 1) c ON {whose}
"""


async def last_drops(asked: Collection[tuple[uuid.UUID, uuid.UUID]]) -> dict[tuple[uuid.UUID, uuid.UUID], uuid.UUID]:
    """For members and levels: the last move by which each lost the level; not for who never lost it.

    A level that was taken back because what had counted was refunded is none that was lost: it was never earned.
    """
    return await _losses(asked, which="c.why <> 'taken_back' AND coalesce(t.rank, 0) < wanted.rank", whose="true")


async def taken_back_from(asked: Collection[tuple[uuid.UUID, uuid.UUID]]) -> set[tuple[uuid.UUID, uuid.UUID]]:
    """Those of these members and levels where the level was taken back, and has not been reached since."""
    return set(await _losses(asked, which="true", whose="c.why = 'taken_back'"))


async def _losses(
    asked: Collection[tuple[uuid.UUID, uuid.UUID]], *, which: str, whose: str
) -> dict[tuple[uuid.UUID, uuid.UUID], uuid.UUID]:
    if not asked:
        return {}
    rows = await DB.fetch(
        _CROSSED.format(which=which, whose=whose),
        [member for member, _ in asked], [level for _, level in asked])  # fmt: skip
    return {(row["member"], row["level"]): row["id"] for row in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A line of a member's history: from one level to another, or the renewal of one, and why."""

    id: uuid.UUID
    before: Level | None
    after: Level | None
    why: Why
    value: Decimal | None
    until: date | None
    note: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the growth ledger."""

    id: uuid.UUID
    kind: Basis
    amount: Decimal
    day: date
    why: str
    once: str
    note: str
    at: datetime


async def history(member: uuid.UUID, *, limit: int = 20, before: uuid.UUID | None = None) -> list[Move]:
    """A member's moves, the latest first, with those of accounts that were merged into this one."""
    rules = await ladder.rules()
    rows = await DB.fetch(
        "SELECT * FROM __tenant__.level_change WHERE member = ANY($1::uuid[]) AND ($2::uuid IS NULL OR id < $2)"
        " ORDER BY id DESC LIMIT $3", await people.ids_of(member), before, limit)  # fmt: skip
    return [
        Move(
            id=row["id"], before=level_or_lowest(rules, row["before"]), after=level_or_lowest(rules, row["after"]),
            why=Why(row["why"]), value=row["value"], until=row["until"], note=row["note"], at=row["at"])
        for row in rows
    ]  # fmt: skip


async def entries(member: uuid.UUID, *, limit: int = 20, before: uuid.UUID | None = None) -> list[Entry]:
    """What counted for a member, the latest first."""
    rows = await DB.fetch(
        "SELECT id, kind, amount, day, why, once, note, at FROM __tenant__.growth_entry"
        " WHERE member = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3",
        member, before, limit)  # fmt: skip
    return [Entry(**dict(row)) for row in rows]


async def find_entry(entry: uuid.UUID) -> Entry:
    """A line of the growth ledger that is there."""
    row = await DB.fetchrow(
        "SELECT id, kind, amount, day, why, once, note, at FROM __tenant__.growth_entry WHERE id = $1", entry
    )
    return Entry(**dict(row))
