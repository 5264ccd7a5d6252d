"""What stands above each page about one survey: its name and state, the way between its pages, what is still wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tenants.kit import ids
from tenants.kit.words import Words, language_of_reader
from tenants.surveys.rules import definition as definitions
from tenants.surveys.rules import publishing, reading
from tenants.surveys.rules.definition import say
from tenants.surveys.rules.refusals import VersionUnknown

if TYPE_CHECKING:
    import uuid

    from tenants.kit.console import Ask
    from tenants.surveys.rules.checking import Problem
    from tenants.surveys.rules.definition import Definition
    from tenants.surveys.rules.reading import Draft, Quota, Survey

TABS = (
    ("survey", Words(en="Questions", zh="题目")),
    ("survey-texts", Words(en="Pages and languages", zh="页面与语言")),
    ("survey-settings", Words(en="Settings", zh="设置")),
    ("survey-preview", Words(en="Preview", zh="预览")),
    ("survey-publish", Words(en="Publish", zh="发布")),
    ("survey-share", Words(en="Share", zh="邀请与链接")),
    ("survey-results", Words(en="Results", zh="结果")),
)
LOOKS = {"draft": "draft", "coming": "scheduled", "running": "live", "paused": "paused", "over": "ended"}
"""How the console shows what a survey's status is called."""


@dataclass(frozen=True, slots=True)
class Top:
    """One survey with its draft, and what keeps the draft from going live."""

    survey: Survey
    draft: Draft
    quotas: list[Quota]
    wrong: list[Problem]
    changed: bool
    """Members do not see yet what the draft asks."""

    @property
    def definition(self) -> Definition:
        """What the draft asks."""
        return self.draft.definition

    @property
    def name(self) -> str:
        """In the reader's language, if it has a name in it."""
        return name_of(self.survey)


async def find(ask: Ask) -> Top:
    """The survey that a page is about. Raises SurveyUnknown."""
    return await of(ids.read("sur", ask.rest.partition("/")[0]))


async def of(survey: uuid.UUID) -> Top:
    """A survey with all that is said above its pages. Raises SurveyUnknown."""
    found, draft, quotas = await reading.find(survey), await reading.draft(survey), await reading.quotas(survey)
    wrong = await publishing.obstacles(found, draft.definition, quotas)
    try:
        changed = (await reading.current(survey)).definition != draft.definition
    except VersionUnknown:
        changed = True
    return Top(found, draft, quotas, wrong, changed)


def facts(top: Top, on: str) -> dict[str, Any]:
    """What the macro `top` of `builder.html` tells on the page `on`."""
    return {
        "it": top.survey, "shown": ids.show("sur", top.survey.id), "on": on,
        "tabs": [(slug, words.say()) for slug, words in TABS],
        "status": (LOOKS[top.survey.status], reading.STATUS[top.survey.status].say()),
        "revision": top.draft.revision, "undoable": top.draft.undoable, "changed": top.changed,
        "wrong": [(problem.key, problem.words.say()) for problem in top.wrong],
        "languages": [(tag, language_name(tag)) for tag in top.definition.languages],
    }  # fmt: skip


def name_of(survey: Survey) -> str:
    """What a survey is called, in the reader's language if it has a name in it."""
    terms = survey.terms
    mine, other = (terms.name_zh, terms.name_en) if language_of_reader() == "zh" else (terms.name_en, terms.name_zh)
    return mine or other


def text_of(definition: Definition, texts: definitions.Texts) -> str:
    """A text in the reader's language, else in the first that there is."""
    return say(texts, languages=definition.languages)


_LANGUAGES = {
    "zh": "中文", "en": "English", "zh-Hant": "繁體中文", "ja": "日本語", "ko": "한국어", "es": "Español",
    "fr": "Français", "de": "Deutsch", "pt": "Português", "it": "Italiano", "ru": "Русский", "vi": "Tiếng Việt",
    "th": "ไทย", "id": "Bahasa Indonesia", "ms": "Bahasa Melayu", "ar": "العربية",
}  # fmt: skip
OFFERED: tuple[tuple[str, str], ...] = tuple(_LANGUAGES.items())
"""Languages that are proposed; any other can be given by its tag."""


def language_name(tag: str) -> str:
    """What a language calls itself."""
    return _LANGUAGES.get(tag, tag)
