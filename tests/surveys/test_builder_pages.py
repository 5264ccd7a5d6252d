"""The pages beside the questions: texts and languages, settings with quotas, publishing, links and invitations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tenants import members, surveys
from tenants.kit import ids
from tests.make import staff as make
from tests.surveys.test_builder import fields

if TYPE_CHECKING:
    import uuid

    import httpx

    from tests.conftest import Shop

SLUGS = ("survey", "survey-texts", "survey-settings", "survey-preview", "survey-publish", "survey-share")


class Visit:
    """A seller on one page of a survey; what its forms hold is sent along."""

    def __init__(self, client: httpx.AsyncClient, slug: str, survey: uuid.UUID, rest: str = "") -> None:
        self.client, self.address, self.text, self.status = client, f"/console/{slug}/{ids.show('sur', survey)}", "", 0
        self.address += rest

    async def look(self) -> Visit:
        self.text = (await self.client.get(self.address)).text
        return self

    async def press(self, act: str, given: dict[str, str] | None = None, **files: tuple[str, bytes]) -> httpx.Response:
        data = {**fields(self.text), **(given or {}), "act": act}
        reply = await self.client.post(self.address, data=data, files=files or None)
        self.text, self.status = reply.text, reply.status_code
        return reply


async def a_survey(shop: Shop, template: str = "") -> uuid.UUID:
    async with shop.open():
        chosen = surveys.TEMPLATES[template or next(iter(surveys.TEMPLATES))]
        terms = surveys.Terms(**{**chosen.settings, "name_en": "Skin", "name_zh": "肤质"})
        return await surveys.create(terms, definition=chosen.definition("zh"))


async def test_each_page_opens_in_both_languages_and_never_for_another_shop(acme: Shop, rival: Shop) -> None:
    survey = await a_survey(acme)
    ours, theirs = await make.desk(acme), await make.desk(rival)
    for slug in SLUGS:
        address = f"/console/{slug}/{ids.show('sur', survey)}"
        told = [(await ours.get(address, headers={"Accept-Language": tag})).text for tag in ("en", "zh")]
        assert told[0] != told[1]
        assert "None" not in re.sub(r"<option.*?</option>", "", told[0]).replace("None<", "")
        assert " style=" not in told[0]
        assert (await theirs.get(address)).status_code == 404


async def test_start_end_and_colour_are_said_in_each_language(acme: Shop) -> None:
    survey = await a_survey(acme)
    page = await Visit(await make.desk(acme), "survey-texts", survey).look()
    await page.press("save", {"start_title.en": "Hello", "start_title.zh": "您好", "colour": "#0055AA", "shown_by": "pages",
                              "shop_colour": ""})  # fmt: skip
    async with acme.open():
        asked = (await surveys.draft(survey)).definition
    assert (asked.start_title, asked.one_by_one) == ({"en": "Hello", "zh": "您好"}, False)


async def test_a_language_is_added_translated_and_counted(acme: Shop) -> None:
    survey = await a_survey(acme)
    client = await make.desk(acme)
    page = await Visit(client, "survey-texts", survey).look()
    await page.press("add-language", {"tag": "ja"})
    assert "日本語" in page.text
    page = await Visit(client, "survey-texts", survey, "/ja").look()
    await page.press("say:ja", {"t.title": "肌について"})
    async with acme.open():
        asked = (await surveys.draft(survey)).definition
    assert asked.title["ja"] == "肌について"
    page = await Visit(client, "survey-texts", survey).look()
    percents = [int(each) for each in re.findall(r'value="(\d+)" aria-label="(?:English|中文|日本語)"', page.text)]
    assert percents[:2] == [100, 100]
    assert 0 < percents[2] < 100
    await page.press("add-language", {"other_tag": "not a tag"})
    assert page.status == 422


async def test_settings_are_kept_in_the_shops_zone_and_what_is_wrong_is_said_beside_it(acme: Shop) -> None:
    survey = await a_survey(acme)
    page = await Visit(await make.desk(acme), "survey-settings", survey).look()
    good = {"starts_at": "2026-03-01T09:30", "ends_at": "2026-04-01T09:30", "reward_points": "50", "often": "again",
            "repeat_days": "30", "low_question": ""}  # fmt: skip
    await page.press("save", good)
    assert page.status == 200, page.text
    async with acme.open():
        terms = (await surveys.find(survey)).terms
    assert (terms.reward_points, terms.repeat_days) == (50, 30)
    assert terms.starts_at is not None
    assert fields(page.text)["starts_at"] == "2026-03-01T09:30"
    assert "points" in page.text
    await page.press("save", {"ends_at": "2026-01-01T00:00", "name_en": "Still typed", "reward_points": "many"})
    assert page.status == 422
    assert 'id="wrong-reward_points"' in page.text
    await page.press("save", {"reward_points": "60"})
    assert 'id="wrong-ends_at"' in page.text
    assert fields(page.text)["name_en"] == "Still typed"
    async with acme.open():
        assert (await surveys.find(survey)).terms == terms


async def test_a_quota_is_chosen_and_refused_where_a_reward_would_hang_on_answers(acme: Shop) -> None:
    async with acme.open():
        definition = surveys.TEMPLATES[next(iter(surveys.TEMPLATES))].definition("en")
        survey = await surveys.create(surveys.Terms(name_en="Plain"), definition=definition)
    asked = next(each for each in definition.questions if each.kind == "single")
    page = await Visit(await make.desk(acme), "survey-settings", survey).look()
    await page.press("shape-quota", {"quota_name": "Dry", "quota_most": "10", "quota.question": asked.key})
    assert fields(page.text)["quota.value"] == asked.choices[0].key
    await page.press("set-quota")
    async with acme.open():
        (quota,) = await surveys.quotas(survey)
    assert (quota.name, quota.most, quota.condition) == ("Dry", 10, f'{asked.key} = "{asked.choices[0].key}"')
    await page.press("save", {"reward_points": "10"})
    assert page.status == 422
    assert "never for an answer" in page.text
    await page.press(f"remove-quota:{ids.show('svq', quota.id)}")
    async with acme.open():
        assert await surveys.quotas(survey) == []


async def test_a_survey_goes_live_pauses_goes_on_ends_and_is_copied(acme: Shop) -> None:
    survey = await a_survey(acme)
    client = await make.desk(acme)
    page = await Visit(client, "survey-publish", survey).look()
    for act, state in (("publish", "live"), ("pause", "paused"), ("resume", "live"), ("end", "ended")):
        await page.press(act)
        assert page.status == 200, page.text
        async with acme.open():
            assert (await surveys.find(survey)).state == state
    reply = await page.press("clone")
    assert reply.status_code == 303
    copy = await client.get(reply.headers["location"])
    assert "Copy of Skin" in copy.text
    await page.look()
    assert (await page.press("remove")).status_code == 422


async def test_an_empty_survey_says_what_is_missing_and_does_not_go_live(acme: Shop) -> None:
    async with acme.open():
        survey = await surveys.create(surveys.Terms(name_en="Empty"))
    page = await Visit(await make.desk(acme), "survey-publish", survey).look()
    assert "add a question" in page.text
    assert (await page.press("publish")).status_code == 422
    async with acme.open():
        assert (await surveys.find(survey)).state == "draft"
    assert (await page.press("remove")).headers["location"] == "/console/surveys"


async def test_members_are_invited_by_hand_and_by_file_and_an_invitation_is_revoked(acme: Shop) -> None:
    survey = await a_survey(acme)
    async with acme.open():
        for number in range(3):
            await members.create(members.Profile(name=f"Ann {number}", external_id=f"C{number}"))
        await surveys.publish(survey)
    page = await Visit(await make.desk(acme), "survey-share", survey).look()
    await page.press("invite", {"members": "C0\nnobody\n"})
    assert "1 invited." in page.text
    assert "nobody:" in page.text
    await page.press("invite", {"members": ""}, file=("who.csv", "external_id\nC1\nC2\n".encode("utf-8-sig")))
    assert await acme.value("SELECT count(*) FROM __tenant__.survey_invitation") == 3
    assert page.text.count("/m/survey/p") >= 3
    (revoking, *_) = re.findall(r'value="(revoke:svi_[^"]+)"', page.text)
    await page.press(revoking)
    assert await acme.value("SELECT count(*) FROM __tenant__.survey_invitation WHERE revoked_at IS NOT NULL") == 1
    await page.press("invite", {"members": "stranger"})
    assert (page.status, fields(page.text)["members"]) == (422, "stranger")


async def test_the_open_link_and_its_embedding_are_there_once_they_are_allowed(acme: Shop) -> None:
    survey = await a_survey(acme)
    client = await make.desk(acme)
    page = await Visit(client, "survey-share", survey).look()
    assert "/m/survey/o" not in page.text
    settings = await Visit(client, "survey-settings", survey).look()
    await settings.press("save", {"open_link": "yes"})
    page = await Visit(client, "survey-share", survey).look()
    assert f"http://{acme.host}/m/survey/o" in page.text
    assert "&lt;iframe src=" in page.text


async def test_the_preview_is_the_centres_own_page_and_keeps_nothing(acme: Shop) -> None:
    async with acme.open():
        definition = surveys.TEMPLATES[next(iter(surveys.TEMPLATES))].definition("en")
        survey = await surveys.create(surveys.Terms(name_en="Skin", reward_points=7), definition=definition)
    client = await make.desk(acme, "analyst")
    page = await Visit(client, "survey-preview", survey).look()
    assert page.text.count("<iframe") == 2
    trial = Visit(client, "survey-trial", survey, "?tag=zh")
    await trial.look()
    reply = await client.get(trial.address)
    assert "frame-ancestors 'self'" in reply.headers["content-security-policy"]
    assert reply.headers["x-frame-options"] == "SAMEORIGIN"
    assert definition.start_text["zh"] in trial.text
    assert "7" in trial.text
    trial.address = trial.address.partition("?")[0]
    await trial.press("start")
    assert definition.questions[0].text["zh"] in trial.text
    await trial.press("next")
    assert trial.status == 422
    first = definition.questions[0]
    await trial.press("next", {f"q.{first.key}": first.choices[0].key})
    assert trial.status == 200
    assert definition.questions[0].text["zh"] not in trial.text
    await trial.press("back")
    assert definition.questions[0].text["zh"] in trial.text
    for table in ("survey_response", "survey_participation", "survey_answer"):
        assert await acme.value(f"SELECT count(*) FROM __tenant__.{table}") == 0
    assert await acme.value("SELECT count(*) FROM __tenant__.audit WHERE subject LIKE 'survey%'") == 0
