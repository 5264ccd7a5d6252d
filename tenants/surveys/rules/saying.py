"""Answers said again: to programs as they came, to people in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants.kit.words import Words, language_of_reader
from tenants.surveys.rules.definition import OTHER, Choice, Question, say
from tenants.surveys.rules.values import NO, YES, Given, told

if TYPE_CHECKING:
    from collections.abc import Sequence


def show(question: Question, given: Given) -> Any:  # noqa: PLR0911  a case each
    """An answer as the API tells it: what `read_answer` takes."""
    if given.empty:
        return None
    if question.kind == "matrix":
        return {row: list(chosen) if question.several else chosen[0] for row, chosen in given.rows.items()}
    if question.kind == "consent":
        return given.choices == (YES,)
    if given.choices:
        if given.text:
            return {"choices": list(given.choices), "other": given.text}
        several = question.kind in {"multiple", "ranking"} or (question.kind == "picture" and question.several)
        return list(given.choices) if several else given.choices[0]
    if given.number is not None:
        return int(given.number) if given.number == given.number.to_integral_value() else float(given.number)
    return given.day.isoformat() if given.day else given.text


def in_words(question: Question, given: Given, languages: Sequence[str] = (), language: str | None = None) -> str:
    """An answer as a person reads it: the texts of what was chosen, the number, the day, what was written."""
    names = {choice.key: say(choice.text, languages=list(languages), language=language) or choice.key
             for choice in question.choices}  # fmt: skip
    comma = "、" if (language or language_of_reader()).startswith("zh") else ", "
    if question.kind == "consent" and given.choices:
        agreed = Words(en="Yes", zh="是") if given.choices == (YES,) else Words(en="No", zh="否")
        return told(agreed, language)
    if question.kind == "matrix":
        rows = {
            row.key: say(row.text, languages=list(languages), language=language) or row.key for row in question.rows
        }
        return "; ".join(
            f"{rows.get(row, row)}: {comma.join(names.get(one, one) for one in chosen)}"
            for row, chosen in given.rows.items()
        )
    if given.choices:
        other = given.text or told(Words(en="Other", zh="其他"), language)
        return comma.join(other if one == OTHER and question.other else names.get(one, one) for one in given.choices)
    if given.number is not None:
        return f"{given.number.normalize():f}"
    return given.day.isoformat() if given.day else given.text


def choices_of(question: Question) -> list[Choice]:
    """What an answer may choose: the question's choices, yes and no of a consent, `other` where it may be said."""
    if question.kind == "consent":
        return [Choice(key=YES, text={"en": "Yes", "zh": "是"}), Choice(key=NO, text={"en": "No", "zh": "否"})]
    other = [Choice(key=OTHER, text={"en": "Other", "zh": "其他"})] if question.other else []
    return [*question.choices, *other]
