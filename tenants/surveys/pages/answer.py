"""Answering in the member centre, one question or one page at a time, without any script.

Each step that is sent is checked and kept at once, so that a member goes on where they were, on any device. An
anonymous survey keeps nothing before it is complete; there the form carries what was said. An address may choose
beforehand (`?q.nps=9`, from a mail): it only fills in the form, and nothing is kept before it is sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants.kit import ids
from tenants.kit.centre import Ask, MemberPage, View, Waiting, Went
from tenants.kit.errors import Conflict, Refused
from tenants.kit.words import Words
from tenants.surveys.pages import asking, showing
from tenants.surveys.pages.showing import SLUG, Visit, come, page_of
from tenants.surveys.rules import answering, links, offering
from tenants.surveys.rules.refusals import AnswerRefused
from tenants.surveys.rules.saying import show as show_answer
from tenants.surveys.rules.values import Given, read_answer, read_form, require

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping, Sequence

    from tenants.surveys.rules.definition import Definition, Question

_LEAST_SECONDS = 1.0


async def show(ask: Ask) -> View:
    """The survey where its member is: begun, at a question, or with what there is to say of it now."""
    visit = await come(ask)
    if visit.sheet.state != "open":
        return await showing.over(visit)
    answers = dict(visit.sheet.answers)
    pages = visit.pages(answers)
    asked = "" if visit.carries else _at(ask)
    if not pages:  # earlier answers leave nothing to ask
        return showing.begin(visit)
    if page_of(pages, asked) is not None:
        return showing.question(visit, answers, asked)
    begun = visit.sheet.reached or answers or any(name.startswith(asking.PREFIX) for name in ask.fields)
    if not begun and showing.has_start(visit.definition):
        return showing.begin(visit)
    return showing.question(visit, answers, next_key(pages, visit.sheet.reached) or _last_key(pages))


async def start(ask: Ask) -> Went | View:
    """From the start page to the first question."""
    visit = await come(ask)
    if visit.sheet.state != "open":
        return await showing.over(visit)
    answers = dict(visit.sheet.answers)
    pages = visit.pages(answers)
    if not pages:
        return await _complete(visit, answers)
    first = pages[0][0].key
    return showing.question(visit, answers, first) if visit.carries else Went(visit.place(first))


async def back(ask: Ask) -> Went | View:
    """One page back. What is filled in and can be read is kept, and nobody is told off on the way back."""
    visit = await come(ask)
    if visit.sheet.state != "open":
        return await showing.over(visit)
    answers = carried(visit)
    pages = visit.pages(answers)
    index = page_of(pages, ask.text("at"))
    if index is None:
        return Went(visit.place())
    given, _ = read_page(visit, pages[index], strict=False)
    answers = _with(answers, given)
    before = pages[max(index - 1, 0)][0].key
    if visit.carries:
        return showing.question(visit, answers, before)
    if given:
        await answering.save(visit.survey, visit.who, _raw(visit.definition, given), language=visit.language)
    return Went(visit.place(before))


async def go_on(ask: Ask) -> Went | View:  # noqa: PLR0911  a way on each
    """Keep this page's answers and show the next one, or take the survey as complete after the last."""
    visit = await come(ask)
    if visit.sheet.state != "open":
        return await showing.over(visit)
    answers = carried(visit)
    pages = visit.pages(answers)
    index = page_of(pages, ask.text("at"))
    if index is None:  # an old page, of an earlier part or from before an edit: nothing that it says is asked now
        return Went(visit.place())
    page = pages[index]
    given, problems = read_page(visit, page, strict=True)
    if problems:
        return showing.question(visit, answers, page[0].key, problems=problems)
    answers = _with(answers, given)
    following = next_key(visit.pages(answers), page[-1].key)
    try:
        if not following:
            return await _complete(visit, answers)
        if visit.carries:
            return showing.question(visit, answers, following)
        raw = _raw(visit.definition, given)
        await answering.save(visit.survey, visit.who, raw, language=visit.language, reached=page[-1].key)
    except (Refused, Conflict):
        return await showing.over(await come(ask), failed=True)
    return Went(visit.place(following))


async def listed(ask: Ask) -> View:
    """The surveys that are open for the member."""
    offers = await offering.offers(ask.member) if ask.member else []
    return View("surveys/pages/listed.html", {"offers": [_offer(one) for one in offers]})


async def waiting(member: uuid.UUID) -> list[Waiting]:
    """The same, for the front page of the centre."""
    return [Waiting(**_offer(one)) for one in await offering.offers(member)]


async def _complete(visit: Visit, answers: Mapping[str, Given]) -> View:
    """Hand in everything that counts. What is missing is asked for on its own page."""
    shown = [question for page in visit.pages(answers) for question in page]
    count = {question.key: answers[question.key] for question in shown if question.key in answers}
    least = _LEAST_SECONDS if visit.definition.one_by_one else max(_LEAST_SECONDS, len(shown) * _LEAST_SECONDS / 2)
    try:
        done = await answering.submit(
            visit.survey, visit.who, _raw(visit.definition, count), language=visit.language, phase=visit.sheet.phase,
            suspect=visit.ask.suspicion(least_seconds=least))  # fmt: skip
    except AnswerRefused as error:
        key = str(error.facts["question"])
        return showing.question(visit, answers, key, problems={key: str(error.facts["problem"])})
    return showing.end(visit, done.answers, thanks=done.thanks, more=done.more, next_on=done.next_on)


def read_page(visit: Visit, page: Sequence[Question], *, strict: bool) -> tuple[dict[str, Given], dict[str, str]]:
    """What a form says to these questions, and by question what is wrong with it."""
    given: dict[str, Given] = {}
    problems: dict[str, str] = {}
    languages, language = visit.definition.languages, visit.language
    for question in page:
        try:
            answer = read_answer(question, read_form(question, visit.ask.fields), languages, language)
            if strict:
                require(question, answer, languages, language)
            given[question.key] = answer
        except AnswerRefused as error:
            problems[question.key] = str(error.facts["problem"])
    return given, problems


def carried(visit: Visit) -> dict[str, Given]:
    """What was said so far: kept, or in the form."""
    if not visit.carries:
        return dict(visit.sheet.answers)
    of_phase = [question for question in visit.definition.questions if question.phase == visit.sheet.phase]
    return _with({}, read_page(visit, of_phase, strict=False)[0])


def _with(answers: Mapping[str, Given], given: Mapping[str, Given]) -> dict[str, Given]:
    return {key: answer for key, answer in {**answers, **given}.items() if not answer.empty}


def _raw(definition: Definition, given: Mapping[str, Given]) -> dict[str, Any]:
    return {one.key: show_answer(one, given[one.key]) for one in definition.questions if one.key in given}


def _at(ask: Ask) -> str:
    return ask.rest.partition("/")[2]


def next_key(pages: Sequence[Sequence[Question]], key: str) -> str:
    """The page after the one with that question, by its first question; empty after the last."""
    index = page_of(pages, key)
    following = 0 if index is None else index + 1
    return pages[following][0].key if following < len(pages) else ""


def _last_key(pages: Sequence[Sequence[Question]]) -> str:
    return pages[-1][0].key


def _offer(one: offering.Offer) -> dict[str, Any]:
    address = links.write(one.invitation) if one.invitation else ids.show("sur", one.survey)
    minutes = Words(en=f"about {one.minutes} min", zh=f"约 {one.minutes} 分钟").say()
    part = Words(en=f"part {one.phase} of {one.phases}", zh=f"第 {one.phase} / {one.phases} 部分").say()
    begun = Words(en="begun", zh="已开始").say()
    told = (minutes, part if one.phases > 1 else "", begun if one.begun else "")
    return {
        "title": one.name.say(), "to": f"{SLUG}/{address}", "about": " · ".join(filter(None, told)),
        "reward": one.reward.say() if one.reward else "", "picture": asking.picture_of(one.definition.start_picture),
    }  # fmt: skip


_ACTS = {"start": start, "back": back, "next": go_on}
MEMBER_PAGES = (
    MemberPage(
        SLUG, title=Words(en="Survey", zh="问卷"), show=show, acts=_ACTS, who="anybody", embeddable=True),
    MemberPage("surveys", title=Words(en="Surveys", zh="问卷"), show=listed, in_menu=True, waiting=waiting),
)  # fmt: skip
