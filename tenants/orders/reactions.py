"""What orders do when two members turn out to be one person, or a person is to be forgotten."""

from __future__ import annotations

from tenants import members
from tenants.kit.facts import on
from tenants.orders.rules import moving


@on(members.Merged)
async def follow_merge(fact: members.Merged) -> None:
    """The source's orders are the target's from now on."""
    await members.note_moved(fact.merge, "shop_order", await moving.move_all(fact.source, to=fact.target))


@on(members.Unmerged)
async def follow_unmerge(fact: members.Unmerged) -> None:
    """What the merge moved goes back; orders that came since stay with the target."""
    moved = await members.moved(fact.merge, "shop_order")
    await moving.move_back(moved, by=fact.target, to=fact.source)


@on(members.Erased)
async def follow_erasure(fact: members.Erased) -> None:
    """Nothing that leads to the person's door is kept; sums and numbers stay."""
    await moving.forget(fact.member)
