"""What travels about vouchers on their way through an order."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta, field

from tenants.kit.shapes import Amount, Reference, Shape, Short
from tenants.vouchers.api.shapes import ID as _ID
from tenants.vouchers.api.shapes import Code, Name

Ttl = Annotated[int, Meta(ge=1, le=2_592_000)]


class BasketItemShape(Shape):
    """One line of an order: `amount` is what the whole line comes to, before vouchers."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "product": "SKU-1", "category": "skin-care", "quantity": 2, "amount": "99.00",
    }  # fmt: skip

    amount: Amount
    product: Annotated[str, Meta(max_length=100)] = ""
    category: Annotated[str, Meta(max_length=100)] = ""
    quantity: Annotated[int, Meta(ge=1, le=1_000_000)] = 1


_BASKET: dict[str, Any] = {
    "order_amount": "129.00", "shipping_amount": "8.00", "items": [BasketItemShape.EXAMPLE], "channel": "web",
    "first_order": False,
}  # fmt: skip


class BasketShape(Shape):
    """An order: `order_amount` is what the goods come to, `shipping_amount` what shipping costs.

    The rest is needed by vouchers that ask for it: the lines (`items`, together no more than `order_amount`), the
    `channel`, and whether it is the member's first order. With `member` only that member's vouchers are known, and
    somebody who guesses codes stops only himself.
    """

    order_amount: Amount
    shipping_amount: Amount | None = None
    items: Annotated[list[BasketItemShape], Meta(max_length=500)] = field(default_factory=list)
    channel: Annotated[str, Meta(max_length=100)] = ""
    first_order: bool | None = None
    member: Name | None = None

    EXAMPLE: ClassVar[dict[str, Any]] = {"member": f"mem_{_ID}c", **_BASKET}


class NewValidation(BasketShape, kw_only=True):
    """Which voucher, by `code` or by `voucher` (its id), and for what order."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"code": "7kqm 2xhd 94rtb", "member": f"mem_{_ID}c", **_BASKET}

    code: Code | None = None
    voucher: Name | None = None


class ReasonShape(Shape):
    """One rule, whether it is kept, and a sentence in the reader's language."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "rule": "threshold", "ok": True, "why": "The order must come to 100.00 at least; it comes to 129.00.",
    }  # fmt: skip

    rule: Literal[
        "state", "started", "not_over", "outside", "level", "channel", "hours", "first_order", "items", "threshold",
        "shipping", "worth", "stacking",
    ]  # fmt: skip
    ok: bool
    why: str


class VerdictShape(Shape):
    """Whether the voucher can be used for the order, what it takes off (0.00 if it cannot), and each rule.

    `goods` is what the goods for which it counts come to; `given` what a gift or benefit is.
    """

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "voucher": f"vch_{_ID}b", "valid": True, "discount": "20.00", "goods": "99.00", "given": None,
        "currency": "CNY", "reasons": [ReasonShape.EXAMPLE],
    }  # fmt: skip

    voucher: str
    valid: bool
    discount: Amount
    goods: Amount
    given: str | None
    currency: str
    reasons: list[ReasonShape]


class NewReservation(NewValidation, kw_only=True):
    """The same as for a validation, and your name for the order that is to have the voucher for `ttl_seconds`.

    Left out, it is the shop's default; the shop's policy also says how long at most.
    """

    EXAMPLE: ClassVar[dict[str, Any]] = {
        **NewValidation.EXAMPLE, "order_reference": "SO-1001", "ttl_seconds": 900,
    }  # fmt: skip

    order_reference: Short
    ttl_seconds: Ttl | None = None


class ReservationShape(Shape):
    """What an order has of a voucher. `repeated`: it was so before this call."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": f"vrs_{_ID}d", "voucher": f"vch_{_ID}b", "order_reference": "SO-1001", "state": "reserved",
        "discount": "20.00", "currency": "CNY", "reserved_until": "2026-11-22T04:15:00Z", "repeated": False,
    }  # fmt: skip

    id: str
    voucher: str
    order_reference: str
    state: Literal["reserved", "used", "released"]
    discount: Amount
    currency: str
    reserved_until: datetime | None
    repeated: bool


class NewReturn(Shape):
    """The order that was refunded as a whole, or cancelled."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"order_reference": "SO-1001", "reason": "refunded"}

    order_reference: Short
    reason: Annotated[str, Meta(max_length=300)] = ""


class ReturnedShape(Shape):
    """The vouchers that are free again, or expired where their time has run out; none the second time."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"order_reference": "SO-1001", "vouchers": [f"vch_{_ID}b"]}

    order_reference: str
    vouchers: list[str]


class NewCombination(BasketShape, kw_only=True):
    """Several vouchers for one order, by `codes`, by `vouchers` (their ids), or both; 20 at most."""

    EXAMPLE: ClassVar[dict[str, Any]] = {**BasketShape.EXAMPLE, "codes": ["7kqm 2xhd 94rtb"], "vouchers": []}

    codes: Annotated[list[Code], Meta(max_length=20)] = field(default_factory=list)
    vouchers: Annotated[list[Name], Meta(max_length=20)] = field(default_factory=list)


class CombinationShape(Shape):
    """What the vouchers do together. `discount` is that of those that can be used; `valid` when all can."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "valid": True, "discount": "20.00", "currency": "CNY", "vouchers": [VerdictShape.EXAMPLE],
    }  # fmt: skip

    valid: bool
    discount: Amount
    currency: str
    vouchers: list[VerdictShape]


class NewOrderReservation(NewCombination, kw_only=True):
    """The same, and your name for the order that is to have all of them, or none."""

    EXAMPLE: ClassVar[dict[str, Any]] = {**NewCombination.EXAMPLE, "order_reference": "SO-1001", "ttl_seconds": 900}

    order_reference: Short
    ttl_seconds: Ttl | None = None


class OrderVouchers(Shape):
    """What an order has of vouchers, and what they take off together."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "order_reference": "SO-1001", "discount": "20.00", "currency": "CNY",
        "reservations": [ReservationShape.EXAMPLE],
    }  # fmt: skip

    order_reference: str
    discount: Amount
    currency: str
    reservations: list[ReservationShape]


class NewOrderEnd(Shape):
    """Which order; the reason stays in the vouchers' history."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"order_reference": "SO-1001", "reason": ""}

    order_reference: Short
    reason: Annotated[str, Meta(max_length=300)] = ""


class NewPartRefund(Shape):
    """A part of an order that is refunded: `refunded` of goods that came to `total`, both before vouchers."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "order_reference": "SO-1001", "refunded": "64.50", "total": "129.00", "reference": "refund-1",
    }  # fmt: skip

    order_reference: Short
    refunded: Amount
    total: Amount
    reference: Reference


class PartRefundShape(Shape):
    """What vouchers had paid of the part (`withheld`): do not pay it out.

    With the last part, `shipping_withheld` is what free shipping had paid, and `vouchers` are in the member's hands
    again, or expired.
    """

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "order_reference": "SO-1001", "withheld": "10.00", "shipping_withheld": "0.00", "currency": "CNY",
        "vouchers": [], "repeated": False,
    }  # fmt: skip

    order_reference: str
    withheld: Amount
    shipping_withheld: Amount
    currency: str
    vouchers: list[str]
    repeated: bool
