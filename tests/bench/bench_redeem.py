"""A redemption over HTTP with everything on, against pgbench with the same statements in the same run."""

from __future__ import annotations

import json
import statistics
from typing import TYPE_CHECKING

from server import callers
from tenants import mall, points
from tenants.kit import ids
from tenants.tenancy.current import use_tenant
from tenants.tenancy.engine import DB
from tests.bench.figures import Figure, bench_shop
from tests.bench.limits import load, make_members, member_id, pgbench, recording, script, web_process

if TYPE_CHECKING:
    import uuid

    from tenants.tenancy.current import Tenant

_ROUNDS = 3
_SECONDS = 2
_CLIENTS = 32
_PER_CLIENT = 300
_REQUESTS = 4_000
_BLOCK = _CLIENTS * _PER_CLIENT + _REQUESTS
_CHUNK = 5_000
_ADDRESS = {"recipient": "Li Lei", "street": "1 West Lake Road"}


async def measure() -> list[Figure]:
    """Rounds of pgbench and HTTP in turn, each on members of its own; the median of the ratios."""
    async with bench_shop() as tenant:
        with use_tenant(tenant):
            item = await _furnish(_BLOCK * _ROUNDS + 10)
            last = member_id(_BLOCK * _ROUNDS + 5)
            async with DB.transaction():
                with recording() as recorded:
                    await mall.redeem(last, item, once=f"bench/{last}", address=mall.Address(**_ADDRESS))
        text = script(recorded, member=last, per_client=_PER_CLIENT)
        # Every id but the member's is a fresh one at each turn; the item, which is asked for first, must stay.
        text = text.replace("md5((:n)::text || '#0')::uuid", f"'{item}'::uuid")
        pairs = []
        async with web_process() as port:
            for number in range(_ROUNDS):
                base = number * _BLOCK
                limit = await pgbench(text, base=base, clients=_CLIENTS, seconds=_SECONDS)
                requests = _requests(tenant, item, first=base + _CLIENTS * _PER_CLIENT + 1)
                answer = await load(port, requests, connections=_CLIENTS, seconds=_SECONDS)
                if set(answer["statuses"]) != {"201"}:
                    raise RuntimeError(f"not all redemptions were new: {answer}")
                pairs.append((answer["requests"] / answer["seconds"], limit, answer["p99_ms"]))
    ratio = statistics.median(ours / limit for ours, limit, _ in pairs)
    ours, limit, p99 = (statistics.median(values) for values in zip(*pairs, strict=True))
    detail = f"{ours:.0f}/s (p99 {p99:.0f} ms) against {limit:.0f}/s, {len(recorded.statements)} statements"
    return [Figure("redemption over HTTP", ratio, f"pgbench, same statements, {_CLIENTS} clients", 0.4, detail)]


async def _furnish(count: int) -> uuid.UUID:
    """Members with points enough, and goods of which there is no end."""
    async with DB.transaction() as transaction:
        await transaction.connection.execute("SET LOCAL statement_timeout = '5min'")
        await make_members(count)
    for start in range(1, count + 1, _CHUNK):
        async with DB.transaction():
            await points.earn_many([
                points.Earning(member=member_id(number), points=1_000, why=points.Why.API, once=f"bench/{number}")
                for number in range(start, min(start + _CHUNK, count + 1))
            ])  # fmt: skip
    async with DB.transaction():
        item = await mall.create_item(mall.Terms(name_en="Mug", state="live", points=10))
    for table in ("member", "points_account", "points_lot", "points_entry"):
        await DB.fetch(f"ANALYZE __tenant__.{table}")
    return item


def _requests(tenant: Tenant, item: uuid.UUID, *, first: int) -> list[bytes]:
    asked = []
    for number in range(first, first + _REQUESTS):
        token, _ = callers.write_member_token(tenant.id, member_id(number))
        body = json.dumps({"item": ids.show("mit", item), "reference": "tap", "address": _ADDRESS}).encode()
        asked.append(
            f"POST /v1/me/redemptions HTTP/1.1\r\nHost: bench.localhost\r\nAuthorization: Bearer {token}\r\n"
            f"Idempotency-Key: {number}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
    return asked
