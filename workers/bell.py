"""Rings the workers' bell after a commit that made work: quick, and silent when there is nobody to hear it.

A bell carries nothing: it is the arq job `ring`, without arguments. Losing one costs a second, so it waits for
nothing longer than RING_SECONDS and after a failure leaves Valkey alone for REST_SECONDS.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import structlog
from redis.exceptions import RedisError

from workers import queue

if TYPE_CHECKING:
    from arq.connections import ArqRedis

RING_SECONDS = 0.25
REST_SECONDS = 5.0

log = structlog.get_logger()


class Bell:
    """A bell of one process; hang it with `tenancy.work.hang_bell(bell.ring)` and close it when the process ends."""

    def __init__(self, redis_url: str) -> None:
        self._redis_url = redis_url
        self._client: ArqRedis | None = None
        self._quiet_until = 0.0

    async def ring(self) -> None:
        """Wake the workers, if that is possible at once. Never raises."""
        if time.monotonic() < self._quiet_until:
            return
        try:
            async with asyncio.timeout(RING_SECONDS):
                if self._client is None:
                    self._client = queue.connect(self._redis_url, timeout_seconds=RING_SECONDS)
                # Its id makes many rings one: as long as one waits in the queue, another would say nothing new.
                await self._client.enqueue_job(queue.RING, _job_id=queue.RING, _expires=10)
        except (RedisError, OSError, TimeoutError) as error:
            self._quiet_until = time.monotonic() + REST_SECONDS
            log.warning("bell_silent", reason=type(error).__name__)
            await self.close()

    async def close(self) -> None:
        """Let the connection go."""
        client, self._client = self._client, None
        if client is not None:
            try:
                await client.aclose(close_connection_pool=True)
            except (RedisError, OSError, TimeoutError):
                log.warning("bell_not_closed")
