"""Choosing the shop's colour."""

from __future__ import annotations

from tenants.kit.console import Ask, View
from tenants.kit.words import Words
from tenants.pictures.rules import looks


async def show(_ask: Ask) -> View:
    """The colour as it is."""
    return View("pictures/pages/look.html", {"colour": await looks.brand_colour()})


async def choose(ask: Ask) -> Words:
    """Another one. Raises Invalid."""
    colour = await looks.choose_colour(ask.needed("colour"))
    return Words(en=f"Members see {colour} within a minute.", zh=f"一分钟内，会员将看到 {colour}。")
