"""How this shop's points behave: one row, there from the first day."""

from __future__ import annotations

from tenants.kit import clock
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.tenancy import DB, furnish

VALIDITY_DAYS_MAX = 36_500


@furnish
async def make_policy() -> None:
    """Give a new shop its policy: points never expire until the seller says so."""
    await DB.fetch(
        "INSERT INTO __tenant__.points_policy (id, validity_days, updated_at) VALUES (1, NULL, $1)"
        " ON CONFLICT (id) DO NOTHING",
        clock.now(),
    )


async def set_policy(*, validity_days: int | None) -> None:
    """Have points earned from now on expire at the end of the day that lies so many days ahead, or never (None).

    Lots that exist keep their date. Raises Invalid outside 1 to 36,500 days.
    """
    if validity_days is not None and not 1 <= validity_days <= VALIDITY_DAYS_MAX:
        raise Invalid(
            param="validity_days",
            problem=Words(en="use 1 to 36,500 days, or none for never", zh="请使用 1 到 36500 天，留空表示永不过期"),
        )
    await DB.fetch(
        "UPDATE __tenant__.points_policy SET validity_days = $1, updated_at = $2 WHERE id = 1",
        validity_days, clock.now())  # fmt: skip
