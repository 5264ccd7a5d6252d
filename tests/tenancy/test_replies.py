"""A keyed request has one effect and one answer, however often, wherever and in what company it comes."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

import asyncpg
import httpx
import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st
from litestar import Litestar, Request, Response, post

from server.edge import Edge
from server.errors import handle
from server.limits import Limiter
from server.settings import settings
from tenants import members
from tenants.kit import clock, ids
from tenants.kit.errors import Invalid, Refused
from tenants.kit.jobs import JOBS
from tenants.tenancy import DB, current_tenant, forgetting, hot, replies, use_tenant

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence

    from tests.conftest import Shop


class Stop:
    """What the handlers below are told to do."""

    fail: ClassVar[set[str]] = set()
    kill: ClassVar[set[str]] = set()
    refuse: ClassVar[set[str]] = set()


@pytest.fixture(autouse=True)
def _no_stop() -> Iterator[None]:
    yield
    for names in (Stop.fail, Stop.kill, Stop.refuse):
        names.clear()


async def _hang_up() -> None:
    pid = await DB.fetchval("SELECT pg_backend_pid()")
    await DB.registry_fetch("SELECT pg_terminate_backend($1)", pid)


async def _effect(name: str) -> None:
    if name in Stop.refuse:
        raise Refused
    # No unique key here: only the reply's own decides.
    await DB.fetch("INSERT INTO __tenant__.spent_token (digest, ends_at) VALUES ($1, '2030-01-01Z')",
                   ids.new().bytes + name.encode())  # fmt: skip
    if name in Stop.kill:
        Stop.kill.discard(name)
        DB.open_transaction().before_commit("kill", _hang_up)
    if name in Stop.fail:
        raise LookupError(name)


async def effects(shop: Shop) -> list[str]:
    """The names of what has been done, in order."""
    found = await shop.rows("SELECT substring(digest FROM 17) AS name FROM __tenant__.spent_token")
    return sorted(bytes(row["name"]).decode() for row in found)


@post("/v1/things")
async def make_thing(request: Request[Any, Any, Any]) -> Response[dict[str, str]]:
    name = (await request.json())["name"]
    await _effect(name)
    return Response({"id": ids.show("thg", ids.new()), "name": name}, status_code=201)


async def _many(names: Sequence[str]) -> list[str | Exception]:
    done: list[str | Exception] = []
    for name in names:
        try:
            async with DB.savepoint():
                await _effect(name)
        except Refused as error:
            done.append(error)
        else:
            done.append(name)
    return done


def _verb() -> hot.HotVerb[str, str]:
    return hot.HotVerb(_many, lambda name: (201, json.dumps({"id": str(ids.new()), "name": name}).encode()))


VERB: list[hot.HotVerb[str, str]] = []


@post("/v1/hot", opt={"own_transaction": True})
async def make_hot(request: Request[Any, Any, Any]) -> Response[bytes]:
    answer = await VERB[0]((await request.json())["name"])
    return Response(answer.body, status_code=answer.status, headers=answer.headers, media_type=hot.JSON)


@pytest_asyncio.fixture
async def door(database: str) -> AsyncIterator[Litestar]:
    assert database
    limiter = Limiter(settings().redis_url.get_secret_value())
    VERB[:] = [_verb()]
    yield Litestar(
        [make_thing, make_hot], middleware=[Edge(limiter)], exception_handlers={Exception: handle}, openapi_config=None
    )
    await VERB[0].drain()
    await limiter.close()


@asynccontextmanager
async def backend(door: Litestar, shop: Shop) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=door, raise_app_exceptions=False)  # type: ignore[arg-type]
    headers = {"Authorization": f"Bearer {shop.secret_key}"}
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost", headers=headers) as client:
        yield client


ROUTES = pytest.mark.parametrize("route", ["/v1/things", "/v1/hot"])


def key(text: str) -> dict[str, str]:
    return {"Idempotency-Key": text}


@ROUTES
async def test_the_same_key_gets_the_same_bytes_and_one_effect(door: Litestar, acme: Shop, route: str) -> None:
    async with backend(door, acme) as client:
        first = await client.post(route, json={"name": "a"}, headers=key("k1"))
        again = [await client.post(route, json={"name": "a"}, headers=key("k1")) for _ in range(3)]
    assert first.status_code == 201
    assert "idempotency-replayed" not in first.headers
    for reply in again:
        assert (reply.status_code, reply.content) == (201, first.content)
        assert reply.headers["content-type"] == first.headers["content-type"]
        assert reply.headers["idempotency-replayed"] == "true"
    assert await effects(acme) == ["a"]


@ROUTES
async def test_without_a_key_or_with_another_it_is_another_request(door: Litestar, acme: Shop, route: str) -> None:
    async with backend(door, acme) as client:
        made = [
            await client.post(route, json={"name": "a"}, headers=headers)
            for headers in ({}, {}, key("k1"), key("k2"), key("K1"))
        ]
    assert {reply.status_code for reply in made} == {201}
    assert len({reply.content for reply in made}) == 5
    assert await effects(acme) == ["a"] * 5


@ROUTES
async def test_the_same_key_with_other_input_is_refused_and_does_nothing(
    door: Litestar, acme: Shop, route: str
) -> None:
    async with backend(door, acme) as client:
        await client.post(route, json={"name": "a"}, headers=key("k1"))
        for content in ('{"name": "b"}', '{"name":  "a"}', '{"name": "a", "x": 1}'):
            reply = await client.post(route, content=content, headers=key("k1"))
            assert (reply.status_code, reply.json()["code"]) == (422, "idempotency.reused")
        other = await client.post(
            "/v1/hot" if route == "/v1/things" else "/v1/things", json={"name": "a"}, headers=key("k1")
        )
    assert other.status_code == 201
    assert await effects(acme) == ["a", "a"]


@ROUTES
async def test_the_key_of_one_shop_says_nothing_in_another(door: Litestar, acme: Shop, rival: Shop, route: str) -> None:
    async with backend(door, acme) as client, backend(door, rival) as other:
        first = await client.post(route, json={"name": "a"}, headers=key("k1"))
        second = await other.post(route, json={"name": "b"}, headers=key("k1"))
    assert (first.status_code, second.status_code) == (201, 201)
    assert (await effects(acme), await effects(rival)) == (["a"], ["b"])


@ROUTES
async def test_of_twenty_at_once_one_has_an_effect_and_all_agree(door: Litestar, acme: Shop, route: str) -> None:
    async with backend(door, acme) as client:
        at_once = await asyncio.gather(*(client.post(route, json={"name": "a"}, headers=key("k1")) for _ in range(20)))
        after = await client.post(route, json={"name": "a"}, headers=key("k1"))
    assert await effects(acme) == ["a"]
    bodies = {reply.content for reply in at_once if reply.status_code == 201}
    assert bodies == {after.content}
    assert {reply.status_code for reply in at_once} <= {201, 409}
    assert {reply.json()["code"] for reply in at_once if reply.status_code == 409} <= {"idempotency.running"}
    assert sum("idempotency-replayed" not in reply.headers for reply in at_once if reply.status_code == 201) == 1


@ROUTES
@pytest.mark.parametrize("way", ["refuse", "fail", "kill"])
async def test_what_was_not_done_keeps_nothing_and_may_be_tried_again(
    door: Litestar, acme: Shop, route: str, way: str
) -> None:
    getattr(Stop, way).add("a")
    async with backend(door, acme) as client:
        first = await client.post(route, json={"name": "a"}, headers=key("k1"))
        if (route, way) == ("/v1/hot", "kill"):  # the batch that was cut is tried again, once for each
            assert first.status_code in {201, 503}
        else:
            assert first.status_code == {"refuse": 422, "fail": 500, "kill": 503}[way]
            assert await effects(acme) == []
            assert await acme.value("SELECT count(*) FROM __tenant__.idempotent_reply") == 0
        getattr(Stop, way).clear()
        second = await client.post(route, json={"name": "a"}, headers=key("k1"))
    assert second.status_code == 201
    assert await effects(acme) == ["a"]


async def test_a_bad_item_of_a_batch_fails_alone(door: Litestar, acme: Shop) -> None:
    Stop.refuse.add("bad")
    async with backend(door, acme) as client:
        names = ["a", "bad", "b", "c"]
        made = await asyncio.gather(*(client.post("/v1/hot", json={"name": name}, headers=key(name)) for name in names))
        assert [reply.status_code for reply in made] == [201, 422, 201, 201]
        Stop.refuse.clear()
        Stop.fail.add("bad")
        made = await asyncio.gather(
            *(client.post("/v1/hot", json={"name": name}, headers=key(name)) for name in [*names, "d"])
        )
    assert [reply.status_code for reply in made] == [201, 500, 201, 201, 201]
    assert [reply.headers.get("idempotency-replayed") for reply in made] == ["true", None, "true", "true", None]
    assert await effects(acme) == ["a", "b", "c", "d"]
    assert await acme.value("SELECT count(*) FROM __tenant__.idempotent_reply WHERE status = 0") == 0


async def test_a_batch_that_is_cut_doubles_nothing(door: Litestar, acme: Shop) -> None:
    names = [f"n{number:02}" for number in range(20)]
    Stop.kill.update({"n03", "n11"})
    made: list[httpx.Response] = []
    async with backend(door, acme) as client:
        for _ in range(4):
            made = await asyncio.gather(
                *(client.post("/v1/hot", json={"name": name}, headers=key(name)) for name in names)
            )
    assert {reply.status_code for reply in made} == {201}
    assert await effects(acme) == names


async def test_two_shops_in_a_stampede_stay_apart(door: Litestar, acme: Shop, rival: Shop) -> None:
    async with backend(door, acme) as client, backend(door, rival) as other:
        calls = [(client, "acme"), (other, "rival")] * 100
        made = await asyncio.gather(*(caller.post("/v1/hot", json={"name": name}, headers=key(f"k{number}"))
                                      for number, (caller, name) in enumerate(calls)))  # fmt: skip
    assert [reply.json()["name"] for reply in made] == [name for _, name in calls]
    assert (await effects(acme), await effects(rival)) == (["acme"] * 100, ["rival"] * 100)


async def test_a_hot_verb_hears_of_a_change_of_its_tenant(acme: Shop) -> None:
    zones: list[str] = []

    async def many(items: Sequence[str]) -> list[str | Exception]:
        zones.append(current_tenant().timezone)
        return list(items)

    verb = hot.HotVerb[str, str](many, lambda name: (201, name.encode()))
    changed = type(acme.tenant)(id=acme.tenant.id, slug="acme", schema=acme.tenant.schema, timezone="Asia/Tokyo")
    for tenant in (acme.tenant, changed, acme.tenant):
        with use_tenant(tenant):
            await verb("a")
    assert zones == ["Asia/Shanghai", "Asia/Tokyo", "Asia/Shanghai"]


# --- the parts -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "x" * 256, "a\nb", "a\x00", "\x7f", "\ud800"])
def test_a_key_that_is_none_is_refused_by_name(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        replies.KeyedRequest.of(text, caller="c", route="r", content=b"")
    assert caught.value.facts["param"] == "Idempotency-Key"


@given(st.text(alphabet=st.characters(codec="latin-1"), min_size=1, max_size=255), st.binary(max_size=50))
def test_whatever_can_be_printed_is_a_key(text: str, content: bytes) -> None:
    if text.isprintable():
        first = replies.KeyedRequest.of(text, caller="c", route="r", content=content)
        assert first == replies.KeyedRequest.of(text, caller="c", route="r", content=content)
        assert first.scope != replies.KeyedRequest.of(text, caller="d", route="r", content=content).scope
        assert first.scope != replies.KeyedRequest.of(text, caller="c", route="s", content=content).scope
        assert first.digest != replies.KeyedRequest.of(text, caller="c", route="r", content=content + b"x").digest


async def test_the_second_waits_for_the_first_but_not_for_ever(acme: Shop) -> None:
    request = replies.KeyedRequest.of("k", caller="c", route="r", content=b"")
    started, release = asyncio.Event(), asyncio.Event()

    async def first() -> None:
        async with acme.open():
            await replies.claim([request])
            started.set()
            await release.wait()

    async def second() -> replies.Claimed:
        async with acme.open():
            await DB.fetch("SET LOCAL lock_timeout = '200ms'")
            return (await replies.claim([request]))[0]

    task = asyncio.create_task(first())
    await started.wait()
    with pytest.raises(replies.KeyRunning):
        await second()
    release.set()
    await task
    with pytest.raises(asyncpg.PostgresError):
        async with acme.open():
            await replies.claim([request])
            await DB.fetch("SELECT 1/0")


async def test_two_batches_with_the_same_keys_in_other_order_do_not_lock_each_other(acme: Shop) -> None:
    requests = [replies.KeyedRequest.of(f"k{number}", caller="c", route="r", content=b"") for number in range(50)]

    async def run(order: list[replies.KeyedRequest]) -> None:
        async with acme.open():
            claimed = await replies.claim(order)
            kept = replies.KeptReply(201, hot.JSON, b"{}")
            await replies.keep([(found.row, kept) for found in claimed if found.row and not found.kept])

    await asyncio.gather(*(run(requests if number % 2 else requests[::-1]) for number in range(10)))
    assert await acme.value("SELECT count(*) FROM __tenant__.idempotent_reply WHERE status = 201") == 50


async def test_old_replies_and_spent_tokens_are_forgotten_by_a_daily_job_and_young_ones_kept(
    acme: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    minute, hour = timedelta(minutes=1), timedelta(hours=1)
    for kept_for, age in (
        (replies.KEPT_FOR, timedelta(0)), (replies.KEPT_FOR, replies.KEPT_FOR - minute), (hour, hour - minute),
        (replies.KEPT_FOR, replies.KEPT_FOR + minute), (hour, hour + minute),
    ):  # fmt: skip
        with clock.at(clock.now() - age):
            async with acme.open():
                request = replies.KeyedRequest.of(
                    f"{kept_for}{age}", caller="c", route="r", content=b"", kept_for=kept_for
                )
                await replies.claim([request])
    async with acme.open():
        for digest, left in ((b"ended", -minute), (b"ended too", -hour), (b"young", minute)):
            await DB.fetch(
                "INSERT INTO __tenant__.spent_token (digest, ends_at) VALUES ($1, $2)", digest, clock.now() + left
            )
    monkeypatch.setattr(forgetting, "BATCH", 1)
    runs = 0
    while True:
        async with acme.open():
            again = await JOBS["tenancy.forget"].run()
        if again is None:
            break
        assert again <= clock.now()
        runs += 1
    assert runs == 2
    assert await acme.value("SELECT count(*) FROM __tenant__.idempotent_reply") == 3
    assert await acme.rows("SELECT digest FROM __tenant__.spent_token") == [{"digest": b"young"}]


async def test_a_reply_that_holds_a_token_is_not_kept_for_longer_than_the_token_lasts(acme: Shop) -> None:
    async with acme.open():
        who = (await members.create({"external_id": "b1"})).id
    reply = await acme.server(**{"Idempotency-Key": "t"}).post(f"/v1/members/{ids.show('mem', who)}/tokens")
    assert reply.status_code == 201
    assert await acme.value("SELECT until - at FROM __tenant__.idempotent_reply") == timedelta(hours=1)
    reply = await acme.member(who, **{"Idempotency-Key": "t"}).post("/v1/me/check-ins")
    assert reply.status_code == 201
    assert await acme.value("SELECT max(until - at) FROM __tenant__.idempotent_reply") == replies.KEPT_FOR
