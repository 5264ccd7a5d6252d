"""What time it is: always aware, always UTC, and movable in tests.

Rules take the time from here and pass it to SQL as a parameter, so that a test or a simulation can say what day it
is. A *day* exists only in a zone: `today` is the one place where a moment becomes a business day.
"""

from __future__ import annotations

import contextvars
import functools
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

if TYPE_CHECKING:
    from collections.abc import Iterator

_fixed: contextvars.ContextVar[datetime | None] = contextvars.ContextVar("fixed_time", default=None)


def now() -> datetime:
    """The present moment in UTC, or the one that `at` has fixed."""
    return _fixed.get() or datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Inside, it is `moment` (aware)."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a zone")
    token = _fixed.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)


def fixed() -> datetime | None:
    """The moment that `at` has fixed, or None; for those who start a task with a context of its own."""
    return _fixed.get()


def carry(moment: datetime | None) -> None:
    """Fix the time in the present context for good, as `fixed` found it in another."""
    _fixed.set(moment)


@functools.cache
def zone(name: str) -> ZoneInfo:
    """The IANA zone of that name. Raises ValueError for any other text."""
    if name not in _zones():
        raise ValueError(f"unknown time zone {name!r}")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(f"unknown time zone {name!r}") from error


def today(zone_name: str, moment: datetime | None = None) -> date:
    """The calendar day that it is in a zone."""
    return (moment or now()).astimezone(zone(zone_name)).date()


def shown(zone_name: str, moment: datetime) -> str:
    """A moment as the clock on the wall shows it there; at the calendar's very ends, where it has no day, in UTC."""
    try:
        there = moment.astimezone(zone(zone_name))
    except OverflowError:
        there = moment.astimezone(UTC)
    return there.strftime("%Y-%m-%d %H:%M:%S")


def local(zone_name: str, day: date, clock: time = time()) -> datetime:
    """The moment (UTC) at which a wall clock in the zone shows `clock` on `day`.

    A time that the spring change skips becomes the moment of the change (the first that exists); of a time that
    occurs twice in autumn, the first.
    """
    place = zone(zone_name)
    moment = datetime.combine(day, clock, place).astimezone(UTC)
    shown = moment.astimezone(place)
    if shown.replace(tzinfo=None) == datetime.combine(day, clock):
        return moment
    # In a gap, Python reads the time with the offset before the change, so that it lies after the change, by less than
    # the gap is wide. The change is the one second between here and there at which the offset differs.
    gap = shown.replace(tzinfo=None) - datetime.combine(day, clock)
    later = moment.replace(microsecond=0)
    earlier = later - gap
    before = earlier.astimezone(place).utcoffset()
    while later - earlier > timedelta(seconds=1):
        middle = earlier + (later - earlier) // 2
        middle = middle.replace(microsecond=0)
        if middle.astimezone(place).utcoffset() == before:
            earlier = middle
        else:
            later = middle
    return later


@functools.cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
