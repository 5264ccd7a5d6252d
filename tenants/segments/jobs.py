"""What segments do by themselves."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from tenants.kit.jobs import daily, job
from tenants.segments.rules import rfm

if TYPE_CHECKING:
    from datetime import datetime


@job("segments.refresh_rfm", every=daily(time(2, 20)))
async def refresh_rfm() -> datetime | None:
    """Take the medians of the shop's buyers anew."""
    await rfm.refresh_rfm()
    return None
