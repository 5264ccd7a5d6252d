"""Why points moved, in words that a member reads in the statement."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from tenants.kit.words import Words, language_of_reader

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tenants.kit.words import Language


class Why(StrEnum):
    """The reason of a movement. New activities add their own; a reason is never taken away again."""

    ORDER = "order"
    ORDER_REFUND = "order_refund"
    CHECK_IN = "check_in"
    FIRST_CHECK_IN = "first_check_in"
    MILESTONE = "milestone"
    BIRTHDAY = "birthday"
    ANNIVERSARY = "anniversary"
    WELCOME = "welcome"
    PROFILE = "profile"
    LEVEL = "level"
    GROWTH = "growth"
    CAMPAIGN = "campaign"
    SURVEY = "survey"
    POLL = "poll"
    REVIEW = "review"
    REFERRAL = "referral"
    FAVOURITE = "favourite"
    SHARE = "share"
    VISIT = "visit"
    LOTTERY = "lottery"
    GAME = "game"
    QUEST = "quest"
    WIN_BACK = "win_back"
    COMPENSATION = "compensation"
    STAFF = "staff"
    API = "api"
    IMPORT = "import"
    SPENT = "spent"
    REDEEMED = "redeemed"
    MALL = "mall"
    MALL_RETURN = "mall_return"
    MAKE_UP = "make_up"
    VOUCHER = "voucher"
    MERGE_OUT = "merge_out"
    MERGE_IN = "merge_in"
    DEBT_REPAID = "debt_repaid"
    EXPIRED = "expired"
    EXPIRY_UNDONE = "expiry_undone"
    REVERSED = "reversed"

    @property
    def words(self) -> Words:
        """The sentence for it."""
        return WHY_WORDS[self]

    def say(self, language: Language | None = None, *, detail: Mapping[str, str] | None = None) -> str:
        """The sentence in `language`, else in that of the current reader, with as many of the facts as it can tell."""
        if detail:
            language = language or language_of_reader()
            # A fact that has a name in each language comes as `level_en` and `level_zh`.
            ending = f"_{language}"
            known = {
                **detail,
                **{key.removesuffix(ending): text for key, text in detail.items() if key.endswith(ending)},
            }
            for words in _DETAILED.get(self, ()):
                if _PLACES[words] <= known.keys():
                    return words.say(language, **known)
        return WHY_WORDS[self].say(language)


WHY_WORDS: dict[Why, Words] = {
    Why.ORDER: Words(en="For an order.", zh="订单奖励。"),
    Why.ORDER_REFUND: Words(en="Taken back because an order was refunded.", zh="订单退款，收回积分。"),
    Why.CHECK_IN: Words(en="For a check-in.", zh="签到奖励。"),
    Why.FIRST_CHECK_IN: Words(en="For the first check-in ever.", zh="首次签到奖励。"),
    Why.MILESTONE: Words(en="For checking in several days in a row.", zh="连续签到里程碑奖励。"),
    Why.BIRTHDAY: Words(en="A birthday gift.", zh="生日礼物。"),
    Why.ANNIVERSARY: Words(en="A gift for another year with us.", zh="周年礼物。"),
    Why.WELCOME: Words(en="A welcome gift.", zh="新会员礼物。"),
    Why.PROFILE: Words(en="For completing the profile.", zh="完善资料奖励。"),
    Why.LEVEL: Words(en="For reaching a new level.", zh="升级奖励。"),
    Why.GROWTH: Words(en="For growing with us.", zh="成长奖励。"),
    Why.CAMPAIGN: Words(en="For taking part in an activity.", zh="活动奖励。"),
    Why.SURVEY: Words(en="For answering a survey.", zh="问卷奖励。"),
    Why.POLL: Words(en="For voting.", zh="投票奖励。"),
    Why.REVIEW: Words(en="For a review.", zh="评价奖励。"),
    Why.REFERRAL: Words(en="For inviting a friend.", zh="邀请好友奖励。"),
    Why.FAVOURITE: Words(en="For adding a favourite.", zh="收藏奖励。"),
    Why.SHARE: Words(en="For sharing.", zh="分享奖励。"),
    Why.VISIT: Words(en="For a visit.", zh="浏览奖励。"),
    Why.LOTTERY: Words(en="Lottery.", zh="抽奖。"),
    Why.GAME: Words(en="Game.", zh="游戏。"),
    Why.QUEST: Words(en="For completing a quest.", zh="任务奖励。"),
    Why.WIN_BACK: Words(en="A gift to welcome you back.", zh="回归礼物。"),
    Why.COMPENSATION: Words(en="To make up for a problem.", zh="问题补偿。"),
    Why.STAFF: Words(en="Given or taken by the shop's staff.", zh="商家员工调整。"),
    Why.API: Words(en="Entered by the shop.", zh="商家系统录入。"),
    Why.IMPORT: Words(en="Brought over from an earlier system.", zh="由原有系统导入。"),
    Why.SPENT: Words(en="Spent.", zh="积分消费。"),
    Why.REDEEMED: Words(en="Exchanged for a reward.", zh="积分兑换。"),
    Why.MALL: Words(en="Exchanged in the points mall.", zh="积分商城兑换。"),
    Why.MALL_RETURN: Words(en="Returned from the points mall.", zh="积分商城退还。"),
    Why.MAKE_UP: Words(en="Spent on a make-up check-in.", zh="补签消耗。"),
    Why.VOUCHER: Words(en="Exchanged for a voucher.", zh="兑换优惠券。"),
    Why.MERGE_OUT: Words(en="Moved to your other account.", zh="转入您的另一账户。"),
    Why.MERGE_IN: Words(en="Moved from your other account.", zh="由您的另一账户转入。"),
    Why.DEBT_REPAID: Words(en="Paid back what was owed.", zh="抵扣欠积分。"),
    Why.EXPIRED: Words(en="Expired.", zh="积分到期。"),
    Why.EXPIRY_UNDONE: Words(en="Expired points were given back.", zh="到期积分已恢复。"),
    Why.REVERSED: Words(en="An earlier entry was reversed.", zh="撤销此前的积分变动。"),
}
# What more a sentence can tell, the most telling first: the first of which all facts are there is said.
_DETAILED: dict[Why, tuple[Words, ...]] = {
    Why.ORDER: (
        Words(
            en="Order {order}: {amount} × {rate} × {multiplier} ({level}).",
            zh="订单 {order}：{amount} × {rate} × {multiplier}（{level}）。",
        ),
        Words(
            en="Order {order}: {amount} × {rate} × {multiplier}.", zh="订单 {order}：{amount} × {rate} × {multiplier}。"
        ),
        Words(
            en="Order {order}: {amount} × {multiplier} ({level}).",
            zh="订单 {order}：{amount} × {multiplier}（{level}）。",
        ),
        Words(en="Order {order}: {amount} × {rate}.", zh="订单 {order}：{amount} × {rate}。"),
        Words(en="Order {order}: {amount} × {multiplier}.", zh="订单 {order}：{amount} × {multiplier}。"),
        Words(en="Order {order}: {amount}.", zh="订单 {order}：{amount}。"),
        Words(en="Order {order}.", zh="订单 {order}。"),
    ),
    Why.ORDER_REFUND: (
        Words(en="Order {order}: {refunded} was refunded.", zh="订单 {order} 退款 {refunded}，收回积分。"),
        Words(en="Order {order} was refunded.", zh="订单 {order} 退款，收回积分。"),
    ),
    Why.CHECK_IN: (
        Words(en="Check-in on {day}, {streak} in a row.", zh="{day} 签到，连续 {streak} 天。"),
        Words(en="Check-in on {day}.", zh="{day} 签到。"),
    ),
    Why.MILESTONE: (Words(en="{streak} check-ins in a row.", zh="连续签到 {streak} 天。"),),
    Why.LEVEL: (Words(en="For reaching {level}.", zh="升级至 {level}。"),),
    Why.CAMPAIGN: (Words(en="“{activity}”.", zh="“{activity}”。"),),
    Why.SURVEY: (Words(en="Survey “{survey}”.", zh="问卷“{survey}”。"),),
    Why.STAFF: (Words(en="By the shop's staff: {reason}", zh="商家员工调整：{reason}"),),
    Why.SPENT: (Words(en="Spent on order {order}.", zh="订单 {order} 抵扣。"),),
    Why.REDEEMED: (Words(en="Exchanged for “{item}”.", zh="兑换“{item}”。"),),
    Why.MALL: (
        Words(en="Exchanged for {quantity} × “{item}”.", zh="兑换“{item}” × {quantity}。"),
        Words(en="Exchanged for “{item}”.", zh="兑换“{item}”。"),
    ),
    Why.MALL_RETURN: (Words(en="“{item}” was returned.", zh="“{item}”已退还。"),),
    Why.MAKE_UP: (Words(en="Made up {day}.", zh="补签 {day}。"),),
    Why.VOUCHER: (Words(en="Exchanged for the voucher “{voucher}”.", zh="兑换优惠券“{voucher}”。"),),
    Why.DEBT_REPAID: (Words(en="Paid back what was owed; {left} still to pay.", zh="抵扣欠积分，还欠 {left}。"),),
    Why.EXPIRED: (
        Words(en="Expired: earned from {from} to {to}.", zh="积分到期：于 {from} 至 {to} 获得。"),
        Words(en="Expired: earned on {from}.", zh="积分到期：于 {from} 获得。"),
    ),
    Why.EXPIRY_UNDONE: (
        Words(en="Expired points were given back, until {until}.", zh="到期积分已恢复，有效期至 {until}。"),
    ),
}
_PLACES = {words: frozenset(re.findall(r"\{(\w+)\}", words.en)) for choices in _DETAILED.values() for words in choices}
