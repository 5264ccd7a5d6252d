"""The shop's own colour, in which members see its pages."""

from __future__ import annotations

import re

from tenants.kit import clock
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.tenancy import DB
from tenants.tenancy.callers import current_caller

_COLOUR = re.compile(r"#[0-9a-f]{6}\Z")


async def brand_colour() -> str:
    """The colour that the shop has chosen, as `#rrggbb`; empty where it has not."""
    return await DB.fetchval("SELECT colour FROM __tenant__.shop_look WHERE id = 1") or ""


async def choose_colour(colour: str) -> str:
    """Have the shop's pages in that colour, `#rrggbb`, from now on. Raises Invalid."""
    wanted = colour.strip().lower()
    if not _COLOUR.match(wanted):
        raise Invalid(param="colour", problem=Words(en="use a colour such as #c2410c", zh="请使用颜色值，如 #c2410c"))
    await DB.fetch(
        "INSERT INTO __tenant__.shop_look (id, colour, recorded_by, updated_at) VALUES (1, $1, $2, $3)"
        " ON CONFLICT (id) DO UPDATE SET colour = EXCLUDED.colour, recorded_by = EXCLUDED.recorded_by,"
        " updated_at = EXCLUDED.updated_at",
        wanted, current_caller().label[:100], clock.now())  # fmt: skip
    return wanted
