"""Logs: one line per thing that happened, with request and tenant, never with anything about a person."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import structlog

from server import requests

if TYPE_CHECKING:
    from collections.abc import MutableMapping


def begin(*, production: bool) -> None:
    """Set structlog up: JSON in production, colours in development."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            _with_request,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.dict_tracebacks if production else structlog.dev.set_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False) if production else structlog.dev.ConsoleRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )


def _with_request(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    if request_id := requests.request_id():
        event.setdefault("request", request_id)
    return event
