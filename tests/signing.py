"""Signs members in as a shop's backend would."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jwt

from server.settings import settings
from tenants.kit import clock, ids
from tenants.tenancy import keys

if TYPE_CHECKING:
    from uuid import UUID

    from tests.conftest import Shop


async def signing_key(shop: Shop) -> tuple[UUID, str]:
    """A new signing key of a shop: its id and its secret."""
    return await keys.make(shop.tenant.id, "signing", app_secret=settings().secret_key.get_secret_value())


def claims_for(shop: Shop, **changes: Any) -> dict[str, Any]:
    """Claims that are in order, but for the changes; None takes a claim out."""
    moment = int(clock.now().timestamp())
    claims = {"aud": shop.host, "sub": "ext:walk-in-1", "iat": moment, "exp": moment + 120, **changes}
    return {name: value for name, value in claims.items() if value is not None}


def sign(key: UUID, secret: str | bytes, claims: dict[str, Any], *, algorithm: str = "HS256", **headers: Any) -> str:
    """A JWT with the key's id in its header."""
    return jwt.encode(claims, secret, algorithm=algorithm, headers={"kid": ids.show("key", key), **headers})


async def assertion(shop: Shop, **changes: Any) -> str:
    """A sign-in that is in order, under a new key."""
    key, secret = await signing_key(shop)
    return sign(key, secret, claims_for(shop, **changes))
