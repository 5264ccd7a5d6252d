"""A `.env` for production lies in the folder: tests, measurements and `up` have nothing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from server.dev import checks, surroundings
from server.embedded import Servers
from server.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SERVERS = Servers("postgresql:///here", "unix:///here", {})
PRODUCTION = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "s" * 40,
    "SMTP_URL": "smtps://user:pass@mail.shop.example:465",
    "BASE_DOMAIN": "shops.example",
    "TRUSTED_PROXIES": "10.0.0.1",
    "DATABASE_URL": "postgresql://database.shop.example/regulars",
    "REDIS_URL": "rediss://valkey.shop.example",
}


@pytest.mark.parametrize(
    "made",
    [checks.for_tests, checks.for_bench, lambda servers: surroundings.for_development(servers, 8000)],
    ids=["test", "bench", "up"],
)
def test_nothing_of_a_file_for_production_comes_into_development(
    made: Callable[[Servers], dict[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("".join(f"{name}={value}\n" for name, value in PRODUCTION.items()))
    for name in PRODUCTION:
        monkeypatch.delenv(name, raising=False)
    environment = made(SERVERS)
    monkeypatch.chdir(tmp_path)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    chosen = Settings()
    assert chosen.production == (made is checks.for_bench)  # it measures what production runs, with nobody to reach
    assert chosen.smtp_url.get_secret_value().startswith("smtp://127.0.0.1:")
    assert (chosen.base_domain, chosen.trusted_proxies) == ("localhost", "")
    assert chosen.database_url.get_secret_value() == "postgresql:///here"
    assert chosen.redis_url.get_secret_value() == "unix:///here"
