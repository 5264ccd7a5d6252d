"""Brings everything else in line with where orders stand: points, levels, totals, vouchers, and whoever listens."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from tenants import levels, points, rewards, vouchers
from tenants.kit import facts
from tenants.orders.rules import totals
from tenants.orders.rules.caps import apply_caps, give_up
from tenants.orders.rules.writing import wait_for_refunds
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence

    from tenants.orders.rules.policy import Policy
    from tenants.orders.rules.stories import Story


_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class OrderChange:
    """An order of which something new was told; `before` is None where it was first heard of."""

    id: uuid.UUID
    member: uuid.UUID
    source: str
    external_id: str
    before: str | None
    after: str
    amount: Decimal
    refunded: Decimal
    points: int


@dataclass(frozen=True, slots=True)
class Changed:
    """Fact: something new was told of these orders, all of one batch."""

    orders: tuple[OrderChange, ...]


def once_of(story: Story) -> str:
    """The occasion of what an order brings about: it moves points once for each of its versions at most."""
    return f"order/{story.id}/{story.version}"


async def settle(stories: Sequence[Story], policy: Policy) -> None:
    """Give or take back the difference between what each order stands for and what was given for it.

    What cannot be taken back because it is no longer there is noted as short, and tried again with the next event.
    Members are gone through in ascending order, first those who give back; where there are both, all of them are
    locked beforehand, so that batches cannot wait in a ring.
    """
    for story in stories:
        if story.active_at is None:
            wait_for_refunds(story)
    await apply_caps(stories, policy)
    for story in stories:
        if story.points_given <= story.target:
            story.points_short = 0  # nothing is to be taken back any more, whatever was short before
    moving = sorted(stories, key=lambda story: (story.owner, story.external_id, story.source))
    less = [story for story in moving if story.target < story.points_given]
    more = [story for story in moving if story.target > story.points_given]
    if less and more:
        await points.line_up(story.owner for story in (*less, *more))
    await _take_back(less)
    await _give(more)


async def follow_up(stories: Sequence[Story]) -> None:
    """Count what was bought, give vouchers back, and tell the news; orders are written and points moved by now."""
    await levels.count_many(
        [
            levels.Growth(
                member=story.owner, amount=story.standing.spend - story.counted, kind="spend", once=once_of(story),
                at=story.standing.awarded_at)
            for story in sorted(stories, key=lambda story: story.owner)
            if story.standing.spend != story.counted
        ]
    )  # fmt: skip
    for story in stories:
        await _return_vouchers(story)
    await totals.count(totals.Recount(story.owner, story.counted_before, story.counts) for story in stories)
    await facts.announce(
        Changed(
            tuple(
                OrderChange(
                    story.id, story.owner, story.source, story.external_id, story.state_before, story.state,
                    story.standing.amount, story.standing.refunded, story.points_given)
                for story in stories
                if story.id is not None
            )
        )
    )  # fmt: skip


async def _return_vouchers(story: Story) -> None:
    """A part that is refunded takes its share of the order's vouchers along; with all of it they are free again."""
    standing = story.standing
    part = standing.refunded - story.refunded_before
    if part > 0 and story.state != "cancelled":
        await vouchers.refund_part(
            story.external_id, refunded=part, total=standing.amount, once=once_of(story))  # fmt: skip
    if story.over and not story.over_before:
        await vouchers.give_back(story.external_id, reason=story.state)


async def ask_levels(stories: Sequence[Story]) -> None:
    """Let each order that earns for the first time know what its member's level makes of it, for good."""
    asking = [story for story in stories if story.asks_level]
    held = await levels.levels_of({story.owner for story in asking}) if asking else {}
    for story in asking:
        level = held.get(story.owner)
        story.level_name = level.name if level else None
        story.at_level(level.multiplier if level else _ONE)


async def _give(stories: Sequence[Story]) -> None:
    grants = await rewards.grant_many(
        [
            rewards.Granting(
                member=story.owner,
                reward=rewards.Reward(points=story.target - story.points_given),
                why=rewards.Why.ORDER,
                once=once_of(story),
                active_at=story.active_at,
                detail=_detail(story),
            )
            for story in stories
        ]
    )
    for story, grant in zip(stories, grants, strict=True):
        story.points_given, story.points_short = story.points_given + grant.points, 0
        if grant.points_refused:  # the shop's budget for this reason withholds it, as a cap does
            await give_up(story, grant.points_refused)


def _detail(story: Story) -> dict[str, str]:
    """The facts of the sentence that says why; how lines and rules made it is told by the order's explanation."""
    standing, terms = story.standing, story.terms
    facts = {"order": story.external_id, "amount": str(standing.amount)}
    rules = {one.bonus.id: one.bonus for one in standing.earned if one.bonus is not None}
    if rules:
        facts["rules_en"] = ", ".join(bonus.name_en or bonus.name_zh for bonus in rules.values())
        facts["rules_zh"] = "、".join(bonus.name_zh or bonus.name_en for bonus in rules.values())
    elif terms is not None and terms.points_per_unit != 1:
        facts["rate"] = f"{terms.points_per_unit.normalize():f}"
    if story.level_multiplier is not None and story.level_multiplier != 1 and not rules:
        facts["multiplier"] = f"{story.level_multiplier.normalize():f}"
        if story.level_name is not None:
            facts["level_en"], facts["level_zh"] = story.level_name.en, story.level_name.zh
    if story.points_capped:
        facts["capped"] = str(story.points_capped)
    return facts


async def _take_back(stories: Sequence[Story]) -> None:
    """Take back what orders gave: what still waits of it first, from the latest gift on, then what is there."""
    if not stories:
        return
    gifts = {f"reward/order/{story.id}/{version}": story for story in stories for version in range(1, story.version)}
    found: dict[Story, list[tuple[uuid.UUID, int]]] = defaultdict(list)
    for row in await DB.fetch(
        "SELECT id, once, remaining FROM __tenant__.points_pending WHERE once = ANY($1::text[]) AND state = 'pending'"
        " UNION ALL SELECT id, once, 0 FROM __tenant__.points_entry WHERE once = ANY($1::text[]) ORDER BY id DESC",
        list(gifts)):  # fmt: skip
        found[gifts[row["once"]]].append((row["id"], row["remaining"]))
    asked = [(story, part) for story in stories for part in _parts(story, found[story])]
    for story in stories:
        story.points_short = 0
    for (story, _), back in zip(asked, await points.take_back_many([part for _, part in asked]), strict=True):
        if isinstance(back, Exception):
            raise back
        story.points_given -= back.taken + back.debt
        story.points_short += back.short


def _parts(story: Story, gifts: list[tuple[uuid.UUID, int]]) -> list[points.TakeBack]:
    wanted = story.points_given - story.target
    detail = {"order": story.external_id, "refunded": str(story.standing.refunded - story.refunded_before)}
    parts = []
    waiting = [(gift, left) for gift, left in gifts if left]
    for place, (gift, left) in enumerate([*waiting, (gifts[0][0] if gifts else None, wanted)]):
        if amount := min(left, wanted):
            wanted -= amount
            parts.append(
                points.TakeBack(
                    member=story.owner, points=amount, why=points.Why.ORDER_REFUND, detail=detail, from_entry=gift,
                    once=f"{once_of(story)}/{place}" if place else once_of(story))
            )  # fmt: skip
    return parts
