"""Claims over HTTP against pgbench with the same statements, and a hundred thousand codes against the clock."""

from __future__ import annotations

import statistics
import time
from decimal import Decimal
from typing import TYPE_CHECKING

from server import callers
from tenants import vouchers
from tenants.kit import ids
from tenants.tenancy.current import use_tenant
from tenants.tenancy.engine import DB
from tenants.vouchers.api.own import _claim_many
from tests.bench.figures import Figure, bench_shop
from tests.bench.limits import load, make_members, member_id, pgbench, recording, script, web_process

if TYPE_CHECKING:
    import uuid

    from tenants.tenancy.current import Tenant

_ROUNDS = 3
_SECONDS = 4
_CLIENTS = 32
_PER_CLIENT = 2_000
_REQUESTS = 30_000
_BLOCK = _CLIENTS * _PER_CLIENT + _REQUESTS
_CODES = 100_000
_RIVAL_SECONDS = 60  # what the best rival states for as many


async def measure() -> list[Figure]:
    """Rounds of pgbench and HTTP in turn, each on members of its own; the median of the ratios."""
    async with bench_shop() as tenant:
        with use_tenant(tenant):
            async with DB.transaction() as transaction:
                await transaction.connection.execute("SET LOCAL statement_timeout = '5min'")
                await make_members(_BLOCK * _ROUNDS + 10)
                template = await _template()
            await DB.fetch("ANALYZE __tenant__.member")
            other = member_id(_BLOCK * _ROUNDS + 5)
            async with DB.transaction():
                with recording() as recorded:
                    await _claim_many([vouchers.Claim(template, other)])
        text = script(recorded, member=other, per_client=_PER_CLIENT, fixed=[template])
        pairs = []
        async with web_process() as port:
            for number in range(_ROUNDS):
                base = number * _BLOCK
                limit = await pgbench(text, base=base, clients=_CLIENTS, seconds=_SECONDS)
                requests = _requests(tenant, template, first=base + _CLIENTS * _PER_CLIENT + 1)
                answer = await load(port, requests, connections=_CLIENTS, seconds=_SECONDS)
                if set(answer["statuses"]) != {"201"}:
                    raise RuntimeError(f"not all claims were new: {answer}")
                pairs.append((answer["requests"] / answer["seconds"], limit, answer["p99_ms"]))
        seconds = await _codes(tenant)
    ratio = statistics.median(ours / limit for ours, limit, _ in pairs)
    ours, limit, p99 = (statistics.median(values) for values in zip(*pairs, strict=True))
    detail = f"{ours:.0f}/s (p99 {p99:.0f} ms) against {limit:.0f}/s, {len(recorded.statements)} statements"
    return [
        Figure("voucher claims over HTTP", ratio, f"pgbench, same statements, {_CLIENTS} clients", 0.4, detail),
        Figure(
            "100,000 voucher codes made", seconds / _RIVAL_SECONDS, "the best rival's 60 s", 1 / 6,
            f"{seconds:.1f} s", most=True,
        ),
    ]  # fmt: skip


async def _template() -> uuid.UUID:
    return await vouchers.create_template(
        vouchers.Terms(
            name_en="Bench", amount=Decimal(20), valid_days=7, claimable=True, per_member_limit=1, state="active"
        )
    )


async def _codes(tenant: Tenant) -> float:
    with use_tenant(tenant):
        async with DB.transaction():
            asked = vouchers.NewBatch(await _template(), "bench", ids.new().hex)
            begun = time.perf_counter()
            await vouchers.make_batch(asked, number=_CODES)
            return time.perf_counter() - begun


def _requests(tenant: Tenant, template: uuid.UUID, *, first: int) -> list[bytes]:
    body = f'{{"template":"{ids.show("vtp", template)}"}}'
    asked = []
    for number in range(first, first + _REQUESTS):
        token, _ = callers.write_member_token(tenant.id, member_id(number))
        asked.append(
            f"POST /v1/me/voucher-claims HTTP/1.1\r\nHost: bench.localhost\r\nAuthorization: Bearer {token}\r\n"
            f"Idempotency-Key: {number}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            f"{body}".encode()
        )
    return asked
