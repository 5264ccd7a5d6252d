"""How a survey is run: who may answer, when, how often, for what reward; and what may not go together.

A reward is for taking part, never for what is answered. China's Interim Provisions on Internet Unfair Competition
(网络反不正当竞争暂行规定), in force since 2024-09-01, forbid in Article 9(5) to induce specified praise or directed
votes by money, red packets or coupons; the United States' rule on consumer reviews (16 CFR 465), in force since
2024-10-21, forbids incentives that depend on what is said. So a reward stands in the settings of the survey and
nowhere else: neither a question nor a choice can hold one, and whoever finishes gets the same by whichever way. Quotas
that look at answers would leave those unpaid who answered otherwise, so a rewarded survey has none; a quota that only
limits how many may answer looks at nothing. An effect (a tag, an attribute) gives nothing by itself.
"""

from __future__ import annotations

import dataclasses
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

from tenants import segments, vouchers
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.surveys.rules.values import SCALED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tenants.surveys.rules.definition import Definition

Purpose: TypeAlias = Literal["stickiness", "data", "sales", "points", "traffic"]
Access: TypeAlias = Literal["members", "invited"]
Event: TypeAlias = Literal["order_delivered", "order_completed", "joined", "level_changed"]
PURPOSES: tuple[str, ...] = ("stickiness", "data", "sales", "points", "traffic")
ACCESSES: tuple[str, ...] = ("members", "invited")
EVENTS: tuple[str, ...] = ("order_delivered", "order_completed", "joined", "level_changed")
NAME_MAX = 100
DAYS_MAX = 3650
AFTER_MAX = 365
POINTS_MAX = 1_000_000
YEARS = range(2000, 2201)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Everything that a seller says of a survey but for what it asks and its quotas.

    `access`: `members` (all, or those of `segment`), or only those who are `invited`. With `open_link` anybody may
    answer who has its address; turning it off makes that address useless for ever. `repeat_days` lie between two times
    that one member answers (None: once), `phase_gap_days` between the phases of a series. `after_event` invites by
    itself, `after_days` later. `low_question` tells others of answers up to `low_at_most`.
    """

    name_en: str = ""
    name_zh: str = ""
    purpose: str = "data"
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    access: str = "members"
    segment: uuid.UUID | None = None
    open_link: bool = False
    anonymous: bool = False
    repeat_days: int | None = None
    phase_gap_days: int = 0
    after_event: str | None = None
    after_days: int = 0
    invitation_days: int = 30
    reward_points: int = 0
    reward_voucher: uuid.UUID | None = None
    low_question: str | None = None
    low_at_most: int | None = None

    @property
    def rewarded(self) -> bool:
        """Whether who takes part gets something."""
        return self.reward_points > 0 or self.reward_voucher is not None


FIELDS: tuple[str, ...] = tuple(field.name for field in dataclasses.fields(Terms))


async def check_terms(terms: Terms) -> None:
    """See that terms make sense by themselves. Raises Invalid, SegmentUnknown, and the vouchers' TemplateUnknown."""
    if not terms.name_en.strip() and not terms.name_zh.strip():
        raise _bad("name_en", Words(en="give a name in English or Chinese", zh="请填写中文或英文名称"))
    for name in ("name_en", "name_zh"):
        text = getattr(terms, name)
        if len(text) > NAME_MAX or not text.isprintable():
            raise _bad(name, Words(en=f"use at most {NAME_MAX} characters", zh=f"最多 {NAME_MAX} 个字符"))
    _one_of("purpose", terms.purpose, PURPOSES)
    _one_of("access", terms.access, ACCESSES)
    if terms.after_event is not None:
        _one_of("after_event", terms.after_event, EVENTS)
    for name in ("starts_at", "ends_at"):
        moment = getattr(terms, name)
        if moment is not None and moment.year not in YEARS:
            raise _bad(name, Words(en="use a year from 2000 to 2200", zh="年份请使用 2000 到 2200"))
    if terms.starts_at and terms.ends_at and terms.starts_at >= terms.ends_at:
        raise _bad("ends_at", Words(en="must be later than starts_at", zh="必须晚于开始时间"))
    _within("repeat_days", terms.repeat_days, 1, DAYS_MAX)
    _within("phase_gap_days", terms.phase_gap_days, 0, DAYS_MAX)
    _within("after_days", terms.after_days, 0, AFTER_MAX)
    _within("invitation_days", terms.invitation_days, 1, AFTER_MAX)
    _within("reward_points", terms.reward_points, 0, POINTS_MAX)
    await _check_references(terms)
    _check_low(terms)


def unfit_together(terms: Terms, definition: Definition) -> Iterator[Words]:
    """What the settings and the questions make impossible together, and what to do."""
    effects = [question.key for question in definition.questions if question.effect]
    if terms.anonymous and effects:
        yield Words(
            en=f"an anonymous survey writes nothing about members: take the effect out of “{effects[0]}”",
            zh=f"匿名问卷不能写入会员信息，请去掉“{effects[0]}”的标签或属性设置",
        )
    if terms.low_question is None or terms.low_at_most is None:
        return
    question = definition.question(terms.low_question)
    if question is None or question.kind not in SCALED | {"number"}:
        yield Words(
            en=f"a low score is told of “{terms.low_question}”, which is no question with a score: choose another",
            zh=f"低分提醒的题目“{terms.low_question}”不是评分题，请另选",
        )


async def _check_references(terms: Terms) -> None:
    if terms.segment is not None:
        if terms.access != "members":
            raise _bad("segment", Words(en="only with access “members”", zh="仅在参与方式为“会员”时可用"))
        await segments.find(terms.segment)
    if terms.reward_voucher is not None:
        await vouchers.read_terms(terms.reward_voucher)


def _check_low(terms: Terms) -> None:
    if (terms.low_question is None) != (terms.low_at_most is None):
        raise _bad("low_at_most", Words(en="give low_question and low_at_most together", zh="低分题目与分数需同时填写"))
    if terms.low_question is not None and not 1 <= len(terms.low_question) <= 40:  # noqa: PLR2004  the column
        raise _bad("low_question", Words(en="give the key of a question", zh="请填写题目标识"))
    _within("low_at_most", terms.low_at_most, -1_000_000, 1_000_000)
    if terms.anonymous and terms.low_question is not None:
        told = Words(
            en="an anonymous survey tells of nobody's score: choose one or the other",
            zh="匿名问卷不能提醒某位会员的低分，请二选一",
        )
        raise _bad("low_question", told)


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise _bad(name, Words(en=f"use one of {', '.join(allowed)}", zh=f"请使用 {'、'.join(allowed)} 之一"))


def _within(name: str, value: int | None, least: int, most: int) -> None:
    if value is not None and not least <= value <= most:
        raise _bad(name, Words(en=f"use {least} to {most}", zh=f"请使用 {least} 到 {most}"))


def _bad(param: str, problem: Words) -> Invalid:
    return Invalid(param=param, problem=problem)
