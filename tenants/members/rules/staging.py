"""Puts a file of members down, row by row as it is read, so that it can be carried out in parts by any worker.

All of it in one transaction: a file that cannot be used as a whole leaves nothing. A second row for one member is
found here, when all rows are there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tenants.kit import clock, ids
from tenants.kit.errors import Invalid, NotFound
from tenants.kit.words import Words, language_of_reader
from tenants.members.rules.attributes import defined_attributes
from tenants.members.rules.imports import STAGED, RowError, Sheet, row_error
from tenants.members.rules.profiles import MemberUnknown
from tenants.members.rules.sheets import ImportUnreadable, chunks, lines_of
from tenants.tenancy import DB
from tenants.tenancy.callers import current_caller

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence
    from pathlib import Path

ROWS_MAX = 2_000_000
ERRORS_SHOWN_MAX = 1_000
_CHUNK = 5_000
_NO_LINE: tuple[int, list[str]] = (0, [])
_IMPORT = (
    "id, file_name, dry_run, state, language, rows, last_line, done_line, created, updated, unchanged, failed,"
    " started_by, created_at, finished_at"
)
Progress = Callable[[int], None]


class ImportUnknown(NotFound):
    """No import by that id."""

    code = "import.unknown"
    sentence = Words(en="There is no such import.", zh="没有这次导入。")


class Duplicate(Invalid):
    """A second row for one member."""

    code = "import.duplicate"
    sentence = Words(
        en="This member is on line {line} already; only that line counts.",
        zh="该会员已在第 {line} 行出现，仅以该行为准。",
    )

    def __init__(self, *, line: int) -> None:
        super().__init__(param="external_id", problem="", line=line)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, would do, or has done so far: every row is counted in one of the four ways in the end.

    `errors` are the first of them; the rest is to be had as a file.
    """

    id: uuid.UUID
    file_name: str
    dry_run: bool
    state: str
    language: str
    rows: int
    last_line: int
    done_line: int
    created: int
    updated: int
    unchanged: int
    failed: int
    started_by: str
    created_at: datetime
    finished_at: datetime | None
    errors: tuple[RowError, ...] = ()
    errors_omitted: int = 0

    @property
    def done(self) -> int:
        """How many rows have been dealt with."""
        return self.created + self.updated + self.unchanged + self.failed


@dataclass(slots=True)
class _Staged:
    """What was put down so far."""

    batch: uuid.UUID
    rows: int = 0
    failed: int = 0
    last_line: int = 0
    errors: list[RowError] = field(default_factory=list)


async def stage(path: Path, *, file_name: str, dry_run: bool = False, progress: Progress | None = None) -> ImportReport:
    """Read a file of members (CSV or Excel; columns: see `imports.py`) and put its rows down, to be carried out next.

    `progress` hears how many rows have been read. Raises ImportUnreadable.
    """
    staged = _Staged(ids.new())
    lines = lines_of(path)
    _, header = await asyncio.to_thread(next, lines, _NO_LINE)
    sheet = Sheet(header, defined=await defined_attributes())
    parts = chunks(lines, _CHUNK)
    reading = asyncio.ensure_future(asyncio.to_thread(_read, sheet, parts, staged.batch))
    try:
        while told := await reading:
            # The next part is read while this one is on its way to the database.
            reading = asyncio.ensure_future(asyncio.to_thread(_read, sheet, parts, staged.batch))
            await _put_down(staged, *told)
            if progress:
                progress(staged.rows)
    finally:
        reading.cancel()
    await _leave_out_duplicates(staged)
    return await _enter(staged, file_name=file_name, dry_run=dry_run)


async def report_of(import_id: uuid.UUID) -> ImportReport:
    """How an import stands, with its first errors. Raises ImportUnknown."""
    row = await DB.fetchrow(f"SELECT {_IMPORT} FROM __tenant__.member_import WHERE id = $1", import_id)
    if row is None:
        raise ImportUnknown
    errors = await errors_of(import_id, limit=ERRORS_SHOWN_MAX)
    count = await DB.fetchval("SELECT count(*) FROM __tenant__.member_import_error WHERE batch = $1", import_id)
    return ImportReport(**row, errors=tuple(errors), errors_omitted=count - len(errors))


async def imports(*, before: uuid.UUID | None = None, limit: int = 20) -> list[ImportReport]:
    """Up to `limit` imports, the newest first, without their errors."""
    rows = await DB.fetch(
        f"SELECT {_IMPORT} FROM __tenant__.member_import WHERE $1::uuid IS NULL OR id < $1 ORDER BY id DESC LIMIT $2",
        before, limit)  # fmt: skip
    return [ImportReport(**row) for row in rows]


async def errors_of(import_id: uuid.UUID, *, after: int = -1, limit: int) -> list[RowError]:
    """The errors of an import in the order of the lines, of whole lines after the one numbered `after`."""
    rows = await DB.fetch(
        "SELECT line, field, code, detail FROM __tenant__.member_import_error WHERE batch = $1 AND line > $2"
        " ORDER BY line, id LIMIT $3", import_id, after, limit)  # fmt: skip
    return [RowError(row["line"], row["field"], row["code"], row["detail"]) for row in rows]


async def note_errors(batch: uuid.UUID, errors: Sequence[RowError]) -> None:
    """Put errors of rows down."""
    if errors:
        await DB.copy_in(
            "member_import_error",
            columns=("id", "batch", "line", "field", "code", "detail"),
            records=[(ids.new(), batch, each.line, each.column[:60], each.code, each.sentence) for each in errors],
        )


async def lock_running() -> None:
    """Have no import go on meanwhile. Imports are locked before members, as the parts of an import do."""
    await DB.fetch("SELECT 1 FROM __tenant__.member_import WHERE state = 'running' ORDER BY id FOR NO KEY UPDATE")


async def forget_staged(external_ids: Sequence[str]) -> None:
    """Leave out what files on their way say of these members. Lock them first (`lock_running`)."""
    gone = await DB.fetch(
        "DELETE FROM __tenant__.member_import_row WHERE batch IN"
        " (SELECT id FROM __tenant__.member_import WHERE state = 'running') AND external_id = ANY($1::text[])"
        " RETURNING batch, line", list(external_ids))  # fmt: skip
    for batch in {row["batch"] for row in gone}:
        lines = [row["line"] for row in gone if row["batch"] == batch]
        await note_errors(batch, [row_error(line, "external_id", MemberUnknown()) for line in lines])
        await DB.fetch("UPDATE __tenant__.member_import SET failed = failed + $2 WHERE id = $1", batch, len(lines))


def _read(sheet: Sheet, parts: Any, batch: uuid.UUID) -> tuple[list[tuple[Any, ...]], list[RowError], int, int] | None:
    lines = next(parts, None)
    if lines is None:
        return None
    return *sheet.read(lines, batch=batch), lines[-1][0]


async def _put_down(
    staged: _Staged, rows: list[tuple[Any, ...]], errors: list[RowError], failed: int, last_line: int
) -> None:
    staged.rows += len(rows) + failed
    staged.failed += failed
    staged.last_line = last_line
    if staged.rows > ROWS_MAX:
        raise ImportUnreadable(
            Words(en=f"it has more than {ROWS_MAX:,} rows; split it", zh=f"超过 {ROWS_MAX:,} 行，请拆分文件")
        )
    await DB.copy_in("member_import_row", columns=STAGED, records=rows)
    await note_errors(staged.batch, errors)


async def _leave_out_duplicates(staged: _Staged) -> None:
    """Of several rows for one member, by one external id or by those of two who were merged, the first counts."""
    # As in `importing.py`: the planner takes these rows for a handful, and would look each up among all others.
    await DB.fetch("SET LOCAL enable_nestloop = off")
    again = await DB.fetch(
        "SELECT external_id, min(line) AS first FROM __tenant__.member_import_row WHERE batch = $1"
        " GROUP BY external_id HAVING count(*) > 1", staged.batch)  # fmt: skip
    dropped: list[Any] = []
    if again:
        dropped = await DB.fetch(
            "DELETE FROM __tenant__.member_import_row AS r USING unnest($2::text[], $3::int[]) AS w (external_id,"
            " first) WHERE r.batch = $1 AND r.external_id = w.external_id AND r.line > w.first"
            " RETURNING r.line, w.first",
            staged.batch, [row["external_id"] for row in again], [row["first"] for row in again])  # fmt: skip
    merged = await DB.fetch(
        "WITH named AS (SELECT r.id, r.line, coalesce(n.merged_into, n.id) AS member FROM __tenant__.member AS n"
        " JOIN __tenant__.member_import_row AS r ON r.batch = $1 AND r.external_id = n.external_id"
        " WHERE n.merged_into IS NOT NULL OR n.id IN"
        " (SELECT merged_into FROM __tenant__.member WHERE merged_into IS NOT NULL)),"
        " placed AS (SELECT id, line, min(line) OVER (PARTITION BY member) AS first FROM named)"
        " DELETE FROM __tenant__.member_import_row AS r USING placed WHERE r.id = placed.id"
        " AND placed.line > placed.first RETURNING placed.line, placed.first", staged.batch)  # fmt: skip
    await DB.fetch("SET LOCAL enable_nestloop = on")
    errors = [row_error(row["line"], "external_id", Duplicate(line=row["first"])) for row in (*dropped, *merged)]
    await note_errors(staged.batch, errors)
    staged.failed += len(errors)


async def _enter(staged: _Staged, *, file_name: str, dry_run: bool) -> ImportReport:
    shown = "".join(letter for letter in file_name if letter.isprintable())[:200]
    row = await DB.fetchrow(
        "INSERT INTO __tenant__.member_import (id, file_name, dry_run, state, language, rows, last_line, done_line,"
        " created, updated, unchanged, failed, started_by, created_at)"
        f" VALUES ($1, $2, $3, 'running', $4, $5, $6, 0, 0, 0, 0, $7, $8, $9) RETURNING {_IMPORT}",
        staged.batch, shown, dry_run, language_of_reader(), staged.rows, staged.last_line, staged.failed,
        current_caller().label[:100], clock.now())  # fmt: skip
    return ImportReport(**row)
