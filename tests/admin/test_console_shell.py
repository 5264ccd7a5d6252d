"""What the console's pages are drawn and moved with: sheets, scripts, and blocks in place of whole pages."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING

import pytest

from admin import assets, console
from tenants.kit.console import Ask, Go, Page, View
from tenants.kit.words import Words
from tests.make import staff as make

if TYPE_CHECKING:
    import httpx

    from tests.conftest import Shop

HTMX = "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717"


@pytest.fixture
def paint(monkeypatch: pytest.MonkeyPatch) -> Page:
    """A page that refuses grey, and goes elsewhere with blue."""

    async def show(_ask: Ask) -> View:
        return View("problem.html", {"problem": "nothing yet", "back": "/"})

    async def act(ask: Ask) -> Words | View | Go:
        if ask.text("colour") == "grey":
            return View("problem.html", {"problem": "typed: grey", "back": "/"}, refused=True)
        return Go("members/x y") if ask.text("colour") == "blue" else Words(en="It is painted.", zh="已上色。")

    page = Page(
        "paint", title=Words(en="Paint", zh="上色"), group=Words(en="x", zh="甲"), show=show, acts={"paint": act},
        write=frozenset({"owner"}), below="members", in_menu=False)  # fmt: skip
    monkeypatch.setitem(console.pages(), "paint", page)
    return page


async def post(client: httpx.AsyncClient, colour: str, **headers: str) -> httpx.Response:
    given = {"act": "paint", "colour": colour, "csrf": client.headers["X-CSRFToken"]}
    return await client.post("/console/paint", data=given, headers=headers)


async def test_htmx_is_the_file_that_was_taken_and_is_kept_for_ever(acme: Shop) -> None:
    reply = await acme.client().get("/console/assets/htmx-2.0.11.js")
    assert hashlib.sha256(reply.content).hexdigest() == HTMX
    assert reply.headers["cache-control"] == assets.IMMUTABLE
    assert reply.headers["content-type"].startswith("text/javascript")


async def test_each_asset_is_named_by_what_is_in_it_and_another_name_is_not_found(acme: Shop) -> None:
    page = (await (await make.desk(acme)).get("/console/members")).text
    for address in assets.addresses().values():
        assert f'"{address}"' in page
        reply = await acme.client().get(address)
        assert (reply.status_code, reply.headers["cache-control"]) == (200, assets.IMMUTABLE)
        named = re.search(r"console-([0-9a-f]{16})", address)
        assert named is None or hashlib.sha256(reply.content).hexdigest().startswith(named[1])
    assert "immutable" not in (await acme.client().get("/console/assets/console-0.css")).headers.get(
        "cache-control", ""
    )


async def test_htmx_may_neither_evaluate_nor_ask_other_hosts_nor_write_styles(acme: Shop) -> None:
    page = (await (await make.desk(acme)).get("/console/members")).text
    told = re.search(r"name=\"htmx-config\" content='([^']+)'", page)
    assert told is not None
    chosen = json.loads(told[1])
    assert (chosen["allowEval"], chosen["includeIndicatorStyles"], chosen["allowScriptTags"]) == (False, False, False)
    assert (chosen["selfRequestsOnly"], chosen["historyCacheSize"]) == (True, 0)


def test_measures_and_colours_are_named_in_one_file() -> None:
    sheet = (assets.PAGES / "console" / "style.css").read_text()
    assert set(re.findall(r"var\((--[\w-]+)", sheet)) <= set(re.findall(r"(--[\w-]+):", assets.TOKENS.read_text()))
    assert ":root" not in sheet


async def test_a_script_gets_the_block_that_it_names_and_everybody_else_the_page(acme: Shop, paint: Page) -> None:
    client = await make.desk(acme)
    whole = await client.get(f"/console/{paint.slug}")
    inner = await client.get(f"/console/{paint.slug}", headers={"HX-Request": "true", "HX-Target": "main"})
    assert "<html" in whole.text
    assert "<html" not in inner.text
    assert "<h1>Paint</h1>" in inner.text
    assert "nothing yet" in inner.text
    back = {"HX-Request": "true", "HX-Target": "main", "HX-History-Restore-Request": "true"}
    assert "<html" in (await client.get(f"/console/{paint.slug}", headers=back)).text
    assert whole.headers["vary"] == "HX-Request"


async def test_a_refusal_keeps_what_was_typed_and_nothing_else(acme: Shop, paint: Page) -> None:
    client = await make.desk(acme)
    reply = await post(client, "grey")
    assert (reply.status_code, "typed: grey" in reply.text) == (422, True)
    assert await acme.value(f"SELECT count(*) FROM __tenant__.audit WHERE subject LIKE '{paint.slug}.%'") == 0


@pytest.mark.usefixtures("paint")
async def test_an_act_leads_to_another_page_with_a_script_and_without(acme: Shop) -> None:
    client = await make.desk(acme)
    plain = await post(client, "blue")
    assert (plain.status_code, plain.headers["location"]) == (303, "/console/members/x%20y")
    led = await post(client, "blue", **{"HX-Request": "true", "HX-Target": "main"})
    assert (led.status_code, led.headers["hx-redirect"]) == (204, "/console/members/x%20y")


async def test_a_page_below_another_leads_back_and_the_menu_marks_that(acme: Shop, paint: Page) -> None:
    text = (await (await make.desk(acme)).get(f"/console/{paint.slug}")).text
    assert re.search(r'class="crumbs".*href="/console/members"', text)
    assert re.search(r'href="/console/members" aria-current="true"', text)


async def test_activities_surveys_and_polls_stand_first_in_the_menu_and_what_is_rare_is_folded(acme: Shop) -> None:
    client = await make.desk(acme, **{"Accept-Language": "en"})
    menu = (await client.get("/console/activities")).text.partition("<nav")[2].partition("</nav>")[0]
    assert re.findall(r'href="/console/([^"]+)"', menu)[:3] == ["activities", "surveys", "polls"]
    assert re.findall(r"<details( open)?><summary>([^<]+)<", menu) == [("", "Files"), ("", "As a member sees it")]
    opened = (await client.get("/console/member-files")).text
    assert "<details open><summary>Files<" in opened
