"""The lunar table against the library that it was made with, and in the months where other tables are wrong."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from lunar_python import Lunar, LunarYear, Solar

from tenants.kit import lunar
from tenants.kit.lunar import LunarDay


def test_every_month_from_1900_to_2100_is_that_of_the_library() -> None:
    for year in range(lunar.FIRST_YEAR, lunar.LAST_YEAR + 1):
        for month in LunarYear.fromYear(year).getMonths():
            if month.getYear() != year:
                continue
            number, leap = abs(month.getMonth()), month.getMonth() < 0
            solar = Lunar.fromYmd(year, month.getMonth(), 1).getSolar()
            first = date(solar.getYear(), solar.getMonth(), solar.getDay())
            assert lunar.to_solar(LunarDay(year, number, 1, leap)) == first
            found = lunar.month_of(first)
            assert (found.year, found.month, found.leap, found.days) == (year, number, leap, month.getDayCount())


def test_every_day_goes_to_the_lunar_calendar_and_back() -> None:
    day = lunar.to_solar(LunarDay(1900, 1, 1))
    while day < date(2101, 1, 1):
        assert lunar.to_solar(lunar.to_lunar(day)) == day
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("first", "expected"),
    [  # the months in which published tables disagree
        (date(1933, 7, 22), LunarDay(1933, 5, 30, leap=True)),
        (date(1933, 7, 23), LunarDay(1933, 6, 1)),
        (date(1954, 11, 25), LunarDay(1954, 11, 1)),
        (date(1978, 9, 3), LunarDay(1978, 8, 1)),
        (date(2057, 9, 29), LunarDay(2057, 9, 1)),
    ],
)
def test_the_disputed_months_are_right(first: date, expected: LunarDay) -> None:
    theirs = Solar.fromYmd(first.year, first.month, first.day).getLunar()
    assert (theirs.getYear(), abs(theirs.getMonth()), theirs.getDay()) == expected[:3]
    assert lunar.to_lunar(first) == expected


@pytest.mark.parametrize("year", range(2024, 2029))
def test_day_30_is_kept_on_day_29_where_the_month_has_no_more(year: int) -> None:
    eve = lunar.anniversary(year, 12, 30)
    assert lunar.to_lunar(eve)[1:3] == (12, 29)
    assert lunar.to_lunar(eve + timedelta(days=1))[1:3] == (1, 1)


def test_a_leap_month_birthday_is_kept_in_the_ordinary_month() -> None:
    assert lunar.to_lunar(lunar.anniversary(2025, 6, 15)) == LunarDay(2025, 6, 15)
    assert lunar.to_lunar(lunar.anniversary(2025, 6, 15) + timedelta(days=29)).leap


def test_what_lies_outside_the_table_is_an_error() -> None:
    for day in (date(1900, 1, 30), date(2101, 1, 29), date(1, 1, 1)):
        with pytest.raises(ValueError, match="outside"):
            lunar.to_lunar(day)
    with pytest.raises(ValueError, match="outside"):
        lunar.anniversary(2101, 1, 1)
    with pytest.raises(ValueError, match="no such"):
        lunar.to_solar(LunarDay(2025, 12, 30))
