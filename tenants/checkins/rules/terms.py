"""What a version promises, and what that comes to for a visit: pure, so that a preview and a visit cannot differ."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from tenants.kit.words import Words
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable, Mapping
    from datetime import date

Kind = Literal["milestone", "special", "level", "first"]
CYCLES: dict[str, Words] = {
    "endless": Words(en="Endless", zh="不循环"),
    "days7": Words(en="7 days", zh="7 天一轮"),
    "days30": Words(en="30 days", zh="30 天一轮"),
    "days": Words(en="Another number of days", zh="自定义天数"),
    "month": Words(en="Calendar month", zh="按自然月"),
}
_LENGTHS = {"days7": 7, "days30": 30}


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One thing that a version promises besides the points of the day."""

    id: uuid.UUID
    kind: Kind
    place: int | None = None
    slot: int = 1
    repeats: bool = True
    day: date | None = None
    month: int | None = None
    month_day: int | None = None
    level: uuid.UUID | None = None
    name: Words = field(default=Words(en="", zh=""))
    multiplier: Decimal = Decimal(1)
    points: int = 0
    growth: int = 0
    voucher_template: uuid.UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Whether and how missed days can be made up. No limit is 0."""

    days: int = 0
    price: int = 0
    step: int = 0
    per_cycle: int = 0
    per_month: int = 0
    earns_base: bool = True
    earns_milestones: bool = True

    def price_of(self, number: int) -> int:
        """What the so-manieth make-up of a calendar month costs."""
        return self.price + self.step * (number - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """A version as a whole."""

    version: uuid.UUID
    plan: uuid.UUID
    number: int
    base: int
    increment: int
    increment_days: int
    cycle: str
    cycle_days: int | None
    make_up: Policy
    terms: tuple[Term, ...] = ()

    def position(self, streak: int, day: date) -> int:
        """The place in the cycle that a streak has reached on a day."""
        return position_of(self.cycle, cycle_days=self.cycle_days, streak=streak, day=day)

    def points(self, position: int) -> int:
        """The points of the day at a position, all else apart."""
        return self.base + self.increment * (min(position, self.increment_days) - 1)

    def milestones(self, position: int) -> list[Term]:
        """What is promised for reaching a position."""
        return [term for term in self.terms if term.kind == "milestone" and term.place == position]

    def special(self, day: date) -> list[Term]:
        """The special dates that a day is."""
        return [term for term in self.terms if term.kind == "special" and is_on(term, day)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bonus:
    """What a term gives for one visit, and the occasion on which it does so once for a member."""

    term: Term
    occasion: str
    points: int
    growth: int
    voucher_template: uuid.UUID | None


def position_of(cycle: str, *, cycle_days: int | None, streak: int, day: date) -> int:
    """The place in the cycle that a streak has reached on a day."""
    if cycle == "month":
        return min(streak, day.day)
    return (streak - 1) % cycle_days + 1 if cycle_days else streak


def length_of(cycle: str, cycle_days: int | None) -> int | None:
    """How many days a cycle has, for those that are counted in days."""
    return cycle_days if cycle == "days" else _LENGTHS.get(cycle)


def is_on(term: Term, day: date) -> bool:
    """Whether a special date is this day. One of 29 February is only in leap years."""
    return term.day == day or (term.month, term.month_day) == (day.month, day.day)


def bonuses(
    terms: Terms, *, position: int, points: int, day: date, level: uuid.UUID | None = None, first: bool = False
) -> list[Bonus]:
    """What a visit of so many points earns besides. Each multiplier goes by those points and not by another bonus."""
    reached = [*terms.milestones(position), *terms.special(day)]
    reached += [term for term in terms.terms if term.kind == "level" and term.level == level]
    if first:
        reached += [term for term in terms.terms if term.kind == "first"]
    found = (bonus(terms, term, points=points, day=day) for term in reached)
    return [one for one in found if one.points or one.growth or one.voucher_template]


def bonus(terms: Terms, term: Term, *, points: int, day: date) -> Bonus:
    """What a term gives for a visit of so many points on a day."""
    return Bonus(
        term=term,
        occasion=_occasion(terms, term, day),
        points=term.points + int(points * (term.multiplier - 1)),
        growth=term.growth,
        voucher_template=term.voucher_template,
    )


def _occasion(terms: Terms, term: Term, day: date) -> str:
    match term.kind:
        case "first":
            return "first"
        case "milestone" if not term.repeats:
            return f"milestone/{terms.plan}/{term.place}/{term.slot}"
        case "milestone":
            return f"{day}/milestone/{term.place}/{term.slot}"
        case "level":
            return f"{day}/level"
        case "special":
            return f"{day}/special/{term.slot}"


async def load(version: uuid.UUID) -> Terms:
    """A version with all that it promises."""
    return (await load_many([version]))[version]


async def load_many(versions: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, Terms]:
    """Versions with all that they promise."""
    wanted = list(set(versions))
    rows = await DB.fetch("SELECT * FROM __tenant__.check_in_version WHERE id = ANY($1::uuid[])", wanted)
    promised = await DB.fetch(
        "SELECT * FROM __tenant__.check_in_term WHERE version = ANY($1::uuid[])"
        " ORDER BY kind, place, slot, day, month, month_day, id", wanted)  # fmt: skip
    return {
        row["id"]: terms_of(row, tuple(term_of(one) for one in promised if one["version"] == row["id"])) for row in rows
    }


def term_of(row: Any) -> Term:
    """A term out of its row."""
    return Term(
        id=row["id"], kind=row["kind"], place=row["place"], slot=row["slot"], repeats=row["repeats"], day=row["day"],
        month=row["month"], month_day=row["month_day"], level=row["level"],
        name=Words(en=row["name_en"], zh=row["name_zh"]), multiplier=row["multiplier"], points=row["points"],
        growth=row["growth"], voucher_template=row["voucher_template"])  # fmt: skip


def terms_of(row: Any, promised: tuple[Term, ...]) -> Terms:
    """A version out of its row."""
    return Terms(
        version=row["id"], plan=row["plan"], number=row["number"], base=row["base"], increment=row["increment"],
        increment_days=row["increment_days"], cycle=row["cycle"], cycle_days=row["cycle_days"], terms=promised,
        make_up=Policy(
            days=row["make_up_days"], price=row["make_up_price"], step=row["make_up_step"],
            per_cycle=row["make_up_per_cycle"], per_month=row["make_up_per_month"], earns_base=row["make_up_base"],
            earns_milestones=row["make_up_milestones"]))  # fmt: skip


# The version that judges a day $1: of the plans whose window holds it the one that starts last, and of its versions the
# newest whose day has come. $2 says whether the plan has to be on; for a day that is past it need not be any more.
IN_FORCE = """
SELECT v.id FROM __tenant__.check_in_plan p JOIN __tenant__.check_in_version v ON v.plan = p.id
 WHERE (p.active OR NOT $2::boolean) AND (p.starts_on IS NULL OR p.starts_on <= $1::date)
   AND (p.ends_on IS NULL OR p.ends_on >= $1::date) AND v.from_day <= $1::date
 ORDER BY p.starts_on DESC NULLS LAST, p.active DESC, v.number DESC LIMIT 1
"""


async def in_force(day: date, *, past: bool = False) -> Terms | None:
    """The terms by which a day is judged; None where check-in is not open on it."""
    version = await DB.fetchval(IN_FORCE, day, not past)
    return await load(version) if version else None
