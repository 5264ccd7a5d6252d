"""Which questions somebody can get to at all, and by which ways.

Conditions are tried, not only followed: for each question that a condition asks about, one answer stands for all that
conditions treat alike (each choice that is named and one that is not, each side of each number), and every way through
is gone with them. Two people who stand at the same question and differ in nothing that is asked later are the same.
Where there are more ways than `WAYS_MAX`, conditions are taken as open and only the jumps are followed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, TypeAlias

from tenants.surveys.rules.definition import END, Definition, Question
from tenants.surveys.rules.expressions import holds, in_order, names, parse
from tenants.surveys.rules.refusals import ExpressionRefused
from tenants.surveys.rules.saying import choices_of
from tenants.surveys.rules.syntax import values
from tenants.surveys.rules.values import SCALED, Given, scale_of

if TYPE_CHECKING:
    from tenants.surveys.rules.definition import Jump
    from tenants.surveys.rules.syntax import Expression

WAYS_MAX = 20_000
ALIKE_MAX = 64
"""More different answers to one question are not tried."""
_Known: TypeAlias = frozenset[tuple[str, int]]


class _TooMany(Exception):
    """There are more ways than are tried."""


@dataclass(frozen=True, slots=True)
class Way:
    """Where a question leads to when a condition holds: a later one, or `end`. An empty one: in all other cases."""

    when: str
    to: str


@dataclass(frozen=True, slots=True)
class Step:
    """One question on the map of a survey: when it is shown, where it leads, and whether anybody gets there."""

    key: str
    phase: int
    show_if: str
    ways: tuple[Way, ...]
    reached: bool


def path(definition: Definition) -> list[Step]:
    """The map of a survey, for who edits it. Where something is unsound, every question counts as reached."""
    asked = in_order(definition)
    try:
        met = reachable(definition)
    except (ExpressionRefused, KeyError):  # what is wrong with it is for `problems` to say
        met = {question.key for question in asked}
    steps = []
    for place, question in enumerate(asked):
        after = asked[place + 1] if place + 1 < len(asked) else None
        following = after.key if after and after.phase == question.phase else END
        ways = [Way(jump.when, jump.to) for jump in definition.jumps if jump.after == question.key]
        if all(way.when for way in ways):
            ways.append(Way("", following))
        steps.append(Step(question.key, question.phase, question.show_if, tuple(ways), question.key in met))
    return steps


def reachable(definition: Definition) -> set[str]:
    """The keys of the questions that somebody can get to; conditions and jumps must be sound one by one."""
    try:
        return _tried(definition)
    except _TooMany:
        return _followed(definition)


def _tried(definition: Definition) -> set[str]:
    asked = in_order(definition)
    jumps: dict[str, list[Jump]] = {question.key: [] for question in asked}
    for jump in definition.jumps:
        jumps[jump.after].append(jump)
    alike = _alike(definition)
    needed = _needed_after(asked, jumps)
    met: set[str] = set()
    # Who stands before which question, knowing which answers (by their place among those alike).
    waiting: list[set[_Known]] = [set() for _ in range(len(asked) + 1)]
    waiting[0].add(frozenset())
    places = {question.key: place for place, question in enumerate(asked)}
    ways = 0
    for place, question in enumerate(asked):
        after_phase = next(
            (later for later in range(place, len(asked)) if asked[later].phase > question.phase), len(asked)
        )
        for known in waiting[place]:
            answers = {key: alike[key][which] for key, which in known}
            if not holds(question.show_if, answers):
                waiting[place + 1].add(_kept(known, needed[place + 1]))
                continue
            met.add(question.key)
            for which, given in enumerate(alike.get(question.key, (Given(),))):
                ways += 1
                if ways > WAYS_MAX:
                    raise _TooMany
                answers[question.key] = given
                to = next((jump.to for jump in jumps[question.key] if holds(jump.when, answers)), None)
                target = place + 1 if to is None else after_phase if to == END else places[to]
                more = known | {(question.key, which)} if question.key in alike else known
                waiting[target].add(_kept(more, needed[target]))
        waiting[place].clear()
    return met


def _followed(definition: Definition) -> set[str]:
    """By jumps alone, as though every condition could hold or not."""
    asked = in_order(definition)
    met: set[str] = set()
    ahead = {
        question.key for place, question in enumerate(asked) if not place or asked[place - 1].phase < question.phase
    }
    for place, question in enumerate(asked):
        if question.key not in ahead:
            continue
        met.add(question.key)
        jumps = [jump for jump in definition.jumps if jump.after == question.key]
        ahead.update(jump.to for jump in jumps)
        if (all(jump.when for jump in jumps) or question.show_if) and place + 1 < len(asked):
            ahead.add(asked[place + 1].key)
    return met


def _kept(known: _Known, needed: set[str]) -> _Known:
    return frozenset(one for one in known if one[0] in needed)


def _needed_after(asked: list[Question], jumps: dict[str, list[Jump]]) -> list[set[str]]:
    """Before each place, the questions that some condition from there on asks about."""
    needed: list[set[str]] = [set() for _ in range(len(asked) + 1)]
    for place in range(len(asked) - 1, -1, -1):
        question = asked[place]
        conditions = [question.show_if, *(jump.when for jump in jumps[question.key])]
        here = {name.key for condition in conditions for name in names(parse(condition))}
        needed[place] = needed[place + 1] | here
    return needed


def _alike(definition: Definition) -> dict[str, list[Given]]:
    """For each question that a condition asks about, answers that stand for all."""
    conditions = [parse(question.show_if) for question in definition.questions]
    conditions += [parse(jump.when) for jump in definition.jumps]
    asked_about = {name.key for condition in conditions for name in names(condition)}
    found = {}
    for question in definition.questions:
        if question.key in asked_about:
            kinds = _answers(question, conditions)
            if len(kinds) > ALIKE_MAX:
                raise _TooMany
            found[question.key] = kinds if question.required else [*kinds, Given()]
    return found


def _answers(question: Question, conditions: list[Expression | None]) -> list[Given]:  # noqa: PLR0911  a kind each
    if question.kind in SCALED:
        least, most = scale_of(question)
        return [Given(number=Decimal(number)) for number in range(least, most + 1)]
    said = {value.value for condition in conditions for value in values(condition)}
    numbers = sorted(value for value in said if isinstance(value, Decimal))
    texts = sorted(value for value in said if isinstance(value, str))
    if question.kind == "number":
        return _numbers(question, numbers)
    if question.kind == "date":
        return _days(question, texts)
    if question.kind in {"short", "long"}:
        return _texts(texts)
    keys = [choice.key for choice in choices_of(question)]
    if question.kind == "matrix":
        return _rows(question, keys)
    if question.kind in {"multiple", "ranking"} or (question.kind == "picture" and question.several):
        return _sets(question, keys, texts)
    return [Given(choices=(key,)) for key in keys]


def _numbers(question: Question, numbers: list[Decimal]) -> list[Given]:
    ends = [bound for bound in (question.least, question.most) if bound is not None]
    points = sorted({*numbers, *ends}) or [Decimal(0)]
    between = [(one + other) / 2 for one, other in pairwise(points)]
    tried = sorted({points[0] - 1, *points, *between, points[-1] + 1})
    return [
        Given(number=one) for one in tried
        if (question.least is None or one >= question.least) and (question.most is None or one <= question.most)
    ]  # fmt: skip


def _days(question: Question, texts: list[str]) -> list[Given]:
    points = []
    for text in (*texts, question.earliest or "", question.latest or ""):
        try:
            points.append(date.fromisoformat(text))
        except ValueError:
            continue
    inner = [day for day in points if day.year not in {date.min.year, date.max.year}] or [date(2000, 1, 2)]
    tried = {day + timedelta(days=by) for day in inner for by in (-1, 0, 1)}
    return [
        Given(day=day) for day in sorted(tried)
        if (not question.earliest or day.isoformat() >= question.earliest)
        and (not question.latest or day.isoformat() <= question.latest)
    ]  # fmt: skip


def _texts(texts: list[str]) -> list[Given]:
    """Each text that is named, all together, and one that nobody names; what it must look like is not minded."""
    pairs = [" ".join(pair) for pair in combinations(texts, 2)]
    return [Given(text=text) for text in dict.fromkeys([*texts, *pairs, " ".join(texts), "\x00"]) if text]


def _rows(question: Question, keys: list[str]) -> list[Given]:
    """Each column in one row, and in all rows: conditions over two rows at once are left open."""
    rows = [row.key for row in question.rows]
    if len(rows) > 1 or question.several:
        raise _TooMany
    return [Given(rows={row: (key,)}) for row in rows for key in keys]


def _sets(question: Question, keys: list[str], texts: list[str]) -> list[Given]:
    """Every set of the choices that are named, with none to all of the others."""
    named = [key for key in keys if key in texts]
    others = [key for key in keys if key not in texts]
    if len(named) > 6:  # noqa: PLR2004  as many sets as are tried
        raise _TooMany
    least = int(question.least) if question.least is not None else 0
    most = int(question.most) if question.most is not None else len(keys)
    if question.kind == "ranking" and question.least is None:
        least = most
    return [
        Given(choices=(*some, *others[:more]))
        for size in range(len(named) + 1)
        for some in combinations(named, size)
        for more in range(len(others) + 1)
        if max(least, 1) <= size + more <= most
    ]
