"""One question as a form: what was typed becomes a question, and whatever cannot be used stays as it was typed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import msgspec

from tenants.kit.words import Words
from tenants.surveys.pages import builder_conditions as conditions
from tenants.surveys.pages.builder_conditions import Chosen, Term
from tenants.surveys.rules.definition import CHOOSING, END, KINDS, Choice, Effect, Jump, Question
from tenants.surveys.rules.expressions import in_order
from tenants.surveys.rules.values import SCALED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tenants.kit.console import Ask
    from tenants.surveys.rules.definition import Definition, Kind, Texts

Pattern: TypeAlias = Literal["", "email", "phone", "url", "postcode"]
PATTERNS: tuple[Pattern, ...] = get_args(Pattern)
WITH_OTHER = frozenset({"single", "multiple", "dropdown"})
WITH_SEVERAL = frozenset({"picture", "matrix"})
BOUNDED = frozenset({"multiple", "ranking", "picture", "short", "long", "number"})
TAGGED = frozenset({"single", "multiple", "dropdown", "picture", "consent"})
_LABELS = ("low", "high")


@dataclass
class JumpForm:
    """A jump while it is put together."""

    chosen: Chosen
    to: str
    text: str = ""
    """The expression where it says more than can be chosen."""


@dataclass
class QuestionForm:
    """A question while it is edited. `errors` are said beside their field, `typed` is what could not be used there."""

    question: Question
    show: Chosen
    show_text: str = ""
    jumps: list[JumpForm] = field(default_factory=list)
    errors: dict[str, Words] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)

    def value(self, name: str, known: object) -> str:
        """What stands in a field: what was typed and cannot be used, else what is known."""
        if name in self.typed:
            return self.typed[name]
        if isinstance(known, Decimal):
            return f"{known.normalize():f}"
        return "" if known is None else str(known)


def digest(definition: Definition, key: str) -> str:
    """A short name of a question and its jumps as they stand, to see whether somebody else has changed them."""
    question = definition.question(key)
    jumps = [jump for jump in definition.jumps if jump.after == key]
    return hashlib.sha256(msgspec.json.encode([question, jumps], order="sorted")).hexdigest()[:16]


def opened(definition: Definition, key: str) -> QuestionForm | None:
    """The form of a question as it stands."""
    question = definition.question(key)
    if question is None:
        return None
    show = conditions.read(question.show_if)
    jumps = []
    for jump in definition.jumps:
        if jump.after == key:
            chosen = conditions.read(jump.when)
            jumps.append(JumpForm(chosen or Chosen(), jump.to, "" if chosen else jump.when))
    return QuestionForm(question, show or Chosen(), "" if show else question.show_if, jumps)


def read(ask: Ask, definition: Definition, question: Question) -> QuestionForm:
    """What was filled in for a question. What is not asked of its kind is left out of it."""
    kind = _kind(ask.text("kind"), question.kind)
    form = QuestionForm(question, Chosen())
    least, most = _decimal(ask, form, "least"), _decimal(ask, form, "most")
    edited = Question(
        key=question.key, kind=kind, text=_texts(ask, definition, "text", question.text),
        help=_texts(ask, definition, "help", question.help), error=_texts(ask, definition, "error", question.error),
        required="required" in ask.given,
        choices=_choices(ask, definition, "choice", question.choices) if kind in CHOOSING else [],
        rows=_choices(ask, definition, "row", question.rows) if kind == "matrix" else [],
        other=kind in WITH_OTHER and "other" in ask.given, shuffled=kind in CHOOSING and "shuffled" in ask.given,
        several=kind in WITH_SEVERAL and "several" in ask.given,
        least=least if kind in BOUNDED else None, most=most if kind in BOUNDED | {"rating"} else None,
        earliest=_day(ask, form, "earliest") if kind == "date" else None,
        latest=_day(ask, form, "latest") if kind == "date" else None,
        pattern=_pattern(ask.text("pattern")) if kind == "short" else "",
        labels=_labels(ask, definition, question) if kind in SCALED else {},
        effect=_effect(ask, kind), phase=_whole(ask, form, "phase", question.phase, 20),
        page=_whole(ask, form, "page", question.page, 100),
    )  # fmt: skip
    form.question = edited
    before = earlier(definition, question.key)
    form.show = _chosen(ask, form, "show", before)
    form.show_text = "" if form.show.terms else ask.text("show.text")
    form.jumps = _jumps(ask, form, definition, [*before, edited])
    return form


def put(definition: Definition, form: QuestionForm) -> Definition:
    """The definition with a question as it was filled in."""
    edited, key = form.question, form.question.key
    edited.show_if = conditions.write(form.show, definition) or form.show_text
    copy = msgspec.structs.replace(
        definition, questions=[edited if each.key == key else each for each in definition.questions]
    )
    mine = [Jump(after=key, when=conditions.write(one.chosen, copy) or one.text, to=one.to) for one in form.jumps]
    copy.jumps = [jump for jump in definition.jumps if jump.after != key] + mine
    return copy


def earlier(definition: Definition, key: str) -> list[Question]:
    """The questions that are asked before one, which its condition may name."""
    order = in_order(definition)
    place = next((at for at, each in enumerate(order) if each.key == key), len(order))
    return order[:place]


def targets(definition: Definition, key: str) -> list[Question]:
    """Where a jump may lead: later questions of the same phase."""
    order = in_order(definition)
    place = next((at for at, each in enumerate(order) if each.key == key), len(order))
    return [each for each in order[place + 1 :] if each.phase == order[place].phase]


def free_key(taken: Iterable[str], stem: str) -> str:
    """The next key of its kind: `q3` after `q1` and `q2`."""
    used = set(taken)
    number = len(used) + 1
    while f"{stem}{number}" in used:
        number += 1
    return f"{stem}{number}"


def _kind(text: str, before: Kind) -> Kind:
    return next((kind for kind in KINDS if kind == text), before)


def _pattern(text: str) -> Pattern:
    return next((pattern for pattern in PATTERNS if pattern == text), "")


def _texts(ask: Ask, definition: Definition, name: str, before: Texts) -> Texts:
    """A text in each language; those that the form does not show stay."""
    found = {tag: text for tag, text in before.items() if f"{name}.{tag}" not in ask.given}
    found |= {
        tag: text.replace("\r\n", "\n") for tag in definition.languages if (text := ask.text(f"{name}.{tag}"))
    }  # fmt: skip
    return found


def _choices(ask: Ask, definition: Definition, stem: str, before: list[Choice]) -> list[Choice]:
    known = {choice.key: choice for choice in before}
    found: list[Choice] = []
    for at in _places(ask, stem):
        key = ask.text(f"{stem}.{at}.key")
        old = known.get(key, Choice(key=key, text={}))
        picture = None if f"{stem}.{at}.unpicture" in ask.given else ask.text(f"{stem}.{at}.picture") or None
        found.append(Choice(key=key, text=_texts(ask, definition, f"{stem}.{at}", old.text), picture=picture))
    for line in ask.text(f"{stem}.more").splitlines():
        if text := line.strip():
            found.append(
                Choice(key=free_key((each.key for each in found), stem[0]), text={definition.languages[0]: text})
            )
    return found if _places(ask, stem) or found else before


def _places(ask: Ask, stem: str) -> list[str]:
    places = {name.split(".")[1] for name in ask.given if name.startswith(f"{stem}.") and name.endswith(".key")}
    return sorted((at for at in places if at.isdecimal()), key=int)


def _labels(ask: Ask, definition: Definition, question: Question) -> dict[str, Texts]:
    found = {name: _texts(ask, definition, f"label.{name}", question.labels.get(name, {})) for name in _LABELS}
    return {name: texts for name, texts in found.items() if texts}


def _effect(ask: Ask, kind: Kind) -> Effect | None:
    attribute = ask.text("attribute") or None if kind != "matrix" else None
    tags = {
        ask.text(f"choice.{at}.key"): tag for at in _places(ask, "choice") if (tag := ask.text(f"choice.{at}.tag"))
    }  # fmt: skip
    if kind == "consent":
        tags = {"yes": tag} if (tag := ask.text("tag.yes")) else {}
    if other := ask.text("tag.other"):
        tags["other"] = other
    if kind not in TAGGED:
        tags = {}
    return Effect(attribute=attribute, tags=tags) if attribute or tags else None


def _jumps(ask: Ask, form: QuestionForm, definition: Definition, known: list[Question]) -> list[JumpForm]:
    places = {name.split(".")[1] for name in ask.given if name.startswith("jump.") and name.endswith(".to")}
    keys = {each.key for each in definition.questions} | {END}
    found = []
    for at in sorted((each for each in places if each.isdecimal()), key=int):
        chosen = _chosen(ask, form, f"jump.{at}", known)
        text = "" if chosen.terms else ask.text(f"jump.{at}.text")
        to = ask.text(f"jump.{at}.to")
        found.append(JumpForm(chosen, to if to in keys else END, text))
    return found


def _chosen(ask: Ask, form: QuestionForm, stem: str, known: list[Question]) -> Chosen:
    by_key = {each.key: each for each in known}
    terms: list[Term] = []
    for at in _terms(ask, stem):
        name = f"{stem}.{at}"
        question = by_key.get(ask.text(f"{name}.question"))
        if question is None:
            continue
        asked = Term(question.key, ask.text(f"{name}.row"), ask.text(f"{name}.sign"), ask.text(f"{name}.value"))
        term = conditions.fit(asked, question)
        if (wrong := conditions.trouble(term, question)) is not None:
            form.errors[f"{stem}.{len(terms)}"] = wrong
        terms.append(term)
    return Chosen(tuple(terms), any=ask.text(f"{stem}.any") == "any")


def _terms(ask: Ask, stem: str) -> list[str]:
    depth = stem.count(".") + 1
    places = {
        name.split(".")[depth] for name in ask.given if name.startswith(f"{stem}.") and name.endswith(".question")
    }  # fmt: skip
    return sorted((at for at in places if at.isdecimal()), key=int)


def _decimal(ask: Ask, form: QuestionForm, name: str) -> Decimal | None:
    text = ask.text(name)
    if not text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) > 10**12:
        _wrong(form, name, text, Words(en="use a number", zh="请填写数字"))
        return None
    return number


def _day(ask: Ask, form: QuestionForm, name: str) -> str | None:
    text = ask.text(name)
    if not text:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        _wrong(form, name, text, Words(en="use a date like 2026-01-31", zh="请填写日期，如 2026-01-31"))
        return None


def _whole(ask: Ask, form: QuestionForm, name: str, default: int, most: int) -> int:
    text = ask.text(name)
    if not text:
        return default
    if text.isascii() and text.isdecimal() and 1 <= int(text) <= most:
        return int(text)
    _wrong(form, name, text, Words(en=f"use 1 to {most}", zh=f"请填写 1 到 {most}"))
    return default


def _wrong(form: QuestionForm, name: str, typed: str, words: Words) -> None:
    form.errors[name], form.typed[name] = words, typed
