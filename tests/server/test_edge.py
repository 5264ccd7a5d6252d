"""What holds for every request."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import asyncpg
import pytest
import structlog

from server import logs, metrics
from tenants import members
from tenants.tenancy import keys, registry, replies
from tenants.tenancy.engine import DB

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.conftest import Shop


async def test_health_answers_without_a_tenant(acme: Shop) -> None:
    reply = await acme.client().get("/health/ready")
    assert reply.status_code == 200
    assert reply.headers["x-request-id"].startswith("req_")


async def test_a_request_without_a_key_is_refused_in_the_language_of_the_caller(acme: Shop) -> None:
    reply = await acme.client().get("/v1/members", headers={"Accept-Language": "zh-CN"})
    assert reply.status_code == 401
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.headers["www-authenticate"] == "Bearer"
    assert "密钥" in reply.json()["detail"]


async def test_what_matches_no_route_is_a_problem_too_in_the_language_of_the_caller(acme: Shop) -> None:
    reply = await acme.client().get("/nowhere", headers={"Accept-Language": "zh"})
    assert (reply.status_code, reply.json()["code"]) == (404, "route.unknown")
    assert reply.json()["detail"] == "此地址不存在。"
    assert reply.json()["request_id"] == reply.headers["x-request-id"] != ""
    wrong = await acme.client().delete("/health/live")
    assert (wrong.status_code, wrong.json()["code"]) == (405, "method.not_allowed")
    assert "GET" in wrong.headers["allow"]


async def test_without_a_wish_the_shop_answers_in_its_own_language(acme: Shop, rival: Shop) -> None:
    for shop, words in ((acme, "There is"), (rival, "没有")):
        reply = await shop.server().get("/v1/members/mem_x")
        assert reply.status_code == 404
        assert words in reply.json()["detail"]


async def test_a_page_may_ask_before_it_calls_the_member_api(acme: Shop) -> None:
    asking = {"Origin": "https://shop.example", "Access-Control-Request-Method": "POST"}
    reply = await acme.client().options("/v1/me/check-ins", headers=asking)
    assert reply.status_code == 204
    assert reply.headers["access-control-allow-origin"] == "https://shop.example"
    assert "POST" in reply.headers["access-control-allow-methods"]
    allowed = reply.headers["access-control-allow-headers"]
    for name in ("authorization", "content-type", "idempotency-key", "x-publishable-key", "accept-language"):
        assert name in allowed
    assert "access-control-allow-credentials" not in reply.headers


async def test_the_servers_api_is_not_for_pages(acme: Shop) -> None:
    reply = await acme.client().options("/v1/members", headers={"Origin": "https://shop.example"})
    assert "access-control-allow-origin" not in reply.headers
    assert reply.status_code == 401


async def test_nothing_of_a_shop_is_kept_on_the_way(acme: Shop) -> None:
    for reply in (await acme.server().get("/v1/members"), await acme.client().get("/v1/members")):
        assert reply.headers["cache-control"] == "no-store"
        assert reply.headers["x-content-type-options"] == "nosniff"


async def test_metrics_are_not_on_the_public_port_and_name_no_shop(acme: Shop) -> None:
    await acme.server().get("/v1/members")
    assert (await acme.client().get("/metrics")).status_code == 404
    labels = {name for metric in metrics.REQUESTS.collect() for one in metric.samples for name in one.labels}
    assert labels == {"route", "method", "status"}


async def test_a_commit_that_fails_is_never_told_as_done(acme: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    keep = replies.keep

    async def keep_and_lose_the_connection(rows: Any) -> None:
        await keep(rows)
        DB.open_transaction().connection.terminate()

    monkeypatch.setattr(replies, "keep", keep_and_lose_the_connection)
    call = {"json": {"external_id": "lost"}, "headers": {"Idempotency-Key": "lost"}}
    reply = await acme.server().post("/v1/members", **call)  # type: ignore[arg-type]
    assert (reply.status_code, reply.json()["code"]) == (503, "busy")
    assert reply.headers["retry-after"]
    assert await acme.value("SELECT count(*) FROM __tenant__.member") == 0
    monkeypatch.undo()
    again = await acme.server().post("/v1/members", **call)  # type: ignore[arg-type]
    assert again.status_code == 201


@pytest.fixture
async def no_database(acme: Shop) -> AsyncIterator[Shop]:
    """The shop while PostgreSQL refuses connections."""
    kept = dict(DB._pools)
    gone = await asyncpg.create_pool("postgresql://nobody@127.0.0.1:1/none", min_size=0, max_size=2)
    DB._pools.update(dict.fromkeys(kept, gone))
    registry.forget()
    keys.forget()
    yield acme
    DB._pools.update(kept)
    registry.forget()
    keys.forget()
    gone.terminate()


async def test_without_postgresql_every_call_is_told_so_at_once(no_database: Shop) -> None:
    started = time.monotonic()
    ready = await no_database.client().get("/health/ready")
    assert ready.status_code == 503
    for client, path in ((no_database.server(), "/v1/members"), (no_database.client(), "/v1/me")):
        reply = await client.get(path)
        assert (reply.status_code, reply.json()["code"]) in {(503, "busy"), (401, "caller.unknown")}
    assert (await no_database.server().get("/v1/members")).status_code == 503
    assert (await no_database.client().get("/health/live")).status_code == 200
    assert time.monotonic() - started < 3


async def test_once_postgresql_is_back_all_is_well(acme: Shop) -> None:
    assert (await acme.client().get("/health/ready")).status_code == 200
    assert (await acme.server().get("/v1/members")).status_code == 200


PRIVATE = ("Zhang Weiwei", "+8613912345678", "weiwei@private.example", "SECRET-REASON")


async def test_what_fails_is_logged_with_request_and_shop_and_nothing_of_anybody(
    acme: Shop, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object, **__: object) -> None:
        name, phone, email, reason = PRIVATE
        raise RuntimeError(f"{name} {phone} {email} {reason}")

    before = structlog.get_config()
    logs.begin(production=True)
    structlog.configure(cache_logger_on_first_use=False)
    monkeypatch.setattr("server.errors.log", structlog.get_logger())
    monkeypatch.setattr(members, "create", fail)
    try:
        name, phone, email, _ = PRIVATE
        body = {"external_id": "p-1", "name": name, "phone": phone, "email": email}
        reply = await acme.server().post("/v1/members", json=body)
    finally:
        structlog.configure(**before)
    assert (reply.status_code, reply.json()["code"]) == (500, "internal")
    printed = capsys.readouterr().out
    told = json.loads(next(line for line in printed.splitlines() if "unforeseen" in line))
    assert told["request"] == reply.headers["x-request-id"]
    assert told["tenant"] == "acme"
    assert told["failure"][0]["kind"] == "builtins.RuntimeError"
    assert any("test_edge.py" in place for place in told["failure"][0]["through"])
    for word in (*PRIVATE, acme.secret_key):
        assert word not in printed
        assert word not in reply.text
