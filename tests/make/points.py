"""Members with points, for tests."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tenants import members, points
from tenants.kit import clock, ids

if TYPE_CHECKING:
    import uuid
    from datetime import datetime


async def member(*amounts: int, name: str = "Mei") -> uuid.UUID:
    """A member who has earned these amounts of points, which never expire."""
    made = await members.create(members.Profile(external_id=ids.new().hex, name=name))
    for amount in amounts:
        await earned(made.id, amount)
    return made.id


async def earned(
    who: uuid.UUID, amount: int, *, expires_at: datetime | None = None, days: int | None = None
) -> points.Entry:
    """Points for a member, for an occasion of their own, that expire in so many days where that is said."""
    return await points.earn(
        who,
        points=amount,
        why=points.Why.API,
        once=f"made/{ids.new()}",
        expires_at=clock.now() + timedelta(days=days) if days else expires_at,
    )
