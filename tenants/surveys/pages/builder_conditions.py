"""Conditions as a seller puts them together, by choosing a question, a sign and a value; nobody types an expression.

What is chosen is written as an expression and read back from it. An expression that says more than can be chosen here
(made by the API) is left as it is, and told in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from tenants.kit.words import Words
from tenants.surveys.rules.definition import say
from tenants.surveys.rules.saying import choices_of
from tenants.surveys.rules.syntax import (
    And,
    Answered,
    Compare,
    Count,
    Expression,
    Has,
    Name,
    Not,
    Or,
    Value,
    parse,
)
from tenants.surveys.rules.syntax import write as written
from tenants.surveys.rules.values import SCALED, scale_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tenants.surveys.rules.definition import Definition, Question

_IS, _IS_NOT = Words(en="is", zh="是"), Words(en="is not", zh="不是")
_HAS, _HAS_NOT = Words(en="includes", zh="包含"), Words(en="does not include", zh="不包含")
_SIGNS: dict[str, Words] = {
    "=": _IS,
    "!=": _IS_NOT,
    "<=": Words(en="is at most", zh="不高于"),
    ">=": Words(en="is at least", zh="不低于"),
    "<": Words(en="is less than", zh="低于"),
    ">": Words(en="is more than", zh="高于"),
    "has": _HAS,
    "has_not": _HAS_NOT,
    "count": Words(en="has at least so many choices:", zh="所选项数不少于"),
    "answered": Words(en="was answered", zh="已回答"),
    "unanswered": Words(en="was not answered", zh="未回答"),
}
_DAYS: dict[str, Words] = {
    "<=": Words(en="is on or before", zh="不晚于"),
    ">=": Words(en="is on or after", zh="不早于"),
    "<": Words(en="is before", zh="早于"),
    ">": Words(en="is after", zh="晚于"),
}
WITHOUT_VALUE = frozenset({"answered", "unanswered"})
_ENDS = ("answered", "unanswered")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that must hold: of a question (or a row of a matrix), a sign and a value."""

    question: str
    row: str = ""
    sign: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Terms of which all must hold, or any."""

    terms: tuple[Term, ...] = ()
    any: bool = False


def signs(question: Question) -> list[tuple[str, Words]]:
    """What can be said of the answer to a question, the most usual first."""
    if question.kind in {"short", "long"}:
        names: tuple[str, ...] = ("has", "has_not")
    elif _several(question):
        names = ("has", "has_not", "count")
    elif question.kind in SCALED or question.kind in {"number", "date"}:
        names = ("<=", ">=", "=", "!=", "<", ">")
    else:
        names = ("=", "!=")
    days = _DAYS if question.kind == "date" else {}
    return [(name, days.get(name) or _SIGNS[name]) for name in (*names, *_ENDS)]


def offered(question: Question, sign: str, languages: Sequence[str]) -> list[tuple[str, str]]:
    """The values that can be chosen with a sign; none where one is typed."""
    if sign == "count":
        return [(str(number), str(number)) for number in range(1, len(choices_of(question)) + 1)]
    if question.kind in SCALED:
        least, most = scale_of(question)
        return [(str(number), str(number)) for number in range(least, most + 1)]
    return [(one.key, say(one.text, languages=list(languages)) or one.key) for one in choices_of(question)]


def first(question: Question) -> Term:
    """What is proposed when a question is chosen."""
    return fit(Term(question.key), question)


def fit(term: Term, question: Question) -> Term:
    """The term with what its question cannot have exchanged for what is usual."""
    names = [name for name, _ in signs(question)]
    sign = term.sign if term.sign in names else names[0]
    rows = [row.key for row in question.rows] if question.kind == "matrix" else []
    row = term.row if term.row in rows else next(iter(rows), "")
    values = [value for value, _ in offered(question, sign, ())]
    value = "" if sign in WITHOUT_VALUE else term.value
    if values and sign not in WITHOUT_VALUE and value not in values:
        value = values[_usual(question, sign, len(values))]
    return Term(question.key, row, sign, value)


def trouble(term: Term, question: Question) -> Words | None:
    """What keeps a fitting term from being written."""
    if term.sign in WITHOUT_VALUE:
        return None
    if not term.value:
        return Words(en="fill in the value", zh="请填写比较的值")
    if question.kind == "number" and _number(term.value) is None:
        return Words(en="use a number", zh="请填写数字")
    if question.kind == "date" and not _is_day(term.value):
        return Words(en="use a date like 2026-01-31", zh="请填写日期，如 2026-01-31")
    return None


def write(chosen: Chosen, definition: Definition) -> str:
    """The expression of what was chosen; empty where nothing was."""
    parts = tuple(
        _expression(fit(term, question), question)
        for term in chosen.terms if (question := definition.question(term.question)) is not None
    )  # fmt: skip
    if not parts:
        return ""
    if len(parts) == 1:
        return written(parts[0])
    return written(Or(parts) if chosen.any else And(parts))


def read(text: str) -> Chosen | None:
    """What was chosen for an expression to come out like that; None where it says more than can be chosen."""
    expression = parse(text)
    if expression is None:
        return Chosen()
    parts = expression.parts if isinstance(expression, And | Or) else (expression,)
    terms = [_term(part) for part in parts]
    if any(term is None for term in terms):
        return None
    return Chosen(tuple(term for term in terms if term is not None), any=isinstance(expression, Or))


def explain(text: str, definition: Definition) -> str:
    """A condition in the reader's words; as it stands where it says more than can be chosen."""
    chosen = read(text)
    if chosen is None:
        return text
    joined = (Words(en=" or ", zh=" 或 ") if chosen.any else Words(en=" and ", zh=" 且 ")).say()
    return joined.join(_explained(term, definition) for term in chosen.terms)


def _explained(term: Term, definition: Definition) -> str:
    question = definition.question(term.question)
    if question is None:
        return f"{term.question} ?"
    languages = definition.languages
    asked = say(question.text, languages=languages) or question.key
    name = f"“{asked[:40]}{'…' if len(asked) > 40 else ''}”"  # noqa: PLR2004  as much as is read at a glance
    if term.row:
        rows = {row.key: say(row.text, languages=languages) for row in question.rows}
        name += f" · {rows.get(term.row) or term.row}"
    sign = dict(signs(question)).get(term.sign, _SIGNS[term.sign]).say()
    if term.sign in WITHOUT_VALUE:
        return f"{name} {sign}"
    value = dict(offered(question, term.sign, languages)).get(term.value, term.value)
    return f"{name} {sign} {value}"


def _several(question: Question) -> bool:
    return question.kind in {"multiple", "ranking"} or (question.kind in {"picture", "matrix"} and question.several)


def _usual(question: Question, sign: str, count: int) -> int:
    """Which value is proposed: of a scale the lower third for “at most”, the upper for “at least”."""
    if question.kind not in SCALED:
        return 0
    return {"<=": count // 2, "<": count // 2, ">=": count - 2, ">": count - 2}.get(sign, 0)


def _expression(term: Term, question: Question) -> Expression:
    name = Name(term.question, term.row)
    numeric = question.kind in SCALED or question.kind == "number"
    value = Value(_number(term.value) or Decimal(0)) if numeric else Value(term.value)
    match term.sign:
        case "answered":
            return Answered(name)
        case "unanswered":
            return Not(Answered(name))
        case "has":
            return Has(name, Value(term.value))
        case "has_not":
            return Not(Has(name, Value(term.value)))
        case "count":
            return Compare(">=", Count(name), Value(Decimal(term.value)))
        case "=" | "!=" | "<=" | ">=" | "<" | ">" as sign:
            return Compare(sign, name, value)
    raise ValueError(term.sign)


def _term(part: Expression) -> Term | None:  # noqa: PLR0911  a case each
    match part:
        case Answered(Name(key, row)):
            return Term(key, row, "answered")
        case Not(Answered(Name(key, row))):
            return Term(key, row, "unanswered")
        case Has(Name(key, row), Value(str(value))):
            return Term(key, row, "has", value)
        case Not(Has(Name(key, row), Value(str(value)))):
            return Term(key, row, "has_not", value)
        case Compare(">=", Count(Name(key, row)), Value(Decimal() as number)):
            return Term(key, row, "count", f"{number:f}")
        case Compare(sign, Name(key, row), Value(value)):
            return Term(key, row, sign, f"{value:f}" if isinstance(value, Decimal) else value)
    return None


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < 10**12 else None


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
