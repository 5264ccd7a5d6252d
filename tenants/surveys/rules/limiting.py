"""The quotas of a survey: how many complete responses it takes in all, or of those for which a condition holds."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.surveys.rules import reading
from tenants.surveys.rules.editing import add_quota, lock
from tenants.surveys.rules.expressions import check, holds, names, parse
from tenants.surveys.rules.refusals import QuotaUnknown, RewardByAnswer, SurveyEnded
from tenants.surveys.rules.values import from_rows
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid

    from tenants.surveys.rules.reading import Quota

NAME_MAX = 100
MOST_MAX = 1_000_000_000
POSITION_MAX = 1_000_000
QUOTAS_MAX = 50
_AT_ONCE = 2000


async def set_quota(survey: uuid.UUID, name: str, *, most: int, condition: str = "", position: int = 0) -> Quota:
    """Make or change the quota of that name: at most `most` complete responses for which the condition holds.

    What was answered before counts. A rewarded survey takes no condition (see `settings`). Raises SurveyUnknown,
    SurveyEnded, RewardByAnswer, Invalid.
    """
    found = await lock(survey)
    if found.state == "ended":
        raise SurveyEnded
    name = name.strip()
    if not 1 <= len(name) <= NAME_MAX or not name.isprintable():
        raise _bad("name", Words(en=f"use 1 to {NAME_MAX} characters", zh=f"请使用 1 到 {NAME_MAX} 个字符"))
    for param, value, top in (("most", most, MOST_MAX), ("position", position, POSITION_MAX)):
        if not 0 <= value <= top:
            raise _bad(param, Words(en=f"use 0 to {top}", zh=f"请使用 0 到 {top}"))
    condition = condition.strip()
    asked = (await reading.current(survey)).definition if found.version else (await reading.draft(survey)).definition
    if wrong := check(condition, asked):
        raise _bad("condition", wrong[0])
    if condition and found.terms.rewarded:
        raise RewardByAnswer
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
        taken = await count_taken(survey, condition)
        await DB.fetch("UPDATE __tenant__.survey_quota_count SET taken = $2 WHERE quota = $1", quota, taken)
    return next(one for one in await reading.quotas(survey) if one.id == quota)


async def remove_quota(survey: uuid.UUID, quota: uuid.UUID) -> None:
    """Take a quota away: it limits nobody any more. Raises SurveyUnknown, QuotaUnknown."""
    await lock(survey)
    gone = await DB.fetchval(
        "DELETE FROM __tenant__.survey_quota WHERE survey = $1 AND id = $2 RETURNING id", survey, quota)  # fmt: skip
    if gone is None:
        raise QuotaUnknown


async def count_taken(survey: uuid.UUID, condition: str) -> int:
    """How many complete responses there are for which a condition holds, counted anew."""
    expression = parse(condition)
    if expression is None:
        total: int = await DB.fetchval(
            "SELECT count(*) FROM __tenant__.survey_response WHERE survey = $1 AND state = 'complete'",
            survey)  # fmt: skip
        return total
    asked = sorted({name.key for name in names(expression)})
    taken, after = 0, None
    while True:
        responses = await DB.fetch(
            "SELECT id FROM __tenant__.survey_response WHERE survey = $1 AND state = 'complete'"
            " AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3", survey, after, _AT_ONCE)  # fmt: skip
        if not responses:
            return taken
        after = responses[-1]["id"]
        rows = await DB.fetch(
            "SELECT response, question, part, number, day, choices, text FROM __tenant__.survey_answer"
            " WHERE response = ANY($1::uuid[]) AND question = ANY($2::text[]) ORDER BY response, question, part",
            [row["id"] for row in responses], asked)  # fmt: skip
        told: dict[Any, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for row in rows:
            told[row["response"]][row["question"]].append(row)
        for response in responses:
            answers = {key: from_rows(parts) for key, parts in told[response["id"]].items()}
            taken += holds(expression, answers)


def _bad(param: str, problem: Words) -> Invalid:
    return Invalid(param=param, problem=problem)
