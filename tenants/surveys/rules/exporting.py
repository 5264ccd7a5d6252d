"""Responses as a file, CSV or Excel: a row for each, a column for each question, or each row of a matrix.

Read by keys and written page by page, so a million answers take no more memory than a thousand. No cell is a formula:
in CSV what a spreadsheet would compute stands behind an apostrophe (OWASP, CSV injection), in Excel text is text.
"""

from __future__ import annotations

import asyncio
import csv
import io
import tempfile
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from xlsxwriter import Workbook

from tenants.kit import clock, ids
from tenants.kit.cells import harmless
from tenants.kit.words import Language, Words, language_of_reader
from tenants.surveys.rules import definition, flow
from tenants.surveys.rules.definition import OTHER
from tenants.surveys.rules.results import count, is_hidden
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    import uuid
    from collections.abc import AsyncIterator, Iterator

    from tenants.surveys.rules.asked import Asked, AskedQuestion
    from tenants.surveys.rules.filtering import Filter

Cells: TypeAlias = Literal["texts", "keys"]
CSV_TYPE = "text/csv; charset=utf-8"
EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGE = 1_000
_READ_BYTES = 1 << 18
_EXCEL_ROWS_MAX = 1_048_575  # and the header
_EXCEL_CELL_MAX = 32_767
_BYTE_ORDER_MARK = "\ufeff"  # by which spreadsheets know that a CSV is UTF-8
_HEADERS: dict[str, Words] = {
    "id": Words(en="Response", zh="答卷编号"), "state": Words(en="State", zh="状态"),
    "suspect": Words(en="Suspect", zh="可疑"), "version": Words(en="Version", zh="版本"),
    "phase": Words(en="Phase", zh="阶段"), "language": Words(en="Language", zh="语言"),
    "via": Words(en="Via", zh="来源"), "level": Words(en="Level", zh="会员等级"),
    "member": Words(en="Member", zh="会员编号"), "external_id": Words(en="External id", zh="外部编号"),
    "started_at": Words(en="Started", zh="开始时间"), "completed_at": Words(en="Completed", zh="完成时间"),
}  # fmt: skip
_OF_MEMBERS = ("member", "external_id", "started_at", "completed_at")

Cell: TypeAlias = "str | int | Decimal"


@dataclass(frozen=True, slots=True)
class _Column:
    """One column of answers: of a question, of a row of its matrix, or of what was written beside `other`."""

    one: AskedQuestion
    part: str = ""
    written: bool = False


class _Sheet:
    """What the columns are called and what a response puts into them, in one language."""

    def __init__(self, asked: Asked, cells: Cells, language: Language) -> None:
        self.asked = asked
        self.cells = cells
        self.language = language
        self.facts = [name for name in _HEADERS if not (asked.anonymous and name in _OF_MEMBERS)]
        self.columns = list(self._columns())
        self.names = {
            (one.key, choice.key): self._say(choice.text, choice.key)
            for one in asked.questions
            for choice in one.choices
        }

    def _columns(self) -> Iterator[_Column]:
        for one in self.asked.questions:
            if one.question.kind == "matrix":
                yield from (_Column(one, row.key) for row in one.question.rows)
                continue
            yield _Column(one)
            if one.question.other:
                yield _Column(one, written=True)

    def _say(self, texts: definition.Texts, key: str) -> str:
        if self.cells == "keys":
            return key
        told = definition.say(texts, languages=self.asked.languages, language=self.language)
        return flow.unfilled(told) or key

    @property
    def header(self) -> list[str]:
        """The first line; two questions of one text are told apart by their keys."""
        if self.cells == "keys":
            return [*self.facts, *(self._key(column) for column in self.columns)]
        told = [self._title(column) for column in self.columns]
        twice = {title for title in told if told.count(title) > 1}
        return [
            *(_HEADERS[name].say(self.language) for name in self.facts),
            *(f"{title} [{self._key(column)}]" if title in twice else title
              for title, column in zip(told, self.columns, strict=True)),
        ]  # fmt: skip

    def _key(self, column: _Column) -> str:
        return column.one.key + (f".{column.part}" if column.part else f".{OTHER}" if column.written else "")

    def _title(self, column: _Column) -> str:
        title = self._say(column.one.question.text, column.one.key)
        if column.part:
            row = next(row for row in column.one.question.rows if row.key == column.part)
            return f"{title} – {self._say(row.text, row.key)}"
        return f"{title} – {Words(en='other', zh='其他').say(self.language)}" if column.written else title

    def line(self, row: Any, answers: dict[tuple[str, str], Any]) -> list[Cell]:
        """A response as cells."""
        return [
            *(self._fact(row, name) for name in self.facts),
            *(self._cell(column, answers.get((column.one.key, column.part))) for column in self.columns),
        ]

    def _fact(self, row: Any, name: str) -> Cell:
        value = row[name]
        if value is None:
            return ""
        if name in {"id", "member"}:
            return ids.show("svr" if name == "id" else "mem", value)
        if name.endswith("_at"):
            return str(value.astimezone(clock.zone(current_tenant().timezone)).replace(tzinfo=None, microsecond=0))
        return value if isinstance(value, int) else str(value)

    def _cell(self, column: _Column, answer: Any) -> Cell:
        if answer is None:
            return ""
        if column.written:
            return answer["text"] or ""
        if answer["choices"] is not None:
            between = " > " if column.one.question.kind == "ranking" else "; "
            return between.join(self.names.get((column.one.key, key), key) for key in answer["choices"])
        if answer["number"] is not None:
            number: Decimal = answer["number"]
            return int(number) if number == number.to_integral_value() else number.normalize()
        return str(answer["day"]) if answer["day"] is not None else answer["text"] or ""


def csv_parts(asked: Asked, chosen: Filter, *, cells: Cells = "texts") -> AsyncIterator[bytes]:
    """All responses of a filter as CSV in the reader's language, part by part, with a byte order mark."""
    return _csv_parts(asked, chosen, _Sheet(asked, cells, language_of_reader()))


def excel_parts(asked: Asked, chosen: Filter, *, cells: Cells = "texts") -> AsyncIterator[bytes]:
    """The same as an Excel file, on further sheets where one is full; it is made on disk and sent from there."""
    return _excel_parts(asked, chosen, _Sheet(asked, cells, language_of_reader()))


async def _csv_parts(asked: Asked, chosen: Filter, sheet: _Sheet) -> AsyncIterator[bytes]:
    yield (_BYTE_ORDER_MARK + _csv([[harmless(title) for title in sheet.header]])).encode()
    async for lines in _pages(asked, chosen, sheet):
        yield _csv([[harmless(cell) if isinstance(cell, str) else f"{Decimal(cell):f}" for cell in line]
                    for line in lines]).encode()  # fmt: skip


async def _excel_parts(asked: Asked, chosen: Filter, sheet: _Sheet) -> AsyncIterator[bytes]:
    with tempfile.NamedTemporaryFile(prefix="survey-", suffix=".xlsx") as file:
        book = Workbook(file.name, {"constant_memory": True})
        page, place = book.add_worksheet(), 0
        _fill(page, [list(sheet.header)], 0)
        async for lines in _pages(asked, chosen, sheet):
            if place + len(lines) > _EXCEL_ROWS_MAX:
                page, place = book.add_worksheet(), 0
                _fill(page, [list(sheet.header)], 0)
            await asyncio.to_thread(_fill, page, lines, place + 1)
            place += len(lines)
        await asyncio.to_thread(book.close)
        # The writer has put another file in the place of ours, so ours is of no use for reading.
        with await asyncio.to_thread(Path(file.name).open, "rb") as written:
            while part := await asyncio.to_thread(written.read, _READ_BYTES):
                yield part


async def _pages(asked: Asked, chosen: Filter, sheet: _Sheet) -> AsyncIterator[list[list[Cell]]]:
    """The lines of the file, a page of responses at a time, by their ids."""
    if asked.anonymous and is_hidden(asked, (await count(asked, chosen)).meant):
        return
    where, args = chosen.where(asked)
    last = len(args) + 1
    after: uuid.UUID | None = None
    name = "l.name_zh" if sheet.language == "zh" else "l.name_en"
    while True:
        rows = await DB.fetch(
            "SELECT r.id, r.state, r.suspect, r.version, r.phase, r.language, r.via, r.member, m.external_id,"
            f" r.started_at, r.completed_at, coalesce(nullif({name}, ''), l.name_en) AS level"
            " FROM __tenant__.survey_response r LEFT JOIN __tenant__.member m ON m.id = r.member"
            f" LEFT JOIN __tenant__.level l ON l.id = r.level WHERE {where}"
            f" AND (${int(last)}::uuid IS NULL OR r.id > ${int(last)}::uuid) ORDER BY r.id LIMIT {PAGE}", *args, after
        )  # fmt: skip
        if not rows:
            return
        answers: dict[uuid.UUID, dict[tuple[str, str], Any]] = {}
        for answer in await DB.fetch(
            "SELECT response, question, part, number, day, choices, text FROM __tenant__.survey_answer"
            " WHERE response = ANY($1::uuid[])", [row["id"] for row in rows]):  # fmt: skip
            answers.setdefault(answer["response"], {})[answer["question"], answer["part"]] = answer
        yield [sheet.line(row, answers.get(row["id"], {})) for row in rows]
        after = rows[-1]["id"]


def _csv(lines: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(lines)
    return out.getvalue()


def _fill(page: Any, lines: list[list[Cell]], first: int) -> None:
    for place, line in enumerate(lines, start=first):
        for column, cell in enumerate(line):
            if isinstance(cell, str):
                if cell:
                    page.write_string(place, column, cell[:_EXCEL_CELL_MAX])
            else:
                page.write_number(place, column, cell)
