"""The survey builder where there is little: a small screen, no script. What it makes is walked through in test_walk."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

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
