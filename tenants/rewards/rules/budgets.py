"""How many points may go out for a reason in a day or a month: the database's row decides, one batch after the other.

The points of orders have caps of their own, which their refunds know of; they go by no budget here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import asyncpg

from tenants.kit import clock, ids
from tenants.kit.errors import Conflict, Invalid, NotFound
from tenants.kit.words import Words
from tenants.rewards.rules.reasons import Why
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence
    from datetime import date

Period = Literal["day", "month"]
POINTS_MAX = 1_000_000_000_000
_FREE = frozenset({Why.ORDER})


class BudgetUnknown(NotFound):
    """No budget has this id."""

    code = "reward.budget_unknown"
    sentence = Words(en="There is no such budget.", zh="没有该预算。")


class BudgetExists(Conflict):
    """The reason has a budget for this period."""

    code = "reward.budget_exists"
    sentence = Words(
        en="There is a budget for this reason and period already. Change that one.",
        zh="该原因在此周期已有预算，请直接修改。",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """A budget, and what has gone out of it in the present day or month."""

    id: uuid.UUID
    why: Why
    period: Period
    points_max: int
    active: bool
    used: int


async def budgets() -> list[Budget]:
    """All budgets, by reason."""
    today = clock.today(current_tenant().timezone)
    rows = await DB.fetch(
        "SELECT b.id, b.why, b.period, b.points_max, b.active, coalesce(u.points, 0) AS used"
        " FROM __tenant__.reward_budget b LEFT JOIN __tenant__.reward_budget_use u ON u.budget = b.id"
        " AND u.starts_on = CASE b.period WHEN 'day' THEN $1::date ELSE $2::date END ORDER BY b.why, b.period",
        today, today.replace(day=1))  # fmt: skip
    return [Budget(**{**dict(row), "why": Why(row["why"])}) for row in rows]


async def create_budget(*, why: str, period: str, points_max: int, active: bool = True) -> uuid.UUID:
    """Limit what goes out for a reason in a day or month. It counts from now on. Raises Invalid, BudgetExists."""
    if why not in set(Why) - _FREE:
        told = Words(
            en="use a reason other than orders, which have caps of their own", zh="订单积分请在订单规则中设置上限"
        )
        raise Invalid(param="why", problem=told)
    if period not in {"day", "month"}:
        raise Invalid(param="period", problem=Words(en="use day or month", zh="请使用 day 或 month"))
    _check(points_max)
    made: uuid.UUID = ids.new()
    rows = await DB.fetch(
        "INSERT INTO __tenant__.reward_budget (id, why, period, points_max, active, created_at, updated_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $6) ON CONFLICT (why, period) DO NOTHING RETURNING id",
        made, why, period, points_max, active, clock.now())  # fmt: skip
    if not rows:
        raise BudgetExists
    return made


async def change_budget(budget: uuid.UUID, *, points_max: int, active: bool) -> None:
    """Change a budget from now on; what has gone out stays counted. Raises Invalid, BudgetUnknown."""
    _check(points_max)
    rows = await DB.fetch(
        "UPDATE __tenant__.reward_budget SET points_max = $2, active = $3, updated_at = $4 WHERE id = $1 RETURNING id",
        budget, points_max, active, clock.now())  # fmt: skip
    if not rows:
        raise BudgetUnknown


async def remove_budget(budget: uuid.UUID) -> None:
    """Limit this no more. Raises BudgetUnknown."""
    try:
        gone = await DB.fetch("DELETE FROM __tenant__.reward_budget WHERE id = $1 RETURNING id", budget)
    except asyncpg.ForeignKeyViolationError:  # somebody is just using it
        gone = []
    if not gone:
        raise BudgetUnknown


async def keep_within(asked: Sequence[tuple[Why, int]]) -> list[bool]:
    """Take points out of their budgets, first come first served; for each whether there was room for it.

    Whoever asks next waits until this transaction is over.
    """
    whys = sorted({why.value for why, points in asked if points and why not in _FREE})
    rows = await DB.fetch(
        "SELECT id, why, period, points_max FROM __tenant__.reward_budget WHERE active AND why = ANY($1::text[])"
        " ORDER BY id", whys) if whys else []  # fmt: skip
    if not rows:
        return [True] * len(asked)
    left = await _left(rows)
    taken = dict.fromkeys(left, 0)
    fits = []
    for why, points in asked:
        mine = [row["id"] for row in rows if row["why"] == why.value]
        fitting = all(taken[budget] + points <= left[budget] for budget in mine)
        for budget in mine if fitting else []:
            taken[budget] += points
        fits.append(fitting or not points)
    await DB.fetch(
        "UPDATE __tenant__.reward_budget_use u SET points = u.points + t.points"
        " FROM unnest($1::uuid[], $2::date[], $3::bigint[]) AS t(budget, starts_on, points)"
        " WHERE u.budget = t.budget AND u.starts_on = t.starts_on",
        list(taken), [_begins(row) for row in rows], list(taken.values()))  # fmt: skip
    return fits


async def _left(rows: list[Any]) -> dict[uuid.UUID, int]:
    """What is left in each budget, whose use is locked."""
    used = await DB.fetch(
        "INSERT INTO __tenant__.reward_budget_use AS u (id, budget, starts_on, points)"
        " SELECT g.id, g.budget, g.starts_on, 0 FROM unnest($1::uuid[], $2::uuid[], $3::date[])"
        " AS g(id, budget, starts_on) ORDER BY g.budget ON CONFLICT (budget, starts_on)"
        " DO UPDATE SET points = u.points RETURNING u.budget, u.points",
        [ids.new() for _ in rows], [row["id"] for row in rows], [_begins(row) for row in rows])  # fmt: skip
    by_budget = {row["budget"]: row["points"] for row in used}
    return {row["id"]: row["points_max"] - by_budget[row["id"]] for row in rows}


def _begins(row: Any) -> date:
    today = clock.today(current_tenant().timezone)
    return today if row["period"] == "day" else today.replace(day=1)


def _check(points_max: int) -> None:
    if isinstance(points_max, bool) or not 0 <= points_max <= POINTS_MAX:
        raise Invalid(
            param="points_max",
            problem=Words(en="use a whole number up to 1,000,000,000,000", zh="请使用不超过 1000000000000 的整数"),
        )
