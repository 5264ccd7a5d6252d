"""Conditions: how they are read, what they mean, and what is told of those that make no sense."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.surveys.rules.expressions import check, holds, parse, write
from tenants.surveys.rules.refusals import ExpressionRefused
from tenants.surveys.rules.syntax import (
    WORDS,
    And,
    Answered,
    Compare,
    Count,
    Expression,
    Has,
    In,
    Name,
    Not,
    Or,
    Value,
)
from tenants.surveys.rules.values import Given
from tests.make.surveys import definition, question

ASKED = definition(
    question("skin", other=True), question("styles", "multiple"), question("nps", "nps"), question("age", "number"),
    question("born", "date"), question("wish", "long"), question("fit", "matrix"), question("agreed", "consent"),
    question("order", "ranking"), question("later"),
)  # fmt: skip
SAID = {
    "skin": Given(choices=("a",)), "styles": Given(choices=("a", "b")), "nps": Given(number=Decimal(9)),
    "age": Given(number=Decimal("30.5")), "born": Given(day=date(2026, 3, 1)), "wish": Given(text="More Cream, please"),
    "fit": Given(rows={"top": ("b",)}), "agreed": Given(choices=("yes",)), "order": Given(choices=("c", "a", "b")),
}  # fmt: skip


@pytest.mark.parametrize(
    "true",
    [
        "", 'skin = "a"', 'skin != "b"', 'skin in ("b", "a")', 'has(styles, "b")', "count(styles) = 2", "nps >= 9",
        "nps > 8 and nps < 10", "nps <= 9", 'not skin = "b"', 'skin = "b" or nps = 9', "age = 30.5", "age > -1",
        'born >= "2026-03-01"', 'born < "2026-03-02"', 'born = "2026-03-01"', 'has(wish, "cream")', 'fit.top = "b"',
        "not answered(fit.bottom)", "answered(fit)", 'agreed = "yes"', "answered(nps)", "not answered(later)",
        'not later = "a"', 'skin = "b" and nps = 1 or age > 30', 'skin = "a" or nps = 1 and age > 99', "age > nps",
        '(skin = "b" or nps = 9) and age > 30', '"a" = skin', "9 <= nps", "nps in (8, 9)", "count(order) = 3",
    ],
)  # fmt: skip
def test_it_holds(true: str) -> None:
    assert check(true, ASKED) == []
    assert holds(true, SAID)
    assert true == "" or not holds(f"not ({true})", SAID)


@pytest.mark.parametrize(
    "false",
    ['later = "a"', 'later != "a"', 'later in ("a")', 'has(later, "a")', "answered(later)", 'fit.bottom = "a"',
     'has(styles, "c")', 'wish = "cream"', "age > 30.5", 'skin = "other"', 'born > "2026-03-01"'],
)  # fmt: skip
def test_it_does_not_hold(false: str) -> None:
    assert check(false, ASKED) == []
    assert not holds(false, SAID)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("skin", "comparison"), ("skin =", "missing"), ('= "a"', "missing"), ('skin = "a', "cannot be read"),
        ('skin = "a" nps = 9', "“and” or “or”"), ("(nps = 9", "“)” is missing"), ("nps = 9)", "“and” or “or”"),
        ('skin == "a"', "missing"), ("nps = 9 and", "missing"), ("not", "missing"), ("has(skin)", "“,” is missing"),
        ('has(, "a")', "key of a question"), ("nps in ()", "missing"), ("nps in 9", "“(” is missing"), ("𝒙 = 1", "cannot be read"),
        ("nps = 1e5", "cannot be read"), ("drop table x; --", "comparison"), ("__import__('os')", "cannot be read"),
        ('nobody = "a"', "no question “nobody”"), ('skin = "z"', "no choice “z”"), ("skin = 3", "choice cannot be compared with a number"),
        ('nps = "9"', "without quotation marks"), ("nps = skin", "number cannot be compared"), ('styles = "a"', 'has(styles, "a")'),
        ('skin > "a"', "for numbers and dates"), ('born = "soon"', "no date"), ("born > 3", "date cannot be compared"),
        ('fit = "a"', "which row"), ('fit.left = "a"', "no row “left”"), ('skin.top = "a"', "no row"), ("count(skin) = 1", "several choices"),
        ("count(fit) = 1", "several choices"), ('has(nps, "9")', "choices and texts"), ("has(skin, 3)", "put them in"), ('has(fit, "a")', "which row"),
        ('has(wish, "")', "which words"), ('"a" = "a"', "answer to a question"), ("1 = 1", "answer to a question"), ('has(styles, "z")', "no choice"),
        ('nps in (1, 2, "3")', "without quotation marks"), ("wish > 3", "text cannot be compared"), ('agreed = "maybe"', "no choice"),
        ("(" * 60 + "nps = 1" + ")" * 60, "too many"), ("not " * 60 + "nps = 1", "too many"), ("nps = 1 or " * 300 + "nps = 1", "at most"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_told_with_what_to_do(wrong: str, says: str) -> None:
    told = check(wrong, ASKED)
    assert len(told) == 1
    assert says in told[0].en
    assert told[0].zh != told[0].en


def test_only_what_was_asked_before_is_known() -> None:
    assert check('skin = "a"', ASKED, before="styles") == []
    for late in ("styles", "skin"):
        (told,) = check('skin = "a" and count(styles) > 1', ASKED, before=late)
        assert "later" in told.en
    phased = definition(question("second", phase=2), question("first"))
    assert check('first = "a"', phased, before="second") == []
    assert check('second = "a"', phased, before="first") != []


KEYS = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(lambda key: key not in WORDS)
NAMES = st.builds(Name, KEYS, st.just("") | st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,6}", fullmatch=True))
NUMBERS = st.decimals(-(10**9), 10**9, places=3).map(lambda number: Value(number))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12).map(Value)
VALUES = NUMBERS | TEXTS
OPERANDS = NAMES | VALUES | st.builds(Count, NAMES)
LEAVES: st.SearchStrategy[Expression] = (
    st.builds(Compare, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), OPERANDS, OPERANDS)
    | st.builds(In, NAMES, st.lists(VALUES, min_size=1, max_size=3).map(tuple))
    | st.builds(Has, NAMES, VALUES)
    | st.builds(Answered, NAMES)
)


def _several(kind: type[And | Or], inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    parts = inner.filter(lambda part: not isinstance(part, kind))
    return st.lists(parts, min_size=2, max_size=3).map(lambda some: kind(tuple(some)))


EXPRESSIONS: st.SearchStrategy[Expression] = st.recursive(
    LEAVES, lambda inner: _several(And, inner) | _several(Or, inner) | inner.map(Not), max_leaves=8
)


@given(EXPRESSIONS)
def test_what_is_written_reads_back_as_the_same(expression: Expression) -> None:
    text = write(expression)
    if len(text) <= 2000:
        assert parse(text) == expression
        assert write(parse(text)) == text


@given(st.text(max_size=60) | st.text('skinps()"=<>!, and or not in has .0123\\', max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    told = check(text, ASKED)
    try:
        expression = parse(text)
    except ExpressionRefused:
        assert told
        return
    assert parse(write(expression)) == expression
    if not told:
        assert holds(text, SAID) in {True, False}


@given(EXPRESSIONS)
def test_nothing_that_reads_breaks_when_it_is_asked(expression: Expression) -> None:
    check(write(expression), ASKED)
    for answers in ({}, SAID):
        assert holds(Not(expression), answers) is not holds(expression, answers)
