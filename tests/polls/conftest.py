"""After every test here, everything that must hold of a shop holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest_asyncio

from tenants.kit.parts import gather_listed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.conftest import Shop


@pytest_asyncio.fixture(autouse=True)
async def the_books_are_right(acme: Shop) -> AsyncIterator[None]:
    yield
    for check in gather_listed("checks", "CHECKS"):
        assert await acme.rows(check.sql) == [], check.name
