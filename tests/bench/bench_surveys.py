"""A response of ten answers over HTTP with everything on, against pgbench with the same statements in the same run."""

from __future__ import annotations

import json
import statistics
from typing import TYPE_CHECKING, Any

from server import callers
from tenants import surveys
from tenants.kit import clock, ids
from tenants.surveys import Submission, Who
from tenants.tenancy.current import use_tenant
from tenants.tenancy.engine import DB
from tests.bench.figures import Figure, bench_shop
from tests.bench.limits import load, make_members, member_id, pgbench, recording, script, web_process
from tests.make import surveys as make

if TYPE_CHECKING:
    import uuid

    from tenants.tenancy.current import Tenant

_ROUNDS = 3
_SECONDS = 4
_CLIENTS = 32
_PER_CLIENT = 1_000
_REQUESTS = 15_000
_BLOCK = _CLIENTS * _PER_CLIENT + _REQUESTS
_ANSWERS: dict[str, Any] = {
    "skin": "a", "care": "b", "styles": ["a", "c"], "stars": 4, "nps": 9, "csat": 5, "ces": 6, "age": 34,
    "since": "2024-05-01", "wish": "A lighter cream for summer, please",
}  # fmt: skip


async def measure() -> list[Figure]:
    """Rounds of pgbench and HTTP in turn, each on members of its own; the median of the ratios."""
    async with bench_shop() as tenant:
        with use_tenant(tenant):
            async with DB.transaction() as transaction:
                await transaction.connection.execute("SET LOCAL statement_timeout = '5min'")
                await make_members(_BLOCK * _ROUNDS + 10)
                survey = await _survey()
            await DB.fetch("ANALYZE __tenant__.member")
            async with DB.transaction():  # the first answer freezes the version, which is no part of the others
                await _answer(survey, member_id(_BLOCK * _ROUNDS + 6))
            other = member_id(_BLOCK * _ROUNDS + 5)
            async with DB.transaction():
                with recording() as recorded:
                    await _answer(survey, other)
        text = script(recorded, member=other, per_client=_PER_CLIENT, fixed=[survey])
        pairs = []
        async with web_process() as port:
            for number in range(_ROUNDS):
                base = number * _BLOCK
                limit = await pgbench(text, base=base, clients=_CLIENTS, seconds=_SECONDS)
                requests = _requests(tenant, survey, first=base + _CLIENTS * _PER_CLIENT + 1)
                answer = await load(port, requests, connections=_CLIENTS, seconds=_SECONDS)
                if set(answer["statuses"]) != {"201"}:
                    raise RuntimeError(f"not all responses were new: {answer}")
                pairs.append((answer["requests"] / answer["seconds"], limit, answer["p99_ms"]))
    ratio = statistics.median(ours / limit for ours, limit, _ in pairs)
    ours, limit, p99 = (statistics.median(values) for values in zip(*pairs, strict=True))
    detail = f"{ours:.0f}/s (p99 {p99:.0f} ms) against {limit:.0f}/s, {len(recorded.statements)} statements"
    return [Figure("ten answers over HTTP", ratio, f"pgbench, same statements, {_CLIENTS} clients", 0.4, detail)]


async def _survey() -> uuid.UUID:
    return await make.survey(make.definition(
        make.question("skin", required=True), make.question("care", "dropdown"), make.question("styles", "multiple"),
        make.question("stars", "rating"), make.question("nps", "nps"), make.question("csat", "csat"),
        make.question("ces", "ces"), make.question("age", "number"), make.question("since", "date"),
        make.question("wish", "short")))  # fmt: skip


async def _answer(survey: uuid.UUID, member: uuid.UUID) -> None:
    asked = Submission(survey=survey, who=Who(member=member), answers=_ANSWERS, at=clock.now(), phase=1)
    [done] = await surveys.submit_many([asked])
    if isinstance(done, Exception):
        raise done


def _requests(tenant: Tenant, survey: uuid.UUID, *, first: int) -> list[bytes]:
    body = json.dumps({"survey": ids.show("sur", survey), "phase": 1, "answers": _ANSWERS})
    asked = []
    for number in range(first, first + _REQUESTS):
        token, _ = callers.write_member_token(tenant.id, member_id(number))
        asked.append(
            f"POST /v1/me/survey-responses HTTP/1.1\r\nHost: bench.localhost\r\nAuthorization: Bearer {token}\r\n"
            f"Idempotency-Key: {number}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            f"{body}".encode()
        )
    return asked
