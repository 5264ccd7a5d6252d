"""Segments in the console: what there is, the groups of RFM, and rules built by a form, with a count that lives."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any

from tenants import levels, members
from tenants.kit import ids
from tenants.kit.console import Ask, Go, Page, View
from tenants.kit.desk import MARKETING
from tenants.kit.errors import Invalid, NotFound
from tenants.kit.words import Words
from tenants.segments.pages import form
from tenants.segments.rules import asking, checking, rfm, rule, saved, saying

if TYPE_CHECKING:
    from tenants.segments.pages.form import Asked, Draft

_NEW = "new"


async def _list(ask: Ask) -> View:
    if ask.rest:
        raise NotFound
    named = await saying.names()
    listed = [
        {"id": ids.show("seg", one.id), "name": one.name, "rule": saying.say(one.rule, named), "at": one.updated_at}
        for one in await saved.segments()
    ]
    sizes = await rfm.sizes()
    groups = [
        {"it": group, "members": sizes[group.key], "rule": rule.write(rule.Term("rfm", "is", [group.key]))}
        for group in rfm.GROUPS.values()
    ]
    return View("segments/pages/segments.html", {"listed": listed, "groups": groups, "breaks": await rfm.breaks()})


async def _refresh(_ask: Ask) -> Words:
    found = await rfm.refresh_rfm()
    if found is None:
        return Words(en="Nobody has bought yet.", zh="还没有会员购买过。")
    return Words(en=f"Taken anew from {found.buyers:,} buyers.", zh=f"已按 {found.buyers:,} 位购买会员重新计算。")


async def _show(ask: Ask) -> View:
    kept = None if ask.rest == _NEW else await saved.find(ids.read("seg", ask.rest))
    asked = await _asked()
    if f"{form.ROOT}.how" in ask.given:
        draft = form.edited(form.read_fields(ask.given), ask.text("do"), ask.given, asked)
    elif kept:
        draft = form.of_rule(kept.rule)
    else:
        draft = form.of_rule(rule.read(ask.text("rule", '{"all": []}')))
    facts: dict[str, Any] = {
        "kept": kept,
        "address": ask.rest,
        "draft": draft,
        "asked": asked,
        "ops_of": form.ops_of,
        "tried": await _tried(draft, asked),
        "who": ask.text("who"),
        "reason": await _reason(kept, ask.text("who")),
    }
    title = kept.name.say() if kept else Words(en="New segment", zh="新建人群").say()
    return View("segments/pages/segment.html", facts, title=title)


async def _save(ask: Ask) -> Go:
    wanted = rule.read(ask.needed("rule"))
    names = {"name_en": ask.text("name_en"), "name_zh": ask.text("name_zh")}
    if ask.rest == _NEW:
        made = await saved.create(**names, rule=wanted, key=_key(ask.once))
    else:
        made = await saved.change(ids.read("seg", ask.rest), **names, rule=wanted)
    return Go(f"segment/{ids.show('seg', made.id)}")


async def _remove(ask: Ask) -> Go:
    await saved.remove(ids.read("seg", ask.rest))
    return Go("segments")


def _key(once: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(once)
    except ValueError:
        return None


async def _asked() -> dict[str, Asked]:
    named = await saying.names()
    ladder = {ids.show("lvl", level.id): level.name for level in await levels.ladder()}
    return form.catalogue(await members.defined_attributes(), named.attributes, ladder)


async def _tried(draft: Draft, asked: dict[str, Asked]) -> dict[str, Any]:
    """What is said so far, for how many it holds and some of them; or what is still missing."""
    try:
        wanted = await checking.checked(rule.read(form.plain(draft, asked)))
    except Invalid as refused:
        return {"problem": refused.facts["problem"], "where": _where(draft, asked, str(refused.facts["param"]))}
    some = await asking.sample(wanted)
    return {
        "problem": None,
        "rule": rule.write(wanted),
        "words": saying.say(wanted, await saying.names()),
        "members": await asking.count(wanted),
        "sample": [(ids.show("mem", one.id), one.name or one.external_id or "—") for one in some],
    }


def _where(draft: Draft, asked: dict[str, Asked], place: str) -> Words | None:
    """What the condition is called that a place of a rule means."""
    for number in re.findall(r"\[(\d+)\]", place):
        draft = draft.parts[int(number)]
    found = asked.get(draft.about)
    return found.label if found else None


async def _reason(kept: saved.Segment | None, who: str) -> saying.Reason | None:
    if kept is None or not who:
        return None
    try:
        found = await members.find(ids.read("mem", who)) if who.startswith("mem_") else await _called(who)
    except NotFound:
        raise Invalid(param="who", problem=Words(en="there is no such member", zh="没有该会员")) from None
    return await saying.explain(kept.id, found.id)


async def _called(external_id: str) -> members.Member:
    found = await members.find_by_external_id(external_id)
    if found is None:
        raise NotFound
    return found


GROUP = Words(en="Members", zh="会员")
PAGES = (
    Page(
        "segments",
        title=Words(en="Segments", zh="人群"),
        group=GROUP,
        about=Words(
            en="Rules that say whom a survey or poll is for, asked anew each time; and buyers in eight groups.",
            zh="决定问卷、投票等面向谁的规则，每次实时判断；以及购买会员的八个分组。",
        ),
        show=_list,
        acts={"refresh": _refresh},
        write=MARKETING,
    ),
    Page(
        "segment",
        title=Words(en="Segment", zh="人群"),
        group=GROUP,
        show=_show,
        acts={"save": _save, "remove": _remove},
        write=MARKETING,
        in_menu=False,
        below="segments",
    ),
)
