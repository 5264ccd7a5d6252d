"""What travels about vouchers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta

from tenants.kit.shapes import Amount, Reference, Shape

Kind = Annotated[
    Literal["amount", "percent", "free_shipping", "gift", "benefit", "external"],
    Meta(
        description="Money off, a share off, free shipping; goods with an order, a benefit in words, or the code of an"
        " outside benefit from the template's pool."
    ),
]
VoucherState = Literal["issued", "reserved", "used", "expired", "revoked"]
Time = Annotated[datetime, Meta(tz=True)]
Code = Annotated[
    str, Meta(min_length=1, max_length=64, description="As the shopper typed it; dashes and case do not matter.")
]
Name = Annotated[str, Meta(min_length=1, max_length=40)]
ID = "01kaecw0x5f3qs8q7t6v2m9d3"


class NewClaim(Shape):
    """Which voucher the member takes."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"template": f"vtp_{ID}a"}

    template: Name


class MyVoucher(Shape):
    """A voucher in the member's hands, in the reader's language."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": f"vch_{ID}b", "template": f"vtp_{ID}a", "code": "7KQM-2XHD-94RTB", "state": "issued",
        "name": "满100减20", "notes": "", "kind": "amount", "amount": "20.00", "percent": None, "amount_max": None,
        "threshold": "100.00", "given": "", "terms": "满 100.00 可用，立减 20.00。", "outside_code": None,
        "can_be_handed_on": False, "currency": "CNY", "valid_from": "2026-11-21T04:00:00Z",
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
    given: str
    terms: str
    outside_code: str | None
    can_be_handed_on: bool
    currency: str
    valid_from: datetime
    valid_until: datetime
    order_reference: str | None
    repeated: bool = False


class WalletShape(Shape):
    """A member's vouchers by state: how many there are, and the newest of each."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "counts": {"issued": 1, "reserved": 0, "used": 3, "expired": 0, "revoked": 0},
        "issued": [MyVoucher.EXAMPLE], "reserved": [], "used": [], "expired": [], "revoked": [],
    }  # fmt: skip

    counts: dict[str, int]
    issued: list[MyVoucher]
    reserved: list[MyVoucher]
    used: list[MyVoucher]
    expired: list[MyVoucher]
    revoked: list[MyVoucher]


class NewHandOn(Shape):
    """Which of the member's vouchers goes to which other member."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"voucher": f"vch_{ID}b", "to": f"mem_{ID}e"}

    voucher: Name
    to: Name


class NewHanding(Shape):
    """Whose voucher it is, and to whom it goes."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"giver": f"mem_{ID}c", "to": f"mem_{ID}e"}

    giver: Name
    to: Name


class HandedOnShape(Shape):
    """The voucher is in the other member's hands; `repeated`: it was before."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"voucher": f"vch_{ID}b", "to": f"mem_{ID}e", "repeated": False}

    voucher: str
    to: str
    repeated: bool


class NewCodeClaim(Shape):
    """The code of a batch as the member typed it."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"code": "7kqm 2xhd 94rtb"}

    code: Code


class NewMemberCodeClaim(NewCodeClaim, kw_only=True):
    """The code, and the member who entered it."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"code": "7kqm 2xhd 94rtb", "member": f"mem_{ID}c"}

    member: Name


class NewVoucher(Shape):
    """One voucher to be given to a member; `reference` is your name for the occasion."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "template": f"vtp_{ID}a", "member": f"mem_{ID}c", "reference": "complaint-4711",
    }  # fmt: skip

    template: Name
    member: Name
    reference: Reference


_VOUCHER: dict[str, Any] = {
    "id": f"vch_{ID}b", "template": f"vtp_{ID}a", "member": f"mem_{ID}c", "code": "7KQM-2XHD-94RTB",
    "state": "used", "why": "api", "issued_at": "2026-11-21T04:00:00Z", "valid_from": "2026-11-21T04:00:00Z",
    "valid_until": "2026-11-27T16:00:00Z", "reservation": f"vrs_{ID}d", "reserved_until": None,
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
        "kind": "used", "reason": "", "reservation": f"vrs_{ID}d", "order_reference": "SO-1001",
        "discount": "20.00", "recorded_by": "server:01935e6f", "at": "2026-11-22T04:00:00Z",
    }  # fmt: skip

    kind: Literal[
        "issued", "reserved", "released", "used", "returned", "expired", "revoked", "refunded", "extended", "handed_on",
        "moved",
    ]  # fmt: skip
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


class NewRevocation(Shape):
    """Why the voucher is withdrawn; it stays in its history."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"reason": "Issued by mistake"}

    reason: Annotated[str, Meta(min_length=1, max_length=300)]
