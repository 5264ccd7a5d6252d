"""What a host's bare address answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from litestar import Litestar

    from tests.conftest import Shop


async def test_a_shops_address_leads_to_its_desk(acme: Shop) -> None:
    reply = await acme.client().get("/")
    assert (reply.status_code, reply.headers["location"]) == (303, "/admin/")


async def test_the_base_domain_leads_to_the_operators_desk(app: Litestar) -> None:
    transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        reply = await client.get("/")
    assert (reply.status_code, reply.headers["location"]) == (303, "/operator/")


async def test_an_odd_host_is_told_nothing(app: Litestar) -> None:
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://nowhere.example") as client:
        assert (await client.get("/admin/")).status_code == 404
        for host in ("", "a b", "\x80", "[::1", "x" * 300):
            assert (await client.get("/", headers={b"host": host.encode("latin-1")})).status_code in {303, 400, 404}
