"""What the answers say: counts of every question, live, by a few statements over the answers that are meant.

Nothing is kept: a figure is counted when it is asked for, so it is right after any change. One statement counts all
choices, scores, days and texts at once; numbers, which may all differ, are summed up by PostgreSQL.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from tenants.surveys.rules import scores
from tenants.surveys.rules.filtering import ANONYMOUS_LEAST, CHOSEN, STATES
from tenants.surveys.rules.values import SCALED, scale_of
from tenants.tenancy import DB

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tenants.surveys.rules.asked import Asked, AskedQuestion
    from tenants.surveys.rules.filtering import Filter
    from tenants.surveys.rules.scores import Score, Share

BARS = 10
SCORED: dict[str, scores.ScoreKind] = {"nps": "nps", "csat": "csat", "ces": "ces", "rating": "mean"}
_DAYS_SHOWN, _MONTHS_SHOWN = 31, 36


@dataclass(frozen=True, slots=True)
class ChoiceFigure:
    """How many chose it, of those who answered; in a ranking, how many put it first and its mean place."""

    key: str
    text: str
    gone: bool
    share: Share
    first: int = 0
    mean_place: float | None = None


@dataclass(frozen=True, slots=True)
class RowFigure:
    """One row of a matrix."""

    key: str
    text: str
    gone: bool
    answered: int
    choices: tuple[ChoiceFigure, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """How many numbers or days lie from `low` to `high`; the last of numbers holds its upper end too."""

    low: Decimal | date
    high: Decimal | date
    count: int


@dataclass(frozen=True, slots=True)
class NumberFigure:
    """What is to be said of numbers, quartiles interpolated."""

    least: Decimal
    most: Decimal
    mean: Decimal
    quartiles: tuple[float, float, float]

    @property
    def median(self) -> float:
        """Half of the numbers lie on either side."""
        return self.quartiles[1]


@dataclass(frozen=True, slots=True)
class QuestionFigures:
    """What was answered to one question; which parts are filled depends on its kind."""

    asked: AskedQuestion
    answered: int = 0
    choices: tuple[ChoiceFigure, ...] = ()
    rows: tuple[RowFigure, ...] = ()
    values: tuple[tuple[Decimal, Share], ...] = ()
    score: Score | None = None
    parties: tuple[tuple[str, Share], ...] = ()
    number: NumberFigure | None = None
    bars: tuple[Bar, ...] = ()
    texts: int = 0


@dataclass(frozen=True, slots=True)
class Responses:
    """How many began and how far they came, suspects apart from them; `meant` are those of the filter."""

    complete: int
    partial: int
    suspect: int
    meant: int

    @property
    def completion(self) -> Share:
        """The part of those who began that came to the end."""
        return scores.share(self.complete, self.complete + self.partial)


@dataclass(frozen=True, slots=True)
class Results:
    """All figures of the responses that are meant; `hidden` where they are too few to be shown and anonymous.

    `answered` is how many answered each question, whatever became of their response.
    """

    responses: Responses
    questions: tuple[QuestionFigures, ...]
    answered: Mapping[str, int]
    hidden: bool


async def results(asked: Asked, chosen: Filter) -> Results:
    """Every figure of a survey for the responses of a filter."""
    responses = await count(asked, chosen)
    if is_hidden(asked, responses.meant):
        return Results(responses, (), {}, hidden=True)
    figures = _Figures(asked)
    await figures.read(chosen)
    questions = tuple(figures.of(one) for one in asked.questions)
    return Results(responses, questions, figures.answered_at_all, hidden=False)


async def count(asked: Asked, chosen: Filter) -> Responses:
    """How many responses there are of each state, and how many of them the filter means."""
    where, args = replace(chosen, state="any", suspects="with").where(asked)
    rows = await DB.fetch(
        "SELECT r.state, r.suspect <> '' AS suspect, count(*) AS n"
        f" FROM __tenant__.survey_response r WHERE {where} GROUP BY 1, 2", *args)  # fmt: skip
    of = {(row["state"], row["suspect"]): row["n"] for row in rows}
    meant = sum(
        n
        for (state, suspect), n in of.items()
        if chosen.state in {"any", state} and (chosen.suspects == "with" or suspect == (chosen.suspects == "only"))
    )
    return Responses(
        complete=of.get(("complete", False), 0),
        partial=of.get(("partial", False), 0),
        suspect=sum(n for (_, suspect), n in of.items() if suspect),
        meant=meant,
    )


def is_hidden(asked: Asked, meant: int) -> bool:
    """Whether so few responses of an anonymous survey might give somebody away."""
    return asked.anonymous and 0 < meant < ANONYMOUS_LEAST


class _Figures:
    """The counts of all questions as they come from the database, put into figures question by question."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.numbers = [one.key for one in asked.questions if one.question.kind == "number"]
        self.answered: dict[tuple[str, str], int] = {}
        self.texts: dict[str, int] = {}
        self.values: dict[str, dict[Decimal, int]] = {}
        self.days: dict[str, dict[date, int]] = {}
        self.chosen: dict[tuple[str, str], dict[str, tuple[int, int, int]]] = {}
        self.matrices: dict[str, int] = {}
        self.answered_at_all: dict[str, int] = {}
        self.sums: dict[str, Any] = {}
        self.bars: dict[str, list[Bar]] = {}

    async def read(self, chosen: Filter) -> None:
        """Count everything: answers of every state in one pass, because where people stop is asked of them all."""
        where, args = replace(chosen, state="any").where(self.asked)
        args.append(STATES[:-1] if chosen.state == "any" else [chosen.state])
        last = len(args) + 1
        rows = await DB.fetch(
            "WITH answered AS (SELECT a.question, a.part, a.day, a.choices,"
            f" CASE WHEN a.question = ANY(${int(last)}::text[]) THEN NULL ELSE a.number END AS number,"
            f" a.text IS NOT NULL AS said, r.state = ANY(${int(last - 1)}::text[]) AS meant, count(*) AS n"
            " FROM __tenant__.survey_answer a JOIN __tenant__.survey_response r ON r.id = a.response"
            f" WHERE {where} GROUP BY 1, 2, 3, 4, 5, 6, 7)"
            " SELECT question, part, number, day, said, NULL::text AS choice, 0::bigint AS first, 0::bigint AS places,"
            " sum(n)::bigint AS n FROM answered WHERE meant GROUP BY 1, 2, 3, 4, 5 UNION ALL"
            " SELECT question, part, NULL, NULL, false, c.choice,"
            " coalesce(sum(n) FILTER (WHERE c.place = 1), 0)::bigint, sum(n * c.place)::bigint, sum(n)::bigint"
            " FROM answered CROSS JOIN LATERAL unnest(choices) WITH ORDINALITY AS c(choice, place)"
            " WHERE meant GROUP BY question, part, c.choice UNION ALL"
            " SELECT question, NULL, NULL, NULL, false, NULL, 0, 0, sum(n)::bigint FROM answered"
            " WHERE part = '' GROUP BY question", *args, self.numbers)  # fmt: skip
        for row in rows:
            self._take(row)
        await self._read_matrices(where, args)
        await self._read_numbers(*chosen.where(self.asked))

    def _take(self, row: Any) -> None:
        key, part, n = row["question"], row["part"], row["n"]
        if part is None:
            self.answered_at_all[key] = n
            return
        if row["choice"] is not None:
            self.chosen.setdefault((key, part), {})[row["choice"]] = (n, row["first"], row["places"])
            return
        self.answered[key, part] = self.answered.get((key, part), 0) + n
        if row["said"]:
            self.texts[key] = self.texts.get(key, 0) + n
        if row["number"] is not None:
            values = self.values.setdefault(key, {})
            values[row["number"]] = values.get(row["number"], 0) + n
        if row["day"] is not None:
            days = self.days.setdefault(key, {})
            days[row["day"]] = days.get(row["day"], 0) + n

    async def _read_matrices(self, where: str, args: list[Any]) -> None:
        """Who answered any row of a matrix; of each row it is known already."""
        keys = [one.key for one in self.asked.questions if one.question.kind == "matrix"]
        if keys:
            last = len(args) + 1
            rows = await DB.fetch(
                "SELECT a.question, count(DISTINCT a.response) AS n, count(DISTINCT a.response)"
                f" FILTER (WHERE r.state = ANY(${int(last - 1)}::text[])) AS meant FROM __tenant__.survey_answer a"
                " JOIN __tenant__.survey_response r ON r.id = a.response"
                f" WHERE a.question = ANY(${int(last)}::text[]) AND {where} GROUP BY 1",
                *args, keys)  # fmt: skip
            self.matrices = {row["question"]: row["meant"] for row in rows}
            self.answered_at_all |= {row["question"]: row["n"] for row in rows}

    async def _read_numbers(self, where: str, args: list[Any]) -> None:
        if not self.numbers:
            return
        last = len(args) + 1
        rows = await DB.fetch(
            "SELECT a.question, count(*) AS n, min(a.number) AS least, max(a.number) AS most, sum(a.number) AS total,"
            " sum(a.number * a.number) AS squares, percentile_cont(ARRAY[0.25, 0.5, 0.75])"
            " WITHIN GROUP (ORDER BY a.number::float8) AS quartiles"
            " FROM __tenant__.survey_answer a JOIN __tenant__.survey_response r ON r.id = a.response"
            f" WHERE a.question = ANY(${int(last)}::text[]) AND a.number IS NOT NULL"
            f" AND {where} GROUP BY 1", *args, self.numbers)  # fmt: skip
        self.sums = {row["question"]: row for row in rows}
        steps = {key: step_of(row["least"], row["most"]) for key, row in self.sums.items()}
        if not steps:
            return
        counted = await DB.fetch(
            "SELECT a.question, floor(a.number / s.step) AS place, count(*) AS n"
            " FROM __tenant__.survey_answer a JOIN __tenant__.survey_response r ON r.id = a.response"
            f" JOIN unnest(${int(last)}::text[], ${int(last + 1)}::numeric[]) AS s(question, step)"
            f" ON s.question = a.question WHERE a.number IS NOT NULL AND {where} GROUP BY 1, 2",
            *args, list(steps), list(steps.values()))  # fmt: skip
        places: dict[str, dict[int, int]] = {}
        for row in counted:
            places.setdefault(row["question"], {})[int(row["place"])] = row["n"]
        for key, found in places.items():
            self.bars[key] = [
                Bar(place * steps[key], (place + 1) * steps[key], found.get(place, 0))
                for place in range(min(found), max(found) + 1)
            ]

    def of(self, one: AskedQuestion) -> QuestionFigures:
        """The figures of one question."""
        question, key = one.question, one.key
        answered = self.answered.get((key, ""), 0)
        if question.kind == "matrix":
            rows = tuple(
                RowFigure(row.key, self.asked.say(row.text, row.key), row.key in one.gone,
                          of := self.answered.get((key, row.key), 0), tuple(self._choices(one, row.key, of)))
                for row in question.rows)  # fmt: skip
            return QuestionFigures(one, self.matrices.get(key, 0), rows=rows)
        if question.kind in CHOSEN:
            choices = tuple(self._choices(one, "", answered))
            return QuestionFigures(one, answered, choices=choices, texts=self.texts.get(key, 0))
        if question.kind in SCALED:
            return self._scaled(one, answered)
        if question.kind == "number":
            return self._number(one)
        if question.kind == "date":
            return QuestionFigures(one, answered, bars=tuple(periods(self.days.get(key, {}))))
        return QuestionFigures(one, answered, texts=self.texts.get(key, 0))

    def _choices(self, one: AskedQuestion, part: str, of: int) -> Iterable[ChoiceFigure]:
        found = self.chosen.get((one.key, part), {})
        ranking = one.question.kind == "ranking"
        for choice in one.choices:
            n, first, places = found.get(choice.key, (0, 0, 0))
            yield ChoiceFigure(
                choice.key, self.asked.say(choice.text, choice.key), choice.key in one.gone, scores.share(n, of),
                first if ranking else 0, places / n if ranking and n else None)  # fmt: skip

    def _scaled(self, one: AskedQuestion, answered: int) -> QuestionFigures:
        counts = self.values.get(one.key, {})
        least, most = scale_of(one.question)
        everything = sorted({Decimal(value) for value in range(least, most + 1)} | counts.keys())
        parties: tuple[tuple[str, Share], ...] = ()
        if one.question.kind == "nps":
            parties = tuple((name, scores.share(n, answered)) for name, n in scores.parties(counts).items())
        return QuestionFigures(
            one, answered, values=tuple((value, scores.share(counts.get(value, 0), answered)) for value in everything),
            score=scores.score(SCORED[one.question.kind], counts), parties=parties)  # fmt: skip

    def _number(self, one: AskedQuestion) -> QuestionFigures:
        row = self.sums.get(one.key)
        if row is None:
            return QuestionFigures(one, score=scores.Score("mean", 0))
        figure = NumberFigure(row["least"], row["most"], row["total"] / row["n"], tuple(row["quartiles"]))
        score = scores.mean("mean", row["n"], Fraction(row["total"]), Fraction(row["squares"]))
        return QuestionFigures(one, row["n"], number=figure, score=score, bars=tuple(self.bars.get(one.key, ())))


def step_of(least: Decimal, most: Decimal) -> Decimal:
    """The width of the bars of a histogram: 1, 2 or 5 times a power of ten, so that there are about `BARS` of them."""
    span = most - least
    if span <= 0:
        return Decimal(1)
    power = Decimal(10) ** math.floor(math.log10(span / BARS))
    return next(step for factor in (1, 2, 5, 10) if span / (step := factor * power) <= BARS)


def periods(days: dict[date, int]) -> list[Bar]:
    """Days as they are, or months or years where there are many."""
    if not days:
        return []
    first, last = min(days), max(days)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if (last - first).days < _DAYS_SHOWN:
        return [Bar(day, day, n) for day, n in sorted(days.items())]
    found: dict[date, list[Any]] = {}
    for day, n in sorted(days.items()):
        start = day.replace(day=1) if months <= _MONTHS_SHOWN else day.replace(month=1, day=1)
        kept = found.setdefault(start, [_end(start, monthly=months <= _MONTHS_SHOWN), 0])
        kept[1] += n
    return [Bar(start, end, n) for start, (end, n) in found.items()]


def _end(start: date, *, monthly: bool) -> date:
    if not monthly:
        return start.replace(month=12, day=31)
    following = start.replace(year=start.year + start.month // 12, month=start.month % 12 + 1)
    return date.fromordinal(following.toordinal() - 1)
