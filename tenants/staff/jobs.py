"""What happens to staff's leftovers at night."""

from __future__ import annotations

from datetime import datetime, time

from tenants.kit.jobs import daily, job
from tenants.staff.rules import sessions


@job("staff.purge", every=daily(time(4, 10)))
async def purge() -> datetime | None:
    """Delete ended sessions and healed counters."""
    await sessions.purge()
    return None
