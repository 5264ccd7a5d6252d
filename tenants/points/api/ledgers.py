"""What travels over HTTP about the rules and the books of points."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta, field

from tenants.kit.shapes import Reference, Shape

MonthDay = Annotated[str, Meta(pattern=r"^\d\d-\d\d$", description="A day of each year, `12-31`.")]
Whole = Annotated[int, Meta(ge=0, le=1_000_000_000)]
_POLICY: dict[str, Any] = {
    "expiry": "rolling", "validity_days": None, "validity_months": 12, "rounding": "month", "calendar_days": [],
    "minimum_days": 0, "inactivity_days": None, "activity_whys": [], "activation_days": 0, "debt_max": 0,
    "value_points": 100, "value_amount": "1.00", "adjustment_max": 10000, "notice_days": 30,
}  # fmt: skip
_ID = "01kaecw0x5f3qs8q7t6v2m9d3a"


class PolicyShape(Shape):
    """How points behave.

    `expiry`: `never`; `rolling` (`validity_months` and `validity_days` on, to the end of that day, month … as
    `rounding` says); `calendar` (on `calendar_days`, once points are `minimum_days` old); `inactivity`
    (`inactivity_days` after the member's last movement; `activity_whys` names the reasons that count, none: any).
    `activation_days`: points that no order gave are pending so long. `debt_max`: how much a member may owe after a
    refund. `value_points` stand for `value_amount` of money. Adjustments above `adjustment_max` need a second person.
    Members are told `notice_days` before points lapse.
    """

    expiry: Literal["never", "rolling", "calendar", "inactivity"] = "never"
    validity_days: Whole | None = None
    validity_months: Whole | None = None
    rounding: Literal["day", "month", "quarter", "half_year", "year"] = "day"
    calendar_days: Annotated[list[MonthDay], Meta(max_length=20)] = field(default_factory=list)
    minimum_days: Whole = 0
    inactivity_days: Whole | None = None
    activity_whys: Annotated[list[Annotated[str, Meta(max_length=20)]], Meta(max_length=60)] = field(
        default_factory=list
    )
    activation_days: Whole = 0
    debt_max: Whole = 0
    value_points: Whole = 100
    value_amount: Decimal = Decimal("1.00")
    adjustment_max: Whole | None = None
    notice_days: Whole = 30

    EXAMPLE: ClassVar[dict[str, Any]] = _POLICY


class LapsingShape(Shape):
    """So many points of so many members lapse at the end of a day."""

    day: date
    members: int
    points: int

    EXAMPLE: ClassVar[dict[str, Any]] = {"day": "2026-12-31", "members": 40365, "points": 836148837}


class ForecastShape(Shape):
    """What lapses if nothing more happens, in all and by day; `policy` says in a sentence what the rules mean today."""

    policy: str
    points: int
    days: list[LapsingShape]

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "policy": "Points earned today, 2026-11-21, count from 2026-11-21 on and last until the end of 2027-11-30.",
        "points": 836148837, "days": [LapsingShape.EXAMPLE],
    }  # fmt: skip


class BatchShape(Shape):
    """Points that lapsed together. Undone, they last until `undone_until`."""

    id: str
    members: int
    lots: int
    points: int
    at: datetime
    undone_at: datetime | None
    undone_until: datetime | None

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": f"bat_{_ID}", "members": 812, "lots": 1000, "points": 23011, "at": "2026-11-21T16:05:00Z",
        "undone_at": None, "undone_until": None,
    }  # fmt: skip


class UndoShape(Shape):
    """Until when the points that are given back last."""

    until: Annotated[datetime, Meta(tz=True)]

    EXAMPLE: ClassVar[dict[str, Any]] = {"until": "2030-12-31T16:00:00Z"}


class NoticeShape(Shape):
    """That a member was told: so many points lapse at a moment."""

    id: str
    member: str
    points: int
    expires_at: datetime

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": f"ntc_{_ID}", "member": f"mem_{_ID}", "points": 80, "expires_at": "2026-12-31T16:00:00Z",
    }  # fmt: skip


class NewAdjustment(Shape):
    """Points by hand: above zero to give, below zero to take. `by` is the user name of the member of staff."""

    points: Annotated[int, Meta(ge=-1_000_000_000, le=1_000_000_000)]
    reason: Annotated[str, Meta(min_length=1, max_length=500)]
    reference: Reference
    by: Annotated[str, Meta(max_length=100)] | None = None

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "points": 500, "reason": "Parcel lost twice", "reference": "ticket-4711", "by": "mei",
    }  # fmt: skip


class Decision(Shape):
    """Whether an adjustment is agreed to; `by` is the user name of somebody else than who proposed it."""

    approve: bool
    by: Annotated[str, Meta(min_length=1, max_length=100)]

    EXAMPLE: ClassVar[dict[str, Any]] = {"approve": True, "by": "lei"}


class AdjustmentShape(Shape):
    """Points by hand: applied at once, or proposed and then approved or refused by a second person."""

    id: str
    member: str
    points: int
    reason: str
    state: Literal["applied", "proposed", "approved", "refused"]
    proposed_by: str
    decided_by: str
    entry: str | None
    at: datetime
    repeated: bool

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": f"adj_{_ID}", "member": f"mem_{_ID}", "points": 500, "reason": "Parcel lost twice", "state": "applied",
        "proposed_by": "Mei", "decided_by": "", "entry": f"pnt_{_ID}", "at": "2026-11-21T08:30:00Z", "repeated": False,
    }  # fmt: skip


class DayShape(Shape):
    """One day of the books; `balance`, `pending`, `debt` and `value` at its end.

    `balance` is that of the day before + earned - spent - taken_back + reversed - expired + moved.
    """

    day: date
    earned: int
    spent: int
    taken_back: int
    reversed: int
    expired: int
    moved: int
    balance: int
    pending: int
    debt: int
    value: str
    closed: bool
    seal: str

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "day": "2026-11-20", "earned": 5120, "spent": 800, "taken_back": 129, "reversed": 0, "expired": 310, "moved": 0,
        "balance": 836148, "pending": 2580, "debt": 0, "value": "8361.48", "closed": True, "seal": "9f2c" * 16,
    }  # fmt: skip


class ReportShape(Shape):
    """What the shop owes in points, by day, in the shop's currency."""

    currency: str
    days: list[DayShape]

    EXAMPLE: ClassVar[dict[str, Any]] = {"currency": "CNY", "days": [DayShape.EXAMPLE]}
