"""Workers are killed in the middle of their work, thirty times, and Valkey emptied: nothing is lost or doubled."""

from __future__ import annotations

import asyncio
import itertools
import os
import secrets
import signal
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tenants.kit import clock
from tenants.tenancy import work
from tests.make import outreach as make
from workers import queue
from workers.bell import Bell

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from arq.connections import ArqRedis

    from tests.conftest import Shop

LONG = bool(os.environ.get("REGULARS_LONG"))
MESSAGES = 200
ALIVE = 3
PATIENCE_SECONDS = 90
KILLS_BETWEEN_FLUSHES = 2
FLUSHES_LEAST = 2
OPTIONS = ("--poll-seconds", "0.1", "--lease-seconds", "1", "--message-lease-seconds", "2")


def valkey() -> str:
    """A database of its own in the test run's Valkey: all that these workers know there, and nothing of anybody else."""
    return os.environ["REDIS_URL"].partition("?")[0] + "?db=8"


@dataclass
class Workers:
    """Real worker processes; each signs its letters with its number."""

    nursery: asyncio.subprocess.Process
    alive: dict[str, int] = field(default_factory=dict)
    kills: int = 0
    _numbers: itertools.count[int] = field(default_factory=itertools.count)

    async def start(self) -> None:
        name = f"worker{next(self._numbers)}"
        assert self.nursery.stdin
        assert self.nursery.stdout
        self.nursery.stdin.write(f"{name}\n".encode())
        self.alive[name] = int(await self.nursery.stdout.readline())

    def kill(self, name: str) -> None:
        pid = self.alive.pop(name, None)
        if pid is not None:
            os.kill(pid, signal.SIGKILL)
            self.kills += 1


@asynccontextmanager
async def workers(smtp_url: str) -> AsyncIterator[Workers]:
    """`ALIVE` workers on the test's database and its post office."""
    nursery = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.workers.nursery", *OPTIONS,
        env={**os.environ, "SMTP_URL": smtp_url, "WORKER_METRICS_PORT": "0", "REDIS_URL": valkey()},
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL)  # fmt: skip
    crew = Workers(nursery)
    try:
        for _ in range(ALIVE):
            await crew.start()
        yield crew
    finally:
        for pid in crew.alive.values():
            os.kill(pid, signal.SIGKILL)
        assert nursery.stdin
        nursery.stdin.close()
        await nursery.wait()


async def birthdays_today(shop: Shop, count: int) -> None:
    """As many members have their birthday today, and the programme greets from midnight."""
    today = clock.today(shop.tenant.timezone)
    with clock.at(clock.now() - timedelta(days=2)):
        async with shop.open():
            await make.switch_on(send_hour=0)
            for number in range(count):
                await make.birthday_member(f"member-{number}", today.month, today.day)
    await make.plan(shop)
    async with shop.open():
        await work.ask_for("outreach.send")


@dataclass
class Flusher:
    """Rings and empties the workers' Valkey again and again while they are being killed."""

    bell: Bell
    client: ArqRedis
    flushes: int = 0

    async def keep_up(self, kills: int) -> None:
        """Ring now; empty everything when there were some more kills."""
        await self.bell.ring()
        if kills >= (self.flushes + 1) * KILLS_BETWEEN_FLUSHES:
            await self.client.flushdb()
            self.flushes += 1


@asynccontextmanager
async def flusher() -> AsyncIterator[Flusher]:
    """A flusher with connections of its own."""
    bell, client = Bell(valkey()), queue.connect(valkey())
    try:
        yield Flusher(bell, client)
    finally:
        await client.flushdb()
        await client.aclose(close_connection_pool=True)
        await bell.close()


async def all_settled(shop: Shop) -> bool:
    return not set(await make.states(shop)) & {"ready", "sending"}


@pytest.mark.parametrize(("dedupes", "kills"), [(False, 30), (True, 30 if LONG else 6)])
async def test_thirty_kills_and_an_emptied_valkey_lose_nothing_and_double_nothing(
    acme: Shop, *, dedupes: bool, kills: int
) -> None:
    async with make.post_office(dedupes=dedupes) as office:
        await birthdays_today(acme, MESSAGES)
        async with workers(office.url) as crew, flusher() as flushing:

            async def strike(sender: str) -> bool:
                """Kill who sends, now and then, at a moment of chance; False when the letter must not count."""
                name = sender.partition("@")[0]
                if crew.kills >= kills or secrets.randbelow(4):
                    return True
                moment = secrets.choice(["before accepting", "after accepting", "soon"])
                if moment == "soon":
                    asyncio.get_running_loop().call_later(secrets.randbelow(20) / 1000, crew.kill, name)
                else:
                    crew.kill(name)
                return moment != "before accepting"

            office.striking = strike
            async with asyncio.timeout(PATIENCE_SECONDS):
                while crew.kills < kills or not await all_settled(acme):
                    while len(crew.alive) < ALIVE:
                        await crew.start()
                    await flushing.keep_up(crew.kills)
                    await asyncio.sleep(0.05)  # other processes are at work; there is no event to wait for
                    if crew.kills < kills and await all_settled(acme):
                        break
    rows = await acme.rows("SELECT id, state, reason FROM __tenant__.message")
    accepted = [str(mail["Message-ID"]) for mail in office.mails]
    assert len(accepted) == len(set(accepted)), "a letter went out twice"
    assert len(rows) == MESSAGES
    sent = {f"<{row['id'].hex}@mail.example>" for row in rows if row["state"] == "sent"}
    unknown = [row for row in rows if row["state"] == "unknown"]
    assert len(sent) + len(unknown) == MESSAGES, "a message was lost"
    assert sent <= set(accepted), "a message is called sent that was not accepted"
    assert len(unknown) <= (0 if dedupes else crew.kills)
    assert crew.kills == kills
    assert flushing.flushes >= FLUSHES_LEAST
