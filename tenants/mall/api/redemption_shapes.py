"""What travels about redemptions."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta

from tenants.kit.shapes import Amount, Reference, Shape
from tenants.mall.api.shapes import Id, Kind  # noqa: TC001  msgspec reads them while running

RedemptionState = Literal["reserved", "to_ship", "shipped", "done", "returned", "cancelled"]
Reason = Annotated[str, Meta(max_length=300)]
Quantity = Annotated[int, Meta(ge=1, le=100)]
Line = Annotated[str, Meta(max_length=100)]
_NAME = "01kaecw0x5f3qs8q7t6v2m9d3"
_AT = "2026-11-21T08:30:00Z"
_ADDRESS: dict[str, Any] = {
    "recipient": "Li Lei", "street": "1 West Lake Road", "phone": "+8613800138000", "country": "CN",
    "province": "Zhejiang", "city": "Hangzhou", "postcode": "310000",
}  # fmt: skip


class DeliveryAddress(Shape):
    """Where something is sent."""

    EXAMPLE: ClassVar[dict[str, Any]] = _ADDRESS

    recipient: Annotated[str, Meta(min_length=1, max_length=200)]
    street: Annotated[str, Meta(min_length=1, max_length=300)]
    phone: Annotated[str, Meta(max_length=20)] = ""
    country: Annotated[str, Meta(pattern="^[A-Z]{2}$")] = "CN"
    province: Line = ""
    city: Line = ""
    postcode: Annotated[str, Meta(max_length=20)] = ""


class NewOwnRedemption(Shape):
    """What a member wants. Goods that are sent need `address_id` out of the member's addresses, or an `address`."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "item": f"mit_{_NAME}a", "quantity": 1, "reference": "tap-7f3a", "address_id": f"adr_{_NAME}c",
        "address": None, "order_reference": None,
    }  # fmt: skip

    item: Id
    reference: Reference
    quantity: Quantity = 1
    address_id: Id | None = None
    address: DeliveryAddress | None = None
    order_reference: Annotated[str, Meta(min_length=1, max_length=100)] | None = None


class NewRedemption(NewOwnRedemption, kw_only=True):
    """What a member is to have."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"member": f"mem_{_NAME}d", **NewOwnRedemption.EXAMPLE}

    member: Id


class RedeemedShape(Shape):
    """A redemption as it stands. `codes` are those of its vouchers; `repeated`: nothing was done this time."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": f"rdm_{_NAME}e", "item": f"mit_{_NAME}a", "member": f"mem_{_NAME}d", "quantity": 1, "points": 500,
        "cash": "9.90", "currency": "CNY", "state": "reserved", "reserved_until": "2026-11-21T09:00:00Z", "codes": [],
        "at": _AT, "repeated": False,
    }  # fmt: skip

    id: str
    item: str
    member: str
    quantity: int
    points: int
    cash: Amount
    currency: str
    state: RedemptionState
    reserved_until: datetime | None
    codes: list[str]
    at: datetime
    repeated: bool = False


class RedemptionShape(Shape):
    """A redemption with what was redeemed and how it is sent."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": f"rdm_{_NAME}e", "item": f"mit_{_NAME}a", "name_en": "Enamel mug", "name_zh": "搪瓷杯", "kind": "goods",
        "member": f"mem_{_NAME}d", "quantity": 1, "points": 500, "cash": "9.90", "currency": "CNY", "state": "shipped",
        "reserved_until": None, "payment": "pay-1", "order_reference": None, "address": _ADDRESS, "carrier": "SF",
        "tracking": "SF1234567890", "at": _AT, "changed_at": _AT,
    }  # fmt: skip

    id: str
    item: str
    name_en: str
    name_zh: str
    kind: Kind
    member: str
    quantity: int
    points: int
    cash: Amount
    currency: str
    state: RedemptionState
    reserved_until: datetime | None
    payment: str | None
    order_reference: str | None
    address: DeliveryAddress | None
    carrier: str
    tracking: str
    at: datetime
    changed_at: datetime


class RedemptionEventShape(Shape):
    """One step of a redemption: to which state, why, and by whom."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "state": "shipped", "reason": "", "recorded_by": "server:01a…", "at": _AT,
    }  # fmt: skip

    state: RedemptionState
    reason: str
    recorded_by: str
    at: datetime


class RedemptionWithEvents(RedemptionShape, kw_only=True):
    """A redemption, the codes that it gave, and all that happened to it, oldest first."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        **RedemptionShape.EXAMPLE, "codes": [], "events": [RedemptionEventShape.EXAMPLE],
    }  # fmt: skip

    codes: list[str]
    events: list[RedemptionEventShape]


class Payment(Shape):
    """That the money for a redemption has come: your name for the payment, and the amount."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"payment": "pay-20261121-1", "amount": "9.90"}

    payment: Annotated[str, Meta(min_length=1, max_length=100)]
    amount: Amount


class Step(Shape):
    """Where a redemption goes. `carrier` and `tracking` belong to `shipped`.

    Without `restock` returned pieces are lost and go on counting against stock and limits.
    """

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "state": "shipped", "reason": "", "carrier": "SF", "tracking": "SF1234567890", "restock": True,
    }  # fmt: skip

    state: Literal["shipped", "done", "cancelled", "returned"]
    reason: Reason = ""
    carrier: Annotated[str, Meta(max_length=50)] = ""
    tracking: Annotated[str, Meta(max_length=100)] = ""
    restock: bool = True


class Cancellation(Shape):
    """Why a member does not want it any more."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"reason": "Ordered by mistake"}

    reason: Reason = ""


class ShipmentError(Shape):
    """Why a row was left out."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "line": 3, "code": "mall.redemption_unknown", "detail": "There is no such redemption.",
    }  # fmt: skip

    line: int
    code: str
    detail: str


class ShipmentImport(Shape):
    """What a file of parcels did, or would do; the first thousand errors are named."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "dry_run": False, "rows": 20, "shipped": 18, "unchanged": 1, "failed": 1, "errors": [ShipmentError.EXAMPLE],
        "errors_omitted": 0,
    }  # fmt: skip

    dry_run: bool
    rows: int
    shipped: int
    unchanged: int
    failed: int
    errors: list[ShipmentError]
    errors_omitted: int
