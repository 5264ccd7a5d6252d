"""Verbs under a stampede: many members' calls become one statement and one commit, each gets its own answer.

A subject gives a verb that takes a list and answers for each; a `HotVerb` gathers calls per tenant (see
`kit.batches`), opens the tenant and one transaction for a batch, keeps the replies of keyed calls in it, and hands
every caller the bytes to send once the commit is through.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

import asyncpg

from tenants.kit.batches import Batcher
from tenants.tenancy import replies
from tenants.tenancy.callers import Caller, calling
from tenants.tenancy.current import current_tenant, use_tenant
from tenants.tenancy.engine import DB

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from tenants.tenancy.current import Tenant

Item = TypeVar("Item")
Result = TypeVar("Result")
_TENANTS_MAX = 500
# The database is away or too slow for anybody: no one call is to blame, and each would wait as long again.
_OF_ALL = (
    OSError,
    asyncpg.InternalClientError,  # not InterfaceError: so asyncpg also says that one value does not fit
    asyncpg.PostgresConnectionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.OperatorInterventionError,  # shutting down, starting up, or a statement that took too long
)
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Answer:
    """What to send to one caller."""

    body: bytes
    status: int = 201
    replayed: bool = False

    @property
    def headers(self) -> dict[str, str]:
        """The headers that go with it."""
        return {"idempotency-replayed": "true"} if self.replayed else {}


class HotVerb(Generic[Item, Result]):
    """A verb in batches, per tenant."""

    def __init__(
        self,
        many: Callable[[Sequence[Item]], Awaitable[Sequence[Result | Exception]]],
        write: Callable[[Result], tuple[int, bytes]],
        *,
        name: str = "batch",
        batch_max: int = 256,
        at_once: int = 1,
    ) -> None:
        """`many` does the work for a list; `write` turns one result into status and JSON.

        A batch is of many callers, so an audit trail has it down as done by the worker of this `name`.
        """
        self._caller = Caller("worker", name=name)
        self._many = many
        self._write = write
        self._batch_max = batch_max
        self._at_once = at_once
        # By the whole description of the tenant, so that a change of its time zone takes effect here too.
        self._batchers: dict[Tenant, Batcher[tuple[Item, replies.KeyedRequest | None], Answer]] = {}

    async def __call__(self, item: Item) -> Answer:
        """Do it for the current tenant, together with whatever else waits. Raises what the verb says of the item."""
        tenant = current_tenant()
        batcher = self._batchers.get(tenant)
        if batcher is None:
            batcher = self._new_batcher(tenant)
        return await batcher((item, replies.keyed_request.get()))

    async def drain(self) -> None:
        """Wait until everything accepted has been answered."""
        for batcher in list(self._batchers.values()):
            await batcher.drain()

    def _new_batcher(self, tenant: Tenant) -> Batcher[tuple[Item, replies.KeyedRequest | None], Answer]:
        if len(self._batchers) >= _TENANTS_MAX:
            self._batchers = {known: batcher for known, batcher in self._batchers.items() if not batcher.idle}

        async def work(batch: Sequence[tuple[Item, replies.KeyedRequest | None]]) -> Sequence[Answer | Exception]:
            with use_tenant(tenant), calling(self._caller):
                async with DB.hot_transaction():
                    return await self._answer(batch)

        batcher = Batcher(work, batch_max=self._batch_max, at_once=self._at_once, of_all=_OF_ALL)
        self._batchers[tenant] = batcher
        return batcher

    async def _answer(self, batch: Sequence[tuple[Item, replies.KeyedRequest | None]]) -> list[Answer | Exception]:
        answers: list[Answer | Exception | None] = [None] * len(batch)
        keyed = [(place, request) for place, (_, request) in enumerate(batch) if request]
        claimed = await replies.claim([request for _, request in keyed]) if keyed else []
        rows = {}
        for (place, _), claim in zip(keyed, claimed, strict=True):
            if claim.error:
                answers[place] = claim.error
            elif claim.kept:
                answers[place] = Answer(claim.kept.body, claim.kept.status, replayed=True)
            else:
                rows[place] = claim.row
        left = [place for place, answer in enumerate(answers) if answer is None]
        results = await self._many([batch[place][0] for place in left]) if left else []
        refused = [place for place, result in zip(left, results, strict=True) if isinstance(result, Exception)]
        for place, result in zip(left, results, strict=True):
            answers[place] = result if isinstance(result, Exception) else self._to_send(result)
        kept = [
            (row, replies.KeptReply(answer.status, JSON, answer.body))
            for place, row in rows.items()
            if row and isinstance(answer := answers[place], Answer)
        ]
        if kept:
            await replies.keep(kept)
        forget = [rows[place] for place in refused if rows.get(place)]
        if forget:  # a refused request keeps nothing; the others of the batch are not rolled back for it
            await DB.fetch("DELETE FROM __tenant__.idempotent_reply WHERE id = ANY($1::uuid[])", forget)
        return [answer for answer in answers if answer is not None]

    def _to_send(self, result: Result) -> Answer:
        status, body = self._write(result)
        return Answer(body, status)
