"""A seller makes a branched, bilingual, rewarded survey from nothing in a real browser, and a member answers it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from server import callers
from tenants import members
from tests.browser.test_admin import browsing, serving
from tests.make import staff as make

if TYPE_CHECKING:
    from litestar import Litestar
    from playwright.async_api import Page

    from tests.conftest import Shop

pytestmark = pytest.mark.skipif(not shutil.which("chromium"), reason="no Chromium here: apt-get install chromium")
NARROW = "document.documentElement.scrollWidth <= innerWidth"


async def sign_in(page: Page, address: str) -> None:
    await page.goto(f"{address}/admin/login")
    await page.fill("#username", "owner")
    await page.fill("#password", make.PASSWORD)
    await page.click("main button")
    await page.wait_for_selector("#nav")


async def build(page: Page, address: str) -> str:
    """The fewest presses that make it; answers with the open link."""
    await page.goto(f"{address}/console/surveys")
    await page.click("a[href='/console/survey-new']")
    await page.fill("[name=name]", "Skin")
    await page.click("#create-empty")
    await page.click("#add-single")
    await page.fill("[id='text.en']", "What is your skin like?")
    await page.fill("[id='text.zh']", "您的肤质是？")
    for place, (en, zh) in enumerate((("Dry", "干性"), ("Oily", "油性"), ("Sensitive", "敏感"))):
        await page.fill(f"[id='choice.{place}.en']", en)
        await page.fill(f"[id='choice.{place}.zh']", zh)
    await page.click(".adder summary")
    await page.click("#add-long")
    await page.wait_for_selector("#card-q2 .editor")
    assert await page.evaluate("document.activeElement.id.startsWith('text.')")
    await page.fill("[id='text.en']", "What does it not bear?")
    await page.fill("[id='text.zh']", "对什么敏感？")
    await page.click("summary:has-text('Shown only if')")
    await page.click("#term-add-show")
    await page.select_option("[id='show.0.value']", label="Sensitive")
    await page.click("#close")
    await page.wait_for_selector("#card-q2 .way:has-text('Sensitive')")
    await page.click(".tabs >> text=Settings")
    await page.fill("#reward_points", "30")
    await page.check("[name=open_link]")
    await page.click("#save")
    await page.wait_for_selector("main .said")
    await page.click(".tabs >> text=Publish")
    await page.click("#publish")
    await page.wait_for_selector("main .said")
    await page.click(".tabs >> text=Share")
    return await page.input_value("#open-link")


async def test_a_seller_makes_a_branched_bilingual_rewarded_survey_and_a_member_answers_it(
    acme: Shop, app: Litestar
) -> None:
    async with acme.open():
        await make.person()
        member = (await members.create(members.Profile(name="Ann", external_id="C1"))).id
    async with serving(app) as port:
        address = f"http://acme.localhost:{port}"
        async with browsing(locale="en-US", width=1280, height=800) as (page, complaints, hosts):
            await sign_in(page, address)
            link = await build(page, address)
            assert complaints == []
            assert hosts == {"acme.localhost"}
        async with browsing(locale="zh-CN", width=390, height=844) as (page, complaints, hosts):
            token, _ = callers.write_member_token(acme.tenant.id, member)
            await page.goto(f"{address}/m/enter?token={token}")
            await page.goto(link)
            assert await page.evaluate(NARROW)
            await page.click("text=敏感")
            await page.click("button[value=next]")
            await page.fill("textarea", "香精")
            await page.click("button[value=next]")
            await page.wait_for_selector(".finished")
            assert complaints == []
            assert hosts == {"acme.localhost"}
    assert await acme.value("SELECT count(*) FROM __tenant__.survey_response WHERE state = 'complete'") == 1
    assert await acme.value("SELECT sum(points) FROM __tenant__.points_entry") == 30


async def test_the_builder_is_used_on_a_telephone_and_without_a_script(acme: Shop, app: Litestar) -> None:
    async with acme.open():
        await make.person()
    async with serving(app) as port, browsing(locale="zh-CN", width=390, height=844) as (page, complaints, _):
        address = f"http://acme.localhost:{port}"
        await sign_in(page, address)
        await page.route("**/console/assets/*.js", lambda route: route.abort())
        await page.goto(f"{address}/console/survey-new")
        await page.click("#create-beauty")
        await page.click("#open-skin")
        await page.fill("[id='text.zh']", "您的皮肤？")
        await page.click("#down-skin")
        assert await page.input_value("[id='text.zh']") == "您的皮肤？"
        assert await page.evaluate(NARROW)
        await page.click("button.menu")
        await page.click("#menu >> text=全部活动")
        await page.wait_for_url("**/console/activities")
        assert complaints == []
