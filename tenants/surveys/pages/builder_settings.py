"""How a survey is run: who, when, how often, for what reward and at what cost; and its quotas."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tenants import points, segments
from tenants.kit import clock, ids
from tenants.kit.console import Ask, View
from tenants.kit.errors import DomainError, Invalid, NotFound
from tenants.kit.words import Words
from tenants.surveys.pages import builder_conditions as conditions
from tenants.surveys.pages import builder_top as tops
from tenants.surveys.pages.builder_conditions import Chosen, Term
from tenants.surveys.rules import editing, limiting
from tenants.surveys.rules.expressions import in_order
from tenants.surveys.rules.values import SCALED
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tenants.surveys.pages.builder_top import Top
    from tenants.surveys.rules.definition import Definition
    from tenants.surveys.rules.settings import Terms

TEMPLATE = "surveys/pages/builder_settings.html"
_COUNTED = 20
"""Segments whose members are counted while one chooses."""
_PURPOSES = {
    "data": Words(en="Learn about members", zh="收集资料"),
    "stickiness": Words(en="Keep members coming", zh="增强黏性"),
    "sales": Words(en="Sell more", zh="促进销售"), "points": Words(en="Have points spent", zh="消耗积分"),
    "traffic": Words(en="Bring visitors", zh="引流"),
}  # fmt: skip
_EVENTS = {
    "": Words(en="nothing: it is found in the member centre", zh="不自动邀请，会员在会员中心看到"),
    "order_delivered": Words(en="an order was delivered", zh="订单签收"),
    "order_completed": Words(en="an order was completed", zh="订单完成"),
    "joined": Words(en="somebody joined", zh="新会员加入"),
    "level_changed": Words(en="the level changed", zh="会员等级变动"),
}
_AGAIN = Words(en="Correct what is marked first.", zh="请先修改标出的内容。")


async def show(ask: Ask) -> View:
    """The settings as they are."""
    return await _view(await tops.find(ask))


async def _view(
    top: Top, *, typed: Mapping[str, str] | None = None, errors: Mapping[str, Words | str] | None = None,
    said: Words | str = "", quota: Term | None = None,
) -> View:  # fmt: skip
    values = dict(typed) if typed is not None else _shown(top.survey.terms)
    named = [(ids.show("seg", one.id), one) for one in await segments.segments()]
    everyone = await segments.count(segments.EVERYBODY)
    counts = {key: await segments.count(one.rule) for key, one in named[:_COUNTED]}
    vouchers = await _vouchers()
    found = {name: words.say() if isinstance(words, Words) else words for name, words in (errors or {}).items()}
    definition = top.definition
    facts: dict[str, Any] = {
        **tops.facts(top, "survey-settings"), "v": values, "errors": found, "named": named, "counts": counts,
        "everyone": everyone, "purposes": [(key, words.say()) for key, words in _PURPOSES.items()],
        "events": [(key, words.say()) for key, words in _EVENTS.items()], "phases": len(definition.phases),
        "vouchers": [(key, name) for key, name, _ in vouchers],
        "scores": [
            (each.key, tops.text_of(definition, each.text) or each.key)
            for each in definition.questions if each.kind in SCALED | {"number"}
        ],
        "estimate": await _estimate(top.survey.terms, definition, everyone, vouchers),
        "quotas": [
            (ids.show("svq", one.id), one, conditions.explain(one.condition, definition) if one.condition else "")
            for one in top.quotas
        ],
        "askable": [(each.key, tops.text_of(definition, each.text) or each.key) for each in in_order(definition)],
        "term": _term(definition, quota) if quota else None,
    }  # fmt: skip
    problem = _AGAIN.say() if found else ""
    return View(TEMPLATE, {**facts, "problem": problem}, title=top.name, refused=bool(found), said=said)


def _shown(terms: Terms) -> dict[str, str]:
    """Settings as the form's fields show them, moments in the shop's zone."""
    found = {name: "" if value is None else str(value) for name, value in asdict(terms).items()}
    for name in ("starts_at", "ends_at"):
        moment = getattr(terms, name)
        shown = clock.shown(current_tenant().timezone, moment)[:16] if moment else ""
        found[name] = shown.replace(" ", "T")
    found["who"] = "invited" if terms.access == "invited" else ""
    if terms.segment:
        found["who"] = ids.show("seg", terms.segment)
    found["often"] = "again" if terms.repeat_days else "once"
    found["reward_voucher"] = ids.show("vtp", terms.reward_voucher) if terms.reward_voucher else ""
    for name in ("open_link", "anonymous"):
        found[name] = "yes" if getattr(terms, name) else ""
    return found


async def _vouchers() -> list[tuple[str, str, Decimal]]:
    """Templates that can be given: id, name, and what one costs the shop at most."""
    rows = await DB.fetch(
        "SELECT id, name_en, name_zh, coalesce(cost, amount, amount_max, 0) AS cost FROM __tenant__.voucher_template"
        " WHERE state = 'active' ORDER BY id DESC LIMIT 200")  # fmt: skip
    return [
        (
            ids.show("vtp", row["id"]),
            Words(en=row["name_en"] or row["name_zh"], zh=row["name_zh"] or row["name_en"]).say(), row["cost"],
        )
        for row in rows
    ]  # fmt: skip


async def _estimate(
    terms: Terms, definition: Definition, everyone: int, vouchers: list[tuple[str, str, Decimal]]
) -> dict[str, Any] | None:
    """What the reward comes to if everybody who may answer does."""
    if not terms.rewarded:
        return None
    asked = everyone
    if terms.segment:
        asked = await segments.count(await segments.rule_of(terms.segment))
    times = max(1, len(definition.phases))
    policy = await points.policy()
    worth = policy.value_amount * terms.reward_points / policy.value_points
    shown = ids.show("vtp", terms.reward_voucher) if terms.reward_voucher else ""
    worth += next((cost for key, _, cost in vouchers if key == shown), Decimal(0))
    return {
        "members": asked, "times": times, "points": asked * times * terms.reward_points,
        "amount": (worth * asked * times).quantize(Decimal("0.01")), "each": worth.quantize(Decimal("0.01")),
        "currency": current_tenant().currency,
    }  # fmt: skip


async def save(ask: Ask) -> View:
    """Keep the settings; what cannot be used is said beside its field."""
    top = await tops.find(ask)
    errors: dict[str, Words | str] = {}
    changes = _changes(ask, errors)
    if errors:
        return await _view(top, typed=_typed(ask), errors=errors)
    try:
        await editing.change(top.survey.id, changes)
    except Invalid as error:
        problem = error.facts["problem"]
        name = str(error.facts["param"])
        errors[name] = problem if isinstance(problem, Words) else str(problem)
        return await _view(top, typed=_typed(ask), errors=errors)
    except DomainError as error:
        return await _view(top, typed=_typed(ask), errors={"all": error.say()})
    return await _view(await tops.of(top.survey.id), said=Words(en="Saved.", zh="已保存。"))


def _typed(ask: Ask) -> dict[str, str]:
    return {**dict.fromkeys(_FIELDS, ""), **{name: text for name, text in ask.given.items() if name in _FIELDS}}


_FIELDS = (
    "name_en", "name_zh", "purpose", "who", "open_link", "anonymous", "often", "repeat_days", "starts_at", "ends_at",
    "phase_gap_days", "after_event", "after_days", "invitation_days", "reward_points", "reward_voucher", "low_question",
    "low_at_most",
)  # fmt: skip


def _changes(ask: Ask, errors: dict[str, Words | str]) -> dict[str, Any]:
    who = ask.text("who")
    again = ask.text("often") == "again"
    repeat = _whole(ask, "repeat_days", errors, None) if again else None
    if again and repeat is None and "repeat_days" not in errors:
        errors["repeat_days"] = Words(en="after how many days?", zh="请填写间隔天数")
    low = ask.text("low_question") or None
    return {
        "name_en": ask.text("name_en"), "name_zh": ask.text("name_zh"), "purpose": ask.text("purpose", "data"),
        "access": "invited" if who == "invited" else "members",
        "segment": _id("seg", who, "who", errors) if who not in {"", "invited"} else None,
        "open_link": "open_link" in ask.given, "anonymous": "anonymous" in ask.given, "repeat_days": repeat,
        "starts_at": _moment(ask, "starts_at", errors), "ends_at": _moment(ask, "ends_at", errors),
        "phase_gap_days": _whole(ask, "phase_gap_days", errors, 0), "after_event": ask.text("after_event") or None,
        "after_days": _whole(ask, "after_days", errors, 0),
        "invitation_days": _whole(ask, "invitation_days", errors, 30),
        "reward_points": _whole(ask, "reward_points", errors, 0),
        "reward_voucher": _id("vtp", ask.text("reward_voucher"), "reward_voucher", errors),
        "low_question": low, "low_at_most": _whole(ask, "low_at_most", errors, None) if low else None,
    }  # fmt: skip


def _whole(ask: Ask, name: str, errors: dict[str, Words | str], default: int | None) -> int | None:
    try:
        return ask.whole(name, default)
    except Invalid:
        errors[name] = Words(en="use a whole number", zh="请填写整数")
        return default


def _moment(ask: Ask, name: str, errors: dict[str, Words | str]) -> datetime | None:
    """A moment of the shop's wall clock, as a browser sends it: 2026-01-31T09:30."""
    text = ask.text(name)
    if not text:
        return None
    try:
        there = datetime.fromisoformat(text)
        return clock.local(current_tenant().timezone, there.date(), there.time())
    except (ValueError, OverflowError):
        errors[name] = Words(en="use a date and time like 2026-01-31 09:30", zh="请填写日期和时间，如 2026-01-31 09:30")
        return None


def _id(prefix: str, text: str, name: str, errors: dict[str, Words | str]) -> uuid.UUID | None:
    try:
        return ids.read(prefix, text) if text else None
    except NotFound:
        errors[name] = Words(en="choose one that is there", zh="请选择已有的一项")
        return None


def _term(definition: Definition, term: Term) -> dict[str, Any]:
    question = definition.question(term.question)
    if question is None:
        raise NotFound
    fitting = conditions.fit(term, question)
    offered = conditions.offered(question, fitting.sign, definition.languages)
    return {
        "it": fitting, "offered": [] if fitting.sign in conditions.WITHOUT_VALUE else offered,
        "rows": [(row.key, tops.text_of(definition, row.text) or row.key) for row in question.rows],
        "signs": [(name, words.say()) for name, words in conditions.signs(question)],
        "typed": not offered and fitting.sign not in conditions.WITHOUT_VALUE,
        "kind": {"date": "date", "number": "number"}.get(question.kind, "text"),
    }  # fmt: skip


def _chosen(ask: Ask) -> Term | None:
    key = ask.text("quota.question")
    return Term(key, ask.text("quota.row"), ask.text("quota.sign"), ask.text("quota.value")) if key else None


async def shape_quota(ask: Ask) -> View:
    """Show the signs and values of the question that was chosen for a quota."""
    top = await tops.find(ask)
    typed = {**_shown(top.survey.terms), "quota_name": ask.text("quota_name"), "quota_most": ask.text("quota_most")}
    return await _view(top, typed=typed, quota=_chosen(ask))


async def set_quota(ask: Ask) -> View:
    """Let at most so many answer, all or those for whom something holds."""
    top = await tops.find(ask)
    term = _chosen(ask)
    if term and not term.sign:  # without a script, what the question offers has not been seen yet
        return await shape_quota(ask)
    typed = {**_shown(top.survey.terms), "quota_name": ask.text("quota_name"), "quota_most": ask.text("quota_most")}
    question = top.definition.question(term.question) if term else None
    try:
        most = ask.whole("quota_most")
        if most is None:
            raise Invalid(param="most", problem=Words(en="how many?", zh="请填写数量"))
        condition = ""
        if term and question:
            fitting = conditions.fit(term, question)
            if wrong := conditions.trouble(fitting, question):
                raise Invalid(param="condition", problem=wrong)
            condition = conditions.write(Chosen((fitting,)), top.definition)
        name = ask.text("quota_name") or Words(en="All", zh="全部").say()
        place = len(top.quotas)
        await limiting.set_quota(top.survey.id, name, most=most, condition=condition, position=place)
    except DomainError as error:
        told = error.facts.get("problem") if isinstance(error, Invalid) else error.say()
        return await _view(
            top, typed=typed, errors={"quota": told if isinstance(told, Words) else str(told)}, quota=term
        )
    return await _view(await tops.of(top.survey.id), said=Words(en="The quota holds.", zh="配额已设置。"))


async def remove_quota(ask: Ask) -> View:
    """Let it limit nobody any more."""
    top = await tops.find(ask)
    await limiting.remove_quota(top.survey.id, ids.read("svq", ask.part))
    return await _view(await tops.of(top.survey.id), said=Words(en="The quota is gone.", zh="配额已删除。"))


ACTS = {"save": save, "shape-quota": shape_quota, "set-quota": set_quota, "remove-quota": remove_quota}
