"""How polls say no."""

from __future__ import annotations

from tenants.kit.errors import Invalid, NotFound, Refused
from tenants.kit.words import Words


class PollUnknown(NotFound):
    """There is no such poll, or it is none of the member's."""

    code = "poll.unknown"
    sentence = Words(en="There is no such poll.", zh="没有这个投票。")


class OptionUnknown(NotFound):
    """The poll has no such option."""

    code = "poll.option_unknown"
    sentence = Words(en="The poll has no such option.", zh="该投票没有这个选项。")


class GroupingUnknown(Invalid):
    """There is no way of grouping members by that name."""

    code = "poll.grouping_unknown"

    def __init__(self) -> None:
        super().__init__(
            param="by",
            problem=Words(
                en="use level, tag, rfm or attribute.<key>", zh="请使用 level、tag、rfm 或 attribute.<属性标识>"
            ),
        )


class PollEnded(Refused):
    """A poll that has ended does not come back: its result has been seen."""

    code = "poll.ended"
    sentence = Words(en="This poll has ended. Make a copy of it.", zh="该投票已结束，请复制为新投票。")


class PollStarted(Refused):
    """A poll that was live is no draft any more."""

    code = "poll.started"
    sentence = Words(en="This poll was published. Pause or end it.", zh="该投票已发布，可暂停或结束。")


class NothingToChoose(Refused):
    """A poll needs two options, and as many as a ballot chooses."""

    code = "poll.nothing_to_choose"
    sentence = Words(
        en="Add options first: at least {least}, as members choose up to {most}.",
        zh="请先添加选项：至少 {least} 个（每人最多选 {most} 个）。",
    )


class TermsFrozen(Refused):
    """What would make ballots say something else stays once there is one."""

    code = "poll.frozen"
    sentence = Words(
        en="There are votes already, so “{field}” stays as it is. Make a copy of the poll.",
        zh="已有投票，“{field}”不能再改，请复制为新投票。",
    )


class OptionsFull(Refused):
    """A poll has so many options at most."""

    code = "poll.options_full"
    sentence = Words(en="A poll has at most {most} options.", zh="一个投票最多 {most} 个选项。")


class PollClosed(Refused):
    """It is not open just now."""

    code = "poll.closed"
    sentence = Words(en="This poll is closed.", zh="该投票已结束。")


class PollNotOpen(Refused):
    """It has not begun, or the shop has paused it."""

    code = "poll.not_open"
    sentence = Words(en="This poll is not open just now.", zh="该投票暂未开放。")


class NotForYou(Refused):
    """The poll is for other members."""

    code = "poll.not_for_you"
    sentence = Words(en="This poll is for other members.", zh="该投票面向其他会员。")


class ChoiceRefused(Refused):
    """A ballot chooses too few or too many options, one twice, or one that cannot be chosen."""

    code = "poll.choices"
    sentence = Words(
        en="Choose {least} to {most} of the options, each once.", zh="请选择 {least} 至 {most} 个选项，不能重复。"
    )


class OptionGone(Refused):
    """An option was taken off the poll, or is of another one."""

    code = "poll.option_gone"
    sentence = Words(en="One of these options can no longer be chosen.", zh="所选的选项已不可选。")


class AlreadyVoted(Refused):
    """In this poll a vote is final."""

    code = "poll.already_voted"
    sentence = Words(en="You have voted, and in this poll a vote is final.", zh="您已投票，本投票不可更改。")


class ResultHidden(Refused):
    """How the poll stands is not for this member to see, or not yet."""

    code = "poll.result_hidden"
    sentence = Words(en="The result of this poll is not shown (yet).", zh="该投票的结果暂不公开。")


class NothingToWithdraw(Refused):
    """There is no vote of this member."""

    code = "poll.nothing_to_withdraw"
    sentence = Words(en="You have not voted here.", zh="您尚未投票。")
