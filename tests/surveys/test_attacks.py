"""Attacks on answering: by merges in between, by a change of rhythm, and by what is kept of anonymous answers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from tenants import members, surveys
from tenants.kit import ids
from tenants.surveys import Who
from tenants.surveys.rules.turns import Rhythm, Took, turn
from tenants.surveys.rules.values import scale_of
from tests.make import surveys as make
from tests.surveys.answered import live, member_of, refused, sound, submit

if TYPE_CHECKING:
    from tests.conftest import Shop

TWO = make.definition(make.question("one", "short"), make.question("nps", "nps"))


async def test_who_has_begun_and_is_merged_with_one_who_has_ended_gets_no_second_reward(acme: Shop) -> None:
    survey = await live(acme, TWO, reward_points=5)
    ann, same = await member_of(acme), await member_of(acme)
    async with acme.open():
        await surveys.save(survey, Who(member=ann), {"one": "begun"})
    await submit(acme, survey, Who(member=same), {"nps": 9})
    async with acme.open():
        await members.merge(same, ann, once="one person")
    error = await refused(acme, survey, Who(member=ann), {"nps": 3})
    assert error.code == "survey.answered_before"
    assert await acme.value("SELECT sum(points) FROM __tenant__.points_entry WHERE why = 'survey'") == 5
    await sound(acme)


def test_another_rhythm_gives_nobody_a_turn_that_they_have_had() -> None:
    day = date(2026, 3, 2)
    once, monthly = Rhythm(), Rhythm(repeat_days=30)
    took_once, took_monthly = [Took("ever", 1, finished=True, day=day)], [Took("2", 1, finished=True, day=day)]
    assert turn(took_once, monthly, today=day).state == "done"
    assert turn(took_once, monthly, today=date(2026, 4, 1)).occurrence == "2"
    assert turn(took_monthly, once, today=day).state == "done"


async def test_a_reply_that_is_kept_for_a_key_does_not_tell_what_was_said_anonymously(acme: Shop) -> None:
    asked = make.definition(make.question("pay", "number"), end_text={"en": "You said {pay}", "zh": "您说 {pay}"})
    body = {"answers": {"pay": 424242}}
    for anonymous in (True, False):
        survey, ann = await live(acme, asked, anonymous=anonymous), await member_of(acme)
        client = acme.member(ann, **{"Idempotency-Key": "once"})
        reply = await client.post("/v1/me/survey-responses", json={**body, "survey": ids.show("sur", survey)})
        assert reply.status_code == 201
        kept = await acme.value("SELECT body FROM __tenant__.idempotent_reply ORDER BY id DESC LIMIT 1")
        assert (b"424242" in kept) is not anonymous


async def test_an_exponent_beyond_all_measure_is_no_answer_to_look_for(acme: Shop) -> None:
    survey = ids.show("sur", await live(acme))
    for number in ("1e-20000", "0e999999", "1e-999999"):
        for path in ("results", "export.csv", "export.xlsx"):
            reply = await acme.server().get(f"/v1/surveys/{survey}/{path}?answer=nps:{number}")
            assert (reply.status_code, reply.json()["param"]) == (400, "answer")


async def test_a_draft_with_a_bound_that_is_no_number_is_not_kept(acme: Shop) -> None:
    client, asked = acme.server(), {"key": "stars", "kind": "rating", "text": {"en": "Stars"}}
    for most in ("NaN", "sNaN", "Infinity", "1E+999999", "1e-999999"):
        body = {"name_en": "Shoes", "definition": {"questions": [{**asked, "most": most}]}}
        reply = await client.post("/v1/surveys", json=body)
        assert (reply.status_code, reply.json()["param"]) == (400, "stars.most")
    body = {"name_en": "Shoes", "definition": {"questions": [{**asked, "most": "1e12"}]}}
    reply = await client.post("/v1/surveys", json=body)
    assert reply.status_code == 201
    assert scale_of(make.question("stars", "rating", most=Decimal("1e12"))) == (1, 10)  # it can be previewed
    assert (await client.get(f"/v1/surveys/{reply.json()['id']}/draft")).status_code == 200
