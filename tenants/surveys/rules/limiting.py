"""The quotas of a survey: how many complete responses it takes in all, or of those for which a condition holds."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.surveys.rules import reading
from tenants.surveys.rules.editing import add_quota, lock
from tenants.surveys.rules.expressions import check, holds, names, parse
from tenants.surveys.rules.refusals import QUOTA_TELLS, QuotaUnknown, RewardByAnswer, SurveyEnded
from tenants.surveys.rules.values import from_rows
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid

    from tenants.surveys.rules.expressions import Expression
    from tenants.surveys.rules.reading import Quota, Survey

NAME_MAX = 100
MOST_MAX = 1_000_000_000
POSITION_MAX = 1_000_000
QUOTAS_MAX = 50
_AT_ONCE = 2000
# Finished by a person, as far as one can tell; of an anonymous survey nothing leads to what may be a robot's.
_FINISHED = (
    "p.survey = $1 AND p.finished AND NOT EXISTS (SELECT 1 FROM __tenant__.survey_response r"
    " WHERE r.participation = p.id AND r.suspect <> '')"
)
# What was said up to and with a participation, in the same turn: conditions know the answers of earlier phases.
_SAID = (
    "SELECT p.id AS participation, a.question, a.part, a.number, a.day, a.choices, a.text"
    " FROM __tenant__.survey_participation p JOIN __tenant__.survey_participation e"
    " ON e.survey = p.survey AND e.occurrence = p.occurrence AND e.phase <= p.phase AND e.finished"
    " AND (e.member = p.member OR e.visitor = p.visitor)"
    " JOIN __tenant__.survey_response r ON r.participation = e.id"
    " JOIN __tenant__.survey_answer a ON a.response = r.id AND a.question = ANY($2::text[])"
    " WHERE p.id = ANY($1::uuid[]) ORDER BY p.id, a.question, a.part"
)


async def set_quota(survey: uuid.UUID, name: str, *, most: int, condition: str = "", position: int = 0) -> Quota:
    """Make or change the quota of that name: at most `most` complete responses for which the condition holds.

    What was answered before counts. A rewarded survey takes no condition (see `settings`), nor does an anonymous one:
    who took a place would be known to have said so. Raises SurveyUnknown, SurveyEnded, RewardByAnswer, Invalid.
    """
    found = await lock(survey)
    if found.state == "ended":
        raise SurveyEnded
    name, condition = name.strip(), condition.strip()
    _check(name, most, position)
    await _check_condition(found, condition)
    there = {quota.name: quota for quota in await reading.quotas(survey)}
    before = there.get(name)
    if before is None:
        if len(there) >= QUOTAS_MAX:
            raise _bad(
                "name", Words(en=f"a survey has at most {QUOTAS_MAX} quotas", zh=f"每份问卷最多 {QUOTAS_MAX} 个配额")
            )
        quota = await add_quota(survey, reading.Quota(found.id, name, condition, most, 0, position))
    else:
        quota = before.id
        await DB.fetch(
            "UPDATE __tenant__.survey_quota SET condition = $2, most = $3, position = $4 WHERE id = $1",
            quota, condition, most, position)  # fmt: skip
        await DB.fetch("UPDATE __tenant__.survey_quota_count SET most = $2 WHERE quota = $1", quota, most)
    if before is None or before.condition != condition:
        await _count_anew(survey, quota, condition)
    return next(one for one in await reading.quotas(survey) if one.id == quota)


async def remove_quota(survey: uuid.UUID, quota: uuid.UUID) -> None:
    """Take a quota away: it limits nobody any more. Raises SurveyUnknown, QuotaUnknown."""
    await lock(survey)
    gone = await DB.fetchval(
        "DELETE FROM __tenant__.survey_quota WHERE survey = $1 AND id = $2 RETURNING id", survey, quota)  # fmt: skip
    if gone is None:
        raise QuotaUnknown


async def _count_anew(survey: uuid.UUID, quota: uuid.UUID, condition: str) -> None:
    """Note on every participation whether it takes a place of this quota, and how many do."""
    await DB.fetch(
        "UPDATE __tenant__.survey_participation SET quotas = array_remove(quotas, $2::uuid)"
        " WHERE survey = $1 AND quotas @> ARRAY[$2::uuid]", survey, quota)  # fmt: skip
    expression = parse(condition)
    if expression is None:
        taken: int = await DB.fetchval(
            "WITH took AS (UPDATE __tenant__.survey_participation p SET quotas = coalesce(p.quotas, '{}') || $2::uuid"
            f" WHERE {_FINISHED} RETURNING 1) SELECT count(*) FROM took", survey, quota)  # fmt: skip
    else:
        taken = await _take_places(survey, quota, expression)
    await DB.fetch("UPDATE __tenant__.survey_quota_count SET taken = $2 WHERE quota = $1", quota, taken)


async def _take_places(survey: uuid.UUID, quota: uuid.UUID, expression: Expression) -> int:
    asked = sorted({name.key for name in names(expression)})
    taken, after = 0, None
    while True:
        some = await DB.fetch(
            f"SELECT p.id FROM __tenant__.survey_participation p WHERE {_FINISHED}"
            " AND ($2::uuid IS NULL OR p.id > $2) ORDER BY p.id LIMIT $3", survey, after, _AT_ONCE)  # fmt: skip
        if not some:
            return taken
        after = some[-1]["id"]
        told: dict[Any, dict[str, list[Any]]] = {row["id"]: defaultdict(list) for row in some}
        for row in await DB.fetch(_SAID, list(told), asked):
            told[row["participation"]][row["question"]].append(row)
        counted = [
            participation for participation, said in told.items()
            if holds(expression, {key: from_rows(parts) for key, parts in said.items()})
        ]  # fmt: skip
        await DB.fetch(
            "UPDATE __tenant__.survey_participation SET quotas = coalesce(quotas, '{}') || $2::uuid"
            " WHERE id = ANY($1::uuid[])", counted, quota)  # fmt: skip
        taken += len(counted)


def _check(name: str, most: int, position: int) -> None:
    if not 1 <= len(name) <= NAME_MAX or not name.isprintable():
        raise _bad("name", Words(en=f"use 1 to {NAME_MAX} characters", zh=f"请使用 1 到 {NAME_MAX} 个字符"))
    for param, value, top in (("most", most, MOST_MAX), ("position", position, POSITION_MAX)):
        if not 0 <= value <= top:
            raise _bad(param, Words(en=f"use 0 to {top}", zh=f"请使用 0 到 {top}"))


async def _check_condition(survey: Survey, condition: str) -> None:
    if not condition:
        return
    read = reading.draft if survey.version is None else reading.current
    if wrong := check(condition, (await read(survey.id)).definition):
        raise _bad("condition", wrong[0])
    if survey.terms.rewarded:
        raise RewardByAnswer
    if survey.terms.anonymous:
        raise _bad("condition", QUOTA_TELLS)


def _bad(param: str, problem: Words) -> Invalid:
    return Invalid(param=param, problem=problem)
