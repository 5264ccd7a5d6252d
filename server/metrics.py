"""What Prometheus can ask for, on a port of its own that the public never reaches. No tenant is ever a label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import Counter, Histogram, start_http_server

if TYPE_CHECKING:
    from litestar.types import HTTPScope

REQUESTS = Counter("regulars_requests_total", "Requests served", ["route", "method", "status"])
SECONDS = Histogram(
    "regulars_request_seconds", "Time from the first byte in to the last byte out", ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0))  # fmt: skip
_known: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}


def count_request(scope: HTTPScope, status: int, seconds: float) -> None:
    """Count one request under its route's template, so that ids do not multiply the series."""
    key = (scope.get("path_template") or "mount", scope["method"], status)
    pair = _known.get(key)
    if pair is None:  # looking labels up costs more than counting
        pair = (REQUESTS.labels(key[0], key[1], str(status)), SECONDS.labels(key[0]))
        _known[key] = pair
    pair[0].inc()
    pair[1].observe(seconds)


def serve(port: int, *, production: bool) -> None:
    """Listen for Prometheus: on loopback, in production on every address, which the platform keeps to itself.

    Port 0 switches it off.
    """
    if port:
        start_http_server(port, addr="0.0.0.0" if production else "127.0.0.1")  # noqa: S104  the platform's own network
