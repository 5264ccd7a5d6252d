"""Whoever knocks without being known is counted by address, and costs the others nothing."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import pytest

from server.limits import Limiter, Rate
from tenants.kit.errors import TooOften
from tenants.tenancy import keys, registry

if TYPE_CHECKING:
    from tests.conftest import Shop

FEW = 3


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the limiter was asked; it refuses a stranger after FEW."""
    asked: list[str] = []

    async def check(_self: Limiter, who: str, _rate: Rate) -> None:
        asked.append(who)
        if (who.startswith("unknown:") or ":from:" in who) and asked.count(who) > FEW:
            raise TooOften(seconds=1)

    monkeypatch.setattr(Limiter, "check", check)
    return asked


async def test_wrong_keys_are_counted_by_address(acme: Shop, counted: list[str]) -> None:
    seen = [
        (await acme.client(Authorization=f"Bearer sk_live_{secrets.token_hex(16)}").get("/v1/members")).status_code
        for _ in range(FEW + 2)
    ]
    assert seen == [401] * FEW + [429] * 2
    assert set(counted) == {"unknown:127.0.0.1"}
    assert (await acme.server().get("/v1/check-in-plan")).status_code == 200


async def test_wrong_tokens_and_wrong_hosts_are_too(acme: Shop, counted: list[str]) -> None:
    client = acme.client(Authorization="Bearer mt_x", **{"X-Publishable-Key": "pk_live_x"})
    seen = [(await client.get("/v1/me")).status_code for _ in range(2)]
    seen += [(await acme.client(Host="nobody.localhost").get(path)).status_code for path in ("/admin/", "/v1/me")]
    assert seen == [401, 401, 404, 429]
    assert len(counted) == len(seen)


async def test_pages_that_mail_providers_ask_for_are_not_counted_like_strangers(acme: Shop, counted: list[str]) -> None:
    seen = [(await acme.client().post("/u/nothing")).status_code for _ in range(FEW + 2)]
    assert 429 not in seen
    assert set(counted) == {f"{acme.tenant.schema}:page:127.0.0.1"}


async def test_a_flood_of_wrong_keys_and_hosts_does_not_make_good_ones_be_looked_up_again(
    acme: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "_UNKNOWN_MAX", 10)
    monkeypatch.setattr(registry, "_UNKNOWN_MAX", 10)
    assert await keys.recognise(acme.secret_key)
    assert await registry.by_host(acme.host, base_domain="localhost")
    for number in range(30):
        assert await keys.recognise(f"sk_live_{number}") is None
        assert await registry.by_host(f"nobody{number}.localhost", base_domain="localhost") is None
    assert len(keys._unknown) <= 10
    assert len(registry._unknown) <= 10
    assert keys.digest_of(acme.secret_key) in keys._cache
    assert ("host", acme.host) in registry._cache
