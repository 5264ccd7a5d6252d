"""Whether a definition holds together: what is wrong with which question, and what to do about it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from tenants.kit import ids
from tenants.kit.errors import NotFound
from tenants.kit.words import Words
from tenants.surveys.rules.definition import (
    CHOICES_MAX,
    CHOOSING,
    END,
    LANGUAGE_MAX,
    OTHER,
    PHASES_MAX,
    QUESTIONS_MAX,
    Choice,
    Definition,
    Question,
    say,
)
from tenants.surveys.rules.expressions import check, in_order
from tenants.surveys.rules.flow import PLACE
from tenants.surveys.rules.reaching import reachable
from tenants.surveys.rules.syntax import WORDS
from tenants.surveys.rules.translating import Completeness, completeness, texts_of
from tenants.surveys.rules.values import LONG_MAX, NUMBER_MAX, RATING_TOP, SCALED, SHORT_MAX

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Completeness", "Problem", "completeness", "problems"]
TEXT_MAX = 2000
JUMPS_MAX = 300
PAGES_MAX = 100
RATING = range(2, RATING_TOP + 1)
ROWS_MAX = 50
TAG_MAX = 50
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")
_CHOICE_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}\Z")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?\Z")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")
_UNFIT_FOR_A_TAG = re.compile(r"[,;|，；、/]")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that keeps a survey from going live: at which question (empty: of the whole), and what to do."""

    key: str
    words: Words


def problems(definition: Definition) -> list[Problem]:
    """Everything that is wrong, in the order of the questions; a survey goes live when there is nothing."""
    found = [*_of_all(definition), *_of_keys(definition)]
    if found:
        return found  # what follows tells questions apart by their keys
    for question in in_order(definition):
        found += [Problem(question.key, words) for words in _of_question(definition, question)]
    found += _of_jumps(definition)
    found += _of_texts(definition)
    if not found:
        met = reachable(definition)
        found = [
            _problem(
                question.key,
                "nobody ever gets to this question: change its condition, or the jump that passes it by",
                "没有人会看到这一题：请修改显示条件，或修改跳过它的跳转",
            )
            for question in in_order(definition) if question.key not in met
        ]  # fmt: skip
    return found


def _of_all(definition: Definition) -> Iterator[Problem]:
    languages = definition.languages
    if not languages or len(set(languages)) < len(languages) or len(languages) > LANGUAGE_MAX:
        yield _problem(
            "", f"name 1 to {LANGUAGE_MAX} languages, each once", f"请设置 1 到 {LANGUAGE_MAX} 种语言，不可重复"
        )
    for language in languages:
        if not _LANGUAGE.match(language):
            yield _problem(
                "",
                f"“{language[:20]}” is no language: write zh, en, pt-BR",
                f"“{language[:20]}”不是语言代码，如 zh、en、pt-BR",
            )
    if not definition.questions:
        yield _problem("", "add a question", "请添加题目")
    if len(definition.questions) > QUESTIONS_MAX:
        yield _problem("", f"ask at most {QUESTIONS_MAX} questions", f"最多 {QUESTIONS_MAX} 题")
    if len(definition.jumps) > JUMPS_MAX:
        yield _problem("", f"use at most {JUMPS_MAX} jumps", f"最多 {JUMPS_MAX} 个跳转")
    if definition.colour and not _COLOUR.match(definition.colour):
        yield _problem("", "give the colour as #rrggbb", "颜色请使用 #rrggbb 格式")
    if definition.start_picture and not _is_picture(definition.start_picture):
        yield _problem("", "choose the picture of the start page again", "请重新选择开始页图片")
    phases = definition.phases
    if phases and (phases != list(range(1, len(phases) + 1)) or len(phases) > PHASES_MAX):
        yield _problem(
            "",
            f"number the phases 1, 2, 3 … without a gap, up to {PHASES_MAX}",
            f"阶段请从 1 开始连续编号，最多 {PHASES_MAX} 个",
        )


def _of_keys(definition: Definition) -> Iterator[Problem]:
    for key, times in Counter(question.key for question in definition.questions).items():
        if not _KEY.match(key) or key in WORDS or key in {END, OTHER}:
            yield _problem(
                key[:40],
                f"“{key[:40]}” cannot be a key: use a-z, 0-9 and _, beginning with a letter, at most 40, and no word"
                " of the conditions",
                f"“{key[:40]}”不能用作标识：请使用小写字母、数字和下划线，最多 40 个字符，且不能是条件中的保留词",
            )
        if times > 1:
            yield _problem(
                key,
                f"{times} questions are called “{key}”: give each a key of its own",
                f"有 {times} 题都使用标识“{key}”，请改为不同的标识",
            )


def _of_question(definition: Definition, question: Question) -> Iterator[Words]:
    if not say({tag: question.text.get(tag, "") for tag in definition.languages[:1]}, languages=definition.languages):
        yield Words(
            en=f"write the question in {definition.languages[0]}", zh=f"请填写题目（{definition.languages[0]}）"
        )
    yield from _of_choices(definition, question)
    yield from _of_bounds(question)
    yield from _of_marks(question)
    yield from _of_effect(question)
    if not 1 <= question.page <= PAGES_MAX:
        yield Words(en=f"use a page from 1 to {PAGES_MAX}", zh=f"页码请使用 1 到 {PAGES_MAX}")
    if question.show_if:
        for words in check(question.show_if, definition, before=question.key):
            yield Words(en=f"in “show if”: {words.en}", zh=f"显示条件：{words.zh}")


def _of_choices(definition: Definition, question: Question) -> Iterator[Words]:
    if question.kind not in CHOOSING:
        if question.choices or question.rows:
            yield Words(en="this kind of question has no choices: take them out", zh="此题型没有选项，请删除选项")
        return
    least = 2 if question.kind in {"ranking", "picture"} else 1
    if not least <= len(question.choices) <= CHOICES_MAX:
        yield Words(en=f"offer {least} to {CHOICES_MAX} choices", zh=f"请设置 {least} 到 {CHOICES_MAX} 个选项")
    if question.kind == "matrix" and not 1 <= len(question.rows) <= ROWS_MAX:
        yield Words(en=f"add 1 to {ROWS_MAX} rows", zh=f"请添加 1 到 {ROWS_MAX} 行")
    if question.kind != "matrix" and question.rows:
        yield Words(en="only a matrix has rows: take them out", zh="只有矩阵题有行，请删除行")
    for name, each in (("choice", question.choices), ("row", question.rows)):
        yield from _of_offered(definition, question, each, Words(en=name, zh="选项" if name == "choice" else "行"))


def _of_offered(definition: Definition, question: Question, each: list[Choice], name: Words) -> Iterator[Words]:
    for key, times in Counter(choice.key for choice in each).items():
        if not _CHOICE_KEY.match(key) or key == OTHER:
            yield Words(
                en=f"“{key[:40]}” cannot be the key of a {name.en}: use letters, digits, _ and -, at most 40",
                zh=f"“{key[:40]}”不能用作{name.zh}标识：请使用字母、数字、下划线和连字符，最多 40 个字符",
            )
        if times > 1:
            yield Words(en=f"the {name.en} “{key}” is there {times} times", zh=f"{name.zh}“{key}”重复了 {times} 次")
    main = definition.languages[0]
    for choice in each:
        pictured = question.kind == "picture" and choice.picture
        if not choice.text.get(main, "").strip() and not pictured:
            yield Words(
                en=f"write the {name.en} “{choice.key}” in {main}", zh=f"请填写{name.zh}“{choice.key}”（{main}）"
            )
        if question.kind == "picture" and not choice.picture:
            yield Words(en=f"upload a picture for “{choice.key}”", zh=f"请为“{choice.key}”上传图片")
        if choice.picture and not _is_picture(choice.picture):
            yield Words(en=f"choose the picture of “{choice.key}” again", zh=f"请重新选择“{choice.key}”的图片")


def _of_bounds(question: Question) -> Iterator[Words]:
    bounds = [Decimal(bound) for bound in (question.least, question.most) if bound is not None]
    if any(not bound.is_finite() or abs(bound) > NUMBER_MAX for bound in bounds):
        yield Words(en=f"use bounds up to {NUMBER_MAX}", zh=f"上下限最大为 {NUMBER_MAX}")
    elif len(bounds) > 1 and bounds[0] > bounds[1]:
        yield Words(en="the least is more than the most: exchange them", zh="最小值大于最大值，请对调")
    else:
        yield from _of_range(question, bounds)
    yield from _of_days(question)


def _of_range(question: Question, bounds: list[Decimal]) -> Iterator[Words]:
    kind = question.kind
    if kind == "rating":
        if question.most is not None and question.most not in RATING:
            low, high = RATING[0], RATING[-1]
            yield Words(en=f"let the rating end at {low} to {high}", zh=f"评分上限请使用 {low} 到 {high}")
        bounds = bounds[:-1] if question.most is not None else bounds
    top = {"short": SHORT_MAX, "long": LONG_MAX}.get(kind)
    if kind in {"multiple", "ranking"} or (kind == "picture" and question.several):
        top = len(question.choices) + question.other
    if top is not None:
        if any(bound != int(bound) or not 0 <= bound <= top for bound in bounds):
            yield Words(en=f"use whole bounds from 0 to {top}", zh=f"上下限请使用 0 到 {top} 的整数")
    elif bounds and kind != "number":
        yield Words(en="this kind of question has no such bounds: take them out", zh="此题型没有上下限，请删除")


def _of_days(question: Question) -> Iterator[Words]:
    days = [day for day in (question.earliest, question.latest) if day]
    if days and question.kind != "date":
        yield Words(en="only a date has an earliest and a latest day", zh="只有日期题有最早和最晚日期")
        return
    for day in days:
        if not _is_day(day):
            yield Words(en=f"“{day[:20]}” is no date: write 2026-01-31", zh=f"“{day[:20]}”不是日期，请写成 2026-01-31")
            return
    if len(days) > 1 and days[0] > days[1]:
        yield Words(en="the earliest day is after the latest: exchange them", zh="最早日期晚于最晚日期，请对调")


def _of_marks(question: Question) -> Iterator[Words]:
    kind = question.kind
    for name, zh, is_set, kinds in (
        ("other", "“其他”", question.other, {"single", "dropdown", "multiple"}),
        ("several", "多选", question.several, {"picture", "matrix"}),
        ("shuffled", "随机顺序", question.shuffled, CHOOSING),
        ("pattern", "格式校验", bool(question.pattern), {"short"}),
        ("labels", "两端说明", bool(question.labels), SCALED),
    ):
        if is_set and kind not in kinds:
            yield Words(en=f"“{name}” is not for this kind of question: take it out", zh=f"此题型不支持{zh}，请取消")
    if not question.labels.keys() <= {"low", "high"}:
        yield Words(en="labels are “low” and “high”", zh="两端说明仅有 low 与 high")


def _of_effect(question: Question) -> Iterator[Words]:
    effect = question.effect
    if effect is None:
        return
    if effect.attribute is not None and question.kind == "matrix":
        yield Words(en="a matrix cannot be written to one attribute", zh="矩阵题不能写入一个属性")
    if effect.tags and question.kind not in (CHOOSING | {"consent"}) - {"matrix", "ranking"}:
        yield Words(
            en="tags are for what is chosen: this question offers nothing", zh="标签用于选择类题目，此题没有选项"
        )
    known = {choice.key for choice in question.choices} | ({OTHER} if question.other else set())
    known |= {"yes", "no"} if question.kind == "consent" else set()
    for key, tag in effect.tags.items():
        if key not in known:
            yield Words(
                en=f"a tag is for the choice “{key[:40]}”, which is not there", zh=f"标签对应的选项“{key[:40]}”不存在"
            )
        if not 1 <= len(tag.strip()) <= TAG_MAX or not tag.isprintable() or _UNFIT_FOR_A_TAG.search(tag):
            yield Words(
                en=f"“{tag[:TAG_MAX]}” cannot be a tag: at most {TAG_MAX} characters, without , ; | /",
                zh=f"“{tag[:TAG_MAX]}”不能用作标签：最多 {TAG_MAX} 个字符，不含 , ; | /",
            )


def _of_jumps(definition: Definition) -> Iterator[Problem]:
    order = {question.key: place for place, question in enumerate(in_order(definition))}
    phases = {question.key: question.phase for question in definition.questions}
    following = [*order, None]
    always: set[str] = set()
    for jump in definition.jumps:
        key, to = jump.after[:40], jump.to[:40]
        if key not in order:
            yield _problem(
                "",
                f"a jump starts after “{key}”, which is not there: take it out",
                f"有跳转从不存在的题目“{key}”出发，请删除",
            )
            continue
        if key in always:
            yield _problem(
                key,
                "a jump comes after one that is always taken: take it out, or put it first",
                "有跳转排在无条件跳转之后，不会生效，请删除或前移",
            )
        if not jump.when:
            always.add(key)
        yield from _of_target(key, to, order, phases)
        for words in check(jump.when, definition, before=following[order[key] + 1]):
            yield _problem(key, f"in a jump: {words.en}", f"跳转条件：{words.zh}")


def _of_target(key: str, to: str, order: dict[str, int], phases: dict[str, int]) -> Iterator[Problem]:
    if to == END:
        return
    if to not in order:
        yield _problem(
            key,
            f"it jumps to “{to}”, which is not there: choose another question or the end",
            f"跳转目标“{to}”不存在，请选择其他题目或结束",
        )
    elif phases[to] != phases[key]:
        yield _problem(
            key,
            f"it jumps to “{to}” of another phase: choose one of the same phase, or the end",
            f"跳转目标“{to}”属于其他阶段，请选择同一阶段的题目或结束",
        )
    elif order[to] <= order[key]:
        yield _problem(
            key,
            f"it jumps back to “{to}”, which would go round for ever: choose a later question",
            f"跳转回到“{to}”会形成循环，请选择后面的题目",
        )


def _of_texts(definition: Definition) -> Iterator[Problem]:
    order = [question.key for question in in_order(definition)]
    for place in texts_of(definition):
        known = order if place.name.startswith("end_") else order[: order.index(place.key)] if place.key else []
        for text in place.texts.values():
            if len(text) > TEXT_MAX:
                yield _problem(
                    place.key,
                    f"a text is longer than {TEXT_MAX} characters: shorten it",
                    f"文字超过 {TEXT_MAX} 个字，请缩短",
                )
            yield from _of_places(place.key, text, known, order)


def _of_places(key: str, text: str, known: Iterable[str], order: list[str]) -> Iterator[Problem]:
    for place in PLACE.finditer(text):
        name = place[1]
        if name not in order:
            yield _problem(
                key,
                f"a text says {{{name}}}, and there is no such question: correct the key",
                f"文字中的 {{{name}}} 没有对应的题目，请改正",
            )
        elif name not in known:
            yield _problem(
                key,
                f"a text says {{{name}}} before that is asked: use an earlier question",
                f"文字中的 {{{name}}} 此时还没有回答，请使用更早的题目",
            )


def _is_picture(text: str) -> bool:
    try:
        ids.read("pic", text)
    except NotFound:
        return False
    return True


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _problem(key: str, en: str, zh: str) -> Problem:
    return Problem(key, Words(en=en, zh=zh))
