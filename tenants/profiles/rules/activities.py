"""What an activity asks for, in which steps, and what it gives."""

from __future__ import annotations

import dataclasses
import re
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import asyncpg

from tenants import members, vouchers
from tenants.kit import clock, ids
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.profiles.rules.refusals import (
    ActivityEnded,
    ActivityUnknown,
    AnotherIsLive,
    NothingAsked,
    QuestionUnknown,
)
from tenants.tenancy import DB, work

if TYPE_CHECKING:
    from collections.abc import Mapping

STATES = ("draft", "live", "paused", "ended")
EARLIER = ("count", "reward")
POINTS_MAX = 1_000_000
STEPS_MAX = 20
POSITION_MAX = 1_000_000
YEARS = range(2000, 2201)
FIELDS: dict[str, Words] = {
    "name": Words(en="Name", zh="姓名"),
    "phone": Words(en="Telephone", zh="手机号"),
    "email": Words(en="E-mail", zh="邮箱"),
    "gender": Words(en="Gender", zh="性别"),
    "birthday": Words(en="Birthday", zh="生日"),
    "region": Words(en="Region", zh="地区"),
    "occupation": Words(en="Occupation", zh="职业"),
}
ATTRIBUTE = "attribute."
_ATTRIBUTE = re.compile(r"attribute\.[a-z][a-z0-9_]{0,49}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a seller says of an activity. `earlier`: what was known before it counts as answered, or is rewarded too."""

    name_en: str = ""
    name_zh: str = ""
    state: str = "draft"
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    earlier: str = "count"
    whole_points: int = 0
    whole_voucher: uuid.UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing that is asked: a field of the profile or `attribute.<key>`, its step, and what an answer gives."""

    field: str
    step: int = 1
    position: int = 0
    points: int = 0
    voucher_template: uuid.UUID | None = None


_TERMS = tuple(field.name for field in dataclasses.fields(Terms))


async def create_activity(terms: Terms) -> uuid.UUID:
    """Make an activity; it can go live once it asks something. Raises Invalid, NothingAsked, TemplateUnknown."""
    if terms.state not in {"draft", "ended"}:
        raise NothingAsked
    await _check(terms)
    activity, moment = ids.new(), clock.now()
    await DB.fetch(
        "INSERT INTO __tenant__.profile_activity (id, created_at, updated_at, swept, name_en, name_zh, state,"
        " starts_at, ends_at, earlier, whole_points, whole_voucher)"
        " VALUES ($1, $2, $2, false, $3, $4, $5, $6, $7, $8, $9, $10)",
        activity, moment, *(getattr(terms, name) for name in _TERMS))  # fmt: skip
    return activity


async def change_activity(activity: uuid.UUID, changes: Mapping[str, Any]) -> Terms:
    """Change some of an activity's terms, and answer with all. What was answered and given stays.

    Raises ActivityUnknown, ActivityEnded, AnotherIsLive, NothingAsked, TemplateUnknown, Invalid.
    """
    before = await read_terms(activity, lock=True)
    try:
        after = dataclasses.replace(before, **changes)
    except TypeError:
        raise Invalid(
            param=", ".join(sorted(set(changes) - set(_TERMS))),
            problem=Words(en="an activity has no such field", zh="活动没有这个字段"),
        ) from None
    if after == before:
        return after
    if before.state == "ended":
        raise ActivityEnded
    await _check(after)
    if after.state == "live" and not await questions_of(activity):
        raise NothingAsked
    try:
        async with DB.savepoint():
            await DB.fetch(
                "UPDATE __tenant__.profile_activity SET updated_at = $2, name_en = $3, name_zh = $4, state = $5,"
                " starts_at = $6, ends_at = $7, earlier = $8, whole_points = $9, whole_voucher = $10 WHERE id = $1",
                activity, clock.now(), *(getattr(after, name) for name in _TERMS))  # fmt: skip
    except asyncpg.UniqueViolationError:
        raise AnotherIsLive from None
    if after.state == "live" and (before.state != "live" or before.earlier != after.earlier):
        await sweep_anew(activity)
    return after


async def read_terms(activity: uuid.UUID, *, lock: bool = False) -> Terms:
    """The terms of an activity as they stand. Raises ActivityUnknown."""
    tail = "FOR UPDATE" if lock else ""
    row = await DB.fetchrow(f"SELECT * FROM __tenant__.profile_activity WHERE id = $1 {tail}", activity)
    if row is None:
        raise ActivityUnknown
    return Terms(**{name: row[name] for name in _TERMS})


async def set_question(activity: uuid.UUID, question: Question) -> uuid.UUID:
    """Ask for something, or ask for it in another way.

    Raises ActivityUnknown, ActivityEnded, TemplateUnknown, Invalid.
    """
    terms = await read_terms(activity, lock=True)
    if terms.state == "ended":
        raise ActivityEnded
    await _check_question(question)
    try:
        async with DB.savepoint():
            found: uuid.UUID = await DB.fetchval(
                "INSERT INTO __tenant__.profile_question (id, activity, field, step, position, points,"
                " voucher_template) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (activity, field) DO UPDATE SET"
                " step = EXCLUDED.step, position = EXCLUDED.position, points = EXCLUDED.points,"
                " voucher_template = EXCLUDED.voucher_template RETURNING id",
                ids.new(), activity, question.field, question.step, question.position, question.points,
                question.voucher_template)  # fmt: skip
    except asyncpg.ForeignKeyViolationError:
        raise vouchers.TemplateUnknown from None
    if terms.state == "live":
        await sweep_anew(activity)
    return found


async def remove_question(activity: uuid.UUID, field: str) -> None:
    """Ask for this no more; what was answered stays answered. Raises ActivityUnknown, QuestionUnknown."""
    await read_terms(activity, lock=True)
    gone = await DB.fetch(
        "DELETE FROM __tenant__.profile_question WHERE activity = $1 AND field = $2 RETURNING id",
        activity, field)  # fmt: skip
    if not gone:
        raise QuestionUnknown


async def questions_of(activity: uuid.UUID) -> list[Any]:
    """The rows of what an activity asks, in the order in which it is asked."""
    return await DB.fetch(
        "SELECT * FROM __tenant__.profile_question WHERE activity = $1 ORDER BY step, position, field",
        activity)  # fmt: skip


async def live_activity() -> Any:
    """The activity that runs now, as a row, or None."""
    return await DB.fetchrow(
        "SELECT * FROM __tenant__.profile_activity WHERE state = 'live' AND (starts_at IS NULL OR starts_at <= $1)"
        " AND (ends_at IS NULL OR $1 < ends_at)", clock.now())  # fmt: skip


async def sweep_anew(activity: uuid.UUID) -> None:
    """Go through all members again: something may be known of them that nobody told the activity."""
    await DB.fetch(
        "UPDATE __tenant__.profile_activity SET swept = false, swept_upto = NULL WHERE id = $1", activity)  # fmt: skip
    await work.ask_for("profiles.sweep")


async def labels() -> dict[str, Words]:
    """What can be asked for, with its name: the fields of a profile, and the shop's own attributes."""
    defined = await members.defined_attributes()
    return FIELDS | {
        f"{ATTRIBUTE}{key}": Words(en=one.label_en or one.label_zh or key, zh=one.label_zh or one.label_en or key)
        for key, one in defined.items()
    }


async def _check(terms: Terms) -> None:
    if not terms.name_en.strip() and not terms.name_zh.strip():
        raise _bad("name_en", Words(en="give a name in English or Chinese", zh="请填写中文或英文名称"))
    if max(len(terms.name_en), len(terms.name_zh)) > 100:  # noqa: PLR2004
        raise _bad("name_en", Words(en="use at most 100 characters", zh="最多 100 个字符"))
    for name, allowed in (("state", STATES), ("earlier", EARLIER)):
        if getattr(terms, name) not in allowed:
            raise _bad(name, Words(en=f"use one of {', '.join(allowed)}", zh=f"请使用 {'、'.join(allowed)} 之一"))
    for name in ("starts_at", "ends_at"):
        moment = getattr(terms, name)
        if moment is not None and moment.year not in YEARS:
            raise _bad(name, Words(en="use a year from 2000 to 2200", zh="年份请使用 2000 到 2200"))
    if terms.starts_at and terms.ends_at and terms.starts_at >= terms.ends_at:
        raise _bad("ends_at", Words(en="must be later than starts_at", zh="必须晚于开始时间"))
    _within("whole_points", terms.whole_points, 0, POINTS_MAX)
    if terms.whole_voucher:
        await vouchers.read_terms(terms.whole_voucher)


async def _check_question(question: Question) -> None:
    _within("step", question.step, 1, STEPS_MAX)
    _within("position", question.position, -POSITION_MAX, POSITION_MAX)
    _within("points", question.points, 0, POINTS_MAX)
    if question.field in FIELDS:
        return
    if not _ATTRIBUTE.match(question.field):
        raise _bad(
            "field", Words(en="use a field of the profile, or attribute.<key>", zh="请使用资料字段或 attribute.<key>")
        )
    if question.field.removeprefix(ATTRIBUTE) not in await members.defined_attributes():
        raise _bad("field", Words(en="define this attribute first", zh="请先定义该属性"))


def _within(name: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise _bad(name, Words(en=f"use {least} to {most}", zh=f"请使用 {least} 到 {most}"))


def _bad(param: str, problem: Words) -> Invalid:
    return Invalid(param=param, problem=problem)
