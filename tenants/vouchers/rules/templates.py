"""What can be issued: the terms of a template, and what may still change once somebody holds a voucher."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tenants.kit import clock, ids
from tenants.kit.errors import Invalid
from tenants.kit.shapes import money
from tenants.kit.words import Words
from tenants.tenancy import DB
from tenants.vouchers.rules.errors import StockBelowIssued, TemplateEnded, TemplateUnknown, TermsFrozen

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping

KINDS = ("amount", "percent", "free_shipping")
VALIDITIES = ("fixed", "relative")
STATES = ("draft", "active", "paused", "ended")
COUNT_MAX = 1_000_000_000
DAYS_MAX = 3650
# "For ever" as a date at the calendar's end would be no date at all in zones east of Greenwich.
YEARS = range(2000, 2201)
# What a voucher is worth: whoever holds one was promised this.
FROZEN = ("kind", "amount", "percent", "amount_max", "threshold")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Everything that a seller says of a template. Money in the shop's currency; `percent` is what is taken off."""

    name_en: str = ""
    name_zh: str = ""
    kind: str = "amount"
    amount: Decimal | None = None
    percent: int | None = None
    amount_max: Decimal | None = None
    threshold: Decimal | None = None
    validity: str = "relative"
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    valid_days: int | None = None
    delay_days: int = 0
    stock: int | None = None
    per_member_limit: int | None = None
    claimable: bool = False
    claim_from: datetime | None = None
    claim_until: datetime | None = None
    state: str = "draft"
    notes_en: str = ""
    notes_zh: str = ""


_FIELDS = tuple(field.name for field in dataclasses.fields(Terms))


async def create_template(terms: Terms) -> uuid.UUID:
    """Make a template. Raises Invalid for terms that do not fit together."""
    _check(terms)
    template_id = ids.new()
    names = ", ".join(_FIELDS)
    places = ", ".join(f"${place}" for place in range(3, 3 + len(_FIELDS)))
    await DB.fetch(
        f"INSERT INTO __tenant__.voucher_template (id, created_at, {names}) VALUES ($1, $2, {places})",
        template_id, clock.now(), *(getattr(terms, name) for name in _FIELDS))  # fmt: skip
    await DB.fetch(
        "INSERT INTO __tenant__.voucher_stock (template, issued, stock) VALUES ($1, 0, $2)", template_id, terms.stock
    )
    return template_id


async def change_template(template_id: uuid.UUID, changes: Mapping[str, Any]) -> Terms:
    """Change some of a template's terms and answer with all of them.

    What vouchers are worth is fixed once one has been issued; validity and limits then hold for later ones only.
    Raises TemplateUnknown, TemplateEnded, TermsFrozen, StockBelowIssued, Invalid.
    """
    # The stock row is what every issue changes: whoever holds it knows that nobody is issuing meanwhile.
    counted = await DB.fetchrow(
        "SELECT issued FROM __tenant__.voucher_stock WHERE template = $1 FOR UPDATE", template_id
    )
    before = await read_terms(template_id)
    try:
        after = dataclasses.replace(before, **changes)
    except TypeError:
        raise Invalid(
            param=", ".join(sorted(set(changes) - set(_FIELDS))),
            problem=Words(en="a template has no such field", zh="模板没有这个字段"),
        ) from None
    if after == before:
        return after
    if before.state == "ended":
        raise TemplateEnded
    _check(after)
    issued = counted["issued"]
    changed = next((name for name in FROZEN if getattr(before, name) != getattr(after, name)), None)
    if issued and changed:
        raise TermsFrozen(field=changed)
    if after.stock is not None and after.stock < issued:
        raise StockBelowIssued(issued=issued)
    if issued and after.state == "draft":
        raise TermsFrozen(field="state")
    settings = ", ".join(f"{name} = ${place}" for place, name in enumerate(_FIELDS, start=2))
    await DB.fetch(
        f"UPDATE __tenant__.voucher_template SET {settings} WHERE id = $1",
        template_id, *(getattr(after, name) for name in _FIELDS))  # fmt: skip
    await DB.fetch("UPDATE __tenant__.voucher_stock SET stock = $2 WHERE template = $1", template_id, after.stock)
    return after


async def read_terms(template_id: uuid.UUID) -> Terms:
    """The terms of a template as they stand. Raises TemplateUnknown."""
    row = await DB.fetchrow("SELECT * FROM __tenant__.voucher_template WHERE id = $1", template_id)
    if row is None:
        raise TemplateUnknown
    return Terms(**{name: row[name] for name in _FIELDS})


def _check(terms: Terms) -> None:
    """Raise Invalid for the first thing that does not fit, before a constraint does so less kindly."""
    if not terms.name_en.strip() and not terms.name_zh.strip():
        raise _bad("name_en", Words(en="give a name in English or Chinese", zh="请填写中文或英文名称"))
    for name, allowed in (("kind", KINDS), ("validity", VALIDITIES), ("state", STATES)):
        if getattr(terms, name) not in allowed:
            raise _bad(name, Words(en=f"use one of {', '.join(allowed)}", zh=f"请使用 {'、'.join(allowed)} 之一"))
    _check_worth(terms)
    _check_times(terms)
    _check_counts(terms)


def _check_worth(terms: Terms) -> None:
    for name, kind in (("amount", "amount"), ("percent", "percent")):
        if (getattr(terms, name) is not None) != (terms.kind == kind):
            raise _bad(name, Words(en=f"belongs to the kind {kind} and to no other", zh=f"仅用于类型 {kind}，且为必填"))
    if terms.amount_max is not None and terms.kind != "percent":
        raise _bad("amount_max", Words(en="is the cap of the kind percent only", zh="仅用于折扣类型的封顶金额"))
    for name in ("amount", "amount_max", "threshold"):
        value = getattr(terms, name)
        if value is not None and money(value, param=name) == 0 and name != "threshold":
            raise _bad(name, Words(en="must be more than 0", zh="必须大于 0"))
    _within(terms, "percent", 1, 100)


def _check_times(terms: Terms) -> None:
    for name in ("valid_from", "valid_until", "claim_from", "claim_until"):
        moment = getattr(terms, name)
        if moment is not None and moment.year not in YEARS:
            raise _bad(name, Words(en="use a year from 2000 to 2200", zh="年份请使用 2000 到 2200"))
    if terms.validity == "fixed":
        if terms.valid_from is None or terms.valid_until is None or terms.valid_from >= terms.valid_until:
            raise _bad(
                "valid_until", Words(en="say from when until when, in this order", zh="请填写起止时间，且止晚于起")
            )
    elif terms.valid_days is None:
        raise _bad("valid_days", Words(en="say for how many days", zh="请填写有效天数"))
    _within(terms, "valid_days", 1, DAYS_MAX)
    _within(terms, "delay_days", 0, DAYS_MAX)
    if terms.claim_from and terms.claim_until and terms.claim_from >= terms.claim_until:
        raise _bad("claim_until", Words(en="must be later than claim_from", zh="必须晚于领取开始时间"))


def _check_counts(terms: Terms) -> None:
    _within(terms, "stock", 0, COUNT_MAX)
    _within(terms, "per_member_limit", 1, COUNT_MAX)
    if terms.claimable and terms.per_member_limit is None:
        raise _bad(
            "per_member_limit",
            Words(
                en="say how many one member can claim, or one could take them all",
                zh="请填写每人限领数量，否则一人可领完全部",
            ),
        )


def _within(terms: Terms, name: str, least: int, most: int) -> None:
    value = getattr(terms, name)
    if value is not None and not least <= value <= most:
        raise _bad(name, Words(en=f"use {least} to {most}", zh=f"请使用 {least} 到 {most}"))


def _bad(param: str, problem: Words) -> Invalid:
    return Invalid(param=param, problem=problem)
