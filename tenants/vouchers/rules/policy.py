"""How this shop's vouchers behave: one row, there from the first day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tenants.kit import clock
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.tenancy import DB, furnish

HOLD_SECONDS_MAX = 2_592_000
AGENT_MAX = 1_000_000


@dataclass(frozen=True, slots=True)
class Policy:
    """For how long an order keeps vouchers unless it says so, for how long at most, what an agent may give a day."""

    hold_seconds: int = 900
    hold_seconds_max: int = 86_400
    agent_daily_max: int | None = 100


@furnish
async def make_policy() -> None:
    """Give a new shop its policy: a quarter of an hour, a day at most, and 100 vouchers a day for each agent."""
    await DB.fetch(
        "INSERT INTO __tenant__.voucher_policy (id, hold_seconds, hold_seconds_max, agent_daily_max, updated_at)"
        " VALUES (1, 900, 86400, 100, $1) ON CONFLICT (id) DO NOTHING", clock.now())  # fmt: skip


async def read_policy() -> Policy:
    """The policy as it stands."""
    row: Any = await DB.fetchrow(
        "SELECT hold_seconds, hold_seconds_max, agent_daily_max FROM __tenant__.voucher_policy WHERE id = 1"
    )
    return Policy(**dict(row)) if row else Policy()


async def change_policy(policy: Policy) -> None:
    """Have what is reserved or given out from now on follow this policy. Raises Invalid."""
    if not 1 <= policy.hold_seconds_max <= HOLD_SECONDS_MAX:
        raise Invalid(param="hold_seconds_max", problem=Words(en="use 1 to 2,592,000", zh="请使用 1 到 2592000"))
    if not 1 <= policy.hold_seconds <= policy.hold_seconds_max:
        raise Invalid(
            param="hold_seconds",
            problem=Words(en="use 1 to what is allowed at most", zh="请使用 1 到允许的最长时间"),
        )
    if policy.agent_daily_max is not None and not 0 <= policy.agent_daily_max <= AGENT_MAX:
        raise Invalid(param="agent_daily_max", problem=Words(en="use 0 to 1,000,000", zh="请使用 0 到 1000000"))
    await DB.fetch(
        "INSERT INTO __tenant__.voucher_policy (id, hold_seconds, hold_seconds_max, agent_daily_max, updated_at)"
        " VALUES (1, $1, $2, $3, $4) ON CONFLICT (id) DO UPDATE SET hold_seconds = EXCLUDED.hold_seconds,"
        " hold_seconds_max = EXCLUDED.hold_seconds_max, agent_daily_max = EXCLUDED.agent_daily_max,"
        " updated_at = EXCLUDED.updated_at",
        policy.hold_seconds, policy.hold_seconds_max, policy.agent_daily_max, clock.now())  # fmt: skip
