"""Opens a file of rows, CSV or Excel, and hands out its rows in chunks; nothing here knows what is in them.

CSV is read as it streams, in UTF-8 (with or without byte order mark) or GBK / GB 18030. Of an Excel file the first
sheet is read, and all of it at once: that is how the format is packed, so there is a limit to its size unpacked.
"""

from __future__ import annotations

import csv
import itertools
import zipfile
from codecs import getincrementaldecoder
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from python_calamine import CalamineError, CalamineWorkbook

from tenants.kit.errors import Invalid
from tenants.kit.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    Lines = Iterator[tuple[int, list[str]]]

EXCEL_BYTES_MAX = 1_000_000_000  # unpacked
_READ_BYTES = 1 << 20
_ZIP = b"PK\x03\x04"


class ImportUnreadable(Invalid):
    """The file as a whole cannot be used; nothing of it was."""

    code = "import.unreadable"
    sentence = Words(en="The file cannot be read: {problem}", zh="无法读取文件：{problem}")

    def __init__(self, problem: Words) -> None:
        super().__init__(param="body", problem=problem)


def lines_of(path: Path) -> Lines:
    """Each row that is not blank, with the number of the line on which it begins. Raises ImportUnreadable."""
    with path.open("rb") as file:
        head = file.read(len(_ZIP))
    return _excel_lines(path) if head == _ZIP else _csv_lines(path)


def chunks(lines: Lines, size: int) -> Iterator[list[tuple[int, list[str]]]]:
    """The rows in lists of up to `size`."""
    while chunk := list(itertools.islice(lines, size)):
        yield chunk


def _csv_lines(path: Path) -> Lines:
    with path.open(encoding=_encoding(path), newline="") as file:
        first = file.readline()
        file.seek(0)
        delimiter = next((mark for mark in ",;\t" if mark in first), ",")
        reader = csv.reader(file, delimiter=delimiter, strict=True)
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
            if any(cell and not cell.isspace() for cell in cells):
                yield line, cells


def _encoding(path: Path) -> str:
    for encoding in ("utf-8-sig", "gb18030"):  # GB 18030 holds all of GBK
        decoder = getincrementaldecoder(encoding)()
        with path.open("rb") as file:
            try:
                while part := file.read(_READ_BYTES):
                    decoder.decode(part)
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                continue
            return encoding
    raise ImportUnreadable(
        Words(en="save it as CSV in UTF-8 or GBK, or as xlsx", zh="请另存为 UTF-8 或 GBK 编码的 CSV，或 xlsx")
    )


def _excel_lines(path: Path) -> Lines:
    try:
        with zipfile.ZipFile(path) as packed:
            size = sum(part.file_size for part in packed.infolist())
        if size > EXCEL_BYTES_MAX:
            raise ImportUnreadable(
                Words(en="it is too large for Excel; save it as CSV", zh="Excel 文件过大，请另存为 CSV")
            )
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).iter_rows()
        for line, cells in enumerate(rows, start=1):
            texts = [cell if isinstance(cell, str) else _text(cell) for cell in cells]
            if any(texts):
                yield line, texts
    except (CalamineError, zipfile.BadZipFile, OSError, IndexError):
        raise ImportUnreadable(Words(en="it is no Excel file that can be read", zh="不是可读取的 Excel 文件")) from None


def _text(cell: Any) -> str:
    """A cell that Excel keeps as a number, a date or a truth, as a person would type it."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return "" if isinstance(cell, timedelta) else str(cell)
