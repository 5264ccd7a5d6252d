"""Plays games: takes numbers, makes steps of them, and finds the fewest that still make shop and model disagree."""

from __future__ import annotations

import contextlib
import re
import time
import traceback
from typing import TYPE_CHECKING

from tenants.kit import clock
from tenants.tenancy import DB, doctor, use_tenant
from tests.model import deals, moves
from tests.model.game import Dice, Divergence, Game, begin

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from tenants.tenancy import Tenant

EVERY = 20
_WEIGHTS: list[tuple[int, Callable[[Game, Dice], Awaitable[None]]]] = [
    (16, moves.earn),
    (12, moves.check_in),
    (8, moves.spend),
    (6, moves.repeat),
    (5, moves.hold),
    (5, moves.reverse),
    (4, moves.take_back),
    (4, moves.make_up),
    (4, moves.lapse),
    (3, moves.confirm),
    (3, moves.release),
    (3, moves.adjust),
    (3, moves.activate),
    (2, moves.undo_lapse),
    (10, deals.order),
    (4, deals.issue),
    (4, deals.reserve),
    (4, deals.pay_voucher),
    (1, deals.revoke),
    (3, deals.expire),
    (6, deals.redeem),
    (3, deals.pay),
    (5, deals.follow),
    (2, deals.merge),
    (2, deals.unmerge),
    (1, moves.cancel),
    (1, moves.outage),
]
VERBS = [verb for weight, verb in _WEIGHTS for _ in range(weight)]
WAITS = 16


class _Over(Exception):
    """The game is over and nothing of it is kept."""


async def step(game: Game, number: int) -> None:
    """One step, which the number says."""
    dice = Dice(number)
    choice = dice.up_to(len(VERBS) + WAITS)
    if choice >= len(VERBS):
        game.wait(dice)
        return
    verb = VERBS[choice]
    game.verbs[verb.__name__] = game.verbs.get(verb.__name__, 0) + 1
    with clock.at(game.now):
        await verb(game, dice)


async def play(tenant: Tenant, seed: int, steps: Sequence[int], verbs: dict[str, int] | None = None) -> None:
    """Play these steps in a shop of which nothing is kept. Raises Divergence with the story so far.

    All of it is one transaction, and each step a part of it that fails alone, as a request would.
    """
    with use_tenant(tenant), contextlib.suppress(_Over):
        async with DB.transaction(seconds=600):
            game = await begin(seed)
            with clock.at(game.now):
                await deals.furnish(game)
            try:
                await _play(game, steps)
            except Exception as error:
                story = "\n".join(
                    [
                        f"seed {seed}: {game.ledger.policy} {game.visits.plan} {game.trade.award_on} {game.trade.refund_days}",
                        *game.log,
                    ]
                )
                detail = "" if isinstance(error, Divergence) else traceback.format_exc(limit=-6)
                raise Divergence(f"{error}\n{detail}\n{story}") from error
            raise _Over
    if verbs is not None:
        for name, count in game.verbs.items():
            verbs[name] = verbs.get(name, 0) + count


async def _play(game: Game, steps: Sequence[int]) -> None:
    for place, number in enumerate(steps, start=1):
        await step(game, number)
        if place % EVERY == 0:
            await game.compare()
    await game.compare()
    with clock.at(game.now):
        broken = [(found.check.name, found.sample[:2], found.error) for found in await doctor.examine()]
    if broken:
        raise Divergence(f"the doctor finds {broken}")


async def told(tenant: Tenant, seed: int, steps: Sequence[int]) -> str:
    """The story of the divergence that these steps come to, or nothing."""
    try:
        await play(tenant, seed, steps)
    except Divergence as error:
        return str(error)
    return ""


def _kind_of(story: str) -> str:
    """What a divergence is about, numbers aside, so that looking for fewer steps does not stray to another."""
    return re.sub(r"[0-9a-f-]{8,}|\d+", "", story.split("\n", 1)[0])


async def fewest(tenant: Tenant, seed: int, steps: Sequence[int], *, seconds: float = 120) -> tuple[list[int], str]:
    """The fewest of these steps that were found to disagree, and the story of them."""
    steps, size = list(steps), len(steps)
    story = await told(tenant, seed, steps)
    kind, until = _kind_of(story), time.monotonic() + seconds
    while size:
        place = 0
        while place < len(steps) and time.monotonic() < until:
            fewer = steps[:place] + steps[place + size :]
            found = await told(tenant, seed, fewer)
            if found and _kind_of(found) == kind:
                steps, story = fewer, found
            else:
                place += size
        size //= 2
    return steps, story
