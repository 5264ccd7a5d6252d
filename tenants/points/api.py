"""Points over HTTP: the seller's backend moves them, the member looks at them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.params import JSONBody, PathParameter, QueryParameter
from msgspec import Meta

from tenants import members, points
from tenants.kit import clock, ids
from tenants.kit.errors import Invalid
from tenants.kit.shapes import Page, Shape, read_cursor, write_cursor
from tenants.kit.shapes import Points as PointsField
from tenants.kit.words import Words
from tenants.tenancy import current_tenant

MemberId = Annotated[str, PathParameter(description="The member, `mem_…`.")]
EntryId = Annotated[str, PathParameter(description="The entry, `pnt_…`.")]
HoldId = Annotated[str, PathParameter(description="The hold, `hld_…`.")]
Limit = Annotated[int, QueryParameter(ge=1, le=100, description="How many rows at most.")]
Cursor = Annotated[str | None, QueryParameter(description="`next_cursor` of the page before.")]
Note = Annotated[str, Meta(max_length=500, description="For the shop's own eyes; members do not see it.")]
HoldSeconds = Annotated[int, Meta(ge=1, le=2_592_000, description="How long the points stay aside: up to 30 days.")]
ExpiresAt = Annotated[datetime, Meta(tz=True, description="When they expire, at most 100 years ahead (RFC 3339).")]
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
_API = "api/"
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

    `expires_at` is for points that are given; without it the shop's policy says when they expire.
    """

    points: PointsField
    kind: Literal["earn", "spend"]
    reference: EntryReference
    note: Note = ""
    expires_at: ExpiresAt | None = None

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "points": 120,
        "kind": "earn",
        "reference": "summer-fair-2026-1001",
        "note": "Summer fair",
    }


class EntryShape(Shape):
    """A movement: `points` above zero came in, below zero went out. `reason` is `why` in the caller's language."""

    id: str
    member: str
    points: int
    why: str
    reason: str
    reference: str | None
    note: str
    at: datetime
    repeated: bool

    EXAMPLE: ClassVar[dict[str, Any]] = {**_ENTRY, "repeated": False}


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
    """What a member has: `balance` = `available` + `held`. `expiring_points` go first, at `expiring_at`."""

    balance: int
    available: int
    held: int
    expiring_points: int
    expiring_at: datetime | None

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "balance": 620,
        "available": 500,
        "held": 120,
        "expiring_points": 80,
        "expiring_at": "2026-12-31T16:00:00Z",
    }


class NewReversal(Shape):
    """Why an entry is undone."""

    note: Note = ""

    EXAMPLE: ClassVar[dict[str, Any]] = {"note": "Entered twice by hand"}


class NewHold(Shape):
    """Points to set aside for a while, e.g. while an order is being paid."""

    points: PointsField
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


class ServerPoints(Controller):
    """What the seller's backend does with points."""

    path = "/v1"
    tags: ClassVar[list[str]] = ["Points"]  # type: ignore[misc]

    @post("/members/{member:str}/points-entries", operation_id="createPointsEntry", summary="Give or take points")
    async def create_entry(self, member: MemberId, data: JSONBody[NewEntry]) -> Response[EntryShape]:
        """Give a member points, or take them; those that expire soonest are taken first.

        201 with the entry; the same reference again answers 200 with the first entry and `repeated: true`. Errors:
        `points.insufficient`, `points.once_differs` (the reference was used with other facts), `member.unknown`,
        `member.blocked` (a blocked member cannot spend), `invalid`.
        """
        who = await _known(member)
        once = f"{_API}{data.reference}"
        if data.kind == "earn":
            entry = await points.earn(
                who, points=data.points, why=points.Why.API, once=once, note=data.note, expires_at=data.expires_at
            )
        elif data.expires_at is not None:
            raise Invalid(
                param="expires_at",
                problem=Words(en="only points that are given expire; leave it out", zh="仅发放积分时可填写，请去掉"),
            )
        else:
            entry = await points.spend(who, points=data.points, why=points.Why.SPENT, once=once, note=data.note)
        return _reply(_show_entry(entry), repeated=entry.repeated)

    @get("/members/{member:str}/points-entries", operation_id="listPointsEntries", summary="A member's statement")
    async def list_entries(self, member: MemberId, limit: Limit = 20, cursor: Cursor = None) -> Page[LineShape]:
        """The movements of a member's points, the latest first, each with the balance after it and the reason.

        Errors: `member.unknown`, `invalid` for a cursor of another list.
        """
        who = (await members.find(ids.read("mem", member))).id
        lines, after = await _page(who, limit=limit, cursor=cursor)
        return Page(data=[_show_line(line) for line in lines], has_more=after is not None, next_cursor=after)

    @get("/members/{member:str}/points", operation_id="getPoints", summary="What a member has")
    async def show_balance(self, member: MemberId) -> BalanceShape:
        """Balance, what is held, what can be spent, and what expires next. Error: `member.unknown`."""
        return await _balance(ids.read("mem", member))

    @post("/points-entries/{entry:str}/reversal", operation_id="reversePointsEntry", summary="Undo an entry")
    async def reverse_entry(self, entry: EntryId, data: JSONBody[NewReversal]) -> Response[EntryShape]:
        """Undo an entry by another: earned points are taken back, spent ones return with the expiry they had.

        An entry is undone once; asked again, it answers 200 with `repeated: true`. Errors: `points.insufficient` (the
        earned points have been spent), `points.cannot_reverse` (a reversal or an expiry), `points.of_an_order` (tell
        the order's refund instead), `points.already_reversed`, `points.no_such_entry`.
        """
        found = await points.find_entry(ids.read("pnt", entry))
        undone = await points.reverse(found.id, once=f"reversal/{found.id}", note=data.note)
        return _reply(_show_entry(undone), repeated=undone.repeated)

    @post("/members/{member:str}/points-holds", operation_id="createPointsHold", summary="Set points aside")
    async def create_hold(self, member: MemberId, data: JSONBody[NewHold]) -> Response[HoldShape]:
        """Set points aside until they are spent by a confirmation, given back by a release, or the time is over.

        201 with the hold; the same reference again answers 200 with the hold as it is now and `repeated: true`. Errors:
        `points.insufficient`, `points.once_differs`, `member.unknown`, `member.blocked`, `invalid`.
        """
        who = await _known(member)
        made = await points.hold(
            who, points=data.points, why=points.Why.SPENT, once=f"{_API}{data.reference}", note=data.note,
            ends_at=clock.now() + timedelta(seconds=data.hold_seconds))  # fmt: skip
        return _reply(_show_hold(made), repeated=made.repeated)

    @get("/points-holds/{hold:str}", operation_id="getPointsHold", summary="Show a hold")
    async def show_hold(self, hold: HoldId) -> HoldShape:
        """A hold as it stands. Error: `points.no_such_hold`."""
        return _show_hold(await points.find_hold(ids.read("hld", hold)))

    @post("/points-holds/{hold:str}/confirmation", operation_id="confirmPointsHold", summary="Spend held points")
    async def confirm_hold(self, hold: HoldId) -> Response[EntryShape]:
        """Spend what is held. Takes no body; 201 with the entry, 200 with `repeated: true` when it was done before.

        Errors: `points.hold_over` (released, or its time is over), `points.no_such_hold`.
        """
        entry = await points.confirm(ids.read("hld", hold))
        return _reply(_show_entry(entry), repeated=entry.repeated)

    @post("/points-holds/{hold:str}/release", operation_id="releasePointsHold", summary="Give held points back")
    async def release_hold(self, hold: HoldId) -> Response[HoldShape]:
        """Give held points back. Takes no body; 201 with the hold, 200 with `repeated: true` when it was done before.

        Errors: `points.hold_over` (they have been spent), `points.no_such_hold`.
        """
        freed = await points.release(ids.read("hld", hold))
        return _reply(_show_hold(freed), repeated=freed.repeated)


class MemberPoints(Controller):
    """What a member sees of their own points."""

    path = "/v1/me/points"
    tags: ClassVar[list[str]] = ["Points (member)"]  # type: ignore[misc]

    @get(operation_id="getMyPoints", summary="What I have")
    async def show_balance(self) -> BalanceShape:
        """Balance, what is held, what can be spent, and what expires next. Error: `member.blocked`."""
        return await _balance(await members.own_member())

    @get("/entries", operation_id="listMyPointsEntries", summary="How it came to that")
    async def list_entries(self, limit: Limit = 20, cursor: Cursor = None) -> Page[MemberLineShape]:
        """The member's own statement, the latest first, each line with its reason in the member's language.

        Errors: `invalid` for another list's cursor, `member.blocked`.
        """
        lines, after = await _page(await members.own_member(), limit=limit, cursor=cursor)
        return Page(data=[_show_own(line) for line in lines], has_more=after is not None, next_cursor=after)


async def _known(member: str) -> UUID:
    found = await members.find(ids.read("mem", member))
    if found.state == "erased":
        raise members.MemberUnknown
    return found.id


async def _balance(member: UUID) -> BalanceShape:
    has = await points.balance(member)
    return BalanceShape(
        balance=has.balance, available=has.available, held=has.held, expiring_points=has.expiring_points,
        expiring_at=has.expiring_at)  # fmt: skip


async def _page(member: UUID, *, limit: int, cursor: str | None) -> tuple[list[points.Line], str | None]:
    scope = f"{current_tenant().schema}:points-entries:{member}"
    position = read_cursor(cursor, scope=scope)
    at, _, entry = (position or "").partition(" ")
    before = (datetime.fromisoformat(at), UUID(hex=entry)) if position else None
    lines = await points.statement(member, limit=limit + 1, before=before)
    kept = lines[:limit]
    if len(lines) <= limit:
        return kept, None
    last = kept[-1].entry
    return kept, write_cursor(f"{last.at.isoformat()} {last.id.hex}", scope=scope)


def _reply(shape: Any, *, repeated: bool) -> Response[Any]:
    return Response(shape, status_code=200 if repeated else 201)


def _reference(once: str) -> str | None:
    return once.removeprefix(_API) if once.startswith(_API) else None


def _show_entry(entry: points.Entry) -> EntryShape:
    return EntryShape(
        id=ids.show("pnt", entry.id), member=ids.show("mem", entry.member), points=entry.points, why=entry.why.value,
        reason=entry.why.say(), reference=_reference(entry.once), note=entry.note, at=entry.at,
        repeated=entry.repeated)  # fmt: skip


def _show_line(line: points.Line) -> LineShape:
    entry = line.entry
    return LineShape(
        id=ids.show("pnt", entry.id), points=entry.points, balance_after=line.balance_after, why=entry.why.value,
        reason=entry.why.say(), reference=_reference(entry.once), note=entry.note, at=entry.at,
        expires_at=line.expires_at, reverses=ids.show("pnt", line.reverses) if line.reverses else None,
        reversed_by=ids.show("pnt", line.reversed_by) if line.reversed_by else None)  # fmt: skip


def _show_own(line: points.Line) -> MemberLineShape:
    entry = line.entry
    return MemberLineShape(
        id=ids.show("pnt", entry.id), points=entry.points, balance_after=line.balance_after, why=entry.why.value,
        reason=entry.why.say(), at=entry.at, expires_at=line.expires_at,
        undone=line.reversed_by is not None)  # fmt: skip


def _show_hold(hold: points.Hold) -> HoldShape:
    return HoldShape(
        id=ids.show("hld", hold.id), member=ids.show("mem", hold.member), points=hold.points,
        state=hold.state, reference=_reference(hold.once), note=hold.note, ends_at=hold.ends_at, at=hold.at,
        repeated=hold.repeated)  # fmt: skip


ROUTES = [ServerPoints, MemberPoints]
TAGS = {
    "Points": "Balances, entries, spending, holds and corrections. 积分",
    "Points (member)": "A member's own balance and statement. 会员积分",
}
