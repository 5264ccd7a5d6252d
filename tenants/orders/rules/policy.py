"""The shop's rule for the points of orders: one row, there from the first day."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tenants.kit import clock
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.orders.rules.deciding import AwardOn, Terms
from tenants.tenancy import DB, furnish

POINTS_PER_UNIT_MAX = 1000
_STEP = Decimal("0.0001")


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Points for 1.00 of the shop's currency, and from which state of an order on."""

    active: bool
    award_on: AwardOn
    points_per_unit: Decimal

    @property
    def terms(self) -> Terms:
        """The terms for an order that is first heard of now; switched off, it never earns anything."""
        return Terms(self.award_on, self.points_per_unit if self.active else Decimal(0))


@furnish
async def make_policy() -> None:
    """Give a new shop its policy: a point for each 1.00 of a completed order."""
    await DB.fetch(
        "INSERT INTO __tenant__.order_policy (id, active, award_on, points_per_unit, updated_at)"
        " VALUES (1, true, 'completed', 1, $1) ON CONFLICT (id) DO NOTHING", clock.now())  # fmt: skip


async def policy() -> Policy:
    """The policy as it stands."""
    row = await DB.fetchrow("SELECT active, award_on, points_per_unit FROM __tenant__.order_policy WHERE id = 1")
    return Policy(**dict(row))


async def set_policy(*, active: bool, award_on: AwardOn, points_per_unit: Decimal) -> None:
    """Change the policy for orders that are first heard of from now on; known orders keep their terms.

    `points_per_unit` is 0 to 1000 with at most four decimals. Raises Invalid.
    """
    if award_on not in {"paid", "completed"}:
        raise Invalid(param="award_on", problem=Words(en="use paid or completed", zh="请使用 paid 或 completed"))
    usable = points_per_unit.is_finite() and 0 <= points_per_unit <= POINTS_PER_UNIT_MAX
    if not usable or points_per_unit != points_per_unit.quantize(_STEP):
        raise Invalid(
            param="points_per_unit",
            problem=Words(en="use 0 to 1000 with at most four decimals", zh="请使用 0 到 1000，最多四位小数"),
        )
    await DB.fetch(
        "UPDATE __tenant__.order_policy SET active = $1, award_on = $2, points_per_unit = $3,"
        " updated_at = $4 WHERE id = 1", active, award_on, points_per_unit, clock.now())  # fmt: skip
