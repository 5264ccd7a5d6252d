"""What travels about vouchers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal

from msgspec import UNSET, Meta, UnsetType

from tenants.kit.shapes import Amount, Reference, Shape, Short

Kind = Annotated[
    Literal["amount", "percent", "free_shipping"], Meta(description="What it takes off: an amount, a share, shipping.")
]
Validity = Literal["fixed", "relative"]
TemplateState = Literal["draft", "active", "paused", "ended"]
VoucherState = Literal["issued", "reserved", "used", "expired", "revoked"]
Named = Annotated[str, Meta(max_length=100)]
Notes = Annotated[str, Meta(max_length=2000)]
Percent = Annotated[int, Meta(ge=1, le=100, description="The share that is taken off: 20 means 20 % off (八折).")]
Days = Annotated[int, Meta(ge=1, le=3650)]
Delay = Annotated[int, Meta(ge=0, le=3650)]
Stock = Annotated[int, Meta(ge=0, le=1_000_000_000)]
PerMember = Annotated[int, Meta(ge=1, le=1_000_000_000)]
Time = Annotated[datetime, Meta(tz=True)]
Code = Annotated[
    str, Meta(min_length=1, max_length=64, description="As the shopper typed it; dashes and case do not matter.")
]
Name = Annotated[str, Meta(min_length=1, max_length=40)]
_ID = "01kaecw0x5f3qs8q7t6v2m9d3"

_TERMS: dict[str, Any] = {
    "name_en": "20 off 100", "name_zh": "满100减20", "kind": "amount", "amount": "20.00", "percent": None,
    "amount_max": None, "threshold": "100.00", "validity": "relative", "valid_from": None, "valid_until": None,
    "valid_days": 7, "delay_days": 0, "stock": 500, "per_member_limit": 1, "claimable": True, "claim_from": None,
    "claim_until": None, "state": "active", "notes_en": "Not with other vouchers.", "notes_zh": "不可叠加使用。",
}  # fmt: skip


class NewTemplate(Shape):
    """What can be issued. Money in the shop's currency; null is none: no threshold, no end of stock, no limit.

    `validity` is `fixed` (`valid_from` until just before `valid_until`) or `relative` (`valid_days` days of the
    shop's calendar, the day of issue being the first, beginning `delay_days` later; it ends at midnight).
    """

    EXAMPLE: ClassVar[dict[str, Any]] = _TERMS

    kind: Kind
    name_en: Named = ""
    name_zh: Named = ""
    amount: Amount | None = None
    percent: Percent | None = None
    amount_max: Amount | None = None
    threshold: Amount | None = None
    validity: Validity = "relative"
    valid_from: Time | None = None
    valid_until: Time | None = None
    valid_days: Days | None = None
    delay_days: Delay = 0
    stock: Stock | None = None
    per_member_limit: PerMember | None = None
    claimable: bool = False
    claim_from: Time | None = None
    claim_until: Time | None = None
    state: TemplateState = "draft"
    notes_en: Notes = ""
    notes_zh: Notes = ""


class TemplateChange(Shape):
    """What is to be different; a field that is left out stays."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"stock": 800, "state": "paused"}

    kind: Kind | UnsetType = UNSET
    name_en: Named | UnsetType = UNSET
    name_zh: Named | UnsetType = UNSET
    amount: Amount | UnsetType | None = UNSET
    percent: Percent | UnsetType | None = UNSET
    amount_max: Amount | UnsetType | None = UNSET
    threshold: Amount | UnsetType | None = UNSET
    validity: Validity | UnsetType = UNSET
    valid_from: Time | UnsetType | None = UNSET
    valid_until: Time | UnsetType | None = UNSET
    valid_days: Days | UnsetType | None = UNSET
    delay_days: Delay | UnsetType = UNSET
    stock: Stock | UnsetType | None = UNSET
    per_member_limit: PerMember | UnsetType | None = UNSET
    claimable: bool | UnsetType = UNSET
    claim_from: Time | UnsetType | None = UNSET
    claim_until: Time | UnsetType | None = UNSET
    state: TemplateState | UnsetType = UNSET
    notes_en: Notes | UnsetType = UNSET
    notes_zh: Notes | UnsetType = UNSET


class TemplateShape(NewTemplate, kw_only=True):
    """A template as it stands; `issued` have gone out so far."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": f"vtp_{_ID}a", **_TERMS, "currency": "CNY", "issued": 120, "created_at": "2026-11-01T02:00:00Z",
    }  # fmt: skip

    id: str
    currency: str
    issued: int
    created_at: datetime


class ClaimableShape(Shape):
    """A voucher that the shop offers to members, in the reader's language; `left_for_me` can still be claimed."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": f"vtp_{_ID}a", "name": "满100减20", "notes": "不可叠加使用。", "kind": "amount", "amount": "20.00",
        "percent": None, "amount_max": None, "threshold": "100.00", "currency": "CNY",
        "claim_until": None, "left_for_me": 1,
    }  # fmt: skip

    id: str
    name: str
    notes: str
    kind: Kind
    amount: Amount | None
    percent: int | None
    amount_max: Amount | None
    threshold: Amount | None
    currency: str
    claim_until: datetime | None
    left_for_me: int


class NewClaim(Shape):
    """Which voucher the member takes."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"template": f"vtp_{_ID}a"}

    template: Name


class MyVoucher(Shape):
    """A voucher in the member's hands, in the reader's language."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": f"vch_{_ID}b", "template": f"vtp_{_ID}a", "code": "7KQM-2XHD-94RTB", "state": "issued",
        "name": "满100减20", "notes": "", "kind": "amount", "amount": "20.00", "percent": None, "amount_max": None,
        "threshold": "100.00", "currency": "CNY", "valid_from": "2026-11-21T04:00:00Z",
        "valid_until": "2026-11-27T16:00:00Z", "order_reference": None, "repeated": False,
    }  # fmt: skip

    id: str
    template: str
    code: str
    state: VoucherState
    name: str
    notes: str
    kind: Kind
    amount: Amount | None
    percent: int | None
    amount_max: Amount | None
    threshold: Amount | None
    currency: str
    valid_from: datetime
    valid_until: datetime
    order_reference: str | None
    repeated: bool = False


class NewVoucher(Shape):
    """One voucher to be given to a member; `reference` is your name for the occasion."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "template": f"vtp_{_ID}a", "member": f"mem_{_ID}c", "reference": "complaint-4711",
    }  # fmt: skip

    template: Name
    member: Name
    reference: Reference


_VOUCHER: dict[str, Any] = {
    "id": f"vch_{_ID}b", "template": f"vtp_{_ID}a", "member": f"mem_{_ID}c", "code": "7KQM-2XHD-94RTB",
    "state": "used", "why": "api", "issued_at": "2026-11-21T04:00:00Z", "valid_from": "2026-11-21T04:00:00Z",
    "valid_until": "2026-11-27T16:00:00Z", "reservation": f"vrs_{_ID}d", "reserved_until": None,
    "order_reference": "SO-1001", "discount": "20.00", "currency": "CNY", "used_at": "2026-11-22T04:00:00Z",
    "repeated": False,
}  # fmt: skip


class VoucherShape(Shape):
    """A voucher as it stands at this moment; the order fields are those of the order that has reserved or used it."""

    EXAMPLE: ClassVar[dict[str, Any]] = _VOUCHER

    id: str
    template: str
    member: str
    code: str
    state: VoucherState
    why: str
    issued_at: datetime
    valid_from: datetime
    valid_until: datetime
    reservation: str | None
    reserved_until: datetime | None
    order_reference: str | None
    discount: Amount | None
    currency: str
    used_at: datetime | None
    repeated: bool = False


class VoucherEventShape(Shape):
    """One thing that happened to a voucher: why, for which order, and by whom."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "kind": "used", "reason": "", "reservation": f"vrs_{_ID}d", "order_reference": "SO-1001",
        "discount": "20.00", "recorded_by": "server:01935e6f", "at": "2026-11-22T04:00:00Z",
    }  # fmt: skip

    kind: Literal["issued", "reserved", "released", "used", "returned", "expired", "revoked"]
    reason: str
    reservation: str | None
    order_reference: str | None
    discount: Amount | None
    recorded_by: str
    at: datetime


class VoucherWithEvents(VoucherShape, kw_only=True):
    """A voucher with its whole history, oldest first."""

    EXAMPLE: ClassVar[dict[str, Any]] = {**_VOUCHER, "events": [VoucherEventShape.EXAMPLE]}

    events: list[VoucherEventShape]


class NewValidation(Shape):
    """Which voucher, by `code` or by `voucher` (its id), and for what order.

    `order_amount` is what the goods come to, `shipping_amount` what shipping costs (needed for free shipping). With
    `member` only that member's vouchers are known, and somebody who guesses codes stops only himself.
    """

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "code": "7kqm 2xhd 94rtb", "member": f"mem_{_ID}c", "order_amount": "129.00", "shipping_amount": "8.00",
    }  # fmt: skip

    order_amount: Amount
    code: Code | None = None
    voucher: Name | None = None
    member: Name | None = None
    shipping_amount: Amount | None = None


class ReasonShape(Shape):
    """One rule, whether it is kept, and a sentence in the reader's language."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "rule": "threshold", "ok": True, "why": "The order must come to 100.00 at least; it comes to 129.00.",
    }  # fmt: skip

    rule: Literal["state", "started", "not_over", "threshold", "shipping", "worth"]
    ok: bool
    why: str


class VerdictShape(Shape):
    """Whether the voucher can be used for the order, what it takes off (0.00 if it cannot), and each rule."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "voucher": f"vch_{_ID}b", "valid": True, "discount": "20.00", "currency": "CNY",
        "reasons": [ReasonShape.EXAMPLE],
    }  # fmt: skip

    voucher: str
    valid: bool
    discount: Amount
    currency: str
    reasons: list[ReasonShape]


class NewReservation(NewValidation, kw_only=True):
    """The same as for a validation, and your name for the order that is to have the voucher for `ttl_seconds`."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        **NewValidation.EXAMPLE, "order_reference": "SO-1001", "ttl_seconds": 900,
    }  # fmt: skip

    order_reference: Short
    ttl_seconds: Annotated[int, Meta(ge=1, le=86_400)] = 900


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


class NewRevocation(Shape):
    """Why the voucher is withdrawn; it stays in its history."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"reason": "Issued by mistake"}

    reason: Annotated[str, Meta(min_length=1, max_length=300)]
