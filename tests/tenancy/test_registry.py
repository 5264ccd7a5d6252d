"""The one door: which shop a request is for, and which shops are not served."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import pytest_asyncio
from litestar import Litestar, get

from server.edge import Edge
from server.errors import handle
from server.limits import Limiter
from server.settings import settings
from tenants.kit import clock, ids
from tenants.kit.errors import Invalid
from tenants.tenancy import DB, current_tenant, migrations, registry

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.conftest import Shop

BASE = "shops.example"


@pytest.fixture(autouse=True)
def _forget() -> None:
    registry.forget()


@pytest_asyncio.fixture
async def _hosts(acme: Shop, rival: Shop) -> AsyncIterator[None]:
    yield
    await DB.registry_fetch("DELETE FROM platform.host WHERE tenant = ANY($1)", [acme.tenant.id, rival.tenant.id])
    registry.forget()


@pytest.mark.parametrize(
    ("header", "host"),
    [
        ("acme.localhost", "acme.localhost"),
        ("ACME.LocalHost:8000", "acme.localhost"),
        (" acme.localhost. ", "acme.localhost"),
        ("acme.localhost.:80", "acme.localhost"),
        ("127.0.0.1:8000", "127.0.0.1"),
        ("a", "a"),
        ("acme.localhost:80:80", ""),
        ("acme.localhost:x", ""),
        ("acme.localhost:²", ""),
        ("[::1]:8000", ""),
        ("acme..localhost", ""),
        ("-acme.localhost", ""),
        ("acme.localhost-", ""),
        ("acme'--.localhost", ""),
        ('acme".localhost', ""),
        ("acme.localhost; DROP TABLE tenant", ""),
        ("acme.localhost\x00", ""),
        ("acme.localhost\r\nx: y", ""),
        ("商家.localhost", ""),
        ("acme@evil.localhost", ""),
        ("acme/evil", ""),
        ("", ""),
        (".", ""),
        ("a" * 254, ""),
    ],
)
def test_a_host_header_is_a_host_name_or_nothing(header: str, host: str) -> None:
    assert registry.host_of(header) == host


@pytest.mark.parametrize(
    ("host", "slug"),
    [
        ("acme.shops.example", "acme"),
        ("rival.shops.example", "rival"),
        ("shops.example", None),
        ("x.acme.shops.example", None),
        ("acme.x.shops.example", None),
        ("acmeshops.example", None),
        ("acme", None),
        ("acme.shops.example.evil.example", None),
        ("nobody.shops.example", None),
        ("", None),
    ],
)
async def test_a_shop_is_found_under_its_name_below_the_base_domain(acme: Shop, host: str, slug: str | None) -> None:
    found = await registry.by_host(host, base_domain=BASE)
    assert (found.slug if found else None) == slug, acme


@pytest.mark.usefixtures("_hosts")
async def test_a_shop_may_have_host_names_of_its_own(acme: Shop, rival: Shop) -> None:
    assert await registry.add_host("acme", " Club.Acme.Example. ", base_domain=BASE) == "club.acme.example"
    assert await registry.add_host("acme", "club.acme.example", base_domain=BASE) == "club.acme.example"
    assert await registry.add_host("acme", "bücher.example", base_domain=BASE) == "xn--bcher-kva.example"
    found = await registry.by_host("club.acme.example", base_domain=BASE)
    assert found
    assert (found.id, found.hosts) == (acme.tenant.id, (await registry.by_slug("acme")).hosts)
    with pytest.raises(registry.HostTaken):
        await registry.add_host("rival", "club.acme.example", base_domain=BASE)
    with pytest.raises(registry.HostUnknown):
        await registry.remove_host("rival", "club.acme.example")
    assert await registry.by_host("club.acme.example", base_domain=BASE)
    await registry.remove_host("acme", "CLUB.acme.example")
    assert await registry.by_host("club.acme.example", base_domain=BASE) is None
    assert rival.tenant.hosts == frozenset()


@pytest.mark.usefixtures("_hosts")
async def test_nobody_takes_a_name_of_the_installation(acme: Shop, rival: Shop) -> None:
    for name in ("rival.shops.example", "shops.example", "other.shops.example", "x.rival.shops.example"):
        with pytest.raises(registry.HostTaken):
            await registry.add_host("acme", name, base_domain=BASE)
    # Even where such a row has come in by another way, the shop of that name is the one that is found.
    await DB.registry_fetch("INSERT INTO platform.host (name, tenant, created_at) VALUES ($1, $2, $3)",
                            "rival.shops.example", acme.tenant.id, clock.now())  # fmt: skip
    found = await registry.by_host("rival.shops.example", base_domain=BASE)
    assert found
    assert found.id == rival.tenant.id


@pytest.mark.parametrize(
    "name",
    ["", " ", "localhost", "10.0.0.1", "a..b", "-a.example", "a-.example", "a b.example", "a.example:80", "a'.example", "http://a.example",
     "a.example/x", "x" * 64 + ".example", "a_b.example", "*.example", "\ud800.example", "a\x00.example", ("x" * 60 + ".") * 5 + "example"],
)  # fmt: skip
async def test_what_is_not_a_host_name_is_not_taken_down(acme: Shop, name: str) -> None:
    with pytest.raises(Invalid):
        await registry.add_host("acme", name, base_domain=BASE)
    assert (await registry.by_slug(acme.tenant.slug)).hosts == frozenset()


async def test_an_unknown_shop_is_an_error_by_name() -> None:
    for attempt in (
        registry.by_slug("nobody"), registry.set_state("nobody", "suspended"),
        registry.add_host("nobody", "a.example", base_domain=BASE), registry.by_slug("a'; DROP SCHEMA t_acme CASCADE; --"),
    ):  # fmt: skip
        with pytest.raises(registry.TenantUnknown):
            await attempt
    assert await registry.by_id(ids.new()) is None


async def test_strangers_names_do_not_fill_the_memory(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert database
    monkeypatch.setattr(registry, "_UNKNOWN_MAX", 50)
    for number in range(300):
        assert await registry.by_host(f"s{number}.{BASE}", base_domain=BASE) is None
        assert len(registry._unknown) <= 50


async def test_an_answer_is_kept_for_two_seconds_and_no_longer(acme: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    fetch = DB.registry_fetch

    async def count(sql: str, *args: Any) -> list[Any]:
        asked.append(sql)
        return await fetch(sql, *args)

    now = [1000.0]
    monkeypatch.setattr(type(DB), "registry_fetch", lambda _self, sql, *args: count(sql, *args))
    monkeypatch.setattr("tenants.tenancy.registry.time.monotonic", lambda: now[0])
    for _ in range(5):
        assert await registry.by_id(acme.tenant.id)
        assert await registry.by_host("nobody.example", base_domain=BASE) is None
    assert len(asked) == 2
    now[0] += registry.CACHE_SECONDS + 0.01
    await registry.by_id(acme.tenant.id)
    assert len(asked) == 3


# --- through HTTP ----------------------------------------------------------------------------------------------------


@get(["/v1/probe", "/v1/me/probe", "/admin/probe"], opt={"open": True}, sync_to_thread=False)
def probe() -> str:
    return current_tenant().slug


@pytest_asyncio.fixture
async def door() -> AsyncIterator[Litestar]:
    limiter = Limiter(settings().redis_url.get_secret_value())
    yield Litestar([probe], middleware=[Edge(limiter)], exception_handlers={Exception: handle}, openapi_config=None)
    await limiter.close()


async def ask(door: Litestar, host: str, path: str, **headers: str) -> httpx.Response:
    transport = httpx.ASGITransport(app=door, raise_app_exceptions=False)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
        return await client.get(path, headers={"Host": host, **headers})


async def _ways(door: Litestar, shop: Shop) -> list[httpx.Response]:
    """Every way into a shop: by key, by key in a browser, by host."""
    registry.forget()
    return list(await asyncio.gather(
        ask(door, "localhost", "/v1/probe", Authorization=f"Bearer {shop.secret_key}"),
        ask(door, shop.host, "/v1/me/probe", **{"X-Publishable-Key": shop.publishable_key, "Origin": "https://shop.example"}),
        ask(door, shop.host, "/admin/probe"),
    ))  # fmt: skip


async def test_a_suspended_shop_is_refused_by_name_at_every_way_in(door: Litestar, acme: Shop, rival: Shop) -> None:
    assert {reply.status_code for reply in await _ways(door, acme)} == {200}
    await registry.set_state("acme", "suspended")
    try:
        for reply in await _ways(door, acme):
            assert (reply.status_code, reply.json()["code"]) == (403, "tenant.suspended")
            assert "acme" in reply.json()["detail"]
        assert {reply.text for reply in await _ways(door, rival)} == {"rival"}
    finally:
        await registry.set_state("acme", "active")
    assert {reply.status_code for reply in await _ways(door, acme)} == {200}


async def test_a_shop_whose_schema_is_ahead_is_served_and_never_set_back(acme: Shop) -> None:
    """Schemas grow before the code that needs them is rolled out, and stay when that code is taken back."""
    await DB.registry_fetch("UPDATE platform.tenant SET revision = '9998' WHERE slug = 'acme'")
    registry.forget()
    try:
        assert (await acme.server().get("/v1/members")).status_code == 200
        assert await migrations.migrate_tenants(slugs=["acme"]) == []
        assert (await registry.by_slug("acme")).revision == "9998"
    finally:
        await DB.registry_fetch("UPDATE platform.tenant SET revision = $1 WHERE slug = 'acme'", migrations.head())
        registry.forget()


async def test_a_shop_whose_schema_is_behind_is_refused_by_name(door: Litestar, acme: Shop, rival: Shop) -> None:
    await DB.registry_fetch("UPDATE platform.tenant SET revision = '0000' WHERE slug = 'acme'")
    try:
        for reply in await _ways(door, acme):
            assert (reply.status_code, reply.json()["code"]) == (503, "tenant.behind")
            assert "acme" in reply.json()["detail"]
            assert int(reply.headers["retry-after"]) >= 1
        assert {reply.text for reply in await _ways(door, rival)} == {"rival"}
    finally:
        await DB.registry_fetch("UPDATE platform.tenant SET revision = $1 WHERE slug = 'acme'", migrations.head())
    assert {reply.status_code for reply in await _ways(door, acme)} == {200}


async def test_a_shop_that_is_being_made_is_not_there_yet(door: Litestar, acme: Shop) -> None:
    await DB.registry_fetch("UPDATE platform.tenant SET state = 'creating' WHERE slug = 'acme'")
    try:
        for reply in await _ways(door, acme):
            assert (reply.status_code, reply.json()["code"]) == (404, "tenant.unknown")
    finally:
        await DB.registry_fetch("UPDATE platform.tenant SET state = 'active' WHERE slug = 'acme'")
        registry.forget()


@pytest.mark.parametrize("host", ["nobody.localhost", "localhost", "acme.localhost.evil.example", "'; DROP TABLE platform.tenant; --", "a b", "x.acme.localhost"])  # fmt: skip
async def test_an_unknown_host_shows_nothing(door: Litestar, acme: Shop, host: str) -> None:
    reply = await ask(door, host, "/admin/probe")
    expected = (400, "input.invalid") if " " in host else (404, "tenant.unknown")  # Litestar itself refuses blanks
    assert (reply.status_code, reply.json()["code"]) == expected, acme


async def test_the_key_of_one_shop_at_the_host_of_another_is_refused(door: Litestar, acme: Shop, rival: Shop) -> None:
    reply = await ask(door, rival.host, "/v1/probe", Authorization=f"Bearer {acme.secret_key}")
    assert reply.status_code == 401
    reply = await ask(
        door,
        rival.host,
        "/v1/me/probe",
        **{"X-Publishable-Key": acme.publishable_key, "Origin": "https://shop.example"},
    )
    assert reply.status_code == 401
