"""Using vouchers: an order asks what they would take off, and reserves them, several together or none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from tenants.kit import clock, ids
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.members import MemberBlocked
from tenants.tenancy import DB, current_tenant
from tenants.vouchers.rules import baskets, levelled, templates
from tenants.vouchers.rules.discounts import Candidate
from tenants.vouchers.rules.errors import NotUsable, OtherAmounts, ReservedElsewhere, VoucherUnknown
from tenants.vouchers.rules.history import Event, record
from tenants.vouchers.rules.judging import Asked, Combined, Verdict, combine, state_at
from tenants.vouchers.rules.policy import read_policy

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence
    from decimal import Decimal

    from tenants.vouchers.rules.baskets import Basket

TOGETHER_MAX = 20


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


async def validate(voucher_id: uuid.UUID, basket: Basket, *, member_id: uuid.UUID | None = None) -> Verdict:
    """Say whether a voucher can be used for an order, what it takes off, and of each rule whether it holds.

    Nothing changes. Raises VoucherUnknown (also when it is not this member's), MemberBlocked, Invalid.
    """
    return (await validate_many([voucher_id], basket, member_id=member_id)).verdicts[0]


async def validate_many(
    voucher_ids: Sequence[uuid.UUID], basket: Basket, *, member_id: uuid.UUID | None = None
) -> Combined:
    """The same of several vouchers put together on one order: each one's part, and why one cannot join the others."""
    basket = baskets.checked(basket)
    rows = await _read(_several(voucher_ids), member_id=member_id)
    return combine(await _candidates(rows), await _asked(basket, rows[0]["member"]))


async def reserve(
    voucher_id: uuid.UUID, basket: Basket, *, order_reference: str, member_id: uuid.UUID | None = None,
    ttl_seconds: int | None = None,
) -> Reservation:  # fmt: skip
    """Keep a voucher for one order for `ttl_seconds` (else the shop's default), and fix what it takes off.

    The same order again gets its own reservation. Raises VoucherUnknown, MemberBlocked, NotUsable, ReservedElsewhere,
    OtherAmounts (the same order with other amounts), Invalid.
    """
    return (
        await reserve_many(
            [voucher_id], basket, order_reference=order_reference, member_id=member_id, ttl_seconds=ttl_seconds
        )
    )[0]


async def reserve_many(
    voucher_ids: Sequence[uuid.UUID], basket: Basket, *, order_reference: str, member_id: uuid.UUID | None = None,
    ttl_seconds: int | None = None,
) -> list[Reservation]:  # fmt: skip
    """Keep several vouchers for one order, all or none, beside those that it has already. Raises as `reserve` does."""
    basket = baskets.checked(basket)
    wanted = _several(voucher_ids)
    seconds = await _ttl(ttl_seconds)
    await _lock_order(order_reference, basket)
    rows = await _read(wanted, member_id=member_id, order_reference=order_reference)
    moment = clock.now()
    ours = {
        row["id"]: row
        for row in rows
        if row["order_reference"] == order_reference and state_at(row, moment) in {"reserved", "used"}
    }
    if any((row["order_amount"], row["shipping_amount"]) != (basket.amount, basket.shipping) for row in ours.values()):
        raise OtherAmounts
    fresh = [row for row in rows if row["id"] in wanted and row["id"] not in ours]
    kept = {row["id"]: reservation(row, repeated=True) for row in ours.values()}
    if fresh:
        await DB.fetch(
            "UPDATE __tenant__.voucher_checkout SET order_amount = $2, shipping_amount = $3,"
            " refunded = CASE WHEN $4 THEN refunded ELSE 0 END, returned_at = NULL WHERE reference = $1",
            order_reference, basket.amount, basket.shipping, bool(ours))  # fmt: skip
        for one in await _take(
            fresh, list(ours.values()), basket, order_reference, moment + timedelta(seconds=seconds)
        ):
            kept[one.voucher] = one
    return [kept[voucher_id] for voucher_id in wanted]


async def _take(
    fresh: Sequence[Any], ours: Sequence[Any], basket: Basket, order_reference: str, until: datetime
) -> list[Reservation]:
    moment = clock.now()
    for row in fresh:
        if row["member_state"] != "active":
            raise MemberBlocked
        if state_at(row, moment) == "reserved":
            raise ReservedElsewhere
    asked = await _asked(basket, fresh[0]["member"], kept=await _candidates(ours))
    combined = combine(await _candidates(fresh), asked)
    for verdict in combined.verdicts:
        if verdict.objection:
            raise NotUsable(why=verdict.objection.why, rule=verdict.objection.rule)
    taken = [
        Reservation(ids.new(), verdict.voucher, order_reference, verdict.discount, "reserved", until)
        for verdict in combined.verdicts
    ]
    await DB.fetch(
        "UPDATE __tenant__.voucher v SET state = 'reserved', reservation = a.reservation, reserved_until = $4,"
        " order_reference = $5, order_amount = $6, shipping_amount = $7, discount = a.discount, goods_amount = a.goods"
        " FROM unnest($1::uuid[], $2::uuid[], $3::numeric[], $8::numeric[]) AS a (id, reservation, discount, goods)"
        " WHERE v.id = a.id",
        [one.voucher for one in taken], [one.id for one in taken], [one.discount for one in taken], until,
        order_reference, basket.amount, basket.shipping, [verdict.goods for verdict in combined.verdicts])  # fmt: skip
    lapsed = [ended(row, "released", "lapsed") for row in fresh if row["state"] == "reserved"]
    await record(
        [*lapsed, *(Event(one.voucher, "reserved", "", one.id, order_reference, one.discount) for one in taken)]
    )
    return taken


SELECT = """
SELECT v.id, v.template, v.member, v.state, v.valid_from, v.valid_until, v.reservation, v.reserved_until,
       v.order_reference, v.order_amount, v.shipping_amount, v.goods_amount, v.discount, v.withheld,
       t.kind, t.amount, t.percent, t.amount_max, t.threshold, t.cost, t.given_en, t.given_zh, t.gift_product,
       t.gift_quantity, t.first_order_only, t.stacking, t.stack_group, t.group_max, t.apply_order, t.return_days,
       m.state AS member_state
  FROM __tenant__.voucher v JOIN __tenant__.voucher_template t ON t.id = v.template
  JOIN __tenant__.member m ON m.id = v.member"""


def ended(voucher: Any, kind: str, reason: str) -> Event:
    """What has become of a voucher (a row) and of its order's part in it."""
    return Event(
        voucher["id"], kind, reason, voucher["reservation"], voucher["order_reference"], voucher["discount"],
        voucher["template"], voucher["member"])  # fmt: skip


def reservation(voucher: Any, *, repeated: bool) -> Reservation:
    """What the order of a voucher (a row) has of it."""
    return Reservation(
        voucher["reservation"], voucher["id"], voucher["order_reference"], voucher["discount"], voucher["state"],
        voucher["reserved_until"], repeated)  # fmt: skip


def _several(voucher_ids: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    wanted = list(dict.fromkeys(voucher_ids))
    if not 1 <= len(wanted) <= TOGETHER_MAX:
        raise Invalid(param="vouchers", problem=Words(en="name 1 to 20 vouchers", zh="请提供 1 到 20 张优惠券"))
    return wanted


async def _ttl(asked: int | None) -> int:
    policy = await read_policy()
    seconds = policy.hold_seconds if asked is None else asked
    if not 1 <= seconds <= policy.hold_seconds_max:
        raise Invalid(
            param="ttl_seconds",
            problem=Words(
                en=f"use 1 to {policy.hold_seconds_max:,}", zh=f"请使用 1 到 {policy.hold_seconds_max}"
            ),
        )  # fmt: skip
    return seconds


async def _lock_order(order_reference: str, basket: Basket) -> None:
    """Whoever holds an order's row knows that nobody else puts vouchers on it meanwhile."""
    await DB.fetch(
        "INSERT INTO __tenant__.voucher_checkout AS o (reference, order_amount, shipping_amount, refunded, at)"
        " VALUES ($1, $2, $3, 0, $4) ON CONFLICT (reference) DO UPDATE SET reference = EXCLUDED.reference",
        order_reference, basket.amount, basket.shipping, clock.now())  # fmt: skip


async def _read(
    wanted: list[uuid.UUID], *, member_id: uuid.UUID | None, order_reference: str | None = None
) -> list[Any]:
    """The vouchers, in the order asked for; with an order, those that it has too, and all of them locked."""
    if order_reference is None:
        rows = await DB.fetch(f"{SELECT} WHERE v.id = ANY($1::uuid[])", wanted)
    else:
        rows = await DB.fetch(
            f"{SELECT} WHERE v.id = ANY($1::uuid[]) OR v.order_reference = $2 ORDER BY v.id FOR UPDATE OF v",
            wanted, order_reference)  # fmt: skip
    found = {row["id"]: row for row in rows}
    asked = [found.get(voucher_id) for voucher_id in wanted]
    holders = {row["member"] if row else None for row in asked}
    if None in holders or len(holders) > 1 or member_id not in {None, *holders}:
        raise VoucherUnknown
    if order_reference is None and any(row["member_state"] != "active" for row in rows):
        raise MemberBlocked
    return [row for row in asked if row] + [row for row in rows if row["id"] not in wanted]


async def _candidates(rows: Sequence[Any]) -> list[Candidate]:
    if not rows:
        return []
    named = list({row["template"] for row in rows})
    scopes, hours = await templates.scopes_of(named), await templates.hours_of(named)
    wanted = await levelled.levels_wanted(named)
    return [
        Candidate(
            row,
            scopes.get(row["template"], ()),
            hours.get(row["template"], ()),
            wanted.get(row["template"], frozenset()),
        )
        for row in rows
    ]


async def _asked(basket: Basket, member: uuid.UUID, *, kept: Sequence[Candidate] = ()) -> Asked:
    return Asked(basket, clock.now(), current_tenant().timezone, await levelled.level_of(member), kept)
