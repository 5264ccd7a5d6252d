"""What check-ins refuse, and the sentence for it."""

from __future__ import annotations

from tenants.kit.errors import Conflict, NotFound, Refused
from tenants.kit.words import Words


class NoPlan(Refused):
    """The shop has no check-in plan that holds on that day."""

    code = "check_in.no_plan"
    sentence = Words(en="Check-in is not open in this shop just now.", zh="本店暂未开启签到活动。")


class DayOver(Refused):
    """The day on which it was asked can be counted no more: the next visit has been."""

    code = "check_in.day_over"
    sentence = Words(
        en="The day of this check-in is over and can no longer be counted. Check in for today.",
        zh="该次签到所属的日期已结束，无法计入，请签到今天。",
    )


class PlanUnknown(NotFound):
    """There is no such plan."""

    code = "check_in.plan_unknown"
    sentence = Words(en="There is no such check-in plan.", zh="没有找到该签到计划。")


class MilestoneUnknown(NotFound):
    """The plan has no milestone on that day."""

    code = "check_in.milestone_unknown"
    sentence = Words(en="There is no milestone on that day.", zh="该天没有里程碑奖励。")


class SpecialDateUnknown(NotFound):
    """There is no such special date."""

    code = "check_in.special_date_unknown"
    sentence = Words(en="There is no such special date.", zh="没有找到该特殊日期。")


class LevelBonusUnknown(NotFound):
    """There is no such level bonus."""

    code = "check_in.level_bonus_unknown"
    sentence = Words(en="There is no such level bonus.", zh="没有找到该等级加成。")


class MakeUpClosed(Refused):
    """The plan lets nobody make up a day."""

    code = "check_in.make_up_closed"
    sentence = Words(en="Missed days cannot be made up in this shop.", zh="本店暂不支持补签。")


class MakeUpOutOfReach(Refused):
    """The day is too long ago, or not over yet."""

    code = "check_in.make_up_out_of_reach"
    sentence = Words(
        en="Only missed days from {first} to {last} can be made up.", zh="仅可补签 {first} 至 {last} 之间漏签的日期。"
    )


class NotMissed(Refused):
    """There is nothing to make up on that day."""

    code = "check_in.not_missed"
    sentence = Words(en="You did not miss {day}; there is nothing to make up.", zh="{day} 未漏签，无需补签。")


class MakeUpLimit(Refused):
    """So many days have been made up in this cycle or calendar month already."""

    code = "check_in.make_up_limit"
    sentence = Words(
        en="{most} missed days can be made up in this cycle or calendar month, and they have been.",
        zh="本轮或本自然月最多补签 {most} 次，已达上限。",
    )


class PriceChanged(Conflict):
    """The make-up costs another number of points than the member was shown."""

    code = "check_in.price_changed"
    sentence = Words(en="Making up this day now costs {price} points.", zh="补签该日现需 {price} 积分。")


class OutageUnknown(NotFound):
    """There is no outage day on that date."""

    code = "check_in.outage_unknown"
    sentence = Words(en="No outage is declared for that day.", zh="该日没有登记的故障日。")
