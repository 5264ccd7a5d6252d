"""Takes due work and does it: bounded, one job per tenant at a time, held by a lease that is kept alive.

It looks every second, and at once when the bell rings. PostgreSQL decides who does what; the loop only asks. A
database that is away is asked again, each time a little later.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
import traceback

import asyncpg
import structlog

from tenants.tenancy import due, work
from workers import metrics

POLL_SECONDS = 1.0
AT_ONCE = 8
LEASE_SECONDS = 30.0
MEASURE_SECONDS = 5.0
_REST_SECONDS_MAX = 10.0

log = structlog.get_logger()
_AWAY = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError)


class Poller:
    """One worker's loop. `ring` wakes it, `run` ends after `stop`, `drain` waits for what is running."""

    def __init__(
        self, *, at_once: int = AT_ONCE, poll_seconds: float = POLL_SECONDS, lease_seconds: float = LEASE_SECONDS
    ) -> None:
        self._at_once = at_once
        self._poll_seconds = poll_seconds
        self._lease_seconds = lease_seconds
        self._woken = asyncio.Event()
        self._stopped = False
        self._running: dict[asyncio.Task[None], due.Claim] = {}
        self._beat_at = float("-inf")
        self._measured_at = -MEASURE_SECONDS

    def ring(self) -> None:
        """Look now."""
        self._woken.set()

    def stop(self) -> None:
        """Take nothing more."""
        self._stopped = True
        self._woken.set()

    @property
    def seconds_since_beat(self) -> float:
        """Seconds since the loop last came round with the database answering, also while no hand was free to take."""
        return time.monotonic() - self._beat_at

    async def run(self) -> None:
        """Look, take and do until stopped."""
        rest = self._poll_seconds
        while not self._stopped:
            try:
                took = await self._look()
            except _AWAY as error:
                log.warning("database_away", reason=type(error).__name__, rest_seconds=rest)
                await asyncio.sleep(rest)
                rest = min(_REST_SECONDS_MAX, rest * 2)
                continue
            rest = self._poll_seconds
            if not took:
                await self._wait()

    async def drain(self, *, grace_seconds: float) -> None:
        """Let what is running end; what has not after the grace is cancelled and given back."""
        if self._running:
            await asyncio.wait(self._running, timeout=grace_seconds)
        late = dict(self._running)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        for claim in late.values():
            log.warning("job_given_back", job=claim.job)
            with contextlib.suppress(*_AWAY):
                await due.release(claim)

    async def _measure(self) -> None:
        if time.monotonic() - self._measured_at >= MEASURE_SECONDS:
            self._measured_at = time.monotonic()
            metrics.LATENESS.set(await due.lateness_seconds())

    async def _look(self) -> bool:
        await self._measure()  # also while all hands are full: then it matters
        free = self._at_once - len(self._running)
        if free <= 0:
            self._beat_at = time.monotonic()
            return False
        self._woken.clear()
        claims = await due.claim(most=free, lease_seconds=self._lease_seconds)
        self._beat_at = time.monotonic()
        for claim in claims:
            task = asyncio.get_running_loop().create_task(self._do(claim), context=work.fresh_context())
            self._running[task] = claim
            task.add_done_callback(self._ended)
        return bool(claims)

    async def _wait(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._poll_seconds):
                await self._woken.wait()

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.pop(task, None)
        self._woken.set()

    async def _do(self, claim: due.Claim) -> None:
        began = time.perf_counter()
        outcome = "done"
        doing = asyncio.ensure_future(work.perform(claim))
        holding = asyncio.ensure_future(self._hold(claim))
        try:
            await asyncio.wait({doing, holding}, return_when=asyncio.FIRST_COMPLETED)
            if not doing.done():
                outcome = "lost"  # the lease went to another worker, which does it again: stop here
                doing.cancel()
            await doing
        except asyncio.CancelledError:
            outcome = "lost" if outcome == "lost" else "cancelled"
            doing.cancel()
            await asyncio.gather(doing, return_exceptions=True)
            if outcome == "cancelled":
                raise
        except Exception as error:  # noqa: BLE001  a failed job is noted in the due index and must not end the worker
            outcome = "failed"
            # The error's words may quote a row, and so a person; its kind and place say where to look.
            place = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{place.filename.rpartition('/')[2]}:{place.lineno}"
            log.error("job_failed", job=claim.job, failures=claim.failures + 1, reason=type(error).__name__, at=where)  # noqa: TRY400
        finally:
            holding.cancel()
            seconds = time.perf_counter() - began
            metrics.count_job(claim.job, outcome, seconds)
            log.info("job", job=claim.job, tenant=claim.tenant.hex, outcome=outcome, seconds=round(seconds, 3))

    async def _hold(self, claim: due.Claim) -> None:
        """Keep the lease alive; ends when it is lost."""
        held_until = time.monotonic() + self._lease_seconds
        while True:
            await asyncio.sleep(self._lease_seconds / 3)
            try:
                if not await due.extend(claim, lease_seconds=self._lease_seconds):
                    return
                held_until = time.monotonic() + self._lease_seconds
            except _AWAY:
                if time.monotonic() > held_until:
                    return
