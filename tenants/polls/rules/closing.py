"""Noting that polls are over, for lists and for those who want to be told; nothing depends on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants.kit import clock
from tenants.polls.rules.editing import end
from tenants.tenancy import DB

if TYPE_CHECKING:
    from datetime import datetime


async def close_due(limit: int) -> tuple[int, datetime | None]:
    """End the polls whose time has come, at most `limit`; how many, and when the next one's will."""
    due = await DB.fetch(
        "SELECT id FROM __tenant__.poll WHERE state IN ('live', 'paused') AND ends_at <= $1"
        " ORDER BY ends_at, id LIMIT $2 FOR UPDATE SKIP LOCKED", clock.now(), limit)  # fmt: skip
    for row in due:
        await end(row["id"])
    following: datetime | None = await DB.fetchval(
        "SELECT min(ends_at) FROM __tenant__.poll WHERE state IN ('live', 'paused')")  # fmt: skip
    return len(due), following
