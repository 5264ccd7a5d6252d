"""Points as a member sees their own."""

from __future__ import annotations

from litestar import Controller, get

from tenants import members
from tenants.kit.shapes import Page
from tenants.points.api import shown
from tenants.points.api.shapes import (  # noqa: TC001  Litestar reads annotations while running
    BalanceShape,
    Cursor,
    Limit,
    MemberLineShape,
    PendingShape,
)


class MemberPoints(Controller):
    """What a member sees of their own points."""

    path = "/v1/me/points"
    tags = ("Points (member)",)

    @get(operation_id="getMyPoints", summary="What I have")
    async def show_balance(self) -> BalanceShape:
        """Balance, what is held, what can be spent, and what expires next. Error: `member.blocked`."""
        return await shown.balance(await members.own_member())

    @get("/entries", operation_id="listMyPointsEntries", summary="How it came to that")
    async def list_entries(self, limit: Limit = 20, cursor: Cursor = None) -> Page[MemberLineShape]:
        """The member's own statement, the latest first, each line with its reason in the member's language.

        Errors: `invalid` for another list's cursor, `member.blocked`.
        """
        lines, after = await shown.page(await members.own_member(), limit=limit, cursor=cursor)
        return Page(data=[shown.show_own(line) for line in lines], has_more=after is not None, next_cursor=after)

    @get("/pending", operation_id="listMyPendingPoints", summary="What is to come")
    async def list_pending(self) -> Page[PendingShape]:
        """Points that the member is promised and does not have yet, the soonest first. Error: `member.blocked`."""
        return await shown.show_pending(await members.own_member())
