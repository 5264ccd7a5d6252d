"""Using vouchers: an order reserves one, then confirms or releases it; a full refund gives it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from tenants.kit import clock, ids
from tenants.kit.errors import Invalid
from tenants.kit.shapes import money
from tenants.kit.words import Words
from tenants.members import MemberBlocked
from tenants.tenancy import DB
from tenants.vouchers.rules.discounts import Verdict, judge, state_at
from tenants.vouchers.rules.errors import (
    NotUsable,
    OtherAmounts,
    ReservationOver,
    ReservationUnknown,
    ReservedElsewhere,
    UsedAlready,
    VoucherUnknown,
)
from tenants.vouchers.rules.history import Event, record

if TYPE_CHECKING:
    import uuid
    from decimal import Decimal

HOLD_SECONDS = 900
HOLD_SECONDS_MAX = 86_400


@dataclass(frozen=True, slots=True)
class Reservation:
    """What an order has of a voucher. `state`: reserved, used or released; `repeated`: it was so before."""

    id: uuid.UUID
    voucher: uuid.UUID
    order_reference: str
    discount: Decimal
    state: Literal["reserved", "used", "released"]
    reserved_until: datetime | None = None
    repeated: bool = False


async def validate(
    voucher_id: uuid.UUID, *, order_amount: Decimal, shipping_amount: Decimal | None = None,
    member_id: uuid.UUID | None = None,
) -> Verdict:  # fmt: skip
    """Say whether a voucher can be used for an order of this amount, what it takes off, and why; nothing changes.

    Amounts in the shop's currency. Raises VoucherUnknown (also when it is not this member's), MemberBlocked, Invalid.
    """
    voucher = await _read(voucher_id, member_id=member_id, lock="")
    _check_holder(voucher)
    return judge(voucher, moment=clock.now(), **_amounts(order_amount, shipping_amount))


async def reserve(
    voucher_id: uuid.UUID, *, order_reference: str, order_amount: Decimal, shipping_amount: Decimal | None = None,
    member_id: uuid.UUID | None = None, ttl_seconds: int = HOLD_SECONDS,
) -> Reservation:  # fmt: skip
    """Keep a voucher for one order for `ttl_seconds` (1 to 86,400), and fix what it takes off.

    The same order again gets its own reservation. Raises VoucherUnknown, MemberBlocked, NotUsable, ReservedElsewhere,
    OtherAmounts (the same order with other amounts), Invalid.
    """
    if not 1 <= ttl_seconds <= HOLD_SECONDS_MAX:
        raise Invalid(param="ttl_seconds", problem=Words(en="use 1 to 86,400", zh="请使用 1 到 86400"))
    amounts = _amounts(order_amount, shipping_amount)
    voucher = await _read(voucher_id, member_id=member_id, lock="FOR UPDATE OF v")
    moment = clock.now()
    state = state_at(voucher, moment)
    if state in {"reserved", "used"} and voucher["order_reference"] == order_reference:
        if any(voucher[name] != amount for name, amount in amounts.items()):
            raise OtherAmounts
        return _reservation(voucher, repeated=True)
    _check_holder(voucher)
    if state == "reserved":
        raise ReservedElsewhere
    verdict = judge(voucher, moment=moment, **amounts)
    if verdict.objection:
        raise NotUsable(why=verdict.objection.why, rule=verdict.objection.rule)
    kept = Reservation(
        ids.new(), voucher_id, order_reference, verdict.discount, "reserved", moment + timedelta(seconds=ttl_seconds)
    )
    events = [Event(voucher_id, "reserved", "", kept.id, order_reference, kept.discount)]
    if voucher["state"] == "reserved":  # an older order let its time pass
        events.insert(0, _ended(voucher, "released", "lapsed"))
    await DB.fetch(
        "UPDATE __tenant__.voucher SET state = 'reserved', reservation = $2, reserved_until = $3, order_reference = $4,"
        " order_amount = $5, shipping_amount = $6, discount = $7 WHERE id = $1",
        voucher_id, kept.id, kept.reserved_until, order_reference, amounts["order_amount"],
        amounts["shipping_amount"], kept.discount)  # fmt: skip
    await record(events)
    return kept


async def confirm(reservation_id: uuid.UUID) -> Reservation:
    """The order is paid: the voucher is used. Once only; again changes nothing.

    A reservation whose time has passed still counts as long as nobody else has taken the voucher. Raises
    ReservationUnknown, ReservationOver.
    """
    voucher = await _held(reservation_id)
    if voucher is None:
        await _past(reservation_id)
        raise ReservationOver
    if voucher["state"] == "used":
        return _reservation(voucher, repeated=True)
    await DB.fetch(
        "UPDATE __tenant__.voucher SET state = 'used', used_at = $2, reserved_until = NULL WHERE id = $1",
        voucher["id"], clock.now())  # fmt: skip
    await record([_ended(voucher, "used", "")])
    return Reservation(reservation_id, voucher["id"], voucher["order_reference"], voucher["discount"], "used")


async def release(reservation_id: uuid.UUID, *, reason: str = "") -> Reservation:
    """The order does not use the voucher after all: it is free again, or expired when its time has run out.

    Again changes nothing. Raises ReservationUnknown, and ReservationOver when the voucher has been used.
    """
    voucher = await _held(reservation_id)
    if voucher is None:
        past = await _past(reservation_id)
        if "used" in past["kinds"]:
            raise ReservationOver
        return Reservation(
            reservation_id, past["voucher"], past["order_reference"], past["discount"], "released", repeated=True
        )
    if voucher["state"] == "used":
        raise ReservationOver
    await _free(voucher, kind="released", reason=reason)
    return Reservation(reservation_id, voucher["id"], voucher["order_reference"], voucher["discount"], "released")


async def give_back(order_reference: str, *, reason: str) -> list[uuid.UUID]:
    """Undo all that an order did with vouchers, as after a full refund: used and reserved ones are free again.

    One whose validity has run out becomes expired instead. Answers with the vouchers that changed: none the second
    time.
    """
    vouchers = await DB.fetch(
        f"{_SELECT} WHERE v.order_reference = $1 ORDER BY v.id FOR UPDATE OF v",
        order_reference)  # fmt: skip
    for voucher in vouchers:
        await _free(voucher, kind="returned" if voucher["state"] == "used" else "released", reason=reason)
    return [voucher["id"] for voucher in vouchers]


async def revoke(voucher_id: uuid.UUID, *, reason: str) -> bool:
    """Withdraw a voucher for good; an order that reserved it loses it. Stock and limit stay counted.

    Answers whether it changed anything: a second time does not. Raises VoucherUnknown, UsedAlready.
    """
    voucher = await _read(voucher_id, member_id=None, lock="FOR UPDATE OF v")
    if voucher["state"] == "used":
        raise UsedAlready
    if voucher["state"] == "revoked":
        return False
    await _clear(voucher_id, state="revoked")
    await record([_ended(voucher, "revoked", reason)])
    return True


_SELECT = """
SELECT v.id, v.template, v.member, v.state, v.valid_from, v.valid_until, v.reservation, v.reserved_until,
       v.order_reference, v.order_amount, v.shipping_amount, v.discount,
       t.kind, t.amount, t.percent, t.amount_max, t.threshold, m.state AS member_state
  FROM __tenant__.voucher v JOIN __tenant__.voucher_template t ON t.id = v.template
  JOIN __tenant__.member m ON m.id = v.member"""


async def _read(voucher_id: uuid.UUID, *, member_id: uuid.UUID | None, lock: str) -> Any:
    voucher = await DB.fetchrow(f"{_SELECT} WHERE v.id = $1 {lock}", voucher_id)
    if voucher is None or member_id not in {None, voucher["member"]}:
        raise VoucherUnknown
    return voucher


def _check_holder(voucher: Any) -> None:
    if voucher["member_state"] != "active":
        raise MemberBlocked


async def _held(reservation_id: uuid.UUID) -> Any:
    return await DB.fetchrow(f"{_SELECT} WHERE v.reservation = $1 FOR UPDATE OF v", reservation_id)


async def _past(reservation_id: uuid.UUID) -> Any:
    past = await DB.fetchrow(
        "SELECT voucher, max(order_reference) AS order_reference, max(discount) AS discount,"
        " array_agg(kind) AS kinds FROM __tenant__.voucher_event WHERE reservation = $1 GROUP BY voucher",
        reservation_id)  # fmt: skip
    if past is None:
        raise ReservationUnknown
    return past


async def _free(voucher: Any, *, kind: str, reason: str) -> None:
    over = voucher["valid_until"] <= clock.now()
    await _clear(voucher["id"], state="expired" if over else "issued")
    events = [_ended(voucher, kind, reason)]
    if over:
        events.append(Event(voucher["id"], "expired"))
    await record(events)


async def _clear(voucher_id: uuid.UUID, *, state: str) -> None:
    await DB.fetch(
        "UPDATE __tenant__.voucher SET state = $2, reservation = NULL, reserved_until = NULL, order_reference = NULL,"
        " order_amount = NULL, shipping_amount = NULL, discount = NULL, used_at = NULL WHERE id = $1",
        voucher_id, state)  # fmt: skip


def _ended(voucher: Any, kind: str, reason: str) -> Event:
    return Event(voucher["id"], kind, reason, voucher["reservation"], voucher["order_reference"], voucher["discount"])


def _reservation(voucher: Any, *, repeated: bool) -> Reservation:
    return Reservation(
        voucher["reservation"], voucher["id"], voucher["order_reference"], voucher["discount"], voucher["state"],
        voucher["reserved_until"], repeated)  # fmt: skip


def _amounts(order_amount: Decimal, shipping_amount: Decimal | None) -> dict[str, Any]:
    return {
        "order_amount": money(order_amount, param="order_amount"),
        "shipping_amount": None if shipping_amount is None else money(shipping_amount, param="shipping_amount"),
    }
