"""Finds a tenant by host, slug or id, and changes its standing. Answers are kept for two seconds in the process.

Every way into the product passes here, so a suspended tenant, or one whose schema is behind, is refused by name at
this one door.
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

import asyncpg

from tenants.kit import clock
from tenants.kit.errors import Conflict, Invalid, NotFound, Refused
from tenants.kit.words import Words
from tenants.tenancy import migrations
from tenants.tenancy.current import Tenant
from tenants.tenancy.engine import DB

if TYPE_CHECKING:
    import uuid

CACHE_SECONDS = 2.0
_UNKNOWN_MAX = 20_000

_COLUMNS = (
    "t.id, t.slug, t.schema_name, t.name, t.timezone, t.currency, t.locale, t.region, t.state, t.placement, t.revision,"
    " ARRAY(SELECT h.name FROM platform.host h WHERE h.tenant = t.id) AS hosts"
)
_cache: dict[tuple[str, str], tuple[float, Tenant]] = {}  # no larger than there are shops and hosts
_unknown: dict[tuple[str, str], float] = {}  # apart, so that a flood of strange hosts does not push the good ones out
_LABELS = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+\Z")
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\Z")


class TenantUnknown(NotFound):
    """No seller by that host, key or name."""

    code = "tenant.unknown"
    sentence = Words(en="There is no shop at this address.", zh="此地址没有对应的商家。")


class TenantSuspended(Refused):
    """The seller's access is suspended."""

    code = "tenant.suspended"
    sentence = Words(
        en="The shop “{slug}” is suspended. Its operator can resume it.", zh="商家“{slug}”已被暂停，请联系平台恢复。"
    )


class TenantBehind(Refused):
    """The seller's schema is not at the revision that this code needs."""

    code = "tenant.behind"
    sentence = Words(
        en="The shop “{slug}” is being upgraded. Try again in a few minutes.",
        zh="商家“{slug}”正在升级，请几分钟后再试。",
    )


class HostTaken(Conflict):
    """Another shop is reached by that host name, or it belongs to the installation."""

    code = "host.taken"
    sentence = Words(en="The host name “{host}” is taken.", zh="域名“{host}”已被占用。")


class HostUnknown(NotFound):
    """The shop has no such host name."""

    code = "host.unknown"
    sentence = Words(en="The shop has no host name “{host}”.", zh="该商家没有绑定域名“{host}”。")


def host_of(header: str) -> str:
    """The host name in a Host header: lower case, without port and trailing dot; empty if it is not one."""
    name = header.strip().lower()
    head, colon, port = name.rpartition(":")
    if colon and port.isascii() and port.isdigit():
        name = head
    name = name.removesuffix(".")
    return name if _HOST.match(name) and ".." not in name else ""


async def by_host(host: str, *, base_domain: str) -> Tenant | None:
    """The tenant of a host name as `host_of` returns it, or None."""
    if not host:
        return None
    slug = host.removesuffix(f".{base_domain}") if host.endswith(f".{base_domain}") else ""
    return await _cached(
        ("host", host),
        f"SELECT {_COLUMNS} FROM platform.tenant t WHERE t.slug = $1"
        f" OR t.id = (SELECT h.tenant FROM platform.host h WHERE h.name = $2) ORDER BY t.slug = $1 DESC LIMIT 1",
        slug, host)  # fmt: skip


async def by_id(tenant_id: uuid.UUID) -> Tenant | None:
    """The tenant of that id, or None."""
    return await _cached(("id", str(tenant_id)), f"SELECT {_COLUMNS} FROM platform.tenant t WHERE t.id = $1", tenant_id)


async def by_slug(slug: str) -> Tenant:
    """The tenant of that slug, read afresh. Raises TenantUnknown."""
    rows = await DB.registry_fetch(f"SELECT {_COLUMNS} FROM platform.tenant t WHERE t.slug = $1", slug)
    if not rows:
        raise TenantUnknown(slug=slug)
    return _tenant(rows[0])


async def everyone() -> list[Tenant]:
    """All tenants, by slug."""
    rows = await DB.registry_fetch(f"SELECT {_COLUMNS} FROM platform.tenant t ORDER BY t.slug")
    return [_tenant(row) for row in rows]


def admit(tenant: Tenant | None) -> Tenant:
    """The tenant if it may be served. Raises TenantUnknown, TenantSuspended or TenantBehind."""
    if tenant is None or tenant.state == "creating":
        raise TenantUnknown
    if tenant.state == "suspended":
        raise TenantSuspended(slug=tenant.slug)
    if is_behind(tenant):
        raise TenantBehind(slug=tenant.slug)
    return tenant


def is_behind(tenant: Tenant) -> bool:
    """Whether this code needs more than the tenant's schema has. One that is ahead serves: schemas grow first."""
    return tenant.revision < migrations.head()


async def set_state(slug: str, state: str) -> None:
    """Suspend (`suspended`) or resume (`active`) a tenant. Raises TenantUnknown."""
    rows = await DB.registry_fetch(
        "UPDATE platform.tenant SET state = $2 WHERE slug = $1 AND state <> 'creating' RETURNING id",
        slug, state)  # fmt: skip
    if not rows:
        raise TenantUnknown(slug=slug)
    forget()


async def add_host(slug: str, name: str, *, base_domain: str) -> str:
    """Let a shop be reached under a host name of its own. Returns the name as it is kept (RFC 5890 A-labels).

    Names of the installation (`base_domain` and below) are refused: each shop has its own there already. Raises
    TenantUnknown, Invalid, HostTaken.
    """
    tenant = await by_slug(slug)
    host = _host_to_keep(name)
    if host == base_domain or host.endswith(f".{base_domain}"):
        raise HostTaken(host=host)
    try:
        await DB.registry_fetch(
            "INSERT INTO platform.host (name, tenant, created_at) VALUES ($1, $2, $3)",
            host, tenant.id, clock.now())  # fmt: skip
    except asyncpg.UniqueViolationError:
        if host not in tenant.hosts:
            raise HostTaken(host=host) from None
    forget()
    return host


async def remove_host(slug: str, name: str) -> None:
    """Take a host name away from a shop. Raises TenantUnknown, Invalid, HostUnknown."""
    tenant = await by_slug(slug)
    host = _host_to_keep(name)
    rows = await DB.registry_fetch(
        "DELETE FROM platform.host WHERE name = $1 AND tenant = $2 RETURNING name", host, tenant.id
    )
    if not rows:
        raise HostUnknown(host=host)
    forget()


def _host_to_keep(name: str) -> str:
    try:
        host = host_of(name.strip().encode("idna").decode("ascii"))
    except UnicodeError:
        host = ""
    if not host or "." not in host or ":" in name or host.replace(".", "").isdigit() or not _LABELS.match(host):
        raise Invalid(
            param="host",
            problem=Words(en="use a host name such as shop.example.com", zh="请使用域名，如 shop.example.com"),
        )
    return host


def forget() -> None:
    """Drop what this process remembers; other processes follow within CACHE_SECONDS."""
    _cache.clear()
    _unknown.clear()


async def _cached(key: tuple[str, str], sql: str, *args: Any) -> Tenant | None:
    found = _cache.get(key)
    moment = time.monotonic()
    if found and found[0] > moment:
        return found[1]
    if _unknown.get(key, 0.0) > moment:
        return None
    rows = await DB.registry_fetch(sql, *args)
    if not rows:
        _cache.pop(key, None)
        if len(_unknown) >= _UNKNOWN_MAX:
            _unknown.clear()
        _unknown[key] = moment + CACHE_SECONDS
        return None
    tenant = _tenant(rows[0])
    _cache[key] = (moment + CACHE_SECONDS, tenant)
    return tenant


def _tenant(row: Any) -> Tenant:
    return Tenant(
        id=row["id"],
        slug=row["slug"],
        schema=row["schema_name"],
        name=row["name"],
        timezone=row["timezone"],
        currency=row["currency"],
        locale=row["locale"],
        region=row["region"],
        state=row["state"],
        placement=row["placement"],
        revision=row["revision"],
        hosts=frozenset(row["hosts"]),
    )
