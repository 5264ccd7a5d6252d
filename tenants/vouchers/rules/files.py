"""Reads a CSV of codes: one column, each row cleaned or refused by its line."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field

from tenants.kit.errors import Invalid
from tenants.kit.words import Words

ROWS_MAX = 200_000
ERRORS_MAX = 100
CODES_PASTED_MAX = 20_000
_NAMES = frozenset({"code", "券码", "卡密", "兑换码", "voucher", "coupon"})
_KEPT_AS_TEXT = re.compile(r'="(.*)"\Z')


class FileUnreadable(Invalid):
    """The file as a whole cannot be used; nothing of it was."""

    code = "voucher_codes.unreadable"
    sentence = Words(en="The file cannot be read: {problem}", zh="无法读取文件：{problem}")

    def __init__(self, problem: Words) -> None:
        super().__init__(param="body", problem=problem)


@dataclass(frozen=True, slots=True)
class RowError:
    """Why a row was left out."""

    line: int
    words: Words


@dataclass(slots=True)
class Rows:
    """A file that has been read: line and code of the good rows, and the first reasons why others are not there."""

    rows: list[tuple[int, str]] = field(default_factory=list)
    failed: int = 0
    errors: list[RowError] = field(default_factory=list)

    def refuse(self, line: int, words: Words) -> None:
        """Leave a row out."""
        self.failed += 1
        if len(self.errors) < ERRORS_MAX:
            self.errors.append(RowError(line, words))


def read_codes(data: bytes, *, least: int, most: int) -> Rows:
    """Read the codes of a CSV in UTF-8 or GBK: the column called `code` (券码), or the first one.

    Cells are text and never evaluated; a spreadsheet's `="0123"` reads as `0123`. Raises FileUnreadable.
    """
    read = Rows()
    reader = csv.reader(io.StringIO(_decode(data), newline=""), strict=True)
    place = 0
    first = True
    try:
        for cells in reader:
            line = reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            names = [cell.strip().lower() for cell in cells]
            if first and _NAMES.intersection(names):
                place = next(number for number, name in enumerate(names) if name in _NAMES)
                first = False
                continue
            first = False
            if len(read.rows) + read.failed >= ROWS_MAX:
                raise FileUnreadable(
                    Words(en=f"it has more than {ROWS_MAX:,} rows; split it", zh=f"超过 {ROWS_MAX:,} 行，请拆分文件")
                )
            code = _cell(cells[place]) if place < len(cells) else ""
            if least <= len(code) <= most and code.isprintable():
                read.rows.append((line, code))
            else:
                read.refuse(
                    line, Words(en=f"a code has {least} to {most} characters", zh=f"券码须为 {least} 到 {most} 个字符")
                )
    except csv.Error:
        raise FileUnreadable(
            Words(
                en=f"the quotes near line {reader.line_num} do not match", zh=f"第 {reader.line_num} 行附近引号不成对"
            )
        ) from None
    return read


def _decode(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):  # GB 18030 holds all of GBK
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise FileUnreadable(Words(en="save it as CSV in UTF-8 or GBK", zh="请另存为 UTF-8 或 GBK 编码的 CSV"))


def _cell(cell: str) -> str:
    trimmed = cell.strip()
    kept = _KEPT_AS_TEXT.match(trimmed)
    return kept[1].strip() if kept else trimmed
