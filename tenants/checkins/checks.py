"""What must always hold of check-ins."""

from __future__ import annotations

from tenants.kit.checks import Check
from tenants.kit.words import Words

CHECKS: tuple[Check, ...] = (
    Check(
        "check_ins.streak",
        "SELECT c.id FROM __tenant__.check_in c"
        " LEFT JOIN __tenant__.check_in y ON y.member = c.member AND y.day = c.day - 1"
        " WHERE c.streak <> coalesce(y.streak, 0) + 1",
        Words(en="A streak is that of the day before plus one", zh="连签天数等于前一天加一"),
    ),
    Check(
        "check_ins.points",
        "SELECT c.id FROM __tenant__.check_in c LEFT JOIN __tenant__.reward_grant g"
        " ON g.once = 'check-in/' || c.member || '/' || c.day WHERE c.points <> coalesce(g.points, 0)",
        Words(en="What a check-in earned was granted once", zh="每次签到的积分恰好发放一次"),
    ),
    Check(
        "check_ins.milestone",
        "SELECT c.id FROM __tenant__.check_in c LEFT JOIN __tenant__.reward_grant g"
        " ON g.once = 'milestone/' || c.member || '/' || c.day WHERE c.milestone_points <> coalesce(g.points, 0)",
        Words(en="What a milestone gives was granted once", zh="每个里程碑奖励恰好发放一次"),
    ),
)
