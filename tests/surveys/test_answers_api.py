"""Sending surveys out and answering them over HTTP."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from tenants import members, surveys
from tenants.kit import ids
from tests.make import surveys as make
from tests.surveys.answered import everything, live, member_of, sound

if TYPE_CHECKING:
    import uuid

    import httpx

    from tests.conftest import Shop

HARMFUL = (
    "<script>alert(1)</script>",
    '=HYPERLINK("http://x")',
    "{{7*7}} {skin}",
    "'; DROP TABLE survey; --",
    "\x00\x1f\u202e",
)
BRANCHED = make.definition(
    make.question("skin", required=True), make.question("cream", "short", show_if='skin = "a"'),
    make.question("why", "long", several=False),
    end_text={"en": "You said {why}", "zh": "您说：{why}"})  # fmt: skip


def sur(survey: uuid.UUID) -> str:
    return ids.show("sur", survey)


async def hand_in(client: httpx.AsyncClient, survey: uuid.UUID, answers: dict[str, Any], **more: Any) -> httpx.Response:
    headers = more.pop("headers", {})
    return await client.post(
        "/v1/me/survey-responses", json={"survey": sur(survey), "answers": answers, **more}, headers=headers
    )


async def test_a_member_sees_goes_on_and_hands_in(acme: Shop) -> None:
    survey, phone = await live(acme, BRANCHED, reward_points=30), acme.member(await member_of(acme))
    [offer] = (await phone.get("/v1/me/surveys")).json()["data"]
    assert (offer["id"], offer["reward"], offer["begun"]) == (sur(survey), "30 points", False)
    place = f"/v1/me/surveys/{sur(survey)}"
    sheet = (await phone.get(place, params={"language": "zh"})).json()
    assert (sheet["state"], sheet["language"], sheet["title"]) == ("open", "zh", "关于您")
    assert [one["key"] for one in sheet["questions"]] == ["skin", "why"]
    assert sheet["questions"][0]["choices"][0] == {"key": "a", "text": "选项 a", "picture": None}
    saved = (await phone.put(f"{place}/answers", json={"answers": {"skin": "a"}, "reached": "skin"})).json()
    assert [one["key"] for one in saved["questions"]] == ["skin", "cream", "why"]
    assert (await phone.get(place)).json()["answers"] == {"skin": "a"}
    assert (await phone.get("/v1/me/surveys")).json()["data"][0]["begun"]
    done = await hand_in(phone, survey, {"why": "Dry in winter"}, phase=1, language="en")
    assert (done.status_code, done.json()["points"], done.json()["end_text"]) == (201, 30, "You said Dry in winter")
    again = await hand_in(phone, survey, {"skin": "a", "why": "Dry in winter"}, language="en")
    assert (again.status_code, again.json()["repeated"], again.json()["points"]) == (200, True, 30)
    assert again.json()["response"] == done.json()["response"]
    assert (await phone.get("/v1/me/surveys")).json() == {"data": []}
    assert (await phone.get(place)).json()["state"] == "done"


async def test_a_refusal_names_the_question_in_the_member_s_language(acme: Shop) -> None:
    survey, phone = await live(acme), acme.member(await member_of(acme))
    answer = await hand_in(phone, survey, {"nps": 11}, language="zh")
    told = answer.json()
    assert (answer.status_code, told["code"], told["errors"][0]["param"] if "errors" in told else told["param"]) == (
        400, "survey.answer_refused", "answers.nps")  # fmt: skip
    assert "选择" in told["detail"]


async def test_double_taps_with_and_without_a_key_are_one_answer(acme: Shop) -> None:
    survey, member = await live(acme, reward_points=5), await member_of(acme)
    phones = [acme.member(member) for _ in range(12)]
    taps = [hand_in(phone, survey, {"nps": 9}, headers={"idempotency-key": "tap"} if number % 2 else {})
            for number, phone in enumerate(phones)]  # fmt: skip
    answers = await asyncio.gather(*taps)
    assert {answer.status_code for answer in answers} <= {200, 201, 409}
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} <= {"idempotency.running"}
    assert len({answer.json()["response"] for answer in answers if answer.status_code < 400}) == 1
    assert await acme.value("SELECT sum(points) FROM __tenant__.points_entry") == 5
    await sound(acme)


async def test_a_crowd_over_http_shares_the_places_of_a_quota(acme: Shop) -> None:
    survey = await live(acme)
    async with acme.open():
        await surveys.set_quota(survey, "all", most=20)
        everybody = [(await make_member()).id for _ in range(60)]
    answers = await asyncio.gather(*(hand_in(acme.member(member), survey, {"nps": 9}) for member in everybody))
    codes = [answer.status_code for answer in answers]
    assert (codes.count(201), codes.count(422)) == (20, 40)
    assert await acme.value("SELECT count(*) FROM __tenant__.survey_participation") == 20
    await sound(acme)


async def make_member() -> members.Member:
    return await members.create({"external_id": ids.new().hex})


async def test_html_formulas_and_placeholders_come_back_as_they_were_written(acme: Shop) -> None:
    survey = await live(acme, BRANCHED)
    for text in HARMFUL:
        phone = acme.member(await member_of(acme))
        done = await hand_in(phone, survey, {"skin": "b", "why": text}, language="en")
        if done.status_code == 201:
            written = "".join(letter for letter in text if letter >= " ")
            assert done.json()["end_text"] == f"You said {written}"
            assert done.headers["content-type"].startswith("application/json")
    assert await acme.value("SELECT count(*) FROM __tenant__.survey") == 1


async def test_the_shop_invites_hands_in_for_a_member_and_revokes(acme: Shop) -> None:
    survey, member = await live(acme, access="invited"), await member_of(acme)
    shop, asked = acme.server(), {"survey": sur(survey), "member": ids.show("mem", member), "reference": "ticket-1"}
    made = await shop.post("/v1/survey-invitations", json=asked)
    again = await shop.post("/v1/survey-invitations", json=asked)
    assert (made.status_code, again.status_code, again.json()["repeated"]) == (201, 200, True)
    told = made.json()
    assert (told["state"], told["source"], told["reference"]) == ("open", "api", "ticket-1")
    assert told["address"].startswith("/m/survey/p")
    listed = (await shop.get("/v1/survey-invitations", params={"survey": sur(survey)})).json()["data"]
    assert [one["id"] for one in listed] == [told["id"]]
    body = {"survey": sur(survey), "member": asked["member"], "answers": {"nps": 9}}
    assert (await shop.post("/v1/survey-responses", json=body)).json()["code"] == "survey.not_for_you"
    done = await shop.post("/v1/survey-responses", json={**body, "invitation": told["id"]})
    assert done.status_code == 201, done.text
    for repeated in (False, True):
        gone = (await shop.post(f"/v1/survey-invitations/{told['id']}/revocation")).json()
        assert (gone["state"], gone["repeated"]) == ("revoked", repeated)
    shown = (await shop.get(f"/v1/survey-invitations/{told['id']}")).json()
    assert shown["revoked_at"] is not None


async def test_nothing_of_one_shop_is_reached_from_another(acme: Shop, rival: Shop) -> None:
    survey, member = await live(acme), await member_of(acme)
    stranger, before = rival.member(await member_of(rival)), await everything(acme)
    assert (await stranger.get(f"/v1/me/surveys/{sur(survey)}")).json()["code"] == "survey.unknown"
    assert (await hand_in(stranger, survey, {"nps": 9})).json()["code"] == "survey.unknown"
    body = {"survey": sur(survey), "member": ids.show("mem", member), "reference": "r"}
    assert (await rival.server().post("/v1/survey-invitations", json=body)).status_code == 404
    assert await everything(acme) == before
