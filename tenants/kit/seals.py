"""Seals: proof that a text was written by this installation, for one purpose, with nothing stored.

A process says once, when it starts, with which secret; a seal for one purpose is worth nothing for another.
"""

from __future__ import annotations

import hashlib
import hmac

SEAL_BYTES = 16

_secret: list[bytes] = [b""]


def seal_with(secret: str) -> None:
    """Use the secret of this installation; done once when a process starts."""
    _secret[0] = hashlib.sha256(b"seal:" + secret.encode()).digest()


def seal(purpose: str, content: bytes) -> bytes:
    """The seal of a content. Raises RuntimeError where no secret was given: an empty one would be everybody's."""
    if not _secret[0]:
        raise RuntimeError("no secret to seal with: the process has not called seal_with")
    return hmac.new(_secret[0], purpose.encode() + b"\x00" + content, hashlib.sha256).digest()[:SEAL_BYTES]


def is_sealed(purpose: str, content: bytes, *, with_seal: bytes) -> bool:
    """Whether that is the content's seal, compared in constant time."""
    return hmac.compare_digest(seal(purpose, content), with_seal)
