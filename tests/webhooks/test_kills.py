"""Workers are killed in the middle of calling: nothing is lost, and what arrives twice carries the same id."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections import Counter
from typing import TYPE_CHECKING

from tenants import members
from tenants.tenancy import doctor, use_tenant
from tests.make import webhooks as make
from tests.workers.test_kills import ALIVE, workers

if TYPE_CHECKING:
    from tests.conftest import Shop

EVENTS = 150
KILLS = 20 if os.environ.get("REGULARS_LONG") else 8
PATIENCE_SECONDS = 120


async def all_settled(shop: Shop) -> bool:
    return not set(await make.states(shop)) & {"ready", "sending"}


async def test_kills_at_any_moment_lose_nothing_and_a_repeat_carries_the_same_id_and_body(acme: Shop) -> None:
    async with make.receiver() as receiver, workers("smtp://127.0.0.1:9") as crew:

        async def strike(_call: make.Call) -> None:
            """Kill somebody now and then, before the answer or shortly after it; nobody knows who called."""
            if crew.kills >= KILLS or not crew.alive or secrets.randbelow(5):
                return
            name = secrets.choice(list(crew.alive))
            asyncio.get_running_loop().call_later(secrets.randbelow(20) / 1000, crew.kill, name)

        receiver.striking = strike
        await make.endpoint(acme, receiver.url())
        async with acme.open():
            for number in range(EVENTS):
                await members.create({"external_id": f"member-{number}"})
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not await all_settled(acme):
                while len(crew.alive) < ALIVE:
                    await crew.start()
                # What a dead worker had leased is free at once; its minute is not what is tested.
                await acme.rows(
                    "UPDATE __tenant__.webhook_delivery SET lease_until = least(lease_until, clock_timestamp()"
                    " + interval '1 second') WHERE state = 'sending' RETURNING id"
                )
                await asyncio.sleep(0.1)  # other processes are at work; there is no event to wait for
    assert await make.states(acme) == {"delivered": EVENTS}
    told = {row["id"] for row in await acme.rows("SELECT event AS id FROM __tenant__.webhook_delivery")}
    heard = Counter(call.id for call in receiver.calls)
    assert len(heard) == len(told) == EVENTS
    assert len({(call.id, call.body) for call in receiver.calls}) == EVENTS
    assert crew.kills >= KILLS // 2
    with use_tenant(acme.tenant):
        assert await doctor.examine() == []
