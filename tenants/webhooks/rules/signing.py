"""Secrets and signatures after Standard Webhooks (standardwebhooks.com, specification 1.0).

The signature is HMAC-SHA256 of `id.timestamp.body` under the bytes behind `whsec_`, in base64 after `v1,`. While a
secret is being replaced a message carries both signatures, so that a receiver can change over when it likes.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING

from tenants.kit.seals import lock_away, take_out
from tenants.tenancy import current_tenant

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable
    from datetime import datetime

PREFIX = "whsec_"
SECRET_BYTES = 32
_PURPOSE = "webhook secret"


def new_secret() -> bytes:
    """The bytes of a fresh secret."""
    return secrets.token_bytes(SECRET_BYTES)


def show_secret(secret: bytes) -> str:
    """A secret as the receiver gets it, once."""
    return PREFIX + base64.b64encode(secret).decode()


def lock(secret: bytes, *, endpoint: uuid.UUID) -> bytes:
    """A secret as it lies in the database."""
    return lock_away(_PURPOSE, secret, owner=_owner(endpoint))


def unlock(locked: bytes, *, endpoint: uuid.UUID) -> bytes:
    """The secret of an endpoint. Raises SafeBroken."""
    return take_out(_PURPOSE, locked, owner=_owner(endpoint))


def signed(body: bytes, *, message_id: str, at: datetime, using: Iterable[bytes]) -> dict[str, str]:
    """The three headers of a message, with one signature for each secret, the newest first."""
    timestamp = str(int(at.timestamp()))
    content = b".".join((message_id.encode(), timestamp.encode(), body))
    marks = (base64.b64encode(hmac.new(secret, content, hashlib.sha256).digest()).decode() for secret in using)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(f"v1,{mark}" for mark in marks),
    }


def _owner(endpoint: uuid.UUID) -> str:
    return f"{current_tenant().id.hex}:{endpoint.hex}"
