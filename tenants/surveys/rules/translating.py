"""A survey's texts in its languages: all of them with their places, what is missing, and how they are filled in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenants.surveys.rules import definition as definitions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tenants.surveys.rules.definition import Definition, Question, Texts

OF_ALL = ("title", "start_title", "start_text", "end_title", "end_text", "closed_text")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands: `title`, `skin.text`, `skin.choices.dry`; `key` is its question's. The texts are live."""

    name: str
    key: str
    texts: Texts


@dataclass(frozen=True, slots=True)
class Completeness:
    """How far a language is: how many of the texts that are needed are said in it, and the places of the others."""

    there: int
    needed: int
    missing: tuple[str, ...]

    @property
    def percent(self) -> int:
        """Whole percent; 100 only when nothing is missing."""
        return self.there * 100 // self.needed if self.needed else 100


def texts_of(definition: Definition) -> list[Place]:
    """Every text of a definition, said in some language or in none, in the order in which members read them."""
    found = [Place(name, "", getattr(definition, name)) for name in OF_ALL[:3]]
    for question in definition.questions:
        found += _of_question(question)
    return found + [Place(name, "", getattr(definition, name)) for name in OF_ALL[3:]]


def completeness(definition: Definition) -> dict[str, Completeness]:
    """By language: what is said at all must be said in each of them."""
    places = [place for place in texts_of(definition) if any(text.strip() for text in place.texts.values())]
    found = {}
    for language in definition.languages:
        missing = tuple(place.name for place in places if not place.texts.get(language, "").strip())
        found[language] = Completeness(len(places) - len(missing), len(places), missing)
    return found


def translate(definition: Definition, language: str, texts: Mapping[str, str]) -> Definition:
    """A definition with texts of one language filled in by place; an empty text is taken out, a new language added.

    Places that are not there are passed over: somebody has taken that question out.
    """
    copy = definitions.read(definitions.write(definition))
    if language not in copy.languages:
        copy.languages.append(language)
    for place in texts_of(copy):
        if place.name in texts:
            if text := texts[place.name].strip():
                place.texts[language] = text
            else:
                place.texts.pop(language, None)
    return copy


def _of_question(question: Question) -> Iterator[Place]:
    key = question.key
    yield Place(f"{key}.text", key, question.text)
    yield Place(f"{key}.help", key, question.help)
    for name, label in question.labels.items():
        yield Place(f"{key}.labels.{name}", key, label)
    for group, offered in (("rows", question.rows), ("choices", question.choices)):
        for choice in offered:
            yield Place(f"{key}.{group}.{choice.key}", key, choice.text)
    yield Place(f"{key}.error", key, question.error)
