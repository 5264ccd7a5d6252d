"""What members owe: points that were to be taken back and were no longer there; the next points pay them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants.kit import ids
from tenants.points.rules.drawing import Drawing, draw, lock_accounts, spendable
from tenants.points.rules.news import tell
from tenants.points.rules.reasons import Why
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable, Sequence
    from datetime import datetime

_STEP = """
WITH step AS (
    INSERT INTO __tenant__.points_debt (id, member, points, why, once, entry, at)
    SELECT s.id, s.member, s.points, s.why, s.once, s.entry, $7::timestamptz
    FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::uuid[])
        AS s(id, member, points, why, once, entry) ORDER BY s.once
    ON CONFLICT (once) DO NOTHING RETURNING member, points
)
UPDATE __tenant__.points_account a SET debt = a.debt + changed.points, updated_at = $7::timestamptz
FROM (SELECT member, sum(points)::bigint AS points FROM step GROUP BY member) changed WHERE a.member = changed.member
"""


async def owe(steps: Sequence[tuple[uuid.UUID, int, Why, str, uuid.UUID | None]], *, moment: datetime) -> None:
    """Have members owe more or, below zero, less: member, points, why, occasion, entry. Accounts must be locked."""
    if steps:
        await DB.fetch(
            _STEP, [ids.new() for _ in steps], [who for who, *_ in steps], [owed for _, owed, *_ in steps],
            [why.value for _, _, why, *_ in steps], [once for *_, once, _ in steps], [entry for *_, entry in steps],
            moment)  # fmt: skip


async def repay(who: Iterable[uuid.UUID], *, moment: datetime) -> None:
    """Have members who owe points pay with what they can spend now, each by an entry of its own."""
    owing = set(who)
    if not owing:
        return
    accounts = await lock_accounts(owing)
    have = await spendable(list(owing))
    paying = {
        member: paid for member, account in accounts.items() if (paid := min(account.debt, have.get(member, 0))) > 0
    }
    drawings = []
    for member, paid in sorted(paying.items()):
        entry = ids.new()
        drawings.append(
            Drawing(
                id=entry, member=member, points=paid, why=Why.DEBT_REPAID, once=f"debt/{entry}",
                detail={"left": str(accounts[member].debt - paid)})
        )  # fmt: skip
    entries = await draw(drawings, moment=moment)
    await owe(
        [(one.member, one.points, one.why, one.once, one.id) for one in entries.values()], moment=moment)  # fmt: skip
    await tell(entries.values())
