"""Whatever is done in whatever order, check-ins are what a naive model says, which counts day by day.

REGULARS_LONG=1 runs many more steps.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenants import checkins, points
from tenants.kit import clock
from tenants.kit.errors import DomainError
from tests import conftest
from tests.make import checkins as make

if TYPE_CHECKING:
    from uuid import UUID

    from tests.conftest import Shop

START = datetime(2026, 3, 25, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai, a week before the month ends
LONG = bool(os.environ.get("REGULARS_LONG"))
DAY = timedelta(days=1)
_TWO = Decimal(2)
RICH = 300


@dataclass
class Plan:
    """A version of the model."""

    holds_from: date
    base: int = 5
    increment: int = 1
    cycle: str = "days7"
    milestones: dict[int, int] = field(default_factory=lambda: {3: 9, 7: 20})
    doubled: frozenset[date] = frozenset()
    first: int = 50
    make_up_days: int = 6
    price: int = 10
    step: int = 5
    per_month: int = 4
    per_cycle: int = 2
    earns: bool = True

    def place(self, streak: int, day: date) -> int:
        if self.cycle == "month":
            return min(streak, day.day)
        length = {"days7": 7, "days": 4}.get(self.cycle)
        return (streak - 1) % length + 1 if length else streak

    def cycle_of(self, streak: int, day: date) -> object:
        if self.cycle == "month":
            return day.year, day.month
        length = {"days7": 7, "days": 4}.get(self.cycle)
        return (streak - 1) // length if length else 0


@dataclass
class Came:
    """A visit of the model: which milestones were given for it."""

    plan: Plan
    made_up: bool = False
    given: list[int] = field(default_factory=list)


@dataclass
class Model:
    """One member's days, done the slow and obvious way."""

    plans: list[Plan]
    today: date = date(2026, 3, 25)
    came: dict[date, Came] = field(default_factory=dict)
    outages: set[date] = field(default_factory=set)
    bought: list[date] = field(default_factory=list)
    balance: int = RICH

    def plan_of(self, day: date) -> Plan:
        return [plan for plan in self.plans if plan.holds_from <= day][-1]

    def streak(self, day: date) -> int:
        """How many visits there are in a row that ends with this day."""
        count = 0
        while day in self.came or day in self.outages:
            count += day in self.came
            day -= DAY
        return count

    def row(self, day: date) -> list[date]:
        """The days of the row in which this day is."""
        first, last = day, day
        while first - DAY in self.came or first - DAY in self.outages:
            first -= DAY
        while last + DAY in self.came or last + DAY in self.outages:
            last += DAY
        return [day for day in (first + DAY * n for n in range((last - first).days + 1)) if day in self.came]

    def check_in(self) -> tuple[int, int]:
        plan = self.plan_of(self.today)
        visit = Came(plan)
        new = not self.came
        self.came[self.today] = visit
        streak = self.streak(self.today)
        place = plan.place(streak, self.today)
        earned = plan.base + plan.increment * (min(place, 7) - 1)
        extra = earned if self.today in plan.doubled else 0
        if place in plan.milestones:
            visit.given.append(place)
            extra += plan.milestones[place]
        extra += plan.first if new else 0
        self.balance += earned + extra
        return streak, earned + extra

    def make_up(self, back: int) -> tuple[int, int] | None:
        day, now = self.today - DAY * back, self.plan_of(self.today)
        used = sum((one.year, one.month) == (self.today.year, self.today.month) for one in self.bought)
        price = now.price + now.step * used
        fine = (
            1 <= back <= now.make_up_days and day not in self.came and day not in self.outages
            and self.came and min(self.came) < day and used < now.per_month and price <= self.balance
        )  # fmt: skip
        if not fine:
            return None
        visit = Came(self.plan_of(day), made_up=True)
        self.came[day] = visit
        row = self.row(day)
        cycle = now.cycle_of(self.streak(day), day)
        there = [one for one in row if now.cycle_of(self.streak(one), one) == cycle]
        if sum(self.came[one].made_up for one in there) > now.per_cycle:
            del self.came[day]
            return None
        self.bought.append(self.today)
        plan = visit.plan
        earned = plan.base + plan.increment * (min(plan.place(self.streak(day), day), 7) - 1) if now.earns else 0
        earned += self.newly_reached(day, row) if now.earns else 0
        self.balance += earned - price
        return self.streak(day), earned

    def newly_reached(self, made: date, row: list[date]) -> int:
        places = {day: self.came[day].plan.place(self.streak(day), day) for day in row}
        reached = Counter(place for day, place in places.items() if place in self.came[day].plan.milestones)
        had = Counter(place for day in row for place in self.came[day].given)
        earned = 0
        for place in reached:
            due = [
                day for day in row
                if day >= made and places[day] == place and place in self.came[day].plan.milestones
                and place not in self.came[day].given
            ]  # fmt: skip
            if reached[place] > had[place] and due:
                self.came[made].given.append(place)
                earned += self.came[due[0]].plan.milestones[place]
        return earned


STEPS = st.one_of(
    st.just(("check_in",)),
    st.just(("check_in",)),
    st.tuples(st.just("wait"), st.sampled_from([1, 1, 1, 2, 3])),
    st.tuples(st.just("wait"), st.just(1)),
    st.tuples(st.just("make_up"), st.integers(1, 8)),
    st.tuples(st.just("outage"), st.integers(0, 9)),
    st.tuples(st.just("withdraw"), st.integers(0, 9)),
    st.tuples(
        st.just("edit"),
        st.fixed_dictionaries(
            {
                "base": st.integers(0, 9),
                "increment": st.integers(0, 3),
                "cycle": st.sampled_from(["days7", "days", "month", "endless"]),
                "milestones": st.dictionaries(st.integers(1, 9), st.integers(1, 30), max_size=3),
                "earns": st.booleans(),
                "per_cycle": st.integers(1, 3),
            }
        ),
    ),
)


@settings(
    max_examples=300 if LONG else 12,
    deadline=None,
    derandomize=not LONG,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEPS, min_size=15, max_size=60))
async def test_check_ins_agree_with_the_naive_model(acme: Shop, steps: list[tuple[Any, ...]]) -> None:
    await conftest.empty(acme.tenant)
    model = Model([Plan(date(2026, 3, 1), doubled=frozenset({date(2026, 4, 1)}))])
    who = await make.member(acme)
    with clock.at(START):
        async with acme.open():
            await points.earn(who, points=RICH, why=points.Why.API, once="rich")
            await _promise(model.plans[0])
    for verb, *arguments in steps:
        await one_step(acme, model, who, verb, arguments)
    await make.sound(acme)


async def one_step(acme: Shop, model: Model, who: UUID, verb: str, arguments: list[Any]) -> None:
    """Do the same on both sides and compare the answer and what is left."""
    moment = START + timedelta(days=(model.today - date(2026, 3, 25)).days)
    if verb == "wait":
        model.today += DAY * arguments[0]
        return
    expected: tuple[int, int] | None = None
    told: tuple[int, int] | None = None
    with clock.at(moment):
        if verb == "check_in":
            async with acme.open():
                done = await checkins.check_in(who)
            if not done.repeated:
                expected = model.check_in()
                told = (done.streak, done.points + sum(extra.points for extra in done.extras))
        elif verb == "make_up":
            expected = model.make_up(arguments[0])
            try:
                async with acme.open():
                    done = await checkins.make_up(who, day=model.today - DAY * arguments[0])
            except DomainError:
                pass
            else:
                told = (done.streak, done.points + sum(extra.points for extra in done.extras))
                told = None if done.repeated else told
        elif verb == "edit":
            plan = Plan(model.today, doubled=frozenset({date(2026, 4, 1)}), **arguments[0])
            model.plans.append(plan)
            async with acme.open():
                await _promise(plan)
    if verb in {"outage", "withdraw"}:
        await _outage(acme, model, verb, model.today - DAY * arguments[0], moment + timedelta(hours=3))
    assert told == expected, (verb, arguments)
    rows = await acme.rows("SELECT day, streak FROM __tenant__.check_in ORDER BY day")
    assert {row["day"]: row["streak"] for row in rows} == {day: model.streak(day) for day in sorted(model.came)}
    assert await make.balance(acme, who) == model.balance


async def _promise(plan: Plan) -> None:
    row = await checkins.plan_in_force()
    said = checkins.PlanSettings(
        name_en="Plan", name_zh="计划", active=True, base=plan.base, increment=plan.increment, increment_days=7,
        cycle=plan.cycle, cycle_days=4 if plan.cycle == "days" else None, first_points=plan.first,
        make_up_days=plan.make_up_days, make_up_price=plan.price, make_up_step=plan.step,
        make_up_per_cycle=plan.per_cycle, make_up_per_month=plan.per_month, make_up_base=plan.earns,
        make_up_milestones=plan.earns)  # fmt: skip
    whole = checkins.Whole(
        milestones=[checkins.Milestone(day=day, points=gives) for day, gives in plan.milestones.items()],
        special_dates=[checkins.SpecialDate(day=day, points=0, multiplier=_TWO) for day in plan.doubled],
    )
    await checkins.set_plan(row["id"], said, whole)


async def _outage(acme: Shop, model: Model, verb: str, day: date, moment: datetime) -> None:
    with clock.at(moment):
        async with acme.open():
            if verb == "outage":
                await checkins.declare(day, day, reason="down")
                model.outages.add(day)
            elif day in model.outages:
                await checkins.withdraw(day)
                model.outages.remove(day)
    with clock.at(moment + timedelta(minutes=5)):
        for _ in range(20):
            async with acme.open():
                if await checkins.heal() is None:
                    return
    raise AssertionError("healing does not end")
