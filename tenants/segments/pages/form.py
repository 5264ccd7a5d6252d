"""A rule as the fields of a form: each group and condition has a path (`r`, `r-0`, `r-0-1`) that its fields begin with.

What is half filled in is kept as it was typed, so that nothing is lost between two looks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tenants.kit.words import Words
from tenants.segments.rules.catalogue import ABOUTS, ATTRIBUTE_OPS, OPS
from tenants.segments.rules.rule import Not, Several, Term

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tenants import members
    from tenants.segments.rules.rule import Rule

ROOT = "r"
TERMS_MAX = 40
_LISTED = re.compile(r"[,，;；、\n]")
_ATTRIBUTE = "attribute:"
MONTHS = {
    str(number): Words(en=name, zh=f"{number}月")
    for number, name in enumerate(
        ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
         "December"), 1)
}  # fmt: skip


@dataclass(slots=True)
class Draft:
    """A group (`how` its parts are joined) or a condition, as it stands in the form."""

    path: str
    negated: bool = False
    how: str = ""
    parts: list[Draft] = field(default_factory=list)
    about: str = ""
    op: str = ""
    one: str = ""
    two: str = ""
    ticked: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Asked:
    """How one thing is asked for: its label, the ways of comparing it, and the choices where they are few."""

    label: Words
    ops: Mapping[str, str]
    choices: Mapping[str, Words]


def catalogue(
    attributes: Mapping[str, members.Attribute], names: Mapping[str, Words], levels: Mapping[str, Words]
) -> dict[str, Asked]:
    """Everything that can be asked for in this shop; an attribute of its own is `attribute:<key>`."""
    found: dict[str, Asked] = {}
    for key, about in ABOUTS.items():
        if key == "attribute":
            continue
        choices = levels if key == "level" else MONTHS if key == "birthday_month" else about.choices or {}
        found[key] = Asked(about.label, about.ops, choices)
    for key, one in attributes.items():
        ops = ATTRIBUTE_OPS[one.kind]
        found[f"{_ATTRIBUTE}{key}"] = Asked(names[key], ops, {each: Words(en=each, zh=each) for each in one.choices})
    return found


def read_fields(given: Mapping[str, str], path: str = ROOT) -> Draft:
    """What was typed, below a path."""
    draft = Draft(path, negated=given.get(f"{path}.not") == "1")
    if f"{path}.about" in given:
        draft.about, draft.op = given[f"{path}.about"], given.get(f"{path}.op", "")
        draft.one, draft.two = given.get(f"{path}.one", ""), given.get(f"{path}.two", "")
        ticks = f"{path}.tick."
        draft.ticked = {name.removeprefix(ticks) for name in given if name.startswith(ticks)}
        return draft
    draft.how = "any" if given.get(f"{path}.how") == "any" else "all"
    below = re.compile(rf"{re.escape(path)}-(\d{{1,4}})\.(?:about|how)\Z")
    numbers = sorted({int(match[1]) for name in given if (match := below.match(name))})
    draft.parts = [read_fields(given, f"{path}-{number}") for number in numbers[:TERMS_MAX]]
    return draft


def of_rule(rule: Rule, path: str = ROOT) -> Draft:
    """A rule as it would stand in the form, whose outermost part is a group."""
    negated, inner = False, rule
    while isinstance(inner, Not):
        negated, inner = not negated, inner.rule
    if isinstance(inner, Several):
        parts = [of_rule(each, f"{path}-{number}") for number, each in enumerate(inner.rules)]
        return Draft(path, negated=negated, how=inner.how, parts=parts)
    if path == ROOT:
        return Draft(path, how="all", parts=[of_rule(rule, f"{path}-0")])
    draft = _of_term(inner, path)
    draft.negated = negated
    return draft


def _of_term(term: Term, path: str) -> Draft:
    about = f"{_ATTRIBUTE}{term.key}" if term.key else term.about
    draft = Draft(path, about=about, op=term.op)
    match term.value:
        case bool():
            draft.one = "yes" if term.value else "no"
        case list() if term.op == "between":
            draft.one, draft.two = term.value
        case list():
            draft.one, draft.ticked = ", ".join(map(str, term.value)), set(map(str, term.value))
        case _:
            draft.one, draft.ticked = str(term.value), {str(term.value)}
    return draft


def plain(draft: Draft, asked: Mapping[str, Asked]) -> dict[str, Any]:
    """The rule that a draft says, as JSON has it; what is wrong in it is for the rule's reader to say."""
    if draft.how:
        made: dict[str, Any] = {draft.how: [plain(part, asked) for part in draft.parts]}
    else:
        about, _, key = draft.about.partition(":")
        made = {"about": about, "op": draft.op, "value": _value(draft, asked.get(draft.about))}
        if key:
            made["key"] = key
    return {"not": made} if draft.negated else made


def _value(draft: Draft, asked: Asked | None) -> Any:
    match asked.ops.get(draft.op) if asked else None:
        case "texts" | "levels" | "months" if asked and asked.choices:
            return [each for each in asked.choices if each in draft.ticked]
        case "texts":
            return [text for each in _LISTED.split(draft.one) if (text := each.strip())]
        case "numbers":
            return [draft.one, draft.two]
        case "yes_no":
            return draft.one != "no"
    return draft.one


def edited(draft: Draft, do: str, given: Mapping[str, str], asked: Mapping[str, Asked]) -> Draft:
    """The draft after a button: `add`, `group` or `drop`, with the path of what it is about."""
    verb, _, path = do.partition(":")
    for node in _nodes(draft):
        if verb == "drop":
            node.parts = [part for part in node.parts if part.path != path]
        if node.path != path or not node.how:
            continue
        below = f"{path}-{1 + max((int(part.path.rpartition('-')[2]) for part in node.parts), default=-1)}"
        about = given.get(f"{path}.new", "")
        if verb == "add" and about in asked:
            node.parts.append(Draft(below, about=about, op=next(iter(asked[about].ops))))
        elif verb == "group":
            node.parts.append(Draft(below, how="any" if node.how == "all" else "all"))
    return draft


def ops_of(asked: Asked) -> list[tuple[str, Words]]:
    """The ways of comparing, with what they are called."""
    return [(op, OPS[op]) for op in asked.ops]


def _nodes(draft: Draft) -> list[Draft]:
    return [draft, *(node for part in draft.parts for node in _nodes(part))]
