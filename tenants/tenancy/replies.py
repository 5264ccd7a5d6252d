"""The first reply to a keyed request, kept in the transaction of its effect and given again to a repeat.

After draft-ietf-httpapi-idempotency-key-header-07: the same key with the same input gets the same bytes; with other
input, KeyReused; while the first is still running, KeyRunning. A refused request keeps nothing, for nothing was done.
"""

from __future__ import annotations

import contextvars
import hashlib
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import asyncpg

from tenants.kit import clock, ids
from tenants.kit.errors import Conflict, DomainError, Invalid, Refused
from tenants.kit.seals import fingerprints
from tenants.kit.words import Words
from tenants.tenancy.engine import DB

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

KEY_MAX = 255
KEPT_FOR = timedelta(days=90)
_FORGET_AT_ONCE = 20_000  # replies a statement: far within the time that one may take
_GONE = (
    b'{"type":"about:blank","status":410,"code":"reply.forgotten","title":"Gone",'
    b'"detail":"The reply was about a person who has been erased."}'
)


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


@dataclass(frozen=True, slots=True)
class KeyedRequest:
    """A request with a key: `scope` is who called what, `digest` a keyed hash of the input.

    Without the secret nobody can try inputs out until one fits: the answers to an anonymous survey are such an input.
    `former` are the hashes that the same input had earlier: under secrets that were in use, and without any.
    """

    scope: str
    key: str
    digest: bytes
    kept_for: timedelta = KEPT_FOR
    former: frozenset[bytes] = frozenset()

    @classmethod
    def of(cls, key: str, *, caller: str, route: str, content: bytes, kept_for: timedelta = KEPT_FOR) -> KeyedRequest:
        """From the parts of a request. Raises Invalid for a key that is not 1 to 255 printable characters."""
        if not 1 <= len(key) <= KEY_MAX or not key.isprintable():
            raise Invalid(
                param="Idempotency-Key",
                problem=Words(en="use 1 to 255 printable characters", zh="请使用 1 到 255 个可见字符"),
            )
        # A path can be long; what is unique must not be cut off.
        scope = hashlib.sha256(f"{caller} {route}".encode("utf-8", "surrogateescape")).hexdigest()
        digest, *former = fingerprints("reply", content)
        return cls(scope, key, digest, kept_for, frozenset({*former, hashlib.sha256(content).digest()}))


@dataclass(frozen=True, slots=True)
class KeptReply:
    """What was answered the first time."""

    status: int
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Claimed:
    """The row of a key that is ours now, the reply kept for it, or why neither can be had."""

    row: uuid.UUID | None = None
    kept: KeptReply | None = None
    error: DomainError | None = None


# The key of the request being served, for verbs that open their own transaction.
keyed_request: contextvars.ContextVar[KeyedRequest | None] = contextvars.ContextVar("keyed_request", default=None)


async def claim(requests: Sequence[KeyedRequest]) -> list[Claimed]:
    """Claim keys in the open transaction; an answer for each, in order. Waits for a first request, but not long."""
    order = sorted(range(len(requests)), key=lambda i: (requests[i].scope, requests[i].key))
    rows = [ids.new() for _ in requests]
    try:
        fresh = await DB.fetch(
            "INSERT INTO __tenant__.idempotent_reply (id, scope, key, digest, status, content_type, body, at, until)"
            " SELECT a.id, a.scope, a.key, a.digest, 0, '', '', $5::timestamptz, $5::timestamptz + a.kept_for"
            " FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[], $6::interval[])"
            " AS a(id, scope, key, digest, kept_for)"
            " ON CONFLICT (scope, key) DO NOTHING RETURNING id",
            [rows[i] for i in order], [requests[i].scope for i in order], [requests[i].key for i in order],
            [requests[i].digest for i in order], clock.now(), [requests[i].kept_for for i in order])  # fmt: skip
    except asyncpg.LockNotAvailableError:
        raise KeyRunning from None
    ours = {row["id"] for row in fresh}
    if len(ours) == len(requests):
        return [Claimed(row=row) for row in rows]
    return [
        Claimed(row=row) if row in ours else await _find(request) for row, request in zip(rows, requests, strict=True)
    ]


async def keep(rows: Sequence[tuple[uuid.UUID, KeptReply]]) -> None:
    """Write replies beside their effects, in the same transaction."""
    await DB.fetch(
        "UPDATE __tenant__.idempotent_reply r SET status = a.status, content_type = a.content_type, body = a.body"
        " FROM unnest($1::uuid[], $2::int[], $3::text[], $4::bytea[]) AS a(id, status, content_type, body)"
        " WHERE r.id = a.id",
        [row for row, _ in rows], [reply.status for _, reply in rows],
        [reply.content_type[:100] for _, reply in rows], [reply.body for _, reply in rows])  # fmt: skip


async def once(answer: Callable[[], Awaitable[KeptReply]]) -> tuple[KeptReply, bool]:
    """The answer to the request being served, and whether it was given before: for verbs with their own transaction.

    Call it inside that transaction. Raises KeyReused, KeyRunning.
    """
    keyed = keyed_request.get()
    claimed = (await claim([keyed]))[0] if keyed else Claimed()
    if claimed.error:
        raise claimed.error
    if claimed.kept:
        return claimed.kept, True
    reply = await answer()
    if claimed.row:
        await keep([(claimed.row, reply)])
    return reply, False


async def forget(rows: Sequence[uuid.UUID], *, words: Sequence[str]) -> int:
    """Blank every reply that names one of these rows by its id, or holds one of these words; answers with how many.

    A repeat is then told that what it asks for is gone (410), and nothing is done again.
    """
    letters = [ids.show("", row)[1:] for row in rows]
    blanked, after = 0, uuid.UUID(int=0)
    while True:
        last = await DB.fetchval(
            "SELECT id FROM __tenant__.idempotent_reply WHERE id > $1 ORDER BY id OFFSET $2 LIMIT 1",
            after, _FORGET_AT_ONCE - 1)  # fmt: skip
        gone = await DB.fetch(
            "UPDATE __tenant__.idempotent_reply AS r SET status = 410, content_type = 'application/problem+json',"
            " body = $5 WHERE r.id > $1 AND ($2::uuid IS NULL OR r.id <= $2) AND r.body <> $5 AND (EXISTS"
            " (SELECT 1 FROM regexp_matches(encode(r.body, 'escape'), '_([0-9a-z]{26})', 'g') AS named (parts)"
            " WHERE named.parts[1] = ANY($3::text[])) OR EXISTS (SELECT 1 FROM unnest($4::bytea[]) AS needle (word)"
            " WHERE position(needle.word IN r.body) > 0)) RETURNING r.id",
            after, last, letters, [word.encode() for word in words], _GONE)  # fmt: skip
        blanked += len(gone)
        if last is None:
            return blanked
        after = last


async def prune(*, limit: int) -> bool:
    """Forget up to `limit` of the replies whose time is over, oldest first. True if there may be more."""
    gone = await DB.fetch(
        "DELETE FROM __tenant__.idempotent_reply WHERE id IN"
        " (SELECT id FROM __tenant__.idempotent_reply WHERE until < $1 ORDER BY until LIMIT $2) RETURNING id",
        clock.now(), limit)  # fmt: skip
    return len(gone) == limit


async def _find(request: KeyedRequest) -> Claimed:
    first: Any = await DB.fetchrow(
        "SELECT id, digest, status, content_type, body FROM __tenant__.idempotent_reply WHERE scope = $1 AND key = $2",
        request.scope, request.key)  # fmt: skip
    # None: it was refused and undone just now. Status 0: it stands beside us in this very batch.
    if first is None or first["status"] == 0:
        return Claimed(error=KeyRunning())
    if first["digest"] != request.digest and first["digest"] not in request.former:
        return Claimed(error=KeyReused())
    return Claimed(row=first["id"], kept=KeptReply(first["status"], first["content_type"], first["body"]))
