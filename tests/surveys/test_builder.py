"""The pages on which a survey is made: whatever is pressed, nothing typed is lost, and nobody types an expression."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

import pytest

from tenants import surveys
from tenants.kit import ids
from tenants.surveys.rules.definition import KINDS
from tests.make import staff as make

if TYPE_CHECKING:
    import uuid

    import httpx

    from tests.conftest import Shop


class Bench:
    """A seller at the questions of one survey; what the page holds is sent along with each press, as a browser does."""

    def __init__(self, shop: Shop, client: httpx.AsyncClient, survey: uuid.UUID) -> None:
        self.shop, self.client, self.survey = shop, client, survey
        self.address = f"/console/survey/{ids.show('sur', survey)}"
        self.text = ""
        self.status = 0

    async def look(self) -> None:
        self._took(await self.client.get(self.address))

    async def press(self, act: str, **typed: str) -> None:
        given = {**fields(self.text), **{name.replace("__", "."): value for name, value in typed.items()}, "act": act}
        self._took(await self.client.post(self.address, data=given))

    async def definition(self) -> surveys.Definition:
        async with self.shop.open():
            return (await surveys.draft(self.survey)).definition

    def _took(self, reply: httpx.Response) -> None:
        self.text, self.status = reply.text, reply.status_code


def fields(page: str) -> dict[str, str]:
    """What a browser would send of the page's form."""
    found: dict[str, str] = {}
    for tag in re.findall(r"<input [^>]*>", page):
        told = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        ticked = told.get("type") not in {"checkbox", "radio"} or re.search(r"\schecked", tag)
        if "name" in told and told.get("type") != "file" and ticked:
            found[html.unescape(told["name"])] = html.unescape(told.get("value", ""))
    for name, inside in re.findall(r'<textarea name="([^"]+)"[^>]*>([^<]*)</textarea>', page):
        found[name] = html.unescape(inside)
    for name, inside in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', inside) or re.search(r'value="([^"]*)"', inside)
        found[name] = html.unescape(chosen[1]) if chosen else ""
    return found


async def bench(shop: Shop, definition: surveys.Definition | None = None) -> Bench:
    client = await make.desk(shop)
    async with shop.open():
        survey = await surveys.create(surveys.Terms(name_en="Skin", name_zh="肤质"), definition=definition)
    made = Bench(shop, client, survey)
    await made.look()
    return made


async def test_a_survey_is_made_from_each_template_and_from_nothing(acme: Shop) -> None:
    client = await make.desk(acme)
    page = (await client.get("/console/survey-new")).text
    acts = re.findall(r'value="(create[^"]*)" id=', page)
    assert len(acts) >= 9
    for act in acts:
        reply = await client.post("/console/survey-new", data={"act": act, "csrf": fields(page)["csrf"]})
        assert reply.status_code == 303, reply.text
        assert (await client.get(reply.headers["location"])).status_code == 200
    listed = (await client.get("/console/surveys")).text
    assert listed.count("/console/survey/sur_") == len(acts)


@pytest.mark.parametrize("kind", KINDS)
async def test_a_question_of_each_kind_is_added_filled_in_and_kept(acme: Shop, kind: str) -> None:
    made = await bench(acme)
    await made.press(f"add:{kind}")
    assert made.status == 200, made.text
    sent = {"text__en": f"What of {kind}?", "text__zh": f"{kind}呢？", "help__en": "Help", "error__zh": "请重填",
            "required": "yes"}  # fmt: skip
    await made.press("save", **sent)
    question: Any = (await made.definition()).questions[0]
    assert (question.kind, question.text) == (kind, {"en": f"What of {kind}?", "zh": f"{kind}呢？"})
    assert (question.help, question.error, question.required) == ({"en": "Help"}, {"zh": "请重填"}, True)
    await made.press("close")
    assert (await made.definition()).questions == [question]


async def test_whichever_button_is_pressed_keeps_what_was_typed(acme: Shop) -> None:
    made = await bench(acme)
    await made.press("add:single")
    await made.press(
        "choice-add:choice", text__en="Which?", choice__0__en="Dry", choice__0__zh="干性", choice__1__en="Oily"
    )
    question = (await made.definition()).questions[0]
    assert [one.text for one in question.choices] == [{"en": "Dry", "zh": "干性"}, {"en": "Oily"}, {}, {}]
    await made.press("choice-up:choice.1", choice__3__en="Mixed")
    await made.press("choice-remove:choice.2", help__en="Look in the mirror")
    await made.press("add:short", choice__more="Sensitive\n\nNormal")
    question = (await made.definition()).questions[0]
    assert [one.text.get("en") or one.text.get("zh") for one in question.choices] == [
        "Oily", "Dry", "Mixed", "Sensitive", "Normal",
    ]  # fmt: skip
    assert question.help == {"en": "Look in the mirror"}
    assert len({one.key for one in question.choices}) == 5
    await made.press("open:q1", text__en="Say more")
    assert (await made.definition()).questions[1].text == {"en": "Say more"}


async def test_questions_are_moved_copied_and_taken_out_and_that_is_undone(acme: Shop) -> None:
    made = await bench(acme)
    for kind in ("nps", "long", "date"):
        await made.press(f"add:{kind}", text__en=kind)
    await made.press("up:q3")
    assert [each.key for each in (await made.definition()).questions] == ["q1", "q3", "q2"]
    await made.press("down:q1")
    await made.press("copy:q1")
    assert [each.key for each in (await made.definition()).questions] == ["q3", "q1", "q4", "q2"]
    await made.press("remove:q3")
    assert [each.key for each in (await made.definition()).questions] == ["q1", "q4", "q2"]
    await made.press("undo")
    assert [each.key for each in (await made.definition()).questions] == ["q3", "q1", "q4", "q2"]


async def test_a_condition_and_a_jump_are_made_by_choosing(acme: Shop) -> None:
    made = await bench(acme)
    await made.press("add:single", text__en="Skin?")
    await made.press("save", text__en="Skin?", choice__0__en="Dry", choice__1__en="Oily", choice__2__en="Mixed")
    await made.press("add:nps")
    await made.press("save", text__en="Recommend?")
    await made.press("add:long")
    await made.press("term-add:show", text__en="Why?")
    await made.press("term-add:show", show__0__question="q1", show__0__sign="!=", show__0__value="c2")
    await made.press("save", show__1__question="q2", show__1__sign="<=", show__1__value="6", show__any="any")
    assert (await made.definition()).questions[2].show_if == 'q1 != "c2" or q2 <= 6'
    assert "Skin?" in made.text
    await made.press("open:q2")
    await made.press("jump-add")
    await made.press("save", jump__0__0__sign=">=", jump__0__0__value="9")
    definition = await made.definition()
    assert [(jump.after, jump.when, jump.to) for jump in definition.jumps] == [("q2", "q2 >= 9", "end")]
    assert {problem.words.en for problem in surveys.problems(definition)} <= {
        "write the question in zh", *(f"write the choice “c{number}” in zh" for number in (1, 2, 3))
    }  # fmt: skip
    await made.press("term-remove:jump.0.0")
    await made.press("jump-remove:jump.0")
    assert (await made.definition()).jumps == []


async def test_a_question_of_another_kind_offers_other_signs_before_anything_is_saved(acme: Shop) -> None:
    made = await bench(acme)
    for kind in ("single", "number", "short"):
        await made.press(f"add:{kind}", text__en=kind)
    await made.press("term-add:show")
    await made.press("reshape", show__0__question="q1")
    assert fields(made.text)["show.0.value"] == "c1"
    await made.press("reshape", show__0__question="q2")
    assert fields(made.text)["show.0.value"] == ""
    await made.press("save", show__0__value="abc")
    assert (made.status, fields(made.text)["show.0.value"]) == (422, "abc")
    assert "use a number" in made.text
    await made.press("save", show__0__value="3.5")
    assert (await made.definition()).questions[2].show_if == "q2 = 3.5"


async def test_what_cannot_be_used_is_said_beside_its_field_and_nothing_typed_is_lost(acme: Shop) -> None:
    made = await bench(acme)
    await made.press("add:number", text__en="Price?")
    before = await made.definition()
    await made.press("add:long", text__en="What price?", least="cheap", most="5")
    assert made.status == 422
    assert 'id="wrong-least"' in made.text
    kept = fields(made.text)
    assert (kept["least"], kept["most"], kept["text.en"]) == ("cheap", "5", "What price?")
    assert await made.definition() == before


async def test_somebody_elses_edit_of_the_same_question_is_not_overwritten(acme: Shop) -> None:
    made = await bench(acme)
    await made.press("add:long", text__en="Mine")
    await made.press("save", text__en="Mine")
    theirs = Bench(acme, made.client, made.survey)
    await theirs.look()
    await theirs.press("open:q1")
    await theirs.press("save", text__en="Theirs")
    await made.press("save", text__en="Mine again")
    assert made.status == 422
    assert fields(made.text)["text.en"] == "Mine again"
    assert (await made.definition()).questions[0].text == {"en": "Theirs"}


async def test_problems_are_listed_beside_their_question_in_both_languages(acme: Shop) -> None:
    made = await bench(acme)
    await made.press("add:single")
    assert "write the question in" in made.text
    made.client.headers["Accept-Language"] = "zh"
    await made.look()
    assert "请填写题目" in made.text


async def test_what_members_are_called_by_is_escaped(acme: Shop) -> None:
    made = await bench(acme)
    await made.press("add:single")
    await made.press("close", text__en="<script>alert(1)</script>", choice__0__en='"><img src=x>')
    assert "<script>alert" not in made.text
    assert "<img src=x" not in made.text


async def test_an_analyst_may_look_and_not_change(acme: Shop) -> None:
    made = await bench(acme)
    analyst = await make.desk(acme, "analyst")
    assert (await analyst.get(made.address)).status_code == 200
    theirs = {"act": "add:nps", "csrf": analyst.headers["X-CSRFToken"]}
    assert (await analyst.post(made.address, data=theirs)).status_code == 403


async def test_another_shops_survey_is_not_there(acme: Shop, rival: Shop) -> None:
    made = await bench(acme)
    other = await make.desk(rival)
    assert (await other.get(made.address)).status_code == 404
    theirs = {"act": "add:nps", "csrf": other.headers["X-CSRFToken"]}
    assert (await other.post(made.address, data=theirs)).status_code in {404, 422}
    assert (await made.definition()).questions == []
