"""Milestones, special dates and level bonuses, as sellers edit them; each edit counts as one of the plan."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import asyncpg

from tenants import levels
from tenants.checkins.rules import plans, versions
from tenants.checkins.rules.refusals import LevelBonusUnknown, MilestoneUnknown, SpecialDateUnknown
from tenants.kit import clock, ids
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence
    from datetime import date

SLOTS_MAX = 9
NAME_MAX = 100
MULTIPLIER_MAX = Decimal(99)
_LEAP_YEAR = 2024
_MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialDate:
    """A day that earns more: `day` for once, `month` and `month_day` for every year.

    The multiplier goes by the points of the day; points, growth and voucher come on top.
    """

    name_en: str = ""
    name_zh: str = ""
    day: date | None = None
    month: int | None = None
    month_day: int | None = None
    multiplier: Decimal = Decimal(1)
    points: int = 0
    growth: int = 0
    voucher_template: uuid.UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A further reward on a day of the cycle; `repeats` in each cycle, or once for ever."""

    day: int
    slot: int = 1
    points: int = 0
    growth: int = 0
    voucher_template: uuid.UUID | None = None
    repeats: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelBonus:
    """What members of a level earn more on each check-in."""

    level: uuid.UUID
    multiplier: Decimal = Decimal(1)
    points: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """All that a plan promises besides the points of the day."""

    milestones: Sequence[Milestone] = ()
    special_dates: Sequence[SpecialDate] = ()
    level_bonuses: Sequence[LevelBonus] = ()


async def set_plan(
    plan: uuid.UUID, settings: plans.PlanSettings, whole: Whole, *, from_day: date | None = None
) -> None:
    """Set all of a plan at once, so that one that is on gets one new version, from that day on. Raises as each does.

    The same again makes no version.
    """
    await plans.write(plan, settings)
    await DB.fetch("DELETE FROM __tenant__.check_in_milestone WHERE plan = $1", plan)
    await DB.fetch("DELETE FROM __tenant__.check_in_special_date WHERE plan = $1", plan)
    await DB.fetch("DELETE FROM __tenant__.check_in_level_bonus WHERE plan = $1", plan)
    for milestone in whole.milestones:
        await _write_milestone(plan, milestone)
    for special in whole.special_dates:
        await _write_special(plan, special)
    for bonus in whole.level_bonuses:
        await _write_level(plan, bonus)
    await versions.keep_up(plan, from_day=from_day)


async def set_milestone(
    plan: uuid.UUID,
    *,
    day: int,
    points: int,
    voucher_template: uuid.UUID | None,
    growth: int = 0,
    slot: int = 1,
    repeats: bool = True,
) -> uuid.UUID:
    """Promise a further reward on a day of the plan's cycle, in place of the one in that slot.

    `repeats`: in each cycle, or once for ever. Raises Invalid, PlanUnknown.
    """
    await plans.lock(plan)
    found = await _write_milestone(
        plan,
        Milestone(day=day, slot=slot, points=points, growth=growth, voucher_template=voucher_template, repeats=repeats),
    )
    await versions.keep_up(plan)
    return found


async def next_slot(plan: uuid.UUID, *, day: int) -> int:
    """The first slot of a day that is free."""
    taken = {
        row["slot"]
        for row in await DB.fetch(
            "SELECT slot FROM __tenant__.check_in_milestone WHERE plan = $1 AND day = $2", plan, day
        )
    }
    return next((slot for slot in range(1, SLOTS_MAX + 1) if slot not in taken), SLOTS_MAX + 1)


async def remove_milestone(plan: uuid.UUID, *, day: int, slot: int | None = None) -> None:
    """Promise nothing further on that day, or in that slot of it. Raises MilestoneUnknown, PlanUnknown."""
    await plans.lock(plan)
    gone = await DB.fetch(
        "DELETE FROM __tenant__.check_in_milestone WHERE plan = $1 AND day = $2 AND ($3::int IS NULL OR slot = $3)"
        " RETURNING id", plan, day, slot)  # fmt: skip
    if not gone:
        raise MilestoneUnknown
    await versions.keep_up(plan)


async def add_special_date(plan: uuid.UUID, said: SpecialDate) -> uuid.UUID:
    """Let a day earn more. Raises Invalid, PlanUnknown."""
    await plans.lock(plan)
    special = await _write_special(plan, said)
    await versions.keep_up(plan)
    return special


async def change_special_date(special: uuid.UUID, said: SpecialDate) -> None:
    """Let a special date be another, or earn otherwise. Raises Invalid, SpecialDateUnknown."""
    _check_special(said)
    plan = await _plan_of_special(special)
    try:
        await DB.fetch(
            "UPDATE __tenant__.check_in_special_date SET name_en = $2, name_zh = $3, day = $4, month = $5,"
            " month_day = $6, multiplier = $7, points = $8, growth = $9, voucher_template = $10 WHERE id = $1",
            special, said.name_en, said.name_zh, said.day, said.month, said.month_day, said.multiplier, said.points,
            said.growth, said.voucher_template)  # fmt: skip
    except asyncpg.ForeignKeyViolationError:
        raise plans.voucher_unknown() from None
    await versions.keep_up(plan)


async def remove_special_date(special: uuid.UUID) -> None:
    """Let a day be like others again. Raises SpecialDateUnknown."""
    plan = await _plan_of_special(special)
    await DB.fetch("DELETE FROM __tenant__.check_in_special_date WHERE id = $1", special)
    await versions.keep_up(plan)


async def set_level_bonus(plan: uuid.UUID, bonus: LevelBonus) -> uuid.UUID:
    """Let members of a level earn more on each check-in, in place of what they did. Raises Invalid, PlanUnknown."""
    await plans.lock(plan)
    found = await _write_level(plan, bonus)
    await versions.keep_up(plan)
    return found


async def remove_level_bonus(plan: uuid.UUID, *, level: uuid.UUID) -> None:
    """Let members of a level earn as others do. Raises LevelBonusUnknown, PlanUnknown."""
    await plans.lock(plan)
    gone = await DB.fetch(
        "DELETE FROM __tenant__.check_in_level_bonus WHERE plan = $1 AND level = $2 RETURNING id", plan, level
    )
    if not gone:
        raise LevelBonusUnknown
    await versions.keep_up(plan)


async def _write_milestone(plan: uuid.UUID, said: Milestone) -> uuid.UUID:
    if not 1 <= said.day <= plans.DAYS_MAX or not 1 <= said.slot <= SLOTS_MAX:
        raise Invalid(
            param="milestone",
            problem=Words(en="give a day from 1 to 366 and a slot from 1 to 9", zh="请填写第 1 到 366 天，序号 1 到 9"),
        )
    something = said.points or said.growth or said.voucher_template
    _check_bonus("milestone", points=said.points, growth=said.growth, something=something)
    try:
        found: uuid.UUID = await DB.fetchval(
            "INSERT INTO __tenant__.check_in_milestone"
            " (id, plan, day, slot, points, growth, voucher_template, repeats, created_at)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (plan, day, slot)"
            " DO UPDATE SET points = excluded.points, growth = excluded.growth, repeats = excluded.repeats,"
            " voucher_template = excluded.voucher_template RETURNING id",
            ids.new(), plan, said.day, said.slot, said.points, said.growth, said.voucher_template, said.repeats,
            clock.now())  # fmt: skip
    except asyncpg.ForeignKeyViolationError:
        raise plans.voucher_unknown() from None
    return found


async def _write_special(plan: uuid.UUID, said: SpecialDate) -> uuid.UUID:
    _check_special(said)
    special = ids.new()
    try:
        await DB.fetch(
            "INSERT INTO __tenant__.check_in_special_date (id, plan, name_en, name_zh, day, month, month_day,"
            " multiplier, points, growth, voucher_template, created_at)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            special, plan, said.name_en, said.name_zh, said.day, said.month, said.month_day, said.multiplier,
            said.points, said.growth, said.voucher_template, clock.now())  # fmt: skip
    except asyncpg.ForeignKeyViolationError:
        raise plans.voucher_unknown() from None
    return special


async def _write_level(plan: uuid.UUID, bonus: LevelBonus) -> uuid.UUID:
    _check_multiplier("level", bonus.multiplier)
    _check_bonus("level", points=bonus.points, growth=0, something=bonus.points or bonus.multiplier > 1)
    try:
        found: uuid.UUID = await DB.fetchval(
            "INSERT INTO __tenant__.check_in_level_bonus (id, plan, level, multiplier, points, created_at)"
            " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (plan, level)"
            " DO UPDATE SET multiplier = excluded.multiplier, points = excluded.points RETURNING id",
            ids.new(), plan, bonus.level, bonus.multiplier, bonus.points, clock.now())  # fmt: skip
    except asyncpg.ForeignKeyViolationError:
        raise levels.LevelUnknown from None
    return found


async def _plan_of_special(special: uuid.UUID) -> uuid.UUID:
    plan: uuid.UUID | None = await DB.fetchval(
        "SELECT plan FROM __tenant__.check_in_special_date WHERE id = $1", special)  # fmt: skip
    if plan is None:
        raise SpecialDateUnknown
    await plans.lock(plan)
    return plan


def _check_special(said: SpecialDate) -> None:
    yearly = said.month is not None and said.month_day is not None
    if bool(said.day) == yearly or (said.day and (said.month or said.month_day)):
        raise Invalid(
            param="special_date",
            problem=Words(en="give a date, or a month and a day of it for every year", zh="请填写日期，或每年的月和日"),
        )
    if yearly and not _is_day(said.month or 0, said.month_day or 0):
        raise Invalid(param="special_date", problem=Words(en="there is no such day", zh="没有这一天"))
    if max(len(said.name_en), len(said.name_zh)) > NAME_MAX:
        raise Invalid(param="special_date", problem=Words(en="use at most 100 characters", zh="名称最多 100 个字"))
    _check_multiplier("special_date", said.multiplier)
    something = said.points or said.growth or said.voucher_template or said.multiplier > 1
    _check_bonus("special_date", points=said.points, growth=said.growth, something=something)


def _is_day(month: int, day: int) -> bool:
    return month in _MONTHS and 1 <= day <= calendar.monthrange(_LEAP_YEAR, month)[1]


def _check_multiplier(param: str, multiplier: Decimal) -> None:
    if not multiplier.is_finite() or not 1 <= multiplier <= MULTIPLIER_MAX or multiplier != round(multiplier, 2):
        raise Invalid(
            param=param,
            problem=Words(
                en="use a multiplier from 1 to 99, with two decimals at most", zh="倍数请填写 1 到 99，最多两位小数"
            ),
        )


def _check_bonus(param: str, *, points: int, growth: int, something: object) -> None:
    if not (0 <= points <= plans.POINTS_MAX and 0 <= growth <= plans.POINTS_MAX) or not something:
        raise Invalid(
            param=param,
            problem=Words(
                en="give up to 1,000,000 points, growth, or a voucher",
                zh="请填写不超过 1,000,000 的积分、成长值，或选择优惠券",
            ),
        )
