"""What points do when two members turn out to be one, or a member is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants import members
from tenants.kit.facts import on
from tenants.kit.words import Words
from tenants.points.rules import forgetting, reading, transferring

if TYPE_CHECKING:
    from uuid import UUID


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


@members.on_card
async def _points_on_card(member: UUID) -> members.Section:
    told = await reading.balance(member)
    return members.Section(
        "points",
        Words(en="Points", zh="积分"),
        (
            members.Fact("balance", Words(en="Balance", zh="余额"), told.balance),
            members.Fact("available", Words(en="Available", zh="可用"), told.available),
            members.Fact("pending", Words(en="Pending", zh="待生效"), told.pending),
            members.Fact("debt", Words(en="Owed", zh="欠分"), told.debt),
            members.Fact("expiring_points", Words(en="Expiring next", zh="即将过期"), told.expiring_points),
            members.Fact("expiring_at", Words(en="Expiring on", zh="过期时间"), told.expiring_at),
        ),
        link="/v1/members/{member}/points",
        desk="points_entry",
    )
