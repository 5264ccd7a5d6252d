"""What must always hold of the mall, each counter derived anew from the redemptions."""

from __future__ import annotations

from tenants.kit.checks import Check
from tenants.kit.words import Words

CHECKS: tuple[Check, ...] = (
    Check(
        "mall.stock",
        """
        SELECT i.id, s.taken, s.spent, s.stock FROM __tenant__.mall_item i
          LEFT JOIN __tenant__.mall_stock s ON s.item = i.id
          LEFT JOIN (SELECT item, sum(quantity) AS pieces, sum(cost) AS cost FROM __tenant__.mall_redemption
                      WHERE counted GROUP BY item) r ON r.item = i.id
         WHERE s.taken IS DISTINCT FROM coalesce(r.pieces, 0) OR s.spent IS DISTINCT FROM coalesce(r.cost, 0)
            OR s.taken > s.stock OR s.budget IS DISTINCT FROM i.budget
        """,
        Words(
            en="As many pieces are counted as gone as redemptions stand, and no more than the stock.",
            zh="已兑件数与有效兑换一致，且不超过库存。",
        ),
    ),
    Check(
        "mall.quota",
        """
        SELECT s.item, s.period_taken FROM __tenant__.mall_stock s JOIN __tenant__.mall_item i ON i.id = s.item
          LEFT JOIN LATERAL (
              SELECT sum(r.quantity) AS pieces FROM __tenant__.mall_redemption r
               WHERE r.item = s.item AND r.counted
                 AND date_trunc(i.quota_period, r.day::timestamp)::date = s.period_starts) r ON true
         WHERE s.period_taken <> coalesce(r.pieces, 0)
        """,
        Words(en="What has gone in a period is what was redeemed in it.", zh="本期已兑件数与本期兑换一致。"),
    ),
    Check(
        "mall.counts",
        """
        SELECT coalesce(c.item, r.item) AS item, coalesce(c.member, r.member) AS member, c.taken, r.taken AS redeemed
          FROM __tenant__.mall_count c FULL JOIN (
              SELECT r.item, r.member, p.period,
                     CASE p.period WHEN 'ever' THEN DATE '1970-01-01'
                                   ELSE date_trunc(p.period, r.day::timestamp)::date END AS starts,
                     sum(r.quantity) AS taken
                FROM __tenant__.mall_redemption r JOIN __tenant__.mall_item i ON i.id = r.item
                JOIN (VALUES ('ever'), ('day'), ('week'), ('month')) AS p(period)
                  ON CASE p.period WHEN 'ever' THEN i.limit_ever WHEN 'day' THEN i.limit_day
                                   WHEN 'week' THEN i.limit_week ELSE i.limit_month END IS NOT NULL
               WHERE r.counted GROUP BY 1, 2, 3, 4) r
            ON r.item = c.item AND r.member = c.member AND r.period = c.period AND r.starts = c.starts
         WHERE coalesce(c.taken, 0) <> coalesce(r.taken, 0)
        """,
        Words(en="What counts against a member's limits is what they redeemed.", zh="会员限兑计数与其兑换一致。"),
    ),
    Check(
        "mall.points",
        """
        SELECT r.id, r.state, r.points, e.points AS entry, h.state AS hold FROM __tenant__.mall_redemption r
          LEFT JOIN __tenant__.points_entry e ON e.id = r.movement
          LEFT JOIN __tenant__.points_entry b ON b.reverses = e.id
          LEFT JOIN __tenant__.points_hold h ON h.id = r.movement
         WHERE r.points > 0 AND NOT coalesce(CASE
               WHEN r.state = 'reserved' THEN h.state IN ('held', 'lapsed') AND h.points = r.points AND e.id IS NULL
               WHEN r.state = 'cancelled' AND e.id IS NULL THEN h.state IN ('released', 'lapsed')
               WHEN r.state IN ('cancelled', 'returned') THEN e.points = -r.points AND b.id IS NOT NULL
               ELSE e.points = -r.points AND b.id IS NULL END, false)
        """,
        Words(
            en="What a redemption took is in the ledger, and back in it once it was given up.",
            zh="兑换扣除的积分均有流水，取消或退还后均已返还。",
        ),
    ),
    Check(
        "mall.history",
        """
        SELECT r.id, r.state, e.state AS told FROM __tenant__.mall_redemption r
          LEFT JOIN LATERAL (SELECT state FROM __tenant__.mall_event WHERE redemption = r.id
                              ORDER BY number DESC LIMIT 1) e ON true
         WHERE e.state IS DISTINCT FROM r.state
        UNION ALL
        SELECT e.redemption, e.state, f.state FROM __tenant__.mall_event e
          LEFT JOIN __tenant__.mall_event f ON f.redemption = e.redemption AND f.number = e.number - 1
         WHERE NOT coalesce(CASE e.state
               WHEN 'reserved' THEN e.number = 1
               WHEN 'to_ship' THEN e.number = 1 OR f.state = 'reserved'
               WHEN 'shipped' THEN f.state IN ('to_ship', 'shipped')
               WHEN 'done' THEN e.number = 1 OR f.state IN ('reserved', 'to_ship', 'shipped')
               WHEN 'returned' THEN f.state IN ('shipped', 'done')
               ELSE f.state IN ('reserved', 'to_ship') END, false)
        """,
        Words(en="History explains every state, step by step.", zh="每个状态都有逐步的记录可查。"),
    ),
    Check(
        "mall.stock_changes",
        """
        SELECT s.item, s.stock, c.stock AS told FROM __tenant__.mall_stock s
          LEFT JOIN LATERAL (SELECT number, stock FROM __tenant__.mall_stock_change WHERE item = s.item
                              ORDER BY number DESC LIMIT 1) c ON true
         WHERE c.number IS NULL OR s.stock IS DISTINCT FROM c.stock
        UNION ALL
        SELECT c.item, c.before, f.stock FROM __tenant__.mall_stock_change c
          LEFT JOIN __tenant__.mall_stock_change f ON f.item = c.item AND f.number = c.number - 1
         WHERE c.number > 1 AND (f.number IS NULL OR c.before IS DISTINCT FROM f.stock)
        """,
        Words(en="The stock is what its changes made of it.", zh="库存等于历次变动的结果。"),
    ),
    Check(
        "mall.vouchers",
        """
        SELECT r.id, r.state, r.quantity, count(v.id) AS vouchers FROM __tenant__.mall_redemption r
          JOIN __tenant__.mall_item i ON i.id = r.item AND i.voucher_template IS NOT NULL
          CROSS JOIN LATERAL generate_series(1, r.quantity) AS n(number)
          LEFT JOIN __tenant__.voucher v ON v.once = 'mall/' || replace(r.id::text, '-', '') || '/' || n.number
           AND v.template = i.voucher_template AND (v.state = 'revoked' OR r.state <> 'returned')
         GROUP BY r.id, r.state, r.quantity
        HAVING count(v.id) <> CASE WHEN r.state IN ('reserved', 'cancelled') THEN 0 ELSE r.quantity END
        """,
        Words(
            en="What was redeemed was issued, and revoked where it was returned.",
            zh="兑换的优惠券均已发放，退还的均已作废。",
        ),
    ),
)
