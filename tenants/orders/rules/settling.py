"""Brings everything else in line with where orders stand: points, levels, totals, vouchers, and whoever listens."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from tenants import points, rewards, vouchers
from tenants.kit import facts
from tenants.orders.rules import totals
from tenants.orders.rules.caps import apply_caps
from tenants.orders.rules.writing import wait_for_refunds
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence

    from tenants.orders.rules.policy import Policy
    from tenants.orders.rules.stories import Story


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
    Members are gone through in ascending order, gifts to neighbours in one go, so that batches cannot wait in a ring.
    """
    for story in stories:
        if story.active_at is None:
            wait_for_refunds(story)
    await apply_caps(stories, policy)
    for story in stories:
        if story.points_given <= story.target:
            story.points_short = 0  # nothing is to be taken back any more, whatever was short before
    moving = sorted(
        (story for story in stories if story.target != story.points_given),
        key=lambda story: (story.owner, story.points_given),
    )
    for giving, run in groupby(moving, key=lambda story: story.target > story.points_given):
        if giving:
            await _give(list(run))
        else:
            for story in run:
                await _take_back(story)


async def follow_up(stories: Sequence[Story]) -> None:
    """Give vouchers back, count what was bought, and tell the news; orders are written and points moved by now."""
    for story in stories:
        if not story.standing.valid and story.state_before not in {"cancelled", "refunded"}:
            await vouchers.give_back(story.external_id, reason=story.state)
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


async def ask_levels(stories: Sequence[Story]) -> None:
    """Let each order that earns for the first time know what its member's level makes of it."""
    for story in stories:
        if story.asks_level:
            story.at_level(Decimal(1))


async def _give(stories: Sequence[Story]) -> None:
    await rewards.grant_many(
        [
            rewards.Granting(
                member=story.owner,
                reward=rewards.Reward(points=story.target - story.points_given),
                why=rewards.Why.ORDER,
                once=once_of(story),
            )
            for story in stories
        ]
    )
    for story in stories:
        story.points_given, story.points_short = story.target, 0


async def _take_back(story: Story) -> None:
    wanted = story.points_given - story.target
    # The order's own points go first, as far as they are there.
    gifts = [f"reward/order/{story.id}/{version}" for version in range(1, story.version)]
    own = await DB.fetchval(
        "SELECT id FROM __tenant__.points_entry WHERE once = ANY($1::text[]) ORDER BY id DESC LIMIT 1",
        gifts,
    )
    back = await points.take_back(
        story.owner, points=wanted, why=points.Why.ORDER_REFUND, once=once_of(story), from_entry=own)  # fmt: skip
    story.points_given -= back.taken
    story.points_short = back.short
