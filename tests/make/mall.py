"""Items of the mall for tests; called inside `shop.open()`."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tenants import mall
from tests.make import vouchers as make_vouchers

if TYPE_CHECKING:
    import uuid

ADDRESS = mall.Address(recipient="Li Lei", phone="+8613800138000", province="浙江", city="杭州", street="文一路 1 号")


async def item(*, stock: int | None = 10, **terms: Any) -> uuid.UUID:
    """A mug for 100 points, live, ten of them, unless said otherwise."""
    given: dict[str, Any] = {"name_en": "Mug", "name_zh": "马克杯", "state": "live", "points": 100, **terms}
    return await mall.create_item(mall.Terms(**given), stock=stock)


async def voucher_item(*, stock: int | None = 10, **terms: Any) -> uuid.UUID:
    """A voucher for 100 points; the terms that a template has are its."""
    template = terms.pop("voucher_template", None) or await make_vouchers.voucher_template()
    return await item(stock=stock, kind="voucher", voucher_template=template, **terms)


def money(text: str) -> Decimal:
    """An amount."""
    return Decimal(text)
