"""Passwords: what is accepted, and how it is hashed without holding up anybody else.

Argon2id with 19 MiB, 2 passes, 1 lane (OWASP Password Storage Cheat Sheet). A hash takes some 30 ms of one core, so
at most two run at a time, in threads: a rush of sign-ins waits in line and the rest of the shop does not.
"""

from __future__ import annotations

import asyncio
import functools
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from tenants.kit.errors import Invalid
from tenants.kit.words import Words

LENGTH_MIN = 10
LENGTH_MAX = 200
_AT_ONCE = 2
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_gates: dict[asyncio.AbstractEventLoop, asyncio.Semaphore] = {}


class PasswordUnfit(Invalid):
    """The password is too short, too long, or the user name."""

    code = "staff.password_unfit"
    sentence = Words(en="This password cannot be used: {problem}", zh="此密码不可用：{problem}")

    def __init__(self, problem: Words) -> None:
        super().__init__(param="password", problem=problem)


def check_password(password: str, *, username: str) -> None:
    """Raises PasswordUnfit unless it has 10 to 200 characters and is not the user name."""
    if not LENGTH_MIN <= len(password) <= LENGTH_MAX or "\x00" in password or not _encodable(password):
        raise PasswordUnfit(Words(en="use 10 to 200 characters", zh="请使用 10 到 200 个字符"))
    if password.casefold() == username.casefold():
        raise PasswordUnfit(Words(en="it must not be the user name", zh="不能与用户名相同"))
    if len(set(password)) == 1:
        raise PasswordUnfit(Words(en="it must not be one character repeated", zh="不能只重复同一个字符"))


async def hash_password(password: str, *, username: str) -> str:
    """The Argon2id hash of a password. Raises PasswordUnfit."""
    check_password(password, username=username)
    async with _gate():
        return await asyncio.to_thread(_HASHER.hash, password)


async def password_matches(password: str, *, kept: str | None) -> bool:
    """Whether the password is the one whose hash is kept. Without a hash it takes as long, and is False."""
    usable = len(password) <= LENGTH_MAX and _encodable(password)
    async with _gate():
        matches = await asyncio.to_thread(_verify, kept or _nobody(), password if usable else "")
    return matches and usable and kept is not None


def _verify(kept: str, password: str) -> bool:
    try:
        return _HASHER.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


@functools.cache
def _nobody() -> str:
    """A hash that no password has: the work for a user who does not exist."""
    return _HASHER.hash(secrets.token_hex(32))


def _gate() -> asyncio.Semaphore:
    loop = asyncio.get_running_loop()
    if loop not in _gates:
        _gates.clear()  # a loop that has ended is of no more use
        _gates[loop] = asyncio.Semaphore(_AT_ONCE)
    return _gates[loop]


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
