"""Replies whose bytes are made before the route answers: of hot verbs, and of requests that keep their reply.

A route says the shape of its answer for the document (`Response[Shape]`); what goes out are the bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from litestar import Response

from tenants.tenancy import replies
from tenants.tenancy.engine import DB
from tenants.tenancy.hot import Answer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tenants.tenancy.replies import KeptReply


def sent(answer: Answer, *, media_type: str = "application/json") -> Response[Any]:
    """The answer of a hot verb, as it goes out."""
    return Response(answer.body, status_code=answer.status, headers=answer.headers, media_type=media_type)


async def reply_once(answer: Callable[[], Awaitable[KeptReply]]) -> Response[Any]:
    """Answer in a transaction of this request's own, or as the first request with its key was answered."""
    async with DB.transaction():
        reply, replayed = await replies.once(answer)
    return sent(Answer(reply.body, reply.status, replayed), media_type=reply.content_type)
