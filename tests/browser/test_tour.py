"""The first five minutes, as the README tells them, in a real browser. It takes minutes, so the long run has it."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from tests.browser.tour import CHROMIUM

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no Chromium here: apt-get install chromium"),
    pytest.mark.skipif(not os.environ.get("REGULARS_LONG"), reason="long: python3 dev.py test --long"),
]


async def test_a_newcomer_sees_a_living_shop_in_both_languages_on_desktop_and_phone() -> None:
    # The tour has servers of its own, so those of the tests are not told to it.
    ours = {"DATABASE_URL", "REDIS_URL", "METRICS_PORT", "SECRET_KEY", "BASE_DOMAIN"}
    limits = {name for name in os.environ if name.startswith("REQUESTS_PER_MINUTE_")}
    environment = {name: value for name, value in os.environ.items() if name not in ours | limits}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.browser.tour", cwd=ROOT, env=environment, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT)  # fmt: skip
    told, _ = await process.communicate()
    assert process.returncode == 0, told.decode()
