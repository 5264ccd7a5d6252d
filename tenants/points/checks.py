"""What must always hold of the ledger."""

from __future__ import annotations

from tenants.kit.checks import Check
from tenants.kit.words import Words

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
        " LEFT JOIN __tenant__.points_lot l ON l.id = e.id LEFT JOIN"
        " (SELECT movement, sum(points) AS points FROM __tenant__.points_use GROUP BY movement) u ON u.movement = e.id"
        " WHERE e.points <> coalesce(l.points, 0) - coalesce(u.points, 0)",
        Words(en="An entry makes a lot of its size, or takes its size from lots.", zh="每条流水与其批次变动一致。"),
    ),
    Check(
        "points.lots_have_their_entries",
        "SELECT l.id FROM __tenant__.points_lot l LEFT JOIN __tenant__.points_entry e"
        " ON e.id = l.id AND e.member = l.member WHERE e.id IS NULL",
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
        " WHERE r.points <> -e.points OR r.member <> e.member OR e.why IN ('reversed', 'expired')",
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
)
