"""The ways in which vouchers say no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants.kit.errors import Conflict, NotFound, Refused, TooOften
from tenants.kit.words import Words

if TYPE_CHECKING:
    from tenants.kit.words import Language


class TemplateUnknown(NotFound):
    """There is no such template."""

    code = "voucher_template.unknown"
    sentence = Words(en="There is no such voucher template.", zh="没有这个优惠券模板。")


class VoucherUnknown(NotFound):
    """No such voucher, somebody else's, or no code at all: all look the same."""

    code = "voucher.unknown"
    sentence = Words(en="There is no such voucher. Check the code.", zh="没有这张优惠券，请核对券码。")


class ReservationUnknown(NotFound):
    """There never was such a reservation."""

    code = "voucher.reservation_unknown"
    sentence = Words(en="There is no such reservation.", zh="没有这条优惠券占用记录。")


class TooManyTries(TooOften):
    """Too many codes were wrong; it heals by itself."""

    code = "voucher.too_many_tries"
    sentence = Words(
        en="Too many wrong codes. Try again in {seconds} s.", zh="券码错误次数过多，请在 {seconds} 秒后重试。"
    )


class OutOfStock(Refused):
    """All have been issued."""

    code = "voucher.out_of_stock"
    sentence = Words(en="All of these vouchers have been given out.", zh="优惠券已被领完。")


class LimitReached(Refused):
    """The member has had as many as one may have."""

    code = "voucher.limit_reached"
    sentence = Words(
        en="A member can have at most {limit} of these vouchers.", zh="每位会员最多可获得 {limit} 张此优惠券。"
    )


class TemplateNotActive(Refused):
    """The template is a draft, paused or ended, or its vouchers would have run out already."""

    code = "voucher_template.not_active"
    sentence = Words(en="These vouchers are not being given out now.", zh="此优惠券目前不发放。")


class NotClaimable(Refused):
    """Members cannot take this one themselves, or not now."""

    code = "voucher.not_claimable"
    sentence = Words(en="This voucher cannot be claimed now.", zh="此优惠券目前不可领取。")


class OtherOccasion(Conflict):
    """The occasion has been used for another template or member."""

    code = "voucher.occasion_used"
    sentence = Words(en="This occasion has issued another voucher already.", zh="该事由已用于发放另一张优惠券。")


class TermsFrozen(Refused):
    """What a voucher is worth cannot change once somebody holds one."""

    code = "voucher_template.terms_frozen"
    sentence = Words(
        en="Vouchers have been issued, so {field} cannot change. Make a new template.",
        zh="优惠券已发放，不能再修改 {field}。请新建模板。",
    )


class StockBelowIssued(Refused):
    """The stock cannot be smaller than what has been issued."""

    code = "voucher_template.stock_below_issued"
    sentence = Words(
        en="{issued} vouchers have been issued; the stock cannot be less.", zh="已发放 {issued} 张，库存不能少于此数。"
    )


class TemplateEnded(Refused):
    """An ended template does not come back."""

    code = "voucher_template.ended"
    sentence = Words(en="This template has ended. Make a new one.", zh="此模板已结束，请新建模板。")


class NotUsable(Refused):
    """The voucher cannot be used for this order; `why` is the first rule that says no."""

    code = "voucher.not_usable"
    sentence = Words(en="The voucher cannot be used: {why}", zh="此优惠券不能使用：{why}")

    def __init__(self, *, why: Words, rule: str) -> None:
        super().__init__(why=why, rule=rule)

    def say(self, language: Language | None = None) -> str:
        """The sentence with the reason said in the same language."""
        why = self.facts["why"]
        return self.sentence.say(language, why=why.say(language) if isinstance(why, Words) else why)


class ReservedElsewhere(Conflict):
    """Another order has it."""

    code = "voucher.reserved"
    sentence = Words(en="This voucher is taken by another order.", zh="此优惠券已被另一笔订单占用。")


class OtherAmounts(Conflict):
    """The same order reserved it with other amounts."""

    code = "voucher.reserved_otherwise"
    sentence = Words(
        en="This order reserved the voucher with other amounts. Release it first.",
        zh="该订单曾以不同金额占用此优惠券，请先释放。",
    )


class ReservationOver(Conflict):
    """The reservation has ended in another way than is asked for now."""

    code = "voucher.reservation_over"
    sentence = Words(en="This reservation is over. Reserve the voucher again.", zh="此占用已结束，请重新占用优惠券。")


class UsedAlready(Refused):
    """A used voucher is given back by a refund, not revoked."""

    code = "voucher.used"
    sentence = Words(en="This voucher has been used.", zh="此优惠券已使用。")


class BudgetSpent(Refused):
    """What is left of the budget does not cover one more."""

    code = "voucher.budget_spent"
    sentence = Words(en="The budget of these vouchers is used up.", zh="此优惠券的预算已用完。")


class PeriodLimitReached(Refused):
    """The member, or everybody together, has had as many as a day, a week or a month allows."""

    code = "voucher.period_limit_reached"
    sentence = Words(
        en="No more than {limit} of these vouchers go out per {period}. Try again later.",
        zh="此优惠券每{period}最多 {limit} 张，请稍后再来。",
    )

    def __init__(self, *, limit: int, period: Words) -> None:
        super().__init__(limit=limit, period=period)

    def say(self, language: Language | None = None) -> str:
        """The sentence with the period said in the same language."""
        period = self.facts["period"]
        told = period.say(language) if isinstance(period, Words) else period
        return self.sentence.say(language, **{**self.facts, "period": told})


class AgentLimitReached(Refused):
    """An agent has given out as many as one may in a day."""

    code = "voucher.agent_limit_reached"
    sentence = Words(
        en="An agent can give out at most {limit} vouchers a day. Ask an owner.",
        zh="客服每天最多发放 {limit} 张优惠券，请联系店主。",
    )


class NotForLevel(Refused):
    """The voucher is for members of other levels."""

    code = "voucher.not_for_level"
    sentence = Words(en="This voucher is for members of other levels.", zh="此优惠券仅限指定等级的会员。")


class NotTransferable(Refused):
    """The template does not allow it, or it has been handed on once."""

    code = "voucher.not_transferable"
    sentence = Words(en="This voucher cannot be handed on.", zh="此优惠券不可转赠。")


class BatchUnknown(NotFound):
    """There is no such batch."""

    code = "voucher_batch.unknown"
    sentence = Words(en="There is no such batch of codes.", zh="没有这个券码批次。")


class OtherBatch(Conflict):
    """The occasion has made another batch."""

    code = "voucher_batch.occasion_used"
    sentence = Words(en="This occasion has made another batch already.", zh="该事由已用于生成另一批券码。")


class CodesTaken(Conflict):
    """Some of the codes are in use; nothing was taken in."""

    code = "voucher_batch.codes_taken"
    sentence = Words(en="{count} of these codes are in use already.", zh="其中 {count} 个券码已被使用。")


class NotAPool(Refused):
    """Codes can be brought into templates of outside benefits only."""

    code = "voucher_template.not_a_pool"
    sentence = Words(
        en="Codes can be brought in for outside benefits only.", zh="仅“外部权益”类型的模板可以导入外部券码。"
    )


class UsedOutside(Refused):
    """An outside benefit is not used for an order here."""

    code = "voucher.used_outside"
    sentence = Words(en="This benefit is used with its provider.", zh="此权益请在其提供方处使用。")


class RefundDiffers(Conflict):
    """The occasion has refunded something else."""

    code = "voucher.refund_differs"
    sentence = Words(en="This occasion has refunded another amount already.", zh="该事由已用于另一笔退款金额。")


class OrderUnknown(NotFound):
    """The order has no vouchers reserved or used."""

    code = "voucher.order_unknown"
    sentence = Words(en="No vouchers are kept for this order.", zh="该订单没有占用优惠券。")
