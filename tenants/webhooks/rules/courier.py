"""Calls the endpoints, beside the jobs of this process: a job says for whom there is something, and goes on.

An endpoint has one lane in a process, which claims a few deliveries, calls for all of them at once, writes each fate
down and claims again until nothing is left. A job of the due index would not do for this: a shop has one at a time, and
a receiver that lets every call run into its timeout would hold up the shop's birthdays and expiries.

Bounds: PER_ENDPOINT calls to an endpoint over all workers, PER_SHOP to all endpoints of a shop and PER_PROCESS for all
shops in this process. Who finds no room is looked at again a second later.

Nothing is lost with a lane: its deliveries are leased, and the due index looks again when the lease is over.
This is, after `outreach.sending`, the second verb that opens transactions itself: no call is made inside one.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import structlog

from tenants.kit import clock, ids
from tenants.kit.seals import SafeBroken
from tenants.tenancy import DB, current_tenant, due, use_tenant
from tenants.tenancy.callers import Caller, calling
from tenants.tenancy.work import describe, fresh_context, is_winding_down
from tenants.webhooks.rules import sending, signing
from tenants.webhooks.rules.posting import Line, Outcome

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from tenants.tenancy import Tenant
    from tenants.webhooks.rules.sending import Batch, Held

PER_SHOP = 12
PER_PROCESS = 100
DELIVERING = "webhooks.deliver"
_WRITERS = 4  # the pool is shared with the jobs

log = structlog.get_logger()


@dataclass(eq=False)
class Lane:
    """The calls to one endpoint from this process."""

    tenant: Tenant
    endpoint: uuid.UUID
    look_again: bool = False


@dataclass
class Courier:
    """All lanes of this process."""

    lanes: dict[tuple[uuid.UUID, uuid.UUID], Lane] = field(default_factory=dict)
    in_flight: Counter[uuid.UUID] = field(default_factory=Counter)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def room(self, tenant: Tenant) -> int:
        """How many calls more may be made for a shop just now."""
        shop = PER_SHOP - self.in_flight[tenant.id]
        return max(0, min(sending.PER_ENDPOINT, shop, PER_PROCESS - self.in_flight.total()))

    def go(self, tenant: Tenant, endpoint: uuid.UUID) -> None:
        """See to it that somebody looks for what is due to an endpoint, from now on."""
        key = (tenant.id, endpoint)
        lane = self.lanes.get(key)
        if lane is not None:
            lane.look_again = True
            return
        lane = self.lanes[key] = Lane(tenant, endpoint)
        task = asyncio.get_running_loop().create_task(self._run(lane, clock.fixed()), context=fresh_context())
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _run(self, lane: Lane, fixed: datetime | None) -> None:
        clock.carry(fixed)
        with use_tenant(lane.tenant), calling(Caller("worker", name=DELIVERING)):
            try:
                await self._work(lane)
            except Exception as error:  # noqa: BLE001  the lease runs out and another lane takes over
                log.error("webhook_lane_failed", reason=describe(error))  # noqa: TRY400  its words may quote a row

    async def _work(self, lane: Lane) -> None:
        try:
            await self._empty(lane)
        finally:  # before the last look, so that what comes in after it finds no lane and gets one
            self.lanes.pop((lane.tenant.id, lane.endpoint), None)
        async with _writing():
            again_at = await sending.next_look()
        if again_at is not None:
            await due.mark(lane.tenant.id, DELIVERING, at=again_at, recheck=False)

    async def _empty(self, lane: Lane) -> None:
        async with Line(at_once=sending.PER_ENDPOINT) as line:
            while not is_winding_down():
                lane.look_again = False
                taken = self.room(lane.tenant)
                self.in_flight[lane.tenant.id] += taken
                try:
                    batch = await _claim(lane.endpoint, most=taken) if taken else None
                    if batch:
                        await asyncio.gather(*(_deliver(line, batch, held) for held in batch.held))
                finally:
                    self.in_flight[lane.tenant.id] -= taken
                if not batch and (not lane.look_again or not taken):
                    break


_courier = Courier()
_writers: list[tuple[asyncio.AbstractEventLoop, asyncio.Semaphore]] = []


async def deliver_due() -> datetime | None:
    """Have what is due called for, beside us; answers when to look again, None when nothing waits."""
    async with DB.transaction():
        await sending.reconcile()
    if not is_winding_down():
        for endpoint in await sending.waiting():
            _courier.go(current_tenant(), endpoint)
    return await sending.next_look()


async def drain() -> None:
    """Wait until every lane of this process has ended: nothing is left to call for, or the process winds down."""
    while tasks := list(_courier.tasks):
        await asyncio.wait(tasks)


def _writing() -> asyncio.Semaphore:
    """A place among those who may talk to the database; of this event loop."""
    loop = asyncio.get_running_loop()
    if not _writers or _writers[0][0] is not loop:
        _writers[:] = [(loop, asyncio.Semaphore(_WRITERS))]
    return _writers[0][1]


async def _claim(endpoint: uuid.UUID, *, most: int) -> Batch | None:
    async with _writing(), DB.transaction():
        return await sending.claim(endpoint, most=most)


async def _deliver(line: Line, batch: Batch, held: Held) -> None:
    try:
        keys = [signing.unlock(secret, endpoint=batch.endpoint) for secret in batch.secrets]
    except SafeBroken:
        outcome = Outcome(error="secret")  # SECRET_KEY is another one by now: a new secret for the endpoint mends it
    else:
        body = held.body.encode()
        headers = signing.signed(body, message_id=ids.show("evt", held.event), at=clock.now(), using=keys)
        outcome = await line.post(batch.url, body, headers=headers)
    async with _writing(), DB.transaction():
        await sending.finish(held, batch.endpoint, outcome)
