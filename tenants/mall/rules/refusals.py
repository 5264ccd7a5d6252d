"""How the mall says no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants.kit.errors import Conflict, NotFound, Refused
from tenants.kit.words import Words

if TYPE_CHECKING:
    from tenants.kit.words import Language

PERIOD_WORDS: dict[str, Words] = {
    "ever": Words(en="in all", zh="总共"),
    "day": Words(en="a day", zh="每天"),
    "week": Words(en="a week", zh="每周"),
    "month": Words(en="a month", zh="每月"),
}


class ItemUnknown(NotFound):
    """There is no such item, or members cannot see it yet."""

    code = "mall.item_unknown"
    sentence = Words(en="There is no such item in the mall.", zh="商城里没有这件商品。")


class CategoryUnknown(NotFound):
    """There is no such category."""

    code = "mall.category_unknown"
    sentence = Words(en="There is no such category in the mall.", zh="商城里没有这个分类。")


class RedemptionUnknown(NotFound):
    """There is no such redemption, or it is another member's."""

    code = "mall.redemption_unknown"
    sentence = Words(en="There is no such redemption.", zh="没有这条兑换记录。")


class AddressUnknown(NotFound):
    """The member has no such address."""

    code = "mall.address_unknown"
    sentence = Words(en="The member has no such address. Choose another.", zh="会员没有这个地址，请另选。")


class NotOnOffer(Refused):
    """The item is a draft, paused or over, or its time has not come."""

    code = "mall.not_on_offer"
    sentence = Words(en="This item cannot be had just now.", zh="该商品目前不可兑换。")


class NotForLevel(Refused):
    """The item is for members of other levels."""

    code = "mall.not_for_level"
    sentence = Words(en="This item is for members of other levels.", zh="您当前的等级不能兑换该商品。")


class SoldOut(Refused):
    """There are not as many left; `left` says how many are."""

    code = "mall.sold_out"
    sentence = Words(en="Of this item {left} are left.", zh="该商品库存不足，仅剩 {left} 件。")


class QuotaReached(Refused):
    """What may go out in this period has gone."""

    code = "mall.quota_reached"
    sentence = Words(
        en="Of this item {left} are left for now. Try again later.", zh="该商品本期名额仅剩 {left} 件，请下期再来。"
    )


class LimitReached(Refused):
    """The member has had as many as one may have."""

    code = "mall.limit_reached"
    sentence = Words(
        en="A member can have {limit} of this item {period}; {left} more now.",
        zh="每位会员{period}限兑 {limit} 件，现还可兑 {left} 件。",
    )

    def __init__(self, *, limit: int, period: str, left: int) -> None:
        super().__init__(limit=limit, period=period, left=left)

    def say(self, language: Language | None = None) -> str:
        """The sentence with the period said in the same language."""
        period = PERIOD_WORDS[str(self.facts["period"])].say(language)
        return self.sentence.say(language, **{**self.facts, "period": period})


class AddressNeeded(Refused):
    """Goods that are sent need an address."""

    code = "mall.address_needed"
    sentence = Words(en="Say where this item is to be sent.", zh="请填写收货地址。")


class OrderNeeded(Refused):
    """Goods that go along with an order need one."""

    code = "mall.order_needed"
    sentence = Words(en="This item is sent along with an order. Name the order.", zh="该商品随订单发货，请提供订单号。")


class OnceDiffers(Conflict):
    """This reference has redeemed something else."""

    code = "mall.once_differs"
    sentence = Words(
        en="This reference has redeemed another item or number already. Use a new one.",
        zh="该编号已用于兑换其他商品或数量，请换用新的编号。",
    )


class StockOnceDiffers(Conflict):
    """This reference has changed a stock otherwise."""

    code = "mall.stock_once_differs"
    sentence = Words(
        en="This reference has changed a stock in another way already. Use a new one.",
        zh="该编号已用于其他库存变动，请换用新的编号。",
    )


class StockBelowTaken(Refused):
    """The stock cannot be smaller than what has gone."""

    code = "mall.stock_below_taken"
    sentence = Words(
        en="{taken} have been redeemed; the stock cannot be less.", zh="已兑换 {taken} 件，库存不能少于此数。"
    )


class TermsFrozen(Refused):
    """What an item is cannot change once somebody has it."""

    code = "mall.terms_frozen"
    sentence = Words(
        en="This item has been redeemed, so {field} cannot change. Make a new item.",
        zh="该商品已有兑换记录，不能再修改 {field}，请新建商品。",
    )


class ItemEnded(Refused):
    """An item that has ended does not come back."""

    code = "mall.item_ended"
    sentence = Words(en="This item has ended. Make a new one.", zh="该商品已结束，请新建商品。")


class IllegalStep(Conflict):
    """A redemption does not go from where it stands to where it was to go."""

    code = "mall.illegal_step"
    sentence = Words(
        en="The redemption is “{before}” and cannot become “{after}”.",
        zh="该兑换当前为“{before}”，不能变更为“{after}”。",
    )

    def __init__(self, *, before: str, after: str) -> None:
        super().__init__(before=before, after=after)

    def say(self, language: Language | None = None) -> str:
        """The sentence with both states in the same language."""
        before, after = (STATE_WORDS[str(self.facts[name])].say(language) for name in ("before", "after"))
        return self.sentence.say(language, before=before, after=after)


STATE_WORDS: dict[str, Words] = {
    "reserved": Words(en="Awaiting payment", zh="待付款"),
    "to_ship": Words(en="To be sent", zh="待发货"),
    "shipped": Words(en="Sent", zh="已发货"),
    "done": Words(en="Done", zh="已完成"),
    "returned": Words(en="Returned", zh="已退还"),
    "cancelled": Words(en="Cancelled", zh="已取消"),
}


class PaymentDiffers(Conflict):
    """Another payment has paid for it, or with another amount."""

    code = "mall.payment_differs"
    sentence = Words(
        en="This redemption costs {cash}, or another payment has paid for it.",
        zh="该兑换应付 {cash}，或已由另一笔支付完成。",
    )


class VoucherGone(Refused):
    """What has been used is not taken back."""

    code = "mall.voucher_gone"
    sentence = Words(
        en="The voucher of this redemption has been used, or its time is over; it cannot be returned.",
        zh="该兑换的优惠券已使用、占用或过期，不能退还。",
    )


class NotReturnable(Refused):
    """What has been enjoyed is not taken back."""

    code = "mall.not_returnable"
    sentence = Words(
        en="A code or a level that was given out cannot be returned. Please contact the shop.",
        zh="已发放的卡密或等级权益不能退还，请联系商家。",
    )
