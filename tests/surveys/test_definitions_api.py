"""Surveys made over HTTP, from nothing to a version that is answered."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from tenants import surveys
from tenants.kit import ids

if TYPE_CHECKING:
    from tests.conftest import Shop

SKIN: dict[str, Any] = {
    "languages": ["zh", "en"],
    "title": {"zh": "肤质", "en": "Skin"},
    "questions": [
        {"key": "skin", "kind": "single", "text": {"zh": "肤质？", "en": "Skin?"}, "required": True,
         "choices": [{"key": "dry", "text": {"zh": "干", "en": "Dry"}}, {"key": "oily", "text": {"zh": "油", "en": "Oily"}}]},
        {"key": "cream", "kind": "short", "text": {"zh": "面霜？"}, "show_if": 'skin = "dry"', "most": "40"},
    ],
    "jumps": [{"after": "skin", "when": 'skin = "oily"', "to": "end"}],
}  # fmt: skip


async def made(shop: Shop, **body: Any) -> dict[str, Any]:
    reply = await shop.server().post("/v1/surveys", json={"name_en": "Skin", **body})
    assert reply.status_code == 201, reply.text
    found: dict[str, Any] = reply.json()
    return found


async def asked(shop: Shop, verb: str, path: str, body: Any = None, **headers: str) -> tuple[int, dict[str, Any]]:
    reply = await shop.server().request(verb, f"/v1/{path}", json=body, headers=headers)
    return reply.status_code, reply.json() if reply.content else {}


async def test_a_survey_is_made_filled_published_paused_resumed_and_ended(acme: Shop) -> None:
    survey = (await made(acme, reward_points=20))["id"]
    status, draft = await asked(acme, "GET", f"surveys/{survey}/draft")
    assert (status, draft["undoable"], draft["path"]) == (200, 0, [])
    assert draft["problems"] == [{"question": "", "problem": "add a question"}]
    status, refused = await asked(acme, "POST", "survey-publications", {"survey": survey})
    assert (status, refused["code"]) == (422, "survey.not_ready")
    status, draft = await asked(
        acme, "PUT", f"surveys/{survey}/draft", {"definition": SKIN, "revision": draft["revision"]})  # fmt: skip
    assert (status, draft["problems"], draft["undoable"]) == (200, [], 1)
    assert [(one["language"], one["percent"], one["missing"]) for one in draft["languages"]] == [
        ("zh", 100, []), ("en", 80, ["cream.text"]),
    ]  # fmt: skip
    assert draft["path"][0]["ways"] == [{"when": 'skin = "oily"', "to": "end"}, {"when": "", "to": "cream"}]
    assert all(step["reached"] for step in draft["path"])
    for noun, state in (
        ("publications", "live"), ("pauses", "paused"), ("resumptions", "live"), ("closures", "ended"),
    ):  # fmt: skip
        for _ in range(2):
            status, shown = await asked(acme, "POST", f"survey-{noun}", {"survey": survey})
            assert (status, shown["state"], shown["version"]) == (200, state, 1)
    status, refused = await asked(acme, "POST", "survey-pauses", {"survey": survey})
    assert (status, refused["code"]) == (422, "survey.step_unfit")
    assert "Ended" in refused["detail"]
    _, told = await asked(acme, "POST", "survey-pauses", {"survey": survey}, **{"accept-language": "zh"})
    assert "已结束" in told["detail"]


async def test_a_template_brings_its_name_questions_and_settings_unless_others_are_sent(acme: Shop) -> None:
    _, listed = await asked(acme, "GET", "survey-templates")
    assert len(listed["data"]) >= 8
    _, nps = await asked(acme, "GET", "survey-templates/nps")
    survey = await made(acme, template="nps", name_en="", repeat_days=90)
    assert (survey["name_zh"], survey["repeat_days"], survey["low_question"]) == (nps["name_zh"], 90, "score")
    _, draft = await asked(acme, "GET", f"surveys/{survey['id']}/draft")
    assert draft["problems"] == []
    assert [one["key"] for one in draft["definition"]["questions"]] == [
        one["key"] for one in nps["definition"]["questions"]
    ]
    status, _ = await asked(acme, "POST", "survey-publications", {"survey": survey["id"]})
    assert status == 200
    for body, code in (({"template": "x"}, 404), ({"template": "nps", "definition": SKIN}, 400)):
        assert (await asked(acme, "POST", "surveys", body))[0] == code


async def test_versions_are_listed_and_an_answered_one_stays(acme: Shop) -> None:
    survey = (await made(acme, definition=SKIN))["id"]
    await asked(acme, "POST", "survey-publications", {"survey": survey})
    async with acme.open():
        assert await surveys.freeze(ids.read("sur", survey), 1)
    changed = {**SKIN, "colour": "#00ff00"}
    await asked(acme, "PUT", f"surveys/{survey}/draft", {"definition": changed})
    _, shown = await asked(acme, "POST", "survey-publications", {"survey": survey})
    assert shown["version"] == 2
    _, versions = await asked(acme, "GET", f"surveys/{survey}/versions")
    assert [(one["number"], one["frozen"]) for one in versions["data"]] == [(2, False), (1, True)]
    _, first = await asked(acme, "GET", f"surveys/{survey}/versions/1")
    assert first["definition"] == SKIN
    assert (await asked(acme, "GET", f"surveys/{survey}/versions/3"))[1]["code"] == "survey.version_unknown"


async def test_two_who_edit_and_who_undo_twice_are_told(acme: Shop) -> None:
    survey = (await made(acme, definition=SKIN))["id"]
    _, seen = await asked(acme, "GET", f"surveys/{survey}/draft")
    bodies = [
        {"definition": {**SKIN, "colour": colour}, "revision": seen["revision"]} for colour in ("#000000", "#ffffff")
    ]
    replies = await asyncio.gather(*(asked(acme, "PUT", f"surveys/{survey}/draft", body) for body in bodies))
    assert sorted(status for status, _ in replies) == [200, 409]
    _, now = await asked(acme, "GET", f"surveys/{survey}/draft")
    undo = {"survey": survey, "revision": now["revision"]}
    status, back = await asked(acme, "POST", "survey-undos", undo)
    assert (status, back["definition"], back["undoable"]) == (200, SKIN, 0)
    assert (await asked(acme, "POST", "survey-undos", undo))[1]["code"] == "survey.draft_moved"
    undo["revision"] = back["revision"]
    assert (await asked(acme, "POST", "survey-undos", undo))[1]["code"] == "survey.nothing_to_undo"


async def test_settings_are_changed_one_by_one_and_an_open_link_has_an_address(acme: Shop) -> None:
    survey = (await made(acme, definition=SKIN, repeat_days=30))["id"]
    status, shown = await asked(acme, "PATCH", f"surveys/{survey}", {"open_link": True, "repeat_days": None})
    assert (status, shown["repeat_days"], shown["name_en"]) == (200, None, "Skin")
    assert shown["open_address"].startswith("/m/")
    for body, status, code in (
        ({"segment": ids.show("seg", ids.new())}, 404, "segment.unknown"),
        ({"reward_voucher": ids.show("vtp", ids.new())}, 404, "voucher_template.unknown"),
        ({"repeat_days": 0}, 400, "input.invalid"), ({"state": "live"}, 400, "input.invalid"),
        ({"low_at_most": 3}, 400, "invalid"),
    ):  # fmt: skip
        answered, told = await asked(acme, "PATCH", f"surveys/{survey}", body)
        assert (answered, told["code"]) == (status, code)


async def test_a_quota_by_answers_and_a_reward_do_not_go_together(acme: Shop) -> None:
    survey = (await made(acme, definition=SKIN))["id"]
    status, quota = await asked(
        acme, "POST", f"surveys/{survey}/quotas", {"name": "Dry", "condition": 'skin = "dry"', "most": 5})  # fmt: skip
    assert (status, quota["taken"]) == (200, 0)
    status, told = await asked(acme, "PATCH", f"surveys/{survey}", {"reward_points": 10})
    assert (status, told["code"]) == (422, "survey.reward_by_answer")
    status, _ = await asked(acme, "DELETE", f"surveys/{survey}/quotas/{quota['id']}")
    assert status == 204
    assert (await asked(acme, "PATCH", f"surveys/{survey}", {"reward_points": 10}))[0] == 200
    _, told = await asked(acme, "POST", f"surveys/{survey}/quotas", {"name": "x", "condition": "skin >", "most": 5})
    assert told["param"] == "condition"


async def test_a_list_is_paged_and_filtered(acme: Shop) -> None:
    names = [(await made(acme, name_en=f"S{number}"))["id"] for number in range(5)]
    _, first = await asked(acme, "GET", "surveys?limit=3")
    _, second = await asked(acme, "GET", f"surveys?limit=3&cursor={first['next_cursor']}")
    assert [one["id"] for one in (*first["data"], *second["data"])] == names[::-1]
    assert (await asked(acme, "GET", "surveys?state=live"))[1]["data"] == []


@pytest.mark.parametrize("bad", ["1e999999", "NaN", "-Infinity", "sNaN"])
async def test_numbers_that_are_none_are_problems_of_the_draft(acme: Shop, bad: str) -> None:
    survey = (await made(acme))["id"]
    questions = [{"key": "q", "kind": "number", "text": {"zh": "数"}, "least": bad}]
    status, draft = await asked(acme, "PUT", f"surveys/{survey}/draft", {"definition": {"questions": questions}})
    if status == 200:
        assert [one["question"] for one in draft["problems"]] == ["q"]
    else:
        assert status == 400


async def test_another_shops_survey_is_a_survey_of_nothing(acme: Shop, rival: Shop) -> None:
    survey = (await made(acme, definition=SKIN))["id"]
    for verb, path, body in (
        ("GET", f"surveys/{survey}", None), ("PUT", f"surveys/{survey}/draft", {"definition": SKIN}),
        ("POST", "survey-publications", {"survey": survey}), ("POST", "survey-clones", {"survey": survey}),
        ("DELETE", f"surveys/{survey}", None),
    ):  # fmt: skip
        status, told = await asked(rival, verb, path, body)
        assert (status, told["code"]) == (404, "survey.unknown")
    assert (await asked(acme, "GET", f"surveys/{survey}"))[0] == 200
