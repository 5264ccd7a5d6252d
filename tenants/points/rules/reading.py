"""What a member has, and how it came to that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenants import members
from tenants.kit import clock
from tenants.kit.words import Words
from tenants.points.rules.dating import DEADLINE
from tenants.points.rules.entries import Entry, entry_of, read_detail
from tenants.points.rules.reasons import Why
from tenants.points.rules.refusals import NoSuchEntry
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from tenants.kit.words import Language

_UNDONE = Words(en="Undone: {what}", zh="撤销：{what}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What a member has: `balance` = `available` + `held`; `expiring_points` go at `expiring_at`, before any others.

    Points past their day are not counted, even before the hourly job has taken them out of the ledger. `pending` are
    to come besides, the next of them at `pending_at`; `debt` is owed and paid by the next points.
    """

    balance: int
    held: int
    available: int
    expiring_points: int = 0
    expiring_at: datetime | None = None
    pending: int = 0
    pending_at: datetime | None = None
    debt: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a statement: the entry, what the account came to with it, when its points expire, what undid it."""

    entry: Entry
    balance_after: int
    expires_at: datetime | None
    reverses: uuid.UUID | None
    reversed_by: uuid.UUID | None
    undone_why: Why | None = None
    undone_detail: Mapping[str, str] | None = None

    def say(self, language: Language | None = None) -> str:
        """Why, in a sentence with its facts; of a reversal, what it undoes."""
        if self.entry.why == Why.REVERSED and self.undone_why:
            return _UNDONE.say(language, what=self.undone_why.say(language, detail=self.undone_detail))
        return self.entry.why.say(language, detail=self.entry.detail)


_BALANCE = f"""
SELECT coalesce(a.held, 0) AS held, lots.available, soon.ended AS expires_at,
    coalesce(soon.points, 0)::bigint AS expiring, coalesce(a.pending, 0) AS pending, coalesce(a.debt, 0) AS debt,
    (SELECT min(active_at) FROM __tenant__.points_pending w WHERE a.pending > 0 AND w.member = m.id
        AND w.state = 'pending') AS pending_at
FROM __tenant__.member m
LEFT JOIN __tenant__.points_account a ON a.member = m.id
LEFT JOIN LATERAL (
    SELECT coalesce(sum(remaining), 0)::bigint AS available FROM __tenant__.points_lot
    WHERE member = m.id AND remaining > 0 AND (expires_at IS NULL OR expires_at > $2)
) lots ON true
LEFT JOIN LATERAL (
    SELECT {DEADLINE} AS ended, sum(remaining) AS points FROM __tenant__.points_lot l
    JOIN __tenant__.points_policy policy ON policy.id = 1 CROSS JOIN (SELECT $3::text AS zone) here
    WHERE l.member = m.id AND l.remaining > 0 AND (l.slides OR l.expires_at > $2)
    GROUP BY 1 ORDER BY 1 LIMIT 1
) soon ON true
WHERE m.id = $1
"""

_LINES = """
SELECT e.id, e.member, e.points, e.why, e.once, e.note, e.detail, e.reverses, e.at, l.expires_at,
    undone.id AS reversed_by, first.why AS undone_why, first.detail AS undone_detail
FROM __tenant__.points_entry e
LEFT JOIN __tenant__.points_lot l ON l.id = e.id
LEFT JOIN __tenant__.points_entry undone ON undone.reverses = e.id
LEFT JOIN __tenant__.points_entry first ON first.id = e.reverses
"""

# The balance after a line is today's balance less all that came later, so a page costs no more than what lies above.
_STATEMENT = f"""
WITH page AS (
    {_LINES} WHERE e.member = ANY($1::uuid[]) AND ($2::timestamptz IS NULL OR (e.at, e.id) < ($2, $3::uuid))
    ORDER BY e.at DESC, e.id DESC LIMIT $4
), later AS (
    SELECT coalesce(sum(points), 0) AS points FROM __tenant__.points_entry
    WHERE member = ANY($1::uuid[]) AND $2::timestamptz IS NOT NULL AND (at, id) >= ($2, $3::uuid)
), account AS (
    SELECT sum(balance) AS balance FROM __tenant__.points_account WHERE member = ANY($1::uuid[])
)
SELECT page.*, (account.balance - later.points - coalesce(sum(page.points) OVER (
    ORDER BY page.at DESC, page.id DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))::bigint AS balance_after
FROM page CROSS JOIN later CROSS JOIN account
ORDER BY page.at DESC, page.id DESC
"""


async def balance(member: uuid.UUID) -> Balance:
    """What a member has now. Raises MemberUnknown."""
    row = await DB.fetchrow(_BALANCE, member, clock.now(), current_tenant().timezone)
    if row is None:
        raise members.MemberUnknown
    return Balance(
        balance=row["available"] + row["held"], held=row["held"], available=row["available"],
        expiring_points=row["expiring"], expiring_at=row["expires_at"], pending=row["pending"],
        pending_at=row["pending_at"], debt=row["debt"])  # fmt: skip


async def statement(
    member: uuid.UUID, *, limit: int = 20, before: tuple[datetime, uuid.UUID] | None = None
) -> list[Line]:
    """A member's entries, the latest first, up to `limit`, each with the balance that it led to.

    What was moved from other accounts of the same person is told with its own history. `before` is time and id of the
    last line of the page before. A member who is not there has no lines.
    """
    at, entry = before or (None, None)
    rows = await DB.fetch(_STATEMENT, await accounts_of(member), at, entry, limit)
    return [
        Line(
            entry=entry_of(row), balance_after=row["balance_after"], expires_at=row["expires_at"],
            reverses=row["reverses"], reversed_by=row["reversed_by"],
            undone_why=Why(row["undone_why"]) if row["undone_why"] else None,
            undone_detail=read_detail(row["undone_detail"] or ""))
        for row in rows
    ]  # fmt: skip


async def accounts_of(member: uuid.UUID) -> Sequence[uuid.UUID]:
    """This member and those who were merged into it."""
    return await members.ids_of(member)


async def find_entry(entry_id: uuid.UUID) -> Entry:
    """An entry of the ledger. Raises NoSuchEntry."""
    row = await DB.fetchrow("SELECT * FROM __tenant__.points_entry WHERE id = $1", entry_id)
    if row is None:
        raise NoSuchEntry
    return entry_of(row)
