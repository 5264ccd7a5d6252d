"""Missed days are bought back: what it costs, what it earns, and how it makes the streak whole.

A make-up is a visit of the missed day, judged by the version of that day; the price, the limits and what it earns are
those of the plan in force when it is made. It earns the points of its place in the row (unless the plan says not to)
and the milestones that the row, joined by it, reaches more often than they were given for it: never a special date, a
level bonus or the bonus of the first visit. Visits after it keep what they were given, and their streak grows.

Locks: the member and their standing first, as a visit does, then the points account and what rewards lock.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tenants import members, points
from tenants.checkins.rules import days, rewarding, terms
from tenants.checkins.rules.refusals import (
    MakeUpClosed,
    MakeUpLimit,
    MakeUpOutOfReach,
    NoPlan,
    NotMissed,
    PriceChanged,
)
from tenants.checkins.rules.visiting import CheckedIn, Done, checked_in
from tenants.kit import clock, facts, ids
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping

_DAY = timedelta(days=1)
_VISITS = 800  # more than the longest cycle has


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A visit in the history of a member; `given` are the milestones that were given for it."""

    id: uuid.UUID
    day: date
    streak: int
    version: uuid.UUID | None
    made_up: bool
    given: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """The row as it would be with a missed day made up: what comes before it, its own place in it, what comes after."""

    day: date
    streak: int
    before: tuple[Past, ...]
    after: tuple[Past, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """All that says whether a member can make up a day, and for how many points."""

    today: date
    now: terms.Terms | None
    history: tuple[Past, ...]
    outages: frozenset[date]
    used: int

    @property
    def number(self) -> int:
        """Which make-up of this calendar month the next one would be."""
        return self.used + 1

    @property
    def price(self) -> int:
        """What the next make-up costs."""
        return self.now.make_up.price_of(self.number) if self.now else 0

    @property
    def left(self) -> int | None:
        """How many the calendar month still allows; None for no limit."""
        most = self.now.make_up.per_month if self.now else 0
        return max(0, most - self.used) if most else None

    def check(self, day: date) -> Joined:
        """The row as it would be. Raises what speaks against making the day up."""
        if self.now is None:
            raise NoPlan
        if not self.now.make_up.days:
            raise MakeUpClosed
        first, last = self.today - self.now.make_up.days * _DAY, self.today - _DAY
        if not first <= day <= last:
            raise MakeUpOutOfReach(first=first, last=last)
        if not self.missed(day):
            raise NotMissed(day=day)
        joined = self.join(day)
        if self.left == 0:
            raise MakeUpLimit(most=self.now.make_up.per_month)
        most = self.now.make_up.per_cycle
        if most and self._made_up_in_cycle(self.now, joined) >= most:
            raise MakeUpLimit(most=most)
        return joined

    def missed(self, day: date) -> bool:
        """Whether the member could have come that day, after a first visit, and did not."""
        known = {past.day for past in self.history}
        return bool(known) and min(known) < day < self.today and day not in known and day not in self.outages

    def join(self, day: date) -> Joined:
        """The row that a visit of that day would make of those before and after it."""
        before = [past for past in self.history if past.day < day]
        after = [past for past in self.history if past.day > day]
        streak = before[-1].streak if before and self._adjoin(before[-1].day, day) else 0
        row = [after[0]] if after and self._adjoin(day, after[0].day) else []
        for past in after[1:] if row else []:
            if past.streak != row[-1].streak + 1:
                break
            row.append(past)
        return Joined(day=day, streak=streak + 1, before=tuple(before[-streak:] if streak else ()), after=tuple(row))

    def _adjoin(self, one: date, other: date) -> bool:
        between = (one + _DAY * n for n in range(1, (other - one).days))
        return all(day in self.outages for day in between)

    def _made_up_in_cycle(self, now: terms.Terms, joined: Joined) -> int:
        cycle = _cycle_of(now, joined.streak, joined.day)
        row = [*((past, past.streak) for past in joined.before)]
        row += [(past, past.streak + joined.streak) for past in joined.after]
        return sum(past.made_up and _cycle_of(now, streak, past.day) == cycle for past, streak in row)


async def book(member: uuid.UUID) -> Book:
    """All that says whether a member can make up a day, as of now."""
    today = clock.today(current_tenant().timezone)
    rows = await DB.fetch(
        "SELECT * FROM (SELECT c.id, c.day, c.streak, c.version, c.made_up,"
        " (SELECT array_agg(t.place * 10 + t.slot) FROM __tenant__.check_in_reward r"
        " JOIN __tenant__.check_in_term t ON t.id = r.term WHERE r.check_in = c.id AND t.kind = 'milestone') AS given"
        " FROM __tenant__.check_in c WHERE c.member = $1 ORDER BY c.day DESC LIMIT $2) c ORDER BY day",
        member, _VISITS)  # fmt: skip
    used = await DB.fetchval(
        "SELECT count(*) FROM __tenant__.check_in_make_up WHERE member = $1 AND month = $2",
        member, today.replace(day=1))  # fmt: skip
    history = tuple(
        Past(
            id=row["id"], day=row["day"], streak=row["streak"], version=row["version"], made_up=row["made_up"],
            given=tuple(divmod(code, 10) for code in row["given"] or ()))
        for row in rows
    )  # fmt: skip
    first = history[0].day if history else today
    return Book(
        today=today, now=await terms.in_force(today), history=history, used=used,
        outages=frozenset(await days.outages(first, today)))  # fmt: skip


async def make_up(member: uuid.UUID, *, day: date, price: int | None = None) -> CheckedIn:
    """Make up a missed day, once; a day that was made up is answered with `repeated`.

    `price` is what the member was shown. Raises NoPlan, MakeUpClosed, MakeUpOutOfReach, NotMissed, MakeUpLimit,
    PriceChanged, points.Insufficient, MemberUnknown, MemberBlocked; then nothing has moved.
    """
    await DB.fetch("SELECT 1 FROM __tenant__.member WHERE id = $1 FOR KEY SHARE", member)
    await members.require_active(member)
    await days.mind(clock.today(current_tenant().timezone))
    stands = await DB.fetchrow("SELECT * FROM __tenant__.check_in_standing WHERE member = $1 FOR NO KEY UPDATE", member)
    done = await _made_up_before(member, day)
    if done:
        return done
    known = await book(member)
    joined = known.check(day)
    judging = await terms.in_force(day, past=True)
    if judging is None or known.now is None:
        raise NotMissed(day=day)
    if price is not None and price != known.price:
        raise PriceChanged(price=known.price)
    if known.price:
        await points.spend(
            member, points=known.price, why=points.Why.MAKE_UP, once=f"make-up/{member}/{day}",
            detail={"day": str(day)})  # fmt: skip
    row = await _write(member, joined, judging, known, nth=stands["total"] + 1)
    await _stand(stands, joined, row)
    due = await _due(row, joined, judging) if known.now.make_up.earns_milestones else []
    given = await rewarding.grant([row], due, made_up=True)
    visit = checked_in(row, given=given.get(row["id"], rewarding.NOTHING), made_up=True, price=known.price)
    await facts.announce(Done((visit,)))
    return visit


async def _made_up_before(member: uuid.UUID, day: date) -> CheckedIn | None:
    row = await DB.fetchrow(
        "SELECT c.*, u.price FROM __tenant__.check_in c LEFT JOIN __tenant__.check_in_make_up u ON u.check_in = c.id"
        " WHERE c.member = $1 AND c.day = $2", member, day)  # fmt: skip
    if row is None:
        return None
    if not row["made_up"]:
        raise NotMissed(day=day)
    extras = await rewarding.extras_of([row["id"]])
    given = rewarding.Given(extras.get(row["id"], ()))
    return checked_in(row, given=given, made_up=True, price=row["price"] or 0, repeated=True)


async def _write(
    member: uuid.UUID, joined: Joined, judging: terms.Terms, known: Book, *, nth: int
) -> Mapping[str, Any]:
    now, moment = known.now, clock.now()
    assert now is not None  # noqa: S101  the book was checked
    position = judging.position(joined.streak, joined.day)
    row: Mapping[str, Any] = await DB.fetchrow(
        "INSERT INTO __tenant__.check_in (id, member, day, plan, version, streak, counted, position, points, made_up,"
        " nth, milestone_points, at) VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8, true, $10, 0, $9) RETURNING *",
        ids.new(), member, joined.day, judging.plan, judging.version, joined.streak, position,
        judging.points(position) if now.make_up.earns_base else 0, moment,
        nth)  # fmt: skip
    await DB.fetch(
        "INSERT INTO __tenant__.check_in_make_up (id, check_in, member, version, month, number, price, at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        ids.new(), row["id"], member, now.version, known.today.replace(day=1), known.number, known.price,
        moment)  # fmt: skip
    await DB.fetch(
        "UPDATE __tenant__.check_in SET streak = streak + $2 WHERE id = ANY($1::uuid[])",
        [past.id for past in joined.after], joined.streak)  # fmt: skip
    return row


async def _stand(stands: Any, joined: Joined, row: Mapping[str, Any]) -> None:
    """Keep the standing, which is locked, with its visits."""
    day, kept_from, streak, visit = stands["day"], stands["kept_from"], stands["streak"], stands["visit"]
    if joined.day > day:
        day, streak, visit, kept_from = joined.day, joined.streak, row["id"], await days.kept_from(joined.day)
    elif joined.after and joined.after[-1].day == day:
        streak += joined.streak
    await DB.fetch(
        "UPDATE __tenant__.check_in_standing SET day = $2, kept_from = $3, streak = $4, visit = $5, total = total + 1"
        " WHERE member = $1", stands["member"], day, kept_from, streak, visit)  # fmt: skip


async def _due(row: Mapping[str, Any], joined: Joined, judging: terms.Terms) -> list[rewarding.Due]:
    """The milestones that the joined row reaches more often than they were given for its visits, each once."""
    made = Past(id=row["id"], day=joined.day, streak=joined.streak, version=judging.version, made_up=True, given=())
    later = [(past, past.streak + joined.streak) for past in joined.after]
    visits = [*((past, past.streak) for past in joined.before), (made, joined.streak), *later]
    promised = await terms.load_many(past.version for past, _ in visits if past.version)
    reached: Counter[tuple[int, int]] = Counter()
    open_: dict[tuple[int, int], rewarding.Due] = {}
    for past, streak in visits:
        judged_by = promised[past.version] if past.version else judging
        for term in judged_by.milestones(judged_by.position(streak, past.day)):
            key = (term.place or 0, term.slot)
            reached[key] += 1
            if past.day >= joined.day and key not in past.given:
                open_.setdefault(key, rewarding.Due(row, terms.bonus(judged_by, term, points=0, day=past.day)))
    given = Counter(key for past, _ in visits for key in past.given)
    return [due for key, due in open_.items() if reached[key] > given[key]]


def _cycle_of(now: terms.Terms, streak: int, day: date) -> int:
    if now.cycle == "month":
        return day.year * 12 + day.month
    return (streak - 1) // now.cycle_days if now.cycle_days else 0
