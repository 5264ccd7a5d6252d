"""What orders do when two members turn out to be one person, or a person is to be forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants import members
from tenants.kit.facts import on
from tenants.kit.words import Words
from tenants.orders.rules import moving
from tenants.tenancy import DB

if TYPE_CHECKING:
    from uuid import UUID


@on(members.AboutToChange)
async def wait_for_orders(fact: members.AboutToChange) -> None:
    """Orders are locked before members and points, by whoever takes events in."""
    await moving.lock(fact.members)


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


@members.on_card
async def _orders_on_card(member: UUID) -> members.Section | None:
    told = await DB.fetchrow(
        "SELECT orders, purchases, spend, first_at, last_at FROM __tenant__.buyer_totals WHERE member = $1",
        member)  # fmt: skip
    if told is None:
        return None
    return members.Section(
        "orders",
        Words(en="Orders", zh="订单"),
        (
            members.Fact("orders", Words(en="Orders", zh="订单数"), told["orders"]),
            members.Fact("purchases", Words(en="Purchases", zh="有效订单"), told["purchases"]),
            members.Fact("spend", Words(en="Spent", zh="消费金额"), told["spend"]),
            members.Fact("first_at", Words(en="First", zh="首次购买"), told["first_at"]),
            members.Fact("last_at", Words(en="Last", zh="最近购买"), told["last_at"]),
        ),
        link="/v1/members/{member}/order-statistics",
        desk="shop_order",
    )
