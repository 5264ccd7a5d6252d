"""What a survey asks, as it is kept with each version: questions, the ways between them, texts by language.

A text is a mapping of language tags to what is said in them; where the reader's language is missing, the first of the
definition's languages is said. Keys of questions and choices are given once and stay through every edit and version,
so that answers and results know them; texts never tell anything apart.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, TypeAlias, get_args

import msgspec

from tenants.kit.words import language_of_reader

Texts: TypeAlias = dict[str, str]
Kind: TypeAlias = Literal[
    "single", "multiple", "dropdown", "rating", "nps", "csat", "ces", "short", "long", "number", "date", "ranking",
    "matrix", "picture", "consent",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
CHOOSING: frozenset[str] = frozenset({"single", "multiple", "dropdown", "ranking", "matrix", "picture"})
"""Kinds that have `choices`; of a matrix they are its columns, and `rows` its questions."""
SCORES: dict[str, tuple[int, int]] = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}
"""Kinds whose answer is a whole number within bounds of their own; a `rating` goes from 1 to its `most`."""
OTHER = "other"
"""The key of the choice beside which one may write (`other` is set), so no choice of the shop's is called so."""
END = "end"
"""Where a jump leads to when nothing more is asked."""
LANGUAGE_MAX = 20
QUESTIONS_MAX = 100
CHOICES_MAX = 100
PHASES_MAX = 20


class Choice(msgspec.Struct, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One thing that can be chosen, or one row of a matrix; `picture` is the id of one of the shop's pictures."""

    key: str
    text: Texts
    picture: str | None = None


class Effect(msgspec.Struct, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What an answer writes about its member: an attribute (the answer itself), or tags by the choices made."""

    attribute: str | None = None
    tags: dict[str, str] = {}
    """Choice key → tag that is put on whoever chose it."""


class Question(msgspec.Struct, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One question.

    `show_if` is an expression over earlier answers; an empty one shows it always. `least` and `most` bound numbers, the
    number of choices (multiple, ranking, picture), the length of a text, or give the top of a rating; `earliest` and
    `latest` bound a date. `pattern` is what a short text must look like. `error` is said in place of our own sentence
    when an answer is refused. Questions of one `page` are shown together where a survey is shown in pages.
    """

    key: str
    kind: Kind
    text: Texts
    help: Texts = {}
    required: bool = False
    choices: list[Choice] = []
    rows: list[Choice] = []
    other: bool = False
    shuffled: bool = False
    several: bool = False
    """A picture question with several choices; a matrix with several in a row."""
    least: Decimal | None = None
    most: Decimal | None = None
    earliest: str | None = None
    latest: str | None = None
    pattern: Literal["", "email", "phone", "url", "postcode"] = ""
    error: Texts = {}
    labels: dict[str, Texts] = {}
    """What stands at the ends of a scale: `low`, `high`."""
    show_if: str = ""
    effect: Effect | None = None
    phase: int = 1
    page: int = 1


class Jump(msgspec.Struct, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """After a question, where to go when a condition holds: a later question, or `end`. The first that holds counts."""

    after: str
    when: str
    to: str


class Definition(msgspec.Struct, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """All of one version. `title`, `start_text`, `end_text` may say answers by `{key}` (piping), as questions may."""

    languages: list[str] = msgspec.field(default_factory=lambda: ["zh", "en"])
    title: Texts = {}
    start_title: Texts = {}
    start_text: Texts = {}
    start_picture: str | None = None
    end_title: Texts = {}
    end_text: Texts = {}
    closed_text: Texts = {}
    colour: str = ""
    """The brand colour of its pages, `#rrggbb`; the shop's where empty."""
    one_by_one: bool = True
    """One question at a time, or a page at a time (`page` of each question)."""
    questions: list[Question] = []
    jumps: list[Jump] = []

    def question(self, key: str) -> Question | None:
        """The question of that key."""
        return next((each for each in self.questions if each.key == key), None)

    @property
    def phases(self) -> list[int]:
        """The phases that have questions, in order."""
        return sorted({each.phase for each in self.questions})


_ENCODER = msgspec.json.Encoder(decimal_format="string", order="sorted")
_DECODER = msgspec.json.Decoder(Definition)


def write(definition: Definition) -> str:
    """As it is kept."""
    return _ENCODER.encode(definition).decode()


def read(text: str) -> Definition:
    """What was kept."""
    return _DECODER.decode(text)


def say(texts: Texts, *, languages: list[str], language: str | None = None) -> str:
    """A text in `language` (else the reader's), else in the nearest that there is: `zh-Hant` falls back to `zh`."""
    wanted = language or language_of_reader()
    for tag in (wanted, wanted.partition("-")[0], *languages, *texts):
        if texts.get(tag):
            return texts[tag]
    return ""
