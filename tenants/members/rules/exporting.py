"""Members as a file, CSV or Excel: the columns that an import reads, so that what went out can come in again.

Written page by page as it is read, so a million members take no more memory than a thousand. No cell is a formula: in
CSV, text that a spreadsheet would compute gets a quote in front (OWASP, CSV injection), which an import takes off
again; numbers and telephone numbers stay as they are. In Excel every cell is text.
"""

from __future__ import annotations

import asyncio
import csv
import io
import re
import uuid
from typing import TYPE_CHECKING, Any

from xlsxwriter import Workbook

from tenants.kit.cells import harmless
from tenants.members.rules.attributes import defined_attributes
from tenants.members.rules.consents import CHANNELS
from tenants.members.rules.imports import TEXTS
from tenants.members.rules.staging import errors_of
from tenants.tenancy import DB

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from pathlib import Path

_PAGE = 5_000
_TEXTS = ", ".join(TEXTS)
_EXCEL_ROWS_MAX = 1_048_575  # and the header
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.][0-9]+)?\Z")
_BYTE_ORDER_MARK = "\ufeff"  # by which Excel knows that a CSV is UTF-8


async def csv_parts() -> AsyncIterator[bytes]:
    """All members as CSV, part by part, those who were merged or erased left out."""
    keys = list(await defined_attributes())
    yield (_BYTE_ORDER_MARK + _csv([_header(keys)])).encode()
    async for rows in _pages(keys):
        yield _csv([[_safe(cell) for cell in row] for row in rows]).encode()


async def write_csv(path: Path, *, progress: Callable[[int], None] | None = None) -> int:
    """Write all members into a CSV file; answers with how many."""
    keys, done = list(await defined_attributes()), 0
    with await asyncio.to_thread(path.open, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_header(keys))
        async for rows in _pages(keys):
            writer.writerows([_safe(cell) for cell in row] for row in rows)
            done += len(rows)
            if progress:
                progress(done)
    return done


async def count_living() -> int:
    """How many members there are, those who were merged or erased left out."""
    count: int = await DB.fetchval("SELECT count(*) FROM __tenant__.member WHERE state IN ('active', 'blocked')")
    return count


async def errors_csv(import_id: uuid.UUID) -> AsyncIterator[bytes]:
    """Every error of an import as CSV."""
    yield (_BYTE_ORDER_MARK + _csv([["line", "column", "code", "detail"]])).encode()
    after = -1
    while errors := await errors_of(import_id, after=after, limit=_PAGE):
        if len(errors) == _PAGE:  # the last line may go on: it begins the next part
            errors = [error for error in errors if error.line < errors[-1].line] or errors
        rows = [[str(error.line), error.column, error.code, _safe(error.sentence)] for error in errors]
        yield _csv(rows).encode()
        after = errors[-1].line


async def write_excel(path: Path, *, progress: Callable[[int], None] | None = None) -> int:
    """Write all members into an Excel file, on further sheets where one is full; answers with how many."""
    keys = list(await defined_attributes())
    book = Workbook(str(path), {"constant_memory": True})
    done, place, sheet = 0, 0, None
    async for rows in _pages(keys):
        if sheet is None or place + len(rows) > _EXCEL_ROWS_MAX:
            sheet, place = book.add_worksheet(), 0
            await asyncio.to_thread(_fill, sheet, [_header(keys)], 0)
        await asyncio.to_thread(_fill, sheet, rows, place + 1)
        place += len(rows)
        done += len(rows)
        if progress:
            progress(done)
    if sheet is None:
        _fill(book.add_worksheet(), [_header(keys)], 0)
    await asyncio.to_thread(book.close)
    return done


async def _pages(keys: Sequence[str]) -> AsyncIterator[list[list[str]]]:
    after = uuid.UUID(int=0)
    while True:
        rows = await DB.fetch(
            f"SELECT id, {_TEXTS}, tags, birth_calendar, birth_year, birth_month, birth_day"
            " FROM __tenant__.member WHERE id > $1 AND state IN ('active', 'blocked') ORDER BY id LIMIT $2",
            after, _PAGE)  # fmt: skip
        if not rows:
            return
        after = rows[-1]["id"]
        everybody = [row["id"] for row in rows]
        known: dict[tuple[uuid.UUID, str], str] = {}
        if keys:
            known = {
                (row["member"], row["key"]): row["value"]
                for row in await DB.fetch(
                    "SELECT k.member, a.key, k.value FROM __tenant__.member_attribute AS k"
                    " JOIN __tenant__.attribute AS a ON a.id = k.attribute WHERE k.member = ANY($1::uuid[])",
                    everybody)
            }  # fmt: skip
        said = {
            (row["member"], row["channel"]): "yes" if row["granted"] else "no"
            for row in await DB.fetch(
                "SELECT member, channel, granted FROM __tenant__.consent WHERE member = ANY($1::uuid[])", everybody)
        }  # fmt: skip
        yield [_row(row, keys, known, said) for row in rows]


def _header(keys: Sequence[str]) -> list[str]:
    return [
        *TEXTS, "birthday", "birthday_calendar", "tags", *(f"consent.{channel}" for channel in CHANNELS),
        *(f"attribute.{key}" for key in keys),
    ]  # fmt: skip


def _row(row: Any, keys: Sequence[str], known: dict[tuple[uuid.UUID, str], str], said: dict[Any, str]) -> list[str]:
    member, month = row["id"], row["birth_month"]
    year = f"{row['birth_year']:04}-" if row["birth_year"] else ""
    return [
        *(row[name] or "" for name in TEXTS),
        f"{year}{month:02}-{row['birth_day']:02}" if month else "",
        row["birth_calendar"] if month else "",
        ",".join(row["tags"]),
        *(said.get((member, channel), "") for channel in CHANNELS),
        *(known.get((member, key), "") for key in keys),
    ]


def _safe(cell: str) -> str:
    return cell if _NUMBER.match(cell) else harmless(cell)


def _csv(rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def _fill(sheet: Any, rows: Sequence[Sequence[str]], first: int) -> None:
    for place, row in enumerate(rows, start=first):
        for column, cell in enumerate(row):
            if cell:
                sheet.write_string(place, column, cell)
