"""How many may answer: exact, however many do so at once.

A place is taken by a conditional update of the quota's own narrow row, the last thing that a response does before it
is kept. Where there is none left, nothing of the response is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants.surveys.rules.expressions import holds
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping, Sequence

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
