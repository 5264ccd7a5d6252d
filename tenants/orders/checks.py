"""What must always hold of orders."""

from __future__ import annotations

from tenants.kit.checks import Check
from tenants.kit.words import Words

# The same as `rules.deciding.decide`, said once more in SQL, so that neither can drift alone.
_TOLD = """
WITH told AS (
    SELECT e.shop_order,
           coalesce((array_agg(e.amount ORDER BY e.at DESC, e.reference COLLATE "C" DESC)
                     FILTER (WHERE e.kind <> 'refunded' AND e.amount IS NOT NULL))[1], 0) AS amount,
           coalesce((array_agg(e.items ORDER BY e.at DESC, e.reference COLLATE "C" DESC)
                     FILTER (WHERE e.kind <> 'refunded' AND e.items IS NOT NULL))[1], 0) AS items,
           coalesce(sum(e.amount) FILTER (WHERE e.kind = 'refunded'), 0) AS refunds,
           bool_or(e.kind = 'refunded') AS any_refund,
           min(e.at) AS placed_at,
           min(e.at) FILTER (WHERE e.kind = 'paid') AS paid_at,
           min(e.at) FILTER (WHERE e.kind = 'shipped') AS shipped_at,
           min(e.at) FILTER (WHERE e.kind = 'delivered') AS delivered_at,
           min(e.at) FILTER (WHERE e.kind = 'completed') AS completed_at,
           min(e.at) FILTER (WHERE e.kind = 'cancelled') AS cancelled_at
      FROM __tenant__.order_event e GROUP BY e.shop_order)
"""

CHECKS: list[Check] = [
    Check(
        "orders.refunded_within_amount",
        "SELECT id, amount, refunded FROM __tenant__.shop_order WHERE refunded < 0 OR refunded > amount",
        Words(en="No more is refunded than the order's amount.", zh="退款金额不超过订单金额。"),
    ),
    Check(
        "orders.stand_as_told",
        f"""{_TOLD}
        SELECT o.id, o.state, o.amount, o.refunded FROM __tenant__.shop_order o LEFT JOIN told t ON t.shop_order = o.id
         WHERE t.shop_order IS NULL
            OR (o.amount, o.refunded, o.items, o.placed_at)
               <> (t.amount, least(t.refunds, t.amount), t.items, t.placed_at)
            OR o.paid_at IS DISTINCT FROM t.paid_at OR o.completed_at IS DISTINCT FROM t.completed_at
            OR o.cancelled_at IS DISTINCT FROM t.cancelled_at
            OR o.shipped_at IS DISTINCT FROM t.shipped_at OR o.delivered_at IS DISTINCT FROM t.delivered_at
            OR o.state <> CASE WHEN t.cancelled_at IS NOT NULL THEN 'cancelled'
                               WHEN t.any_refund AND t.refunds >= t.amount THEN 'refunded'
                               WHEN t.completed_at IS NOT NULL THEN 'completed'
                               WHEN t.delivered_at IS NOT NULL THEN 'delivered'
                               WHEN t.shipped_at IS NOT NULL THEN 'shipped' ELSE 'paid' END
        """,
        Words(en="Every order stands as its events say.", zh="订单状态与其事件一致。"),
    ),
    Check(
        "orders.points_as_they_stand",
        """
        SELECT id, points_given, points_short, points_due, points_capped FROM __tenant__.shop_order
         WHERE points_given - points_short <> points_due - points_capped
        """,
        Words(
            en="An order gave what it is due less what a cap withheld, or more by what could not be taken back.",
            zh="订单发放的积分等于应得积分减去上限扣减，或仅多出未能收回的部分。",
        ),
    ),
    Check(
        "orders.points_by_their_terms",
        # Of orders without lines, rules, tax and shipping; for the others see the lines.
        """
        SELECT o.id, o.points_due FROM __tenant__.shop_order o
          LEFT JOIN __tenant__.order_terms t ON t.id = o.terms
         CROSS JOIN LATERAL (
            SELECT coalesce(o.level_multiplier, 1) * o.points_per_unit AS ratio,
                   coalesce(t.rounding, 'down') AS way,
                   least(coalesce(t.order_max, 1000000000), 1000000000) AS most) r
         CROSS JOIN LATERAL (
            SELECT CASE way WHEN 'up' THEN ceil(o.amount * ratio) WHEN 'down' THEN floor(o.amount * ratio)
                   ELSE floor(o.amount * ratio + 0.5) END AS gross,
                   CASE way WHEN 'up' THEN ceil((o.amount - o.refunded) * ratio)
                   WHEN 'down' THEN floor((o.amount - o.refunded) * ratio)
                   ELSE floor((o.amount - o.refunded) * ratio + 0.5) END AS net) p
         WHERE o.shipping = 0 AND o.tax = 0
           AND NOT EXISTS (SELECT 1 FROM __tenant__.order_line l WHERE l.shop_order = o.id)
           AND CASE WHEN o.cancelled_at IS NULL AND (o.completed_at IS NOT NULL
                     OR (o.award_on <> 'completed' AND o.delivered_at IS NOT NULL)
                     OR (o.award_on = 'paid' AND o.paid_at IS NOT NULL))
               THEN CASE WHEN o.refunded = 0 OR gross <= most THEN o.points_due <> least(net, most)
                         ELSE o.points_due > least(net, most) END
               ELSE o.points_due <> 0 END
        """,
        Words(en="An order is due what its terms give for its net amount.", zh="订单应得积分等于净额按其规则所得。"),
    ),
    Check(
        "orders.points_in_the_ledger",
        """
        WITH moved AS (
            SELECT CASE why WHEN 'order' THEN split_part(once, '/', 3) ELSE split_part(once, '/', 2) END AS shop_order,
                   sum(points) AS points
              FROM __tenant__.points_entry
             WHERE (why = 'order' AND once LIKE 'reward/order/%') OR (why = 'order_refund' AND once LIKE 'order/%')
             GROUP BY 1)
        SELECT o.id, m.shop_order, o.points_given, m.points
          FROM __tenant__.shop_order o
          FULL JOIN moved m ON m.shop_order = o.id::text
         WHERE coalesce(o.points_given, 0) <> coalesce(m.points, 0) OR o.id IS NULL
        """,
        Words(en="What an order gave is what the ledger has for it.", zh="订单发放的积分与积分流水一致。"),
    ),
]
