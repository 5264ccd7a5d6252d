"""Going live and everything after: what is still wrong, the steps of a survey's life, its versions, a copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants.kit import ids
from tenants.kit.console import Ask, Go, View
from tenants.kit.errors import DomainError
from tenants.kit.words import Words
from tenants.surveys.pages import builder_top as tops
from tenants.surveys.rules import editing, publishing, reading

if TYPE_CHECKING:
    import uuid
    from collections.abc import Awaitable, Callable

    from tenants.kit.console import Act
    from tenants.surveys.pages.builder_top import Top

TEMPLATE = "surveys/pages/builder_publish.html"


async def show(ask: Ask) -> View:
    """What keeps it from going live, its steps and its versions."""
    return await _view(await tops.find(ask))


async def _view(top: Top, *, problem: str = "", said: Words | str = "") -> View:
    definition = top.definition
    names = {each.key: tops.text_of(definition, each.text) or each.key for each in definition.questions}
    facts = {
        **tops.facts(top, "survey-publish"), "problem": problem, "versions": await reading.versions(top.survey.id),
        "todo": [(one.key, names.get(one.key, ""), one.words.say()) for one in top.wrong],
        "questions": len(definition.questions),
        "called": [(each, tops.language_name(each)) for each in definition.languages],
    }  # fmt: skip
    return View(TEMPLATE, facts, title=top.name, refused=bool(problem), said=said)


def _step(verb: Callable[[uuid.UUID], Awaitable[object]], said: Words) -> Callable[[Ask], Awaitable[View]]:
    async def act(ask: Ask) -> View:
        top = await tops.find(ask)
        try:
            await verb(top.survey.id)
        except DomainError as error:
            return await _view(top, problem=error.say())
        return await _view(await tops.of(top.survey.id), said=said)

    return act


async def clone(ask: Ask) -> Go:
    """A draft like it, to go on with."""
    top = await tops.find(ask)
    terms = top.survey.terms
    en, zh = terms.name_en[:90], terms.name_zh[:90]
    copy = await editing.clone(
        top.survey.id, name_en=f"Copy of {en}" if en else "", name_zh=f"{zh}（副本）" if zh else ""
    )
    return Go(f"survey/{ids.show('sur', copy)}")


async def remove(ask: Ask) -> Go:
    """Throw a draft away that never went live."""
    await editing.remove(ids.read("sur", ask.rest.partition("/")[0]))
    return Go("surveys")


ACTS: dict[str, Act] = {
    "publish": _step(publishing.publish, Words(en="It is live.", zh="已发布。")),
    "pause": _step(publishing.pause, Words(en="Paused: nobody can answer for now.", zh="已暂停，暂时不能回答。")),
    "resume": _step(publishing.resume, Words(en="It goes on.", zh="已恢复。")),
    "end": _step(publishing.end, Words(en="Ended. Its answers stay.", zh="已结束，回答保留。")),
    "clone": clone,
    "remove": remove,
}
