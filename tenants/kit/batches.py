"""Many small calls become one: the next batch is whatever arrived while the last one was being worked on.

There is no timer, so a lone caller waits for nobody, and under load one statement and one commit serve dozens. A
batch that fails is tried again one by one, so that a bad item fails alone, unless the error is of all of them: a
database that hangs would take its time limit for each. The queue is bounded, a caller who went
away is skipped, and `drain` waits for the rest when the process stops.
"""

from __future__ import annotations

import asyncio
import contextvars
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from tenants.kit import clock
from tenants.kit.errors import Refused
from tenants.kit.words import Words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

Item = TypeVar("Item")
Result = TypeVar("Result")


class Busy(Refused):
    """More is waiting than can be worked off in good time."""

    code = "busy"
    sentence = Words(en="Too much is going on just now. Try again in a second.", zh="当前请求过多，请稍后再试。")


class Batcher(Generic[Item, Result]):
    """Gathers items and hands them to `work`, which answers for each in order: a result, or an exception."""

    def __init__(
        self,
        work: Callable[[Sequence[Item]], Awaitable[Sequence[Result | Exception]]],
        *,
        batch_max: int = 256,
        queue_max: int = 5_000,
        at_once: int = 1,
        of_all: tuple[type[Exception], ...] = (OSError,),  # TimeoutError is one
    ) -> None:
        """`of_all` names the errors that no item is to blame for; the whole batch is told, and not tried again."""
        self._work = work
        self._of_all = of_all
        self._batch_max = batch_max
        self._queue_max = queue_max
        self._at_once = at_once
        self._queue: list[tuple[Item, asyncio.Future[Result]]] = []
        self._running: set[asyncio.Task[None]] = set()

    async def __call__(self, item: Item) -> Result:
        """The result for this item. Raises Busy when the queue is full, else what the work says of the item."""
        if len(self._queue) >= self._queue_max:
            raise Busy
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._queue.append((item, future))
        if len(self._running) < self._at_once:
            # A context of its own: the batch must not run with the tenant or transaction of whoever came first. Only
            # the time goes along, so that what a test says of it holds here too.
            context = contextvars.Context()
            context.run(clock.carry, clock.fixed())
            task = asyncio.get_running_loop().create_task(self._drain_queue(), context=context)
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        return await future

    async def drain(self) -> None:
        """Wait until everything that was accepted has been answered."""
        while self._running:
            await asyncio.gather(*self._running, return_exceptions=True)

    @property
    def idle(self) -> bool:
        """Whether nothing waits and nothing runs."""
        return not self._queue and not self._running

    async def _drain_queue(self) -> None:
        while self._queue:
            batch = [(item, future) for item, future in self._queue[: self._batch_max] if not future.done()]
            del self._queue[: self._batch_max]
            if batch:
                await self._answer(batch)
        # Here and not only when the task is done: who comes in between would wait for a task that works no more.
        self._running.discard(cast("asyncio.Task[None]", asyncio.current_task()))

    async def _answer(self, batch: list[tuple[Item, asyncio.Future[Result]]]) -> None:
        try:
            results = await self._work([item for item, _ in batch])
            if len(results) != len(batch):
                raise RuntimeError(f"{len(batch)} items got {len(results)} answers")  # noqa: TRY301  told to the callers
        except Exception as error:  # noqa: BLE001  it is handed to the caller whose item it was
            if len(batch) == 1 or isinstance(error, self._of_all):
                for _, future in batch:
                    _settle(future, error)
                return
            for pair in batch:
                if not pair[1].done():
                    await self._answer([pair])
            return
        except BaseException:  # the process stops: nobody may wait for ever
            for _, future in batch:
                future.cancel()
            raise
        for (_, future), result in zip(batch, results, strict=True):
            _settle(future, result)


def _settle(future: asyncio.Future[Result], result: Result | Exception) -> None:
    if future.done():
        return
    if isinstance(result, Exception):
        future.set_exception(result)
    else:
        future.set_result(result)
