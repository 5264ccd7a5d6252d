"""Finds the birthdays that are due and answers each once: gift and messages, or nothing, in one transaction.

A member is greeted on their day, from the programme's `send_hour` by the clock of their zone (else the shop's). Who
was missed, because nothing ran, is greeted up to `catch_up_days` later. Two rows of the database decide that nobody
is greeted twice: `birthday_occurrence` is unique for programme, member and year, and `birthday_latest` moves on only
by GAP_DAYS or more, whatever a member does to their birthday, calendar or zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from tenants.kit import clock, ids
from tenants.outreach.rules import gifts
from tenants.outreach.rules.birthdays import kept_on
from tenants.outreach.rules.programmes import read_programme
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    import uuid

    from tenants.outreach.rules.birthdays import LeapRule
    from tenants.outreach.rules.programmes import ProgrammeRow

GAP_DAYS = 300
BATCH = 500
_BORN_ON = (
    "m.birth_calendar = k.calendar AND m.birth_month = k.month AND m.birth_day = k.day_of_month AND m.state = 'active'"
)
_NOT_ANSWERED = """
    NOT EXISTS (SELECT 1 FROM __tenant__.birthday_occurrence o
                 WHERE o.programme = $1 AND o.member = m.id AND o.occurrence = k.occurrence)
    AND NOT EXISTS (SELECT 1 FROM __tenant__.birthday_latest l
                     WHERE l.programme = $1 AND l.member = m.id AND l.day > k.kept - $3::int)
"""


@dataclass(frozen=True, slots=True)
class Occasion:
    """One birthday of one member that is to be answered; `kept` is the day on which it is kept."""

    member: uuid.UUID
    occurrence: str
    kept: date


@dataclass(frozen=True, slots=True)
class Expected:
    """A birthday to come."""

    member: uuid.UUID
    day: date
    sends_at: datetime


async def plan_birthdays(*, most: int = BATCH) -> int:
    """Answer up to `most` birthdays that are due with the gift and a message on each channel; how many were."""
    programme = await read_programme("birthday")
    if not programme.active:
        return 0
    occasions = await _claim(programme, await _due(programme, most))
    if occasions:
        await gifts.give(programme, occasions)
        await _write_messages(programme, occasions)
    return len(occasions)


async def forecast_birthdays(*, days: int, most: int = 100) -> tuple[dict[date, int], list[Expected]]:
    """How many members will be greeted on each of the next `days` days, and the first `most` of them with the time."""
    programme = await read_programme("birthday")
    today = clock.today(current_tenant().timezone)
    asked = [today + timedelta(days=ahead) for ahead in range(days)]
    rows = await DB.fetch(
        f"SELECT m.id, k.kept, coalesce(m.timezone, $2) AS zone"
        f" FROM unnest($4::text[], $5::int[], $6::int[], $7::text[], $8::date[])"
        f" AS k(calendar, month, day_of_month, occurrence, kept) JOIN __tenant__.member m ON {_BORN_ON}"
        f" WHERE {_NOT_ANSWERED} ORDER BY k.kept, m.id",
        programme.id, current_tenant().timezone, GAP_DAYS, *_kept(asked, programme.leap_rule))  # fmt: skip
    counts = dict.fromkeys(asked, 0)
    for row in rows:
        counts[row["kept"]] += 1
    first = [
        Expected(row["id"], row["kept"], clock.local(_usable(row["zone"]), row["kept"], time(programme.send_hour)))
        for row in rows[:most]
    ]
    return counts, first


async def _due(programme: ProgrammeRow, most: int) -> list[Occasion]:
    zones = await _zones(programme)
    windows = [window for zone in zones for window in _windows(zone, programme)]
    if not windows:
        return []
    rows = await DB.fetch(
        f"""
        SELECT DISTINCT ON (m.id) m.id, k.occurrence, k.kept
          FROM unnest($4::text[], $5::text[], $6::int[], $7::int[], $8::text[], $9::date[], $10::timestamptz[])
            AS k(zone, calendar, month, day_of_month, occurrence, kept, ends)
          JOIN __tenant__.member m ON {_BORN_ON} AND coalesce(m.timezone, $2) = k.zone
         WHERE coalesce(m.birthday_set_at, m.created_at) < k.ends AND {_NOT_ANSWERED}
         ORDER BY m.id, k.kept DESC LIMIT {int(most)}
        """,
        programme.id, current_tenant().timezone, GAP_DAYS, *map(list, zip(*windows, strict=True)))  # fmt: skip
    return [Occasion(row["id"], row["occurrence"], row["kept"]) for row in rows]


async def _zones(programme: ProgrammeRow) -> list[str]:
    """The zones in which somebody's birthday may be due: found by the birthdays, so that few members are read."""
    middle = clock.now().date()
    days = [middle + timedelta(days=ahead) for ahead in range(-programme.catch_up_days - 1, 2)]
    rows = await DB.fetch(
        f"SELECT DISTINCT coalesce(m.timezone, $1) AS zone"
        f" FROM unnest($2::text[], $3::int[], $4::int[]) AS k(calendar, month, day_of_month)"
        f" JOIN __tenant__.member m ON {_BORN_ON}",
        current_tenant().timezone, *_kept(days, programme.leap_rule)[:3])  # fmt: skip
    return [row["zone"] for row in rows]


def _windows(zone: str, programme: ProgrammeRow) -> list[tuple[Any, ...]]:
    """The birthdays that may be answered now in a zone, each with the day on which it is kept and that day's end."""
    place = _usable(zone)
    moment = clock.now()
    today = clock.today(place, moment)
    windows = []
    for back in range(programme.catch_up_days + 1):
        day = today - timedelta(days=back)
        ends = clock.local(place, day + timedelta(days=1))
        if clock.local(place, day, time(programme.send_hour)) <= moment and programme.was_active_before(ends):
            windows += [
                (zone, kept.calendar, kept.month, kept.day, kept.occurrence, day, ends)
                for kept in kept_on(day, leap_rule=programme.leap_rule)
            ]
    return windows


async def _claim(programme: ProgrammeRow, wanted: list[Occasion]) -> list[Occasion]:
    """Those of the wanted that are ours alone: the first statement waits for, and loses to, whoever was quicker."""
    if not wanted:
        return []
    free = await DB.fetch(
        """
        INSERT INTO __tenant__.birthday_latest AS l (id, programme, member, day)
        SELECT k.id, $1, k.member, k.day FROM unnest($3::uuid[], $4::uuid[], $5::date[]) AS k(id, member, day)
        ON CONFLICT (programme, member) DO UPDATE SET day = EXCLUDED.day WHERE l.day <= EXCLUDED.day - $2::int
        RETURNING member
        """,
        programme.id, GAP_DAYS, [ids.new() for _ in wanted], [one.member for one in wanted],
        [one.kept for one in wanted])  # fmt: skip
    ours = {row["member"] for row in free}
    wanted = [one for one in wanted if one.member in ours]
    made = await DB.fetch(
        """
        INSERT INTO __tenant__.birthday_occurrence (id, programme, member, occurrence, day, created_at)
        SELECT k.id, $1, k.member, k.occurrence, k.day, $2
          FROM unnest($3::uuid[], $4::uuid[], $5::text[], $6::date[]) AS k(id, member, occurrence, day)
        ON CONFLICT (programme, member, occurrence) DO NOTHING RETURNING member
        """,
        programme.id, clock.now(), [ids.new() for _ in wanted], [one.member for one in wanted],
        [one.occurrence for one in wanted], [one.kept for one in wanted])  # fmt: skip
    ours = {row["member"] for row in made}
    return [one for one in wanted if one.member in ours]


async def _write_messages(programme: ProgrammeRow, occasions: list[Occasion]) -> None:
    pairs = [(one, channel) for channel in programme.channels for one in occasions]
    await DB.fetch(
        """
        INSERT INTO __tenant__.message (id, programme, member, occurrence, channel, key, test, language, to_address,
                                        subject, body, state, reason, not_before, token, attempts, provider_id, error,
                                        created_at)
        SELECT k.id, $1, k.member, k.occurrence, k.channel, k.key, false, '', '', '', '', 'ready', '', $2, 0, 0, '', '',
               $2
          FROM unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[])
            AS k(id, member, occurrence, channel, key)
        """,
        programme.id, clock.now(), [ids.new() for _ in pairs], [one.member for one, _ in pairs],
        [one.occurrence for one, _ in pairs], [channel for _, channel in pairs],
        [f"{programme.kind}/{one.member}/{one.occurrence}/{channel}" for one, channel in pairs])  # fmt: skip


def _kept(days: list[date], leap_rule: LeapRule) -> tuple[list[Any], ...]:
    """Columns: calendar, month, day of the month, occurrence, day on which it is kept."""
    rows = [(*kept, day) for day in days for kept in kept_on(day, leap_rule=leap_rule)]
    calendars, months, numbers, occurrences, kept_days = zip(*rows, strict=True)
    return list(calendars), list(months), list(numbers), list(occurrences), list(kept_days)


def _usable(zone: str) -> str:
    """The zone, or the shop's where the name has meanwhile left the zone database."""
    try:
        clock.zone(zone)
    except ValueError:
        return current_tenant().timezone
    return zone
