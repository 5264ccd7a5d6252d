"""A survey and a poll are made from nothing and taken part in, as the walk-through does it; everywhere in the long run."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.shop import DemoShop
from tests.browser.test_admin import serving
from tests.browser.tour import CHROMIUM, window
from tests.browser.walk import ALL, COMBINATIONS, walk
from tests.make import staff as make

if TYPE_CHECKING:
    from litestar import Litestar

    from tests.conftest import Shop

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no Chromium here: apt-get install chromium")


@pytest.mark.parametrize(("language", "size"), ALL if os.environ.get("REGULARS_LONG") else COMBINATIONS[1:])
async def test_a_survey_and_a_poll_are_made_from_nothing_and_members_take_part(
    acme: Shop, app: Litestar, language: str, size: tuple[int, int]
) -> None:
    async with acme.open():
        await make.person(username="owner@acme")

    def whole(port: int) -> list[str]:
        shop = DemoShop("acme", language, f"http://acme.localhost:{port}", acme.secret_key, make.PASSWORD, mailbox="")
        with window(language, size) as page:
            return walk(shop, page)[1]

    async with serving(app) as port:
        assert await asyncio.to_thread(whole, port) == []
    assert await acme.value("SELECT count(*) FROM __tenant__.survey_response WHERE state = 'complete'") == 1
    assert await acme.value("SELECT sum(points) FROM __tenant__.points_entry") == 50
