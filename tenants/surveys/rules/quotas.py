"""How many may answer: exact, however many do so at once.

A place is taken by a conditional update of the quota's own narrow row, the last thing that a response does before it
is kept. Where there is none left, nothing of the response is kept. What may be a robot's takes no place, as results
leave it out too: else a robot could close a survey to people.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tenants.surveys.rules.expressions import holds
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping, Sequence

    from tenants.surveys.rules.keeping import Plan
    from tenants.surveys.rules.values import Given


async def of(surveys: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Any]]:
    """The quotas of these surveys, with how many are taken now."""
    rows = await DB.fetch(
        "SELECT q.id, q.survey, q.condition, c.taken, c.most FROM __tenant__.survey_quota q"
        " JOIN __tenant__.survey_quota_count c ON c.quota = q.id WHERE q.survey = ANY($1::uuid[])"
        " ORDER BY q.survey, q.position, q.id", list(surveys))  # fmt: skip
    found: dict[uuid.UUID, list[Any]] = {survey: [] for survey in surveys}
    for row in rows:
        found[row["survey"]].append(row)
    return found


async def full(survey: uuid.UUID, answers: Mapping[str, Given]) -> bool:
    """Whether no place is left for somebody who has said this so far."""
    return any(row["taken"] >= row["most"] for row in meant((await of([survey]))[survey], answers))


def meant(rows: Sequence[Any], answers: Mapping[str, Given]) -> list[Any]:
    """Those of a survey's quotas that count somebody with these answers."""
    return [row for row in rows if not row["condition"] or holds(row["condition"], answers)]


class NoPlace(Exception):
    """A quota had not as many places left as were claimed. Nobody is told this: who has no place hears SurveyFull."""


async def admit(plans: Sequence[Plan]) -> tuple[list[Plan], list[Plan]]:
    """Those who have a place in all the quotas that count them, as things stand, and those who have not."""
    rows = (await of([plans[0].door.survey["id"]]))[plans[0].door.survey["id"]]
    left = {row["id"]: row["most"] - row["taken"] for row in rows}
    fit, over = [], []
    for plan in plans:
        taking = meant(_that_may_count(rows, plan), plan.known)
        if all(left[row["id"]] > 0 for row in taking):
            places = () if plan.suspect else tuple(row["id"] for row in taking)
            for quota in places:
                left[quota] -= 1
            fit.append(replace(plan, quotas=places))
        else:
            over.append(plan)
    return fit, over


async def claim(plans: Sequence[Plan]) -> None:
    """Take the places of these. Raises NoPlace where another was faster; then nothing of them may be kept."""
    wanted = Counter(quota for plan in plans for quota in plan.quotas)
    if not wanted:
        return
    ordered = sorted(wanted)
    rows = await DB.fetch(
        "WITH locked AS MATERIALIZED (SELECT quota FROM __tenant__.survey_quota_count"
        " WHERE quota = ANY($1::uuid[]) ORDER BY quota FOR NO KEY UPDATE)"
        " UPDATE __tenant__.survey_quota_count c SET taken = c.taken + w.places"
        " FROM locked JOIN unnest($1::uuid[], $2::int[]) AS w(quota, places) ON w.quota = locked.quota"
        " WHERE c.quota = w.quota AND c.taken + w.places <= c.most RETURNING c.quota",
        ordered, [wanted[quota] for quota in ordered])  # fmt: skip
    if len(rows) < len(ordered):
        raise NoPlace


def _that_may_count(rows: Sequence[Any], plan: Plan) -> Sequence[Any]:
    """Of an anonymous survey only quotas without a condition: the others would tell what the last one answered."""
    return [row for row in rows if not row["condition"]] if plan.anonymous else rows
