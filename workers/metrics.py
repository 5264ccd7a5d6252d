"""What can be asked of a worker, on its own port: `/metrics` and `/health`. No tenant is a label."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest

if TYPE_CHECKING:
    from collections.abc import Callable

JOBS = Counter("regulars_jobs_total", "Jobs that were run", ["job", "outcome"])
SECONDS = Histogram(
    "regulars_job_seconds", "Time that a job took", ["job"],
    buckets=(0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0))  # fmt: skip
LATENESS = Gauge("regulars_due_lateness_seconds", "How long the oldest work that nobody has taken has been due")
HEALTHY_SECONDS = 30.0
_REQUEST_SECONDS = 5.0


def count_job(job: str, outcome: str, seconds: float) -> None:
    """Count one run."""
    JOBS.labels(job, outcome).inc()
    SECONDS.labels(job).observe(seconds)


async def serve(port: int, *, host: str, seconds_since_beat: Callable[[], float]) -> asyncio.Server | None:
    """Listen until closed; 0 switches it off. `/health` is 200 while the loop comes round, else 503."""
    if not port:
        return None

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(_REQUEST_SECONDS):
                line = await reader.readline()
                while await reader.readline() not in {b"\r\n", b"\n", b""}:
                    pass
                writer.write(_reply(line.split(b" ")[1:2], seconds_since_beat()))
                await writer.drain()
        except (OSError, TimeoutError, ValueError):
            pass  # whoever asked has gone, or sent no request
        finally:
            writer.close()

    return await asyncio.start_server(answer, host, port, limit=8192)


def _reply(path: list[bytes], idle_seconds: float) -> bytes:
    status, kind = "200 OK", "application/json"
    if path and path[0].startswith(b"/health"):
        healthy = idle_seconds < HEALTHY_SECONDS
        status = status if healthy else "503 Service Unavailable"
        body = json.dumps(
            {"status": "ok" if healthy else "stuck", "seconds_since_beat": round(min(idle_seconds, 1e9), 1)}
        ).encode()
    elif path == [b"/metrics"]:
        kind, body = CONTENT_TYPE_LATEST, generate_latest()
    else:
        status, body = "404 Not Found", b"{}"
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return head.encode() + body
