"""Going through all members in small pieces when an activity goes live, so that what was known before is noted."""

from __future__ import annotations

from tenants.profiles.rules.activities import live_activity
from tenants.profiles.rules.answering import take_note
from tenants.tenancy import DB


async def sweep(limit: int) -> bool:
    """Take note of the next `limit` members of the live activity. True while there are more. Safe to repeat."""
    activity = await live_activity()
    if activity is None or activity["swept"]:
        return False
    rows = await DB.fetch(
        "SELECT id FROM __tenant__.member WHERE state = 'active' AND ($1::uuid IS NULL OR id > $1)"
        " ORDER BY id LIMIT $2", activity["swept_upto"], limit)  # fmt: skip
    await take_note([row["id"] for row in rows])
    more = len(rows) == limit
    # On condition that nobody has asked for another round meanwhile.
    await DB.fetch(
        "UPDATE __tenant__.profile_activity SET swept_upto = $2, swept = $3"
        " WHERE id = $1 AND NOT swept AND swept_upto IS NOT DISTINCT FROM $4",
        activity["id"], rows[-1]["id"] if rows else activity["swept_upto"], not more,
        activity["swept_upto"])  # fmt: skip
    return more
