"""What travels when members check in, and how rules and shapes become each other."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from litestar.params import PathParameter, QueryParameter
from msgspec import Meta

from tenants import checkins
from tenants.kit import clock, ids
from tenants.kit.errors import Invalid
from tenants.kit.shapes import Shape
from tenants.kit.words import Words
from tenants.tenancy import current_tenant

if TYPE_CHECKING:
    from uuid import UUID

MemberId = Annotated[str, PathParameter(description="The member, `mem_…`.")]
PlanId = Annotated[str, PathParameter(description="The plan, `cip_…`.")]
Day = Annotated[str, PathParameter(description="The day, YYYY-MM-DD, of the shop's calendar.")]
Month = Annotated[
    str | None, QueryParameter(name="month", description="The month as YYYY-MM; the present one if left out.")
]
Whole = Annotated[int, Meta(ge=0, le=1_000_000)]
Multiplier = Annotated[Decimal, Meta(description='How many times the points of the day, "1" to "99".')]
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})\Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_NO_DAY = Words(en="use a day such as 2026-11-21", zh="请使用如 2026-11-21 的日期")


class ExtraShape(Shape):
    """Something that a visit earned besides: `milestone`, `special`, `level` or `first`. A code is told once."""

    kind: str
    points: int
    growth: int
    voucher_template: str | None
    voucher_code: str | None
    name_en: str
    name_zh: str

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "kind": "milestone", "points": 20, "growth": 0, "voucher_template": None, "voucher_code": None, "name_en": "",
        "name_zh": "",
    }  # fmt: skip


class CheckInShape(Shape):
    """One visit of one member on one day of the shop's calendar; `price` is what a make-up cost.

    `points_refused` are points that the shop's budget had no room for; told once.
    """

    id: str
    member: str
    day: date
    streak: int
    position: int
    points: int
    milestone_points: int
    voucher_code: str | None
    extras: list[ExtraShape]
    points_refused: int
    made_up: bool
    price: int
    repeated: bool

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": "chk_01kaecw0x5f3qs8q7t6v2m9d3a",
        "member": "mem_01kaecw0x5f3qs8q7t6v2m9d3b",
        "day": "2026-11-21",
        "streak": 7,
        "position": 7,
        "points": 11,
        "milestone_points": 20,
        "voucher_code": None,
        "extras": [ExtraShape.EXAMPLE],
        "points_refused": 0,
        "made_up": False,
        "price": 0,
        "repeated": False,
    }


class MakeUpShape(Shape):
    """A missed day to make up. `price` is what the member was shown; if it costs something else, nothing happens."""

    day: date
    price: Annotated[int, Meta(ge=0, le=2_000_000_000)] | None = None

    EXAMPLE: ClassVar[dict[str, Any]] = {"day": "2026-11-19", "price": 30}


class DayShape(Shape):
    """A day of a member's month.

    `state`: `done`, `made_up`, `missed`, `outage`, `today`, `ahead`, or `before` the first visit. `make_up_price` is
    given where the day can be made up now, `name` where it is a special date.
    """

    day: date
    state: str
    points: int
    growth: int
    name_en: str | None
    name_zh: str | None
    make_up_price: int | None

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "day": "2026-11-21", "state": "done", "points": 6, "growth": 0, "name_en": None, "name_zh": None,
        "make_up_price": None,
    }  # fmt: skip


class ComingShape(Shape):
    """A milestone that a member who misses no day reaches on `day`."""

    day: date
    position: int
    points: int
    growth: int
    voucher_template: str | None

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "day": "2026-11-26", "position": 7, "points": 20, "growth": 0, "voucher_template": None,
    }  # fmt: skip


class CalendarShape(Shape):
    """A month of check-ins, the streak as it stands, what the next visit earns, and what lies ahead.

    `days` has the points of each visit by day; `calendar` tells of every day of the month. `make_ups_left` is of this
    calendar month; null where there is no limit. `make_up_price` is null where nothing can be made up.
    """

    month: str
    timezone: str
    today: date
    checked_in_today: bool
    streak: int
    best_streak: int
    total: int
    next_points: int
    days: dict[str, int]
    calendar: list[DayShape]
    milestones: list[ComingShape]
    make_up_price: int | None
    make_ups_left: int | None

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "month": "2026-11",
        "timezone": "Asia/Shanghai",
        "today": "2026-11-21",
        "checked_in_today": True,
        "streak": 2,
        "best_streak": 9,
        "total": 31,
        "next_points": 7,
        "days": {"2026-11-20": 5, "2026-11-21": 6},
        "calendar": [DayShape.EXAMPLE],
        "milestones": [ComingShape.EXAMPLE],
        "make_up_price": 30,
        "make_ups_left": 3,
    }


class ReminderShape(Shape):
    """Whether the member wants to be reminded of checking in, and at which hour of their own clock."""

    wanted: bool
    hour: Annotated[int, Meta(ge=0, le=23)]

    EXAMPLE: ClassVar[dict[str, Any]] = {"wanted": True, "hour": 20}


class OutageShape(Shape):
    """Days on which nobody had to come."""

    first: date
    last: date
    reason: Annotated[str, Meta(min_length=1, max_length=200)]

    EXAMPLE: ClassVar[dict[str, Any]] = {"first": "2026-11-18", "last": "2026-11-19", "reason": "The shop was down"}


class OutageDayShape(Shape):
    """One such day; `healed` says whether the streaks of all who have come since have been set right."""

    day: date
    reason: str
    declared_at: datetime
    declared_by: str
    healed: bool

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "day": "2026-11-18", "reason": "The shop was down", "declared_at": "2026-11-20T01:02:03Z",
        "declared_by": "staff:01a", "healed": True,
    }  # fmt: skip


def show_visit(done: checkins.CheckedIn) -> CheckInShape:
    """A visit as it travels."""
    return CheckInShape(
        id=ids.show("chk", done.id),
        member=ids.show("mem", done.member),
        day=done.day,
        streak=done.streak,
        position=done.position,
        points=done.points,
        milestone_points=done.milestone_points,
        voucher_code=done.voucher_code,
        extras=[_extra(extra) for extra in done.extras],
        points_refused=done.points_refused,
        made_up=done.made_up,
        price=done.price,
        repeated=done.repeated,
    )


def show_month(view: checkins.MonthView) -> CalendarShape:
    """A month as it travels."""
    return CalendarShape(
        month=f"{view.year:04}-{view.month:02}",
        timezone=current_tenant().timezone,
        today=view.today,
        checked_in_today=view.standing.checked_in_today,
        streak=view.standing.streak,
        best_streak=view.standing.best,
        total=view.standing.total,
        next_points=view.next_points,
        days={day.isoformat(): one.points for day, one in view.days.items() if one.state in {"done", "made_up"}},
        calendar=[_day(day, one) for day, one in view.days.items()],
        milestones=[
            ComingShape(
                day=one.day, position=one.place, points=one.points, growth=one.growth,
                voucher_template=show_template(one.voucher_template))
            for one in view.coming
        ],
        make_up_price=view.make_up_price,
        make_ups_left=view.make_ups_left,
    )  # fmt: skip


async def calendar_of(member: UUID, month: str | None) -> CalendarShape:
    """A member's month; the present one where none is named. Raises Invalid."""
    today = clock.today(current_tenant().timezone)
    found = _MONTH.match(month) if month else None
    if month and not found:
        raise Invalid(param="month", problem=Words(en="use a month such as 2026-11", zh="请使用如 2026-11 的月份"))
    year, number = (int(found[1]), int(found[2])) if found else (today.year, today.month)
    return show_month(await checkins.month(member, year=year, number=number))


def read_day(text: str, *, param: str) -> date:
    """A day out of a path or a query. Raises Invalid."""
    if _DAY.match(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass  # a day that is none is answered as text that is none
    raise Invalid(param=param, problem=_NO_DAY)


def show_template(template: UUID | None) -> str | None:
    """A voucher template as it travels."""
    return ids.show("vtp", template) if template else None


def read_template(text: str | None) -> UUID | None:
    """A voucher template as it came."""
    return ids.read("vtp", text) if text else None


def show_outage(outage: checkins.Outage) -> OutageDayShape:
    """An outage day as it travels."""
    return OutageDayShape(
        day=outage.day, reason=outage.reason, declared_at=outage.declared_at, declared_by=outage.declared_by,
        healed=outage.healed)  # fmt: skip


def _extra(extra: checkins.Extra) -> ExtraShape:
    return ExtraShape(
        kind=extra.kind, points=extra.points, growth=extra.growth, voucher_code=extra.voucher_code,
        voucher_template=show_template(extra.voucher_template), name_en=extra.name.en,
        name_zh=extra.name.zh)  # fmt: skip


def _day(day: date, view: checkins.DayView) -> DayShape:
    return DayShape(
        day=day, state=view.state, points=view.points, growth=view.growth,
        name_en=view.name.en if view.name else None, name_zh=view.name.zh if view.name else None,
        make_up_price=view.price)  # fmt: skip
