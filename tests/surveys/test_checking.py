"""What keeps a survey from going live: each mistake is named with its question, and what to do is said."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.kit import ids
from tenants.surveys import Choice, Definition, Effect, Jump, Question
from tenants.surveys.rules import definition as definitions
from tenants.surveys.rules.checking import completeness, problems
from tenants.surveys.rules.definition import KINDS
from tenants.surveys.rules.translating import texts_of, translate
from tests.make.surveys import choices, definition, question

PICTURE = ids.show("pic", ids.new())


def pictured(*keys: str) -> list[Choice]:
    return [Choice(key=key, text={}, picture=PICTURE) for key in keys]


WHOLE: dict[str, dict[str, Any]] = {
    "picture": {"choices": pictured("a", "b"), "several": True, "most": Decimal(2)}, "rating": {"most": Decimal(10), "labels": {"low": {"en": "bad"}}},
    "multiple": {"other": True, "least": Decimal(1), "most": Decimal(4), "shuffled": True, "effect": Effect(tags={"a": "tag", "other": "else"})},
    "matrix": {"several": True}, "number": {"least": Decimal("-0.5"), "most": Decimal(10)}, "short": {"pattern": "email", "most": Decimal(100)},
    "date": {"earliest": "2026-01-01", "latest": "2026-01-01"}, "consent": {"required": True, "effect": Effect(tags={"yes": "agreed"})},
    "single": {"other": True, "effect": Effect(attribute="skin")}, "ranking": {"most": Decimal(2)}, "long": {"least": Decimal(5)},
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_asked_with_all_that_belongs_to_it(kind: str) -> None:
    assert problems(definition(question("q", kind, **WHOLE.get(kind, {})))) == []


def broken(*questions: Question, **more: Any) -> Definition:
    return definition(question("first"), *questions, **more)


MISTAKES: list[tuple[str, Definition, str, str]] = [
    ("nothing asked", Definition(), "", "add a question"),
    ("too many", definition(*(question(f"q{number}") for number in range(101))), "", "at most 100"),
    ("a language twice", definition(languages=["zh", "zh"]), "", "each once"),
    ("no language", definition(languages=[]), "", "1 to 20 languages"),
    ("an odd language", definition(languages=["english"]), "", "is no language"),
    ("a colour", definition(colour="red"), "", "#rrggbb"),
    ("a picture", definition(start_picture="pic_x"), "", "start page"),
    ("a gap of phases", broken(question("second", phase=3)), "", "without a gap"),
    ("no first phase", definition(question("q", phase=2)), "", "without a gap"),
    ("the same key", broken(question("first")), "first", "a key of its own"),
    ("a key in capitals", broken(question("Second")), "Second", "cannot be a key"),
    ("a key that is a word", broken(question("and")), "and", "cannot be a key"),
    ("the key of the end", broken(question("end")), "end", "cannot be a key"),
    ("no text", broken(Question(key="q", kind="long", text={"en": "?"})), "q", "write the question in zh"),
    ("a long text", broken(question("q", "long", help={"en": "x" * 2001})), "q", "longer than 2000"),
    ("no choices", broken(question("q", choices=[])), "q", "offer 1 to 100"),
    ("one to rank", broken(question("q", "ranking", choices=choices("a"))), "q", "offer 2 to 100"),
    ("a choice twice", broken(question("q", choices=choices("a", "a"))), "q", "2 times"),
    ("a choice called other", broken(question("q", choices=choices("a", "other"))), "q", "cannot be the key"),
    ("a choice without key", broken(question("q", choices=choices("a", ""))), "q", "cannot be the key"),
    ("a choice without text", broken(question("q", choices=[Choice(key="a", text={"en": "A"})])), "q", "“a” in zh"),
    ("choices of a text", broken(question("q", "long", choices=choices("a"))), "q", "has no choices"),
    ("rows of a choice", broken(question("q", rows=choices("a"))), "q", "only a matrix"),
    ("a matrix without rows", broken(question("q", "matrix", rows=[])), "q", "1 to 50 rows"),
    ("no picture", broken(question("q", "picture", choices=choices("a", "b"))), "q", "upload a picture"),
    ("no such picture", broken(question("q", "picture", choices=[Choice(key="a", text={}, picture="x"), *pictured("b")])), "q", "again"),
    ("bounds the wrong way", broken(question("q", "number", least=Decimal(2), most=Decimal(1))), "q", "exchange"),
    ("bounds without end", broken(question("q", "number", most=Decimal("1e999999"))), "q", "bounds up to"),
    ("no number", broken(question("q", "number", least=Decimal("NaN"))), "q", "bounds up to"),
    ("infinity", broken(question("q", "multiple", most=Decimal("-Infinity"))), "q", "bounds up to"),
    ("half a choice", broken(question("q", "multiple", most=Decimal("1.5"))), "q", "whole bounds"),
    ("more than there are", broken(question("q", "multiple", least=Decimal(4))), "q", "0 to 3"),
    ("a rating to 20", broken(question("q", "rating", most=Decimal(20))), "q", "2 to 10"),
    ("a rating from 2", broken(question("q", "rating", least=Decimal(2))), "q", "no such bounds"),
    ("bounds of an NPS", broken(question("q", "nps", most=Decimal(5))), "q", "no such bounds"),
    ("no date", broken(question("q", "date", earliest="2026-02-30")), "q", "no date"),
    ("days the wrong way", broken(question("q", "date", earliest="2026-02-02", latest="2026-02-01")), "q", "exchange"),
    ("days of a text", broken(question("q", "long", latest="2026-02-01")), "q", "only a date"),
    ("other of an NPS", broken(question("q", "nps", other=True)), "q", "“other” is not for"),
    ("several of a choice", broken(question("q", several=True)), "q", "“several” is not for"),
    ("a shuffled text", broken(question("q", "long", shuffled=True)), "q", "“shuffled” is not for"),
    ("a long e-mail", broken(question("q", "long", pattern="email")), "q", "“pattern” is not for"),
    ("labels of a choice", broken(question("q", labels={"low": {"en": "x"}})), "q", "“labels” is not for"),
    ("odd labels", broken(question("q", "nps", labels={"middle": {"en": "x"}})), "q", "“low” and “high”"),
    ("a tag for nobody", broken(question("q", effect=Effect(tags={"z": "tag"}))), "q", "not there"),
    ("an odd tag", broken(question("q", effect=Effect(tags={"a": "a, b"}))), "q", "cannot be a tag"),
    ("an empty tag", broken(question("q", effect=Effect(tags={"a": " "}))), "q", "cannot be a tag"),
    ("tags of a text", broken(question("q", "long", effect=Effect(tags={"a": "b"}))), "q", "offers nothing"),
    ("an attribute of a matrix", broken(question("q", "matrix", effect=Effect(attribute="x"))), "q", "one attribute"),
    ("page nought", broken(question("q", page=0)), "q", "page from 1"),
    ("an unknown question", broken(question("q", show_if='who = "a"')), "q", "no question “who”"),
    ("a later question", definition(question("q", show_if='z = "a"'), question("z")), "q", "asked later"),
    ("itself", broken(question("q", show_if='q = "a"')), "q", "asked later"),
    ("a condition", broken(question("q", show_if="first =")), "q", "cannot be read"),
    ("a jump from nowhere", broken(jumps=[Jump(after="x", when="", to="end")]), "", "which is not there"),
    ("a jump to nowhere", broken(jumps=[Jump(after="first", when="", to="x")]), "first", "which is not there"),
    ("a jump back", broken(question("q"), jumps=[Jump(after="q", when="", to="first")]), "q", "round for ever"),
    ("a jump to itself", broken(jumps=[Jump(after="first", when="", to="first")]), "first", "round for ever"),
    ("into another phase", broken(question("q", phase=2), jumps=[Jump(after="first", when="", to="q")]), "first", "another phase"),
    ("a jump that knows too much", broken(question("q"), jumps=[Jump(after="first", when='q = "a"', to="end")]), "first", "asked later"),
    ("a jump behind one that is always taken", broken(jumps=[Jump(after="first", when="", to="end"), Jump(after="first", when='first = "a"', to="end")]), "first", "always taken"),
    ("a place of nobody", broken(question("q", help={"en": "so {who} it is"})), "q", "{who}"),
    ("a place of a later answer", definition(question("q", help={"en": "{z}"}), question("z")), "q", "before that is asked"),
    ("a start that knows answers", broken(start_text={"en": "{first}"}), "", "before that is asked"),
    ("passed by", broken(question("q"), question("z"), jumps=[Jump(after="first", when="", to="z")]), "q", "nobody ever gets"),
    ("behind the end", broken(question("q"), jumps=[Jump(after="first", when="", to="end")]), "q", "nobody ever gets"),
    ("never shown", broken(question("q", show_if='first = "a" and first = "b"')), "q", "nobody ever gets"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "key", "says"), [one[1:] for one in MISTAKES], ids=[one[0] for one in MISTAKES])
def test_a_mistake_is_named_with_its_question_and_what_to_do(asked: Definition, key: str, says: str) -> None:
    found = problems(asked)
    assert [problem for problem in found if problem.key == key and says in problem.words.en], found
    assert all(problem.words.zh and problem.words.zh != problem.words.en for problem in found)


def test_what_is_said_at_the_end_may_name_any_answer() -> None:
    assert problems(broken(question("q"), end_text={"zh": "{first} {q|无}", "en": "{q}"})) == []
    assert problems(broken(question("q", help={"en": "{first|you}"}))) == []


def test_a_language_is_complete_when_all_that_is_said_is_said_in_it() -> None:
    asked = definition(question("q", help={"zh": "提示"}), languages=["zh", "en", "ja"])
    found = completeness(asked)
    assert found["zh"].missing == ()
    assert found["zh"].percent == 100
    assert found["en"].missing == ("q.help",)
    assert found["en"].percent < 100
    assert found["ja"].missing == ("title", "q.text", "q.help", "q.choices.a", "q.choices.b", "q.choices.c")
    assert (found["ja"].there, found["ja"].needed, found["ja"].percent) == (0, 6, 0)


def test_a_translation_is_filled_in_by_place_and_leaves_the_original_alone() -> None:
    asked = definition(question("q"))
    texts = {place.name: f"{place.name} 日本語" for place in texts_of(asked)} | {"gone.text": "x"}
    japanese = translate(asked, "ja", texts)
    assert japanese.languages == ["zh", "en", "ja"]
    assert completeness(japanese)["ja"].missing == ()
    assert asked.languages == ["zh", "en"]
    assert completeness(translate(japanese, "ja", {"q.text": " "}))["ja"].missing == ("q.text",)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 200) | st.text(max_size=8) | st.sampled_from(["q1", "q2", "end", "1e9999", "NaN", "2026-01-01", 'q1 = "a"', "{q1}", *KINDS]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["en", "zh", "low"]), inner, max_size=2), max_leaves=4,
)  # fmt: skip
TEXTS = st.dictionaries(st.sampled_from(["zh", "en", "ja"]), st.text(max_size=8) | st.just("{q1}"), max_size=2)
CHOICES = st.lists(st.fixed_dictionaries({"key": st.sampled_from(["a", "b", "other", ""]), "text": TEXTS}), max_size=3)
QUESTIONS = st.fixed_dictionaries(
    {"key": st.sampled_from(["q1", "q2", "q3", "and"]), "kind": st.sampled_from(KINDS), "text": TEXTS},
    optional={
        "choices": CHOICES, "rows": CHOICES, "other": st.booleans(), "several": st.booleans(), "required": st.booleans(),
        "least": JSON, "most": JSON, "earliest": JSON, "show_if": JSON, "phase": st.integers(-1, 3), "page": JSON,
        "labels": JSON, "error": TEXTS, "help": TEXTS,
    },
)  # fmt: skip
BODIES = st.fixed_dictionaries(
    {"questions": st.lists(QUESTIONS, max_size=4)},
    optional={
        "languages": st.lists(st.sampled_from(["zh", "en", "x"]), max_size=2), "colour": JSON, "title": TEXTS,
        "jumps": st.lists(st.fixed_dictionaries({"after": st.sampled_from(["q1", "q9"]), "when": st.just("") | st.text(max_size=8), "to": st.sampled_from(["q2", "end", "q1"])}), max_size=3),
    },
)  # fmt: skip


@given(BODIES)
def test_whatever_is_sent_is_judged_and_never_fails(body: dict[str, Any]) -> None:
    try:
        asked = msgspec.convert(body, Definition, strict=False)
    except msgspec.ValidationError:
        return
    first = problems(asked)
    again = problems(definitions.read(definitions.write(asked)))
    assert [problem.words for problem in first] == [problem.words for problem in again]
    completeness(asked)
