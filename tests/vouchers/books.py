"""Looks whether what must always hold of vouchers holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants.vouchers.checks import CHECKS

if TYPE_CHECKING:
    from tests.conftest import Shop


async def balanced(shop: Shop) -> None:
    """Fail with the rows for which a truth about vouchers does not hold."""
    for check in CHECKS:
        assert await shop.rows(check.sql) == [], check.name
