"""What the desk refuses, in the words of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants.kit.errors import Conflict, DomainError, Invalid, NotAllowed
from tenants.kit.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping


class BadQuery(Invalid):
    """A filter, an order or a page that cannot be answered."""

    code = "admin.query"
    sentence = Words(en="{param}: {problem}", zh="{param}：{problem}")


class BadForm(DomainError):
    """Some fields cannot be taken; `problems` says for each which and why."""

    code = "admin.form"
    sentence = Words(en="Check the form.", zh="请检查表单。")

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__()
        self.problems = problems


class NotHere(NotAllowed):
    """Nobody, or not this role, changes such rows at the desk."""

    code = "admin.not_here"
    sentence = Words(en="This cannot be changed here.", zh="此处不能修改。")


class NotYours(NotAllowed):
    """The role does not include this."""

    code = "admin.role"
    sentence = Words(en="Your role does not include this.", zh="您的角色没有此权限。")


class Clashes(Conflict):
    """The database refused the row: not unique, out of bounds, or still needed elsewhere."""

    code = "admin.clash"
    sentence = Words(
        en="This clashes with other data: it exists already, is out of bounds, or is still needed elsewhere.",
        zh="与现有数据冲突：已存在、超出范围，或仍被其他数据使用。",
    )


def in_their_words(error: Invalid, labels: Mapping[str, Words]) -> DomainError:
    """The refusal with the field's title in place of its name, where it is about a field that is asked for."""
    label = labels.get(str(error.facts["param"]))
    problem = error.facts["problem"]
    if label is None:
        return error
    return BadForm({label.say(): problem.say() if isinstance(problem, Words) else str(problem)})
