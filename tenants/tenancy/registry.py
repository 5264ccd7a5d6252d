"""Finds a tenant by host, slug or id, and changes its standing. Answers are kept for two seconds in the process.

Every way into the product passes here, so a suspended tenant, or one whose schema is behind, is refused by name at
this one door.
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

from tenants.kit.errors import NotFound, Refused
from tenants.kit.words import Words
from tenants.tenancy import migrations
from tenants.tenancy.current import Tenant
from tenants.tenancy.engine import DB

if TYPE_CHECKING:
    import uuid

CACHE_SECONDS = 2.0
_CACHE_MAX = 20_000

_COLUMNS = (
    "t.id, t.slug, t.schema_name, t.name, t.timezone, t.currency, t.locale, t.region, t.state, t.placement, t.revision,"
    " ARRAY(SELECT h.name FROM platform.host h WHERE h.tenant = t.id) AS hosts"
)
_cache: dict[tuple[str, str], tuple[float, Tenant | None]] = {}
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


def host_of(header: str) -> str:
    """The host name in a Host header: lower case, without port and trailing dot; empty if it is not one."""
    name = header.strip().lower()
    head, colon, port = name.rpartition(":")
    if colon and port.isdigit():
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
        f" OR t.id = (SELECT h.tenant FROM platform.host h WHERE h.name = $2)", slug, host)  # fmt: skip


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
    if tenant.revision != migrations.head():
        raise TenantBehind(slug=tenant.slug)
    return tenant


async def set_state(slug: str, state: str) -> None:
    """Suspend (`suspended`) or resume (`active`) a tenant. Raises TenantUnknown."""
    rows = await DB.registry_fetch(
        "UPDATE platform.tenant SET state = $2 WHERE slug = $1 AND state <> 'creating' RETURNING id", slug, state)  # fmt: skip
    if not rows:
        raise TenantUnknown(slug=slug)
    forget()


def forget() -> None:
    """Drop what this process remembers; other processes follow within CACHE_SECONDS."""
    _cache.clear()


async def _cached(key: tuple[str, str], sql: str, *args: Any) -> Tenant | None:
    found = _cache.get(key)
    moment = time.monotonic()
    if found and found[0] > moment:
        return found[1]
    rows = await DB.registry_fetch(sql, *args)
    tenant = _tenant(rows[0]) if rows else None
    if len(_cache) >= _CACHE_MAX:  # strangers' host names must not fill the memory
        _cache.clear()
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
