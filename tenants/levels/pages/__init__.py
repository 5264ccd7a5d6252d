"""Levels in the console: the card that a member of a level sees."""

from __future__ import annotations

from tenants.kit import ids
from tenants.kit.console import PREVIEWS, Ask, Page, View
from tenants.kit.words import Words
from tenants.levels.admin import BASIS
from tenants.levels.rules import ladder

_BRIGHT = 150  # of 255: below it white is easier to read


async def _show(ask: Ask) -> View:
    rules = await ladder.rules()
    asked = ask.text("of") or ask.rest
    level = await ladder.find_level(ids.read("lvl", asked)) if asked else next(reversed(rules.levels), None)
    facts = {
        "it": level,
        "ink": _ink(level.color) if level else "",
        "following": rules.above(level) if level else None,
        "basis": BASIS[rules.policy.basis],
        "off": not rules.policy.active,
        "choices": [(ids.show("lvl", one.id), one.name.say()) for one in rules.levels],
        "chosen": ids.show("lvl", level.id) if level else "",
    }
    return View("levels/pages/preview.html", facts)


def _ink(color: str) -> str:
    """Black or white, whichever can be read on a colour."""
    red, green, blue = (int(color[place : place + 2], 16) for place in (1, 3, 5))
    return "#ffffff" if 0.299 * red + 0.587 * green + 0.114 * blue < _BRIGHT else "#1d2433"


PAGES = (
    Page(
        "level-preview",
        title=Words(en="Level card", zh="等级卡"),
        group=PREVIEWS,
        about=Words(en="What a member of a level sees.", zh="该等级会员看到的等级卡。"),
        show=_show,
    ),
)
