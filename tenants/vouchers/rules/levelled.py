"""For which levels a template is, and which level a member has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants import levels
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence

    from tenants.kit.words import Words


async def levels_wanted(templates: Sequence[uuid.UUID]) -> dict[uuid.UUID, frozenset[uuid.UUID]]:
    """The levels for which templates are; a template without rows is for everybody."""
    rows = await DB.fetch(
        "SELECT template, array_agg(level) AS levels FROM __tenant__.voucher_level"
        " WHERE template = ANY($1::uuid[]) GROUP BY template", list(templates))  # fmt: skip
    return {row["template"]: frozenset(row["levels"]) for row in rows}


async def level_of(member: uuid.UUID) -> uuid.UUID | None:
    """The level that a member has now."""
    return (await levels_of([member])).get(member)


async def levels_of(members: Sequence[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """The levels that members have now; who has none is not there."""
    return {member: level.id for member, level in (await levels.levels_of(members)).items()}


async def names_wanted(templates: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Words]]:
    """What the levels for which templates are are called, the lowest first."""
    wanted = await levels_wanted(templates)
    if not wanted:
        return {}
    ladder = sorted(await levels.ladder(), key=lambda level: level.rank)
    return {template: [level.name for level in ladder if level.id in named] for template, named in wanted.items()}
