"""Tallies and turnout: changed by what ballots changed, never counted anew, so that reading them costs the same always.

Whoever counts has the poll's turnout first, which all who count wait for, and then changes what gained or lost.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tenants.polls.rules.standing import EVER
from tenants.tenancy import DB

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Stood:
    """A ballot that came to stand (`by` 1) or no longer does (-1)."""

    member: uuid.UUID
    period: date
    by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What is to be added to one poll: votes by option, and ballots by member."""

    poll: uuid.UUID
    votes: Mapping[uuid.UUID, int]
    stood: tuple[Stood, ...]


# $1 to $3 the polls with their ballots and members, $4 and $5 the options with their votes.
_COUNT = """
WITH gate AS (
    UPDATE __tenant__.poll_turnout t SET ballots = t.ballots + n.ballots, members = t.members + n.members
      FROM unnest($1::uuid[], $2::bigint[], $3::bigint[]) AS n(poll, ballots, members) WHERE t.poll = n.poll
    RETURNING t.poll
)
UPDATE __tenant__.poll_tally t SET votes = t.votes + n.votes
  FROM unnest($4::uuid[], $5::bigint[]) AS n(option, votes)
 WHERE t.option = n.option AND (SELECT count(*) FROM gate) > 0
"""
# By how many a poll's members change: whose only ballot there it is. Asked with the turnout locked, so that of two
# ballots of one member for two days, one sees the other.
_MEMBERS = """
SELECT a.poll, sum(a.by)::int AS members
  FROM unnest($1::uuid[], $2::uuid[], $3::date[], $4::int[]) AS a(poll, member, period, by)
 WHERE NOT EXISTS (SELECT 1 FROM __tenant__.poll_ballot o WHERE o.poll = a.poll AND o.member = a.member
                      AND o.period <> a.period AND cardinality(o.options) > 0)
 GROUP BY a.poll
"""


async def count(counts: Sequence[Count]) -> None:
    """Add these to the tallies. Everything else of the transaction must be done before: all voters wait for it."""
    counts = sorted((one for one in counts if one.votes or one.stood), key=lambda one: one.poll)
    if not counts:
        return
    ballots = {one.poll: sum(stood.by for stood in one.stood) for one in counts}
    members = dict(ballots)
    by_day = [one for one in counts if any(stood.period != EVER for stood in one.stood)]
    if by_day or len(counts) > 1:
        await lock([one.poll for one in counts])
    if by_day:
        members |= {one.poll: 0 for one in by_day} | await _members(by_day)
    await write(ballots, members, {option: by for one in counts for option, by in one.votes.items()})


async def write(
    ballots: Mapping[uuid.UUID, int], members: Mapping[uuid.UUID, int], votes: Mapping[uuid.UUID, int]
) -> None:
    """Add ballots and members by poll, and votes by option."""
    changed = [(option, by) for option, by in votes.items() if by]
    await DB.fetch(
        _COUNT, list(ballots), list(ballots.values()), [members[poll] for poll in ballots],
        [option for option, _ in changed], [by for _, by in changed])  # fmt: skip


async def lock(polls: Sequence[uuid.UUID]) -> None:
    """Have everybody else who counts for these polls wait."""
    await DB.fetch(
        "SELECT 1 FROM __tenant__.poll_turnout WHERE poll = ANY($1::uuid[]) ORDER BY poll FOR NO KEY UPDATE",
        sorted(polls))  # fmt: skip


async def _members(counts: Sequence[Count]) -> dict[uuid.UUID, int]:
    stood = [(one.poll, each) for one in counts for each in one.stood]
    rows = await DB.fetch(
        _MEMBERS, [poll for poll, _ in stood], [each.member for _, each in stood], [each.period for _, each in stood],
        [each.by for _, each in stood])  # fmt: skip
    return {row["poll"]: row["members"] for row in rows}
