"""What the orders of the shop add up to."""

from __future__ import annotations

from decimal import Decimal

from tenants.kit.console import Ask, View
from tenants.kit.words import Words
from tenants.orders.rules import figures
from tenants.tenancy import current_tenant

_BARS = 12


async def show(_ask: Ask) -> View:
    """The figures, and at which purchase members stop."""
    told = await figures.shop_figures()
    first, rest = told.stops[:_BARS], told.stops[_BARS:]
    rows = [(_after(stop.purchases), stop.members, f"{stop.members:,} ({_percent(stop.share)})") for stop in first]
    if rest:
        members = sum(stop.members for stop in rest)
        rows.append((Words(en="More often", zh="更多次").say(), members, f"{members:,}"))
    facts = {
        "it": told,
        "bars": rows,
        "valid": _percent(told.valid_rate),
        "again": _percent(told.repurchase_rate),
        "currency": current_tenant().currency,
    }
    return View("orders/pages/statistics.html", facts)


def _after(purchases: int) -> str:
    return Words(en=f"After purchase {purchases}", zh=f"第 {purchases} 次后").say()


def _percent(rate: Decimal | None) -> str:
    return "—" if rate is None else f"{rate * 100:.1f} %"
