"""What must always hold of vouchers: every stock, limit, budget and pool is derived from the vouchers once more."""

from __future__ import annotations

from tenants.kit.checks import Check
from tenants.kit.words import Words

_WORST = "CASE t.kind WHEN 'external' THEN 0 ELSE coalesce(t.amount, t.amount_max, t.cost, 0) END"
_COST = (
    "CASE WHEN t.kind IN ('gift', 'benefit', 'external') THEN coalesce(t.cost, 0)"
    " ELSE coalesce(v.discount - v.withheld, 0) END"
)

CHECKS: tuple[Check, ...] = (
    Check(
        "vouchers.stock",
        """
        SELECT t.id, s.issued, s.stock, t.stock AS said, coalesce(v.vouchers, 0) + coalesce(c.codes, 0) AS found
          FROM __tenant__.voucher_template t
          LEFT JOIN __tenant__.voucher_stock s ON s.template = t.id
          LEFT JOIN (SELECT template, count(*) AS vouchers FROM __tenant__.voucher WHERE why <> 'code'
                      GROUP BY template) v ON v.template = t.id
          LEFT JOIN (SELECT b.template, count(*) AS codes FROM __tenant__.voucher_code c
                       JOIN __tenant__.voucher_batch b ON b.id = c.batch GROUP BY b.template) c ON c.template = t.id
         WHERE s.issued IS DISTINCT FROM coalesce(v.vouchers, 0) + coalesce(c.codes, 0)
            OR s.stock IS DISTINCT FROM t.stock OR s.issued > s.stock
        """,
        Words(
            en="As many are counted as issued as there are vouchers and codes, and no more than the stock.",
            zh="已发放计数等于优惠券与券码数量之和，且不超过库存。",
        ),
    ),
    Check(
        "vouchers.money",
        f"""
        SELECT s.template, s.used, s.promised, s.spent, n.used AS found_used, n.promised AS found_promised,
               n.spent AS found_spent
          FROM __tenant__.voucher_stock s
          JOIN (SELECT t.id,
                       count(v.id) FILTER (WHERE v.state = 'used') AS used,
                       coalesce(sum({_WORST}) FILTER (WHERE v.state IN ('issued', 'reserved')), 0)
                       + coalesce(max(c.free), 0) * max({_WORST}) AS promised,
                       coalesce(sum({_COST}) FILTER (WHERE v.id IS NOT NULL
                                                       AND (v.state = 'used' OR t.kind = 'external')), 0) AS spent
                  FROM __tenant__.voucher_template t
                  LEFT JOIN __tenant__.voucher v ON v.template = t.id
                  LEFT JOIN (SELECT b.template, count(*) AS free FROM __tenant__.voucher_code c
                               JOIN __tenant__.voucher_batch b ON b.id = c.batch
                              WHERE c.state = 'free' GROUP BY b.template) c ON c.template = t.id
                 GROUP BY t.id) n ON n.id = s.template
         WHERE (s.used, s.promised, s.spent) IS DISTINCT FROM (n.used, n.promised, n.spent)
        """,
        Words(
            en="What is promised and spent of each budget is what the vouchers come to.",
            zh="预算的已承诺与已花费金额与优惠券逐张核算一致。",
        ),
    ),
    Check(
        "vouchers.holding",
        """
        SELECT coalesce(h.template, v.template) AS template, coalesce(h.member, v.member) AS member,
               h.issued, v.vouchers
          FROM __tenant__.voucher_holding h
          FULL JOIN (SELECT template, coalesce(handed_on_from, member) AS member, count(*) AS vouchers
                       FROM __tenant__.voucher WHERE counted GROUP BY 1, 2) v
            ON v.template = h.template AND v.member = h.member
         WHERE coalesce(h.issued, 0) <> coalesce(v.vouchers, 0)
        """,
        Words(
            en="What is counted against a member's limit is what the member got.",
            zh="会员限领计数等于其实际获得的张数。",
        ),
    ),
    Check(
        "vouchers.periods",
        """
        SELECT h.template, h.member, h.issued_today, h.issued_this_week, h.issued_this_month
          FROM __tenant__.voucher_holding h
          LEFT JOIN LATERAL (
               SELECT count(*) FILTER (WHERE v.issued_on >= h.day) AS today,
                      count(*) FILTER (WHERE v.issued_on >= h.week) AS week,
                      count(*) FILTER (WHERE v.issued_on >= h.month) AS month
                 FROM __tenant__.voucher v
                WHERE v.template = h.template AND coalesce(v.handed_on_from, v.member) = h.member AND v.counted
               ) n ON true
         WHERE (h.issued_today, h.issued_this_week, h.issued_this_month) IS DISTINCT FROM (n.today, n.week, n.month)
        UNION ALL
        SELECT s.template, NULL, s.issued_today, NULL, NULL
          FROM __tenant__.voucher_stock s
         WHERE s.issued_today <> (SELECT count(*) FROM __tenant__.voucher v
                                   WHERE v.template = s.template AND v.issued_on = s.day)
        """,
        Words(
            en="What is counted for a day, a week and a month is what went out in it.",
            zh="日、周、月计数等于该周期内实际发放的张数。",
        ),
    ),
    Check(
        "vouchers.agents",
        """
        SELECT a.staff, a.day, a.issued FROM __tenant__.voucher_agent_day a
         WHERE a.issued <> (SELECT count(*) FROM __tenant__.voucher_event e
                              JOIN __tenant__.voucher v ON v.id = e.voucher
                             WHERE e.kind = 'issued' AND v.issued_on = a.day
                               AND e.recorded_by = 'staff:' || replace(a.staff::text, '-', ''))
        """,
        Words(
            en="What is counted for an agent's day is what the agent gave out.",
            zh="客服当日计数等于其实际发放的张数。",
        ),
    ),
    Check(
        "vouchers.pool",
        """
        SELECT t.id, s.issued, s.stock, count(p.id) AS codes, count(p.voucher) AS handed_out
          FROM __tenant__.voucher_template t JOIN __tenant__.voucher_stock s ON s.template = t.id
          LEFT JOIN __tenant__.voucher_pool_code p ON p.template = t.id
         WHERE t.kind = 'external'
         GROUP BY t.id, s.issued, s.stock
        HAVING s.stock IS DISTINCT FROM count(p.id) OR s.issued <> count(p.voucher)
        UNION ALL
        SELECT v.template, 0, 0, 0, 0 FROM __tenant__.voucher v
          JOIN __tenant__.voucher_template t ON t.id = v.template AND t.kind = 'external'
         WHERE NOT EXISTS (SELECT 1 FROM __tenant__.voucher_pool_code p
                            WHERE p.voucher = v.id AND p.template = v.template)
        """,
        Words(
            en="A pool's stock is its codes, and each voucher of it has one of its own.",
            zh="外部券码池的库存等于码数，且每张券各有一个码。",
        ),
    ),
    Check(
        "vouchers.batches",
        """
        SELECT b.id, b.codes, count(c.id) AS found FROM __tenant__.voucher_batch b
          LEFT JOIN __tenant__.voucher_code c ON c.batch = b.id
         GROUP BY b.id, b.codes, b.state
        HAVING b.codes <> count(c.id) OR (b.state <> 'active' AND bool_or(c.state = 'free'))
        UNION ALL
        SELECT c.batch, 0, 0 FROM __tenant__.voucher_code c JOIN __tenant__.voucher v ON v.id = c.voucher
         WHERE v.why <> 'code' OR v.code_digest IS DISTINCT FROM c.code_digest
        """,
        Words(
            en="A batch has as many codes as it says, and a code that was entered is the voucher that it became.",
            zh="批次的券码数量与记录一致，已领取的券码与所成优惠券一致。",
        ),
    ),
    Check(
        "vouchers.state",
        """
        SELECT id, state FROM __tenant__.voucher
         WHERE (state IN ('reserved', 'used')) <> (order_reference IS NOT NULL AND reservation IS NOT NULL
                                                   AND discount IS NOT NULL)
            OR (state = 'reserved') <> (reserved_until IS NOT NULL)
            OR (state = 'used') <> (used_at IS NOT NULL)
        """,
        Words(
            en="A used or reserved voucher has an order, and no other has.",
            zh="已使用或占用的优惠券必有订单，其余则没有。",
        ),
    ),
    Check(
        "vouchers.history",
        """
        SELECT v.id, v.state, e.kind FROM __tenant__.voucher v
          LEFT JOIN LATERAL (SELECT kind FROM __tenant__.voucher_event
                              WHERE voucher = v.id AND kind NOT IN ('refunded', 'extended', 'handed_on', 'moved')
                              ORDER BY at DESC, id DESC LIMIT 1) e ON true
         WHERE NOT coalesce(CASE v.state WHEN 'issued' THEN e.kind IN ('issued', 'released', 'returned')
                                         ELSE e.kind = v.state END, false)
        """,
        Words(
            en="The last thing that happened to a voucher explains its state.",
            zh="优惠券的最近一条记录能说明其当前状态。",
        ),
    ),
    Check(
        "vouchers.discount",
        """
        SELECT v.id, v.discount, v.order_amount, v.shipping_amount
          FROM __tenant__.voucher v JOIN __tenant__.voucher_template t ON t.id = v.template
         WHERE v.discount > CASE WHEN t.kind = 'free_shipping' THEN coalesce(v.shipping_amount, 0)
                                 ELSE coalesce(v.goods_amount, v.order_amount) END
            OR v.discount > coalesce(t.amount, t.amount_max, v.discount)
            OR coalesce(v.goods_amount, v.order_amount) < t.threshold OR v.goods_amount > v.order_amount
            OR (v.discount > 0 AND t.kind IN ('gift', 'benefit', 'external'))
        """,
        Words(
            en="No order gets more off than the voucher and the order allow.",
            zh="订单的抵扣不超过优惠券与订单的允许范围。",
        ),
    ),
    Check(
        "vouchers.orders",
        """
        SELECT v.order_reference, sum(v.discount) AS discount, max(v.order_amount) AS order_amount
          FROM __tenant__.voucher v LEFT JOIN __tenant__.voucher_checkout o ON o.reference = v.order_reference
         WHERE v.order_reference IS NOT NULL
         GROUP BY v.order_reference, o.order_amount, o.shipping_amount
        HAVING o.order_amount IS NULL OR sum(v.discount) > o.order_amount + coalesce(o.shipping_amount, 0)
        """,
        Words(
            en="All vouchers of an order together take off no more than it comes to.",
            zh="同一订单的优惠券合计抵扣不超过订单应付。",
        ),
    ),
    Check(
        "vouchers.refunds",
        """
        SELECT o.reference, o.refunded, sum(r.refunded) AS found
          FROM __tenant__.voucher_checkout o JOIN __tenant__.voucher_refund r ON r.order_reference = o.reference
         GROUP BY o.reference, o.refunded HAVING o.refunded > sum(r.refunded)
        """,
        Words(
            en="What is refunded of an order is explained by its refunds.",
            zh="订单已退金额均有退款记录可查。",
        ),
    ),
)
