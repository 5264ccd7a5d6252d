"""Seals: proof that a text was written by this installation, for one purpose, with nothing stored.

Safes: texts that must come back in clear (a webhook's secret) and must not lie in the database in clear. What is locked
away for one purpose and one owner comes out for no other, so that a row copied elsewhere opens nothing.

Fingerprints: keyed hashes, under which a text that nobody may read (a voucher's code) is found again.

The secret can be rotated: with `seal_with(new, *former)` what a former one locked or hashed is still opened and found.

A process says once, when it starts, with which secret; a seal for one purpose is worth nothing for another.
"""

from __future__ import annotations

import functools
import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SEAL_BYTES = 16
_FORM = b"\x01"  # the first byte says how the rest is made: AES-256-GCM, 12 bytes of nonce
_NONCE_BYTES = 12

_secret: list[bytes] = [b""]  # the present one first


def seal_with(secret: str, *former: str) -> None:
    """Use the secret of this installation; done once when a process starts. What `former` ones locked still opens."""
    _secret[:] = [hashlib.sha256(b"seal:" + one.encode()).digest() for one in (secret, *former)]


def seal(purpose: str, content: bytes) -> bytes:
    """The seal of a content. Raises RuntimeError where no secret was given: an empty one would be everybody's."""
    if not _secret[0]:
        raise RuntimeError("no secret to seal with: the process has not called seal_with")
    return hmac.new(_secret[0], purpose.encode() + b"\x00" + content, hashlib.sha256).digest()[:SEAL_BYTES]


def is_sealed(purpose: str, content: bytes, *, with_seal: bytes) -> bool:
    """Whether that is the content's seal, compared in constant time."""
    return hmac.compare_digest(seal(purpose, content), with_seal)


class SafeBroken(ValueError):
    """It was locked away for something else, with another secret, or changed since."""


def lock_away(purpose: str, content: bytes, *, owner: str) -> bytes:
    """A content that only this installation can read again, for the same purpose and owner (AES-256-GCM)."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return _FORM + nonce + _safe(_secret[0], purpose).encrypt(nonce, content, owner.encode())


def take_out(purpose: str, locked: bytes, *, owner: str) -> bytes:
    """What was locked away, with this secret or a former one. Raises SafeBroken."""
    nonce, rest = locked[1 : 1 + _NONCE_BYTES], locked[1 + _NONCE_BYTES :]
    for secret in _secret if locked[:1] == _FORM else ():
        try:
            return _safe(secret, purpose).decrypt(nonce, rest, owner.encode())
        except (InvalidTag, ValueError):
            continue  # too short, or not ours: told alike
    raise SafeBroken(f"nothing for {purpose} comes out of this")


def fingerprint(purpose: str, content: bytes) -> bytes:
    """The keyed hash (HMAC-SHA-256) under which a content is written down."""
    return hmac.digest(_key(_secret[0], b"print:" + purpose.encode()), content, "sha256")


def fingerprints(purpose: str, content: bytes) -> list[bytes]:
    """Every keyed hash under which it may have been written down, that of the present secret first."""
    return [hmac.digest(_key(secret, b"print:" + purpose.encode()), content, "sha256") for secret in _secret]


@functools.lru_cache(maxsize=4096)
def _safe(secret: bytes, purpose: str) -> AESGCM:
    return AESGCM(_key(secret, b"safe:" + purpose.encode()))


@functools.lru_cache(maxsize=4096)
def _key(secret: bytes, purpose: bytes) -> bytes:
    if not secret:
        raise RuntimeError("no secret to lock with: the process has not called seal_with")
    return hmac.digest(secret, purpose, "sha256")
