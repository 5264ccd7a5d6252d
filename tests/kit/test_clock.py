"""Days and wall clocks in every zone, against an oracle that looks at each minute."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.kit import clock

# Half hours (Lord Howe), quarters (Chatham), changes at midnight (Santiago, Beirut, Cairo), by decree (Casablanca), none.
ZONES = [
    "Asia/Shanghai", "America/New_York", "Europe/London", "Europe/Berlin", "Australia/Lord_Howe", "Pacific/Chatham",
    "America/Santiago", "Asia/Beirut", "Africa/Cairo", "Africa/Casablanca", "America/Havana", "Asia/Kathmandu",
    "Pacific/Apia", "Pacific/Kiritimati", "America/Nuuk", "Asia/Gaza", "America/Asuncion", "Antarctica/Troll", "UTC",
]  # fmt: skip
MINUTE = timedelta(minutes=1)


def changes(place: ZoneInfo, first: int = 2024, last: int = 2040) -> list[datetime]:
    """The moments in these years at which a zone's offset changes, to the minute."""
    found = []
    moment = datetime(first, 1, 1, tzinfo=UTC)
    end = datetime(last, 12, 31, tzinfo=UTC)
    while moment < end:
        following = moment + timedelta(days=7)
        if moment.astimezone(place).utcoffset() != following.astimezone(place).utcoffset():
            probe = moment
            while probe.astimezone(place).utcoffset() == moment.astimezone(place).utcoffset():
                probe += timedelta(hours=1)
            probe -= timedelta(hours=1)
            while probe.astimezone(place).utcoffset() == moment.astimezone(place).utcoffset():
                probe += MINUTE
            found.append(probe)
        moment = following
    return found


def oracle(place: ZoneInfo, wanted: datetime) -> datetime:
    """The first minute that shows `wanted`; if none does, the first after which the clock has gone past it."""
    probe = wanted.replace(tzinfo=UTC) - timedelta(hours=16)
    before = None
    while True:
        shown = probe.astimezone(place).replace(tzinfo=None)
        if shown == wanted or (shown > wanted and before is not None and before < wanted):
            return probe
        before = shown
        probe += MINUTE


@pytest.mark.parametrize("name", ZONES)
def test_a_wall_clock_becomes_the_first_moment_that_shows_it(name: str) -> None:
    place = ZoneInfo(name)
    moments = changes(place)
    chosen = moments[:2] + moments[-2:] or [datetime(2030, 3, 10, 7, tzinfo=UTC)]
    for change in chosen:
        around = change.astimezone(place).replace(tzinfo=None)
        for minutes in (-90, -61, -60, -31, -30, -1, 0, 1, 15, 29, 30, 31, 59, 60, 61, 119, 120, 121):
            wanted = around + minutes * MINUTE
            assert clock.local(name, wanted.date(), wanted.time()) == oracle(place, wanted), (name, wanted)


@pytest.mark.parametrize("name", ZONES)
def test_every_skipped_time_is_the_moment_of_the_change_to_the_second(name: str) -> None:
    place = ZoneInfo(name)
    for change in changes(place):
        before = (change - MINUTE).astimezone(place).replace(tzinfo=None) + MINUTE
        after = change.astimezone(place).replace(tzinfo=None)
        if after <= before:
            continue
        for wanted in (before, before + timedelta(seconds=15, microseconds=7), after - timedelta(microseconds=1)):
            assert clock.local(name, wanted.date(), wanted.time()) == change, (name, wanted)


@pytest.mark.parametrize("name", ZONES)
def test_every_midnight_from_2024_to_2040_begins_its_day(name: str) -> None:
    day = date(2024, 1, 1)
    while day.year < 2041:
        moment = clock.local(name, day)
        assert clock.today(name, moment) == day
        assert clock.today(name, moment - timedelta(microseconds=1)) == day - timedelta(days=1)
        day += timedelta(days=1)


def test_a_time_that_comes_twice_is_its_first_occurrence() -> None:
    assert clock.local("America/New_York", date(2026, 11, 1), time(1, 30)) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_today_depends_on_the_zone() -> None:
    with clock.at(datetime(2026, 3, 1, 23, 30, tzinfo=UTC)):
        assert clock.today("Asia/Shanghai") == date(2026, 3, 2)
        assert clock.today("America/New_York") == date(2026, 3, 1)
        assert clock.today("UTC", datetime(2030, 1, 1, tzinfo=UTC)) == date(2030, 1, 1)


@pytest.mark.parametrize(
    "name", ["", "Mars/Base", "../etc/passwd", "asia/shanghai", "UTC\x00", "Asia/Shanghai ", "\ud800", "x" * 9999]
)
def test_only_names_of_zones_are_zones(name: str) -> None:
    with pytest.raises(ValueError, match="unknown time zone"):
        clock.zone(name)


@given(st.text(max_size=40))
def test_no_other_text_is_a_zone(name: str) -> None:
    try:
        assert clock.zone(name).key == name
    except ValueError as error:
        assert "unknown time zone" in str(error)  # noqa: PT017  most texts are none, but some may be


def test_the_time_can_be_fixed_and_is_utc() -> None:
    noon = datetime(2026, 5, 4, 12, tzinfo=timezone(timedelta(hours=8)))
    with clock.at(noon):
        assert clock.now() == noon
        assert clock.now().tzinfo is UTC
        with clock.at(noon + timedelta(days=1)):
            assert clock.now() == noon + timedelta(days=1)
        assert clock.now() == noon
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)
    assert clock.fixed() is None


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"), clock.at(datetime(2026, 5, 4)):  # noqa: DTZ001  that is the point
        pass


async def test_the_time_is_fixed_for_one_task_only() -> None:
    async def look(day: int) -> int:
        with clock.at(datetime(2026, 5, day, tzinfo=UTC)):
            await asyncio.sleep(0)
            return clock.now().day

    assert await asyncio.gather(*(look(day) for day in range(1, 31))) == list(range(1, 31))
