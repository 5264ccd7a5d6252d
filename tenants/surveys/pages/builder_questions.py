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
from tenants.surveys.pages.builder_conditions import Chosen
from tenants.surveys.pages.builder_forms import JumpForm, QuestionForm
from tenants.surveys.rules import editing
from tenants.surveys.rules.definition import END, KINDS, QUESTIONS_MAX, Choice, Definition, Question
from tenants.surveys.rules.expressions import in_order
from tenants.surveys.rules.refusals import DraftMoved

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from tenants.surveys.pages.builder_top import Top

TEMPLATE = "surveys/pages/builder_questions.html"


class Bench:
    """What a button works on: the draft with the open question in it, and which question is open afterwards."""

    def __init__(self, definition: Definition, form: QuestionForm | None, part: str) -> None:
        self.definition = definition
        self.form = form
        self.open = form.question.key if form else ""
        self.part = part
        self.said: Words | str = ""

    @property
    def questions(self) -> list[Question]:
        """All questions, as they stand."""
        return self.definition.questions

    def place(self, key: str) -> int:
        """Where a question stands. Raises NotFound."""
        found = next((at for at, each in enumerate(self.questions) if each.key == key), None)
        if found is None:
            raise NotFound
        return found

    def opened(self) -> QuestionForm:
        """The open question. Raises NotFound."""
        if self.form is None:
            raise NotFound
        return self.form


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
        if form and form.errors:
            told = Words(en="Correct what is marked first.", zh="请先修改标出的内容。").say()
            return await _view(top, key, form=form, problem=told)
        if form and forms.digest(top.definition, key) != ask.text("was"):
            return await _view(top, key, form=form, problem=DraftMoved().say())
        definition = forms.put(top.definition, form) if form else top.definition
        bench = Bench(_copy(definition), form, ask.part)
        try:
            await _upload(ask, bench)
            step(bench)
        except DomainError as error:
            return await _view(top, key, form=form, problem=error.say())
        if bench.form and bench.definition.question(bench.form.question.key):
            bench.definition = forms.put(bench.definition, bench.form)
        if not keeps:
            return await _view(top, bench.open, form=bench.form)
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


def _keep(bench: Bench) -> None:
    bench.said = Words(en="Saved.", zh="已保存。")


def _close(bench: Bench) -> None:
    bench.open, bench.said = "", Words(en="Saved.", zh="已保存。")


def _open(bench: Bench) -> None:
    bench.place(bench.part)
    bench.open = bench.part


def _add(bench: Bench) -> None:
    """A new question, after the open one or at the end."""
    kind = next((kind for kind in KINDS if kind == bench.part), None)
    if kind is None or len(bench.questions) >= QUESTIONS_MAX:
        raise NotFound
    at = bench.place(bench.open) if bench.open else len(bench.questions) - 1
    beside = bench.questions[at] if bench.questions else None
    key = forms.free_key((each.key for each in bench.questions), "q")
    question = kinds.fresh(
        kind, key, bench.definition, phase=beside.phase if beside else 1, page=beside.page if beside else 1
    )
    bench.questions.insert(at + 1, question)
    bench.open = key


def _up(bench: Bench) -> None:
    _move(bench, -1)


def _down(bench: Bench) -> None:
    _move(bench, 1)


def _move(bench: Bench, by: int) -> None:
    """Exchange a question with its neighbour of the same phase."""
    order = in_order(bench.definition)
    at = next((at for at, each in enumerate(order) if each.key == bench.part), -1)
    if at >= 0 and 0 <= at + by < len(order) and order[at].phase == order[at + by].phase:
        one, other = bench.place(order[at].key), bench.place(order[at + by].key)
        bench.questions[one], bench.questions[other] = bench.questions[other], bench.questions[one]
        bench.said = Words(en="Moved to place {n}.", zh="已移到第 {n} 题。").say(n=at + by + 1)


def _duplicate(bench: Bench) -> None:
    at = bench.place(bench.part)
    if len(bench.questions) >= QUESTIONS_MAX:
        raise NotFound
    key = forms.free_key((each.key for each in bench.questions), "q")
    bench.questions.insert(at + 1, msgspec.structs.replace(bench.questions[at], key=key))
    bench.open, bench.said = key, Words(en="Copied below.", zh="已复制到下方。")


def _remove(bench: Bench) -> None:
    at = bench.place(bench.part)
    gone = bench.questions.pop(at)
    bench.definition.jumps = [jump for jump in bench.definition.jumps if jump.after != gone.key]
    if bench.open == gone.key:
        bench.open, bench.form = "", None
    bench.said = Words(en="The question was taken out. “Undo” brings it back.", zh="题目已删除，可点“撤销”恢复。")


def _one_by_one(bench: Bench) -> None:
    bench.definition.one_by_one = bench.part != "pages"


def _choice_add(bench: Bench) -> None:
    _list(bench).append(Choice(key=forms.free_key((each.key for each in _list(bench)), _stem(bench)[0]), text={}))


def _choice_remove(bench: Bench) -> None:
    del _list(bench)[_at(bench)]


def _choice_up(bench: Bench) -> None:
    _exchange(bench, -1)


def _choice_down(bench: Bench) -> None:
    _exchange(bench, 1)


def _exchange(bench: Bench, by: int) -> None:
    listed, at = _list(bench), _at(bench)
    if 0 <= at + by < len(listed):
        listed[at], listed[at + by] = listed[at + by], listed[at]


def _stem(bench: Bench) -> str:
    return bench.part.partition(".")[0]


def _list(bench: Bench) -> list[Choice]:
    question = bench.opened().question
    return question.rows if _stem(bench) == "row" else question.choices


def _at(bench: Bench) -> int:
    at = bench.part.partition(".")[2]
    if not at.isdecimal() or int(at) >= len(_list(bench)):
        raise NotFound
    return int(at)


def _term_add(bench: Bench) -> None:
    """A further condition, over the question before: of `show`, or of a jump `jump.0`."""
    form = bench.opened()
    before = forms.earlier(bench.definition, bench.open)
    jump = _jump(bench)
    known = [*before, form.question] if jump else before
    if not known:
        raise NotFound
    term = conditions.first(known[-1])
    if jump:
        jump.chosen = Chosen((*jump.chosen.terms, term), any=jump.chosen.any)
        jump.text = ""
    else:
        form.show, form.show_text = Chosen((*form.show.terms, term), any=form.show.any), ""


def _term_remove(bench: Bench) -> None:
    """`show.2`, or `jump.0.2`."""
    form, jump = bench.opened(), _jump(bench)
    at = bench.part.rpartition(".")[2]
    chosen = jump.chosen if jump else form.show
    if not at.isdecimal() or int(at) >= len(chosen.terms):
        raise NotFound
    left = Chosen(tuple(term for place, term in enumerate(chosen.terms) if place != int(at)), any=chosen.any)
    if jump:
        jump.chosen = left
    else:
        form.show = left


def _jump(bench: Bench) -> JumpForm | None:
    stem, _, rest = bench.part.partition(".")
    at = rest.partition(".")[0]
    jumps = bench.opened().jumps
    if stem != "jump":
        return None
    if not at.isdecimal() or int(at) >= len(jumps):
        raise NotFound
    return jumps[int(at)]


def _jump_add(bench: Bench) -> None:
    form = bench.opened()
    form.jumps.append(JumpForm(Chosen((conditions.first(form.question),)), END))


def _jump_remove(bench: Bench) -> None:
    jump = _jump(bench)
    if jump:
        bench.opened().jumps.remove(jump)


def _reshape(bench: Bench) -> None:
    """The kind or a condition's question was exchanged: show what belongs to it."""
    kinds.fit(bench.opened().question, bench.definition)


async def undo(ask: Ask) -> View:
    """Take the last edit back."""
    top = await tops.find(ask)
    await editing.undo(top.survey.id, revision=ask.text("revision"))
    found = await tops.of(top.survey.id)
    return await _view(found, ask.text("open"), said=Words(en="Taken back.", zh="已撤销。"))


ACTS = {
    "save": _doing(_keep), "close": _doing(_close), "open": _doing(_open), "add": _doing(_add), "up": _doing(_up),
    "down": _doing(_down), "copy": _doing(_duplicate), "remove": _doing(_remove), "pages": _doing(_one_by_one),
    "choice-add": _doing(_choice_add), "choice-remove": _doing(_choice_remove), "choice-up": _doing(_choice_up),
    "choice-down": _doing(_choice_down), "term-add": _doing(_term_add), "term-remove": _doing(_term_remove),
    "jump-add": _doing(_jump_add), "jump-remove": _doing(_jump_remove), "reshape": _doing(_reshape), "undo": undo,
}  # fmt: skip
