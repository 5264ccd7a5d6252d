"""Whatever is done in whatever order, the ledger says what a naive model in Python says.

REGULARS_LONG=1 runs many more steps.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenants import points
from tenants.kit import clock
from tenants.kit.errors import DomainError
from tenants.kit.parts import gather_listed
from tests import conftest
from tests.make import points as make

if TYPE_CHECKING:
    import uuid

    from tests.conftest import Shop

START = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)
LONG = bool(os.environ.get("REGULARS_LONG"))
NEVER = 10**9


@dataclass
class Lot:
    """A lot of the model; the hour at which it expires."""

    earned: int
    left: int
    expires: int


@dataclass
class Movement:
    """A movement of the model: how much, and which lots gave how much (`uses`)."""

    points: int
    uses: list[tuple[int, int]] = field(default_factory=list)
    undone: bool = False
    lasting: bool = False
    lot: int | None = None


@dataclass
class Model:
    """One member's points, done the slow and obvious way. Lots are in the order in which they were earned."""

    hour: int = 0
    lots: list[Lot] = field(default_factory=list)
    entries: list[Movement] = field(default_factory=list)
    holds: list[tuple[Movement, int]] = field(default_factory=list)
    states: list[str] = field(default_factory=list)

    @property
    def left(self) -> int:
        return sum(lot.left for lot in self.lots)

    @property
    def held(self) -> int:
        return sum(hold.points for (hold, _), state in zip(self.holds, self.states, strict=True) if state == "held")

    def draw(
        self, amount: int, *, first: int | None = None, even_expired: bool = False
    ) -> list[tuple[int, int]] | None:
        usable = [n for n, lot in enumerate(self.lots) if lot.left and (even_expired or lot.expires > self.hour)]
        usable.sort(key=lambda n: (n != first, self.lots[n].expires, n))
        uses, wanted = [], amount
        for number in usable:
            take = min(wanted, self.lots[number].left)
            if take:
                uses.append((number, take))
                wanted -= take
        if wanted:
            return None
        for number, take in uses:
            self.lots[number].left -= take
        return uses

    def give_back(self, movement: Movement) -> None:
        for number, take in movement.uses:
            self.lots[number].left += take

    def earn(self, amount: int, hours: int | None) -> bool:
        self.lots.append(Lot(amount, amount, NEVER if hours is None else self.hour + hours))
        self.entries.append(Movement(amount, lot=len(self.lots) - 1))
        return True

    def spend(self, amount: int) -> bool:
        uses = self.draw(amount)
        if uses is not None:
            self.entries.append(Movement(-amount, uses))
        return uses is not None

    def take_back(self, amount: int) -> int:
        taken = min(amount, self.left)
        if taken:
            self.entries.append(Movement(-taken, self.draw(taken, even_expired=True) or []))
        return taken

    def reverse(self, number: int) -> bool:
        entry = self.entries[number]
        if entry.undone or entry.lasting:
            return False
        if entry.points > 0:
            uses = self.draw(entry.points, first=entry.lot, even_expired=True)
            if uses is None:
                return False
        else:
            self.give_back(entry)
        entry.undone = True
        self.entries.append(Movement(-entry.points, lasting=True))
        return True

    def hold(self, amount: int, hours: int) -> bool:
        uses = self.draw(amount)
        if uses is None:
            return False
        self.holds.append((Movement(amount, uses), self.hour + hours))
        self.states.append("held")
        return True

    def confirm(self, number: int) -> bool:
        hold, ends = self.holds[number]
        if self.states[number] == "held" and ends > self.hour:
            self.states[number] = "confirmed"
            self.entries.append(Movement(-hold.points, hold.uses))
            return True
        return self.states[number] == "confirmed"

    def release(self, number: int, state: str = "released") -> bool:
        if self.states[number] == "held":
            self.states[number] = state
            self.give_back(self.holds[number][0])
        return self.states[number] != "confirmed"

    def lapse(self) -> bool:
        for number, (_, ends) in enumerate(self.holds):
            if ends <= self.hour:
                self.release(number, "lapsed")
        for lot in self.lots:
            if lot.left and lot.expires <= self.hour:
                self.entries.append(Movement(-lot.left, lasting=True))
                lot.left = 0
        return True


@dataclass
class Ledger:
    """The same verbs on the real thing."""

    who: uuid.UUID
    count: int = 0
    entries: list[uuid.UUID | None] = field(default_factory=list)
    holds: list[uuid.UUID] = field(default_factory=list)

    def once(self) -> str:
        self.count += 1
        return f"step/{self.count}"

    async def earn(self, amount: int, hours: int | None) -> bool:
        expires_at = None if hours is None else clock.now() + timedelta(hours=hours)
        entry = await points.earn(
            self.who, points=amount, why=points.Why.API, once=self.once(), expires_at=expires_at)  # fmt: skip
        self.entries.append(entry.id)
        return True

    async def spend(self, amount: int) -> bool:
        once = self.once()
        entry = await points.spend(self.who, points=amount, why=points.Why.SPENT, once=once)
        again = await points.spend(self.who, points=amount, why=points.Why.SPENT, once=once)
        assert again.repeated
        self.entries.append(entry.id)
        return True

    async def take_back(self, amount: int) -> int:
        taken = await points.take_back(self.who, points=amount, why=points.Why.STAFF, once=self.once())
        assert taken.taken + taken.short == amount
        if taken.entry:
            self.entries.append(taken.entry.id)
        return taken.taken

    async def reverse(self, number: int) -> bool:
        entry = self.entries[number]
        if entry is None:  # an expiry, whose id the ledger made by itself
            return False
        self.entries.append((await points.reverse(entry, once=self.once())).id)
        return True

    async def hold(self, amount: int, hours: int) -> bool:
        ends_at = clock.now() + timedelta(hours=hours)
        made = await points.hold(
            self.who, points=amount, why=points.Why.SPENT, once=self.once(), ends_at=ends_at)  # fmt: skip
        self.holds.append(made.id)
        return True

    async def confirm(self, number: int) -> bool:
        entry = await points.confirm(self.holds[number])
        if not entry.repeated:
            self.entries.append(entry.id)
        return True

    async def release(self, number: int) -> bool:
        await points.release(self.holds[number])
        return True

    async def lapse(self) -> bool:
        await points.lapse(limit=2)
        while await points.lapse(limit=2):
            pass
        return True


amounts = st.integers(1, 60)
hours = st.integers(1, 48)
STEPS = st.one_of(
    st.tuples(st.just("earn"), amounts, st.none() | hours),
    st.tuples(st.just("spend"), amounts),
    st.tuples(st.just("take_back"), amounts),
    st.tuples(st.just("reverse"), st.integers(0, 50)),
    st.tuples(st.just("hold"), amounts, hours),
    st.tuples(st.just("confirm"), st.integers(0, 50)),
    st.tuples(st.just("release"), st.integers(0, 50)),
    st.tuples(st.just("lapse")),
    st.tuples(st.just("wait"), hours),
)


@settings(
    max_examples=400 if LONG else 15,
    deadline=None,
    derandomize=not LONG,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEPS, min_size=10, max_size=60))
async def test_the_ledger_agrees_with_the_naive_model(acme: Shop, steps: list[tuple[Any, ...]]) -> None:
    await conftest.empty(acme.tenant)
    model = Model()
    with clock.at(START):
        async with acme.open():
            ledger = Ledger(await make.member())
    for verb, *arguments in steps:
        await one_step(acme, model, ledger, verb, arguments)
    for check in gather_listed("checks", "CHECKS"):
        assert await acme.rows(check.sql) == [], check.name


async def one_step(acme: Shop, model: Model, ledger: Ledger, verb: str, arguments: list[Any]) -> None:
    """Do the same on both sides and compare the answer and what is left."""
    if verb == "wait":
        model.hour += arguments[0]
        return
    if verb in ("reverse", "confirm", "release"):
        known = model.entries if verb == "reverse" else model.holds
        if not known:
            return
        arguments = [arguments[0] % len(known)]
    expected = getattr(model, verb)(*arguments)
    with clock.at(START + timedelta(hours=model.hour)):
        async with acme.open():
            try:
                told = await getattr(ledger, verb)(*arguments)
            except DomainError:
                told = False
        # What lapsed has entries whose ids nobody was told.
        ledger.entries += [None] * (len(model.entries) - len(ledger.entries))
        async with acme.open():
            lines = await points.statement(ledger.who, limit=100)
            has = await points.balance(ledger.who)
    assert told == expected, (verb, arguments)
    rows = await acme.rows("SELECT remaining FROM __tenant__.points_lot ORDER BY id")
    assert [row["remaining"] for row in rows] == [lot.left for lot in model.lots]
    live = sum(lot.left for lot in model.lots if lot.expires > model.hour)
    assert (has.available, has.held) == (live, model.held)
    assert len(lines) == len(model.entries)
    if lines:
        assert lines[0].balance_after == model.left + model.held == sum(entry.points for entry in model.entries)
