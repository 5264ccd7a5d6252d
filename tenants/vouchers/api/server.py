"""Vouchers, for the seller's backend: issue, look, hand on, withdraw."""

from __future__ import annotations

import uuid
from typing import Annotated

from litestar import Controller, Response, get, post
from litestar.params import FromPath, JSONBody, QueryParameter

from tenants import vouchers
from tenants.kit import ids
from tenants.kit.shapes import Page, page, read_cursor
from tenants.tenancy import current_tenant
from tenants.vouchers.api import shown
from tenants.vouchers.api.own import entered, handed_on
from tenants.vouchers.api.shapes import (
    HandedOnShape,
    MyVoucher,
    NewHanding,
    NewMemberCodeClaim,
    NewRevocation,
    NewVoucher,
    VoucherShape,
    VoucherState,
    VoucherWithEvents,
)
from tenants.vouchers.api.templates import Limit  # noqa: TC001  Litestar reads it
from tenants.vouchers.rules import reading


class VoucherController(Controller):
    """Vouchers as they stand."""

    path = "/v1/vouchers"
    tags = ("Vouchers",)

    @post(operation_id="issueVoucher", summary="Give a member a voucher")
    async def issue(self, data: JSONBody[NewVoucher]) -> Response[VoucherShape]:
        """Issue one voucher for the occasion `reference`: 201, and 200 with `repeated: true` when it was issued before.

        Errors: `voucher_template.unknown`, `member.unknown`, `not_found` (404), `voucher_template.not_active`,
        `voucher.out_of_stock`, `voucher.budget_spent`, `voucher.limit_reached`, `voucher.period_limit_reached` (422),
        `member.blocked` (403), `voucher.occasion_used` (409).
        """
        issued = await vouchers.issue(
            shown.read_id("vtp", data.template), ids.read("mem", data.member),
            why=vouchers.Why.API, once=f"api/{data.reference}")  # fmt: skip
        row, _ = await reading.find(issued.id)
        told = shown.voucher(row, repeated=issued.repeated)
        return Response(told, status_code=200 if issued.repeated else 201)

    @get(operation_id="listVouchers", summary="List vouchers")
    async def list_vouchers(
        self,
        member: Annotated[str | None, QueryParameter(description="A member's id (`mem_…`).")] = None,
        template: Annotated[str | None, QueryParameter(description="A template's id (`vtp_…`).")] = None,
        voucher_state: Annotated[VoucherState | None, QueryParameter(name="state")] = None,
        limit: Limit = 20,
        cursor: Annotated[str | None, QueryParameter()] = None,
    ) -> Page[VoucherShape]:
        """Vouchers, the newest first; filters may be combined.

        Errors: `not_found`, `voucher_template.unknown` (404) for ids that are none, `invalid` (400) for another
        list's cursor.
        """
        scope = f"{current_tenant().schema}:vouchers:{member}:{template}:{voucher_state}"
        position = read_cursor(cursor, scope=scope)
        rows = await reading.search(
            member=ids.read("mem", member) if member is not None else None,
            template=shown.read_id("vtp", template) if template is not None else None,
            state=voucher_state, before=uuid.UUID(position) if position else None, limit=limit + 1)  # fmt: skip
        sheet = page(rows, limit=limit, scope=scope)
        data = [shown.voucher(row) for row in sheet.data]
        return Page(data=data, has_more=sheet.has_more, next_cursor=sheet.next_cursor)

    @get("/{voucher_id:str}", operation_id="getVoucher", summary="Show a voucher with its history")
    async def show(self, voucher_id: FromPath[str]) -> VoucherWithEvents:
        """A voucher and all that happened to it, oldest first. Errors: `voucher.unknown` (404)."""
        row, events = await reading.find(shown.read_id("vch", voucher_id))
        return VoucherWithEvents(**shown.voucher_fields(row), events=[shown.event(event) for event in events])

    @post("/{voucher_id:str}/revocation", operation_id="revokeVoucher", summary="Withdraw a voucher")
    async def revoke(self, voucher_id: FromPath[str], data: JSONBody[NewRevocation]) -> VoucherShape:
        """Withdraw a voucher for good, even from an order that has reserved it; again changes nothing (`repeated`).

        Errors: `voucher.unknown` (404), `voucher.used` (422).
        """
        found = shown.read_id("vch", voucher_id)
        changed = await vouchers.revoke(found, reason=data.reason)
        row, _ = await reading.find(found)
        return shown.voucher(row, repeated=not changed)


class HandingController(Controller):
    """Vouchers that go from hand to hand, and codes that become vouchers."""

    path = "/v1"
    tags = ("Vouchers",)

    @post("/vouchers/{voucher_id:str}/handing", operation_id="handVoucherOn", summary="Hand a member's voucher on")
    async def hand_on(self, voucher_id: FromPath[str], data: JSONBody[NewHanding]) -> HandedOnShape:
        """Give `giver`'s unused voucher to another member, where the template allows it: once; again changes nothing.

        Errors: `voucher.unknown`, `member.unknown` (404), `voucher.not_transferable` (422), `member.blocked` (403).
        """
        return await handed_on(
            shown.read_id("vch", voucher_id), giver=shown.read_member(data.giver), taker=shown.read_member(data.to)
        )

    @post(
        "/voucher-code-claims", operation_id="claimVoucherCode", summary="A member enters a code",
        opt={"own_transaction": True})  # fmt: skip
    async def enter(self, data: JSONBody[NewMemberCodeClaim]) -> Response[MyVoucher]:
        """Make a code of a batch that member's voucher: 201; the same code again answers 200 with `repeated: true`.

        A wrong code, one that is taken and no code at all answer alike. Errors: `voucher.unknown`, `member.unknown`
        (404), `voucher.too_many_tries` (429), `voucher_template.not_active`, `voucher.limit_reached`,
        `voucher.period_limit_reached`, `voucher.not_for_level` (422), `member.blocked` (403).
        """
        return await entered(data.code, shown.read_member(data.member))
