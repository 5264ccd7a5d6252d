"""Members who spend, and days that pass, for tests of levels; call inside `shop.open()` where not said otherwise."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tenants import levels
from tenants.kit import clock, ids
from tenants.levels.rules import going_through

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterator

    from tests.conftest import Shop


async def switched_on(shop: Shop, **policy: Any) -> None:
    """Levels as furnished (0, 1000, 5000, 20000), switched on and recounted; a call of its own."""
    async with shop.open():
        await levels.change_policy(active=True, **policy)
    await recounted(shop)


async def recounted(shop: Shop) -> None:
    """Everybody gone through after the rules changed; a call of its own."""
    more = True
    while more:
        async with shop.open():
            more = await going_through.recount(limit=3)


async def looked(shop: Shop) -> None:
    """The nightly look of the day; a call of its own."""
    more = True
    while more:
        async with shop.open():
            more = await going_through.look(limit=3)


@contextmanager
def on(day: str | date, hour: int = 12) -> Iterator[None]:
    """Inside, it is that day in Shanghai, noon unless said otherwise."""
    wanted = date.fromisoformat(day) if isinstance(day, str) else day
    with clock.at(datetime.combine(wanted, time(hour), tzinfo=clock.zone("Asia/Shanghai")).astimezone(UTC)):
        yield


async def spent(
    member: uuid.UUID, amount: str | int, *, day: str | date | None = None, kind: Any = "spend"
) -> levels.Counted:
    """So much spent, or given back where below zero, today or on a day before."""
    wanted = date.fromisoformat(day) if isinstance(day, str) else day
    at = datetime.combine(wanted, time(12), tzinfo=clock.zone("Asia/Shanghai")) if wanted else None
    return await levels.count(
        levels.Growth(member=member, amount=Decimal(amount), kind=kind, once=f"made/{ids.new()}", at=at)
    )


async def rank(member: uuid.UUID) -> int:
    """The rank of the level that a member has; 0 for none."""
    level = (await levels.levels_of([member])).get(member)
    return level.rank if level else 0
