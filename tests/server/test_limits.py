"""Limits are exact over processes, stay when Valkey is away, and never make anybody wait."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
import time
from typing import TYPE_CHECKING

import pytest

from server.limits import Limiter, Rate
from tenants.kit.errors import TooOften

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Shop

RATE = Rate(40)  # one call costs 1.5 s and 15 s may be used ahead: eleven at once
AT_ONCE = 11


async def admitted(limiters: list[Limiter], who: str, *, calls: int) -> list[TooOften | None]:
    async def one(number: int) -> TooOften | None:
        try:
            await limiters[number % len(limiters)].check(who, RATE)
        except TooOften as error:
            return error
        return None

    return await asyncio.gather(*(one(number) for number in range(calls)))


def someone() -> str:
    return f"test:{secrets.token_hex(8)}"


async def test_two_processes_admit_exactly_what_is_allowed() -> None:
    limiters = [Limiter(os.environ["REDIS_URL"]) for _ in range(2)]
    try:
        results = await admitted(limiters, someone(), calls=200)
    finally:
        for limiter in limiters:
            await limiter.close()
    refused = [result for result in results if result]
    assert len(results) - len(refused) == AT_ONCE
    assert {result.facts["seconds"] for result in refused} <= {1, 2}


async def test_callers_do_not_use_up_each_others_rate() -> None:
    limiter = Limiter(os.environ["REDIS_URL"])
    try:
        await admitted([limiter], someone(), calls=50)
        assert await admitted([limiter], someone(), calls=AT_ONCE) == [None] * AT_ONCE
    finally:
        await limiter.close()


@pytest.fixture
def silent_port() -> Iterator[int]:
    """Something that takes connections and never says a word."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=100)
    yield listening.getsockname()[1]
    listening.close()


async def test_without_valkey_the_rate_holds_in_the_process_and_nobody_waits() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    limiter = Limiter(f"redis://127.0.0.1:{port}/0")
    started = time.monotonic()
    results = await admitted([limiter], someone(), calls=200)
    await limiter.close()
    assert results.count(None) == AT_ONCE
    assert time.monotonic() - started < 1


async def test_a_valkey_that_hangs_is_left_alone_after_a_moment(silent_port: int) -> None:
    limiter = Limiter(f"redis://127.0.0.1:{silent_port}/0")
    started = time.monotonic()
    results = await admitted([limiter], someone(), calls=200)
    await limiter.close()
    assert results.count(None) == AT_ONCE
    assert time.monotonic() - started < 2


async def test_a_caller_over_the_limit_is_told_when_to_come_again(acme: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(_self: Limiter, _who: str, _rate: Rate) -> None:
        raise TooOften(seconds=7)

    monkeypatch.setattr(Limiter, "check", refuse)
    reply = await acme.server().get("/v1/check-in-plan")
    assert (reply.status_code, reply.json()["code"]) == (429, "limit.exceeded")
    assert reply.headers["retry-after"] == "7"
    assert (await acme.client().get("/health/ready")).status_code == 200
