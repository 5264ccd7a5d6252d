"""How many points may go out for a reason, for the seller's backend."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from litestar import Controller, delete, get, post, put
from litestar.params import JSONBody, PathParameter
from msgspec import Meta

from tenants import rewards
from tenants.kit import ids
from tenants.kit.errors import NotFound
from tenants.kit.shapes import Shape

BudgetId = Annotated[str, PathParameter(description="The budget, `bud_…`.")]
PointsMax = Annotated[int, Meta(ge=0, le=1_000_000_000_000, description="Points that may go out in the period.")]


class NewBudget(Shape):
    """A limit to the points of a reason in a day or calendar month of the shop, over all members."""

    why: Annotated[str, Meta(max_length=20, description="check_in, milestone, birthday, level, campaign …")]
    period: Literal["day", "month"]
    points_max: PointsMax

    EXAMPLE: ClassVar[dict[str, Any]] = {"why": "check_in", "period": "day", "points_max": 50_000}


class BudgetChange(Shape):
    """What of a budget can be changed."""

    points_max: PointsMax
    active: bool

    EXAMPLE: ClassVar[dict[str, Any]] = {"points_max": 60_000, "active": True}


class BudgetShape(Shape):
    """A budget, and what has gone out of it in the present day or month."""

    id: str
    why: str
    period: Literal["day", "month"]
    points_max: int
    active: bool
    used: int

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": "bud_01kaecw0x5f3qs8q7t6v2m9d3a",
        "why": "check_in",
        "period": "day",
        "points_max": 50_000,
        "active": True,
        "used": 12_345,
    }


class Budgets(Shape):
    """All budgets."""

    data: list[BudgetShape]

    EXAMPLE: ClassVar[dict[str, Any]] = {"data": [BudgetShape.EXAMPLE]}


class BudgetController(Controller):
    """Budgets of points."""

    path = "/v1/reward-budgets"
    tags = ("Rewards",)

    @get(operation_id="listRewardBudgets", summary="Budgets of points")
    async def list_budgets(self) -> Budgets:
        """All budgets, with what has gone out of each in the present period."""
        return Budgets(data=[_show(one) for one in await rewards.budgets()])

    @post(operation_id="createRewardBudget", summary="Limit the points of a reason")
    async def create(self, data: JSONBody[NewBudget]) -> BudgetShape:
        """Limit what goes out for a reason; what is beyond it is not given, and the grant says so.

        Orders have caps of their own. Errors: `reward.budget_exists`, `invalid`.
        """
        made = await rewards.create_budget(why=data.why, period=data.period, points_max=data.points_max)
        return await _find(made)

    @put("/{budget:str}", operation_id="changeRewardBudget", summary="Change a budget")
    async def change(self, budget: BudgetId, data: JSONBody[BudgetChange]) -> BudgetShape:
        """Change a budget from now on; what has gone out stays counted. Errors: `reward.budget_unknown`, `invalid`."""
        found = _budget(budget)
        await rewards.change_budget(found, points_max=data.points_max, active=data.active)
        return await _find(found)

    @delete("/{budget:str}", operation_id="removeRewardBudget", summary="Remove a budget", status_code=204)
    async def remove(self, budget: BudgetId) -> None:
        """Limit the reason no more. Error: `reward.budget_unknown`."""
        await rewards.remove_budget(_budget(budget))


def _budget(text: str) -> Any:
    try:
        return ids.read("bud", text)
    except NotFound:
        raise rewards.BudgetUnknown from None


async def _find(budget: Any) -> BudgetShape:
    return next(_show(one) for one in await rewards.budgets() if one.id == budget)


def _show(one: rewards.Budget) -> BudgetShape:
    return BudgetShape(
        id=ids.show("bud", one.id), why=one.why.value, period=one.period, points_max=one.points_max,
        active=one.active, used=one.used)  # fmt: skip
