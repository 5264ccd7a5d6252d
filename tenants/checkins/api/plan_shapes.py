"""A plan as it travels."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from msgspec import Meta, field

from tenants import checkins
from tenants.checkins.api.shapes import Multiplier, Whole, read_template, show_template
from tenants.kit import clock, ids
from tenants.kit.shapes import Shape
from tenants.tenancy import current_tenant

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Place = Annotated[int, Meta(ge=1, le=366)]
Title = Annotated[str, Meta(max_length=100)]


class MilestoneShape(Shape):
    """A further reward on a day of the cycle: points, growth, a voucher. Several of a day have a slot each."""

    day: Place
    points: Whole
    voucher_template: str | None = None
    growth: Whole = 0
    slot: Annotated[int, Meta(ge=1, le=9)] = 1
    repeats: bool = True

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "day": 7, "points": 20, "voucher_template": None, "growth": 0, "slot": 1, "repeats": True,
    }  # fmt: skip


class SpecialDateShape(Shape):
    """A day that earns more: `day` for once, or `month` and `month_day` for every year."""

    name_en: Title = ""
    name_zh: Title = ""
    day: date | None = None
    month: Annotated[int, Meta(ge=1, le=12)] | None = None
    month_day: Annotated[int, Meta(ge=1, le=31)] | None = None
    multiplier: Multiplier = Decimal(1)
    points: Whole = 0
    growth: Whole = 0
    voucher_template: str | None = None

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "name_en": "Singles' Day", "name_zh": "双十一", "day": None, "month": 11, "month_day": 11, "multiplier": "2.00",
        "points": 0, "growth": 0, "voucher_template": None,
    }  # fmt: skip


class LevelBonusShape(Shape):
    """What members of a level earn more on each check-in."""

    level: str
    multiplier: Multiplier = Decimal(1)
    points: Whole = 0

    EXAMPLE: ClassVar[dict[str, Any]] = {"level": "lvl_01kaecw0x5f3qs8q7t6v2m9d3a", "multiplier": "1.50", "points": 0}


class MakeUpPolicyShape(Shape):
    """Whether missed days can be made up: `days` back, 0 for not at all; no limit is 0.

    The first make-up of a calendar month costs `price` points, each further one `step` more.
    """

    days: Annotated[int, Meta(ge=0, le=31)] = 0
    price: Whole = 0
    step: Whole = 0
    per_cycle: Annotated[int, Meta(ge=0, le=366)] = 0
    per_month: Annotated[int, Meta(ge=0, le=31)] = 0
    earns_base: bool = True
    earns_milestones: bool = True

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "days": 7, "price": 30, "step": 10, "per_cycle": 2, "per_month": 3, "earns_base": True,
        "earns_milestones": True,
    }  # fmt: skip


class PlanShape(Shape):
    """What a check-in earns: `base` on the first day, `increment` more for each further day, up to `increment_days`.

    `cycle` is `endless`, `days7`, `days30`, `month` or `days` with `cycle_days`.
    """

    name_en: Title
    name_zh: Title
    active: bool
    base: Whole
    increment: Whole
    increment_days: Place
    cycle: Annotated[str, Meta(max_length=10)]
    milestones: list[MilestoneShape]
    cycle_days: Annotated[int, Meta(ge=2, le=366)] | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    first_points: Whole = 0
    first_growth: Whole = 0
    first_voucher: str | None = None
    special_dates: list[SpecialDateShape] = field(default_factory=list)
    level_bonuses: list[LevelBonusShape] = field(default_factory=list)
    make_up: MakeUpPolicyShape = field(default_factory=MakeUpPolicyShape)

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "name_en": "Daily check-in",
        "name_zh": "每日签到",
        "active": True,
        "base": 5,
        "increment": 1,
        "increment_days": 7,
        "cycle": "days7",
        "milestones": [MilestoneShape.EXAMPLE],
        "cycle_days": None,
        "starts_on": None,
        "ends_on": None,
        "first_points": 50,
        "first_growth": 0,
        "first_voucher": None,
        "special_dates": [SpecialDateShape.EXAMPLE],
        "level_bonuses": [],
        "make_up": MakeUpPolicyShape.EXAMPLE,
    }


class PlanSummaryShape(Shape):
    """A plan in the list. `status`: `draft`, `scheduled`, `live`, `paused` or `ended`."""

    id: str
    name_en: str
    name_zh: str
    status: str
    starts_on: date | None
    ends_on: date | None
    versions: int

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": "cip_01kaecw0x5f3qs8q7t6v2m9d3a", "name_en": "Daily check-in", "name_zh": "每日签到", "status": "live",
        "starts_on": None, "ends_on": None, "versions": 3,
    }  # fmt: skip


class VersionShape(Shape):
    """What a plan promised from a day on."""

    number: int
    from_day: date
    base: int
    increment: int
    increment_days: int
    cycle: str
    made_by: str
    at: datetime

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "number": 2, "from_day": "2026-11-21", "base": 5, "increment": 1, "increment_days": 7, "cycle": "days7",
        "made_by": "staff:01a", "at": "2026-11-21T01:02:03Z",
    }  # fmt: skip


class PreviewDayShape(Shape):
    """What a member would get on a day, all points together, and the vouchers."""

    day: date
    position: int
    points: int
    growth: int
    voucher_templates: list[str]

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "day": "2026-11-27", "position": 7, "points": 31, "growth": 0, "voucher_templates": [],
    }  # fmt: skip


class LevelPreviewShape(Shape):
    """What a member of a level, or of none, gets who begins with the first day and misses none."""

    level: str | None
    points: int
    growth: int
    days: list[PreviewDayShape]

    EXAMPLE: ClassVar[dict[str, Any]] = {"level": None, "points": 76, "growth": 0, "days": [PreviewDayShape.EXAMPLE]}


class VoucherCountShape(Shape):
    """So many vouchers of a template."""

    voucher_template: str
    count: int

    EXAMPLE: ClassVar[dict[str, Any]] = {"voucher_template": "vtp_01kaecw0x5f3qs8q7t6v2m9d3a", "count": 1000}


class PreviewShape(Shape):
    """What a plan would give, and what 1,000 members cost: at most, and likely, by the visits of the last 30 days."""

    levels: list[LevelPreviewShape]
    points_at_most: int
    points_likely: int | None
    growth_at_most: int
    vouchers_at_most: list[VoucherCountShape]

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "levels": [LevelPreviewShape.EXAMPLE], "points_at_most": 76_000, "points_likely": 41_000, "growth_at_most": 0,
        "vouchers_at_most": [],
    }  # fmt: skip


def read_plan(data: PlanShape) -> tuple[checkins.PlanSettings, checkins.Whole]:
    """A plan as it came."""
    policy = data.make_up
    settings = checkins.PlanSettings(
        name_en=data.name_en, name_zh=data.name_zh, active=data.active, base=data.base, increment=data.increment,
        increment_days=data.increment_days, cycle=data.cycle, cycle_days=data.cycle_days, starts_on=data.starts_on,
        ends_on=data.ends_on, first_points=data.first_points, first_growth=data.first_growth,
        first_voucher=read_template(data.first_voucher), make_up_days=policy.days, make_up_price=policy.price,
        make_up_step=policy.step, make_up_per_cycle=policy.per_cycle, make_up_per_month=policy.per_month,
        make_up_base=policy.earns_base, make_up_milestones=policy.earns_milestones)  # fmt: skip
    whole = checkins.Whole(
        milestones=[
            checkins.Milestone(day=one.day, slot=one.slot, points=one.points, growth=one.growth, repeats=one.repeats,
                               voucher_template=read_template(one.voucher_template))
            for one in data.milestones],
        special_dates=[
            checkins.SpecialDate(name_en=one.name_en, name_zh=one.name_zh, day=one.day, month=one.month,
                                 month_day=one.month_day, multiplier=one.multiplier, points=one.points,
                                 growth=one.growth, voucher_template=read_template(one.voucher_template))
            for one in data.special_dates],
        level_bonuses=[
            checkins.LevelBonus(level=ids.read("lvl", one.level), multiplier=one.multiplier, points=one.points)
            for one in data.level_bonuses])  # fmt: skip
    return settings, whole


def show_plan(
    row: Mapping[str, Any], milestones: Sequence[Any], specials: Sequence[Any], bonuses: Sequence[Any]
) -> PlanShape:
    """A plan out of its rows."""
    return PlanShape(
        **{name: row[name] for name in (
            "name_en", "name_zh", "active", "base", "increment", "increment_days", "cycle", "cycle_days", "starts_on",
            "ends_on", "first_points", "first_growth")},
        first_voucher=show_template(row["first_voucher"]),
        milestones=[
            MilestoneShape(day=one["day"], points=one["points"], growth=one["growth"], slot=one["slot"],
                           repeats=one["repeats"], voucher_template=show_template(one["voucher_template"]))
            for one in milestones],
        special_dates=[
            SpecialDateShape(
                **{name: one[name] for name in (
                    "name_en", "name_zh", "day", "month", "month_day", "multiplier", "points", "growth")},
                voucher_template=show_template(one["voucher_template"]))
            for one in specials],
        level_bonuses=[
            LevelBonusShape(level=ids.show("lvl", one["level"]), multiplier=one["multiplier"], points=one["points"])
            for one in bonuses],
        make_up=MakeUpPolicyShape(
            days=row["make_up_days"], price=row["make_up_price"], step=row["make_up_step"],
            per_cycle=row["make_up_per_cycle"], per_month=row["make_up_per_month"], earns_base=row["make_up_base"],
            earns_milestones=row["make_up_milestones"]))  # fmt: skip


def show_summary(row: Mapping[str, Any]) -> PlanSummaryShape:
    """A plan in the list, out of its row."""
    today = clock.today(current_tenant().timezone)
    return PlanSummaryShape(
        id=ids.show("cip", row["id"]), name_en=row["name_en"], name_zh=row["name_zh"],
        status=checkins.status_of(row, versions=row["versions"], today=today), starts_on=row["starts_on"],
        ends_on=row["ends_on"], versions=row["versions"])  # fmt: skip


def show_preview(previews: Sequence[checkins.Preview], cost: checkins.Estimate) -> PreviewShape:
    """A preview as it travels."""
    return PreviewShape(
        levels=[
            LevelPreviewShape(
                level=ids.show("lvl", one.level.id) if one.level else None, points=one.points, growth=one.growth,
                days=[
                    PreviewDayShape(
                        day=day.day, position=day.position, points=day.total,
                        growth=sum(bonus.growth for bonus in day.bonuses),
                        voucher_templates=[
                            ids.show("vtp", bonus.voucher_template) for bonus in day.bonuses if bonus.voucher_template])
                    for day in one.days])
            for one in previews],
        points_at_most=cost.points_at_most, points_likely=cost.points_likely, growth_at_most=cost.growth_at_most,
        vouchers_at_most=[
            VoucherCountShape(voucher_template=ids.show("vtp", template), count=count)
            for template, count in cost.vouchers_at_most.items()])  # fmt: skip
