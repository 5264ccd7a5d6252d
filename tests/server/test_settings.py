"""What settings refuse, and that they tell no secret when they do."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from server.settings import Settings

OWN_KEY = "k" * 40
DSN = "postgresql://shop:hunter2@db.example/shop"


@pytest.fixture(autouse=True)
def nothing_around(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what a test sets."""
    for name in ("SECRET_KEY", "BASE_DOMAIN", "ENVIRONMENT", "TRUSTED_PROXIES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", DSN)


@pytest.mark.parametrize(
    "given",
    [
        {"BASE_DOMAIN": "shops.example"},
        {"ENVIRONMENT": "production"},
        {"SECRET_KEY": "hunter2 is too short"},
        {"SECRET_KEY": OWN_KEY, "PORT": "hunter2"},
    ],
)
def test_what_is_refused_is_told_without_any_value(monkeypatch: pytest.MonkeyPatch, given: dict[str, str]) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError) as refused:
        Settings()
    assert "hunter2" not in str(refused.value) + repr(refused.value)


def test_developments_secret_is_for_localhost(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().local
    monkeypatch.setenv("BASE_DOMAIN", "shops.example")
    with pytest.raises(ValidationError, match="SECRET_KEY must be set"):
        Settings()
    monkeypatch.setenv("SECRET_KEY", OWN_KEY)
    assert not Settings().local
