"""What must always hold of levels: totals, standings and history, each worked out anew from what it comes of."""

from __future__ import annotations

from tenants.kit.checks import Check
from tenants.kit.words import Words

CHECKS: tuple[Check, ...] = (
    Check(
        "levels.totals_are_sums_of_entries",
        "SELECT coalesce(s.member, e.member) AS member FROM __tenant__.level_standing s FULL JOIN (SELECT member,"
        " coalesce(sum(amount) FILTER (WHERE kind = 'spend'), 0) AS spend,"
        " coalesce(sum(amount) FILTER (WHERE kind = 'growth'), 0) AS growth,"
        " coalesce(sum(amount) FILTER (WHERE kind = 'points'), 0) AS points"
        " FROM __tenant__.growth_entry GROUP BY member) e ON e.member = s.member"
        " WHERE (coalesce(s.spend, 0), coalesce(s.growth, 0), coalesce(s.points, 0))"
        " IS DISTINCT FROM (coalesce(e.spend, 0), coalesce(e.growth, 0), coalesce(e.points, 0))",
        Words(en="What counts in all is the sum of its entries.", zh="累计值等于全部成长流水之和。"),
    ),
    Check(
        "levels.best_earned_is_the_best_open_hold",
        "SELECT s.member FROM __tenant__.level_standing s LEFT JOIN __tenant__.level l ON l.id = s.earned"
        " LEFT JOIN (SELECT h.member, max(r.rank) AS rank FROM __tenant__.level_hold h"
        " JOIN __tenant__.level r ON r.id = h.level WHERE h.ended IS NULL AND h.how IN ('earned', 'kept')"
        " GROUP BY h.member) h ON h.member = s.member WHERE coalesce(l.rank, 0) <> coalesce(h.rank, 0)",
        Words(en="The best earned level is that of the best open hold.", zh="已得最高等级与有效记录一致。"),
    ),
    Check(
        "levels.the_level_is_what_the_holds_come_to",
        "SELECT s.member, s.level FROM __tenant__.level_standing s LEFT JOIN __tenant__.level l ON l.id = s.level"
        " LEFT JOIN (SELECT h.member, max(r.rank) FILTER (WHERE h.how <> 'at_most') AS best,"
        " min(r.rank) FILTER (WHERE h.how = 'at_most') AS cap FROM __tenant__.level_hold h"
        " JOIN __tenant__.level r ON r.id = h.level WHERE h.ended IS NULL GROUP BY h.member) h ON h.member = s.member"
        " LEFT JOIN __tenant__.level lowest ON lowest.threshold = 0"
        " WHERE coalesce(l.rank, 0) <> CASE WHEN least(h.best, h.cap) = lowest.rank THEN 0"
        " ELSE least(coalesce(h.best, 0), h.cap, coalesce(h.best, 0)) END",
        Words(en="A member's level is the best of their holds.", zh="会员等级与其持有记录一致。"),
    ),
    Check(
        "levels.the_last_move_led_to_the_level",
        "SELECT s.member, s.level, c.after FROM __tenant__.level_standing s LEFT JOIN LATERAL"
        " (SELECT after FROM __tenant__.level_change WHERE member = s.member ORDER BY id DESC LIMIT 1) c ON true"
        " WHERE s.level IS DISTINCT FROM c.after",
        Words(en="The last move of the history led to the present level.", zh="最近一次等级变动与当前等级一致。"),
    ),
    Check(
        "levels.each_move_begins_where_the_last_one_ended",
        "SELECT id FROM (SELECT id, before, lag(after) OVER (PARTITION BY member ORDER BY id) AS earlier, why,"
        " row_number() OVER (PARTITION BY member ORDER BY id) AS place FROM __tenant__.level_change) c"
        " WHERE place > 1 AND before IS DISTINCT FROM earlier AND why NOT IN ('merged', 'unmerged')",
        Words(en="A move begins where the one before it ended.", zh="等级变动前后衔接。"),
    ),
    Check(
        "levels.earned_levels_still_add_up",
        "SELECT h.id FROM __tenant__.level_hold h JOIN __tenant__.level_policy p ON p.active"
        " AND p.recount_after IS NULL WHERE h.ended IS NULL AND h.how = 'earned' AND h.basis = p.basis"
        " AND h.needed > coalesce((SELECT sum(e.amount) FROM __tenant__.growth_entry e WHERE e.member = h.member"
        " AND e.kind = h.basis AND e.day BETWEEN coalesce(h.counted_from, '-infinity'::date) AND h.counted_to), 0)",
        Words(en="What an earned level was earned with still adds up.", zh="已得等级的达成依据仍然成立。"),
    ),
    Check(
        "levels.policy_is_one_row",
        "SELECT count(*) FROM __tenant__.level_policy HAVING count(*) <> 1",
        Words(en="There is one policy for levels.", zh="等级规则有且只有一条。"),
    ),
)
