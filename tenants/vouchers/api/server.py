"""Vouchers, for the seller's backend: issue, look, and use them at the checkout."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import msgspec
from litestar import Controller, Response, get, post
from litestar.params import FromPath, JSONBody, QueryParameter

from tenants import vouchers
from tenants.kit import ids
from tenants.kit.errors import Invalid
from tenants.kit.shapes import Page, Shape, page, read_cursor
from tenants.kit.words import Words
from tenants.tenancy import DB, current_tenant, replies
from tenants.vouchers.api import shown
from tenants.vouchers.api.shapes import (
    NewReservation,
    NewReturn,
    NewRevocation,
    NewValidation,
    NewVoucher,
    ReasonShape,
    ReservationShape,
    ReturnedShape,
    VerdictShape,
    VoucherShape,
    VoucherState,
    VoucherWithEvents,
)
from tenants.vouchers.api.templates import Limit, Row
from tenants.vouchers.rules import reading

_JSON = "application/json"


class VoucherController(Controller):
    """Vouchers as they stand."""

    path = "/v1/vouchers"
    tags = ("Vouchers",)

    @post(operation_id="issueVoucher", summary="Give a member a voucher")
    async def issue(self, data: JSONBody[NewVoucher]) -> Response[VoucherShape]:
        """Issue one voucher for the occasion `reference`: 201, and 200 with `repeated: true` when it was issued before.

        Errors: `voucher_template.unknown`, `member.unknown`, `not_found` (404), `voucher_template.not_active`,
        `voucher.out_of_stock`, `voucher.limit_reached` (422), `member.blocked` (403), `voucher.occasion_used` (409).
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
        sheet = page([Row(row) for row in rows], limit=limit, scope=scope)
        data = [shown.voucher(row.row) for row in sheet.data]
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


class CheckoutController(Controller):
    """A voucher on its way through an order."""

    path = "/v1"
    tags = ("Vouchers",)

    @post(
        "/voucher-validations", operation_id="validateVoucher", summary="Ask what a voucher would take off",
        status_code=200, opt={"own_transaction": True})  # fmt: skip
    async def validate(self, data: JSONBody[NewValidation]) -> Response[VerdictShape]:
        """Say whether a voucher can be used for an order, and why; nothing changes. Amounts in the shop's currency.

        A wrong code, another member's and no code at all answer alike. Errors: `voucher.unknown`, `not_found` (404),
        `voucher.too_many_tries` (429, after ten wrong codes in ten minutes; a hundred without `member`),
        `member.blocked` (403), `invalid` (400).
        """
        voucher_id, member_id = await _which(data)

        async def answer() -> VerdictShape:
            verdict = await vouchers.validate(
                voucher_id, order_amount=data.order_amount, shipping_amount=data.shipping_amount, member_id=member_id
            )
            return VerdictShape(
                voucher=ids.show("vch", voucher_id),
                valid=verdict.valid,
                discount=verdict.discount,
                currency=current_tenant().currency,
                reasons=[ReasonShape(rule=told.rule, ok=told.ok, why=told.why.say()) for told in verdict.reasons],
            )

        return await _answer_once(answer, status=200)

    @post(
        "/voucher-reservations", operation_id="reserveVoucher", summary="Keep a voucher for an order",
        opt={"own_transaction": True})  # fmt: skip
    async def reserve(self, data: JSONBody[NewReservation]) -> Response[ReservationShape]:
        """Keep a voucher for one order for `ttl_seconds`, and fix what it takes off; the same order gets the same.

        Errors: as for a validation, and `voucher.not_usable` (422), `voucher.reserved` (another order has it),
        `voucher.reserved_otherwise` (409, this order has it with other amounts).
        """
        voucher_id, member_id = await _which(data)

        async def answer() -> ReservationShape:
            kept = await vouchers.reserve(
                voucher_id, order_reference=data.order_reference, order_amount=data.order_amount,
                shipping_amount=data.shipping_amount, member_id=member_id, ttl_seconds=data.ttl_seconds)  # fmt: skip
            return shown.reservation(kept)

        return await _answer_once(answer, status=201)

    @post(
        "/voucher-reservations/{reservation_id:str}/confirmation", operation_id="confirmVoucherReservation",
        summary="The order is paid: the voucher is used")  # fmt: skip
    async def confirm(self, reservation_id: FromPath[str]) -> ReservationShape:
        """Use the voucher up, once; again changes nothing (`repeated`). Takes no body.

        A reservation whose time has passed still counts while nobody else has the voucher. Errors:
        `voucher.reservation_unknown` (404), `voucher.reservation_over` (409).
        """
        return shown.reservation(await vouchers.confirm(shown.read_id("vrs", reservation_id)))

    @post(
        "/voucher-reservations/{reservation_id:str}/release", operation_id="releaseVoucherReservation",
        summary="The order does not use the voucher")  # fmt: skip
    async def release(self, reservation_id: FromPath[str]) -> ReservationShape:
        """Free the voucher; again changes nothing (`repeated`). Takes no body.

        Errors: `voucher.reservation_unknown` (404), `voucher.reservation_over` (409, it has been used).
        """
        return shown.reservation(await vouchers.release(shown.read_id("vrs", reservation_id)))

    @post("/voucher-returns", operation_id="returnVouchers", summary="Give an order's vouchers back")
    async def give_back(self, data: JSONBody[NewReturn]) -> ReturnedShape:
        """After a full refund: what the order has used or reserved is free again, or expired if its time is over.

        Once only: the second time the list is empty.
        """
        returned = await vouchers.give_back(data.order_reference, reason=data.reason)
        return ReturnedShape(
            order_reference=data.order_reference, vouchers=[ids.show("vch", voucher) for voucher in returned]
        )


async def _which(data: NewValidation) -> tuple[uuid.UUID, uuid.UUID | None]:
    """The voucher that is meant; outside of any transaction, so that a wrong code stays counted."""
    member_id = ids.read("mem", data.member) if data.member is not None else None
    if (data.code is None) == (data.voucher is None):
        raise Invalid(param="code", problem=Words(en="give either code or voucher", zh="请提供 code 或 voucher 之一"))
    if data.code is not None:
        return await vouchers.find_by_code(data.code, member_id=member_id), member_id
    return shown.read_id("vch", data.voucher or ""), member_id


async def _answer_once(answer: Callable[[], Awaitable[Shape]], *, status: int) -> Response[Any]:
    """Answer in a transaction of this request's own, as the edge does for other writes."""

    async def reply() -> replies.KeptReply:
        return replies.KeptReply(status, _JSON, msgspec.json.encode(await answer()))

    async with DB.transaction():
        given, repeated = await replies.once(reply)
    headers = {"idempotency-replayed": "true"} if repeated else {}
    return Response(given.body, status_code=given.status, media_type=given.content_type, headers=headers)
