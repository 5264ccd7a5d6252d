"""What a plan would give, before it is switched on: day by day for a member who misses none, and what that costs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tenants import levels
from tenants.checkins.rules import plans, terms, versions
from tenants.kit import clock
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping, Sequence

MEMBERS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewDay:
    """What a member would get on a day: the points of the day, and what comes besides."""

    day: date
    position: int
    points: int
    bonuses: tuple[terms.Bonus, ...]

    @property
    def total(self) -> int:
        """All points of the day."""
        return self.points + sum(bonus.points for bonus in self.bonuses)

    @property
    def milestone_points(self) -> int:
        """The points of the milestones of the day."""
        return sum(bonus.points for bonus in self.bonuses if bonus.term.kind == "milestone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What members of one level would get. `level` is None for those who have none."""

    level: levels.Level | None
    days: tuple[PreviewDay, ...]

    @property
    def points(self) -> int:
        """All points of a member who misses no day."""
        return sum(day.total for day in self.days)

    @property
    def growth(self) -> int:
        """All growth of a member who misses no day."""
        return sum(bonus.growth for day in self.days for bonus in day.bonuses)

    @property
    def vouchers(self) -> Mapping[uuid.UUID, int]:
        """How many vouchers of each template a member gets who misses no day."""
        return Counter(bonus.voucher_template for day in self.days for bonus in day.bonuses if bonus.voucher_template)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What a thousand members who miss no day cost at most, and by the share of days on which members have come.

    `share` is None where the shop has no visits of the last 30 days to go by.
    """

    days: int
    points_at_most: int
    growth_at_most: int
    vouchers_at_most: Mapping[uuid.UUID, int]
    share: float | None
    points_likely: int | None


async def preview(
    plan: uuid.UUID | None = None, *, days: int = 30, begins: date | None = None, new: bool = True
) -> list[Preview]:
    """What a member who begins and misses no day would get, without a level and on each. Raises PlanUnknown.

    Of the plan as it stands at the desk, be it a draft; without one, of that in force: nothing where none is.
    `new`: a member whose first check-in ever it is.
    """
    row = await plans.find_plan(plan) if plan else await plans.plan_in_force()
    if row is None:
        return []
    promised = await versions.drafted(row["id"])
    first = begins or max(clock.today(current_tenant().timezone), row["starts_on"] or date.min)
    named = {term.level for term in promised.terms if term.kind == "level"}
    ladder = [level for level in await levels.ladder() if level.id in named]
    span = [first + timedelta(days=n) for n in range(min(days, plans.DAYS_MAX))]
    shown = [day for day in span if row["ends_on"] is None or day <= row["ends_on"]]
    return [Preview(level=level, days=_days(promised, shown, level, new=new)) for level in (None, *ladder)]


async def estimate(plan: uuid.UUID, *, days: int = 30) -> Estimate:
    """What a plan costs for 1,000 members over so many days: at most, and likely. Raises PlanUnknown."""
    dearest = max(await preview(plan, days=days), key=lambda one: one.points)
    share = await _share()
    at_most = dearest.points * MEMBERS
    return Estimate(
        days=len(dearest.days), points_at_most=at_most, growth_at_most=dearest.growth * MEMBERS,
        vouchers_at_most={template: count * MEMBERS for template, count in dearest.vouchers.items()},
        share=share, points_likely=None if share is None else round(at_most * share))  # fmt: skip


def _days(
    promised: terms.Terms, span: Sequence[date], level: levels.Level | None, *, new: bool
) -> tuple[PreviewDay, ...]:
    shown: list[PreviewDay] = []
    had: set[str] = set()
    for streak, day in enumerate(span, start=1):
        position = promised.position(streak, day)
        points = promised.points(position)
        found = terms.bonuses(
            promised, position=position, points=points, day=day, level=level.id if level else None,
            first=new and streak == 1)  # fmt: skip
        fresh = tuple(bonus for bonus in found if bonus.occasion not in had)
        had.update(bonus.occasion for bonus in fresh)
        shown.append(PreviewDay(day=day, position=position, points=points, bonuses=fresh))
    return tuple(shown)


async def _share() -> float | None:
    today = clock.today(current_tenant().timezone)
    since = today - timedelta(days=30)
    row = await DB.fetchrow(
        "SELECT count(*) AS visits, count(DISTINCT member) AS visitors FROM __tenant__.check_in"
        " WHERE day >= $1 AND day < $2 AND NOT made_up", since, today)  # fmt: skip
    return row["visits"] / (row["visitors"] * (today - since).days) if row["visitors"] else None
