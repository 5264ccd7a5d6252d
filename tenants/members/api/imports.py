"""Members by the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec
from litestar import Controller, Request, Response, post
from litestar.exceptions import HTTPException
from litestar.openapi.spec import OpenAPIMediaType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIType
from litestar.params import FromQuery  # noqa: TC002  Litestar reads annotations while running
from litestar.status_codes import HTTP_200_OK, HTTP_415_UNSUPPORTED_MEDIA_TYPE

from tenants import members
from tenants.members.api import shown
from tenants.members.api.shapes import ImportShape  # noqa: TC001  Litestar reads annotations while running
from tenants.tenancy import DB, replies

_JSON = "application/json"
BODY_BYTES_MAX = 20_000_000
_TYPES = frozenset(
    {"text/csv", "application/csv", "application/vnd.ms-excel", "application/octet-stream", "text/plain"}
)
_SAMPLE = "external_id,name,birthday,tags,consent.email\nshopper-1001,李雷,1990-05-20,vip;spring,yes\n"


def _csv() -> RequestBody:
    return RequestBody(
        required=True,
        description="CSV in UTF-8 (with or without byte order mark) or GBK; the first line names the columns.",
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
        summary="Import members from CSV",
        operation_class=CsvOperation,
        status_code=HTTP_200_OK,
        request_max_body_size=BODY_BYTES_MAX,
        # A file is read before the transaction begins.
        opt={"own_transaction": True, "body_bytes_max": BODY_BYTES_MAX},
    )
    async def take(self, request: Request[Any, Any, Any], *, dry_run: FromQuery[bool] = False) -> Response[ImportShape]:
        """Makes members as a file says, by `external_id`.

        A row that cannot be used is left out and reported by line and column; the good rows go in together. The same
        file again changes nothing. With `dry_run=true` nothing is written and the answer is what would be done. At
        most 20 MB and 50,000 rows.

        Columns: `external_id` (required), `name`, `phone`, `email`, `gender`, `birthday` (1990-05-20, or 05-20),
        `birthday_calendar` (solar, lunar), `region`, `occupation`, `locale`, `timezone`, `tags` (several, apart by
        comma, semicolon or bar; they are added), `source`, `consent.email`, `consent.sms`, `consent.in_app`,
        `consent.phone` (yes, no), `consent_evidence`, and `attribute.<key>`. Chinese names (会员编号, 姓名, …) are
        understood too. An empty cell leaves what is there.

        Errors: `import.unreadable` (400) for the file as a whole, `input.media_type` (415), `input.too_large` (413).
        Of rows: `invalid`, `attribute.unknown`, `import.cells`, `import.duplicate`.
        """
        if (request.headers.get("content-type") or "text/csv").partition(";")[0].strip().lower() not in _TYPES:
            raise HTTPException(status_code=HTTP_415_UNSUPPORTED_MEDIA_TYPE)
        draft = await members.read_import(await request.body())

        async def answer() -> replies.KeptReply:
            report = await members.import_members(draft, dry_run=dry_run)
            return replies.KeptReply(HTTP_200_OK, _JSON, msgspec.json.encode(shown.import_shape(report)))

        async with DB.transaction():
            reply, replayed = await replies.once(answer)
        headers = {"idempotency-replayed": "true"} if replayed else {}
        return Response(reply.body, status_code=reply.status, media_type=_JSON, headers=headers)  # type: ignore[arg-type]
