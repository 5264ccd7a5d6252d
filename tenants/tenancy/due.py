"""When each tenant next has work of one kind: the one place that workers look at.

A row per tenant and job says when to look next. Whoever makes work *marks* the row before its transaction commits,
on a connection of its own, so a crash can cost a needless look but never lose one; because that look can come before
the commit, each mark asks for a second look RECHECK_SECONDS later, by when every transaction is over (their
timeouts are shorter). A worker *claims* rows with a lease and a token, by the database's clock, and *finishes* them
with the time of the next look; a mark made meanwhile wins.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from tenants.kit import ids
from tenants.tenancy.engine import DB

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

RECHECK_SECONDS = 35
LEASE_SECONDS = 120
_BACKOFF_SECONDS_MAX = 900


@dataclass(frozen=True, slots=True)
class Claim:
    """One look that this worker has taken upon itself until its lease runs out."""

    tenant: uuid.UUID
    job: str
    token: int
    marks: int
    failures: int
    at: datetime


async def mark(tenant: uuid.UUID, job: str, *, at: datetime | None = None, recheck: bool = True) -> None:
    """Have the workers look for this job of this tenant at `at` (now when None), in a transaction of its own."""
    await DB.registry_fetch(
        """
        INSERT INTO platform.due AS d (id, tenant, job, at, recheck_at, marks, token, failures, last_error)
        VALUES ($1, $2, $3, coalesce($4, clock_timestamp()),
                CASE WHEN $5 THEN clock_timestamp() + make_interval(secs => $6) END, 1, 0, 0, '')
        ON CONFLICT (tenant, job) DO UPDATE
           SET at = least(d.at, EXCLUDED.at), marks = d.marks + 1,
               recheck_at = greatest(d.recheck_at, EXCLUDED.recheck_at)
        """, ids.new(), tenant, job, at, recheck, float(RECHECK_SECONDS))  # fmt: skip


async def plant(tenant: uuid.UUID, jobs: dict[str, datetime]) -> None:
    """Make sure that a row exists for each scheduled job; rows that exist are left alone."""
    await DB.registry_fetch(
        """
        INSERT INTO platform.due (id, tenant, job, at, marks, token, failures, last_error)
        SELECT a.id, $1, a.job, a.at, 0, 0, 0, ''
          FROM unnest($2::uuid[], $3::text[], $4::timestamptz[]) AS a(id, job, at)
        ON CONFLICT (tenant, job) DO NOTHING
        """, tenant, [ids.new() for _ in jobs], list(jobs), list(jobs.values()))  # fmt: skip


async def claim(*, most: int = 20, lease_seconds: float = LEASE_SECONDS) -> list[Claim]:
    """Take up to `most` rows that are due and nobody holds, the longest waiting first, of tenants that are not served.

    One per tenant at a time is what keeps a busy tenant from holding up the others.
    """
    rows = await DB.registry_fetch(
        """
        WITH ready AS (
            SELECT DISTINCT ON (d.tenant) d.id, d.at FROM platform.due d JOIN platform.tenant t ON t.id = d.tenant
             WHERE d.at <= clock_timestamp() AND (d.lease_until IS NULL OR d.lease_until <= clock_timestamp())
               AND t.state = 'active'
               AND NOT EXISTS (SELECT 1 FROM platform.due h
                                WHERE h.tenant = d.tenant AND h.lease_until > clock_timestamp())
             ORDER BY d.tenant, d.at),
        taken AS (
            SELECT d.id FROM platform.due d
             WHERE d.id IN (SELECT id FROM ready ORDER BY at LIMIT $1)
               AND d.at <= clock_timestamp() AND (d.lease_until IS NULL OR d.lease_until <= clock_timestamp())
               FOR UPDATE SKIP LOCKED)
        UPDATE platform.due d SET lease_until = clock_timestamp() + make_interval(secs => $2), token = d.token + 1
          FROM taken WHERE d.id = taken.id
        RETURNING d.tenant, d.job, d.token, d.marks, d.failures, clock_timestamp() AS at
        """, most, float(lease_seconds))  # fmt: skip
    return [Claim(row["tenant"], row["job"], row["token"], row["marks"], row["failures"], row["at"]) for row in rows]


async def lateness_seconds() -> float:
    """How long the row that has waited longest has been due, of those that nobody holds; 0 when none is."""
    late = await DB.registry_fetch(
        "SELECT extract(epoch FROM clock_timestamp() - d.at)::float8 AS seconds"
        "  FROM platform.due d JOIN platform.tenant t ON t.id = d.tenant"
        " WHERE d.at <= clock_timestamp() AND (d.lease_until IS NULL OR d.lease_until <= clock_timestamp())"
        "   AND t.state = 'active' ORDER BY d.at LIMIT 1")  # fmt: skip
    return float(late[0]["seconds"]) if late else 0.0


async def extend(claimed: Claim, *, lease_seconds: float = LEASE_SECONDS) -> bool:
    """Hold on for longer. False if the claim has passed to somebody else, and then the work must stop."""
    rows = await DB.registry_fetch(
        "UPDATE platform.due SET lease_until = clock_timestamp() + make_interval(secs => $4)"
        " WHERE tenant = $1 AND job = $2 AND token = $3 RETURNING id",
        claimed.tenant, claimed.job, claimed.token, float(lease_seconds))  # fmt: skip
    return bool(rows)


async def finish(claimed: Claim, *, next_at: datetime | None) -> None:
    """Done: look again at `next_at` (None: only when marked), or at once if there was a mark meanwhile.

    A second look that was asked for is dropped only if this look began after its time: one that began before and took
    long may have missed what was committed in between.
    """
    await DB.registry_fetch(
        """
        UPDATE platform.due
           SET at = CASE WHEN marks <> $4 THEN clock_timestamp()
                         ELSE least(coalesce($5::timestamptz, 'infinity'::timestamptz),
                                    CASE WHEN recheck_at > $6::timestamptz THEN recheck_at END) END,
               recheck_at = CASE WHEN recheck_at > $6::timestamptz THEN recheck_at END,
               lease_until = NULL, failures = 0, last_error = ''
         WHERE tenant = $1 AND job = $2 AND token = $3
        """, claimed.tenant, claimed.job, claimed.token, claimed.marks, next_at,
        claimed.at)  # fmt: skip


async def fail(claimed: Claim, *, error: str) -> None:
    """It did not work: try again later, each time later, and keep the reason for the operator to see."""
    wait = min(_BACKOFF_SECONDS_MAX, 2.0 ** min(claimed.failures + 1, 12))
    await DB.registry_fetch(
        "UPDATE platform.due SET at = clock_timestamp() + $4::interval, lease_until = NULL, failures = failures + 1,"
        " last_error = $5 WHERE tenant = $1 AND job = $2 AND token = $3",
        claimed.tenant, claimed.job, claimed.token, timedelta(seconds=wait), error[:300])  # fmt: skip


async def release(claimed: Claim) -> None:
    """Give it back unfinished, so that another worker can take it at once: this one is about to end."""
    await DB.registry_fetch(
        "UPDATE platform.due SET at = clock_timestamp(), lease_until = NULL"
        " WHERE tenant = $1 AND job = $2 AND token = $3", claimed.tenant, claimed.job, claimed.token)  # fmt: skip
