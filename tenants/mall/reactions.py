"""What the mall does when members become one, two again, or nobody."""

from __future__ import annotations

from tenants import members
from tenants.kit.facts import on
from tenants.mall.rules import persons


@on(members.Merged)
async def follow(merged: members.Merged) -> None:
    """The redemptions go along."""
    await persons.move_all(merged.merge, merged.source, merged.target)


@on(members.Unmerged)
async def return_them(unmerged: members.Unmerged) -> None:
    """And back."""
    await persons.move_back(unmerged.merge, unmerged.source, unmerged.target)


@on(members.Erased)
async def forget(erased: members.Erased) -> None:
    """Nobody can tell any more where anything was sent."""
    await persons.forget(erased.member)
