"""Whether vouchers can be used for an order, and each rule that says so, with its numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from tenants.kit import clock
from tenants.kit.words import Words
from tenants.vouchers.rules.discounts import NOTHING, Candidate, Left, money_of, worth
from tenants.vouchers.rules.terms import GIVEN

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence
    from datetime import datetime, time

    from tenants.vouchers.rules.baskets import Basket

Rule = Literal[
    "state", "started", "not_over", "outside", "level", "channel", "hours", "first_order", "items", "threshold",
    "shipping", "worth", "stacking",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule, whether it is kept, and why in a sentence."""

    rule: Rule
    ok: bool
    why: Words


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a voucher can be used for an order. `discount` is 0 unless it can; `goods` is what it counts for.

    `given` names the gift or benefit that comes with it.
    """

    voucher: uuid.UUID
    valid: bool
    discount: Decimal
    reasons: tuple[Reason, ...]
    goods: Decimal = NOTHING
    given: Words | None = None

    @property
    def objection(self) -> Reason | None:
        """The first rule that says no."""
        return next((reason for reason in self.reasons if not reason.ok), None)


@dataclass(frozen=True, slots=True)
class Combined:
    """What several vouchers do for one order together. `discount` is that of those that can be used."""

    valid: bool
    discount: Decimal
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """For which order, when, where and by whom vouchers are to be used. `kept` are those that the order has already."""

    basket: Basket
    moment: datetime
    zone: str
    level: uuid.UUID | None = None
    kept: Sequence[Candidate] = ()


def combine(candidates: Sequence[Candidate], asked: Asked) -> Combined:
    """Try every rule on each voucher and put those together that can be used; the answers in the order asked for."""
    left = Left(asked.basket)
    for one in sorted(asked.kept, key=lambda kept: kept.place):
        left.take(one, min(int(one.row["discount"].scaleb(2)), _there(one, left)))
    stacking = _stacking(candidates, asked.kept)
    verdicts: dict[uuid.UUID, Verdict] = {}
    for one in sorted(candidates, key=lambda candidate: candidate.place):
        verdicts[one.row["id"]] = _judge(one, asked, left, stacking.get(one.row["id"]))
    told = tuple(verdicts[one.row["id"]] for one in candidates)
    return Combined(
        all(verdict.valid for verdict in told), sum((verdict.discount for verdict in told), NOTHING), told
    )  # fmt: skip


def _judge(one: Candidate, asked: Asked, left: Left, stacking: Reason | None) -> Verdict:
    goods = money_of(left.came_to(one))
    reasons = [*_standing(one, asked), *_circumstances(one, asked), *_amounts(one, asked, left, goods)]
    if stacking:
        reasons.append(stacking)
    discount = NOTHING
    if all(reason.ok for reason in reasons):
        discount = worth(one, left)
    if one.row["kind"] in {"amount", "percent"}:
        possible = discount > 0 or (not all(reason.ok for reason in reasons) and _could_take(one, left))
        reasons.append(_reason("worth", possible, yes=_WORTH, no=_WORTHLESS))
    valid = all(reason.ok for reason in reasons)
    given = given_words(one.row) if one.row["kind"] in GIVEN else None
    return Verdict(one.row["id"], valid, discount if valid else NOTHING, tuple(reasons), goods, given)


def _standing(one: Candidate, asked: Asked) -> list[Reason]:
    row, moment = one.row, asked.moment
    state = state_at(row, moment)
    reasons = [
        Reason("state", state in {"issued", "expired"}, _STATES[state]),
        _reason("started", row["valid_from"] <= moment, yes=_STARTED, no=_NOT_STARTED),
        _reason("not_over", moment < row["valid_until"] and state != "expired", yes=_NOT_OVER, no=_OVER),
    ]
    if row["kind"] == "external":
        reasons.append(Reason("outside", False, _OUTSIDE))  # noqa: FBT003  the answer itself
    return reasons


def _circumstances(one: Candidate, asked: Asked) -> list[Reason]:
    reasons = []
    if one.levels:
        reasons.append(_reason("level", asked.level in one.levels, yes=_LEVEL, no=_NOT_LEVEL))
    channel = asked.basket.channel
    if any(scope.kind == "channel" for scope in one.scopes):
        told = {"channel": channel or "?"}
        kept = bool(channel) and one.counts("channel", channel)
        reasons.append(Reason("channel", kept, _filled(_CHANNEL if kept else _NOT_CHANNEL, **told)))
    if one.hours:
        here = asked.moment.astimezone(clock.zone(asked.zone))
        kept = any(
            hours.weekday in {None, here.isoweekday()} and _within(here.time(), hours.since, hours.until)
            for hours in one.hours
        )
        reasons.append(_reason("hours", kept, yes=_HOURS, no=_NOT_HOURS))
    if one.row["first_order_only"]:
        no = _FIRST_UNKNOWN if asked.basket.first_order is None else _NOT_FIRST
        reasons.append(_reason("first_order", bool(asked.basket.first_order), yes=_FIRST, no=no))
    return reasons


def _amounts(one: Candidate, asked: Asked, left: Left, goods: Decimal) -> list[Reason]:
    row = one.row
    reasons = []
    if one.by_lines:
        words = _ITEMS if goods else (_NO_ITEMS if asked.basket.items else _ITEMS_UNKNOWN)
        reasons.append(Reason("items", goods > 0, _filled(words, goods=goods)))
    threshold = row["threshold"] or NOTHING
    words = (_THRESHOLD_OF_SOME if one.by_lines else _THRESHOLD) if threshold else _NO_THRESHOLD
    reasons.append(Reason("threshold", goods >= threshold, _filled(words, threshold=threshold, amount=goods)))
    if row["kind"] == "free_shipping":
        reasons.append(_reason("shipping", left.shipping > 0, yes=_SHIPPING, no=_NO_SHIPPING))
    return reasons


def _could_take(one: Candidate, left: Left) -> bool:
    """Whether there would be anything to take off, had no other rule said no."""
    row, there = one.row, left.is_left(one)
    return there > 0 if row["kind"] == "amount" else there * row["percent"] >= 50  # noqa: PLR2004  half a cent


def _stacking(candidates: Sequence[Candidate], kept: Sequence[Candidate]) -> dict[uuid.UUID, Reason]:
    """For each voucher whether it may be used beside the others; nothing where there is only one."""
    everybody = [*kept, *candidates]
    if len(everybody) < 2:  # noqa: PLR2004  alone is alone
        return {}
    alone = [one for one in everybody if one.row["stacking"] == "exclusive"]
    most = {
        group: min(one.row["group_max"] for one in everybody if one.row["stack_group"] == group)
        for group in {one.row["stack_group"] for one in everybody}
    }
    seen = Counter(one.row["stack_group"] for one in kept)
    reasons = {}
    for one in sorted(candidates, key=lambda candidate: candidate.place):
        group = one.row["stack_group"]
        seen[group] += 1
        facts = {"group": group, "most": most[group]}
        if one in alone:
            reasons[one.row["id"]] = Reason("stacking", False, _ALONE)  # noqa: FBT003  the answer itself
        elif alone:
            reasons[one.row["id"]] = Reason("stacking", False, _BESIDE_ALONE)  # noqa: FBT003
        elif seen[group] > most[group]:
            reasons[one.row["id"]] = Reason("stacking", False, _filled(_GROUP_FULL if group else _FULL, **facts))  # noqa: FBT003
        else:
            reasons[one.row["id"]] = Reason("stacking", True, _TOGETHER)  # noqa: FBT003
    return reasons


def _there(one: Candidate, left: Left) -> int:
    return left.shipping if one.row["kind"] == "free_shipping" else left.is_left(one)


def given_words(row: Any) -> Words:
    """What a gift, a benefit or an outside benefit is, in both languages."""
    en, zh = row["given_en"] or row["given_zh"], row["given_zh"] or row["given_en"]
    if row["kind"] != "gift":
        return Words(en=en, zh=zh)
    product, number = row["gift_product"], row["gift_quantity"]
    return Words(en=f"{number} × {en or product}", zh=f"{zh or product} × {number}")


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


def _within(now: time, since: time | None, until: time | None) -> bool:
    return (since is None or since <= now) and (until is None or now < until)


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
_OUTSIDE = Words(en="It is used with its provider, not for an order here.", zh="请在权益提供方处使用，不用于本店订单。")
_LEVEL = Words(en="It is for the member's level.", zh="适用于该会员等级。")
_NOT_LEVEL = Words(en="It is for members of other levels.", zh="不适用于该会员等级。")
_CHANNEL = Words(en="It can be used on {channel}.", zh="可在渠道 {channel} 使用。")
_NOT_CHANNEL = Words(en="It cannot be used on this channel ({channel}).", zh="不可在此渠道（{channel}）使用。")
_HOURS = Words(en="It can be used at this time.", zh="当前时段可用。")
_NOT_HOURS = Words(en="It cannot be used at this time of the week.", zh="当前时段不可用。")
_FIRST = Words(en="It is the member's first order.", zh="是该会员的首单。")
_NOT_FIRST = Words(en="It is for the first order only.", zh="仅限首单使用。")
_FIRST_UNKNOWN = Words(
    en="It is for the first order only; say whether this is one.", zh="仅限首单使用；请说明是否首单（first_order）。"
)
_ITEMS = Words(en="Goods for {goods} count.", zh="适用商品合计 {goods}。")
_NO_ITEMS = Words(en="None of the goods count for it.", zh="订单中没有适用商品。")
_ITEMS_UNKNOWN = Words(
    en="It counts for some goods only; say what the order consists of (items).",
    zh="仅限部分商品；请提供订单商品（items）。",
)
_NO_THRESHOLD = Words(en="It needs no least amount.", zh="无使用门槛。")
_THRESHOLD = Words(
    en="The order must come to {threshold} at least; it comes to {amount}.",
    zh="订单金额须满 {threshold}，现为 {amount}。",
)
_THRESHOLD_OF_SOME = Words(
    en="The goods that count must come to {threshold} at least; they come to {amount}.",
    zh="适用商品金额须满 {threshold}，现为 {amount}。",
)
_SHIPPING = Words(en="Shipping costs something.", zh="订单有运费可减免。")
_NO_SHIPPING = Words(
    en="Say what shipping costs; without that nothing is saved.", zh="请提供运费金额，无运费则无可减免。"
)
_WORTH = Words(en="It takes something off this order.", zh="可抵扣此订单。")
_WORTHLESS = Words(en="It takes nothing off this order.", zh="对此订单没有可抵扣的金额。")
_TOGETHER = Words(en="It can be used together with the others.", zh="可与其他优惠券同时使用。")
_ALONE = Words(en="It cannot be used together with others.", zh="不可与其他优惠券同时使用。")
_BESIDE_ALONE = Words(
    en="Another voucher of this order cannot be used together with any.", zh="订单中另一张优惠券不可与其他券同时使用。"
)
_FULL = Words(en="An order can have at most {most} vouchers of this kind.", zh="每笔订单最多使用 {most} 张此类优惠券。")
_GROUP_FULL = Words(
    en="An order can have at most {most} vouchers of the group “{group}”.",
    zh="每笔订单最多使用 {most} 张“{group}”组的优惠券。",
)
