"""Visits, plans and outage days for tests. `days` count from NOON, a noon of the shop in Shanghai."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tenants import checkins
from tenants.checkins.rules import plans
from tenants.kit import clock
from tenants.tenancy import doctor
from tests.make import members as make

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from uuid import UUID

    from tests.conftest import Shop

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)  # 12:00 in Shanghai, a Monday
FIRST = date(2026, 3, 2)


def on(day: int) -> AbstractContextManager[None]:
    """The noon of so many days after the first."""
    return clock.at(NOON + timedelta(days=day))


def date_of(day: int) -> date:
    """The date of so many days after the first."""
    return FIRST + timedelta(days=day)


async def member(shop: Shop) -> UUID:
    """A member of the shop."""
    async with shop.open():
        return (await make.member()).id


async def plan(shop: Shop, *, day: int = 0, **changes: Any) -> UUID:
    """Change the shop's plan on a day: 5 points, one more a day up to 7, in cycles of 7 days, unless said otherwise."""
    said: dict[str, Any] = {
        "name_en": "Plan", "name_zh": "计划", "active": True, "base": 5, "increment": 1, "increment_days": 7,
        "cycle": "days7", **changes,
    }  # fmt: skip
    with on(day):
        async with shop.open():
            row = await checkins.plan_in_force() or await plans.latest_plan()
            await checkins.change_plan(row["id"], checkins.PlanSettings(**said))
            found: UUID = row["id"]
            return found


async def visit(shop: Shop, who: UUID, *days: int) -> checkins.CheckedIn:
    """Check in on days, in their order; the last visit."""
    done = None
    for day in days:
        with on(day):
            async with shop.open():
                done = await checkins.check_in(who)
    assert done
    return done


async def make_up(shop: Shop, who: UUID, day: int, *, at: int, price: int | None = None) -> checkins.CheckedIn:
    """Make a day up on another."""
    with on(at):
        async with shop.open():
            return await checkins.make_up(who, day=date_of(day), price=price)


async def outage(shop: Shop, day: int, last: int | None = None, *, at: int, heal: bool = True) -> None:
    """Declare days outage days on another day, and let the job do its work."""
    with on(at):
        async with shop.open():
            await checkins.declare(date_of(day), date_of(day if last is None else last), reason="the shop was down")
    if heal:
        await healed(shop, at=at)


async def healed(shop: Shop, *, at: int, limit: int = 2_000) -> int:
    """Let the healing job work until it is done; how often it ran."""
    runs = 0
    with clock.at(NOON + timedelta(days=at, minutes=5)):
        while True:
            async with shop.open():
                runs += 1
                if await checkins.heal(limit=limit) is None:
                    return runs


async def streaks(shop: Shop, who: UUID) -> list[tuple[int, int]]:
    """The days of a member's visits and their streaks."""
    rows = await shop.rows("SELECT day, streak FROM __tenant__.check_in WHERE member = $1 ORDER BY day", who)
    return [((row["day"] - FIRST).days, row["streak"]) for row in rows]


async def balance(shop: Shop, who: UUID) -> int:
    """A member's points."""
    return int(await shop.value("SELECT balance FROM __tenant__.points_account WHERE member = $1", who) or 0)


async def sound(shop: Shop) -> None:
    """All that must always hold does."""
    async with shop.open():
        await sound_here()


async def sound_here() -> None:
    """The same, in the open transaction."""
    broken = [(found.check.name, found.rows, found.sample[:2], found.error) for found in await doctor.examine()]
    assert not broken, broken
