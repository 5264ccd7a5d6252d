"""What the member centre hands out and takes back: who is signed in, and which form somebody was shown.

Both are texts under a seal of ours, so nothing is stored when they are made, and none of another shop or for another
purpose is taken.

A *pass* says who the member is. It is the session cookie's content, and in a frame, where browsers keep no cookies of
ours, it travels in the form. It ends two hours after it was last renewed, and a day after the member came in.

A *form* says for whom and for which page it was made, when, and names the occasion of the act.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
import uuid
from dataclasses import dataclass
from datetime import timedelta

from tenants.kit import clock, seals
from tenants.tenancy.current import current_tenant

PASS_LIFE = timedelta(hours=2)
VISIT_LIFE = timedelta(hours=24)
FORM_LIFE = timedelta(days=7)
_PASS, _FORM = "centre-pass", "centre-form"
_VISITOR = re.compile(r"[0-9a-f]{32}\Z")


@dataclass(frozen=True, slots=True)
class Pass:
    """A member who is signed in; moments in whole seconds."""

    member: uuid.UUID
    entered: int
    ends: int

    @classmethod
    def of(cls, member: uuid.UUID, *, entered: int = 0) -> Pass:
        """A pass from now on, for somebody who came in at `entered`, or just now."""
        now = int(clock.now().timestamp())
        entered = entered or now
        latest = entered + int(VISIT_LIFE.total_seconds())
        return cls(member, entered, min(now + int(PASS_LIFE.total_seconds()), latest))

    @property
    def is_old(self) -> bool:
        """Whether it is time to renew it, and it can be."""
        left = self.ends - clock.now().timestamp()
        return left < PASS_LIFE.total_seconds() / 2 and self.ends < self.entered + VISIT_LIFE.total_seconds()

    def write(self) -> str:
        """As it is handed out by the current tenant."""
        return _seal(_PASS, self.member.bytes + self.entered.to_bytes(8) + self.ends.to_bytes(8))

    @classmethod
    def read(cls, text: str) -> Pass | None:
        """The pass, if we wrote it for a member of the current tenant and it has not ended."""
        content = _open(_PASS, text, length=32)
        if content is None:
            return None
        found = cls(uuid.UUID(bytes=content[:16]), int.from_bytes(content[16:24]), int.from_bytes(content[24:]))
        return found if found.ends > clock.now().timestamp() else None


@dataclass(frozen=True, slots=True)
class Form:
    """A form that was shown: `once` names the occasion, `at` is in milliseconds."""

    once: str
    at: int

    @classmethod
    def new(cls) -> Form:
        """A form from now on."""
        return cls(secrets.token_hex(16), int(clock.now().timestamp() * 1000))

    @property
    def seconds(self) -> float:
        """For how long it has been open."""
        return clock.now().timestamp() - self.at / 1000

    def write(self, *, member: uuid.UUID | None, slug: str) -> str:
        """As it goes into the page of that name, for that member."""
        return _seal(_FORM, bytes.fromhex(self.once) + self.at.to_bytes(8), around=_whose(member, slug))

    @classmethod
    def read(cls, text: str, *, member: uuid.UUID | None, slug: str) -> Form | None:
        """The form, if we made it for this page and member and not too long ago."""
        content = _open(_FORM, text, length=24, around=_whose(member, slug))
        if content is None:
            return None
        found = cls(content[:16].hex(), int.from_bytes(content[16:]))
        return found if found.seconds < FORM_LIFE.total_seconds() else None


def new_visitor() -> str:
    """What a stranger's browser is known by from their first act on."""
    return secrets.token_hex(16)


def digest_of(visitor: str) -> str:
    """As it is written down, of which the cookie cannot be made; empty for what is none of ours."""
    return hashlib.sha256(b"visitor:" + visitor.encode()).hexdigest() if _VISITOR.match(visitor) else ""


def _whose(member: uuid.UUID | None, slug: str) -> bytes:
    return (member.bytes if member else b"") + b"/" + slug.encode()


def _seal(purpose: str, content: bytes, *, around: bytes = b"") -> str:
    sealed = content + seals.seal(purpose, current_tenant().id.bytes + content + around)
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def _open(purpose: str, text: str, *, length: int, around: bytes = b"") -> bytes | None:
    try:
        sealed = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except ValueError:
        return None
    content, mark = sealed[:length], sealed[length:]
    if len(sealed) != length + seals.SEAL_BYTES:
        return None
    fits = seals.is_sealed(purpose, current_tenant().id.bytes + content + around, with_seal=mark)
    return content if fits else None
