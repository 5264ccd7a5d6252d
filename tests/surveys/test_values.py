"""Answers as they come from the API and from forms, checked by the kind of their question, kept and said again."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.kit.words import reading
from tenants.surveys.rules import saying
from tenants.surveys.rules.definition import KINDS, Question
from tenants.surveys.rules.refusals import AnswerRefused
from tenants.surveys.rules.values import Given, from_rows, read_answer, read_form, require, to_rows
from tests.make.surveys import choices, question

ASKED: dict[str, Question] = {
    "single": question("q", "single", other=True),
    "multiple": question("q", "multiple", other=True, least=1, most=2),
    "dropdown": question("q", "dropdown"),
    "rating": question("q", "rating", most=5),
    "nps": question("q", "nps"),
    "csat": question("q", "csat"),
    "ces": question("q", "ces"),
    "short": question("q", "short", least=2, most=10),
    "long": question("q", "long"),
    "number": question("q", "number", least=Decimal("-1.5"), most=Decimal(100)),
    "date": question("q", "date", earliest="2026-01-01", latest="2026-12-31"),
    "ranking": question("q", "ranking"),
    "matrix": question("q", "matrix"),
    "picture": question("q", "picture", choices=choices("a", "b")),
    "consent": question("q", "consent"),
}
GOOD: list[tuple[str, Any, Given]] = [
    ("single", "a", Given(choices=("a",))),
    ("single", ["b"], Given(choices=("b",))),
    ("single", {"choices": ["other"], "other": " green "}, Given(choices=("other",), text="green")),
    ("multiple", ["c", "a"], Given(choices=("a", "c"))),
    ("multiple", {"choices": ["other", "a"], "other": "x"}, Given(choices=("a", "other"), text="x")),
    ("dropdown", "c", Given(choices=("c",))),
    ("rating", 5, Given(number=Decimal(5))),
    ("rating", "3", Given(number=Decimal(3))),
    ("nps", 0, Given(number=Decimal(0))),
    ("csat", 1.0, Given(number=Decimal(1))),
    ("ces", 7, Given(number=Decimal(7))),
    ("short", " two  words\n", Given(text="two words")),
    ("long", "a\r\nb\x07", Given(text="a\nb")),
    ("number", "99.5", Given(number=Decimal("99.5"))),
    ("number", -1.5, Given(number=Decimal("-1.5"))),
    ("number", "-0", Given(number=Decimal(0))),
    ("date", "2026-02-28", Given(day=date(2026, 2, 28))),
    ("ranking", ["c", "a", "b"], Given(choices=("c", "a", "b"))),
    ("matrix", {"bottom": "b", "top": "a"}, Given(rows={"top": ("a",), "bottom": ("b",)})),
    ("matrix", {"top": ["a"], "bottom": None}, Given(rows={"top": ("a",)})),
    ("picture", "b", Given(choices=("b",))),
    ("consent", True, Given(choices=("yes",))),
    ("consent", False, Given(choices=("no",))),
]
BAD: list[tuple[str, Any]] = [
    ("single", "z"), ("single", ["a", "b"]), ("single", 3), ("single", True), ("single", {"choices": "a", "x": 1}),
    ("single", {"choices": ["a"], "other": "without its choice"}), ("single", {"other": "alone"}), ("single", [["a"]]),
    ("multiple", ["a", "b", "c"]), ("multiple", ["a", "a"]), ("multiple", {"choices": ["other"], "other": 3}),
    ("multiple", {"choices": ["other"], "other": "x" * 501}), ("dropdown", "other"), ("rating", 0), ("rating", 6),
    ("rating", 4.5), ("rating", True), ("nps", 11), ("nps", -1), ("csat", 0), ("ces", 8), ("nps", "ten"), ("nps", [9]),
    ("short", "x"), ("short", "x" * 11), ("short", 12), ("short", {"a": 1}), ("long", "x" * 5001), ("number", "1e400"),
    ("number", "NaN"), ("number", "Infinity"), ("number", 100.5), ("number", -2), ("number", "0.1234567"),
    ("number", "9" * 50), ("date", "2026-02-30"), ("date", "31.12.2026"), ("date", "2025-12-31"),
    ("date", "2027-01-01"), ("date", 20260101), ("date", "2026-1-1"), ("ranking", ["a", "b"]),
    ("ranking", ["a", "b", "b"]), ("ranking", "a"), ("matrix", "a"), ("matrix", {"left": "a"}), ("matrix", {"top": "z"}),
    ("matrix", {"top": ["a", "b"]}), ("matrix", {"top": {"a": 1}}), ("picture", ["a", "b"]), ("picture", "c"),
    ("consent", "yes"), ("consent", 1), ("consent", ["yes"]),
]  # fmt: skip


def test_every_kind_is_tried() -> None:
    assert {kind for kind, _, _ in GOOD} == {kind for kind, _ in BAD} == set(ASKED) == set(KINDS)


@pytest.mark.parametrize(("kind", "raw", "expected"), GOOD, ids=str)
def test_what_a_kind_takes_is_read(kind: str, raw: Any, expected: Given) -> None:
    assert read_answer(ASKED[kind], raw, ["en"]) == expected


@pytest.mark.parametrize(("kind", "raw"), BAD, ids=str)
def test_what_a_kind_does_not_take_is_refused_in_both_languages(kind: str, raw: Any) -> None:
    told = set()
    for language in ("en", "zh"):
        with pytest.raises(AnswerRefused) as refusal:
            read_answer(ASKED[kind], raw, ["en", "zh"], language)
        assert refusal.value.facts["param"] == "answers.q"
        told.add(refusal.value.say())
    assert len(told) == 2


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("raw", [None, "", [], {}])
def test_nothing_is_no_answer_to_any_kind(kind: str, raw: Any) -> None:
    assert read_answer(ASKED[kind], raw).empty
    assert to_rows(ASKED[kind], Given()) == []
    assert saying.show(ASKED[kind], Given()) is None


def test_the_questions_own_words_come_first_in_the_members_language() -> None:
    asked = question("q", "nps", error={"en": "Ten at most!", "zh": "最多十分！", "ja": "十点まで"})
    for language, words in (("en", "Ten at most!"), ("zh", "最多十分！"), ("ja", "十点まで"), ("fr", "最多十分！")):
        with pytest.raises(AnswerRefused) as refusal:
            read_answer(asked, 11, ["zh", "en", "ja"], language)
        assert refusal.value.say() == words
    with reading("zh"), pytest.raises(AnswerRefused) as refusal:
        read_answer(question("q", "nps"), 11)
    assert refusal.value.say() == "请在 0 到 10 之间选择。"


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        ("email", ["li@example.com", "a.b+c@mail.example.co.uk"], ["li", "li@", "@example.com", "a b@example.com", "li@example", "li@.com"]),
        ("phone", ["13800138000", "+86 138-0013-8000", "(010)"[1:4] + " 1234 5678"], ["phone", "12", "+", "1" * 30]),
        ("url", ["https://example.com", "http://例子.cn/a?b=c"], ["example.com", "https://", "javascript:alert(1)", "https://a b.com"]),
        ("postcode", ["310000", "SW1A 1AA", "90210-1234"], ["x", "!!!!", "12345678901"]),
    ],
)  # fmt: skip
def test_a_short_text_looks_as_it_must(pattern: str, good: list[str], bad: list[str]) -> None:
    asked = question("q", "short", pattern=pattern)
    for text in good:
        assert read_answer(asked, text).text == text
    for text in bad:
        with pytest.raises(AnswerRefused):
            read_answer(asked, text)


def test_what_is_required_must_be_said_in_full() -> None:
    for asked, enough, too_little in (
        (question("q", required=True), {"choices": ("a",)}, {}),
        (question("q", "consent", required=True), {"choices": ("yes",)}, {"choices": ("no",)}),
        (
            question("q", "matrix", required=True),
            {"rows": {"top": ("a",), "bottom": ("a",)}},
            {"rows": {"top": ("a",)}},
        ),
        (question("q", other=True), {"choices": ("other",), "text": "x"}, {"choices": ("other",)}),
    ):
        require(asked, Given(**enough))
        with pytest.raises(AnswerRefused):
            require(asked, Given(**too_little))
    require(question("q"), None)
    require(question("q", "consent"), Given(choices=("no",)))
    with pytest.raises(AnswerRefused):
        require(question("q", required=True), None)


@pytest.mark.parametrize(
    ("kind", "fields", "raw"),
    [
        ("single", {"q.q": ["a"]}, "a"), ("single", {"q.q": [" "]}, None), ("single", {}, None),
        ("single", {"q.q": ["other"], "q.q.other": ["green"]}, {"choices": ["other"], "other": "green"}),
        ("single", {"q.q": ["a"], "q.q.other": ["left over"]}, "a"), ("multiple", {"q.q": ["a", "b"]}, ["a", "b"]),
        ("dropdown", {"q.q": [""]}, None), ("nps", {"q.q": ["9"]}, "9"), ("long", {"q.q": ["a\nb"]}, "a\nb"),
        ("ranking", {"q.q.a": ["2"], "q.q.b": ["1"], "q.q.c": ["3"]}, ["b", "a", "c"]),
        ("ranking", {"q.q": ["c", "b", "a"]}, ["c", "b", "a"]), ("ranking", {"q.q.a": [""]}, None),
        ("matrix", {"q.q.top": ["a"], "q.q.bottom": [""]}, {"top": "a"}), ("matrix", {"q.q": ["a"]}, None),
        ("picture", {"q.q": ["b"]}, "b"), ("consent", {"q.q": ["yes"]}, True), ("consent", {"q.q": ["no"]}, False),
        ("date", {"q.q": ["2026-05-01"]}, "2026-05-01"), ("number", {"other.q": ["1"]}, None),
    ],
    ids=str,
)  # fmt: skip
def test_a_form_says_the_same_as_the_api(kind: str, fields: dict[str, list[str]], raw: Any) -> None:
    assert read_form(ASKED[kind], fields) == raw


@pytest.mark.parametrize("places", [{"q.q.a": ["1"], "q.q.b": ["1"]}, {"q.q.a": ["first"]}, {"q.q.a": ["0"]}])
def test_places_of_a_ranking_that_make_no_order_are_refused(places: dict[str, list[str]]) -> None:
    with pytest.raises(AnswerRefused):
        read_form(ASKED["ranking"], places)


@pytest.mark.parametrize(("kind", "raw", "expected"), GOOD, ids=str)
def test_what_is_kept_comes_back_and_is_shown_as_it_can_be_sent_again(kind: str, raw: Any, expected: Given) -> None:
    rows = to_rows(ASKED[kind], read_answer(ASKED[kind], raw))
    assert from_rows([asdict(row) for row in rows]) == expected
    assert read_answer(ASKED[kind], saying.show(ASKED[kind], expected)) == expected


def test_a_matrix_is_kept_by_row_and_text_with_what_it_is_found_by() -> None:
    rows = to_rows(ASKED["matrix"], Given(rows={"top": ("a",), "bottom": ("b",)}))
    assert [(row.part, row.choices) for row in rows] == [("top", ["a"]), ("bottom", ["b"])]
    (row,) = to_rows(ASKED["long"], Given(text="很喜欢 this cream"))
    assert row.tokens
    assert {"喜欢", "this", "cream"} <= set(row.tokens)


@pytest.mark.parametrize(
    ("kind", "answer", "en", "zh"),
    [
        ("single", Given(choices=("a",)), "A", "选项 a"),
        ("single", Given(choices=("other",), text="green"), "green", "green"),
        ("multiple", Given(choices=("a", "b")), "A, B", "选项 a、选项 b"),
        ("consent", Given(choices=("yes",)), "Yes", "是"),
        ("matrix", Given(rows={"top": ("a",)}), "Top: A", "选项 top: 选项 a"),
        ("number", Given(number=Decimal("10.500000")), "10.5", "10.5"),
        ("nps", Given(number=Decimal(10)), "10", "10"),
        ("date", Given(day=date(2026, 1, 2)), "2026-01-02", "2026-01-02"),
        ("long", Given(text="words"), "words", "words"),
    ],
)
def test_an_answer_is_said_in_words(kind: str, answer: Given, en: str, zh: str) -> None:
    for language, words in (("en", en), ("zh", zh)):
        assert saying.in_words(ASKED[kind], answer, ["en", "zh"], language) == words


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(["a", "other"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["choices", "other", "top", "x"]), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@given(kind=st.sampled_from(KINDS), raw=JSON)
def test_whatever_is_sent_is_an_answer_that_can_be_kept_or_is_refused(kind: str, raw: Any) -> None:
    asked = ASKED[kind]
    try:
        found = read_answer(asked, raw, ["en"])
    except AnswerRefused as refusal:
        assert refusal.say()  # noqa: PT017  either is well
        return
    assert from_rows([asdict(row) for row in to_rows(asked, found)]) == found
    assert read_answer(asked, saying.show(asked, found)) == found
    assert "\x00" not in found.text


@given(kind=st.sampled_from(KINDS), fields=st.dictionaries(st.sampled_from(["q.q", "q.q.other", "q.q.a", "q.q.top"]), st.lists(st.text(max_size=8), max_size=3)))  # fmt: skip
def test_no_form_breaks_the_reader(kind: str, fields: dict[str, list[str]]) -> None:
    try:
        read_answer(ASKED[kind], read_form(ASKED[kind], fields))
    except AnswerRefused as refusal:
        assert refusal.say()  # noqa: PT017  either is well
