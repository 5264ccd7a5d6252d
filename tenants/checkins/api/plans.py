"""Plans over HTTP: the one that counts, all of them, their versions, and what they would give."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

from litestar import Controller, get, post, put
from litestar.params import JSONBody, QueryParameter

from tenants import checkins
from tenants.checkins.api.plan_shapes import (
    PlanShape,
    PlanSummaryShape,
    PreviewShape,
    VersionShape,
    read_plan,
    show_plan,
    show_preview,
    show_summary,
)
from tenants.checkins.api.shapes import PlanId, read_day
from tenants.checkins.rules import plans, versions
from tenants.checkins.rules.refusals import NoPlan
from tenants.kit import ids
from tenants.kit.shapes import Page

if TYPE_CHECKING:
    from uuid import UUID

FromDay = Annotated[
    str | None,
    QueryParameter(name="from_day", description="The day from which on it holds, YYYY-MM-DD; today if left out."),
]
Days = Annotated[int, QueryParameter(name="days", ge=1, le=366, description="How many days to look ahead.")]


class CurrentPlan(Controller):
    """The plan that counts today."""

    path = "/v1/check-in-plan"
    tags = ("Check-ins",)

    @get(operation_id="getCheckInPlan", summary="The check-in plan")
    async def show(self) -> PlanShape:
        """The plan that counts today, with all that it promises.

        Where none does, one that is switched on for later, or else the one that was changed last. Error:
        `check_in.no_plan` where the shop has no plan at all.
        """
        return await _show((await _latest())["id"])

    @put(operation_id="changeCheckInPlan", summary="Change the plan")
    async def change(self, data: JSONBody[PlanShape], from_day: FromDay = None) -> PlanShape:
        """Set the plan that `GET` shows and all that it promises; streaks and the past stay.

        A plan that is on gets a new version, which holds from `from_day` on. `active: false` closes check-in, and
        `active: true` opens it again with the same plan. Errors: `invalid`, `level.unknown`, `check_in.no_plan` where
        the shop has no plan at all.
        """
        return await _set((await _latest())["id"], data, from_day)


class Plans(Controller):
    """All plans."""

    path = "/v1/check-in-plans"
    tags = ("Check-ins",)

    @get(operation_id="listCheckInPlans", summary="All check-in plans")
    async def show_all(self) -> Page[PlanSummaryShape]:
        """All plans with their status, the newest first."""
        return Page(data=[show_summary(row) for row in await checkins.plans()], has_more=False)

    @post(operation_id="createCheckInPlan", summary="Make a check-in plan")
    async def create(self, data: JSONBody[PlanShape]) -> PlanSummaryShape:
        """Make a plan; without `active` it is a draft. Of two that are on, the one that starts later counts.

        Switching one on switches off the one that starts on the same day. Errors: `invalid`, `level.unknown`.
        """
        settings, whole = read_plan(data)
        plan = await checkins.create_plan(plans.as_draft(settings))
        await checkins.set_plan(plan, settings, whole)
        return show_summary(await plans.find_plan(plan))

    @get("/{plan:str}", operation_id="getOneCheckInPlan", summary="One check-in plan")
    async def show(self, plan: PlanId) -> PlanShape:
        """A plan with all that it promises. Error: `check_in.plan_unknown`."""
        return await _show(ids.read("cip", plan))

    @put("/{plan:str}", operation_id="changeOneCheckInPlan", summary="Change one check-in plan")
    async def change(self, plan: PlanId, data: JSONBody[PlanShape], from_day: FromDay = None) -> PlanShape:
        """Set all of a plan. Errors: `check_in.plan_unknown`, `invalid`, `level.unknown`."""
        return await _set(ids.read("cip", plan), data, from_day)

    @get("/{plan:str}/versions", operation_id="listCheckInPlanVersions", summary="The versions of a plan")
    async def show_versions(self, plan: PlanId) -> Page[VersionShape]:
        """What the plan promised from when on, the newest first. Error: `check_in.plan_unknown`."""
        found = await plans.find_plan(ids.read("cip", plan))
        shown = ("number", "from_day", "base", "increment", "increment_days", "cycle", "made_by", "at")
        rows = await versions.versions(found["id"])
        return Page(data=[VersionShape(**{name: row[name] for name in shown}) for row in rows], has_more=False)

    @get("/{plan:str}/preview", operation_id="previewCheckInPlan", summary="What a plan would give")
    async def preview(self, plan: PlanId, days: Days = 30) -> PreviewShape:
        """Day by day for a member who misses none, on each level, and what 1,000 members cost.

        Of the plan as it stands, be it a draft. Error: `check_in.plan_unknown`.
        """
        found = ids.read("cip", plan)
        return show_preview(await checkins.preview(found, days=days), await checkins.estimate(found, days=days))


async def _latest() -> dict[str, UUID]:
    row: dict[str, UUID] | None = await plans.latest_plan()
    if row is None:
        raise NoPlan
    return row


async def _show(plan: UUID) -> PlanShape:
    row = await plans.find_plan(plan)
    return show_plan(
        row, await versions.milestones(plan), await versions.special_dates(plan), await versions.level_bonuses(plan)
    )


async def _set(plan: UUID, data: PlanShape, from_day: str | None) -> PlanShape:
    settings, whole = read_plan(data)
    holds: date | None = read_day(from_day, param="from_day") if from_day else None
    await checkins.set_plan(plan, settings, whole, from_day=holds)
    return await _show(plan)
