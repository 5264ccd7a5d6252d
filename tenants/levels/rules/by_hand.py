"""A level that staff set: a floor under what is earned where it is higher, a ceiling over it where it is lower."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenants import members
from tenants.kit import clock
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.levels.rules import ladder
from tenants.levels.rules.judging import Hold
from tenants.levels.rules.reasons import Why
from tenants.levels.rules.refusals import LevelsOff, LevelUnknown
from tenants.levels.rules.standing import judge_many, lock, open_holds
from tenants.levels.tables import NOTE_MAX
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    import uuid
    from datetime import date

    from tenants.levels.rules.judging import How
    from tenants.levels.rules.ladder import Level, Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """What staff set: at least, or at most, this level, until the end of a day (None: until it is changed)."""

    level: Level
    at_least: bool
    until: date | None
    reason: str


async def set_level(member: uuid.UUID, *, level: uuid.UUID, until: date | None, reason: str) -> None:
    """Give a member a level to the end of a day, in place of what staff had set before. The same again changes nothing.

    A level above what is earned is a floor: more can still be reached. One below is a ceiling until that day. What is
    counted meanwhile counts. Raises MemberUnknown, LevelsOff, LevelUnknown, Invalid.
    """
    rules = await _rules(member)
    wanted = rules.by_id.get(level)
    if wanted is None:
        raise LevelUnknown
    today = clock.today(current_tenant().timezone)
    if until is not None and until < today:
        raise Invalid(param="until", problem=Words(en="use today or a later day", zh="请使用今天或之后的日期"))
    if not 1 <= len(reason.strip()) <= NOTE_MAX:
        raise Invalid(
            param="reason", problem=Words(en="say why, in 1 to 500 characters", zh="请填写 1 到 500 字的原因")
        )
    await lock([member])
    earned = await DB.fetchval("SELECT earned FROM __tenant__.level_standing WHERE member = $1", member)
    at_least = wanted.rank >= rules.rank(earned) and wanted != rules.lowest
    how: How = "at_least" if at_least else "at_most"
    hold = Hold(level=level, how=how, since=today, until=until, note=reason.strip())
    same = await DB.fetchval(
        "SELECT 1 FROM __tenant__.level_hold WHERE member = $1 AND ended IS NULL AND how = $2 AND level = $3"
        " AND until IS NOT DISTINCT FROM $4 AND note = $5", member, hold.how, level, until, hold.note)  # fmt: skip
    if not same:
        await _end(member)
        await open_holds([(member, hold)])
        await judge_many(rules, [member], cause=Why.BY_HAND, note=hold.note)


async def clear_level(member: uuid.UUID) -> None:
    """Take away what staff have set, so that what is earned counts alone. Raises MemberUnknown, LevelsOff."""
    rules = await _rules(member)
    await lock([member])
    if await _end(member):
        await judge_many(rules, [member], cause=Why.BY_HAND)


async def _rules(member: uuid.UUID) -> Rules:
    await members.find(member)
    rules = await ladder.rules()
    if not rules.policy.active:
        raise LevelsOff
    return rules


async def _end(member: uuid.UUID) -> bool:
    rows = await DB.fetch(
        "UPDATE __tenant__.level_hold SET ended = 'replaced', ended_at = $2 WHERE member = $1 AND ended IS NULL"
        " AND how IN ('at_least', 'at_most') RETURNING id", member, clock.now())  # fmt: skip
    return bool(rows)
