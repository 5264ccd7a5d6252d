"""An entry as the verbs hand it round, and how it is found again by its occasion."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tenants.points.rules.reasons import Why
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A movement as the ledger has it: `points` above zero came in, below zero went out.

    With `pending_until` it is still to come and in no balance.
    """

    id: uuid.UUID
    member: uuid.UUID
    points: int
    why: Why
    once: str
    at: datetime
    note: str = ""
    detail: Mapping[str, str] = field(default_factory=dict)
    pending_until: datetime | None = None
    repeated: bool = False


def entry_of(row: Any, *, repeated: bool = False) -> Entry:
    """An entry out of its row."""
    return Entry(
        id=row["id"], member=row["member"], points=row["points"], why=Why(row["why"]), once=row["once"],
        at=row["at"], note=row["note"], detail=read_detail(row["detail"]),
        pending_until=row.get("pending_until"), repeated=repeated)  # fmt: skip


def write_detail(detail: Mapping[str, str]) -> str:
    """The facts of a sentence as they are kept."""
    return json.dumps(dict(detail), ensure_ascii=False) if detail else ""


def read_detail(text: str) -> dict[str, str]:
    """The facts of a sentence as they were kept."""
    return json.loads(text) if text else {}


# The points of what is pending are those that were promised, so that the same occasion is known by the same facts; of
# a lot that lapsed and was given back, the date is no longer the one that was told (`redated`).
_RECORDED = """
SELECT e.id, e.member, coalesce(w.points, e.points) AS points, e.why, e.once, e.note, e.detail, e.reverses, e.at,
    coalesce(w.expires_at, l.expires_at) AS expires_at, NULL::timestamptz AS pending_until,
    w.expires_at IS NULL AND EXISTS (SELECT 1 FROM __tenant__.points_use u JOIN __tenant__.points_entry x
        ON x.id = u.movement WHERE u.lot = l.id AND x.why = 'expiry_undone') AS redated
FROM __tenant__.points_entry e LEFT JOIN __tenant__.points_lot l ON l.id = e.id
LEFT JOIN __tenant__.points_pending w ON w.id = e.id
WHERE e.once = ANY($1::text[])
UNION ALL
SELECT w.id, w.member, w.points, w.why, w.once, w.note, w.detail, NULL, w.at, w.expires_at, w.active_at,
    false
FROM __tenant__.points_pending w WHERE w.once = ANY($1::text[]) AND w.state <> 'active'
"""


async def recorded(onces: list[str]) -> dict[str, Any]:
    """What the ledger has for these occasions, or will have: entry and the date of its lot, by occasion."""
    return {row["once"]: row for row in await DB.fetch(_RECORDED, onces)}
