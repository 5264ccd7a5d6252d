"""The steps that move points by themselves and those of check-ins; each is told to the shop and to the model."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tenants import checkins, points
from tenants.kit import clock
from tenants.points import Why
from tests.model.game import Dice, Divergence, Game
from tests.model.ledger import DAY, day_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from uuid import UUID

    from tests.model.ledger import Entry


WHO = points.Person(id=None, name="model")


def may_repeat(game: Game, verb: str, who: UUID, real: Callable[[], Awaitable[object]]) -> None:
    """Keep what was done, to do it again later, which must change nothing."""

    async def again() -> None:
        game.note("again", verb, game.number_of(who))
        if who in game.living:
            await game.both(real, lambda: True, lambda done: done.repeated)  # type: ignore[attr-defined]

    game.again.append(again)


async def earn(game: Game, dice: Dice) -> None:
    """Points come in, some with a date of their own, some only from a day on."""
    who, amount, once = game.who(dice), 1 + dice.up_to(60), game.once()
    expires = game.now + timedelta(hours=dice.one_of([30, 5, 400])) if dice.up_to(3) == 1 else None
    active_at = game.now + timedelta(hours=3) if dice.up_to(6) == 1 else None
    game.note("earn", game.number_of(who), amount, once, expires, active_at)

    def model() -> tuple[int, object]:
        until = game.ledger.earn(who, amount, "api", once, active_at=active_at, expires=expires)
        if until is None:
            game.ledger.repay(who)
        return amount, until

    def real() -> Awaitable[points.Entry]:
        return points.earn(who, points=amount, why=Why.API, once=once, active_at=active_at, expires_at=expires)

    entry = await game.both(real, model, lambda told: (told.points, told.pending_until))
    if entry:
        (game.pending_ids if entry.pending_until else game.entry_ids)[once] = entry.id
        may_repeat(game, "earn", who, real)


async def spend(game: Game, dice: Dice) -> None:
    """Points go out."""
    who, amount, once = game.who(dice), 1 + dice.up_to(70), game.once()
    game.note("spend", game.number_of(who), amount, once)

    def real() -> Awaitable[points.Entry]:
        return points.spend(who, points=amount, why=Why.SPENT, once=once)

    entry = await game.both(
        real, lambda: game.ledger.spend(who, amount, "spent", once).points, lambda told: told.points)  # fmt: skip
    if entry:
        game.entry_ids[once] = entry.id
        may_repeat(game, "spend", who, real)


async def adjust(game: Game, dice: Dice) -> None:
    """Points by hand, given or taken."""
    who, once = game.who(dice), game.once()
    amount = (1 + dice.up_to(40)) * dice.one_of([1, -1])
    game.note("adjust", game.number_of(who), amount, once)

    def model() -> tuple[str, int]:
        if amount > 0:
            game.ledger.earn(who, amount, "staff", once)
            game.ledger.repay(who)
        else:
            game.ledger.spend(who, -amount, "staff", once)
        return "applied", amount

    def real() -> Awaitable[points.Adjustment]:
        return points.adjust(who, points=amount, reason="model", once=once, by=WHO)

    made = await game.both(real, model, lambda told: (told.state, told.points))
    if made and made.entry:
        game.entry_ids[once] = made.entry
        may_repeat(game, "adjust", who, real)


async def hold(game: Game, dice: Dice) -> None:
    """Points are set aside."""
    who, amount, once = game.who(dice), 1 + dice.up_to(50), game.once()
    ends = game.now + timedelta(hours=dice.one_of([24, 1, 100]))
    game.note("hold", game.number_of(who), amount, once, ends)

    def real() -> Awaitable[points.Hold]:
        return points.hold(who, points=amount, why=Why.SPENT, once=once, ends_at=ends)

    made = await game.both(
        real, lambda: game.ledger.hold(who, amount, once, ends).state, lambda told: told.state)  # fmt: skip
    if made:
        game.hold_ids[once] = made.id
        may_repeat(game, "hold", who, real)


async def confirm(game: Game, dice: Dice) -> None:
    """What was set aside is spent, again now and then."""
    if not game.hold_ids:
        return
    once = dice.one_of(list(game.hold_ids))
    game.note("confirm", once)
    entry = await game.both(
        lambda: points.confirm(game.hold_ids[once]), lambda: game.ledger.confirm(game.ledger.holds[once]).points,
        lambda told: told.points)  # fmt: skip
    if entry:
        game.entry_ids[f"hold/{once}"] = entry.id


async def release(game: Game, dice: Dice) -> None:
    """What was set aside is given back, again now and then."""
    if not game.hold_ids:
        return
    once = dice.one_of(list(game.hold_ids))
    game.note("release", once)

    def model() -> str:
        state = game.ledger.release(game.ledger.holds[once])
        game.ledger.pass_on({game.ledger.holds[once].member})
        return state

    await game.both(lambda: points.release(game.hold_ids[once]), model, lambda told: told.state)


async def take_back(game: Game, dice: Dice) -> None:
    """Points that should not have been kept go, or are owed."""
    who, amount, once = game.who(dice), 1 + dice.up_to(80), game.once()
    ids = {**game.entry_ids, **game.pending_ids}
    origins = [
        one for one in ids
        if one in game.ledger.pending or (one in game.ledger.entries and game.ledger.entries[one].points > 0)
    ]  # fmt: skip
    origin = dice.one_of(origins) if origins and dice.up_to(2) else None
    game.note("take_back", game.number_of(who), amount, once, origin)

    def real() -> Awaitable[points.TakenBack]:
        return points.take_back(
            who, points=amount, why=Why.STAFF, once=once, from_entry=ids[origin] if origin else None)  # fmt: skip

    done = await game.both(
        real, lambda: game.ledger.take_back(who, amount, "staff", once, origin),
        lambda told: (told.taken, told.pending, told.debt, told.short))  # fmt: skip
    if done:
        if done.entry:
            game.entry_ids[once] = done.entry.id
        may_repeat(game, "take_back", who, real)


async def reverse(game: Game, dice: Dice) -> None:
    """An entry is undone by another."""
    if not game.entry_ids:
        return
    name, once = dice.one_of(list(game.entry_ids)), game.once()
    game.note("reverse", name, once)

    def real() -> Awaitable[points.Entry]:
        return points.reverse(game.entry_ids[name], once=once)

    def model() -> int:
        entry: Entry = game.ledger.reverse(game.ledger.entries[name], once)
        if entry.points > 0:
            game.ledger.repay(entry.member)
            game.ledger.pass_on({entry.member})
        return entry.points

    entry = await game.both(real, model, lambda told: told.points)
    if entry:
        game.entry_ids[once] = entry.id
        may_repeat(game, "reverse", entry.member, real)


async def lapse(game: Game, _: Dice) -> None:
    """The hourly job."""
    game.note("lapse")

    def model() -> int:
        count, freed = game.ledger.lapse()
        game.ledger.pass_on(freed)
        return count

    before = len(game.ledger.batches)
    await game.both(points.lapse, model, lambda told: told)
    if len(game.ledger.batches) > before:
        [batch] = await points.batches(limit=1)
        mine = game.ledger.batches[-1]
        game.same("batch", (batch.lots, batch.points), (mine.lots, -sum(entry.points for entry in mine.entries)))


async def undo_lapse(game: Game, dice: Dice) -> None:
    """A whole batch is given back."""
    if not game.ledger.batches:
        return
    number = dice.up_to(len(game.ledger.batches))
    batch = list(reversed(await points.batches(limit=1_000)))[number]
    until = game.now + timedelta(days=3)
    game.note("undo_lapse", number)

    def model() -> bool:
        back = game.ledger.undo_lapse(game.ledger.batches[number], until)
        for who in back:
            game.ledger.repay(who)
        game.ledger.pass_on(back)
        return True

    await game.both(lambda: points.undo_lapse(batch.id, until=until, by="model"), model, lambda told: bool(told))


async def activate(game: Game, _: Dice) -> None:
    """What was to come counts."""
    game.note("activate")

    def model() -> int:
        came = game.ledger.activate()
        for who in set(came):
            game.ledger.repay(who)
        return len(came)

    await game.both(points.activate, model, lambda told: told)
    for row in await _promoted(game):
        game.entry_ids[row] = game.pending_ids.pop(row)


async def _promoted(game: Game) -> list[str]:
    return [once for once in game.pending_ids if game.ledger.pending[once].state == "active"]


async def cancel(game: Game, dice: Dice) -> None:
    """What is to come is dropped."""
    if not game.pending_ids:
        return
    once = dice.one_of(list(game.pending_ids))
    game.note("cancel", once)

    def model() -> int:
        waiting = game.ledger.pending[once]
        left = waiting.left
        if waiting.state == "pending":
            game.ledger.reduce(waiting, left)
        del game.pending_ids[once]
        return left

    ids = dict(game.pending_ids)
    if game.ledger.pending[once].state == "pending":
        await game.both(lambda: points.cancel(ids[once]), model, lambda told: told.taken)


async def check_in(game: Game, dice: Dice) -> None:
    """A member comes, once more on the same day now and then."""
    who, today = game.who(dice), day_of(game.now)
    game.note("check_in", game.number_of(who))
    if today in game.visits.of(who):
        await game.both(lambda: checkins.check_in(who), lambda: True, lambda told: told.repeated)
        return

    def model() -> tuple[int, int]:
        streak, gifts = game.visits.check_in(who, today)
        _give(game, who, gifts, f"visit/{game.number_of(who)}/{today}")
        return streak, sum(gift for _, gift in gifts)

    await game.both(lambda: checkins.check_in(who), model, _earned)


async def make_up(game: Game, dice: Dice) -> None:
    """A missed day is bought back."""
    who, today = game.who(dice), day_of(game.now)
    day = today - DAY * (1 + dice.up_to(7))
    game.note("make_up", game.number_of(who), day)

    def model() -> tuple[int, int] | str:
        if game.visits.may_make_up(who, day, today):
            return "repeated"
        game.ledger.spend(who, game.visits.price(who, today), "make_up", f"make-up/{who}/{day}")
        streak, gifts = game.visits.make_up(who, day, today)
        _give(game, who, gifts, f"made-up/{game.number_of(who)}/{day}")
        return streak, sum(gift for _, gift in gifts)

    await game.both(
        lambda: checkins.make_up(who, day=day), model,
        lambda told: "repeated" if told.repeated else _earned(told))  # fmt: skip


def _earned(told: checkins.CheckedIn) -> tuple[int, int]:
    return told.streak, told.points + sum(extra.points for extra in told.extras)


def _give(game: Game, who: UUID, gifts: list[tuple[str, int]], once: str) -> None:
    came = [
        game.ledger.earn(who, points_, why, f"{once}/{place}") is None for place, (why, points_) in enumerate(gifts)
    ]  # fmt: skip
    if any(came):  # what is only promised pays no debt
        game.ledger.repay(who)


async def outage(game: Game, dice: Dice) -> None:
    """Nobody had to come on a day, or had to after all."""
    day = day_of(game.now) - DAY * dice.up_to(6)
    game.note("outage", day)
    if day in game.visits.outages:
        await game.both(lambda: checkins.withdraw(day), lambda: game.visits.outages.remove(day), lambda told: told)
    else:
        await game.both(
            lambda: checkins.declare(day, day, reason="down"), lambda: game.visits.outages.add(day),
            lambda _: None)  # fmt: skip
    game.ledger.now += timedelta(minutes=5)  # whoever is just checking in is let finish first
    with clock.at(game.now):
        for _ in range(20):
            if await checkins.heal() is None:
                return
    raise Divergence("healing does not end")


async def repeat(game: Game, dice: Dice) -> None:
    """Something that was done is asked for again."""
    if game.again:
        await dice.one_of(game.again)()
