"""Rules as trees: read from JSON, with the exact place of what is wrong in it, and written as they are kept.

    {"all": [{"about": "level", "op": "at_least", "value": "lvl_…"},
             {"any": [{"about": "tag", "op": "is", "value": ["vip"]}, {"about": "orders", "op": "more", "value": 3}]},
             {"not": {"about": "attribute", "key": "skin", "op": "is", "value": ["dry"]}}]}

`all` of nothing holds for everybody; `any` of nothing is refused, for it would be a segment of nobody by mistake.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import msgspec

from tenants.kit import ids
from tenants.kit.errors import Invalid, NotFound
from tenants.kit.words import Words
from tenants.segments.rules.catalogue import ABOUTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn

DEPTH_MAX = 8
TERMS_MAX = 100
CHOICES_MAX = 100
DAYS_MAX = 36_500
_TEXT_MAX = 500
_DIGITS_MAX = 15
_KEY = re.compile(r"[a-z][a-z0-9_]{0,49}\Z")


class Term(msgspec.Struct, frozen=True):
    """One condition: what it is about (an attribute by its `key`), how it is compared, and with what."""

    about: str
    op: str
    value: Any
    key: str = ""


class Several(msgspec.Struct, frozen=True):
    """`all` or `any` of several rules."""

    how: Literal["all", "any"]
    rules: tuple[Rule, ...] = ()


class Not(msgspec.Struct, frozen=True):
    """That a rule does not hold."""

    rule: Rule


Rule: TypeAlias = Term | Several | Not
EVERYBODY = Several("all")


def read(raw: Any, *, place: str = "rule") -> Rule:
    """A rule out of JSON, or out of the text in which it is kept. Raises Invalid, naming the place that is wrong."""
    if isinstance(raw, str | bytes):
        try:
            raw = msgspec.json.decode(raw)
        except msgspec.DecodeError:
            _refuse(place, en="this is no JSON", zh="不是有效的 JSON")
    rule = _read(raw, place, DEPTH_MAX)
    if len(terms(rule)) > TERMS_MAX:
        _refuse(place, en=f"use at most {TERMS_MAX} conditions", zh=f"最多 {TERMS_MAX} 个条件")
    return rule


def write(rule: Rule) -> str:
    """As it is kept."""
    return msgspec.json.encode(plain(rule)).decode()


def plain(rule: Rule) -> dict[str, Any]:
    """As JSON has it."""
    match rule:
        case Several():
            return {rule.how: [plain(each) for each in rule.rules]}
        case Not():
            return {"not": plain(rule.rule)}
    said = {"about": rule.about, "key": rule.key, "op": rule.op, "value": rule.value}
    return {name: value for name, value in said.items() if name != "key" or value}


def terms(rule: Rule) -> list[Term]:
    """All conditions of a rule, in order."""
    match rule:
        case Several():
            return [term for each in rule.rules for term in terms(each)]
        case Not():
            return terms(rule.rule)
    return [rule]


def _read(raw: Any, place: str, depth: int) -> Rule:
    if not isinstance(raw, dict):
        _refuse(place, en="use an object", zh="请使用对象")
    if depth == 0:
        _refuse(place, en=f"nest at most {DEPTH_MAX} deep", zh=f"最多嵌套 {DEPTH_MAX} 层")
    for how in ("all", "any"):
        if how in raw:
            _only(raw, {how}, place)
            rules = raw[how]
            if not isinstance(rules, list) or (how == "any" and not rules):
                _refuse(f"{place}.{how}", en="use a list of rules", zh="请使用规则列表")
            read_all = tuple(_read(each, f"{place}.{how}[{number}]", depth - 1) for number, each in enumerate(rules))
            return Several("all" if how == "all" else "any", read_all)
    if "not" in raw:
        _only(raw, {"not"}, place)
        return Not(_read(raw["not"], f"{place}.not", depth - 1))
    return _read_test(raw, place)


def _read_test(raw: dict[str, Any], place: str) -> Term:
    _only(raw, {"about", "key", "op", "value"}, place)
    name = raw.get("about")
    about = ABOUTS.get(name) if isinstance(name, str) else None
    if not isinstance(name, str) or about is None:
        _refuse(f"{place}.about", en=f"use one of {', '.join(ABOUTS)}", zh=f"请使用 {'、'.join(ABOUTS)} 之一")
    key = raw.get("key", "")
    if name != "attribute" and key:
        _refuse(f"{place}.key", en="only an attribute has a key", zh="仅自定义属性需要 key")
    if name == "attribute" and not (isinstance(key, str) and _KEY.match(key)):
        _refuse(f"{place}.key", en="name an attribute by its key", zh="请填写自定义属性的键")
    op = raw.get("op")
    if not isinstance(op, str) or op not in about.ops:
        allowed = list(about.ops)
        _refuse(f"{place}.op", en=f"use one of {', '.join(allowed)}", zh=f"请使用 {'、'.join(allowed)} 之一")
    # How an attribute's value is to be read goes by its kind, which only the database knows: `checking`.
    taking = about.ops[op]
    value = raw.get("value")
    kept = _READERS[taking](value, f"{place}.value")
    if taking == "texts" and about.choices is not None:
        for each in kept:
            if each not in about.choices:
                named = list(about.choices)
                _refuse(f"{place}.value", en=f"use one of {', '.join(named)}", zh=f"请使用 {'、'.join(named)} 之一")
    return Term(name, op, kept, key)


def read_value(taking: str, value: Any, place: str) -> Any:
    """A value as it is kept. Raises Invalid."""
    return _READERS[taking](value, place)


def _text(value: Any, place: str) -> str:
    text = value.strip() if isinstance(value, str) else ""
    if not 1 <= len(text) <= _TEXT_MAX or "\0" in text or not _is_unicode(text):
        _refuse(place, en=f"use 1 to {_TEXT_MAX} characters", zh=f"请输入 1 到 {_TEXT_MAX} 个字符")
    return text


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair
        return False
    return True


def _several(one: Callable[[Any, str], Any]) -> Callable[[Any, str], list[Any]]:
    def read_all(value: Any, place: str) -> list[Any]:
        given = value if isinstance(value, list) else [value]
        if not 1 <= len(given) <= CHOICES_MAX:
            _refuse(place, en=f"give 1 to {CHOICES_MAX} values", zh=f"请给出 1 到 {CHOICES_MAX} 个值")
        return list(dict.fromkeys(one(each, place) for each in given))

    return read_all


def _number(value: Any, place: str) -> str:
    text = str(value).strip() if isinstance(value, int | float | str) and not isinstance(value, bool) else ""
    if len(text) <= 2 * _DIGITS_MAX:
        try:
            number = Decimal(text)
            if number.is_finite() and -_DIGITS_MAX <= number.adjusted() < _DIGITS_MAX:
                # In the form in which attributes keep numbers, so that equal numbers are equal texts.
                return f"{number.normalize():f}" if number else "0"
        except InvalidOperation:
            pass  # no number at all is answered as a number out of bounds is
    return _refuse(place, en="use a number", zh="请使用数字")


def _numbers(value: Any, place: str) -> list[str]:
    if not isinstance(value, list) or len(value) != 2:  # noqa: PLR2004  from and to
        _refuse(place, en="give two numbers, the lower first", zh="请给出两个数字，小的在前")
    low, high = (_number(each, place) for each in value)
    if Decimal(low) > Decimal(high):
        _refuse(place, en="give the lower number first", zh="请先填写较小的数字")
    return [low, high]


def _day(value: Any, place: str) -> str:
    try:
        if isinstance(value, str) and len(value) == 10:  # noqa: PLR2004  YYYY-MM-DD
            day = date.fromisoformat(value)
            if 1900 <= day.year <= 2200:  # noqa: PLR2004
                return day.isoformat()
    except ValueError:
        pass  # no date at all is answered as a date out of bounds is
    return _refuse(place, en="use a date such as 2026-01-31", zh="请使用日期，如 2026-01-31")


def _whole(low: int, high: int) -> Callable[[Any, str], int]:
    def read_one(value: Any, place: str) -> int:
        text = str(value).strip() if isinstance(value, int | str) and not isinstance(value, bool) else ""
        if not (text.isascii() and text.isdigit()) or len(text) > _DIGITS_MAX or not low <= int(text) <= high:
            _refuse(place, en=f"use a whole number from {low} to {high}", zh=f"请使用 {low} 到 {high} 的整数")
        return int(text)

    return read_one


def _level(value: Any, place: str) -> str:
    try:
        return ids.show("lvl", ids.read("lvl", value if isinstance(value, str) else ""))
    except NotFound:
        _refuse(place, en="name a level by its id (lvl_…)", zh="请填写等级的编号（lvl_…）")


def _yes_no(value: Any, place: str) -> bool:
    found = {"true": True, "yes": True, "false": False, "no": False}.get(str(value).lower())
    if not isinstance(value, bool | str) or found is None:
        _refuse(place, en="use true or false", zh="请使用 true 或 false")
    return found


def _any(value: Any, _place: str) -> Any:
    return value


_READERS: dict[str, Callable[[Any, str], Any]] = {
    "texts": _several(_text),
    "text": _text,
    "number": _number,
    "numbers": _numbers,
    "day": _day,
    "days": _whole(0, DAYS_MAX),
    "months": _several(_whole(1, 12)),
    "level": _level,
    "levels": _several(_level),
    "yes_no": _yes_no,
    "any": _any,
}


def _only(raw: dict[str, Any], names: set[str], place: str) -> None:
    for name in raw:
        if name not in names:
            _refuse(f"{place}.{name}"[:200], en="this does not belong here", zh="此处不应有该字段")


def _refuse(place: str, *, en: str, zh: str) -> NoReturn:
    raise Invalid(param=place, problem=Words(en=en, zh=zh))
