"""Members by the file, in and out."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.exceptions import HTTPException
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Example, OpenAPIMediaType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIType
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.response import Stream
from litestar.status_codes import HTTP_200_OK, HTTP_202_ACCEPTED, HTTP_415_UNSUPPORTED_MEDIA_TYPE

from tenants import members
from tenants.kit import ids
from tenants.kit.shapes import Page, page, read_cursor
from tenants.members.api import shown
from tenants.members.api.server import Cursor, Limit  # noqa: TC001  Litestar reads annotations while running
from tenants.members.api.shapes import ImportShape  # noqa: TC001  Litestar reads annotations while running
from tenants.tenancy import current_tenant, replies
from tenants.tenancy.api import reply_once

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_JSON = "application/json"
BODY_BYTES_MAX = 300_000_000
# With a key the body is read whole, to compare it with that of a repeat.
KEYED_BYTES_MAX = 20_000_000
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TYPES = frozenset(
    {"text/csv", "application/csv", "application/vnd.ms-excel", "application/octet-stream", "text/plain", _EXCEL}
)
_SAMPLE = "external_id,name,birthday,tags,consent.email\nshopper-1001,李雷,1990-05-20,vip;spring,yes\n"
_ERRORS = "line,column,code,detail\r\n7,birthday,invalid,birthday is not a day of the solar or lunar calendar.\r\n"
_READ_BYTES = 1 << 18


def _sheet(sample: str) -> dict[int, ResponseSpec]:
    """How an answer that is a file is described."""
    return {HTTP_200_OK: ResponseSpec(
        str, generate_examples=False, media_type="text/csv", description="The file.",
        examples=[Example(value=sample, id="example")])}  # fmt: skip


def _csv() -> RequestBody:
    return RequestBody(
        required=True,
        description="CSV in UTF-8 (with or without byte order mark) or GBK, or an Excel file (xlsx, the first sheet);"
        " the first line names the columns.",
        content={"text/csv": OpenAPIMediaType(schema=Schema(type=OpenAPIType.STRING), example=_SAMPLE)},
    )


@dataclass
class CsvOperation(Operation):
    """An operation whose body is a CSV file."""

    def __post_init__(self) -> None:
        """Say so in the document, where Litestar sees no parameter called `data`."""
        self.request_body = self.request_body or _csv()


class MemberImportsController(Controller):
    """Take in or change many members at once."""

    path = "/v1/member-imports"
    tags = ("Members",)

    @post(
        operation_id="importMembers",
        summary="Import members from CSV or Excel",
        operation_class=CsvOperation,
        status_code=HTTP_200_OK,
        request_max_body_size=BODY_BYTES_MAX,
        # A file goes to disk before the transaction begins.
        opt={"own_transaction": True, "body_bytes_max": BODY_BYTES_MAX, "keyed_bytes_max": KEYED_BYTES_MAX},
    )
    async def take(
        self,
        request: Request[Any, Any, Any],
        *,
        dry_run: FromQuery[bool] = False,
        file_name: Annotated[str, QueryParameter(max_length=200, description="How the file is called.")] = "",
    ) -> Response[ImportShape]:
        """Makes members as a file says, by `external_id`.

        A row that cannot be used is left out and reported by line and column; the same file again changes nothing.
        With `dry_run=true` nothing is written and the answer is what would be done. Up to 5,000 rows are carried out
        at once (200); of more, the answer (202) has `state: running`, and `GET /v1/member-imports/{id}` tells how far
        it is. At most 300 MB (20 MB with an `Idempotency-Key`) and 2,000,000 rows.

        Columns: `external_id` (required), `name`, `phone`, `email`, `gender`, `birthday` (1990-05-20, or 05-20),
        `birthday_calendar` (solar, lunar), `region`, `occupation`, `locale`, `timezone`, `tags` (several, apart by
        comma, semicolon or bar; they are added), `source`, `consent.email`, `consent.sms`, `consent.in_app`,
        `consent.phone` (yes, no), `consent_evidence`, and `attribute.<key>`. Chinese names (会员编号, 姓名, …) are
        understood too. An empty cell leaves what is there. An external id of one who was merged leads to the one in
        whom they live on.

        Errors: `import.unreadable` (400) for the file as a whole, `input.media_type` (415), `input.too_large` (413).
        Of rows: `invalid`, `attribute.unknown`, `import.cells`, `import.duplicate`.
        """
        if (request.headers.get("content-type") or "text/csv").partition(";")[0].strip().lower() not in _TYPES:
            raise HTTPException(status_code=HTTP_415_UNSUPPORTED_MEDIA_TYPE)
        async with _on_disk(request) as path:

            async def answer() -> replies.KeptReply:
                report = await members.start_import(path, file_name=file_name, dry_run=dry_run)
                status = HTTP_200_OK if report.state == "done" else HTTP_202_ACCEPTED
                return replies.KeptReply(status, _JSON, msgspec.json.encode(shown.import_shape(report)))

            return await reply_once(answer)

    @get(operation_id="listMemberImports", summary="Imports of members")
    async def list(self, limit: Limit = 20, cursor: Cursor = None) -> Page[ImportShape]:
        """The newest first, without their errors; kept for ninety days. Errors: `invalid` (400)."""
        scope = f"{current_tenant().schema}:member-imports"
        position = read_cursor(cursor, scope=scope)
        before = ids.read("imp", position) if position else None
        found = await members.imports(before=before, limit=limit + 1)
        shapes = [shown.import_shape(report) for report in found]
        return page(shapes, limit=limit, scope=scope)

    @get("/{import_id:str}", operation_id="getMemberImport", summary="How an import stands")
    async def show(self, import_id: FromPath[str]) -> ImportShape:
        """With the first 1,000 errors. Errors: `import.unknown`, `not_found` (404)."""
        return shown.import_shape(await members.report_of(ids.read("imp", import_id)))

    @get(
        "/{import_id:str}/errors", operation_id="getMemberImportErrors", summary="All errors of an import, as CSV",
        media_type="text/csv", responses=_sheet(_ERRORS))  # fmt: skip
    async def errors(self, import_id: FromPath[str]) -> Stream:
        """Line, column, code and sentence of every error. Errors: `import.unknown`, `not_found` (404)."""
        report = await members.report_of(ids.read("imp", import_id))
        return _file(members.errors_csv(report.id), "text/csv; charset=utf-8", "import-errors.csv")


class MemberExportsController(Controller):
    """All members as a file."""

    path = "/v1/member-export"
    tags = ("Members",)

    @get(
        operation_id="exportMembers", summary="All members as CSV or Excel", media_type="text/csv",
        responses=_sheet(_SAMPLE))  # fmt: skip
    async def export(
        self, file_format: Annotated[Literal["csv", "xlsx"], QueryParameter(name="format")] = "csv"
    ) -> Stream:
        """The columns that an import reads, so that what goes out can come in again; as many members as there are.

        No cell is a formula: in CSV, text that a spreadsheet would compute has a quote in front. Those who were merged
        or erased are left out.
        """
        if file_format == "csv":
            return _file(members.csv_parts(), "text/csv; charset=utf-8", "members.csv")
        return _file(_excel_parts(), _EXCEL, "members.xlsx")


@contextlib.asynccontextmanager
async def _on_disk(request: Request[Any, Any, Any]) -> AsyncIterator[Path]:
    """The body of a request as a file, which is gone afterwards."""
    with tempfile.NamedTemporaryFile(prefix="import-") as file:
        async for part in request.stream():
            file.write(part)
        file.flush()
        yield Path(file.name)


async def _excel_parts() -> AsyncIterator[bytes]:
    with tempfile.NamedTemporaryFile(prefix="export-", suffix=".xlsx") as file:
        await members.write_excel(Path(file.name))
        # The writer has put another file in the place of ours, so ours is of no use for reading.
        with await asyncio.to_thread(Path(file.name).open, "rb") as written:
            while part := await asyncio.to_thread(written.read, _READ_BYTES):
                yield part


def _file(parts: AsyncIterator[bytes], media_type: str, name: str) -> Stream:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Stream(parts, media_type=media_type, headers=headers)
