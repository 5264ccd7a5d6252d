"""Sentences in the languages that Regulars speaks.

A text that a person reads is written as `Words(en=…, zh=…)`, beside the thing it describes, so that neither
language can be forgotten: the type checker asks for both. Which one is read out is the reader's affair and is
decided late, with `say`.
"""

from __future__ import annotations

import contextvars
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Iterator

from contextlib import contextmanager

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,4}\Z")
_WEIGHT = re.compile(r"(0(\.[0-9]*)?|1(\.0*)?)\Z")

_reader: contextvars.ContextVar[Language] = contextvars.ContextVar("reader", default="en")


@dataclass(frozen=True, slots=True)
class Words:
    """One text in every language; `{name}` marks places to fill."""

    en: str
    zh: str

    def say(self, language: Language | None = None, /, **facts: object) -> str:
        """The text in `language` (else the current reader's), with the facts filled in."""
        text: str = getattr(self, language or _reader.get())
        return text.format(**facts) if facts else text


def language_of_reader() -> Language:
    """The language of whoever is being answered now; English when nobody said."""
    return _reader.get()


@contextmanager
def reading(language: Language) -> Iterator[None]:
    """Everything said inside is said in this language."""
    token = _reader.set(language)
    try:
        yield
    finally:
        _reader.reset(token)


def choose_language(accept_language: str, *, fallback: str = "en") -> Language:
    """The best of our languages for an Accept-Language header (RFC 9110 §12.5.4), else that of `fallback`.

    Only the primary subtag counts: `zh-Hant-TW` reads `zh`.
    """
    for tag in (*wanted_tags(accept_language), fallback):
        primary = tag.lower().partition("-")[0].partition("_")[0]
        if primary in LANGUAGES:
            return primary
    return "en"


def wanted_tags(accept_language: str) -> list[str]:
    """The language tags of an Accept-Language header, best first. A malformed weight counts as zero."""
    weighed = []
    for part in accept_language.split(",")[:20]:
        tag, _, parameters = part.strip().partition(";")
        weight = _weight(parameters)
        if weight > 0 and _TAG.match(tag.strip()):
            weighed.append((weight, tag.strip()))
    return [tag for _, tag in sorted(weighed, key=lambda each: -each[0])]


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    return float(value) if _WEIGHT.match(value) else 0.0
