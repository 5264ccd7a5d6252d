"""Forgets, once a day, what is kept for a while only: replies to keyed requests, and sign-ins that were used."""

from __future__ import annotations

from datetime import datetime, time

from tenants.kit import clock
from tenants.kit.jobs import daily, job
from tenants.tenancy import replies
from tenants.tenancy.engine import DB

BATCH = 5_000


@job("tenancy.forget", every=daily(time(4, 30)))
async def forget_daily() -> datetime | None:
    """Forget a batch of each, and go on at once while there is more."""
    more = [await replies.prune(limit=BATCH), await _forget_spent(limit=BATCH)]
    return clock.now() if any(more) else None


async def _forget_spent(*, limit: int) -> bool:
    gone = await DB.fetch(
        "DELETE FROM __tenant__.spent_token WHERE digest IN"
        " (SELECT digest FROM __tenant__.spent_token WHERE ends_at < $1 ORDER BY ends_at LIMIT $2) RETURNING digest",
        clock.now(), limit)  # fmt: skip
    return len(gone) == limit
