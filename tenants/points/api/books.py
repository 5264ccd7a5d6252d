"""The rules and the books of points, for the seller's backend."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from litestar import Controller, Response, get, post, put
from litestar.openapi.spec import OpenAPIMediaType, OpenAPIResponse, Operation, Schema
from litestar.openapi.spec.enums import OpenAPIType
from litestar.params import JSONBody, QueryParameter

from tenants import points, staff
from tenants.kit import clock, ids
from tenants.kit.shapes import Page, page, read_cursor
from tenants.points.api import shown
from tenants.points.api.ledgers import (
    AdjustmentShape,
    BatchShape,
    DayShape,
    Decision,
    ForecastShape,
    LapsingShape,
    NewAdjustment,
    NoticeShape,
    PolicyShape,
    ReportShape,
    UndoShape,
)
from tenants.points.api.shapes import (  # noqa: TC001  Litestar reads annotations while running
    AdjustmentId,
    BatchId,
    Cursor,
    Days,
    Limit,
    MemberId,
)
from tenants.tenancy import current_tenant
from tenants.tenancy.callers import current_caller

Start = Annotated[date | None, QueryParameter(description="The first day; 29 days before the last unless said.")]
End = Annotated[date | None, QueryParameter(description="The last day; today unless said.")]
Status = Annotated[
    points.AdjustmentState | None, QueryParameter(description="Only these; `proposed` wait for a second person.")
]
_SAMPLE = (
    "day,earned,spent,taken_back,reversed,expired,moved,balance,pending,debt,value,closed\r\n"
    "2026-11-20,5120,800,129,0,310,0,836148,2580,0,8361.48,yes\r\n"
)


@dataclass
class CsvOperation(Operation):
    """An operation that answers with a CSV file."""

    def __post_init__(self) -> None:
        """Say so in the document, where Litestar sees a text."""
        content = {"text/csv": OpenAPIMediaType(schema=Schema(type=OpenAPIType.STRING), example=_SAMPLE)}
        found = (self.responses or {}).get("200")
        if isinstance(found, OpenAPIResponse):
            found.content = content


class PointsRules(Controller):
    """How points behave, and what that makes lapse."""

    path = "/v1"
    tags = ("Points: rules and books",)

    @get("/points-policy", operation_id="getPointsPolicy", summary="How points behave")
    async def show(self) -> PolicyShape:
        """When points count, until when they last, what they are worth, and who may adjust them."""
        return _show_policy(await points.policy())

    @put("/points-policy", operation_id="setPointsPolicy", summary="Set how points behave")
    async def set(self, data: JSONBody[PolicyShape]) -> PolicyShape:
        """Put the whole policy; what is left out has its default. Points earned already keep their date.

        Error: `invalid`.
        """
        return _show_policy(await points.set_policy(_policy(data)))

    @post(
        "/points-policy/preview", operation_id="previewPointsPolicy", summary="What a policy would do", status_code=200
    )
    async def preview(self, data: JSONBody[PolicyShape], days: Days = 366) -> ForecastShape:
        """What would lapse on which day if all points that are there had been earned under this policy.

        Changes nothing. Error: `invalid`.
        """
        tried = _policy(data)
        return _forecast(tried, await points.expiring(days=days, policy=tried))

    @get("/points-expiry", operation_id="getPointsExpiry", summary="What is going to lapse")
    async def expiry(self, days: Days = 366) -> ForecastShape:
        """How many points of how many members lapse on each day ahead, if nothing more happens."""
        return _forecast(await points.policy(), await points.expiring(days=days))

    @get("/points-notices", operation_id="listPointsNotices", summary="Who was told that points lapse")
    async def notices(self, limit: Limit = 20, cursor: Cursor = None) -> Page[NoticeShape]:
        """Each member and date once, the latest first. Error: `invalid` for a cursor of another list."""
        scope = f"{current_tenant().schema}:points-notices"
        rows = await points.notices(limit=limit + 1, before=_before(cursor, scope))
        found = page(rows, limit=limit, scope=scope)
        data = [
            NoticeShape(
                id=ids.show("ntc", one.id), member=ids.show("mem", one.member), points=one.points,
                expires_at=one.expires_at)
            for one in found.data
        ]  # fmt: skip
        return Page(data=data, has_more=found.has_more, next_cursor=found.next_cursor)

    @get("/points-batches", operation_id="listPointsBatches", summary="What has lapsed")
    async def batches(self, limit: Limit = 20, cursor: Cursor = None) -> Page[BatchShape]:
        """The batches in which points lapsed, the latest first. Error: `invalid` for a cursor of another list."""
        scope = f"{current_tenant().schema}:points-batches"
        rows = await points.batches(limit=limit + 1, before=_before(cursor, scope))
        found = page(rows, limit=limit, scope=scope)
        shapes = [_show_batch(one) for one in found.data]
        return Page(data=shapes, has_more=found.has_more, next_cursor=found.next_cursor)

    @post("/points-batches/{batch:str}/undo", operation_id="undoPointsBatch", summary="Give back what lapsed")
    async def undo(self, batch: BatchId, data: JSONBody[UndoShape]) -> BatchShape:
        """Give back what a batch took, within 30 days, once; the points then last until the moment that you name.

        Errors: `points.undo_over`, `points.no_such_batch`, `invalid`.
        """
        found = ids.read("bat", batch)
        return _show_batch(await points.undo_lapse(found, until=data.until, by=current_caller().label))


class PointsBooks(Controller):
    """Adjustments by hand, and what the shop owes in points."""

    path = "/v1"
    tags = ("Points: rules and books",)

    @post(
        "/members/{member:str}/points-adjustments",
        operation_id="adjustPoints",
        summary="Give or take points by hand",
    )
    async def adjust(self, member: MemberId, data: JSONBody[NewAdjustment]) -> Response[AdjustmentShape]:
        """Give or take points in the name of somebody of the staff. Above the shop's limit it is only proposed.

        201, or 200 with `repeated: true` for the same reference. Errors: `points.insufficient`, `points.once_differs`,
        `member.unknown`, `member.blocked`, `staff.unknown`, `invalid`.
        """
        made = await points.adjust(
            await shown.known(member), points=data.points, reason=data.reason, once=f"{shown.API}{data.reference}",
            by=await _person(data.by))  # fmt: skip
        return shown.reply(_show_adjustment(made), repeated=made.repeated)

    @get("/points-adjustments", operation_id="listPointsAdjustments", summary="What was adjusted by hand")
    async def adjustments(
        self, status: Status = None, limit: Limit = 20, cursor: Cursor = None
    ) -> Page[AdjustmentShape]:
        """Adjustments, the latest first. Error: `invalid` for a cursor of another list."""
        scope = f"{current_tenant().schema}:points-adjustments:{status}"
        rows = await points.adjustments(state=status, limit=limit + 1, before=_before(cursor, scope))
        found = page(rows, limit=limit, scope=scope)
        shapes = [_show_adjustment(one) for one in found.data]
        return Page(data=shapes, has_more=found.has_more, next_cursor=found.next_cursor)

    @post(
        "/points-adjustments/{adjustment:str}/decision",
        operation_id="decidePointsAdjustment",
        summary="Approve or refuse an adjustment",
    )
    async def decide(self, adjustment: AdjustmentId, data: JSONBody[Decision]) -> Response[AdjustmentShape]:
        """Decide what another person has proposed; the first decision counts.

        201, or 200 with `repeated: true` for the same again. Errors: `points.second_person_needed`,
        `points.adjustment_decided`, `points.insufficient`, `points.no_such_adjustment`, `staff.unknown`.
        """
        found = await points.find_adjustment(ids.read("adj", adjustment))
        done = await points.decide_adjustment(found.id, approve=data.approve, by=await _person(data.by))
        return shown.reply(_show_adjustment(done), repeated=done.repeated)

    @get("/points-liability", operation_id="getPointsLiability", summary="What the shop owes in points, by day")
    async def liability(self, start: Start = None, end: End = None) -> ReportShape:
        """What moved on each day and what was open at its end, up to 366 days, in the shop's zone.

        A day that is over never changes; what is told late counts on the day on which it was told. Error: `invalid`.
        """
        days = await _days(start, end)
        return ReportShape(currency=current_tenant().currency, days=[_show_day(day) for day in days])

    @get(
        "/points-liability.csv",
        operation_id="exportPointsLiability",
        summary="What the shop owes in points, as CSV",
        media_type="text/csv",
        operation_class=CsvOperation,
    )
    async def export(self, start: Start = None, end: End = None) -> str:
        """The same report for a spreadsheet. Error: `invalid`."""
        return "".join(points.as_csv(await _days(start, end)))


def _before(cursor: str | None, scope: str) -> UUID | None:
    position = read_cursor(cursor, scope=scope)
    return UUID(position) if position else None


async def _days(start: date | None, end: date | None) -> list[points.Day]:
    last = end or clock.today(current_tenant().timezone)
    first = start or last - timedelta(days=min(29, last.toordinal() - 1))
    return await points.liability(first=first, last=last)


async def _person(username: str | None) -> points.Person:
    if username is None:
        return points.Person(id=None, name=current_caller().name)
    found = await staff.find(username)
    return points.Person(id=found.id, name=found.name or found.username)


def _policy(data: PolicyShape) -> points.Policy:
    values = {name: getattr(data, name) for name in data.__struct_fields__}
    values["calendar_days"] = [int(day[:2]) * 100 + int(day[3:]) for day in data.calendar_days]
    return points.Policy(**values)


def _show_policy(policy: points.Policy) -> PolicyShape:
    values = {name: getattr(policy, name) for name in PolicyShape.__struct_fields__}
    values["calendar_days"] = [f"{day // 100:02}-{day % 100:02}" for day in policy.calendar_days]
    values["activity_whys"] = list(policy.activity_whys)
    return PolicyShape(**values)


def _forecast(policy: points.Policy, days: list[points.Lapsing]) -> ForecastShape:
    return ForecastShape(
        policy=points.describe(policy).say(),
        points=sum(day.points for day in days),
        days=[LapsingShape(day=day.day, members=day.members, points=day.points) for day in days],
    )


def _show_batch(batch: points.Batch) -> BatchShape:
    return BatchShape(
        id=ids.show("bat", batch.id), members=batch.members, lots=batch.lots, points=batch.points, at=batch.at,
        undone_at=batch.undone_at, undone_until=batch.undone_until)  # fmt: skip


def _show_adjustment(one: points.Adjustment) -> AdjustmentShape:
    return AdjustmentShape(
        id=ids.show("adj", one.id), member=ids.show("mem", one.member), points=one.points, reason=one.reason,
        state=one.state, proposed_by=one.proposed_name, decided_by=one.decided_name,
        entry=ids.show("pnt", one.entry) if one.entry else None, at=one.at, repeated=one.repeated)  # fmt: skip


def _show_day(day: points.Day) -> DayShape:
    values = {name: getattr(day, name) for name in DayShape.__struct_fields__ if name != "value"}
    return DayShape(**values, value=f"{day.value:.2f}")
