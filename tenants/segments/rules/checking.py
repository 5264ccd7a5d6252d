"""That what a rule names is there: its levels, its attributes and their choices; and how an attribute is compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from tenants import levels, members
from tenants.kit import ids
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.segments.rules.catalogue import ATTRIBUTE_OPS
from tenants.segments.rules.rule import Not, Rule, Several, Term, read_value, terms

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping


async def checked(rule: Rule, *, place: str = "rule") -> Rule:
    """The rule with values of attributes as attributes keep them. Raises Invalid for what the shop does not have."""
    asked = terms(rule)
    attributes = await members.defined_attributes() if any(term.about == "attribute" for term in asked) else {}
    known = {level.id for level in await levels.ladder()} if levels_in(rule) else set()
    return _checked(rule, place, attributes, known)


def levels_in(rule: Rule) -> set[uuid.UUID]:
    """The levels that a rule names."""
    return {
        ids.read("lvl", each)
        for term in terms(rule)
        if term.about == "level"
        for each in (term.value if isinstance(term.value, list) else [term.value])
    }


def _checked(rule: Rule, place: str, attributes: Mapping[str, members.Attribute], known: set[uuid.UUID]) -> Rule:
    match rule:
        case Several():
            parts = (
                _checked(each, f"{place}.{rule.how}[{number}]", attributes, known)
                for number, each in enumerate(rule.rules)
            )
            return Several(rule.how, tuple(parts))
        case Not():
            return Not(_checked(rule.rule, f"{place}.not", attributes, known))
    if rule.about == "level" and not levels_in(rule) <= known:
        _refuse(f"{place}.value", en="there is no such level", zh="没有该等级")
    if rule.about == "attribute":
        return _attribute(rule, place, attributes)
    return rule


def _attribute(term: Term, place: str, attributes: Mapping[str, members.Attribute]) -> Term:
    attribute = attributes.get(term.key)
    if attribute is None:
        _refuse(f"{place}.key", en=f"there is no attribute “{term.key}”", zh=f"没有属性“{term.key}”")
    ops = ATTRIBUTE_OPS[attribute.kind]
    if term.op not in ops:
        allowed = list(ops)
        _refuse(
            f"{place}.op",
            en=f"use one of {', '.join(allowed)} for this attribute",
            zh=f"该属性请使用 {'、'.join(allowed)} 之一",
        )
    value = read_value(ops[term.op], term.value, f"{place}.value")
    if attribute.kind == "choice" and ops[term.op] == "texts":
        for each in value:
            if each not in attribute.choices:
                named = attribute.choices[:10]
                _refuse(f"{place}.value", en=f"use one of {', '.join(named)}", zh=f"请使用以下之一：{'、'.join(named)}")
    return Term(term.about, term.op, value, term.key)


def _refuse(place: str, *, en: str, zh: str) -> NoReturn:
    raise Invalid(param=place, problem=Words(en=en, zh=zh))
