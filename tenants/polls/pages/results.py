"""How a poll stands, for staff: the result, who chose what, the ballots behind each number, and what to stock."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from tenants import members, pictures
from tenants.kit import clock, ids
from tenants.kit.console import Ask, Download, View
from tenants.kit.errors import Invalid, NotFound
from tenants.kit.words import Words
from tenants.polls.pages import forms
from tenants.polls.pages.listing import LOOKS
from tenants.polls.rules import editing, options, reading, stocking, voters
from tenants.polls.rules.ballots import ballots_csv
from tenants.polls.rules.breakdowns import ATTRIBUTE, Breakdown, breakdown
from tenants.polls.rules.intervals import SURE_FROM
from tenants.polls.rules.refusals import OptionUnknown, PollUnknown
from tenants.polls.rules.standing import STATUS_WORDS, name_of, status_of, text_of
from tenants.polls.rules.voters import Wish
from tenants.tenancy import current_tenant

if TYPE_CHECKING:
    from tenants.polls.rules.intervals import Share
    from tenants.polls.rules.reading import Option

_ROWS = 50
_STRIPS_MAX = 8  # as many colours as there are
_DAYS_MAX = 400
_BY = {
    "level": Words(en="Level", zh="等级"),
    "tag": Words(en="Tag", zh="标签"),
    "rfm": Words(en="RFM group", zh="RFM 分组"),
}


async def show(ask: Ask) -> View | Download:
    """The result with its charts; `/ballots.csv` behind the poll's name is every ballot."""
    name, _, file = ask.rest.partition("/")
    poll = forms.read_id("pol", name, PollUnknown)
    row = await editing.find(poll)
    if file == "ballots.csv":
        return Download("ballots.csv", "text/csv; charset=utf-8", ballots_csv(poll))
    if file:
        raise NotFound
    by = ask.text("by", "level")
    found = await reading.result(poll)
    groups = await breakdown(poll, by)
    facts = {
        **_head(row, name), "result": found, "sure_from": SURE_FROM,
        "bars": [
            _bar(one.option, one.votes, one.share, _rows(name, option=[one.option.id])) for one in found.options
        ],
        "rows": _rows(name), "days": await _days(poll, name), "by": by, "kinds": await _kinds(), "groups": groups,
        **_crossed(groups, name, single=row["choices_max"] == 1),
    }  # fmt: skip
    return View("polls/pages/results.html", facts, title=name_of(row).say())


async def show_rows(ask: Ask) -> View:
    """The ballots behind a number."""
    poll = forms.read_id("pol", ask.rest, PollUnknown)
    row = await editing.find(poll)
    wish = _wish(ask)
    before = ids.read("plb", ask.text("before")) if ask.text("before") else None
    found = await voters.voters(poll, wish, before=before, limit=_ROWS + 1)
    texts = {one["id"]: text_of(one) for one in await options.options_of(poll)}
    if not set(wish.options) <= texts.keys():
        raise OptionUnknown
    group = await _group_name(poll, wish)
    asked = {name: text for name, text in ask.given.items() if name != "before"}
    older = ids.show("plb", found[_ROWS - 1]["id"]) if len(found) > _ROWS else ""
    facts = {
        **_head(row, ask.rest), "count": await voters.count_voters(poll, wish), "wish": wish,
        "chosen": [texts[option] for option in wish.options], "group": group, "by": _BY.get(wish.by),
        "rows": [
            {
                "it": one, "member": ids.show("mem", one["member"]),
                "chosen": [texts[option] for option in one["options"]],
            }
            for one in found[:_ROWS]
        ],
        "older": f"/console/poll-votes/{ask.rest}?{urlencode({**asked, 'before': older})}" if older else "",
    }  # fmt: skip
    return View("polls/pages/votes.html", facts, title=name_of(row).say())


async def show_stock(ask: Ask) -> View:
    """What the poll says about what to stock."""
    poll = forms.read_id("pol", ask.rest, PollUnknown)
    row = await editing.find(poll)
    report = await stocking.stock_report(poll)
    texts = {one.option.id: one.option.text for one in report.options}
    facts = {
        **_head(row, ask.rest), "report": report,
        "bars": [
            _bar(one.option, int(one.members.count), one.members, _rows(ask.rest, option=[one.option.id], members=True))
            for one in report.options
        ],
        "wanted": [
            {
                "it": one, "buyers": _rows(ask.rest, option=[one.option.id], buyers="yes", members=True),
                "others": _rows(ask.rest, option=[one.option.id], buyers="no", members=True),
            }
            for one in report.options
        ],
        "bands": [
            {
                "label": _band(band), "value": int(band.members.count), "share": band.members.share,
                "low": band.members.low, "high": band.members.high,
                "href": _rows(ask.rest, option=band.options, members=True),
                "note": "、".join(texts[option].say() for option in band.options if option in texts),
            }
            for band in report.bands
        ],
        "rows": _rows(ask.rest, members=True), "buyers": _rows(ask.rest, buyers="yes", members=True),
    }  # fmt: skip
    return View("polls/pages/stock.html", facts, title=name_of(row).say())


def _head(row: Any, shown: str) -> dict[str, Any]:
    status = status_of(row, clock.now())
    return {
        "it": row, "poll": shown, "looks": LOOKS.get(status, status), "status_said": STATUS_WORDS[status],
        "currency": current_tenant().currency,
    }  # fmt: skip


def _bar(option: Option, votes: int, told: Share, href: str) -> dict[str, Any]:
    price = _band(option)
    notes = [price, option.product, Words(en="taken off", zh="已移除").say() if option.removed else ""]
    return {
        "label": option.text.say(), "value": votes, "share": told.share if told.of else None,
        "low": told.low if told.of else None, "high": told.high if told.of else None, "href": href,
        "note": " · ".join(note for note in notes if note),
        "picture": pictures.address(option.picture) if option.picture else "",
    }  # fmt: skip


def _band(it: Any) -> str:
    """A price band, of an option or of several, in the shop's currency."""
    low, high = it.price_low, it.price_high
    if low is None and high is None:
        return ""
    if low is None or high is None:
        return f"{'≥' if high is None else '≤'} {low if high is None else high} {current_tenant().currency}"
    return f"{low}{'' if low == high else f'–{high}'} {current_tenant().currency}"


def _rows(
    poll: str,
    *,
    option: Any = (),
    by: str = "",
    group: str | None = None,
    buyers: str = "",
    members: bool = False,
    day: str = "",
) -> str:
    """The address of the rows behind a number."""
    asked = [("option", ",".join(ids.show("plo", one) for one in option))] if option else []
    asked += [("by", by), *([] if group is None else [("group", group)])] if by else []
    asked += [("buyers", buyers)] if buyers else []
    asked += [("members", "yes")] if members else []
    asked += [("day", day)] if day else []
    return f"/console/poll-votes/{poll}" + (f"?{urlencode(asked)}" if asked else "")


def _wish(ask: Ask) -> Wish:
    chosen = [forms.read_id("plo", one, OptionUnknown) for one in ask.text("option").split(",") if one]
    return Wish(
        options=tuple(chosen), by=ask.text("by"), group=ask.given.get("group"),
        buyers={"yes": True, "no": False}.get(ask.text("buyers")), members=bool(ask.text("members")),
        day=_day(ask.text("day")))  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid(
            param="day", problem=Words(en="use a day as 2026-01-31", zh="请使用 2026-01-31 格式的日期")
        ) from None


async def _group_name(poll: uuid.UUID, wish: Wish) -> Words | None:
    if not wish.by:
        return None
    found = await breakdown(poll, wish.by)
    named = {group.key: group.name for group in found.groups}
    return named.get(wish.group, Words(en=wish.group or "", zh=wish.group or ""))


async def _kinds() -> list[tuple[str, str]]:
    """By what a result can be broken down: what every shop has, and its own attributes."""
    own = [
        (f"{ATTRIBUTE}{key}", Words(en=one.label_en or key, zh=one.label_zh or key).say())
        for key, one in (await members.defined_attributes()).items()
    ]
    return [*((key, words.say()) for key, words in _BY.items()), *own]


async def _days(poll: uuid.UUID, shown: str) -> dict[str, Any]:
    """Votes over time, a day without one being nought."""
    found = dict((await voters.by_day(poll))[-_DAYS_MAX:])
    if len(found) < 2:  # noqa: PLR2004  a line has two ends
        return {}
    first, last = min(found), max(found)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)][-_DAYS_MAX:]
    return {
        "ticks": [str(day) for day in days],
        "series": [
            {
                "label": Words(en="Votes", zh="票数").say(),
                "values": [found.get(day, 0) for day in days],
                "hrefs": [_rows(shown, day=str(day)) for day in days],
            }
        ],
    }


def _crossed(found: Breakdown, poll: str, *, single: bool) -> dict[str, Any]:
    """The breakdown as a table of options by groups, and as a strip for each group where the colours are enough."""

    def cell(option: Option, group: Any) -> dict[str, Any]:
        told = group.votes[option.id]
        href = _rows(poll, option=[option.id], by=found.by, group=group.key) if told.count else ""
        return {"share": told.share, "value": int(told.count), "href": href}

    cells = [[cell(option, group) for group in found.groups] for option in found.options]
    crossed = [
        {
            "label": option.text.say(), "cells": row, "n": sum(one["value"] for one in row),
        }
        for option, row in zip(found.options, cells, strict=True)
    ]  # fmt: skip
    strips = [
        {
            "label": group.name.say(), "values": [row[place]["value"] for row in cells],
            "hrefs": [row[place]["href"] for row in cells], "note": f"n = {group.ballots:,}",
            "href": _rows(poll, by=found.by, group=group.key),
        }
        for place, group in enumerate(found.groups)
    ]  # fmt: skip
    few = single and len(found.options) <= _STRIPS_MAX
    return {
        "crossed": crossed, "columns": [f"{group.name.say()} ({group.ballots:,})" for group in found.groups],
        "strips": strips if few else [], "parts_of": [{"label": option.text.say()} for option in found.options],
    }  # fmt: skip
