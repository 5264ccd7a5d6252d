"""Many small calls become one, and a bad one fails alone."""

from __future__ import annotations

import asyncio
import contextvars
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tenants.kit import clock
from tenants.kit.batches import Batcher, Busy

if TYPE_CHECKING:
    from collections.abc import Sequence

WHO: contextvars.ContextVar[str] = contextvars.ContextVar("who", default="nobody")


class Desk:
    """Work that writes down its batches and waits while it is closed."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.seen: list[str] = []
        self.opened = asyncio.Event()
        self.opened.set()
        self.bad: set[int] = set()

    async def __call__(self, items: Sequence[int]) -> Sequence[int | Exception]:
        self.batches.append(list(items))
        self.seen.append(WHO.get())
        await self.opened.wait()
        if self.bad.intersection(items):
            raise ValueError(f"bad among {list(items)}")
        return [LookupError(str(item)) if item < 0 else item * 2 for item in items]


async def test_a_lone_caller_waits_for_nobody() -> None:
    desk = Desk()
    assert await Batcher(desk)(21) == 42
    assert desk.batches == [[21]]


async def test_what_arrives_meanwhile_is_the_next_batch_in_order_and_bounded() -> None:
    desk = Desk()
    desk.opened.clear()
    batch = Batcher(desk, batch_max=4)
    calls = [asyncio.create_task(batch(number)) for number in range(10)]
    while not desk.batches:
        await asyncio.sleep(0)
    desk.opened.set()
    assert await asyncio.gather(*calls) == [number * 2 for number in range(10)]
    assert [item for items in desk.batches for item in items] == list(range(10))
    assert max(len(items) for items in desk.batches) <= 4
    assert batch.idle


async def test_a_refused_item_is_told_alone_and_the_batch_is_not_repeated() -> None:
    desk = Desk()
    batch = Batcher(desk)
    answers = await asyncio.gather(*(batch(number) for number in (1, -1, 2)), return_exceptions=True)
    assert [type(answer) for answer in answers] == [int, LookupError, int]
    assert sum(len(items) for items in desk.batches) == 3


async def test_a_batch_that_fails_is_tried_one_by_one() -> None:
    desk = Desk()
    desk.bad = {3}
    batch = Batcher(desk)
    answers = await asyncio.gather(*(batch(number) for number in range(6)), return_exceptions=True)
    assert [answer for answer in answers if not isinstance(answer, Exception)] == [0, 2, 4, 8, 10]
    assert isinstance(answers[3], ValueError)
    assert desk.batches[-6:] == [[number] for number in range(6)]


@pytest.mark.parametrize("error", [TimeoutError, ConnectionResetError, ZeroDivisionError])
async def test_an_error_of_the_whole_is_told_to_all_at_once_and_not_tried_again(error: type[Exception]) -> None:
    """A database that hangs costs its time limit once, not once for each who waits."""
    tried: list[int] = []

    async def work(items: Sequence[int]) -> Sequence[int | Exception]:
        tried.append(len(items))
        await asyncio.sleep(0)
        raise error

    batch = Batcher(work, of_all=(OSError, ZeroDivisionError))
    answers = await asyncio.gather(*(batch(number) for number in range(60)), return_exceptions=True)
    assert {type(answer) for answer in answers} == {error}
    assert (len(tried), sum(tried)) == (1, 60)


async def test_a_caller_who_went_away_is_skipped_even_when_the_batch_is_repeated() -> None:
    desk = Desk()
    desk.opened.clear()
    batch = Batcher(desk)
    blocking = asyncio.create_task(batch(1))
    while not desk.batches:
        await asyncio.sleep(0)
    gone, bad, stays = [asyncio.create_task(batch(number)) for number in (2, 3, 4)]
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)
    desk.bad = {3}
    desk.opened.set()
    assert (await blocking, await stays) == (2, 8)
    with pytest.raises(ValueError, match="bad"):
        await bad
    assert all(2 not in items for items in desk.batches)


async def test_one_who_leaves_while_the_batch_runs_does_not_disturb_the_others() -> None:
    desk = Desk()
    desk.opened.clear()
    batch = Batcher(desk)
    calls = [asyncio.create_task(batch(number)) for number in (1, 2, 3)]
    while not desk.batches:
        await asyncio.sleep(0)
    calls[0].cancel()
    desk.bad = {2}
    desk.opened.set()
    answers = await asyncio.gather(*calls, return_exceptions=True)
    assert isinstance(answers[0], asyncio.CancelledError)
    assert isinstance(answers[1], ValueError)
    assert answers[2] == 6


async def test_beyond_the_bound_a_caller_is_turned_away() -> None:
    desk = Desk()
    desk.opened.clear()
    batch = Batcher(desk, batch_max=1, queue_max=2)
    calls = [asyncio.create_task(batch(1))]
    while not desk.batches:
        await asyncio.sleep(0)
    calls += [asyncio.create_task(batch(number)) for number in (2, 3)]
    await asyncio.sleep(0)
    with pytest.raises(Busy):
        await batch(4)
    desk.opened.set()
    assert await asyncio.gather(*calls) == [2, 4, 6]
    assert await batch(5) == 10


async def test_nothing_of_the_first_caller_leaks_into_the_batch_but_the_time() -> None:
    desk = Desk()
    days: list[int] = []

    async def work(items: Sequence[int]) -> Sequence[int]:
        days.append(clock.now().day)
        return [int(answer) for answer in await desk(items) if isinstance(answer, int)]

    WHO.set("acme")
    with clock.at(datetime(2031, 2, 3, tzinfo=UTC)):
        assert await Batcher(work)(1) == 2
    assert (desk.seen, days) == (["nobody"], [3])


async def test_drain_waits_for_everything_accepted() -> None:
    desk = Desk()
    desk.opened.clear()
    batch = Batcher(desk, batch_max=2)
    calls = [asyncio.create_task(batch(number)) for number in range(5)]
    while not desk.batches:
        await asyncio.sleep(0)
    draining = asyncio.create_task(batch.drain())
    await asyncio.sleep(0)
    assert not draining.done()
    desk.opened.set()
    await draining
    assert batch.idle
    assert await asyncio.gather(*calls) == [0, 2, 4, 6, 8]
    await batch.drain()


async def test_work_that_answers_for_too_few_leaves_nobody_waiting() -> None:
    async def short(items: Sequence[int]) -> Sequence[int]:
        return list(items)[1:]

    batch = Batcher(short)
    async with asyncio.timeout(5):
        answers = await asyncio.gather(*(batch(number) for number in range(4)), return_exceptions=True)
    assert [type(answer) for answer in answers] == [RuntimeError] * 4


async def test_work_that_is_cut_off_leaves_nobody_waiting() -> None:
    desk = Desk()
    desk.opened.clear()
    batch = Batcher(desk)
    call = asyncio.create_task(batch(1))
    while not desk.batches:
        await asyncio.sleep(0)
    for task in batch._running:
        task.cancel()
    async with asyncio.timeout(5):
        with pytest.raises(asyncio.CancelledError):
            await call
    desk.opened.set()
    assert await batch(2) == 4


async def test_two_batches_may_run_at_once_if_that_is_wanted() -> None:
    desk = Desk()
    desk.opened.clear()
    batch = Batcher(desk, batch_max=1, at_once=2)
    calls = [asyncio.create_task(batch(number)) for number in (1, 2, 3)]
    for _ in range(20):
        await asyncio.sleep(0)
    assert len(desk.batches) == 2
    desk.opened.set()
    assert await asyncio.gather(*calls) == [2, 4, 6]


async def test_one_who_comes_just_as_the_last_batch_ends_is_answered_too() -> None:
    async def echo(items: Sequence[int]) -> Sequence[int | Exception]:
        return list(items)

    batch: Batcher[int, int] = Batcher(echo)
    async with asyncio.timeout(5):
        for number in range(100):  # the caller wakes before the end of the task is noticed
            assert await batch(number) == number
