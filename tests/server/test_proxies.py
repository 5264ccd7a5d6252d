"""Where a request comes from: what our own proxies say, and nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from server import proxies
from server.limits import Limiter, Rate
from server.settings import Settings, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Shop

OURS = "127.0.0.0/8, 10.0.0.0/8"


@pytest.fixture
def behind_any_proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TRUSTED_PROXIES", "*")
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


def address(trusted: str, peer: str, *forwarded: str) -> str:
    headers = [(b"x-forwarded-for", one.encode()) for one in forwarded]
    return proxies.read(trusted).address({"client": (peer, 1), "headers": headers})


def test_the_address_is_that_before_our_own_proxies() -> None:
    assert address(OURS, "127.0.0.1", "1.1.1.1, 203.0.113.9, 10.0.0.3") == "203.0.113.9"
    assert address(OURS, "127.0.0.1", "1.1.1.1", "203.0.113.9, 10.0.0.3") == "203.0.113.9"
    assert address(OURS, "::ffff:127.0.0.1", "203.0.113.9") == "203.0.113.9"
    assert address(OURS, "192.0.2.1", "1.1.1.1") == "192.0.2.1"
    assert address(OURS, "127.0.0.1") == "127.0.0.1"
    assert address("", "127.0.0.1", "1.1.1.1") == "127.0.0.1"


def test_with_a_star_only_the_last_hop_counts_which_the_visitor_cannot_write() -> None:
    assert address("*", "10.9.8.7", "1.1.1.1, 203.0.113.9") == "203.0.113.9"
    assert address("*", "10.9.8.7", "1.1.1.1", "203.0.113.9") == "203.0.113.9"
    assert address("*", "10.9.8.7") == "10.9.8.7"


def test_a_number_says_which_entry_from_the_end_is_the_visitors() -> None:
    assert address("*2", "172.16.0.1", "1.1.1.1, 203.0.113.9, 66.241.124.230") == "203.0.113.9"
    assert address("*2", "172.16.0.1", "2001:db8::9, 2a09:8280:1::af:1aa1:0") == "2001:db8::9"
    assert address("*2", "172.16.0.1", "1.1.1.1") == "172.16.0.1"
    assert address("*1", "172.16.0.1", "1.1.1.1, 203.0.113.9") == "203.0.113.9"


def test_an_entry_may_tell_a_port_and_nonsense_counts_for_nothing() -> None:
    assert address("*", "10.9.8.7", "203.0.113.9:4711") == "203.0.113.9"
    assert address("*", "10.9.8.7", "[2001:db8::1]:4711") == "2001:db8::1"
    assert address("*", "10.9.8.7", "1.1.1.1, unknown") == "10.9.8.7"
    assert proxies.read("*").address({"client": None, "headers": []}) == ""


def test_a_proxy_that_cannot_be_read_is_refused_at_the_start() -> None:
    for wrong in ("10.0.0.0/99", "nginx", "*0", "*, 10.0.0.1", "127.0.0.1 10.0.0.1"):
        with pytest.raises(ValidationError, match="trusted_proxies"):
            Settings(database_url="postgresql://x", trusted_proxies=wrong)


@pytest.mark.usefixtures("behind_any_proxy")
async def test_visitors_behind_one_proxy_are_counted_apart(acme: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    async def check(_self: Limiter, who: str, _rate: Rate) -> None:
        asked.append(who)

    monkeypatch.setattr(Limiter, "check", check)
    for forwarded in ("203.0.113.8", "1.1.1.1, 203.0.113.9", "2.2.2.2, 203.0.113.9"):
        await acme.client(Authorization="Bearer sk_live_x", **{"X-Forwarded-For": forwarded}).get("/v1/members")
        await acme.client(**{"X-Forwarded-For": forwarded}).post("/u/nothing")
    page = f"{acme.tenant.schema}:page:"
    assert asked == ["unknown:203.0.113.8", f"{page}203.0.113.8", *2 * ["unknown:203.0.113.9", f"{page}203.0.113.9"]]
