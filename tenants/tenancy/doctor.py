"""Looks whether what must always hold does: every subject's checks, for the current tenant, every night.

    findings = await doctor.examine()

A finding is a check and some of the rows that break it. The nightly job logs each as an error, without the rows: what
they hold is the seller's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING, Any

import structlog
from prometheus_client import Counter

from tenants.kit.jobs import daily, job
from tenants.kit.parts import gather_listed
from tenants.tenancy.engine import DB

if TYPE_CHECKING:
    from datetime import datetime

    from tenants.kit.checks import Check

SAMPLE = 20
FINDINGS = Counter("regulars_check_findings_total", "Rows that broke a check", ["check"])

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Finding:
    """A check that does not hold: how many rows break it, and up to SAMPLE of them."""

    check: Check
    rows: int
    sample: list[dict[str, Any]]


async def examine() -> list[Finding]:
    """Run every check for the current tenant; an empty list when all is well."""
    findings = []
    for check in gather_listed("checks", "CHECKS"):
        rows = await DB.fetch(check.sql)
        if rows:
            findings.append(Finding(check, len(rows), [dict(row) for row in rows[:SAMPLE]]))
    return findings


@job("tenancy.check", every=daily(time(4)))
async def check_nightly() -> datetime | None:
    """Examine the tenant and tell the operator what does not hold."""
    for finding in await examine():
        FINDINGS.labels(finding.check.name).inc(finding.rows)
        log.error("check_failed", check=finding.check.name, rows=finding.rows)
    return None
