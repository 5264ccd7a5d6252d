"""Tallies and turnout: changed by what ballots changed, never counted anew, so that reading them costs the same always.

Whoever counts has the poll's turnout first, which all who count wait for, and then changes what gained or lost.
"""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from tenants.polls.rules.standing import EVER
from tenants.tenancy import DB

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Stood:
    """A ballot that came to stand (`by` 1) or no longer does (-1)."""

    member: uuid.UUID
    period: date
    by: int


@dataclass(frozen=True, slots=True)
class Given:
    """What was given for a ballot of a poll: points, and a voucher or none."""

    poll: uuid.UUID
    points: int
    voucher: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What is to be added to one poll: votes by option, ballots by member, and what was given for them."""

    poll: uuid.UUID
    votes: Mapping[uuid.UUID, int]
    stood: tuple[Stood, ...]
    points: int = 0
    vouchers: int = 0


# $1 to $5 the polls with what they gain, $6 and $7 the options with their votes.
_COUNT = """
WITH gate AS (
    UPDATE __tenant__.poll_turnout t
       SET ballots = t.ballots + n.ballots, members = t.members + n.members, points = t.points + n.points,
           vouchers = t.vouchers + n.vouchers
      FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])
           AS n(poll, ballots, members, points, vouchers)
     WHERE t.poll = n.poll RETURNING t.poll
)
UPDATE __tenant__.poll_tally t SET votes = t.votes + n.votes
  FROM unnest($6::uuid[], $7::bigint[]) AS n(option, votes)
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
    counts = sorted((one for one in counts if one.votes or one.stood or one.points or one.vouchers), key=_poll_of)
    if not counts:
        return
    members = {one.poll: sum(stood.by for stood in one.stood) for one in counts}
    by_day = [one for one in counts if any(stood.period != EVER for stood in one.stood)]
    if by_day or len(counts) > 1:
        await lock([one.poll for one in counts])
    if by_day:
        members |= dict.fromkeys(map(_poll_of, by_day), 0) | await _members(by_day)
    await write(counts, members)


async def write(counts: Sequence[Count], members: Mapping[uuid.UUID, int]) -> None:
    """Add to the tallies what is said, and so many members to each poll."""
    changed = [(option, by) for one in counts for option, by in one.votes.items() if by]
    await DB.fetch(
        _COUNT, [one.poll for one in counts], [sum(stood.by for stood in one.stood) for one in counts],
        [members[one.poll] for one in counts], [one.points for one in counts], [one.vouchers for one in counts],
        [option for option, _ in changed], [by for _, by in changed])  # fmt: skip


def counts_of(rows: Iterable[Any], given: Iterable[Given] = ()) -> list[Count]:
    """What changed ballots (rows with `options` and `previous`) change, and what was given for them.

    What a ballot gained by one change and lost by another of the same batch is nothing.
    """
    votes: dict[uuid.UUID, Counter[uuid.UUID]] = defaultdict(Counter)
    stood: dict[uuid.UUID, Counter[tuple[uuid.UUID, date]]] = defaultdict(Counter)
    for row in rows:
        votes[row["poll"]].update(row["options"])
        votes[row["poll"]].subtract(row["previous"])
        stood[row["poll"]][row["member"], row["period"]] += bool(row["options"]) - bool(row["previous"])
    points: Counter[uuid.UUID] = Counter()
    vouchers: Counter[uuid.UUID] = Counter()
    for one in given:
        points[one.poll] += one.points
        vouchers[one.poll] += one.voucher
    return [
        Count(
            poll=poll, votes={option: by for option, by in gained.items() if by}, points=points[poll],
            vouchers=vouchers[poll],
            stood=tuple(Stood(member, period, by) for (member, period), by in stood[poll].items() if by))
        for poll, gained in votes.items()
    ]  # fmt: skip


async def lock(polls: Sequence[uuid.UUID]) -> None:
    """Have everybody else who counts for these polls wait."""
    await DB.fetch(
        "SELECT 1 FROM __tenant__.poll_turnout WHERE poll = ANY($1::uuid[]) ORDER BY poll FOR NO KEY UPDATE",
        sorted(polls))  # fmt: skip


def _poll_of(one: Count) -> uuid.UUID:
    return one.poll


async def _members(counts: Sequence[Count]) -> dict[uuid.UUID, int]:
    stood = [(one.poll, each) for one in counts for each in one.stood]
    rows = await DB.fetch(
        _MEMBERS, [poll for poll, _ in stood], [each.member for _, each in stood], [each.period for _, each in stood],
        [each.by for _, each in stood])  # fmt: skip
    return {row["poll"]: row["members"] for row in rows}
