"""What the mall offers: categories, items and their terms, prices by level, stock."""

from __future__ import annotations

import dataclasses
import re
import uuid
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import asyncpg

from tenants import levels, vouchers
from tenants.kit import clock, ids
from tenants.kit.errors import Invalid
from tenants.kit.shapes import money
from tenants.kit.words import Words
from tenants.mall.rules.counting import count_anew
from tenants.mall.rules.refusals import (
    CategoryUnknown,
    ItemEnded,
    ItemUnknown,
    StockBelowTaken,
    StockOnceDiffers,
    TermsFrozen,
)
from tenants.tenancy import DB
from tenants.tenancy.callers import current_caller

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tenants.mall.rules.pricing import LevelPrice

KINDS = ("voucher", "external", "goods", "benefit")
BENEFITS = ("free_shipping", "level", "named")
STATES = ("draft", "live", "paused", "ended")
QUOTA_PERIODS = ("day", "week", "month")
POINTS_MAX = 1_000_000_000
COUNT_MAX = 1_000_000_000
LIMIT_MAX = 10_000
DAYS_MAX = 3_650
POSITION_MAX = 1_000_000
YEARS = range(2000, 2201)
FROZEN = ("kind", "benefit", "voucher_template", "level")
LIMITS = ("limit_ever", "limit_day", "limit_week", "limit_month")
_KEY = re.compile(r"[a-z][a-z0-9_-]{0,49}\Z")
# An address on this shop's own host: a path, no host and nothing that a browser might take for one.
_IMAGE = re.compile(r"/[A-Za-z0-9._~%-]+(?:/[A-Za-z0-9._~%-]+)*\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Everything that a seller says of an item, but for its stock and what it costs by level.

    Money in the shop's currency. `category` is a key; `level_days` for how long a level is given.
    """

    name_en: str = ""
    name_zh: str = ""
    description_en: str = ""
    description_zh: str = ""
    terms_en: str = ""
    terms_zh: str = ""
    image: str = ""
    category: str | None = None
    position: int = 0
    kind: str = "goods"
    benefit: str | None = None
    voucher_template: uuid.UUID | None = None
    level: uuid.UUID | None = None
    level_days: int | None = None
    with_order: bool = False
    points: int = 0
    cash: Decimal = Decimal(0)
    cost: Decimal = Decimal(0)
    budget: Decimal | None = None
    limit_ever: int | None = None
    limit_day: int | None = None
    limit_week: int | None = None
    limit_month: int | None = None
    quota: int | None = None
    quota_period: str = "day"
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    state: str = "draft"


_FIELDS = tuple(field.name for field in dataclasses.fields(Terms))


async def create_item(terms: Terms, *, stock: int | None = None) -> uuid.UUID:
    """Make an item; without `stock` there is no end to it. Raises Invalid, CategoryUnknown, TemplateUnknown."""
    await _check(terms)
    _check_stock(stock)
    item, moment = ids.new(), clock.now()
    category = await _category(terms.category)
    names = ", ".join(_FIELDS)
    places = ", ".join(f"${place}" for place in range(3, 3 + len(_FIELDS)))
    await DB.fetch(
        f"INSERT INTO __tenant__.mall_item (id, created_at, updated_at, by_level, {names})"
        f" VALUES ($1, $2, $2, false, {places})",
        item, moment, *_values(terms, category))  # fmt: skip
    await DB.fetch(
        "INSERT INTO __tenant__.mall_stock (item, version, stock, taken, spent, budget, period_taken)"
        " VALUES ($1, 1, $2, 0, 0, $3, 0)", item, stock, terms.budget)  # fmt: skip
    await _record_stock(item, before=None, stock=stock, reason="", once=f"new/{item}", number=1)
    return item


async def change_item(item: uuid.UUID, changes: Mapping[str, Any]) -> Terms:
    """Change some of an item's terms and answer with all of them; who redeems from then on does so by the new ones.

    What an item is stays once it has been redeemed. Raises ItemUnknown, ItemEnded, TermsFrozen, CategoryUnknown,
    TemplateUnknown, Invalid.
    """
    taken = await _lock(item)
    before = await read_terms(item)
    try:
        after = dataclasses.replace(before, **changes)
    except TypeError:
        raise Invalid(
            param=", ".join(sorted(set(changes) - set(_FIELDS))),
            problem=Words(en="an item has no such field", zh="商品没有这个字段"),
        ) from None
    if after == before:
        return after
    if before.state == "ended":
        raise ItemEnded
    await _check(after)
    if taken or await _redeemed(item):
        frozen = next((name for name in FROZEN if getattr(before, name) != getattr(after, name)), None)
        if frozen or after.state == "draft":
            raise TermsFrozen(field=frozen or "state")
    category = await _category(after.category)
    settings = ", ".join(f"{name} = ${place}" for place, name in enumerate(_FIELDS, start=3))
    await DB.fetch(
        f"UPDATE __tenant__.mall_item SET updated_at = $2, {settings} WHERE id = $1",
        item, clock.now(), *_values(after, category))  # fmt: skip
    await DB.fetch(
        "UPDATE __tenant__.mall_stock SET version = version + 1, budget = $2 WHERE item = $1",
        item, after.budget)  # fmt: skip
    if any(getattr(before, name) != getattr(after, name) for name in (*LIMITS, "quota_period")):
        await count_anew(item=item)
    return after


async def read_terms(item: uuid.UUID) -> Terms:
    """The terms of an item as they stand. Raises ItemUnknown."""
    row = await DB.fetchrow(
        "SELECT i.*, c.key AS category_key FROM __tenant__.mall_item i"
        " LEFT JOIN __tenant__.mall_category c ON c.id = i.category WHERE i.id = $1", item)  # fmt: skip
    if row is None:
        raise ItemUnknown
    return Terms(**{**{name: row[name] for name in _FIELDS}, "category": row["category_key"]})


async def set_levels(item: uuid.UUID, *, prices: list[LevelPrice], allowed: list[uuid.UUID]) -> None:
    """Say what the item costs by level, and for which levels it is (none named: for all), in place of what was said.

    Raises ItemUnknown, ItemEnded, LevelUnknown, Invalid.
    """
    await _lock(item)
    if (await read_terms(item)).state == "ended":
        raise ItemEnded
    for price in prices:
        _check_price(price)
    if len({price.level for price in prices}) < len(prices):
        raise _bad("prices", Words(en="name each level once", zh="每个等级只能填写一次"))
    await _check_levels([*(price.level for price in prices), *allowed])
    await DB.fetch("DELETE FROM __tenant__.mall_price WHERE item = $1", item)
    await DB.fetch("DELETE FROM __tenant__.mall_audience WHERE item = $1", item)
    await DB.fetch(
        "INSERT INTO __tenant__.mall_price (id, item, level, points, cash, percent_off)"
        " SELECT id, $1, level, points, cash, percent_off FROM unnest($2::uuid[], $3::uuid[], $4::bigint[],"
        " $5::numeric[], $6::smallint[]) AS p(id, level, points, cash, percent_off)",
        item, [ids.new() for _ in prices], [price.level for price in prices], [price.points for price in prices],
        [price.cash for price in prices], [price.percent_off for price in prices])  # fmt: skip
    await DB.fetch(
        "INSERT INTO __tenant__.mall_audience (id, item, level)"
        " SELECT id, $1, level FROM unnest($2::uuid[], $3::uuid[]) AS a(id, level)",
        item, [ids.new() for _ in set(allowed)], sorted(set(allowed)))  # fmt: skip
    await DB.fetch(
        "UPDATE __tenant__.mall_item SET by_level = $2, updated_at = $3 WHERE id = $1",
        item, bool(prices or allowed), clock.now())  # fmt: skip
    await DB.fetch("UPDATE __tenant__.mall_stock SET version = version + 1 WHERE item = $1", item)


async def change_stock(
    item: uuid.UUID, *, stock: int | None = None, by: int | None = None, reason: str, once: str
) -> int | None:
    """Say how many pieces there are in all (`stock`; None: no end to them), or how many more or fewer (`by`).

    Pieces that have gone count. Answers with the new number; the same `once` again changes nothing. Raises ItemUnknown,
    StockBelowTaken, StockOnceDiffers, Invalid.
    """
    _check_stock(stock)
    row = await DB.fetchrow("SELECT stock, taken FROM __tenant__.mall_stock WHERE item = $1 FOR UPDATE", item)
    if row is None:
        raise ItemUnknown
    earlier = await DB.fetchrow("SELECT * FROM __tenant__.mall_stock_change WHERE once = $1", once)
    if earlier is not None:
        wanted = stock if by is None else (earlier["before"] or 0) + by
        if earlier["item"] != item or earlier["stock"] != wanted:
            raise StockOnceDiffers
        found: int | None = earlier["stock"]
        return found
    if by is not None:
        if row["stock"] is None:
            raise _bad("by", Words(en="there is no end to this item; say how many there are", zh="该商品不限库存"))
        stock = row["stock"] + by
        _check_stock(max(stock, 0))
    if stock is not None and stock < row["taken"]:
        raise StockBelowTaken(taken=row["taken"])
    if len(reason) > 300 or not reason.strip():  # noqa: PLR2004
        raise _bad("reason", Words(en="say why, in 1 to 300 characters", zh="请填写 1 到 300 字的原因"))
    number = await DB.fetchval(
        "SELECT coalesce(max(number), 0) + 1 FROM __tenant__.mall_stock_change WHERE item = $1", item)  # fmt: skip
    await _record_stock(item, before=row["stock"], stock=stock, reason=reason.strip(), once=once, number=number)
    await DB.fetch("UPDATE __tenant__.mall_stock SET stock = $2 WHERE item = $1", item, stock)
    return stock


async def set_category(key: str, *, name_en: str, name_zh: str, position: int = 0) -> None:
    """Make a category, or change the one of that key. Raises Invalid."""
    if not _KEY.match(key):
        told = Words(en="use a-z, 0-9, _ and -, beginning with a letter", zh="请使用小写字母、数字、_ 和 -，以字母开头")
        raise _bad("key", told)
    if not name_en.strip() and not name_zh.strip():
        raise _bad("name_en", Words(en="give a name in English or Chinese", zh="请填写中文或英文名称"))
    if abs(position) > POSITION_MAX:
        raise _bad("position", Words(en="use a smaller number", zh="请使用较小的数字"))
    await DB.fetch(
        "INSERT INTO __tenant__.mall_category (id, key, name_en, name_zh, position) VALUES ($1, $2, $3, $4, $5)"
        " ON CONFLICT (key) DO UPDATE SET name_en = EXCLUDED.name_en, name_zh = EXCLUDED.name_zh,"
        " position = EXCLUDED.position", ids.new(), key, name_en.strip(), name_zh.strip(), position)  # fmt: skip


async def remove_category(key: str) -> None:
    """Take a category away; its items are in none then. Raises CategoryUnknown."""
    if not await DB.fetch("DELETE FROM __tenant__.mall_category WHERE key = $1 RETURNING id", key):
        raise CategoryUnknown


async def _lock(item: uuid.UUID) -> int:
    """Have every redemption of the item wait; whoever decided by the terms as they were decides again."""
    taken = await DB.fetchval("SELECT taken FROM __tenant__.mall_stock WHERE item = $1 FOR UPDATE", item)
    if taken is None:
        raise ItemUnknown
    return int(taken)


async def _redeemed(item: uuid.UUID) -> bool:
    return bool(await DB.fetchval("SELECT 1 FROM __tenant__.mall_redemption WHERE item = $1 LIMIT 1", item))


def _values(terms: Terms, category: uuid.UUID | None) -> list[Any]:
    return [category if name == "category" else getattr(terms, name) for name in _FIELDS]


async def _category(key: str | None) -> uuid.UUID | None:
    if key is None:
        return None
    found: uuid.UUID | None = await DB.fetchval("SELECT id FROM __tenant__.mall_category WHERE key = $1", key)
    if found is None:
        raise CategoryUnknown
    return found


async def _record_stock(
    item: uuid.UUID, *, before: int | None, stock: int | None, reason: str, once: str, number: int
) -> None:
    try:
        await DB.fetch(
            "INSERT INTO __tenant__.mall_stock_change (id, item, number, before, stock, reason, once, recorded_by, at)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            ids.new(), item, number, before, stock, reason, once, current_caller().label, clock.now())  # fmt: skip
    except asyncpg.UniqueViolationError:  # of another item, a moment ago
        raise StockOnceDiffers from None


async def _check(terms: Terms) -> None:
    """Raise Invalid for the first thing that does not fit, before a constraint does so less kindly."""
    if not terms.name_en.strip() and not terms.name_zh.strip():
        raise _bad("name_en", Words(en="give a name in English or Chinese", zh="请填写中文或英文名称"))
    for name, most in (("name", 100), ("description", 2000), ("terms", 2000)):
        for language in ("en", "zh"):
            if len(getattr(terms, f"{name}_{language}")) > most:
                told = Words(en=f"use at most {most} characters", zh=f"最多 {most} 个字符")
                raise _bad(f"{name}_{language}", told)
    for name, allowed in (("kind", KINDS), ("state", STATES), ("quota_period", QUOTA_PERIODS)):
        if getattr(terms, name) not in allowed:
            raise _one_of(name, allowed)
    if terms.image and (len(terms.image) > 200 or not _IMAGE.match(terms.image) or ".." in terms.image):  # noqa: PLR2004
        told = Words(en="use a path on this host such as /static/mug.png", zh="请使用本站路径，如 /static/mug.png")
        raise _bad("image", told)
    _check_money(terms)
    _check_counts(terms)
    await _check_kind(terms)


async def _check_kind(terms: Terms) -> None:
    if (terms.kind == "benefit") != (terms.benefit is not None) or terms.benefit not in {None, *BENEFITS}:
        raise _one_of("benefit", BENEFITS)
    with_template = terms.kind in {"voucher", "external"} or terms.benefit == "free_shipping"
    if with_template != (terms.voucher_template is not None):
        told = Words(
            en="a voucher, a code or free shipping needs one, others none", zh="仅优惠券、卡密与包邮权益需选择"
        )
        raise _bad("voucher_template", told)
    if terms.voucher_template is not None:
        offered = await vouchers.read_terms(terms.voucher_template)
        wanted = "free_shipping" if terms.benefit else "external" if terms.kind == "external" else ""
        if (wanted and offered.kind != wanted) or (terms.kind == "voucher" and offered.kind == "external"):
            told = Words(
                en="choose an outside code for “external”, free shipping for that, and else another voucher",
                zh="外部卡密请选择外部券码，包邮权益请选择包邮券，其他请选择普通优惠券",
            )
            raise _bad("voucher_template", told)
    if (terms.benefit == "level") != (terms.level is not None and terms.level_days is not None):
        raise _bad("level", Words(en="say which level and for how many days", zh="请选择等级并填写天数"))
    if terms.level is not None:
        await _check_levels([terms.level])
    if terms.with_order and terms.kind != "goods":
        raise _bad("with_order", Words(en="only goods are sent along with an order", zh="仅实物可随订单发货"))


def _check_money(terms: Terms) -> None:
    for name in ("cash", "cost", "budget"):
        value = getattr(terms, name)
        if value is not None:
            money(value, param=name)
    _within("points", terms.points, 0, POINTS_MAX)
    if terms.points == 0 and terms.cash == 0:
        raise _bad("points", Words(en="say what it costs, in points, money or both", zh="请填写所需积分或金额"))


def _check_counts(terms: Terms) -> None:
    for name in LIMITS:
        _within(name, getattr(terms, name), 1, LIMIT_MAX)
    _within("quota", terms.quota, 1, COUNT_MAX)
    _within("level_days", terms.level_days, 1, DAYS_MAX)
    _within("position", terms.position, -POSITION_MAX, POSITION_MAX)
    for name in ("starts_at", "ends_at"):
        moment = getattr(terms, name)
        if moment is not None and moment.year not in YEARS:
            raise _bad(name, Words(en="use a year from 2000 to 2200", zh="年份请使用 2000 到 2200"))
    if terms.starts_at and terms.ends_at and terms.starts_at >= terms.ends_at:
        raise _bad("ends_at", Words(en="must be later than starts_at", zh="必须晚于开始时间"))


def _check_stock(stock: int | None) -> None:
    _within("stock", stock, 0, COUNT_MAX)


def _check_price(price: LevelPrice) -> None:
    if (price.percent_off is None) == (price.points is None and price.cash is None) or (
        price.percent_off is None and (price.points is None or price.cash is None)
    ):
        told = Words(en="give points and cash, or percent_off", zh="请填写积分与金额，或折扣百分比")
        raise _bad("prices", told)
    _within("points", price.points, 0, POINTS_MAX)
    _within("percent_off", price.percent_off, 1, 100)
    if price.cash is not None:
        money(price.cash, param="cash")


async def _check_levels(wanted: list[uuid.UUID]) -> None:
    """Every level that is named must be one of the shop's. Raises LevelUnknown."""
    known = {level.id for level in await levels.ladder()}
    if not known.issuperset(wanted):
        raise levels.LevelUnknown


def _within(name: str, value: int | None, least: int, most: int) -> None:
    if value is not None and not least <= value <= most:
        raise _bad(name, Words(en=f"use {least} to {most}", zh=f"请使用 {least} 到 {most}"))


def _one_of(name: str, allowed: tuple[str, ...]) -> Invalid:
    return _bad(name, Words(en=f"use one of {', '.join(allowed)}", zh=f"请使用 {'、'.join(allowed)} 之一"))


def _bad(param: str, problem: Words) -> Invalid:
    return Invalid(param=param, problem=problem)
