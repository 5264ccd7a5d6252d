"""The queue process: with Valkey, without it, with company, and when it is told to stop."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from datetime import timedelta
from typing import TYPE_CHECKING
from unittest.mock import ANY

from prometheus_client import REGISTRY

from server.dev.surroundings import free_port
from tenants.kit import clock
from tenants.tenancy import due, work
from tests.make import outreach as make
from workers import metrics, queue
from workers.bell import Bell
from workers.poller import Poller

if TYPE_CHECKING:
    from tests.conftest import Shop

NOWHERE = "unix:///nowhere/valkey.sock"


def valkey() -> str:
    """A database of its own in the test's Valkey, so that emptying it disturbs nobody."""
    return os.environ["REDIS_URL"].partition("?")[0] + "?db=7"


async def birthdays_today(shop: Shop, count: int) -> None:
    today = clock.today(shop.tenant.timezone)
    with clock.at(clock.now() - timedelta(days=2)):
        async with shop.open():
            await make.switch_on(send_hour=0)
            for number in range(count):
                await make.birthday_member(f"member-{number}", today.month, today.day)
    await make.plan(shop)
    async with shop.open():
        await work.ask_for("outreach.send")


async def settled(shop: Shop) -> None:
    async with asyncio.timeout(60):
        while set(await make.states(shop)) & {"ready", "sending"}:
            await asyncio.sleep(0.05)  # another task is at work; there is no event to wait for


async def test_without_valkey_everything_goes_out_and_the_bell_is_silent(acme: Shop) -> None:
    bell = Bell(NOWHERE)
    await bell.ring()
    await bell.ring()
    await bell.close()
    loop = Poller(poll_seconds=0.05)
    async with make.post_office() as office:
        await birthdays_today(acme, 3)
        running = asyncio.create_task(loop.run())
        listening = asyncio.create_task(queue.listen(NOWHERE, heard=loop.ring))
        await settled(acme)
        assert not listening.done()
        loop.stop()
        listening.cancel()
        await asyncio.gather(running, listening, return_exceptions=True)
        await loop.drain(grace_seconds=10)
    assert len(office.mails) == 3


async def test_the_bell_is_heard_also_after_valkey_was_emptied() -> None:
    heard = asyncio.Event()
    bell = Bell(valkey())
    client = queue.connect(valkey())
    listening = asyncio.create_task(queue.listen(valkey(), heard=heard.set))
    for _ in range(3):
        heard.clear()
        async with asyncio.timeout(20):
            while not heard.is_set():
                await bell.ring()
                await asyncio.sleep(0.05)  # arq looks every tenth of a second
        await client.flushdb()
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)
    await bell.close()
    await client.aclose(close_connection_pool=True)


async def test_two_workers_at_once_send_each_letter_once(acme: Shop, rival: Shop) -> None:
    loops = [Poller(poll_seconds=0.05) for _ in range(2)]
    async with make.post_office() as office:
        await birthdays_today(acme, 20)
        await birthdays_today(rival, 20)
        running = [asyncio.create_task(loop.run()) for loop in loops]
        await settled(acme)
        await settled(rival)
        for loop in loops:
            loop.stop()
        await asyncio.gather(*running)
        await asyncio.gather(*(loop.drain(grace_seconds=10) for loop in loops))
    accepted = [str(mail["Message-ID"]) for mail in office.mails]
    assert len(accepted) == len(set(accepted)) == 40
    assert await make.states(acme) == await make.states(rival) == {"sent": 20}


async def test_a_tenant_is_served_one_job_at_a_time(acme: Shop) -> None:
    await due.mark(acme.tenant.id, "outreach.send", recheck=False)
    await due.mark(acme.tenant.id, "outreach.plan_birthdays", recheck=False)
    first, second = await due.claim(most=50), await due.claim(most=50)
    ours = [[claim for claim in claims if claim.tenant == acme.tenant.id] for claims in (first, second)]
    assert [len(claims) for claims in ours] == [1, 0]
    for claim in (*first, *second):
        await due.release(claim)


async def test_the_gauge_tells_how_long_the_oldest_work_has_waited(acme: Shop) -> None:
    moment = await acme.value("SELECT clock_timestamp()")
    await due.mark(acme.tenant.id, "outreach.send", at=moment - timedelta(minutes=10), recheck=False)
    loop = Poller(at_once=0, poll_seconds=0.05)
    running = asyncio.create_task(loop.run())
    async with asyncio.timeout(20):
        while not 600 <= REGISTRY.get_sample_value("regulars_due_lateness_seconds") < 660:  # type: ignore[operator]
            await asyncio.sleep(0.01)  # another task measures; there is no event to wait for
    loop.stop()
    await running


async def health(loop: Poller) -> tuple[int, dict[str, object]]:
    """What `/health` answers for this loop, over a line of its own."""
    listener = await metrics.serve(free_port(0), host="127.0.0.1", seconds_since_beat=lambda: loop.seconds_since_beat)
    assert listener is not None
    async with listener:
        reader, writer = await asyncio.open_connection("127.0.0.1", listener.sockets[0].getsockname()[1])
        writer.write(b"GET /health HTTP/1.1\r\nHost: worker\r\n\r\n")
        answer = (await reader.read()).decode()
        writer.close()
        await writer.wait_closed()
    head, _, body = answer.partition("\r\n\r\n")
    return int(head.split()[1]), json.loads(body)


async def test_a_worker_whose_hands_are_all_busy_is_healthy_and_one_that_has_not_looked_is_not() -> None:
    loop = Poller(at_once=0, poll_seconds=0.05)  # no hand is ever free
    assert await health(loop) == (503, {"status": "stuck", "seconds_since_beat": ANY})
    running = asyncio.create_task(loop.run())
    async with asyncio.timeout(20):
        while (await health(loop))[0] != 200:
            await asyncio.sleep(0.01)  # another task looks; there is no event to wait for
    loop.stop()
    await running


async def test_told_to_stop_it_finishes_the_letter_in_hand_and_gives_the_rest_back(acme: Shop) -> None:
    async with make.post_office() as office:
        await birthdays_today(acme, 10)
        begun = asyncio.Event()
        go_on = asyncio.Event()

        async def slowly(_sender: str) -> bool:
            begun.set()
            await go_on.wait()
            return True

        office.striking = slowly
        environment = {**os.environ, "SMTP_URL": office.url, "WORKER_METRICS_PORT": "0", "REDIS_URL": NOWHERE}
        worker = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "workers", "--poll-seconds", "0.1", env=environment,
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL)  # fmt: skip
        async with asyncio.timeout(60):
            await begun.wait()
            worker.send_signal(signal.SIGTERM)
            await asyncio.sleep(0.2)  # the signal is on its way to another process
            go_on.set()
            assert await worker.wait() == 0
    assert len(office.mails) == 1
    assert await make.states(acme) == {"sent": 1, "ready": 9}
    held = "SELECT count(*) FROM platform.due WHERE lease_until IS NOT NULL AND tenant = $1"
    assert await acme.value(held, acme.tenant.id) == 0
