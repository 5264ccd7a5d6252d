"""What earlier subjects tell levels: points that moved, members who became one, or two again, or are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants import members, points
from tenants.kit.facts import on
from tenants.kit.words import Words
from tenants.levels.rules import earned_points, merging, reading

if TYPE_CHECKING:
    from uuid import UUID


@on(points.Moved)
async def points_moved(fact: points.Moved) -> None:
    """Points that were earned count, where the shop's levels go by points."""
    await earned_points.count_moved(fact.movements)


@on(members.Merged)
async def merged(fact: members.Merged) -> None:
    """What counted for the source counts for the target, who keeps the higher level."""
    await merging.merge(fact.merge, source=fact.source, target=fact.target)


@on(members.Unmerged)
async def unmerged(fact: members.Unmerged) -> None:
    """What came from the source goes back."""
    await merging.unmerge(fact.merge, source=fact.source, target=fact.target)


@on(members.Erased)
async def erased(fact: members.Erased) -> None:
    """Sums and dates stay; what somebody wrote about the person goes."""
    await merging.erase(fact.member)


@members.on_card
async def _level_on_card(member: UUID) -> members.Section | None:
    level = (await reading.levels_of([member])).get(member)
    if level is None:
        return None
    return members.Section(
        "level",
        Words(en="Level", zh="等级"),
        (
            members.Fact("name", Words(en="Level", zh="等级"), level.name),
            members.Fact("multiplier", Words(en="Points multiplier", zh="积分倍率"), level.multiplier),
        ),
        link="/v1/members/{member}/level",
        desk="level_change",
    )
