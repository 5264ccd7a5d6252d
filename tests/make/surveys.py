"""Surveys for tests; the verbs are called inside `shop.open()`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants import surveys
from tenants.surveys import Choice, Definition, Question

if TYPE_CHECKING:
    import uuid


def choices(*keys: str) -> list[Choice]:
    """Choices that are called as their keys."""
    return [Choice(key=key, text={"en": key.title(), "zh": f"选项 {key}"}) for key in keys]


def question(key: str, kind: str = "single", **more: Any) -> Question:
    """A question with a text in both languages, and choices a, b, c where its kind has some."""
    if kind in {"single", "multiple", "dropdown", "ranking", "matrix"}:
        more.setdefault("choices", choices("a", "b", "c"))
    if kind == "matrix":
        more.setdefault("rows", choices("top", "bottom"))
    return Question(key=key, kind=kind, text={"en": f"About {key}?", "zh": f"关于 {key}？"}, **more)  # type: ignore[arg-type]


def definition(*questions: Question, **more: Any) -> Definition:
    """A definition of these questions, or of one choice and an NPS."""
    asked = list(questions) or [question("skin"), question("nps", "nps")]
    return Definition(title={"en": "About you", "zh": "关于您"}, questions=asked, **more)


async def draft(asked: Definition | None = None, **terms: Any) -> uuid.UUID:
    """A survey that nobody can answer yet."""
    given: dict[str, Any] = {"name_en": "Skin", "name_zh": "肤质", **terms}
    return await surveys.create(surveys.Terms(**given), definition=asked or definition())


async def survey(asked: Definition | None = None, **terms: Any) -> uuid.UUID:
    """A survey that is live."""
    made = await draft(asked, **terms)
    await surveys.publish(made)
    return made
