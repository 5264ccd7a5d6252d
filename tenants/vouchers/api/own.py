"""Vouchers, for the member: what I have, what I can take."""

from __future__ import annotations

import uuid
from typing import Annotated

from litestar import Controller, Response, get, post
from litestar.params import JSONBody, QueryParameter

from tenants import members, vouchers
from tenants.kit.shapes import Page, page, read_cursor
from tenants.tenancy import current_tenant
from tenants.vouchers.api import shown
from tenants.vouchers.api.shapes import ClaimableShape, MyVoucher, NewClaim, VoucherState  # noqa: TC001  Litestar reads them
from tenants.vouchers.api.templates import Limit, Row
from tenants.vouchers.rules import reading


class MyVoucherController(Controller):
    """A member's own vouchers."""

    path = "/v1/me"
    tags = ("Vouchers (member)",)

    @get("/vouchers", operation_id="listMyVouchers", summary="List my vouchers")
    async def list_mine(
        self,
        voucher_state: Annotated[VoucherState | None, QueryParameter(name="state")] = None,
        limit: Limit = 20,
        cursor: Annotated[str | None, QueryParameter()] = None,
    ) -> Page[MyVoucher]:
        """The vouchers of the member who asks, the newest first.

        Errors: `invalid` (400) for another list's cursor, `member.blocked` (403).
        """
        member_id = await members.own_member()
        scope = f"{current_tenant().schema}:my_vouchers:{member_id}:{voucher_state}"
        position = read_cursor(cursor, scope=scope)
        rows = await reading.search(
            member=member_id, state=voucher_state, before=uuid.UUID(position) if position else None, limit=limit + 1
        )
        sheet = page([Row(row) for row in rows], limit=limit, scope=scope)
        data = [shown.my_voucher(row.row) for row in sheet.data]
        return Page(data=data, has_more=sheet.has_more, next_cursor=sheet.next_cursor)

    @get("/voucher-templates", operation_id="listClaimableVouchers", summary="What I can claim")
    async def list_claimable(
        self,
        limit: Limit = 20,
        cursor: Annotated[str | None, QueryParameter()] = None,
    ) -> Page[ClaimableShape]:
        """The vouchers that the shop offers now, the newest first; `left_for_me` is 0 for what I have had.

        Errors: `invalid` (400) for another list's cursor, `member.blocked` (403).
        """
        member_id = await members.own_member()
        scope = f"{current_tenant().schema}:claimable:{member_id}"
        position = read_cursor(cursor, scope=scope)
        rows = await reading.claimable(member_id, before=uuid.UUID(position) if position else None, limit=limit + 1)
        sheet = page([Row(row) for row in rows], limit=limit, scope=scope)
        data = [shown.claimable(row.row) for row in sheet.data]
        return Page(data=data, has_more=sheet.has_more, next_cursor=sheet.next_cursor)

    @post("/voucher-claims", operation_id="claimVoucher", summary="Claim a voucher")
    async def claim(self, data: JSONBody[NewClaim]) -> Response[MyVoucher]:
        """Take a voucher: 201; a repeated tap where one may have one answers 200 with that one and `repeated: true`.

        Errors: `voucher_template.unknown` (404), `voucher.not_claimable`, `voucher.out_of_stock`,
        `voucher.limit_reached`, `voucher_template.not_active` (422), `member.blocked` (403), `member.unknown` (404).
        """
        claimed = await vouchers.claim(shown.read_id("vtp", data.template), await members.own_member())
        row, _ = await reading.find(claimed.id)
        told = shown.my_voucher(row, repeated=claimed.repeated)
        return Response(told, status_code=200 if claimed.repeated else 201)
