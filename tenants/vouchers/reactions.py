"""What vouchers do when two members turn out to be one, or a member is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants import members
from tenants.kit.facts import on
from tenants.kit.words import Words
from tenants.vouchers.rules import moving, reading

if TYPE_CHECKING:
    from uuid import UUID


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


@members.on_card
async def _vouchers_on_card(member: UUID) -> members.Section:
    counts = await reading.counts_of(member)
    return members.Section(
        "vouchers",
        Words(en="Vouchers", zh="优惠券"),
        tuple(members.Fact(state, words, counts.get(state, 0)) for state, words in _ON_CARD.items()),
        link="/v1/vouchers?member={member}",
        desk="voucher",
    )


_ON_CARD = {
    "issued": Words(en="To be used", zh="可使用"),
    "reserved": Words(en="Reserved", zh="已锁定"),
    "used": Words(en="Used", zh="已使用"),
    "expired": Words(en="Expired", zh="已过期"),
}
