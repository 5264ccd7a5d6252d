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
            SELECT shop_order, sum(points) AS points FROM (
                SELECT split_part(once, '/', 3) AS shop_order, points FROM __tenant__.points_entry
                 WHERE why = 'order' AND once LIKE 'reward/order/%'
                UNION ALL SELECT split_part(once, '/', 2), points FROM __tenant__.points_entry
                 WHERE why = 'order_refund' AND once LIKE 'order/%'
                UNION ALL SELECT split_part(once, '/', 3), remaining FROM __tenant__.points_pending
                 WHERE state = 'pending' AND why = 'order' AND once LIKE 'reward/order/%'
                UNION ALL SELECT split_part(once, '/', 2), -debt FROM __tenant__.points_take_back
                 WHERE why = 'order_refund' AND once LIKE 'order/%') m
             GROUP BY shop_order)
        SELECT o.id, m.shop_order, o.points_given, m.points
          FROM __tenant__.shop_order o
          FULL JOIN moved m ON m.shop_order = o.id::text
         WHERE coalesce(o.points_given, 0) <> coalesce(m.points, 0) OR o.id IS NULL
        """,
        Words(en="What an order gave is what the ledger has for it.", zh="订单发放的积分与积分流水一致。"),
    ),
    Check(
        "orders.lines_add_up",
        # A whole order's lines share its points; without refunds these are what rules and ratio give, exactly.
        """
        SELECT o.id, o.points_due - o.points_capped AS points, l.points AS of_lines, l.exact
          FROM __tenant__.shop_order o LEFT JOIN __tenant__.order_terms t ON t.id = o.terms
          JOIN (SELECT l.shop_order, sum(l.points) AS points, sum(l.gross) AS gross,
                       coalesce(sum(l.amount) FILTER (WHERE l.key <> '*shipping'), 0) AS every,
                       sum(CASE WHEN l.key = '*shipping' OR r.excluded THEN 0
                           ELSE l.amount * coalesce(r.multiplier, 1) END) AS weighted,
                       sum(CASE WHEN l.key <> '*shipping' AND NOT coalesce(r.excluded, false)
                           THEN coalesce(r.extra, 0) * l.quantity ELSE 0 END) AS extra
                  FROM __tenant__.order_line l JOIN __tenant__.shop_order o ON o.id = l.shop_order
                  LEFT JOIN __tenant__.order_terms t ON t.id = o.terms
                  LEFT JOIN LATERAL (
                    SELECT (k->>'multiplier')::numeric AS multiplier, (k->>'extra')::int AS extra,
                           (k->>'excluded')::boolean AS excluded
                      FROM jsonb_array_elements(t.rules::jsonb) k WHERE k->>'id' = l.rule::text) r ON true
                 GROUP BY l.shop_order) a ON a.shop_order = o.id
         CROSS JOIN LATERAL (
            SELECT a.points, a.gross, a.extra + o.points_per_unit * coalesce(o.level_multiplier, 1)
                   * (a.weighted * (o.amount - o.shipping) * CASE WHEN t.tax_earns THEN 1 ELSE o.amount - o.tax END
                      / nullif(a.every * CASE WHEN t.tax_earns THEN 1 ELSE o.amount END, 0)
                      + CASE WHEN t.shipping_earns THEN o.shipping ELSE 0 END
                      * CASE WHEN t.tax_earns THEN 1 ELSE (o.amount - o.tax) / nullif(o.amount, 0) END) AS exact) l
         WHERE l.points <> o.points_due - o.points_capped
            OR (o.refunded = 0 AND o.points_due > 0 AND o.points_due <> least(CASE coalesce(t.rounding, 'down')
                WHEN 'up' THEN ceil(l.exact) WHEN 'down' THEN floor(l.exact) ELSE floor(l.exact + 0.5) END,
                coalesce(t.order_max, 1000000000)))
        """,
        Words(
            en="The lines of an order share its points, as its rules give them.", zh="订单各行积分之和等于订单积分。"
        ),
    ),
    Check(
        "orders.terms_are_kept",
        "SELECT o.id, o.terms FROM __tenant__.shop_order o LEFT JOIN __tenant__.order_terms t ON t.id = o.terms"
        " WHERE o.terms IS NOT NULL AND (t.id IS NULL"
        " OR (t.award_on, t.points_per_unit) <> (o.award_on, o.points_per_unit))",
        Words(en="An order's terms are written down.", zh="订单的积分规则均有留存。"),
    ),
    Check(
        "orders.caps_used",
        """
        SELECT c.id, c.cap, c.holder, c.used, coalesce(u.points, 0) AS taken FROM __tenant__.order_cap c
          LEFT JOIN (SELECT cap, sum(points) AS points FROM __tenant__.order_cap_use GROUP BY cap) u ON u.cap = c.id
         WHERE c.used <> coalesce(u.points, 0)
        """,
        Words(en="A cap's period has used what its orders took.", zh="各上限已用数等于订单占用之和。"),
    ),
    Check(
        "orders.caps_within_orders",
        """
        SELECT u.shop_order, u.points FROM __tenant__.order_cap_use u
          JOIN __tenant__.shop_order o ON o.id = u.shop_order
         WHERE u.points > o.points_due - o.points_capped
        """,
        Words(en="No order takes more of a cap than it earns.", zh="订单占用的上限不超过其所得积分。"),
    ),
    Check(
        "orders.buyers_add_up",
        """
        SELECT coalesce(t.member, o.member) AS member, t.orders, o.orders AS told, t.spend, o.spend AS paid
          FROM __tenant__.buyer_totals t
          FULL JOIN (SELECT member, count(*) AS orders, count(*) FILTER (WHERE purchase) AS purchases,
                            coalesce(sum(amount - refunded) FILTER (WHERE purchase), 0) AS spend,
                            min(placed_at) FILTER (WHERE purchase) AS first_at,
                            max(placed_at) FILTER (WHERE purchase) AS last_at
                       FROM (SELECT *, state NOT IN ('cancelled', 'refunded') AS purchase
                               FROM __tenant__.shop_order) every GROUP BY member) o ON o.member = t.member
         WHERE (coalesce(t.orders, 0), coalesce(t.purchases, 0), coalesce(t.spend, 0))
               <> (coalesce(o.orders, 0), coalesce(o.purchases, 0), coalesce(o.spend, 0))
            OR t.first_at IS DISTINCT FROM o.first_at OR t.last_at IS DISTINCT FROM o.last_at
        """,
        Words(en="A member's totals are the sums of their orders.", zh="会员消费统计与其订单一致。"),
    ),
    Check(
        "orders.shop_adds_up",
        """
        SELECT coalesce(s.slot, b.slot) AS slot, s.orders, b.orders AS told FROM __tenant__.shop_totals s
          FULL JOIN (SELECT (get_byte(uuid_send(member), 15) & 15)::smallint AS slot, sum(orders) AS orders,
                            sum(purchases) AS purchases, sum(spend) AS spend,
                            count(*) FILTER (WHERE purchases > 0) AS buyers,
                            count(*) FILTER (WHERE purchases > 1) AS returned,
                            sum(greatest(purchases - 1, 0)) AS gaps,
                            coalesce(sum(extract(epoch FROM last_at - first_at)), 0) AS between_seconds
                       FROM __tenant__.buyer_totals GROUP BY 1) b ON b.slot = s.slot
         WHERE (coalesce(s.orders, 0), coalesce(s.purchases, 0), coalesce(s.spend, 0), coalesce(s.buyers, 0),
                coalesce(s.returned, 0), coalesce(s.gaps, 0), coalesce(s.between_seconds, 0))
               <> (coalesce(b.orders, 0), coalesce(b.purchases, 0), coalesce(b.spend, 0), coalesce(b.buyers, 0),
                   coalesce(b.returned, 0), coalesce(b.gaps, 0), coalesce(b.between_seconds, 0))
        """,
        Words(en="The shop's totals are the sums of its members'.", zh="店铺统计等于会员统计之和。"),
    ),
    Check(
        "orders.purchases_are_counted",
        """
        SELECT coalesce(c.slot, b.slot) AS slot, coalesce(c.purchases, b.purchases) AS purchases, c.members
          FROM (SELECT * FROM __tenant__.purchase_count WHERE members > 0) c
          FULL JOIN (SELECT (get_byte(uuid_send(member), 15) & 15)::smallint AS slot, purchases, count(*) AS members
                       FROM __tenant__.buyer_totals WHERE purchases > 0 GROUP BY 1, 2) b
            ON b.slot = c.slot AND b.purchases = c.purchases
         WHERE coalesce(c.members, 0) <> coalesce(b.members, 0)
        """,
        Words(en="Members are counted by how often they bought.", zh="各购买次数的会员数与会员统计一致。"),
    ),
    Check(
        "orders.levels_know_the_spend",
        """
        SELECT o.id, o.counted, g.amount FROM __tenant__.shop_order o
          FULL JOIN (SELECT split_part(once, '/', 2) AS shop_order, sum(amount) AS amount FROM __tenant__.growth_entry
                      WHERE kind = 'spend' AND once LIKE 'order/%' GROUP BY 1) g ON g.shop_order = o.id::text
         WHERE coalesce(o.counted, 0) <> coalesce(g.amount, 0) OR o.id IS NULL
        """,
        Words(en="Levels count what orders' members spent.", zh="等级累计消费与订单一致。"),
    ),
]
