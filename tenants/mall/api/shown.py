"""From rows and results to what is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import msgspec

from tenants.kit import ids
from tenants.kit.errors import NotFound
from tenants.mall.api.redemption_shapes import (
    DeliveryAddress,
    RedeemedShape,
    RedemptionEventShape,
    RedemptionShape,
    RedemptionWithEvents,
    ShipmentError,
    ShipmentImport,
)
from tenants.mall.api.shapes import ItemShape, NewItem, OfferShape, WhyNot
from tenants.mall.rules.addresses import FIELDS
from tenants.mall.rules.refusals import AddressUnknown, ItemUnknown, RedemptionUnknown
from tenants.tenancy import current_tenant

if TYPE_CHECKING:
    import uuid

    from tenants.mall.api.redemption_shapes import RedemptionState
    from tenants.mall.rules.fulfilment import ShipmentReport
    from tenants.mall.rules.reading import Offer
    from tenants.mall.rules.redeeming import Redeemed

_UNKNOWN: dict[str, type[NotFound]] = {"mit": ItemUnknown, "rdm": RedemptionUnknown, "adr": AddressUnknown}


def read_id(prefix: str, text: str) -> uuid.UUID:
    """The id; a bad one is as unknown as one of nothing."""
    try:
        return ids.read(prefix, text)
    except NotFound:
        raise _UNKNOWN[prefix] from None


def item(row: Any) -> ItemShape:
    """An item for the seller."""
    shown = {name: row[name] for name in NewItem.__struct_fields__}
    shown |= {
        "category": row["category_key"],
        "voucher_template": ids.show("vtp", row["voucher_template"]) if row["voucher_template"] else None,
        "level": ids.show("lvl", row["level"]) if row["level"] else None,
    }
    return ItemShape(
        id=ids.show("mit", row["id"]), taken=row["taken"], spent=row["spent"], currency=current_tenant().currency,
        by_level=row["by_level"], created_at=row["created_at"], updated_at=row["updated_at"], **shown)  # fmt: skip


def offer(seen: Offer) -> OfferShape:
    """An item for a member."""
    row = seen.row
    copied = ("name_en", "name_zh", "description_en", "description_zh", "terms_en", "terms_zh", "image", "category",
              "kind", "benefit", "with_order", "starts_at", "ends_at")  # fmt: skip
    return OfferShape(
        id=ids.show("mit", row["id"]), points=seen.price.points, cash=seen.price.cash,
        currency=current_tenant().currency, left=seen.left, can=seen.can,
        why_not=[WhyNot(code=error.code, why=error.say()) for error in seen.refusals],
        **{name: row[name] for name in copied})  # fmt: skip


def redeemed(done: Redeemed) -> RedeemedShape:
    """A redemption that has just been made or changed."""
    return RedeemedShape(
        id=ids.show("rdm", done.id), item=ids.show("mit", done.item), member=ids.show("mem", done.member),
        quantity=done.quantity, points=done.points, cash=done.cash, currency=current_tenant().currency,
        state=cast("RedemptionState", done.state), reserved_until=done.reserved_until, codes=list(done.codes),
        at=done.at, repeated=done.repeated)  # fmt: skip


def write(done: Redeemed) -> tuple[int, bytes]:
    """Status and JSON of a redemption that was asked for."""
    return (200 if done.repeated else 201), msgspec.json.encode(redeemed(done))


def redemption(row: Any) -> RedemptionShape:
    """A redemption in a list."""
    return RedemptionShape(**_fields(row))


def with_events(
    row: Any, events: list[Any], codes: tuple[str, ...], *, for_member: bool = False
) -> RedemptionWithEvents:
    """A redemption with its history; who recorded it is the shop's affair."""
    return RedemptionWithEvents(
        **_fields(row), codes=list(codes),
        events=[
            RedemptionEventShape(
                state=event["state"], reason=event["reason"], at=event["at"],
                recorded_by="" if for_member else event["recorded_by"])
            for event in events
        ])  # fmt: skip


def report(done: ShipmentReport) -> ShipmentImport:
    """What an import of parcels did."""
    return ShipmentImport(
        dry_run=done.dry_run, rows=done.rows, shipped=done.shipped, unchanged=done.unchanged, failed=done.failed,
        errors=[ShipmentError(line=error.line, code=error.code, detail=error.sentence) for error in done.errors],
        errors_omitted=done.errors_omitted)  # fmt: skip


def _fields(row: Any) -> dict[str, Any]:
    copied = ("name_en", "name_zh", "kind", "quantity", "points", "cash", "state", "reserved_until", "payment",
              "order_reference", "at", "changed_at")  # fmt: skip
    address = DeliveryAddress(**{name: row[name] for name in FIELDS}) if row["recipient"] else None
    return {
        **{name: row[name] for name in copied},
        "id": ids.show("rdm", row["id"]), "item": ids.show("mit", row["item"]),
        "member": ids.show("mem", row["member"]), "currency": current_tenant().currency, "address": address,
        "carrier": row["carrier"] or "", "tracking": row["tracking"] or "",
    }  # fmt: skip
