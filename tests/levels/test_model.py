"""Years of a member's life, judged by the verbs and by a naive model that looks at every single day."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tenants import levels, members
from tests.conftest import empty
from tests.make.levels import looked, on, rank, recounted, spent, switched_on

if TYPE_CHECKING:
    from tests.conftest import Shop

LONG = bool(os.environ.get("REGULARS_LONG"))
START = date(2026, 1, 15)
DAY = timedelta(days=1)
LADDER = {2: 1000, 3: 5000, 4: 20000}


@dataclass
class Claim:
    rank: int
    since: date
    until: date | None
    needed: int | None
    window: tuple[date, date] | None


@dataclass
class Model:
    """Levels the slow way: a list of what was spent, a list of claims, and one walk over the days."""

    policy: levels.Policy
    ladder: dict[int, int] = field(default_factory=lambda: dict(LADDER))
    spent: list[tuple[date, int]] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)

    def total(self, first: date, last: date) -> int:
        return sum(amount for day, amount in self.spent if first <= day <= last)

    def window(self, day: date) -> tuple[date, date]:
        if self.policy.period == "lifetime":
            return date.min, day
        if self.policy.period == "year":
            return day.replace(month=1, day=1), day
        return day - timedelta(days=self.policy.period_days - 1), day

    def due(self, amount: int) -> int:
        return max((rank for rank, least in self.ladder.items() if least <= amount), default=0)

    def end_of(self, since: date, judged: date) -> date | None:
        if self.policy.downgrade == "none":
            return None
        if self.policy.term == "months":
            years, month = divmod(since.month - 1 + self.policy.term_months, 12)
            day = since.day
            while True:
                try:
                    return date(since.year + years, month + 1, day) - DAY
                except ValueError:
                    day -= 1
        return date(
            (since if self.policy.term == "year_end" else judged).year + (self.policy.term != "year_end"), 12, 31
        )

    def best(self) -> Claim | None:
        return max(self.claims, key=lambda claim: (claim.rank, claim.until or date.max), default=None)

    def reach(self, rank: int, since: date, window: tuple[date, date], judged: date) -> None:
        self.claims.append(Claim(rank, since, self.end_of(since, judged), self.ladder[rank], window))

    def morning(self, today: date) -> None:
        """What the night's change of date does."""
        top = self.best()
        self.claims = [one for one in self.claims if one is top or not (one.until and one.until < today)]
        if top is None or top.until is None or top.until >= today:
            return
        grace_ends = top.until + timedelta(days=self.policy.grace_days)
        first = self.window(top.until)[0] + (DAY if self.policy.period == "rolling" else timedelta())
        again = (first, grace_ends)
        if self.total(*again) >= self.ladder[top.rank]:
            self.claims.remove(top)
            self.reach(top.rank, top.until + DAY, again, top.until)
        elif today > grace_ends:
            self.claims.remove(top)
            due = self.due(self.total(*self.window(today)))
            step = top.rank - 1 if self.policy.downgrade == "one_step" and top.rank > 2 else 0
            left = max((one.rank for one in self.claims), default=0)
            if due > left and due >= step:
                self.reach(due, today, self.window(today), today)
            elif step > left:
                self.claims.append(Claim(step, today, self.end_of(today, today), None, None))

    def rise(self, today: date) -> None:
        due = self.due(self.total(*self.window(today)))
        if due > max((one.rank for one in self.claims), default=0):
            self.reach(due, today, self.window(today), today)

    def count(self, today: date, day: date, amount: int) -> None:
        self.spent.append((day, amount))
        if amount < 0:
            self.claims = [
                one for one in self.claims
                if one.window is None or one.needed is None or self.total(*one.window) >= one.needed
            ]  # fmt: skip
        self.rise(today)

    def rank(self) -> int:
        return max((one.rank for one in self.claims), default=0) or 1


POLICIES = st.builds(
    levels.Policy,
    active=st.sampled_from([True]),
    period=st.sampled_from(["lifetime", "rolling", "year"]),
    period_days=st.sampled_from([30, 90, 365, 730]),
    term=st.sampled_from(["months", "year_end", "next_year_end"]),
    term_months=st.sampled_from([1, 3, 12]),
    grace_days=st.sampled_from([0, 1, 20]),
    downgrade=st.sampled_from(["none", "one_step", "to_due"]),
    first_notice_days=st.sampled_from([None, 30]),
    second_notice_days=st.sampled_from([None, 7]),
)
# Days that pass, or to a day on which something may happen; then what is spent, or which of the things spent is given back whole or in part, or new thresholds.
STEPS = st.lists(
    st.tuples(
        st.sampled_from([0, 0, 1, 6, 25, 80, 200, "last day", "first day after", "day of the drop"]),
        st.one_of(
            st.tuples(st.just("spend"), st.sampled_from([200, 400, 1000, 1500, 5000, 19_000])),
            st.tuples(st.just("refund"), st.integers(0, 5)),
            st.tuples(st.just("late"), st.sampled_from([300, 1200])),
            st.tuples(st.just("edit"), st.sampled_from([(1000, 5000, 20_000), (500, 4000, 6000), (2000, 8000, 30_000)])),
        ),
    ),
    min_size=3,
    max_size=14,
)  # fmt: skip


@pytest.mark.parametrize("nightly", [True, False], ids=["worker up", "worker down for weeks"])
@given(policy=POLICIES, steps=STEPS)
@settings(
    max_examples=500 if LONG else 40, derandomize=not LONG, deadline=None, phases=[Phase.explicit, Phase.generate, Phase.target],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])  # fmt: skip
async def test_levels_are_those_of_the_naive_model_over_years(
    acme: Shop, *, nightly: bool, policy: levels.Policy, steps: list[tuple[Any, tuple[str, Any]]]
) -> None:
    await empty(acme.tenant)
    life = Life(acme, Model(policy))
    await life.begin()
    for days, (what, detail) in steps:
        await life.pass_days(life.days_to(days), nightly=nightly)
        await life.do(what, detail)
        await life.agrees()
    await life.pass_days(400, nightly=False)
    await life.agrees()


@dataclass
class Life:
    """One member in both worlds."""

    shop: Shop
    model: Model
    today: date = START
    who: Any = None

    async def begin(self) -> None:
        wanted = {name: getattr(self.model.policy, name) for name in levels.Policy.__dataclass_fields__}
        wanted.pop("active")
        with on(self.today):
            await switched_on(self.shop, **wanted)
            async with self.shop.open():
                self.who = (await members.create(members.Profile(external_id="mei", name="Mei"))).id

    def days_to(self, day: int | str) -> int:
        top = self.model.best()
        if isinstance(day, int):
            return day
        if top is None or top.until is None:
            return 3
        later = {"last day": 0, "first day after": 1}.get(day, self.model.policy.grace_days + 1)
        return max((top.until - self.today).days + later, 0)

    async def pass_days(self, days: int, *, nightly: bool) -> None:
        for _ in range(days):
            self.today += DAY
            self.model.morning(self.today)
            top = self.model.best()
            eventful = top is not None and top.until is not None and abs((top.until - self.today).days) < 40
            if nightly and eventful:
                with on(self.today, hour=1):
                    await looked(self.shop)
        with on(self.today, hour=2):
            await looked(self.shop)

    async def do(self, what: str, detail: Any) -> None:
        with on(self.today):
            if what == "edit":
                return await self._edit(detail)
            day, amount = self.today, detail
            if what == "late":
                day = max(self.today - timedelta(days=45), START)
            elif what == "refund":
                bought = [one for one in self.model.spent if one[1] > 0]
                if not bought:
                    return None
                day, paid = bought[detail % len(bought)]
                left = paid + sum(back for on_day, back in self.model.spent if on_day == day and back < 0)
                if left <= 0:
                    return None
                amount = -min(paid, left) if detail % 2 else -max(left // 3, 1)
            self.model.count(self.today, day, amount)
            async with self.shop.open():
                await spent(self.who, amount, day=day)
        return None

    async def _edit(self, thresholds: tuple[int, int, int]) -> None:
        """Lower levels first where thresholds fall, higher ones first where they rise, so that each step is allowed."""
        found = {level.rank: level for level in await self._ladder()}
        wanted = dict(zip((2, 3, 4), thresholds, strict=True))
        rising = wanted[2] > self.model.ladder[2]
        for place in (4, 3, 2) if rising else (2, 3, 4):
            level = found[place]
            async with self.shop.open():
                await levels.change_level(level.id, replace(_settings(level), threshold=Decimal(wanted[place])))
        await recounted(self.shop)
        self.model.ladder = wanted
        self.model.morning(self.today)  # who is in grace and does now add up is renewed on the spot
        self.model.rise(self.today)

    async def _ladder(self) -> tuple[levels.Level, ...]:
        async with self.shop.open():
            return await levels.ladder()

    async def agrees(self) -> None:
        with on(self.today):
            async with self.shop.open():
                assert await rank(self.who) == self.model.rank(), (self.today, self.model)


def _settings(level: levels.Level) -> levels.LevelSettings:
    return levels.LevelSettings(
        rank=level.rank, name_en=level.name.en, name_zh=level.name.zh, threshold=level.threshold,
        multiplier=level.multiplier)  # fmt: skip
