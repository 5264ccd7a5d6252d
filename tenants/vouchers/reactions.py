"""What vouchers do when two members turn out to be one, or a member is forgotten."""

from __future__ import annotations

from tenants import members
from tenants.kit.facts import on
from tenants.vouchers.rules import moving


@on(members.Merged)
async def follow(fact: members.Merged) -> None:
    """Take all vouchers along; the limits add up."""
    await moving.merge(fact.merge, source=fact.source, target=fact.target)


@on(members.Unmerged)
async def go_back(fact: members.Unmerged) -> None:
    """Take back what came over."""
    await moving.unmerge(fact.merge, source=fact.source, target=fact.target)


@on(members.Erased)
async def forget(fact: members.Erased) -> None:
    """Keep the vouchers, and nothing that was written about the person."""
    await moving.forget(fact.member)
