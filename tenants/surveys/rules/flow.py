"""What is shown to whom: the questions of a phase after all conditions and jumps, page by page, and texts filled in.

What is not shown counts as not answered: somebody who goes back and takes another way leaves answers behind that no
condition sees any more.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from tenants.surveys.rules.definition import END, Definition, Question, Texts, say
from tenants.surveys.rules.expressions import holds, in_order
from tenants.surveys.rules.saying import in_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tenants.surveys.rules.values import Given

PLACE = re.compile(r"\{([A-Za-z][A-Za-z0-9_]*)(?:\|([^{}|]*))?\}")
"""Where a text says an answer: `{key}`, or `{key|what is said where there is none}`."""


def visible(definition: Definition, phase: int, answers: Mapping[str, Given]) -> list[Question]:
    """The questions of a phase that this member meets, in order, as far as their answers decide it.

    `answers` are those of this phase so far and of all earlier ones.
    """
    asked = in_order(definition)
    of_phase = {question.key for question in asked if question.phase == phase}
    known = {key: given for key, given in answers.items() if key not in of_phase}
    shown: list[Question] = []
    skip_to = ""
    for question in asked:
        if question.phase != phase or (skip_to and question.key != skip_to):
            continue
        skip_to = ""
        if question.show_if and not holds(question.show_if, known):
            continue
        shown.append(question)
        if question.key in answers:
            known[question.key] = answers[question.key]
        for jump in definition.jumps:
            if jump.after == question.key and holds(jump.when, known):
                skip_to = jump.to
                break
        if skip_to == END:
            break
    return shown


def pages(definition: Definition, phase: int, answers: Mapping[str, Given]) -> list[list[Question]]:
    """The same, in the pages in which they are shown: one question each, or those of the same `page`."""
    shown = visible(definition, phase, answers)
    if definition.one_by_one:
        return [[question] for question in shown]
    return [list(page) for _, page in groupby(shown, key=lambda question: question.page)]


def seen(shown: Sequence[Question], answers: Mapping[str, Given]) -> dict[str, Given]:
    """The answers of a phase that count: those to questions that are shown, and that say something."""
    return {one.key: given for one in shown if (given := answers.get(one.key)) is not None and not given.empty}


def said(texts: Texts, answers: Mapping[str, Given], *, definition: Definition, language: str | None = None) -> str:
    """A text with the answers filled in that it asks for; what was not answered is said by its fallback, else left out.

    Texts of members go in as they are, once: braces in them fill in nothing. Whoever shows it escapes it.
    """
    languages = definition.languages

    def fill(place: re.Match[str]) -> str:
        question = definition.question(place[1])
        if question is None:
            return place[0]
        given = answers.get(question.key)
        told = in_words(question, given, languages, language) if given else ""
        return told or place[2] or ""

    return PLACE.sub(fill, say(texts, languages=languages, language=language))


def unfilled(text: str) -> str:
    """A text that is said of everybody's answers: its places by their fallbacks, or dots."""
    return PLACE.sub(lambda place: place[2] or "…", text)
