"""The admin in a real browser: signed in, in Chinese, the check-in plan changed, no foreign host asked."""

from __future__ import annotations

import asyncio
import shutil
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.async_api import Page, async_playwright

from tenants import members
from tests.make import staff as make

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from litestar import Litestar

    from tests.conftest import Shop

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
WAIT_MS = 90_000  # a loaded machine is slow, not wrong

pytestmark = pytest.mark.skipif(not shutil.which(CHROMIUM), reason="no Chromium here: apt-get install chromium")


@asynccontextmanager
async def serving(app: Litestar) -> AsyncIterator[int]:
    """The application on a free port of this machine."""
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", lifespan="off", ws="none")
    )
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        await task


@asynccontextmanager
async def browsing(*, locale: str, width: int, height: int) -> AsyncIterator[tuple[Page, list[str], set[str]]]:
    """A page, what its console complained of, and the hosts that it asked."""
    complaints: list[str] = []
    hosts: set[str] = set()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        context = await browser.new_context(locale=locale, viewport={"width": width, "height": height})
        page = await context.new_page()
        page.set_default_timeout(WAIT_MS)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console", lambda told: complaints.append(told.text) if "Content Security Policy" in told.text else None
        )
        page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname or ""))
        yield page, complaints, hosts
        await browser.close()


async def sign_in(page: Page, address: str) -> None:
    await page.goto(address)
    await page.fill("#username", "owner")
    await page.fill("#password", make.PASSWORD)
    await page.click("button")
    await page.wait_for_selector(".sidebar .table_list a")


async def test_the_owner_changes_the_check_in_plan_in_chinese(acme: Shop, app: Litestar) -> None:
    async with acme.open():
        await make.person()
    async with serving(app) as port, browsing(locale="zh-CN", width=1280, height=800) as (page, complaints, hosts):
        address = f"http://acme.localhost:{port}/admin/"
        await sign_in(page, address)
        menu = await page.inner_text(".sidebar")
        assert {"会员列表", "优惠券模板", "签到计划", "操作记录", "发放积分"} <= set(menu.split())
        await page.click(".sidebar >> text=签到计划")
        await page.click("span.link a")
        await page.wait_for_selector("[name=base]")
        assert "首日积分" in await page.inner_text("form")
        await page.fill("[name=base]", "8")
        await page.click("[data-uitest=save_button]")
        await page.wait_for_selector("text=已保存")
        assert await acme.value("SELECT base FROM __tenant__.check_in_plan") == 8
        await page.fill("[name=base]", "9000000")
        await page.click("[data-uitest=save_button]")
        await page.wait_for_selector(".errors")
        assert await acme.value("SELECT base FROM __tenant__.check_in_plan") == 8
        assert complaints == []
        assert hosts == {"acme.localhost"}


async def test_points_are_granted_to_a_member_who_is_searched_for_on_a_phone(acme: Shop, app: Litestar) -> None:
    async with acme.open():
        await make.person()
        for number in range(8):
            await members.create(members.Profile(name=f"Ann {number}", external_id=f"C{number}"))
    async with serving(app) as port, browsing(locale="en-US", width=390, height=844) as (page, complaints, hosts):
        address = f"http://acme.localhost:{port}/admin/"
        await page.goto(address)
        await page.fill("#username", "owner")
        await page.fill("#password", make.PASSWORD)
        await page.click("button")
        await page.wait_for_selector("#nav")
        await page.goto(f"{address}#/forms/grant-points/")
        await page.click(".key_search input[type=text]")
        await page.fill("input[type=search]", "C5")
        await page.click(".results_list a >> text=C5")
        await page.fill("[name=points]", "40")
        options = await page.eval_on_selector_all(
            "[name=why] option", "found => found.map(each => each.textContent.trim())"
        )
        assert "To make up for a problem" in options
        await page.dblclick("[data-uitest=submit_custom_form_button]")
        await page.wait_for_selector("#success_message:has-text('40 points')")
        assert await acme.value("SELECT sum(points) FROM __tenant__.points_entry") == 40
        assert complaints == []
        assert hosts == {"acme.localhost"}


async def test_switching_the_language_says_everything_in_the_other(acme: Shop, app: Litestar) -> None:
    async with acme.open():
        await make.person()
    async with serving(app) as port, browsing(locale="en-US", width=1280, height=800) as (page, complaints, _):
        await sign_in(page, f"http://acme.localhost:{port}/admin/")
        assert "Check-in plan" in await page.inner_text(".sidebar")
        await page.click("a[title=Translations]")
        await page.click("text=简体中文")
        await page.wait_for_selector(".sidebar >> text=签到计划")
        await page.wait_for_selector(".sidebar >> text=操作")
        assert "Check-in plan" not in await page.inner_text(".sidebar")
        assert complaints == []
