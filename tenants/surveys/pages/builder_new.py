"""All surveys of the shop, and a new one: from a template, from another one, or empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants.kit import ids
from tenants.kit.console import Ask, Go, View
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.surveys.pages import builder_kinds as kinds
from tenants.surveys.pages import builder_top as tops
from tenants.surveys.rules import editing, reading
from tenants.surveys.rules.definition import Definition
from tenants.surveys.rules.settings import Terms
from tenants.surveys.rules.templates import TEMPLATES, template
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence

    from tenants.kit.words import Language

_SHOWN = 200


async def show(ask: Ask) -> View:
    """Each survey with its state, its responses, and how many of those who began have finished."""
    state = ask.text("state")
    found = await reading.surveys(state=state or None, limit=_SHOWN)
    counts = await _counts([survey.id for survey in found])
    rows = [
        {
            "shown": ids.show("sur", survey.id), "name": tops.name_of(survey),
            "status": (tops.LOOKS[survey.status], reading.STATUS[survey.status].say()), "it": survey,
            "begun": counts.get(survey.id, (0, 0))[0], "complete": counts.get(survey.id, (0, 0))[1],
        }
        for survey in found
    ]  # fmt: skip
    states = [("", Words(en="All", zh="全部").say()), *((key, words.say()) for key, words in reading.STATES.items())]
    return View("surveys/pages/builder_list.html", {"rows": rows, "states": states, "state": state, "most": _SHOWN})


async def _counts(surveys: Sequence[uuid.UUID]) -> dict[uuid.UUID, tuple[int, int]]:
    rows = await DB.fetch(
        "SELECT survey, count(*) AS begun, count(*) FILTER (WHERE state = 'complete') AS complete"
        " FROM __tenant__.survey_response WHERE survey = ANY($1::uuid[]) GROUP BY survey", list(surveys))  # fmt: skip
    return {row["survey"]: (row["begun"], row["complete"]) for row in rows}


async def offer(ask: Ask) -> View:
    """The templates, each with its questions, and an empty one."""
    return View("surveys/pages/builder_new.html", _offered(ask))


def _offered(ask: Ask, problem: str = "") -> dict[str, Any]:
    return {
        "problem": problem, "name": ask.text("name"), "chosen": ask.text("template"),
        "templates": [
            {
                "key": one.key, "trade": one.trade.say(), "name": one.name.say(), "about": one.about.say(),
                "questions": [
                    (kinds.KINDS[each.kind][1].say(), tops.text_of(asked, each.text)) for each in asked.questions
                ],
            }
            for one in TEMPLATES.values() for asked in (one.definition(),)
        ],
    }  # fmt: skip


async def create(ask: Ask) -> Go | View:
    """Make it, and go on to its questions; the same click again makes no second one."""
    key, name = ask.part, ask.text("name")
    mine: Language = "zh" if current_tenant().locale.startswith("zh") else "en"
    if key:
        chosen = template(key)
        terms = Terms(**{**chosen.settings, "name_en": name or chosen.name.en, "name_zh": name or chosen.name.zh})
        definition = chosen.definition(mine)
    else:
        definition = Definition(languages=["zh", "en"] if mine == "zh" else ["en", "zh"])
        terms = Terms(name_en=name or "New survey", name_zh=name or "新问卷")
    try:
        made = await editing.create(terms, definition=definition)
    except Invalid as error:
        return View("surveys/pages/builder_new.html", _offered(ask, error.say()), refused=True)
    return Go(f"survey/{ids.show('sur', made)}")
