"""Further fields that a shop defines for its members, and what is known of each member in them.

Every value is kept as text in one canonical form, decided by the attribute's kind when it is written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Literal, get_args

from tenants.kit import clock, facts, ids
from tenants.kit.errors import Conflict, Invalid, Refused
from tenants.kit.words import Words
from tenants.members.rules import values
from tenants.members.rules.profiles import Changed, lock, touch
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable, Mapping, Sequence

Kind = Literal["text", "number", "date", "choice", "yes_no"]
Value = str | int | float | bool

ATTRIBUTES_MAX = 200
CHOICES_MAX = 100
_DIGITS_MAX = 15  # so that a number survives JSON, whose readers hold 53 bits
_KEY = re.compile(r"[a-z][a-z0-9_]{0,49}\Z")
_COLUMNS = "id, key, label_en, label_zh, kind, choices, position"


class AttributeUnknown(Invalid):
    """The shop has defined no attribute by that key."""

    code = "attribute.unknown"
    sentence = Words(
        en="There is no attribute “{param}”. Define it first, or check the spelling.",
        zh="没有名为“{param}”的属性，请先定义，或检查拼写。",
    )


class AttributeTaken(Conflict):
    """The key is in use for an attribute of another kind, or with other choices."""

    code = "attribute.taken"
    sentence = Words(
        en="The attribute “{key}” is defined already, in another way.", zh="属性“{key}”已经以其他方式定义。"
    )


class TooManyAttributes(Refused):
    """More attributes than a page can show."""

    code = "attribute.too_many"
    sentence = Words(en="A shop can define at most {most} attributes.", zh="每个商家最多可定义 {most} 个属性。")


@dataclass(frozen=True, slots=True)
class Attribute:
    """A field that the shop has defined. `repeated` says that defining it found it there already."""

    id: uuid.UUID
    key: str
    label_en: str
    label_zh: str
    kind: Kind
    choices: tuple[str, ...]
    position: int
    repeated: bool = False


async def define_attribute(
    key: str,
    *,
    kind: Kind,
    label_en: str = "",
    label_zh: str = "",
    choices: Sequence[str] = (),
    position: int = 0,
) -> Attribute:
    """Define a field. The same definition again changes nothing (`repeated`).

    Raises Invalid, AttributeTaken for another definition of the same key, TooManyAttributes.
    """
    if not _KEY.match(key):
        raise Invalid(
            param="key",
            problem=Words(
                en="use a-z, 0-9 and _, beginning with a letter, at most 50",
                zh="请使用小写字母、数字和下划线，以字母开头，最多 50 个字符",
            ),
        )
    values.one_of(kind, param="kind", choices=get_args(Kind))
    kept = list(dict.fromkeys(values.text(choice, param="choices", most=100, least=1) for choice in choices))
    if (kind == "choice") != bool(kept) or len(kept) > CHOICES_MAX:
        raise Invalid(
            param="choices",
            problem=Words(
                en=f"give 1 to {CHOICES_MAX} for the kind “choice”, none for others",
                zh=f"“choice”类型需给出 1 到 {CHOICES_MAX} 个选项，其他类型不可有选项",
            ),
        )
    label_en = values.text(label_en, param="label_en", most=100)
    label_zh = values.text(label_zh, param="label_zh", most=100)
    if await DB.fetchval("SELECT count(*) FROM __tenant__.attribute WHERE key <> $1", key) >= ATTRIBUTES_MAX:
        raise TooManyAttributes(most=ATTRIBUTES_MAX)
    row = await DB.fetchrow(
        f"INSERT INTO __tenant__.attribute ({_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7)"
        f" ON CONFLICT (key) DO NOTHING RETURNING {_COLUMNS}",
        ids.new(), key, label_en, label_zh, kind, kept, position)  # fmt: skip
    if row:
        return _attribute(row)
    there = (await defined_attributes())[key]
    same = (kind, tuple(kept), label_en, label_zh) == (there.kind, there.choices, there.label_en, there.label_zh)
    if not same:
        raise AttributeTaken(key=key)
    return _attribute_repeated(there)


async def defined_attributes() -> dict[str, Attribute]:
    """All attributes of the shop by key, in the order in which they are shown."""
    rows = await DB.fetch(f"SELECT {_COLUMNS} FROM __tenant__.attribute ORDER BY position, key")
    return {row["key"]: _attribute(row) for row in rows}


async def set_attributes(member_id: uuid.UUID, given: Mapping[str, Value | None]) -> dict[str, Value]:
    """Put down what is known now, and answer with all that is known; None forgets one, those not named stay.

    Raises MemberUnknown, AttributeUnknown naming the key, Invalid naming the key whose value its kind does not allow.
    """
    defined = await defined_attributes()
    texts: dict[uuid.UUID, str] = {}
    forgotten: list[uuid.UUID] = []
    for key, value in given.items():
        attribute = attribute_called(key, among=defined)
        if value is None:
            forgotten.append(attribute.id)
        else:
            texts[attribute.id] = canonical(attribute, value)
    await lock(member_id)
    gone = await DB.fetch(
        "DELETE FROM __tenant__.member_attribute WHERE member = $1 AND attribute = ANY($2::uuid[])"
        " RETURNING attribute", member_id, forgotten) if forgotten else []  # fmt: skip
    changed = {row["attribute"] for row in gone}
    if texts:
        written = await write_attributes([(member_id, attribute, text) for attribute, text in texts.items()])
        changed |= {attribute for _, attribute in written}
    if changed:
        await touch(member_id)
        keys = [key for key in given if defined[key].id in changed]
        await facts.announce(Changed(member_id, tuple(f"attribute.{key}" for key in keys)))
    return (await attributes_of([member_id]))[member_id]


async def write_attributes(
    wanted: Sequence[tuple[uuid.UUID, uuid.UUID, str]],
) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Write canonical texts, each as (member, attribute, text), and answer with the pairs for which it was news.

    For members that the transaction has made or locked.
    """
    ordered = sorted(wanted)
    rows = await DB.fetch(
        "INSERT INTO __tenant__.member_attribute AS known (id, member, attribute, value, updated_at)"
        " SELECT id, member, attribute, value, $5"
        " FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[]) AS w (id, member, attribute, value)"
        " ON CONFLICT (member, attribute) DO UPDATE SET value = EXCLUDED.value, updated_at = EXCLUDED.updated_at"
        " WHERE known.value <> EXCLUDED.value RETURNING member, attribute",
        [ids.new() for _ in ordered], [member for member, _, _ in ordered],
        [attribute for _, attribute, _ in ordered], [text for _, _, text in ordered], clock.now())  # fmt: skip
    return [(row["member"], row["attribute"]) for row in rows]


async def attributes_of(members: Iterable[uuid.UUID]) -> dict[uuid.UUID, dict[str, Value]]:
    """What is known of each of these members, by key."""
    asked = list(members)
    rows = await DB.fetch(
        "SELECT known.member, defined.key, defined.kind, known.value FROM __tenant__.member_attribute AS known"
        " JOIN __tenant__.attribute AS defined ON defined.id = known.attribute"
        " WHERE known.member = ANY($1::uuid[]) ORDER BY defined.position, defined.key", asked)  # fmt: skip
    known: dict[uuid.UUID, dict[str, Value]] = {member: {} for member in asked}
    for row in rows:
        known[row["member"]][row["key"]] = _typed(row["kind"], row["value"])
    return known


def attribute_called(key: str, *, among: Mapping[str, Attribute]) -> Attribute:
    """The attribute by that key. Raises AttributeUnknown."""
    if key not in among:
        raise AttributeUnknown(param=key[:50], problem="")
    return among[key]


def canonical(attribute: Attribute, value: Value) -> str:
    """A value as it is kept: a number without superfluous zeros, yes or no, a date as YYYY-MM-DD. Raises Invalid."""
    if attribute.kind == "number":
        text = _number(value)
        told = Words(en=f"use a number of at most {_DIGITS_MAX} digits", zh=f"请使用不超过 {_DIGITS_MAX} 位的数字")
    elif attribute.kind == "yes_no":
        text = _YES_NO.get(str(value).strip().lower()) if isinstance(value, bool | str) else None
        told = Words(en="use true or false", zh="请使用 true 或 false（是/否）")
    elif attribute.kind == "date":
        text = _date(value)
        told = Words(en="use a date such as 2026-01-31", zh="请使用日期，如 2026-01-31")
    elif attribute.kind == "choice":
        text = value if isinstance(value, str) and value in attribute.choices else None
        named = ", ".join(attribute.choices[:10])
        told = Words(en=f"use one of {named}", zh=f"请使用以下之一：{named}")
    else:
        text = values.text(value, param=attribute.key, most=500, least=1) if isinstance(value, str) else None
        told = Words(en="use text", zh="请使用文本")
    if text is None:
        raise Invalid(param=attribute.key, problem=told)
    return text


_YES_NO = {"true": "yes", "false": "no", "yes": "yes", "no": "no", "是": "yes", "否": "no"}


def _number(value: Value) -> str | None:
    if isinstance(value, bool) or len(str(value)) > 2 * _DIGITS_MAX:
        return None
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    if not number.is_finite() or not -_DIGITS_MAX <= number.adjusted() < _DIGITS_MAX:
        return None
    number = number.normalize()
    if len(number.as_tuple().digits) > _DIGITS_MAX:
        return None
    return f"{number:f}" if number else "0"


def _date(value: Value) -> str | None:
    try:
        return date.fromisoformat(value).isoformat() if isinstance(value, str) and len(value) == 10 else None  # noqa: PLR2004
    except ValueError:
        return None


def _typed(kind: Kind, text: str) -> Value:
    if kind == "yes_no":
        return text == "yes"
    if kind == "number":
        return float(text) if "." in text else int(text)
    return text


def _attribute(row: Any) -> Attribute:
    return Attribute(**{**row, "choices": tuple(row["choices"])})


def _attribute_repeated(there: Attribute) -> Attribute:
    return Attribute(
        there.id, there.key, there.label_en, there.label_zh, there.kind, there.choices, there.position, repeated=True
    )
