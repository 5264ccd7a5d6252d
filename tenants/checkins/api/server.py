"""What the seller's backend does for a member, and with days on which nobody could come."""

from __future__ import annotations

from datetime import timedelta

from litestar import Controller, Response, delete, get, post, put
from litestar.params import JSONBody  # noqa: TC002  Litestar reads annotations as it runs

from tenants import checkins, members
from tenants.checkins.api.own import CHECK_IN
from tenants.checkins.api.shapes import (
    CalendarShape,
    CheckInShape,
    Day,
    MakeUpShape,
    MemberId,
    Month,
    OutageDayShape,
    OutageShape,
    ReminderShape,
    calendar_of,
    read_day,
    show_outage,
    show_visit,
)
from tenants.kit import clock, ids
from tenants.kit.shapes import Page
from tenants.tenancy import current_tenant
from tenants.tenancy.api import sent

_SHOWN_DAYS = timedelta(days=366)


class ServerCheckIns(Controller):
    """A member's check-ins, told by the shop."""

    path = "/v1/members/{member:str}"
    tags = ("Check-ins",)

    @post(
        "/check-ins", operation_id="checkMemberIn", summary="Check a member in for today",
        opt={"own_transaction": True}, status_code=201)  # fmt: skip
    async def check_in(self, member: MemberId) -> Response[CheckInShape]:
        """As the member's own check-in, said by the shop's backend. Errors as there."""
        answer = await CHECK_IN(checkins.Visit(ids.read("mem", member), clock.now()))
        return sent(answer)

    @get("/check-ins", operation_id="getMemberCheckInCalendar", summary="A member's month")
    async def show_month(self, member: MemberId, month: Month = None) -> CalendarShape:
        """The calendar of a month of one member. Error: `member.unknown`."""
        return await calendar_of((await members.find(ids.read("mem", member))).id, month)

    @post("/check-in-make-ups", operation_id="makeUpMemberCheckIn", summary="Make up a missed day of a member")
    async def make_up(self, member: MemberId, data: JSONBody[MakeUpShape]) -> CheckInShape:
        """As the member's own make-up, said by the shop's backend; the member's points pay for it. Errors as there."""
        found = await members.find(ids.read("mem", member))
        return show_visit(await checkins.make_up(found.id, day=data.day, price=data.price))

    @get("/check-in-reminder", operation_id="getMemberCheckInReminder", summary="A member's reminder")
    async def show_reminder(self, member: MemberId) -> ReminderShape:
        """Whether the member wants to be reminded, and when. Error: `member.unknown`."""
        kept = await checkins.reminder_of((await members.find(ids.read("mem", member))).id)
        return ReminderShape(wanted=kept.wanted, hour=kept.hour)

    @put("/check-in-reminder", operation_id="setMemberCheckInReminder", summary="Set a member's reminder")
    async def set_reminder(self, member: MemberId, data: JSONBody[ReminderShape]) -> ReminderShape:
        """Switch the reminder on or off, as the member said. Errors: `member.unknown`, `invalid`."""
        found = await members.find(ids.read("mem", member))
        await checkins.set_reminder(found.id, checkins.Reminder(wanted=data.wanted, hour=data.hour))
        return data


class Outages(Controller):
    """Days on which nobody could come."""

    path = "/v1/check-in-outages"
    tags = ("Check-ins",)

    @get(operation_id="listCheckInOutages", summary="Outage days")
    async def show(self) -> Page[OutageDayShape]:
        """The outage days of the last year and those to come, the latest first."""
        today = clock.today(current_tenant().timezone)
        found = await checkins.outages(today - _SHOWN_DAYS, today + _SHOWN_DAYS)
        return Page(data=[show_outage(one) for one in found], has_more=False)

    @post(operation_id="declareCheckInOutage", summary="Declare outage days")
    async def declare(self, data: JSONBody[OutageShape]) -> Page[OutageDayShape]:
        """Let streaks go on over up to 31 days; those of members who have come since are set right within a minute.

        A day that is declared already stays as it is. Error: `invalid`.
        """
        found = await checkins.declare(data.first, data.last, reason=data.reason)
        return Page(data=[show_outage(one) for one in found], has_more=False)

    @delete("/{day:str}", operation_id="withdrawCheckInOutage", summary="Withdraw an outage day")
    async def withdraw(self, day: Day) -> None:
        """Let the day count as others again; what was given stays. Errors: `check_in.outage_unknown`, `invalid`."""
        await checkins.withdraw(read_day(day, param="day"))
