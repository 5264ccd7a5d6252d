"""Orders by the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec
from litestar import Controller, Request, Response, post
from litestar.exceptions import HTTPException
from litestar.openapi.spec import OpenAPIMediaType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIType
from litestar.params import FromQuery  # noqa: TC002  Litestar reads annotations while running
from litestar.status_codes import HTTP_200_OK, HTTP_415_UNSUPPORTED_MEDIA_TYPE

from tenants import members, orders
from tenants.kit.shapes import Shape
from tenants.tenancy import DB, replies
from tenants.tenancy.api import reply_once

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_JSON = "application/json"
BODY_BYTES_MAX = 20_000_000
_TYPES = frozenset(
    {"text/csv", "application/csv", "application/vnd.ms-excel", "application/octet-stream", "text/plain"}
)
_SAMPLE = "source,order,member,kind,at,amount,items\ntaobao,2300451,buyer-77,completed,2026-05-01 12:00,129.00,2\n"


@dataclass
class OrderCsvOperation(Operation):
    """An operation whose body is a CSV file."""

    def __post_init__(self) -> None:
        """Say so in the document, where Litestar sees no parameter called `data`."""
        self.request_body = RequestBody(
            required=True,
            description="CSV in UTF-8 (with or without byte order mark) or GBK; the first line names the columns.",
            content={"text/csv": OpenAPIMediaType(schema=Schema(type=OpenAPIType.STRING), example=_SAMPLE)},
        )


class OrderRowRefused(Shape):
    """A row that was left out: where, a code for programs and a sentence for people."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "line": 3, "column": "amount", "code": "invalid", "detail": "amount cannot be used: …",
    }  # fmt: skip

    line: int
    column: str
    code: str
    detail: str


class OrderImportShape(Shape):
    """What came of a file: events taken in, those that were here before, and the rows left out (the first hundred)."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "dry_run": False, "taken": 998, "repeated": 1, "refused": 1, "errors": [OrderRowRefused.EXAMPLE],
    }  # fmt: skip

    dry_run: bool
    taken: int = 0
    repeated: int = 0
    refused: int = 0
    errors: list[OrderRowRefused] = msgspec.field(default_factory=list)


class OrderImportController(Controller):
    """Tell many events at once."""

    path = "/v1/order-imports"
    tags = ("Orders",)

    @post(
        "/",
        operation_id="importOrders",
        summary="Import order events from CSV",
        operation_class=OrderCsvOperation,
        status_code=HTTP_200_OK,
        request_max_body_size=BODY_BYTES_MAX,
        # A file is read as it comes in, and each batch of it is committed by itself.
        opt={"own_transaction": True, "body_bytes_max": BODY_BYTES_MAX},
    )
    async def take(
        self, request: Request[Any, Any, Any], *, dry_run: FromQuery[bool] = False
    ) -> Response[OrderImportShape]:
        """Takes in the events of a file as `takeInOrderEvents` does, a thousand at a time, while it is being sent.

        A row that cannot be used is left out and reported by line and column. The same file again changes nothing.
        With `dry_run=true` nothing is kept and the answer is what would be done. At most 20 MB. With an
        `Idempotency-Key` all of the file is one transaction.

        Columns: `source`, `order`, `member` (your ids), `kind`, `at` (with an offset, else by the shop's clock), and if
        you have them `amount`, `reference` (else the kind), `currency`, `items`, `shipping`, `tax`, `carrier`,
        `tracking`; for orders by line `line`, `product`, `category`, `quantity`, `line_amount`, one row for each line
        of an event. Chinese names (来源, 订单号, 会员编号, 事件, 时间, …) are understood too.

        Errors: `import.unreadable` (400) for the file as a whole, `input.media_type` (415), `input.too_large` (413).
        Of rows: those of `takeInOrderEvent`, and `import.unreadable` where nothing further could be read.
        """
        if (request.headers.get("content-type") or "text/csv").partition(";")[0].strip().lower() not in _TYPES:
            raise HTTPException(status_code=HTTP_415_UNSUPPORTED_MEDIA_TYPE)
        report = orders.FileReport(dry_run=dry_run)
        if replies.keyed_request.get() is None:
            chunks = request.stream()
            try:
                async for batch in orders.read_file(chunks):
                    async with DB.transaction():
                        await orders.take_file(batch, report)
            except members.ImportUnreadable:
                async for _ in chunks:  # a file that is too large is told so first, whatever else is wrong with it
                    pass
                raise
            return Response(_shape(report), status_code=HTTP_200_OK)

        async def answer() -> replies.KeptReply:
            async for batch in orders.read_file(_whole(await request.body())):
                await orders.take_file(batch, report)
            return replies.KeptReply(HTTP_200_OK, _JSON, msgspec.json.encode(_shape(report)))

        return await reply_once(answer)


async def _whole(body: bytes) -> AsyncIterator[bytes]:
    yield body


def _shape(report: orders.FileReport) -> OrderImportShape:
    return OrderImportShape(
        dry_run=report.dry_run, taken=report.taken, repeated=report.repeated, refused=report.refused,
        errors=[
            OrderRowRefused(line=one.line, column=one.column, code=one.code, detail=one.sentence)
            for one in report.errors
        ])  # fmt: skip
