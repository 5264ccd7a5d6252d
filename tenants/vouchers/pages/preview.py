"""A template as a member sees it, on a phone."""

from __future__ import annotations

from typing import Any

from tenants.kit import ids
from tenants.kit.console import Ask, View
from tenants.kit.words import Words
from tenants.tenancy import DB
from tenants.vouchers.rules import describing

_SHOWN = 200


async def choices() -> list[tuple[str, str]]:
    """Templates by id and name, the newest first."""
    rows = await DB.fetch(
        "SELECT id, name_en, name_zh FROM __tenant__.voucher_template ORDER BY id DESC LIMIT $1", _SHOWN)  # fmt: skip
    return [(ids.show("vtp", row["id"]), both(row).say()) for row in rows]


async def show(ask: Ask) -> View:
    """The card of a template."""
    listed = await choices()
    chosen = ask.text("of") or ask.rest or (listed[0][0] if listed else "")
    template = ids.read("vtp", chosen) if chosen else None
    facts = {
        "choices": listed,
        "chosen": chosen,
        "card": await describing.preview(template) if template else None,
        "template": template,
    }
    return View("vouchers/pages/preview.html", facts)


def both(row: Any) -> Words:
    """A row's name in both languages."""
    en, zh = row["name_en"], row["name_zh"]
    return Words(en=en or zh, zh=zh or en)
