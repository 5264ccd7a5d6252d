"""How this shop's points behave: one row, there from the first day."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tenants.kit import clock
from tenants.kit.errors import Invalid
from tenants.kit.shapes import money
from tenants.kit.words import Words
from tenants.points.rules.dating import Terms, ends
from tenants.points.rules.reasons import Why
from tenants.tenancy import DB, current_tenant, furnish

if TYPE_CHECKING:
    from collections.abc import Sequence

CALENDAR_DAYS_MAX = 20
_WHYS = {why.value for why in Why}
_MONTH_DAYS = dict(enumerate((31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), start=1))
_RANGES = {
    "activation_days": (0, 366),
    "validity_days": (1, 36_500),
    "validity_months": (1, 1_200),
    "minimum_days": (0, 3_660),
    "inactivity_days": (1, 36_500),
    "debt_max": (0, 1_000_000_000),
    "value_points": (1, 1_000_000_000),
    "adjustment_max": (0, 1_000_000_000),
    "notice_days": (0, 366),
}
_OPTIONAL = {"validity_days", "validity_months", "inactivity_days", "adjustment_max"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy(Terms):
    """How points behave.

    Points that no order gave become active `activation_days` later (0: at once). `activity_whys` are the reasons that
    keep points alive under `inactivity`; none means any. A member may owe up to `debt_max`. `value_points` points stand
    for `value_amount` of the shop's currency. Adjustments by hand above `adjustment_max` need a second person (None:
    never). Members are told `notice_days` before points lapse (0: not at all).
    """

    activation_days: int = 0
    activity_whys: Sequence[str] = ()
    debt_max: int = 0
    value_points: int = 100
    value_amount: Decimal = Decimal("1.00")
    adjustment_max: int | None = None
    notice_days: int = 30


_NAMES = tuple(field.name for field in fields(Policy))
_UPDATE = """
UPDATE __tenant__.points_policy SET expiry = $1, validity_days = $2, validity_months = $3, rounding = $4,
    calendar_days = $5::smallint[], minimum_days = $6, inactivity_days = coalesce($7, inactivity_days),
    activation_days = $8, activity_whys = $9::varchar[], debt_max = $10, value_points = $11, value_amount = $12,
    adjustment_max = $13, notice_days = $14, updated_at = $15 WHERE id = 1
"""


@furnish
async def make_policy() -> None:
    """Give a new shop its policy: points never expire until the seller says so."""
    await DB.fetch(
        "INSERT INTO __tenant__.points_policy (id, updated_at) VALUES (1, $1) ON CONFLICT (id) DO NOTHING",
        clock.now(),
    )


async def policy() -> Policy:
    """How points behave now."""
    return _policy(await DB.fetchrow("SELECT * FROM __tenant__.points_policy WHERE id = 1"))


async def set_policy(wanted: Policy) -> Policy:
    """Have points earned from now on behave so; what has been earned keeps its date. Raises Invalid.

    What lasts as long as its member is active goes by the present number of days, whichever model is chosen now.
    """
    wanted = checked(wanted)
    await DB.fetch(_UPDATE, *(_kept(getattr(wanted, name)) for name in _COLUMNS), clock.now())
    return wanted


async def change_policy(**changes: Any) -> Policy:
    """Change some of it and leave the rest as it is. Raises Invalid."""
    row = await DB.fetchrow("SELECT * FROM __tenant__.points_policy WHERE id = 1 FOR UPDATE")
    return await set_policy(replace(_policy(row), **changes))


_COLUMNS = (
    "expiry", "validity_days", "validity_months", "rounding", "calendar_days", "minimum_days", "inactivity_days",
    "activation_days", "activity_whys", "debt_max", "value_points", "value_amount", "adjustment_max", "notice_days",
)  # fmt: skip


def _kept(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _policy(row: Any) -> Policy:
    values: dict[str, Any] = {name: tuple(row[name]) if isinstance(row[name], list) else row[name] for name in _NAMES}
    return Policy(**values)


def checked(wanted: Policy) -> Policy:
    """The same with days in order. Raises Invalid for what cannot be."""
    for name, (least, most) in _RANGES.items():
        value = getattr(wanted, name)
        if (value is None and name in _OPTIONAL) or (isinstance(value, int) and least <= value <= most):
            continue
        raise _invalid(name, f"use {least:,} to {most:,}", f"请使用 {least} 到 {most}")
    if wanted.expiry not in {"never", "rolling", "calendar", "inactivity"}:
        raise _invalid("expiry", "choose one of the models", "请选择到期方式")
    if wanted.rounding not in {"day", "month", "quarter", "half_year", "year"}:
        raise _invalid("rounding", "choose one of the periods", "请选择取整方式")
    if wanted.expiry == "rolling" and not (wanted.validity_days or wanted.validity_months):
        raise _invalid("validity_days", "say how many days or months points last", "请填写积分有效的天数或月数")
    if wanted.expiry == "inactivity" and not wanted.inactivity_days:
        raise _invalid("inactivity_days", "say after how many days", "请填写天数")
    if not set(wanted.activity_whys) <= _WHYS:
        raise _invalid("activity_whys", "choose from the reasons of points", "请从积分原因中选择")
    return replace(
        wanted,
        calendar_days=_calendar(wanted),
        activity_whys=tuple(dict.fromkeys(wanted.activity_whys)),
        value_amount=money(wanted.value_amount, param="value_amount"),
    )


def _calendar(wanted: Policy) -> tuple[int, ...]:
    days = tuple(sorted(set(wanted.calendar_days)))
    possible = all(day // 100 in _MONTH_DAYS and 1 <= day % 100 <= _MONTH_DAYS[day // 100] for day in days)
    if not possible or len(days) > CALENDAR_DAYS_MAX or (wanted.expiry == "calendar" and not days):
        raise _invalid("calendar_days", "give 1 to 20 days such as 12-31", "请填写 1 到 20 个日期，如 12-31")
    return days


def _invalid(param: str, en: str, zh: str) -> Invalid:
    return Invalid(param=param, problem=Words(en=en, zh=zh))


def describe(wanted: Policy) -> Words:
    """What the policy means for points that are earned today."""
    zone = current_tenant().timezone
    moment = clock.now()
    today = clock.today(zone, moment)
    active = clock.local(zone, today + timedelta(days=wanted.activation_days)) if wanted.activation_days else moment
    ended = ends(wanted, earned_at=active, zone=zone)
    starts = clock.today(zone, active)
    first = Words(
        en=f"Points earned today, {today}, count from {starts} on",
        zh=f"今天（{today}）获得的积分自 {starts} 起可用",
    )
    if ended is None:
        return Words(en=f"{first.en} and never expire.", zh=f"{first.zh}，永不过期。")
    last = clock.today(zone, ended - timedelta(seconds=1))
    if wanted.expiry == "inactivity":
        return Words(
            en=f"{first.en} and last until {last}, longer if the member is active meanwhile.",
            zh=f"{first.zh}，有效期至 {last}；期间有积分活动则顺延。",
        )
    return Words(en=f"{first.en} and last until the end of {last}.", zh=f"{first.zh}，有效期至 {last} 当天结束。")
