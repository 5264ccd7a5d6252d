"""What must always hold of the ledger."""

from __future__ import annotations

from tenants.kit.checks import Check
from tenants.kit.words import Words
from tenants.points.rules.closing import DAYS_DIFFER, SEALS_BROKEN

# A hold that was given back no longer counts; one that was confirmed is an entry of the same id.
_LOTS_ADD_UP = """
SELECT l.id, l.points, l.remaining, u.points AS used FROM __tenant__.points_lot l
LEFT JOIN (
    SELECT lot, sum(points) AS points FROM __tenant__.points_use used
    WHERE EXISTS (SELECT 1 FROM __tenant__.points_entry e WHERE e.id = used.movement)
    OR EXISTS (SELECT 1 FROM __tenant__.points_hold h WHERE h.id = used.movement AND h.state = 'held')
    GROUP BY lot
) u ON u.lot = l.id
WHERE l.points - l.remaining <> coalesce(u.points, 0)
"""

CHECKS: tuple[Check, ...] = (
    Check(
        "points.balance_is_sum_of_entries",
        "SELECT coalesce(a.member, e.member) AS member, a.balance, e.points FROM __tenant__.points_account a"
        " FULL JOIN (SELECT member, sum(points) AS points FROM __tenant__.points_entry GROUP BY member) e"
        " ON e.member = a.member WHERE coalesce(a.balance, 0) <> coalesce(e.points, 0)",
        Words(en="A balance is the sum of its entries.", zh="积分余额等于全部流水之和。"),
    ),
    Check(
        "points.totals_are_sums_of_entries",
        "SELECT a.member, a.earned, a.spent FROM __tenant__.points_account a LEFT JOIN (SELECT member,"
        " sum(points) FILTER (WHERE (points > 0) = (reverses IS NULL)) AS earned,"
        " -sum(points) FILTER (WHERE (points < 0) = (reverses IS NULL)) AS spent"
        " FROM __tenant__.points_entry GROUP BY member) e ON e.member = a.member"
        " WHERE a.earned <> coalesce(e.earned, 0) OR a.spent <> coalesce(e.spent, 0)",
        Words(en="What was earned and spent is what the entries say.", zh="累计获得与累计支出与流水一致。"),
    ),
    Check(
        "points.lots_hold_what_is_available",
        "SELECT a.member, a.balance, a.held, l.remaining FROM __tenant__.points_account a"
        " FULL JOIN (SELECT member, sum(remaining) AS remaining FROM __tenant__.points_lot GROUP BY member) l"
        " ON l.member = a.member WHERE coalesce(a.balance - a.held, 0) <> coalesce(l.remaining, 0)",
        Words(en="What is left in the lots is the balance less what is held.", zh="批次剩余等于余额减去冻结。"),
    ),
    Check(
        "points.held_is_sum_of_open_holds",
        "SELECT coalesce(a.member, h.member) AS member, a.held, h.points FROM __tenant__.points_account a FULL JOIN"
        " (SELECT member, sum(points) AS points FROM __tenant__.points_hold WHERE state = 'held' GROUP BY member) h"
        " ON h.member = a.member WHERE coalesce(a.held, 0) <> coalesce(h.points, 0)",
        Words(en="What is held is the sum of the open holds.", zh="冻结积分等于未结冻结之和。"),
    ),
    Check(
        "points.lots_add_up",
        _LOTS_ADD_UP,
        Words(
            en="What was taken from a lot and what is left make what was earned.", zh="批次的已用与剩余之和等于获得数。"
        ),
    ),
    Check(
        "points.entries_add_up",
        "SELECT e.id, e.points, l.points AS lot, u.points AS used FROM __tenant__.points_entry e"
        " LEFT JOIN (SELECT coalesce(entry, id) AS entry, sum(points) AS points FROM __tenant__.points_lot"
        " GROUP BY 1) l ON l.entry = e.id LEFT JOIN"
        " (SELECT movement, sum(points) AS points FROM __tenant__.points_use GROUP BY movement) u ON u.movement = e.id"
        " WHERE e.points <> coalesce(l.points, 0) - coalesce(u.points, 0)",
        Words(en="An entry makes a lot of its size, or takes its size from lots.", zh="每条流水与其批次变动一致。"),
    ),
    Check(
        "points.lots_have_their_entries",
        "SELECT l.id FROM __tenant__.points_lot l LEFT JOIN __tenant__.points_entry e"
        " ON e.id = coalesce(l.entry, l.id) AND e.member = l.member WHERE e.id IS NULL",
        Words(en="A lot belongs to the entry that earned it, and to its member.", zh="批次与获得流水及会员一致。"),
    ),
    Check(
        "points.uses_stay_with_their_member",
        "SELECT u.id FROM __tenant__.points_use u JOIN __tenant__.points_lot l ON l.id = u.lot"
        " LEFT JOIN __tenant__.points_entry e ON e.id = u.movement LEFT JOIN __tenant__.points_hold h"
        " ON h.id = u.movement WHERE coalesce(e.member, h.member) IS DISTINCT FROM l.member",
        Words(en="A movement draws only from its own member's lots.", zh="积分变动只使用本会员的批次。"),
    ),
    Check(
        "points.confirmed_holds_are_spent",
        "SELECT h.id, h.state FROM __tenant__.points_hold h LEFT JOIN __tenant__.points_entry e ON e.id = h.id"
        " WHERE (h.state = 'confirmed') <> (e.id IS NOT NULL)"
        " OR (e.id IS NOT NULL AND (e.points <> -h.points OR e.member <> h.member))",
        Words(en="A hold is an entry if and only if it was confirmed.", zh="仅已确认的冻结计入流水。"),
    ),
    Check(
        "points.reversals_mirror",
        "SELECT r.id FROM __tenant__.points_entry r JOIN __tenant__.points_entry e ON e.id = r.reverses"
        " WHERE r.points <> -e.points OR r.member <> e.member OR e.why IN ('reversed', 'expiry_undone')"
        " OR (e.why = 'expired') <> (r.why = 'expiry_undone')",
        Words(en="A reversal undoes its entry exactly.", zh="撤销流水与原流水金额相反、会员相同。"),
    ),
    Check(
        "points.taken_back_is_in_the_ledger",
        "SELECT t.id FROM __tenant__.points_take_back t LEFT JOIN __tenant__.points_entry e ON e.once = t.once"
        " WHERE t.taken <> coalesce(-e.points, 0) OR (e.id IS NOT NULL AND e.member <> t.member)",
        Words(en="What was taken back is in the ledger.", zh="收回的积分均有流水。"),
    ),
    Check(
        "points.policy_is_one_row",
        "SELECT count(*) FROM __tenant__.points_policy HAVING count(*) <> 1",
        Words(en="There is one policy for points.", zh="积分规则有且只有一条。"),
    ),
    Check(
        "points.pending_is_what_is_to_come",
        "SELECT coalesce(a.member, w.member) AS member, a.pending, w.points FROM __tenant__.points_account a FULL JOIN"
        " (SELECT member, sum(remaining) AS points FROM __tenant__.points_pending GROUP BY member) w"
        " ON w.member = a.member WHERE coalesce(a.pending, 0) <> coalesce(w.points, 0)",
        Words(en="Pending points are the sum of what is to come.", zh="待生效积分等于各笔待生效之和。"),
    ),
    Check(
        "points.pending_adds_up",
        """
        SELECT w.id, w.points, w.remaining, e.points AS active, t.points AS taken FROM __tenant__.points_pending w
        LEFT JOIN __tenant__.points_entry e ON e.id = w.id
        LEFT JOIN (SELECT from_entry, sum(pending) AS points FROM __tenant__.points_take_back GROUP BY from_entry) t
            ON t.from_entry = w.id
        WHERE w.points <> w.remaining + coalesce(e.points, 0) + coalesce(t.points, 0)
        AND NOT EXISTS (SELECT 1 FROM __tenant__.points_entry other WHERE other.once = w.once AND other.id <> w.id)
        """,
        Words(
            en="What was pending is active, was taken back, or is still to come.",
            zh="每笔待生效积分均已生效、已收回或仍待生效。",
        ),
    ),
    Check(
        "points.active_has_its_entry",
        "SELECT w.id FROM __tenant__.points_pending w LEFT JOIN __tenant__.points_entry e"
        " ON e.id = w.id AND e.once = w.once AND e.why = w.why AND e.member = w.member"
        " WHERE (w.state = 'active') <> (e.id IS NOT NULL)",
        Words(en="Points that became active are in the ledger.", zh="已生效的积分均有流水。"),
    ),
    Check(
        "points.debt_is_sum_of_its_steps",
        "SELECT coalesce(a.member, d.member) AS member, a.debt, d.points FROM __tenant__.points_account a FULL JOIN"
        " (SELECT member, sum(points) AS points FROM __tenant__.points_debt GROUP BY member) d ON d.member = a.member"
        " WHERE coalesce(a.debt, 0) <> coalesce(d.points, 0)",
        Words(en="What a member owes is the sum of its steps.", zh="欠积分等于各笔变动之和。"),
    ),
    Check(
        "points.debt_steps_have_their_reason",
        """
        SELECT d.id FROM __tenant__.points_debt d
        LEFT JOIN __tenant__.points_entry e ON e.id = d.entry
        LEFT JOIN __tenant__.points_take_back t ON t.once = d.once AND t.member = d.member
        WHERE CASE WHEN d.why = 'debt_repaid' THEN e.points = d.points AND e.member = d.member
            AND e.why = 'debt_repaid' WHEN d.why IN ('merge_in', 'merge_out') THEN true
            ELSE t.debt = d.points END IS NOT TRUE
        UNION ALL
        SELECT t.id FROM __tenant__.points_take_back t LEFT JOIN __tenant__.points_debt d ON d.once = t.once
        WHERE t.debt <> coalesce(d.points, 0)
        """,
        Words(en="Debt comes from a taking back and goes by an entry.", zh="欠积分均有来源，抵扣均有流水。"),
    ),
    Check(
        "points.batches_are_what_lapsed",
        """
        SELECT b.id, b.points, g.points AS gone, b.undone_at, g.back FROM __tenant__.points_batch b
        LEFT JOIN (SELECT batch, -sum(points) FILTER (WHERE why = 'expired') AS points,
            count(DISTINCT member) AS members, sum(points) FILTER (WHERE why = 'expiry_undone') AS back
            FROM __tenant__.points_entry WHERE batch IS NOT NULL GROUP BY batch) g ON g.batch = b.id
        WHERE b.points <> coalesce(g.points, 0) OR b.members <> coalesce(g.members, 0)
        OR coalesce(g.back, 0) <> CASE WHEN b.undone_at IS NULL THEN 0 ELSE b.points END
        """,
        Words(
            en="A batch counts what lapsed, and undone gives all of it back.", zh="到期批次与流水一致，恢复时全额恢复。"
        ),
    ),
    Check(
        "points.adjustments_are_in_the_ledger",
        "SELECT d.id, d.state FROM __tenant__.points_adjustment d LEFT JOIN __tenant__.points_entry e ON e.id = d.entry"
        " AND e.points = d.points AND e.member = d.member"
        " WHERE (d.state IN ('applied', 'approved')) <> (e.id IS NOT NULL)",
        Words(en="An adjustment moved points if and only if it was applied.", zh="仅已执行的调整有对应流水。"),
    ),
    Check(
        "points.transfers_balance",
        """
        SELECT t.id FROM __tenant__.points_transfer t
        LEFT JOIN __tenant__.points_entry o ON o.id = t.out_entry AND o.member = t.source
        LEFT JOIN __tenant__.points_entry i ON i.id = t.in_entry AND i.member = t.target
        WHERE t.points <> -coalesce(o.points, 0) OR t.points <> coalesce(i.points, 0)
        UNION ALL
        SELECT NULL FROM __tenant__.points_entry WHERE why IN ('merge_in', 'merge_out') HAVING sum(points) <> 0
        """,
        Words(en="What left one account came to another.", zh="账户间转移的积分两边相等。"),
    ),
    Check(
        "points.days_are_what_was_recorded",
        DAYS_DIFFER,
        Words(en="A closed day says what was recorded on it.", zh="已结账日与当日流水一致。"),
    ),
    Check(
        "points.seals_hold",
        SEALS_BROKEN,
        Words(
            en="No entry of a sealed day was changed, added or taken away.", zh="已封存日的流水未被改动、增添或删除。"
        ),
    ),
)
