"""What of polls follows a person: ballots go into another member and back.

Of a period in which both voted, the target's ballot stands: the source's is withdrawn, and the tally follows; when the
merge is undone it stands again, whatever has become of the poll. Nobody's ballot is uncounted when they are erased: it
keeps the number of a row that says nothing of anybody.
"""

from __future__ import annotations

import uuid
from collections import Counter
from typing import TYPE_CHECKING, Any

from tenants import members
from tenants.polls.rules import counting
from tenants.tenancy import DB

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOVED = "poll_ballot"
_WITHDRAWN = "poll_ballot.withdrawn"


async def move_all(merge: uuid.UUID, source: uuid.UUID, target: uuid.UUID) -> None:
    """Two members are one person: the source's ballots are the target's, or withdrawn where the target has one."""
    polls = await _polls_of(source)
    if not polls:
        return
    before = await _voters(polls, source, target)
    moved = await DB.fetch(
        "UPDATE __tenant__.poll_ballot b SET member = $2 WHERE b.member = $1 AND NOT EXISTS (SELECT 1 FROM"
        " __tenant__.poll_ballot o WHERE o.member = $2 AND o.poll = b.poll AND o.period = b.period) RETURNING b.id",
        source, target)  # fmt: skip
    withdrawn = await DB.fetch(
        "UPDATE __tenant__.poll_ballot SET previous = options, options = '{}', version = version + 1"
        " WHERE member = $1 AND cardinality(options) > 0 RETURNING *", source)  # fmt: skip
    await members.note_moved(merge, _MOVED, [row["id"] for row in moved])
    await members.note_moved(merge, _WITHDRAWN, [row["id"] for row in withdrawn])
    await _count(polls, withdrawn, before, await _voters(polls, source, target))


async def move_back(merge: uuid.UUID, source: uuid.UUID, target: uuid.UUID) -> None:
    """They were two after all: what was moved goes back, and what was withdrawn stands again."""
    moved, withdrawn = await members.moved(merge, _MOVED), await members.moved(merge, _WITHDRAWN)
    rows = await DB.fetch(
        "SELECT DISTINCT poll FROM __tenant__.poll_ballot WHERE id = ANY($1::uuid[])", [*moved, *withdrawn]
    )
    polls = [row["poll"] for row in rows]
    if not polls:
        return
    before = await _voters(polls, source, target)
    await DB.fetch("UPDATE __tenant__.poll_ballot SET member = $2 WHERE id = ANY($1::uuid[])", moved, source)
    standing = await DB.fetch(
        "UPDATE __tenant__.poll_ballot SET options = previous, previous = '{}', version = version + 1"
        " WHERE id = ANY($1::uuid[]) AND cardinality(options) = 0 RETURNING *", withdrawn)  # fmt: skip
    await _count(polls, standing, before, await _voters(polls, source, target))


async def _polls_of(member: uuid.UUID) -> list[uuid.UUID]:
    rows = await DB.fetch("SELECT DISTINCT poll FROM __tenant__.poll_ballot WHERE member = $1", member)
    return [row["poll"] for row in rows]


async def _voters(polls: list[uuid.UUID], *both: uuid.UUID) -> Counter[uuid.UUID]:
    """How many of the two have a ballot that stands, by poll. Both are locked, so nobody votes for them meanwhile."""
    rows = await DB.fetch(
        "SELECT poll, count(DISTINCT member) AS voters FROM __tenant__.poll_ballot"
        " WHERE poll = ANY($1::uuid[]) AND member = ANY($2::uuid[]) AND cardinality(options) > 0 GROUP BY poll",
        polls, list(both))  # fmt: skip
    return Counter({row["poll"]: row["voters"] for row in rows})


async def _count(
    polls: list[uuid.UUID], changed: Iterable[Any], before: Counter[uuid.UUID], after: Counter[uuid.UUID]
) -> None:
    counts = {one.poll: one for one in counting.counts_of(changed)}
    await counting.lock(polls)
    await counting.write(
        [counts.get(poll, counting.Count(poll=poll, votes={}, stood=())) for poll in polls],
        {poll: after[poll] - before[poll] for poll in polls})  # fmt: skip
