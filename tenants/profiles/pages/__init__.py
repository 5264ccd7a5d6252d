"""Profile completion in the console: the steps that a member would see."""

from __future__ import annotations

from itertools import groupby

from tenants.kit import ids
from tenants.kit.console import PREVIEWS, Ask, Page, View
from tenants.kit.words import Words
from tenants.profiles.rules import reading


async def _show(ask: Ask) -> View:
    rows = await reading.activities()
    listed = [(ids.show("pfa", row["id"]), reading.name_of(row).say()) for row in rows]
    chosen = ask.text("of") or ask.rest or (listed[0][0] if listed else "")
    seen = await reading.preview(ids.read("pfa", chosen)) if chosen else None
    questions = sorted(seen.questions, key=lambda asked: asked.step) if seen else []
    facts = {
        "choices": listed,
        "chosen": chosen,
        "it": seen,
        "steps": [(step, list(asked)) for step, asked in groupby(questions, key=lambda asked: asked.step)],
        "whole_of_it": sum(asked.points for asked in questions) + (seen.whole_points if seen else 0),
    }
    return View("profiles/pages/preview.html", facts)


PAGES = (
    Page(
        "profile-preview",
        title=Words(en="Profile completion", zh="完善资料"),
        group=PREVIEWS,
        about=Words(en="What a member sees of whom nothing is known yet.", zh="尚未填写任何资料的会员所见页面。"),
        show=_show,
    ),
)
