"""Check-ins, done the slow and obvious way, after the seller guide: days in a row are counted one by one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from tests.model.ledger import DAY, No

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(frozen=True)
class Plan:
    """The shop's plan."""

    base: int = 5
    increment: int = 1
    increment_days: int = 7
    cycle: Literal["days7", "days", "month", "endless"] = "days7"
    milestones: tuple[tuple[int, int], ...] = ((3, 9), (7, 20))
    first: int = 50
    make_up_days: int = 6
    price: int = 10
    step: int = 5
    per_month: int = 4
    per_cycle: int = 2

    @property
    def length(self) -> int | None:
        return {"days7": 7, "days": 4}.get(self.cycle)

    def place(self, streak: int, day: date) -> int:
        if self.cycle == "month":
            return min(streak, day.day)
        return (streak - 1) % self.length + 1 if self.length else streak

    def cycle_of(self, streak: int, day: date) -> object:
        if self.cycle == "month":
            return day.year, day.month
        return (streak - 1) // self.length if self.length else 0

    def points(self, place: int) -> int:
        return self.base + self.increment * (min(place, self.increment_days) - 1)


@dataclass(eq=False)
class Came:
    """A visit, whose own it was, and for which milestones it was paid."""

    visitor: UUID
    made_up: bool = False
    given: list[int] = field(default_factory=list)


class Visits:
    """The days of everybody."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.days: dict[UUID, dict[date, Came]] = {}
        self.outages: set[date] = set()
        self.bought: dict[UUID, list[date]] = {}
        self.firsts: set[UUID] = set()

    def of(self, who: UUID) -> dict[date, Came]:
        return self.days.setdefault(who, {})

    def streak(self, who: UUID, day: date) -> int:
        """How many visits there are in a row that ends with this day."""
        count = 0
        while day in self.of(who) or day in self.outages:
            count += day in self.of(who)
            day -= DAY
        return count

    def row(self, who: UUID, day: date) -> list[date]:
        """The days of the row in which this day is."""
        first, last = day, day
        while first - DAY in self.of(who) or first - DAY in self.outages:
            first -= DAY
        while last + DAY in self.of(who) or last + DAY in self.outages:
            last += DAY
        return [one for one in (first + DAY * n for n in range((last - first).days + 1)) if one in self.of(who)]

    def check_in(self, who: UUID, today: date) -> tuple[int, list[tuple[str, int]]]:
        """The streak, and what is given for what."""
        new = not self.of(who)
        visit = self.of(who)[today] = Came(who)
        streak = self.streak(who, today)
        place = self.plan.place(streak, today)
        gifts = [("check_in", self.plan.points(place))]
        gains = dict(self.plan.milestones)
        if place in gains:
            visit.given.append(place)
            gifts.append(("milestone", gains[place]))
        if new and who not in self.firsts:
            self.firsts.add(who)
            gifts.append(("first_check_in", self.plan.first))
        return streak, [(why, points) for why, points in gifts if points]

    def price(self, who: UUID, today: date) -> int:
        return self.plan.price + self.plan.step * self.used(who, today)

    def used(self, who: UUID, today: date) -> int:
        return sum((one.year, one.month) == (today.year, today.month) for one in self.bought.get(who, []))

    def may_make_up(self, who: UUID, day: date, today: date) -> bool:
        """Whether it was made up before. Refuses what speaks against it."""
        came = self.of(who)
        if day in came:
            if came[day].made_up:
                return True
            raise No("check_in.not_missed")
        if not today - DAY * self.plan.make_up_days <= day < today:
            raise No("check_in.make_up_out_of_reach")
        if not came or min(came) >= day or day in self.outages:
            raise No("check_in.not_missed")
        if self.used(who, today) >= self.plan.per_month:
            raise No("check_in.make_up_limit")
        came[day] = Came(who, made_up=True)
        cycle = self.plan.cycle_of(self.streak(who, day), day)
        row = self.row(who, day)
        made = [
            one for one in row if came[one].made_up and self.plan.cycle_of(self.streak(who, one), one) == cycle
        ]  # fmt: skip
        del came[day]
        if len(made) > self.plan.per_cycle:
            raise No("check_in.make_up_limit")
        return False

    def make_up(self, who: UUID, day: date, today: date) -> tuple[int, list[tuple[str, int]]]:
        """The streak, and what is given for what; it may be made up, and is paid."""
        came = self.of(who)
        visit = came[day] = Came(who, made_up=True)
        self.bought.setdefault(who, []).append(today)
        streak = self.streak(who, day)
        gifts = [("check_in", self.plan.points(self.plan.place(streak, day)))]
        gains = dict(self.plan.milestones)
        row = self.row(who, day)
        places = {one: self.plan.place(self.streak(who, one), one) for one in row}
        reached = Counter(place for place in places.values() if place in gains)
        had = Counter(place for one in row for place in came[one].given)
        for place, times in reached.items():
            due = [one for one in row if one >= day and places[one] == place and place not in came[one].given]
            if times > had[place] and due:
                visit.given.append(place)
                gifts.append(("milestone", gains[place]))
        return streak, [(why, points) for why, points in gifts if points]
