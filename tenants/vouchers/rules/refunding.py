"""Refunds of a part of an order: what the vouchers had paid of it, and when the order gets its vouchers back.

The order's goods came to `total` before vouchers; a part of `refunded` of them goes back. Vouchers that took money off
the goods had paid the same share of that part, so so much must not be paid out: rounded on the running sum, so that all
parts together come to the discount exactly, in whatever order they arrive. Free shipping, gifts and benefits are of the
whole order and come back with its last part. Then every voucher is free again, as after `give_back`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from tenants.kit import clock, ids
from tenants.kit.errors import Invalid
from tenants.kit.shapes import money as read_money
from tenants.kit.words import Words
from tenants.tenancy import DB
from tenants.vouchers.rules import money
from tenants.vouchers.rules.discounts import NOTHING
from tenants.vouchers.rules.ending import free
from tenants.vouchers.rules.errors import RefundDiffers
from tenants.vouchers.rules.history import Event, record
from tenants.vouchers.rules.using import SELECT

if TYPE_CHECKING:
    import uuid


@dataclass(frozen=True, slots=True)
class Refunded:
    """What a refund means for the vouchers. `withheld` of the part was paid by them and must not be paid out.

    `shipping_withheld` is what free shipping had paid, told with the last part; `returned` are the vouchers that are
    in the member's hands again, or expired.
    """

    order_reference: str
    withheld: Decimal
    shipping_withheld: Decimal = NOTHING
    returned: tuple[uuid.UUID, ...] = ()
    repeated: bool = False


async def refund_part(order_reference: str, *, refunded: Decimal, total: Decimal, once: str) -> Refunded:
    """A part of an order is refunded, once for the occasion; with the last part the vouchers are given back.

    `refunded` and `total` are goods before vouchers, in the shop's currency. An order without vouchers gets zero, and
    nothing is written down. Raises RefundDiffers for an occasion that refunded something else, Invalid.
    """
    part, total = read_money(refunded, param="refunded"), read_money(total, param="total")
    if not total or part > total:
        raise Invalid(
            param="refunded", problem=Words(en="use 0 up to the order's total", zh="请使用 0 到订单总额之间的金额")
        )
    order = await DB.fetchrow(
        "SELECT refunded FROM __tenant__.voucher_checkout WHERE reference = $1 FOR UPDATE", order_reference
    )
    if order is None:
        return Refunded(order_reference, NOTHING)
    earlier = await DB.fetchrow(
        "SELECT order_reference, refunded, total, withheld FROM __tenant__.voucher_refund WHERE once = $1", once
    )
    if earlier:
        if (earlier["order_reference"], earlier["refunded"], earlier["total"]) != (order_reference, part, total):
            raise RefundDiffers
        return Refunded(order_reference, earlier["withheld"], repeated=True)
    so_far = order["refunded"] + part
    vouchers = await DB.fetch(f"{SELECT} WHERE v.order_reference = $1 ORDER BY v.id FOR UPDATE OF v", order_reference)
    shares = {voucher["id"]: _share(voucher, so_far, total) for voucher in vouchers}
    whole = so_far >= total
    withheld = sum((shares[one["id"]] for one in vouchers if one["kind"] != "free_shipping"), NOTHING)
    shipping = sum((shares[one["id"]] for one in vouchers if one["kind"] == "free_shipping"), NOTHING)
    await _write(order_reference, part, total, once=once, withheld=withheld)
    if whole:
        await record([_event(voucher, shares[voucher["id"]], once) for voucher in vouchers if shares[voucher["id"]]])
        await free(vouchers, reason=once)
    else:
        await _withhold(vouchers, shares, once)
    returned = tuple(voucher["id"] for voucher in vouchers) if whole else ()
    return Refunded(order_reference, withheld, shipping, returned)


def _share(voucher: Any, so_far: Decimal, total: Decimal) -> Decimal:
    """How much more of a voucher's discount is gone when so much of the order has been refunded in all."""
    discount: Decimal = voucher["discount"]
    withheld: Decimal = voucher["withheld"]
    if so_far >= total:
        due = discount
    elif voucher["kind"] == "free_shipping":
        due = NOTHING
    else:
        due = (discount * so_far / total).quantize(NOTHING, ROUND_HALF_UP)
    return max(due - withheld, NOTHING)


async def _withhold(vouchers: list[Any], shares: dict[uuid.UUID, Decimal], once: str) -> None:
    touched = [voucher for voucher in vouchers if shares[voucher["id"]]]
    if not touched:
        return
    await DB.fetch(
        "UPDATE __tenant__.voucher v SET withheld = v.withheld + a.share"
        " FROM unnest($1::uuid[], $2::numeric[]) AS a (id, share) WHERE v.id = a.id",
        [voucher["id"] for voucher in touched], [shares[voucher["id"]] for voucher in touched])  # fmt: skip
    # The shop gets its part of the discount back, so the voucher has cost that much less.
    await money.move(
        [
            money.Move(voucher["template"], spent=-shares[voucher["id"]])
            for voucher in touched
            if voucher["state"] == "used"
        ]
    )
    await record([_event(voucher, shares[voucher["id"]], once) for voucher in touched])


async def _write(order_reference: str, part: Decimal, total: Decimal, *, once: str, withheld: Decimal) -> None:
    written = await DB.fetch(
        "INSERT INTO __tenant__.voucher_refund (id, order_reference, refunded, total, withheld, once, at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (once) DO NOTHING RETURNING id",
        ids.new(), order_reference, part, total, withheld, once, clock.now())  # fmt: skip
    if not written:  # another order's refund took the occasion just now
        raise RefundDiffers
    await DB.fetch(
        "UPDATE __tenant__.voucher_checkout SET refunded = refunded + $2,"
        " returned_at = CASE WHEN refunded + $2 >= $3 THEN $4::timestamptz ELSE returned_at END WHERE reference = $1",
        order_reference, part, total, clock.now())  # fmt: skip


def _event(voucher: Any, share: Decimal, once: str) -> Event:
    return Event(
        voucher["id"], "refunded", once, voucher["reservation"], voucher["order_reference"], share,
        voucher["template"], voucher["member"])  # fmt: skip
