"""Every write is safe to repeat: with an Idempotency-Key to the byte, and with a reference for ever."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.calls import CALLS, make_world, prepare
from tests.operations import Call, Operation, World, operations, send
from tests.rows import counts_of, rows_of

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar

    from tests.conftest import Shop

# Signing in is told apart by what is sent, so that strangers with the same key do not meet: see the edge.
TELLS_STRANGERS_APART_BY_BODY = {"createSession"}
# These do nothing that could be done twice: they answer, or set what is already so.
OF_NO_EFFECT = {"createMemberLink", "createMemberToken", "previewBirthday", "validateVoucher"}

# One row counts the codes that somebody tries in an hour; it is there or not before the first of them.
COUNTS_TRIES = frozenset({"voucher_try"})


@pytest.fixture
async def world(acme: Shop) -> World:
    return await make_world(acme, "ordinary")


def unsafe(app: Litestar) -> list[Operation]:
    return [operation for operation in operations(app) if operation.unsafe and operation.for_shop]


def test_there_is_a_call_for_every_write_and_none_too_many(app: Litestar) -> None:
    assert {operation.id for operation in unsafe(app)} - CALLS.keys() == set(), "enter a call into tests/calls/"
    known = {operation.id for operation in operations(app)}
    assert CALLS.keys() - known == set(), "tests/calls/ names operations that are gone"


async def test_the_same_key_and_input_gives_the_same_bytes_and_no_second_effect(app: Litestar, world: World) -> None:
    wrong: list[str] = []
    for operation in unsafe(app):
        call = await prepare(world, operation)
        client = world.client_for(operation, call)
        first = await send(client, operation, call, **{"Idempotency-Key": "once"})
        if first.status_code >= 300:
            wrong.append(f"{operation.id}: the first answers {first.status_code} {first.text[:300]}")
            continue
        after = await rows_of(world.shop)
        again = await send(client, operation, call, **{"Idempotency-Key": "once"})
        wrong += _differences(operation, first, again)
        if await rows_of(world.shop) != after:
            wrong.append(f"{operation.id}: the repeat changed rows")
    assert not wrong, "\n".join(wrong)


async def test_the_same_key_with_other_input_is_refused_and_nothing_moves(app: Litestar, world: World) -> None:
    wrong: list[str] = []
    for operation in unsafe(app):
        if operation.id in TELLS_STRANGERS_APART_BY_BODY:
            continue
        call = await prepare(world, operation)
        client = world.client_for(operation, call)
        await send(client, operation, call, **{"Idempotency-Key": "other"})
        after = await rows_of(world.shop)
        other = call.changed(query={"of": "another"})  # what is asked for counts as input like the body
        reply = await send(client, operation, other, **{"Idempotency-Key": "other"})
        if reply.status_code != 422 or reply.json()["code"] != "idempotency.reused":
            wrong.append(f"{operation.id}: {reply.status_code} {reply.text[:200]}")
        if await rows_of(world.shop) != after:
            wrong.append(f"{operation.id}: rows changed")
    assert not wrong, "\n".join(wrong)


async def test_ten_at_once_with_one_key_have_one_effect(app: Litestar, world: World) -> None:
    wrong: list[str] = []
    for operation in unsafe(app):
        once = await _effect(world, operation, times=1)
        ten = await _effect(world, operation, times=10)
        if once[0] != ten[0]:
            wrong.append(f"{operation.id}: once {dict(once[0])}, ten times {dict(ten[0])}")
        bodies = {reply.content for reply in ten[1] if reply.status_code < 300}
        if len(bodies) != 1:
            wrong.append(f"{operation.id}: {len(bodies)} different answers")
        refused = [reply for reply in ten[1] if reply.status_code >= 300]
        if any(reply.json()["code"] != "idempotency.running" for reply in refused):
            wrong.append(f"{operation.id}: {refused[0].status_code} {refused[0].text[:200]}")
    assert not wrong, "\n".join(wrong)


async def test_without_a_key_the_same_reference_has_one_effect(app: Litestar, world: World) -> None:
    wrong: list[str] = []
    for operation in unsafe(app):
        call = await prepare(world, operation)
        if '"reference"' not in str(call.body).replace("'", '"'):
            continue
        client = world.client_for(operation, call)
        first = await send(client, operation, call)
        after = await rows_of(world.shop)
        again = await send(client, operation, call)
        if first.status_code >= 300 or again.status_code >= 300:
            wrong.append(f"{operation.id}: {first.status_code} {again.status_code} {again.text[:200]}")
        if await rows_of(world.shop) != after:
            wrong.append(f"{operation.id}: the same reference again changed rows")
    assert not wrong, "\n".join(wrong)


async def test_without_a_key_a_repeat_is_answered_or_refused_and_never_fails(app: Litestar, world: World) -> None:
    wrong: list[str] = []
    for operation in unsafe(app):
        call = await prepare(world, operation)
        client = world.client_for(operation, call)
        replies = [await send(client, operation, call) for _ in range(2)]
        if replies[0].status_code >= 300 or replies[1].status_code >= 500:
            wrong.append(f"{operation.id}: {[reply.status_code for reply in replies]} {replies[0].text[:200]}")
    assert not wrong, "\n".join(wrong)


async def test_a_refused_request_keeps_nothing_so_its_key_can_be_used_again(world: World) -> None:
    client = world.shop.server()
    address = f"/v1/members/{world.member}/points-holds"
    body = {"points": 1_000_000, "reference": "too-much", "hold_seconds": 60}
    refused = await client.post(address, json=body, headers={"Idempotency-Key": "again"})
    assert refused.status_code == 422
    assert await world.shop.value("SELECT count(*) FROM __tenant__.idempotent_reply WHERE key = 'again'") == 0
    body["points"] = 1
    done = await client.post(address, json=body, headers={"Idempotency-Key": "again"})
    assert done.status_code == 201, done.text


@pytest.mark.parametrize("key", ["", "x" * 256, "a\tb", "a\x7fb"])
async def test_a_key_that_is_none_is_refused(world: World, key: str) -> None:
    before = await rows_of(world.shop)
    reply = await world.shop.server().post(
        "/v1/members", json={"external_id": "keyed"}, headers={"Idempotency-Key": key}
    )
    assert (reply.status_code, reply.json()["code"]) == (400, "invalid")
    assert reply.json()["param"] == "Idempotency-Key"
    assert await rows_of(world.shop) == before


async def test_the_same_key_of_two_members_is_two_keys(world: World) -> None:
    headers = {"Idempotency-Key": "mine"}
    one = await world.shop.member(world.member_id).post("/v1/me/check-ins", headers=headers)
    world.member = world.other
    two = await world.shop.member(world.member_id).post("/v1/me/check-ins", headers=headers)
    assert (one.status_code, two.status_code) == (201, 201)
    assert one.json()["member"] != two.json()["member"]


async def test_strangers_with_the_same_key_do_not_meet(app: Litestar, world: World) -> None:
    sign_in = next(operation for operation in operations(app) if operation.id == "createSession")
    replies = []
    for _ in range(2):
        call = await prepare(world, sign_in)
        replies.append(await send(world.shop.client(), sign_in, call, **{"Idempotency-Key": "1"}))
    assert [reply.status_code for reply in replies] == [201, 201]
    assert replies[0].json()["member"] != replies[1].json()["member"]


def _differences(operation: Operation, first: httpx.Response, again: httpx.Response) -> list[str]:
    wrong = []
    if (again.status_code, again.content) != (first.status_code, first.content):
        wrong.append(
            f"{operation.id}: {first.status_code} {first.text[:200]} became {again.status_code} {again.text[:200]}"
        )
    if again.headers.get("idempotency-replayed") != "true" or "idempotency-replayed" in first.headers:
        wrong.append(f"{operation.id}: not marked as a replay")
    if again.headers.get("content-type") != first.headers.get("content-type"):
        wrong.append(f"{operation.id}: another content type")
    return wrong


async def _effect(world: World, operation: Operation, *, times: int) -> tuple[Counter[str], list[httpx.Response]]:
    call: Call = await prepare(world, operation)
    before = await counts_of(world.shop, but=COUNTS_TRIES)
    client = world.client_for(operation, call)
    key = f"{times}-times"
    replies = await asyncio.gather(*(send(client, operation, call, **{"Idempotency-Key": key}) for _ in range(times)))
    after = await counts_of(world.shop, but=COUNTS_TRIES)
    return Counter({name: after[name] - before[name] for name in after if after[name] != before[name]}), replies
