"""From rows and results to what is sent."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from tenants import vouchers
from tenants.kit import ids
from tenants.kit.errors import NotFound
from tenants.kit.words import language_of_reader
from tenants.members import MemberUnknown
from tenants.tenancy import current_tenant
from tenants.vouchers.api.checkout_shapes import ReasonShape, ReservationShape, VerdictShape
from tenants.vouchers.api.shapes import MyVoucher, VoucherEventShape, VoucherShape
from tenants.vouchers.api.template_shapes import ClaimableShape, HoursShape, ScopeShape, TemplateShape
from tenants.vouchers.rules import describing
from tenants.vouchers.rules.errors import BatchUnknown, ReservationUnknown, TemplateUnknown, VoucherUnknown
from tenants.vouchers.rules.judging import given_words
from tenants.vouchers.rules.terms import GIVEN

if TYPE_CHECKING:
    from tenants.vouchers.api.checkout_shapes import BasketShape
    from tenants.vouchers.rules.describing import Rows
    from tenants.vouchers.rules.judging import Verdict
    from tenants.vouchers.rules.using import Reservation

_UNKNOWN: dict[str, type[NotFound]] = {
    "vtp": TemplateUnknown, "vch": VoucherUnknown, "vrs": ReservationUnknown, "vbt": BatchUnknown,
}  # fmt: skip
_ROWS = {"scopes", "hours", "levels"}


def read_id(prefix: str, text: str) -> uuid.UUID:
    """The id; a bad one is as unknown as one of nothing."""
    try:
        return ids.read(prefix, text)
    except NotFound:
        raise _UNKNOWN[prefix] from None


async def templates(rows: list[Any]) -> list[TemplateShape]:
    """Templates for the seller, with the rows that say where, when and for whom."""
    named = [row["id"] for row in rows]
    scopes, hours = await vouchers.scopes_of(named), await vouchers.hours_of(named)
    levels = await vouchers.levels_wanted(named)
    plain = [name for name in TemplateShape.__struct_fields__ if name not in {"id", "currency", *_ROWS}]
    return [
        TemplateShape(
            id=ids.show("vtp", row["id"]),
            currency=current_tenant().currency,
            scopes=[
                ScopeShape(kind=one.kind, value=one.value, included=one.included)  # type: ignore[arg-type]  # a constraint allows only these
                for one in scopes.get(row["id"], ())
            ],
            hours=[
                HoursShape(weekday=one.weekday, since=one.since, until=one.until) for one in hours.get(row["id"], ())
            ],
            levels=[ids.show("lvl", one) for one in sorted(levels.get(row["id"], ()))],
            **{name: row[name] for name in plain},
        )
        for row in rows
    ]


def terms(said: dict[str, Any]) -> dict[str, Any]:
    """What a request says of a template, as the rules take it."""
    if "scopes" in said:
        said["scopes"] = tuple(vouchers.Scope(one.kind, one.value, one.included) for one in said["scopes"])
    if "hours" in said:
        said["hours"] = tuple(vouchers.Hours(one.weekday, one.since, one.until) for one in said["hours"])
    if "levels" in said:
        said["levels"] = tuple(sorted({ids.read("lvl", one) for one in said["levels"]}))
    return said


def claimable(row: Any, rows: Rows) -> ClaimableShape:
    """A template for a member."""
    refusal = row["why_not"]
    return ClaimableShape(
        id=ids.show("vtp", row["id"]),
        claim_from=row["claim_from"],
        claim_until=row["claim_until"],
        left_for_me=row["left_for_me"],
        why_not=refusal.say() if refusal else None,
        why_not_code=refusal.code if refusal else None,
        **_offer(row, rows),
    )


async def my_vouchers(rows: list[Any], *, repeated: bool = False) -> list[MyVoucher]:
    """Vouchers for the member who has them."""
    named = await describing.rows_of(list({row["template"] for row in rows})) if rows else {}
    return [
        MyVoucher(
            id=ids.show("vch", row["id"]),
            template=ids.show("vtp", row["template"]),
            code=row["code"],
            state=row["state"],
            outside_code=row["outside_code"],
            can_be_handed_on=row["can_be_handed_on"],
            valid_from=row["valid_from"],
            valid_until=row["valid_until"],
            order_reference=row["order_reference"],
            repeated=repeated,
            **_offer(row, named[row["template"]]),
        )
        for row in rows
    ]


def basket(data: BasketShape) -> vouchers.Basket:
    """The order as the rules take it."""
    items = tuple(vouchers.BasketItem(one.product, one.category, one.quantity, one.amount) for one in data.items)
    return vouchers.Basket(data.order_amount, data.shipping_amount, items, data.channel, data.first_order)


def verdict(told: Verdict) -> VerdictShape:
    """Whether one voucher can be used, and why."""
    return VerdictShape(
        voucher=ids.show("vch", told.voucher),
        valid=told.valid,
        discount=told.discount,
        goods=told.goods,
        given=told.given.say() if told.given else None,
        currency=current_tenant().currency,
        reasons=[ReasonShape(rule=one.rule, ok=one.ok, why=one.why.say()) for one in told.reasons],
    )


def voucher(row: Any, *, repeated: bool = False) -> VoucherShape:
    """A voucher for the seller."""
    return VoucherShape(**voucher_fields(row), repeated=repeated)


def voucher_fields(row: Any) -> dict[str, Any]:
    """The fields of a voucher for the seller."""
    same = (
        "code",
        "state",
        "why",
        "issued_at",
        "valid_from",
        "valid_until",
        "reserved_until",
        "order_reference",
        "discount",
    )
    return {
        **{name: row[name] for name in same},
        "id": ids.show("vch", row["id"]),
        "template": ids.show("vtp", row["template"]),
        "member": ids.show("mem", row["member"]),
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


def _offer(row: Any, rows: Rows) -> dict[str, Any]:
    chosen, other = ("en", "zh") if language_of_reader() == "en" else ("zh", "en")
    return {
        **{name: row[name] for name in ("kind", "amount", "percent", "amount_max", "threshold")},
        "name": row[f"name_{chosen}"] or row[f"name_{other}"],
        "notes": row[f"notes_{chosen}"] or row[f"notes_{other}"],
        "given": given_words(row).say() if row["kind"] in GIVEN else "",
        "terms": describing.card(row, rows).terms.say(),
        "currency": current_tenant().currency,
    }


def _reservation_id(value: uuid.UUID | None) -> str | None:
    return None if value is None else ids.show("vrs", value)


def read_member(text: str) -> uuid.UUID:
    """A member's id; a bad one is as unknown as one of nobody."""
    try:
        return ids.read("mem", text)
    except NotFound:
        raise MemberUnknown from None
