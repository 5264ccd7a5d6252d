"""Why a member's level moved, and why something counted, in words for the member."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from tenants.kit.words import Words

if TYPE_CHECKING:
    from tenants.kit.words import Language


class Why(StrEnum):
    """The reason of a move between levels. A reason is never taken away again."""

    REACHED = "reached"
    RENEWED = "renewed"
    TERM_OVER = "term_over"
    TAKEN_BACK = "taken_back"
    BY_HAND = "by_hand"
    HAND_OVER = "hand_over"
    RULES_CHANGED = "rules_changed"
    MERGED = "merged"
    UNMERGED = "unmerged"

    def say(self, language: Language | None = None) -> str:
        """The sentence in `language`, else in that of the current reader."""
        return WHY_WORDS[self].say(language)


WHY_WORDS: dict[Why, Words] = {
    Why.REACHED: Words(en="Reached by what counts towards it.", zh="达到升级条件。"),
    Why.RENEWED: Words(en="Kept for another term: still qualified.", zh="期满时仍符合条件，已续期。"),
    Why.TERM_OVER: Words(en="The term is over, and there was not enough for another.", zh="有效期结束且未达保级条件。"),
    Why.TAKEN_BACK: Words(
        en="What had counted towards it was refunded or taken back.", zh="计入升级的消费已退款或被收回。"
    ),
    Why.BY_HAND: Words(en="Set by the shop's staff.", zh="商家员工调整。"),
    Why.HAND_OVER: Words(en="The time for which staff had set a level is over.", zh="员工设置的等级已到期。"),
    Why.RULES_CHANGED: Words(en="The shop changed its rules for levels.", zh="商家调整了等级规则。"),
    Why.MERGED: Words(en="Two accounts became one.", zh="会员账号已合并。"),
    Why.UNMERGED: Words(en="A merge of accounts was undone.", zh="账号合并已撤销。"),
}

ENTRY_WORDS: dict[str, Words] = {
    "order": Words(en="An order.", zh="订单。"),
    "order_refund": Words(en="An order was refunded.", zh="订单退款。"),
    "points": Words(en="Points were earned.", zh="获得积分。"),
    "points_back": Words(en="Earned points were taken back.", zh="已得积分被收回。"),
    "reward": Words(en="A reward.", zh="奖励。"),
    "staff": Words(en="Entered by the shop's staff.", zh="商家员工录入。"),
    "api": Words(en="Entered by the shop.", zh="商家系统录入。"),
    "import": Words(en="Brought over from an earlier system.", zh="由原有系统导入。"),
}
