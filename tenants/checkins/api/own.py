"""What a member does: one tap, a look at the month, a missed day made up, a reminder."""

from __future__ import annotations

import msgspec
from litestar import Controller, Response, get, post, put
from litestar.params import JSONBody  # noqa: TC002  Litestar reads annotations as it runs

from tenants import checkins, members
from tenants.checkins.api.shapes import (
    CalendarShape,
    CheckInShape,
    MakeUpShape,
    Month,
    ReminderShape,
    calendar_of,
    show_visit,
)
from tenants.kit import clock
from tenants.tenancy.api import sent
from tenants.tenancy.callers import current_member
from tenants.tenancy.hot import HotVerb


def write_visit(done: checkins.CheckedIn) -> tuple[int, bytes]:
    """Status and JSON of a visit."""
    return (200 if done.repeated else 201), msgspec.json.encode(show_visit(done))


CHECK_IN: HotVerb[checkins.Visit, checkins.CheckedIn] = HotVerb(checkins.check_in_many, write_visit, name="check-ins")


class MemberCheckIns(Controller):
    """A member's own check-ins."""

    path = "/v1/me"
    tags = ("Check-ins (member)",)

    @post("/check-ins", operation_id="checkIn", summary="Check in for today", opt={"lean": True}, status_code=201)
    async def check_in(self) -> Response[CheckInShape]:
        """Check in for today, the shop's day. 201 with what it earned; 200 with `repeated: true` if already done.

        The day is the one on which the request came in. Takes no body. Errors: `check_in.no_plan`,
        `check_in.day_over` (it came in before midnight and could not be counted any more), `member.blocked`,
        `member.unknown`.
        """
        answer = await CHECK_IN(checkins.Visit(current_member(), clock.now()))
        return sent(answer)

    @get("/check-ins", operation_id="getCheckInCalendar", summary="A month of check-ins")
    async def show_month(self, month: Month = None) -> CalendarShape:
        """The member's calendar of a month. Errors: `invalid` for a month that is none, `member.blocked`."""
        return await calendar_of(await members.own_member(), month)

    @post("/check-in-make-ups", operation_id="makeUpCheckIn", summary="Make up a missed day")
    async def make_up(self, data: JSONBody[MakeUpShape]) -> CheckInShape:
        """Buy back a missed day with points; the streak goes on as if the member had come. Once for each day.

        Errors: `check_in.make_up_closed`, `check_in.make_up_out_of_reach`, `check_in.not_missed`,
        `check_in.make_up_limit`, `check_in.price_changed`, `check_in.no_plan`, `points.insufficient`, `member.blocked`.
        """
        return show_visit(await checkins.make_up(await members.own_member(), day=data.day, price=data.price))

    @get("/check-in-reminder", operation_id="getMyCheckInReminder", summary="The reminder")
    async def show_reminder(self) -> ReminderShape:
        """Whether the member wants to be reminded, and when. Error: `member.blocked`."""
        kept = await checkins.reminder_of(await members.own_member())
        return ReminderShape(wanted=kept.wanted, hour=kept.hour)

    @put("/check-in-reminder", operation_id="setMyCheckInReminder", summary="Set the reminder")
    async def set_reminder(self, data: JSONBody[ReminderShape]) -> ReminderShape:
        """Switch the reminder on or off. Consent to be written to is asked for besides. Error: `member.blocked`."""
        member = await members.own_member()
        await checkins.set_reminder(member, checkins.Reminder(wanted=data.wanted, hour=data.hour))
        return data
