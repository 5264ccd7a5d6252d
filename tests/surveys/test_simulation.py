"""A survey of each kind of question, answered by a thousand simulated members: every figure is counted again in Python.

The recount knows nothing of the rules but what their documents say, and reads what was sent, not what was kept.
"""

from __future__ import annotations

import math
import random
import statistics
from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

import pytest
import pytest_asyncio

from tenants import members as member_rules
from tenants import pictures, surveys
from tenants.kit import clock, ids
from tenants.surveys.rules import asked as asking
from tenants.surveys.rules import crosstabs, dropping, filtering, results, timelines
from tests.conftest import _shop
from tests.make import answers as make
from tests.make import pictures as make_pictures

if TYPE_CHECKING:
    import uuid
    from collections.abc import AsyncIterator, Callable

    from litestar import Litestar

    from tenants.surveys import Definition
    from tenants.surveys.rules.asked import Asked
    from tests.conftest import Shop
    from tests.make.answers import Answered

MEMBERS = 1_000
BATCH = 250
Z = 1.959963984540054


@dataclass
class Simulated:
    """A shop, what it asked and what everybody said."""

    shop: Shop
    asked: Asked
    everybody: list[Answered]

    def meant(self, **wanted: Any) -> list[Answered]:
        """The complete ones that are not suspect, unless said otherwise."""
        wanted = {"state": "complete", "suspect": "", **wanted}
        return [one for one in self.everybody if all(getattr(one, name) == value for name, value in wanted.items())]


@pytest_asyncio.fixture(scope="module")
async def made(app: Litestar) -> AsyncIterator[Simulated]:
    """A thousand members have answered through the verbs that phones call; the tests below only look."""
    shop = await _shop("acme", app)
    definition, chance = make.every_kind(), random.Random(4)  # noqa: S311  a simulation
    everybody = [make.somebody(chance, number) for number in range(MEMBERS)]
    async with shop.open():
        known = await member_rules.ensure_many(
            (f"simulated-{number}", make.START, "simulation") for number in range(MEMBERS))  # fmt: skip
        for number, one in enumerate(everybody):
            one.member = known[f"simulated-{number}"]
        survey = await published(definition)
    for start in range(0, MEMBERS, BATCH):
        async with shop.open():
            await hand_in(survey, everybody[start : start + BATCH])
    async with shop.open():
        asked = await asking.asked(survey)
    yield Simulated(shop, asked, everybody)
    await shop.close()


async def published(definition: Definition) -> uuid.UUID:
    """A survey that members can answer, its choices of pictures with a picture."""
    picture = ids.show("pic", await pictures.keep(make_pictures.picture()))
    for question in definition.questions:
        if question.kind == "picture":
            for choice in question.choices:
                choice.picture = picture
    survey = await surveys.create(surveys.Terms(name_en="Everything"), definition=definition)
    await surveys.publish(survey)
    return survey


async def hand_in(survey: uuid.UUID, people: list[Answered]) -> None:
    """Each says what they say: some give up on the way, and some of those who do not had saved the half of it before."""
    asked = []
    for place, one in enumerate(people):
        who = surveys.Who(member=one.member, via=cast("Any", one.via))
        if one.state == "partial":
            await save(survey, who, one, one.answers, one.reached)
            continue
        first, rest = one.answers, {}
        if place % 10 == 0:
            keys = list(one.answers)
            half = {key: one.answers[key] for key in keys[:5]}
            await save(survey, who, one, half, keys[5])
            first, rest = {key: one.answers[key] for key in keys[5:]}, half
        assert first.keys() | rest.keys() == one.answers.keys()
        asked.append(
            surveys.Submission(
                survey=survey, who=who, answers=first, at=one.at or make.START, language=one.language,
                suspect=one.suspect)
        )  # fmt: skip
    done = await surveys.submit_many(asked)
    assert [one for one in done if isinstance(one, Exception)] == []


async def save(survey: uuid.UUID, who: surveys.Who, one: Answered, answers: dict[str, Any], reached: str) -> None:
    """Keep what is said so far, at the moment at which this one answers."""
    with clock.at(one.at or make.START):
        await surveys.save(survey, who, answers, language=one.language, reached=reached)


def wilson(count: int, of: int) -> tuple[float, float]:
    """The two roots of (p̂ − p)² = z² p (1 − p) / n."""
    a, b, c = 1 + Z * Z / of, -(2 * count / of + Z * Z / of), (count / of) ** 2
    root = math.sqrt(b * b - 4 * a * c)
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


def said(people: list[Answered], key: str) -> list[Any]:
    return [one.answers[key] for one in people if one.answers.get(key) not in (None, {}, [])]


def chosen(answer: Any) -> list[str]:
    if isinstance(answer, dict):
        answer = answer["choices"]
    return answer if isinstance(answer, list) else [{True: "yes", False: "no"}.get(answer, answer)]


async def test_every_figure_is_what_a_recount_in_python_finds(made: Simulated) -> None:
    async with made.shop.open():
        found = await results.results(made.asked, filtering.Filter())
    people = made.meant()
    assert found.responses.meant == len(people)
    assert found.responses.partial == len(made.meant(state="partial"))
    assert found.responses.suspect == sum(bool(one.suspect) for one in made.everybody)
    figures = {one.asked.key: one for one in found.questions}
    assert [one.asked.key for one in found.questions] == [one.key for one in make.every_kind().questions]
    for key in ("skin", "cream", "colours", "look", "order", "agree"):
        answers = said(people, key)
        counts = Counter(choice for answer in answers for choice in chosen(answer))
        assert figures[key].answered == len(answers)
        assert {one.key: one.share.count for one in figures[key].choices if one.share.count} == counts
        for one in figures[key].choices:
            assert one.share.value == counts[one.key] / len(answers)
            assert (one.share.low, one.share.high) == pytest.approx(wilson(counts[one.key], len(answers)), abs=1e-12)
    places: dict[str, list[int]] = {}
    for answer in said(people, "order"):
        for place, choice in enumerate(answer, 1):
            places.setdefault(choice, []).append(place)
    for ranked in figures["order"].choices:
        assert ranked.mean_place == pytest.approx(statistics.fmean(places[ranked.key]))
        assert ranked.first == places[ranked.key].count(1)
    tables = said(people, "table")
    assert figures["table"].answered == len(tables)
    for row in figures["table"].rows:
        cells = Counter(table[row.key] for table in tables if row.key in table)
        assert row.answered == cells.total()
        assert {one.key: one.share.count for one in row.choices} == dict(cells)
    assert figures["skin"].texts == sum(isinstance(answer, dict) for answer in said(people, "skin"))
    assert figures["wish"].answered == figures["wish"].texts == len(said(people, "wish"))


async def test_every_score_is_what_a_recount_in_python_finds(made: Simulated) -> None:
    async with made.shop.open():
        found = await results.results(made.asked, filtering.Filter())
    people = made.meant()
    figures = {one.asked.key: one for one in found.questions}
    for key in ("stars", "nps", "csat", "ces"):
        counts = Counter(said(people, key))
        assert {int(value): share.count for value, share in figures[key].values if share.count} == counts
    scores = said(people, "nps")
    promoters, detractors = sum(one >= 9 for one in scores), sum(one <= 6 for one in scores)
    nps, csat, ces, stars = (figures[key].score for key in ("nps", "csat", "ces", "stars"))
    assert nps
    assert csat
    assert ces
    assert stars
    assert nps.value == pytest.approx(100 * (promoters - detractors) / len(scores))
    assert dict(figures["nps"].parties)["promoters"].count == promoters
    satisfied = said(people, "csat")
    assert csat.value == pytest.approx(100 * sum(one >= 4 for one in satisfied) / len(satisfied))
    for score, key in ((ces, "ces"), (stars, "stars")):
        values = said(people, key)
        half = 1.9628 * statistics.stdev(values) / math.sqrt(len(values))
        assert score.value == pytest.approx(statistics.fmean(values))
        assert score.high == pytest.approx(statistics.fmean(values) + half, abs=1e-4)
    spent = sorted(Decimal(one) for one in said(people, "spend"))
    number, bars = figures["spend"].number, cast("list[Any]", figures["spend"].bars)
    assert number
    assert (number.least, number.most) == (spent[0], spent[-1])
    assert number.mean == pytest.approx(sum(spent) / len(spent))
    assert number.quartiles == pytest.approx(statistics.quantiles(map(float, spent), method="inclusive"))
    assert sum(bar.count for bar in bars) == len(spent)
    assert all(bar.count == sum(bar.low <= one < bar.high for one in spent) for bar in bars)
    months = Counter(date.fromisoformat(one).strftime("%Y-%m") for one in said(people, "launch"))
    assert {f"{bar.low:%Y-%m}": bar.count for bar in figures["launch"].bars} == months


FILTERS: list[tuple[dict[str, str], Callable[[Answered], bool]]] = [
    ({"answer": "skin:dry"}, lambda one: "dry" in chosen(one.answers["skin"])),
    ({"answer": "colours:red,colours:blue"}, lambda one: {"red", "blue"} <= set(one.answers.get("colours", ()))),
    ({"answer": "nps:9..10"}, lambda one: one.answers.get("nps", 0) >= 9),
    ({"answer": "table.shop:good"}, lambda one: one.answers.get("table", {}).get("shop") == "good"),
    ({"answer": "order:care@1"}, lambda one: one.answers.get("order", [""])[0] == "care"),
    ({"answer": "colours:!"}, lambda one: not one.answers.get("colours")),
    ({"answer": "spend:..500"}, lambda one: Decimal(one.answers.get("spend", 9999)) <= 500),
    ({"answer": "launch:2026-06-01..2026-06-30"}, lambda one: one.answers.get("launch", "")[:7] == "2026-06"),
    ({"answer": "agree:no"}, lambda one: one.answers.get("agree") is False),
    ({"language": "zh", "via": "link"}, lambda one: (one.language, one.via) == ("zh", "link")),
    ({"since": "2026-03-10", "until": "2026-03-12"}, lambda one: date(2026, 3, 10) <= one.day <= date(2026, 3, 12)),
]  # fmt: skip


async def test_a_filter_means_those_of_whom_it_holds(made: Simulated) -> None:
    for fields, holds in FILTERS:
        async with made.shop.open():
            chosen_ones = filtering.read(fields, made.asked)
            found = await results.results(made.asked, chosen_ones)
        people = [one for one in made.meant() if holds(one)]
        assert found.responses.meant == len(people) > 0, fields
        figures = {one.asked.key: one for one in found.questions}
        assert figures["look"].answered == len(said(people, "look")), fields
        assert filtering.read(chosen_ones.query, made.asked) == chosen_ones


async def test_where_people_stop_is_what_a_walk_through_their_answers_finds(made: Simulated) -> None:
    async with made.shop.open():
        counted = await results.results(made.asked, filtering.Filter())
        found = await dropping.drop_off(made.asked, filtering.Filter(), counted.answered)
    order = [one.key for one in make.every_kind().questions]
    seen: Counter[str] = Counter()
    stopped: Counter[str] = Counter()
    people = [one for one in made.everybody if not one.suspect]
    for one in people:
        for key in order[: order.index(one.reached) + 1]:
            if key == "cream" and one.answers["skin"] != "dry":
                continue
            if key == "complaint" and one.answers.get("csat", 0) >= 3:
                continue
            seen[key] += 1
        if one.state == "partial":
            stopped[one.reached] += 1
    assert {one.key: one.seen for one in found.questions} == {key: seen[key] for key in order}
    assert {one.key: one.stopped for one in found.questions} == {key: stopped[key] for key in order}
    assert {one.key: one.answered for one in found.questions} == {key: len(said(people, key)) for key in order}
    assert not found.at_least


async def test_a_question_by_another_is_what_a_recount_finds(made: Simulated) -> None:
    skin, nps = made.asked.find("skin"), made.asked.find("nps")
    assert skin
    assert nps
    async with made.shop.open():
        by_skin = await crosstabs.crosstab(made.asked, filtering.Filter(), nps, by="question", other="skin")
        by_nps = await crosstabs.crosstab(made.asked, filtering.Filter(), skin, by="question", other="nps")
    people = [one for one in made.meant() if "nps" in one.answers]
    cells: Counter[tuple[str, str]] = Counter()
    for one in people:
        value = one.answers["nps"]
        party = "promoters" if value >= 9 else "passives" if value >= 7 else "detractors"
        cells[chosen(one.answers["skin"])[0], party] += 1
    assert {
        (group.key, column.key): cell.count
        for group in by_skin.groups
        for column, cell in zip(by_skin.columns, group.cells, strict=True)
    } == dict(cells)
    assert {
        (column.key, group.key): cell.count
        for group in by_nps.groups
        for column, cell in zip(by_nps.columns, group.cells, strict=True)
    } == dict(cells)
    rows = {key for key, _ in cells}
    chi = 0.0
    for row in rows:
        for column in ("promoters", "passives", "detractors"):
            total = sum(n for (key, _), n in cells.items() if key == row)
            expected = total * sum(n for (_, key), n in cells.items() if key == column) / len(people)
            chi += (cells[row, column] - expected) ** 2 / expected
    assert by_skin.association
    assert by_nps.association
    assert by_skin.association.statistic == pytest.approx(chi)
    assert by_nps.association.p == pytest.approx(by_skin.association.p)
    assert by_skin.association.freedom == 6


async def test_the_course_of_a_score_is_that_of_each_period_in_the_shops_zone(made: Simulated) -> None:
    nps = made.asked.find("nps")
    async with made.shop.open():
        lines = {
            step: await timelines.timeline(made.asked, filtering.Filter(), step=step, one=nps)
            for step in timelines.STEPS
        }
    for step, line in lines.items():
        assert line.step == step
        days = {period.start: period for period in line.periods}
        counts: Counter[date] = Counter()
        for one in made.meant():
            if "nps" in one.answers:
                start = next(start for start, period in days.items() if start <= one.day <= period.end)
                counts[start] += 1
        assert {start: period.responses for start, period in days.items()} == {start: counts[start] for start in days}
        assert counts.total() == len(said(made.meant(), "nps"))
