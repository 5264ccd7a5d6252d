"""Results over HTTP and in the console: rows behind numbers, versions, search, anonymity, files."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

import msgspec
import openpyxl
import pytest

from tenants import levels
from tenants import members as member_rules
from tenants.kit import ids
from tenants.surveys.rules import asked as asking
from tenants.surveys.rules import crosstabs, dropping, exporting, filtering, results
from tenants.surveys.rules.definition import Definition, Question
from tests.make import answers as make
from tests.make import members as make_members
from tests.make import staff as make_staff

if TYPE_CHECKING:
    import uuid

    import httpx

    from tests.conftest import Shop

HARM = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1", '=HYPERLINK("http://x")', "<script>alert(1)</script>")


async def of_everything(acme: Shop, said: list[dict[str, Any]], *, anonymous: bool = False) -> uuid.UUID:
    """A survey of every kind, answered like this by a member each."""
    definition = make.every_kind()
    async with acme.open():
        given = [make.Answered(one) for one in said]
        for one in given:
            one.member = None if anonymous else (await make_members.member(name="<i>Lin</i>")).id
        survey = await make.survey(definition, anonymous=anonymous)
        await make.answer(survey, definition, given, anonymous=anonymous)
    return survey


async def ask(acme: Shop, survey: uuid.UUID, place: str, **fields: str) -> Any:
    reply = await acme.server().get(f"/v1/surveys/{ids.show('sur', survey)}/{place}", params=fields)
    assert reply.status_code == 200, reply.text
    return reply.json()


async def test_texts_are_found_in_chinese_and_english_and_come_newest_first(acme: Shop) -> None:
    texts = ["The parcel came late", "包装破损，客服态度很好", "Late again, parcel open", "面料舒服 iPhone15 壳"]
    survey = await of_everything(acme, [{"wish": text} for text in texts])

    async def found(search: str) -> list[str]:
        return [one["text"] for one in (await ask(acme, survey, "texts", question="wish", search=search))["data"]]

    assert await found("") == texts[::-1]
    assert await found("LATE parcel") == [texts[2], texts[0]]
    assert await found("态度") == [texts[1]]
    assert await found("壳") == [texts[3]]
    assert await found("iphone15") == [texts[3]]
    assert await found("度态") == await found("early") == await found("???") == []
    first = await ask(acme, survey, "texts", question="wish", limit="3")
    rest = await ask(acme, survey, "texts", question="wish", limit="3", cursor=first["next_cursor"])
    assert [one["text"] for one in (*first["data"], *rest["data"])] == texts[::-1]


async def test_what_was_written_beside_other_is_read_with_its_question(acme: Shop) -> None:
    survey = await of_everything(acme, [{"skin": {"choices": ["other"], "other": "敏感肌"}}, {"skin": "dry"}])
    found = await ask(acme, survey, "texts", question="skin", search="敏感")
    assert [one["text"] for one in found["data"]] == ["敏感肌"]


async def test_each_number_leads_to_its_rows(acme: Shop) -> None:
    survey = await of_everything(acme, [{"skin": "dry", "nps": value} for value in (9, 10, 3)] + [{"skin": "oily"}])
    figures = await ask(acme, survey, "results")
    skin = next(one for one in figures["questions"] if one["key"] == "skin")
    dry = next(one for one in skin["choices"] if one["key"] == "dry")
    rows = await ask(acme, survey, "responses", answer="skin:dry")
    assert dry["count"] == len(rows["data"]) == 3
    assert len((await ask(acme, survey, "responses", answer="skin:dry,nps:9..10"))["data"]) == 2
    one = await ask(acme, survey, f"responses/{rows['data'][0]['id']}")
    assert [(said["key"], said["answer"], said["told"]) for said in one["questions"] if said["answer"]] == [
        ("skin", "dry", "Dry"), ("nps", 3, "3")]  # fmt: skip


async def test_answers_of_older_versions_count_and_keep_their_texts(acme: Shop) -> None:
    first = make.every_kind()
    shorter = [
        msgspec.structs.replace(one, choices=make.choices("dry", "oily")) if one.key == "skin" else one
        for one in first.questions
        if one.key != "wish"
    ]
    second = Definition(languages=["en", "zh"], questions=[*shorter, Question(key="new", kind="short", text={})])
    async with acme.open():
        survey = await make.survey(first)
        await make.answer(survey, first, [make.Answered({"skin": "mixed", "wish": "old"})])
        await make.version(survey, 2, second)
        await make.answer(survey, second, [make.Answered({"skin": "dry", "new": "young"}, version=2)])
    figures = {one["key"]: one for one in (await ask(acme, survey, "results"))["questions"]}
    told = {(one["key"], one["text"], one["count"], one["gone"]) for one in figures["skin"]["choices"]}
    assert {("mixed", "Mixed", 1, True), ("dry", "Dry", 1, False)} <= told
    assert (figures["wish"]["gone"], figures["wish"]["answered"], figures["new"]["answered"]) == (True, 1, 1)
    assert len((await ask(acme, survey, "responses", version="1"))["data"]) == 1


async def test_few_answers_say_so_in_place_of_a_score(acme: Shop) -> None:
    survey = await of_everything(acme, [{"nps": 10}] * 12)
    figures = {one["key"]: one for one in (await ask(acme, survey, "results"))["questions"]}
    assert figures["nps"]["score"]["value"] is None
    assert figures["nps"]["score"]["told"] == "too few answers (12 of 30)"


async def test_answers_are_divided_by_level_tag_and_attribute(acme: Shop) -> None:
    definition = make.every_kind()
    async with acme.open():
        gold = (await levels.ladder())[2]
        await member_rules.define_attribute("city", label_en="City", kind="text")
        given = []
        for number in range(80):
            member = (await make_members.member(tags=["vip", "new"] if number < 40 else [])).id
            await member_rules.set_attributes(member, {"city": "杭州" if number % 2 else "上海"})
            given.append(make.Answered({"nps": 10 if number < 40 else 0, "skin": "dry" if number < 40 else "oily"},
                                       member=member, level=gold.id if number < 40 else None))  # fmt: skip
        survey = await make.survey(definition)
        await make.answer(survey, definition, given)
    by_level = await ask(acme, survey, "results/crosstab", question="nps", by="level")
    assert {(one["text"], one["answered"], one["score"]["value"]) for one in by_level["groups"]} == {
        (gold.name.say("en"), 40, 100), ("None", 40, -100)}  # fmt: skip
    assert [one["against_rest"]["clear"] for one in by_level["groups"]] == [True, True]
    assert by_level["association"]["clear"] is True
    by_tag = await ask(acme, survey, "results/crosstab", question="skin", by="tag")
    assert {(one["key"], one["answered"]) for one in by_tag["groups"]} == {("vip", 40), ("new", 40), ("none", 40)}
    assert (by_tag["overlapping"], by_tag["association"]) == (True, None)
    by_city = await ask(acme, survey, "results/crosstab", question="skin", by="attribute", other="city")
    assert {(one["key"], one["answered"]) for one in by_city["groups"]} == {("杭州", 40), ("上海", 40)}
    assert by_city["association"]["clear"] is False
    assert (await ask(acme, survey, "results/crosstab", question="skin", by="rfm"))["groups"][0]["key"] == "none"
    assert len((await ask(acme, survey, "responses", tag="vip", attribute="city=杭州"))["data"]) == 20
    assert len((await ask(acme, survey, "responses", level="none", limit="100"))["data"]) == 40


async def test_of_an_anonymous_survey_few_are_never_told_apart(acme: Shop) -> None:
    said = [{"skin": "dry", "nps": 9}] * 9 + [{"skin": "oily", "nps": 2}] * 3 + [{"skin": "mixed", "nps": 2}] * 6
    survey = await of_everything(acme, said, anonymous=True)
    table = await ask(acme, survey, "results/crosstab", question="nps", by="question", other="skin")
    # Three alone could be told from the whole, so the next larger group is hidden with them.
    assert ([one["key"] for one in table["groups"]], table["hidden"]) == (["dry"], 2)
    few = await ask(acme, survey, "results", answer="skin:oily")
    assert (few["hidden"], few["questions"]) == (True, [])
    for place in ("responses", "texts"):
        fields = {"answer": "skin:oily"} | ({"question": "wish"} if place == "texts" else {})
        assert (await ask(acme, survey, place, **fields))["data"] == []
    out = await acme.server().get(f"/v1/surveys/{ids.show('sur', survey)}/export.csv", params={"answer": "skin:oily"})
    assert len(out.text.splitlines()) == 1
    for fields in ({"tag": "vip"}, {"since": "2026-01-01"}, {"attribute": "city=x"}, {"rfm": "x"}):
        reply = await acme.server().get(f"/v1/surveys/{ids.show('sur', survey)}/results", params=fields)
        assert (reply.status_code, reply.json()["code"]) == (422, "survey.no_way_back")
    reply = await acme.server().get(f"/v1/surveys/{ids.show('sur', survey)}/results/timeline")
    assert reply.json()["code"] == "survey.no_way_back"


async def test_files_hold_a_column_for_each_question_and_nothing_harmful(acme: Shop) -> None:
    said: list[dict[str, Any]] = [{"wish": harm, "table": {"shop": "good"}, "spend": "-12.50"} for harm in HARM]
    said[0] |= {"order": ["speed", "care", "price"], "colours": ["red", "blue"], "agree": True}
    survey = await of_everything(acme, said)
    address = f"/v1/surveys/{ids.show('sur', survey)}"
    out = await acme.server(**{"Accept-Language": "en"}).get(f"{address}/export.csv")
    assert out.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(out.content.decode("utf-8-sig"))))
    assert len(rows) == len(HARM) + 1
    head = rows[0]
    assert "Table – Shop" in head
    assert "Table – Parcel" in head
    first = dict(zip(head, rows[1], strict=True))
    assert (first["Order"], first["Colours"], first["Agree"], first["Table – Shop"], first["Spend"]) == (
        "Speed > Care > Price", "Red; Blue", "Yes", "Good", "-12.5")  # fmt: skip
    wishes = [row[head.index("Wish")] for row in rows[1:]]
    assert all(not wish.startswith(("=", "+", "-", "@", "\t", "＝")) for wish in wishes)
    assert "'=1+1" in wishes
    chinese = await acme.server(**{"Accept-Language": "zh"}).get(f"{address}/export.csv", params={"cells": "texts"})
    assert "Red（中）; Blue（中）" in chinese.text
    keys = await acme.server().get(f"{address}/export.csv", params={"cells": "keys"})
    assert "table.shop" in keys.text.splitlines()[0]
    assert "speed > care > price" in keys.text
    sheet = openpyxl.load_workbook(io.BytesIO((await acme.server().get(f"{address}/export.xlsx")).content)).active
    assert sheet
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert {"=1+1", "<script>alert(1)</script>"} <= {cell.value for cell in cells}
    assert -12.5 in {cell.value for cell in cells}


async def test_a_file_is_written_page_by_page(acme: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "PAGE", 3)
    survey = await of_everything(acme, [{"spend": number} for number in range(10)])
    async with acme.open():
        asked = await asking.asked(survey)
        parts = [part async for part in exporting.csv_parts(asked, filtering.Filter())]
    assert len(parts) == 1 + 4
    rows = list(csv.DictReader(io.StringIO(b"".join(parts).decode("utf-8-sig"))))
    assert [row["Spend"] for row in rows] == [str(number) for number in range(10)]


@pytest.mark.parametrize(
    "fields",
    [
        {"answer": "nobody:x"}, {"answer": "skin:purple"}, {"answer": "skin"}, {"answer": "nps:a..b"},
        {"answer": "table.nowhere:good"}, {"answer": "order:care@0x1"}, {"since": "yesterday"}, {"level": "gold"},
        {"attribute": "city"}, {"tag": "a\x00b"}, {"answer": ",".join(["skin:dry"] * 11)}, {"answer": "spend:1e400"},
        {"answer": "launch:2026-02-30"},
    ],
    ids=str,
)  # fmt: skip
async def test_a_filter_that_says_nothing_is_refused(acme: Shop, fields: dict[str, str]) -> None:
    survey = await of_everything(acme, [])
    reply = await acme.server().get(f"/v1/surveys/{ids.show('sur', survey)}/results", params=fields)
    assert (reply.status_code, reply.json()["code"]) == (400, "invalid")


async def test_surveys_and_responses_of_others_are_unknown(acme: Shop, rival: Shop) -> None:
    survey = await of_everything(acme, [{"nps": 9}])
    other = await of_everything(acme, [])
    response = (await ask(acme, survey, "responses"))["data"][0]["id"]
    for shop, address in (
        (rival, f"{ids.show('sur', survey)}/results"),
        (rival, f"{ids.show('sur', survey)}/export.csv"),
        (acme, f"{ids.show('sur', other)}/responses/{response}"),
        (acme, f"nonsense/responses/{response}"),
    ):
        assert (await shop.server().get(f"/v1/surveys/{address}")).status_code == 404


async def follow(client: httpx.AsyncClient, page: str) -> list[tuple[str, int, str]]:
    """Every link of a page below the results, with what it leads to."""
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="(/console/survey-results/[^"#]+)', page)}
    replies = [(link, await client.get(link)) for link in sorted(links)]
    return [(link, reply.status_code, reply.text) for link, reply in replies]


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_every_link_of_the_page_leads_to_a_page_and_nothing_of_members_runs(acme: Shop, language: str) -> None:
    said = [{"skin": "dry", "nps": 9, "table": {"shop": "good"}, "wish": HARM[-1], "spend": number,
             "launch": "2026-05-01", "order": ["care", "price", "speed"], "csat": 5, "agree": True} for number in range(3)]  # fmt: skip
    survey = await of_everything(acme, said)
    client = await make_staff.desk(acme, "analyst", **{"Accept-Language": language})
    home = f"/console/survey-results/{ids.show('sur', survey)}"
    for place in ("", "/responses", "/texts", "/crosstab?question=skin&by=question&other=nps", "/texts?search=alert"):
        page = await client.get(home + place)
        assert page.status_code == 200, page.text
        assert "<script>alert" not in page.text
        assert "<i>Lin" not in page.text
        wrong = [(link, status) for link, status, _ in await follow(client, page.text) if status != 200]
        assert wrong == []
    assert ("Where people stop" if language == "en" else "流失分析") in (await client.get(home)).text
    surveys_to_choose = (await client.get("/console/survey-results")).text
    assert ids.show("sur", survey) in surveys_to_choose
    assert (await client.get(f"{home}?answer=nobody:x")).status_code == 422
    assert (await client.get(f"{home}/nowhere")).status_code == 404


async def test_the_number_on_a_link_is_the_number_of_rows_behind_it(acme: Shop) -> None:
    said = [{"skin": "dry", "nps": value, "spend": value * 37} for value in (0, 3, 7, 9, 10, 10)]
    survey = await of_everything(acme, [*said, {"skin": "oily"}])
    client = await make_staff.desk(acme, "owner", **{"Accept-Language": "en"})
    reply = await client.get(f"/console/survey-results/{ids.show('sur', survey)}")
    assert reply.status_code == 200, reply.text
    page = reply.text
    pairs = re.findall(r'<a href="([^"]+/responses\?[^"]+)">([0-9,]+)<', page)
    assert len(pairs) > 15
    for link, count in pairs:
        rows = (await client.get(link.replace("&amp;", "&"))).text
        assert f"<h2>Responses: {count}</h2>" in rows, link


async def test_results_of_a_survey_that_was_never_published_are_empty(acme: Shop) -> None:
    async with acme.open():
        survey = await make.survey(Definition())
        asked = await asking.asked(survey)
        found = await results.results(asked, filtering.Filter())
        drops = await dropping.drop_off(asked, filtering.Filter(), found.answered)
    assert (found.questions, found.responses.meant, drops.questions) == ((), 0, ())
    assert crosstabs.GROUPS_MAX > 0


async def test_a_question_that_says_an_answer_is_read_with_it_and_of_everybody_without(acme: Shop) -> None:
    text = {"en": "Why {skin|such} skin, {cream}?", "zh": "为何 {skin}？"}
    why = Question(key="why", kind="short", text=text)
    asked = Definition(languages=["en", "zh"], questions=[*make.every_kind().questions[:2], why])
    async with acme.open():
        given = make.Answered({"skin": "dry", "cream": "night", "why": "cold"})
        given.member = (await make_members.member()).id
        survey = await make.survey(asked)
        await make.answer(survey, asked, [given])
    client = await make_staff.desk(acme, "owner", **{"Accept-Language": "zh"})
    home = f"/console/survey-results/{ids.show('sur', survey)}"
    assert "为何 …？" in (await client.get(home)).text
    rows = await client.get(f"{home}/responses?via={given.via}")
    assert "会员中心</option>" in rows.text
    one = re.search(r'href="(/console/survey-results/[^"]+/responses/svr_[^"]+)"', rows.text)
    assert one
    page = (await client.get(one[1])).text
    assert "Why Dry skin, Night?" in page or "为何 Dry（中）？" in page
    figures = await ask(acme, survey, "results")
    assert figures["questions"][-1]["text"] == "Why such skin, …?"
    assert "Why such skin, …?" in (await acme.server().get(f"/v1/surveys/{ids.show('sur', survey)}/export.csv")).text
