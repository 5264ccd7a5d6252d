"""What a rule may ask of a member, how each can be compared, and with what kind of value.

`is_not` holds for everybody for whom `is` does not hold, those of whom nothing is known included. Days are those of the
shop's calendar: `within_days` 30 is today or one of the 30 days before, `longer_ago` 30 is before these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from tenants.kit.words import Words
from tenants.segments.rules.rfm import GROUPS

if TYPE_CHECKING:
    from collections.abc import Mapping

# How a value is given: several texts (any of them), one text, a number, two numbers, a date, a count of days, months,
# levels, or true and false.
Taking: TypeAlias = Literal[
    "texts", "text", "number", "numbers", "day", "days", "months", "level", "levels", "yes_no", "any"
]

OPS: dict[str, Words] = {
    "is": Words(en="is", zh="是"),
    "is_not": Words(en="is not", zh="不是"),
    "contains": Words(en="contains", zh="包含"),
    "known": Words(en="is known", zh="已知"),
    "less": Words(en="is less than", zh="小于"),
    "more": Words(en="is more than", zh="大于"),
    "at_least": Words(en="is at least", zh="至少为"),
    "at_most": Words(en="is at most", zh="至多为"),
    "between": Words(en="is between", zh="介于"),
    "before": Words(en="is before", zh="早于"),
    "since": Words(en="is on or after", zh="不早于"),
    "within_days": Words(en="is within so many days", zh="在最近若干天内"),
    "longer_ago": Words(en="is longer ago than so many days", zh="早于若干天前"),
}
_CHOICE: dict[str, Taking] = {"is": "texts", "is_not": "texts"}
_TEXT: dict[str, Taking] = {**_CHOICE, "contains": "text", "known": "yes_no"}
_NUMBER: dict[str, Taking] = {
    "is": "number", "is_not": "number", "less": "number", "more": "number", "at_least": "number", "at_most": "number",
    "between": "numbers",
}  # fmt: skip
_DAY: dict[str, Taking] = {"before": "day", "since": "day", "within_days": "days", "longer_ago": "days"}
_KNOWN: dict[str, Taking] = {"known": "yes_no"}
_MONTH: dict[str, Taking] = {"is": "months", "is_not": "months"}
_LEVEL: dict[str, Taking] = {"is": "levels", "is_not": "levels", "at_least": "level", "at_most": "level"}
_GROUPS = {key: group.name for key, group in GROUPS.items()}
ATTRIBUTE_OPS: dict[str, dict[str, Taking]] = {
    "text": _TEXT,
    "choice": {**_CHOICE, **_KNOWN},
    "number": {**_NUMBER, **_KNOWN},
    "date": {**_DAY, **_KNOWN},
    "yes_no": {"is": "yes_no", **_KNOWN},
}
"""How an attribute can be compared goes by its kind."""


@dataclass(frozen=True, slots=True)
class About:
    """One thing that a rule may ask; `choices` are the values that there are, where they are few."""

    label: Words
    ops: Mapping[str, Taking]
    choices: Mapping[str, Words] | None = None


ABOUTS: dict[str, About] = {
    "gender": About(
        Words(en="Gender", zh="性别"),
        _CHOICE,
        {
            "female": Words(en="Female", zh="女"),
            "male": Words(en="Male", zh="男"),
            "other": Words(en="Other", zh="其他"),
            "unknown": Words(en="Unknown", zh="未知"),
        },
    ),
    "age": About(Words(en="Age", zh="年龄"), {**_NUMBER, **_KNOWN}),
    "birthday_month": About(Words(en="Birthday this year in month", zh="今年生日所在月份"), _MONTH),
    "region": About(Words(en="Region", zh="地区"), _TEXT),
    "occupation": About(Words(en="Occupation", zh="职业"), _TEXT),
    "locale": About(Words(en="Language", zh="语言"), {**_CHOICE, **_KNOWN}),
    "source": About(Words(en="Came from", zh="来源"), _CHOICE),
    "joined": About(Words(en="Joined", zh="加入日期"), _DAY),
    "tag": About(Words(en="Tag", zh="标签"), _CHOICE),
    "attribute": About(Words(en="Attribute", zh="自定义属性"), dict.fromkeys(OPS, "any")),
    "level": About(Words(en="Level", zh="等级"), _LEVEL),
    "orders": About(Words(en="Number of purchases", zh="购买次数"), _NUMBER),
    "spent": About(Words(en="Money spent", zh="消费总额"), _NUMBER),
    "average_order": About(Words(en="Average purchase", zh="客单价"), {**_NUMBER, **_KNOWN}),
    "first_order": About(Words(en="First purchase", zh="首次购买"), {**_DAY, **_KNOWN}),
    "last_order": About(Words(en="Last purchase", zh="最近购买"), {**_DAY, **_KNOWN}),
    "points": About(Words(en="Points balance", zh="积分余额"), _NUMBER),
    "last_check_in": About(Words(en="Last check-in", zh="最近签到"), {**_DAY, **_KNOWN}),
    "rfm": About(Words(en="RFM group", zh="RFM 分组"), {**_CHOICE, **_KNOWN}, _GROUPS),
}  # fmt: skip
