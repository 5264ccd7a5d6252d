"""The mall for members: what I can have, and what I had."""

from __future__ import annotations

import uuid
from typing import Annotated

from litestar import Controller, Response, get, post
from litestar.params import FromPath, JSONBody, QueryParameter

from tenants import mall, members
from tenants.kit.shapes import Page, page, read_cursor
from tenants.mall.api import shown
from tenants.mall.api.items import Cursor, Limit  # noqa: TC001  Litestar reads them
from tenants.mall.api.redemption_shapes import (  # noqa: TC001  Litestar reads them
    Cancellation,
    NewOwnRedemption,
    RedeemedShape,
    RedemptionShape,
    RedemptionWithEvents,
)
from tenants.mall.api.redemptions import redeem_for
from tenants.mall.api.shapes import OfferShape  # noqa: TC001  the same
from tenants.mall.rules import giving, reading
from tenants.tenancy import current_tenant
from tenants.tenancy.callers import current_member


class _Place:
    """An offer as a page takes it: by its place on the shelves."""

    def __init__(self, offer: mall.Offer) -> None:
        self.offer = offer
        self.place = f"{offer.row['position']}/{offer.row['id']}"


class MyMallController(Controller):
    """What I can have."""

    path = "/v1/me/mall-items"
    tags = ("Points mall (member)",)

    @get(operation_id="listMyMallItems", summary="What the mall offers me")
    async def list_offers(
        self,
        category: Annotated[str | None, QueryParameter(description="Only this category, by its key.")] = None,
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> Page[OfferShape]:
        """Everything that is live, at my price, with every reason why I cannot have it now, if there is one.

        Errors: `invalid` (400) for another list's cursor, `member.blocked` (403).
        """
        member = await members.own_member()
        scope = f"{current_tenant().schema}:my_mall:{member}:{category}"
        position = read_cursor(cursor, scope=scope)
        place, _, last = (position or "").partition("/")
        after = (int(place), uuid.UUID(last)) if position else None
        offers = await mall.offers(member, category=category, after=after, limit=limit + 1)
        sheet = page([_Place(offer) for offer in offers], limit=limit, scope=scope, key="place")
        data = [shown.offer(place.offer) for place in sheet.data]
        return Page(data=data, has_more=sheet.has_more, next_cursor=sheet.next_cursor)

    @get("/{item_id:str}", operation_id="getMyMallItem", summary="One item as I see it")
    async def show(self, item_id: FromPath[str]) -> OfferShape:
        """My price, and whether I can have it. Errors: `mall.item_unknown` (404), `member.blocked` (403)."""
        return shown.offer(await mall.offer(await members.own_member(), shown.read_id("mit", item_id)))


class MyRedemptionController(Controller):
    """What I had."""

    path = "/v1/me/redemptions"
    tags = ("Points mall (member)",)

    @post(operation_id="redeemMine", summary="Redeem an item", opt={"own_transaction": True}, status_code=201)
    async def redeem(self, data: JSONBody[NewOwnRedemption]) -> Response[RedeemedShape]:
        """Takes my points and gives me what they buy: 201; the same `reference` again answers 200 with that one.

        Errors: `mall.item_unknown`, `mall.address_unknown`, `member.unknown` (404), `member.blocked` (403),
        `mall.not_on_offer`, `mall.not_for_level`, `mall.sold_out`, `mall.quota_reached`, `mall.limit_reached`,
        `mall.address_needed`, `mall.order_needed`, `points.insufficient`, `voucher_template.not_active` (422),
        `mall.once_differs` (409), `invalid` (400).
        """
        member = current_member()
        return await redeem_for(member, data, once=f"me/{member.hex}/{data.reference}")

    @get(operation_id="listMyRedemptions", summary="What I have redeemed")
    async def list_mine(self, limit: Limit = 20, cursor: Cursor = None) -> Page[RedemptionShape]:
        """The newest first. Errors: `invalid` (400) for another list's cursor, `member.blocked` (403)."""
        member = await members.own_member()
        scope = f"{current_tenant().schema}:my_redemptions:{member}"
        position = read_cursor(cursor, scope=scope)
        before = uuid.UUID(position) if position else None
        rows = await reading.redemptions(member=member, before=before, limit=limit + 1)
        sheet = page(rows, limit=limit, scope=scope)
        data = [shown.redemption(row) for row in sheet.data]
        return Page(data=data, has_more=sheet.has_more, next_cursor=sheet.next_cursor)

    @get("/{redemption_id:str}", operation_id="getMyRedemption", summary="One of my redemptions")
    async def show(self, redemption_id: FromPath[str]) -> RedemptionWithEvents:
        """With its codes and its history. Errors: `mall.redemption_unknown` (404), `member.blocked` (403)."""
        member = await members.own_member()
        row, events = await reading.find(shown.read_id("rdm", redemption_id), member=member)
        return shown.with_events(row, events, await giving.codes_of(row), for_member=True)

    @post("/{redemption_id:str}/cancellation", operation_id="cancelMyRedemption", summary="Give it up")
    async def cancel(self, redemption_id: FromPath[str], data: JSONBody[Cancellation]) -> RedeemedShape:
        """Before it is sent: my points are back with the dates that they had. Again changes nothing (`repeated`).

        Errors: `mall.redemption_unknown` (404), `mall.illegal_step` (409), `member.blocked` (403).
        """
        member = await members.own_member()
        found = shown.read_id("rdm", redemption_id)
        return shown.redeemed(await mall.cancel(found, reason=data.reason, by_member=member))
