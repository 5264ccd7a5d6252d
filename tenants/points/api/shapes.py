"""What travels over HTTP about points."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal

from litestar.params import PathParameter, QueryParameter
from msgspec import Meta

from tenants.kit.shapes import Points, Shape

MemberId = Annotated[str, PathParameter(description="The member, `mem_…`.")]
EntryId = Annotated[str, PathParameter(description="The entry, `pnt_…`.")]
PendingId = Annotated[str, PathParameter(description="The pending entry, `pnt_…`.")]
BatchId = Annotated[str, PathParameter(description="The batch, `bat_…`.")]
AdjustmentId = Annotated[str, PathParameter(description="The adjustment, `adj_…`.")]
HoldId = Annotated[str, PathParameter(description="The hold, `hld_…`.")]
Limit = Annotated[int, QueryParameter(ge=1, le=100, description="How many rows at most.")]
Cursor = Annotated[str | None, QueryParameter(description="`next_cursor` of the page before.")]
Note = Annotated[str, Meta(max_length=500, description="For the shop's own eyes; members do not see it.")]
HoldSeconds = Annotated[int, Meta(ge=1, le=2_592_000, description="How long the points stay aside: up to 30 days.")]
ExpiresAt = Annotated[datetime, Meta(tz=True, description="When they expire, at most 100 years ahead (RFC 3339).")]
ActiveAt = Annotated[datetime, Meta(tz=True, description="From when on they count; pending until then (RFC 3339).")]
Days = Annotated[int, QueryParameter(ge=1, le=3660, description="How many days ahead.")]
EntryReference = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=100,
        description="Your own name for this occasion, unique for ever among entries; holds have names of their own. The"
        " same reference again changes nothing and answers as before.",
    ),
]
HoldReference = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=100,
        description="Your own name for this occasion, unique for ever among holds; an entry may bear the same and is"
        " another occasion. The same reference again changes nothing and answers with the hold as it is.",
    ),
]
_ENTRY = {
    "id": "pnt_01kaecw0x5f3qs8q7t6v2m9d3a",
    "member": "mem_01kaecw0x5f3qs8q7t6v2m9d3b",
    "points": 120,
    "why": "api",
    "reason": "Entered by the shop.",
    "reference": "summer-fair-2026-1001",
    "note": "Summer fair",
    "at": "2026-11-21T08:30:00Z",
}
_LINE = {"id": _ENTRY["id"], "points": 120, "balance_after": 620, "why": "check_in", "reason": "For a check-in."}
_DATES = {"at": "2026-11-21T08:30:00Z", "expires_at": "2027-11-21T16:00:00Z"}


class NewEntry(Shape):
    """Points to give (`earn`) or to take (`spend`).

    `active_at` and `expires_at` are for points that are given; without them the shop's policy says when they count and
    when they expire.
    """

    points: Points
    kind: Literal["earn", "spend"]
    reference: EntryReference
    note: Note = ""
    expires_at: ExpiresAt | None = None
    active_at: ActiveAt | None = None

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "points": 120,
        "kind": "earn",
        "reference": "summer-fair-2026-1001",
        "note": "Summer fair",
    }


class EntryShape(Shape):
    """A movement: `points` above zero came in, below zero went out. `reason` is `why` in the caller's language.

    With `pending_until` it is still to come and in no balance.
    """

    id: str
    member: str
    points: int
    why: str
    reason: str
    reference: str | None
    note: str
    at: datetime
    pending_until: datetime | None
    repeated: bool

    EXAMPLE: ClassVar[dict[str, Any]] = {**_ENTRY, "pending_until": None, "repeated": False}


class LineShape(Shape):
    """A line of a statement: a movement and what the account came to with it."""

    id: str
    points: int
    balance_after: int
    why: str
    reason: str
    reference: str | None
    note: str
    at: datetime
    expires_at: datetime | None
    reverses: str | None
    reversed_by: str | None

    EXAMPLE: ClassVar[dict[str, Any]] = {
        **_LINE, **_DATES, "reference": None, "note": "", "reverses": None, "reversed_by": None,
    }  # fmt: skip


class MemberLineShape(Shape):
    """A line of a member's own statement."""

    id: str
    points: int
    balance_after: int
    why: str
    reason: str
    at: datetime
    expires_at: datetime | None
    undone: bool

    EXAMPLE: ClassVar[dict[str, Any]] = {**_LINE, **_DATES, "undone": False}


class BalanceShape(Shape):
    """What a member has: `balance` = `available` + `held`. `expiring_points` go first, at `expiring_at`.

    `pending` are to come besides, the next at `pending_at`; `debt` is owed, and the next points pay it.
    """

    balance: int
    available: int
    held: int
    expiring_points: int
    expiring_at: datetime | None
    pending: int
    pending_at: datetime | None
    debt: int

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "balance": 620,
        "available": 500,
        "held": 120,
        "expiring_points": 80,
        "expiring_at": "2026-12-31T16:00:00Z",
        "pending": 129,
        "pending_at": "2026-11-28T16:00:00Z",
        "debt": 0,
    }


class NewReversal(Shape):
    """Why an entry is undone."""

    note: Note = ""

    EXAMPLE: ClassVar[dict[str, Any]] = {"note": "Entered twice by hand"}


class NewHold(Shape):
    """Points to set aside for a while, e.g. while an order is being paid."""

    points: Points
    reference: HoldReference
    hold_seconds: HoldSeconds = 900
    note: Note = ""

    EXAMPLE: ClassVar[dict[str, Any]] = {"points": 120, "reference": "order-20261121-7", "hold_seconds": 900}


class HoldShape(Shape):
    """Points set aside: held, confirmed (spent), released (given back) or lapsed (given back when time was up)."""

    id: str
    member: str
    points: int
    state: Literal["held", "confirmed", "released", "lapsed"]
    reference: str | None
    note: str
    ends_at: datetime
    at: datetime
    repeated: bool

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": "hld_01kaecw0x5f3qs8q7t6v2m9d3a",
        "member": _ENTRY["member"],
        "points": 120,
        "state": "held",
        "reference": "order-20261121-7",
        "note": "",
        "ends_at": "2026-11-21T08:45:00Z",
        "at": "2026-11-21T08:30:00Z",
        "repeated": False,
    }


class PendingShape(Shape):
    """Points that are to come: `points` is what is left of them."""

    id: str
    points: int
    why: str
    reason: str
    active_at: datetime
    at: datetime

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": _ENTRY["id"], "points": 129, "why": "order", "reason": "Order T1001: 129.00 × 1.",
        "active_at": "2026-11-28T16:00:00Z", "at": "2026-11-21T08:30:00Z",
    }  # fmt: skip


class CancelledShape(Shape):
    """How many points will not come."""

    id: str
    points: int
    repeated: bool

    EXAMPLE: ClassVar[dict[str, Any]] = {"id": _ENTRY["id"], "points": 129, "repeated": False}
