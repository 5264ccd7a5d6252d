"""The API page in a real browser: it shows the operations and asks no foreign host."""

from __future__ import annotations

import socket
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn
from playwright.async_api import async_playwright

if TYPE_CHECKING:
    from litestar import Litestar

CHROMIUM = "/usr/bin/chromium"
pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"no browser at {CHROMIUM}")


class Quiet(uvicorn.Server):
    def install_signal_handlers(self) -> None:
        """In a thread there are none."""


@pytest.fixture
def address(app: Litestar) -> Any:
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = Quiet(uvicorn.Config(app, lifespan="off", log_level="error", access_log=False))
    thread = Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield f"http://acme.localhost:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)
    listening.close()


@pytest.mark.parametrize("width", [1280, 390])
async def test_the_page_shows_every_tag_and_talks_to_its_own_host_only(address: str, width: int) -> None:
    asked: list[str] = []
    complaints: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        )
        page = await browser.new_page(viewport={"width": width, "height": 900})
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(f"{address}/docs", wait_until="commit", timeout=90_000)
        await page.wait_for_selector("#operations-tag-Webhooks", timeout=90_000)  # the last of them
        await page.click("#operations-tag-Members")
        await page.wait_for_selector("#operations-Members-createMember", timeout=90_000)
        await page.click("#operations-Members-createMember .opblock-summary-control")
        await page.wait_for_selector("#operations-Members-createMember .opblock-body", timeout=30_000)
        assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1")
        await browser.close()
    foreign = [url for url in asked if not url.startswith((address, "data:"))]
    assert foreign == []
    assert [text for text in complaints if "Content Security Policy" in text or "Refused" in text] == []
    assert complaints == []
