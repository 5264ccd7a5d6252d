"""The visit itself: one statement for any number of members, whatever the plan promises.

Locks: the members of a batch in their order, against being merged or erased; then their standings in the same order;
then whatever rewards lock.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tenants import members
from tenants.checkins.rules import days, rewarding
from tenants.checkins.rules.refusals import DayOver, NoPlan
from tenants.kit import clock, facts, ids
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence
    from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Visit:
    """A member who wants to be checked in, and the moment at which that was asked, which says for what day."""

    member: uuid.UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """One visit: what it earned, and whether it had been made before. `price` is what a make-up cost.

    `points_refused` are points that were not given because the shop's budget for them was used up; told once.
    """

    id: uuid.UUID
    member: uuid.UUID
    day: date
    streak: int
    position: int
    points: int
    extras: tuple[rewarding.Extra, ...] = ()
    points_refused: int = 0
    made_up: bool = False
    price: int = 0
    repeated: bool = False

    @property
    def milestone_points(self) -> int:
        """The points of the milestones that were reached."""
        return sum(extra.points for extra in self.extras if extra.kind == "milestone")

    @property
    def voucher_code(self) -> str | None:
        """The code of the first voucher that came of it."""
        return next((extra.voucher_code for extra in self.extras if extra.voucher_code), None)


@dataclass(frozen=True, slots=True)
class Done:
    """Fact: members have checked in or made up a day, all of one batch at once."""

    visits: tuple[CheckedIn, ...]


# One statement for the whole batch. The standing decides: its row is what two visits of a member wait for, it lets one
# in a day, and it has the streak to go on from, as of the moment at which its lock was had. `kept_from` is the latest
# date before the day on which somebody had to come, outage days apart; who came then or later is in a row still.
# `looks` says whether the terms must be looked at for this visit.
_CHECK_IN = """
WITH ask AS (SELECT DISTINCT ON (a.member) a.member, a.id, a.at
               FROM unnest($1::uuid[], $2::uuid[], $4::timestamptz[]) AS a(id, member, at)),
who AS MATERIALIZED (
    SELECT ask.* FROM ask JOIN __tenant__.member m ON m.id = ask.member AND m.state = 'active'
     ORDER BY ask.member FOR KEY SHARE OF m),
terms AS MATERIALIZED (
    SELECT v.id, v.plan, v.base, v.increment, v.increment_days, v.cycle, v.cycle_days, v.milestones, v.levels, v.first,
           v.specials AND EXISTS (
               SELECT 1 FROM __tenant__.check_in_term t WHERE t.version = v.id AND t.kind = 'special'
                  AND (t.day = $3::date OR (t.month = extract(month FROM $3::date)
                                            AND t.month_day = extract(day FROM $3::date)))) AS special,
           $3::date - 1 - (SELECT count(*)::int FROM (
               SELECT o.day, row_number() OVER (ORDER BY o.day DESC)::int AS nth FROM __tenant__.check_in_outage o
                WHERE o.withdrawn_at IS NULL AND o.day < $3::date) o WHERE o.day = $3::date - o.nth) AS kept_from
      FROM __tenant__.check_in_plan p JOIN __tenant__.check_in_version v ON v.plan = p.id
     WHERE p.active AND (p.starts_on IS NULL OR p.starts_on <= $3::date)
       AND (p.ends_on IS NULL OR p.ends_on >= $3::date) AND v.from_day <= $3::date
     ORDER BY p.starts_on DESC NULLS LAST, v.number DESC LIMIT 1),
stood AS (
    INSERT INTO __tenant__.check_in_standing AS s (member, day, kept_from, visit, at, streak, total)
    SELECT who.member, $3::date, terms.kept_from, who.id, who.at, 1, 1 FROM who CROSS JOIN terms ORDER BY who.member
    ON CONFLICT (member) DO UPDATE
       SET streak = CASE WHEN s.day >= excluded.kept_from THEN s.streak + 1 ELSE 1 END, total = s.total + 1,
           day = excluded.day, kept_from = excluded.kept_from, visit = excluded.visit, at = excluded.at
     WHERE s.day < excluded.day
    RETURNING s.member, s.visit, s.at, s.streak, s.total),
placed AS (
    SELECT stood.*, CASE WHEN terms.cycle_days IS NOT NULL THEN (stood.streak - 1) % terms.cycle_days + 1
                         WHEN terms.cycle = 'month' THEN least(stood.streak, extract(day FROM $3::date)::int)
                         ELSE stood.streak END AS position
      FROM stood CROSS JOIN terms),
fresh AS (
    INSERT INTO __tenant__.check_in
           (id, member, day, plan, version, streak, counted, position, points, made_up, nth, milestone_points, at)
    SELECT p.visit, p.member, $3::date, terms.plan, terms.id, p.streak, p.streak, p.position,
           terms.base + terms.increment * (least(p.position, terms.increment_days) - 1), false, p.total, 0, p.at
      FROM placed p CROSS JOIN terms
    RETURNING id, member, day, version, streak, position, points, nth)
SELECT f.*, f.nth = 1 AND terms.first AS first, terms.levels,
       terms.special OR terms.levels OR f.nth = 1 AND terms.first OR terms.milestones AND EXISTS (
           SELECT 1 FROM __tenant__.check_in_term t
            WHERE t.version = terms.id AND t.kind = 'milestone' AND t.place = f.position) AS looks
  FROM fresh f CROSS JOIN terms
"""


async def check_in(member: uuid.UUID) -> CheckedIn:
    """Check a member in for today. Raises NoPlan, MemberUnknown, MemberBlocked."""
    [done] = await check_in_many([Visit(member, clock.now())])
    if isinstance(done, Exception):
        raise done
    return done


async def check_in_many(visits: Sequence[Visit]) -> list[CheckedIn | Exception]:
    """Check members in for the day on which each asked; for each, in order, the visit or why not.

    The day is that of the shop's zone. A member who has checked in on it gets that visit again, with `repeated`. Points
    and whatever else the plan promises go out through `rewards`, once for member and day. The exceptions are NoPlan,
    DayOver, MemberUnknown and MemberBlocked.
    """
    zone = current_tenant().timezone
    by_day: dict[date, dict[int, Visit]] = {}
    for place, visit in enumerate(visits):
        by_day.setdefault(clock.today(zone, visit.at), {})[place] = visit
    answers: dict[int, CheckedIn | Exception] = {}
    for day, asked in sorted(by_day.items()):  # nearly always one; a streak needs the day before first
        answers.update(zip(asked, await _check_in_on(day, list(asked.values())), strict=True))
    return [answers[place] for place in range(len(visits))]


async def _check_in_on(day: date, visits: list[Visit]) -> list[CheckedIn | Exception]:
    await days.mind(day)
    rows = await DB.fetch(
        _CHECK_IN, [ids.new() for _ in visits], [visit.member for visit in visits], day,
        [visit.at for visit in visits])  # fmt: skip
    given = await rewarding.reward(rows)
    fresh = {row["member"]: checked_in(row, given=given.get(row["id"], rewarding.NOTHING)) for row in rows}
    if fresh:
        await facts.announce(Done(tuple(fresh.values())))
    others = [visit.member for visit in visits if visit.member not in fresh]
    earlier = await _look_up(others, day) if others else {}
    answers: list[CheckedIn | Exception] = []
    for visit in visits:
        if visit.member in fresh:
            answers.append(fresh[visit.member])
            # The same member a second time in one batch has checked in already.
            earlier[visit.member] = replace(fresh.pop(visit.member), repeated=True)
        else:
            answers.append(earlier[visit.member])
    return answers


async def _look_up(visitors: list[uuid.UUID], day: date) -> dict[uuid.UUID, CheckedIn | Exception]:
    """For visitors who were not let in: their visit of that day, or the reason.

    Where the shop has moved to a zone in which it is an earlier day again, their latest visit is that of today too.
    """
    again = day >= clock.today(current_tenant().timezone)
    rows = await DB.fetch(
        "SELECT m.id AS who, m.state, s.day AS latest, c.id, c.member, c.day, c.streak, c.position, c.points, c.made_up"
        " FROM __tenant__.member m LEFT JOIN __tenant__.check_in_standing s ON s.member = m.id"
        " LEFT JOIN LATERAL (SELECT * FROM __tenant__.check_in c WHERE c.member = m.id"
        " AND (c.day = $2::date OR ($3::boolean AND c.day = s.day AND s.day > $2::date)) ORDER BY c.day LIMIT 1) c"
        " ON true WHERE m.id = ANY($1::uuid[])", visitors, day, again)  # fmt: skip
    extras = await rewarding.extras_of([row["id"] for row in rows if row["id"]])
    found: dict[uuid.UUID, CheckedIn | Exception] = dict.fromkeys(visitors, members.MemberUnknown())
    for row in rows:
        if row["id"]:
            found[row["who"]] = checked_in(
                row, given=rewarding.Given(extras.get(row["id"], ())), made_up=row["made_up"], repeated=True
            )
        elif row["state"] != "active":
            found[row["who"]] = members.MemberBlocked()
        else:
            found[row["who"]] = DayOver() if row["latest"] and row["latest"] > day else NoPlan()
    return found


def checked_in(
    row: Any, *, given: rewarding.Given, made_up: bool = False, price: int = 0, repeated: bool = False
) -> CheckedIn:
    """A visit out of its row."""
    return CheckedIn(
        id=row["id"], member=row["member"], day=row["day"], streak=row["streak"], position=row["position"],
        points=row["points"], extras=given.extras, points_refused=given.points_refused,
        made_up=made_up, price=price, repeated=repeated)  # fmt: skip
