"""Races: the same person twice, an answer against the close, a save against the end, a publication in between."""

from __future__ import annotations

import asyncio
import contextvars
from typing import TYPE_CHECKING, Any

from tenants import members, surveys
from tenants.kit import clock
from tenants.kit.errors import DomainError
from tenants.surveys import Who
from tenants.surveys.rules import keeping
from tenants.tenancy import DB, use_tenant
from tests.make import members as make_members
from tests.make import surveys as make
from tests.surveys.answered import DAY, NOON, live, look, member_of, sound

if TYPE_CHECKING:
    from collections.abc import Awaitable
    from uuid import UUID

    import pytest

    from tests.conftest import Shop


async def at_once(shop: Shop, *verbs: Any) -> list[Any]:
    """Each in a transaction of its own; what it answered, or why not."""

    async def one(verb: Any) -> Any:
        with use_tenant(shop.tenant):
            try:
                async with DB.transaction():
                    return await verb()
            except DomainError as error:
                return error

    return list(await asyncio.gather(*map(one, verbs)))


def handing_in(survey: UUID, who: Who, answers: dict[str, Any]) -> Any:
    def verb() -> Awaitable[surveys.Submitted]:
        return surveys.submit(survey, who, answers)

    return verb


async def test_twenty_taps_are_one_answer_and_one_reward(acme: Shop) -> None:
    member, survey = await member_of(acme), await live(acme, reward_points=5)
    done = await at_once(acme, *[handing_in(survey, Who(member=member), {"nps": 9})] * 20)
    assert {type(one) for one in done} == {surveys.Submitted}
    assert [one.repeated for one in done].count(False) == 1
    assert {one.response for one in done} == {done[0].response}
    assert {one.thanks.points for one in done} == {5}
    assert await acme.value("SELECT sum(points) FROM __tenant__.points_entry") == 5
    await sound(acme)


async def test_of_different_answers_at_once_one_counts(acme: Shop) -> None:
    member, survey = await member_of(acme), await live(acme)
    done = await at_once(acme, *(handing_in(survey, Who(member=member), {"nps": score}) for score in range(10)))
    taken = [one for one in done if isinstance(one, surveys.Submitted)]
    assert len(taken) == 1
    assert {one.code for one in done if isinstance(one, DomainError)} == {"survey.answered_before"}
    await sound(acme)


async def test_one_stranger_s_browser_answers_once(acme: Shop) -> None:
    survey = await live(acme, open_link=True)
    who = Who(visitor="a" * 64, via="open")
    done = await at_once(acme, *[handing_in(survey, who, {"nps": 9})] * 10)
    assert [one.repeated for one in done].count(False) == 1
    await sound(acme)


async def test_no_answer_is_taken_once_the_survey_has_ended(acme: Shop) -> None:
    survey = await live(acme)
    async with acme.open():
        everybody = [one.id for one in await make_members.members_of_count(30)]
    closing = asyncio.Event()

    async def end() -> None:
        closing.set()
        await surveys.end(survey)

    async def late(member: UUID) -> surveys.Submitted:
        await closing.wait()
        return await surveys.submit(survey, Who(member=member), {"nps": 9})

    def tardy(member: UUID) -> Any:
        return lambda: late(member)

    done = await at_once(acme, *map(tardy, everybody[:15]), end, *map(tardy, everybody[15:]))
    told = [one for one in done if one is not None]
    taken = [one for one in told if isinstance(one, surveys.Submitted)]
    assert {one.code for one in told if isinstance(one, DomainError)} <= {"survey.closed"}
    assert len(taken) == await acme.value("SELECT count(*) FROM __tenant__.survey_response")
    [after] = await at_once(acme, handing_in(survey, Who(member=await member_of(acme)), {"nps": 9}))
    assert after.code == "survey.closed"
    await sound(acme)


async def test_an_answer_that_looked_before_the_close_is_not_written_after_it(
    acme: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read said open; the close commits before the answer is written; the statement that writes decides."""
    member, survey = await member_of(acme), await live(acme)
    write = keeping.keep

    async def end() -> None:
        with use_tenant(acme.tenant):
            async with DB.transaction():
                await surveys.end(survey)

    async def close_first(plans: Any) -> set[int]:
        monkeypatch.setattr(keeping, "keep", write)
        await asyncio.get_running_loop().create_task(end(), context=contextvars.Context())
        return await write(plans)

    monkeypatch.setattr(keeping, "keep", close_first)
    [done] = await at_once(acme, handing_in(survey, Who(member=member), {"nps": 9}))
    assert getattr(done, "code", "") == "survey.closed"
    assert await acme.value("SELECT count(*) FROM __tenant__.survey_participation") == 0


async def test_the_moment_of_asking_decides_even_if_it_is_written_later(acme: Shop) -> None:
    member, survey = await member_of(acme), await live(acme, ends_at=NOON)
    second = DAY / 86_400
    asked = surveys.Submission(survey=survey, who=Who(member=member), answers={"nps": 9}, at=NOON - second)
    late = surveys.Submission(survey=survey, who=Who(member=await member_of(acme)), answers={"nps": 9}, at=NOON)
    with clock.at(NOON + second):
        async with acme.open():
            done = await surveys.submit_many([asked, late])
    assert isinstance(done[0], surveys.Submitted)
    assert isinstance(done[1], DomainError)
    assert done[1].code == "survey.closed"


async def test_saving_and_handing_in_at_once_keep_one_whole_answer(acme: Shop) -> None:
    survey = await live(acme)
    for _ in range(5):
        who = Who(member=await member_of(acme))

        async def save(choice: str, who: Who = who) -> Any:
            return await surveys.save(survey, who, {"skin": choice})

        done = await at_once(
            acme, *(lambda choice=choice: save(choice) for choice in "abc"),
            handing_in(survey, who, {"skin": "b", "nps": 3}), handing_in(survey, who, {"skin": "b", "nps": 3}))  # fmt: skip
        assert all(isinstance(one, surveys.Submitted) for one in done[3:])
        assert {one.code for one in done[:3] if isinstance(one, DomainError)} <= {"survey.answered_before"}
        [row] = await acme.rows(
            "SELECT r.state, r.answers, count(*) AS kept FROM __tenant__.survey_response r"
            " JOIN __tenant__.survey_answer a ON a.response = r.id WHERE r.member = $1 GROUP BY r.id", who.member)  # fmt: skip
        assert row == {"state": "complete", "answers": 2, "kept": 2}
    await sound(acme)


async def test_a_publication_in_between_leaves_each_answer_with_what_it_was_asked(acme: Shop) -> None:
    survey = await live(acme, make.definition(make.question("skin")))
    async with acme.open():
        await surveys.edit(survey, make.definition(make.question("skin"), make.question("hair")))
        everybody = [one.id for one in await make_members.members_of_count(12)]

    async def publish() -> int:
        return await surveys.publish(survey)

    verbs = [handing_in(survey, Who(member=member), {"skin": "a"}) for member in everybody]
    done = await at_once(acme, *verbs[:6], publish, *verbs[6:])
    assert [one for one in done if isinstance(one, Exception)] == []
    await sound(acme)


async def test_merging_while_both_answer_counts_each_once(acme: Shop) -> None:
    source, target = await member_of(acme), await member_of(acme)
    survey = await live(acme, reward_points=5)

    async def merge() -> Any:
        return await members.merge(source, target, once="merge-1")

    done = await at_once(
        acme, handing_in(survey, Who(member=source), {"nps": 1}), merge,
        handing_in(survey, Who(member=target), {"nps": 2}))  # fmt: skip
    assert isinstance(done[2], surveys.Submitted)
    assert (await look(acme, survey, Who(member=target))).state == "done"
    await sound(acme)
