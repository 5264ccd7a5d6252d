"""What must always hold of rewards."""

from __future__ import annotations

from tenants.kit.checks import Check
from tenants.kit.words import Words

CHECKS: tuple[Check, ...] = (
    Check(
        "rewards.points_are_in_the_ledger",
        "SELECT g.id FROM __tenant__.reward_grant g LEFT JOIN __tenant__.points_entry e ON e.id = g.points_entry"
        " AND e.member = g.member AND e.points = g.points WHERE g.points > 0 AND e.id IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM __tenant__.points_pending w WHERE w.id = g.points_entry"
        " AND w.member = g.member AND w.points = g.points)",
        Words(en="Granted points are in the ledger.", zh="已发放的积分均有流水。"),
    ),
    Check(
        "rewards.an_entry_has_one_grant",
        "SELECT points_entry FROM __tenant__.reward_grant WHERE points_entry IS NOT NULL"
        " GROUP BY points_entry HAVING count(*) > 1",
        Words(en="A points entry belongs to one grant.", zh="一条积分流水只属于一次发放。"),
    ),
    Check(
        "rewards.vouchers_are_in_the_members_hands",
        "SELECT g.id FROM __tenant__.reward_grant g LEFT JOIN __tenant__.voucher v ON v.id = g.voucher"
        " AND v.member = g.member AND v.template = g.voucher_template"
        " WHERE g.voucher_template IS NOT NULL AND g.voucher_refused IS NULL AND v.id IS NULL",
        Words(en="A granted voucher was issued, or the grant says why not.", zh="已发放的优惠券均已出券或注明原因。"),
    ),
    Check(
        "rewards.nothing_went_round_the_door",
        "SELECT e.id FROM __tenant__.points_entry e LEFT JOIN __tenant__.reward_grant g ON g.points_entry = e.id"
        " WHERE e.once LIKE 'reward/%' AND g.id IS NULL",
        Words(en="Points in the name of a reward have their grant.", zh="奖励积分均有发放记录。"),
    ),
)
