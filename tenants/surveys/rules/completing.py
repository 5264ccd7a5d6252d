"""What was sent, judged by what is asked: which of it counts, and whether enough was said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.surveys.rules import flow
from tenants.surveys.rules.refusals import AnswerRefused
from tenants.surveys.rules.values import Given, read_answer, require

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tenants.surveys.rules.definition import Definition


def read_sent(
    definition: Definition, phase: int, sent: Mapping[str, Any], *, language: str
) -> tuple[dict[str, Given], dict[str, AnswerRefused]]:
    """The answers to questions of this phase, and of those that cannot be taken why; of other phases none.

    Whether the latter matters depends on whether the question is shown. Raises Invalid for what nobody asked.
    """
    given: dict[str, Given] = {}
    refused: dict[str, AnswerRefused] = {}
    asked = {question.key: question for question in definition.questions}
    for key, raw in sent.items():
        question = asked.get(key)
        if question is None:
            raise Invalid(
                param=f"answers.{key[:40]}",
                problem=Words(en="the survey asks no such question", zh="问卷中没有这道题"),
            )
        if question.phase != phase:
            continue
        try:
            given[key] = read_answer(question, raw, definition.languages, language)
        except AnswerRefused as error:
            refused[key] = error
    return given, refused


def complete(
    definition: Definition,
    phase: int,
    sent: Mapping[str, Any],
    *,
    saved: Mapping[str, Given],
    earlier: Mapping[str, Given],
    language: str,
) -> dict[str, Given]:
    """The answers that count: to the questions of the way that these answers take, each as it must be.

    What was saved before counts unless it is said anew. Raises Invalid, AnswerRefused for the first question of the way
    that is not answered as it must be, and where nothing at all is said.
    """
    fresh, refused = read_sent(definition, phase, sent, language=language)
    given = {**saved, **fresh}
    for key in refused:
        given.pop(key, None)
    known = {**earlier, **given}
    shown = flow.visible(definition, phase, known)
    for question in shown:
        if question.key in refused:
            raise refused[question.key]
        require(question, given.get(question.key), definition.languages, language)
    counted = flow.seen(shown, known)
    if shown and not counted:
        raise Invalid(param="answers", problem=Words(en="answer at least one question", zh="请至少回答一题"))
    return counted


def partial(
    definition: Definition,
    phase: int,
    sent: Mapping[str, Any],
    *,
    saved: Mapping[str, Given],
    language: str,
) -> dict[str, Given]:
    """What was saved, with what is said anew; an empty answer takes one back. Raises Invalid, AnswerRefused."""
    fresh, refused = read_sent(definition, phase, sent, language=language)
    for error in refused.values():
        raise error
    return {key: given for key, given in {**saved, **fresh}.items() if not given.empty}


def language_in(definition: Definition, *wanted: str) -> str:
    """The first of these languages that the survey speaks, else its own first."""
    for language in wanted:
        for spoken in (language, language.partition("-")[0]):
            if spoken and spoken in definition.languages:
                return spoken
    return definition.languages[0] if definition.languages else "en"
