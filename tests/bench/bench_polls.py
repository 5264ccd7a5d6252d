"""Voting over HTTP and in batches against the same statements, and reading a tally of few and of a million votes."""

from __future__ import annotations

import json
import statistics
import time
from typing import TYPE_CHECKING

from server import callers
from tenants import polls
from tenants.kit import ids
from tenants.tenancy.current import use_tenant
from tenants.tenancy.engine import DB
from tests.bench.figures import Figure, bench_shop
from tests.bench.limits import Recording, load, make_members, member_id, pgbench, recording, script, web_process

if TYPE_CHECKING:
    from uuid import UUID

    from tenants.tenancy.current import Tenant

_ROUNDS = 3
_SECONDS = 4
_CLIENTS = 32
_PER_CLIENT = 3_000
_REQUESTS = 45_000
_BLOCK = _CLIENTS * _PER_CLIENT + _REQUESTS
_BATCH = 100  # pgbench takes 255 values in a statement, and a vote has two
_BATCHES = 100
_MANY = 1_000_000
_FEW = 100
_READS = 300
# Ballots as votes would have left them, of as many members; what they add up to is set beside them.
_FILL = """
WITH ballots AS (
    INSERT INTO __tenant__.poll_ballot (id, poll, member, period, options, previous, version, at, changed_at)
    SELECT md5($1::text || n)::uuid, $1::text::uuid, lpad(to_hex(n), 32, '0')::uuid, DATE '1970-01-01',
           ARRAY[$2::uuid], '{}', 1, '2026-01-01Z', '2026-01-01Z' FROM generate_series(1, $3::bigint) AS n
    RETURNING 1
), turnout AS (
    UPDATE __tenant__.poll_turnout SET ballots = $3, members = $3 WHERE poll = $1::text::uuid
)
UPDATE __tenant__.poll_tally SET votes = $3 WHERE option = $2::uuid AND (SELECT count(*) FROM ballots) > 0
"""


async def measure() -> list[Figure]:
    """Votes of members who have not voted, in a rewarded poll of five options; then reads."""
    async with bench_shop() as tenant:
        with use_tenant(tenant):
            async with DB.transaction(seconds=300):
                await make_members(max(_BLOCK * _ROUNDS + 10, _MANY))
            await DB.fetch("ANALYZE __tenant__.member")
            async with DB.transaction():
                poll, options = await _poll()
            batched = await _batched(first=_BLOCK * _ROUNDS + 10)
            reads = await _reads()
            last = member_id(_BLOCK * _ROUNDS + 5)
            async with DB.transaction():
                await polls.vote(poll, member_id(_BLOCK * _ROUNDS + 6), options[:1])
            async with DB.transaction():
                with recording() as recorded:
                    await polls.vote(poll, last, options[:1])
        text = script(recorded, member=last, per_client=_PER_CLIENT, fixed=[poll, *options])
        pairs = []
        async with web_process() as port:
            for number in range(_ROUNDS):
                base = number * _BLOCK
                limit = await pgbench(text, base=base, clients=_CLIENTS, seconds=_SECONDS)
                requests = _requests(tenant, poll, options, first=base + _CLIENTS * _PER_CLIENT + 1)
                answer = await load(port, requests, connections=_CLIENTS, seconds=_SECONDS)
                if set(answer["statuses"]) != {"200"}:
                    raise RuntimeError(f"not all votes were taken: {answer}")
                pairs.append((answer["requests"] / answer["seconds"], limit, answer["p99_ms"]))
    ratio = statistics.median(ours / limit for ours, limit, _ in pairs)
    ours, limit, p99 = (statistics.median(values) for values in zip(*pairs, strict=True))
    detail = f"{ours:.0f}/s (p99 {p99:.0f} ms) against {limit:.0f}/s, {len(recorded.statements)} statements"
    over_http = Figure("vote over HTTP", ratio, f"pgbench, same statements, {_CLIENTS} clients", 0.5, detail)
    return [over_http, batched, reads]


async def _poll(reward_points: int = 5) -> tuple[UUID, list[UUID]]:
    poll = await polls.create(polls.Terms(name_en="Bench", reward_points=reward_points))
    options = [await polls.add_option(poll, polls.OptionTerms(text_en=text)) for text in "ABCDE"]
    await polls.publish(poll)
    return poll, options


async def _batched(*, first: int) -> Figure:
    """Batches one after the other on one connection, against pgbench with one client and the statements of a batch."""
    async with DB.transaction():
        poll, options = await _poll(reward_points=0)
    start = -(-first // _BATCH)
    whole = 0.0
    who: list[UUID] = []
    recorded = Recording()
    for number in range(_BATCHES + 2):
        who = [member_id((start + number) * _BATCH + place) for place in range(_BATCH)]
        asked = [polls.Ballot(poll, member, (options[place % 5],)) for place, member in enumerate(who)]
        begun = time.perf_counter()
        async with DB.hot_transaction():
            with recording() as recorded:
                got = await polls.vote_many(asked)
        if number > 1:  # the first two prepare the statements
            whole += time.perf_counter() - begun
        if any(not isinstance(one, polls.Vote) or one.repeated for one in got):
            raise RuntimeError("not all votes were new")
    text = script(recorded, member=member_id(0), per_client=1, fixed=[poll, *options], batch=who)
    limit = _BATCH * await pgbench(text, base=start + _BATCHES + 2, clients=1, seconds=_SECONDS)
    ours = _BATCH * _BATCHES / whole
    detail = f"{ours:.0f}/s against {limit:.0f}/s, {_BATCH} votes a batch, {len(recorded.statements)} statements"
    return Figure("votes in batches", ours / limit, "pgbench, same statements, one client", 0.8, detail)


async def _reads() -> Figure:
    """The tally of a poll with a million ballots against that of one with a hundred."""
    taken = {}
    for count in (_FEW, _MANY):
        async with DB.transaction(seconds=300):
            poll, options = await _poll()
            await DB.fetch(_FILL, str(poll), options[0], count)
        await DB.fetch("ANALYZE __tenant__.poll_ballot")
        times = []
        for _ in range(_READS):
            begun = time.perf_counter()
            await polls.result(poll)
            times.append(time.perf_counter() - begun)
        seen = await polls.result(poll)
        if seen.options[0].votes != count:
            raise RuntimeError("the tally is not what was voted")
        taken[count] = statistics.median(times)
    detail = f"{taken[_MANY] * 1000:.2f} ms against {taken[_FEW] * 1000:.2f} ms"
    return Figure("tally of 1,000,000 votes", taken[_MANY] / taken[_FEW], "tally of 100 votes", 1.25, detail, most=True)


def _requests(tenant: Tenant, poll: UUID, options: list[UUID], *, first: int) -> list[bytes]:
    asked = []
    at = ids.show("pol", poll)
    bodies = [json.dumps({"options": [ids.show("plo", option)]}) for option in options]
    for number in range(first, first + _REQUESTS):
        token, _ = callers.write_member_token(tenant.id, member_id(number))
        body = bodies[number % len(bodies)]
        asked.append(
            f"PUT /v1/me/polls/{at}/ballot HTTP/1.1\r\nHost: bench.localhost\r\nAuthorization: Bearer {token}\r\n"
            f"Content-Type: application/json\r\nIdempotency-Key: {number}\r\nContent-Length: {len(body)}\r\n\r\n"
            f"{body}".encode()
        )
    return asked
