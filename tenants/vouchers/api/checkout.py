"""Vouchers on their way through an order, for the seller's backend."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable
from decimal import Decimal
from typing import Any

import msgspec
from litestar import Controller, Response, post
from litestar.params import FromPath, JSONBody  # noqa: TC002  Litestar reads annotations while running

from tenants import vouchers
from tenants.kit import ids
from tenants.kit.errors import Invalid
from tenants.kit.shapes import Shape  # noqa: TC001  as above
from tenants.kit.words import Words
from tenants.tenancy import DB, current_tenant, replies
from tenants.vouchers.api import shown
from tenants.vouchers.api.checkout_shapes import (
    BasketShape,
    CombinationShape,
    NewCombination,
    NewOrderEnd,
    NewOrderReservation,
    NewPartRefund,
    NewReservation,
    NewReturn,
    NewValidation,
    OrderVouchers,
    PartRefundShape,
    ReservationShape,
    ReturnedShape,
    VerdictShape,
)

_JSON = "application/json"
_OWN = {"own_transaction": True}


class CheckoutController(Controller):
    """One voucher on its way through an order."""

    path = "/v1"
    tags = ("Vouchers",)

    @post(
        "/voucher-validations", operation_id="validateVoucher", summary="Ask what a voucher would take off",
        status_code=200, opt=_OWN)  # fmt: skip
    async def validate(self, data: JSONBody[NewValidation]) -> Response[VerdictShape]:
        """Say whether a voucher can be used for an order, and of each rule whether it holds; nothing changes.

        A wrong code, another member's and no code at all answer alike. Errors: `voucher.unknown`, `not_found` (404),
        `voucher.too_many_tries` (429, after ten wrong codes in ten minutes; a hundred without `member`),
        `member.blocked` (403), `invalid` (400).
        """
        voucher_id, member_id = await _which(data)

        async def answer() -> VerdictShape:
            return shown.verdict(await vouchers.validate(voucher_id, shown.basket(data), member_id=member_id))

        return await _answer_once(answer, status=200)

    @post("/voucher-reservations", operation_id="reserveVoucher", summary="Keep a voucher for an order", opt=_OWN)
    async def reserve(self, data: JSONBody[NewReservation]) -> Response[ReservationShape]:
        """Keep a voucher for one order for `ttl_seconds`, and fix what it takes off; the same order gets the same.

        It is judged beside the vouchers that the order has already. Errors: as for a validation, and
        `voucher.not_usable` (422), `voucher.reserved` (another order has it), `voucher.reserved_otherwise` (409, this
        order has vouchers with other amounts).
        """
        voucher_id, member_id = await _which(data)

        async def answer() -> ReservationShape:
            return shown.reservation(
                await vouchers.reserve(
                    voucher_id, shown.basket(data), order_reference=data.order_reference, member_id=member_id,
                    ttl_seconds=data.ttl_seconds,
                )
            )  # fmt: skip

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

    @post("/voucher-part-refunds", operation_id="refundVoucherPart", summary="Refund a part of an order")
    async def refund_part(self, data: JSONBody[NewPartRefund]) -> PartRefundShape:
        """Say how much of a refunded part the vouchers had paid, so that it is not paid out; once for `reference`.

        All parts together come to the discount exactly, in whatever order they arrive; with the last one the vouchers
        are given back. Errors: `voucher.refund_differs` (409), `invalid` (400).
        """
        part = await vouchers.refund_part(
            data.order_reference, refunded=data.refunded, total=data.total, once=f"api/{data.reference}"
        )
        return PartRefundShape(
            order_reference=part.order_reference, withheld=part.withheld, shipping_withheld=part.shipping_withheld,
            currency=current_tenant().currency, vouchers=[ids.show("vch", one) for one in part.returned],
            repeated=part.repeated)  # fmt: skip


class OrderVouchersController(Controller):
    """Several vouchers of one order, all or none."""

    path = "/v1"
    tags = ("Vouchers",)

    @post(
        "/voucher-combinations", operation_id="validateVouchers", summary="Ask what several vouchers take off together",
        status_code=200, opt=_OWN)  # fmt: skip
    async def validate(self, data: JSONBody[NewCombination]) -> Response[CombinationShape]:
        """Put several vouchers on one order and say of each what it takes off, and why one cannot join the others.

        Nothing changes. Together they never take off more than there is to pay. Errors: as for one.
        """
        voucher_ids, member_id = await _which_ones(data)

        async def answer() -> CombinationShape:
            told = await vouchers.validate_many(voucher_ids, shown.basket(data), member_id=member_id)
            return CombinationShape(
                valid=told.valid, discount=told.discount, currency=current_tenant().currency,
                vouchers=[shown.verdict(one) for one in told.verdicts])  # fmt: skip

        return await _answer_once(answer, status=200)

    @post("/voucher-orders", operation_id="reserveVouchers", summary="Keep several vouchers for an order", opt=_OWN)
    async def reserve(self, data: JSONBody[NewOrderReservation]) -> Response[OrderVouchers]:
        """Keep all of these vouchers for one order, or none; the same order again gets the same. Errors: as for one."""
        voucher_ids, member_id = await _which_ones(data)

        async def answer() -> OrderVouchers:
            kept = await vouchers.reserve_many(
                voucher_ids, shown.basket(data), order_reference=data.order_reference, member_id=member_id,
                ttl_seconds=data.ttl_seconds)  # fmt: skip
            return _of_order(data.order_reference, kept)

        return await _answer_once(answer, status=201)

    @post("/voucher-orders/confirmation", operation_id="confirmVoucherOrder", summary="The order is paid")
    async def confirm(self, data: JSONBody[NewOrderEnd]) -> OrderVouchers:
        """Use all vouchers that the order has; again changes nothing (`repeated`).

        Errors: `voucher.order_unknown` (404), `voucher.reservation_over` (409, it has none any more).
        """
        return _of_order(data.order_reference, await vouchers.confirm_order(data.order_reference))

    @post("/voucher-orders/release", operation_id="releaseVoucherOrder", summary="The order uses no vouchers")
    async def release(self, data: JSONBody[NewOrderEnd]) -> OrderVouchers:
        """Free all vouchers that the order has reserved; the second time the list is empty.

        Errors: `voucher.order_unknown` (404), `voucher.reservation_over` (409, one has been used).
        """
        freed = await vouchers.release_order(data.order_reference, reason=data.reason)
        return _of_order(data.order_reference, freed)


def _of_order(order_reference: str, kept: list[vouchers.Reservation]) -> OrderVouchers:
    return OrderVouchers(
        order_reference=order_reference, discount=sum((one.discount for one in kept), Decimal("0.00")),
        currency=current_tenant().currency, reservations=[shown.reservation(one) for one in kept])  # fmt: skip


async def _which(data: NewValidation) -> tuple[uuid.UUID, uuid.UUID | None]:
    """The voucher that is meant; outside of any transaction, so that a wrong code stays counted."""
    member_id = _member(data)
    if (data.code is None) == (data.voucher is None):
        raise Invalid(param="code", problem=Words(en="give either code or voucher", zh="请提供 code 或 voucher 之一"))
    if data.code is not None:
        return await vouchers.find_by_code(data.code, member_id=member_id), member_id
    return shown.read_id("vch", data.voucher or ""), member_id


async def _which_ones(data: NewCombination) -> tuple[list[uuid.UUID], uuid.UUID | None]:
    member_id = _member(data)
    found = [shown.read_id("vch", voucher) for voucher in data.vouchers]
    found += [await vouchers.find_by_code(code, member_id=member_id) for code in data.codes]
    return found, member_id


def _member(data: BasketShape) -> uuid.UUID | None:
    return ids.read("mem", data.member) if data.member is not None else None


async def _answer_once(answer: Callable[[], Awaitable[Shape]], *, status: int) -> Response[Any]:
    """Answer in a transaction of this request's own, as the edge does for other writes."""

    async def reply() -> replies.KeptReply:
        return replies.KeptReply(status, _JSON, msgspec.json.encode(await answer()))

    async with DB.transaction():
        given, repeated = await replies.once(reply)
    headers = {"idempotency-replayed": "true"} if repeated else {}
    return Response(given.body, status_code=given.status, media_type=given.content_type, headers=headers)
