"""Whom a rule holds for, asked of the database at this moment; members who are blocked, merged or erased are nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tenants.segments.rules.conditions import condition
from tenants.segments.rules.refusals import SegmentUnknown
from tenants.segments.rules.rule import read
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Collection

    from tenants.segments.rules.rule import Rule


@dataclass(frozen=True, slots=True)
class Sampled:
    """A member as one is shown in a list."""

    id: uuid.UUID
    name: str
    external_id: str | None


async def holds(segment: uuid.UUID, member: uuid.UUID) -> bool:
    """Whether a member belongs to a segment now. Raises SegmentUnknown."""
    return member in await holding(segment, [member])


async def holding(segment: uuid.UUID, members: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Those of these members who belong to a segment now. Raises SegmentUnknown."""
    return await holding_rule(await rule_of(segment), members)


async def rule_of(segment: uuid.UUID) -> Rule:
    """The rule of a segment. Raises SegmentUnknown."""
    kept = await DB.fetchval("SELECT rule FROM __tenant__.segment WHERE id = $1", segment)
    if kept is None:
        raise SegmentUnknown
    return read(kept)


async def holding_rule(rule: Rule, members: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Those of these members for whom a rule holds now."""
    asked = condition(rule, first=2)
    where = asked.sql
    rows = await DB.fetch(
        "SELECT m.id FROM __tenant__.member m"
        f" WHERE m.id = ANY($1::uuid[]) AND m.state = 'active' AND {where}",
        list(members), *asked.args)  # fmt: skip
    return {row["id"] for row in rows}


async def count(rule: Rule) -> int:
    """For how many members a rule holds now."""
    asked = condition(rule)
    where = asked.sql
    found: int = await DB.fetchval(
        f"SELECT count(*) FROM __tenant__.member m WHERE m.state = 'active' AND {where}", *asked.args)  # fmt: skip
    return found


async def sample(rule: Rule, *, most: int = 10, after: uuid.UUID | None = None) -> list[Sampled]:
    """Some members for whom a rule holds, the newest first; those before the member `after` in that order."""
    asked = condition(rule, first=3)
    where = asked.sql
    rows: list[Any] = await DB.fetch(
        "SELECT m.id, m.name, m.external_id FROM __tenant__.member m WHERE m.state = 'active'"
        f" AND ($1::uuid IS NULL OR m.id < $1) AND {where} ORDER BY m.id DESC LIMIT $2::int",
        after, most, *asked.args)  # fmt: skip
    return [Sampled(row["id"], row["name"], row["external_id"]) for row in rows]
