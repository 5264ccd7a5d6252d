"""From rows and results to what is sent."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from tenants.kit import ids
from tenants.kit.errors import NotFound
from tenants.kit.words import language_of_reader
from tenants.tenancy import current_tenant
from tenants.vouchers.api.shapes import (
    ClaimableShape,
    MyVoucher,
    ReservationShape,
    TemplateShape,
    VoucherEventShape,
    VoucherShape,
)
from tenants.vouchers.rules import codes
from tenants.vouchers.rules.errors import ReservationUnknown, TemplateUnknown, VoucherUnknown

if TYPE_CHECKING:
    from tenants.vouchers.rules.using import Reservation

_UNKNOWN: dict[str, type[NotFound]] = {"vtp": TemplateUnknown, "vch": VoucherUnknown, "vrs": ReservationUnknown}


def read_id(prefix: str, text: str) -> uuid.UUID:
    """The id; a bad one is as unknown as one of nothing."""
    try:
        return ids.read(prefix, text)
    except NotFound:
        raise _UNKNOWN[prefix] from None


def template(row: Any) -> TemplateShape:
    """A template for the seller."""
    fields = {name: row[name] for name in TemplateShape.__struct_fields__ if name not in {"id", "currency"}}
    return TemplateShape(id=ids.show("vtp", row["id"]), currency=current_tenant().currency, **fields)


def claimable(row: Any) -> ClaimableShape:
    """A template for a member."""
    return ClaimableShape(
        id=ids.show("vtp", row["id"]),
        claim_until=row["claim_until"],
        left_for_me=row["left_for_me"],
        **_offer(row),
    )


def my_voucher(row: Any, *, repeated: bool = False) -> MyVoucher:
    """A voucher for the member who has it."""
    return MyVoucher(
        id=ids.show("vch", row["id"]),
        template=ids.show("vtp", row["template"]),
        code=codes.show(row["code"]),
        state=row["state"],
        valid_from=row["valid_from"],
        valid_until=row["valid_until"],
        order_reference=row["order_reference"],
        repeated=repeated,
        **_offer(row),
    )


def voucher(row: Any, *, repeated: bool = False) -> VoucherShape:
    """A voucher for the seller."""
    return VoucherShape(**voucher_fields(row), repeated=repeated)


def voucher_fields(row: Any) -> dict[str, Any]:
    """The fields of a voucher for the seller."""
    same = ("state", "why", "issued_at", "valid_from", "valid_until", "reserved_until", "order_reference", "discount")
    return {
        **{name: row[name] for name in same},
        "id": ids.show("vch", row["id"]),
        "template": ids.show("vtp", row["template"]),
        "member": ids.show("mem", row["member"]),
        "code": codes.show(row["code"]),
        "reservation": _reservation_id(row["reservation"]),
        "currency": current_tenant().currency,
        "used_at": row["used_at"],
    }


def event(row: Any) -> VoucherEventShape:
    """One thing that happened."""
    fields = {name: row[name] for name in VoucherEventShape.__struct_fields__ if name != "reservation"}
    return VoucherEventShape(**fields, reservation=_reservation_id(row["reservation"]))


def reservation(kept: Reservation) -> ReservationShape:
    """What an order has of a voucher."""
    return ReservationShape(
        id=ids.show("vrs", kept.id),
        voucher=ids.show("vch", kept.voucher),
        order_reference=kept.order_reference,
        state=kept.state,
        discount=kept.discount,
        currency=current_tenant().currency,
        reserved_until=kept.reserved_until,
        repeated=kept.repeated,
    )


def _offer(row: Any) -> dict[str, Any]:
    chosen, other = ("en", "zh") if language_of_reader() == "en" else ("zh", "en")
    return {
        **{name: row[name] for name in ("kind", "amount", "percent", "amount_max", "threshold")},
        "name": row[f"name_{chosen}"] or row[f"name_{other}"],
        "notes": row[f"notes_{chosen}"] or row[f"notes_{other}"],
        "currency": current_tenant().currency,
    }


def _reservation_id(value: uuid.UUID | None) -> str | None:
    return None if value is None else ids.show("vrs", value)
