"""Everything that knows arq: its connection, the job `ring`, the tick, and a worker that comes back by itself.

arq's queue holds no state of ours (a bell and a tick), so nothing is lost with it. Its worker ends when Valkey
restarts, leaves its connections open-ended and pickles; so it is supervised here, gets a client with timeouts, and
speaks JSON.
"""

from __future__ import annotations

import asyncio
import contextlib
from datetime import UTC
from typing import TYPE_CHECKING, Any

import msgspec
import structlog
from arq.connections import ArqRedis
from arq.cron import cron
from arq.worker import Worker, func
from redis.asyncio import ConnectionPool
from redis.exceptions import RedisError

if TYPE_CHECKING:
    from collections.abc import Callable

RING = "ring"
TICK = "tick"
QUEUE = "regulars:bell"
_POLL_SECONDS = 0.1
_TIMEOUT_SECONDS = 2.0
_REST_SECONDS_MAX = 15.0
_TICK_SECONDS = set(range(0, 60, 10))

log = structlog.get_logger()


def connect(redis_url: str, *, timeout_seconds: float = _TIMEOUT_SECONDS) -> ArqRedis:
    """A client for `redis://`, `rediss://` or `unix://` in which nothing waits for longer than the timeout."""
    pool = ConnectionPool.from_url(redis_url, socket_timeout=timeout_seconds, socket_connect_timeout=timeout_seconds)
    return ArqRedis(
        pool, job_serializer=msgspec.json.encode, job_deserializer=msgspec.json.decode, default_queue_name=QUEUE
    )


async def listen(redis_url: str, *, heard: Callable[[], None]) -> None:
    """Call `heard` at every ring and tick, for ever; when Valkey is away, try again, each time a little later."""
    rest = 1.0
    while True:
        worker = _worker(redis_url, heard)
        began = asyncio.get_running_loop().time()
        try:
            await worker.async_run()
        except (RedisError, OSError, TimeoutError, RuntimeError) as error:
            log.warning("queue_away", reason=type(error).__name__, rest_seconds=rest)
        finally:
            await _close(worker)
        rest = 1.0 if asyncio.get_running_loop().time() - began > 2 * _REST_SECONDS_MAX else rest
        await asyncio.sleep(rest)
        rest = min(_REST_SECONDS_MAX, rest * 2)


def _worker(redis_url: str, heard: Callable[[], None]) -> Worker:
    async def ring(ctx: dict[Any, Any], *_args: Any, **_kwargs: Any) -> None:  # noqa: ARG001  arq's own shape
        heard()

    async def tick(ctx: dict[Any, Any], *_args: Any, **_kwargs: Any) -> None:  # noqa: ARG001  arq's own shape
        heard()

    return Worker(
        functions=[func(ring, name=RING, keep_result=0, timeout=5, max_tries=2)],
        cron_jobs=[cron(tick, name=TICK, second=_TICK_SECONDS, unique=True, timeout=5, keep_result=0, max_tries=2)],
        redis_pool=connect(redis_url),
        queue_name=QUEUE,
        handle_signals=False,
        job_completion_wait=5,
        poll_delay=_POLL_SECONDS,
        keep_result=0,
        max_tries=2,
        timezone=UTC,
        job_serializer=msgspec.json.encode,
        job_deserializer=msgspec.json.decode,
        log_results=False,
    )


async def _close(worker: Worker) -> None:
    """Let it go; its own `close` talks to Valkey, which may be why we are here."""
    main = worker.main_task
    if main is not None and not main.done():
        main.cancel()
    for task in worker.tasks.values():
        task.cancel()
    with contextlib.suppress(RedisError, OSError, TimeoutError, asyncio.CancelledError):
        await asyncio.gather(*worker.tasks.values(), *([main] if main else []), return_exceptions=True)
    with contextlib.suppress(RedisError, OSError, TimeoutError):
        await worker.pool.aclose(close_connection_pool=True)
