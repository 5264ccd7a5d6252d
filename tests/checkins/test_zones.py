"""The day is the shop's, in every zone that there is, whatever its clocks do."""

from __future__ import annotations

import functools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

import pytest

from tenants import checkins
from tenants.checkins.rules import days
from tenants.kit import clock
from tests.make import checkins as make
from tests.make import members

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from tests.conftest import Shop

FROM, UNTIL = datetime(2024, 1, 1, tzinfo=UTC), datetime(2041, 1, 1, tzinfo=UTC)
STRIDE = timedelta(days=5)  # shorter than any time for which a zone has ever kept an offset in these years
DAY = timedelta(days=1)
TICK = timedelta(microseconds=1)
MIDNIGHTS = (  # clocks that skip or repeat the hour of midnight, half hours, and changes twice a year at odd times
    "Africa/Cairo", "America/Asuncion", "Asia/Beirut", "America/Havana", "Australia/Lord_Howe", "Africa/Casablanca",
    "America/Nuuk", "Pacific/Easter", "America/New_York", "Europe/London", "Antarctica/Troll",
)  # fmt: skip


def transitions(name: str, first: datetime = FROM, last: datetime = UNTIL) -> Iterator[datetime]:
    """The moments at which a zone changes its offset."""
    zone = ZoneInfo(name)
    moment, offset = first, first.astimezone(zone).utcoffset()
    while moment < last:
        following = moment + STRIDE
        if following.astimezone(zone).utcoffset() != offset:
            low, high = moment, following
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) / 2
                low, high = (middle, high) if middle.astimezone(zone).utcoffset() == offset else (low, middle)
            high = high.replace(microsecond=0)
            yield high
            offset = following.astimezone(zone).utcoffset()
        moment = following


@functools.cache
def distinct() -> list[tuple[str, tuple[datetime, ...]]]:
    """One zone for each way in which clocks go in these years; all others go as one of them."""
    found: dict[tuple[object, ...], tuple[str, tuple[datetime, ...]]] = {}
    for name in sorted(available_timezones()):
        changes = tuple(transitions(name))
        offset = FROM.astimezone(ZoneInfo(name)).utcoffset()
        found.setdefault(
            (offset, *((one, one.astimezone(ZoneInfo(name)).utcoffset()) for one in changes)), (name, changes)
        )
    return list(found.values())


def begins_and_ends(zone: str, around: datetime) -> Iterator[tuple[date, datetime, datetime]]:
    """The days around a moment, each with its first and its last moment."""
    middle = clock.today(zone, around)
    for day in (middle + DAY * n for n in range(-2, 4)):
        first, last = clock.local(zone, day), clock.local(zone, day + DAY) - TICK
        if first <= last:  # else the zone skips the date
            yield day, first, last


def test_every_zone_is_looked_at() -> None:
    assert len(distinct()) > 60
    assert sum(len(changes) for _, changes in distinct()) > 1_000


def test_in_every_zone_each_day_follows_the_one_before_it_around_every_change_of_the_clocks() -> None:
    for zone, changes in distinct():
        for change in (*changes, FROM + DAY):
            last_day = None
            for day, first, last in begins_and_ends(zone, change):
                assert clock.today(zone, first) == clock.today(zone, last) == day, (zone, day)
                assert clock.today(zone, first - TICK) == days.day_before(zone, day), (zone, day)
                assert timedelta(hours=20) < last - first < timedelta(hours=28), (zone, day)
                if last_day:
                    assert days.day_before(zone, day) == last_day == day - DAY, (zone, day)
                    assert days.skipped(zone, day) == []
                last_day = day


@pytest.mark.parametrize(
    ("zone", "skips"),
    [
        ("Pacific/Apia", date(2011, 12, 30)),
        ("Pacific/Fakaofo", date(2011, 12, 30)),
        ("Pacific/Kiritimati", date(1994, 12, 31)),
        ("Pacific/Kwajalein", date(1993, 8, 21)),
    ],
)
def test_a_date_that_a_zone_skips_is_known(zone: str, skips: date) -> None:
    assert days.skipped(zone, skips + DAY) == [skips]
    assert days.day_before(zone, skips + DAY) == skips - DAY


@pytest.mark.parametrize("zone", MIDNIGHTS)
async def test_who_comes_in_the_first_or_last_moment_of_each_day_loses_no_streak(acme: Shop, zone: str) -> None:
    shop = replace(acme, tenant=replace(acme.tenant, timezone=zone))
    early, late, both = [await make.member(acme) for _ in range(3)]
    change = next(transitions(zone))
    for nth, (_, first, last) in enumerate(begins_and_ends(zone, change), start=1):
        assert (await come(shop, early, first)).streak == nth
        assert (await come(shop, late, last)).streak == nth
        taps = [await come(shop, both, moment) for moment in (first, first + (last - first) / 2, last)]
        assert [(tap.streak, tap.repeated) for tap in taps] == [(nth, False), (nth, True), (nth, True)]
    await make.sound(acme)


async def test_a_streak_goes_on_over_a_date_that_the_zone_skips(acme: Shop) -> None:
    samoa = replace(acme, tenant=replace(acme.tenant, timezone="Pacific/Apia"))
    who = await make.member(acme)
    noon = datetime(2011, 12, 28, 22, 0, tzinfo=UTC)  # 12:00 of the 28th
    done = [await come(samoa, who, noon + DAY * n) for n in range(4)]
    assert [(one.day.day, one.streak) for one in done] == [(28, 1), (29, 2), (31, 3), (1, 4)]
    await make.sound(acme)


async def test_a_member_who_travels_keeps_to_the_shops_day(acme: Shop) -> None:
    async with acme.open():
        who = (await members.member(timezone="America/Los_Angeles")).id
    # 23:30 and 00:30 in Shanghai: one day for the traveller, two for the shop
    first = await come(acme, who, datetime(2026, 3, 2, 15, 30, tzinfo=UTC))
    second = await come(acme, who, datetime(2026, 3, 2, 16, 30, tzinfo=UTC))
    assert [(one.day.day, one.streak) for one in (first, second)] == [(2, 1), (3, 2)]


async def test_a_shop_that_moves_east_in_the_middle_of_a_day_breaks_no_streak(acme: Shop) -> None:
    west = replace(acme, tenant=replace(acme.tenant, timezone="America/New_York"))
    who = await make.member(acme)
    evening = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)  # 20:00 of the 2nd in New York, 09:00 of the 3rd in Shanghai
    assert (await come(west, who, evening - DAY)).day == date(2026, 3, 1)
    moved = await come(acme, who, evening)  # the 2nd was over before the member's hour came
    assert (moved.day, moved.streak) == (date(2026, 3, 3), 2)
    assert (await come(acme, who, evening + DAY)).streak == 3
    await make.sound(acme)


async def test_a_shop_that_moves_west_in_the_middle_of_a_day_counts_none_twice(acme: Shop) -> None:
    west = replace(acme, tenant=replace(acme.tenant, timezone="America/New_York"))
    who = await make.member(acme)
    morning = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)
    assert (await come(acme, who, morning - DAY)).streak == 1
    assert (await come(acme, who, morning)).day == date(2026, 3, 3)
    again = await come(west, who, morning + timedelta(minutes=5))  # the 2nd again, and then the 3rd again
    assert (again.day, again.repeated) == (date(2026, 3, 2), True)
    assert (await come(west, who, morning + timedelta(hours=12))).repeated
    following = await come(west, who, morning + timedelta(hours=36))
    assert (following.day, following.streak) == (date(2026, 3, 4), 3)
    await make.sound(acme)


async def test_a_shop_that_moves_west_tells_who_has_come_later_already_of_that_visit(acme: Shop) -> None:
    west = replace(acme, tenant=replace(acme.tenant, timezone="America/New_York"))
    who = await make.member(acme)
    morning = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)
    first = await come(acme, who, morning)
    again = await come(west, who, morning + timedelta(minutes=5))
    assert (again.id, again.repeated) == (first.id, True)
    assert await make.balance(acme, who) == first.points


@pytest.fixture(autouse=True)
def _nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days, "_known", {})


async def come(shop: Shop, who: UUID, moment: datetime) -> checkins.CheckedIn:
    """Check in at a moment."""
    with clock.at(moment):
        async with shop.open():
            return await checkins.check_in(who)
