"""Streaks derived anew from the visits and the outage days: after an outage is declared or withdrawn, and after merges.

Everything here works on members whose standings are locked, and changes only what is different.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence
    from datetime import date

# A visit begins a row where it has none before it, or where a day between the two is no outage day. What lies between
# is looked at only where there is a gap. The last visit before the span brings the streak that it has.
_DERIVE = """
WITH whose AS (SELECT unnest($1::uuid[]) AS member),
seen AS (
    SELECT c.id, c.member, c.day, c.streak, true AS inside FROM whose JOIN __tenant__.check_in c USING (member)
     WHERE c.day >= $2::date
    UNION ALL
    SELECT b.id, whose.member, b.day, b.streak, false FROM whose CROSS JOIN LATERAL (
        SELECT c.id, c.day, c.streak FROM __tenant__.check_in c
         WHERE c.member = whose.member AND c.day < $2::date ORDER BY c.day DESC LIMIT 1) b),
paired AS (SELECT seen.*, lag(day) OVER (PARTITION BY member ORDER BY day) AS last FROM seen),
begun AS (
    SELECT paired.*, last IS NULL OR day - last - 1 > CASE WHEN day - last = 1 THEN 0 ELSE (
               SELECT count(*) FROM __tenant__.check_in_outage o
                WHERE o.withdrawn_at IS NULL AND o.day > paired.last AND o.day < paired.day) END AS begins
      FROM paired),
rows AS (
    SELECT begun.*, count(*) FILTER (WHERE begins) OVER (PARTITION BY member ORDER BY day) AS row_of FROM begun),
derived AS (
    SELECT id, inside, streak, row_number() OVER (PARTITION BY member, row_of ORDER BY day)
           + first_value(CASE WHEN inside THEN 0 ELSE streak - 1 END) OVER (PARTITION BY member, row_of ORDER BY day)
           AS right_streak
      FROM rows)
UPDATE __tenant__.check_in c SET streak = d.right_streak
  FROM derived d WHERE c.id = d.id AND d.inside AND d.streak <> d.right_streak
RETURNING c.id
"""

_STAND = """
UPDATE __tenant__.check_in_standing s SET day = l.day, streak = l.streak, total = l.total, visit = l.id
  FROM (SELECT DISTINCT ON (c.member) c.member, c.id, c.day, c.streak,
               count(*) OVER (PARTITION BY c.member)::int AS total
          FROM __tenant__.check_in c WHERE c.member = ANY($1::uuid[]) ORDER BY c.member, c.day DESC) l
 WHERE s.member = l.member AND (s.visit, s.day, s.streak, s.total) IS DISTINCT FROM (l.id, l.day, l.streak, l.total)
"""


async def derive(members: Sequence[uuid.UUID], *, since: date) -> int:
    """Derive the streaks of members' visits from a day on, and their standings. Returns how many streaks changed.

    The members' standings have to be locked, and what lies before the day to be right.
    """
    changed = await DB.fetch(_DERIVE, list(members), since)
    await DB.fetch(_STAND, list(members))
    return len(changed)
