"""Why points moved, in words that a member reads in the statement."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from tenants.kit.words import Words

if TYPE_CHECKING:
    from tenants.kit.words import Language


class Why(StrEnum):
    """The reason of a movement. New activities add their own; a reason is never taken away again."""

    ORDER = "order"
    ORDER_REFUND = "order_refund"
    CHECK_IN = "check_in"
    MILESTONE = "milestone"
    BIRTHDAY = "birthday"
    WELCOME = "welcome"
    CAMPAIGN = "campaign"
    COMPENSATION = "compensation"
    STAFF = "staff"
    API = "api"
    IMPORT = "import"
    SPENT = "spent"
    REDEEMED = "redeemed"
    MAKE_UP = "make_up"
    EXPIRED = "expired"
    REVERSED = "reversed"

    @property
    def words(self) -> Words:
        """The sentence for it."""
        return WHY_WORDS[self]

    def say(self, language: Language | None = None) -> str:
        """The sentence in `language`, else in that of the current reader."""
        return WHY_WORDS[self].say(language)


WHY_WORDS: dict[Why, Words] = {
    Why.ORDER: Words(en="For an order.", zh="订单奖励。"),
    Why.ORDER_REFUND: Words(en="Taken back because an order was refunded.", zh="订单退款，收回积分。"),
    Why.CHECK_IN: Words(en="For a check-in.", zh="签到奖励。"),
    Why.MILESTONE: Words(en="For checking in several days in a row.", zh="连续签到里程碑奖励。"),
    Why.BIRTHDAY: Words(en="A birthday gift.", zh="生日礼物。"),
    Why.WELCOME: Words(en="A welcome gift.", zh="新会员礼物。"),
    Why.CAMPAIGN: Words(en="For taking part in an activity.", zh="活动奖励。"),
    Why.COMPENSATION: Words(en="To make up for a problem.", zh="问题补偿。"),
    Why.STAFF: Words(en="Given or taken by the shop's staff.", zh="商家员工调整。"),
    Why.API: Words(en="Entered by the shop.", zh="商家系统录入。"),
    Why.IMPORT: Words(en="Brought over from an earlier system.", zh="由原有系统导入。"),
    Why.SPENT: Words(en="Spent.", zh="积分消费。"),
    Why.REDEEMED: Words(en="Exchanged for a reward.", zh="积分兑换。"),
    Why.MAKE_UP: Words(en="Spent on a make-up check-in.", zh="补签消耗。"),
    Why.EXPIRED: Words(en="Expired.", zh="积分到期。"),
    Why.REVERSED: Words(en="An earlier entry was reversed.", zh="撤销此前的积分变动。"),
}
