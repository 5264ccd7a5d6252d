"""What must always hold of check-ins: everything that is kept is derived again, from the visits and their versions.

A streak that an outage day makes longer is right only when its job is through, so these wait for it.
"""

from __future__ import annotations

from tenants.kit.checks import Check
from tenants.kit.words import Words

_HEALED = "NOT EXISTS (SELECT 1 FROM __tenant__.check_in_outage o WHERE o.healed_at IS NULL)"
# Visits with the streak that history gives them: a row begins where more days lie between than were outage days.
_DERIVED = """
paired AS (SELECT c.*, lag(c.day) OVER (PARTITION BY c.member ORDER BY c.day) AS last FROM __tenant__.check_in c),
begun AS (
    SELECT p.*, p.last IS NULL OR p.day - p.last - 1 > CASE WHEN p.day - p.last = 1 THEN 0 ELSE (
               SELECT count(*) FROM __tenant__.check_in_outage o
                WHERE o.withdrawn_at IS NULL AND o.day > p.last AND o.day < p.day) END AS begins FROM paired p),
rows AS (
    SELECT b.*, count(*) FILTER (WHERE b.begins) OVER (PARTITION BY b.member ORDER BY b.day) AS row_of FROM begun b),
derived AS (
    SELECT r.*, row_number() OVER (PARTITION BY r.member, r.row_of ORDER BY r.day) AS right_streak FROM rows r)"""
# A visit's streak counts what was made up, or became an outage day, after it was judged; `counted` does not. What lies
# between the two is the streak as of the last such day before it in its row. Where an outage day was withdrawn, or
# declared while the visit was under way, or two members were merged, the history of the time is not that of now.
_COUNTED = f"""
WITH {_DERIVED},
bridged AS (
    SELECT d.member, d.row_of, d.day, d.right_streak - 1 AS before, (
               SELECT max(o.declared_at) FROM __tenant__.check_in_outage o
                WHERE o.withdrawn_at IS NULL AND o.kind = 'declared' AND o.day > d.last AND o.day < d.day) AS at
      FROM derived d WHERE NOT d.begins AND d.day - d.last > 1),
unknown AS (
    SELECT d.id, x.right_streak AS since FROM derived d JOIN derived x ON x.member = d.member AND x.row_of = d.row_of
     WHERE x.made_up AND x.day < d.day AND x.nth > d.nth
    UNION ALL
    SELECT d.id, b.before FROM derived d JOIN bridged b ON b.member = d.member AND b.row_of = d.row_of
     WHERE b.day <= d.day AND b.at > d.at)
SELECT d.id FROM derived d LEFT JOIN (SELECT id, max(since) AS since FROM unknown GROUP BY id) u ON u.id = d.id
 WHERE d.counted <> d.right_streak - coalesce(u.since, 0) AND {_HEALED}
   AND NOT EXISTS (SELECT 1 FROM __tenant__.member_merge g WHERE g.target = d.member)
   AND NOT EXISTS (SELECT 1 FROM __tenant__.member_merge g WHERE g.source = d.member)
   AND NOT EXISTS (SELECT 1 FROM __tenant__.check_in_outage o WHERE o.withdrawn_at IS NOT NULL
                      OR o.declared_at BETWEEN d.at - interval '2 minutes' AND d.at + interval '2 minutes')
"""
_POSITION = (
    "CASE WHEN v.cycle_days IS NOT NULL THEN (c.counted - 1) % v.cycle_days + 1"
    " WHEN v.cycle = 'month' THEN least(c.counted, extract(day FROM c.day)::int) ELSE c.counted END"
)

CHECKS: tuple[Check, ...] = (
    Check(
        "check_ins.streak",
        f"WITH {_DERIVED} SELECT id FROM derived WHERE streak <> right_streak AND {_HEALED}",
        Words(en="A streak is that of the last day on which one had to come plus one", zh="连签天数按实际签到记录累计"),
    ),
    Check(
        "check_ins.counted",
        _COUNTED,
        Words(en="A visit was judged by the streak of its time", zh="每次签到按当时的连签天数计奖"),
    ),
    Check(
        "check_ins.judged",
        f"SELECT c.id FROM __tenant__.check_in c JOIN __tenant__.check_in_version v ON v.id = c.version"
        f" LEFT JOIN __tenant__.check_in_make_up u ON u.check_in = c.id"
        f" LEFT JOIN __tenant__.check_in_version b ON b.id = u.version"
        f" WHERE c.position <> {_POSITION} OR v.plan <> c.plan OR v.from_day > c.day OR c.made_up <> (u.id IS NOT NULL)"
        f" OR c.points <> CASE WHEN c.made_up AND NOT b.make_up_base THEN 0"
        f" ELSE v.base + v.increment * (least(c.position, v.increment_days) - 1) END",
        Words(en="Place and points of a visit are what its own version says", zh="签到的位置与积分符合当时的计划版本"),
    ),
    Check(
        "check_ins.points",
        "SELECT c.id FROM __tenant__.check_in c LEFT JOIN __tenant__.reward_grant g"
        " ON g.once = CASE WHEN c.made_up THEN 'make-up/' ELSE 'check-in/' END || coalesce(c.visitor, c.member) || '/'"
        " || c.day WHERE c.points <> coalesce(g.points + g.points_refused, 0)",
        Words(en="What a check-in earned was granted once", zh="每次签到的积分恰好发放一次"),
    ),
    Check(
        "check_ins.rewards",
        "SELECT r.id FROM __tenant__.check_in_reward r JOIN __tenant__.check_in c ON c.id = r.check_in"
        " LEFT JOIN __tenant__.reward_grant g ON g.once = 'check-in-reward/' || r.id"
        " LEFT JOIN __tenant__.reward_grant o ON"
        " o.once = 'milestone/' || coalesce(c.visitor, c.member) || '/' || c.day"
        " WHERE r.points <> coalesce(g.points + g.points_refused, o.points, 0)"
        " OR r.voucher_template IS DISTINCT FROM coalesce(g.voucher_template, o.voucher_template)",
        Words(en="What a visit earned besides was granted once", zh="每项签到附加奖励恰好发放一次"),
    ),
    Check(
        "check_ins.promised",
        "SELECT r.id FROM __tenant__.check_in_reward r JOIN __tenant__.check_in c ON c.id = r.check_in"
        " JOIN __tenant__.check_in_term t ON t.id = r.term WHERE NOT c.made_up AND (t.version <> c.version"
        " OR r.points <> t.points + floor(c.points * (t.multiplier - 1)) OR r.growth <> t.growth"
        " OR r.voucher_template IS DISTINCT FROM t.voucher_template"
        " OR (t.kind = 'milestone' AND t.place <> c.position) OR (t.kind = 'special' AND t.day <> c.day)"
        " OR (t.kind = 'special' AND t.day IS NULL AND (t.month <> extract(month FROM c.day)"
        " OR t.month_day <> extract(day FROM c.day))))",
        Words(en="What a visit earned besides is what its version promises", zh="附加奖励符合当时的计划版本"),
    ),
    Check(
        "check_ins.milestones",
        "SELECT c.id FROM __tenant__.check_in c JOIN __tenant__.check_in_term t ON t.version = c.version"
        " AND t.kind = 'milestone' AND t.place = c.position AND t.repeats WHERE NOT c.made_up AND NOT EXISTS"
        " (SELECT 1 FROM __tenant__.check_in_reward r WHERE r.check_in = c.id AND r.term = t.id)"
        " AND NOT EXISTS (SELECT 1 FROM __tenant__.check_in_reward r"
        " WHERE r.member = c.member AND r.occasion = c.day || '/milestone/' || t.place || '/' || t.slot)",
        Words(en="Every milestone that was reached was given", zh="达成的里程碑均已发放"),
    ),
    Check(
        "check_ins.standing",
        "SELECT coalesce(s.member, l.member) FROM __tenant__.check_in_standing s FULL JOIN (SELECT DISTINCT ON (member)"
        " member, id, day, streak, count(*) OVER (PARTITION BY member) AS total FROM __tenant__.check_in"
        " ORDER BY member, day DESC) l ON l.member = s.member"
        " WHERE (s.visit, s.day, s.streak, s.total::bigint) IS DISTINCT FROM (l.id, l.day, l.streak, l.total)",
        Words(en="Where a member stands is their latest visit", zh="会员当前连签状态与最近一次签到一致"),
    ),
    Check(
        "check_ins.paid",
        "SELECT u.id FROM __tenant__.check_in_make_up u JOIN __tenant__.check_in c ON c.id = u.check_in"
        " LEFT JOIN __tenant__.points_entry e ON e.once = 'make-up/' || u.member || '/' || c.day"
        " JOIN __tenant__.check_in_version v ON v.id = u.version WHERE u.price <> -coalesce(e.points, 0)"
        " OR u.price <> v.make_up_price + v.make_up_step * (u.number - 1)",
        Words(en="A make-up cost what the plan says, once", zh="补签扣减的积分与计划一致且仅一次"),
    ),
    Check(
        "check_ins.one_plan",
        "SELECT a.id FROM __tenant__.check_in_plan a JOIN __tenant__.check_in_plan b ON a.id < b.id AND a.active"
        " AND b.active AND a.starts_on IS NOT DISTINCT FROM b.starts_on",
        Words(en="No two plans that are on start on the same day", zh="启用中的计划开始日期互不相同"),
    ),
)
