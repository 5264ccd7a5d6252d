"""Runs jobs for tenants: what the workers do with a claim, and how a transaction asks for work."""

from __future__ import annotations

import contextvars
import traceback
from typing import TYPE_CHECKING, Any

from tenants.kit import clock
from tenants.kit.jobs import JOBS, send_requests_to
from tenants.tenancy import doctor, due, forgetting, registry
from tenants.tenancy.current import current_tenant, use_tenant
from tenants.tenancy.engine import DB

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from tenants.tenancy.current import Tenant


async def _no_bell() -> None:
    """Without a bell the workers find the mark by themselves within a second or two."""


_bell: Callable[[], Awaitable[None]] = _no_bell


def hang_bell(bell: Callable[[], Awaitable[None]]) -> None:
    """Have `bell` called after each commit that made work. It must not raise and may do nothing."""
    global _bell  # noqa: PLW0603  one process has one queue to ring
    _bell = bell


_winding_down = False


def wind_down() -> None:
    """Say that this process is about to end: a job that works through many things stops after the present one."""
    global _winding_down  # noqa: PLW0603  a process ends once
    _winding_down = True


def is_winding_down() -> bool:
    """Whether this process is about to end."""
    return _winding_down


async def ask_for(job: str) -> None:
    """Mark the job due for the current tenant when the open transaction commits."""
    tenant = current_tenant()
    transaction = DB.open_transaction()

    async def before() -> None:
        await due.mark(tenant.id, job)

    async def after() -> None:
        await due.mark(tenant.id, job, recheck=False)
        await _bell()

    transaction.before_commit(("due", job), before)
    transaction.after_commit(("due", job), after)


send_requests_to(ask_for)


OWN_JOBS = (doctor.check_nightly, forgetting.forget_daily)  # named here so that whoever plants schedules knows of them


async def plant_schedule(tenant: Tenant) -> None:
    """Make sure that every scheduled job has its row for this tenant."""
    moment = clock.now()
    await due.plant(tenant.id, {job.name: job.every(tenant.timezone, moment) for job in JOBS.values() if job.every})


async def perform(claimed: due.Claim) -> Any:
    """Run one claim in its tenant and say when to look next. Raises what the job raises, after noting it."""
    job = JOBS.get(claimed.job)
    tenant = await registry.by_id(claimed.tenant)
    if job is None or tenant is None:
        await due.fail(claimed, error="no such job" if job is None else "no such tenant")
        return None
    try:
        registry.admit(tenant)
        with use_tenant(tenant):
            if job.transaction:
                async with DB.transaction():
                    next_at = await job.run()
            else:
                next_at = await job.run()
    except Exception as error:
        await due.fail(claimed, error=describe(error))
        raise
    await due.finish(claimed, next_at=next_at or _following(job.every, tenant))
    return next_at


def describe(error: BaseException) -> str:
    """An error's kind, the constraint it names and its place, without its words: those may quote a row, so a person."""
    constraint = getattr(error, "constraint_name", None)
    places = traceback.extract_tb(error.__traceback__)
    ours = [place for place in places if "/site-packages/" not in place.filename] or places
    where = f"at {ours[-1].filename.rpartition('/')[2]}:{ours[-1].lineno}" if ours else ""
    return " ".join(word for word in (type(error).__name__, constraint, where) if word)


def _following(every: Callable[[str, datetime], datetime] | None, tenant: Tenant) -> datetime | None:
    return every(tenant.timezone, clock.now()) if every else None


def fresh_context() -> contextvars.Context:
    """A context with no tenant and no transaction, for tasks that outlive the request that starts them."""
    return contextvars.Context()
