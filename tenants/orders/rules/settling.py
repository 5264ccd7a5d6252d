"""Brings a member's points to what their orders stand for: gives what is missing, takes back what is too much."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from tenants import points, rewards
from tenants.tenancy import DB

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tenants.orders.rules.stories import Story


def once_of(story: Story) -> str:
    """The occasion of a movement of points: an order moves them once for each of its versions at most."""
    return f"order/{story.id}/{story.version}"


async def settle(stories: Sequence[Story]) -> None:
    """Give or take back the difference between what each order stands for and what was given for it.

    What cannot be taken back because it is no longer there is noted as short, and tried again with the next event.
    Members are gone through in ascending order, gifts to neighbours in one go, so that batches cannot wait in a ring.
    """
    for story in stories:
        if story.points_given <= story.standing.points:
            story.points_short = 0  # nothing is to be taken back any more, whatever was short before
    moving = sorted(
        (story for story in stories if story.standing.points != story.points_given),
        key=lambda story: (story.owner, story.points_given),
    )
    for giving, run in groupby(moving, key=lambda story: story.standing.points > story.points_given):
        if giving:
            await _give(list(run))
        else:
            for story in run:
                await _take_back(story)


async def _give(stories: Sequence[Story]) -> None:
    await rewards.grant_many(
        [
            rewards.Granting(
                member=story.owner,
                reward=rewards.Reward(points=story.standing.points - story.points_given),
                why=rewards.Why.ORDER,
                once=once_of(story),
            )
            for story in stories
        ]
    )
    for story in stories:
        story.points_given, story.points_short = story.standing.points, 0


async def _take_back(story: Story) -> None:
    wanted = story.points_given - story.standing.points
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
