"""The ways in which surveys say no to those who make them, and to what is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from tenants.kit.errors import Conflict, Invalid, NotFound, Refused
from tenants.kit.words import Words

if TYPE_CHECKING:
    from tenants.kit.words import Language


class _Said:
    """Facts that are words themselves are said in the reader's language too."""

    sentence: ClassVar[Words]
    facts: dict[str, object]

    def say(self, language: Language | None = None) -> str:
        """The sentence, and the words within it, in one language."""
        said = {name: fact.say(language) if isinstance(fact, Words) else fact for name, fact in self.facts.items()}
        return self.sentence.say(language, **said)


class SurveyUnknown(NotFound):
    """No survey of this shop has this id."""

    code = "survey.unknown"
    sentence = Words(en="There is no such survey.", zh="问卷不存在。")


class VersionUnknown(NotFound):
    """The survey was never published under this number."""

    code = "survey.version_unknown"
    sentence = Words(en="The survey has no such version.", zh="问卷没有这个版本。")


class TemplateUnknown(NotFound):
    """No template has this key."""

    code = "survey.template_unknown"
    sentence = Words(en="There is no such survey template.", zh="没有这个问卷模板。")


class QuotaUnknown(NotFound):
    """The survey has no quota of this id."""

    code = "survey.quota_unknown"
    sentence = Words(en="The survey has no such quota.", zh="问卷没有这个配额。")


class SurveyEnded(Refused):
    """What has ended stays as it is; a clone can be changed."""

    code = "survey.ended"
    sentence = Words(en="This survey has ended. Clone it to go on.", zh="问卷已结束，如需继续请复制一份。")


class StepUnfit(_Said, Refused):
    """A step that a survey in this state cannot take."""

    code = "survey.step_unfit"
    sentence = Words(en="A survey that is {state} cannot be {step}.", zh="状态为“{state}”的问卷不能执行“{step}”。")


class NotReady(_Said, Refused):
    """What the survey asks does not hold together yet; `problems` says where and what to do."""

    code = "survey.not_ready"
    sentence = Words(en="The survey cannot go live yet: {problems}", zh="问卷还不能发布：{problems}")


class AlreadyPublished(Refused):
    """What members could see is ended, not thrown away."""

    code = "survey.published"
    sentence = Words(en="This survey has been published: end it instead.", zh="问卷已发布过，不能删除，请结束它。")


class AlreadyAnswered(Refused):
    """Something that is fixed once somebody has answered: whether a survey is anonymous."""

    code = "survey.answered"
    sentence = Words(
        en="This survey has answers: whether it is anonymous cannot be changed any more. Clone it instead.",
        zh="问卷已有回答，不能再切换是否匿名，请复制一份后修改。",
    )


class RewardByAnswer(Refused):
    """A reward that would depend on what is answered; the law behind it stands in `settings`."""

    code = "survey.reward_by_answer"
    sentence = Words(
        en="A reward is for taking part, never for an answer: a rewarded survey has no quota with a condition."
        " Take out one or the other.",
        zh="奖励只能因参与而发放，不能取决于回答：有奖励的问卷不能设置带条件的配额，请去掉其中之一。",
    )


QUOTA_TELLS = Words(
    en="an anonymous survey has no quota by answers: who takes a place would be known to have said so",
    zh="匿名问卷不能设置带条件的配额：占用名额会透露回答内容",
)


class NothingToUndo(Refused):
    """The draft is as it was made, or fifty edits back."""

    code = "survey.nothing_to_undo"
    sentence = Words(en="There is no earlier edit to go back to.", zh="没有可以撤销的修改。")


class DraftMoved(Conflict):
    """Somebody else has edited the draft since it was read."""

    code = "survey.draft_moved"
    sentence = Words(
        en="The draft has been edited since you read it. Read it again and repeat your edit.",
        zh="草稿在您读取之后已被修改，请重新读取后再编辑。",
    )


class AnswerRefused(Invalid):
    """An answer that its question does not take; `param` is `answers.<key>`, the problem is told to the member."""

    code = "survey.answer_refused"
    sentence = Words(en="{problem}", zh="{problem}")


class ExpressionRefused(Invalid):
    """A condition that cannot be read; the problem says where."""

    code = "survey.expression_refused"
    sentence = Words(en="The condition cannot be read: {problem}", zh="条件无法识别：{problem}")
