"""Members gone through in small batches: those for whom the day has come, and all of them when the rules changed."""

from __future__ import annotations

from tenants.kit import clock
from tenants.levels.rules import ladder
from tenants.levels.rules.earned_points import enter_for
from tenants.levels.rules.policy import note_recount
from tenants.levels.rules.reasons import Why
from tenants.levels.rules.standing import judge_many, lock
from tenants.tenancy import DB, current_tenant

BATCH = 500


async def look(*, limit: int = BATCH) -> bool:
    """Judge up to `limit` members for whom time may have changed something by today. Whether there may be more."""
    rules = await ladder.rules()
    if not rules.policy.active:
        return False
    today = clock.today(current_tenant().timezone)
    rows = await DB.fetch(
        "SELECT member FROM __tenant__.level_standing WHERE look_on <= $1 ORDER BY look_on, member LIMIT $2",
        today, limit)  # fmt: skip
    members = [row["member"] for row in rows]
    if members:
        await lock(members)
        await judge_many(rules, members)
    return len(members) == limit


_COUNTED = "SELECT member FROM __tenant__.level_standing WHERE member > $1 ORDER BY member LIMIT $2"
_WITH_ACCOUNTS = """
SELECT member FROM (SELECT member FROM __tenant__.level_standing WHERE member > $1
                    UNION SELECT member FROM __tenant__.points_account WHERE member > $1) m
 ORDER BY member LIMIT $2
"""


async def recount(*, limit: int = BATCH) -> bool:
    """Judge the next `limit` members by the rules as they are now. Whether there may be more; safe to break off."""
    state = await DB.fetchrow(
        "SELECT recount_after, recount_lower FROM __tenant__.level_policy WHERE id = 1 FOR NO KEY UPDATE")  # fmt: skip
    rules = await ladder.rules()
    if state["recount_after"] is None:
        return False
    by_points = rules.policy.basis == "points"
    rows = await DB.fetch(_WITH_ACCOUNTS if by_points else _COUNTED, state["recount_after"], limit)
    members = [row["member"] for row in rows]
    if members and by_points:
        await enter_for(members)
    if members and rules.policy.active:
        await lock(members)
        await judge_many(rules, members, cause=Why.RULES_CHANGED, lower=state["recount_lower"])
    more = len(members) == limit
    await note_recount(members[-1] if more else None)
    return more
