"""A check-in over HTTP with everything on, against pgbench with the same statements in the same run."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from server import callers
from tenants.checkins import Visit, check_in_many
from tenants.kit import clock
from tenants.tenancy.current import use_tenant
from tenants.tenancy.engine import DB
from tests.bench.figures import Figure, bench_shop
from tests.bench.limits import load, make_members, member_id, pgbench, recording, script, web_process

if TYPE_CHECKING:
    from tenants.tenancy.current import Tenant

_ROUNDS = 3
_SECONDS = 4
_CLIENTS = 32
_PER_CLIENT = 3_000
_REQUESTS = 45_000
_BLOCK = _CLIENTS * _PER_CLIENT + _REQUESTS


async def measure() -> list[Figure]:
    """Rounds of pgbench and HTTP in turn, each on members of its own; the median of the ratios."""
    async with bench_shop() as tenant:
        with use_tenant(tenant):
            async with DB.transaction() as transaction:
                await transaction.connection.execute("SET LOCAL statement_timeout = '5min'")
                await make_members(_BLOCK * _ROUNDS + 10)
            await DB.fetch("ANALYZE __tenant__.member")
            async with DB.transaction():  # what a process does once for a shop is no part of a check-in
                await check_in_many([Visit(member_id(_BLOCK * _ROUNDS + 6), clock.now())])
            async with DB.transaction():
                with recording() as recorded:
                    await check_in_many([Visit(member_id(_BLOCK * _ROUNDS + 5), clock.now())])
        text = script(recorded, member=member_id(_BLOCK * _ROUNDS + 5), per_client=_PER_CLIENT)
        pairs = []
        async with web_process() as port:
            for number in range(_ROUNDS):
                base = number * _BLOCK
                limit = await pgbench(text, base=base, clients=_CLIENTS, seconds=_SECONDS)
                requests = _requests(tenant, first=base + _CLIENTS * _PER_CLIENT + 1)
                answer = await load(port, requests, connections=_CLIENTS, seconds=_SECONDS)
                if set(answer["statuses"]) != {"201"}:
                    raise RuntimeError(f"not all check-ins were new: {answer}")
                pairs.append((answer["requests"] / answer["seconds"], limit, answer["p99_ms"]))
    ratio = statistics.median(ours / limit for ours, limit, _ in pairs)
    ours, limit, p99 = (statistics.median(values) for values in zip(*pairs, strict=True))
    detail = f"{ours:.0f}/s (p99 {p99:.0f} ms) against {limit:.0f}/s, {len(recorded.statements)} statements"
    return [Figure("check-in over HTTP", ratio, f"pgbench, same statements, {_CLIENTS} clients", 0.5, detail)]


def _requests(tenant: Tenant, *, first: int) -> list[bytes]:
    asked = []
    for number in range(first, first + _REQUESTS):
        token, _ = callers.write_member_token(tenant.id, member_id(number))
        asked.append(
            f"POST /v1/me/check-ins HTTP/1.1\r\nHost: bench.localhost\r\nAuthorization: Bearer {token}\r\n"
            f"Idempotency-Key: {number}\r\nContent-Length: 0\r\n\r\n".encode()
        )
    return asked
