"""Points for the seller's backend."""

from __future__ import annotations

from datetime import timedelta

from litestar import Controller, Response, get, post
from litestar.params import JSONBody  # noqa: TC002  Litestar reads annotations while running

from tenants import members, points
from tenants.kit import clock, ids
from tenants.kit.errors import Invalid
from tenants.kit.shapes import Page
from tenants.kit.words import Words
from tenants.points.api import shown
from tenants.points.api.shapes import (
    BalanceShape,
    CancelledShape,
    Cursor,
    EntryId,
    EntryShape,
    HoldId,
    HoldShape,
    Limit,
    LineShape,
    MemberId,
    NewEntry,
    NewHold,
    NewReversal,
    PendingId,
    PendingShape,
)
from tenants.tenancy.api import sent


class ServerPoints(Controller):
    """What the seller's backend does with points."""

    path = "/v1"
    tags = ("Points",)

    @post(
        "/members/{member:str}/points-entries", operation_id="createPointsEntry", summary="Give or take points",
        opt={"lean": True})  # fmt: skip
    async def create_entry(self, member: MemberId, data: JSONBody[NewEntry]) -> Response[EntryShape]:
        """Give a member points, or take them; those that expire soonest are taken first.

        201 with the entry; the same reference again answers 200 with the first entry and `repeated: true`. Errors:
        `points.insufficient`, `points.once_differs` (the reference was used with other facts), `member.unknown`,
        `member.blocked` (a blocked member cannot spend), `invalid`.
        """
        who, once = ids.read("mem", member), f"{shown.API}{data.reference}"
        if data.kind == "earn":
            answer = await shown.EARN(
                points.Earning(
                    member=who, points=data.points, why=points.Why.API, once=once, note=data.note,
                    expires_at=data.expires_at, active_at=data.active_at))  # fmt: skip
        elif data.expires_at is not None or data.active_at is not None:
            raise Invalid(
                param="active_at" if data.expires_at is None else "expires_at",
                problem=Words(
                    en="only points that are given have dates; leave it out", zh="仅发放积分时可填写，请去掉"
                ),
            )
        else:
            answer = await shown.SPEND(
                points.Spending(member=who, points=data.points, why=points.Why.SPENT, once=once, note=data.note)
            )
        return sent(answer)

    @get("/members/{member:str}/points-entries", operation_id="listPointsEntries", summary="A member's statement")
    async def list_entries(self, member: MemberId, limit: Limit = 20, cursor: Cursor = None) -> Page[LineShape]:
        """The movements of a member's points, the latest first, each with the balance after it and the reason.

        Errors: `member.unknown`, `invalid` for a cursor of another list.
        """
        who = (await members.find(ids.read("mem", member))).id
        lines, after = await shown.page(who, limit=limit, cursor=cursor)
        return Page(data=[shown.show_line(line) for line in lines], has_more=after is not None, next_cursor=after)

    @get("/members/{member:str}/points", operation_id="getPoints", summary="What a member has")
    async def show_balance(self, member: MemberId) -> BalanceShape:
        """Balance, what is held, what can be spent, and what expires next. Error: `member.unknown`."""
        return await shown.balance(ids.read("mem", member))

    @get("/members/{member:str}/pending-points", operation_id="listPendingPoints", summary="What is to come")
    async def list_pending(self, member: MemberId) -> Page[PendingShape]:
        """Points that a member is promised and does not have yet, the soonest first. Error: `member.unknown`."""
        return await shown.show_pending((await members.find(ids.read("mem", member))).id)

    @post(
        "/pending-points/{pending:str}/cancellation", operation_id="cancelPendingPoints", summary="Drop what is to come"
    )
    async def cancel_pending(self, pending: PendingId) -> Response[CancelledShape]:
        """Take away what is still to come of an entry. Takes no body; 201, or 200 with `repeated: true`.

        Errors: `points.not_pending` (it has become active: reverse the entry), `points.of_an_order` (tell the order's
        refund instead), `points.no_such_entry`.
        """
        found = ids.read("pnt", pending)
        done = await points.cancel(found)
        told = CancelledShape(id=ids.show("pnt", found), points=done.pending, repeated=done.repeated)
        return shown.reply(told, repeated=done.repeated)

    @post("/points-entries/{entry:str}/reversal", operation_id="reversePointsEntry", summary="Undo an entry")
    async def reverse_entry(self, entry: EntryId, data: JSONBody[NewReversal]) -> Response[EntryShape]:
        """Undo an entry by another: earned points are taken back, spent ones return with the expiry they had.

        An entry is undone once; asked again, it answers 200 with `repeated: true`. Errors: `points.insufficient` (the
        earned points have been spent), `points.cannot_reverse` (a reversal or an expiry), `points.of_an_order` (tell
        the order's refund instead), `points.already_reversed`, `points.no_such_entry`.
        """
        found = await points.find_entry(ids.read("pnt", entry))
        undone = await points.reverse(found.id, once=f"reversal/{found.id}", note=data.note)
        return shown.reply(shown.show_entry(undone), repeated=undone.repeated)

    @post("/members/{member:str}/points-holds", operation_id="createPointsHold", summary="Set points aside")
    async def create_hold(self, member: MemberId, data: JSONBody[NewHold]) -> Response[HoldShape]:
        """Set points aside until they are spent by a confirmation, given back by a release, or the time is over.

        201 with the hold; the same reference again answers 200 with the hold as it is now and `repeated: true`. Errors:
        `points.insufficient`, `points.once_differs`, `member.unknown`, `member.blocked`, `invalid`.
        """
        who = await shown.known(member)
        made = await points.hold(
            who, points=data.points, why=points.Why.SPENT, once=f"{shown.API}{data.reference}", note=data.note,
            ends_at=clock.now() + timedelta(seconds=data.hold_seconds))  # fmt: skip
        return shown.reply(shown.show_hold(made), repeated=made.repeated)

    @get("/points-holds/{hold:str}", operation_id="getPointsHold", summary="Show a hold")
    async def show_hold(self, hold: HoldId) -> HoldShape:
        """A hold as it stands. Error: `points.no_such_hold`."""
        return shown.show_hold(await points.find_hold(ids.read("hld", hold)))

    @post("/points-holds/{hold:str}/confirmation", operation_id="confirmPointsHold", summary="Spend held points")
    async def confirm_hold(self, hold: HoldId) -> Response[EntryShape]:
        """Spend what is held. Takes no body; 201 with the entry, 200 with `repeated: true` when it was done before.

        Errors: `points.hold_over` (released, or its time is over), `points.no_such_hold`.
        """
        entry = await points.confirm(ids.read("hld", hold))
        return shown.reply(shown.show_entry(entry), repeated=entry.repeated)

    @post("/points-holds/{hold:str}/release", operation_id="releasePointsHold", summary="Give held points back")
    async def release_hold(self, hold: HoldId) -> Response[HoldShape]:
        """Give held points back. Takes no body; 201 with the hold, 200 with `repeated: true` when it was done before.

        Errors: `points.hold_over` (they have been spent), `points.no_such_hold`.
        """
        freed = await points.release(ids.read("hld", hold))
        return shown.reply(shown.show_hold(freed), repeated=freed.repeated)
