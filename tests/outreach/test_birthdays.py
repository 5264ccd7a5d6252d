"""When a birthday is kept: once a year for everybody, whatever the calendar, the zone and the year."""

from __future__ import annotations

import asyncio
import calendar
import os
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

import pytest

from tenants import members
from tenants.kit import clock
from tenants.outreach.rules.birthdays import birthday_in, kept_on, next_birthday
from tests.make import outreach as make

if TYPE_CHECKING:
    from tests.conftest import Shop

LONG = bool(os.environ.get("REGULARS_LONG"))
ALL_DAYS = [(month, day) for month in range(1, 13) for day in range(1, calendar.monthrange(2024, month)[1] + 1)]
LUNAR_DAYS = [(month, day) for month in range(1, 13) for day in (1, 8, 15, 29, 30)]


@pytest.mark.parametrize("leap_rule", ["feb28", "mar1"])
def test_forty_years_keep_each_of_the_366_birthdays_once_a_year(leap_rule: Literal["feb28", "mar1"]) -> None:
    kept: Counter[tuple[str, int, int, str]] = Counter()
    days: dict[tuple[str, int, int, str], date] = {}
    day = date(2019, 12, 1)
    while day < date(2061, 3, 1):
        for one in kept_on(day, leap_rule=leap_rule):
            kept[one] += 1
            days[one] = day
        day += timedelta(days=1)
    for year in range(2020, 2060):
        for birth, all_days in (("solar", ALL_DAYS), ("lunar", LUNAR_DAYS)):
            for month, number in all_days:
                key = (birth, month, number, str(year))
                assert kept[key] == 1
                assert days[key] == birthday_in(year, birth=birth, month=month, day=number, leap_rule=leap_rule)  # type: ignore[arg-type]


def test_the_leap_day_is_kept_by_the_stated_rule() -> None:
    def kept(year: int, rule: Literal["feb28", "mar1"]) -> date:
        return birthday_in(year, birth="solar", month=2, day=29, leap_rule=rule)

    assert kept(2028, "feb28") == kept(2028, "mar1") == date(2028, 2, 29)
    assert (kept(2027, "feb28"), kept(2027, "mar1")) == (date(2027, 2, 28), date(2027, 3, 1))


def test_lunar_new_year_s_eve_is_day_29_where_there_is_no_day_30() -> None:
    assert birthday_in(2025, birth="lunar", month=12, day=30, leap_rule="feb28") == date(2026, 2, 16)
    assert next_birthday(date(2026, 2, 17), birth="lunar", month=12, day=30, leap_rule="feb28") == date(2027, 2, 5)


async def test_every_zone_greets_on_its_own_day_and_from_its_own_hour(acme: Shop) -> None:
    zones = {"Pacific/Kiritimati": None, "Asia/Shanghai": None, "America/New_York": None, "Pacific/Pago_Pago": None}
    with clock.at(datetime(2026, 4, 1, tzinfo=UTC)):
        async with acme.open():
            await make.switch_on()
            found = {await make.birthday_member(zone.rpartition("/")[2], 5, 5, timezone=zone): zone for zone in zones}
    moment = datetime(2026, 5, 4, 12, tzinfo=UTC)
    greeted: dict[str, datetime] = {}
    while moment < datetime(2026, 5, 6, 0, tzinfo=UTC):
        with clock.at(moment):
            await make.plan(acme)
        for row in await acme.rows("SELECT member FROM __tenant__.birthday_occurrence"):
            greeted.setdefault(found[row["member"]], moment)
        moment += timedelta(hours=1)
    assert greeted == {zone: clock.local(zone, date(2026, 5, 5)) + timedelta(hours=9) for zone in zones}


async def test_years_of_days_greet_everybody_once_a_year(acme: Shop) -> None:
    born = [*ALL_DAYS[:: 1 if LONG else 24], (2, 29), (12, 31), (1, 1)]
    lunar = [*LUNAR_DAYS[:: 1 if LONG else 9], (12, 30)]
    zones = [None, "Pacific/Kiritimati", "America/New_York", "Australia/Lord_Howe"]
    years = 40 if LONG else 2
    with clock.at(datetime(2023, 12, 1, tzinfo=UTC)):
        async with acme.open():
            await make.switch_on()
            for number, (month, day) in enumerate(dict.fromkeys(born)):
                await make.birthday_member(f"s{number}", month, day, timezone=zones[number % 4], email_consent=None)
            for number, (month, day) in enumerate(dict.fromkeys(lunar)):
                zone = zones[number % 4]
                await make.birthday_member(
                    f"l{number}", month, day, calendar="lunar", timezone=zone, email_consent=None
                )
    moment = datetime(2023, 12, 31, 4, tzinfo=UTC)
    # A worker that comes by every two days and a bit: catching up is the rule, not the exception.
    while moment < datetime(2024 + years, 1, 1, tzinfo=UTC) + timedelta(days=60):
        with clock.at(moment):
            await make.plan(acme)
        moment += timedelta(hours=53)
    rows = await acme.rows(
        "SELECT member, occurrence, count(*) AS n FROM __tenant__.birthday_occurrence"
        " WHERE occurrence::int BETWEEN 2024 AND $1 GROUP BY 1, 2", 2023 + years)  # fmt: skip
    assert len(rows) == years * (len(dict.fromkeys(born)) + len(dict.fromkeys(lunar)))
    assert {row["n"] for row in rows} == {1}


async def test_who_was_missed_is_greeted_later_and_once_and_who_was_missed_too_long_is_not(acme: Shop) -> None:
    with clock.at(datetime(2026, 4, 1, tzinfo=UTC)):
        async with acme.open():
            await make.switch_on(catch_up_days=3)
            late = await make.birthday_member("late", 5, 3)
            await make.birthday_member("too-late", 5, 1)
    for day in (5, 5, 6):
        with clock.at(datetime(2026, 5, day, 2, tzinfo=UTC)):
            await make.plan(acme)
    assert await acme.rows("SELECT member, occurrence FROM __tenant__.birthday_occurrence") == [
        {"member": late, "occurrence": "2026"}
    ]


@pytest.mark.parametrize("calendar_name", ["solar", "lunar"])
async def test_who_moves_their_birthday_or_its_calendar_is_not_greeted_twice(acme: Shop, calendar_name: str) -> None:
    with clock.at(datetime(2026, 4, 1, tzinfo=UTC)):
        async with acme.open():
            await make.switch_on()
            ann = await make.birthday_member("ann", 5, 5)
    with clock.at(datetime(2026, 5, 5, 2, tzinfo=UTC)):
        await make.plan(acme)
    # 1 July 2026 is the 17th of the fifth lunar month; 1 January 2027 lies in another solar year, 241 days later.
    wanted = (
        members.Birthday(month=5, day=17, calendar="lunar")
        if calendar_name == "lunar"
        else members.Birthday(month=1, day=1)
    )
    when = datetime(2026, 7, 1, 2, tzinfo=UTC) if calendar_name == "lunar" else datetime(2027, 1, 1, 2, tzinfo=UTC)
    with clock.at(datetime(2026, 6, 1, tzinfo=UTC)):
        async with acme.open():
            await members.set_birthday(ann, wanted)
    with clock.at(when):
        await make.plan(acme)
    assert await acme.value("SELECT count(*) FROM __tenant__.birthday_occurrence") == 1


async def test_two_planners_at_once_plan_each_birthday_once(acme: Shop) -> None:
    with clock.at(datetime(2026, 4, 1, tzinfo=UTC)):
        async with acme.open():
            await make.switch_on(gift_points=10)
            for number in range(30):
                await make.birthday_member(f"member-{number}", 5, 5)
    with clock.at(datetime(2026, 5, 5, 2, tzinfo=UTC)):
        await asyncio.gather(*(make.plan(acme) for _ in range(6)))
    assert await acme.value("SELECT count(*) FROM __tenant__.message") == 30
    assert await acme.value("SELECT sum(balance) FROM __tenant__.points_account") == 300


async def test_a_programme_greets_nobody_for_days_that_were_over_before_it_was_switched_on(acme: Shop) -> None:
    with clock.at(datetime(2026, 4, 1, tzinfo=UTC)):
        async with acme.open():
            await make.birthday_member("yesterday", 5, 4)
            today = await make.birthday_member("today", 5, 5)
    with clock.at(datetime(2026, 5, 5, 2, tzinfo=UTC)):
        async with acme.open():
            await make.switch_on()
        await make.plan(acme)
    assert await acme.rows("SELECT member FROM __tenant__.birthday_occurrence") == [{"member": today}]
