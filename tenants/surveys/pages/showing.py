"""What of a survey is shown to whoever came: a question, the start, the end, or why it cannot be answered now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tenants.kit.centre import Ask, View
from tenants.surveys.pages import asking
from tenants.surveys.rules import access, flow, links, looking, offering, thanking
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping, Sequence

    from tenants.surveys.rules.definition import Definition, Question, Texts
    from tenants.surveys.rules.values import Given

SLUG = links.ADDRESS.strip("/").rpartition("/")[2]
_NOBODY_YET = "-"
"""A stranger who has done nothing has no cookie, and may look; no digest is like this."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody with a survey before them. `fields` are what a form sent or an address chose beforehand."""

    ask: Ask
    address: str
    survey: uuid.UUID
    who: access.Who
    sheet: looking.Sheet
    language: str

    @property
    def definition(self) -> Definition:
        """What is asked."""
        return self.sheet.definition

    @property
    def carries(self) -> bool:
        """Whether the form carries the answers, because they are kept nowhere before they are complete."""
        return self.sheet.anonymous

    def known(self, answers: Mapping[str, Given]) -> dict[str, Given]:
        """With what was said in earlier phases."""
        return {**self.sheet.earlier, **answers}

    def pages(self, answers: Mapping[str, Given]) -> list[list[Question]]:
        """The pages of the way that these answers take."""
        return flow.pages(self.definition, self.sheet.phase, self.known(answers))

    def said(self, texts: Texts, answers: Mapping[str, Given]) -> str:
        """One of the definition's texts, with answers filled in."""
        return flow.said(texts, self.known(answers), definition=self.definition, language=self.language)

    def place(self, key: str = "") -> str:
        """The address of a page of questions, below `/m/`."""
        return "/".join(filter(None, (SLUG, self.address, key)))


async def come(ask: Ask) -> Visit:
    """Who came with which survey. Raises what `access.arrive` and `looking.look` raise."""
    address = ask.rest.partition("/")[0]
    survey, who = await access.arrive(
        address, member=ask.member, visitor=ask.visitor or _NOBODY_YET, embedded=ask.embedded)  # fmt: skip
    sheet = await looking.look(survey, who)
    return Visit(ask, address, survey, who, sheet, ask.language_of(sheet.definition.languages))


def question(
    visit: Visit, answers: Mapping[str, Given], key: str, *, problems: Mapping[str, str] | None = None
) -> View:
    """The page with that question, filled in with what was sent, chosen beforehand or kept."""
    wrong = problems or {}
    pages = visit.pages(answers)
    index = page_of(pages, key) or 0
    page = pages[index] if pages else []
    here = {each.key for each in page}
    seed = str(visit.who.member or visit.ask.visitor)
    shown = []
    for each in page:
        sent = asking.of_question(each, visit.ask.fields)
        kept = asking.as_fields(each, answers[each.key]) if each.key in answers else {}
        shown.append(
            asking.facts_of(each, visit.definition, language=visit.language, fields=sent or kept,
                            answers=visit.known(answers), problem=wrong.get(each.key, ""), seed=seed))  # fmt: skip
    carried = [
        (name, text)
        for each in visit.definition.questions if visit.carries and each.key in answers and each.key not in here
        for name, texts in asking.as_fields(each, answers[each.key]).items() for text in texts
    ]  # fmt: skip
    facts = {
        "shown": shown, "at": page[0].key if page else "", "carried": carried, "first": index == 0,
        "last": index >= len(pages) - 1, "step": index + 1, "steps": len(pages), "opening": _opening(visit),
        "here": f"/m/{visit.place()}",
    }  # fmt: skip
    return _view(visit, "answer.html", answers, facts, status=422 if wrong else 200)


def begin(visit: Visit) -> View:
    """The start page."""
    return _view(visit, "start.html", visit.sheet.answers, {**_opening(visit), "here": f"/m/{visit.place()}"})


def has_start(definition: Definition) -> bool:
    """Whether the shop has written a start page."""
    return bool(definition.start_title or definition.start_text or definition.start_picture)


async def over(visit: Visit, *, failed: bool = False) -> View:
    """What there is to say where nothing can be answered now; `failed`: just when it was sent."""
    sheet = visit.sheet
    told = visit.said(visit.definition.closed_text, {}) if sheet.state == "closed" else ""
    if sheet.state == "done":
        return end(visit, {}, before=True, thanks=await _thanks(visit))
    facts = {
        "state": sheet.state,
        "why": sheet.why.say() if sheet.why else "",
        "told": told,
        "opens_on": sheet.opens_on,
    }
    return _view(visit, "over.html", {}, facts, status=422 if failed else 200)


def end(visit: Visit, answers: Mapping[str, Given], *, before: bool = False, **facts: Any) -> View:
    """The thank-you page; `before`: this was answered at another time."""
    told = {
        "heading": visit.said(visit.definition.end_title, answers),
        "told": visit.said(visit.definition.end_text, answers),
        "before": before, "thanks": None, "more": False, "next_on": visit.sheet.opens_on, "here": f"/m/{visit.place()}",
    }  # fmt: skip
    return _view(visit, "done.html", answers, {**told, **facts})


def page_of(pages: Sequence[Sequence[Question]], key: str) -> int | None:
    """Which page has that question, from 0."""
    return next((index for index, page in enumerate(pages) if any(each.key == key for each in page)), None)


async def _thanks(visit: Visit) -> thanking.Thanks | None:
    """What they got the last time, for a second tap; told only to the member, and not to whoever has their link."""
    if visit.ask.member is None or visit.ask.member != visit.who.member:
        return None
    last = await DB.fetchval(
        "SELECT id FROM __tenant__.survey_participation WHERE member = $1 AND survey = $2 AND finished"
        " ORDER BY day DESC, id DESC LIMIT 1", visit.ask.member, visit.survey)  # fmt: skip
    return (await thanking.thanked([(visit.survey, last)])).get(last) if last else None


def _opening(visit: Visit) -> dict[str, Any]:
    definition = visit.definition
    asked = [each for page in visit.pages(visit.sheet.answers) for each in page]
    return {
        "heading": visit.said(definition.start_title, {}), "about": visit.said(definition.start_text, {}),
        "picture": asking.picture_of(definition.start_picture), "reward": visit.sheet.reward, "count": len(asked),
        "minutes": offering.minutes(definition, visit.sheet.phase), "anonymous": visit.sheet.anonymous,
        "closes": visit.sheet.ends_at,
    }  # fmt: skip


def _view(
    visit: Visit, file: str, answers: Mapping[str, Given], facts: Mapping[str, Any], *, status: int = 200
) -> View:
    definition = visit.definition
    title = visit.said(definition.title, answers) or visit.sheet.name.say()
    return View(
        f"surveys/pages/{file}", {"survey": title, "member": visit.ask.member is not None, **facts}, title=title,
        status=status, language=visit.language, languages=definition.languages, colour=definition.colour)  # fmt: skip
