"""What is known of the request being served: its id. It goes into logs, replies and problems."""

from __future__ import annotations

import contextvars
import secrets

_request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="")


def begin() -> str:
    """Give the request that starts here an id of its own: `req_` and 16 hex digits."""
    request_id = f"req_{secrets.token_hex(8)}"
    _request_id.set(request_id)
    return request_id


def request_id() -> str:
    """The id of the request being served, or the empty string outside of one."""
    return _request_id.get()
