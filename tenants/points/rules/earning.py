"""Points come in: one statement for any number of members."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import asyncpg

from tenants import members
from tenants.kit import clock, ids
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.points.rules.reasons import Why
from tenants.points.rules.refusals import OnceDiffers, check_movement
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence

EXPIRY_MAX = timedelta(days=36_525)
_NOT_EARNED = frozenset({Why.EXPIRED, Why.REVERSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Earning:
    """Points that a member is to get. Without `expires_at` the shop's policy says when they expire.

    `id` is the id that the entry will have; whoever must know it beforehand makes one.
    """

    member: uuid.UUID
    points: int
    why: Why
    once: str
    expires_at: datetime | None = None
    note: str = ""
    at: datetime | None = None
    id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A movement as the ledger has it: `points` above zero came in, below zero went out."""

    id: uuid.UUID
    member: uuid.UUID
    points: int
    why: Why
    once: str
    at: datetime
    note: str = ""
    repeated: bool = False


async def earn(
    member: uuid.UUID,
    *,
    points: int,
    why: Why,
    once: str,
    expires_at: datetime | None = None,
    note: str = "",
    at: datetime | None = None,
) -> Entry:
    """Give a member points (1 to 1,000,000,000), once for this occasion.

    Raises Invalid, MemberUnknown, OnceDiffers; after MemberUnknown the transaction can only be rolled back.
    """
    earning = Earning(member=member, points=points, why=why, once=once, expires_at=expires_at, note=note, at=at)
    return (await earn_many([earning]))[0]


async def earn_many(earnings: Sequence[Earning]) -> list[Entry]:
    """Give points to many, each once for its occasion, and say in the same order what became of each.

    An occasion that is named twice in one call counts once too. Raises as `earn` does, and then none is given.
    """
    if not earnings:
        return []
    moment = clock.now()
    entries = [_entry(earning, moment) for earning in earnings]
    fresh = await _write(earnings, entries)
    if len(fresh) == len(entries):
        return entries
    found = await recorded([entry.once for entry in entries if entry.id not in fresh])
    return [
        entry if entry.id in fresh else _same(earning, entry, found.get(entry.once))
        for earning, entry in zip(earnings, entries, strict=True)
    ]


async def recorded(onces: list[str]) -> dict[str, Any]:
    """What the ledger has for these occasions: entry and the date of its lot, by occasion."""
    rows = await DB.fetch(
        "SELECT e.id, e.member, e.points, e.why, e.once, e.note, e.reverses, e.at, l.expires_at"
        " FROM __tenant__.points_entry e LEFT JOIN __tenant__.points_lot l ON l.id = e.id"
        " WHERE e.once = ANY($1::text[])",
        onces,
    )
    return {row["once"]: row for row in rows}


def entry_of(row: Any, *, repeated: bool = False) -> Entry:
    """An entry out of its row."""
    return Entry(
        id=row["id"], member=row["member"], points=row["points"], why=Why(row["why"]), once=row["once"],
        at=row["at"], note=row["note"], repeated=repeated)  # fmt: skip


def _entry(earning: Earning, moment: datetime) -> Entry:
    check_movement(points=earning.points, once=earning.once, note=earning.note)
    if earning.why in _NOT_EARNED:
        raise ValueError(f"nobody earns points because of {earning.why}")
    at = earning.at or moment
    if earning.expires_at is not None and not at < earning.expires_at <= at + EXPIRY_MAX:
        raise Invalid(
            param="expires_at",
            problem=Words(en="it must lie ahead, by 100 years at most", zh="须在获得之后、100 年以内"),
        )
    return Entry(
        id=earning.id or ids.new(), member=earning.member, points=earning.points, why=earning.why, once=earning.once,
        at=at, note=earning.note)  # fmt: skip


def _same(earning: Earning, entry: Entry, row: Any) -> Entry:
    dated_otherwise = earning.expires_at is not None and row is not None and row["expires_at"] != earning.expires_at
    facts = (entry.member, entry.points, entry.why)
    if row is None or dated_otherwise or (row["member"], row["points"], row["why"]) != facts:
        raise OnceDiffers(once=entry.once)
    return entry_of(row, repeated=True)


# Occasions are written in their order and accounts in that of their members, so that two such statements wait for
# each other and never in a ring. A lot's day ends at the midnight after it, by the shop's clock.
_EARN = """
WITH given AS (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::timestamptz[],
        $8::timestamptz[]) AS g(id, member, points, why, once, note, at, expires_at)
), fresh AS (
    INSERT INTO __tenant__.points_entry (id, member, points, why, once, note, reverses, at)
    SELECT id, member, points, why, once, note, NULL, at FROM given ORDER BY once
    ON CONFLICT (once) DO NOTHING RETURNING id, member, points, at
), lot AS (
    INSERT INTO __tenant__.points_lot (id, member, points, remaining, expires_at, earned_at)
    SELECT fresh.id, fresh.member, fresh.points, fresh.points, coalesce(given.expires_at,
        (((fresh.at AT TIME ZONE $9)::date + policy.validity_days + 1)::timestamp) AT TIME ZONE $9), fresh.at
    FROM fresh JOIN given ON given.id = fresh.id LEFT JOIN __tenant__.points_policy policy ON policy.id = 1
), account AS (
    INSERT INTO __tenant__.points_account AS a (member, balance, held, earned, spent, updated_at)
    SELECT member, sum(points)::bigint, 0, sum(points)::bigint, 0, $10::timestamptz
    FROM fresh GROUP BY member ORDER BY member
    ON CONFLICT (member) DO UPDATE SET balance = a.balance + excluded.balance, earned = a.earned + excluded.earned,
        updated_at = excluded.updated_at
)
SELECT id FROM fresh
"""


async def _write(earnings: Sequence[Earning], entries: Sequence[Entry]) -> set[uuid.UUID]:
    try:
        rows = await DB.fetch(
            _EARN,
            [entry.id for entry in entries],
            [entry.member for entry in entries],
            [entry.points for entry in entries],
            [entry.why.value for entry in entries],
            [entry.once for entry in entries],
            [entry.note for entry in entries],
            [entry.at for entry in entries],
            [earning.expires_at for earning in earnings],
            current_tenant().timezone,
            clock.now(),
        )
    except asyncpg.ForeignKeyViolationError:
        raise members.MemberUnknown from None
    return {row["id"] for row in rows}
