"""Which tenant this is about: a context variable without a default, so that forgetting one is an error."""

from __future__ import annotations

import contextvars
import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterator

# The one shape that is ever put into SQL text in place of the placeholder.
SCHEMA_NAME = re.compile(r"t_[a-z0-9]{1,40}\Z")

_current: contextvars.ContextVar[Tenant] = contextvars.ContextVar("tenant")


@dataclass(frozen=True, slots=True)
class Tenant:
    """One seller as the registry describes it; a snapshot, at most a few seconds old."""

    id: uuid.UUID
    slug: str
    schema: str
    name: str = ""
    timezone: str = "UTC"
    currency: str = "CNY"
    locale: str = "zh"
    region: str = "CN"
    state: str = "active"
    placement: str = "main"
    revision: str = ""
    hosts: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not SCHEMA_NAME.match(self.schema):
            raise ValueError(f"not the name of a tenant's schema: {self.schema!r}")


class TenantNotSet(RuntimeError):
    """A query for a tenant's table ran where nobody had said which tenant."""


class CrossTenant(RuntimeError):
    """A transaction of one tenant was asked for another one's rows."""


def current_tenant() -> Tenant:
    """The tenant in whose name we act. Raises TenantNotSet where there is none."""
    try:
        return _current.get()
    except LookupError:
        raise TenantNotSet("no tenant in this context") from None


def current_tenant_or_none() -> Tenant | None:
    """The tenant, or None where there is none; for logs and metrics only."""
    return _current.get(None)


@contextmanager
def use_tenant(tenant: Tenant) -> Iterator[Tenant]:
    """Act for this tenant inside."""
    token = _current.set(tenant)
    try:
        yield tenant
    finally:
        _current.reset(token)
