"""Points that were earned, as what counts: never a balance, so nobody loses a level by spending, or by expiry.

What the ledger takes back counts below zero on the day of what it takes back. Only while the shop's basis is points are
they entered; when it becomes that, `enter_for` brings in what the ledger has, each entry once.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tenants import points
from tenants.levels.rules import ladder
from tenants.levels.rules.counting import Growth, count_many, enter_many
from tenants.points import Why
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Collection, Sequence

# Comes in, but was not earned here and now.
BROUGHT = frozenset({Why.IMPORT, Why.MALL_RETURN, Why.MERGE_IN, Why.EXPIRY_UNDONE, Why.REVERSED})
# Goes out because it should not have been earned.
TAKEN = frozenset({Why.ORDER_REFUND, Why.REVERSED, Why.DEBT_REPAID})

_FIRST = """
SELECT e.id, o.at, o.why FROM __tenant__.points_entry e
  LEFT JOIN __tenant__.points_take_back t ON t.once = e.once
  LEFT JOIN __tenant__.points_entry o ON o.id = coalesce(e.reverses, t.from_entry)
 WHERE e.id = ANY($1::uuid[])
"""


async def count_moved(movements: Sequence[points.Movement]) -> None:
    """Count what these movements earned or took back, where the shop's levels go by points."""
    if any(_matters(one.points, one.why) for one in movements):
        policy = (await ladder.rules()).policy
        if policy.basis == "points":
            await count_many(await _growths(movements))


async def enter_for(members: Collection[uuid.UUID]) -> None:
    """Enter what the ledger has of these members and has not counted yet, without judging them.

    Their accounts are locked first, so that who is just earning, and did not know yet that points count, is waited for.
    """
    await DB.fetch(
        "SELECT 1 FROM __tenant__.points_account WHERE member = ANY($1::uuid[]) ORDER BY member FOR NO KEY UPDATE",
        list(members))  # fmt: skip
    rows = await DB.fetch(
        "SELECT e.id AS entry, e.member, e.points, e.why, e.once, e.at FROM __tenant__.points_entry e"
        " WHERE e.member = ANY($1::uuid[])"
        " AND NOT EXISTS (SELECT 1 FROM __tenant__.growth_entry g WHERE g.once = 'points/' || e.id)",
        list(members))  # fmt: skip
    await enter_many(await _growths([points.Movement(**{**dict(row), "why": Why(row["why"])}) for row in rows]))


def _matters(amount: int, why: Why) -> bool:
    return why not in BROUGHT if amount > 0 else why in TAKEN


async def _growths(movements: Sequence[points.Movement]) -> list[Growth]:
    counting = [one for one in movements if _matters(one.points, one.why)]
    back = [one.entry for one in counting if one.points < 0]
    first: dict[uuid.UUID, Any] = {row["id"]: row for row in await DB.fetch(_FIRST, back)} if back else {}
    growths = []
    for one in counting:
        before = first.get(one.entry)
        if before and before["why"] and not _matters(1, Why(before["why"])):
            continue  # it takes back what had not counted
        at = before["at"] if before and before["at"] else one.at
        growths.append(
            Growth(member=one.member, amount=Decimal(one.points), kind="points", once=f"points/{one.entry}", at=at)
        )
    return growths
