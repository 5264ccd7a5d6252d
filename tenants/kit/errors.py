"""The ways in which the domain says no, and the one in which input is unusable.

A subject subclasses one of these, gives it a stable `code` and a sentence in each language that a person can act
on. The domain knows no status numbers: `server/errors.py` holds the one table that maps kinds to HTTP.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from tenants.kit.words import Words

if TYPE_CHECKING:
    from tenants.kit.words import Language


class DomainError(Exception):
    """Something that was asked for and is not done. `facts` fill the sentence and travel to the caller."""

    code: ClassVar[str] = "error"
    sentence: ClassVar[Words] = Words(en="This could not be done.", zh="操作未能完成。")

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code)
        self.facts = facts

    def say(self, language: Language | None = None) -> str:
        """The sentence for a person, in `language` or that of the current reader."""
        return self.sentence.say(language, **self.facts)

    def __str__(self) -> str:
        return f"{self.code}: {self.say('en')}"


class NotFound(DomainError):
    """It is not there, or it is not yours: the two look the same on purpose."""

    code = "not_found"
    sentence = Words(en="There is nothing here by that name.", zh="没有找到对应的内容。")


class Refused(DomainError):
    """The rules of the business say no."""

    code = "refused"
    sentence = Words(en="The rules do not allow this.", zh="规则不允许此操作。")


class Conflict(DomainError):
    """It clashes with something that has already happened."""

    code = "conflict"
    sentence = Words(en="This clashes with something done before.", zh="与之前的操作冲突。")


class NotAllowed(DomainError):
    """The caller may not do this."""

    code = "not_allowed"
    sentence = Words(en="You are not allowed to do this.", zh="您没有权限执行此操作。")


class TooOften(DomainError):
    """The caller has asked too often and may ask again after `seconds`."""

    code = "limit.exceeded"
    sentence = Words(en="Too many requests. Try again in {seconds} s.", zh="请求过于频繁，请在 {seconds} 秒后重试。")


class Invalid(DomainError):
    """The input cannot be used. `param` names the field, `errors` may list several."""

    code = "invalid"
    sentence = Words(en="{param} cannot be used: {problem}", zh="{param} 无效：{problem}")

    def __init__(self, *, param: str, problem: Words | str, **facts: object) -> None:
        super().__init__(param=param, problem=problem, **facts)

    def say(self, language: Language | None = None) -> str:
        """The sentence with the problem said in the same language."""
        problem = self.facts["problem"]
        told = problem.say(language) if isinstance(problem, Words) else problem
        return self.sentence.say(language, **{**self.facts, "problem": told})
