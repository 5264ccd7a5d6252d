"""The questions of a survey: a list of which one is open, and everything that can be done to it.

The whole page is one form, so that each of its buttons first keeps what was typed into the open question, whichever it
is; nothing is lost and nothing needs a script. What cannot be kept is said beside its field, and nothing else is done.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import msgspec

from tenants import members, pictures
from tenants.kit import ids
from tenants.kit.console import Ask, View
from tenants.kit.errors import DomainError, NotFound
from tenants.kit.words import Words
from tenants.surveys.pages import builder_conditions as conditions
from tenants.surveys.pages import builder_forms as forms
from tenants.surveys.pages import builder_kinds as kinds
from tenants.surveys.pages import builder_map as maps
from tenants.surveys.pages import builder_top as tops
from tenants.surveys.pages.builder_steps import STEPS, Bench, reshape
from tenants.surveys.rules import editing
from tenants.surveys.rules.definition import END, Definition, Question
from tenants.surveys.rules.expressions import in_order
from tenants.surveys.rules.refusals import DraftMoved

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from tenants.surveys.pages.builder_conditions import Chosen
    from tenants.surveys.pages.builder_forms import QuestionForm
    from tenants.surveys.pages.builder_top import Top

TEMPLATE = "surveys/pages/builder_questions.html"


async def show(ask: Ask) -> View:
    """The list, with the question open that the address names."""
    top = await tops.find(ask)
    return await _view(top, ask.text("open"))


async def _view(
    top: Top, key: str, *, form: QuestionForm | None = None, problem: str = "", said: Words | str = ""
) -> View:
    form = form or forms.opened(top.definition, key)
    definition = forms.put(top.definition, form) if form and not form.errors else top.definition
    told: dict[str, list[str]] = {}
    for problem_key, words in ((one.key, one.words.say()) for one in top.wrong):
        told.setdefault(problem_key, []).append(words)
    facts: dict[str, Any] = {
        **tops.facts(top, "survey"), "problem": problem,
        "rows": [_row(definition, question, told) for question in in_order(definition)],
        "of_all": told.get("", []), "kinds": kinds.KINDS, "form": form,
        "map": maps.draw(definition), "was": forms.digest(top.definition, form.question.key) if form else "",
        "more_phases": len(definition.phases) > 1 or not definition.one_by_one,
    }  # fmt: skip
    if form:
        facts |= await _open_facts(definition, form)
    return View(TEMPLATE, facts, title=top.name, refused=bool(problem), said=said)


def _row(definition: Definition, question: Question, told: Mapping[str, list[str]]) -> dict[str, Any]:
    languages = definition.languages
    names = {each.key: tops.text_of(definition, each.text) or each.key for each in definition.questions}
    end = Words(en="the end", zh="结束").say()
    return {
        "key": question.key, "sign": kinds.KINDS[question.kind][0], "kind": kinds.KINDS[question.kind][1].say(),
        "text": tops.text_of(definition, question.text), "required": question.required, "phase": question.phase,
        "page": question.page, "problems": told.get(question.key, []),
        "choices": [tops.text_of(definition, one.text) or one.key for one in question.choices],
        "show_if": conditions.explain(question.show_if, definition) if question.show_if else "",
        "missing": [tops.language_name(tag) for tag in languages if not question.text.get(tag)],
        "jumps": [
            (conditions.explain(jump.when, definition) if jump.when else "",
             end if jump.to == END else names.get(jump.to, jump.to))
            for jump in definition.jumps if jump.after == question.key
        ],
    }  # fmt: skip


async def _open_facts(definition: Definition, form: QuestionForm) -> dict[str, Any]:
    question = form.question
    before = forms.earlier(definition, question.key)
    return {
        "q": question, "errors": {name: words.say() for name, words in form.errors.items()},
        "before": [_named(definition, each) for each in before],
        "before_and_this": [_named(definition, each) for each in (*before, question)],
        "targets": [_named(definition, each) for each in forms.targets(definition, question.key)],
        "show_terms": _terms(definition, form.show), "show_any": form.show.any,
        "show_text": form.show_text,
        "jumps": [
            {"terms": _terms(definition, one.chosen, question), "any": one.chosen.any, "to": one.to, "text": one.text}
            for one in form.jumps
        ],
        "expression": conditions.write(form.show, definition) if not form.errors else "",
        "attributes": [(name, name) for name in sorted(await members.defined_attributes())],
        "picture_of": _picture_of, "forms": forms, "tags": question.effect.tags if question.effect else {},
        "attribute": (question.effect.attribute or "") if question.effect else "",
    }  # fmt: skip


def _named(definition: Definition, question: Question) -> tuple[str, str]:
    number = [each.key for each in in_order(definition)].index(question.key) + 1
    text = tops.text_of(definition, question.text) or Words(en="(no text yet)", zh="（未填写）").say()
    return question.key, f"{number}. {text[:60]}"


def _terms(definition: Definition, chosen: Chosen, this: Question | None = None) -> list[dict[str, Any]]:
    found = []
    for term in chosen.terms:
        question = this if this and this.key == term.question else definition.question(term.question)
        if question is None:  # it was taken out meanwhile
            continue
        fitting = conditions.fit(term, question)
        offered = [] if fitting.sign in conditions.WITHOUT_VALUE else conditions.offered(
            question, fitting.sign, definition.languages)  # fmt: skip
        rows = [(row.key, tops.text_of(definition, row.text) or row.key) for row in question.rows]
        found.append({
            "it": fitting, "rows": rows if question.kind == "matrix" else [], "offered": offered,
            "signs": [(name, words.say()) for name, words in conditions.signs(question)],
            "typed": not offered and fitting.sign not in conditions.WITHOUT_VALUE,
            "kind": {"date": "date", "number": "number"}.get(question.kind, "text"),
        })  # fmt: skip
    return found


def _picture_of(shown: str | None) -> str:
    try:
        return pictures.address(ids.read("pic", shown)) if shown else ""
    except NotFound:
        return ""


def _doing(step: Callable[[Bench], None], *, keeps: bool = True) -> Callable[[Ask], Awaitable[View]]:
    """An act of the page: what was typed is kept, then the step is done. Without `keeps` it is only shown again."""

    async def act(ask: Ask) -> View:
        top = await tops.find(ask)
        key = ask.text("open")
        question = top.definition.question(key) if key else None
        form = forms.read(ask, top.definition, question) if question else None
        if form and form.errors and keeps:
            told = Words(en="Correct what is marked first.", zh="请先修改标出的内容。").say()
            return await _view(top, key, form=form, problem=told)
        if form and forms.digest(top.definition, key) != ask.text("was"):
            return await _view(top, key, form=form, problem=DraftMoved().say())
        definition = forms.put(top.definition, form) if form and keeps else top.definition
        bench = Bench(_copy(definition), form, ask.part)
        try:
            await _upload(ask, bench)
            step(bench)
        except DomainError as error:
            return await _view(top, key, form=form, problem=error.say())
        if not keeps:
            return await _view(top, bench.open, form=bench.form)
        if bench.form and bench.definition.question(bench.form.question.key):
            bench.definition = forms.put(bench.definition, bench.form)
        await editing.edit(top.survey.id, bench.definition)
        return await _view(await tops.of(top.survey.id), bench.open, said=bench.said)

    return act


def _copy(definition: Definition) -> Definition:
    return msgspec.structs.replace(definition, questions=list(definition.questions), jumps=list(definition.jumps))


async def _upload(ask: Ask, bench: Bench) -> None:
    """Pictures that came with the form go to their choices."""
    for name, upload in ask.files.items():
        stem, _, at = name.partition(".")
        if stem != "picture" or not at.isdecimal():
            continue
        question = bench.opened().question
        if int(at) < len(question.choices):
            content = await asyncio.to_thread(upload.file.read)
            kept = await pictures.keep(content, name=upload.name)
            question.choices[int(at)].picture = ids.show("pic", kept)


async def undo(ask: Ask) -> View:
    """Take the last edit back."""
    top = await tops.find(ask)
    await editing.undo(top.survey.id, revision=ask.text("revision"))
    found = await tops.of(top.survey.id)
    return await _view(found, ask.text("open"), said=Words(en="Taken back.", zh="已撤销。"))


ACTS = {
    **{name: _doing(step) for name, step in STEPS.items()},
    "reshape": _doing(reshape, keeps=False),
    "undo": undo,
}
