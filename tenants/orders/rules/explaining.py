"""Why an order gives the points that it gives, line by line, in words; also for an order that is only thought of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from tenants import levels
from tenants.kit import clock
from tenants.kit.words import Words
from tenants.orders.rules.deciding import SHIPPING, Earned, Event, Line, Standing, Terms, decide_in_full
from tenants.orders.rules.finding import events_of
from tenants.orders.rules.refusals import OrderUnknown
from tenants.orders.rules.sharing import proportional
from tenants.orders.rules.terms import kept_terms, plain_terms, todays_terms
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence
    from datetime import datetime

_ONE = Decimal(1)
AWAITS = {
    "paid": Words(en="Points come when the order is paid.", zh="付款后发放积分。"),
    "delivered": Words(en="Points come when the order is delivered.", zh="签收后发放积分。"),
    "completed": Words(en="Points come when the order is completed.", zh="订单完成后发放积分。"),
}
CANCELLED = Words(en="The order was cancelled, so it earns nothing.", zh="订单已取消，不产生积分。")
REFUNDED = Words(
    en="{refunded} of {amount} was refunded; what that part had given was taken back.",
    zh="订单金额 {amount} 已退款 {refunded}，该部分积分已收回。",
)
ROUNDED = {
    "down": Words(en="The sum is rounded down once for the whole order.", zh="整单合计后向下取整。"),
    "half_up": Words(en="The sum is rounded to the nearest point once for the whole order.", zh="整单合计后四舍五入。"),
    "up": Words(en="The sum is rounded up once for the whole order.", zh="整单合计后向上取整。"),
}
ORDER_MAX = Words(en="One order earns at most {most} points.", zh="单笔订单最多 {most} 积分。")
CAPS = {
    "member_day": Words(
        en="{withheld} points were withheld: a member's orders earn at most so many in a day.",
        zh="{withheld} 积分未发放：已达会员每日上限。",
    ),
    "member_month": Words(
        en="{withheld} points were withheld: a member's orders earn at most so many in a month.",
        zh="{withheld} 积分未发放：已达会员每月上限。",
    ),
    "shop_day": Words(
        en="{withheld} points were withheld: the shop's budget for the day is used up.",
        zh="{withheld} 积分未发放：店铺当日预算已用完。",
    ),
    "shop_month": Words(
        en="{withheld} points were withheld: the shop's budget for the month is used up.",
        zh="{withheld} 积分未发放：店铺当月预算已用完。",
    ),
}
PENDING = Words(
    en="They can be spent from {active_at} on, when goods can no longer be sent back.",
    zh="退货期结束后（{active_at}）可使用。",
)
SHORT = Words(
    en="{short} points should have been taken back and were no longer there.", zh="{short} 积分应收回但余额不足。"
)
_EXCLUDED = Words(en="no points (“{rule}”)", zh="不计积分（“{rule}”）")
_SHIPPING = Words(en="shipping {sum}", zh="运费 {sum}")
_LEVEL = Words(en="{sum} × {multiplier} (level)", zh="{sum} × {multiplier}（等级）")
_RULE = Words(en="{sum} × {multiplier} (“{rule}”)", zh="{sum} × {multiplier}（“{rule}”）")
_EXTRA = Words(
    en="{sum} + {extra} for each of {quantity} (“{rule}”)", zh="{sum} + 每件 {extra}（{quantity} 件，“{rule}”）"
)
_LEFT = Words(en="{sum}; {net} of it was not refunded", zh="{sum}；其中 {net} 未退款")


@dataclass(frozen=True, slots=True)
class ExplainedLine:
    """What one line gives and why: `gross` before refunds, `points` after refunds and caps."""

    line: Line
    net: Decimal
    rule: uuid.UUID | None
    gross: int
    points: int
    why: Words


@dataclass(frozen=True, slots=True)
class Explanation:
    """What an order is due, what of it was given, and why; each sentence in both languages."""

    due: int
    capped: int
    given: int
    short: int
    ratio: Decimal
    multiplier: Decimal
    active_at: datetime | None
    lines: tuple[ExplainedLine, ...]
    sentences: tuple[Words, ...]


async def explain_points(order: uuid.UUID) -> Explanation:
    """Why this order gave the points that it gave. Raises OrderUnknown."""
    row = await DB.fetchrow(
        "SELECT id, award_on, points_per_unit, terms, level_multiplier, points_capped, points_given, points_short,"
        " active_at FROM __tenant__.shop_order WHERE id = $1", order)  # fmt: skip
    if row is None:
        raise OrderUnknown
    kept = await kept_terms({row["terms"]} if row["terms"] else ())
    terms = kept.get(row["terms"]) or plain_terms(row["award_on"], row["points_per_unit"])
    multiplier = row["level_multiplier"] or _ONE
    standing = decide_in_full([event for _, _, event, _ in await events_of([order])], terms, multiplier)
    caps = await DB.fetch(
        "SELECT c.cap, u.withheld FROM __tenant__.order_cap_use u JOIN __tenant__.order_cap c ON c.id = u.cap"
        " WHERE u.shop_order = $1 AND u.withheld > 0 ORDER BY c.cap", order)  # fmt: skip
    withheld = [_say(CAPS[cap["cap"]], withheld=cap["withheld"]) for cap in caps] if row["points_capped"] else []
    return _explain(
        standing, terms, multiplier, capped=row["points_capped"], given=row["points_given"], short=row["points_short"],
        active_at=row["active_at"], withheld=withheld)  # fmt: skip


async def preview(
    *, source: str, amount: Decimal, lines: Sequence[Line] = (), shipping: Decimal | None = None,
    tax: Decimal | None = None, level: uuid.UUID | None = None, member: uuid.UUID | None = None,
) -> Explanation:  # fmt: skip
    """What an order that was placed now and came to its end would give, before caps of days and months; writes nothing.

    The level is the one that is named, else the member's. Raises LevelUnknown.
    """
    terms = await todays_terms(source)
    multiplier = _ONE
    if level is not None:
        multiplier = (await levels.find_level(level)).multiplier
    elif member is not None:
        multiplier = (await levels.multipliers_of([member]))[member]
    event = Event("preview", "completed", clock.now(), amount, None, tuple(lines), shipping, tax)
    standing = decide_in_full([event], terms, multiplier)
    return _explain(standing, terms, multiplier, capped=0, given=standing.points, short=0, active_at=None, withheld=[])


def _explain(
    standing: Standing, terms: Terms, multiplier: Decimal, *, capped: int, given: int, short: int,
    active_at: datetime | None, withheld: list[Words],
) -> Explanation:  # fmt: skip
    factor = multiplier if terms.by_level else _ONE
    points = proportional([one.points for one in standing.earned], standing.points - capped)
    earns = standing.awarded_at is not None and standing.state != "cancelled"
    lines = tuple(
        ExplainedLine(
            one.line, one.net, one.bonus.id if one.bonus else None, one.gross, had, _why(one, standing, terms, factor)
        )
        for one, had in zip(standing.earned, points, strict=True)
    )
    sentences = []
    if standing.state == "cancelled":
        sentences.append(CANCELLED)
    elif not earns:
        sentences.append(AWAITS[terms.award_on])
    elif standing.points or standing.refunded:
        sentences.append(ROUNDED[terms.rounding])
        if terms.order_max is not None and sum(one.gross for one in standing.earned) >= terms.order_max:
            sentences.append(_say(ORDER_MAX, most=terms.order_max))
        if standing.refunded:
            sentences.append(_say(REFUNDED, refunded=standing.refunded, amount=standing.amount))
        sentences += withheld
        if active_at is not None and active_at > clock.now() and given:
            sentences.append(_say(PENDING, active_at=f"{active_at:%Y-%m-%d}"))
    if short:
        sentences.append(_say(SHORT, short=short))
    return Explanation(
        standing.points, capped, given, short, terms.points_per_unit, factor, active_at, lines, tuple(sentences)
    )


def _why(one: Earned, standing: Standing, terms: Terms, factor: Decimal) -> Words:
    bonus, ratio = one.bonus, f"{terms.points_per_unit.normalize():f}"
    paid = one.net if standing.refunded == 0 else one.line.amount
    if bonus is not None and bonus.excluded:
        return _say(_EXCLUDED, rule=_named(bonus.name_en, bonus.name_zh))
    why = Words(en=f"{paid} × {ratio}", zh=f"{paid} × {ratio}")
    if one.line.key == SHIPPING:
        why = _say(_SHIPPING, sum=why)
    if factor != 1:
        why = _say(_LEVEL, sum=why, multiplier=f"{factor.normalize():f}")
    if bonus is not None and bonus.multiplier != 1:
        named = _named(bonus.name_en, bonus.name_zh)
        why = _say(_RULE, sum=why, multiplier=f"{bonus.multiplier.normalize():f}", rule=named)
    if bonus is not None and bonus.extra:
        named = _named(bonus.name_en, bonus.name_zh)
        why = _say(_EXTRA, sum=why, extra=bonus.extra, quantity=one.line.quantity, rule=named)
    return why if one.net == paid else _say(_LEFT, sum=why, net=one.net)


def _named(en: str, zh: str) -> Words:
    return Words(en=en or zh, zh=zh or en)


def _say(words: Words, **facts: object) -> Words:
    """A sentence with its facts filled in, in both languages; a fact may itself be words."""
    said = {
        language: words.say(
            language, **{name: fact.say(language) if isinstance(fact, Words) else fact for name, fact in facts.items()}
        )
        for language in ("en", "zh")
    }  # fmt: skip
    return Words(en=said["en"], zh=said["zh"])
