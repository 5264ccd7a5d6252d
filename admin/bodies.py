"""What a page sends: read to a limit, however it is sent, and as JSON only if it is an object."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from admin.refusals import BadForm
from server.errors import TooLarge
from server.settings import settings
from tenants.kit.words import Words

if TYPE_CHECKING:
    from starlette.requests import Request


async def read(request: Request, *, most: int | None = None) -> bytes:
    """The whole body. Raises TooLarge beyond `most` bytes (what the installation takes, when None)."""
    most = most or settings().body_bytes_max
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        parts.append(part)
        size += len(part)
        if size > most:
            raise TooLarge
    return b"".join(parts)


async def read_object(request: Request) -> dict[str, Any]:
    """The body as a JSON object. Raises BadForm, TooLarge."""
    try:
        body = json.loads(await read(request))
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise BadForm({"body": Words(en="send a JSON object", zh="请发送 JSON 对象").say()})
    return body
