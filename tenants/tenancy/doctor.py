"""Looks whether what must always hold does: every subject's checks, for the current tenant, every night.

    findings = await doctor.examine()

A finding is a check and some of the rows that break it, or why it could not be run. The nightly job logs each as an
error, without the rows: what they hold is the seller's. Each check has a transaction and a time of its own, for on a
large shop one reads whole tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING, Any

import asyncpg
import structlog
from prometheus_client import Counter

from tenants.kit.jobs import daily, job
from tenants.kit.parts import gather_listed
from tenants.tenancy.engine import DB

if TYPE_CHECKING:
    from datetime import datetime

    from tenants.kit.checks import Check

SAMPLE = 20
CHECK_SECONDS = 600.0
FINDINGS = Counter("regulars_check_findings_total", "Rows that broke a check", ["check"])

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Finding:
    """A check that does not hold: how many rows break it, and up to SAMPLE of them. Or the kind of error it met."""

    check: Check
    rows: int
    sample: list[dict[str, Any]]
    error: str = ""


async def examine() -> list[Finding]:
    """Run every check for the current tenant; an empty list when all is well.

    In the open transaction if there is one, so that it sees what was done there.
    """
    findings = []
    for check in gather_listed("checks", "CHECKS"):
        own = DB.current_transaction.get() is None
        try:
            async with DB.transaction(seconds=CHECK_SECONDS) if own else DB.savepoint():
                rows = await DB.fetch(f"SELECT *, count(*) OVER () FROM ({check.sql}) AS broken LIMIT {SAMPLE}")
        except (asyncpg.PostgresError, OSError) as error:
            findings.append(Finding(check, 0, [], type(error).__name__))
            continue
        if rows:
            findings.append(Finding(check, rows[0][-1], [dict(list(row.items())[:-1]) for row in rows]))
    return findings


@job("tenancy.check", every=daily(time(4)), transaction=False)
async def check_nightly() -> datetime | None:
    """Examine the tenant and tell the operator what does not hold."""
    for finding in await examine():
        if finding.error:
            log.error("check_not_run", check=finding.check.name, error=finding.error)
            continue
        FINDINGS.labels(finding.check.name).inc(finding.rows)
        log.error("check_failed", check=finding.check.name, rows=finding.rows)
    return None
