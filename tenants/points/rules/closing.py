"""The books by day: what moved, what was open at its end, and a seal by which later changes come to light.

A day's entries are those that were recorded on it, by the shop's clock; what is told late counts on the day on which it
was told. So a closed day never changes, and each seal is made of the one before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tenants.kit import clock, ids
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.points.rules.reasons import Why
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

# Clocks of processes may differ by so much, and no transaction lasts as long: then all of a day has been recorded.
GRACE = timedelta(minutes=10)
REPORT_DAYS_MAX = 366

# Under which heading of the report an entry `e` comes.
KIND = f"""CASE WHEN e.why IN ('{Why.MERGE_IN}', '{Why.MERGE_OUT}') THEN 'moved'
    WHEN e.why = '{Why.EXPIRED}' THEN 'expired'
    WHEN e.reverses IS NOT NULL OR e.why = '{Why.MALL_RETURN}' THEN 'reversed' WHEN e.points > 0 THEN 'earned'
    WHEN e.why IN ('{Why.ORDER_REFUND}', '{Why.STAFF}', '{Why.DEBT_REPAID}') THEN 'taken_back' ELSE 'spent' END"""

# The sums of entries by heading; over rows with `points` and `kind`.
SUMS = """count(*) AS entries,
    coalesce(sum(points) FILTER (WHERE kind = 'earned'), 0)::bigint AS earned,
    -coalesce(sum(points) FILTER (WHERE kind = 'spent'), 0)::bigint AS spent,
    -coalesce(sum(points) FILTER (WHERE kind = 'taken_back'), 0)::bigint AS taken_back,
    coalesce(sum(points) FILTER (WHERE kind = 'reversed'), 0)::bigint AS reversed,
    -coalesce(sum(points) FILTER (WHERE kind = 'expired'), 0)::bigint AS expired,
    coalesce(sum(points) FILTER (WHERE kind = 'moved'), 0)::bigint AS moved,
    coalesce(sum(points), 0)::bigint AS change"""

# What an entry says that must never change; not its note and its facts, which go when a person is erased.
ENTRY_HASH = """sha256(convert_to(concat_ws('|', e.id, e.member, e.points, e.why, coalesce(e.reverses::text, '-'),
    (extract(epoch FROM e.at) * 1000000)::bigint, (extract(epoch FROM e.recorded_at) * 1000000)::bigint, e.once),
    'UTF8'))"""

# From the hash before, the day, how many entries it has and the hash over them; all four are columns.
DAY_HASH = """encode(sha256(convert_to(concat_ws('|', before, to_char(day, 'YYYY-MM-DD'), entries), 'UTF8')
    || coalesce(content, ''::bytea)), 'hex')"""

# Open at a moment $2: what is to come of what had been promised by then, and what was owed.
_OPEN = """
    (SELECT coalesce(sum(w.points - coalesce(t.points, 0)), 0)::bigint FROM __tenant__.points_pending w
        LEFT JOIN (SELECT from_entry, sum(pending) AS points FROM __tenant__.points_take_back
            WHERE pending > 0 AND at < $2::timestamptz GROUP BY from_entry) t ON t.from_entry = w.id
        WHERE w.recorded_at < $2::timestamptz AND (w.decided_at IS NULL OR w.decided_at >= $2::timestamptz)
    ) AS pending,
    (SELECT coalesce(sum(points), 0)::bigint FROM __tenant__.points_debt WHERE at < $2::timestamptz) AS debt"""

_FIGURES = f"""
WITH recorded AS (
    SELECT e.points, {KIND} AS kind FROM __tenant__.points_entry e
    WHERE e.recorded_at >= $1::timestamptz AND e.recorded_at < $2::timestamptz
)
SELECT {SUMS}, {_OPEN}, (SELECT value_amount / value_points FROM __tenant__.points_policy WHERE id = 1) AS rate
FROM recorded
"""

# The hash over a day is made minute by minute, so that it takes little memory however much happened.
_CLOSE = f"""
WITH minutes AS (
    SELECT date_trunc('minute', e.recorded_at AT TIME ZONE 'UTC') AS minute, count(*) AS entries,
        sha256(string_agg({ENTRY_HASH}, ''::bytea ORDER BY e.recorded_at, e.id)) AS content
    FROM __tenant__.points_entry e WHERE e.recorded_at >= $2::timestamptz AND e.recorded_at < $3::timestamptz
    GROUP BY 1
), hashed AS (
    SELECT $1::date AS day, $4::text AS before, coalesce(sum(entries), 0)::bigint AS entries,
        string_agg(content, ''::bytea ORDER BY minute) AS content
    FROM minutes
)
INSERT INTO __tenant__.points_day (id, day, starts_at, ends_at, entries, earned, spent, taken_back, reversed, expired,
    moved, balance, pending, debt, value, seal, closed_at)
SELECT $16, day, $2, $3, entries, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, {DAY_HASH}, $15::timestamptz
FROM hashed ON CONFLICT (day) DO NOTHING
"""


# For the checks: all days made anew from the entries, in one pass; entries by the place of their day in the calendar.
_PLACED = """calendar AS (
    SELECT d.*, row_number() OVER (ORDER BY day) AS place, lag(seal, 1, '') OVER (ORDER BY day) AS before,
        lag(balance, 1, 0::bigint) OVER (ORDER BY day) AS balance_before FROM __tenant__.points_day d
), bounds AS (SELECT array_agg(starts_at ORDER BY day) AS starts, max(ends_at) AS ends_at FROM calendar
), placed AS (
    SELECT e.*, width_bucket(e.recorded_at, bounds.starts) AS place FROM __tenant__.points_entry e
    JOIN bounds ON e.recorded_at < bounds.ends_at OR e.recorded_at IS NULL
)"""
SEALS_BROKEN = f"""
WITH {_PLACED}, minutes AS (
    SELECT e.place, date_trunc('minute', e.recorded_at AT TIME ZONE 'UTC') AS minute, count(*) AS entries,
        sha256(string_agg({ENTRY_HASH}, ''::bytea ORDER BY e.recorded_at, e.id)) AS content
    FROM placed e GROUP BY 1, 2
), hashed AS (
    SELECT coalesce(c.place, m.place) AS place, c.day, c.before, c.seal, coalesce(sum(m.entries), 0)::bigint AS entries,
        string_agg(m.content, ''::bytea ORDER BY m.minute) AS content
    FROM calendar c FULL JOIN minutes m ON m.place = c.place GROUP BY 1, 2, 3, 4
)
SELECT day, seal FROM hashed WHERE seal IS DISTINCT FROM {DAY_HASH}
"""
DAYS_DIFFER = f"""
WITH {_PLACED}, moved AS (
    SELECT e.place, e.points, {KIND} AS kind FROM placed e
), summed AS (
    SELECT place, {SUMS} FROM moved GROUP BY place
), events AS (
    SELECT recorded_at AS at, points AS pending, 0 AS debt FROM __tenant__.points_pending
    UNION ALL SELECT at, -pending, 0 FROM __tenant__.points_take_back WHERE pending > 0
    UNION ALL SELECT decided_at, coalesce(t.points, 0) - w.points, 0 FROM __tenant__.points_pending w
        LEFT JOIN (SELECT from_entry, sum(pending) AS points FROM __tenant__.points_take_back GROUP BY from_entry) t
        ON t.from_entry = w.id WHERE w.decided_at IS NOT NULL
    UNION ALL SELECT at, 0, points FROM __tenant__.points_debt
), open AS (
    SELECT width_bucket(events.at, bounds.starts) AS place, sum(pending) AS pending, sum(debt) AS debt
    FROM events JOIN bounds ON events.at < bounds.ends_at GROUP BY 1
)
SELECT c.day FROM calendar c FULL JOIN summed s ON s.place = c.place
WHERE (c.entries, c.earned, c.spent, c.taken_back, c.reversed, c.expired, c.moved)
    IS DISTINCT FROM (coalesce(s.entries, 0), coalesce(s.earned, 0), coalesce(s.spent, 0), coalesce(s.taken_back, 0),
    coalesce(s.reversed, 0), coalesce(s.expired, 0), coalesce(s.moved, 0))
    OR c.balance <> c.balance_before + coalesce(s.change, 0)
    OR (c.place > 1 AND NOT EXISTS (SELECT 1 FROM calendar b WHERE b.place = c.place - 1 AND b.ends_at = c.starts_at
        AND b.day = c.day - 1))
UNION ALL
SELECT c.day FROM calendar c LEFT JOIN LATERAL (
    SELECT sum(pending) AS pending, sum(debt) AS debt FROM open WHERE open.place <= c.place
) o ON true WHERE c.pending <> coalesce(o.pending, 0) OR c.debt <> coalesce(o.debt, 0)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of the books. `balance`, `pending` and `debt` are what was open at its end, `value` the balance's worth.

    `balance` is that of the day before + earned - spent - taken_back + reversed - expired + moved. A day that is not
    `closed` is still going on, and its figures are of now.
    """

    day: date
    earned: int
    spent: int
    taken_back: int
    reversed: int
    expired: int
    moved: int
    balance: int
    pending: int
    debt: int
    value: Decimal
    closed: bool
    seal: str = ""


async def close_days(*, limit: int = 31) -> int:
    """Close the days that are over, the oldest first, at most `limit`; how many there were. Safe to repeat."""
    closed = 0
    while closed < limit and (span := await _next_span()) and span.ends_at + GRACE <= clock.now():
        figures = await DB.fetchrow(_FIGURES, span.starts_at, span.ends_at)
        day = _day(span, figures)
        await DB.fetch(
            _CLOSE, day.day, span.starts_at, span.ends_at, span.seal, day.earned, day.spent, day.taken_back,
            day.reversed, day.expired, day.moved, day.balance, day.pending, day.debt, day.value,
            clock.now(), ids.new())  # fmt: skip
        closed += 1
    return closed


async def liability(*, first: date, last: date) -> list[Day]:
    """The days from `first` to `last`, as far as there are books. Raises Invalid for more than 366."""
    if not 0 <= (last - first).days < REPORT_DAYS_MAX:
        raise Invalid(param="to", problem=Words(en="name up to 366 days", zh="请选择不超过 366 天的日期范围"))
    rows = await DB.fetch("SELECT * FROM __tenant__.points_day WHERE day BETWEEN $1 AND $2 ORDER BY day", first, last)
    days = [Day(**{name: row[name] for name in _STORED}, closed=True) for row in rows]
    span = await _next_span()
    today = clock.today(current_tenant().timezone)
    while span and span.day <= min(last, today):
        day = _day(span, await DB.fetchrow(_FIGURES, span.starts_at, span.ends_at))
        if span.day >= first:
            days.append(day)
        span = _after(span.day, span.ends_at, day.balance, "")
    return days


def as_csv(days: list[Day]) -> Iterator[str]:
    """The report as lines of CSV, with a heading."""
    names = [name for name in _STORED if name != "seal"]
    yield ",".join([*names, "closed"]) + "\r\n"
    for day in days:
        yield ",".join([*(str(getattr(day, name)) for name in names), "yes" if day.closed else "no"]) + "\r\n"


_STORED = tuple(name for name in Day.__slots__ if name != "closed")


@dataclass(frozen=True, slots=True)
class _Span:
    """A day that is to be closed, and what the one before it left."""

    day: date
    starts_at: datetime
    ends_at: datetime
    balance: int
    seal: str


async def _next_span() -> _Span | None:
    last = await DB.fetchrow("SELECT day, ends_at, balance, seal FROM __tenant__.points_day ORDER BY day DESC LIMIT 1")
    if last:
        return _after(last["day"], last["ends_at"], last["balance"], last["seal"])
    first = await DB.fetchval("SELECT min(recorded_at) FROM __tenant__.points_entry")
    if first is None:
        return None
    zone = current_tenant().timezone
    day = clock.today(zone, first)
    return _after(day - timedelta(days=1), clock.local(zone, day), 0, "")


def _after(day: date, ends_at: datetime, balance: int, seal: str) -> _Span:
    following = day + timedelta(days=1)
    # Where the shop moves to another zone, a day is shorter or longer, and none begins before the last one ended.
    end = clock.local(current_tenant().timezone, following + timedelta(days=1))
    return _Span(following, ends_at, max(end, ends_at), balance, seal)


def _day(span: _Span, figures: Any) -> Day:
    balance = span.balance + figures["change"]
    return Day(
        day=span.day, earned=figures["earned"], spent=figures["spent"], taken_back=figures["taken_back"],
        reversed=figures["reversed"], expired=figures["expired"], moved=figures["moved"], balance=balance,
        pending=figures["pending"], debt=figures["debt"], value=round(balance * figures["rate"], 2),
        closed=False)  # fmt: skip
