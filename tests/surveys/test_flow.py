"""What is shown to whom, and which questions anybody can get to: conditions, jumps, phases, pages, texts filled in."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.surveys import Definition, Given, Jump, Question
from tenants.surveys.rules import flow, reaching
from tenants.surveys.rules.checking import problems
from tests.make.surveys import choices, definition, question

A, B = Given(choices=("a",)), Given(choices=("b",))


def keys(asked: Definition, answers: dict[str, Given], phase: int = 1) -> list[str]:
    return [one.key for one in flow.visible(asked, phase, answers)]


def test_a_condition_shows_and_hides() -> None:
    asked = definition(question("skin"), question("cream", show_if='skin = "a"'), question("end_"))
    assert keys(asked, {}) == ["skin", "end_"]
    assert keys(asked, {"skin": A}) == ["skin", "cream", "end_"]
    assert keys(asked, {"skin": B, "cream": A}) == ["skin", "end_"]


def test_the_first_jump_that_holds_is_taken() -> None:
    jumps = [Jump(after="one", when='one = "a"', to="three"), Jump(after="one", when="", to="end")]
    asked = definition(question("one"), question("two"), question("three"), jumps=jumps)
    assert keys(asked, {"one": A}) == ["one", "three"]
    assert keys(asked, {"one": B}) == ["one"]
    assert keys(asked, {}) == ["one"]


def test_what_is_not_shown_was_not_answered() -> None:
    """Somebody goes back and takes the other way: the answers left behind are seen by no condition and do not count."""
    asked = definition(
        question("one"), question("two", show_if='one = "a"'), question("three", show_if='two = "a"'),
        jumps=[Jump(after="two", when='two = "b"', to="end")])  # fmt: skip
    before = {"one": A, "two": A, "three": A}
    assert keys(asked, before) == ["one", "two", "three"]
    after = {**before, "one": B}
    assert keys(asked, after) == ["one"]
    assert flow.seen(flow.visible(asked, 1, after), after) == {"one": B}


def test_a_phase_asks_its_own_and_knows_what_was_said_before() -> None:
    asked = definition(
        question("second", phase=2, show_if='first = "a"'), question("first"), question("third", phase=2),
        jumps=[Jump(after="first", when="", to="end")])  # fmt: skip
    assert asked.phases == [1, 2]
    assert keys(asked, {"first": A}) == ["first"]
    assert keys(asked, {"first": A}, phase=2) == ["second", "third"]
    assert keys(asked, {"first": B}, phase=2) == ["third"]
    assert keys(asked, {}, phase=3) == []


def test_pages_hold_one_question_each_or_those_of_a_page() -> None:
    some = (question("one"), question("two"), question("three", page=2))
    assert [[one.key for one in page] for page in flow.pages(definition(*some), 1, {})] == [["one"], ["two"], ["three"]]
    whole = definition(*some, one_by_one=False)
    assert [[one.key for one in page] for page in flow.pages(whole, 1, {})] == [["one", "two"], ["three"]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("You are {skin}.", "You are A."), ("You are {age|young}.", "You are young."), ("You are {age}.", "You are ."),
        ("{nobody}", "{nobody}"), ("{}{ skin }{skin|", "{}{ skin }{skin|"), ("{skin}{skin}", "AA"),
        ("Say {word|it}", "Say {skin}<b>"),
    ],
)  # fmt: skip
def test_answers_are_said_in_texts_once_and_as_they_are(text: str, said: str) -> None:
    asked = definition(question("skin"), question("age", "number"), question("word", "short"))
    answers = {"skin": A, "word": Given(text="{skin}<b>")}
    assert flow.said({"en": text}, answers, definition=asked, language="en") == said


def test_a_text_falls_back_to_the_first_language_and_so_do_its_choices() -> None:
    asked = definition(question("skin"), languages=["zh", "en", "ja"])
    assert (
        flow.said({"zh": "您：{skin}", "en": "You: {skin}"}, {"skin": A}, definition=asked, language="ja")
        == "您：选项 a"
    )
    assert flow.said({"en": "You: {skin}"}, {"skin": A}, definition=asked, language="en-GB") == "You: A"


def test_the_map_shows_every_way() -> None:
    asked = definition(
        question("one"), question("two"), question("three"), question("four", phase=2),
        jumps=[Jump(after="one", when='one = "a"', to="three"), Jump(after="two", when="", to="end")])  # fmt: skip
    steps = {step.key: [(way.when, way.to) for way in step.ways] for step in reaching.path(asked)}
    assert steps == {
        "one": [('one = "a"', "three"), ("", "two")], "two": [("", "end")], "three": [("", "end")],
        "four": [("", "end")],
    }  # fmt: skip
    assert all(step.reached for step in reaching.path(asked))


@pytest.mark.parametrize("broken", ["nobody = 1", "skin =", 'later = "a"'])
def test_the_map_of_what_is_not_sound_is_drawn_all_the_same(broken: str) -> None:
    asked = definition(question("skin", show_if=broken), question("later"), jumps=[Jump(after="x", when="", to="y")])
    assert [step.key for step in reaching.path(asked)] == ["skin", "later"]


@pytest.mark.parametrize(
    ("condition", "possible"),
    [
        ('one = "a" and one = "b"', False), ('one != "a" and one != "b" and one != "c"', False), ('one != "a" and one != "b"', True),
        ("nps > 9 and nps < 10", False), ("nps > 8 and nps < 10", True), ("nps > 10", False), ("not answered(nps)", False),
        ("not answered(one)", True), ("age > 10 and age < 11", True), ("age > 10 and age < 10", False), ("age > 200", False), ("age = 200", True),
        ('has(some, "a") and has(some, "b") and has(some, "c")', False), ('has(some, "a") and count(some) = 2', True), ("count(some) > 2", False),
        ('born > "2026-05-01" and born < "2026-05-02"', False), ('born >= "2026-05-01" and born < "2026-05-02"', True), ('born < "2026-01-01"', False),
        ('has(word, "x") and has(word, "y")', True), ('word = "x" and word = "y"', False), ("age > nps", True), ("not answered(word)", True),
    ],
)  # fmt: skip
def test_a_condition_that_nobody_can_fulfil_is_found(condition: str, possible: bool) -> None:  # noqa: FBT001  the example
    asked = definition(
        question("one"), question("nps", "nps", required=True), question("age", "number", most=Decimal(200)),
        question("some", "multiple", most=2), question("born", "date", earliest="2026-01-01"), question("word", "short"),
        question("last", show_if=condition))  # fmt: skip
    assert ("last" in reaching.reachable(asked)) is possible
    assert [problem.key for problem in problems(asked)] == ([] if possible else ["last"])


def test_too_many_ways_are_judged_by_jumps_alone_and_in_time() -> None:
    many = [question(f"q{number}", choices=choices("a", "b")) for number in range(40)]
    condition = " and ".join(f'q{number} = "a"' for number in range(40))
    asked = definition(*many, question("last", show_if=condition), question("lost"),
                       jumps=[Jump(after="last", when="", to="end")])  # fmt: skip
    assert "last" in reaching.reachable(asked)
    assert "lost" in reaching.reachable(asked)  # who is not shown the last goes on to it
    skipped = definition(*many, question("last", show_if=condition), jumps=[Jump(after="q0", when="", to="q39")])
    assert "q5" not in reaching.reachable(skipped)


@st.composite
def definitions(draw: st.DrawFn) -> Definition:
    """Small surveys with conditions and jumps of every kind; each sound by itself, whatever becomes of the whole."""
    size = draw(st.integers(2, 5))
    made: list[Question] = []
    jumps = []
    for place in range(size):
        earlier = [f"q{number}" for number in range(place)]
        conditions = ["", *(f'{key} {sign} "a"' for key in earlier for sign in ("=", "!="))]
        conditions += [f"not answered({key})" for key in earlier]
        first, second = draw(st.sampled_from(conditions)), draw(st.sampled_from(conditions))
        joined = draw(st.sampled_from(["and", "or"]))
        show_if = f"{first} {joined} {second}" if first and second else first or second
        phase = max(draw(st.integers(1, 2)), made[-1].phase if made else 1)
        made.append(
            question(f"q{place}", choices=choices("a", "b"), required=draw(st.booleans()), show_if=show_if, phase=phase)
        )
    for place, one in enumerate(made):
        later = [other.key for other in made[place + 1 :] if other.phase == one.phase]
        whens = draw(st.lists(st.sampled_from(["", f'{one.key} = "a"', f"answered({one.key})"]), max_size=2))
        jumps += [Jump(after=one.key, when=when, to=draw(st.sampled_from(["end", *later]))) for when in whens]
    return definition(*made, jumps=jumps)


@given(definitions())
def test_what_can_be_reached_is_exactly_what_somebody_is_shown(asked: Definition) -> None:
    shown = set()
    offered = [[A, B] if one.required else [A, B, Given()] for one in asked.questions]
    for said in product(*offered):
        everything = {one.key: answer for one, answer in zip(asked.questions, said, strict=True)}
        known: dict[str, Given] = {}
        for phase in (1, 2):
            of_phase = {one.key: everything[one.key] for one in asked.questions if one.phase == phase}
            shown |= set(keys(asked, {**known, **of_phase}, phase))
            told = {**known, **of_phase}
            known |= flow.seen(flow.visible(asked, phase, told), told)
    assert reaching.reachable(asked) == shown


@given(
    definitions(),
    st.dictionaries(st.sampled_from([f"q{number}" for number in range(5)]), st.sampled_from([A, B, Given()])),
)
def test_what_is_shown_is_in_order_and_counts_once(asked: Definition, answers: dict[str, Given]) -> None:
    for phase in (1, 2):
        shown = keys(asked, answers, phase)
        order = [one.key for one in asked.questions if one.phase == phase]
        assert shown == [key for key in order if key in shown]
        counted = flow.seen(flow.visible(asked, phase, answers), answers)
        assert list(counted) == [key for key in shown if key in counted]
        assert keys(asked, {**{key: answers[key] for key in answers if key not in order}, **counted}, phase) == shown
