"""Reads a file of members, column by column: every row cleaned, or refused by line and column.

Nothing here touches the database: `staging.py` puts down what is read here, `importing.py` carries it out.

| column | also called | what it holds |
|---|---|---|
| `external_id` | 会员编号 | required, once in a file |
| `name`, `phone`, `email`, `region` | 姓名 手机号 邮箱 地区 | as in the API |
| `occupation`, `locale`, `timezone`, `source` | 职业 语言 时区 来源 | as in the API |
| `gender` | 性别 | female, male, other, unknown, or 女, 男, 其他, 未知 |
| `birthday` | 生日 | 1990-05-20, or 05-20 without a year |
| `birthday_calendar` | 生日历法 | solar or lunar, or 公历, 农历; solar if empty |
| `tags` | 标签 | several, apart by comma, semicolon or bar; they are added, none is taken off |
| `consent.email`, `.sms`, `.in_app`, `.phone` | 邮件授权 短信授权 站内信授权 电话授权 | yes or no, or 是, 否 |
| `consent_evidence` | 授权凭据 | what shows the consent; else the import and the line |
| `attribute.<key>` | | a value that the attribute's kind allows |

An empty cell says nothing and leaves what is there. Cells are text and never evaluated; a spreadsheet's `="0123"`,
with which it keeps leading zeros, reads as `0123`, and the quote that keeps an exported cell from being a formula is
taken off again.

A million rows are read in some ten seconds: what is said again and again (a region, a birthday, tags) is cleaned once
and remembered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, cast

from tenants.kit import ids
from tenants.kit.cells import FORMULA
from tenants.kit.errors import DomainError, Invalid
from tenants.kit.words import Words
from tenants.members.rules import values
from tenants.members.rules.attributes import Attribute, attribute_called, canonical
from tenants.members.rules.consents import CHANNELS, Channel, proof
from tenants.members.rules.sheets import ImportUnreadable
from tenants.members.rules.values import Birthday

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable, Mapping, Sequence

SOURCE = "import"

TEXTS = ("external_id", "name", "phone", "email", "gender", "region", "occupation", "locale", "timezone", "source")
_COLUMNS = (
    *TEXTS, "birthday", "birthday_calendar", "tags", "consent_evidence",
    *(f"consent.{channel}" for channel in CHANNELS),
)  # fmt: skip
# A row as it is staged.
STAGED = (
    "id", "batch", "line", *TEXTS, "tags", "birth_calendar", "birth_year", "birth_month", "birth_day", "evidence",
    "attribute_rows", "attributes", "attribute_values", "consent_channels", "consent_answers",
)  # fmt: skip
_IN_CHINESE = {
    "会员编号": "external_id", "姓名": "name", "手机号": "phone", "邮箱": "email", "性别": "gender", "地区": "region",
    "职业": "occupation", "语言": "locale", "时区": "timezone", "来源": "source", "生日": "birthday",
    "生日历法": "birthday_calendar", "标签": "tags", "邮件授权": "consent.email", "短信授权": "consent.sms",
    "站内信授权": "consent.in_app", "电话授权": "consent.phone", "授权凭据": "consent_evidence",
}  # fmt: skip
_GENDERS = {"女": "female", "男": "male", "其他": "other", "未知": "unknown"}
_CALENDARS = {"公历": "solar", "农历": "lunar"}
_ANSWERS = {"yes": True, "true": True, "1": True, "是": True, "no": False, "false": False, "0": False, "否": False}
_DATE = re.compile(r"(?:([0-9]{4})[-/.年])?([0-9]{1,2})[-/.月]([0-9]{1,2})日?\Z")
_KEPT_AS_TEXT = re.compile(r'="(.*)"\Z')
_WRAPPED = frozenset("'=")
_ATTRIBUTE = "attribute."
_CONSENT = "consent."
_REMEMBERED_MAX = 50_000
_UNIQUE = frozenset({"external_id", "name", "phone", "email"})  # hardly ever said twice, so not worth remembering


class CellsMissing(Invalid):
    """A row has not as many cells as the header has columns."""

    code = "import.cells"
    sentence = Words(
        en="The row has {cells} cells, the header {columns}.", zh="该行有 {cells} 个单元格，表头有 {columns} 列。"
    )

    def __init__(self, *, cells: int, columns: int) -> None:
        super().__init__(param="", problem="", cells=cells, columns=columns)


@dataclass(frozen=True, slots=True)
class RowError:
    """Why a row was left out: where, a code for programs and a sentence for people."""

    line: int
    column: str
    code: str
    sentence: str


def row_error(line: int, column: str, error: DomainError) -> RowError:
    """An error of a row, said in the reader's language."""
    return RowError(line, column, error.code, error.say())


class _Reader(dict[str, Any]):
    """Cleans the cells of one column: `reader[cell]` is the value, None for an empty cell, or the error.

    `wrong` says whether there has been an error at all.
    """

    def __init__(self, read: Callable[[str], Any], *, remembers: bool) -> None:
        super().__init__()
        self._read = read
        self._remembers = remembers
        self.wrong = False

    def __missing__(self, cell: str) -> Any:
        said = _cell(cell)
        try:
            value = self._read(said) if said else None
        except DomainError as error:
            self.wrong = True
            return error
        if self._remembers and len(self) < _REMEMBERED_MAX:
            self[cell] = value
        return value


class _Births(dict[Any, Any]):
    """Birthdays by the date in one column and the calendar in another; None where none is given, or the error."""

    wrong = False

    def __missing__(self, pair: tuple[Any, Any]) -> Any:
        told, calendar = pair
        if told is None or isinstance(told, DomainError):
            return told
        kind: Literal["lunar", "solar"] = "lunar" if calendar == "lunar" else "solar"
        try:
            self[pair] = values.birthday(Birthday(told[1], told[2], told[0], kind))
        except DomainError as error:
            self.wrong = True
            return error
        return self[pair]


class Sheet:
    """The columns of one file, and how each is read."""

    def __init__(self, header: Sequence[str], *, defined: Mapping[str, Attribute]) -> None:
        """Raises ImportUnreadable for a header without the external id, or with an unknown or repeated column."""
        self.columns = _columns(header, defined)
        self._readers = {
            column: _Reader(_read_of(column, defined), remembers=column not in _UNIQUE) for column in self.columns
        }
        self._births = _Births()
        self._attributes = [
            (column, defined[column.removeprefix(_ATTRIBUTE)].id)
            for column in self.columns
            if column.startswith(_ATTRIBUTE)
        ]
        self._consents = [
            (column, cast("Channel", column.removeprefix(_CONSENT)))
            for column in self.columns
            if column.startswith(_CONSENT)
        ]

    def read(
        self, lines: Sequence[tuple[int, list[str]]], *, batch: uuid.UUID
    ) -> tuple[list[tuple[Any, ...]], list[RowError], int]:
        """The good rows as they are staged, why the others are not among them, and how many others there are."""
        width = len(self.columns)
        errors = [
            row_error(line, "", CellsMissing(cells=len(cells), columns=width))
            for line, cells in lines
            if len(cells) != width
        ]
        whole = [(line, cells) for line, cells in lines if len(cells) == width] if errors else lines
        if not whole:
            return [], errors, len(lines)
        read = {
            column: list(map(self._readers[column].__getitem__, cells))
            for column, cells in zip(self.columns, zip(*(cells for _, cells in whole), strict=True), strict=True)
        }
        wrong = self._wrong(read, [line for line, _ in whole])
        errors = sorted([*errors, *wrong], key=lambda error: error.line)
        rows = self._staged(read, [line for line, _ in whole], batch)
        if wrong:
            bad = {error.line for error in wrong}
            rows = [row for row in rows if row[2] not in bad]
        return rows, errors, len(lines) - len(rows)

    def _wrong(self, read: dict[str, list[Any]], numbers: list[int]) -> list[RowError]:
        if "birthday" in read:
            calendars = read.get("birthday_calendar", [None] * len(numbers))
            read["birthday"] = [self._births[pair] for pair in zip(read["birthday"], calendars, strict=True)]
        if None in read["external_id"]:
            missing = Invalid(param="external_id", problem=Words(en="every row needs one", zh="每行都须填写"))
            read["external_id"] = [missing if value is None else value for value in read["external_id"]]
            self._readers["external_id"].wrong = True
        suspects = [column for column, reader in self._readers.items() if reader.wrong]
        suspects += ["birthday"] if "birthday" in read and self._births.wrong else []
        return [
            row_error(numbers[place], column, value)
            for column in dict.fromkeys(suspects)
            for place, value in enumerate(read[column])
            if isinstance(value, DomainError)
        ]

    def _staged(self, read: dict[str, list[Any]], numbers: list[int], batch: uuid.UUID) -> list[tuple[Any, ...]]:
        nothing = [None] * len(numbers)
        births = list(map(_birth, read["birthday"])) if "birthday" in read else []
        parts = [list(part) for part in zip(*births, strict=True)] or [nothing] * 4
        attributes = [self._attributes_of(place, read) for place in range(len(numbers))] if self._attributes else []
        known = [list(part) for part in zip(*attributes, strict=True)] or [nothing] * 3
        consents = [self._consents_of(place, read) for place in range(len(numbers))] if self._consents else []
        said = [list(part) for part in zip(*consents, strict=True)] or [nothing] * 2
        evidence = read.get("consent_evidence", nothing)
        if self._consents:
            evidence = [text or f"import, line {line}" for text, line in zip(evidence, numbers, strict=True)]
        return list(
            zip(
                [ids.new() for _ in numbers], [batch] * len(numbers), numbers,
                *(read.get(column, nothing) for column in TEXTS), read.get("tags", nothing), *parts, evidence,
                *known, *said, strict=True,
            )
        )  # fmt: skip

    def _attributes_of(self, place: int, read: dict[str, list[Any]]) -> tuple[Any, Any, Any]:
        known = [(attribute, read[column][place]) for column, attribute in self._attributes]
        known = [pair for pair in known if pair[1] is not None]
        return [ids.new() for _ in known], [attribute for attribute, _ in known], [value for _, value in known]

    def _consents_of(self, place: int, read: dict[str, list[Any]]) -> tuple[Any, Any]:
        said = [(channel, read[column][place]) for column, channel in self._consents]
        said = [pair for pair in said if pair[1] is not None]
        return [channel for channel, _ in said], [granted for _, granted in said]


def _columns(header: Sequence[str], defined: Mapping[str, Attribute]) -> list[str]:
    names = [name.strip() for name in header]
    columns = [_IN_CHINESE.get(name, name.lower()) for name in names]
    if "external_id" not in columns:
        raise ImportUnreadable(
            Words(
                en="the first line must name the columns, “external_id” among them",
                zh="第一行须为列名，且包含“会员编号”（external_id）",
            )
        )
    for name, column in zip(names, columns, strict=True):
        known = column in _COLUMNS or (column.startswith(_ATTRIBUTE) and column.removeprefix(_ATTRIBUTE) in defined)
        shown = "".join(letter for letter in name if letter.isprintable())[:60].replace("{", "(").replace("}", ")")
        if not known:
            raise ImportUnreadable(Words(en=f"there is no column “{shown}”", zh=f"没有“{shown}”这一列"))
        if columns.count(column) > 1:
            raise ImportUnreadable(Words(en=f"the column “{shown}” is there twice", zh=f"“{shown}”列重复"))
    return columns


def _read_of(column: str, defined: Mapping[str, Attribute]) -> Callable[[str], Any]:
    """How the cells of a column are read; the birthday is read in two steps, for its calendar stands in another."""
    if column in _SPECIAL:
        return _SPECIAL[column]
    if column in TEXTS:
        return partial(values.field, column)
    if column.startswith(_ATTRIBUTE):
        attribute = attribute_called(column.removeprefix(_ATTRIBUTE), among=defined)
        return lambda cell: canonical(attribute, cell)
    return lambda cell: _answer(cell, column)


def _birth(value: Any) -> tuple[Any, Any, Any, Any]:
    return (value.calendar, value.year, value.month, value.day) if isinstance(value, Birthday) else (None,) * 4


def _cell(cell: str) -> str:
    trimmed = cell.strip()
    if trimmed[:1] not in _WRAPPED:
        return trimmed
    if trimmed.startswith("'"):
        return trimmed[1:].strip() if trimmed[1:2] in FORMULA else trimmed
    kept = _KEPT_AS_TEXT.match(trimmed)
    return kept[1].strip() if kept else trimmed


def _date(cell: str) -> tuple[int | None, int, int]:
    found = _DATE.match(cell)
    if not found:
        raise Invalid(param="birthday", problem=Words(en="use 1990-05-20, or 05-20", zh="请使用 1990-05-20 或 05-20"))
    return int(found[1]) if found[1] else None, int(found[2]), int(found[3])


def _answer(cell: str, column: str) -> bool:
    if cell.lower() not in _ANSWERS:
        raise Invalid(param=column, problem=Words(en="use yes or no", zh="请填写 是 或 否"))
    return _ANSWERS[cell.lower()]


_SPECIAL: dict[str, Callable[[str], Any]] = {
    "phone": values.phone_quickly,
    "gender": lambda cell: values.field("gender", _GENDERS.get(cell, cell.lower())),
    "tags": lambda cell: values.tags(part for part in values.TAG_SEPARATORS.split(cell) if part.strip()),
    "birthday": _date,
    "birthday_calendar": lambda cell: values.one_of(
        _CALENDARS.get(cell, cell.lower()), param="birthday_calendar", choices=values.CALENDARS
    ),
    "consent_evidence": proof,
}
