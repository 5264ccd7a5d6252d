"""What counts against limits: pieces by member and period, and the quota of an item's present period.

Counts are kept only for the periods for which an item has a limit, and can be made anew from the redemptions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants.kit import clock, ids
from tenants.mall.rules.pricing import EVER, period_starts
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence

# What the counts must be, of the items $1 (null: all) and the members $2 (null: all). $3 stands for "ever".
COUNTED = """
SELECT r.item, r.member, p.period,
       CASE p.period WHEN 'ever' THEN $3::date ELSE date_trunc(p.period, r.day::timestamp)::date END AS starts,
       sum(r.quantity)::int AS taken
  FROM __tenant__.mall_redemption r JOIN __tenant__.mall_item i ON i.id = r.item
  JOIN (VALUES ('ever'), ('day'), ('week'), ('month')) AS p(period)
    ON CASE p.period WHEN 'ever' THEN i.limit_ever WHEN 'day' THEN i.limit_day
                     WHEN 'week' THEN i.limit_week ELSE i.limit_month END IS NOT NULL
 WHERE r.counted AND ($1::uuid IS NULL OR r.item = $1) AND ($2::uuid[] IS NULL OR r.member = ANY($2::uuid[]))
 GROUP BY 1, 2, 3, 4"""


async def count_anew(*, item: uuid.UUID | None = None, members: Sequence[uuid.UUID] | None = None) -> None:
    """Make the counts of an item, or of some members, out of the redemptions: after its limits changed, after a merge.

    For an item, its row of `mall_stock` must be locked.
    """
    who = list(members) if members is not None else None
    await DB.fetch(
        "DELETE FROM __tenant__.mall_count WHERE ($1::uuid IS NULL OR item = $1)"
        " AND ($2::uuid[] IS NULL OR member = ANY($2::uuid[]))", item, who)  # fmt: skip
    rows = await DB.fetch(COUNTED, item, who, EVER)
    if rows:
        await DB.fetch(
            "INSERT INTO __tenant__.mall_count (id, item, member, period, starts, taken)"
            " SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::date[], $6::int[])",
            [ids.new() for _ in rows], [row["item"] for row in rows], [row["member"] for row in rows],
            [row["period"] for row in rows], [row["starts"] for row in rows],
            [row["taken"] for row in rows])  # fmt: skip
    if item is not None:
        await _quota_anew(item)


async def uncount(row: Any) -> None:
    """A redemption stood and does so no more: give its pieces back to limits, stock, quota and budget.

    The caller has just marked it as not `counted`.
    """
    await DB.fetch(
        "UPDATE __tenant__.mall_count SET taken = taken - $3::int WHERE item = $1 AND member = $2 AND starts ="
        " CASE period WHEN 'ever' THEN $5::date ELSE date_trunc(period, $4::date::timestamp)::date END",
        row["item"], row["member"], row["quantity"], row["day"], EVER)  # fmt: skip
    # In one statement and last: everybody who redeems the item waits for this row.
    await DB.fetch(
        "UPDATE __tenant__.mall_stock s SET taken = s.taken - $2::int, spent = s.spent - $3::numeric,"
        " period_taken = s.period_taken -"
        " CASE WHEN s.period_starts = date_trunc(i.quota_period, $4::date::timestamp)::date THEN $2::int ELSE 0 END"
        " FROM __tenant__.mall_item i WHERE i.id = s.item AND s.item = $1",
        row["item"], row["quantity"], row["cost"], row["day"])  # fmt: skip


async def _quota_anew(item: uuid.UUID) -> None:
    """What has gone in the period that runs now, of whatever length it is said to be."""
    period = await DB.fetchval("SELECT quota_period FROM __tenant__.mall_item WHERE id = $1", item)
    starts = period_starts(period, clock.today(current_tenant().timezone))
    await DB.fetch(
        "UPDATE __tenant__.mall_stock SET period_starts = $2, period_taken = coalesce((SELECT sum(r.quantity)"
        " FROM __tenant__.mall_redemption r WHERE r.item = $1 AND r.counted AND r.day >= $2::date), 0)"
        " WHERE item = $1", item, starts)  # fmt: skip
