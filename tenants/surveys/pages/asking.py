"""Questions as a page shows them without any script: what each control is called, offers and holds.

Used for answering and for the preview in the console. The names of fields are those that `values.read_form` reads.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from tenants import pictures
from tenants.kit import ids
from tenants.kit.errors import NotFound
from tenants.surveys.rules import flow
from tenants.surveys.rules.definition import OTHER, Choice, Definition, Question, Texts
from tenants.surveys.rules.saying import choices_of
from tenants.surveys.rules.values import LONG_MAX, OTHER_MAX, SCALED, SHORT_MAX, YES, Given, scale_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

PREFIX = "q."
CONTROLS: dict[str, str] = {
    "single": "choices", "multiple": "choices", "dropdown": "dropdown", "rating": "scale", "nps": "scale",
    "csat": "scale", "ces": "scale", "short": "short", "long": "long", "number": "number", "date": "date",
    "ranking": "ranking", "matrix": "matrix", "picture": "pictures", "consent": "consent",
}  # fmt: skip
_KEYBOARDS = {
    "email": ("email", "email"), "phone": ("tel", "tel"), "url": ("url", "url"), "postcode": ("text", "postal-code"),
}  # fmt: skip


def facts_of(
    question: Question,
    definition: Definition,
    *,
    language: str,
    fields: Mapping[str, Sequence[str]],
    answers: Mapping[str, Given],
    problem: str = "",
    seed: str = "",
) -> dict[str, Any]:
    """What a template needs to show a question.

    `fields` are what was filled in so far, as a form sends it; `answers` what earlier questions were answered, for
    texts that say them again; `seed` is by whom choices are shuffled.
    """
    name = PREFIX + question.key

    def told(texts: Texts) -> str:
        return flow.said(texts, answers, definition=definition, language=language)

    def option(choice: Choice) -> dict[str, Any]:
        return {
            "value": choice.key, "text": told(choice.text) or choice.key, "picture": picture_of(choice.picture),
            "place": _first(fields, f"{name}.{choice.key}"),
            "chosen": choice.key in fields.get(name, ()), "rows": [],
        }  # fmt: skip

    offered = _ordered(question, choices_of(question), seed)
    least, most = scale_of(question) if question.kind in SCALED else (0, 0)
    low, high = _bounds(question)
    keyboard, autocomplete = _KEYBOARDS.get(question.pattern, ("text", "off"))
    return {
        "key": question.key, "id": f"q-{question.key}", "name": name, "kind": question.kind,
        "control": CONTROLS[question.kind], "text": told(question.text), "help": told(question.help),
        "required": question.required, "problem": problem,
        "several": question.kind == "multiple" or question.several,
        "options": [option(choice) for choice in offered],
        "rows": [
            {"key": row.key, "text": told(row.text) or row.key, "name": f"{name}.{row.key}",
             "chosen": fields.get(f"{name}.{row.key}", ())}
            for row in _ordered(question, question.rows, seed)
        ] if question.kind == "matrix" else [],
        "value": _first(fields, name),
        "other": OTHER if question.other else "", "other_text": _first(fields, f"{name}.other"), "other_max": OTHER_MAX,
        "scale": [str(number) for number in range(least, most + 1)],
        "low": told(question.labels.get("low", {})), "high": told(question.labels.get("high", {})),
        "least": low, "most": high, "chars": _chars(question), "yes": YES,
        "keyboard": keyboard, "autocomplete": autocomplete,
    }  # fmt: skip


def as_fields(question: Question, given: Given) -> dict[str, list[str]]:
    """An answer as a form would send it, so that it can be shown again and carried along."""
    name = PREFIX + question.key
    if question.kind == "matrix":
        return {f"{name}.{row}": list(chosen) for row, chosen in given.rows.items()}
    if question.kind == "ranking":
        return {f"{name}.{key}": [str(place)] for place, key in enumerate(given.choices, start=1)}
    found: dict[str, list[str]] = {}
    if given.choices:
        found[name] = list(given.choices)
        if given.text:
            found[f"{name}.other"] = [given.text]
    elif given.number is not None:
        found[name] = [f"{given.number.normalize():f}"]
    elif given.day is not None:
        found[name] = [given.day.isoformat()]
    elif given.text:
        found[name] = [given.text]
    return found


def of_question(question: Question, fields: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Those of a form's fields that belong to a question."""
    name = PREFIX + question.key
    return {each: texts for each, texts in fields.items() if each == name or each.startswith(f"{name}.")}


def picture_of(shown: str | None) -> str:
    """The address of a picture that a definition names; empty where it names none."""
    try:
        return pictures.address(ids.read("pic", shown)) if shown else ""
    except NotFound:
        return ""


def _ordered(question: Question, choices: Sequence[Choice], seed: str) -> list[Choice]:
    """In the shop's order, or in one of the member's own; `other` stays last."""
    if not question.shuffled or not seed:
        return list(choices)
    return sorted(
        choices,
        key=lambda each: (each.key == OTHER, hashlib.sha256(f"{seed} {question.key} {each.key}".encode()).digest()),
    )


def _bounds(question: Question) -> tuple[str, str]:
    if question.kind == "date":
        return question.earliest or "", question.latest or ""
    if question.kind == "number":
        return _plain(question.least), _plain(question.most)
    return "", ""


def _plain(number: Decimal | None) -> str:
    return "" if number is None else f"{number:f}"


def _chars(question: Question) -> int:
    top = LONG_MAX if question.kind == "long" else SHORT_MAX
    return min(top, int(question.most)) if question.most is not None and question.kind in {"short", "long"} else top


def _first(fields: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(fields.get(name, ())), "")
