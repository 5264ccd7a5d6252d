"""How profile completion says no."""

from __future__ import annotations

from tenants.kit.errors import Conflict, NotFound, Refused
from tenants.kit.words import Words


class ActivityUnknown(NotFound):
    """There is no such activity."""

    code = "profile_activity.unknown"
    sentence = Words(en="There is no such profile activity.", zh="没有这个完善资料活动。")


class QuestionUnknown(NotFound):
    """The activity does not ask this."""

    code = "profile_activity.question_unknown"
    sentence = Words(en="The activity does not ask for this.", zh="该活动没有这个问题。")


class AnotherIsLive(Conflict):
    """One activity is live at a time."""

    code = "profile_activity.another_is_live"
    sentence = Words(
        en="Another profile activity is live. Pause or end it first.", zh="已有进行中的完善资料活动，请先暂停或结束。"
    )


class ActivityEnded(Refused):
    """An activity that has ended does not come back."""

    code = "profile_activity.ended"
    sentence = Words(en="This activity has ended. Make a new one.", zh="该活动已结束，请新建活动。")


class NothingAsked(Refused):
    """An activity that asks nothing cannot go live."""

    code = "profile_activity.nothing_asked"
    sentence = Words(en="Say first what the activity asks for.", zh="请先设置要填写的资料项。")
