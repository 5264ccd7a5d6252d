"""Finds out whose shop a request is for and who is asking, from the host, the keys and the tokens in it.

Whatever names a tenant must agree: the host, the secret or publishable key, the member token. `/v1` is for a
seller's backend (secret key), `/v1/me` for a member (member token, and a publishable key when the page that asks
comes from another origin).
"""

from __future__ import annotations

import base64
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from server.settings import settings
from tenants.kit import clock, seals
from tenants.kit.errors import DomainError, NotAllowed
from tenants.kit.words import Words
from tenants.tenancy import keys, registry
from tenants.tenancy.callers import STRANGER, Caller

if TYPE_CHECKING:
    from tenants.tenancy.current import Tenant

MEMBER_TOKEN_LIFE = timedelta(minutes=60)
_TOKEN_PREFIX = "mt_"  # noqa: S105  what a member token begins with
_TOKEN_PURPOSE = "member-token"  # noqa: S105  what its seal is for
_TOKEN_LENGTH = len(_TOKEN_PREFIX) + 75  # 16 + 16 + 8 bytes and a seal of 16, in base 64


class NotRecognised(DomainError):
    """No key or token, or one that is unknown, over, or of another shop: all look the same."""

    code = "caller.unknown"
    sentence = Words(en="The key or token is missing, wrong or has ended.", zh="缺少密钥或令牌，或其无效、已过期。")


class SecretInBrowser(NotAllowed):
    """A secret key came from a web page, so it is a secret no longer."""

    code = "key.secret_in_browser"
    sentence = Words(
        en="A secret key was sent from a web page. Rotate it, and use a publishable key there.",
        zh="密钥从网页发出，已不再安全。请更换密钥，并在网页中使用公开密钥。",
    )


class OriginRefused(NotAllowed):
    """The page's origin is not one that the publishable key is bound to."""

    code = "key.origin_refused"
    sentence = Words(
        en="This web origin is not allowed. Add it to the publishable key.",
        zh="此网页来源未获允许，请在公开密钥中添加。",
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What the headers say, before anything is believed."""

    host: str
    bearer: str
    publishable: str
    origin: str

    @classmethod
    def read(cls, headers: dict[bytes, bytes]) -> Asked:
        """From a scope's headers."""
        scheme, _, token = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
        return cls(
            host=registry.host_of(headers.get(b"host", b"").decode("latin-1")),
            bearer=token.strip() if scheme.lower() == "bearer" else "",
            publishable=headers.get(b"x-publishable-key", b"").decode("latin-1").strip(),
            origin=headers.get(b"origin", b"").decode("latin-1").strip().lower(),
        )


async def for_server(asked: Asked) -> tuple[Tenant, Caller]:
    """Tenant and caller of a `/v1` request. Raises NotRecognised, SecretInBrowser, and what `registry.admit` does."""
    if not asked.bearer.startswith("sk_"):
        raise NotRecognised
    if asked.origin:
        raise SecretInBrowser
    key = await keys.recognise(asked.bearer)
    if key is None or key.kind != "secret":
        raise NotRecognised
    tenant = registry.admit(await registry.by_id(key.tenant))
    await _host_agrees(asked.host, tenant)
    return tenant, Caller("server", key.id)


async def for_member(asked: Asked, *, open_to_strangers: bool) -> tuple[Tenant, Caller]:
    """Tenant and caller of a `/v1/me` request; a stranger only where the operation is open to them.

    Raises NotRecognised, OriginRefused, and what `registry.admit` does.
    """
    found = await registry.by_host(asked.host, base_domain=settings().base_domain)
    key = await keys.recognise(asked.publishable) if asked.publishable else None
    if asked.publishable and (key is None or key.kind != "publishable" or (found and found.id != key.tenant)):
        raise NotRecognised
    token = read_member_token(asked.bearer) if asked.bearer else None
    if asked.bearer and token is None:
        raise NotRecognised
    if found is None and key:
        found = await registry.by_id(key.tenant)
    tenant = registry.admit(found)
    if token is None and not open_to_strangers:
        raise NotRecognised
    if token and token[0] != tenant.id:
        raise NotRecognised
    own_page = bool(asked.host) and asked.origin.partition("://")[2].partition(":")[0] == asked.host
    if asked.origin and not own_page and (key is None or asked.origin not in key.origins):
        raise OriginRefused
    return tenant, Caller("member", token[1]) if token else STRANGER


def write_member_token(tenant: uuid.UUID, member: uuid.UUID) -> tuple[str, int]:
    """A token with which this member can call `/v1/me`, and the seconds that it lasts.

    It says tenant, member and end, under a seal of ours: the hottest calls look no session up and parse no JSON.
    """
    ends = int((clock.now() + MEMBER_TOKEN_LIFE).timestamp())
    content = tenant.bytes + member.bytes + ends.to_bytes(8)
    sealed = content + seals.seal(_TOKEN_PURPOSE, content)
    text = _TOKEN_PREFIX + base64.urlsafe_b64encode(sealed).decode().rstrip("=")
    return text, int(MEMBER_TOKEN_LIFE.total_seconds())


def read_member_token(text: str) -> tuple[uuid.UUID, uuid.UUID] | None:
    """Tenant and member of a token that we wrote and that has not ended, else None."""
    if not text.startswith(_TOKEN_PREFIX) or len(text) != _TOKEN_LENGTH:
        return None
    try:
        sealed = base64.urlsafe_b64decode(text[len(_TOKEN_PREFIX) :] + "=" * (-(_TOKEN_LENGTH - 3) % 4))
    except ValueError:
        return None
    content = sealed[: -seals.SEAL_BYTES]
    if not seals.is_sealed(_TOKEN_PURPOSE, content, with_seal=sealed[-seals.SEAL_BYTES :]):
        return None
    if int.from_bytes(content[32:]) <= clock.now().timestamp():
        return None
    return uuid.UUID(bytes=content[:16]), uuid.UUID(bytes=content[16:32])


async def _host_agrees(host: str, tenant: Tenant) -> None:
    by_host = await registry.by_host(host, base_domain=settings().base_domain)
    if by_host is not None and by_host.id != tenant.id:
        raise NotRecognised
