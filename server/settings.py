"""Every setting, from the environment or a `.env` file; only on localhost may the secrets be development's."""

from __future__ import annotations

from functools import cache
from typing import Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from server import proxies

_DEVELOPMENT_SECRET = "development-only-secret-change-me"  # noqa: S105  refused below except on localhost


class Settings(BaseSettings):
    """Read once at start; see `.env.example` for a documented sample."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True, hide_input_in_errors=True)

    environment: Literal["development", "production"] = "development"
    database_url: SecretStr = Field(description="DSN of PostgreSQL 16 or later: the registry and the placement `main`")
    redis_url: SecretStr = Field(default=SecretStr("redis://127.0.0.1:6379/0"), description="Valkey or Redis")
    secret_key: SecretStr = Field(default=SecretStr(_DEVELOPMENT_SECRET), min_length=32)
    former_secret_keys: SecretStr = Field(
        default=SecretStr(""), description="former SECRET_KEYs, apart by commas: what they shut can still be opened"
    )
    base_domain: str = Field(default="localhost", description="tenants are reached at <slug>.<base_domain>")
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    metrics_port: int = Field(default=9100, ge=0, le=65535, description="0 switches the metrics listener off")
    worker_metrics_port: int = Field(default=9101, ge=0, le=65535)
    smtp_url: SecretStr = Field(default=SecretStr("smtp://127.0.0.1:2525"), description="smtp[s]://user:pass@host:port")
    mail_from: str = "Regulars <no-reply@localhost>"
    mailbox_port: int = Field(default=8025, ge=0, le=65535, description="the development mailbox page")
    pool_max: int = Field(default=10, ge=1, le=100)
    body_bytes_max: int = Field(default=1_000_000, ge=1_000)
    import_bytes_max: int = Field(default=20_000_000, ge=1_000)
    trusted_proxies: str = Field(
        default="", description="whose X-Forwarded-* are believed; * or *2: see server/proxies.py"
    )
    requests_per_minute_key: int = 6000
    requests_per_minute_member: int = 240
    requests_per_minute_stranger: int = Field(default=60, description="from one address, before anybody is known")

    @model_validator(mode="after")
    def _default_secret_on_localhost_only(self) -> Self:
        # Not by the environment alone: whoever forgets the one setting forgets the other too.
        if self.secret_key.get_secret_value() == _DEVELOPMENT_SECRET and (self.production or not self.local):
            raise ValueError("SECRET_KEY must be set: python3 -c 'import secrets; print(secrets.token_hex(32))'")
        return self

    @field_validator("trusted_proxies")
    @classmethod
    def _proxies_can_be_read(cls, text: str) -> str:
        proxies.read(text)
        return text

    @property
    def secret_keys(self) -> list[str]:
        """The secret key, and after it the former ones."""
        former = self.former_secret_keys.get_secret_value().split(",")
        return [self.secret_key.get_secret_value(), *(key.strip() for key in former if key.strip())]

    @property
    def proxies(self) -> proxies.Proxies:
        """Whose word is taken for where a request comes from."""
        return proxies.read(self.trusted_proxies)

    @property
    def local(self) -> bool:
        """Whether shops are reached on this machine only, where well-known secrets do no harm."""
        return self.base_domain == "localhost"

    @property
    def production(self) -> bool:
        """Whether real shops are served here."""
        return self.environment == "production"


@cache
def settings() -> Settings:
    """The settings of this process."""
    return Settings()
