"""What must always hold of rewards."""

from __future__ import annotations

from tenants.kit.checks import Check
from tenants.kit.words import Words

CHECKS: tuple[Check, ...] = (
    Check(
        "rewards.points_are_in_the_ledger",
        "SELECT g.id FROM __tenant__.reward_grant g LEFT JOIN __tenant__.points_entry e ON e.id = g.points_entry"
        " AND e.member = g.member AND e.points = g.points WHERE g.points > 0 AND e.id IS NULL"
        # What is still to come is handed over when its member is merged.
        " AND NOT EXISTS (SELECT 1 FROM __tenant__.points_pending w WHERE w.id = g.points_entry"
        " AND w.points = g.points AND (w.member = g.member OR EXISTS"
        " (SELECT 1 FROM __tenant__.points_transfer t WHERE w.id = ANY(t.pending))))",
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
        "SELECT g.id FROM __tenant__.reward_grant g JOIN __tenant__.member m ON m.id = g.member"
        " LEFT JOIN __tenant__.voucher v ON v.id = g.voucher"
        " AND (v.member = coalesce(m.merged_into, m.id) OR v.handed_on_from IS NOT NULL)"
        " AND v.template = g.voucher_template"
        " WHERE g.voucher_template IS NOT NULL AND g.voucher_refused IS NULL AND v.id IS NULL",
        Words(en="A granted voucher was issued, or the grant says why not.", zh="已发放的优惠券均已出券或注明原因。"),
    ),
    Check(
        "rewards.nothing_went_round_the_door",
        "SELECT e.id FROM __tenant__.points_entry e LEFT JOIN __tenant__.reward_grant g ON g.points_entry = e.id"
        " WHERE e.once LIKE 'reward/%' AND g.id IS NULL",
        Words(en="Points in the name of a reward have their grant.", zh="奖励积分均有发放记录。"),
    ),
    Check(
        "rewards.budgets_count_what_went_out",
        # For a budget that was not changed since: what it was before, nobody wrote down.
        "SELECT u.id, u.points FROM __tenant__.reward_budget_use u JOIN __tenant__.reward_budget b ON b.id = u.budget"
        " WHERE b.updated_at = b.created_at AND u.points <> (SELECT coalesce(sum(g.points), 0)"
        " FROM __tenant__.reward_grant g WHERE g.why = b.why AND g.id > b.id AND g.given_on >= u.starts_on"
        " AND g.given_on < u.starts_on + CASE b.period WHEN 'day' THEN interval '1 day' ELSE interval '1 month' END)",
        Words(en="What is counted of a budget went out.", zh="预算已用与实际发放一致。"),
    ),
    Check(
        "rewards.growth_is_in_the_ledger",
        "SELECT g.id FROM __tenant__.reward_grant g LEFT JOIN __tenant__.growth_entry e"
        " ON e.once = 'reward/' || g.once AND e.amount = g.growth WHERE g.growth > 0 AND e.id IS NULL",
        Words(en="Granted growth is in the ledger of growth.", zh="已发放的成长值均有流水。"),
    ),
    Check(
        "rewards.level_gifts_were_given_as_noted",
        "SELECT l.id FROM __tenant__.level_gift_given l JOIN __tenant__.reward_grant g ON g.id = l.reward"
        " WHERE g.once <> 'level-gift/' || l.id OR g.points + g.points_refused <> l.points"
        " OR g.voucher_template IS DISTINCT FROM l.voucher_template",
        Words(en="A level's gift was given as it was due.", zh="等级礼遇发放与应发一致。"),
    ),
)
