"""A rule in words, and why a member belongs to it or does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tenants import levels, members
from tenants.kit import ids
from tenants.kit.words import Words
from tenants.segments.rules.asking import rule_of
from tenants.segments.rules.catalogue import ABOUTS, OPS
from tenants.segments.rules.conditions import condition
from tenants.segments.rules.rule import Not, Several, Term, terms
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterator, Mapping

    from tenants.segments.rules.rule import Rule

_SHOWN = 5
_ALL = Words(en="All of these hold", zh="满足以下全部")
_ANY = Words(en="At least one of these holds", zh="满足以下任一")
_NOT = Words(en="This does not hold", zh="不满足以下条件")
_EVERYBODY = Words(en="Everybody", zh="全部会员")
_YES, _NO = Words(en="yes", zh="是"), Words(en="no", zh="否")


@dataclass(frozen=True, slots=True)
class Reason:
    """Part of a rule, whether it holds, and the parts that it consists of."""

    words: Words
    holds: bool
    parts: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """What levels and attributes are called in this shop."""

    levels: Mapping[str, Words]
    attributes: Mapping[str, Words]


async def explain(segment: uuid.UUID, member: uuid.UUID) -> Reason:
    """Which parts of a segment's rule hold for a member now. Raises SegmentUnknown, MemberUnknown."""
    rule = await rule_of(segment)
    person = await members.find(member)
    whole = await _explain(rule, person.id)
    if person.state == "active":
        return whole
    gone = Words(en="The member is active", zh="会员状态正常")
    return Reason(_ALL, holds=False, parts=(Reason(gone, holds=False), whole))


async def names() -> Names:
    """What levels and attributes are called now."""
    return Names(
        {ids.show("lvl", level.id): level.name for level in await levels.ladder()},
        {
            key: Words(en=one.label_en or one.label_zh or key, zh=one.label_zh or one.label_en or key)
            for key, one in (await members.defined_attributes()).items()
        },
    )


def say(rule: Rule, named: Names) -> Words:
    """A rule as one sentence."""
    match rule:
        case Several(rules=()):
            return _EVERYBODY
        case Several():
            parts = [_bracketed(each, named) for each in rule.rules]
            joint = (" and ", "，且") if rule.how == "all" else (" or ", "，或")
            return Words(en=joint[0].join(part.en for part in parts), zh=joint[1].join(part.zh for part in parts))
        case Not():
            part = say(rule.rule, named)
            return Words(en=f"not ({part.en})", zh=f"非（{part.zh}）")
    return say_term(rule, named)


def say_term(term: Term, named: Names) -> Words:
    """One condition, as a person says it."""
    about = ABOUTS[term.about]
    label = named.attributes.get(term.key, Words(en=term.key, zh=term.key)) if term.key else about.label
    if term.op == "known":
        op = OPS["known"] if term.value else Words(en="is not known", zh="未知")
        return Words(en=f"{label.en} {op.en}", zh=f"{label.zh}{op.zh}")
    value = _value(term, named)
    days = {
        "within_days": Words(en="is in the last {} days", zh="在最近 {} 天内"),
        "longer_ago": Words(en="is more than {} days ago", zh="在 {} 天以前"),
        "between": Words(en="is from {}", zh="为 {}"),
    }.get(term.op)
    if days:
        return Words(en=f"{label.en} {days.en.format(value.en)}", zh=f"{label.zh}{days.zh.format(value.zh)}")
    op = OPS[term.op]
    return Words(en=f"{label.en} {op.en} {value.en}", zh=f"{label.zh}{op.zh} {value.zh}")


def _bracketed(rule: Rule, named: Names) -> Words:
    part = say(rule, named)
    return Words(en=f"({part.en})", zh=f"（{part.zh}）") if isinstance(rule, Several) and len(rule.rules) > 1 else part


def _value(term: Term, named: Names) -> Words:
    if term.op == "between":
        low, high = term.value
        return Words(en=f"{low} to {high}", zh=f"{low} 至 {high}")
    given = term.value if isinstance(term.value, list) else [term.value]
    choices = ABOUTS[term.about].choices or (named.levels if term.about == "level" else {})
    told = [
        (_YES if each else _NO) if isinstance(each, bool) else choices.get(str(each), Words(en=str(each), zh=str(each)))
        for each in given
    ]
    more = len(told) - _SHOWN
    return Words(
        en=" or ".join(each.en for each in told[:_SHOWN]) + (f" or {more} more" if more > 0 else ""),
        zh="或".join(each.zh for each in told[:_SHOWN]) + (f"等 {len(told)} 项" if more > 0 else ""),
    )


async def _explain(rule: Rule, member: uuid.UUID) -> Reason:
    """Every condition asked in one statement, then put together as the rule says."""
    columns: list[str] = []
    args: list[Any] = []
    for number, term in enumerate(terms(rule)):
        asked = condition(term, first=len(args) + 2)
        columns.append(f"{asked.sql} AS term_{number}")
        args += asked.args
    listed = ", ".join(["true AS asked", *columns])
    row = await DB.fetchrow(f"SELECT {listed} FROM __tenant__.member m WHERE m.id = $1", member, *args)
    return _put_together(rule, iter([bool(row[f"term_{number}"]) for number in range(len(columns))]), await names())


def _put_together(rule: Rule, holding: Iterator[bool], named: Names) -> Reason:
    match rule:
        case Several():
            parts = tuple(_put_together(each, holding, named) for each in rule.rules)
            wanted = all if rule.how == "all" else any
            words = (_ALL if rule.how == "all" else _ANY) if parts else _EVERYBODY
            return Reason(words, wanted(part.holds for part in parts), parts)
        case Not():
            part = _put_together(rule.rule, holding, named)
            return Reason(_NOT, not part.holds, (part,))
    return Reason(say_term(rule, named), next(holding))
