"""Why a member has the level they have, what the next one takes, and what must be done to keep it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tenants import members
from tenants.kit import clock
from tenants.kit.words import Words
from tenants.levels.rules import ladder
from tenants.levels.rules.by_hand import ByHand
from tenants.levels.rules.judging import Hold, drop_day
from tenants.levels.rules.standing import hold_of, level_or_lowest, sums
from tenants.levels.rules.windows import renewal_window, window
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterator

    from tenants.levels.rules.ladder import Level, Rules
    from tenants.levels.rules.policy import Basis
    from tenants.levels.rules.windows import Window

_AMOUNT: dict[str, Words] = {
    "spend": Words(en="{currency} {amount} spent", zh="{currency} {amount} 消费"),
    "growth": Words(en="{amount} growth", zh="{amount} 成长值"),
    "points": Words(en="{amount} points earned", zh="{amount} 获得积分"),
}
_LEVEL = Words(en="Your level is {level}, since {since}.", zh="您的等级是{level}，自 {since} 起。")
_FIRST_LEVEL = Words(en="Your level is {level}.", zh="您的等级是{level}。")
_NO_LEVEL = Words(en="You have no level yet.", zh="您还没有等级。")
_VALUE = Words(en="From {first} to {last} these count: {amount}.", zh="{first} 至 {last} 累计：{amount}。")
_VALUE_EVER = Words(en="Up to now these count: {amount}.", zh="至今累计：{amount}。")
_NEXT = Words(en="{missing} more makes you {level}.", zh="再有 {missing}，即可升至{level}。")
_TOP = Words(en="This is the highest level.", zh="您已是最高等级。")
_UNTIL = Words(en="You have {level} until {until}.", zh="{level}有效期至 {until}。")
_GRACE = Words(
    en="The term of {level} ended on {until}; you still have it until {last}.",
    zh="{level}已于 {until} 期满，宽限至 {last}。",
)
_KEPT = Words(
    en="You keep it for another term: {amount} from {first} on is enough.",
    zh="自 {first} 起已有{amount}，期满将自动续期。",
)
_TO_KEEP = Words(
    en="To keep it, {missing} more must count from {first} to {last}.",
    zh="如需保级，{first} 至 {last} 还需 {missing}。",
)
_AT_LEAST = Words(en="Staff gave you at least {level}{until}.", zh="商家已将您的等级设为不低于{level}{until}。")
_AT_MOST = Words(en="Staff set your level to {level} at most{until}.", zh="商家已将您的等级设为不高于{level}{until}。")
_TO_DAY = Words(en=" until {until}", zh="，有效期至 {until}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """What the earned level asks for another term: `missing` more within the window, or it is lost on `drops_on`."""

    level: Level
    until: date
    drops_on: date
    first: date | None
    last: date
    value: Decimal
    missing: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Where a member stands, and why; `sentences` say it to the member."""

    member: uuid.UUID
    level: Level | None
    since: date | None
    basis: Basis
    first: date | None
    last: date
    value: Decimal
    next_level: Level | None
    missing: Decimal | None
    keeping: Keeping | None
    by_hand: ByHand | None
    sentences: tuple[Words, ...]


async def explain(member: uuid.UUID) -> Explanation | None:
    """Explain a member's level; None while levels are switched off. Raises MemberUnknown."""
    await members.find(member)
    rules = await ladder.rules()
    return await explained(rules, member) if rules.policy.active else None


async def explained(rules: Rules, member: uuid.UUID) -> Explanation:
    """The explanation by rules that are known."""
    rows = await DB.fetch(
        "SELECT s.level AS standing, s.since AS standing_since, h.* FROM __tenant__.level_standing s"
        " LEFT JOIN __tenant__.level_hold h ON h.member = s.member AND h.ended IS NULL WHERE s.member = $1",
        member)  # fmt: skip
    holds = [hold_of(row) for row in rows if row["id"]]
    today = clock.today(current_tenant().timezone)
    now = window(rules.policy, today)
    top = max((hold for hold in holds if hold.earned), key=lambda hold: rules.rank(hold.level), default=None)
    renewal = renewal_window(rules.policy, top.until) if top and top.until else None
    found = await sums([(member, one) for one in (now, renewal) if one])
    said = replace(_explain(rules, member, rows, (now, found[0])), keeping=_keeping(rules, top, renewal, found))
    return replace(said, sentences=tuple(_sentences(said)))


def _keeping(rules: Rules, top: Hold | None, renewal: Window | None, found: list[Decimal]) -> Keeping | None:
    if top is None or top.until is None or renewal is None:
        return None
    level = rules.by_id[top.level]
    return Keeping(
        level=level, until=top.until, drops_on=drop_day(rules, top), first=renewal.first, last=renewal.last,
        value=found[1], missing=max(level.threshold - found[1], Decimal(0)))  # fmt: skip


def _explain(rules: Rules, member: uuid.UUID, rows: list[Any], counted: tuple[Window, Decimal]) -> Explanation:
    days, value = counted
    row = rows[0] if rows else None
    holds = [hold_of(one) for one in rows if one["id"]]
    level = level_or_lowest(rules, row["standing"] if row else None)
    following = rules.above(level)
    set_hold = next((hold for hold in holds if not hold.earned), None)
    by_hand = ByHand(
        level=rules.by_id[set_hold.level], at_least=set_hold.how == "at_least", until=set_hold.until,
        reason=set_hold.note) if set_hold else None  # fmt: skip
    return Explanation(
        member=member, level=level, since=row["standing_since"] if row else None, basis=rules.policy.basis,
        first=days.first, last=days.last, value=value, next_level=following,
        missing=max(following.threshold - value, Decimal(0)) if following else None, keeping=None, by_hand=by_hand,
        sentences=())  # fmt: skip


def _sentences(said: Explanation) -> Iterator[Words]:
    if said.level is None:
        yield _NO_LEVEL
    else:
        yield _fill(_LEVEL if said.since else _FIRST_LEVEL, level=said.level.name, since=said.since)
    amount = amount_words(said.basis, said.value)
    yield _fill(_VALUE if said.first else _VALUE_EVER, first=said.first, last=said.last, amount=amount)
    if said.by_hand:
        until = _fill(_TO_DAY, until=said.by_hand.until) if said.by_hand.until else Words(en="", zh="")
        yield _fill(_AT_LEAST if said.by_hand.at_least else _AT_MOST, level=said.by_hand.level.name, until=until)
    if said.next_level is None:
        yield _TOP
    elif said.missing:
        yield _fill(_NEXT, missing=amount_words(said.basis, said.missing), level=said.next_level.name)
    if said.keeping:
        yield from _about_keeping(said, said.keeping)


def _about_keeping(said: Explanation, keeping: Keeping) -> Iterator[Words]:
    in_grace = said.last > keeping.until
    yield _fill(_GRACE if in_grace else _UNTIL, level=keeping.level.name, until=keeping.until, last=keeping.last)
    first = keeping.first or Words(en="the beginning", zh="首日")
    if keeping.missing:
        yield _fill(_TO_KEEP, missing=amount_words(said.basis, keeping.missing), first=first, last=keeping.last)
    else:
        yield _fill(_KEPT, amount=amount_words(said.basis, keeping.value), first=first)


def amount_words(basis: Basis, amount: Decimal) -> Words:
    """So much of what counts, in words."""
    shown = f"{amount:,.2f}" if basis == "spend" else f"{amount.normalize():,f}"
    return _fill(_AMOUNT[basis], amount=shown, currency=current_tenant().currency)


def _fill(words: Words, **facts: object) -> Words:
    """The words with their places filled in either language."""
    en = {name: fact.en if isinstance(fact, Words) else fact for name, fact in facts.items()}
    zh = {name: fact.zh if isinstance(fact, Words) else fact for name, fact in facts.items()}
    return Words(en=words.en.format(**en), zh=words.zh.format(**zh))
