"""What members do is counted: an entry once for its occasion, totals, and the level that follows, for many at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import asyncpg

from tenants import members
from tenants.kit import clock, ids
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.levels.rules import ladder
from tenants.levels.rules.refusals import OnceDiffers
from tenants.levels.rules.standing import judge_many, sums
from tenants.levels.rules.windows import window
from tenants.levels.tables import NOTE_MAX, ONCE_MAX
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence
    from datetime import date

    from tenants.levels.rules.ladder import Rules
    from tenants.levels.rules.policy import Basis

KINDS = ("spend", "growth", "points")
AMOUNT_MAX = Decimal("9999999999.99")
_CENT = Decimal("0.01")
_WHY = {"spend": ("order", "order_refund"), "growth": ("reward", "reward"), "points": ("points", "points_back")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """Something that counts: money spent, growth, or points earned; below zero what was refunded or taken back.

    `at` says on which day it counts (now, if left out): for an amount below zero, the day of what it takes back, so
    that each window is net. `once` is unique for ever, over all kinds.
    """

    member: uuid.UUID
    amount: Decimal | int
    kind: Basis
    once: str
    at: datetime | None = None
    why: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What became of a Growth: the id of its entry, and whether it had counted before."""

    id: uuid.UUID
    repeated: bool = False


# Occasions are written in their order, then standings in that of their members, so that two such statements wait for
# each other and never in a ring. Whoever has a standing's lock sees, from the next statement on, all that counted.
_COUNT = """
WITH given AS (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::numeric[], $5::date[], $6::text[], $7::text[],
        $8::text[]) AS g(id, member, kind, amount, day, why, once, note)
), fresh AS (
    INSERT INTO __tenant__.growth_entry (id, member, kind, amount, day, why, once, note, at)
    SELECT id, member, kind, amount, day, why, once, note, $9::timestamptz FROM given ORDER BY once
    ON CONFLICT (once) DO NOTHING RETURNING id, member, kind, amount
), standing AS (
    INSERT INTO __tenant__.level_standing AS s (member, spend, growth, points, updated_at)
    SELECT member, coalesce(sum(amount) FILTER (WHERE kind = 'spend'), 0),
           coalesce(sum(amount) FILTER (WHERE kind = 'growth'), 0),
           coalesce(sum(amount) FILTER (WHERE kind = 'points'), 0), $9::timestamptz
      FROM fresh GROUP BY member ORDER BY member
    ON CONFLICT (member) DO UPDATE SET spend = s.spend + excluded.spend, growth = s.growth + excluded.growth,
        points = s.points + excluded.points, updated_at = excluded.updated_at
    RETURNING member, spend, growth, points, earned, look_on
)
SELECT f.id, f.kind, f.amount, s.* FROM fresh f JOIN standing s ON s.member = f.member
"""


async def count(growth: Growth) -> Counted:
    """Count one thing. Raises as `count_many`."""
    return (await count_many([growth]))[0]


async def count_many(growths: Sequence[Growth]) -> list[Counted]:
    """Count what members did, each once for its occasion, and have their levels follow; answers in the same order.

    It is counted also while levels are switched off. Raises Invalid, MemberUnknown, OnceDiffers; then nothing of it
    may be kept.
    """
    if not growths:
        return []
    today = clock.today(current_tenant().timezone)
    entries = [(ids.new(), growth, _checked(growth), _day(growth, today)) for growth in growths]
    found = await ladder.rules()
    rows = await _insert(entries)
    fresh = {row["id"] for row in rows}
    if found.policy.active:
        await _follow(found, rows, today)
    if len(fresh) == len(entries):
        return [Counted(id=entry) for entry, _, _, _ in entries]
    known = await _known([growth.once for entry, growth, _, _ in entries if entry not in fresh])
    return [
        Counted(id=entry) if entry in fresh else _same(growth, amount, known.get(growth.once))
        for entry, growth, amount, _ in entries
    ]


async def enter_many(growths: Sequence[Growth]) -> None:
    """Write down what counts without judging anybody: whoever calls this does so next. Raises as `count_many`."""
    today = clock.today(current_tenant().timezone)
    if growths:
        await _insert([(ids.new(), growth, _checked(growth), _day(growth, today)) for growth in growths])


def _checked(growth: Growth) -> Decimal:
    amount = Decimal(growth.amount)
    usable = amount.is_finite() and 0 < abs(amount) <= AMOUNT_MAX
    if not usable or amount != amount.quantize(_CENT):
        raise Invalid(
            param="amount",
            problem=Words(
                en="use a number other than 0, up to 9,999,999,999.99", zh="请使用不为 0 且不超过 9999999999.99 的数"
            ),
        )
    if growth.kind not in KINDS:
        raise Invalid(
            param="kind", problem=Words(en="use spend, growth or points", zh="请使用 spend、growth 或 points")
        )
    if not 1 <= len(growth.once) <= ONCE_MAX:
        raise Invalid(param="once", problem=Words(en="use 1 to 250 characters", zh="请使用 1 到 250 个字符"))
    if len(growth.note) > NOTE_MAX:
        raise Invalid(param="note", problem=Words(en="use at most 500 characters", zh="最多 500 个字符"))
    return amount.quantize(_CENT)


def _day(growth: Growth, today: date) -> date:
    """The shop's day on which it counts; nothing counts on a day to come."""
    return min(clock.today(current_tenant().timezone, growth.at), today) if growth.at else today


async def _insert(entries: list[tuple[uuid.UUID, Growth, Decimal, date]]) -> list[Any]:
    try:
        rows: list[Any] = await DB.fetch(
            _COUNT,
            [entry for entry, _, _, _ in entries],
            [growth.member for _, growth, _, _ in entries],
            [growth.kind for _, growth, _, _ in entries],
            [amount for _, _, amount, _ in entries],
            [day for _, _, _, day in entries],
            [growth.why or _WHY[growth.kind][amount < 0] for _, growth, amount, _ in entries],
            [growth.once for _, growth, _, _ in entries],
            [growth.note for _, growth, _, _ in entries],
            clock.now(),
        )
    except asyncpg.ForeignKeyViolationError:
        raise members.MemberUnknown from None
    return rows


async def _follow(rules: Rules, rows: list[Any], today: date) -> None:
    """Judge those for whom what has just counted can change something; for the others this is all there is to do."""
    basis = rules.policy.basis
    counted = {row["member"]: row for row in rows if row["kind"] == basis}
    if rules.policy.period == "lifetime":
        values = {member: row[basis] for member, row in counted.items()}
    else:
        days = window(rules.policy, today)
        values = dict(zip(counted, await sums([(member, days) for member in counted]), strict=True))
    moving = {row["member"] for row in rows if row["amount"] < 0 and row["earned"]}
    for member, row in counted.items():
        due = rules.due(values[member])
        rises = due is not None and due.rank > rules.rank(row["earned"])
        if rises or (row["look_on"] and row["look_on"] <= today):
            moving.add(member)
    if moving:
        await judge_many(rules, sorted(moving))


async def _known(onces: list[str]) -> dict[str, Any]:
    rows = await DB.fetch(
        "SELECT id, member, kind, amount, once FROM __tenant__.growth_entry WHERE once = ANY($1::text[])", onces
    )
    return {row["once"]: row for row in rows}


def _same(growth: Growth, amount: Decimal, row: Any) -> Counted:
    if row is None or (row["member"], row["kind"], row["amount"]) != (growth.member, growth.kind, amount):
        raise OnceDiffers(once=growth.once)
    return Counted(id=row["id"], repeated=True)
