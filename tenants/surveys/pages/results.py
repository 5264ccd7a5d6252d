"""What came of a survey: figures and charts, who said what, where people stop, and the rows behind each number."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from tenants import levels, members, segments
from tenants.kit import ids
from tenants.kit.console import ACTIVITIES, Ask, Download, Page, View
from tenants.kit.errors import Invalid, NotFound
from tenants.kit.shapes import page, read_cursor
from tenants.kit.words import Words
from tenants.surveys.api.results_shown import TOO_FEW, plain
from tenants.surveys.pages import builder_new, builder_top
from tenants.surveys.pages.builder_kinds import KINDS
from tenants.surveys.pages.results_links import PARTIES, Links
from tenants.surveys.rules import asked as asking
from tenants.surveys.rules import (
    browsing,
    crosstabs,
    definition,
    dropping,
    exporting,
    filtering,
    flow,
    results,
    saying,
    timelines,
)
from tenants.surveys.rules.refusals import SurveyUnknown
from tenants.surveys.rules.values import SCALED, scale_of
from tenants.tenancy import current_tenant

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tenants.surveys.rules.asked import Asked
    from tenants.surveys.rules.results import ChoiceFigure, QuestionFigures
    from tenants.surveys.rules.scores import Difference, Score

_SHOWN = 50
_PARTY_WORDS = {
    "promoters": (Words(en="Promoters (9–10)", zh="推荐者（9–10）"), "good"),
    "passives": (Words(en="Passives (7–8)", zh="中立者（7–8）"), "warn"),
    "detractors": (Words(en="Detractors (0–6)", zh="贬损者（0–6）"), "bad"),
}
_BY_WORDS = {
    "level": Words(en="Member level", zh="会员等级"), "tag": Words(en="Tag", zh="标签"),
    "attribute": Words(en="Attribute", zh="会员属性"), "rfm": Words(en="RFM group", zh="RFM 分组"),
    "question": Words(en="Another question", zh="另一道题"),
}  # fmt: skip
_UNIT = {"nps": (-100, 100, 0, ""), "csat": (0, 100, 0, "%")}


async def show(ask: Ask) -> View | Download:
    """One page of a survey's results, by what follows its id; without one, the surveys to choose from."""
    survey, _, rest = ask.rest.partition("/")
    if not survey:
        return await builder_new.show(ask)
    place, _, which = rest.partition("/")
    asked = await asking.asked(_id("sur", survey))
    if place == "responses" and which:
        return await _one(asked, which)
    chosen = filtering.read(ask.given, asked)
    links = Links(asked, chosen)
    if which or place not in _PLACES:
        raise NotFound
    return await _PLACES[place](ask, asked, links)


async def _overview(ask: Ask, asked: Asked, links: Links) -> View:
    found = await results.results(asked, links.chosen)
    drops = await dropping.drop_off(asked, links.chosen, found.answered)
    key, step = ask.text("course"), ask.text("step")
    if step and step not in timelines.STEPS:
        raise Invalid(param="step", problem=Words(en="use day, week or month", zh="请使用 day、week 或 month"))
    course = None
    if not asked.anonymous and not found.hidden:
        course = await timelines.timeline(
            asked,
            links.chosen,
            step=step or None,
            one=asked.find(key) if key else None,
        )
    facts = await _facts(asked, links) | {
        "found": found, "questions": [_question(one, links) for one in found.questions],
        "drops": [_drop(asked, drop, links) for drop in drops.questions], "at_least": drops.at_least,
        "course": _course(course, links, key) if course else None, "chosen_course": key, "chosen_step": step,
        "courses": [("", Words(en="Responses", zh="答卷数").say()), *(
            (one.key, asked.name_of(one)) for one in asked.questions if one.question.kind in {*SCALED, "number"})],
        "steps": [("", Words(en="As it fits", zh="自动").say()), ("day", Words(en="Days", zh="按日").say()),
                  ("week", Words(en="Weeks", zh="按周").say()), ("month", Words(en="Months", zh="按月").say())],
    }  # fmt: skip
    return View("surveys/pages/results.html", facts, title=_title(asked))


async def _responses(ask: Ask, asked: Asked, links: Links) -> View:
    scope = f"{current_tenant().schema}:console_responses:{asked.id}:{links.chosen.query}"
    rows = await browsing.responses(asked, links.chosen, before=_before(ask, scope), limit=_SHOWN + 1)
    sheet = page([browsing.Written(row) for row in rows], limit=_SHOWN, scope=scope)
    counts = await results.count(asked, links.chosen)
    facts = await _facts(asked, links) | {
        "rows": [_response(one.row, links) for one in sheet.data], "count": counts.meant,
        "hidden": results.is_hidden(asked, counts.meant),
        "more": links.to("responses", cursor=sheet.next_cursor) if sheet.next_cursor else "",
    }  # fmt: skip
    return View("surveys/pages/results_responses.html", facts, title=_title(asked))


async def _one(asked: Asked, which: str) -> View:
    row, said = await browsing.response(asked, _id("svr", which))
    version = asked.versions.get(row["version"])
    languages = version.languages if version else asked.languages
    known = {one.question.key: one.given for one in said if one.given}
    links = Links(asked, filtering.Filter())
    facts = await _facts(asked, links) | {
        "one": _response(row, links), "way": filtering.VIA[row["via"]].say() if row["via"] else "—", "it_said": [
            (flow.said(one.question.text, known, definition=version or definition.Definition()) or one.question.key,
             saying.in_words(one.question, one.given, languages) if one.given else "")
            for one in said
        ],
        "effects": await browsing.effects_of(row["id"]),
    }  # fmt: skip
    return View("surveys/pages/results_response.html", facts, title=_title(asked))


async def _texts(ask: Ask, asked: Asked, links: Links) -> View:
    written = [one for one in asked.questions if one.question.kind in {"short", "long"} or one.question.other]
    key, search = ask.text("question") or (written[0].key if written else ""), ask.text("search")[:200]
    one = asked.find(key)
    facts: dict[str, Any] = {"rows": [], "more": ""}
    if one is not None:
        scope = f"{current_tenant().schema}:console_texts:{asked.id}:{links.chosen.query}:{key}:{search}"
        rows = await browsing.texts(
            asked, links.chosen, one, search=search, before=_before(ask, scope), limit=_SHOWN + 1
        )
        sheet = page(rows, limit=_SHOWN, scope=scope)
        more = {"question": key, "search": search, "cursor": sheet.next_cursor or ""}
        facts = {
            "rows": [_response({**each.row, "id": each.row["response"]}, links) for each in sheet.data],
            "more": links.to("texts", **more) if sheet.next_cursor else "",
        }  # fmt: skip
    facts |= await _facts(asked, links) | {
        "questions": [(each.key, asked.name_of(each)) for each in written], "question": key, "search": search,
    }  # fmt: skip
    return View("surveys/pages/results_texts.html", facts, title=_title(asked))


async def _crosstab(ask: Ask, asked: Asked, links: Links) -> View:
    """One question by another thing; both are chosen as `key` or `key.row`."""
    dividing = [
        (f"{one.key}.{row.key}", f"{asked.name_of(one)} – {asked.say(row.text, row.key)}")
        if row else (one.key, asked.name_of(one))
        for one in asked.questions
        if one.question.kind in filtering.CHOSEN | filtering.NUMERIC
        for row in (one.question.rows if one.question.kind == "matrix" else [None])
    ]  # fmt: skip
    wanted = ask.text("question") or (dividing[0][0] if dividing else "")
    by, other = ask.text("by", "level"), ask.text("other")
    if by not in crosstabs.BYS:
        raise Invalid(param="by", problem=Words(en="choose from the list", zh="请从列表中选择"))
    key, _, part = wanted.partition(".")
    one, table = asked.find(key), None
    if one is not None and (other or by not in {"attribute", "question"}):
        name, _, row = other.partition(".") if by == "question" else (other, "", "")
        table = await crosstabs.crosstab(
            asked, links.chosen, one, by=by, part=part, other=name, other_part=row)  # fmt: skip
    known = await members.defined_attributes()
    facts = await _facts(asked, links) | {
        "dividing": dividing, "question": wanted, "by": by, "other": other,
        "bys": [(each, words.say()) for each, words in _BY_WORDS.items()
                if not asked.anonymous or each in {"level", "question"}],
        "others": [("", "—"), *(dividing if by != "attribute" else []),
                   *((each, Words(attribute.label_en or each, attribute.label_zh or each).say())
                     for each, attribute in known.items() if by != "question")],
        "table": _table(table, links, other) if table else None,
    }  # fmt: skip
    return View("surveys/pages/results_crosstab.html", facts, title=_title(asked))


async def _csv(ask: Ask, asked: Asked, links: Links) -> Download:
    parts = exporting.csv_parts(asked, links.chosen, cells="keys" if ask.text("cells") == "keys" else "texts")
    return Download(f"survey-{ids.show('sur', asked.id)}.csv", exporting.CSV_TYPE, parts)


async def _excel(ask: Ask, asked: Asked, links: Links) -> Download:
    parts = exporting.excel_parts(asked, links.chosen, cells="keys" if ask.text("cells") == "keys" else "texts")
    return Download(f"survey-{ids.show('sur', asked.id)}.xlsx", exporting.EXCEL_TYPE, parts)


_PLACES: dict[str, Callable[[Ask, Asked, Links], Awaitable[View | Download]]] = {
    "": _overview, "responses": _responses, "texts": _texts, "crosstab": _crosstab, "export.csv": _csv,
    "export.xlsx": _excel,
}  # fmt: skip


async def _facts(asked: Asked, links: Links) -> dict[str, Any]:
    """What every page says: where one is, the filter, and what it can be set to."""
    top = builder_top.facts(await builder_top.of(asked.id), "survey-results")
    everything = ("", Words(en="All", zh="全部").say())
    return top | {
        "links": links, "filter": links.chosen.query, "anonymous": asked.anonymous,
        "states": [("", Words(en="Complete", zh="已完成").say()), ("partial", Words(en="Given up", zh="未完成").say()),
                   ("any", everything[1])],
        "suspects": [("", Words(en="Left out", zh="不计入").say()), ("with", Words(en="Counted", zh="计入").say()),
                     ("only", Words(en="Only these", zh="仅看可疑").say())],
        "versions": [everything, *((str(number), str(number)) for number in asked.versions)],
        "phases": [everything, *((str(one), str(one)) for one in sorted({q.question.phase for q in asked.questions}))],
        "languages_used": [everything, *((tag, builder_top.language_name(tag)) for tag in asked.languages)],
        "ways": [everything, *((way, words.say()) for way, words in filtering.VIA.items())],
        "levels": [everything, *((ids.show("lvl", one.id), one.name.say()) for one in await levels.ladder())],
        "rfm_groups": [everything, *((key, group.name.say()) for key, group in segments.GROUPS.items())],
        "answers": [everything, *_answers(asked)],
    }  # fmt: skip


def _answers(asked: Asked) -> list[tuple[str, str]]:
    """What can be filtered by with one choice of a list."""
    found = []
    for one in asked.questions:
        kind, name = one.question.kind, asked.name_of(one)[:40]
        if kind in filtering.CHOSEN - {"matrix"}:
            found += [(f"{one.key}:{each.key}", f"{name}: {asked.say(each.text, each.key)}") for each in one.choices]
        elif kind == "nps":
            found += [(f"{one.key}:{PARTIES[party]}", f"{name}: {words.say()}")
                      for party, (words, _) in _PARTY_WORDS.items()]  # fmt: skip
        elif kind in SCALED:
            least, most = scale_of(one.question)
            found += [(f"{one.key}:{value}", f"{name}: {value}") for value in range(least, most + 1)]
    return found


def _question(one: QuestionFigures, links: Links) -> dict[str, Any]:
    """A question as the page shows it."""
    asked, key, kind = links.asked, one.asked.key, one.asked.question.kind
    scale = _UNIT.get(kind) or (*scale_of(one.asked.question), 2, "") if kind in SCALED else None
    return {
        "key": key, "kind": kind, "kind_name": KINDS[kind][1].say(), "name": asked.name_of(one.asked),
        "gone": key in one.asked.gone, "answered": one.answered, "href": links.answered(key), "texts": one.texts,
        "texts_href": links.to("texts", question=key), "by_href": links.to("crosstab", question=key),
        "bars": [_bar(each, key, links, ranking=kind == "ranking") for each in one.choices]
        or [{"label": f"{value:f}", **_shared(share), "href": links.answered(key, f"{value:f}")}
            for value, share in one.values]
        or [{"label": _span(bar.low, bar.high), "value": bar.count, "href": links.bar(key, bar)} for bar in one.bars],
        "rows": [{"label": row.text, "n": row.answered, "href": links.answered(key, "*", row.key), "cells": [
            {"share": each.share.value, "value": each.share.count, "href": links.answered(key, each.key, row.key)}
            for each in row.choices]} for row in one.rows],
        "columns": [each.text for each in one.rows[0].choices] if one.rows else [],
        "parties": [{"label": _PARTY_WORDS[name][0].say(), "tone": _PARTY_WORDS[name][1], "count": share.count,
                     "href": links.answered(key, PARTIES[name])} for name, share in one.parties],
        "score": one.score, "scale": scale, "few": _few(one.score), "number": one.number,
        "quartiles": [f"{value:g}" for value in one.number.quartiles] if one.number else [],
        "mean": f"{one.number.mean:.2f}" if one.number else "",
        "ends": [plain(one.number.least), plain(one.number.most)] if one.number else [],
    }  # fmt: skip


def _bar(one: ChoiceFigure, key: str, links: Links, *, ranking: bool) -> dict[str, Any]:
    note = Words(en="no longer offered", zh="已下线").say() if one.gone else ""
    if ranking and one.mean_place is not None:
        place = Words(
            en="mean place {place:.2f}, first {first:,} times", zh="平均名次 {place:.2f}，排第一 {first:,} 次"
        )
        note = place.say(place=one.mean_place, first=one.first)
    return {"label": one.text, "note": note, "href": links.answered(key, one.key), **_shared(one.share)}


def _shared(share: Any) -> dict[str, Any]:
    return {"value": share.count, "share": share.value, "low": share.low if share.of else None,
            "high": share.high if share.of else None}  # fmt: skip


def _span(low: Any, high: Any) -> str:
    return plain(low) if low == high else f"{plain(low)} – {plain(high)}"


def _few(score: Score | None) -> str:
    if score is None or score.claimed:
        return ""
    return TOO_FEW.say(answers=score.answers, needed=score.needed)


def _drop(asked: Asked, drop: dropping.Drop, links: Links) -> dict[str, Any]:
    one = asked.find(drop.key)
    return {
        "name": asked.name_of(one) if one else drop.key, "seen": drop.seen, "answered": drop.answered,
        "stopped": drop.stopped, "part": drop.stopped / drop.seen if drop.seen else None,
        "answered_href": links.began(drop.key), "stopped_href": links.stopped(drop.key),
        "seen_href": _seen(drop, links),
    }  # fmt: skip


def _seen(drop: dropping.Drop, links: Links) -> str:
    """The rows of those who saw a question, where what they did tells who they are; nothing else that is kept does."""
    if drop.seen == drop.answered:
        return links.began(drop.key)
    return links.stopped(drop.key) if drop.seen == drop.stopped and not drop.answered else ""


def _course(course: timelines.Timeline, links: Links, key: str) -> dict[str, Any]:
    periods = course.periods
    scored = bool(key) and any(one.score for one in periods)
    series: dict[str, Any] = {
        "label": Words(en="Responses", zh="答卷数").say(), "hrefs": [links.during(one) for one in periods],
        "values": [one.responses for one in periods],
    }  # fmt: skip
    if scored:
        series |= {
            name: [getattr(one.score, "value" if name == "values" else name) if one.score else None for one in periods]
            for name in ("values", "low", "high")
        }
        series["label"] = Words(en="Score", zh="得分").say()
    last = periods[-1] if periods else None
    ticks = [f"{one.start:%Y-%m}" if course.step == "month" else one.start.isoformat() for one in periods]
    return {
        "ticks": ticks, "series": [series] if periods else [], "digits": 1 if scored else 0,
        "change": _differs(last.change) if last and last.change else "",
    }  # fmt: skip


def _differs(change: Difference | None) -> str:
    """Whether two scores can be told apart, in words."""
    if change is None or change.clear is None:
        return Words(en="too few answers to compare", zh="回答过少，无法比较").say()
    if not change.clear:
        return Words(en="no difference that could be told from chance", zh="差异在误差范围内").say()
    up = Words(en="higher by {value:.1f}", zh="高 {value:.1f}")
    down = Words(en="lower by {value:.1f}", zh="低 {value:.1f}")
    value = change.value or 0.0
    return (up if value > 0 else down).say(value=abs(value))


def _table(table: crosstabs.Crosstab, links: Links, other: str) -> dict[str, Any]:
    name, _, part = other.partition(".") if table.by == "question" else (other, "", "")
    rows = [
        {"label": group.text, "n": group.answered,
         "href": links.cell(table, group, None, other=name, other_part=part),
         "cells": [{"share": cell.value, "value": cell.count,
                    "href": links.cell(table, group, column, other=name, other_part=part)}
                   for column, cell in zip(table.columns, group.cells, strict=True)]}
        for group in table.groups
    ]  # fmt: skip
    scored = [
        {"label": group.text, "score": group.score, "few": _few(group.score), "differs": _differs(group.against_rest)}
        for group in table.groups
        if group.score
    ]
    return {
        "columns": [column.text for column in table.columns], "rows": rows, "scored": scored, "hidden": table.hidden,
        "overlapping": table.overlapping, "association": table.association, "answered": table.answered,
        "numbers": table.question.question.kind == "number",
    }  # fmt: skip


def _response(row: Any, links: Links) -> dict[str, Any]:
    return {
        "it": row, "href": links.under({}, f"responses/{ids.show('svr', row['id'])}"),
        "member": ids.show("mem", row["member"]) if row["member"] else "",
        "language": builder_top.language_name(row["language"]),
    }  # fmt: skip


def _before(ask: Ask, scope: str) -> uuid.UUID | None:
    position = read_cursor(ask.text("cursor") or None, scope=scope)
    return uuid.UUID(position) if position else None


def _id(prefix: str, text: str) -> uuid.UUID:
    try:
        return ids.read(prefix, text)
    except NotFound:
        raise (SurveyUnknown if prefix == "sur" else browsing.ResponseUnknown) from None


def _title(asked: Asked) -> str:
    return Words(en=asked.row["name_en"] or asked.row["name_zh"], zh=asked.row["name_zh"] or asked.row["name_en"]).say()


PAGES = (
    Page(
        "survey-results",
        title=dict(builder_top.TABS)["survey-results"],
        group=ACTIVITIES,
        show=show,
        in_menu=False,
        below="surveys",
    ),
)
