"""What a template's rules come to, said to a member: the sentences on its card, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tenants.kit import clock
from tenants.kit.words import Words
from tenants.tenancy import DB, current_tenant
from tenants.vouchers.rules import levelled, templates
from tenants.vouchers.rules.errors import TemplateUnknown
from tenants.vouchers.rules.judging import given_words
from tenants.vouchers.rules.terms import GIVEN, Hours, Scope

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows beside a template that say where, when and for whom."""

    scopes: Sequence[Scope] = ()
    hours: Sequence[Hours] = ()
    levels: Sequence[Words] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """What a member sees of a template: its title, the terms in sentences, and the seller's own notes."""

    title: Words
    worth: Words
    terms: Words
    notes: Words


async def preview(template_id: uuid.UUID) -> Card:
    """The card that a member would see. Raises TemplateUnknown."""
    row = await DB.fetchrow("SELECT * FROM __tenant__.voucher_template WHERE id = $1", template_id)
    if row is None:
        raise TemplateUnknown
    return card(row, (await rows_of([template_id])).get(template_id, Rows()))


async def rows_of(named: Sequence[uuid.UUID]) -> dict[uuid.UUID, Rows]:
    """Where, when and for whom the vouchers of templates are."""
    scopes, hours = await templates.scopes_of(named), await templates.hours_of(named)
    levels = await levelled.names_wanted(named)
    return {one: Rows(scopes.get(one, ()), hours.get(one, ()), levels.get(one, ())) for one in named}


def card(row: Any, rows: Rows) -> Card:
    """The card of a template."""
    title = Words(en=row["name_en"] or row["name_zh"], zh=row["name_zh"] or row["name_en"])
    notes = Words(en=row["notes_en"] or row["notes_zh"], zh=row["notes_zh"] or row["notes_en"])
    said = [worth_words(row), *_conditions(row, rows), *_validity(row), *_sharing(row)]
    terms = Words(en=" ".join(one.en for one in said), zh="".join(one.zh for one in said))
    return Card(title, said[0], terms, notes)


def worth_words(row: Any) -> Words:
    """What a voucher gives, in a sentence."""
    currency = current_tenant().currency
    kind = row["kind"]
    if kind in GIVEN:
        given = given_words(row)
        if kind == "gift":
            return Words(en=f"With the order: {given.en}.", zh=f"随单赠送：{given.zh}。")
        return Words(en=f"{given.en}.", zh=f"{given.zh}。")
    if kind == "amount":
        amount = _money(row["amount"])
        return Words(en=f"{currency} {amount} off.", zh=f"立减 {amount}（{currency}）。")
    cap = row["amount_max"]
    up_to = (
        Words(en=f", up to {currency} {_money(cap)}", zh=f"，最多减 {_money(cap)}（{currency}）")
        if cap
        else Words(en="", zh="")
    )
    if kind == "percent":
        return Words(en=f"{row['percent']} % off{up_to.en}.", zh=f"减 {row['percent']}%{up_to.zh}。")
    return Words(en=f"Free shipping{up_to.en}.", zh=f"包邮{up_to.zh}。")


def _conditions(row: Any, rows: Rows) -> list[Words]:
    said = []
    if row["threshold"]:
        amount = _money(row["threshold"])
        some = any(scope.kind != "channel" for scope in rows.scopes)
        said.append(
            Words(en=f"From {amount} of the goods that count.", zh=f"适用商品满 {amount} 可用。")
            if some
            else Words(en=f"From an order of {amount}.", zh=f"满 {amount} 可用。")
        )
    for kind, name in _SCOPES.items():
        for included, frame in ((True, _ONLY), (False, _NOT)):
            named = [scope.value for scope in rows.scopes if (scope.kind, scope.included) == (kind, included)]
            if named:
                said.append(_fill(frame, what_en=name.en, what_zh=name.zh, named=_list(named)))
    if rows.levels:
        said.append(
            Words(
                en=f"For the levels {', '.join(level.en for level in rows.levels)}.",
                zh=f"限等级：{'、'.join(level.zh for level in rows.levels)}。",
            )
        )
    if rows.hours:
        said.append(
            Words(
                en=f"At these times: {'; '.join(_hours(one).en for one in rows.hours)}.",
                zh=f"可用时段：{'；'.join(_hours(one).zh for one in rows.hours)}。",
            )
        )
    if row["first_order_only"]:
        said.append(Words(en="For the first order only.", zh="仅限首单。"))
    return said


def _validity(row: Any) -> list[Words]:
    if row["validity"] == "fixed":
        zone = clock.zone(current_tenant().timezone)
        since, until = (row[name].astimezone(zone).strftime("%Y-%m-%d %H:%M") for name in ("valid_from", "valid_until"))
        return [Words(en=f"Valid from {since} until {until}.", zh=f"有效期 {since} 至 {until}。")]
    days, delay = row["valid_days"], row["delay_days"]
    if delay:
        return [
            Words(
                en=f"Valid for {days} days, beginning {delay} days after it is received.",
                zh=f"领取 {delay} 天后生效，有效 {days} 天。",
            )
        ]
    return [Words(en=f"Valid for {days} days.", zh=f"领取后 {days} 天内有效。")]


def _sharing(row: Any) -> list[Words]:
    if row["kind"] == "external":
        return []
    said = []
    if row["stacking"] == "exclusive":
        said.append(Words(en="Not together with other vouchers.", zh="不可与其他优惠券同时使用。"))
    elif row["stack_group"]:
        most, group = row["group_max"], row["stack_group"]
        said.append(
            Words(en=f"At most {most} of “{group}” per order.", zh=f"每单最多使用 {most} 张“{group}”组的优惠券。")
        )
    else:
        said.append(Words(en=f"At most {row['group_max']} per order.", zh=f"每单最多使用 {row['group_max']} 张。"))
    if row["transferable"]:
        said.append(Words(en="It can be handed on once.", zh="可转赠一次。"))
    return said


def _hours(one: Hours) -> Words:
    day = _WEEKDAYS[one.weekday or 0]
    since = f"{one.since:%H:%M}" if one.since else "00:00"
    until = f"{one.until:%H:%M}" if one.until else "24:00"
    return Words(en=f"{day.en} {since}–{until}", zh=f"{day.zh} {since}–{until}")


def _fill(frame: Words, **facts: str) -> Words:
    return Words(en=frame.say("en", **facts), zh=frame.say("zh", **facts))


def _list(named: Sequence[str]) -> str:
    shown = ", ".join(named[:5])
    return shown if len(named) <= 5 else f"{shown} … ({len(named)})"  # noqa: PLR2004  a card is small


def _money(amount: Decimal) -> str:
    return f"{amount:.2f}"


_SCOPES = {
    "product": Words(en="products", zh="商品"),
    "category": Words(en="categories", zh="类目"),
    "channel": Words(en="channels", zh="渠道"),
}
_ONLY = Words(en="For these {what_en}: {named}.", zh="限{what_zh}：{named}。")
_NOT = Words(en="Not for these {what_en}: {named}.", zh="不适用{what_zh}：{named}。")
_WEEKDAYS = (
    Words(en="every day", zh="每天"),
    Words(en="Monday", zh="周一"),
    Words(en="Tuesday", zh="周二"),
    Words(en="Wednesday", zh="周三"),
    Words(en="Thursday", zh="周四"),
    Words(en="Friday", zh="周五"),
    Words(en="Saturday", zh="周六"),
    Words(en="Sunday", zh="周日"),
)
