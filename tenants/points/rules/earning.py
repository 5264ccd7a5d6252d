"""Points come in: one statement for any number of members."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tenants import members
from tenants.kit import clock, ids
from tenants.kit.errors import DomainError, Invalid
from tenants.kit.words import Words
from tenants.points.rules.dating import TERM
from tenants.points.rules.debts import repay
from tenants.points.rules.entries import Entry, entry_of, recorded, write_detail
from tenants.points.rules.news import tell
from tenants.points.rules.reasons import Why
from tenants.points.rules.refusals import OnceDiffers, check_movement
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping, Sequence

EXPIRY_MAX = timedelta(days=36_525)
_LATEST = datetime.max.replace(tzinfo=UTC)
_NOT_EARNED = frozenset({Why.EXPIRED, Why.EXPIRY_UNDONE, Why.REVERSED, Why.DEBT_REPAID, Why.MERGE_IN, Why.MERGE_OUT})
# Orders say themselves from when on their points count; what a member had before is not kept waiting a second time.
_AT_ONCE = [Why.ORDER.value, Why.MALL_RETURN.value, Why.STAFF.value, Why.IMPORT.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Earning:
    """Points that a member is to get.

    They are pending until `active_at`, where that lies ahead; without it and without `expires_at` the shop's policy
    says when they count and when they expire. `detail` are the facts of the sentence that says why. `id` is the id that
    the entry will have; whoever must know it beforehand makes one.
    """

    member: uuid.UUID
    points: int
    why: Why
    once: str
    active_at: datetime | None = None
    expires_at: datetime | None = None
    note: str = ""
    detail: Mapping[str, str] = field(default_factory=dict)
    at: datetime | None = None
    id: uuid.UUID | None = None


async def earn(
    member: uuid.UUID,
    *,
    points: int,
    why: Why,
    once: str,
    active_at: datetime | None = None,
    expires_at: datetime | None = None,
    note: str = "",
    detail: Mapping[str, str] | None = None,
    at: datetime | None = None,
) -> Entry:
    """Give a member points (1 to 1,000,000,000), once for this occasion. Raises Invalid, MemberUnknown, OnceDiffers."""
    earning = Earning(
        member=member, points=points, why=why, once=once, active_at=active_at, expires_at=expires_at, note=note,
        detail=detail or {}, at=at)  # fmt: skip
    return (await earn_many([earning]))[0]


async def earn_many(earnings: Sequence[Earning]) -> list[Entry]:
    """Give points to many, each once for its occasion, and say in the same order what became of each.

    An occasion that is named twice in one call counts once too. Raises as `earn` does, and then nothing may be kept.
    """
    entries = []
    for outcome in await earn_each(earnings):
        if isinstance(outcome, Exception):
            raise outcome
        entries.append(outcome)
    return entries


async def earn_each(earnings: Sequence[Earning]) -> list[Entry | Exception]:
    """Give points as `earn_many` does, but say for each that cannot be given why not, and give the others."""
    moment = clock.now()
    asked = await _usable(earnings, moment)
    written = [
        (earning, entry) for earning, entry in zip(earnings, asked, strict=True) if isinstance(entry, Entry)
    ]  # fmt: skip
    rows = {row["id"]: row for row in await _write(written, moment)} if written else {}
    fresh = {entry.id: _as_written(entry, rows[entry.id]) for _, entry in written if entry.id in rows}
    if len(fresh) == len(asked):
        answers: list[Entry | Exception] = list(fresh.values())
    else:
        found = await recorded([entry.once for _, entry in written if entry.id not in rows])
        known = await _known([entry.member for _, entry in written if entry.once not in found and entry.id not in rows])
        answers = [
            entry if isinstance(entry, Exception)
            else fresh.get(entry.id) or _same(earning, entry, found.get(entry.once), known)
            for earning, entry in zip(earnings, asked, strict=True)
        ]  # fmt: skip
    await tell(entry for entry in fresh.values() if entry.pending_until is None)
    await repay([row["member"] for row in rows.values() if row["debt"] and row["active_at"] is None], moment=moment)
    return answers


async def _usable(earnings: Sequence[Earning], moment: datetime) -> list[Entry | DomainError]:
    """The entries that these are to be, or why they cannot.

    A date that has passed since the first time keeps no repeat from its answer.
    """
    asked = [_entry(earning, moment) for earning in earnings]
    late = {place: earnings[place] for place, entry in enumerate(asked) if not isinstance(entry, Entry)}
    told = await recorded([earning.once for earning in late.values()]) if late else {}
    for place, earning in late.items():
        if earning.once in told:
            asked[place] = _entry(replace(earning, expires_at=None, active_at=None), moment)
    return asked


def _entry(earning: Earning, moment: datetime) -> Entry | DomainError:
    if earning.why in _NOT_EARNED:
        raise ValueError(f"nobody earns points because of {earning.why}")
    at = earning.at or moment
    try:
        check_movement(points=earning.points, once=earning.once, note=earning.note)
        if earning.expires_at is not None and not at < earning.expires_at <= at + EXPIRY_MAX:
            raise Invalid(
                param="expires_at",
                problem=Words(en="it must lie ahead, by 100 years at most", zh="须在获得之后、100 年以内"),
            )
        if earning.active_at is not None and earning.active_at > min(at + EXPIRY_MAX, earning.expires_at or _LATEST):
            raise Invalid(
                param="active_at",
                problem=Words(en="it must lie before the points expire", zh="须早于积分到期时间"),
            )
    except DomainError as refused:
        return refused
    return Entry(
        id=earning.id or ids.new(), member=earning.member, points=earning.points, why=earning.why, once=earning.once,
        at=at, note=earning.note, detail=earning.detail)  # fmt: skip


def _as_written(entry: Entry, row: Any) -> Entry:
    until = row["active_at"]
    return entry if until is None else replace(entry, pending_until=until)


def _same(earning: Earning, entry: Entry, row: Any, known: set[uuid.UUID]) -> Entry | Exception:
    if row is None:
        return OnceDiffers(once=entry.once) if entry.member in known else members.MemberUnknown()
    dated = earning.expires_at is not None and not row["redated"]
    dated_otherwise = dated and row["expires_at"] != earning.expires_at
    if dated_otherwise or (row["member"], row["points"], row["why"]) != (entry.member, entry.points, entry.why):
        return OnceDiffers(once=entry.once)
    return entry_of(row, repeated=True)


async def _known(who: list[uuid.UUID]) -> set[uuid.UUID]:
    if not who:
        return set()
    rows = await DB.fetch("SELECT id FROM __tenant__.member WHERE id = ANY($1::uuid[])", who)
    return {row["id"] for row in rows}


# Occasions are written in their order and accounts in that of their members, so that two such statements wait for
# each other and never in a ring. An occasion is either pending or an entry; where two statements at the same moment
# make it both, the entry counts, because what becomes active must be let in by the entry's unique occasion too.
_EARN = f"""
WITH given AS (
    SELECT g.*, coalesce(g.active_at, CASE WHEN policy.activation_days > 0 AND g.why <> ALL($12::text[]) THEN
        ((g.at AT TIME ZONE $11)::date + policy.activation_days)::timestamp AT TIME ZONE $11 END) AS starts_at,
        (SELECT true FROM __tenant__.points_pending w WHERE w.once = g.once) AS waits
    FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[],
        $8::timestamptz[], $9::timestamptz[], $10::timestamptz[])
        AS g(id, member, points, why, once, note, detail, at, active_at, expires_at)
    JOIN __tenant__.points_policy policy ON policy.id = 1
    WHERE (SELECT true FROM __tenant__.member m WHERE m.id = g.member)
), fresh AS (
    INSERT INTO __tenant__.points_entry (id, member, points, why, once, note, detail, reverses, at, recorded_at)
    SELECT id, member, points, why, once, note, detail, NULL, at, $13::timestamptz FROM given
    WHERE waits IS NULL AND (starts_at IS NULL OR starts_at <= $13::timestamptz) ORDER BY once
    ON CONFLICT (once) DO NOTHING RETURNING id, member, points, why, at
), later AS (
    INSERT INTO __tenant__.points_pending (id, member, points, remaining, why, once, note, detail, state, active_at,
        expires_at, at, recorded_at)
    SELECT id, member, points, points, why, once, note, detail, 'pending', starts_at, expires_at, at, $13::timestamptz
    FROM given WHERE starts_at > $13::timestamptz
        AND (SELECT true FROM __tenant__.points_entry e WHERE e.once = given.once) IS NULL ORDER BY once
    ON CONFLICT (once) DO NOTHING RETURNING id, member, points, why, active_at
), lot AS (
    INSERT INTO __tenant__.points_lot (id, member, points, remaining, expires_at, slides, earned_at)
    SELECT born.id, born.member, born.points, born.points,
        coalesce(given.expires_at, term.ends AT TIME ZONE $11),
        given.expires_at IS NULL AND policy.expiry = 'inactivity', born.moment
    FROM (SELECT id, member, points, at AS moment, $11::text AS zone FROM fresh) born
    JOIN given ON given.id = born.id JOIN __tenant__.points_policy policy ON policy.id = 1
    {TERM}
), account AS (
    INSERT INTO __tenant__.points_account AS a
        (member, balance, held, earned, spent, pending, active_at, updated_at)
    SELECT moved.member, sum(come)::bigint, 0, sum(come)::bigint, 0, sum(coming)::bigint,
        max(CASE WHEN cardinality(policy.activity_whys) = 0 OR why = ANY(policy.activity_whys)
            THEN $13::timestamptz END), $13::timestamptz
    FROM (SELECT member, points AS come, 0 AS coming, why FROM fresh
        UNION ALL SELECT member, 0, points, why FROM later) moved
    JOIN __tenant__.points_policy policy ON policy.id = 1 GROUP BY moved.member ORDER BY moved.member
    ON CONFLICT (member) DO UPDATE SET balance = a.balance + excluded.balance, earned = a.earned + excluded.earned,
        pending = a.pending + excluded.pending, active_at = greatest(a.active_at, excluded.active_at),
        updated_at = excluded.updated_at
    RETURNING member, debt
)
SELECT fresh.id, fresh.member, NULL::timestamptz AS active_at, account.debt FROM fresh JOIN account USING (member)
UNION ALL SELECT later.id, later.member, later.active_at, 0 FROM later
"""


async def _write(asked: list[tuple[Earning, Entry]], moment: datetime) -> list[Any]:
    rows: list[Any] = await DB.fetch(
        _EARN,
        [entry.id for _, entry in asked],
        [entry.member for _, entry in asked],
        [entry.points for _, entry in asked],
        [entry.why.value for _, entry in asked],
        [entry.once for _, entry in asked],
        [entry.note for _, entry in asked],
        [write_detail(entry.detail) for _, entry in asked],
        [entry.at for _, entry in asked],
        [earning.active_at for earning, _ in asked],
        [earning.expires_at for earning, _ in asked],
        current_tenant().timezone,
        _AT_ONCE,
        moment,
    )
    return rows
