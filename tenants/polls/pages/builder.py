"""One poll in the making: its terms, its options with their pictures, how members see it, and its way to members."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tenants import pictures, points, segments
from tenants.kit import clock, ids
from tenants.kit.console import Act, Ask, Go, View
from tenants.kit.words import LANGUAGES, Words, reading
from tenants.polls.pages import forms
from tenants.polls.pages.forms import Typed
from tenants.polls.pages.listing import LOOKS
from tenants.polls.rules import editing, options
from tenants.polls.rules.options import OptionTerms
from tenants.polls.rules.reading import preview
from tenants.polls.rules.refusals import OptionUnknown, PollUnknown
from tenants.polls.rules.standing import STATUS_WORDS, name_of, status_of, text_of
from tenants.polls.tables import OPTIONS_MAX
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

_DAY = timedelta(days=1)
NEW = "new"
TERMS = "terms"
_NOTHING = Typed()


@dataclass(frozen=True, slots=True)
class Undo:
    """What was taken off just now, and what a form must send to put it back."""

    text: str
    fields: Mapping[str, str] = field(default_factory=dict)


async def show(ask: Ask) -> View:
    """The poll as it stands."""
    return await _view(_poll(ask))


async def save(ask: Ask) -> View:
    """Keep what was typed into the terms, all of it or nothing."""
    poll = _poll(ask)
    typed = await forms.read_terms(ask)
    if not typed.errors:
        with typed.telling():
            await editing.change(poll, typed.values)
            return await _view(poll, said=Words(en="Saved.", zh="已保存。"))
    return await _view(poll, typed={TERMS: typed})


async def add(ask: Ask) -> View:
    """Offer one thing more."""
    poll = _poll(ask)
    typed = await forms.read_option(ask)
    if not typed.errors:
        with typed.telling():
            await options.add_option(poll, OptionTerms(**typed.values))
            return await _view(poll, said=Words(en="The option was added.", zh="已添加选项。"), focus=NEW)
    return await _view(poll, typed={NEW: typed}, focus=NEW)


async def change(ask: Ask) -> View:
    """Keep what was typed into an option."""
    poll = _poll(ask)
    option = await _option(ask, poll)
    typed = await forms.read_option(ask)
    if not typed.errors:
        with typed.telling():
            await options.change_option(option["id"], typed.values)
            return await _view(poll, said=Words(en="The option was saved.", zh="选项已保存。"))
    return await _view(poll, typed={ids.show("plo", option["id"]): typed})


async def remove(ask: Ask) -> View:
    """Take an option off, and say how it is put back."""
    poll = _poll(ask)
    option = await _option(ask, poll)
    typed = Typed()
    with typed.telling():
        gone = await options.remove_option(option["id"])
        return await _view(poll, undo=_undo(option, gone=gone))
    return await _view(poll, typed={TERMS: typed})


async def put_back(ask: Ask) -> View:
    """Offer again what was taken off: the option itself where it has votes, else one like it in its place."""
    poll = _poll(ask)
    typed = Typed()
    with typed.telling():
        if ask.text("option"):
            await options.restore_option((await _option(ask, poll))["id"])
        else:
            again = await forms.read_option(ask)
            await options.add_option(poll, OptionTerms(**again.values, position=ask.whole("position")))
        return await _view(poll, said=Words(en="It is back.", zh="已恢复。"))
    return await _view(poll, typed={TERMS: typed})


async def up(ask: Ask) -> View:
    """Put an option before the one above it."""
    return await _move(ask, -1)


async def down(ask: Ask) -> View:
    """Put an option after the one below it."""
    return await _move(ask, 1)


async def publish(ask: Ask) -> View:
    """Let members vote, from its beginning on."""
    return await _step(ask, editing.publish, Words(en="It is published.", zh="已发布。"))


async def pause(ask: Ask) -> View:
    """Let nobody vote for now."""
    return await _step(
        ask, editing.pause, Words(en="It is paused: nobody can vote for now.", zh="已暂停，会员暂时不能投票。")
    )


async def resume(ask: Ask) -> View:
    """Let members vote again."""
    return await _step(ask, editing.resume, Words(en="It goes on.", zh="已恢复投票。"))


async def end(ask: Ask) -> View:
    """Close it for good; only where it was said so twice."""
    if not ask.text("sure"):
        typed = Typed(errors={"sure": Words(en="tick this to end it for good", zh="请勾选以确认结束").say()})
        return await _view(_poll(ask), typed={TERMS: typed})
    return await _step(ask, editing.end, Words(en="It has ended.", zh="投票已结束。"))


async def clone(ask: Ask) -> Go:
    """Make a draft like it and go on there."""
    copy = await editing.clone(_poll(ask), once=ask.once)
    return Go(f"poll/{ids.show('pol', copy)}")


ACTS: dict[str, Act] = {
    "save": save, "add": add, "change": change, "remove": remove, "put-back": put_back, "up": up, "down": down,
    "publish": publish, "pause": pause, "resume": resume, "end": end, "clone": clone,
}  # fmt: skip


def _poll(ask: Ask) -> uuid.UUID:
    return forms.read_id("pol", ask.rest, PollUnknown)


async def _option(ask: Ask, poll: uuid.UUID) -> Any:
    """The option that a form is about, as a row. Raises OptionUnknown for one of another poll, too."""
    row = await options.find_option(forms.read_id("plo", ask.text("option"), OptionUnknown))
    if row["poll"] != poll:
        raise OptionUnknown
    return row


async def _move(ask: Ask, by: int) -> View:
    poll = _poll(ask)
    option = await _option(ask, poll)
    order = [row["id"] for row in await options.options_of(poll) if not row["removed"]]
    typed = Typed()
    with typed.telling():
        place = order.index(option["id"])
        order.insert(max(0, place + by), order.pop(place))
        await options.order_options(poll, order)
        return await _view(poll, focus=ids.show("plo", option["id"]))
    return await _view(poll, typed={TERMS: typed})


async def _step(ask: Ask, verb: Callable[[uuid.UUID], Awaitable[None]], said: Words) -> View:
    poll = _poll(ask)
    typed = Typed()
    with typed.telling():
        await verb(poll)
        return await _view(poll, said=said)
    return await _view(poll, typed={TERMS: typed})


def _undo(row: Any, *, gone: bool) -> Undo:
    """Of an option that went for good all it was, of another only which it is."""
    if not gone:
        return Undo(text_of(row).say(), {"option": ids.show("plo", row["id"])})
    fields = {name: row[name] for name in forms.OPTION_TEXTS} | {"position": str(row["position"])}
    fields |= {name: str(row[name]) for name in forms.PRICES if row[name] is not None}
    if row["picture"]:
        fields["kept_picture"] = ids.show("pic", row["picture"])
    return Undo(text_of(row).say(), fields)


async def _view(
    poll: uuid.UUID,
    *,
    typed: Mapping[str, Typed] | None = None,
    said: Words | str = "",
    undo: Undo | None = None,
    focus: str = "",
) -> View:
    """The page; `typed` are the forms that were refused, by what they are about, and come back as they were filled."""
    row = await editing.find(poll)
    rows = await options.options_of(poll)
    status = status_of(row, clock.now())
    facts = {
        "it": row, "poll": ids.show("pol", poll), "status": status, "looks": LOOKS.get(status, status),
        "status_said": STATUS_WORDS[status], "offered": [_card(one) for one in rows if not one["removed"]],
        "taken_off": [_card(one) for one in rows if one["removed"]], "most": OPTIONS_MAX, "typed": typed or {},
        "nothing": _NOTHING, "undo": undo, "focus": focus, "notes": _notes(row, rows), "cost": await _cost(row),
        "phones": [(language, await _phone(poll, language)) for language in LANGUAGES],
        "segments": [(ids.show("seg", one.id), one.name.say()) for one in await segments.segments()],
        "vouchers": await _vouchers(row["reward_voucher"]), "currency": current_tenant().currency,
        "for_form": forms.moment_for_form, "picture_at": _address, "show_id": ids.show,
    }  # fmt: skip
    refused = any(one.errors for one in (typed or {}).values())
    return View("polls/pages/builder.html", facts, title=name_of(row).say(), said=said, refused=refused)


def _card(row: Any) -> dict[str, Any]:
    return {"it": row, "shown": ids.show("plo", row["id"]), "text": text_of(row), "picture": _address(row["picture"])}


def _address(picture: uuid.UUID | None) -> str:
    return pictures.address(picture) if picture else ""


async def _phone(poll: uuid.UUID, language: Any) -> Any:
    with reading(language):
        return await preview(poll)


def _notes(row: Any, rows: list[Any]) -> list[Words]:
    """What a seller may have forgotten; nothing of it keeps a poll from being published."""
    offered = [one for one in rows if not one["removed"]]
    found = []
    half = [one for one in offered if not one["text_en"] or not one["text_zh"]]
    if half or not row["name_en"] or not row["name_zh"]:
        found.append(
            Words(
                en="Some texts are in one language only; the other shows them as they are.",
                zh="部分文字只有一种语言，另一种语言将显示相同文字。",
            )
        )
    seen = [one for one in offered if one["picture"]]
    if seen and len(seen) < len(offered):
        found.append(Words(en="Some options have a picture and some have none.", zh="部分选项没有图片。"))
    if row["ends_at"] is None:
        found.append(Words(en="It has no end; you will have to end it yourself.", zh="未设置结束时间，需手动结束。"))
    if row["stock"] and not any(one["product"] or one["price_low"] is not None for one in offered):
        found.append(
            Words(
                en="For a report of what to stock, give the options products or price bands.",
                zh="如需选品报告，请为选项填写商品编号或价格区间。",
            )
        )
    return found


async def _cost(row: Any) -> Words | None:
    """What the reward would cost if everybody who may vote did so, as often as they may."""
    if not row["reward_points"] and not row["reward_voucher"]:
        return None
    rule = await segments.rule_of(row["segment"]) if row["segment"] else segments.EVERYBODY
    count = await segments.count(rule)
    policy = await points.policy()
    times = _times(row)
    votes = count * (times or 1)
    given = votes * row["reward_points"]
    worth = (given * policy.value_amount / policy.value_points).quantize(Decimal("0.01"))
    currency = current_tenant().currency
    parts_en = [f"{given:,} points (about {worth:,} {currency})"] if row["reward_points"] else []
    parts_zh = [f"{given:,} 积分（约 {worth:,} {currency}）"] if row["reward_points"] else []
    if row["reward_voucher"]:
        parts_en.append(f"{votes:,} vouchers")
        parts_zh.append(f"{votes:,} 张优惠券")
    each_en, each_zh = ("", "") if row["period"] == "ever" else (" every day", "每天都")
    until_en, until_zh = ("", "") if times else (", for each day", "（每天）")
    return Words(
        en=f"At most, if all {count:,} members vote{each_en}: {' and '.join(parts_en)}{until_en}.",
        zh=f"最多：若 {count:,} 名会员{each_zh}投票，共 {'、'.join(parts_zh)}{until_zh}。",
    )


def _times(row: Any) -> int | None:
    """How often a member may vote while the poll is open; None where there is no end to it."""
    if row["period"] == "ever":
        return 1
    if row["ends_at"] is None:
        return None
    zone = current_tenant().timezone
    first = clock.today(zone, row["starts_at"] or clock.now())
    return max(1, (clock.today(zone, row["ends_at"]) - first) // _DAY + 1)


async def _vouchers(chosen: uuid.UUID | None) -> list[tuple[str, str]]:
    rows = await DB.fetch(
        "SELECT id, name_en, name_zh FROM __tenant__.voucher_template WHERE state = 'active' OR id = $1"
        " ORDER BY id DESC LIMIT 200", chosen)  # fmt: skip
    return [(ids.show("vtp", row["id"]), name_of(row).say()) for row in rows]
