"""Anonymous surveys: who took part is known, what they answered leads back to nobody, even row by row."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tenants import members, surveys
from tenants.kit import clock, ids
from tenants.surveys import Who, jobs
from tenants.surveys.rules import anonymous
from tests.make import members as make_members
from tests.make import surveys as make
from tests.surveys.answered import NOON, live, look, member_of, refused, sound, submit

if TYPE_CHECKING:
    from uuid import UUID

    from tests.conftest import Shop

ASKED = make.definition(make.question("pay", "number"), make.question("why", "long"))


async def mix(shop: Shop) -> None:
    async with shop.open():
        await jobs.mix.run()


async def end(shop: Shop, survey: UUID) -> None:
    async with shop.open():
        await surveys.end(survey)
    await mix(shop)


async def answered(shop: Shop, survey: UUID, first: int, count: int) -> list[UUID]:
    """So many members answer one after the other, each with a number of their own."""
    async with shop.open():
        everybody = [one.id for one in await make_members.members_of_count(count)]
    for number, member in enumerate(everybody, start=first):
        await submit(shop, survey, Who(member=member), {"pay": number, "why": f"secret {number}"})
    return everybody


async def opened(shop: Shop) -> list[int]:
    rows = await shop.rows("SELECT number FROM __tenant__.survey_answer WHERE question = 'pay' ORDER BY ctid")
    return [int(row["number"]) for row in rows]


async def test_one_takes_part_once_and_gets_the_reward(acme: Shop) -> None:
    member, survey = await member_of(acme), await live(acme, ASKED, anonymous=True, reward_points=5)
    who = Who(member=member)
    done = await submit(acme, survey, who, {"pay": 3})
    assert (done.response, done.thanks.points, done.repeated) == (None, 5, False)
    again = await submit(acme, survey, who, {"pay": 4})  # nobody can tell that it is another answer
    assert (again.repeated, again.thanks.points) == (True, 5)
    assert (await look(acme, survey, who)).state == "done"
    assert await acme.value("SELECT sum(points) FROM __tenant__.points_entry") == 5
    await sound(acme)


async def test_nothing_of_a_response_leads_to_a_member(acme: Shop) -> None:
    survey = await live(acme, ASKED, anonymous=True)
    with clock.at(NOON):
        await answered(acme, survey, 0, anonymous.GROUP)
    for row in await acme.rows("SELECT * FROM __tenant__.survey_box"):
        assert b"secret" not in row["sealed"]
        assert row["id"].version == 4
    await end(acme, survey)
    assert await acme.value("SELECT count(*) FROM __tenant__.survey_box") == 0
    rows = await acme.rows("SELECT * FROM __tenant__.survey_response")
    assert len(rows) == anonymous.GROUP
    told = {"member", "participation", "invitation", "via", "level", "started_at", "updated_at", "completed_at"}
    assert {row[name] for row in rows for name in told} == {None}
    assert {row["id"].version for row in rows} == {4}
    assert sorted(await opened(acme)) == list(range(anonymous.GROUP))
    events = await acme.rows("SELECT * FROM __tenant__.survey_participation")
    assert {row["id"].version for row in events} == {4}
    await sound(acme)


async def test_neither_place_nor_transaction_pairs_an_answer_with_who_gave_it(acme: Shop) -> None:
    """The attack: whoever reads the rows as they lie, with the transactions that wrote them, guesses pairs."""
    survey = await live(acme, ASKED, anonymous=True)
    everybody: list[UUID] = []
    for turn in range(4):
        everybody += await answered(acme, survey, turn * 15, 15)
        await mix(acme)
    async with acme.open():
        await surveys.end(survey)
    await mix(acme)
    took = await acme.rows(
        "SELECT member, xmin::text::bigint AS written FROM __tenant__.survey_participation ORDER BY 2"
    )
    assert [row["member"] for row in took] == everybody  # who took part when is no secret, and the attacker has it
    said = await acme.rows(
        "SELECT a.number::int AS said, r.id, r.xmin::text::bigint AS written FROM __tenant__.survey_response r"
        " JOIN __tenant__.survey_answer a ON a.response = r.id AND a.question = 'pay' ORDER BY r.ctid"
    )
    assert sorted(row["said"] for row in said) == list(range(60))
    assert not {row["written"] for row in took} & {row["written"] for row in said}
    orders: dict[str, list[Any]] = {
        "as they lie": said,
        "by transaction": sorted(said, key=lambda row: row["written"]),
        "by id": sorted(said, key=lambda row: row["id"]),
    }
    for name, order in orders.items():
        hits = sum(number == row["said"] for number, row in enumerate(order))
        assert hits < 15, f"{hits} of 60 pairs are guessed {name}"  # all 60 without mixing; by chance 1 or 2
    of_answers = await acme.rows(
        "SELECT number::int FROM __tenant__.survey_answer WHERE question = 'pay' ORDER BY ctid"
    )
    assert sum(number == row["number"] for number, row in enumerate(of_answers)) < 15


async def test_a_few_wait_until_there_are_enough_and_never_come_in_fewer_than_five(acme: Shop) -> None:
    """The attack: compare what there is from day to day, and with who took part in between."""
    survey = await live(acme, ASKED, anonymous=True)
    seen: set[int] = set()
    came = []
    for turn in range(3):
        await answered(acme, survey, turn * 9, 9)
        await mix(acme)
        now = set(await opened(acme))
        came.append(len(now - seen))
        assert seen < now or not came[-1]
        seen = now
    assert came == [0, 18 - anonymous.LEAST, 27 - 18]
    before = {row["id"] for row in await acme.rows("SELECT id FROM __tenant__.survey_response")}
    await answered(acme, survey, 27, 1)
    await mix(acme)
    await end(acme, survey)  # one came since, and they are not the only one that is new
    after = {row["id"] for row in await acme.rows("SELECT id FROM __tenant__.survey_response")}
    assert len(set(await opened(acme)) - seen) == anonymous.LEAST + 1
    assert (len(after), len(before & after)) == (28, len(before) - anonymous.GROUP)
    await sound(acme)


def test_none_are_opened_or_left_behind_that_would_be_too_few() -> None:
    for waiting in range(2 * anonymous.AT_ONCE_MAX + 9):
        opening = anonymous.to_open(waiting, over=False)
        assert opening == 0 or anonymous.LEAST <= opening <= min(waiting - anonymous.LEAST, anonymous.AT_ONCE_MAX)
        left = waiting
        while opening := anonymous.to_open(left, over=True):
            assert anonymous.LEAST <= opening <= anonymous.AT_ONCE_MAX
            left -= opening
        assert left == (waiting if waiting < anonymous.LEAST else 0)


async def test_very_few_are_never_opened(acme: Shop) -> None:
    survey = await live(acme, ASKED, anonymous=True)
    await answered(acme, survey, 0, anonymous.LEAST - 1)
    async with acme.open():
        await surveys.end(survey)
    await mix(acme)
    assert await opened(acme) == []
    await sound(acme)


async def test_unfinished_answers_are_not_kept(acme: Shop) -> None:
    survey, who = await live(acme, ASKED, anonymous=True), Who(member=await member_of(acme))
    async with acme.open():
        sheet = await surveys.save(survey, who, {"pay": 3})
    assert (sheet.answers["pay"].number, sheet.resumable) == (Decimal(3), False)
    assert await acme.value("SELECT count(*) FROM __tenant__.survey_participation") == 0
    assert (await look(acme, survey, who)).answers == {}
    assert (await refused(acme, survey, who, {"pay": "much"})).code == "survey.answer_refused"


async def test_a_quota_of_all_is_exact_and_places_say_nothing(acme: Shop) -> None:
    survey = await live(acme, ASKED, anonymous=True)
    async with acme.open():
        await surveys.set_quota(survey, "all", most=2)
    await answered(acme, survey, 0, 2)
    assert (await refused(acme, survey, Who(member=await member_of(acme)), {"pay": 3})).code == "survey.full"
    await sound(acme)


async def test_strangers_are_as_unknown_as_members(acme: Shop) -> None:
    survey = await live(acme, ASKED, anonymous=True, open_link=True)
    who = Who(visitor="a" * 64, via="open")
    assert (await submit(acme, survey, who, {"pay": 1})).response is None
    assert (await submit(acme, survey, who, {"pay": 2})).repeated
    await sound(acme)


async def test_a_key_of_a_request_keeps_no_digest_that_can_be_guessed(acme: Shop) -> None:
    member, survey = await member_of(acme), await live(acme, ASKED, anonymous=True)
    client = acme.member(member)
    body = json.dumps({"survey": ids.show("sur", survey), "answers": {"pay": 3}})
    answer = await client.post(
        "/v1/me/survey-responses",
        content=body,
        headers={"content-type": "application/json", "idempotency-key": "tap-1"},
    )
    assert answer.status_code == 201, answer.text
    assert answer.json()["response"] is None
    [kept] = await acme.rows("SELECT * FROM __tenant__.idempotent_reply")
    assert kept["digest"] != hashlib.sha256(body.encode()).digest()
    assert b"secret" not in kept["body"]


async def test_erasing_somebody_leaves_what_nobody_can_find(acme: Shop) -> None:
    survey = await live(acme, ASKED, anonymous=True)
    everybody = await answered(acme, survey, 0, anonymous.GROUP)
    await end(acme, survey)
    async with acme.open():
        await members.erase(everybody[0], reason="asked")
    assert len(await opened(acme)) == anonymous.GROUP
    await sound(acme)
