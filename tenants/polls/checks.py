"""What must always hold of polls, each counter derived anew from the ballots."""

from __future__ import annotations

from tenants.kit.checks import Check
from tenants.kit.words import Words

CHECKS: tuple[Check, ...] = (
    Check(
        "polls.tally",
        """
        SELECT coalesce(t.poll, b.poll) AS poll, coalesce(t.option, b.option) AS option, t.votes, b.votes AS ballots
          FROM __tenant__.poll_tally t FULL JOIN (
              SELECT b.poll, o.option, count(*) AS votes FROM __tenant__.poll_ballot b
               CROSS JOIN LATERAL unnest(b.options) AS o(option) GROUP BY b.poll, o.option) b
            ON b.option = t.option AND b.poll = t.poll
         WHERE t.votes IS DISTINCT FROM coalesce(b.votes, 0)
        """,
        Words(en="An option's tally is the number of ballots that chose it.", zh="每个选项的票数与选票一致。"),
    ),
    Check(
        "polls.turnout",
        """
        SELECT p.id AS poll, t.ballots, t.members, b.ballots AS standing, b.members AS voters
          FROM __tenant__.poll p LEFT JOIN __tenant__.poll_turnout t ON t.poll = p.id
          LEFT JOIN (SELECT poll, count(*) AS ballots, count(DISTINCT member) AS members FROM __tenant__.poll_ballot
                      WHERE cardinality(options) > 0 GROUP BY poll) b ON b.poll = p.id
         WHERE t.ballots IS DISTINCT FROM coalesce(b.ballots, 0) OR t.members IS DISTINCT FROM coalesce(b.members, 0)
        """,
        Words(
            en="The turnout is the number of ballots that stand, and of their members.",
            zh="投票数与人数和有效选票一致。",
        ),
    ),
    Check(
        "polls.ballots",
        """
        SELECT b.id, b.poll, b.options FROM __tenant__.poll_ballot b JOIN __tenant__.poll p ON p.id = b.poll
         WHERE cardinality(b.options) > 0
           AND (cardinality(b.options) NOT BETWEEN p.choices_min AND p.choices_max
                OR cardinality(b.options) <> (SELECT count(DISTINCT o.id) FROM __tenant__.poll_option o
                                               WHERE o.poll = b.poll AND o.id = ANY(b.options)))
            OR (b.period = DATE '1970-01-01') <> (p.period = 'ever')
            OR p.state = 'draft'
        """,
        Words(
            en="A ballot chooses as many options of its own poll as its poll says.",
            zh="选票所选均为该投票的选项且数量相符。",
        ),
    ),
    Check(
        "polls.window",
        """
        SELECT b.id, b.at, b.changed_at, p.starts_at, p.ends_at FROM __tenant__.poll_ballot b
          JOIN __tenant__.poll p ON p.id = b.poll
         WHERE b.at < p.starts_at OR b.at >= p.ends_at OR b.changed_at >= p.ends_at
        """,
        Words(
            en="Nothing was counted before a poll began or after it had closed.", zh="开始前与结束后没有计入任何选票。"
        ),
    ),
    Check(
        "polls.tallies_are_whole",
        """
        SELECT o.id FROM __tenant__.poll_option o
          LEFT JOIN __tenant__.poll_tally t ON t.option = o.id AND t.poll = o.poll
         WHERE t.option IS NULL
        """,
        Words(en="Every option has its tally.", zh="每个选项都有计票。"),
    ),
    Check(
        "polls.given",
        """
        SELECT t.poll, t.points, t.vouchers, g.points AS granted, g.vouchers AS issued
          FROM __tenant__.poll_turnout t LEFT JOIN (
              SELECT substr(once, 6, 32) AS poll, sum(points) AS points, count(voucher) AS vouchers
                FROM __tenant__.reward_grant WHERE why = 'poll' GROUP BY 1) g ON g.poll = replace(t.poll::text, '-', '')
         WHERE t.points <> coalesce(g.points, 0) OR t.vouchers <> coalesce(g.vouchers, 0)
        """,
        Words(en="What a poll has given is the sum of its grants.", zh="投票累计奖励与发放记录一致。"),
    ),
    Check(
        "polls.rewards",
        """
        WITH given AS MATERIALIZED (
            SELECT substr(once, 6, 32) AS poll, substr(once, 72) AS period, min(once) AS once
              FROM __tenant__.reward_grant WHERE why = 'poll' GROUP BY 1, 2),
        voted AS MATERIALIZED (
            SELECT replace(poll::text, '-', '') AS poll, period::text AS period
              FROM __tenant__.poll_ballot GROUP BY 1, 2)
        SELECT g.once FROM given g
         WHERE NOT EXISTS (SELECT 1 FROM voted v WHERE v.poll = g.poll AND v.period = g.period)
        """,
        Words(en="What was given for voting has a ballot of that poll and period.", zh="投票奖励均有对应的选票。"),
    ),
)
