"""Who edits and who answers at once: no answer is kept to what it was not an answer to."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from tenants import surveys
from tests.make import members as make_members
from tests.make import surveys as make

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.conftest import Shop

NEW = make.definition(make.question("skin"), make.question("age", "number"))
EDITS: dict[str, Callable[[Any], Awaitable[Any]]] = {
    "publication": surveys.publish,
    "switch to anonymous": lambda survey: surveys.change(survey, {"anonymous": True}),
    "pause": surveys.pause,
}


@pytest.mark.parametrize("change", EDITS)
async def test_an_answer_is_judged_by_what_stands_when_it_is_kept(acme: Shop, change: str) -> None:
    async def act(doing: Awaitable[Any]) -> Any:
        async with acme.open():
            return await doing

    for _ in range(10):
        async with acme.open():
            members = [(await make_members.member()).id for _ in range(4)]
            survey = await make.survey()
            await surveys.edit(survey, NEW)
        answers = [surveys.submit(survey, surveys.Who(member=member), {"skin": "a"}) for member in members]
        outcomes = await asyncio.gather(
            *(act(one) for one in (*answers[:2], EDITS[change](survey), *answers[2:])), return_exceptions=True
        )
        kept = await acme.rows("SELECT version, member FROM __tenant__.survey_response WHERE survey = $1", survey)
        published = await acme.rows(
            "SELECT number FROM __tenant__.survey_version WHERE survey = $1 AND frozen", survey)  # fmt: skip
        assert {row["version"] for row in kept} <= {row["number"] for row in published}
        async with acme.open():
            now = await surveys.find(survey)
        if change == "switch to anonymous":
            assert now.terms.anonymous or isinstance(outcomes[2], surveys.AlreadyAnswered)
            assert not (now.terms.anonymous and [row for row in kept if row["member"]])
        elif change == "publication":
            assert [one for one in outcomes if isinstance(one, Exception)] == []
            assert (now.version, len(kept)) == (2, 4)
        else:
            assert len(kept) == sum(not isinstance(one, Exception) for one in outcomes) - 1
