"""The draft as members will meet it, on a telephone: the centre's own pages, with ways and checks, and nothing kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tenants.kit import centre, ids
from tenants.kit.console import Ask, Framed, View
from tenants.kit.words import choose_language, reading
from tenants.surveys.pages import answer, showing
from tenants.surveys.pages import builder_top as tops
from tenants.surveys.rules.access import Who
from tenants.surveys.rules.checking import problems
from tenants.surveys.rules.looking import Sheet, reward_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from tenants.surveys.pages.builder_top import Top

SLUG = "survey-trial"


@dataclass(frozen=True, slots=True)
class Trial(showing.Visit):
    """A visit of which nothing is kept: the form carries what was answered."""

    @property
    def carries(self) -> bool:
        """Always."""
        return True


async def show(ask: Ask) -> View:
    """A telephone for each of two languages, and each part of a series by itself."""
    top = await tops.find(ask)
    languages = top.definition.languages
    chosen = ask.text("tag") if ask.text("tag") in languages else languages[0]
    other = next((tag for tag in languages if tag != chosen), "")
    phase = ask.text("part") if ask.text("part").isdecimal() else "1"
    facts: dict[str, Any] = {
        **tops.facts(top, "survey-preview"), "chosen": chosen, "phase": phase, "phases": top.definition.phases,
        "frames": [(tag, tops.language_name(tag)) for tag in (chosen, other) if tag],
        "can": bool(top.definition.questions) and not problems(top.definition),
    }  # fmt: skip
    return View("surveys/pages/builder_preview.html", facts, title=top.name)


async def open_frame(ask: Ask) -> Framed:
    """The start page, or the first question where there is none."""
    top = await tops.find(ask)

    def first(visit: Trial) -> centre.View:
        if showing.has_start(visit.definition):
            return showing.begin(visit)
        return _begin(visit)

    return await _framed(top, ask, first)


def _begin(visit: Trial) -> centre.View:
    pages = visit.pages({})
    return showing.question(visit, {}, pages[0][0].key) if pages else showing.end(visit, {})


def _back(visit: Trial) -> centre.View:
    answers = answer.carried(visit)
    pages = visit.pages(answers)
    index = showing.page_of(pages, visit.ask.text("at")) or 0
    return showing.question(visit, answers, pages[max(index - 1, 0)][0].key)


def _next(visit: Trial) -> centre.View:
    answers = answer.carried(visit)
    pages = visit.pages(answers)
    page = pages[showing.page_of(pages, visit.ask.text("at")) or 0]
    _, wrong = answer.read_page(visit, page, strict=True)
    if wrong:
        return showing.question(visit, answers, page[0].key, problems=wrong)
    following = answer.next_key(pages, page[-1].key)
    return showing.question(visit, answers, following) if following else showing.end(visit, answers)


def _doing(step: Callable[[Trial], centre.View]) -> Callable[[Ask], Any]:
    async def act(ask: Ask) -> Framed:
        return await _framed(await tops.find(ask), ask, step)

    return act


async def _framed(top: Top, ask: Ask, step: Callable[[Trial], centre.View]) -> Framed:
    definition, terms = top.definition, top.survey.terms
    tag = ask.text("tag") if ask.text("tag") in definition.languages else definition.languages[0]
    phase = int(ask.text("part")) if ask.text("part").isdecimal() and len(ask.text("part")) < 3 else 1  # noqa: PLR2004
    shown = ids.show("sur", top.survey.id)
    row = {"id": top.survey.id, "reward_points": terms.reward_points, "reward_voucher": terms.reward_voucher}
    reward = (await reward_words([row]))[top.survey.id]
    sheet = Sheet(
        survey=top.survey.id, state="open", who=Who(), definition=definition, version=0, phase=phase,
        anonymous=terms.anonymous, ends_at=terms.ends_at,
        reward=reward,
    )  # fmt: skip
    visit = Trial(centre.Ask(rest=shown, fields=ask.every), shown, top.survey.id, Who(), sheet, tag)
    with reading(choose_language(tag)):
        view = step(visit) if definition.questions else showing.end(visit, {})
    return Framed(view, {"tag": tag, "part": str(phase)})


ACTS = {"start": _doing(_begin), "back": _doing(_back), "next": _doing(_next)}
