"""The results of a survey with a million answers, against the plain aggregates that they are made of.

The limit is what somebody would type into psql for each figure, one statement after the other, on the same rows. Ours
is measured twice: as it is seen first, on fresh connections, and right after a further response has come in.
`python -m tests.bench.bench_survey_results --answers 100000` measures another size.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tenants.kit import ids
from tenants.kit.console import Ask
from tenants.surveys.pages.results import show
from tenants.surveys.rules import definition as definitions
from tenants.surveys.rules.definition import Definition, Question
from tenants.tenancy.current import current_tenant, use_tenant
from tenants.tenancy.engine import DB
from tests.bench.figures import Figure, bench_shop
from tests.bench.limits import make_members
from tests.make.answers import both, choices

if TYPE_CHECKING:
    import uuid
    from collections.abc import Coroutine

_ROUNDS = 5
ANSWERS = 1_000_000

DEFINITION = Definition(
    languages=["en", "zh"],
    questions=[
        Question(key="skin", kind="single", text=both("Skin"), choices=choices("dry", "oily", "mixed", "normal")),
        Question(key="wish", kind="multiple", text=both("Wish"), choices=choices("a", "b", "c", "d", "e", "f")),
        Question(key="order", kind="ranking", text=both("Order"), choices=choices("a", "b", "c", "d")),
        Question(key="stars", kind="rating", text=both("Stars")),
        Question(key="nps", kind="nps", text=both("NPS")),
        Question(key="csat", kind="csat", text=both("CSAT")),
        Question(key="ces", kind="ces", text=both("CES")),
        Question(key="spend", kind="number", text=both("Spend")),
        Question(key="launch", kind="date", text=both("Launch")),
        Question(key="words", kind="long", text=both("Words"), show_if='skin = "dry" or skin != "dry"'),
    ],
)

# What each says is made from the number of the response, so every run has the same rows.
_H = "(hashtext(n::text || q::text) & 1073741823)"
_NO = ("NULL::numeric", "NULL::date", "NULL::varchar[]", "NULL::text")
_SAID: dict[str, tuple[int, str]] = {  # which column, and what is in it
    "skin": (2, f"ARRAY[(ARRAY['dry','oily','mixed','normal'])[1 + {_H} % 4]]::varchar[]"),
    "wish": (2, f"(ARRAY['a','b','c','d','e','f'])[1 + {_H} % 3 : 4 + {_H} % 3]::varchar[]"),
    "order": (
        2,
        f"(CASE {_H} % 3 WHEN 0 THEN '{{a,b,c,d}}' WHEN 1 THEN '{{b,c,a,d}}' ELSE '{{d,b,a,c}}' END)::varchar[]",
    ),
    "stars": (0, f"1 + {_H} % 5"),
    "nps": (0, f"{_H} % 11"),
    "csat": (0, f"1 + {_H} % 5"),
    "ces": (0, f"1 + {_H} % 7"),
    "spend": (0, f"({_H} % 100000) / 100.0"),
    "launch": (1, f"'2026-01-01'::date + {_H} % 200"),
    "words": (3, f"'The parcel came late, number ' || {_H} % 1000"),
}
_OF = "FROM __tenant__.survey_answer a JOIN __tenant__.survey_response r ON r.id = a.response WHERE a.survey = $1"
_MEANT = "r.state = 'complete' AND r.suspect = ''"
_PLAIN = (
    "SELECT state, suspect <> '', count(*) FROM __tenant__.survey_response WHERE survey = $1 GROUP BY 1, 2",
    *(
        f"SELECT c, count(*) {_OF} AND a.question = '{key}' AND {_MEANT} GROUP BY 1".replace(
            " WHERE", " CROSS JOIN unnest(a.choices) AS c WHERE", 1)
        for key in ("skin", "wish")
    ),
    f"SELECT c, count(*), avg(place) {_OF} AND a.question = 'order' AND {_MEANT} GROUP BY 1".replace(
        " WHERE", " CROSS JOIN unnest(a.choices) WITH ORDINALITY AS u(c, place) WHERE", 1),
    *(
        f"SELECT a.number, count(*) {_OF} AND a.question = '{key}' AND {_MEANT} GROUP BY 1"
        for key in ("stars", "nps", "csat", "ces")
    ),
    (
        "SELECT count(*), min(number), max(number), avg(number), stddev_samp(number),"
        f" percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY number::float8) {_OF}"
        f" AND a.question = 'spend' AND {_MEANT}"
    ),
    f"SELECT width_bucket(a.number, 0, 1000, 10), count(*) {_OF} AND a.question = 'spend' AND {_MEANT} GROUP BY 1",
    f"SELECT date_trunc('month', a.day), count(*) {_OF} AND a.question = 'launch' AND {_MEANT} GROUP BY 1",
    f"SELECT count(*) {_OF} AND a.question = 'words' AND {_MEANT}",
    "SELECT reached, count(*) FROM __tenant__.survey_response WHERE survey = $1 AND suspect = '' GROUP BY 1",
    f"SELECT a.question, count(*) {_OF} AND r.suspect = '' GROUP BY 1",
    f"SELECT a.choices, r.reached, count(*) {_OF} AND a.question = 'skin' AND r.suspect = '' GROUP BY 1, 2",
    (
        "SELECT (completed_at AT TIME ZONE 'UTC')::date, count(*) FROM __tenant__.survey_response"
        " WHERE survey = $1 AND state = 'complete' AND suspect = '' GROUP BY 1"
    ),
)  # fmt: skip


async def measure(answers: int = ANSWERS) -> list[Figure]:
    """Ours and the limit in turn; the median of the ratios."""
    async with bench_shop() as tenant:
        with use_tenant(tenant):
            survey = await _fill(answers // len(_SAID))
            first, changed = [], []
            for _ in range(_ROUNDS):
                for pool in DB.placements:
                    await DB.pool_of(pool).expire_connections()
                ours = await _seconds(_page(survey))
                limit = await _seconds(_plain(survey))
                await _one_more(survey)
                first.append((ours, limit))
                changed.append((await _seconds(_page(survey)), limit))
    return [
        Figure(
            f"survey results, {told}", statistics.median(ours / limit for ours, limit in pairs),
            "plain SQL aggregates", 2.0,
            "{:.2f} s against {:.2f} s, ".format(*(statistics.median(each) for each in zip(*pairs, strict=True)))
            + f"{answers:,} answers", most=True)
        for told, pairs in (("first view", first), ("after a change", changed))
    ]  # fmt: skip


async def _page(survey: uuid.UUID) -> None:
    """All that the page of results shows."""
    await show(Ask(rest=ids.show("sur", survey)))


async def _plain(survey: uuid.UUID) -> None:
    for sql in _PLAIN:
        await DB.fetch(sql, survey)


async def _seconds(work: Coroutine[Any, Any, None]) -> float:
    started = time.perf_counter()
    await work
    return time.perf_counter() - started


async def _fill(responses: int) -> uuid.UUID:
    survey, moment = ids.new(), datetime(2026, 1, 1, tzinfo=UTC)
    await make_members(responses)
    await DB.fetch(
        "INSERT INTO __tenant__.survey (id, name_en, state, version, created_at, updated_at)"
        " VALUES ($1, 'Bench', 'live', 1, $2, $2)", survey, moment)  # fmt: skip
    await DB.fetch(
        "INSERT INTO __tenant__.survey_version (id, survey, number, definition, frozen, created_at, updated_at)"
        " VALUES ($1, $2, 1, $3, true, $4, $4), ($5, $2, 0, $3, false, $4, $4)",
        ids.new(), survey, definitions.write(DEFINITION), moment, ids.new())  # fmt: skip
    for start in range(1, responses + 1, 5_000):
        await _take_part(survey, start, min(start + 4_999, responses), moment)
    await _vacuum()
    return survey


async def _take_part(survey: uuid.UUID, first: int, last: int, moment: datetime) -> None:
    await DB.fetch(
        "INSERT INTO __tenant__.survey_participation (id, survey, member, occurrence, phase, finished)"
        f" SELECT {_id('n')}, $1, {_id('n')}, 'ever', 1, true FROM generate_series($2::bigint, $3::bigint) AS n",
        survey, first, last)  # fmt: skip
    await DB.fetch(
        "INSERT INTO __tenant__.survey_response (id, survey, version, phase, member, participation, via, language, state,"
        " reached, suspect, answers, started_at, updated_at, completed_at)"
        f" SELECT {_id('n')}, $1, 1, 1, {_id('n')}, {_id('n')}, 'centre', 'en',"
        " CASE WHEN n % 10 = 0 THEN 'partial' ELSE 'complete' END, 'words', CASE WHEN n % 50 = 7 THEN 'fast' ELSE '' END,"
        " 10, $4::timestamptz + n * interval '1 minute', $4, CASE WHEN n % 10 = 0 THEN NULL"
        " ELSE $4::timestamptz + n * interval '1 minute' END FROM generate_series($2::bigint, $3::bigint) AS n",
        survey, first, last, moment)  # fmt: skip
    said = " UNION ALL ".join(
        f"SELECT {_id(f'n * 16 + {q}')}, n, '{key}'::text, "
        + ", ".join(told if place == column else empty for place, empty in enumerate(_NO))
        + f" FROM generate_series($2::bigint, $3::bigint) AS n CROSS JOIN (SELECT {q} AS q) AS q"
        for q, (key, (column, told)) in enumerate(_SAID.items())
    )
    await DB.fetch(
        "INSERT INTO __tenant__.survey_answer (id, survey, response, question, part, number, day, choices, text)"
        f" SELECT s.id, $1, {_id('s.n')}, s.question, '', s.number, s.day, s.choices, s.text"
        f" FROM ({said}) AS s(id, n, question, number, day, choices, text) ORDER BY s.id", survey, first, last)  # fmt: skip


async def _one_more(survey: uuid.UUID) -> None:
    """A further response, as if somebody had answered just now."""
    number = await DB.fetchval("SELECT count(*) + 1 FROM __tenant__.survey_response WHERE survey = $1", survey)
    await DB.fetch(
        "INSERT INTO __tenant__.member (id, external_id, name, gender, birth_calendar, region, occupation, tags, source,"
        f" state, created_at, updated_at) SELECT {_id('n')}, n::text, 'n', 'unknown', 'solar', '', '', '{{}}', 'bench',"
        " 'active', '2026-01-01Z', '2026-01-01Z' FROM (SELECT $1::bigint AS n) AS n", number)  # fmt: skip
    await _take_part(survey, number, number, datetime(2026, 1, 1, tzinfo=UTC))


def _id(number: str) -> str:
    return f"lpad(to_hex({number}), 32, '0')::uuid"


async def _vacuum() -> None:
    schema = current_tenant().schema
    async with DB.pool_of(current_tenant().placement).acquire() as connection:
        for table in ("member", "survey_participation", "survey_response", "survey_answer"):
            await connection.execute(f'VACUUM (ANALYZE) "{schema}"."{table}"')


if __name__ == "__main__":
    os.environ.setdefault("SECRET_KEY", "bench-only-" + "x" * 40)
    parser = argparse.ArgumentParser(prog="bench_survey_results")
    parser.add_argument("--answers", type=int, default=ANSWERS)
    for figure in asyncio.run(measure(parser.parse_args().answers)):
        sys.stdout.write(
            f"{figure.name}: {figure.ratio:.2f} of {figure.limit} (goal ≤ {figure.goal:g}); {figure.detail}\n"
        )
