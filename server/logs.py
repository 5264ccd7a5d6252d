"""Logs: one line per thing that happened, with request and tenant, never with anything about a person.

What an exception says may quote a row (`Key (email)=(…) already exists`) and a traceback with local variables shows
everything, so in production a failure is written down as its kind and the places it came through.
"""

from __future__ import annotations

import logging
import sys
import traceback
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec
import structlog

from server import requests
from tenants.kit import clock
from tenants.tenancy.current import current_tenant_or_none

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from litestar.types import HTTPScope

_CHAIN_MAX = 5
_FRAMES_MAX = 30


def begin(*, production: bool) -> None:
    """Set structlog up: JSON in production, colours in development."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            _with_request_and_tenant,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_words if production else structlog.dev.set_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False)
            if production
            else structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )


def request(scope: HTTPScope, *, status: int, seconds: float, request_id: str, tenant: str) -> None:
    """One line for a request that was served: its route as a template, for a path holds ids and a query names.

    It is a chain of its own without processors, since even the hottest call writes it. Health checks write none.
    """
    route = scope.get("path_template") or "mount"
    if route.startswith("/health/"):
        return
    _requests().info(
        "request", route=route, method=scope["method"], status=status, milliseconds=round(seconds * 1000, 1),
        request=request_id, tenant=tenant)  # fmt: skip


@cache
def _requests() -> Any:
    return structlog.wrap_logger(
        structlog.BytesLogger(sys.stdout.buffer),
        processors=[_in_short],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    ).bind()


def _in_short(_logger: object, method: str, event: MutableMapping[str, Any]) -> bytes:
    return msgspec.json.encode({**event, "level": method, "timestamp": clock.now()})


def _without_words(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    given = event.pop("exc_info", None)
    error = given if isinstance(given, BaseException) else sys.exc_info()[1] if given else None
    if error is not None:
        event["failure"] = [_describe(one) for one in _chain(error)]
    return event


def _chain(error: BaseException) -> list[BaseException]:
    found = [error]
    while (cause := found[-1].__cause__ or found[-1].__context__) and len(found) < _CHAIN_MAX and cause not in found:
        found.append(cause)
    return found


def _describe(error: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES_MAX:]
    told: dict[str, Any] = {
        "kind": f"{type(error).__module__}.{type(error).__qualname__}",
        "through": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
    for name in ("sqlstate", "constraint_name"):
        if value := getattr(error, name, None):
            told[name] = value
    return told


def _with_request_and_tenant(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    # Asked when a line is written: binding them for each request costs more than most requests log.
    if request_id := requests.request_id():
        event.setdefault("request", request_id)
    if tenant := current_tenant_or_none():
        event.setdefault("tenant", tenant.slug)
    return event
