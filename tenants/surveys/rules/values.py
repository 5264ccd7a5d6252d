"""What one says to a question: read and checked by the question's kind, kept in rows, and said again in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tenants.kit.words import Words
from tenants.surveys.rules.definition import OTHER, SCORES, Question, say
from tenants.surveys.rules.refusals import AnswerRefused
from tenants.surveys.rules.searching import tokens

if TYPE_CHECKING:
    from collections.abc import Callable

SHORT_MAX = 500
LONG_MAX = 5000
OTHER_MAX = 500
RATING_MOST = 5
RATING_TOP = 10
NUMBER_MAX = Decimal(10**12)
NUMBER_PLACES = 6
YES, NO = "yes", "no"
_ONE = Decimal(1)
SCALED: frozenset[str] = frozenset({"rating", *SCORES})
"""Kinds that are answered by a whole number on a scale."""
ONE_CHOICE: frozenset[str] = frozenset({"single", "dropdown"})
_NOTHING: Mapping[str, tuple[str, ...]] = MappingProxyType({})
_PATTERNS = {
    "email": re.compile(r"[^\s@<>\"(),;:\\]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+\Z"),
    "phone": re.compile(r"\+?[0-9](?:[ ()./-]?[0-9]){4,18}\Z"),
    "url": re.compile(r"https?://[^\s/.]+(?:\.[^\s/.]+)+(?:/\S*)?\Z", re.IGNORECASE),
    "postcode": re.compile(r"[A-Za-z0-9][A-Za-z0-9 -]{1,9}\Z"),
}
_PATTERN_WORDS = {
    "email": Words(en="Please give an e-mail address, e.g. li@example.com.", zh="请填写邮箱地址，如 li@example.com。"),
    "phone": Words(en="Please give a telephone number.", zh="请填写电话号码。"),
    "url": Words(en="Please give a web address that begins with https://.", zh="请填写以 https:// 开头的网址。"),
    "postcode": Words(en="Please give a postcode.", zh="请填写邮政编码。"),
}  # fmt: skip
_UNREADABLE = Words(en="This answer cannot be read.", zh="无法识别这个回答。")
_PICK = Words(en="Please choose from what is offered.", zh="请从给出的选项中选择。")


@dataclass(frozen=True, slots=True)
class Given:
    """One answer. What kind of question it was says which of these are filled; none of them: not answered.

    `choices` are keys, in the order of a ranking; of a consent `yes` or `no`. `text` is free text, or what was written
    beside `other`. `rows` are the choices by row of a matrix.
    """

    number: Decimal | None = None
    day: date | None = None
    choices: tuple[str, ...] = ()
    text: str = ""
    rows: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _NOTHING)

    @property
    def empty(self) -> bool:
        """Nothing was said."""
        return self.number is None and self.day is None and not (self.choices or self.text or self.rows)


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One row of `survey_answer`, but for whose it is."""

    part: str = ""
    number: Decimal | None = None
    day: date | None = None
    choices: list[str] | None = None
    text: str | None = None
    tokens: list[str] | None = None


def read_answer(question: Question, raw: Any, languages: Sequence[str] = (), language: str | None = None) -> Given:
    """An answer as the API brings it, checked but for whether it is needed; None is no answer.

    single, dropdown, picture: `"key"`; several of them, multiple, ranking: `["key", …]`; with something written:
    `{"choices": ["other"], "other": "text"}`; rating, NPS, CSAT, CES, number: a number; texts: a text; date:
    `"2026-01-31"`; matrix: `{"row": "key"}` or `{"row": ["key", …]}`; consent: true or false.

    `languages` are those of the survey, `language` that of the member. Raises AnswerRefused with the question's own
    `error`, or our sentence where it has none.
    """
    if raw is None or raw in ("", [], {}):
        return Given()
    try:
        return _READERS[question.kind](question, raw)
    except _Unfit as unfit:
        raise _refusal(question, unfit.words, languages, language) from None


def require(
    question: Question, given: Given | None, languages: Sequence[str] = (), language: str | None = None
) -> None:
    """See that a question which was shown is answered as far as it must be, before a response is complete.

    A required consent must be given, a required matrix answered in each row, and what was chosen as `other` be said.
    Raises AnswerRefused.
    """
    if given is not None and OTHER in given.choices and question.other and not given.text:
        words = Words(en="Please say what you mean by “other”.", zh="请填写“其他”的内容。")
        raise _refusal(question, words, languages, language)
    if not question.required:
        return
    if given is None or given.empty:
        raise _refusal(question, Words(en="Please answer this question.", zh="请回答此题。"), languages, language)
    if question.kind == "consent" and given.choices != (YES,):
        raise _refusal(question, Words(en="This must be agreed to.", zh="需要同意后才能继续。"), languages, language)
    if question.kind == "matrix" and any(row.key not in given.rows for row in question.rows):
        raise _refusal(question, Words(en="Please answer every row.", zh="请回答每一行。"), languages, language)


def read_form(question: Question, fields: Mapping[str, list[str]], prefix: str = "q.") -> Any:
    """The answer in the fields of an HTML form, as `read_answer` takes it; None where there is none.

    `q.<key>` holds the value or the ticked ones, `q.<key>.other` what was written beside `other`, `q.<key>.<row>` those
    of a row of a matrix. A ranking comes in order in `q.<key>`, or as the place of each choice in `q.<key>.<choice>`.
    """
    name = f"{prefix}{question.key}"
    values = [text for each in fields.get(name, ()) if (text := each.strip())]
    if question.kind == "matrix":
        rows = {row.key: [text for each in fields.get(f"{name}.{row.key}", ()) if (text := each.strip())]
                for row in question.rows}  # fmt: skip
        return {row: chosen if question.several else chosen[0] for row, chosen in rows.items() if chosen} or None
    if question.kind == "ranking":
        return values or _by_place(question, fields, name)
    if not values:
        return None
    if question.kind == "consent":
        return {YES: True, NO: False}.get(values[0], values[0])
    if question.kind == "multiple" or (question.kind == "picture" and question.several):
        chosen: Any = values
    else:
        chosen = values[0]
    if question.other and OTHER in values:
        return {"choices": values, "other": next(iter(fields.get(f"{name}.other", ())), "").strip()}
    return chosen


def to_rows(question: Question, given: Given) -> list[AnswerRow]:
    """The rows in which an answer is kept: one, or one for each answered row of a matrix; none for no answer."""
    if given.empty:
        return []
    if question.kind == "matrix":
        return [AnswerRow(part=row, choices=list(chosen)) for row, chosen in given.rows.items()]
    choices = list(given.choices) or None
    text, found_by = (given.text, tokens(given.text)) if given.text else (None, None)
    return [AnswerRow(number=given.number, day=given.day, choices=choices, text=text, tokens=found_by)]


def from_rows(rows: Iterable[Any]) -> Given:
    """The answer that the rows of one question in one response tell, by the names of their columns."""
    found = Given()
    parts: dict[str, tuple[str, ...]] = {}
    for row in rows:
        if row["part"]:
            parts[row["part"]] = tuple(row["choices"] or ())
        else:
            found = Given(
                number=row["number"], day=row["day"], choices=tuple(row["choices"] or ()), text=row["text"] or ""
            )
    return Given(rows=parts) if parts else found


class _Unfit(Exception):
    """Why an answer does not do, in our own words."""

    def __init__(self, words: Words) -> None:
        self.words = words


def _refusal(question: Question, words: Words, languages: Sequence[str], language: str | None) -> AnswerRefused:
    own = say(question.error, languages=list(languages), language=language)
    return AnswerRefused(param=f"answers.{question.key}", problem=own or told(words, language), question=question.key)


def told(words: Words, language: str | None) -> str:
    """Our own words: in Chinese for whoever reads any Chinese, in English for all other languages that are named."""
    if language is None:
        return words.say()
    return words.zh if language.partition("-")[0] == "zh" else words.en


def _by_place(question: Question, fields: Mapping[str, list[str]], name: str) -> list[str] | None:
    places = {}
    for choice in question.choices:
        text = next(iter(fields.get(f"{name}.{choice.key}", ())), "").strip()
        if text:
            places[choice.key] = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0  # noqa: PLR2004
    if len(set(places.values())) < len(places) or 0 in places.values():
        words = Words(en="Please give each a place of its own.", zh="请为每一项选择不同的名次。")
        raise _refusal(question, words, (), None)
    return sorted(places, key=places.__getitem__) or None


def _chosen(question: Question, raw: Any) -> Given:
    keys, text = _keys(question, raw)
    if len(keys) != 1:
        raise _Unfit(Words(en="Please choose one.", zh="请选择一项。"))
    return Given(choices=tuple(keys), text=text)


def _several(question: Question, raw: Any) -> Given:
    if question.kind == "picture" and not question.several:
        return _chosen(question, raw)
    keys, text = _keys(question, raw)
    _count(len(keys), question.least, question.most)
    order = {key: place for place, key in enumerate((*(choice.key for choice in question.choices), OTHER))}
    return Given(choices=tuple(sorted(keys, key=order.__getitem__)), text=text)


def _ranked(question: Question, raw: Any) -> Given:
    keys, _ = _keys(question, raw)
    most = len(question.choices) if question.most is None else question.most
    _count(len(keys), most if question.least is None else question.least, most)
    return Given(choices=tuple(keys))


def _keys(question: Question, raw: Any) -> tuple[list[str], str]:
    text = ""
    if isinstance(raw, dict):
        if not raw.keys() <= {"choices", "other"}:
            raise _Unfit(_UNREADABLE)
        said = raw.get("other") or ""
        raw = raw.get("choices")
        text = _clean(said, OTHER_MAX)
        if text and not (question.other and isinstance(raw, list) and OTHER in raw):
            raise _Unfit(_PICK)
    keys = raw if isinstance(raw, list) else [raw]
    known = {choice.key for choice in question.choices} | ({OTHER} if question.other else set())
    if not keys or not all(isinstance(key, str) and key in known for key in keys) or len(set(keys)) < len(keys):
        raise _Unfit(_PICK)
    return keys, text


def _count(number: int, least: Decimal | int | None, most: Decimal | int | None) -> None:
    if least is not None and number < least:
        raise _Unfit(Words(en=f"Please choose at least {least}.", zh=f"请至少选择 {least} 项。"))
    if most is not None and number > most:
        raise _Unfit(Words(en=f"Please choose at most {most}.", zh=f"最多选择 {most} 项。"))


def scale_of(question: Question) -> tuple[int, int]:
    """The ends of the scale of a rating, NPS, CSAT or CES."""
    # A draft may say a billion still, and be previewed.
    return SCORES.get(question.kind) or (1, min(int(question.most or RATING_MOST), RATING_TOP))


def _score(question: Question, raw: Any) -> Given:
    least, most = scale_of(question)
    number = _decimal(raw)
    if number != number.to_integral_value() or not least <= number <= most:
        raise _Unfit(Words(en=f"Please choose from {least} to {most}.", zh=f"请在 {least} 到 {most} 之间选择。"))
    return Given(number=number.quantize(_ONE))


def _number(question: Question, raw: Any) -> Given:
    number = _decimal(raw)
    if question.least is not None and number < question.least:
        raise _Unfit(Words(en=f"Please use {question.least:f} or more.", zh=f"请填写不小于 {question.least:f} 的数。"))
    if question.most is not None and number > question.most:
        raise _Unfit(Words(en=f"Please use {question.most:f} or less.", zh=f"请填写不大于 {question.most:f} 的数。"))
    return Given(number=number)


def _decimal(raw: Any) -> Decimal:
    if type(raw) is int and abs(raw) <= NUMBER_MAX:
        return Decimal(raw)
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal | str) or len(str(raw)) > 40:  # noqa: PLR2004
        raise _Unfit(_A_NUMBER)
    try:
        number = Decimal(str(raw).strip())
    except ArithmeticError:
        raise _Unfit(_A_NUMBER) from None
    if not number.is_finite() or abs(number) > NUMBER_MAX:
        raise _Unfit(_A_NUMBER)
    if round(number, NUMBER_PLACES) != number:
        raise _Unfit(Words(en=f"Please use at most {NUMBER_PLACES} decimals.", zh=f"最多 {NUMBER_PLACES} 位小数。"))
    return number + 0  # and never -0


_A_NUMBER = Words(en="Please give a number.", zh="请填写数字。")


def _written(question: Question, raw: Any) -> Given:
    top = SHORT_MAX if question.kind == "short" else LONG_MAX
    text = _clean(raw, top)
    if question.kind == "short":
        text = " ".join(text.split())
    if not text:
        return Given()
    if question.most is not None and len(text) > question.most:
        raise _Unfit(Words(en=f"Please write at most {question.most} characters.", zh=f"最多 {question.most} 个字。"))
    if question.least is not None and len(text) < question.least:
        raise _Unfit(
            Words(en=f"Please write at least {question.least} characters.", zh=f"至少 {question.least} 个字。")
        )
    if question.pattern and not _PATTERNS[question.pattern].match(text):
        raise _Unfit(_PATTERN_WORDS[question.pattern])
    return Given(text=text)


def _clean(raw: Any, most: int) -> str:
    """Text that can be kept and shown: without control characters but line feeds and tabs."""
    if not isinstance(raw, str):
        raise _Unfit(_UNREADABLE)
    text = raw
    if not raw.isprintable():  # nearly all text is, and then there is nothing to look for
        text = "".join(letter for letter in raw.replace("\r\n", "\n") if letter in "\n\t" or not _is_control(letter))
    text = text.strip()
    if len(text) > most:
        raise _Unfit(Words(en=f"Please write at most {most} characters.", zh=f"最多 {most} 个字。"))
    return text


def _is_control(letter: str) -> bool:
    return letter < " " or "\x7f" <= letter <= "\x9f" or "\ud800" <= letter <= "\udfff"


def _day(question: Question, raw: Any) -> Given:
    try:
        day = date.fromisoformat(raw) if isinstance(raw, str) and len(raw) == len("2026-01-31") else None
    except ValueError:
        day = None
    if day is None:
        raise _Unfit(Words(en="Please give a date, such as 2026-01-31.", zh="请填写日期，如 2026-01-31。"))
    if question.earliest and day.isoformat() < question.earliest:
        first = question.earliest
        raise _Unfit(Words(en=f"Please choose {first} or later.", zh=f"请选择 {first} 或之后的日期。"))
    if question.latest and day.isoformat() > question.latest:
        last = question.latest
        raise _Unfit(Words(en=f"Please choose {last} or earlier.", zh=f"请选择 {last} 或之前的日期。"))
    return Given(day=day)


def _matrix(question: Question, raw: Any) -> Given:
    known = [row.key for row in question.rows]
    if not isinstance(raw, dict) or not raw.keys() <= set(known):
        raise _Unfit(_UNREADABLE)
    columns = [choice.key for choice in question.choices]
    rows = {}
    for row in known:
        said = raw.get(row)
        if said is None or said in ("", []):
            continue
        chosen = said if isinstance(said, list) else [said]
        if not all(isinstance(key, str) and key in columns for key in chosen) or len(set(chosen)) < len(chosen):
            raise _Unfit(_PICK)
        if len(chosen) > 1 and not question.several:
            raise _Unfit(Words(en="Please choose one in each row.", zh="每行请选择一项。"))
        rows[row] = tuple(sorted(chosen, key=columns.index))
    return Given(rows=rows)


def _agreed(_: Question, raw: Any) -> Given:
    if not isinstance(raw, bool):
        raise _Unfit(_UNREADABLE)
    return Given(choices=(YES if raw else NO,))


_READERS: dict[str, Callable[[Question, Any], Given]] = {
    "single": _chosen, "dropdown": _chosen, "multiple": _several, "picture": _several, "ranking": _ranked,
    "rating": _score, "nps": _score, "csat": _score, "ces": _score, "number": _number, "short": _written,
    "long": _written, "date": _day, "matrix": _matrix, "consent": _agreed,
}  # fmt: skip
