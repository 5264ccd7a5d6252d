"""The shop's rule for the points of orders: one row, there from the first day."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal

from tenants.kit import clock
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.orders.rules.deciding import AWARD_ON, AwardOn
from tenants.orders.rules.sharing import POINTS_MAX, ROUNDINGS, Rounding
from tenants.tenancy import DB, furnish

POINTS_PER_UNIT_MAX = 1000
REFUND_DAYS_MAX = 365
CAP_MAX = 1_000_000_000_000
CAPS = ("member_day", "member_month", "shop_day", "shop_month")
_STEP = Decimal("0.0001")


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Points for 1.00 of the shop's currency, from which state of an order on, and how many at most.

    Points wait for `refund_days` after the awarding moment, then they are active. What is None has no maximum; days
    and months are those of the shop's clock.
    """

    active: bool = True
    award_on: AwardOn = "completed"
    points_per_unit: Decimal = Decimal(1)
    rounding: Rounding = "down"
    refund_days: int = 0
    shipping_earns: bool = True
    tax_earns: bool = True
    by_level: bool = True
    order_max: int | None = None
    member_day_max: int | None = None
    member_month_max: int | None = None
    shop_day_max: int | None = None
    shop_month_max: int | None = None

    @property
    def caps(self) -> dict[str, int]:
        """The maxima of days and months that are set, by name."""
        named = {cap: getattr(self, f"{cap}_max") for cap in CAPS}
        return {cap: most for cap, most in named.items() if most is not None}


COLUMNS = ", ".join(field.name for field in fields(Policy))
_SET = ", ".join(f"{field.name} = ${place}" for place, field in enumerate(fields(Policy), start=2))


@furnish
async def make_policy() -> None:
    """Give a new shop its policy: a point for each 1.00 of a completed order, at once."""
    await DB.fetch(
        "INSERT INTO __tenant__.order_policy (id, active, award_on, points_per_unit, rounding, refund_days,"
        " shipping_earns, tax_earns, by_level, updated_at)"
        " VALUES (1, true, 'completed', 1, 'down', 0, true, true, true, $1) ON CONFLICT (id) DO NOTHING",
        clock.now())  # fmt: skip


async def policy() -> Policy:
    """The policy as it stands."""
    return policy_of(await DB.fetchrow(f"SELECT {COLUMNS} FROM __tenant__.order_policy WHERE id = 1"))


def policy_of(row: object) -> Policy:
    """The policy in a row that has all of its columns."""
    return Policy(**{field.name: row[field.name] for field in fields(Policy)})  # type: ignore[index]  # a record


async def set_policy(wanted: Policy) -> None:
    """Change the policy for orders that are first heard of from now on; known orders keep their terms.

    Caps of days and months apply at once, to whatever is awarded from now on. `points_per_unit` is 0 to 1000 with at
    most four decimals. Raises Invalid.
    """
    check_award_on(wanted.award_on)
    ratio = wanted.points_per_unit
    if not (ratio.is_finite() and 0 <= ratio <= POINTS_PER_UNIT_MAX) or ratio != ratio.quantize(_STEP):
        raise Invalid(
            param="points_per_unit",
            problem=Words(en="use 0 to 1000 with at most four decimals", zh="请使用 0 到 1000，最多四位小数"),
        )
    if wanted.rounding not in ROUNDINGS:
        raise Invalid(param="rounding", problem=Words(en="use down, half_up or up", zh="请使用 down、half_up 或 up"))
    check_refund_days(wanted.refund_days)
    for name, most in (("order_max", POINTS_MAX), *((f"{cap}_max", CAP_MAX) for cap in CAPS)):
        value = getattr(wanted, name)
        if value is not None and not 1 <= value <= most:
            raise Invalid(
                param=name,
                problem=Words(
                    en=f"use a whole number up to {most}, or none for no maximum",
                    zh=f"请使用不超过 {most} 的整数，留空表示不限",
                ),
            )
    await DB.fetch(
        f"UPDATE __tenant__.order_policy SET updated_at = $1, {_SET} WHERE id = 1",
        clock.now(), *(getattr(wanted, field.name) for field in fields(Policy)))  # fmt: skip


def check_award_on(award_on: str) -> None:
    """Raise Invalid for a state on which no points can be awarded."""
    if award_on not in AWARD_ON:
        raise Invalid(
            param="award_on",
            problem=Words(en="use paid, delivered or completed", zh="请使用 paid、delivered 或 completed"),
        )


def check_refund_days(days: int) -> None:
    """Raise Invalid for a refund window that is none."""
    if not 0 <= days <= REFUND_DAYS_MAX:
        raise Invalid(param="refund_days", problem=Words(en="use 0 to 365 days", zh="请使用 0 到 365 天"))
