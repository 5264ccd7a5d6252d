"""Codes that are still in clear, from before they were locked away, are hashed and locked, a batch at a time."""

from __future__ import annotations

from tenants.tenancy import DB
from tenants.vouchers.rules import codes


async def seal_codes(limit: int) -> int:
    """Lock away at most `limit` codes that lie in clear; answers with how many there were."""
    rows = await DB.fetch(
        "SELECT id, code FROM __tenant__.voucher WHERE code IS NOT NULL ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED",
        limit)  # fmt: skip
    kept = [codes.keep(row["code"]) for row in rows]
    if rows:
        await DB.fetch(
            "UPDATE __tenant__.voucher v SET code = NULL, code_digest = a.digest, code_shut = a.shut"
            " FROM unnest($1::uuid[], $2::bytea[], $3::bytea[]) AS a (id, digest, shut) WHERE v.id = a.id",
            [row["id"] for row in rows], [digest for digest, _ in kept], [shut for _, shut in kept])  # fmt: skip
    return len(rows)
