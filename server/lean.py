"""The short way to a hot verb's handler and back.

Litestar builds a request and a response object for each call and asks a dozen layers what they have to say; for a
verb that is called a thousand times a second this costs as much as the verb. A route with `lean` in its `opt` is
called here: with its path parameters and its body as its shape, and answers with a `Response` of ready bytes. It has
no query parameters, guards or dependencies; the document of the API is made from the same handler.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from server import bodies
from server.errors import respond

if TYPE_CHECKING:
    from litestar import Response
    from litestar.types import HTTPScope, Send


async def answer(scope: HTTPScope, body: bytes, send: Send) -> None:
    """Call the handler of a lean route and send what it answers."""
    handler: Any = scope["route_handler"]
    given: dict[str, Any] = dict(scope["path_params"])
    field = handler.parsed_data_field
    try:
        if field:
            given["data"] = bodies.decode(field.annotation, body)
        reply: Response[bytes] = await handler.fn(**given)
    except Exception as error:  # noqa: BLE001  as Litestar's handler for everything does
        reply = respond(error)
    content = reply.content
    headers = [(b"content-type", str(reply.media_type).encode()), (b"content-length", b"%d" % len(content))]
    headers += [(name.encode("latin-1"), value.encode("latin-1")) for name, value in reply.headers.items()]
    await send({"type": "http.response.start", "status": reply.status_code or 200, "headers": headers})
    await send({"type": "http.response.body", "body": content, "more_body": False})
