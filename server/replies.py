"""The first reply to a keyed request, kept in the transaction of its effect and given again to a repeat.

After draft-ietf-httpapi-idempotency-key-header-07: the same key with the same input gets the same bytes and
`Idempotency-Replayed: true`; with other input, 422; while the first is still running, 409. A refused request keeps
nothing, for nothing was done.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import asyncpg

from tenants.kit import clock, ids
from tenants.kit.errors import Conflict, Invalid, Refused
from tenants.kit.words import Words
from tenants.tenancy.engine import DB

if TYPE_CHECKING:
    import uuid

    from litestar.types import Message, Send

KEY_MAX = 255


class KeyReused(Refused):
    """The key was used with other input."""

    code = "idempotency.reused"
    sentence = Words(
        en="This Idempotency-Key was used with different input. Use a new key.",
        zh="该 Idempotency-Key 已用于不同的请求内容，请换用新的键。",
    )


class KeyRunning(Conflict):
    """The first request with this key has not ended yet."""

    code = "idempotency.running"
    sentence = Words(
        en="The first request with this Idempotency-Key is still running. Try again in a second.",
        zh="使用该 Idempotency-Key 的首个请求仍在处理，请稍后重试。",
    )


@dataclass(slots=True)
class Reply:
    """A response held back until its transaction has ended."""

    status: int = 0
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    parts: list[bytes] = field(default_factory=list)

    async def take(self, message: Message) -> None:
        """Hold an ASGI message instead of sending it."""
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message["headers"])
        elif message["type"] == "http.response.body":
            self.parts.append(message.get("body", b""))

    async def send(self, send: Send) -> None:
        """Send what was held."""
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        await send({"type": "http.response.body", "body": b"".join(self.parts), "more_body": False})


@dataclass(frozen=True, slots=True)
class Keyed:
    """A claimed key, or the reply that was kept for it."""

    row: uuid.UUID
    reply: Reply | None = None


async def begin_keyed(key: str, *, scope: str, digest: bytes) -> Keyed:
    """Claim a key for this caller and route. Raises Invalid, KeyReused, KeyRunning."""
    if not 1 <= len(key) <= KEY_MAX or not key.isprintable():
        raise Invalid(
            param="Idempotency-Key",
            problem=Words(en="use 1 to 255 printable characters", zh="请使用 1 到 255 个可见字符"),
        )
    row = ids.new()
    try:
        fresh = await DB.fetch(
            "INSERT INTO __tenant__.idempotent_reply (id, scope, key, digest, status, content_type, body, at)"
            " VALUES ($1, $2, $3, $4, 0, '', '', $5) ON CONFLICT (scope, key) DO NOTHING RETURNING id",
            row, scope[:200], key, digest, clock.now())  # fmt: skip
    except asyncpg.LockNotAvailableError:
        raise KeyRunning from None
    if fresh:
        return Keyed(row)
    first = await DB.fetchrow(
        "SELECT id, digest, status, content_type, body FROM __tenant__.idempotent_reply WHERE scope = $1 AND key = $2",
        scope[:200], key)  # fmt: skip
    if first is None:
        raise KeyRunning  # it was refused and undone just now: a repeat will do it afresh
    if first["digest"] != digest:
        raise KeyReused
    return Keyed(row=first["id"], reply=_replay(first))


async def keep(keyed: Keyed, reply: Reply) -> None:
    """Write the reply beside its effect."""
    content_type = next((value for name, value in reply.headers if name.lower() == b"content-type"), b"")
    await DB.fetch(
        "UPDATE __tenant__.idempotent_reply SET status = $2, content_type = $3, body = $4 WHERE id = $1",
        keyed.row, reply.status, content_type.decode("latin-1")[:100], b"".join(reply.parts))  # fmt: skip


def _replay(row: Any) -> Reply:
    headers = [
        (b"content-length", str(len(row["body"])).encode()),
        (b"idempotency-replayed", b"true"),
    ]
    if row["content_type"]:
        headers.append((b"content-type", row["content_type"].encode("latin-1")))
    return Reply(status=row["status"], headers=headers, parts=[row["body"]])
