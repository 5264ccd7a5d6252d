"""How points leave their lots: accounts are locked first, then lots are drawn, those that expire soonest first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tenants.kit import clock, ids
from tenants.points.rules.entries import Entry, write_detail
from tenants.points.rules.reasons import Why
from tenants.points.rules.refusals import Insufficient
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

# Movements by which a member does nothing: they keep no sliding lot alive.
PASSIVE = [
    why.value
    for why in (
        Why.EXPIRED, Why.EXPIRY_UNDONE, Why.REVERSED, Why.ORDER_REFUND, Why.MERGE_IN, Why.MERGE_OUT, Why.DEBT_REPAID)
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Account:
    """A locked account: what can be drawn from it, though part of it may be past its day, and what it owes."""

    available: int
    pending: int = 0
    debt: int = 0


EMPTY = Account(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Points to take out of one member's lots; the lot of `first`, or what was moved from it, goes before others."""

    member: uuid.UUID
    points: int
    why: Why
    once: str
    note: str = ""
    detail: Mapping[str, str] = field(default_factory=dict)
    first: uuid.UUID | None = None
    reverses: uuid.UUID | None = None
    id: uuid.UUID = field(default_factory=ids.new)

    def entry(self, moment: datetime) -> Entry:
        """The entry that it will be."""
        return Entry(
            id=self.id, member=self.member, points=-self.points, why=self.why, once=self.once, at=moment,
            note=self.note, detail=self.detail)  # fmt: skip


async def lock_accounts(who: Iterable[uuid.UUID]) -> dict[uuid.UUID, Account]:
    """Make every other movement of these members' points wait, and say what each account has that is not held.

    Nobody's account is there before the first points came in: then it is missing, and nothing is locked.
    """
    rows = await DB.fetch(
        "SELECT member, balance - held AS available, pending, debt FROM __tenant__.points_account"
        " WHERE member = ANY($1::uuid[]) ORDER BY member FOR NO KEY UPDATE", sorted(set(who)))  # fmt: skip
    return {row["member"]: Account(row["available"], row["pending"], row["debt"]) for row in rows}


async def line_up(who: Iterable[uuid.UUID]) -> None:
    """Lock these members' accounts in the order in which everybody does, and make those that are missing.

    For whoever moves points of several members more than once in a transaction: the second movement would lock members
    who come before those of the first.
    """
    await DB.fetch(
        "INSERT INTO __tenant__.points_account AS a (member, updated_at) SELECT m, $2 FROM unnest($1::uuid[]) AS m"
        " ORDER BY m ON CONFLICT (member) DO UPDATE SET updated_at = a.updated_at",
        sorted(set(who)), clock.now())  # fmt: skip


# $1 id of the movement, $2 member, $3 points, $4 the lot that goes first: no member twice. $5 the moment that a lot
# must outlive (none: any lot will do). `enough` are the movements for which there are points enough.
DRAWN = """
WITH asked AS (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::uuid[]) WITH ORDINALITY
        AS a(id, member, points, first, place)
), lots AS (
    SELECT asked.id AS movement, asked.points AS wanted, l.id, l.remaining, sum(l.remaining) OVER (
        PARTITION BY asked.id
        ORDER BY (l.id = asked.first OR l.origin = asked.first) IS NOT TRUE, l.expires_at NULLS LAST, l.id) AS upto
    FROM asked JOIN LATERAL (
        SELECT * FROM __tenant__.points_lot lot WHERE lot.member = asked.member AND lot.remaining > 0
            AND ($5::timestamptz IS NULL OR lot.expires_at IS NULL OR lot.expires_at > $5)
    ) l ON true
), drawn AS (
    SELECT movement, id, least(remaining, wanted - (upto - remaining))::bigint AS points FROM lots
    WHERE upto - remaining < wanted
), enough AS (
    SELECT asked.* FROM asked JOIN (SELECT movement, sum(points) AS points FROM drawn GROUP BY movement) d
        ON d.movement = asked.id AND d.points = asked.points
)"""

# After DRAWN and a `movement(id)` that has a row for each draw that is to happen. The id of a use is made of its
# movement and its lot, so that a movement can draw from a lot only once.
TAKEN = """, taken AS (
    SELECT drawn.* FROM drawn JOIN movement ON movement.id = drawn.movement
), lot AS (
    UPDATE __tenant__.points_lot l SET remaining = l.remaining - taken.points FROM taken WHERE l.id = taken.id
), used AS (
    INSERT INTO __tenant__.points_use (id, movement, lot, points)
    SELECT md5(taken.movement::text || taken.id::text)::uuid, taken.movement, taken.id, taken.points FROM taken
)"""

_DRAW = f"""{DRAWN}, movement AS (
    INSERT INTO __tenant__.points_entry (id, member, points, why, once, note, detail, reverses, at, recorded_at)
    SELECT enough.id, enough.member, -enough.points, t.why, t.once, t.note, t.detail, t.reverses, $11::timestamptz,
        $11::timestamptz
    FROM enough JOIN unnest($6::text[], $7::text[], $8::text[], $9::text[], $10::uuid[]) WITH ORDINALITY
        AS t(why, once, note, detail, reverses, place) USING (place) ORDER BY t.once
    ON CONFLICT DO NOTHING RETURNING id, member, -points AS points, why, reverses
){TAKEN}, account AS (
    UPDATE __tenant__.points_account a SET balance = balance - m.points, updated_at = $11::timestamptz,
        earned = earned - CASE WHEN m.reverses IS NULL THEN 0 ELSE m.points END,
        spent = spent + CASE WHEN m.reverses IS NULL THEN m.points ELSE 0 END,
        active_at = CASE WHEN m.why <> ALL($12::text[])
            AND (cardinality(policy.activity_whys) = 0 OR m.why = ANY(policy.activity_whys))
            THEN greatest(active_at, $11::timestamptz) ELSE active_at END
    FROM movement m JOIN __tenant__.points_policy policy ON policy.id = 1 WHERE a.member = m.member
)
SELECT id FROM movement
"""


async def draw(drawings: Sequence[Drawing], *, moment: datetime, even_expired: bool = False) -> dict[uuid.UUID, Entry]:
    """Take points out of locked accounts' lots, for no member twice, and write the entries; by the drawing's id.

    A drawing is missing in the answer, and nothing of it done, where too many of the points are past their day, or the
    occasion or the reversal is taken.
    """
    if not drawings:
        return {}
    rows = await DB.fetch(
        _DRAW,
        [one.id for one in drawings],
        [one.member for one in drawings],
        [one.points for one in drawings],
        [one.first for one in drawings],
        None if even_expired else moment,
        [one.why.value for one in drawings],
        [one.once for one in drawings],
        [one.note for one in drawings],
        [write_detail(one.detail) for one in drawings],
        [one.reverses for one in drawings],
        moment,
        PASSIVE,
    )
    done = {row["id"] for row in rows}
    return {one.id: one.entry(moment) for one in drawings if one.id in done}


async def spendable(who: Sequence[uuid.UUID]) -> dict[uuid.UUID, int]:
    """What each of these members could spend today."""
    rows = await DB.fetch(
        "SELECT member, sum(remaining)::bigint AS points FROM __tenant__.points_lot WHERE member = ANY($1::uuid[])"
        " AND remaining > 0 AND (expires_at IS NULL OR expires_at > $2) GROUP BY member",
        list(who), clock.now())  # fmt: skip
    return {row["member"]: row["points"] for row in rows}


async def insufficient(member: uuid.UUID, *, wanted: int) -> Insufficient:
    """The refusal of a member who has too few points, with those that could be spent today."""
    return Insufficient(available=(await spendable([member])).get(member, 0), wanted=wanted)
