"""How templates are written down: short, each text in both languages."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tenants.kit.words import Language, Words
from tenants.surveys.rules.definition import Choice, Definition, Effect, Jump, Question, Texts

if TYPE_CHECKING:
    from tenants.surveys.rules.definition import Kind

CHOOSE = Words(en="Choose all that apply.", zh="可多选。")


@dataclass(frozen=True, slots=True)
class Option:
    """A choice, and the tag that is put on whoever makes it."""

    key: str
    text: Words
    tag: Words | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its options."""

    key: str
    kind: Kind
    text: Words
    options: tuple[Option, ...] = ()
    more: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A survey that is ready to use; `settings` are those of its terms that it suggests."""

    key: str
    trade: Words
    name: Words
    about: Words
    start: Words
    end: Words
    asked: tuple[Asked, ...]
    jumps: tuple[Jump, ...] = ()
    settings: dict[str, Any] = field(default_factory=dict)

    def definition(self, language: Language = "zh") -> Definition:
        """What it asks, made anew; tags and the first language are of `language`, the shop's."""
        first = ["zh", "en"] if language == "zh" else ["en", "zh"]
        return Definition(
            languages=first, title=both(self.name), start_title=both(self.name), start_text=both(self.start),
            end_title={"zh": "谢谢您！", "en": "Thank you!"}, end_text=both(self.end),
            closed_text={"zh": "这份问卷已经结束，感谢您的关注。", "en": "This survey is over. Thank you for your interest."},
            questions=[_question(each, language) for each in self.asked], jumps=list(self.jumps),
        )  # fmt: skip


def both(words: Words) -> Texts:
    """A text in both languages."""
    return {"zh": words.zh, "en": words.en}


def ask(key: str, kind: Kind, zh: str, en: str, *options: Option, **more: Any) -> Asked:
    """A question."""
    return Asked(key, kind, Words(en=en, zh=zh), options, more)


def option(key: str, zh: str, en: str, *, tag: tuple[str, str] | None = None) -> Option:
    """A choice; `tag` in Chinese and English."""
    return Option(key, Words(en=en, zh=zh), Words(zh=tag[0], en=tag[1]) if tag else None)


def _question(asked: Asked, language: Language) -> Question:
    more = dict(asked.more)
    tags = {each.key: each.tag.say(language) for each in asked.options if each.tag}
    for name in ("help", "error"):
        if name in more:
            more[name] = both(more[name])
    for name in ("least", "most"):
        if name in more:
            more[name] = Decimal(more[name])
    if "rows" in more:
        more["rows"] = [Choice(key=row.key, text=both(row.text)) for row in more["rows"]]
    if "labels" in more:
        low, high = more["labels"]
        more["labels"] = {"low": both(low), "high": both(high)}
    if asked.kind == "multiple":
        more.setdefault("help", both(CHOOSE))
    return Question(
        key=asked.key, kind=asked.kind, text=both(asked.text),
        choices=[Choice(key=each.key, text=both(each.text)) for each in asked.options],
        effect=Effect(tags=tags) if tags else None, **more,
    )  # fmt: skip
