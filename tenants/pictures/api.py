"""Pictures over HTTP: the shop's backend hands them in; browsers fetch them at their public address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, ClassVar

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.exceptions import HTTPException
from litestar.openapi.spec import OpenAPIMediaType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIFormat, OpenAPIType
from litestar.params import FromPath, QueryParameter
from litestar.status_codes import HTTP_201_CREATED, HTTP_415_UNSUPPORTED_MEDIA_TYPE

from tenants import pictures
from tenants.kit import ids
from tenants.kit.errors import Invalid, NotFound
from tenants.kit.shapes import Page, Shape, page, read_cursor
from tenants.kit.words import Words
from tenants.tenancy import current_tenant, replies
from tenants.tenancy.api import reply_once

Limit = Annotated[int, QueryParameter(ge=1, le=100, description="How many rows at most.")]
Cursor = Annotated[str | None, QueryParameter(description="`next_cursor` of the page before.")]
# What stands around the picture in a form of parts.
BODY_BYTES_MAX = pictures.UPLOAD_BYTES_MAX + 10_000
_JSON = "application/json"
_FORM = "multipart/form-data"
_NAME = "01kaecw0x5f3qs8q7t6v2m9d3"
_SAMPLE = "(the bytes of photo.jpg)"


class PictureShape(Shape):
    """A picture as it is kept; `address` is below the shop's host, open to everybody, and never changes."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": f"pic_{_NAME}a", "address": f"/m/pictures/pic_{_NAME}a", "media_type": "image/webp", "width": 1200,
        "height": 1600, "bytes": 148213, "created_at": "2026-11-22T03:00:00Z",
    }  # fmt: skip

    id: str
    address: str
    media_type: str
    width: int
    height: int
    bytes: int
    created_at: datetime


def _body() -> RequestBody:
    binary = Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY)
    form = Schema(type=OpenAPIType.OBJECT, properties={"file": binary}, required=["file"])
    return RequestBody(
        required=True,
        description="The file itself, or a form with one `file`. JPEG, PNG, WebP or GIF, at most 10 MB.",
        content={
            "application/octet-stream": OpenAPIMediaType(schema=binary, example=_SAMPLE),
            _FORM: OpenAPIMediaType(schema=form, example={"file": _SAMPLE}),
        },
    )


@dataclass
class PictureOperation(Operation):
    """An operation whose body is a picture."""

    def __post_init__(self) -> None:
        """Say so in the document, where Litestar sees no parameter called `data`."""
        self.request_body = self.request_body or _body()


class PictureController(Controller):
    """Pictures that polls, surveys and pages show."""

    path = "/v1/pictures"
    tags = ("Pictures",)

    @post(
        operation_id="createPicture",
        summary="Upload a picture",
        operation_class=PictureOperation,
        status_code=HTTP_201_CREATED,
        request_max_body_size=BODY_BYTES_MAX,
        # It is drawn anew before the transaction begins.
        opt={"own_transaction": True, "body_bytes_max": BODY_BYTES_MAX},
    )
    async def create(self, request: Request[Any, Any, Any]) -> Response[PictureShape]:
        """Keeps a JPEG, PNG, WebP or the first frame of a GIF, drawn anew: upright, at most 1,600 pixels, as WebP.

        Nothing else of the file is kept, such as where a photograph was taken. The same picture again answers with the
        one that is there. At most 10 MB and 25 million pixels; SVG is not taken.

        Errors: `invalid` (400) where the form has no `file`, `input.media_type` (415), `input.too_large` (413),
        `picture.kind`, `picture.damaged`, `picture.too_large`, `picture.too_many_pixels` (422).
        """
        content, name = await _uploaded(request)
        drawn = await pictures.draw(content, name=name)

        async def answer() -> replies.KeptReply:
            made = _shape(await pictures.describe(await pictures.hold(drawn)))
            return replies.KeptReply(HTTP_201_CREATED, _JSON, msgspec.json.encode(made))

        return await reply_once(answer)

    @get(operation_id="listPictures", summary="List pictures")
    async def list(self, limit: Limit = 20, cursor: Cursor = None) -> Page[PictureShape]:
        """The newest first. Errors: `invalid` (400)."""
        scope = f"{current_tenant().schema}:pictures"
        position = read_cursor(cursor, scope=scope)
        rows = await pictures.listed(before=ids.read("pic", position) if position else None, limit=limit + 1)
        return page([_shape(row) for row in rows], limit=limit, scope=scope)

    @get("/{picture_id:str}", operation_id="getPicture", summary="What is known of a picture")
    async def show(self, picture_id: FromPath[str]) -> PictureShape:
        """Its size and address; the picture itself is fetched from the address. Errors: `picture.unknown` (404)."""
        try:
            picture = ids.read("pic", picture_id)
        except NotFound:
            raise pictures.PictureUnknown from None
        return _shape(await pictures.describe(picture))


async def _uploaded(request: Request[Any, Any, Any]) -> tuple[bytes, str]:
    """The file that was sent and what it is called; what is in it decides what it is, not what it says it is."""
    kind = (request.headers.get("content-type") or "").partition(";")[0].strip().lower()
    if kind == _FORM:
        sent = (await request.form()).get("file")
        if not isinstance(sent, UploadFile):
            raise Invalid(param="file", problem=Words(en="choose a file", zh="请选择文件"))
        return await sent.read(), sent.filename
    if kind == "application/octet-stream" or kind.startswith("image/"):
        return await request.body(), kind
    raise HTTPException(status_code=HTTP_415_UNSUPPORTED_MEDIA_TYPE)


def _shape(row: Any) -> PictureShape:
    copied = {name: row[name] for name in ("media_type", "width", "height", "bytes", "created_at")}
    return PictureShape(id=ids.show("pic", row["id"]), address=pictures.address(row["id"]), **copied)


ROUTES = [PictureController]
TAGS = {"Pictures": "What polls, surveys and pages show. 图片"}
