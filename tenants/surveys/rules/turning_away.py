"""How surveys say no to those who would answer, and to those who send them out."""

from __future__ import annotations

from tenants.kit.errors import Conflict, NotAllowed, NotFound, Refused
from tenants.kit.words import Words


class InvitationUnknown(NotFound):
    """There is no such invitation, or nobody of this shop wrote this link: the two look the same."""

    code = "survey.invitation_unknown"
    sentence = Words(en="This link leads to no survey.", zh="此链接无效，没有对应的问卷。")


class InvitationOver(Refused):
    """The invitation has run out, or was revoked."""

    code = "survey.invitation_over"
    sentence = Words(en="This invitation is no longer valid.", zh="此邀请已失效。")


class InvitationOfAnother(NotAllowed):
    """The link was written for somebody else."""

    code = "survey.invitation_of_another"
    sentence = Words(en="This invitation is for somebody else.", zh="此邀请属于其他会员，您不能使用。")


class SurveyClosed(Refused):
    """It is paused or over, or its time has not come."""

    code = "survey.closed"
    sentence = Words(en="This survey takes no answers just now.", zh="该问卷目前不接受作答。")


class SurveyFull(Refused):
    """As many as were wanted have answered."""

    code = "survey.full"
    sentence = Words(
        en="Thank you: as many as were needed have answered already.", zh="感谢参与：所需名额已满，本次未收录您的回答。"
    )


class NotForYou(Refused):
    """It asks other members."""

    code = "survey.not_for_you"
    sentence = Words(en="This survey is for other members.", zh="该问卷面向其他会员。")


class NotYet(Refused):
    """The next part, or the next time, comes on `opens_on`."""

    code = "survey.not_yet"
    sentence = Words(en="You can answer again on {opens_on}.", zh="您可在 {opens_on} 再次作答。")


class AnsweredBefore(Conflict):
    """They have answered before, and otherwise."""

    code = "survey.answered_before"
    sentence = Words(en="You have answered this survey already. Thank you.", zh="您已经回答过这份问卷，谢谢。")


class InvitationDiffers(Conflict):
    """This reference has invited another member."""

    code = "survey.invitation_differs"
    sentence = Words(
        en="This reference has already invited another member to this survey, or for another time. Use a new one.",
        zh="该编号已用于邀请其他会员或其他时间，请换用新的编号。",
    )
