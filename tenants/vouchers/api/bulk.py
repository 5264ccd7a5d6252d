"""Codes in bulk, for the seller's backend: made, brought in, taken out as a file, withdrawn; pools of outside codes."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Annotated, Any

from litestar import Controller, Request, get, post
from litestar.exceptions import HTTPException
from litestar.openapi.spec import OpenAPIMediaType, OpenAPIResponse, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIType
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.response import Stream
from litestar.status_codes import HTTP_200_OK, HTTP_415_UNSUPPORTED_MEDIA_TYPE

from tenants import vouchers
from tenants.kit import ids
from tenants.kit.shapes import Page, page, read_cursor
from tenants.tenancy import current_tenant
from tenants.vouchers.api import shown
from tenants.vouchers.api.bulk_shapes import BatchShape, IntakeShape, NewBatch, RowErrorShape, WithdrawnShape
from tenants.vouchers.api.templates import Limit  # noqa: TC001  Litestar reads it
from tenants.vouchers.rules import batches

BODY_BYTES_MAX = 20_000_000
_TYPES = frozenset(
    {"text/csv", "application/csv", "application/vnd.ms-excel", "application/octet-stream", "text/plain"}
)


def _csv() -> RequestBody:
    return RequestBody(
        required=True,
        description="CSV in UTF-8 (with or without byte order mark) or GBK: the column `code`, or the first one.",
        content={"text/csv": OpenAPIMediaType(schema=Schema(type=OpenAPIType.STRING), example="code\nSPRING-0001\n")},
    )


@dataclass
class CsvOperation(Operation):
    """An operation whose body is a CSV file."""

    def __post_init__(self) -> None:
        """Say so in the document, where Litestar sees no parameter called `data`."""
        self.request_body = self.request_body or _csv()


@dataclass
class SheetOperation(Operation):
    """An operation that answers with a CSV file."""

    def __post_init__(self) -> None:
        """Say so in the document, where Litestar sees a stream of anything."""
        sheet = OpenAPIMediaType(
            schema=Schema(type=OpenAPIType.STRING), example="code,state\r\n7KQM-2XHD-94RTB,free\r\n"
        )
        for status, answer in (self.responses or {}).items():
            if str(status) == str(HTTP_200_OK) and isinstance(answer, OpenAPIResponse):
                answer.content = {"text/csv": sheet}


class BatchController(Controller):
    """Codes that belong to nobody until somebody enters one."""

    path = "/v1/voucher-batches"
    tags = ("Vouchers",)

    @post(
        operation_id="createVoucherBatch",
        summary="Make codes in bulk",
    )
    async def create(self, data: JSONBody[NewBatch]) -> BatchShape:
        """Make up to 100,000 codes of a template, once for `reference`. They take stock and budget at once.

        Errors: `voucher_template.unknown` (404), `voucher_template.not_active`, `voucher.out_of_stock`,
        `voucher.budget_spent` (422), `voucher_batch.occasion_used` (409), `invalid` (400).
        """
        asked = vouchers.NewBatch(
            shown.read_id("vtp", data.template), data.name, f"api/{data.reference}", data.claim_until
        )
        batch_id = await vouchers.make_batch(asked, number=data.codes)
        return _batch(await vouchers.read_batch(batch_id))

    @get(operation_id="listVoucherBatches", summary="List batches")
    async def list_batches(
        self,
        template: Annotated[str | None, QueryParameter(description="A template's id (`vtp_…`).")] = None,
        limit: Limit = 20,
        cursor: Annotated[str | None, QueryParameter()] = None,
    ) -> Page[BatchShape]:
        """Batches with their counts, the newest first.

        Errors: `voucher_template.unknown` (404), `invalid` (400) for another list's cursor.
        """
        scope = f"{current_tenant().schema}:voucher_batches:{template}"
        position = read_cursor(cursor, scope=scope)
        rows = await batches.search_batches(
            template=shown.read_id("vtp", template) if template is not None else None,
            before=uuid.UUID(position) if position else None, limit=limit + 1)  # fmt: skip
        sheet = page(rows, limit=limit, scope=scope)
        return Page(data=[_batch(row) for row in sheet.data], has_more=sheet.has_more, next_cursor=sheet.next_cursor)

    @get("/{batch_id:str}", operation_id="getVoucherBatch", summary="Show a batch")
    async def show(self, batch_id: FromPath[str]) -> BatchShape:
        """A batch with how many of its codes are free, claimed, expired and revoked.

        Errors: `voucher_batch.unknown` (404).
        """
        return _batch(await vouchers.read_batch(shown.read_id("vbt", batch_id)))

    @get(
        "/{batch_id:str}/codes", operation_id="exportVoucherBatch", summary="A batch's codes as CSV",
        media_type="text/csv", operation_class=SheetOperation)  # fmt: skip
    async def export(self, batch_id: FromPath[str]) -> Stream:
        """All codes of a batch with their state, as CSV in UTF-8 with a byte order mark, sent as it is read.

        Errors: `voucher_batch.unknown` (404).
        """
        found = shown.read_id("vbt", batch_id)
        await vouchers.read_batch(found)
        return Stream(vouchers.export_codes(found), media_type="text/csv; charset=utf-8", headers={
            "content-disposition": f'attachment; filename="codes-{batch_id}.csv"'})  # fmt: skip

    @post("/{batch_id:str}/revocation", operation_id="revokeVoucherBatch", summary="Withdraw a batch")
    async def revoke(self, batch_id: FromPath[str]) -> WithdrawnShape:
        """Withdraw all codes that nobody has entered yet; vouchers that they have become stay. Takes no body.

        Errors: `voucher_batch.unknown` (404).
        """
        found = shown.read_id("vbt", batch_id)
        return WithdrawnShape(batch=batch_id, withdrawn=await vouchers.revoke_batch(found))


class IntakeController(Controller):
    """Codes that come from elsewhere."""

    path = "/v1/voucher-templates/{template_id:str}"
    tags = ("Vouchers",)

    @post(
        "/batches", operation_id="importVoucherBatch", summary="Bring in codes of one's own", status_code=HTTP_200_OK,
        operation_class=CsvOperation, request_max_body_size=BODY_BYTES_MAX,
        opt={"body_bytes_max": BODY_BYTES_MAX})  # fmt: skip
    async def bring_in_batch(
        self, template_id: FromPath[str], request: Request[Any, Any, Any], *, name: FromQuery[str],
        reference: FromQuery[str], dry_run: FromQuery[bool] = False,
    ) -> IntakeShape:  # fmt: skip
        """Make a batch of the codes in a file: 8 to 40 letters and digits, each good once; case and dashes are naught.

        Rows that cannot be used are left out and told. With `dry_run=true` nothing is written. Errors:
        `voucher_template.unknown` (404), `voucher_codes.unreadable`, `invalid` (400), `input.media_type` (415),
        `voucher_template.not_active`, `voucher.out_of_stock`, `voucher.budget_spent` (422),
        `voucher_batch.occasion_used` (409).
        """
        asked = vouchers.NewBatch(shown.read_id("vtp", template_id), name, f"api/{reference[:100]}")
        batch_id, intake = await vouchers.bring_in_batch(asked, await _body(request), dry_run=dry_run)
        return _intake(intake, dry_run=dry_run, batch=batch_id)

    @post(
        "/pool", operation_id="importVoucherPool", summary="Bring in codes of an outside benefit",
        status_code=HTTP_200_OK, operation_class=CsvOperation, request_max_body_size=BODY_BYTES_MAX,
        opt={"body_bytes_max": BODY_BYTES_MAX})  # fmt: skip
    async def bring_in(
        self, template_id: FromPath[str], request: Request[Any, Any, Any], *, dry_run: FromQuery[bool] = False
    ) -> IntakeShape:
        """Add codes to the pool of an `external` template: each is handed out with one voucher, once ever.

        The same file again adds nothing. With `dry_run=true` nothing is written. Errors: `voucher_template.unknown`
        (404), `voucher_template.not_a_pool` (422), `voucher_codes.unreadable` (400), `input.media_type` (415).
        """
        intake = await vouchers.bring_in(shown.read_id("vtp", template_id), await _body(request), dry_run=dry_run)
        return _intake(intake, dry_run=dry_run)


async def _body(request: Request[Any, Any, Any]) -> bytes:
    if (request.headers.get("content-type") or "text/csv").partition(";")[0].strip().lower() not in _TYPES:
        raise HTTPException(status_code=HTTP_415_UNSUPPORTED_MEDIA_TYPE)
    return await request.body()


def _batch(row: Any) -> BatchShape:
    same = ("name", "state", "codes", "free", "claimed", "expired", "revoked", "claim_until", "created_at")
    return BatchShape(
        id=ids.show("vbt", row["id"]), template=ids.show("vtp", row["template"]), **{name: row[name] for name in same}
    )


def _intake(intake: vouchers.Intake, *, dry_run: bool, batch: uuid.UUID | None = None) -> IntakeShape:
    return IntakeShape(
        dry_run=dry_run, added=intake.added, known=intake.known, failed=intake.failed,
        batch=ids.show("vbt", batch) if batch else None,
        errors=[RowErrorShape(line=one.line, detail=one.words.say()) for one in intake.errors])  # fmt: skip
