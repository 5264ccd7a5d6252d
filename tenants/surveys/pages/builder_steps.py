"""What the buttons of the questions page do to the draft and to the question that is open in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from tenants.kit.errors import NotFound
from tenants.kit.words import Words
from tenants.surveys.pages import builder_conditions as conditions
from tenants.surveys.pages import builder_forms as forms
from tenants.surveys.pages import builder_kinds as kinds
from tenants.surveys.pages.builder_conditions import Chosen
from tenants.surveys.pages.builder_forms import JumpForm, QuestionForm
from tenants.surveys.rules.definition import END, KINDS, QUESTIONS_MAX, Choice, Definition, Question
from tenants.surveys.rules.expressions import in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


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


def reshape(bench: Bench) -> None:
    """The kind or a condition's question was exchanged: show what belongs to it, and ask for values anew."""
    form = bench.opened()
    kinds.fit(form.question, bench.definition)
    known = {each.key: each for each in (*bench.questions, form.question)}
    form.show = _without_trouble(form.show, known)
    for jump in form.jumps:
        jump.chosen = _without_trouble(jump.chosen, known)
    form.errors = {name: words for name, words in form.errors.items() if name in form.typed}


def _without_trouble(chosen: Chosen, known: Mapping[str, Question]) -> Chosen:
    return Chosen(
        tuple(
            replace(term, value="") if conditions.trouble(term, known[term.question]) else term for term in chosen.terms
        ),
        any=chosen.any,
    )


STEPS: dict[str, Callable[[Bench], None]] = {
    "save": _keep, "close": _close, "open": _open, "add": _add, "up": _up,
    "down": _down, "copy": _duplicate, "remove": _remove, "pages": _one_by_one,
    "choice-add": _choice_add, "choice-remove": _choice_remove, "choice-up": _choice_up,
    "choice-down": _choice_down, "term-add": _term_add, "term-remove": _term_remove,
    "jump-add": _jump_add, "jump-remove": _jump_remove,
}  # fmt: skip
