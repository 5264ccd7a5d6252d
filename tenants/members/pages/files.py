"""Members by the file, in and out."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tenants.kit import ids
from tenants.kit.console import Ask, Download, View
from tenants.kit.desk import MARKETING
from tenants.kit.errors import NotFound
from tenants.members.rules import exporting, importing, staging
from tenants.tenancy.callers import current_caller

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_SHOWN = 10
_ERRORS = 100
_READ_BYTES = 1 << 18
_CSV = "text/csv; charset=utf-8"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def show(ask: Ask) -> View | Download:
    """The last imports, one of them in full, or a file. Everybody at once is taken out by who may bring them in."""
    if ask.rest in {"members.csv", "members.xlsx"}:
        if current_caller().role not in MARKETING:
            raise NotFound
        if ask.rest == "members.csv":
            return Download("members.csv", _CSV, exporting.csv_parts())
        return Download("members.xlsx", _EXCEL, _excel_parts())
    if ask.rest == "":
        return await _view()
    import_id, _, what = ask.rest.partition("/")
    report = await staging.report_of(ids.read("imp", import_id))
    if what == "errors.csv":
        return Download("import-errors.csv", _CSV, exporting.errors_csv(report.id))
    if what:
        raise NotFound
    return await _view(report)


async def check(ask: Ask) -> View:
    """Say what an import would do, and do nothing."""
    return await _view(await _start(ask, dry_run=True))


async def take_in(ask: Ask) -> View:
    """Import a file: a small one at once, a large one in the background."""
    return await _view(await _start(ask, dry_run=False))


async def _start(ask: Ask, *, dry_run: bool) -> staging.ImportReport:
    upload = ask.upload("file")
    with tempfile.NamedTemporaryFile(prefix="import-") as file:
        await asyncio.to_thread(shutil.copyfileobj, upload.file, file)
        await asyncio.to_thread(file.flush)
        return await importing.start(Path(file.name), file_name=upload.name, dry_run=dry_run)


async def _view(report: staging.ImportReport | None = None) -> View:
    facts = {
        "report": report,
        "shown": ids.show("imp", report.id) if report else "",
        "errors": report.errors[:_ERRORS] if report else (),
        "imports": [(ids.show("imp", one.id), one) for one in await staging.imports(limit=_SHOWN)],
        "members": await exporting.count_living(),
    }
    return View("members/pages/files.html", facts)


async def _excel_parts() -> AsyncIterator[bytes]:
    with tempfile.NamedTemporaryFile(prefix="export-", suffix=".xlsx") as file:
        await exporting.write_excel(Path(file.name))
        # The writer has put another file in the place of ours, so ours is of no use for reading.
        with await asyncio.to_thread(Path(file.name).open, "rb") as written:
            while part := await asyncio.to_thread(written.read, _READ_BYTES):
                yield part
