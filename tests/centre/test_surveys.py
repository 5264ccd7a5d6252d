"""Answering a survey in the member centre over plain HTTP, as a browser does that runs no scripts."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any

import pytest

from server import callers
from tenants import pictures, surveys
from tenants.kit import clock, ids
from tenants.pictures import Drawn
from tenants.surveys import Choice
from tenants.surveys.rules.definition import KINDS, Jump
from tests.make import centre as make
from tests.make import members
from tests.make import surveys as made
from tests.surveys.answered import DAY, NOON

if TYPE_CHECKING:
    import uuid

    from tests.conftest import Shop

# What is filled in for each kind, and what is kept of it: number, day, choices, text, by part.
FILLED: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "single": ({"q.x": "b"}, {"": "b"}),
    "multiple": ({"q.x": ["a", "other"], "q.x.other": "elsewhere"}, {"": "a other elsewhere"}),
    "dropdown": ({"q.x": "c"}, {"": "c"}),
    "rating": ({"q.x": "4"}, {"": "4"}),
    "nps": ({"q.x": "10"}, {"": "10"}),
    "csat": ({"q.x": "5"}, {"": "5"}),
    "ces": ({"q.x": "7"}, {"": "7"}),
    "short": ({"q.x": "Li Lei"}, {"": "Li Lei"}),
    "long": ({"q.x": "one\r\ntwo"}, {"": "one\ntwo"}),
    "number": ({"q.x": "12.5"}, {"": "12.5"}),
    "date": ({"q.x": "2026-01-31"}, {"": "2026-01-31"}),
    "ranking": ({"q.x.a": "3", "q.x.b": "1", "q.x.c": "2"}, {"": "b c a"}),
    "matrix": ({"q.x.top": "a", "q.x.bottom": "c"}, {"top": "a", "bottom": "c"}),
    "picture": ({"q.x": "b"}, {"": "b"}),
    "consent": ({"q.x": "yes"}, {"": "yes"}),
}
ANSWERS = "SELECT part, number, day, choices, text FROM __tenant__.survey_answer ORDER BY part"


async def person(shop: Shop, **said: Any) -> uuid.UUID:
    async with shop.open():
        return (await members.member(**said)).id


PIXEL = Drawn("0" * 64, "image/png", 1, 1, b"\x89PNG")


async def survey(
    shop: Shop, *questions: Any, terms: dict[str, Any] | None = None, **more: Any
) -> tuple[uuid.UUID, str]:
    async with shop.open():
        if any(one.kind == "picture" for one in questions):
            shown = ids.show("pic", await pictures.hold(PIXEL))
            for choice in (choice for one in questions for choice in one.choices):
                choice.picture = shown
        made_now = await made.survey(made.definition(*questions, **more), **(terms or {}))
    return made_now, f"/m/survey/{ids.show('sur', made_now)}"


def asked(kind: str, key: str = "x", **more: Any) -> Any:
    if kind == "picture":
        more.setdefault("choices", made.choices("a", "b", "c"))
    if kind == "multiple":
        more.setdefault("other", True)
    return made.question(key, kind, **more)


def kept(row: dict[str, Any]) -> str:
    number = f"{row['number'].normalize():f}" if row["number"] is not None else ""
    return " ".join(filter(None, (number, str(row["day"] or ""), *(row["choices"] or ()), row["text"])))


@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_of_question_is_answered_without_a_script(acme: Shop, kind: str) -> None:
    _, address = await survey(acme, asked(kind, required=True))
    client = await make.entered(acme, await person(acme))
    page = (await client.get(address)).text
    fields, expected = FILLED[kind]
    names = set(re.findall(r'name="(q\.[^"]+)"', page))
    assert names >= set(fields)
    form = make.hidden(page)
    empty = await client.post(address, data={**form, "act": "next"})
    assert empty.status_code == 422
    assert 'role="alert"' in empty.text
    assert kind == "matrix" or 'aria-invalid="true"' in empty.text  # of no single radio button may that be said
    assert 'id="q-x-wrong"' in empty.text
    assert await acme.rows(ANSWERS) == []
    done = await client.post(address, data={**form, "act": "next", **fields})
    assert done.status_code == 200, done.text
    assert "Thank you" in done.text
    assert {row["part"]: kept(row) for row in await acme.rows(ANSWERS)} == expected


@pytest.mark.parametrize("kind", KINDS)
async def test_what_was_kept_is_filled_in_again(acme: Shop, kind: str) -> None:
    _, address = await survey(acme, asked(kind), made.question("last"))
    client = await make.entered(acme, await person(acme))
    fields, _ = FILLED[kind]
    form = make.hidden((await client.get(address)).text)
    went = await client.post(address, data={**form, "act": "next", **fields})
    assert went.headers["location"] == f"{address}/last"
    page = (await client.get(f"{address}/x")).text
    assert _filled(page) == {
        (name, text.replace("\r\n", "\n")) for name, texts in fields.items()
        for text in (texts if isinstance(texts, list) else [texts])
    }  # fmt: skip


def _filled(page: str) -> set[tuple[str, str]]:
    """What a browser would send of the questions of a page."""
    found = set()
    for tag in re.findall(r"<input[^>]*>", page):
        told = dict(re.findall(r'([a-z]+)="([^"]*)"', tag))
        if told.get("name", "").startswith("q.") and told.get("type") in {"radio", "checkbox"}:
            if " checked" in tag:
                found.add((told["name"], told["value"]))
        elif told.get("name", "").startswith("q.") and told.get("value"):
            found.add((told["name"], told["value"]))
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>([^<]*)</textarea>', page):
        found.add((name, text))
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', page, re.DOTALL):
        for value, shown in re.findall(r'<option(?: value="([^"]*)")? selected>([^<]*)<', options):
            found.add((name, value or shown))
    return found


async def test_one_goes_on_and_back_step_by_step_and_on_another_device(acme: Shop) -> None:
    _, address = await survey(acme, made.question("one"), made.question("two", "short"), made.question("three", "nps"))
    ann = await person(acme)
    client = await make.entered(acme, ann)
    form = make.hidden((await client.get(address)).text)
    reply = await client.post(address, data={**form, "act": "next", "q.one": "a"})
    assert reply.headers["location"] == f"{address}/two"
    page = (await client.get(reply.headers["location"])).text
    assert "2 / 3" in page
    phone = await make.entered(acme, ann)
    assert 'name="q.two"' in (await phone.get(address)).text  # it goes on where they were
    back = await client.post(address, data={**make.hidden(page), "act": "back", "q.two": "half"})
    assert back.headers["location"] == f"{address}/one"
    page = (await client.get(back.headers["location"])).text
    assert 'value="a" checked' in page
    await client.post(address, data={**make.hidden(page), "act": "next", "q.one": "b"})
    page = (await client.get(f"{address}/two")).text
    assert 'value="half"' in page
    await client.post(address, data={**make.hidden(page), "act": "next", "q.two": "whole"})
    page = (await client.get(f"{address}/three")).text
    done = await client.post(address, data={**make.hidden(page), "act": "next", "q.three": "9"})
    assert "Thank you" in done.text
    rows = await acme.rows("SELECT question, number, choices, text FROM __tenant__.survey_answer ORDER BY question")
    assert [kept({**row, "day": None}) for row in rows] == ["b", "9", "whole"]
    assert await acme.value("SELECT state FROM __tenant__.survey_response") == "complete"
    assert "already" in (await client.get(address)).text


async def test_a_whole_page_at_a_time_branches_and_says_answers_again(acme: Shop) -> None:
    first = [made.question("skin", required=True), made.question("name", "short")]
    later = [made.question("dry", "short", page=2), made.question("oily", "short", page=2)]
    later[0].show_if, later[1].show_if = 'skin = "a"', 'skin = "b"'
    later[0].text = {"en": "What helps, {name|dear}?"}
    _, address = await survey(
        acme, *first, *later, one_by_one=False, end_text={"en": "Bye {name}, you said {dry}."}, languages=["en", "zh"])  # fmt: skip
    client = await make.entered(acme, await person(acme))
    page = (await client.get(address)).text
    assert 'name="q.skin"' in page
    assert 'name="q.name"' in page
    went = await client.post(address, data={**make.hidden(page), "act": "next", "q.skin": "a", "q.name": "<b>Ann</b>"})
    page = (await client.get(went.headers["location"])).text
    assert "What helps, &lt;b&gt;Ann&lt;/b&gt;?" in page
    assert "q.oily" not in page
    done = await client.post(address, data={**make.hidden(page), "act": "next", "q.dry": "<script>1</script>"})
    assert "Bye &lt;b&gt;Ann&lt;/b&gt;, you said &lt;script&gt;1&lt;/script&gt;." in done.text
    assert "<script" not in done.text


async def test_a_jump_to_the_end_hands_in(acme: Shop) -> None:
    _, address = await survey(
        acme, made.question("skin"), made.question("more", "short", required=True), jumps=[Jump(after="skin", when='skin = "c"', to="end")])  # fmt: skip
    client = await make.entered(acme, await person(acme))
    form = make.hidden((await client.get(address)).text)
    assert "Thank you" in (await client.post(address, data={**form, "act": "next", "q.skin": "c"})).text
    assert await acme.value("SELECT state FROM __tenant__.survey_response") == "complete"


async def test_the_start_page_says_what_comes_and_what_for(acme: Shop) -> None:
    _, address = await survey(
        acme, start_title={"en": "Hello there"}, languages=["en", "zh"], terms={"reward_points": 50}
    )
    client = await make.entered(acme, await person(acme))
    page = (await client.get(address)).text
    assert "Hello there" in page
    assert "50 points" in page
    assert "about 1 min" in page
    assert 'name="q.skin"' not in page
    went = await client.post(address, data={**make.hidden(page), "act": "start"})
    assert went.headers["location"] == f"{address}/skin"
    for listing in ("/m", "/m/surveys"):
        listed = (await client.get(listing)).text
        assert address in listed
        assert "50 points" in listed
    assert await acme.value("SELECT count(*) FROM __tenant__.survey_response") == 0


async def test_an_address_may_choose_beforehand_and_nothing_is_kept_of_it(acme: Shop) -> None:
    _, address = await survey(acme, made.question("nps", "nps"), start_title={"en": "Hello"}, languages=["en", "zh"])
    client = await make.entered(acme, await person(acme))
    page = (await client.get(f"{address}?q.nps=9")).text
    assert 'value="9" checked' in page
    assert (await client.get(f"{address}?q.nps=<b>&q.x=1")).status_code == 200
    assert await acme.value("SELECT count(*) FROM __tenant__.survey_participation") == 0


async def test_a_double_tap_on_send_is_one_answer_and_one_reward(acme: Shop) -> None:
    _, address = await survey(acme, made.question("nps", "nps"), terms={"reward_points": 30})
    ann = await person(acme)
    client = await make.entered(acme, ann)
    form = {**make.hidden((await client.get(address)).text), "act": "next", "q.nps": "9"}
    replies = await asyncio.gather(*(client.post(address, data=form) for _ in range(6)))
    assert {reply.status_code for reply in replies} == {200}
    assert all("30" in reply.text for reply in replies)
    assert await acme.value("SELECT count(*) FROM __tenant__.survey_response") == 1
    assert await acme.value("SELECT count(*) FROM __tenant__.points_entry WHERE member = $1", ann) == 1


async def test_an_anonymous_survey_keeps_nothing_on_the_way_and_nobody_at_the_end(acme: Shop) -> None:
    _, address = await survey(
        acme, made.question("one", "multiple"), made.question("two", "matrix"), made.question("three", "short"),
        terms={"anonymous": True})  # fmt: skip
    client = await make.entered(acme, await person(acme))
    page = (await client.get(address)).text
    assert "anonymous" in page
    page = (await client.post(address, data={**make.hidden(page), "act": "next", "q.one": ["a", "c"]})).text
    page = (await client.post(address, data={**_all_hidden(page), "act": "next", "q.two.top": "b"})).text
    assert await acme.value("SELECT count(*) FROM __tenant__.survey_participation") == 0
    page = (await client.post(address, data={**_all_hidden(page), "act": "back"})).text
    assert 'name="q.two.top" value="b" checked' in page
    page = (await client.post(address, data={**_all_hidden(page), "act": "next", "q.two.top": "b"})).text
    done = await client.post(address, data={**_all_hidden(page), "act": "next", "q.three": "x"})
    assert "Thank you" in done.text
    assert await acme.value("SELECT count(*) FROM __tenant__.survey_participation WHERE finished") == 1
    assert await acme.value("SELECT count(*) FROM __tenant__.survey_response WHERE member IS NOT NULL") == 0


def _all_hidden(page: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page):
        found[name] = (
            [*found[name], value]
            if name.startswith("q.") and name in found
            else [value]
            if name.startswith("q.")
            else value
        )
    return found


async def test_markup_everywhere_in_a_survey_is_text(acme: Shop) -> None:
    evil = '"><script>alert(1)</script>'
    texts = {"en": evil, "zh": evil}
    questions = [
        made.question(
            "x", "single", help=texts, choices=[Choice(key="a", text=texts), Choice(key="b", text=texts)], other=True
        ),
        made.question("y", "nps", labels={"low": texts, "high": texts}, error=texts, required=True),
        made.question("z", "matrix", rows=[Choice(key="r", text=texts)], choices=[Choice(key="a", text=texts)]),
        made.question("w", "ranking", choices=[Choice(key="a", text=texts), Choice(key="b", text=texts)]),
    ]
    for one in questions:
        one.text = texts
    _, address = await survey(
        acme, *questions, one_by_one=False, start_text=texts, end_text=texts, closed_text=texts, colour="#123456",
        terms={"name_en": evil})  # fmt: skip
    client = await make.entered(acme, await person(acme, name=evil))
    for path in ("/m", "/m/surveys", address, f"{address}/x"):
        assert "<script" not in (await client.get(path)).text
    page = (await client.get(f"{address}/x")).text
    assert "colour.css?c=123456" in page
    wrong = await client.post(address, data={**make.hidden(page), "act": "next", "q.x": "other", "q.x.other": evil})
    assert wrong.status_code == 422
    assert "<script" not in wrong.text
    assert "&lt;script" in wrong.text


async def test_a_member_reads_it_in_their_language_and_may_choose_another(acme: Shop) -> None:
    one = made.question("x")
    one.text = {"en": "Your skin?", "zh": "您的肤质？", "ja": "お肌は？"}
    _, address = await survey(acme, one, languages=["zh", "en", "ja"])
    client = await make.entered(acme, await person(acme, locale="en"))
    assert "Your skin?" in (await client.get(address)).text
    page = (await client.get(f"{address}?language=ja")).text
    assert "お肌は？" in page
    assert '<main id="main" tabindex="-1" lang="ja">' in page
    assert ">中文</a>" in page
    await client.post(address, data={**make.hidden(page), "act": "next", "q.x": "a"})
    assert await acme.value("SELECT language FROM __tenant__.survey_response") == "ja"


async def test_a_survey_in_a_third_language_has_its_buttons_and_problems_in_english(rival: Shop) -> None:
    one = made.question("x", required=True)
    one.text = {"en": "Your skin?", "zh": "您的肤质？", "es": "¿Su piel?"}
    _, address = await survey(rival, one, languages=["zh", "en", "es"])
    client = await make.entered(rival, await person(rival, locale="es"))
    page = (await client.get(address)).text
    assert "¿Su piel?" in page
    assert ">Send</button>" in page
    assert "提交" not in page
    wrong = (await client.post(address, data={**make.hidden(page), "act": "next"})).text
    assert "Please look at this again:" in wrong
    assert "Please answer this question." in wrong


async def test_closed_full_and_foreign_surveys_say_so(acme: Shop, rival: Shop) -> None:
    survey_id, address = await survey(acme, closed_text={"en": "See you in spring."}, languages=["en", "zh"])
    client = await make.entered(acme, await person(acme))
    form = make.hidden((await client.get(address)).text)
    async with acme.open():
        await surveys.pause(survey_id)
    assert "See you in spring." in (await client.get(address)).text
    late = await client.post(address, data={**form, "act": "next", "q.skin": "a"})
    assert "See you in spring." in late.text
    assert await acme.value("SELECT count(*) FROM __tenant__.survey_participation") == 0
    _, theirs = await survey(rival)
    for path in (theirs, "/m/survey/sur_x", "/m/survey/x", "/m/survey"):
        assert (await client.get(path)).status_code == 404
    other = await make.entered(rival, await person(rival))
    assert (await other.get(address)).status_code == 404


async def test_in_a_frame_all_steps_work_without_a_cookie(acme: Shop) -> None:
    _, address = await survey(acme, made.question("one"), made.question("two", "short"))
    token, _ = callers.write_member_token(acme.tenant.id, await person(acme))
    client = make.browser(acme)
    page = await client.get(f"{address}?embed={token}&language=zh")
    assert "https://shop.example" in page.headers["content-security-policy"]
    assert '<html lang="zh">' in page.text
    step = await client.post(address, data={**make.hidden(page.text), "act": "next", "q.one": "a"})
    assert step.status_code == 200
    assert 'name="q.two"' in step.text
    assert "https://shop.example" in step.headers["content-security-policy"]
    done = await client.post(address, data={**make.hidden(step.text), "act": "next", "q.two": "x"})
    assert "感谢" in done.text
    assert not client.cookies
    assert await acme.value("SELECT via FROM __tenant__.survey_response") == "embed"


async def test_pictures_are_seen_by_anybody_kept_for_good_and_never_run(acme: Shop, rival: Shop) -> None:
    _, address = await survey(acme, asked("picture"))
    page = (await (await make.entered(acme, await person(acme))).get(address)).text
    shown = re.search(r'<img src="(/m/pictures/pic_[^"]+)" alt=""', page)
    assert shown
    reply = await acme.client().get(shown[1])
    assert (reply.status_code, reply.content, reply.headers["content-type"]) == (200, PIXEL.content, "image/png")
    assert "immutable" in reply.headers["cache-control"]
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in reply.headers["content-security-policy"]
    assert "set-cookie" not in reply.headers
    again = await acme.client().get(shown[1], headers={"If-None-Match": reply.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert (await rival.client().get(shown[1])).status_code == 404


async def test_the_second_part_of_a_series_opens_after_its_gap_and_says_what_was_said_in_the_first(acme: Shop) -> None:
    later = made.question("hair", "short", phase=2)
    later.text = {"en": "And your hair, {x}?", "zh": "头发呢，{x}？"}
    parts = (made.question("x"), later)
    member = await person(acme, locale="en")
    with clock.at(NOON):
        _, address = await survey(acme, *parts, terms={"phase_gap_days": 2, "reward_points": 5})
        client = await make.entered(acme, member)
        form = make.hidden((await client.get(address)).text)
        done = await client.post(address, data={**form, "act": "next", "q.x": "b"})
        assert "It goes on from 2026-03-04" in done.text
        assert (await acme.member(member).get("/v1/me/surveys")).json()["data"] == []
    with clock.at(NOON + 2 * DAY):
        waiting = (await acme.member(member).get("/v1/me/surveys")).json()["data"]
        assert [(one["phase"], one["phases"]) for one in waiting] == [(2, 2)]
        client = await make.entered(acme, member)
        assert "part 2 of 2" in (await client.get("/m")).text
        page = (await client.get(address)).text
        assert "And your hair, B?" in page
        old = await client.post(address, data={**make.hidden(page), "at": "x", "act": "next", "q.x": "c"})
        assert (old.status_code, old.headers["location"]) == (303, address)
        done = await client.post(address, data={**make.hidden(page), "act": "next", "q.hair": "long"})
        assert "You have received points: 5" in done.text
    kept_now = await acme.rows("SELECT phase, state, answers FROM __tenant__.survey_response ORDER BY phase")
    assert [tuple(row.values()) for row in kept_now] == [(1, "complete", 1), (2, "complete", 1)]
