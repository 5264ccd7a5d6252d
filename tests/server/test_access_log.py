"""One line for every request in production, with nothing of anybody."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest

from server import edge, logs
from tenants import members
from tenants.kit import ids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Shop


@pytest.fixture
def lines_of(acme: Shop, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    """The shop while requests are logged as in production."""
    logs._requests.cache_clear()
    for middleware in acme.app.middleware:
        if isinstance(middleware, edge.Edge):
            monkeypatch.setattr(middleware, "_log_requests", True)
    yield acme
    logs._requests.cache_clear()


async def test_a_request_is_one_line_with_its_route_and_nothing_of_anybody(
    lines_of: Shop, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    async with lines_of.open():
        who = (await members.create({"external_id": "b1"})).id
    shown = ids.show("mem", who)
    replies = [
        await lines_of.server().get(f"/v1/members/{shown}?secret=word"),
        await lines_of.member(who).post("/v1/me/check-ins"),
        await lines_of.client().get("/v1/members"),
        await lines_of.client().get("/health/live"),
    ]
    printed = capfdbinary.readouterr().out
    told = [json.loads(line) for line in printed.splitlines() if b'"request"' in line]
    assert [(one["route"], one["method"], one["status"], one["tenant"]) for one in told] == [
        ("/v1/members/{member_id}", "GET", 200, "acme"),
        ("/v1/me/check-ins", "POST", 201, "acme"),
        ("/v1/members", "GET", 401, ""),
    ]
    assert [one["request"] for one in told] == [reply.headers["x-request-id"] for reply in replies[:3]]
    assert all(one["milliseconds"] > 0 and one["level"] == "info" and one["event"] == "request" for one in told)
    for word in (shown, who.hex, str(who), "secret", "127.0.0.1", lines_of.secret_key):
        assert word.encode() not in printed


def test_a_line_costs_next_to_nothing(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    logs._requests.cache_clear()
    scope = {"path_template": "/v1/me/check-ins", "method": "POST"}
    started = time.process_time()
    for _ in range(1000):
        logs.request(scope, status=201, seconds=0.0123, request_id="req_0123456789abcdef", tenant="acme")  # type: ignore[arg-type]
    spent = time.process_time() - started
    logs._requests.cache_clear()
    assert len(capfdbinary.readouterr().out.splitlines()) == 1000
    assert spent / 1000 < 0.0001
