"""An item as a member of a level sees it, on a phone."""

from __future__ import annotations

from typing import Any

from tenants import levels
from tenants.kit import ids
from tenants.kit.console import Ask, View
from tenants.kit.words import Words
from tenants.mall.rules import reading
from tenants.tenancy import current_tenant

_SHOWN = 200


async def show(ask: Ask) -> View:
    """The offer, and the price on each level."""
    rows = await reading.search_items(state=None, before=None, limit=_SHOWN)
    listed = [(ids.show("mit", row["id"]), _both(row, "name").say()) for row in rows]
    chosen = ask.text("of") or ask.rest or (listed[0][0] if listed else "")
    item = ids.read("mit", chosen) if chosen else None
    ladder = await levels.ladder()
    asked = ask.text("level")
    level = await levels.find_level(ids.read("lvl", asked)) if asked else None
    facts: dict[str, Any] = {
        "choices": listed,
        "chosen": chosen,
        "levels": [
            ("", Words(en="No level", zh="无等级").say()),
            *((ids.show("lvl", one.id), one.name.say()) for one in ladder),
        ],
        "level": asked,
        "item": item,
        "currency": current_tenant().currency,
    }
    if item:
        offer = await reading.preview(item, level=level.id if level else None)
        facts |= {
            "it": offer,
            "name": _both(offer.row, "name"),
            "description": _both(offer.row, "description"),
            "terms": _both(offer.row, "terms"),
            "reasons": [error.say() for error in offer.refusals],
            "prices": [(one.name, await reading.preview(item, level=one.id)) for one in ladder],
        }
    return View("mall/pages/preview.html", facts)


def _both(row: Any, what: str) -> Words:
    en, zh = row[f"{what}_en"], row[f"{what}_zh"]
    return Words(en=en or zh, zh=zh or en)
