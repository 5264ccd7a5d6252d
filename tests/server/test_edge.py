"""What holds for every request."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Shop


async def test_health_answers_without_a_tenant(acme: Shop) -> None:
    reply = await acme.client().get("/health/ready")
    assert reply.status_code == 200
    assert reply.headers["x-request-id"].startswith("req_")


async def test_a_request_without_a_key_is_refused_in_the_language_of_the_caller(acme: Shop) -> None:
    reply = await acme.client().get("/v1/members", headers={"Accept-Language": "zh-CN"})
    assert reply.status_code in {401, 404}
    assert reply.headers["content-type"] == "application/problem+json"
