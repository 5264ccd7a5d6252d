"""What a voucher takes off an order, and each rule that says whether it may."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, Literal

from tenants.kit.words import Words

if TYPE_CHECKING:
    from datetime import datetime

CENT = Decimal("0.01")
NOTHING = Decimal("0.00")


Rule = Literal["state", "started", "not_over", "threshold", "shipping", "worth"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule, whether it is kept, and why in a sentence."""

    rule: Rule
    ok: bool
    why: Words


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a voucher can be used for an order. `discount` is 0 unless it can."""

    valid: bool
    discount: Decimal
    reasons: tuple[Reason, ...]

    @property
    def objection(self) -> Reason | None:
        """The first rule that says no."""
        return next((reason for reason in self.reasons if not reason.ok), None)


def worth(template: Any, *, order_amount: Decimal, shipping_amount: Decimal | None) -> Decimal:
    """What the template takes off, in the shop's currency with two decimals, never more than there is to pay.

    A percentage is of the goods (`order_amount`, before other discounts and without shipping), rounded half up to
    the cent and then capped; free shipping is what shipping costs.
    """
    if template["kind"] == "free_shipping":
        return shipping_amount or NOTHING
    if template["kind"] == "amount":
        off: Decimal = template["amount"]
    else:
        off = (order_amount * template["percent"] / 100).quantize(CENT, ROUND_HALF_UP)
        if template["amount_max"] is not None:
            off = min(off, template["amount_max"])
    return min(off, order_amount)


def judge(voucher: Any, *, moment: datetime, order_amount: Decimal, shipping_amount: Decimal | None) -> Verdict:
    """Try every rule on a voucher (a row with its template's columns), so that a person sees all that is wrong."""
    state = state_at(voucher, moment)
    discount = worth(voucher, order_amount=order_amount, shipping_amount=shipping_amount)
    threshold = voucher["threshold"] or NOTHING
    reasons = [
        Reason("state", state in {"issued", "expired"}, _STATES[state]),
        _reason("started", voucher["valid_from"] <= moment, yes=_STARTED, no=_NOT_STARTED),
        _reason("not_over", moment < voucher["valid_until"] and state != "expired", yes=_NOT_OVER, no=_OVER),
        Reason(
            "threshold",
            order_amount >= threshold,
            _filled(_THRESHOLD if threshold else _NO_THRESHOLD, threshold=threshold, amount=order_amount),
        ),
    ]
    if voucher["kind"] == "free_shipping":
        reasons.append(_reason("shipping", bool(shipping_amount), yes=_SHIPPING, no=_NO_SHIPPING))
    else:
        reasons.append(_reason("worth", discount > 0, yes=_WORTH, no=_WORTHLESS))
    valid = all(reason.ok for reason in reasons)
    return Verdict(valid, discount if valid else NOTHING, tuple(reasons))


def state_at(voucher: Any, moment: datetime) -> str:
    """The state that a voucher is in at a moment, though nobody may have written down yet that time has passed."""
    state: str = voucher["state"]
    if state == "reserved" and voucher["reserved_until"] <= moment:
        state = "issued"
    if state == "issued" and voucher["valid_until"] <= moment:
        state = "expired"
    return state


# The same as SQL; $1 is the moment.
STATE_AT = """CASE
    WHEN v.state IN ('used', 'revoked', 'expired') OR (v.state = 'reserved' AND v.reserved_until > $1) THEN v.state
    WHEN v.valid_until <= $1 THEN 'expired' ELSE 'issued' END"""


def _reason(rule: Rule, ok: bool, *, yes: Words, no: Words) -> Reason:  # noqa: FBT001  the answer itself
    return Reason(rule, ok, yes if ok else no)


def _filled(words: Words, **facts: object) -> Words:
    return Words(en=words.say("en", **facts), zh=words.say("zh", **facts))


_STATES = {
    "issued": Words(en="It has not been used.", zh="尚未使用。"),
    "expired": Words(en="It has not been used.", zh="尚未使用。"),
    "reserved": Words(en="It is taken by another order.", zh="已被另一笔订单占用。"),
    "used": Words(en="It has been used.", zh="已使用。"),
    "revoked": Words(en="The shop has withdrawn it.", zh="店铺已收回。"),
}
_STARTED = Words(en="Its time has begun.", zh="已到生效时间。")
_NOT_STARTED = Words(en="Its time has not begun.", zh="未到生效时间。")
_NOT_OVER = Words(en="It has not run out.", zh="仍在有效期内。")
_OVER = Words(en="It has run out.", zh="已过有效期。")
_NO_THRESHOLD = Words(en="It needs no least amount.", zh="无使用门槛。")
_THRESHOLD = Words(
    en="The order must come to {threshold} at least; it comes to {amount}.",
    zh="订单金额须满 {threshold}，现为 {amount}。",
)
_SHIPPING = Words(en="Shipping costs something.", zh="订单有运费可减免。")
_NO_SHIPPING = Words(
    en="Say what shipping costs; without that nothing is saved.", zh="请提供运费金额，无运费则无可减免。"
)
_WORTH = Words(en="It takes something off this order.", zh="可抵扣此订单。")
_WORTHLESS = Words(en="It takes nothing off this order.", zh="对此订单没有可抵扣的金额。")
