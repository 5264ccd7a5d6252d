"""The kinds of questions as a seller chooses among them, and what a new one begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants.kit.words import Words
from tenants.surveys.rules.definition import Choice, Question

if TYPE_CHECKING:
    from tenants.surveys.rules.definition import Definition, Kind

KINDS: dict[Kind, tuple[str, Words, Words]] = {
    "single": ("◉", Words(en="One choice", zh="单选"), Words(en="Skin type: dry, oily …", zh="肤质：干性、油性……")),
    "multiple": (
        "☑",
        Words(en="Several choices", zh="多选"),
        Words(en="Which styles?", zh="喜欢哪些风格？"),
    ),
    "dropdown": ("▾", Words(en="Dropdown", zh="下拉选择"), Words(en="One of a long list", zh="选项较多时的单选")),
    "picture": ("▦", Words(en="Pictures", zh="图片选择"), Words(en="Which one would you wear?", zh="你会穿哪一件？")),
    "rating": ("★", Words(en="Rating", zh="评分"), Words(en="1 to 5 stars", zh="1 至 5 星")),
    "nps": ("⑩", Words(en="NPS", zh="NPS 推荐值"), Words(en="Would you recommend us? 0–10", zh="愿意推荐吗？0–10")),
    "csat": ("☺", Words(en="Satisfaction (CSAT)", zh="满意度 CSAT"), Words(en="How satisfied? 1–5", zh="满意吗？1–5")),
    "ces": ("➚", Words(en="Effort (CES)", zh="费力度 CES"), Words(en="Was it easy? 1–7", zh="轻松吗？1–7")),
    "short": (
        "✎",
        Words(en="Short text", zh="简短文字"),
        Words(en="E-mail, phone …", zh="一行；邮箱、手机号等"),
    ),
    "long": ("¶", Words(en="Long text", zh="长文字"), Words(en="What should we improve?", zh="我们哪里可以更好？")),
    "number": ("#", Words(en="Number", zh="数字"), Words(en="How many? What price?", zh="多少？什么价位？")),
    "date": ("▣", Words(en="Date", zh="日期"), Words(en="When do you need it?", zh="什么时候需要？")),
    "ranking": ("⇅", Words(en="Ranking", zh="排序"), Words(en="Put in order", zh="按喜好排序")),
    "matrix": ("▤", Words(en="Matrix", zh="矩阵"), Words(en="Several things, one scale", zh="多项使用同一组选项")),
    "consent": ("✓", Words(en="Consent", zh="同意"), Words(en="I agree that …", zh="我同意……")),
}
_LOW_HIGH: dict[str, tuple[Words, Words]] = {
    "nps": (Words(en="Not at all likely", zh="完全不可能"), Words(en="Extremely likely", zh="非常可能")),
    "csat": (Words(en="Very dissatisfied", zh="非常不满意"), Words(en="Very satisfied", zh="非常满意")),
    "ces": (Words(en="Very difficult", zh="非常费力"), Words(en="Very easy", zh="非常轻松")),
}


def fresh(kind: Kind, key: str, definition: Definition, *, phase: int = 1, page: int = 1) -> Question:
    """A question of a kind with nothing said yet but for what such a question always says."""
    question = Question(key=key, kind=kind, text={}, phase=phase, page=page, required=kind == "consent")
    fit(question, definition)
    return question


def fit(question: Question, definition: Definition) -> None:
    """Give a question what its kind cannot do without, where it has nothing there yet."""
    if question.kind in {"single", "multiple", "dropdown", "ranking", "picture", "matrix"} and not question.choices:
        question.choices = [Choice(key=f"c{number}", text={}) for number in range(1, 4)]
    if question.kind == "matrix" and not question.rows:
        question.rows = [Choice(key=f"r{number}", text={}) for number in range(1, 4)]
    if question.kind in _LOW_HIGH and not question.labels:
        low, high = _LOW_HIGH[question.kind]
        question.labels = {
            name: {tag: words.zh if tag.startswith("zh") else words.en for tag in definition.languages
                   if tag.partition("-")[0] in {"zh", "en"}}
            for name, words in (("low", low), ("high", high))
        }  # fmt: skip
