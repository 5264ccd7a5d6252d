"""Operators: those who run the installation. They sign in at the base domain and see tenants, never a tenant's data."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tenants import staff
from tenants.kit import clock, ids
from tenants.kit.errors import Conflict, NotFound
from tenants.kit.words import Words
from tenants.staff import SessionOver, SignedIn, WrongPassword
from tenants.tenancy.callers import current_caller
from tenants.tenancy.engine import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping

ATTEMPTS = "platform.operator_attempt"


class OperatorTaken(Conflict):
    """There is an operator of that name."""

    code = "operator.username_taken"
    sentence = Words(en="The user name “{username}” is taken.", zh="用户名“{username}”已被使用。")


class OperatorUnknown(NotFound):
    """There is no operator of that name."""

    code = "operator.unknown"
    sentence = Words(en="There is no such operator.", zh="没有这位运营者。")


@dataclass(frozen=True, slots=True)
class Recognised:
    """An operator whose password was right."""

    id: uuid.UUID
    username: str
    proof: str = field(repr=False)
    """What was kept of that password: once another is kept, this recognition is worth nothing."""


async def create(*, username: str, password: str) -> uuid.UUID:
    """Make an operator. Raises Invalid, PasswordUnfit, OperatorTaken."""
    username = staff.check_username(username)
    hashed = await staff.hash_password(password, username=username)
    operator = ids.new()
    rows = await DB.registry_fetch(
        "INSERT INTO platform.operator (id, username, password, active, created_at) VALUES ($1, $2, $3, TRUE, $4)"
        " ON CONFLICT (username) DO NOTHING RETURNING id", operator, username, hashed, clock.now())  # fmt: skip
    if not rows:
        raise OperatorTaken(username=username)
    return operator


async def recognise(*, username: str, password: str) -> Recognised:
    """Who has this user name and password. Raises WrongPassword, after the same time whatever was wrong."""
    rows = await DB.registry_fetch(
        "SELECT id, username, password, active FROM platform.operator WHERE username = $1",
        username.strip().lower().replace("\x00", "").encode("utf-8", "ignore").decode())  # fmt: skip
    row = rows[0] if rows else None
    matches = await staff.password_matches(password, kept=row["password"] if row else None)
    if not matches or row is None or not row["active"]:
        raise WrongPassword
    return Recognised(row["id"], row["username"], row["password"])


async def open_session(person: Recognised, *, address: str, old_token: str | None = None) -> str:
    """Begin a session and return its token; the browser's old one is ended.

    Raises WrongPassword when the password has changed, or the operator was made inactive, since it was recognised.
    """
    # Held until the commit: a change of password waits, and then ends this session too; or it was first.
    if not await DB.registry_fetch(
        "SELECT 1 FROM platform.operator WHERE id = $1 AND password = $2 AND active FOR SHARE",
        person.id, person.proof):  # fmt: skip
        raise WrongPassword
    if old_token:
        await sign_out(old_token)
    token = secrets.token_urlsafe(32)
    moment = clock.now()
    await DB.registry_fetch(
        "INSERT INTO platform.operator_session (digest, operator, created_at, seen_at, expires_at)"
        " VALUES ($1, $2, $3, $3, $4)", _digest(token), person.id, moment, moment + staff.ABSOLUTE)  # fmt: skip
    await DB.registry_fetch(
        "DELETE FROM platform.operator_session WHERE expires_at <= $1 OR seen_at <= $2", moment, moment - staff.IDLE)  # fmt: skip  # noqa: E501
    await DB.registry_fetch(
        f"DELETE FROM {ATTEMPTS} WHERE greatest(at, wait_until) <= $1", moment - timedelta(days=1))  # fmt: skip
    await staff.forgive(username=person.username, address=address, table=ATTEMPTS)
    return token


async def session(token: str) -> SignedIn:
    """Who is signed in with this token. Raises SessionOver."""
    moment = clock.now()
    rows = await DB.registry_fetch(
        "SELECT o.id, o.username, n.seen_at FROM platform.operator_session n JOIN platform.operator o ON o.id = n.operator"  # noqa: E501
        " WHERE n.digest = $1 AND n.expires_at > $2 AND n.seen_at > $3 AND o.active",
        _digest(token), moment, moment - staff.IDLE)  # fmt: skip
    if not rows:
        raise SessionOver
    if (moment - rows[0]["seen_at"]).total_seconds() > 60:  # noqa: PLR2004  as exact as the last use is known
        await DB.registry_fetch(
            "UPDATE platform.operator_session SET seen_at = $2 WHERE digest = $1", _digest(token), moment)  # fmt: skip
    return SignedIn(rows[0]["id"], rows[0]["username"], rows[0]["username"], "operator", None)


async def sign_out(token: str) -> None:
    """End a session."""
    await DB.registry_fetch("DELETE FROM platform.operator_session WHERE digest = $1", _digest(token))


async def find(username: str) -> uuid.UUID:
    """An operator's id by user name. Raises OperatorUnknown."""
    rows = await DB.registry_fetch("SELECT id FROM platform.operator WHERE username = $1", username.strip().lower())
    if not rows:
        raise OperatorUnknown
    found: uuid.UUID = rows[0]["id"]
    return found


async def change_password(operator: uuid.UUID, *, new: str, proof: str | None = None) -> None:
    """Set a new password and end every session. Raises PasswordUnfit, OperatorUnknown, WrongPassword.

    With the `proof` of a recognition only while that password still holds. Run it in a transaction.
    """
    rows = await DB.registry_fetch("SELECT username FROM platform.operator WHERE id = $1", operator)
    if not rows:
        raise OperatorUnknown
    hashed = await staff.hash_password(new, username=rows[0]["username"])
    changed = await DB.registry_fetch(
        "UPDATE platform.operator SET password = $2 WHERE id = $1 AND ($3::text IS NULL OR password = $3) RETURNING 1",
        operator, hashed, proof)  # fmt: skip
    if not changed:
        raise WrongPassword
    await DB.registry_fetch("DELETE FROM platform.operator_session WHERE operator = $1", operator)


async def set_active(operator: uuid.UUID, *, active: bool) -> None:
    """Let an operator in again, or no longer: then every session ends. Run it in a transaction.

    Raises OperatorUnknown. The last one may go too: the command line makes another.
    """
    rows = await DB.registry_fetch(
        "UPDATE platform.operator SET active = $2 WHERE id = $1 RETURNING 1", operator, active
    )
    if not rows:
        raise OperatorUnknown
    if not active:
        await DB.registry_fetch("DELETE FROM platform.operator_session WHERE operator = $1", operator)


async def note(
    action: str, *, subject: str, row_id: str = "", before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """Write down what the current operator did."""
    await DB.registry_fetch(
        "INSERT INTO platform.operator_audit (id, operator, action, subject, row, before, after, at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        ids.new(), current_caller().name[:100], action[:20], subject[:100], row_id[:100],
        staff.told(before), staff.told(after), clock.now())  # fmt: skip


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
