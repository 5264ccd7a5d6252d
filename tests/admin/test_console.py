"""The console's shell: who comes in, what a page may do, and in which language it speaks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from admin import console
from tenants.kit.console import Ask, Page, View
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tests.make import members
from tests.make import staff as make

if TYPE_CHECKING:
    from tests.conftest import Shop

PAGES = [pytest.param(page, id=slug) for slug, page in console.pages().items()]


async def test_a_stranger_is_led_to_the_sign_in_page_and_can_do_nothing(acme: Shop) -> None:
    client = acme.client(Origin=f"http://{acme.host}")
    reply = await client.get("/console/members")
    assert (reply.status_code, reply.headers["location"]) == (303, "/admin/login")
    assert (await client.post("/console/members", data={"act": "x"})).status_code == 401


async def test_the_first_page_opens_and_an_unknown_one_says_so(acme: Shop) -> None:
    client = await make.desk(acme)
    assert (await client.get("/console/")).status_code == 303
    reply = await client.get("/console/nonsense")
    assert reply.status_code == 404
    assert "<h1>" in reply.text
    assert "Traceback" not in reply.text


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", ["owner", "marketer", "agent", "analyst"])
async def test_each_page_in_the_menu_opens_for_those_who_may_read_it(acme: Shop, page: Page, role: str) -> None:
    client = await make.desk(acme, role)
    if not page.in_menu:
        pytest.skip("it is about one thing")
    reply = await client.get(f"/console/{page.slug}")
    assert reply.status_code == (200 if role in page.read else 404), reply.text
    menu = (await client.get("/console/members")).text
    assert (f'href="/console/{page.slug}"' in menu) == (role in page.read)


@pytest.mark.parametrize("page", PAGES)
async def test_each_page_speaks_both_languages_and_has_no_script_and_no_style_within(acme: Shop, page: Page) -> None:
    if not page.in_menu:
        pytest.skip("it is about one thing")
    client = await make.desk(acme)
    told = {}
    for language in ("en", "zh"):
        reply = await client.get(f"/console/{page.slug}", headers={"Accept-Language": language})
        assert f'<html lang="{language}">' in reply.text
        assert page.title.say(language) in reply.text
        assert re.findall(r"<script(?! src=\"/console/assets/[^\"]+\" defer></script>)", reply.text) == []
        assert re.findall(r"\son\w+=|hx-on|javascript:", reply.text) == []
        assert " style=" not in reply.text
        assert "script-src 'self'" in reply.headers["content-security-policy"]
        told[language] = reply.text
    assert told["en"] != told["zh"]


async def test_the_language_is_chosen_by_a_link_and_kept(acme: Shop) -> None:
    client = await make.desk(acme)
    reply = await client.get("/console/members?language=zh")
    assert (reply.status_code, reply.headers["location"]) == (303, "/console/members")
    assert '<html lang="zh">' in (await client.get("/console/members")).text


async def test_an_act_needs_the_pages_token_the_role_and_a_name(acme: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[tuple[str, str, str, bytes]] = []

    async def show(_ask: Ask) -> View:
        return View("problem.html", {"problem": "none", "back": "/"})

    async def act(ask: Ask) -> Words:
        if ask.text("colour") == "grey":
            raise Invalid(param="colour", problem=Words(en="not grey", zh="不能是灰色"))
        upload = ask.upload("plan")
        done.append((ask.once, ask.text("colour"), upload.name, upload.file.read()))
        return Words(en="It is painted.", zh="已上色。")

    page = Page(
        "paint", title=Words(en="Paint", zh="上色"), group=Words(en="x", zh="甲"), show=show, acts={"paint": act},
        write=frozenset({"owner"}))  # fmt: skip
    monkeypatch.setitem(console.pages(), "paint", page)
    owner, analyst = await make.desk(acme), await make.desk(acme, "analyst")
    good = {"act": "paint", "colour": "red", "once": "once-0001", "csrf": owner.headers["X-CSRFToken"]}
    assert (await owner.post("/console/paint", data={**good, "csrf": "wrong"})).status_code == 403
    assert (await owner.post("/console/paint", data={**good, "act": "sell"})).status_code == 404
    theirs = {**good, "csrf": analyst.headers["X-CSRFToken"]}
    assert (await analyst.post("/console/paint", data=theirs)).status_code == 403
    assert (await owner.post("/console/paint", data=good, headers={"Origin": "http://evil.example"})).status_code == 403
    refused = await owner.post("/console/paint", data={**good, "colour": "grey"})
    assert refused.status_code == 422
    assert "not grey" in refused.text
    assert done == []
    reply = await owner.post("/console/paint", data=good, files={"plan": ("a.csv", b"x,y\n")})
    assert reply.status_code == 200
    assert "It is painted." in reply.text
    assert done == [("once-0001", "red", "a.csv", b"x,y\n")]
    assert await acme.value("SELECT count(*) FROM __tenant__.audit WHERE subject = 'paint.paint'") == 1


async def test_a_member_is_found_and_another_shops_is_not(acme: Shop, rival: Shop) -> None:
    async with rival.open():
        await members.member(name="Rival Customer")
    async with acme.open():
        await members.member(name="<b>Acme Customer</b>")
    client = await make.desk(acme)
    page = (await client.get("/console/members?q=customer")).text
    assert "&lt;b&gt;Acme Customer" in page
    assert "Rival" not in page
