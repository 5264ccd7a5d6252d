"""Rewards over HTTP: what a member was given, and why."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

from litestar import Controller, get
from litestar.params import PathParameter, QueryParameter

from tenants import members, rewards
from tenants.kit import ids
from tenants.kit.shapes import Page, Shape, page, read_cursor
from tenants.tenancy import current_tenant

MemberId = Annotated[str, PathParameter(description="The member, `mem_…`.")]
Limit = Annotated[int, QueryParameter(ge=1, le=100, description="How many rows at most.")]
Cursor = Annotated[str | None, QueryParameter(description="`next_cursor` of the page before.")]


class GrantShape(Shape):
    """A reward that was given. `reason` is `why` in the reader's language.

    `voucher_missing`: a voucher belonged to it and could not be issued, because none were left, say. `points_missing`
    are points that were not given because the shop's budget for the reason was used up.
    """

    id: str
    points: int
    points_missing: int
    growth: int
    voucher: str | None
    voucher_code: str | None
    voucher_missing: bool
    why: str
    reason: str
    at: datetime

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": "grt_01kaecw0x5f3qs8q7t6v2m9d3a",
        "points": 20,
        "points_missing": 0,
        "growth": 0,
        "voucher": "vch_01kaecw0x5f3qs8q7t6v2m9d3b",
        "voucher_code": "7KQM-2XHD-94RTB",
        "voucher_missing": False,
        "why": "milestone",
        "reason": "For checking in several days in a row.",
        "at": "2026-11-21T08:30:00Z",
    }


class MemberRewards(Controller):
    """What a member sees."""

    path = "/v1/me/rewards"
    tags = ("Rewards (member)",)

    @get(operation_id="listMyRewards", summary="What I was given")
    async def list_mine(self, limit: Limit = 20, cursor: Cursor = None) -> Page[GrantShape]:
        """The member's rewards, the latest first, each with its reason.

        Errors: `invalid` (400) for another list's cursor, `member.blocked` (403).
        """
        return await _page(await members.own_member(), limit=limit, cursor=cursor)


class ServerRewards(Controller):
    """What the seller's backend sees."""

    path = "/v1/members/{member:str}/rewards"
    tags = ("Rewards",)

    @get(operation_id="listRewards", summary="What a member was given")
    async def list_rewards(self, member: MemberId, limit: Limit = 20, cursor: Cursor = None) -> Page[GrantShape]:
        """A member's rewards, the latest first. Errors: `member.unknown`, `invalid` for another list's cursor."""
        found = await members.find(ids.read("mem", member))
        return await _page(found.id, limit=limit, cursor=cursor)


async def _page(member: UUID, *, limit: int, cursor: str | None) -> Page[GrantShape]:
    scope = f"{current_tenant().schema}:rewards:{member}"
    position = read_cursor(cursor, scope=scope)
    before = ids.read("grt", position) if position else None
    grants = await rewards.granted_to(member, limit=limit + 1, before=before)
    return page([_show(grant) for grant in grants], limit=limit, scope=scope)


def _show(grant: rewards.Granted) -> GrantShape:
    return GrantShape(
        id=ids.show("grt", grant.id), points=grant.points, points_missing=grant.points_refused,
        growth=grant.growth,
        voucher=ids.show("vch", grant.voucher_id) if grant.voucher_id else None, voucher_code=grant.voucher_code,
        voucher_missing=grant.voucher_refused is not None, why=grant.why.value, reason=grant.why.say(),
        at=grant.at)  # fmt: skip
