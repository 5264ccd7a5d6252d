"""What of the mall follows a person: into another member and back, and out of everything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants import members
from tenants.mall.rules.counting import count_anew
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid

_TABLE = "mall_redemption"


async def move_all(merge: uuid.UUID, source: uuid.UUID, target: uuid.UUID) -> None:
    """Two members are one person: all redemptions are the target's now, and count against their limits."""
    rows = await DB.fetch(
        "UPDATE __tenant__.mall_redemption SET member = $2 WHERE member = $1 RETURNING id", source, target)  # fmt: skip
    if rows:
        await members.note_moved(merge, _TABLE, [row["id"] for row in rows])
        await count_anew(members=[source, target])


async def move_back(merge: uuid.UUID, source: uuid.UUID, target: uuid.UUID) -> None:
    """They were two after all: what was moved goes back."""
    moved = await members.moved(merge, _TABLE)
    if moved:
        await DB.fetch("UPDATE __tenant__.mall_redemption SET member = $2 WHERE id = ANY($1::uuid[])", moved, source)
        await count_anew(members=[source, target])


async def forget(member: uuid.UUID) -> None:
    """Where things were sent and what was written about them goes; what was redeemed stays."""
    await DB.fetch(
        "UPDATE __tenant__.mall_delivery SET recipient = '', phone = '', country = '', province = '', city = '',"
        " street = '', postcode = '', carrier = '', tracking = '' WHERE redemption IN"
        " (SELECT id FROM __tenant__.mall_redemption WHERE member = $1)", member)  # fmt: skip
    await DB.fetch(
        "UPDATE __tenant__.mall_event SET reason = '' WHERE reason <> '' AND redemption IN"
        " (SELECT id FROM __tenant__.mall_redemption WHERE member = $1)", member)  # fmt: skip


async def deliveries(everybody: list[uuid.UUID]) -> list[dict[str, Any]]:
    """Where the redemptions of these members were sent."""
    rows = await DB.fetch(
        "SELECT d.* FROM __tenant__.mall_delivery d JOIN __tenant__.mall_redemption r ON r.id = d.redemption"
        " WHERE r.member = ANY($1::uuid[]) ORDER BY d.redemption", everybody)  # fmt: skip
    return [dict(row) for row in rows]
