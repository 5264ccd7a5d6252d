"""What the mall does when members become one, two again, or nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants import members
from tenants.kit.facts import on
from tenants.kit.words import Words
from tenants.mall.rules import persons
from tenants.tenancy import DB

if TYPE_CHECKING:
    from uuid import UUID


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


@members.on_card
async def _redemptions_on_card(member: UUID) -> members.Section:
    told = await DB.fetchrow(
        "SELECT count(*) AS redemptions, count(*) FILTER (WHERE state = 'to_ship') AS to_ship, max(at) AS last_at"
        " FROM __tenant__.mall_redemption WHERE member = $1", member)  # fmt: skip
    return members.Section(
        "mall",
        Words(en="Points mall", zh="积分商城"),
        (
            members.Fact("redemptions", Words(en="Redemptions", zh="兑换次数"), told["redemptions"]),
            members.Fact("to_ship", Words(en="To ship", zh="待发货"), told["to_ship"]),
            members.Fact("last_at", Words(en="Last", zh="最近兑换"), told["last_at"]),
        ),
        link="/v1/redemptions?member={member}",
        desk="mall_redemption",
    )


@members.on_export("mall_delivery")
async def _deliveries_in_export(everybody: list[UUID]) -> list[dict[str, Any]]:
    return await persons.deliveries(everybody)
