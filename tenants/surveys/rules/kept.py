"""Answers as they are kept, read back for many responses at once."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from tenants.surveys.rules.values import Given, from_rows
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence


async def answers_of(
    responses: Sequence[uuid.UUID], *, questions: Sequence[str] | None = None
) -> dict[uuid.UUID, dict[str, Given]]:
    """What was answered in these responses, by question: all, or only some of them."""
    if not responses:
        return {}
    rows = await DB.fetch(
        "SELECT response, question, part, number, day, choices, text FROM __tenant__.survey_answer"
        " WHERE response = ANY($1::uuid[]) AND ($2::text[] IS NULL OR question = ANY($2))"
        " ORDER BY response, question, part", list(responses), questions)  # fmt: skip
    parts: dict[tuple[uuid.UUID, str], list[Any]] = defaultdict(list)
    for row in rows:
        parts[row["response"], row["question"]].append(row)
    found: dict[uuid.UUID, dict[str, Given]] = defaultdict(dict)
    for (response, question), of_one in parts.items():
        found[response][question] = from_rows(of_one)
    return found
