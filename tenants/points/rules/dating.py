"""Until when points last: the shop's rules as SQL, for statements, and the same in Python, for people.

A day is a day of the shop's clock, and points last to its end. A test holds the two together.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from tenants.kit import clock

if TYPE_CHECKING:
    from collections.abc import Sequence

Expiry = Literal["never", "rolling", "calendar", "inactivity"]
Rounding = Literal["day", "month", "quarter", "half_year", "year"]

# For a FROM clause that has `policy` (a row of points_policy, or one like it) and `born` with the columns `moment` and
# `zone`; gives `term.ends`, the local midnight at which points end, null for never. A date that the year does not have
# (29 February) is the last of its month.
TERM = """LEFT JOIN LATERAL (
    SELECT CASE policy.expiry
        WHEN 'rolling' THEN CASE policy.rounding
            WHEN 'month' THEN date_trunc('month', aged.day) + interval '1 month'
            WHEN 'quarter' THEN date_trunc('quarter', aged.day) + interval '3 months'
            WHEN 'half_year' THEN date_trunc('year', aged.day)
                + CASE WHEN extract(month FROM aged.day) <= 6 THEN interval '6 months' ELSE interval '1 year' END
            WHEN 'year' THEN date_trunc('year', aged.day) + interval '1 year'
            ELSE aged.day + interval '1 day' END
        WHEN 'calendar' THEN (
            SELECT min(fixed.day) + interval '1 day' FROM (
                SELECT least(make_date(years.year, d / 100, 1)::timestamp + interval '1 month' - interval '1 day',
                             make_date(years.year, d / 100, 1)::timestamp + make_interval(days => d % 100 - 1)) AS day
                FROM unnest(policy.calendar_days) AS d,
                     generate_series(extract(year FROM kept.day)::int, extract(year FROM kept.day)::int + 1)
                         AS years(year)
            ) fixed WHERE fixed.day >= kept.day)
        END AS ends
    FROM (SELECT (born.moment AT TIME ZONE born.zone)::date::timestamp AS day) made,
    LATERAL (SELECT made.day + make_interval(months => coalesce(policy.validity_months, 0))
                    + make_interval(days => coalesce(policy.validity_days, 0)) AS day) aged,
    LATERAL (SELECT made.day + make_interval(days => policy.minimum_days) AS day) kept
) term ON true"""

# When the points of a lot `l` end: its date, or for one that slides so many days after its member was last active,
# which is looked up for such a lot only. `policy` and `zone` are there in the query.
DEADLINE = """CASE WHEN l.slides THEN (
    (greatest(l.earned_at, (SELECT a.active_at FROM __tenant__.points_account a WHERE a.member = l.member))
        AT TIME ZONE zone)::date + policy.inactivity_days + 1
)::timestamp AT TIME ZONE zone ELSE l.expires_at END"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How points lapse.

    `rolling`: so many months and days on, to the end of that day, month and so on; `calendar`: on fixed days of the
    year, each month × 100 + day, once they are `minimum_days` old; `inactivity`: so many days after the member's last
    movement.
    """

    expiry: Expiry = "never"
    validity_days: int | None = None
    validity_months: int | None = None
    rounding: Rounding = "day"
    calendar_days: Sequence[int] = ()
    minimum_days: int = 0
    inactivity_days: int | None = None


def ends(terms: Terms, *, earned_at: datetime, zone: str) -> datetime | None:
    """When points lapse that are earned at a moment; None for never. For inactivity, if nothing more happens."""
    day = clock.today(zone, earned_at)
    if terms.expiry == "rolling":
        day = _rounded(_later(day, terms), terms.rounding)
    elif terms.expiry == "calendar":
        day = _next_fixed(day + timedelta(days=terms.minimum_days), terms.calendar_days)
    elif terms.expiry == "inactivity":
        day += timedelta(days=terms.inactivity_days or 0)
    else:
        return None
    return clock.local(zone, day + timedelta(days=1))


def _later(day: date, terms: Terms) -> date:
    months = day.year * 12 + day.month - 1 + (terms.validity_months or 0)
    year, month = divmod(months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last)) + timedelta(days=terms.validity_days or 0)


def _rounded(day: date, rounding: Rounding) -> date:
    months = {"day": 0, "month": 1, "quarter": 3, "half_year": 6, "year": 12}[rounding]
    if not months:
        return day
    month = -(-day.month // months) * months
    return date(day.year, month, calendar.monthrange(day.year, month)[1])


def _next_fixed(day: date, fixed: Sequence[int]) -> date:
    return min(
        found
        for year in (day.year, day.year + 1)
        for number in fixed
        if (found := date(year, number // 100, min(number % 100, calendar.monthrange(year, number // 100)[1]))) >= day
    )
