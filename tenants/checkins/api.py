"""Check-ins over HTTP: one tap for the member, a look at the plan for the seller's backend."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

import msgspec
from litestar import Controller, Response, get, post, put
from litestar.params import JSONBody, PathParameter, QueryParameter

from tenants import checkins, members
from tenants.checkins.rules import plans as plan_rules
from tenants.checkins.rules import promises
from tenants.checkins.rules.refusals import NoPlan
from tenants.kit import clock, ids
from tenants.kit.errors import Invalid
from tenants.kit.shapes import Shape
from tenants.kit.words import Words
from tenants.tenancy import current_tenant
from tenants.tenancy.callers import current_member
from tenants.tenancy.hot import HotVerb

MemberId = Annotated[str, PathParameter(description="The member, `mem_…`.")]
Month = Annotated[
    str | None, QueryParameter(name="month", description="The month as YYYY-MM; the present one if left out.")
]
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})\Z")


class CheckInShape(Shape):
    """One visit of one member on one day of the shop's calendar."""

    id: str
    member: str
    day: date
    streak: int
    position: int
    points: int
    milestone_points: int
    voucher_code: str | None
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
        "repeated": False,
    }


class CalendarShape(Shape):
    """A month of check-ins: days with the points they earned, the streak as it stands, what the next visit earns."""

    month: str
    timezone: str
    today: date
    checked_in_today: bool
    streak: int
    next_points: int
    days: dict[str, int]

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "month": "2026-11",
        "timezone": "Asia/Shanghai",
        "today": "2026-11-21",
        "checked_in_today": True,
        "streak": 2,
        "next_points": 7,
        "days": {"2026-11-20": 5, "2026-11-21": 6},
    }


class MilestoneShape(Shape):
    """A further reward on a day of the cycle: points, a voucher, or both."""

    day: int
    points: int
    voucher_template: str | None = None

    EXAMPLE: ClassVar[dict[str, Any]] = {"day": 7, "points": 20, "voucher_template": None}


class PlanShape(Shape):
    """What a check-in earns: `base` on the first day, `increment` more for each further day, up to `increment_days`."""

    name_en: str
    name_zh: str
    active: bool
    base: int
    increment: int
    increment_days: int
    cycle: str
    milestones: list[MilestoneShape]

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "name_en": "Daily check-in",
        "name_zh": "每日签到",
        "active": True,
        "base": 5,
        "increment": 1,
        "increment_days": 7,
        "cycle": "days7",
        "milestones": [{"day": 7, "points": 20, "voucher_template": None}],
    }


def _show(done: checkins.CheckedIn) -> CheckInShape:
    return CheckInShape(
        id=ids.show("chk", done.id),
        member=ids.show("mem", done.member),
        day=done.day,
        streak=done.streak,
        position=done.position,
        points=done.points,
        milestone_points=done.milestone_points,
        voucher_code=done.voucher_code,
        repeated=done.repeated,
    )


def _write(done: checkins.CheckedIn) -> tuple[int, bytes]:
    return (200 if done.repeated else 201), msgspec.json.encode(_show(done))


CHECK_IN: HotVerb[checkins.Visit, checkins.CheckedIn] = HotVerb(checkins.check_in_many, _write, name="check-ins")


class MemberCheckIns(Controller):
    """What a member does."""

    path = "/v1/me/check-ins"
    tags: ClassVar[list[str]] = ["Check-ins (member)"]  # type: ignore[misc]

    @post(
        operation_id="checkIn",
        summary="Check in for today",
        opt={"lean": True},
        status_code=201,
    )
    async def check_in(self) -> Response[CheckInShape]:
        """Check in for today, the shop's day. 201 with what it earned; 200 with `repeated: true` if already done.

        The day is the one on which the request came in. Takes no body. Errors: `check_in.no_plan`,
        `check_in.day_over` (it came in before midnight and could not be counted any more), `member.blocked`,
        `member.unknown`.
        """
        answer = await CHECK_IN(checkins.Visit(current_member(), clock.now()))
        return Response(answer.body, status_code=answer.status, headers=answer.headers, media_type="application/json")  # type: ignore[arg-type]

    @get(operation_id="getCheckInCalendar", summary="A month of check-ins")
    async def show_month(self, month: Month = None) -> CalendarShape:
        """The member's calendar of a month. Errors: `invalid` for a month that is none, `member.blocked`."""
        return await _calendar(await members.own_member(), month)


class ServerCheckIns(Controller):
    """What the seller's backend does."""

    path = "/v1"
    tags: ClassVar[list[str]] = ["Check-ins"]  # type: ignore[misc]

    @post(
        "/members/{member:str}/check-ins", operation_id="checkMemberIn", summary="Check a member in for today",
        opt={"own_transaction": True}, status_code=201)  # fmt: skip
    async def check_in(self, member: MemberId) -> Response[CheckInShape]:
        """As the member's own check-in, said by the shop's backend. Errors as there."""
        answer = await CHECK_IN(checkins.Visit(ids.read("mem", member), clock.now()))
        return Response(answer.body, status_code=answer.status, headers=answer.headers, media_type="application/json")  # type: ignore[arg-type]

    @get("/members/{member:str}/check-ins", operation_id="getMemberCheckInCalendar", summary="A member's month")
    async def show_month(self, member: MemberId, month: Month = None) -> CalendarShape:
        """The calendar of a month of one member. Error: `member.unknown`."""
        return await _calendar((await members.find(ids.read("mem", member))).id, month)

    @get("/check-in-plan", operation_id="getCheckInPlan", summary="The check-in plan")
    async def show_plan(self) -> PlanShape:
        """The plan that is switched on, with its milestones.

        Where none is, the one that was changed last, with `active: false`. Error: `check_in.no_plan` where the shop
        has no plan at all.
        """
        return await _plan()

    @put("/check-in-plan", operation_id="changeCheckInPlan", summary="Change the plan")
    async def change_plan(self, data: JSONBody[PlanShape]) -> PlanShape:
        """Set the plan that `GET` shows and all its milestones; streaks and the past stay.

        `active: false` closes check-in, and `active: true` opens it again with the same plan. Errors: `invalid`,
        `check_in.no_plan` where the shop has no plan at all.
        """
        plan = await plan_rules.latest_plan()
        if plan is None:
            raise NoPlan
        await checkins.change_plan(
            plan["id"],
            checkins.PlanSettings(
                data.name_en, data.name_zh, data.active, data.base, data.increment, data.increment_days, data.cycle
            ),
        )
        wanted = {milestone.day: milestone for milestone in data.milestones}
        for row in await promises.milestones(plan["id"]):
            if row["day"] not in wanted:
                await checkins.remove_milestone(plan["id"], day=row["day"])
        for milestone in wanted.values():
            template = ids.read("vtp", milestone.voucher_template) if milestone.voucher_template else None
            await checkins.set_milestone(
                plan["id"], day=milestone.day, points=milestone.points, voucher_template=template
            )
        return data


async def _plan() -> PlanShape:
    plan = await plan_rules.latest_plan()
    if plan is None:
        raise NoPlan
    milestones = [
        MilestoneShape(
            day=row["day"],
            points=row["points"],
            voucher_template=ids.show("vtp", row["voucher_template"]) if row["voucher_template"] else None,
        )
        for row in await promises.milestones(plan["id"])
    ]
    return PlanShape(
        name_en=plan["name_en"],
        name_zh=plan["name_zh"],
        active=plan["active"],
        base=plan["base"],
        increment=plan["increment"],
        increment_days=plan["increment_days"],
        cycle=plan["cycle"],
        milestones=milestones,
    )


async def _calendar(member: UUID, month: str | None) -> CalendarShape:
    zone = current_tenant().timezone
    year, number = _read_month(month) if month else (clock.today(zone).year, clock.today(zone).month)
    view = await checkins.month(member, year=year, number=number)
    return CalendarShape(
        month=f"{view.year:04}-{view.month:02}",
        timezone=zone,
        today=view.today,
        checked_in_today=view.standing.checked_in_today,
        streak=view.standing.streak,
        next_points=view.next_points,
        days={day.isoformat(): one.points for day, one in view.days.items() if one.state in {"done", "made_up"}},
    )


def _read_month(text: str) -> tuple[int, int]:
    found = _MONTH.match(text)
    if not found:
        raise Invalid(param="month", problem=Words(en="use a month such as 2026-11", zh="请使用如 2026-11 的月份"))
    return int(found[1]), int(found[2])


ROUTES = [MemberCheckIns, ServerCheckIns]
TAGS = {
    "Check-ins": "Daily visits and the plan that rewards them. 签到",
    "Check-ins (member)": "A member's own daily visit. 会员签到",
}
