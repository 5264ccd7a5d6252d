"""What happens to members later."""

from __future__ import annotations

from datetime import datetime, time

from tenants import members
from tenants.kit.jobs import daily, job


@job("members.carry_out_imports", transaction=False)
async def carry_out_imports() -> datetime | None:
    """Carry out the large files that were taken in, part by part."""
    await members.carry_out_running()
    return None


@job("members.forget_imports", every=daily(time(4, 40)))
async def forget_imports() -> datetime | None:
    """Forget old imports and why their rows were left out."""
    await members.forget_old()
    return None
