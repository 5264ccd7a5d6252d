"""What a message says: Liquid text that a seller writes, checked when saved, filled in when sent.

A template is text, not HTML: it is filled in once, and the HTML part of a letter is made from the finished text, so
nothing that a member is called can become markup. Templates may use VARIABLES and Liquid's own tags and filters; a
loop, an output or a nesting that grows too large is an error, as is a variable that does not exist.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from liquid import Environment, StrictUndefined
from liquid.exceptions import LiquidError

from tenants.kit import clock
from tenants.kit.errors import Invalid, Refused
from tenants.kit.words import Language, Words

VARIABLES: dict[str, Words] = {
    "member.name": Words(en="the member's name; empty if unknown", zh="会员姓名；未知时为空"),
    "shop.name": Words(en="the shop's name", zh="商家名称"),
    "gift.points": Words(en="points given as a gift; 0 for none", zh="赠送的积分；没有则为 0"),
    "gift.voucher.code": Words(
        en="the voucher's code; `gift.voucher` is nil without one", zh="优惠券码；无券时 gift.voucher 为空"
    ),
    "gift.voucher.name": Words(en="the voucher's name", zh="优惠券名称"),
    "gift.voucher.valid_until": Words(
        en="the voucher's last day, e.g. 2026-12-31", zh="优惠券最后有效日，如 2026-12-31"
    ),
    "unsubscribe_url": Words(
        en="where the member can unsubscribe; empty in the member centre", zh="退订链接；站内消息中为空"
    ),
}
SUBJECT_MAX = 200
BODY_MAX = 20_000
_TAGS = frozenset({"if", "unless", "case", "for", "assign", "comment", "raw", "echo", "break", "continue", "capture"})
# What Liquid's filters let through when a text is no number, a number no date, or a list no list.
_ITS_OWN_FAULT = (
    LiquidError, RecursionError, ArithmeticError, ValueError, TypeError, LookupError, AttributeError,
)  # fmt: skip
_URL = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)，。；：！？）]")


class TemplateFails(Refused):
    """A template cannot be filled in for this member."""

    code = "outreach.template_fails"
    sentence = Words(en="The template cannot be filled in: {problem}", zh="模板无法填充：{problem}")


@dataclass(frozen=True, slots=True)
class Voucher:
    """A voucher as a template sees it; `valid_until` is the last day on which it can be used, in the shop's zone."""

    code: str
    name: str
    valid_until: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that a template may say."""

    member_name: str
    shop_name: str
    points: int = 0
    voucher: Voucher | None = None
    unsubscribe_url: str = ""

    def for_template(self) -> dict[str, Any]:
        """The variables by the names in VARIABLES."""
        voucher = self.voucher
        return {
            "member": {"name": self.member_name},
            "shop": {"name": self.shop_name},
            "gift": {
                "points": self.points,
                "voucher": voucher and {"code": voucher.code, "name": voucher.name, "valid_until": voucher.valid_until},
            },
            "unsubscribe_url": self.unsubscribe_url,
        }


class _Limited(Environment):
    """Liquid that ends: the figures bound what one message can cost."""

    loop_iteration_limit = 1_000
    output_stream_limit = 64_000
    local_namespace_limit = 20_000
    context_depth_limit = 20
    block_nesting_limit = 20


_liquid = _Limited(undefined=StrictUndefined)


def check_template(text: str) -> list[str]:
    """What is wrong with a template, as sentences in the reader's language; an empty list if nothing is."""
    try:
        found = _liquid.from_string(text).analyze(include_partials=False)
    except RecursionError:
        return [Words(en="it is nested too deeply", zh="嵌套过深").say()]
    except _ITS_OWN_FAULT as error:
        return [_first_line(error)]
    problems = []
    for variables in found.globals.values():
        for variable in variables:
            name = ".".join(str(segment) for segment in variable.segments)
            if name not in VARIABLES and not any(known.startswith(f"{name}.") for known in VARIABLES):
                problems.append(Words(en="unknown variable {name}", zh="未知变量 {name}").say(name=name))
    problems += [
        Words(en="tag {name} is not available", zh="不支持标签 {name}").say(name=tag)
        for tag in found.tags if tag not in _TAGS
    ]  # fmt: skip
    problems += [
        Words(en="unknown filter {name}", zh="未知过滤器 {name}").say(name=name)
        for name in found.filters if name not in _liquid.filters
    ]  # fmt: skip
    return list(dict.fromkeys(problems)) or _try_out(text)


def require_sound(text: str, *, param: str, most: int) -> str:
    """The text, if it is a sound template of at most that many characters. Raises Invalid naming the problems."""
    if not text.strip() or len(text) > most or "\x00" in text:
        raise Invalid(param=param, problem=Words(en=f"write 1 to {most} characters", zh=f"请填写 1 到 {most} 个字符"))
    if problems := check_template(text):
        raise Invalid(param=param, problem="; ".join(problems))
    return text


def fill_in(text: str, facts: Facts) -> str:
    """The finished text. Raises TemplateFails."""
    try:
        text = str(_liquid.from_string(text).render(**facts.for_template()))
        if "\x00" in text:
            raise ValueError("a NUL character")
    except _ITS_OWN_FAULT as error:
        raise TemplateFails(problem=_first_line(error)) from error
    return text


def fill_in_line(text: str, facts: Facts) -> str:
    """The finished text as one line without control characters, so that it can be a header. Raises TemplateFails."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in fill_in(text, facts)).split())
    return line[:SUBJECT_MAX]


def as_html(text: str, *, title: str, shop_name: str, language: Language, unsubscribe_url: str) -> str:
    """A letter's HTML part, made from its finished text: paragraphs at blank lines, links where addresses stand."""
    paragraphs = [_paragraph(part) for part in re.split(r"\n\s*\n", text.strip())]
    words = Words(en="Unsubscribe from these messages", zh="退订此类消息").say(language)
    foot = f'<a href="{html.escape(unsubscribe_url)}" style="color:#8a8178">{words}</a>' if unsubscribe_url else ""
    return _LAYOUT.format(
        language=language, title=html.escape(title), shop=html.escape(shop_name), body="\n".join(paragraphs),
        foot=foot)  # fmt: skip


def last_day(valid_until: datetime, zone: str) -> str:
    """The last day of something that ends just before `valid_until`; at the calendar's very end the day in UTC."""
    last = valid_until - timedelta(microseconds=1)
    try:
        return clock.today(zone, last).isoformat()
    except OverflowError:
        return last.date().isoformat()


SAMPLE = Facts("安安 Ann", "示例 Shop", 100, Voucher("ABCDEFGHJKM23", "¥10", "2026-12-31"), "https://shop.example/u/x")


def _try_out(text: str) -> list[str]:
    try:
        for facts in (SAMPLE, Facts("", SAMPLE.shop_name)):
            fill_in(text, facts)
    except TemplateFails as error:
        return [str(error.facts["problem"])]
    return []


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]


def _paragraph(part: str) -> str:
    lines = []
    for line in part.splitlines():
        pieces, at = [], 0
        for found in _URL.finditer(line):
            address = html.escape(found[0])
            pieces.append(html.escape(line[at : found.start()]))
            pieces.append(f'<a href="{address}" style="color:#b4532a">{address}</a>')
            at = found.end()
        lines.append("".join([*pieces, html.escape(line[at:])]))
    return f'<p style="margin:0 0 16px">{"<br>".join(lines)}</p>'


_LAYOUT = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title></head>
<body style="margin:0;background:#f4f1ec;color:#2b2622;
font:16px/1.6 -apple-system,'Segoe UI','PingFang SC','Noto Sans CJK SC','Microsoft YaHei',sans-serif">
<div style="max-width:560px;margin:0 auto;padding:32px 16px">
<div style="font-weight:600;margin:0 0 12px;color:#8a5a3c">{shop}</div>
<div style="background:#ffffff;border-radius:12px;padding:28px 28px 12px;overflow-wrap:anywhere;word-break:break-word">
<h1 style="font-size:20px;line-height:1.3;margin:0 0 16px">{title}</h1>
{body}
</div>
<div style="font-size:13px;color:#8a8178;margin:16px 4px 0">{foot}</div>
</div></body></html>
"""
