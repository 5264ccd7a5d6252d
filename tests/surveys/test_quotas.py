"""Quotas: as many as there are places, and not one more; who has none leaves nothing behind."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from tenants import surveys
from tenants.kit import clock
from tenants.kit.errors import DomainError
from tenants.surveys import Submission, Submitted, Who
from tenants.surveys.rules.turning_away import SurveyFull
from tenants.tenancy import DB, use_tenant
from tests.make import members as make_members
from tests.make import surveys as make
from tests.surveys.answered import live, look, member_of, refused, sound, submit

if TYPE_CHECKING:
    from uuid import UUID

    from tests.conftest import Shop

SUBMITTERS = 500
PLACES = 100


async def limited(shop: Shop, survey: UUID, most: int, condition: str = "", name: str = "all") -> UUID:
    async with shop.open():
        return (await surveys.set_quota(survey, name, most=most, condition=condition)).id


async def taken(shop: Shop, quota: UUID) -> int:
    return int(await shop.value("SELECT taken FROM __tenant__.survey_quota_count WHERE quota = $1", quota))


async def crowd(shop: Shop, count: int) -> list[UUID]:
    async with shop.open():
        return [one.id for one in await make_members.members_of_count(count)]


async def test_who_comes_when_it_is_full_leaves_nothing_and_gets_nothing(acme: Shop) -> None:
    survey = await live(acme, reward_points=10)
    quota = await limited(acme, survey, 1)
    first, late = await member_of(acme), await member_of(acme)
    await submit(acme, survey, Who(member=first), {"nps": 9})
    assert (await refused(acme, survey, Who(member=late), {"nps": 9})).code == "survey.full"
    assert (await look(acme, survey, Who(member=late))).state == "full"
    assert (await submit(acme, survey, Who(member=first), {"nps": 9})).repeated
    async with acme.open():
        assert await surveys.offers(late) == []
    assert await taken(acme, quota) == 1
    await sound(acme)


async def test_a_quota_by_an_answer_counts_only_those_who_gave_it(acme: Shop) -> None:
    survey = await live(acme)
    dry = await limited(acme, survey, 1, 'skin = "a"', "dry")
    await submit(acme, survey, Who(member=await member_of(acme)), {"skin": "b"})
    await submit(acme, survey, Who(member=await member_of(acme)), {"skin": "a"})
    late = Who(member=await member_of(acme))
    async with acme.open():
        await surveys.save(survey, late, {"skin": "a"})
    assert (await refused(acme, survey, late, {"skin": "a"})).code == "survey.full"
    await submit(acme, survey, late, {"skin": "c"})
    assert await taken(acme, dry) == 1
    await sound(acme)


async def test_what_was_answered_before_a_quota_counts_in_it(acme: Shop) -> None:
    survey = await live(acme)
    for choice in ("a", "b", "a"):
        await submit(acme, survey, Who(member=await member_of(acme)), {"skin": choice})
    every, dry = await limited(acme, survey, 5), await limited(acme, survey, 5, 'skin = "a"', "dry")
    assert (await taken(acme, every), await taken(acme, dry)) == (3, 2)
    await submit(acme, survey, Who(member=await member_of(acme)), {"skin": "a"})
    assert (await taken(acme, every), await taken(acme, dry)) == (4, 3)
    await sound(acme)


async def test_what_may_be_a_robots_takes_no_place_of_a_quota(acme: Shop) -> None:
    survey = await live(acme, open_link=True)
    before = await limited(acme, survey, 1)
    await submit(acme, survey, Who(visitor="a" * 64, via="open"), {"skin": "a"}, suspect="trap")
    await submit(acme, survey, Who(visitor="b" * 64, via="open"), {"skin": "a"}, suspect="fast")
    assert await taken(acme, before) == 0
    await submit(acme, survey, Who(member=await member_of(acme)), {"skin": "a"})
    after, dry = await limited(acme, survey, 5, name="later"), await limited(acme, survey, 5, 'skin = "a"', "dry")
    assert [await taken(acme, quota) for quota in (before, after, dry)] == [1, 1, 1]
    late = Who(visitor="c" * 64, via="open")
    assert (await refused(acme, survey, late, {"skin": "a"}, suspect="fast")).code == "survey.full"
    await sound(acme)


async def test_a_batch_at_the_edge_takes_the_first_who_fit(acme: Shop) -> None:
    survey = await live(acme)
    await limited(acme, survey, 3)
    await limited(acme, survey, 1, 'skin = "a"', "dry")
    everybody = await crowd(acme, 6)
    async with acme.open():
        done = await surveys.submit_many([
            Submission(survey=survey, who=Who(member=member), answers={"skin": choice}, at=clock.now())
            for member, choice in zip(everybody, "aabbbb", strict=True)
        ])  # fmt: skip
    assert [isinstance(one, Submitted) for one in done] == [True, False, True, True, False, False]
    await sound(acme)


async def _alone(shop: Shop, survey: UUID, member: UUID, gate: asyncio.Semaphore) -> str:
    async with gate:
        with use_tenant(shop.tenant):
            try:
                async with DB.transaction():
                    await surveys.submit(survey, Who(member=member), {"skin": "a"})
            except DomainError as error:
                return error.code
    return "taken"


async def test_five_hundred_at_once_share_a_hundred_places_exactly(acme: Shop) -> None:
    survey = await live(acme, reward_points=7)
    quota = await limited(acme, survey, PLACES)
    everybody = await crowd(acme, SUBMITTERS)
    gate = asyncio.Semaphore(10)  # as many connections as the pool has, each with a transaction of its own
    said = await asyncio.gather(*(_alone(acme, survey, member, gate) for member in everybody))
    assert (said.count("taken"), said.count("survey.full")) == (PLACES, SUBMITTERS - PLACES)
    assert await taken(acme, quota) == PLACES
    counts: dict[str, Any] = {
        table: await acme.value(f"SELECT count(*) FROM __tenant__.{table}")
        for table in ("survey_participation", "survey_response", "survey_answer", "reward_grant", "points_entry")
    }
    assert set(counts.values()) == {PLACES}
    await sound(acme)


async def test_two_quotas_at_once_never_lock_each_other_out(acme: Shop) -> None:
    asked = make.definition(make.question("skin"), make.question("hair"))
    survey = await live(acme, asked)
    first = await limited(acme, survey, 20, 'skin = "a"', "skin")
    second = await limited(acme, survey, 20, 'hair = "a"', "hair")
    everybody = await crowd(acme, 60)

    async def one(number: int) -> bool:
        answers = {"skin": "ab"[number % 2], "hair": "ab"[number % 3 % 2]}
        with use_tenant(acme.tenant):
            try:
                async with DB.transaction():
                    await surveys.submit(survey, Who(member=everybody[number]), answers)
            except SurveyFull:
                return False
        return True

    done = await asyncio.gather(*map(one, range(60)))
    assert sum(done) > 20
    assert max(await taken(acme, first), await taken(acme, second)) == 20
    await sound(acme)
