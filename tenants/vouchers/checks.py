"""What must always hold of vouchers."""

from __future__ import annotations

from tenants.kit.checks import Check
from tenants.kit.words import Words

CHECKS: tuple[Check, ...] = (
    Check(
        "vouchers.stock",
        """
        SELECT t.id, s.issued, s.stock, t.stock AS said, count(v.id) AS vouchers
          FROM __tenant__.voucher_template t
          LEFT JOIN __tenant__.voucher_stock s ON s.template = t.id
          LEFT JOIN __tenant__.voucher v ON v.template = t.id
         GROUP BY t.id, s.issued, s.stock
        HAVING s.issued IS DISTINCT FROM count(v.id) OR s.stock IS DISTINCT FROM t.stock OR s.issued > s.stock
        """,
        Words(
            en="As many vouchers are counted as issued as there are, and no more than the stock.",
            zh="已发放计数等于优惠券张数，且不超过库存。",
        ),
    ),
    Check(
        "vouchers.holding",
        """
        SELECT coalesce(h.template, v.template) AS template, coalesce(h.member, v.member) AS member,
               h.issued, v.vouchers
          FROM __tenant__.voucher_holding h
          FULL JOIN (SELECT template, member, count(*) AS vouchers FROM __tenant__.voucher
                      WHERE counted GROUP BY template, member) v
            ON v.template = h.template AND v.member = h.member
         WHERE h.issued IS DISTINCT FROM v.vouchers
        """,
        Words(
            en="What is counted against a member's limit is what the member got.",
            zh="会员限领计数等于其实际获得的张数。",
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
                              WHERE voucher = v.id ORDER BY at DESC, id DESC LIMIT 1) e ON true
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
         WHERE v.discount > CASE t.kind WHEN 'free_shipping' THEN coalesce(v.shipping_amount, 0) ELSE v.order_amount END
            OR v.discount > coalesce(t.amount, t.amount_max, v.discount)
            OR v.order_amount < t.threshold
        """,
        Words(
            en="No order gets more off than the voucher and the order allow.",
            zh="订单的抵扣不超过优惠券与订单的允许范围。",
        ),
    ),
)
