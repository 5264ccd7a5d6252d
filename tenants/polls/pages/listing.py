"""All polls, and the way to a new one."""

from __future__ import annotations

import uuid

from tenants.kit import clock, ids
from tenants.kit.console import Ask, Go, View
from tenants.polls.pages.forms import Typed
from tenants.polls.rules import editing, reading
from tenants.polls.rules.standing import STATUS_WORDS, name_of, status_of

_SHOWN = 100
LOOKS = {"coming": "scheduled", "running": "live", "over": "ended"}
"""By which of the five colours a status is shown."""


async def show(ask: Ask) -> View:
    """The newest polls, with how many voted."""
    del ask
    return await _view(Typed())


async def make(ask: Ask) -> Go | View:
    """Make a draft out of its title and go on where it is furnished. Again from the same page, it is the same draft."""
    typed = Typed(ask.given)
    terms = editing.Terms(name_zh=ask.text("name_zh"), name_en=ask.text("name_en"))
    with typed.telling():
        poll = await editing.create(terms, poll=_named(ask.once))
        return Go(f"poll/{ids.show('pol', poll)}")
    return await _view(typed)


def _named(once: str) -> uuid.UUID | None:
    """The id that the occasion itself is, as the page has made it."""
    try:
        return uuid.UUID(once)
    except ValueError:
        return None


async def _view(typed: Typed) -> View:
    moment = clock.now()
    rows = [
        {
            "it": row, "shown": ids.show("pol", row["id"]), "name": name_of(row),
            "looks": LOOKS.get(status := status_of(row, moment), status), "said": STATUS_WORDS[status],
        }
        for row in await reading.polls(limit=_SHOWN)
    ]  # fmt: skip
    facts = {"rows": rows, "typed": typed, "most": _SHOWN}
    return View("polls/pages/listing.html", facts, refused=bool(typed.errors))
