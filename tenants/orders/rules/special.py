"""Rules for the points of some products, categories or sources: a multiple, extra points for a piece, or none."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, fields, replace
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from tenants.kit import clock, ids
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.orders.rules.refusals import RuleUnknown
from tenants.orders.rules.texts import check_text
from tenants.orders.tables import NAME_MAX, SOURCE_MAX
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid

MULTIPLIER_MAX = 100
EXTRA_MAX = 1_000_000
PRIORITY_MAX = 1_000
_STEP = Decimal("0.001")
_LENGTHS = {"name_en": 100, "name_zh": 100, "source": SOURCE_MAX, "product": NAME_MAX, "category": NAME_MAX}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """For lines of this source, product and category (empty: of any), of orders placed in the window.

    Of the rules that fit a line the one with the highest priority counts, of equal ones the older. It excludes the
    line from points, or multiplies them and adds `extra_points` for each piece.
    """

    name_en: str = ""
    name_zh: str = ""
    source: str = ""
    product: str = ""
    category: str = ""
    excluded: bool = False
    multiplier: Decimal = Decimal(1)
    extra_points: int = 0
    priority: int = 0
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow(Rule):
    """A rule, its id, and the points that orders have by it so far."""

    id: uuid.UUID
    points_given: int = 0


_NAMES = tuple(field.name for field in fields(Rule))
_COLUMNS = ", ".join(_NAMES)
_PLACES = ", ".join(f"${place}" for place in range(3, 3 + len(_NAMES)))
_SET = ", ".join(f"{name} = ${place}" for place, name in enumerate(_NAMES, start=3))
COST = "(SELECT coalesce(sum(l.points), 0)::bigint FROM __tenant__.order_line l WHERE l.rule = r.id) AS points_given"


async def rules() -> list[RuleRow]:
    """All rules, in the order in which they are asked."""
    rows = await DB.fetch(
        f"SELECT id, {_COLUMNS}, {COST} FROM __tenant__.order_rule r ORDER BY priority DESC, id")  # fmt: skip
    return [RuleRow(**dict(row)) for row in rows]


async def find_rule(rule: uuid.UUID) -> RuleRow:
    """A rule by id. Raises RuleUnknown."""
    return _found(await DB.fetchrow(f"SELECT id, {_COLUMNS}, {COST} FROM __tenant__.order_rule r WHERE id = $1", rule))


async def make_rule(wanted: Rule) -> RuleRow:
    """Add a rule for orders that are first heard of from now on. Raises Invalid."""
    made = ids.new()
    wanted = _checked(wanted)
    await DB.fetch(
        f"INSERT INTO __tenant__.order_rule (id, created_at, updated_at, {_COLUMNS}) VALUES ($1, $2, $2, {_PLACES})",
        made, clock.now(), *_values(wanted))  # fmt: skip
    return await find_rule(made)


async def change_rule(rule: uuid.UUID, wanted: Rule) -> RuleRow:
    """Change a rule for orders that are first heard of from now on; known ones keep it. Raises RuleUnknown, Invalid."""
    wanted = _checked(wanted)
    await DB.fetch(
        f"UPDATE __tenant__.order_rule SET updated_at = $2, {_SET} WHERE id = $1",
        rule, clock.now(), *_values(wanted))  # fmt: skip
    return await find_rule(rule)


async def remove_rule(rule: uuid.UUID) -> None:
    """Take a rule away; known orders keep it among their terms. Raises RuleUnknown."""
    if not await DB.fetch("DELETE FROM __tenant__.order_rule WHERE id = $1 RETURNING id", rule):
        raise RuleUnknown


def _values(wanted: Rule) -> list[Any]:
    return [getattr(wanted, name) for name in _NAMES]


def _checked(wanted: Rule) -> Rule:
    texts = {name: unicodedata.normalize("NFC", getattr(wanted, name)) for name in _LENGTHS}
    for name, text in texts.items():
        if text:
            check_text(text, most=_LENGTHS[name], param=name)
    if not (texts["name_en"] or texts["name_zh"]):
        raise Invalid(param="name_en", problem=Words(en="give the rule a name", zh="请填写规则名称"))
    factor = wanted.multiplier
    if not (factor.is_finite() and 0 <= factor <= MULTIPLIER_MAX) or factor != factor.quantize(_STEP):
        raise Invalid(
            param="multiplier",
            problem=Words(en="use 0 to 100 with at most three decimals", zh="请使用 0 到 100，最多三位小数"),
        )
    _check_whole(wanted.extra_points, least=0, most=EXTRA_MAX, param="extra_points")
    _check_whole(wanted.priority, least=-PRIORITY_MAX, most=PRIORITY_MAX, param="priority")
    for name in ("starts_at", "ends_at"):
        moment = getattr(wanted, name)
        if moment is not None and moment.tzinfo is None:
            raise Invalid(param=name, problem=Words(en="use a time with its offset", zh="请使用带时区的时间"))
    if wanted.starts_at and wanted.ends_at and wanted.ends_at <= wanted.starts_at:
        raise Invalid(param="ends_at", problem=Words(en="it must lie after the start", zh="须晚于开始时间"))
    return replace(wanted, **cast("dict[str, Any]", texts))


def _check_whole(value: int, *, least: int, most: int, param: str) -> None:
    if not least <= value <= most:
        raise Invalid(
            param=param,
            problem=Words(en=f"use a whole number from {least} to {most}", zh=f"请使用 {least} 到 {most} 的整数"),
        )


def _found(row: Any) -> RuleRow:
    if row is None:
        raise RuleUnknown
    return RuleRow(**dict(row))
