"""What must always hold of profile completion."""

from __future__ import annotations

from tenants.kit.checks import Check
from tenants.kit.words import Words

CHECKS: tuple[Check, ...] = (
    Check(
        "profiles.answers_are_granted_once",
        """
        SELECT a.id, a.state, a.points FROM __tenant__.profile_answer a
          LEFT JOIN __tenant__.reward_grant g ON g.once = a.once
         WHERE CASE WHEN a.state = 'rewarded' AND (a.points > 0 OR a.voucher_template IS NOT NULL)
                    THEN g.id IS NULL OR g.points > a.points OR g.voucher_template IS DISTINCT FROM a.voucher_template
                    ELSE g.id IS NOT NULL END
        """,
        Words(en="A rewarded answer was granted, and no other was.", zh="仅已奖励的资料项有对应发放，且恰好一次。"),
    ),
    Check(
        "profiles.completions_are_granted_once",
        """
        SELECT c.id, c.points FROM __tenant__.profile_completion c
          LEFT JOIN __tenant__.reward_grant g ON g.once = c.once
         WHERE CASE WHEN c.points > 0 OR c.voucher_template IS NOT NULL THEN g.id IS NULL OR g.points > c.points
                    ELSE g.id IS NOT NULL END
        """,
        Words(en="A completed profile was granted what it gives, once.", zh="完善全部资料的奖励恰好发放一次。"),
    ),
    Check(
        "profiles.nothing_is_granted_besides",
        """
        SELECT g.id, g.once FROM __tenant__.reward_grant g
         WHERE g.why = 'profile'
           AND NOT EXISTS (SELECT 1 FROM __tenant__.profile_answer a WHERE a.once = g.once)
           AND NOT EXISTS (SELECT 1 FROM __tenant__.profile_completion c WHERE c.once = g.once)
        """,
        Words(en="What was granted for a profile has its answer.", zh="完善资料的发放均有对应的资料项。"),
    ),
)
