"""What points do when two members turn out to be one, or a member is forgotten."""

from __future__ import annotations

from tenants import members
from tenants.kit.facts import on
from tenants.points.rules import forgetting, transferring


@on(members.Merged)
async def follow(fact: members.Merged) -> None:
    """Take all points along."""
    await transferring.transfer(fact.source, fact.target, once=f"merge/{fact.merge}")


@on(members.Unmerged)
async def go_back(fact: members.Unmerged) -> None:
    """Give back what is left of what came over, with what came later for the one who was merged."""
    for once in await transferring.transfers_between(fact.source, fact.target):
        await transferring.transfer_back(once=once)


@on(members.Erased)
async def forget(fact: members.Erased) -> None:
    """Keep the movements, and nothing that was written about the person."""
    await forgetting.forget(fact.member)
