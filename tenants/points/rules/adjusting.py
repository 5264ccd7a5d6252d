"""Points given or taken by hand: small ones at once, large ones when a second person agrees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import asyncpg

from tenants import members
from tenants.kit import clock, ids
from tenants.points.rules.earning import earn
from tenants.points.rules.policy import policy
from tenants.points.rules.reasons import Why
from tenants.points.rules.refusals import (
    AdjustmentDecided,
    NoSuchAdjustment,
    OnceDiffers,
    SecondPersonNeeded,
    check_movement,
)
from tenants.points.rules.spending import spend
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from tenants.points.rules.entries import Entry

AdjustmentState = Literal["applied", "proposed", "approved", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who does it: one of the staff, or (without `id`) the shop's own system."""

    id: uuid.UUID | None
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """Points by hand, above zero given and below zero taken: applied at once, or proposed and then decided."""

    id: uuid.UUID
    member: uuid.UUID
    points: int
    reason: str
    once: str
    state: AdjustmentState
    proposed_by: uuid.UUID | None
    proposed_name: str
    decided_by: uuid.UUID | None
    decided_name: str
    decided_at: datetime | None
    entry: uuid.UUID | None
    at: datetime
    repeated: bool = False


async def adjust(member: uuid.UUID, *, points: int, reason: str, once: str, by: Person) -> Adjustment:
    """Give (above zero) or take (below zero) points by hand, once for this occasion.

    Above the shop's limit it is only proposed, until another person decides. Raises Invalid, Insufficient,
    OnceDiffers, MemberUnknown, MemberBlocked (a blocked member's points cannot be taken).
    """
    check_movement(points=abs(points), once=once, note=reason)
    limit = (await policy()).adjustment_max
    state: AdjustmentState = "applied" if limit is None or abs(points) <= limit else "proposed"
    made = ids.new()
    async with DB.savepoint():
        try:
            fresh = await DB.fetch(
                "INSERT INTO __tenant__.points_adjustment (id, member, points, reason, once, state, proposed_by,"
                " proposed_name, decided_name, decided_at, at) VALUES ($1, $2, $3, $4, $5, $6::text, $7, $8, '',"
                " CASE WHEN $6::text = 'applied' THEN $9::timestamptz END, $9::timestamptz)"
                " ON CONFLICT (once) DO NOTHING RETURNING id",
                made, member, points, reason, once, state, by.id, by.name[:100], clock.now())  # fmt: skip
        except asyncpg.ForeignKeyViolationError:
            raise members.MemberUnknown from None
        row = await DB.fetchrow("SELECT * FROM __tenant__.points_adjustment WHERE once = $1", once)
        if not fresh:
            if (row["member"], row["points"]) != (member, points):
                raise OnceDiffers(once=once)
            return _adjustment(row, repeated=True)
        if state == "applied":
            await _apply(row)
    return await find_adjustment(made)


async def decide_adjustment(adjustment: uuid.UUID, *, approve: bool, by: Person) -> Adjustment:
    """Approve or refuse what another person has proposed; the first decision counts.

    Raises NoSuchAdjustment, SecondPersonNeeded, AdjustmentDecided when it was decided otherwise, and when the points
    cannot be taken what `spend` raises.
    """
    async with DB.savepoint():
        return await _decide(adjustment, "approved" if approve else "refused", by)


async def _decide(adjustment: uuid.UUID, wanted: AdjustmentState, by: Person) -> Adjustment:
    rows = await DB.fetch(
        "UPDATE __tenant__.points_adjustment SET state = $2, decided_by = $3, decided_name = $4, decided_at = $5"
        " WHERE id = $1 AND state = 'proposed' AND $3::uuid IS NOT NULL AND proposed_by IS DISTINCT FROM $3"
        " RETURNING *",
        adjustment, wanted, by.id, by.name[:100], clock.now())  # fmt: skip
    if not rows:
        found = await find_adjustment(adjustment, repeated=True)
        if found.state == "proposed":
            raise SecondPersonNeeded
        if (found.state, found.decided_by) != (wanted, by.id):
            raise AdjustmentDecided(state=found.state)
        return found
    if wanted == "approved":
        await _apply(rows[0])
    return await find_adjustment(adjustment)


async def find_adjustment(adjustment: uuid.UUID, *, repeated: bool = False) -> Adjustment:
    """An adjustment as it stands. Raises NoSuchAdjustment."""
    row = await DB.fetchrow("SELECT * FROM __tenant__.points_adjustment WHERE id = $1", adjustment)
    if row is None:
        raise NoSuchAdjustment
    return _adjustment(row, repeated=repeated)


async def adjustments(
    *, state: AdjustmentState | None = None, limit: int = 20, before: uuid.UUID | None = None
) -> list[Adjustment]:
    """What was given and taken by hand, the latest first; `before` is the last id of the page before."""
    rows = await DB.fetch(
        "SELECT * FROM __tenant__.points_adjustment WHERE ($1::text IS NULL OR state = $1)"
        " AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3", state, before, limit)  # fmt: skip
    return [_adjustment(row) for row in rows]


async def _apply(row: Any) -> None:
    once = f"adjustment/{row['id']}"
    entry: Entry
    if row["points"] > 0:
        entry = await earn(row["member"], points=row["points"], why=Why.STAFF, once=once, note=row["reason"])
    else:
        entry = await spend(row["member"], points=-row["points"], why=Why.STAFF, once=once, note=row["reason"])
    await DB.fetch("UPDATE __tenant__.points_adjustment SET entry = $2 WHERE id = $1", row["id"], entry.id)


def _adjustment(row: Any, *, repeated: bool = False) -> Adjustment:
    values = {name: row[name] for name in Adjustment.__slots__ if name != "repeated"}
    return Adjustment(**values, repeated=repeated)
