"""Reads a CSV of members: columns, encodings, and each row cleaned or refused by line and column.

Nothing here touches the database: `imported.py` carries out what is read here.

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
with which it keeps leading zeros, reads as `0123`.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from tenants.kit.errors import DomainError, Invalid
from tenants.kit.words import Words
from tenants.members.rules import values
from tenants.members.rules.attributes import Attribute, attribute_called, canonical
from tenants.members.rules.consents import CHANNELS, Channel, proof
from tenants.members.rules.values import Birthday, Profile

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterator, Mapping

ROWS_MAX = 50_000
SOURCE = "import"

_TEXTS = ("external_id", "name", "phone", "email", "gender", "region", "occupation", "locale", "timezone", "source")
_COLUMNS = (
    *_TEXTS, "birthday", "birthday_calendar", "tags", "consent_evidence",
    *(f"consent.{channel}" for channel in CHANNELS),
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
_ATTRIBUTE = "attribute."


class ImportUnreadable(Invalid):
    """The file as a whole cannot be used; nothing of it was."""

    code = "import.unreadable"
    sentence = Words(en="The file cannot be read: {problem}", zh="无法读取文件：{problem}")

    def __init__(self, problem: Words) -> None:
        super().__init__(param="body", problem=problem)


class CellsMissing(Invalid):
    """A row has not as many cells as the header has columns."""

    code = "import.cells"
    sentence = Words(
        en="The row has {cells} cells, the header {columns}.", zh="该行有 {cells} 个单元格，表头有 {columns} 列。"
    )

    def __init__(self, *, cells: int, columns: int) -> None:
        super().__init__(param="", problem="", cells=cells, columns=columns)


class Duplicate(Invalid):
    """A second row for one member."""

    code = "import.duplicate"
    sentence = Words(
        en="This external id is on line {line} already; only that line counts.",
        zh="此会员编号已在第 {line} 行出现，仅以该行为准。",
    )

    def __init__(self, *, line: int) -> None:
        super().__init__(param="external_id", problem="", line=line)


@dataclass(frozen=True, slots=True)
class RowError:
    """Why a row was left out: where, a code for programs and a sentence for people."""

    line: int
    column: str
    code: str
    sentence: str


@dataclass(slots=True)
class Row:
    """One row, cleaned: what it says of one member, and nothing that it does not say."""

    line: int
    external_id: str
    profile: Profile
    birthday: Birthday | None = None
    tags: list[str] = field(default_factory=list)
    attributes: dict[uuid.UUID, str] = field(default_factory=dict)
    consents: dict[Channel, bool] = field(default_factory=dict)
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A file that has been read: the good rows, and why the others are not among them."""

    rows: list[Row]
    failed: int
    errors: list[RowError]


def read_rows(data: bytes, *, defined: Mapping[str, Attribute]) -> Draft:
    """Read a CSV in UTF-8 (with or without byte order mark) or GBK, its first line naming the columns.

    Raises ImportUnreadable for what is wrong with the file as a whole: no header, an unknown column, too many rows.
    """
    lines = _lines(_decode(data))
    header = next(lines, (0, []))[1]
    columns = _columns(header, defined)
    rows: list[Row] = []
    errors: list[RowError] = []
    first_lines: dict[str, int] = {}
    failed = 0
    for line, cells in lines:
        if len(rows) + failed >= ROWS_MAX:
            raise ImportUnreadable(
                Words(en=f"it has more than {ROWS_MAX:,} rows; split it", zh=f"超过 {ROWS_MAX:,} 行，请拆分文件")
            )
        row, wrong = _row(line, cells, columns, defined)
        if row and row.external_id in first_lines:
            wrong.append(_error(line, "external_id", Duplicate(line=first_lines[row.external_id])))
        if row and not wrong:
            first_lines[row.external_id] = line
            rows.append(row)
        else:
            failed += 1
            errors += wrong
    return Draft(rows, failed, errors)


def _decode(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):  # GB 18030 holds all of GBK
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ImportUnreadable(Words(en="save it as CSV in UTF-8 or GBK", zh="请另存为 UTF-8 或 GBK 编码的 CSV"))


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not blank, with the number of the line on which it begins."""
    first = text.partition("\n")[0]
    delimiter = next((mark for mark in ",;\t" if mark in first), ",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            # A quote that is never closed swallows all that follows, so there is no next row to go on with.
            raise ImportUnreadable(
                Words(en=f"the quotes on line {line} do not match", zh=f"第 {line} 行的引号不成对")
            ) from None
        if any(cell.strip() for cell in cells):
            yield line, cells


def _columns(header: list[str], defined: Mapping[str, Attribute]) -> list[str]:
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


def _row(
    line: int, cells: list[str], columns: list[str], defined: Mapping[str, Attribute]
) -> tuple[Row | None, list[RowError]]:
    if len(cells) != len(columns):
        return None, [_error(line, "", CellsMissing(cells=len(cells), columns=len(columns)))]
    said = {column: _cell(cell) for column, cell in zip(columns, cells, strict=True)}
    said = {column: cell for column, cell in said.items() if cell}
    row = Row(line, "", Profile())
    wrong: list[RowError] = []
    if "external_id" not in said:
        told = Words(en="every row needs one", zh="每行都须填写")
        wrong.append(_error(line, "external_id", Invalid(param="external_id", problem=told)))
    for column, cell in said.items():
        try:
            _read(row, column, cell, said, defined)
        except DomainError as error:
            wrong.append(_error(line, column, error))
    row.external_id = row.profile.get("external_id") or ""
    row.evidence = row.evidence or f"CSV import, line {line}"
    return row, wrong


def _read(row: Row, column: str, cell: str, said: dict[str, str], defined: Mapping[str, Attribute]) -> None:
    if column in _TEXTS:
        value = _GENDERS.get(cell, cell.lower()) if column == "gender" else cell
        row.profile.update(values.profile(cast("Profile", {column: value})))
    elif column == "tags":
        row.tags = values.tags(part for part in values.TAG_SEPARATORS.split(cell) if part.strip())
    elif column == "birthday":
        row.birthday = _birthday(cell, said.get("birthday_calendar", "solar"))
    elif column == "birthday_calendar":
        values.one_of(_CALENDARS.get(cell, cell.lower()), param=column, choices=values.CALENDARS)
    elif column == "consent_evidence":
        row.evidence = proof(cell)
    elif column.startswith(_ATTRIBUTE):
        attribute = attribute_called(column.removeprefix(_ATTRIBUTE), among=defined)
        row.attributes[attribute.id] = canonical(attribute, cell)
    else:
        row.consents[_CHANNEL_OF[column]] = _answer(cell, column)


_CHANNEL_OF: dict[str, Channel] = {f"consent.{channel}": channel for channel in CHANNELS}


def _cell(cell: str) -> str:
    trimmed = cell.strip()
    kept = _KEPT_AS_TEXT.match(trimmed)
    return kept[1].strip() if kept else trimmed


def _birthday(cell: str, calendar: str) -> Birthday:
    found = _DATE.match(cell)
    if not found:
        raise Invalid(param="birthday", problem=Words(en="use 1990-05-20, or 05-20", zh="请使用 1990-05-20 或 05-20"))
    kind = "lunar" if _CALENDARS.get(calendar, calendar.lower()) == "lunar" else "solar"
    year = int(found[1]) if found[1] else None
    return values.birthday(Birthday(int(found[2]), int(found[3]), year, "lunar" if kind == "lunar" else "solar"))


def _answer(cell: str, column: str) -> bool:
    if cell.lower() not in _ANSWERS:
        raise Invalid(param=column, problem=Words(en="use yes or no", zh="请填写 是 或 否"))
    return _ANSWERS[cell.lower()]


def _error(line: int, column: str, error: DomainError) -> RowError:
    return RowError(line, column, error.code, error.say())
