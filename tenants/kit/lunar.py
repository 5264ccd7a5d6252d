"""The Chinese lunar calendar from 1900 to 2100, as a table: no calculation, no astronomy, nothing to install.

One number a year: its thirteen lowest bits say which months have 30 days (else 29) in the order in which they come,
four bits name the month that is repeated (the *leap* month, 0 for none), and the rest counts the days from 1 January
to the lunar New Year's Day. The table was made with lunar-python 1.4.8, and a test compares every month with it,
among them those in which other tables are wrong (1933-6, 1954-11, 1978-8, 2057-9).
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from typing import NamedTuple

FIRST_YEAR = 1900
LAST_YEAR = 2100

_TABLE = """
3d16d2 620752 4c0ea5 38b64a 5c064b 440a9b 309556 56056a 400b59 2a5752 500752 3adb25 600b25 480a4b 32b4ab
5802ad 42056b 2c4b69 520da9 3efd92 640e92 4c0d25 36ba4d 5c0a56 4602b6 2e95b5 5606d4 400ea9 2c5e92 500e92
3acd26 5e052b 480a57 32b2b6 580b5a 4406d4 2e6ec9 520749 3cf693 620a93 4c052b 34ca5b 5a0aad 46056a 309b55
560ba4 400b49 2a5a93 500a95 38f52d 5e0536 480aad 34b5aa 5805b2 420da5 2e7d4a 540d4a 3d0a95 600a97 4c0556
36cab5 5a0ad5 4606d2 308ea5 560ea5 40064a 286c97 4e0a9b 3af55a 5e056a 480b69 34b752 5a0b52 420b25 2c964b
520a4b 3d14ab 6002ad 4a056d 36cb69 5c0da9 460d92 309d25 560d25 415a4d 640a56 4e02b6 38c5b5 5e06d5 480ea9
34be92 5a0e92 440d26 2c6a56 500a57 3d14d6 62035a 4a06d5 36b6c9 5c0749 460693 2e952b 54052b 3e0a5b 2a555a
4e056a 38fb55 600ba4 4a0b49 32ba93 580a95 42052d 2c8aad 500ab5 3d35aa 6205d2 4c0da5 36dd4a 5c0d4a 460c95
30952e 540556 3e0ab5 2a55b2 5006d2 38cea5 5e0725 48064b 32ac97 560cab 42055a 2c6ad6 520b69 3d7752 620b52
4c0b25 36da4b 5a0a4b 4404ab 2ea55b 5405ad 3e0b6a 2a5b52 500d92 3afd25 5e0d25 480a55 32b4ad 5804b6 4005b5
2c6daa 520ec9 3f1e92 620e92 4c0d26 36ca56 5a0a57 4404d6 2e86d5 540755 400749 286e93 4e0693 38f52b 5e052b
460a5b 32b55a 58056a 420b65 2c974a 520b4a 3d1a95 620a95 4a052d 34caad 5a0ab5 4605aa 2e8ba5 540da5 400d4a
2a7c95 4e0c96 38f94e 5e0556 480ab5 32b5b2 5806d2 420ea5 2e8e4a 50068b 3b0c97 6004ab 4a055b 34cad6 5a0b6a
460752 309725 540b45 3e0a8b 28549b 4e04ab
"""


class LunarDay(NamedTuple):
    """A day of the lunar calendar; `leap` when its month is the repeated one."""

    year: int
    month: int
    day: int
    leap: bool = False


class LunarMonth(NamedTuple):
    """A month of the lunar calendar: its first day in the solar one, and its 29 or 30 days."""

    first: date
    year: int
    month: int
    leap: bool
    days: int


def to_solar(day: LunarDay) -> date:
    """The solar date of a lunar day. Raises ValueError for a day that does not exist or lies outside the table."""
    for month in _months(day.year):
        if (month.month, month.leap) == (day.month, day.leap) and 1 <= day.day <= month.days:
            return month.first + timedelta(days=day.day - 1)
    raise ValueError(f"there is no such lunar day: {day}")


def to_lunar(day: date) -> LunarDay:
    """The lunar day of a solar date. Raises ValueError outside the table."""
    month = month_of(day)
    return LunarDay(month.year, month.month, (day - month.first).days + 1, month.leap)


def month_of(day: date) -> LunarMonth:
    """The lunar month in which a solar date lies. Raises ValueError outside the table."""
    at = bisect_right(_FIRSTS, day) - 1
    if at < 0 or day >= _END:
        raise ValueError(f"outside the lunar table: {day}")
    return _MONTHS[at]


def anniversary(year: int, month: int, day: int) -> date:
    """The solar date on which a birthday of the `day`th of the `month`th lunar month is kept in a lunar year.

    Two customs decide what the calendar leaves open: day 30 of a month that has 29 days is kept on the 29th, and who
    was born in a leap month keeps the ordinary month of the same number. Raises ValueError outside the table.
    """
    for found in _months(year):
        if found.month == month and not found.leap:
            return found.first + timedelta(days=min(day, found.days) - 1)
    raise ValueError(f"there is no lunar month {month} in {year}")


def _months(year: int) -> list[LunarMonth]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"outside the lunar table: {year}")
    return _YEARS[year - FIRST_YEAR]


def _read(year: int, number: int) -> list[LunarMonth]:
    first = date(year, 1, 1) + timedelta(days=number >> 17)
    repeated = number >> 13 & 15
    names = [(month, leap) for month in range(1, 13) for leap in ((False, True) if month == repeated else (False,))]
    months = []
    for place, (month, leap) in enumerate(names):
        days = 30 if number >> place & 1 else 29
        months.append(LunarMonth(first, year, month, leap, days))
        first += timedelta(days=days)
    return months


_YEARS = [_read(FIRST_YEAR + place, int(number, 16)) for place, number in enumerate(_TABLE.split())]
_MONTHS = [month for months in _YEARS for month in months]
_FIRSTS = [month.first for month in _MONTHS]
_END = _MONTHS[-1].first + timedelta(days=_MONTHS[-1].days)
