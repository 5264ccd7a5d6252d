"""How often a caller may call: GCRA, atomic in Valkey, and in this process while Valkey is away.

Each caller has a rate and may burst up to a quarter of a minute's worth. All checks that wait at the same moment go to
Valkey in one script call. When Valkey does not answer in time, the same rule runs on a table of our own, so the limits
stay: for each process instead of for all together.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import redis.asyncio
import structlog
from redis.exceptions import RedisError

from tenants.kit.batches import Batcher
from tenants.kit.errors import TooOften

if TYPE_CHECKING:
    from collections.abc import Sequence

log = structlog.get_logger()
_TIMEOUT_SECONDS = 0.25
_REST_SECONDS = 1.0  # after a failure Valkey is left alone for this long
_LOCAL_MAX = 100_000

# KEYS: one per check. ARGV: for each its interval and its tolerance, in microseconds. The time is the server's own,
# so that clocks of web processes need not agree. Answers 0, or the microseconds to wait.
_SCRIPT = """
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local out = {}
for i, key in ipairs(KEYS) do
  local interval, tolerance = tonumber(ARGV[i * 2 - 1]), tonumber(ARGV[i * 2])
  local tat = math.max(tonumber(redis.call('GET', key) or '0'), now)
  local wait = tat - now - tolerance
  if wait > 0 then
    out[i] = wait
  else
    redis.call('SET', key, string.format('%.0f', tat + interval), 'PX', math.ceil((tat + interval - now) / 1000) + 1000)
    out[i] = 0
  end
end
return out
"""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many calls a minute, of which a quarter may come at once."""

    per_minute: int

    @property
    def interval(self) -> int:
        """Microseconds that one call costs."""
        return 60_000_000 // self.per_minute

    @property
    def tolerance(self) -> int:
        """Microseconds by which a caller may be ahead."""
        return 15_000_000


class Limiter:
    """Counts calls; one per process."""

    def __init__(self, redis_url: str) -> None:
        self._redis: Any = redis.asyncio.from_url(  # type: ignore[no-untyped-call]  # redis has none here
            redis_url, socket_timeout=_TIMEOUT_SECONDS, socket_connect_timeout=_TIMEOUT_SECONDS
        )
        self._script = self._redis.register_script(_SCRIPT)
        self._batch = Batcher[tuple[str, Rate], int](self._ask, batch_max=200, queue_max=20_000)
        self._local: dict[str, int] = {}
        self._resting_until = 0.0

    async def check(self, who: str, rate: Rate) -> None:
        """Count one call of `who`. Raises TooOften with the seconds to wait."""
        wait = await self._batch((who, rate))
        if wait > 0:
            raise TooOften(seconds=-(-wait // 1_000_000))

    async def close(self) -> None:
        """Let go of Valkey."""
        await self._batch.drain()
        await self._redis.aclose()

    async def _ask(self, asked: Sequence[tuple[str, Rate]]) -> list[int]:
        if time.monotonic() >= self._resting_until:
            keys = [f"limit:{who}" for who, _ in asked]
            args = [number for _, rate in asked for number in (rate.interval, rate.tolerance)]
            try:
                async with asyncio.timeout(_TIMEOUT_SECONDS):
                    return [int(wait) for wait in await self._script(keys=keys, args=args)]
            except (RedisError, OSError, TimeoutError) as error:
                self._resting_until = time.monotonic() + _REST_SECONDS
                log.warning("limits.local", error=type(error).__name__)
        return [self._ask_locally(who, rate) for who, rate in asked]

    def _ask_locally(self, who: str, rate: Rate) -> int:
        now = time.monotonic_ns() // 1000
        tat = max(self._local.get(who, 0), now)
        wait = tat - now - rate.tolerance
        if wait > 0:
            return wait
        if len(self._local) >= _LOCAL_MAX:
            self._local = {key: value for key, value in self._local.items() if value > now}
            if len(self._local) >= _LOCAL_MAX:  # all of them live: start anew sooner than look through them each time
                self._local.clear()
        self._local[who] = tat + rate.interval
        return 0
