"""Where people stop: how many saw each question, how many answered it, for how many it was the last.

Whoever is asked a question depends on the answers before it. So responses are counted by how far they came and by
what they said to the questions that decide the way, and the way of each such group is walked once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tenants.surveys.rules import flow
from tenants.surveys.rules.expressions import names
from tenants.surveys.rules.syntax import parse
from tenants.surveys.rules.values import from_rows
from tenants.tenancy import DB

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tenants.surveys.rules.asked import Asked
    from tenants.surveys.rules.definition import Definition
    from tenants.surveys.rules.filtering import Filter

WAYS_MAX = 3_000
"""So many different ways are walked; of further ones only what was answered is known."""


@dataclass(frozen=True, slots=True)
class Drop:
    """One question: seen by so many, answered by so many, the last that so many saw who did not come to the end."""

    key: str
    seen: int
    answered: int
    stopped: int


@dataclass(frozen=True, slots=True)
class DropOff:
    """All questions in order; `at_least` where there were too many ways to walk them all."""

    questions: tuple[Drop, ...]
    at_least: bool


async def drop_off(asked: Asked, chosen: Filter, answered: Mapping[str, int]) -> DropOff:
    """Of the responses of a filter in every state, where they stopped; so many `answered` each question."""
    where, args = replace(chosen, state="any").where(asked)
    deciding = sorted({key for version in asked.versions.values() for key in _deciding(version)})
    last = len(args) + 1
    ways = await DB.fetch(
        "SELECT w.version, w.phase, w.reached, w.state, w.keys, w.parts, w.numbers, w.days, w.chosen, w.said,"
        " count(*) AS n FROM (SELECT r.version, r.phase, r.reached, r.state,"
        " array_agg(a.question ORDER BY a.question, a.part) AS keys,"
        " array_agg(a.part ORDER BY a.question, a.part) AS parts,"
        " array_agg(a.number ORDER BY a.question, a.part) AS numbers,"
        " array_agg(a.day ORDER BY a.question, a.part) AS days,"
        " array_agg(array_to_string(a.choices, ',') ORDER BY a.question, a.part) AS chosen,"
        " array_agg(CASE WHEN a.choices IS NULL THEN left(a.text, 200) END ORDER BY a.question, a.part) AS said"
        " FROM __tenant__.survey_response r LEFT JOIN __tenant__.survey_answer a"
        f" ON a.response = r.id AND a.question = ANY(${int(last)}::text[]) WHERE {where} GROUP BY r.id) AS w"
        f" GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 ORDER BY n DESC LIMIT {WAYS_MAX + 1}",
        *args, deciding)  # fmt: skip
    seen: dict[str, int] = {}
    stopped: dict[str, int] = {}
    for row in ways[:WAYS_MAX]:
        for key in _walk(asked.versions, row):
            seen[key] = seen.get(key, 0) + row["n"]
        if row["state"] == "partial":
            stopped[row["reached"]] = stopped.get(row["reached"], 0) + row["n"]
    drops = tuple(
        Drop(one.key, max(seen.get(one.key, 0), answered.get(one.key, 0)), answered.get(one.key, 0),
             stopped.get(one.key, 0))
        for one in asked.questions)  # fmt: skip
    return DropOff(drops, at_least=len(ways) > WAYS_MAX)


def _deciding(version: Definition) -> set[str]:
    conditions = [question.show_if for question in version.questions] + [jump.when for jump in version.jumps]
    return {name.key for condition in conditions for name in names(parse(condition))}


def _walk(versions: Mapping[int, Definition], row: Any) -> list[str]:
    """The questions that whoever answered like this has seen: all on their way up to the last that they reached."""
    version = versions.get(row["version"])
    if version is None:
        return []
    way = [question.key for question in flow.visible(version, row["phase"], _known(row))]
    if row["state"] == "complete" or row["reached"] not in way:
        return way if row["state"] == "complete" else []
    return way[: way.index(row["reached"]) + 1]


def _known(row: Any) -> dict[str, Any]:
    rows: dict[str, list[dict[str, Any]]] = {}
    columns = zip(
        row["keys"], row["parts"], row["numbers"], row["days"], row["chosen"], row["said"], strict=True
    )  # fmt: skip
    for key, part, number, day, chosen, said in columns:
        if key is None:  # nothing was said that decides the way
            continue
        rows.setdefault(key, []).append(
            {"part": part, "number": number, "day": day, "choices": chosen.split(",") if chosen else None, "text": said}
        )
    return {key: from_rows(found) for key, found in rows.items()}
