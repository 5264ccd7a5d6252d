"""What becomes of a redemption: paid, sent, done, or given up with everything going back to where it came from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tenants import points
from tenants.kit import clock, facts, ids
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.mall.rules import giving
from tenants.mall.rules.counting import uncount
from tenants.mall.rules.news import RedemptionChange, RedemptionChanged
from tenants.mall.rules.redeeming import Redeemed, redeemed_of
from tenants.mall.rules.refusals import IllegalStep, PaymentDiffers, RedemptionUnknown
from tenants.tenancy import DB
from tenants.tenancy.callers import current_caller

if TYPE_CHECKING:
    import uuid
    from datetime import datetime
    from decimal import Decimal

# From where to where; a payment alone leads out of `reserved` onwards.
STEPS: dict[str, frozenset[str]] = {
    "reserved": frozenset({"cancelled"}),
    "to_ship": frozenset({"shipped", "done", "cancelled"}),
    "shipped": frozenset({"done", "returned"}),
    "done": frozenset({"returned"}),
    "returned": frozenset(),
    "cancelled": frozenset(),
}
STATES = tuple(STEPS)
REASON_MAX = 300
_LATE = "The payment did not come in time."
_ROW = """
SELECT r.*, i.kind, i.benefit, i.voucher_template, i.level, i.level_days, i.name_en, i.name_zh
  FROM __tenant__.mall_redemption r JOIN __tenant__.mall_item i ON i.id = r.item WHERE r.id = $1 FOR UPDATE OF r"""


@dataclass(frozen=True, slots=True)
class Sent:
    """How something was sent."""

    carrier: str = ""
    tracking: str = ""


async def confirm_payment(redemption: uuid.UUID, *, payment: str, amount: Decimal) -> Redeemed:
    """The money has come: the points are spent, and what was redeemed is given or goes to be sent.

    The same payment again changes nothing (`repeated`). One that comes late still counts while the redemption is
    reserved. Raises RedemptionUnknown, PaymentDiffers, IllegalStep, points.HoldOver, and what keeps a voucher from
    being issued.
    """
    row = await _locked(redemption)
    if row["payment"] is not None or amount != row["cash"]:
        if (row["payment"], row["cash"]) == (payment, amount):
            return await _as_it_stands(row)
        raise PaymentDiffers(cash=row["cash"])
    if row["state"] != "reserved":
        raise IllegalStep(before=row["state"], after=giving.first_state(row))
    if row["movement"]:
        await points.confirm(row["movement"])
    [given] = await giving.give([giving.Gift(row["id"], row["member"], row["quantity"], row)])
    if isinstance(given, Exception):
        raise given
    await _step(row, giving.first_state(row), reason="", payment=payment)
    return redeemed_of(await _locked(redemption), codes=given)


async def ship(redemption: uuid.UUID, *, carrier: str = "", tracking: str = "", reason: str = "") -> Redeemed:
    """It is on its way. The same again changes nothing; another carrier or number takes the place of the first.

    Raises RedemptionUnknown, IllegalStep, Invalid.
    """
    row = await _locked(redemption)
    sent = Sent(_short(carrier, "carrier", 50), _short(tracking, "tracking", 100))
    before = await DB.fetchrow(
        "SELECT carrier, tracking FROM __tenant__.mall_delivery WHERE redemption = $1", redemption)  # fmt: skip
    if row["state"] == "shipped":
        if before and Sent(before["carrier"], before["tracking"]) == sent:
            return await _as_it_stands(row)
    elif "shipped" not in STEPS[row["state"]]:
        raise IllegalStep(before=row["state"], after="shipped")
    await DB.fetch(
        "INSERT INTO __tenant__.mall_delivery (redemption, recipient, phone, country, province, city, street, postcode,"
        " carrier, tracking) VALUES ($1, '', '', 'CN', '', '', '', '', $2, $3)"
        " ON CONFLICT (redemption) DO UPDATE SET carrier = EXCLUDED.carrier, tracking = EXCLUDED.tracking",
        redemption, sent.carrier, sent.tracking)  # fmt: skip
    await _step(row, "shipped", reason=_short(reason, "reason", REASON_MAX))
    return redeemed_of(await _locked(redemption), codes=await giving.codes_of(row))


async def complete(redemption: uuid.UUID, *, reason: str = "") -> Redeemed:
    """It has arrived, or was handed over. Again changes nothing. Raises RedemptionUnknown, IllegalStep."""
    row = await _locked(redemption)
    if row["state"] == "done":
        return await _as_it_stands(row)
    if "done" not in STEPS[row["state"]]:
        raise IllegalStep(before=row["state"], after="done")
    await _step(row, "done", reason=_short(reason, "reason", REASON_MAX))
    return redeemed_of(await _locked(redemption), codes=await giving.codes_of(row))


async def cancel(redemption: uuid.UUID, *, reason: str, by_member: uuid.UUID | None = None) -> Redeemed:
    """Give it up before it is sent: points, stock and limits are as before. Again changes nothing.

    With `by_member` it must be that member's own. Raises RedemptionUnknown, IllegalStep, NotReturnable, VoucherGone.
    """
    row = await _locked(redemption)
    if by_member is not None and row["member"] != by_member:
        raise RedemptionUnknown
    return await _give_up(row, "cancelled", reason=reason, restock=True, by_staff=by_member is None)


async def give_back(redemption: uuid.UUID, *, reason: str, restock: bool = True) -> Redeemed:
    """Take back what was sent or given: the points go back to the lots that they came from. Again changes nothing.

    A voucher must be unused, and is revoked. Without `restock` the pieces are lost and go on counting. Raises
    RedemptionUnknown, IllegalStep, NotReturnable, VoucherGone.
    """
    return await _give_up(await _locked(redemption), "returned", reason=reason, restock=restock, by_staff=True)


async def release_due(limit: int) -> tuple[int, datetime | None]:
    """Cancel what was reserved and not paid for in time, at most `limit`; how many, and when the next one is due."""
    due = await DB.fetch(
        "SELECT id FROM __tenant__.mall_redemption WHERE state = 'reserved' AND reserved_until <= $1"
        " ORDER BY reserved_until, id LIMIT $2 FOR UPDATE SKIP LOCKED", clock.now(), limit)  # fmt: skip
    for row in due:
        await cancel(row["id"], reason=_LATE)
    following: datetime | None = await DB.fetchval(
        "SELECT min(reserved_until) FROM __tenant__.mall_redemption WHERE state = 'reserved'")  # fmt: skip
    return len(due), following


async def _give_up(row: Any, state: str, *, reason: str, restock: bool, by_staff: bool) -> Redeemed:
    if row["state"] == state:
        return await _as_it_stands(row)
    if state not in STEPS[row["state"]]:
        raise IllegalStep(before=row["state"], after=state)
    reason = _short(reason, "reason", REASON_MAX)
    await _points_back(row, reason=reason)
    if row["state"] != "reserved":
        await giving.take_back(row, reason=reason, by_staff=by_staff)
    await _step(row, state, reason=reason, counted=not restock)
    if restock:
        await uncount(row)
    return redeemed_of(await _locked(row["id"]))


async def _points_back(row: Any, *, reason: str) -> None:
    if row["movement"] is None:
        return
    if row["state"] == "reserved":
        owner = (await points.release(row["movement"])).member
    else:
        owner = (await points.reverse(row["movement"], once=f"mall-return/{row['id'].hex}", note=reason)).member
    if owner != row["member"]:  # who redeemed lives on in another member since
        await points.pass_on([owner])


async def _step(row: Any, state: str, *, reason: str, payment: str | None = None, counted: bool = True) -> None:
    moment = clock.now()
    await DB.fetch(
        "UPDATE __tenant__.mall_redemption SET state = $2, changed_at = $3, payment = coalesce($4, payment),"
        " reserved_until = NULL, counted = $5 WHERE id = $1", row["id"], state, moment, payment, counted)  # fmt: skip
    await DB.fetch(
        "INSERT INTO __tenant__.mall_event (id, redemption, number, state, reason, recorded_by, at)"
        " SELECT $1, $2, max(number) + 1, $3, $4, $5, $6 FROM __tenant__.mall_event WHERE redemption = $2",
        ids.new(), row["id"], state, reason, current_caller().label, moment)  # fmt: skip
    change = RedemptionChange(
        row["id"], row["member"], row["item"], row["state"], state, row["quantity"], row["points"], row["cash"],
        reason, moment)  # fmt: skip
    await facts.announce(RedemptionChanged((change,)))


async def _locked(redemption: uuid.UUID) -> Any:
    row = await DB.fetchrow(_ROW, redemption)
    if row is None:
        raise RedemptionUnknown
    return row


async def _as_it_stands(row: Any) -> Redeemed:
    return replace(redeemed_of(row, codes=await giving.codes_of(row)), repeated=True)


def _short(text: str, param: str, most: int) -> str:
    kept = text.strip()
    if len(kept) > most or not kept.isprintable():
        raise Invalid(param=param, problem=Words(en=f"use at most {most} characters", zh=f"最多 {most} 个字符"))
    return kept
