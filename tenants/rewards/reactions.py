"""What earlier subjects tell rewards: levels that were reached, members who became one, or two again, or are gone."""

from __future__ import annotations

from tenants import levels, members
from tenants.kit.facts import on
from tenants.rewards.rules import level_gifts
from tenants.rewards.rules.granting import forget


@on(levels.Changed)
async def level_changed(fact: levels.Changed) -> None:
    """Who reached a level is due its gift."""
    await level_gifts.note_reached(fact.changes)


@on(members.Merged)
async def merged(fact: members.Merged) -> None:
    """What one was given, both were."""
    await level_gifts.merge(fact.merge, source=fact.source, target=fact.target)


@on(members.Unmerged)
async def unmerged(fact: members.Unmerged) -> None:
    """And are two again."""
    await level_gifts.unmerge(fact.merge, source=fact.source, target=fact.target)


@on(members.Erased)
async def erased(fact: members.Erased) -> None:
    """What was given stays; what somebody wrote about the person goes."""
    await forget(fact.member)
