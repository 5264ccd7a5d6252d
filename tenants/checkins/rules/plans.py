"""Plans as sellers edit them, and the versions that editing makes.

A draft is edited freely. From the moment that it is switched on, each edit makes a new version of it, which holds from
a day of the shop on: today unless said otherwise. Versions are never changed, and each visit knows the one that judged
it, so that no edit touches a streak or anything of the past. What is to be prepared at leisure is prepared in a draft.
"""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import asyncpg

from tenants.checkins.rules.refusals import PlanUnknown
from tenants.checkins.rules.terms import CYCLES, length_of
from tenants.checkins.rules.versions import keep_up
from tenants.kit import clock, ids
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.tenancy import DB, current_tenant, furnish

if TYPE_CHECKING:
    from collections.abc import Mapping

POINTS_MAX = 1_000_000
DAYS_MAX = 366
CYCLE_MIN = 2
MAKE_UPS_MAX = 31
_CHOOSE = Words(en="choose one of the cycles", zh="请选择周期")
_CYCLE_DAYS = Words(en="use 2 to 366 days, for a cycle of your own only", zh="仅自定义周期填写 2 到 366 天")
_AMOUNT = Words(en="use 0 to 1,000,000 points", zh="积分请填写 0 到 1,000,000")
_INCREMENT_DAYS = Words(en="use 1 to 366 days", zh="请填写 1 到 366 天")
_WINDOW = Words(en="let it end after it starts", zh="结束日期不能早于开始日期")
_MAKE_UPS = Words(
    en="use 0 to 31 days; make-ups in a month: 0 to 31, 0 for no limit", zh="请填写 0 到 31；每月次数 0 表示不限"
)
_PER_CYCLE = Words(en="use 0 to 366; 0 is no limit", zh="请填写 0 到 366，0 表示不限")
Status = Literal["draft", "scheduled", "live", "paused", "ended"]


@dataclass(frozen=True, slots=True)
class PlanSettings:
    """What a seller can say of a plan; points a day for the first day, more for each further day up to a day.

    Without `starts_on` and `ends_on` it holds always. `cycle_days` is for the cycle `days` only. `make_up_days` says
    how many days back a missed day can be made up, 0 for not at all; each further make-up of a calendar month costs
    `make_up_step` points more. No limit is 0.
    """

    name_en: str
    name_zh: str
    active: bool
    base: int
    increment: int
    increment_days: int
    cycle: str
    cycle_days: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    first_points: int = 0
    first_growth: int = 0
    first_voucher: uuid.UUID | None = None
    make_up_days: int = 0
    make_up_price: int = 0
    make_up_step: int = 0
    make_up_per_cycle: int = 0
    make_up_per_month: int = 0
    make_up_base: bool = True
    make_up_milestones: bool = True


# In the order of the columns in the statements below.
_SETTINGS = (
    "name_en", "name_zh", "active", "base", "increment", "increment_days", "cycle", "cycle_days", "starts_on",
    "ends_on", "first_points", "first_growth", "first_voucher", "make_up_days", "make_up_price", "make_up_step",
    "make_up_per_cycle", "make_up_per_month", "make_up_base", "make_up_milestones",
)  # fmt: skip


async def create_plan(settings: PlanSettings) -> uuid.UUID:
    """Make a plan; a draft unless it is `active`. Raises Invalid."""
    _check(settings)
    plan, moment = ids.new(), clock.now()
    if settings.active:
        await _switch_off_others(plan, settings)
    await _insert(plan, settings, moment)
    await keep_up(plan)
    return plan


async def change_plan(plan: uuid.UUID, settings: PlanSettings, *, from_day: date | None = None) -> None:
    """Change a plan; streaks and the past stay as they are. Raises Invalid, PlanUnknown.

    Switching a plan on switches off the one that starts on the same day. A new version holds from `from_day` on, today
    if left out; whether it is on, its names and its window hold at once.
    """
    await write(plan, settings)
    await keep_up(plan, from_day=from_day)


async def write(plan: uuid.UUID, settings: PlanSettings) -> None:
    """Lock a plan and let it be as said; whoever calls sees to its version. Raises Invalid, PlanUnknown."""
    _check(settings)
    await lock(plan)
    if settings.active:
        await _switch_off_others(plan, settings)
    values = asdict(settings)
    await DB.fetch(
        "UPDATE __tenant__.check_in_plan SET name_en = $2, name_zh = $3, active = $4, base = $5, increment = $6,"
        " increment_days = $7, cycle = $8, cycle_days = $9, starts_on = $10, ends_on = $11, first_points = $12,"
        " first_growth = $13, first_voucher = $14, make_up_days = $15, make_up_price = $16, make_up_step = $17,"
        " make_up_per_cycle = $18, make_up_per_month = $19, make_up_base = $20, make_up_milestones = $21,"
        " updated_at = $22 WHERE id = $1",
        plan, *(values[name] for name in _SETTINGS), clock.now())  # fmt: skip


async def end_plan(plan: uuid.UUID) -> None:
    """Let today be a plan's last day. Raises PlanUnknown."""
    await lock(plan)
    today = clock.today(current_tenant().timezone)
    await DB.fetch(
        "UPDATE __tenant__.check_in_plan SET ends_on = least(ends_on, $2::date),"
        " starts_on = least(starts_on, $2::date), updated_at = $3 WHERE id = $1", plan, today, clock.now())  # fmt: skip


async def copy_plan(plan: uuid.UUID, *, once: str) -> uuid.UUID:
    """A draft that promises what a plan does, one for each occasion. Raises PlanUnknown."""
    row = await lock(plan)
    copy, moment = uuid.uuid5(plan, once), clock.now()
    if await DB.fetchval("SELECT 1 FROM __tenant__.check_in_plan WHERE id = $1", copy):
        return copy  # the plan is locked, so nobody makes it meanwhile
    settings = settings_of(row, active=False)
    await _insert(copy, settings, moment)
    await DB.fetch(
        "INSERT INTO __tenant__.check_in_milestone"
        " (id, plan, day, slot, points, growth, voucher_template, repeats, created_at)"
        " SELECT md5($1::text || id::text)::uuid, $1::text::uuid, day, slot, points, growth, voucher_template, repeats,"
        " $3::timestamptz FROM __tenant__.check_in_milestone WHERE plan = $2", str(copy), plan, moment)  # fmt: skip
    await DB.fetch(
        "INSERT INTO __tenant__.check_in_special_date"
        " (id, plan, name_en, name_zh, day, month, month_day, multiplier, points, growth, voucher_template, created_at)"
        " SELECT md5($1::text || id::text)::uuid, $1::text::uuid, name_en, name_zh, day, month, month_day, multiplier,"
        " points, growth, voucher_template, $3::timestamptz FROM __tenant__.check_in_special_date WHERE plan = $2",
        str(copy), plan, moment)  # fmt: skip
    await DB.fetch(
        "INSERT INTO __tenant__.check_in_level_bonus (id, plan, level, multiplier, points, created_at)"
        " SELECT md5($1::text || id::text)::uuid, $1::text::uuid, level, multiplier, points, $3::timestamptz"
        " FROM __tenant__.check_in_level_bonus WHERE plan = $2", str(copy), plan, moment)  # fmt: skip
    return copy


async def lock(plan: uuid.UUID) -> Any:
    """A plan's row, with every other edit of it made to wait. Raises PlanUnknown."""
    row = await DB.fetchrow("SELECT * FROM __tenant__.check_in_plan WHERE id = $1 FOR NO KEY UPDATE", plan)
    if row is None:
        raise PlanUnknown
    return row


async def plan_in_force() -> Any:
    """The plan by which today is judged, as the seller edits it, or None."""
    today = clock.today(current_tenant().timezone)
    return await DB.fetchrow(
        "SELECT p.* FROM __tenant__.check_in_plan p WHERE p.active AND (p.starts_on IS NULL OR p.starts_on <= $1::date)"
        " AND (p.ends_on IS NULL OR p.ends_on >= $1::date) AND EXISTS (SELECT 1 FROM __tenant__.check_in_version v"
        " WHERE v.plan = p.id AND v.from_day <= $1::date) ORDER BY p.starts_on DESC NULLS LAST LIMIT 1",
        today)  # fmt: skip


async def latest_plan() -> Any:
    """The plan that counts today; where none does, one that is on, or else the one changed last. None if none is."""
    return await plan_in_force() or await DB.fetchrow(
        "SELECT * FROM __tenant__.check_in_plan ORDER BY active DESC, updated_at DESC, id DESC LIMIT 1"
    )


async def plans() -> list[Any]:
    """All plans with their status, the newest first."""
    rows: list[Any] = await DB.fetch(
        "SELECT p.*, coalesce(v.versions, 0) AS versions FROM __tenant__.check_in_plan p LEFT JOIN LATERAL"
        " (SELECT count(*)::int AS versions FROM __tenant__.check_in_version v WHERE v.plan = p.id) v ON true"
        " ORDER BY p.id DESC")  # fmt: skip
    return rows


async def find_plan(plan: uuid.UUID) -> Any:
    """A plan with the number of its versions. Raises PlanUnknown."""
    row = await DB.fetchrow(
        "SELECT p.*, (SELECT count(*)::int FROM __tenant__.check_in_version v WHERE v.plan = p.id) AS versions"
        " FROM __tenant__.check_in_plan p WHERE p.id = $1", plan)  # fmt: skip
    if row is None:
        raise PlanUnknown
    return row


def status_of(row: Mapping[str, Any], *, versions: int, today: date) -> Status:
    """Where a plan is in its life."""
    if row["ends_on"] and row["ends_on"] < today and versions:
        return "ended"
    if not row["active"]:
        return "paused" if versions else "draft"
    return "scheduled" if row["starts_on"] and row["starts_on"] > today else "live"


def as_draft(settings: PlanSettings) -> PlanSettings:
    """The same, switched off."""
    return replace(settings, active=False)


def settings_of(row: Mapping[str, Any], **changes: Any) -> PlanSettings:
    """A plan's settings out of its row, with changes."""
    return PlanSettings(**{**{name: row[name] for name in _SETTINGS}, **changes})


@furnish
async def _first_plan() -> None:
    """Each new shop begins with a plan that costs little: 5 points, one more each day, 20 on the seventh."""
    plan = await create_plan(PlanSettings("Daily check-in", "每日签到", False, 5, 1, 7, "days7"))  # noqa: FBT003
    await DB.fetch(
        "INSERT INTO __tenant__.check_in_milestone (id, plan, day, slot, points, growth, repeats, created_at)"
        " VALUES ($1, $2, 7, 1, 20, 0, true, $3)", ids.new(), plan, clock.now())  # fmt: skip
    await change_plan(plan, settings_of(await lock(plan), active=True))


async def _insert(plan: uuid.UUID, settings: PlanSettings, moment: Any) -> None:
    values = asdict(settings)
    try:
        await DB.fetch(
            "INSERT INTO __tenant__.check_in_plan (id, name_en, name_zh, active, base, increment, increment_days,"
            " cycle, cycle_days, starts_on, ends_on, first_points, first_growth, first_voucher, make_up_days,"
            " make_up_price, make_up_step, make_up_per_cycle, make_up_per_month, make_up_base, make_up_milestones,"
            " created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,"
            " $17, $18, $19, $20, $21, $22, $22)",
            plan, *(values[name] for name in _SETTINGS), moment)  # fmt: skip
    except asyncpg.ForeignKeyViolationError:
        raise voucher_unknown() from None


async def _switch_off_others(plan: uuid.UUID, settings: PlanSettings) -> None:
    await DB.fetch(
        "UPDATE __tenant__.check_in_plan SET active = false WHERE active AND id <> $1"
        " AND starts_on IS NOT DISTINCT FROM $2::date", plan, settings.starts_on)  # fmt: skip


def voucher_unknown() -> Invalid:
    """The voucher template that was named is none of the shop's."""
    return Invalid(param="voucher_template", problem=Words(en="there is no such voucher", zh="没有找到该优惠券"))


def _check(settings: PlanSettings) -> None:
    length = length_of(settings.cycle, settings.cycle_days)
    of_own = (settings.cycle == "days") == (settings.cycle_days is not None)
    amounts = (
        settings.base, settings.increment, settings.first_points, settings.first_growth, settings.make_up_price,
        settings.make_up_step,
    )  # fmt: skip
    starts, ends = settings.starts_on, settings.ends_on
    limits = settings.make_up_days, settings.make_up_per_month
    problems = (
        ("cycle", settings.cycle in CYCLES, _CHOOSE),
        ("cycle_days", of_own and (length is None or CYCLE_MIN <= length <= DAYS_MAX), _CYCLE_DAYS),
        ("base", all(0 <= amount <= POINTS_MAX for amount in amounts), _AMOUNT),
        ("increment_days", 1 <= settings.increment_days <= DAYS_MAX, _INCREMENT_DAYS),
        ("ends_on", starts is None or ends is None or starts <= ends, _WINDOW),
        ("make_up_days", all(0 <= limit <= MAKE_UPS_MAX for limit in limits), _MAKE_UPS),
        ("make_up_per_cycle", 0 <= settings.make_up_per_cycle <= DAYS_MAX, _PER_CYCLE),
    )
    for param, fine, problem in problems:
        if not fine:
            raise Invalid(param=param, problem=problem)
