"""The member centre on a telephone, in a real browser that runs no scripts: answered, voted, read by keyboard and eye."""

from __future__ import annotations

import io
import shutil
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest
from PIL import Image, ImageDraw
from playwright.async_api import Page, async_playwright

from server import callers
from tenants import pictures, polls
from tenants.kit import ids
from tenants.surveys import Choice, Question
from tenants.surveys.rules.definition import KINDS
from tests.browser.test_admin import ARGS, CHROMIUM, WAIT_MS, serving
from tests.make import members
from tests.make import polls as polls_made
from tests.make import surveys as made

if TYPE_CHECKING:
    import uuid
    from collections.abc import AsyncIterator

    from litestar import Litestar

    from tests.conftest import Shop

pytestmark = pytest.mark.skipif(not shutil.which(CHROMIUM), reason="no Chromium here: apt-get install chromium")
FAULTS = (Path(__file__).parent / "accessibility.js").read_text(encoding="utf-8")
TEXTS: dict[str, tuple[str, str]] = {
    "single": ("How would you call your skin?", "您的皮肤属于哪一类？"), "multiple": ("What do you use every day?", "您每天使用哪些产品？"),
    "dropdown": ("Where do you live?", "您住在哪里？"), "rating": ("How do you like our shop?", "您给本店打几颗星？"),
    "nps": ("How likely are you to recommend us to a friend?", "您有多大可能把我们推荐给朋友？"),
    "csat": ("How content are you with your last order?", "您对最近一次订单满意吗？"), "ces": ("How easy was it to get help?", "获得帮助是否容易？"),
    "short": ("What shall we call you?", "怎么称呼您？"), "long": ("What should we do better?", "您希望我们改进什么？"),
    "number": ("How many people live with you?", "家里有几口人？"), "date": ("When did you buy it?", "您是哪天购买的？"),
    "ranking": ("What matters most to you?", "您最看重什么？"), "matrix": ("How content are you with …", "您对以下方面满意吗？"),
    "picture": ("Which colour shall we stock?", "您希望我们上架哪个颜色？"), "consent": ("May we write to you about new products?", "是否同意我们向您介绍新品？"),
}  # fmt: skip
CHOICES = {"a": ("Price", "价格"), "b": ("Quality and ingredients", "品质与成分"), "c": ("Quick delivery", "发货速度")}
SWATCHES = ("#b4532a", "#3b6ea5", "#4d7c4d", "#d9b44a")


def words(pair: tuple[str, str]) -> dict[str, str]:
    return {"en": pair[0], "zh": pair[1]}


async def swatch(colour: str) -> uuid.UUID:
    image = Image.new("RGB", (400, 400), colour)
    ImageDraw.Draw(image).ellipse((90, 90, 310, 310), fill="#ffffff")
    file = io.BytesIO()
    image.save(file, "PNG")
    return await pictures.keep(file.getvalue())


async def all_kinds() -> list[Question]:
    questions = []
    for kind in KINDS:
        more: dict[str, Any] = {}
        if kind in {"single", "multiple", "dropdown", "ranking", "matrix", "picture"}:
            more["choices"] = [Choice(key=key, text=words(pair)) for key, pair in CHOICES.items()]
        if kind == "picture":
            more["choices"] = [
                Choice(key=key, text=words(pair), picture=ids.show("pic", await swatch(colour)))
                for (key, pair), colour in zip(CHOICES.items(), SWATCHES, strict=False)
            ]
        if kind == "matrix":
            more["rows"] = [
                Choice(key="x", text=words(("Our prices", "价格"))),
                Choice(key="y", text=words(("Packaging", "包装"))),
            ]
            more["choices"] = [
                Choice(key=f"c{n}", text=words(pair))
                for n, pair in enumerate((("Poor", "差"), ("Fair", "一般"), ("Good", "好")))
            ]
        if kind in {"nps", "ces", "csat", "rating"}:
            more["labels"] = {"low": words(("Not at all", "完全不")), "high": words(("Very much", "非常"))}
        more["other"] = kind in {"single", "multiple"}
        questions.append(
            Question(
                key=kind, kind=kind, text=words(TEXTS[kind]), required=kind in {"nps", "single", "consent"}, **more
            )
        )
    questions[0].help = words(("Choose what fits best.", "请选择最符合的一项。"))
    return questions


@asynccontextmanager
async def phone(locale: str, scheme: Literal["light", "dark"] = "light", width: int = 390) -> AsyncIterator[Page]:
    """A page without scripts that fails the test when the policy is broken."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        context = await browser.new_context(
            locale=locale, viewport={"width": width, "height": 844}, color_scheme=scheme, java_script_enabled=False,
            reduced_motion="reduce")  # fmt: skip
        page = await context.new_page()
        page.set_default_timeout(WAIT_MS)
        complaints: list[str] = []
        page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
        yield page
        await browser.close()
        assert not [told for told in complaints if "422" not in told and "401" not in told], complaints


async def look(page: Page, shots: Path, name: str) -> None:
    """Take a picture for people, and check what a machine can."""
    await page.screenshot(path=shots / f"{name}.png", full_page=True)
    assert await page.evaluate(FAULTS) == [], name


@pytest.mark.parametrize(("locale", "scheme"), [("zh-CN", "light"), ("en-GB", "dark")])
async def test_a_whole_page_of_every_kind_is_answered_on_a_telephone(
    acme: Shop, app: Litestar, tmp_path: Path, locale: str, scheme: Literal["light", "dark"]
) -> None:
    async with acme.open():
        ann = (await members.member(name="安安 Ann", locale=locale[:2])).id
        survey = await made.survey(
            made.definition(
                *await all_kinds(), one_by_one=False, start_title=words(("Two minutes for you and us", "两分钟，更懂您")),
                start_text=words(("What you tell us decides what we stock.", "您的回答将决定我们上架什么。")),
                end_title=words(("That helps us a lot", "您的回答对我们很有帮助")), colour="#ffd400"),
            reward_points=50)  # fmt: skip
    token, _ = callers.write_member_token(acme.tenant.id, ann)
    async with serving(app) as port, phone(locale, scheme) as page:
        address = f"http://{acme.host}:{port}/m"
        await page.goto(f"{address}/enter?token={token}")
        await look(page, tmp_path, "home")
        await page.click(".card")
        await look(page, tmp_path, "start")
        await page.click("button[value=start]")
        await look(page, tmp_path, "questions")
        await page.click("button[value=next]")
        await look(page, tmp_path, "wrong")
        assert await page.locator(".problem li").count() == 3
        await page.click(".problem li:first-child a")
        await page.check("#q-single-1")
        await page.check("#q-multiple-0")
        await page.check("#q-multiple-3")
        await page.fill("#q-multiple-other", "toner")
        await page.select_option("#q-dropdown-0", "b")
        for key, step in (("rating", 3), ("nps", 9), ("csat", 4), ("ces", 6)):
            await page.click(f"#q-{key} .step >> nth={step}")
        await page.fill("#q-short-0", "Ann")
        await page.fill("#q-long-0", "more colours")
        await page.fill("#q-number-0", "3")
        await page.fill("#q-date-0", "2026-01-31")
        for place, number in enumerate(("2", "1", "3")):
            await page.select_option(f"#q-ranking-{place}", number)
        await page.click("#q-matrix-0-2")
        await page.click("#q-matrix-1-1")
        await page.click("#q-picture .picture >> nth=1")
        await page.check("#q-consent-0")
        await look(page, tmp_path, "filled")
        await page.click("button[value=next]")
        await page.wait_for_selector(".finished")
        await look(page, tmp_path, "thanks")
    assert await acme.value("SELECT state FROM __tenant__.survey_response WHERE survey = $1", survey) == "complete"
    assert await acme.value("SELECT count(DISTINCT question) FROM __tenant__.survey_answer") == len(KINDS)


async def test_one_question_at_a_time_is_answered_with_the_keyboard_alone(
    acme: Shop, app: Litestar, tmp_path: Path
) -> None:
    async with acme.open():
        ann = (await members.member(name="Ann", locale="en")).id
        survey = await made.survey(made.definition(*(await all_kinds())[:5]))
    token, _ = callers.write_member_token(acme.tenant.id, ann)
    async with serving(app) as port, phone("en-GB") as page:
        await page.goto(f"http://{acme.host}:{port}/m/enter?token={token}&to=survey/{ids.show('sur', survey)}")
        await look(page, tmp_path, "first")
        await page.keyboard.press("Tab")
        assert await page.evaluate("document.activeElement.className") == "skip"
        await page.keyboard.press("Enter")
        await page.keyboard.press("Tab")
        await page.keyboard.press("Space")  # the first choice
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Enter")  # as in any form
        await page.wait_for_url("**/multiple")
        await look(page, tmp_path, "second")
        await page.click("button[value=back]")
        await page.wait_for_url("**/single")
        assert await page.is_checked("#q-single-1")
        for _ in range(4):
            await page.click("button[value=next]")
            await page.wait_for_load_state()
        await page.wait_for_url("**/nps")
        await page.click("button[value=next]")
        assert await page.evaluate("document.activeElement.className") == "problem"
        await look(page, tmp_path, "refused")
        await page.locator("#q-nps-0").focus()
        for _ in range(9):
            await page.keyboard.press("ArrowRight")
        await page.keyboard.press("Enter")
        await page.wait_for_selector(".finished")
    assert await acme.value("SELECT number FROM __tenant__.survey_answer WHERE question = 'nps'") == 9


@pytest.mark.parametrize("screen", [("zh-CN", "light", 390), ("en-GB", "dark", 1280)])
async def test_a_poll_with_pictures_is_one_tap(
    acme: Shop, app: Litestar, tmp_path: Path, screen: tuple[str, Literal["light", "dark"], int]
) -> None:
    locale, scheme, width = screen
    async with acme.open():
        ann = (await members.member(name="Ann", locale=locale[:2])).id
        poll, options = await polls_made.poll(
            "Rust", "Sea", "Leaf", "Straw", reward_points=20, name_en="Which colour next?", name_zh="下一款出什么颜色？")  # fmt: skip
        for option, colour in zip(options, SWATCHES, strict=True):
            await polls.change_option(option, {"picture": await swatch(colour), "price_low": 59, "price_high": 89})
        several, _ = await polls_made.poll(
            "Tea", "Coffee", "Juice", choices_max=2, name_en="What do you drink?", name_zh="您喝什么？"
        )
    token, _ = callers.write_member_token(acme.tenant.id, ann)
    async with serving(app) as port, phone(locale, scheme, width) as page:
        await page.goto(f"http://{acme.host}:{port}/m/enter?token={token}&to=polls")
        await look(page, tmp_path, "polls")
        await page.goto(f"http://{acme.host}:{port}/m/polls/{ids.show('pol', poll)}")
        await look(page, tmp_path, "poll")
        await page.click("button.option >> nth=1")
        await page.wait_for_selector(".results")
        await look(page, tmp_path, "voted")
        await page.goto(f"http://{acme.host}:{port}/m/polls/{ids.show('pol', several)}")
        await look(page, tmp_path, "several")
    assert await acme.value("SELECT votes FROM __tenant__.poll_tally WHERE option = $1", options[1]) == 1
