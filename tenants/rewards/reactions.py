"""What earlier subjects tell rewards: levels that were reached, members who became one, or two again, or are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants import levels, members
from tenants.kit import clock
from tenants.kit.facts import on
from tenants.kit.words import Words
from tenants.rewards.rules import level_gifts
from tenants.rewards.rules.granting import forget
from tenants.rewards.rules.reasons import WHY_WORDS, Why
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    from uuid import UUID


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


@members.on_card
async def _grants_on_card(member: UUID) -> members.Section | None:
    rows = await DB.fetch(
        "SELECT why, points, at FROM __tenant__.reward_grant WHERE member = $1 ORDER BY id DESC LIMIT 3",
        member)  # fmt: skip
    if not rows:
        return None
    zone = clock.zone(current_tenant().timezone)
    return members.Section(
        "rewards",
        Words(en="Last rewards", zh="最近发放"),
        tuple(
            members.Fact(
                f"grant_{place}", WHY_WORDS[Why(row["why"])], f"{row['points']} ({row['at'].astimezone(zone):%Y-%m-%d})"
            )
            for place, row in enumerate(rows, start=1)
        ),
        link="/v1/members/{member}/rewards",
        desk="reward_grant",
    )
