"""What a seller says of a template, and whether it fits together."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from tenants.kit.errors import Invalid
from tenants.kit.shapes import money
from tenants.kit.words import Words

KINDS = ("amount", "percent", "free_shipping", "gift", "benefit", "external")
GIVEN = frozenset({"gift", "benefit", "external"})
VALIDITIES = ("fixed", "relative")
STATES = ("draft", "active", "paused", "ended")
STACKINGS = ("exclusive", "stackable")
SCOPES = ("product", "category", "channel")
COUNT_MAX = 1_000_000_000
DAYS_MAX = 3650
ROWS_MAX = 500
WEEKDAYS = range(1, 8)
# "For ever" as a date at the calendar's end would be no date at all in zones east of Greenwich.
YEARS = range(2000, 2201)


@dataclass(frozen=True, slots=True, order=True)
class Scope:
    """A product, a category or a channel for which vouchers count (`included`) or do not."""

    kind: str
    value: str
    included: bool = True


@dataclass(frozen=True, slots=True)
class Hours:
    """A time of the week by the shop's clock: Monday is 1, no weekday is every day, `until` is already too late."""

    weekday: int | None = None
    since: time | None = None
    until: time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Everything that a seller says of a template. Money in the shop's currency; `percent` is what is taken off.

    `given_*` name what a gift, a benefit or an outside benefit is, `cost` what one costs the shop; `budget` is the
    most that all of them together may cost. `group_max` is how many of one `stack_group` an order may have.
    """

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
    given_en: str = ""
    given_zh: str = ""
    gift_product: str = ""
    gift_quantity: int = 1
    cost: Decimal | None = None
    budget: Decimal | None = None
    daily_limit: int | None = None
    member_daily_limit: int | None = None
    member_weekly_limit: int | None = None
    member_monthly_limit: int | None = None
    first_order_only: bool = False
    stacking: str = "stackable"
    stack_group: str = ""
    group_max: int = 1
    apply_order: int = 100
    transferable: bool = False
    return_days: int = 0
    warn_below: int | None = None
    scopes: tuple[Scope, ...] = ()
    hours: tuple[Hours, ...] = ()
    levels: tuple[uuid.UUID, ...] = ()


ROWS = ("scopes", "hours", "levels")
# What a voucher is worth, where and how: whoever holds one was promised this.
FROZEN = (
    "kind", "amount", "percent", "amount_max", "threshold", "given_en", "given_zh", "gift_product", "gift_quantity",
    "cost", "first_order_only", "stacking", "stack_group", "group_max", "apply_order", *ROWS,
)  # fmt: skip


def worst(template: Any) -> Decimal:
    """What one voucher can cost the shop at most; 0 where nobody can say (a share without a cap)."""
    for name in ("amount", "amount_max", "cost"):
        if template[name] is not None:
            known: Decimal = template[name]
            return known
    return Decimal(0)


def check_terms(terms: Terms) -> None:
    """Raise Invalid for the first thing that does not fit, before a constraint does so less kindly."""
    if not terms.name_en.strip() and not terms.name_zh.strip():
        raise _bad("name_en", Words(en="give a name in English or Chinese", zh="请填写中文或英文名称"))
    for name, allowed in (("kind", KINDS), ("validity", VALIDITIES), ("state", STATES), ("stacking", STACKINGS)):
        if getattr(terms, name) not in allowed:
            raise _bad(name, Words(en=f"use one of {', '.join(allowed)}", zh=f"请使用 {'、'.join(allowed)} 之一"))
    _check_worth(terms)
    _check_given(terms)
    _check_times(terms)
    _check_counts(terms)
    _check_rows(terms)


def _check_worth(terms: Terms) -> None:
    for name, kind in (("amount", "amount"), ("percent", "percent")):
        if (getattr(terms, name) is not None) != (terms.kind == kind):
            raise _bad(name, Words(en=f"belongs to the kind {kind} and to no other", zh=f"仅用于类型 {kind}，且为必填"))
    if terms.amount_max is not None and terms.kind not in {"percent", "free_shipping"}:
        raise _bad(
            "amount_max",
            Words(en="is the cap of the kinds percent and free_shipping only", zh="仅用于折扣与包邮的封顶金额"),
        )
    for name in ("amount", "amount_max", "threshold", "cost", "budget"):
        value = getattr(terms, name)
        if value is not None and money(value, param=name) == 0 and name in {"amount", "amount_max"}:
            raise _bad(name, Words(en="must be more than 0", zh="必须大于 0"))
    _within(terms, "percent", 1, 100)
    if terms.budget is not None and terms.amount is terms.amount_max is terms.cost is None:
        raise _bad(
            "budget",
            Words(
                en="say first what one voucher can cost at most: a cap (amount_max), or for gifts and benefits a cost",
                zh="请先填写单张券的最高成本：折扣与包邮填封顶金额，赠品与权益填成本",
            ),
        )


def _check_given(terms: Terms) -> None:
    named = (terms.given_en + terms.given_zh + terms.gift_product).strip()
    if terms.kind in GIVEN and not named:
        raise _bad("given_en", Words(en="say what is given", zh="请填写赠送的内容"))
    if terms.kind != "gift" and terms.gift_product:
        raise _bad("gift_product", Words(en="belongs to the kind gift only", zh="仅用于类型 gift"))
    if terms.cost is not None and terms.kind not in GIVEN:
        raise _bad("cost", Words(en="belongs to gifts and benefits only", zh="仅用于赠品与权益"))
    _within(terms, "gift_quantity", 1, 1000)
    _within(terms, "group_max", 1, 20)
    _within(terms, "apply_order", 0, 10_000)


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
    for name, least in (("valid_days", 1), ("delay_days", 0), ("return_days", 0)):
        _within(terms, name, least, DAYS_MAX)
    if terms.claim_from and terms.claim_until and terms.claim_from >= terms.claim_until:
        raise _bad("claim_until", Words(en="must be later than claim_from", zh="必须晚于领取开始时间"))


def _check_counts(terms: Terms) -> None:
    _within(terms, "stock", 0, COUNT_MAX)
    for name in (
        "per_member_limit", "daily_limit", "member_daily_limit", "member_weekly_limit", "member_monthly_limit",
        "warn_below",
    ):  # fmt: skip
        _within(terms, name, 1, COUNT_MAX)
    if terms.claimable and terms.per_member_limit is None:
        raise _bad(
            "per_member_limit",
            Words(
                en="say how many one member can claim, or one could take them all",
                zh="请填写每人限领数量，否则一人可领完全部",
            ),
        )


def _check_rows(terms: Terms) -> None:
    if len(terms.scopes) > ROWS_MAX or len(terms.hours) > ROWS_MAX:
        raise _bad("scopes", Words(en=f"use at most {ROWS_MAX} rows", zh=f"最多 {ROWS_MAX} 行"))
    seen = set()
    for scope in terms.scopes:
        if scope.kind not in SCOPES or not 1 <= len(scope.value) <= 100:  # noqa: PLR2004  the column's length
            raise _bad(
                "scopes", Words(en="name a product, a category or a channel", zh="请填写商品、类目或渠道及其编号")
            )
        if (scope.kind, scope.value) in seen:
            raise _bad("scopes", Words(en=f"“{scope.value}” is there twice", zh=f"“{scope.value}”重复"))
        seen.add((scope.kind, scope.value))
    for hours in terms.hours:
        if hours.weekday is not None and hours.weekday not in WEEKDAYS:
            raise _bad("hours", Words(en="weekdays go from 1 (Monday) to 7", zh="星期请使用 1（周一）到 7"))
        if hours.since is not None and hours.until is not None and hours.since >= hours.until:
            raise _bad("hours", Words(en="the end must be later than the beginning", zh="结束时刻须晚于开始时刻"))


def _within(terms: Terms, name: str, least: int, most: int) -> None:
    value = getattr(terms, name)
    if value is not None and not least <= value <= most:
        raise _bad(name, Words(en=f"use {least} to {most}", zh=f"请使用 {least} 到 {most}"))


def _bad(param: str, problem: Words) -> Invalid:
    return Invalid(param=param, problem=problem)
