"""How an order's vouchers end: confirmed, released, given back; and how the shop takes one away."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tenants.kit import clock
from tenants.tenancy import DB, current_tenant
from tenants.vouchers.rules import money
from tenants.vouchers.rules.errors import (
    OrderUnknown,
    ReservationOver,
    ReservationUnknown,
    UsedAlready,
    VoucherUnknown,
)
from tenants.vouchers.rules.history import Event, record
from tenants.vouchers.rules.using import SELECT, Reservation, ended

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence


async def confirm(reservation_id: uuid.UUID) -> Reservation:
    """The order is paid: the voucher is used. Once only; again changes nothing.

    A reservation whose time has passed still counts as long as nobody else has taken the voucher. Raises
    ReservationUnknown, ReservationOver.
    """
    voucher = await _held(reservation_id)
    if voucher is None:
        await _past(reservation_id)
        raise ReservationOver
    return (await _use([voucher]))[0]


async def confirm_order(order_reference: str) -> list[Reservation]:
    """The order is paid: all its vouchers are used, together. Raises OrderUnknown, ReservationOver if it has none."""
    vouchers = await _of_order(order_reference)
    if not vouchers:
        raise ReservationOver
    return await _use(vouchers)


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
    return (await _let_go([voucher], reason=reason))[0]


async def release_order(order_reference: str, *, reason: str = "") -> list[Reservation]:
    """The order does not use any of its vouchers after all; none the second time.

    Raises OrderUnknown, and ReservationOver when one has been used: then a refund gives them back.
    """
    return await _let_go(await _of_order(order_reference), reason=reason)


async def give_back(order_reference: str, *, reason: str) -> list[uuid.UUID]:
    """Undo all that an order did with vouchers, as after a full refund: used and reserved ones are free again.

    One whose validity has run out becomes expired instead, or is extended where its template says so. Answers with
    the vouchers that changed: none the second time.
    """
    try:
        vouchers = await _of_order(order_reference)
    except OrderUnknown:
        return []
    await free(vouchers, reason=reason)
    if vouchers:
        await DB.fetch(
            "UPDATE __tenant__.voucher_checkout SET returned_at = $2 WHERE reference = $1", order_reference, clock.now()
        )
    return [voucher["id"] for voucher in vouchers]


async def revoke(voucher_id: uuid.UUID, *, reason: str) -> bool:
    """Withdraw a voucher for good; an order that reserved it loses it. Stock and limit stay counted, its money is free.

    Answers whether it changed anything: a second time does not. Raises VoucherUnknown, UsedAlready.
    """
    voucher = await DB.fetchrow(f"{SELECT} WHERE v.id = $1 FOR UPDATE OF v", voucher_id)
    if voucher is None:
        raise VoucherUnknown
    if voucher["state"] == "used":
        raise UsedAlready
    if voucher["state"] == "revoked":
        return False
    await _clear([voucher], state="revoked")
    if voucher["state"] != "expired":
        await money.move([money.opened(voucher, -1)])
    await record([ended(voucher, "revoked", reason)])
    return True


async def free(vouchers: Sequence[Any], *, reason: str) -> None:
    """Have vouchers (rows, locked) of an order be free again: released if reserved, given back if used."""
    events: list[Event] = []
    moves: list[money.Move] = []
    over: list[Any] = []
    good: list[Any] = []
    extended: list[Any] = []
    for voucher in vouchers:
        was_used = voucher["state"] == "used"
        events.append(ended(voucher, "returned" if was_used else "released", reason))
        if was_used:
            moves += [money.used(voucher, voucher["discount"] - voucher["withheld"], -1), money.opened(voucher)]
        if voucher["valid_until"] > clock.now():
            good.append(voucher)
        elif was_used and voucher["return_days"]:
            good.append(voucher)
            extended.append(voucher)
            events.append(Event(voucher["id"], "extended"))
        else:
            over.append(voucher)
            moves.append(money.opened(voucher, -1))
            events.append(Event(voucher["id"], "expired", template=voucher["template"], member=voucher["member"]))
    await _clear(good, state="issued")
    await _clear(over, state="expired")
    await _extend(extended)
    await money.move(moves)
    await record(events)


async def _extend(vouchers: Sequence[Any]) -> None:
    if vouchers:
        zone = current_tenant().timezone
        today = clock.today(zone)
        await DB.fetch(
            "UPDATE __tenant__.voucher v SET valid_until = a.until FROM unnest($1::uuid[], $2::timestamptz[])"
            " AS a (id, until) WHERE v.id = a.id",
            [voucher["id"] for voucher in vouchers],
            [clock.local(zone, today + timedelta(days=voucher["return_days"])) for voucher in vouchers])  # fmt: skip


async def _use(vouchers: Sequence[Any]) -> list[Reservation]:
    fresh = [voucher for voucher in vouchers if voucher["state"] != "used"]
    if fresh:
        await DB.fetch(
            "UPDATE __tenant__.voucher SET state = 'used', used_at = $2, reserved_until = NULL"
            " WHERE id = ANY($1::uuid[])", [voucher["id"] for voucher in fresh], clock.now())  # fmt: skip
        await money.move(
            [
                part
                for voucher in fresh
                for part in (
                    money.opened(voucher, -1),
                    money.used(voucher, voucher["discount"] - voucher["withheld"]),
                )
            ]
        )
        await record([ended(voucher, "used", "") for voucher in fresh])
    return [
        Reservation(
            voucher["reservation"], voucher["id"], voucher["order_reference"], voucher["discount"], "used",
            repeated=voucher["state"] == "used",
        )
        for voucher in vouchers
    ]  # fmt: skip


async def _let_go(vouchers: Sequence[Any], *, reason: str) -> list[Reservation]:
    if any(voucher["state"] == "used" for voucher in vouchers):
        raise ReservationOver
    await free(vouchers, reason=reason)
    return [
        Reservation(
            voucher["reservation"], voucher["id"], voucher["order_reference"], voucher["discount"], "released"
        )
        for voucher in vouchers
    ]  # fmt: skip


async def _of_order(order_reference: str) -> list[Any]:
    """The vouchers that an order has, locked, after the order itself."""
    order = await DB.fetchval(
        "SELECT reference FROM __tenant__.voucher_checkout WHERE reference = $1 FOR UPDATE", order_reference
    )
    if order is None:
        raise OrderUnknown
    return await DB.fetch(f"{SELECT} WHERE v.order_reference = $1 ORDER BY v.id FOR UPDATE OF v", order_reference)


async def _held(reservation_id: uuid.UUID) -> Any:
    return await DB.fetchrow(f"{SELECT} WHERE v.reservation = $1 FOR UPDATE OF v", reservation_id)


async def _past(reservation_id: uuid.UUID) -> Any:
    past = await DB.fetchrow(
        "SELECT voucher, max(order_reference) AS order_reference, max(discount) AS discount,"
        " array_agg(kind) AS kinds FROM __tenant__.voucher_event WHERE reservation = $1 GROUP BY voucher",
        reservation_id)  # fmt: skip
    if past is None:
        raise ReservationUnknown
    return past


async def _clear(vouchers: Sequence[Any], *, state: str) -> None:
    if vouchers:
        await DB.fetch(
            "UPDATE __tenant__.voucher SET state = $2, reservation = NULL, reserved_until = NULL,"
            " order_reference = NULL, order_amount = NULL, shipping_amount = NULL, goods_amount = NULL,"
            " discount = NULL, withheld = 0, used_at = NULL WHERE id = ANY($1::uuid[])",
            [voucher["id"] for voucher in vouchers], state)  # fmt: skip
