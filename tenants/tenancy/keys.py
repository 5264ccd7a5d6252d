"""The keys by which a seller's systems come in: made, shown once, recognised, rotated with overlap.

A key is `sk_live_` (backend, secret), `pk_live_` (browser, bound to origins) or `sign_` (a secret with which the
shop's backend signs who its member is) and 32 random symbols. Only the SHA-256 of a key is kept: with 165 random
bits a slow hash adds nothing. A signing key's secret is derived from the application's secret and the key's id.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

from tenants.kit import clock, ids
from tenants.kit.errors import Invalid, NotFound
from tenants.kit.words import Words
from tenants.tenancy.engine import DB

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

Kind = Literal["secret", "publishable", "signing"]
CACHE_SECONDS = 2.0
OVERLAP = timedelta(hours=24)
_PREFIXES: dict[Kind, str] = {"secret": "sk_live_", "publishable": "pk_live_", "signing": "sign_"}
_SYMBOLS = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_LENGTH = 32
_ORIGIN_MAX = 300
_PORTS = {"https": ":443", "http": ":80"}
_ORIGIN = re.compile(r"(?P<scheme>https?)://[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:[0-9]{1,5})?\Z")
_UNKNOWN_MAX = 50_000
_cache: dict[bytes, tuple[float, Key]] = {}  # no larger than there are keys
_unknown: dict[bytes, float] = {}  # apart, so that a flood of wrong keys does not push the good ones out


@dataclass(frozen=True, slots=True)
class Key:
    """A key that was recognised."""

    id: uuid.UUID
    tenant: uuid.UUID
    kind: Kind
    origins: tuple[str, ...]


class KeyUnknown(NotFound):
    """There is no such key of this tenant."""

    code = "key.unknown"
    sentence = Words(en="There is no such key.", zh="没有这个密钥。")


async def make(
    tenant: uuid.UUID, kind: Kind, *, name: str = "", origins: list[str] | None = None, app_secret: str
) -> tuple[uuid.UUID, str]:
    """Make a key. Returns its id and the key itself, which nobody can show again.

    `origins` binds a publishable key to the web origins it may be used from (`https://shop.example`). Raises Invalid.
    """
    bound = [_origin(one) for one in origins or []]
    key_id = ids.new()
    random = "".join(secrets.choice(_SYMBOLS) for _ in range(_LENGTH))
    text = signing_secret(key_id, app_secret=app_secret) if kind == "signing" else _PREFIXES[kind] + random
    shown_id = ids.show("key", key_id) if kind == "signing" else f"{text[:12]}…{text[-4:]}"
    await DB.registry_fetch(
        "INSERT INTO platform.api_key (id, tenant, kind, name, hint, digest, origins, created_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        key_id, tenant, kind, name, shown_id, digest_of(text), bound, clock.now())  # fmt: skip
    return key_id, text


async def rotate(key_id: uuid.UUID, *, overlap: timedelta = OVERLAP, app_secret: str) -> tuple[uuid.UUID, str]:
    """Make a successor of the same kind; the old key works on for `overlap`. Raises KeyUnknown."""
    async with DB.registry_transaction():
        rows = await DB.registry_fetch(
            "UPDATE platform.api_key SET expires_at = least(expires_at, $2)"
            " WHERE id = $1 AND (expires_at IS NULL OR expires_at > $3) RETURNING tenant, kind, name, origins",
            key_id, clock.now() + overlap, clock.now())  # fmt: skip
        if not rows:
            raise KeyUnknown
        row = rows[0]
        return await make(
            row["tenant"], row["kind"], name=row["name"], origins=list(row["origins"]), app_secret=app_secret
        )


async def of_tenant(tenant: uuid.UUID) -> list[Any]:
    """A tenant's keys as rows, newest first: id, kind, name, hint, origins, created_at, expires_at."""
    return await DB.registry_fetch(
        "SELECT id, kind, name, hint, origins, created_at, expires_at FROM platform.api_key WHERE tenant = $1"
        " ORDER BY created_at DESC, id", tenant)  # fmt: skip


async def origins_of(tenant: uuid.UUID) -> frozenset[str]:
    """The web origins of a tenant's publishable keys that have not ended: the shop's own sites."""
    rows = await DB.registry_fetch(
        "SELECT DISTINCT unnest(origins) AS origin FROM platform.api_key"
        " WHERE tenant = $1 AND kind = 'publishable' AND (expires_at IS NULL OR expires_at > $2)",
        tenant, clock.now())  # fmt: skip
    return frozenset(row["origin"] for row in rows)


async def revoke(key_id: uuid.UUID) -> None:
    """End a key now; other processes follow within CACHE_SECONDS. Raises KeyUnknown."""
    rows = await DB.registry_fetch(
        "UPDATE platform.api_key SET expires_at = $2 WHERE id = $1 RETURNING id", key_id, clock.now())  # fmt: skip
    forget()
    if not rows:
        raise KeyUnknown


async def recognise(text: str) -> Key | None:
    """The key if it is one of ours and has not ended, else None."""
    if not text.startswith(("sk_live_", "pk_live_")):
        return None
    digest = digest_of(text)
    found = _cache.get(digest)
    moment = time.monotonic()
    if found and found[0] > moment:
        return found[1]
    if _unknown.get(digest, 0.0) > moment:
        return None
    rows = await DB.registry_fetch(
        "SELECT id, tenant, kind, origins FROM platform.api_key"
        " WHERE digest = $1 AND (expires_at IS NULL OR expires_at > $2)", digest, clock.now())  # fmt: skip
    if not rows:
        _cache.pop(digest, None)
        if len(_unknown) >= _UNKNOWN_MAX:
            _unknown.clear()
        _unknown[digest] = moment + CACHE_SECONDS
        return None
    key = Key(rows[0]["id"], rows[0]["tenant"], rows[0]["kind"], tuple(rows[0]["origins"]))
    _cache[digest] = (moment + CACHE_SECONDS, key)
    return key


def forget() -> None:
    """Drop what this process remembers; other processes follow within CACHE_SECONDS."""
    _cache.clear()
    _unknown.clear()


async def signing_keys(tenant: uuid.UUID, moment: datetime | None = None) -> list[uuid.UUID]:
    """The ids of a tenant's signing keys that are valid now, newest first."""
    rows = await DB.registry_fetch(
        "SELECT id FROM platform.api_key WHERE tenant = $1 AND kind = 'signing'"
        " AND (expires_at IS NULL OR expires_at > $2) ORDER BY created_at DESC",
        tenant, moment or clock.now())  # fmt: skip
    return [row["id"] for row in rows]


def signing_secret(key_id: uuid.UUID, *, app_secret: str) -> str:
    """The secret of a signing key: HMAC-SHA256 of its id under the application's secret, as hex."""
    return "sign_" + hmac.new(app_secret.encode(), b"signing:" + key_id.bytes, hashlib.sha256).hexdigest()


def _origin(text: str) -> str:
    # As browsers send it (RFC 6454 §6.2), or it would match nothing: lower case, no path, no port of the scheme.
    origin = text.strip().lower()
    found = _ORIGIN.match(origin)
    if not found or len(origin) > _ORIGIN_MAX:
        raise Invalid(
            param="origin",
            problem=Words(
                en="use scheme and host, such as https://shop.example, without a path",
                zh="请填写协议和域名，如 https://shop.example，不含路径",
            ),
        )
    return origin.removesuffix(_PORTS[found["scheme"]])


def digest_of(text: str) -> bytes:
    """What is kept of a key."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
