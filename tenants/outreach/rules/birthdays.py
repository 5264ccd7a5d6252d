"""On which day a birthday is kept: pure rules, without a database.

- A solar birthday is kept on its month and day. Who was born on 29 February keeps, in a common year, 28 February or
  1 March, as the programme's `leap_rule` says.
- A lunar birthday is kept by the lunar calendar, as `tenants.kit.lunar.anniversary` says.
- The *occurrence* is the year of the birthday in its own calendar: the lunar year 2026 ends in February 2027.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Literal, NamedTuple

from tenants.kit import lunar

Calendar = Literal["solar", "lunar"]
LeapRule = Literal["feb28", "mar1"]

_FEBRUARY = 2
_LEAP_DAY = 29


class Kept(NamedTuple):
    """A birthday as members have it, and the year for which it is kept."""

    calendar: Calendar
    month: int
    day: int
    occurrence: str


def kept_on(day: date, *, leap_rule: LeapRule) -> list[Kept]:
    """Every birthday, solar and lunar, that is kept on a solar date. Outside 1900–2100 there are no lunar ones."""
    year = str(day.year)
    kept = [Kept("solar", day.month, day.day, year)]
    stand_in = (2, 28) if leap_rule == "feb28" else (3, 1)
    if not calendar.isleap(day.year) and (day.month, day.day) == stand_in:
        kept.append(Kept("solar", _FEBRUARY, _LEAP_DAY, year))
    return kept + _kept_in_the_lunar_calendar(day)


def birthday_in(year: int, *, birth: Calendar, month: int, day: int, leap_rule: LeapRule) -> date:
    """The solar date on which a birthday is kept in a year of its own calendar.

    Raises ValueError for a day that no year has, and for a lunar year outside 1900–2100.
    """
    if birth == "lunar":
        return lunar.anniversary(year, month, day)
    if (month, day) == (_FEBRUARY, _LEAP_DAY) and not calendar.isleap(year):
        return date(year, 2, 28) if leap_rule == "feb28" else date(year, 3, 1)
    return date(year, month, day)


def next_birthday(after: date, *, birth: Calendar, month: int, day: int, leap_rule: LeapRule) -> date:
    """The first date on or after `after` on which the birthday is kept. Raises ValueError as `birthday_in` does."""
    for year in range(after.year - 1, after.year + 3):
        found = birthday_in(year, birth=birth, month=month, day=day, leap_rule=leap_rule)
        if found >= after:
            return found
    raise ValueError("no birthday within three years")


def _kept_in_the_lunar_calendar(day: date) -> list[Kept]:
    try:
        month = lunar.month_of(day)
    except ValueError:
        return []
    if month.leap:
        return []
    number = (day - month.first).days + 1
    kept = [Kept("lunar", month.month, number, str(month.year))]
    if day + timedelta(days=1) == month.first + timedelta(days=month.days) and number == _LEAP_DAY:
        kept.append(Kept("lunar", month.month, number + 1, str(month.year)))
    return kept
