"""Who works for the shop: made, changed, recognised by name and password."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tenants.kit import clock, ids
from tenants.kit.errors import Conflict, DomainError, Invalid, NotFound, Refused
from tenants.kit.words import LANGUAGES, Words
from tenants.staff.rules.passwords import hash_password, password_matches
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid

ROLES: dict[str, Words] = {
    "owner": Words(en="Owner", zh="店主"),
    "marketer": Words(en="Marketer", zh="运营"),
    "agent": Words(en="Service agent", zh="客服"),
    "analyst": Words(en="Analyst (reads only)", zh="分析员（只读）"),
}
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,99}\Z")


class UsernameTaken(Conflict):
    """Somebody of this shop has the user name already."""

    code = "staff.username_taken"
    sentence = Words(en="The user name “{username}” is taken.", zh="用户名“{username}”已被使用。")


class StaffUnknown(NotFound):
    """Nobody of this shop has that id or user name."""

    code = "staff.unknown"
    sentence = Words(en="There is no such member of staff.", zh="没有这位员工。")


class WrongPassword(DomainError):
    """User name or password is wrong, or the person is not active: all look the same."""

    code = "staff.wrong_password"
    sentence = Words(en="The user name or the password is wrong.", zh="用户名或密码错误。")


class LastOwner(Refused):
    """The shop would be left without an active owner."""

    code = "staff.last_owner"
    sentence = Words(en="The shop needs at least one active owner.", zh="商家至少需要一位启用的店主。")


@dataclass(frozen=True, slots=True)
class Person:
    """One of the staff, without anything secret."""

    id: uuid.UUID
    username: str
    name: str
    role: str
    locale: str | None


@dataclass(frozen=True, slots=True)
class Recognised(Person):
    """One whose password was right just now."""

    proof: str = field(repr=False)
    """What was kept of that password: once another is kept, this recognition is worth nothing."""


async def create(
    *, username: str, password: str, role: str = "owner", name: str = "", locale: str | None = None
) -> uuid.UUID:
    """Take somebody on. Raises Invalid, PasswordUnfit, UsernameTaken."""
    username = check_username(username)
    _check(role=role, locale=locale)
    hashed = await hash_password(password, username=username)
    staff = ids.new()
    rows = await DB.fetch(
        "INSERT INTO __tenant__.staff (id, username, name, password, role, active, locale, created_at)"
        " VALUES ($1, $2, $3, $4, $5, TRUE, $6, $7) ON CONFLICT (username) DO NOTHING RETURNING id",
        staff, username, name.strip() or username, hashed, role, locale, clock.now())  # fmt: skip
    if not rows:
        raise UsernameTaken(username=username)
    return staff


async def update(staff: uuid.UUID, **values: Any) -> None:
    """Change name, role, active or locale. Raises Invalid, StaffUnknown, LastOwner.

    Somebody who is no longer active is signed out everywhere.
    """
    unknown = set(values) - {"name", "role", "active", "locale"}
    if unknown:
        raise TypeError(f"not to be changed here: {sorted(unknown)}")
    _check(role=values.get("role", "owner"), locale=values.get("locale"))
    # All owners are locked in one order first: two owners who demote each other would otherwise leave none.
    await DB.fetch("SELECT id FROM __tenant__.staff WHERE role = 'owner' ORDER BY id FOR UPDATE")
    sets = ", ".join(f"{column} = ${number}" for number, column in enumerate(values, start=2))
    rows = await DB.fetch(f"UPDATE __tenant__.staff SET {sets} WHERE id = $1 RETURNING active", staff, *values.values())
    if not rows:
        raise StaffUnknown
    if not await DB.fetchval("SELECT count(*) FROM __tenant__.staff WHERE role = 'owner' AND active"):
        raise LastOwner
    if not rows[0]["active"]:
        await DB.fetch("DELETE FROM __tenant__.staff_session WHERE staff = $1", staff)


async def recognise(*, username: str, password: str) -> Recognised:
    """Who has this user name and password. Raises WrongPassword, after the same time whatever was wrong.

    Run it outside of a transaction: hashing waits in line, and a connection must not wait with it.
    """
    row = None
    if _USERNAME.match(username.strip().lower()):
        row = await DB.fetchrow(
            "SELECT id, username, name, role, locale, password, active FROM __tenant__.staff WHERE username = $1",
            username.strip().lower())  # fmt: skip
    matches = await password_matches(password, kept=row["password"] if row else None)
    if not matches or row is None or not row["active"]:
        raise WrongPassword
    return Recognised(row["id"], row["username"], row["name"], row["role"], row["locale"], row["password"])


async def change_password(staff: uuid.UUID, *, new: str, proof: str | None = None) -> None:
    """Set a new password and end every session of that person. Raises PasswordUnfit, StaffUnknown, WrongPassword.

    With the `proof` of a recognition only while that password still holds: it may have been taken away meanwhile.
    """
    person = await find(staff)
    hashed = await hash_password(new, username=person.username)
    rows = await DB.fetch(
        "UPDATE __tenant__.staff SET password = $2 WHERE id = $1 AND ($3::text IS NULL OR password = $3) RETURNING 1",
        staff, hashed, proof)  # fmt: skip
    if not rows:
        raise WrongPassword
    await DB.fetch("DELETE FROM __tenant__.staff_session WHERE staff = $1", staff)


async def find(staff: uuid.UUID | str) -> Person:
    """One of the staff by id or user name. Raises StaffUnknown."""
    column = "username" if isinstance(staff, str) else "id"
    row = await DB.fetchrow(f"SELECT id, username, name, role, locale FROM __tenant__.staff WHERE {column} = $1", staff)
    if row is None:
        raise StaffUnknown
    return Person(row["id"], row["username"], row["name"], row["role"], row["locale"])


def check_username(username: str) -> str:
    """The user name in lower case, if it can be one. Raises Invalid."""
    username = username.strip().lower()
    if not _USERNAME.match(username):
        raise Invalid(
            param="username",
            problem=Words(
                en="use 2 to 100 letters, digits and . _ @ + - (an e-mail address is fine)",
                zh="请使用 2 到 100 个字母、数字或 . _ @ + -（可以是邮箱）",
            ),
        )
    return username


def _check(*, role: str, locale: str | None) -> None:
    if role not in ROLES:
        raise Invalid(param="role", problem=Words(en="choose one of the roles", zh="请选择角色"))
    if locale is not None and locale not in LANGUAGES:
        raise Invalid(param="locale", problem=Words(en="use en or zh", zh="请使用 en 或 zh"))
