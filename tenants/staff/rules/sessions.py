"""Signed-in browsers: a random token in a cookie, its SHA-256 in the database.

A session ends eight hours after its last use, seven days after it began, when it is signed out, and when the
password changes or the person is no longer active. Nothing writes an ended session back: use only ever updates.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from tenants.kit import clock
from tenants.kit.errors import DomainError
from tenants.kit.words import Words
from tenants.staff.rules.limits import forgive
from tenants.staff.rules.people import WrongPassword
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid

    from tenants.staff.rules.people import Recognised

IDLE = timedelta(hours=8)
ABSOLUTE = timedelta(days=7)
_SEEN_EVERY = timedelta(minutes=1)  # how exactly the last use is known; a write for each page would be a waste


class SessionOver(DomainError):
    """No session, or one that has ended."""

    code = "staff.session_over"
    sentence = Words(en="Sign in first.", zh="请先登录。")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody with a live session."""

    id: uuid.UUID
    username: str
    name: str
    role: str
    locale: str | None


async def open_session(person: Recognised, *, address: str, old_token: str | None = None) -> str:
    """Begin a session and return its token, which nobody can show again. The browser's old session is ended.

    Raises WrongPassword when the password has changed, or the person was made inactive, since it was recognised.
    """
    # Held until the commit: a change of password waits, and then ends this session too; or it was first.
    if not await DB.fetchval(
        "SELECT TRUE FROM __tenant__.staff WHERE id = $1 AND password = $2 AND active FOR SHARE",
        person.id, person.proof):  # fmt: skip
        raise WrongPassword
    if old_token:
        await sign_out(old_token)
    token = secrets.token_urlsafe(32)
    moment = clock.now()
    await DB.fetch(
        "INSERT INTO __tenant__.staff_session (digest, staff, created_at, seen_at, expires_at, address)"
        " VALUES ($1, $2, $3, $3, $4, $5)",
        digest_of(token), person.id, moment, moment + ABSOLUTE, address[:64])  # fmt: skip
    await forgive(username=person.username, address=address)
    return token


async def session(token: str) -> SignedIn:
    """Who is signed in with this token. Raises SessionOver."""
    moment = clock.now()
    row = await DB.fetchrow(
        "SELECT s.id, s.username, s.name, s.role, s.locale, n.seen_at FROM __tenant__.staff_session n"
        " JOIN __tenant__.staff s ON s.id = n.staff"
        " WHERE n.digest = $1 AND n.expires_at > $2 AND n.seen_at > $3 AND s.active",
        digest_of(token), moment, moment - IDLE)  # fmt: skip
    if row is None:
        raise SessionOver
    if row["seen_at"] < moment - _SEEN_EVERY:
        await DB.fetch("UPDATE __tenant__.staff_session SET seen_at = $2 WHERE digest = $1", digest_of(token), moment)
    return SignedIn(row["id"], row["username"], row["name"], row["role"], row["locale"])


async def sign_out(token: str) -> None:
    """End a session; of one that has ended already, nothing."""
    await DB.fetch("DELETE FROM __tenant__.staff_session WHERE digest = $1", digest_of(token))


async def purge() -> int:
    """Delete ended sessions and healed counters. Returns how many rows went."""
    moment = clock.now()
    ended = await DB.fetch(
        "DELETE FROM __tenant__.staff_session WHERE expires_at <= $1 OR seen_at <= $2 RETURNING 1",
        moment, moment - IDLE)  # fmt: skip
    healed = await DB.fetch(
        "DELETE FROM __tenant__.login_attempt WHERE greatest(at, wait_until) <= $1 RETURNING 1",
        moment - timedelta(days=1))  # fmt: skip
    return len(ended) + len(healed)


def digest_of(token: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
