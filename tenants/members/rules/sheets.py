"""Opens a file of rows, CSV or Excel, and hands out its rows in chunks; nothing here knows what is in them.

CSV is read as it streams, in UTF-8 (with or without byte order mark) or GBK / GB 18030. Of an Excel file the first
sheet is read, and all of it at once: that is how the format is packed. `unpacking.py` does it in another process, for
which there is a limit to the memory and to the time that it takes.
"""

from __future__ import annotations

import csv
import itertools
import subprocess
import sys
import tempfile
from codecs import getincrementaldecoder
from pathlib import Path
from typing import TYPE_CHECKING

from tenants.kit.errors import Invalid
from tenants.kit.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    Lines = Iterator[tuple[int, list[str]]]

EXCEL_SECONDS_MAX = 300
_READ_BYTES = 1 << 20
_ZIP = b"PK\x03\x04"
_UNPACKING = Path(__file__).with_name("unpacking.py")


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
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as rows:
        try:
            done = subprocess.run(
                [sys.executable, "-I", "-X", "utf8", str(_UNPACKING), str(path)],
                stdin=subprocess.DEVNULL,
                stdout=rows,
                stderr=subprocess.DEVNULL,
                timeout=EXCEL_SECONDS_MAX,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise _too_large() from None
        if done.returncode < 0:
            raise _too_large()
        if done.returncode:
            raise ImportUnreadable(Words(en="it is no Excel file that can be read", zh="不是可读取的 Excel 文件"))
        rows.seek(0)
        try:
            for line, *cells in csv.reader(rows):
                yield int(line), cells
        except csv.Error:  # a cell of more than 128 KB; Excel itself keeps 32
            raise _too_large() from None


def _too_large() -> ImportUnreadable:
    return ImportUnreadable(Words(en="it is too large for Excel; save it as CSV", zh="Excel 文件过大，请另存为 CSV"))
