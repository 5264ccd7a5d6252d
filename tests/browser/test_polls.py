"""A seller makes an image poll from nothing in the console, publishes it and reads its results, in a real browser.

With SCREENSHOTS set to a folder, what the seller sees is kept there.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tenants import polls
from tenants.kit import ids
from tests.browser.test_admin import CHROMIUM, browsing, serving
from tests.make import members
from tests.make import staff as make
from tests.make.pictures import picture

if TYPE_CHECKING:
    import uuid

    from litestar import Litestar
    from playwright.async_api import FilePayload, Page

    from tests.conftest import Shop

pytestmark = pytest.mark.skipif(not shutil.which(CHROMIUM), reason="no Chromium here: apt-get install chromium")
LONG = bool(os.environ.get("REGULARS_LONG"))  # test_walk makes a poll on a telephone in any run
WIDTHS = {"desktop": (1280, 900), "phone": (390, 844)}
OPTIONS = (
    ("帆布袋", "Canvas bag", "#c9a26b", "CB-1"),
    ("搪瓷杯", "Enamel mug", "#3b7ea1", "EM-2"),
    ("毛毯", "Blanket", "#7a3b5d", "BL-3"),
)


async def look(page: Page, name: str) -> None:
    """The page has no sideways scroll; a picture of it is kept where wanted."""
    wide = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{name} is {wide} px wider than its screen"
    if folder := os.environ.get("SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        await page.screenshot(path=f"{folder}/{name}.png", full_page=True, caret="initial")


async def enter(page: Page, address: str) -> None:
    await page.goto(f"{address}/admin/login")
    await page.fill("#username", "owner")
    await page.fill("#password", make.PASSWORD)
    await page.click("button")
    await page.wait_for_selector("#nav, .sidebar")
    await page.goto(f"{address}/console/polls")


async def add_option(page: Page, zh: str, en: str, colour: str, product: str) -> None:
    form = page.locator(".adding form")
    await form.locator("[name=text_zh]").fill(zh)
    await form.locator("[name=text_en]").fill(en)
    await form.locator("[name=product]").fill(product)
    await form.locator("[name=price_low]").fill("99.00")
    await form.locator("[name=price_high]").fill("129.00")
    file: FilePayload = {
        "name": f"{zh}（新款）.png",
        "mimeType": "image/png",
        "buffer": picture((900, 900), colour=colour),
    }
    await form.locator("[name=picture]").set_input_files(file)
    await form.locator("[value=add]").click()
    await page.wait_for_selector(f".cards b:has-text('{zh}'), .cards b:has-text('{en}')")


async def vote(shop: Shop, poll: uuid.UUID, many: int) -> None:
    """So many members vote, the first option being the favourite."""
    async with shop.open():
        people = [
            (await members.member(external_id=f"v{number}", tags=["vip"] if number % 3 else [])).id
            for number in range(many)
        ]
        there = [row["id"] for row in await polls.options_of(poll) if not row["removed"]]
        for number, member in enumerate(people):
            await polls.vote(poll, member, [there[0] if number % 4 else there[1]])


async def make_it(page: Page, shot: str) -> None:
    """From the list to a draft with three options."""
    await look(page, f"{shot}-1-list")
    await page.fill("[name=name_zh]", "下一季您最想买哪一款？")
    await page.fill("[name=name_en]", "Which one should we stock next?")
    await page.click("[value=make]")
    await page.wait_for_url("**/console/poll/pol_*")
    await look(page, f"{shot}-2-new")
    for option in OPTIONS:
        await add_option(page, *option)
    await look(page, f"{shot}-3-options")


async def settle(page: Page, shot: str) -> None:
    """A mistake is told beside its field and loses nothing; then the terms are right."""
    settings = page.locator("#settings")
    await settings.locator("[name=ends_at]").fill("2001-01-01T10:00")
    await settings.locator("[name=starts_at]").fill("2002-01-01T10:00")
    await settings.locator("[name=reward_points]").fill("20")
    await settings.locator("[name=stock]").check()
    await settings.locator("[value=save]").click()
    await page.wait_for_selector("[name=ends_at][aria-invalid]")
    assert await settings.locator("[name=reward_points]").input_value() == "20"
    await look(page, f"{shot}-4-wrong")
    await settings.locator("[name=starts_at]").fill("")
    await settings.locator("[name=ends_at]").fill("2199-01-01T10:00")
    await settings.locator("[value=save]").click()
    await page.wait_for_selector(".said")
    assert "20" in await page.locator(".ballot .ticket").first.inner_text()


async def rearrange(page: Page, shot: str) -> None:
    """An option moves up, is taken off by mistake and comes back; then members can vote."""
    await page.locator(".cards li").nth(2).locator("[value=up]").click()
    await page.wait_for_selector(".cards li:nth-child(2) b:text-matches('毛毯|Blanket')")
    await page.locator(".cards li").nth(1).locator("[value=remove]").click()
    await page.wait_for_selector(".undo")
    assert await page.locator("#options ol.cards li").count() == 2
    await look(page, f"{shot}-5-undo")
    await page.click(".undo button")
    await page.wait_for_selector("#options ol.cards li:nth-child(3)")
    assert await page.locator("#options ol.cards li:nth-child(2) b").inner_text() in {"毛毯", "Blanket"}
    for language, meant in (("zh", "帆布袋"), ("en", "Canvas bag")):
        await page.click(f"label[for=shown-{language}]")
        assert meant in await page.locator(f".tab-{language}").inner_text()
        assert await page.locator(f".tab-{language} li img").count() == 3
    await page.click("[value=publish]")
    await page.wait_for_selector(".status-live")
    await look(page, f"{shot}-6-published")


async def read_results(page: Page, address: str, poll: str, shot: str) -> None:
    """Sixty have voted: the charts say so, a number leads to as many rows, and the report says what to stock."""
    await page.goto(f"{address}/console/poll-results/{poll}?by=tag")
    assert "45" in await page.locator(".chart-bars tbody tr").first.inner_text()
    await look(page, f"{shot}-7-results")
    await page.locator(".chart-bars tbody tr").first.locator("a").click()
    await page.wait_for_selector("h2:has-text('45')")
    await look(page, f"{shot}-8-votes")
    await page.goto(f"{address}/console/poll-stock/{poll}")
    assert await page.locator(".ranked li b").first.inner_text() in {"帆布袋", "Canvas bag"}
    await look(page, f"{shot}-9-stock")


@pytest.mark.parametrize(("locale", "size"), [("zh-CN", "desktop")] + [("en-US", "phone")] * LONG)
async def test_a_seller_makes_an_image_poll_from_nothing_and_reads_its_results(
    acme: Shop, app: Litestar, locale: str, size: str
) -> None:
    async with acme.open():
        await make.person()
    width, height = WIDTHS[size]
    shot = f"{size}-{locale[:2]}"
    async with serving(app) as port, browsing(locale=locale, width=width, height=height) as (page, complaints, hosts):
        address = f"http://acme.localhost:{port}"
        await enter(page, address)
        await make_it(page, shot)
        await settle(page, shot)
        await rearrange(page, shot)
        poll = page.url.rpartition("/")[2]
        await vote(acme, ids.read("pol", poll), 60)
        await read_results(page, address, poll, shot)
        assert complaints == []
        assert hosts == {"acme.localhost"}
