"""Conditions over answers: a small typed language, checked when a survey is saved.

    skin = "dry" and nps >= 9              one choice, a number
    has(styles, "street") or count(styles) > 2     several choices; of a text, whether it holds the words
    answered(launch) and not (launch < "2026-06-01")     a date
    colour in ("red", "blue"), fit.sleeves = "short"     one of several; a row of a matrix

`and` binds closer than `or`, `not` closest. What is not answered makes every comparison false, `!=` too, so that `not`
in front of one holds for those who did not answer. A consent is `"yes"` or `"no"`. An empty condition always holds.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from tenants.kit.words import Words
from tenants.surveys.rules.refusals import ExpressionRefused
from tenants.surveys.rules.saying import choices_of
from tenants.surveys.rules.syntax import (
    And,
    Answered,
    Compare,
    Count,
    Expression,
    Has,
    In,
    Name,
    Not,
    Operand,
    Or,
    Sign,
    Value,
    parse,
    write,
)
from tenants.surveys.rules.values import SCALED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tenants.surveys.rules.definition import Definition, Question
    from tenants.surveys.rules.values import Given

__all__ = ["Expression", "check", "holds", "names", "parse", "write"]


def holds(condition: str | Expression | None, answers: Mapping[str, Given]) -> bool:  # noqa: PLR0911  a case each
    """Whether a condition holds for these answers. Raises ExpressionRefused where it is a text that cannot be read."""
    expression = parse(condition) if isinstance(condition, str) else condition
    match expression:
        case None:
            return True
        case Or(parts):
            return any(holds(part, answers) for part in parts)
        case And(parts):
            return all(holds(part, answers) for part in parts)
        case Not(part):
            return not holds(part, answers)
        case Answered(name):
            given = answers.get(name.key)
            return given is not None and (bool(given.rows.get(name.row)) if name.row else not given.empty)
        case Has(name, Value(value)):
            return _has(name, str(value), answers)
        case In(name, values):
            return any(_compare("=", _known(name, answers), one.value) for one in values)
        case Compare(sign, left, right):
            return _compare(sign, _known(left, answers), _known(right, answers))


def names(expression: Expression | None) -> Iterator[Name]:
    """Every answer that a condition asks for."""
    match expression:
        case Or(parts) | And(parts):
            for part in parts:
                yield from names(part)
        case Not(part):
            yield from names(part)
        case Answered(name) | Has(name, _):
            yield name
        case In(left, _):
            yield from _named(left)
        case Compare(_, left, right):
            yield from _named(left)
            yield from _named(right)


def _named(operand: Operand) -> Iterator[Name]:
    if isinstance(operand, Name):
        yield operand
    elif isinstance(operand, Count):
        yield operand.name


def check(condition: str, definition: Definition, *, before: str | None = None) -> list[Words]:
    """What is wrong with a condition, in sentences that say what to do; nothing where it can be used.

    Only questions that are asked before that of the key `before` may be named; without it, any.
    """
    try:
        expression = parse(condition)
    except ExpressionRefused as error:
        return [Words(en=error.say("en"), zh=error.say("zh"))]
    known = {question.key: question for question in definition.questions}
    if before is not None:
        order = [question.key for question in in_order(definition)]
        known = {key: known[key] for key in order[: order.index(before)]}
    try:
        _check(expression, known, {question.key for question in definition.questions})
    except _Unfit as unfit:
        return [unfit.words]
    return []


def in_order(definition: Definition) -> list[Question]:
    """The questions in the order in which a member meets them: by phase, then as they stand."""
    return sorted(definition.questions, key=lambda question: question.phase)


class _Unfit(Exception):
    """What does not fit, in words."""

    def __init__(self, en: str, zh: str) -> None:
        self.words = Words(en=en, zh=zh)


_CHOICE = frozenset({"single", "dropdown", "consent"})
_TEXT = frozenset({"short", "long"})
_ORDERED = frozenset({"number", "date"})


def _check(expression: Expression | None, known: Mapping[str, Question], all_keys: set[str]) -> None:
    match expression:
        case Or(parts) | And(parts):
            for part in parts:
                _check(part, known, all_keys)
        case Not(part):
            _check(part, known, all_keys)
        case Answered(name):
            _question(name, known, all_keys)
        case Has(name, value):
            _check_has(name, value, known, all_keys)
        case In(left, values):
            for value in values:
                _check_pair("=", left, value, known, all_keys)
        case Compare(sign, left, right):
            _check_pair(sign, left, right, known, all_keys)


def _question(name: Name, known: Mapping[str, Question], all_keys: set[str]) -> Question:
    question = known.get(name.key)
    if question is None and name.key in all_keys:
        raise _Unfit(
            f"“{name.key}” is asked later, so its answer is not known here. Move it up, or use an earlier question",
            f"“{name.key}”排在后面，此处还没有它的回答。请把它移到前面，或改用更早的题目",
        )
    if question is None:
        raise _Unfit(
            f"there is no question “{name.key}”. Use the key of a question of this survey",
            f"没有题目“{name.key}”，请使用本问卷中题目的标识",
        )
    if name.row and (question.kind != "matrix" or all(row.key != name.row for row in question.rows)):
        raise _Unfit(f"“{name.key}” has no row “{name.row}”", f"“{name.key}”没有行“{name.row}”")
    return question


def _type(operand: Operand, known: Mapping[str, Question], all_keys: set[str]) -> str:
    """`number`, `date`, `text`, `choice` (one of a question), or `words` for a text that stands in the condition."""
    if isinstance(operand, Value):
        return "number" if isinstance(operand.value, Decimal) else "words"
    name = operand.name if isinstance(operand, Count) else operand
    question = _question(name, known, all_keys)
    several = question.kind in {"multiple", "ranking"} or (question.kind in {"picture", "matrix"} and question.several)
    if isinstance(operand, Count):
        if not several or (question.kind == "matrix" and not name.row):
            raise _Unfit(
                f"count() is for questions with several choices, and “{name.key}” has none",
                f"count() 仅用于可多选的题目，“{name.key}”不是",
            )
        return "number"
    if question.kind == "matrix" and not name.row:
        row = question.rows[0].key if question.rows else "row"
        raise _Unfit(
            f"say which row of “{name.key}”: {name.key}.{row}", f"请指明“{name.key}”的哪一行：{name.key}.{row}"
        )
    if several:
        choice = question.choices[0].key if question.choices else "…"
        raise _Unfit(
            f'several of “{name.key}” can be chosen: use has({name.key}, "{choice}")',
            f'“{name.key}”可以多选，请使用 has({name.key}, "{choice}")',
        )
    if question.kind in SCALED or question.kind == "number":
        return "number"
    return question.kind if question.kind == "date" else "text" if question.kind in _TEXT else "choice"


def _check_pair(sign: Sign, left: Operand, right: Operand, known: Mapping[str, Question], all_keys: set[str]) -> None:
    kinds = (_type(left, known, all_keys), _type(right, known, all_keys))
    for one, other, kind in ((left, right, kinds[1]), (right, left, kinds[0])):
        if isinstance(one, Value) and isinstance(other, Name):
            _check_value(one, other, kind, known)
    named = [kind for kind in kinds if kind != "words"]
    if not named or all(isinstance(side, Value) for side in (left, right)):
        raise _Unfit("compare the answer to a question with something", "请用题目的回答进行比较")
    if len(set(named)) > 1:
        raise _Unfit(f"a {named[0]} cannot be compared with a {named[1]}", f"{_ZH[named[0]]}与{_ZH[named[1]]}不能比较")
    if "words" in kinds and named[0] == "number":
        raise _Unfit("compare a number with a number, without quotation marks", "数字请与数字比较，不要加引号")
    if sign not in {"=", "!="} and named[0] not in _ORDERED:
        raise _Unfit(
            f"“{sign}” is for numbers and dates; use = or != here", f"“{sign}”仅用于数字和日期，此处请用 = 或 !="
        )


_ZH = {"number": "数字", "date": "日期", "text": "文字", "choice": "选项"}


def _check_value(value: Value, name: Name, kind: str, known: Mapping[str, Question]) -> None:
    if isinstance(value.value, Decimal):
        return
    if kind == "date":
        try:
            date.fromisoformat(value.value)
        except ValueError:
            raise _Unfit(
                f"“{value.value}” is no date; write 2026-01-31", f"“{value.value}”不是日期，请写成 2026-01-31"
            ) from None
    elif kind == "choice":
        _check_choice(known[name.key], value.value)


def _check_choice(question: Question, key: str) -> None:
    offered = [choice.key for choice in choices_of(question)]
    if key not in offered:
        raise _Unfit(
            f"“{question.key}” has no choice “{key}”. It has: {', '.join(offered)}",
            f"“{question.key}”没有选项“{key}”，可用：{'、'.join(offered)}",
        )


def _check_has(name: Name, value: Value, known: Mapping[str, Question], all_keys: set[str]) -> None:
    question = _question(name, known, all_keys)
    if isinstance(value.value, Decimal):
        raise _Unfit('has() looks for a choice or words: put them in "…"', 'has() 查找选项或文字，请加上引号 "…"')
    if question.kind in _TEXT:
        if not value.value:
            raise _Unfit("say which words to look for", "请写明要查找的文字")
        return
    if question.kind == "matrix" and not name.row:
        row = question.rows[0].key if question.rows else "row"
        raise _Unfit(
            f"say which row of “{name.key}”: {name.key}.{row}", f"请指明“{name.key}”的哪一行：{name.key}.{row}"
        )
    if not question.choices and question.kind != "consent":
        raise _Unfit(
            f"has() is for choices and texts, and “{name.key}” is neither", f"has() 仅用于选项和文字，“{name.key}”不是"
        )
    _check_choice(question, value.value)


_Known: TypeAlias = "Decimal | date | str | tuple[str, ...] | None"


def _known(operand: Operand, answers: Mapping[str, Given]) -> _Known:
    """What stands for an operand: None where it was not answered."""
    if isinstance(operand, Value):
        return operand.value
    name = operand.name if isinstance(operand, Count) else operand
    given = answers.get(name.key)
    if given is None or given.empty:
        return None
    chosen = given.rows.get(name.row, ()) if name.row else given.choices
    if isinstance(operand, Count):
        return Decimal(len(chosen)) if chosen else None
    if chosen:
        return chosen[0] if len(chosen) == 1 else chosen
    return given.number if given.number is not None else given.day or given.text or None


def _compare(sign: Sign, left: _Known, right: _Known) -> bool:
    if left is None or right is None:
        return False
    if isinstance(left, date) and isinstance(right, str):
        right = _date(right)
    elif isinstance(right, date) and isinstance(left, str):
        left = _date(left)
    if sign in {"=", "!="}:
        return (left == right) == (sign == "=")
    if not (isinstance(left, Decimal) and isinstance(right, Decimal)) and not (
        isinstance(left, date) and isinstance(right, date)
    ):
        return False
    before, same = left < right, left == right  # type: ignore[operator]  # both are of one kind
    return {"<": before, "<=": before or same, ">": not before and not same, ">=": not before}[sign]


def _has(name: Name, value: str, answers: Mapping[str, Given]) -> bool:
    given = answers.get(name.key)
    if given is None:
        return False
    if name.row:
        return value in given.rows.get(name.row, ())
    return value in given.choices if given.choices else bool(given.text) and value.casefold() in given.text.casefold()


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
