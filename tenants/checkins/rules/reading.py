"""What a member sees of check-in: the month, the streak, and what comes next."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tenants.checkins.rules import days, making_up
from tenants.kit import clock
from tenants.kit.errors import DomainError, Invalid
from tenants.kit.words import Words
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    import uuid

_YEARS = range(2000, 2201)
_MONTHS = range(1, 13)
_AHEAD = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView:
    """One day of a member's month.

    `done`, `made_up`, `missed`, `outage` (nobody had to come), `today` (to be done yet), `ahead`, or `before` the
    member's first visit. `price` is what making the day up would cost, where it could be made up now.
    """

    state: str
    points: int = 0
    growth: int = 0
    name: Words | None = None
    price: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A milestone that a member who misses no day will reach on `day`."""

    day: date
    place: int
    points: int
    growth: int
    voucher_template: uuid.UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a member stands today: a streak that today's visit would still go on from counts."""

    streak: int = 0
    best: int = 0
    total: int = 0
    checked_in_today: bool = False
    latest: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthView:
    """A member's month: each day, where the member stands, what the next visit earns, and the milestones ahead."""

    year: int
    month: int
    days: dict[date, DayView]
    today: date
    standing: Standing
    next_points: int
    coming: tuple[Coming, ...]
    make_up_price: int | None
    make_ups_left: int | None


async def standing(member: uuid.UUID) -> Standing:
    """Where a member stands today."""
    today = clock.today(current_tenant().timezone)
    row = await DB.fetchrow(
        "SELECT s.day, s.streak, s.total, (SELECT max(c.streak) FROM __tenant__.check_in c WHERE c.member = s.member)"
        " AS best FROM __tenant__.check_in_standing s WHERE s.member = $1", member)  # fmt: skip
    if row is None:
        return Standing()
    holds = row["day"] >= today or row["day"] >= await days.kept_from(today)
    return Standing(
        streak=row["streak"] if holds else 0, best=row["best"], total=row["total"],
        checked_in_today=row["day"] >= today, latest=row["day"])  # fmt: skip


async def month(member: uuid.UUID, *, year: int, number: int) -> MonthView:
    """A member's calendar of one month. Raises Invalid for a month that is none."""
    if year not in _YEARS or number not in _MONTHS:
        raise Invalid(param="month", problem=Words(en="use a month such as 2026-11", zh="请使用如 2026-11 的月份"))
    first, last = date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1])
    rows = await DB.fetch(
        "SELECT c.day, c.made_up, c.points + coalesce(r.points, c.milestone_points) AS points,"
        " coalesce(r.growth, 0) AS growth FROM __tenant__.check_in c LEFT JOIN LATERAL"
        " (SELECT sum(r.points)::bigint AS points, sum(r.growth)::int AS growth FROM __tenant__.check_in_reward r"
        " WHERE r.check_in = c.id) r ON true WHERE c.member = $1 AND c.day BETWEEN $2 AND $3",
        member, first, last)  # fmt: skip
    book = await making_up.book(member)
    stands = await standing(member)
    closed = await days.outages(first, last)
    done = {
        row["day"]: DayView(state="made_up" if row["made_up"] else "done", points=row["points"], growth=row["growth"])
        for row in rows
    }
    shown = {}
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        view = done.get(day) or DayView(state=_state(day, book, closed), price=_price(day, book))
        named = book.now.special(day) if book.now else []
        shown[day] = replace(view, name=named[0].name) if named else view
    return MonthView(
        year=year, month=number, days=shown, today=book.today, standing=stands,
        next_points=_next_points(book, stands), coming=_coming(book, stands),
        make_up_price=book.price if book.now and book.now.make_up.days else None, make_ups_left=book.left)  # fmt: skip


def _state(day: date, book: making_up.Book, closed: set[date]) -> str:
    if day in closed:
        return "outage"
    if day >= book.today:
        return "today" if day == book.today else "ahead"
    return "missed" if book.missed(day) else "before"


def _price(day: date, book: making_up.Book) -> int | None:
    try:
        book.check(day)
    except DomainError:
        return None
    return book.price


def _next_points(book: making_up.Book, stands: Standing) -> int:
    """The points of today's visit, or of tomorrow's where today's has been, all else apart."""
    if book.now is None:
        return 0
    day = book.today + timedelta(days=int(stands.checked_in_today))
    return book.now.points(book.now.position(stands.streak + 1, day))


def _coming(book: making_up.Book, stands: Standing) -> tuple[Coming, ...]:
    """The next time that each milestone is reached, for a member who misses no day."""
    if book.now is None:
        return ()
    found: dict[tuple[int | None, int], Coming] = {}
    milestones = sum(term.kind == "milestone" for term in book.now.terms)
    for offset in range(_AHEAD if milestones else 0):
        day = book.today + timedelta(days=offset + int(stands.checked_in_today))
        position = book.now.position(stands.streak + 1 + offset, day)
        for term in book.now.milestones(position):
            coming = Coming(
                day=day, place=position, points=term.points, growth=term.growth,
                voucher_template=term.voucher_template)  # fmt: skip
            found.setdefault((term.place, term.slot), coming)
        if len(found) == milestones:
            break
    return tuple(found.values())
