"""What members read around the questions, and all of it in every language."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any

from tenants import pictures
from tenants.kit import ids
from tenants.kit.console import Ask, View
from tenants.kit.errors import DomainError, Invalid, NotFound
from tenants.kit.words import Words
from tenants.surveys.pages import builder_top as tops
from tenants.surveys.rules import editing
from tenants.surveys.rules.definition import LANGUAGE_MAX, Definition
from tenants.surveys.rules.definition import read as read_definition
from tenants.surveys.rules.definition import write as write_definition
from tenants.surveys.rules.translating import completeness, texts_of, translate

if TYPE_CHECKING:
    from tenants.surveys.pages.builder_top import Top

TEMPLATE = "surveys/pages/builder_texts.html"
SHOP = "#c2410c"
"""What the field for the colour begins with where the shop's own is used."""
_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?\Z")
_AROUND: dict[str, tuple[Words, bool]] = {
    "title": (Words(en="Title", zh="标题"), False),
    "start_title": (Words(en="Start page: headline", zh="开始页：大标题"), False),
    "start_text": (Words(en="Start page: text", zh="开始页：正文"), True),
    "end_title": (Words(en="End page: headline", zh="结束页：大标题"), False),
    "end_text": (Words(en="End page: text", zh="结束页：正文"), True),
    "closed_text": (Words(en="Said once it is over", zh="问卷结束后的提示"), True),
}


async def show(ask: Ask) -> View:
    """The pages around the questions, and how far each language is; or one language beside the first."""
    top = await tops.find(ask)
    return _view(top, ask.rest.partition("/")[2])


def _view(top: Top, language: str = "", *, definition: Definition | None = None, problem: str = "",
          said: Words | str = "") -> View:  # fmt: skip
    shown = definition or top.definition
    done = completeness(shown)
    facts: dict[str, Any] = {
        **tops.facts(top, "survey-texts"), "problem": problem, "shown_colour": shown.colour or SHOP, "it_is": shown,
        "around": [(name, words.say(), long, getattr(shown, name)) for name, (words, long) in _AROUND.items()],
        "done": [(tag, tops.language_name(tag), done[tag]) for tag in shown.languages],
        "more": [(tag, name) for tag, name in tops.OFFERED if tag not in shown.languages],
        "start_picture": _address(shown.start_picture), "language_shown": "",
    }  # fmt: skip
    if language in shown.languages:
        main = next(tag for tag in (*shown.languages, language) if tag != language or len(shown.languages) == 1)
        facts |= {
            "language_shown": language, "language_called": tops.language_name(language), "main": main,
            "main_called": tops.language_name(main),
            "places": [
                (place.name, _called(shown, place.name), place.texts.get(main, ""), place.texts.get(language, ""))
                for place in texts_of(shown) if any(place.texts.values())
            ],
        }  # fmt: skip
    return View(TEMPLATE, facts, title=top.name, refused=bool(problem), said=said)


def _called(definition: Definition, name: str) -> str:
    if name in _AROUND:
        return _AROUND[name][0].say()
    key, _, rest = name.partition(".")
    number = [each.key for each in definition.questions].index(key) + 1
    kinds = {
        "text": Words(en="question", zh="题目"), "help": Words(en="help", zh="说明"),
        "error": Words(en="error text", zh="错误提示"), "labels": Words(en="label", zh="刻度说明"),
        "choices": Words(en="choice", zh="选项"), "rows": Words(en="row", zh="行"),
    }  # fmt: skip
    words = kinds.get(rest.partition(".")[0])
    return f"{number} · {words.say() if words else rest}"


def _address(picture: str | None) -> str:
    try:
        return pictures.address(ids.read("pic", picture)) if picture else ""
    except NotFound:
        return ""


async def save(ask: Ask) -> View:
    """Keep the pages around the questions, colour, picture, and whether questions come one by one."""
    top = await tops.find(ask)
    copy = read_definition(write_definition(top.definition))
    for name in _AROUND:
        texts = getattr(copy, name)
        for tag in copy.languages:
            if text := ask.text(f"{name}.{tag}").replace("\r\n", "\n"):
                texts[tag] = text
            else:
                texts.pop(tag, None)
    copy.colour = "" if "shop_colour" in ask.given else ask.text("colour").lower()
    copy.one_by_one = ask.text("shown_by") != "pages"
    if "unpicture" in ask.given:
        copy.start_picture = None
    try:
        if upload := ask.files.get("start_picture"):
            content = await asyncio.to_thread(upload.file.read)
            copy.start_picture = ids.show("pic", await pictures.keep(content, name=upload.name))
        await editing.edit(top.survey.id, copy)
    except DomainError as error:
        return _view(top, definition=copy, problem=error.say())
    return _view(await tops.of(top.survey.id), said=Words(en="Saved.", zh="已保存。"))


async def add_language(ask: Ask) -> View:
    """Offer the survey in a further language, and go on to its texts."""
    top = await tops.find(ask)
    tag = ask.text("other_tag") or ask.text("tag")
    copy = read_definition(write_definition(top.definition))
    if not _TAG.match(tag) or tag in copy.languages or len(copy.languages) >= LANGUAGE_MAX:
        told = Words(
            en=f"use a tag like pt-BR that is not there yet, up to {LANGUAGE_MAX} languages",
            zh=f"请使用尚未添加的语言代码，如 pt-BR，最多 {LANGUAGE_MAX} 种语言",
        )
        return _view(top, problem=Invalid(param="tag", problem=told).say())
    copy.languages.append(tag)
    await editing.edit(top.survey.id, copy)
    return _view(await tops.of(top.survey.id), tag, said=Words(en="Added.", zh="已添加。"))


async def remove_language(ask: Ask) -> View:
    """Offer the survey in a language no more; its texts are kept in the draft's edits, so this can be undone."""
    top = await tops.find(ask)
    copy = read_definition(write_definition(top.definition))
    if ask.part in copy.languages and len(copy.languages) > 1:
        copy.languages.remove(ask.part)
        for place in texts_of(copy):
            place.texts.pop(ask.part, None)
        await editing.edit(top.survey.id, copy)
    return _view(await tops.of(top.survey.id), said=Words(en="Taken out.", zh="已删除。"))


async def main_language(ask: Ask) -> View:
    """Fall back to this language where a text is missing."""
    top = await tops.find(ask)
    copy = read_definition(write_definition(top.definition))
    if ask.part in copy.languages:
        copy.languages.remove(ask.part)
        copy.languages.insert(0, ask.part)
        await editing.edit(top.survey.id, copy)
    return _view(await tops.of(top.survey.id), said=Words(en="Saved.", zh="已保存。"))


async def say(ask: Ask) -> View:
    """Keep what was translated."""
    top = await tops.find(ask)
    texts = {name.removeprefix("t."): text.replace("\r\n", "\n") for name, text in ask.given.items()
             if name.startswith("t.")}  # fmt: skip
    if ask.part not in top.definition.languages:
        raise NotFound
    copy = translate(top.definition, ask.part, texts)
    try:
        await editing.edit(top.survey.id, copy)
    except DomainError as error:
        return _view(top, ask.part, definition=copy, problem=error.say())
    return _view(await tops.of(top.survey.id), ask.part, said=Words(en="Saved.", zh="已保存。"))


ACTS = {
    "save": save, "add-language": add_language, "remove-language": remove_language, "main-language": main_language,
    "say": say,
}  # fmt: skip
