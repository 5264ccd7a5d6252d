"""What is going to lapse: how much on which day, under the present rules or others, and who has to be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tenants.kit import clock, facts, ids
from tenants.points.rules.dating import DEADLINE, TERM
from tenants.points.rules.news import Notice, WillLapse
from tenants.points.rules.policy import Policy, checked
from tenants.points.rules.policy import policy as present
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    import uuid
    from datetime import date, datetime

DAYS = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapsing:
    """So many points of so many members lapse at the end of a day."""

    day: date
    members: int
    points: int


# Points that would be past their day already would go at once, which is today.
_BY_DAY = """
SELECT greatest(((ended AT TIME ZONE zone) - interval '1 second')::date, (now AT TIME ZONE zone)::date) AS day,
    count(DISTINCT member) AS members, sum(remaining)::bigint AS points
FROM dated WHERE ended <= now + make_interval(days => days) GROUP BY 1 ORDER BY 1
"""
_PRESENT = f"""
WITH here AS (SELECT $1::timestamptz AS now, $2::text AS zone, $3::int AS days), dated AS (
    SELECT l.member, l.remaining, {DEADLINE} AS ended, here.* FROM __tenant__.points_lot l
    JOIN __tenant__.points_policy policy ON policy.id = 1 CROSS JOIN here WHERE l.remaining > 0
) {_BY_DAY}
"""
_HYPOTHETICAL = f"""
WITH here AS (SELECT $1::timestamptz AS now, $2::text AS zone, $3::int AS days), policy AS (
    SELECT $4::text AS expiry, $5::int AS validity_days, $6::int AS validity_months, $7::text AS rounding,
        $8::smallint[] AS calendar_days, $9::int AS minimum_days, $10::int AS inactivity_days
), born AS (
    SELECT l.member, l.remaining, l.earned_at AS moment, a.active_at, here.* FROM __tenant__.points_lot l
    JOIN __tenant__.points_account a ON a.member = l.member CROSS JOIN here WHERE l.remaining > 0
), dated AS (
    SELECT born.member, born.remaining, born.now, born.zone, born.days, CASE policy.expiry WHEN 'inactivity' THEN
        ((greatest(born.moment, born.active_at) AT TIME ZONE born.zone)::date + policy.inactivity_days + 1)::timestamp
        ELSE term.ends END AT TIME ZONE born.zone AS ended
    FROM born CROSS JOIN policy {TERM}
) {_BY_DAY}
"""


async def expiring(*, days: int = DAYS, policy: Policy | None = None) -> list[Lapsing]:
    """What lapses on each of the days ahead, if nothing more happens.

    With a `policy`, as if all points that are there had been earned under it. Raises Invalid.
    """
    here: list[Any] = [clock.now(), current_tenant().timezone, min(days, 3_660)]
    if policy is None:
        rows = await DB.fetch(_PRESENT, *here)
    else:
        tried = checked(policy)
        rows = await DB.fetch(
            _HYPOTHETICAL, *here, tried.expiry, tried.validity_days, tried.validity_months, tried.rounding,
            list(tried.calendar_days), tried.minimum_days, tried.inactivity_days)  # fmt: skip
    return [Lapsing(day=row["day"], members=row["members"], points=row["points"]) for row in rows]


# Who is to be told is found by dates first, as few as fit in one batch, and only their lots are added up.
_TELL = """(SELECT m.state FROM __tenant__.member m WHERE m.id = l.member) = 'active'
    AND NOT EXISTS (SELECT 1 FROM __tenant__.points_notice n WHERE n.member = l.member AND n.expires_at ="""
_WARN = f"""
WITH untold AS (
    SELECT found.*, row_number() OVER (ORDER BY ended, member) AS place FROM (
        (SELECT l.member, l.expires_at AS ended FROM __tenant__.points_lot l
            WHERE l.remaining > 0 AND l.expires_at > $1::timestamptz AND l.expires_at <= $2::timestamptz
            AND {_TELL} l.expires_at) ORDER BY l.expires_at LIMIT cardinality($4::uuid[]))
        UNION
        (SELECT l.member, {DEADLINE} FROM __tenant__.points_lot l
            JOIN __tenant__.points_policy policy ON policy.id = 1 CROSS JOIN (SELECT $3::text AS zone) here
            WHERE l.slides AND l.remaining > 0 AND {DEADLINE} > $1::timestamptz AND {DEADLINE} <= $2::timestamptz
            AND {_TELL} {DEADLINE}) LIMIT cardinality($4::uuid[]))
    ) found
)
INSERT INTO __tenant__.points_notice (id, member, expires_at, points, at)
SELECT ids.id, untold.member, ended, (
    SELECT sum(l.remaining)::bigint FROM __tenant__.points_lot l
    JOIN __tenant__.points_policy policy ON policy.id = 1 CROSS JOIN (SELECT $3::text AS zone) here
    WHERE l.member = untold.member AND l.remaining > 0 AND {DEADLINE} = ended
), $1::timestamptz
FROM untold JOIN unnest($4::uuid[]) WITH ORDINALITY AS ids(id, place) USING (place) ORDER BY untold.member, ended
ON CONFLICT (member, expires_at) DO NOTHING RETURNING id, member, points, expires_at
"""


async def warn(*, limit: int = 1_000) -> int:
    """Tell of points that lapse within the shop's notice, once for each member and date; how many, at most `limit`.

    Not of who is blocked or gone.
    """
    days = (await present()).notice_days
    if not days:
        return 0
    moment = clock.now()
    rows = await DB.fetch(
        _WARN, moment, moment + timedelta(days=days), current_tenant().timezone,
        [ids.new() for _ in range(limit)])  # fmt: skip
    if rows:
        await facts.announce(WillLapse(notices=tuple(_notice(row) for row in rows)))
    return len(rows)


async def notices(*, member: uuid.UUID | None = None, limit: int = 20, before: uuid.UUID | None = None) -> list[Notice]:
    """Who was told of what, the latest first; `before` is the last id of the page before."""
    rows = await DB.fetch(
        "SELECT * FROM __tenant__.points_notice WHERE ($1::uuid IS NULL OR member = $1)"
        " AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3", member, before, limit)  # fmt: skip
    return [_notice(row) for row in rows]


def _notice(row: Any) -> Notice:
    at: datetime = row["expires_at"]
    return Notice(id=row["id"], member=row["member"], points=row["points"], expires_at=at)
