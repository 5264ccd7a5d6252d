"""The verbs: check in, look at a month, change the plan."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import asyncpg

from tenants import members, rewards
from tenants.kit import clock, ids
from tenants.kit.errors import Invalid, NotFound, Refused
from tenants.kit.words import Words
from tenants.tenancy import DB, current_tenant, furnish

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence
    from datetime import datetime

POINTS_MAX = 1_000_000
DAYS_MAX = 366
_YEARS = range(2000, 2201)
_MONTHS = range(1, 13)
# Longer than any transaction lasts (its locks and statements are bounded), and than a member waits for an answer.
_BRIDGE = timedelta(minutes=2)

CYCLES: dict[str, Words] = {
    "endless": Words(en="Endless", zh="不循环"),
    "days7": Words(en="7 days", zh="7 天一轮"),
    "days30": Words(en="30 days", zh="30 天一轮"),
    "month": Words(en="Calendar month", zh="自然月"),
}


class NoPlan(Refused):
    """The shop has no check-in plan switched on."""

    code = "check_in.no_plan"
    sentence = Words(en="Check-in is not open in this shop just now.", zh="本店暂未开启签到活动。")


class DayOver(Refused):
    """The day on which it was asked can be counted no more: the next one has been, or it is over for too long."""

    code = "check_in.day_over"
    sentence = Words(
        en="The day of this check-in is over and can no longer be counted. Check in for today.",
        zh="该次签到所属的日期已结束，无法计入，请签到今天。",
    )


class MilestoneUnknown(NotFound):
    """The plan has no milestone on that day."""

    code = "check_in.milestone_unknown"
    sentence = Words(en="There is no milestone on that day.", zh="该天没有里程碑奖励。")


@dataclass(frozen=True, slots=True)
class Visit:
    """A member who wants to be checked in, and the moment at which that was asked, which says for what day."""

    member: uuid.UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """One visit: what it earned, and whether it had been made before."""

    id: uuid.UUID
    member: uuid.UUID
    day: date
    streak: int
    position: int
    points: int
    milestone_points: int
    voucher_code: str | None = None
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class PlanSettings:
    """What a seller can say of a plan; points a day for the first day, more for each further day up to a day."""

    name_en: str
    name_zh: str
    active: bool
    base: int
    increment: int
    increment_days: int
    cycle: str


@dataclass(frozen=True, slots=True)
class MonthView:
    """A member's month: the days with a check-in, today, the streak as it stands, and what today earns or earned."""

    year: int
    month: int
    days: dict[date, int]
    today: date
    checked_in_today: bool
    streak: int
    next_points: int


# One statement for the whole batch: yesterday's streak, the position in the cycle, the points, and the row itself,
# which the unique key lets in once. Yesterday is looked up by LATERAL and LIMIT, because a join would be planned as a
# scan of the whole table while a young table has no statistics. Who is missing in the answer is looked at afterwards.
_CHECK_IN = """
WITH ask AS (SELECT DISTINCT ON (a.member) a.member, a.id, a.at
               FROM unnest($1::uuid[], $2::uuid[], $4::timestamptz[]) AS a(id, member, at)),
counted AS (
    SELECT ask.id, ask.member, ask.at, coalesce(y.streak, 0) + 1 AS streak
      FROM ask JOIN __tenant__.member m ON m.id = ask.member AND m.state = 'active'
      LEFT JOIN LATERAL (SELECT d.streak FROM __tenant__.check_in d
                          WHERE d.member = ask.member AND d.day = $3::date - 1 LIMIT 1) y ON true),
placed AS (
    SELECT c.*, p.id AS plan, p.base, p.increment, p.increment_days,
           CASE p.cycle WHEN 'days7' THEN (c.streak - 1) % 7 + 1 WHEN 'days30' THEN (c.streak - 1) % 30 + 1
                        WHEN 'month' THEN least(c.streak, extract(day FROM $3::date)::int) ELSE c.streak END AS position
      FROM counted c CROSS JOIN __tenant__.check_in_plan p WHERE p.active)
INSERT INTO __tenant__.check_in
       (id, member, day, plan, streak, position, points, milestone_points, milestone_voucher, at)
SELECT p.id, p.member, $3, p.plan, p.streak, p.position,
       p.base + p.increment * (least(p.position, p.increment_days) - 1), coalesce(s.points, 0), s.voucher_template, p.at
  FROM placed p LEFT JOIN __tenant__.check_in_milestone s ON s.plan = p.plan AND s.day = p.position
 ORDER BY p.member
    ON CONFLICT (member, day) DO NOTHING
RETURNING id, member, day, streak, position, points, milestone_points, milestone_voucher
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
    and milestone rewards go out through `rewards`, once for member and day. The exceptions are NoPlan, DayOver,
    MemberUnknown and MemberBlocked.
    """
    zone = current_tenant().timezone
    by_day: dict[date, dict[int, Visit]] = {}
    for place, visit in enumerate(visits):
        by_day.setdefault(clock.today(zone, visit.at), {})[place] = visit
    answers: dict[int, CheckedIn | Exception] = {}
    for day, asked in sorted(by_day.items()):  # nearly always one; a streak needs the day before first
        answers.update(zip(asked, await _check_in_on(day, list(asked.values())), strict=True))
    return [answers[place] for place in range(len(visits))]


async def month(member: uuid.UUID, *, year: int, number: int) -> MonthView:
    """A member's calendar of one month. Raises Invalid for a month that is none."""
    if year not in _YEARS or number not in _MONTHS:
        raise Invalid(param="month", problem=Words(en="use a month such as 2026-11", zh="请使用如 2026-11 的月份"))
    today = clock.today(current_tenant().timezone)
    first, last = date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1])
    rows = await DB.fetch(
        "SELECT day, points + milestone_points AS points, streak FROM __tenant__.check_in"
        " WHERE member = $1 AND (day BETWEEN $2 AND $3 OR day BETWEEN $4 AND $5) ORDER BY day",
        member, first, last, today - timedelta(days=1), today)  # fmt: skip
    by_day = {row["day"]: row for row in rows}
    done = today in by_day
    latest = by_day.get(today) or by_day.get(today - timedelta(days=1))
    streak = latest["streak"] if latest else 0
    plan = await active_plan()
    return MonthView(
        year=year,
        month=number,
        days={day: row["points"] for day, row in by_day.items() if first <= day <= last},
        today=today,
        checked_in_today=done,
        streak=streak,
        next_points=points_for(plan, streak=streak + 1, day=today + timedelta(days=int(done))) if plan else 0,
    )


async def active_plan() -> Any:
    """The plan that is switched on, as a row, or None."""
    return await DB.fetchrow("SELECT * FROM __tenant__.check_in_plan WHERE active")


async def latest_plan() -> Any:
    """The plan that is switched on; where none is, the one that was changed last. As a row; None if there is none."""
    return await DB.fetchrow(
        "SELECT * FROM __tenant__.check_in_plan ORDER BY active DESC, updated_at DESC, id DESC LIMIT 1")  # fmt: skip


async def milestones(plan: uuid.UUID) -> list[Any]:
    """The milestones of a plan, by day."""
    rows: list[Any] = await DB.fetch(
        "SELECT day, points, voucher_template FROM __tenant__.check_in_milestone WHERE plan = $1 ORDER BY day", plan
    )
    return rows


def points_for(plan: Any, *, streak: int, day: date) -> int:
    """What a plan's row gives for the visit that makes the streak this long on that day, milestones apart.

    The same as the statement computes; a test holds the two together.
    """
    position = position_of(plan["cycle"], streak=streak, day=day)
    return int(plan["base"] + plan["increment"] * (min(position, plan["increment_days"]) - 1))


def position_of(cycle: str, *, streak: int, day: date) -> int:
    """The place in the cycle that a streak has reached on a day."""
    if cycle == "month":
        return min(streak, day.day)
    length = {"days7": 7, "days30": 30}.get(cycle)
    return (streak - 1) % length + 1 if length else streak


async def preview(days: int = 30) -> list[tuple[date, int, int]]:
    """What a member who begins today and misses no day would get: day, points, points of a milestone."""
    plan = await active_plan()
    if plan is None:
        return []
    further = {row["day"]: row["points"] for row in await milestones(plan["id"])}
    start = clock.today(current_tenant().timezone)
    shown = []
    for offset in range(min(days, DAYS_MAX)):
        day = start + timedelta(days=offset)
        position = position_of(plan["cycle"], streak=offset + 1, day=day)
        shown.append((day, points_for(plan, streak=offset + 1, day=day), further.get(position, 0)))
    return shown


async def change_plan(plan: uuid.UUID, settings: PlanSettings) -> None:
    """Change a plan from now on; streaks and the past stay as they are. Raises Invalid, NotFound.

    Switching a plan on switches the one that was on off.
    """
    _check(settings)
    if settings.active:
        await DB.fetch("UPDATE __tenant__.check_in_plan SET active = false WHERE active AND id <> $1", plan)
    rows = await DB.fetch(
        "UPDATE __tenant__.check_in_plan SET name_en = $2, name_zh = $3, active = $4, base = $5, increment = $6,"
        " increment_days = $7, cycle = $8, updated_at = $9 WHERE id = $1 RETURNING id",
        plan, settings.name_en, settings.name_zh, settings.active, settings.base, settings.increment,
        settings.increment_days, settings.cycle, clock.now())  # fmt: skip
    if not rows:
        raise NotFound


async def set_milestone(plan: uuid.UUID, *, day: int, points: int, voucher_template: uuid.UUID | None) -> uuid.UUID:
    """Promise a further reward on a day of the plan's cycle, in place of the one that was there. Raises Invalid."""
    if not 1 <= day <= DAYS_MAX or not 0 <= points <= POINTS_MAX or (points == 0 and voucher_template is None):
        raise Invalid(
            param="milestone",
            problem=Words(
                en="give a day from 1 to 366, and points or a voucher", zh="请填写第 1 到 366 天，以及积分或优惠券"
            ),
        )
    try:
        found: uuid.UUID = await DB.fetchval(
            "INSERT INTO __tenant__.check_in_milestone (id, plan, day, points, voucher_template, created_at)"
            " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (plan, day)"
            " DO UPDATE SET points = EXCLUDED.points, voucher_template = EXCLUDED.voucher_template RETURNING id",
            ids.new(), plan, day, points, voucher_template, clock.now())  # fmt: skip
    except asyncpg.ForeignKeyViolationError:
        raise NotFound from None
    return found


async def remove_milestone(plan: uuid.UUID, *, day: int) -> None:
    """Promise nothing further on that day. Raises MilestoneUnknown."""
    gone = await DB.fetch(
        "DELETE FROM __tenant__.check_in_milestone WHERE plan = $1 AND day = $2 RETURNING id", plan, day)  # fmt: skip
    if not gone:
        raise MilestoneUnknown


@furnish
async def _first_plan() -> None:
    """Each new shop begins with a plan that costs little: 5 points, one more each day, 20 on the seventh."""
    moment = clock.now()
    plan = ids.new()
    await DB.fetch(
        "INSERT INTO __tenant__.check_in_plan (id, name_en, name_zh, active, base, increment, increment_days, cycle,"
        " created_at, updated_at) VALUES ($1, 'Daily check-in', '每日签到', true, 5, 1, 7, 'days7', $2, $2)",
        plan, moment)  # fmt: skip
    await set_milestone(plan, day=7, points=20, voucher_template=None)


async def _check_in_on(day: date, visits: list[Visit]) -> list[CheckedIn | Exception]:
    late = await _bridge(day, [visit.member for visit in visits])
    timely = [visit for visit in visits if visit.member not in late] if late else visits
    rows = await DB.fetch(
        _CHECK_IN, [ids.new() for _ in timely], [visit.member for visit in timely], day,
        [visit.at for visit in timely]) if timely else []  # fmt: skip
    codes = await _reward(rows)
    fresh = {row["member"]: _checked_in(row, code=codes.get(row["member"])) for row in rows}
    others = [visit.member for visit in visits if visit.member not in fresh]
    earlier = await _look_up(others, day, late=late) if others else {}
    answers: list[CheckedIn | Exception] = []
    for visit in visits:
        if visit.member in fresh:
            answers.append(fresh[visit.member])
            # The same member a second time in one batch has checked in already.
            earlier[visit.member] = replace(fresh.pop(visit.member), repeated=True)
        else:
            answers.append(earlier[visit.member])
    return answers


async def _bridge(day: date, visitors: list[uuid.UUID]) -> set[uuid.UUID]:
    """Around midnight, let visits of the two days wait for each other. Returns for whom the day can count no more.

    A visit may not be committed, or not even written, when that of the next day looks for it, so both lock the member
    before the statement that looks. A visit is written until _BRIDGE after its day, by a transaction that lasts no
    longer than that, so the new day looks out for twice as long. Once its visit is there, its streak is fixed.
    """
    zone, now = current_tenant().timezone, clock.now()
    start, end = clock.local(zone, day), clock.local(zone, day + timedelta(days=1))
    if start + 2 * _BRIDGE <= now < end - _BRIDGE:
        return set()
    if now >= end + _BRIDGE:
        return set(visitors)
    await DB.fetch(
        "SELECT 1 FROM __tenant__.member WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE",
        visitors)  # fmt: skip
    rows = await DB.fetch(
        "SELECT member FROM __tenant__.check_in WHERE member = ANY($1::uuid[]) AND day = $2",
        visitors, day + timedelta(days=1)) if now >= end - _BRIDGE else []  # fmt: skip
    return {row["member"] for row in rows}


async def _reward(rows: list[Any]) -> dict[uuid.UUID, str]:
    """Grant what the visits earned. Returns the codes of milestone vouchers by member."""
    granting = [
        rewards.Granting(
            member=row["member"],
            reward=rewards.Reward(points=row["points"]),
            why=rewards.Why.CHECK_IN,
            once=f"check-in/{row['member']}/{row['day']}",
        )
        for row in rows
        if row["points"]
    ]
    reached = [
        rewards.Granting(
            member=row["member"],
            reward=rewards.Reward(points=row["milestone_points"], voucher_template=row["milestone_voucher"]),
            why=rewards.Why.MILESTONE,
            once=f"milestone/{row['member']}/{row['day']}",
            when_out="points_only",
        )
        for row in rows
        if row["milestone_points"] or row["milestone_voucher"]
    ]
    granted = await rewards.grant_many([*granting, *reached]) if granting or reached else []
    given = zip(reached, granted[len(granting) :], strict=True)
    return {asked.member: grant.voucher_code for asked, grant in given if grant.voucher_code}


async def _look_up(
    visitors: list[uuid.UUID], day: date, *, late: set[uuid.UUID]
) -> dict[uuid.UUID, CheckedIn | Exception]:
    """For visitors who were not let in: their visit of that day, or the reason."""
    rows = await DB.fetch(
        "SELECT m.id AS who, m.state, c.id, c.member, c.day, c.streak, c.position, c.points, c.milestone_points"
        " FROM __tenant__.member m LEFT JOIN __tenant__.check_in c ON c.member = m.id AND c.day = $2"
        " WHERE m.id = ANY($1::uuid[])", visitors, day)  # fmt: skip
    found: dict[uuid.UUID, CheckedIn | Exception] = dict.fromkeys(visitors, members.MemberUnknown())
    for row in rows:
        if row["id"]:
            found[row["who"]] = _checked_in(row, repeated=True)
        elif row["state"] != "active":
            found[row["who"]] = members.MemberBlocked()
        else:
            found[row["who"]] = DayOver() if row["who"] in late else NoPlan()
    return found


def _checked_in(row: Any, *, code: str | None = None, repeated: bool = False) -> CheckedIn:
    return CheckedIn(
        id=row["id"], member=row["member"], day=row["day"], streak=row["streak"], position=row["position"],
        points=row["points"], milestone_points=row["milestone_points"], voucher_code=code,
        repeated=repeated)  # fmt: skip


def _check(settings: PlanSettings) -> None:
    if settings.cycle not in CYCLES:
        raise Invalid(param="cycle", problem=Words(en="choose one of the cycles", zh="请选择周期"))
    if not (0 <= settings.base <= POINTS_MAX and 0 <= settings.increment <= POINTS_MAX):
        raise Invalid(param="base", problem=Words(en="use 0 to 1,000,000 points", zh="积分请填写 0 到 1,000,000"))
    if not 1 <= settings.increment_days <= DAYS_MAX:
        raise Invalid(param="increment_days", problem=Words(en="use 1 to 366 days", zh="请填写 1 到 366 天"))
