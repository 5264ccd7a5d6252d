"""How answers run over time, by days, weeks (from Monday) or months of the shop's zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias

from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.surveys.rules import scores
from tenants.surveys.rules.filtering import NoWayBack
from tenants.surveys.rules.results import SCORED
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    from tenants.surveys.rules.asked import Asked, AskedQuestion
    from tenants.surveys.rules.filtering import Filter
    from tenants.surveys.rules.scores import Difference, Score

Step: TypeAlias = Literal["day", "week", "month"]
STEPS: tuple[Step, ...] = ("day", "week", "month")
PERIODS_MAX = 400
_DAYS_MOST, _WEEKS_MOST = 62, 370


@dataclass(frozen=True, slots=True)
class Period:
    """One day, week or month: responses, and of a scored question its score and whether it left that before."""

    start: date
    end: date
    responses: int
    score: Score | None = None
    change: Difference | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """Periods without a gap, the oldest first."""

    step: Step
    periods: tuple[Period, ...]


async def timeline(
    asked: Asked, chosen: Filter, *, step: Step | None = None, one: AskedQuestion | None = None
) -> Timeline:
    """Responses by the time at which they were completed (begun, where they were not), or the score of a question.

    Without `step` it is what shows best; a step that would make too many periods is widened. Raises NoWayBack for an
    anonymous survey, Invalid for a question that makes no score.
    """
    if asked.anonymous:
        raise NoWayBack(param="time")
    if one is not None and one.question.kind not in {*SCORED, "number"}:
        raise Invalid(param="question", problem=Words(en="only scores run over time", zh="仅评分类题目支持趋势查看"))
    by_day = await _by_day(asked, chosen, one)
    if not by_day:
        return Timeline(step or "day", ())
    first, last = min(by_day), max(by_day)
    wanted = _fitting(step, days=(last - first).days + 1)
    starts = _starts(first, last, wanted)
    counts: dict[date, dict[Decimal | None, int]] = {start: {} for start in starts}
    for day, values in by_day.items():
        kept = counts[_start(day, wanted)]
        for value, n in values.items():
            kept[value] = kept.get(value, 0) + n
    periods: list[Period] = []
    for place, start in enumerate(starts):
        end = (starts[place + 1] if place + 1 < len(starts) else _next(start, wanted)) - timedelta(days=1)
        periods.append(_period(start, end, counts[start], one, periods[-1] if periods else None))
    return Timeline(wanted, tuple(periods))


async def _by_day(asked: Asked, chosen: Filter, one: AskedQuestion | None) -> dict[date, dict[Decimal | None, int]]:
    where, args = chosen.where(asked)
    last = len(args) + 1
    zone = current_tenant().timezone
    if one is None:
        rows = await DB.fetch(
            f"SELECT (coalesce(r.completed_at, r.started_at) AT TIME ZONE ${int(last)}::text)::date AS day,"
            " NULL::numeric AS value, count(*) AS n"
            f" FROM __tenant__.survey_response r WHERE {where} GROUP BY 1", *args, zone)  # fmt: skip
    else:
        rows = await DB.fetch(
            f"SELECT (coalesce(r.completed_at, r.started_at) AT TIME ZONE ${int(last)}::text)::date AS day,"
            " a.number AS value, count(*) AS n"
            " FROM __tenant__.survey_response r JOIN __tenant__.survey_answer a ON a.response = r.id"
            f" WHERE a.question = ${int(last + 1)}::text AND a.number IS NOT NULL AND {where}"
            " GROUP BY 1, 2", *args, zone, one.key)  # fmt: skip
    found: dict[date, dict[Decimal | None, int]] = {}
    for row in rows:
        if row["day"] is not None:
            found.setdefault(row["day"], {})[row["value"]] = row["n"]
    return found


def _period(
    start: date, end: date, values: dict[Decimal | None, int], one: AskedQuestion | None, before: Period | None
) -> Period:
    responses = sum(values.values())
    if one is None:
        return Period(start, end, responses)
    known = {value: n for value, n in values.items() if value is not None}
    score = scores.score(SCORED.get(one.question.kind, "mean"), known)
    change = scores.difference(score, before.score) if before and before.score else None
    return Period(start, end, responses, score, change)


def _fitting(step: Step | None, *, days: int) -> Step:
    if step is None:
        return "day" if days <= _DAYS_MOST else "week" if days <= _WEEKS_MOST else "month"
    if step == "day" and days > PERIODS_MAX:
        step = "week"
    return "month" if step == "week" and days > PERIODS_MAX * 7 else step


def _start(day: date, step: Step) -> date:
    if step == "month":
        return day.replace(day=1)
    return day if step == "day" else day - timedelta(days=day.weekday())


def _next(start: date, step: Step) -> date:
    if step == "month":
        return (start.replace(day=28) + timedelta(days=4)).replace(day=1)
    return start + timedelta(days=1 if step == "day" else 7)


def _starts(first: date, last: date, step: Step) -> list[date]:
    starts = [_start(first, step)]
    while (following := _next(starts[-1], step)) <= last:
        starts.append(following)
    return starts
