"""Orders change hands when members are merged or parted, and lose what leads to a person who is to be forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants.orders.rules.totals import recount_members
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence


async def lock(who: Sequence[uuid.UUID]) -> None:
    """Have whatever is told of these members' orders wait."""
    await DB.fetch(
        "SELECT 1 FROM __tenant__.shop_order WHERE member = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE",
        list(who))  # fmt: skip


async def move_all(member: uuid.UUID, *, to: uuid.UUID) -> list[uuid.UUID]:
    """Make all orders of a member another one's, totals included; answers with the orders."""
    rows = await DB.fetch(
        "SELECT id FROM __tenant__.shop_order WHERE member = $1 ORDER BY id FOR NO KEY UPDATE", member)  # fmt: skip
    moved = [row["id"] for row in rows]
    await _give(moved, by=member, to=to)
    return moved


async def move_back(orders: Sequence[uuid.UUID], *, by: uuid.UUID, to: uuid.UUID) -> None:
    """Give these orders back to whom they were taken from, as far as `by` still has them."""
    rows = await DB.fetch(
        "SELECT id FROM __tenant__.shop_order WHERE id = ANY($1::uuid[]) AND member = $2 ORDER BY id"
        " FOR NO KEY UPDATE", list(orders), by)  # fmt: skip
    await _give([row["id"] for row in rows], by=by, to=to)


async def forget(member: uuid.UUID) -> None:
    """Blank what says where a member's parcels went. Order numbers stay: a refund may still come."""
    await DB.fetch(
        "UPDATE __tenant__.shop_order SET carrier = NULL, tracking = NULL"
        " WHERE member = $1 AND (carrier IS NOT NULL OR tracking IS NOT NULL)", member)  # fmt: skip
    await DB.fetch(
        "UPDATE __tenant__.order_event SET carrier = NULL, tracking = NULL WHERE shop_order IN"
        " (SELECT id FROM __tenant__.shop_order WHERE member = $1) AND (carrier IS NOT NULL OR tracking IS NOT NULL)",
        member)  # fmt: skip


async def _give(orders: list[uuid.UUID], *, by: uuid.UUID, to: uuid.UUID) -> None:
    if orders:
        await DB.fetch("UPDATE __tenant__.shop_order SET member = $2 WHERE id = ANY($1::uuid[])", orders, to)
        await recount_members({by, to})
