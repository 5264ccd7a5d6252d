"""What travels: levels, the policy, and where a member stands."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

import msgspec
from msgspec import Meta

from tenants.kit.shapes import Reference, Shape

Rank = Annotated[int, Meta(ge=1, le=100, description="The order of levels; a higher rank takes more.")]
Threshold = Annotated[
    Decimal, Meta(description='What it takes, in what the policy counts, e.g. "1000.00". 0 for the level of everybody.')
]
Note = Annotated[str, Meta(max_length=500)]


class NewLevel(Shape, kw_only=True):
    """A level as you want it. Names: one language at least; `benefits` are for the member to read."""

    rank: Rank
    name_en: Annotated[str, Meta(max_length=100)] = ""
    name_zh: Annotated[str, Meta(max_length=100)] = ""
    threshold: Threshold
    multiplier: Annotated[Decimal, Meta(description='By how much points for orders are multiplied, e.g. "1.20".')] = (
        Decimal(1)
    )
    free_shipping: bool = False
    benefits_en: Annotated[str, Meta(max_length=1000)] = ""
    benefits_zh: Annotated[str, Meta(max_length=1000)] = ""
    color: Annotated[str, Meta(pattern="^#[0-9a-f]{6}$", description="Of the member card.")] = "#8c8c8c"
    icon: Annotated[str, Meta(max_length=30, description="star, medal, crown, diamond, heart, leaf, flame …")] = "star"
    active: bool = True

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "rank": 3,
        "name_en": "Gold",
        "name_zh": "金卡会员",
        "threshold": "5000.00",
        "multiplier": "1.20",
        "free_shipping": True,
        "benefits_en": "Free returns",
        "benefits_zh": "免费退货",
        "color": "#c9a227",
        "icon": "star",
        "active": True,
    }


class LevelShape(Shape):
    """A level of the ladder. One that is not `active` is reached by nobody any more."""

    id: str
    rank: int
    name_en: str
    name_zh: str
    threshold: str
    multiplier: str
    free_shipping: bool
    benefits_en: str
    benefits_zh: str
    color: str
    icon: str
    active: bool

    EXAMPLE: ClassVar[dict[str, Any]] = {"id": "lvl_01kaecw0x5f3qs8q7t6v2m9d3a", **NewLevel.EXAMPLE}


class Levels(Shape):
    """The ladder, the lowest level first."""

    data: list[LevelShape]

    EXAMPLE: ClassVar[dict[str, Any]] = {"data": [LevelShape.EXAMPLE]}


class PolicyShape(Shape, kw_only=True):
    """What counts over which days, how long a level is held, and what happens when its term ends.

    `period_days` is for `rolling`, `term_months` for `months`. Notices go out so many days before a level is lost.
    """

    active: bool
    basis: Literal["spend", "growth", "points"]
    period: Literal["lifetime", "rolling", "year"]
    period_days: Annotated[int, Meta(ge=1, le=3660)] = 365
    term: Literal["months", "year_end", "next_year_end"]
    term_months: Annotated[int, Meta(ge=1, le=120)] = 12
    grace_days: Annotated[int, Meta(ge=0, le=366)] = 0
    downgrade: Literal["none", "one_step", "to_due"]
    first_notice_days: Annotated[int, Meta(ge=1, le=366)] | None = 30
    second_notice_days: Annotated[int, Meta(ge=1, le=366)] | None = 7

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "active": True,
        "basis": "spend",
        "period": "rolling",
        "period_days": 365,
        "term": "months",
        "term_months": 12,
        "grace_days": 14,
        "downgrade": "to_due",
        "first_notice_days": 30,
        "second_notice_days": 7,
    }


class NewThreshold(Shape):
    """Another threshold for a level, to see what it would do."""

    level: str
    threshold: Threshold

    EXAMPLE: ClassVar[dict[str, Any]] = {"level": "lvl_01kaecw0x5f3qs8q7t6v2m9d3a", "threshold": "6000.00"}


class NewPreview(Shape):
    """Thresholds that differ from those that hold; none to look at the present ones."""

    thresholds: Annotated[list[NewThreshold], Meta(max_length=100)] = msgspec.field(default_factory=list)

    EXAMPLE: ClassVar[dict[str, Any]] = {"thresholds": [NewThreshold.EXAMPLE]}


class LevelCount(Shape):
    """How many members would be due a level."""

    level: str
    members: int

    EXAMPLE: ClassVar[dict[str, Any]] = {"level": "lvl_01kaecw0x5f3qs8q7t6v2m9d3a", "members": 412}


class PreviewShape(Shape):
    """What going through all members would come to: `rise` at once; `below` have too little for the level they hold.

    These drop at once only where a recount says `lower`, else when their term ends, unless they make it up.
    """

    rise: int
    below: int
    stay: int
    due: list[LevelCount]

    EXAMPLE: ClassVar[dict[str, Any]] = {"rise": 12, "below": 3, "stay": 985, "due": [LevelCount.EXAMPLE]}


class NewRecount(Shape):
    """Go through all members. With `lower`, who has too little drops now and not when their term ends."""

    lower: bool = False

    EXAMPLE: ClassVar[dict[str, Any]] = {"lower": False}


class RecountShape(Shape):
    """A recount that has begun; it goes on in small batches."""

    lower: bool
    preview: PreviewShape

    EXAMPLE: ClassVar[dict[str, Any]] = {"lower": False, "preview": PreviewShape.EXAMPLE}


class KeepingShape(Shape):
    """What another term of `level` takes: `missing` more by `last`, or it is lost on `drops_on`. 0: it is enough."""

    level: str
    until: date
    first: date | None
    last: date
    value: str
    missing: str
    drops_on: date

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "level": "lvl_01kaecw0x5f3qs8q7t6v2m9d3a",
        "until": "2027-03-09",
        "first": "2026-03-11",
        "last": "2027-03-09",
        "value": "4880.00",
        "missing": "120.00",
        "drops_on": "2027-03-10",
    }


class ByHandShape(Shape):
    """What staff set: at least this level, or (`at_least: false`) at most, to the end of a day or for good."""

    level: str
    at_least: bool
    until: date | None

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "level": "lvl_01kaecw0x5f3qs8q7t6v2m9d3a",
        "at_least": True,
        "until": "2026-12-31",
    }


class StandingShape(Shape, kw_only=True):
    """Where a member stands, and why. `value` is what counts from `first` (null: ever) to `last`.

    `explanation` are sentences for the member, in the reader's language. While levels are switched off, `active` is
    false and there is nothing else.
    """

    member: str
    active: bool
    level: LevelShape | None = None
    since: date | None = None
    basis: Literal["spend", "growth", "points"] | None = None
    first: date | None = None
    last: date | None = None
    value: str | None = None
    next_level: LevelShape | None = None
    missing: str | None = None
    keeping: KeepingShape | None = None
    by_hand: ByHandShape | None = None
    explanation: list[str] = msgspec.field(default_factory=list)

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "member": "mem_01kaecw0x5f3qs8q7t6v2m9d3b",
        "active": True,
        "level": LevelShape.EXAMPLE,
        "since": "2026-03-10",
        "basis": "spend",
        "first": "2025-11-22",
        "last": "2026-11-21",
        "value": "6500.00",
        "next_level": None,
        "missing": None,
        "keeping": KeepingShape.EXAMPLE,
        "by_hand": None,
        "explanation": ["Your level is Gold, since 2026-03-10."],
    }


class SetLevel(Shape, kw_only=True):
    """A level for a member: a floor where it is above what is earned, else a ceiling; `until` the end of that day."""

    level: str
    until: date | None = None
    reason: Annotated[str, Meta(min_length=1, max_length=500)]

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "level": "lvl_01kaecw0x5f3qs8q7t6v2m9d3a",
        "until": "2100-12-31",
        "reason": "To make up for a lost parcel",
    }


class MoveShape(Shape):
    """A move between levels, or the renewal of one. `reason` is `why` in the reader's language."""

    id: str
    before: str | None
    after: str | None
    why: str
    reason: str
    value: str | None
    until: date | None
    note: str
    at: datetime

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": "lch_01kaecw0x5f3qs8q7t6v2m9d3c",
        "before": "Silver",
        "after": "Gold",
        "why": "reached",
        "reason": "Reached by what counts towards it.",
        "value": "5120.00",
        "until": "2027-03-09",
        "note": "",
        "at": "2026-03-10T08:30:00Z",
    }


class NewGrowthEntry(Shape, kw_only=True):
    """Something that counts towards a level; an `amount` below zero takes back, on the day of what it takes back."""

    amount: Annotated[Decimal, Meta(description='E.g. "50" or "-50", at most two decimals.')]
    kind: Literal["spend", "growth"] = "growth"
    reference: Reference
    at: Annotated[datetime, Meta(tz=True, description="When it counts; now if left out.")] | None = None
    note: Note = ""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "amount": "50",
        "kind": "growth",
        "reference": "review-8812",
        "at": "2026-03-10T08:30:00Z",
        "note": "A review with pictures",
    }


class GrowthEntryShape(Shape, kw_only=True):
    """A line of the growth ledger: what counted, on which day of the shop's calendar, and why."""

    id: str
    kind: Literal["spend", "growth", "points"]
    amount: str
    day: date
    reason: str
    note: str
    at: datetime
    repeated: bool = False

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": "gro_01kaecw0x5f3qs8q7t6v2m9d3c",
        "kind": "growth",
        "amount": "50.00",
        "day": "2026-03-10",
        "reason": "Entered by the shop.",
        "note": "A review with pictures",
        "at": "2026-03-10T08:30:00Z",
        "repeated": False,
    }
