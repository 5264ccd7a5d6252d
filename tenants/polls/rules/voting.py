"""Voting: ballots of many members with one statement for each poll, tallies with one more, each exactly once.

The unique key of poll, member and period decides: a second ballot of a member becomes a change of the first. The
statement that writes a ballot keeps what it was before, so that it tells by how much the tally changes, however many
write at once. Whether a poll is open is decided by its row as nobody can change it meanwhile, and by the present
moment, so that it closes to the second without anybody closing it.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from tenants import members, segments
from tenants.kit import clock, facts, ids
from tenants.polls.rules import rewarding
from tenants.polls.rules.counting import Given, count, counts_of
from tenants.polls.rules.refusals import (
    AlreadyVoted,
    ChoiceRefused,
    NotForYou,
    NothingToWithdraw,
    OptionGone,
)
from tenants.polls.rules.standing import EVER, period_of, refusal_of
from tenants.tenancy import DB

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from tenants import rewards
    from tenants.kit.errors import DomainError

What: TypeAlias = Literal["voted", "changed", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Ballot:
    """A member who wants to choose these options of a poll; None is to withdraw the ballot that stands."""

    poll: uuid.UUID
    member: uuid.UUID
    options: tuple[uuid.UUID, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """A ballot as it stands. `repeated`: it stood so before, and nothing was changed.

    `period` is the day that it is of, None where a poll has one ballot for ever. The rest is what voting gave, told
    with the ballot for which it was given.
    """

    id: uuid.UUID
    poll: uuid.UUID
    member: uuid.UUID
    period: date | None
    options: tuple[uuid.UUID, ...]
    version: int
    at: datetime
    changed_at: datetime
    points: int = 0
    voucher_code: str | None = None
    repeated: bool = False

    @property
    def what(self) -> What:
        """What the ballot's last change was."""
        if not self.options:
            return "withdrawn"
        return "voted" if self.version == 1 else "changed"


@dataclass(frozen=True, slots=True)
class Voted:
    """Fact: members have voted, changed a vote or withdrawn it, all of one batch at once."""

    votes: tuple[Vote, ...]


# $1 the poll, $2 the period, $3 the moment, $4 whether a ballot that stands may be changed; $5 to $7 the ballots: ids,
# members, options as the text of an array, for lists of different lengths make no array of arrays. Only what can be
# chosen of this poll is; in the order of members, so that two batches wait for each other and never in a ring.
_VOTE = """
WITH asked AS (
    SELECT a.id, a.member, a.options::uuid[] AS options
      FROM unnest($5::uuid[], $6::uuid[], $7::text[]) AS a(id, member, options)
), can AS (
    SELECT array_agg(id) AS options FROM __tenant__.poll_option WHERE poll = $1 AND NOT removed
)
INSERT INTO __tenant__.poll_ballot AS b (id, poll, member, period, options, previous, version, at, changed_at)
SELECT asked.id, $1, asked.member, $2::date, asked.options, '{}'::uuid[], 1, $3::timestamptz, $3::timestamptz
  FROM asked CROSS JOIN can WHERE asked.options <@ can.options ORDER BY asked.member
ON CONFLICT (poll, member, period) DO UPDATE
   SET previous = b.options, options = EXCLUDED.options, version = b.version + 1, changed_at = EXCLUDED.changed_at
 WHERE b.options <> EXCLUDED.options AND ($4::boolean OR cardinality(b.options) = 0)
RETURNING b.*
"""
_WITHDRAW = """
UPDATE __tenant__.poll_ballot b SET previous = b.options, options = '{}', version = b.version + 1, changed_at = $4
  FROM (SELECT id FROM __tenant__.poll_ballot WHERE poll = $1 AND period = $2 AND member = ANY($3::uuid[])
           AND cardinality(options) > 0 ORDER BY member FOR NO KEY UPDATE) AS standing
 WHERE b.id = standing.id RETURNING b.*
"""


async def vote(poll: uuid.UUID, member: uuid.UUID, options: Sequence[uuid.UUID]) -> Vote:
    """Have a member choose these options, in place of what they chose in this period, if anything.

    Raises PollUnknown, PollNotOpen, PollClosed, NotForYou, ChoiceRefused, OptionGone, AlreadyVoted, MemberUnknown,
    MemberMerged, MemberBlocked; then nothing was changed.
    """
    return await _one(Ballot(poll, member, tuple(options)))


async def withdraw(poll: uuid.UUID, member: uuid.UUID) -> Vote:
    """Take back what a member chose in this period; what voting gave stays, and is not given again.

    Raises PollUnknown, PollNotOpen, PollClosed, AlreadyVoted where a vote is final, NothingToWithdraw, MemberUnknown,
    MemberMerged, MemberBlocked.
    """
    return await _one(Ballot(poll, member))


async def vote_many(ballots: Sequence[Ballot]) -> list[Vote | Exception]:
    """Vote for many; for each, in order, the ballot as it stands or why not. The exceptions are those of `vote`.

    The same ballot again changes nothing and is `repeated`. Several of one member are taken one after the other.
    """
    batch = _Batch(list(ballots))
    await batch.begin()
    while batch.open:
        await batch.turn()
    await batch.finish()
    return batch.answers


class _Batch:
    """A batch on its way: `answers` has what became of each, `open` the places of those that are still to come."""

    def __init__(self, ballots: list[Ballot]) -> None:
        self._ballots = ballots
        self.open = list(range(len(ballots)))
        self._answers: dict[int, Vote | Exception] = {}
        self._changed: list[tuple[int, Any]] = []
        self._polls: dict[uuid.UUID, Any] = {}
        self._moment = clock.now()

    @property
    def answers(self) -> list[Vote | Exception]:
        return [self._answers[place] for place in range(len(self._ballots))]

    async def begin(self) -> None:
        """Keep members and polls as they are meanwhile, and refuse what cannot be whatever was chosen."""
        who = {ballot.member for ballot in self._ballots}
        stopped = await _stopped(who)
        rows = await DB.fetch(
            "SELECT * FROM __tenant__.poll WHERE id = ANY($1::uuid[]) ORDER BY id FOR SHARE",
            list({ballot.poll for ballot in self._ballots}))  # fmt: skip
        self._polls = {row["id"]: row for row in rows}
        inside = {
            row["id"]: await segments.holding(row["segment"], who) for row in rows if row["segment"]
        }  # fmt: skip
        for place, ballot in enumerate(self._ballots):
            refused = stopped.get(ballot.member) or _refusal(ballot, self._polls.get(ballot.poll), self._moment)
            if refused is None and ballot.options is not None and ballot.member not in inside.get(ballot.poll, who):
                refused = NotForYou()
            if refused:
                self._answer(place, refused)

    async def turn(self) -> None:
        """Take the first ballot of each member and poll; who sent several at once has the next in another turn."""
        first: dict[tuple[uuid.UUID, uuid.UUID], int] = {}
        for place in self.open:
            first.setdefault((self._ballots[place].poll, self._ballots[place].member), place)
        for poll in sorted({poll for poll, _ in first}):
            await self._write(self._polls[poll], {member: place for (of, member), place in first.items() if of == poll})

    async def finish(self) -> None:
        """Give what voting gives, tell of it, and count: last, because everybody who votes waits for that."""
        fresh = [(self._polls[row["poll"]], row) for _, row in self._changed if row["version"] == 1]
        given = await rewarding.reward(fresh)
        for place, row in self._changed:
            if row["version"] == 1 and row["id"] in given:
                got = given[row["id"]]
                self._answers[place] = replace(vote_of(row), points=got.points, voucher_code=got.voucher_code)
        told = [answer for place, _ in self._changed if isinstance(answer := self._answers[place], Vote)]
        if told:
            await facts.announce(Voted(tuple(told)))
        await count(counts_of((row for _, row in self._changed), _given(fresh, given)))

    async def _write(self, poll: Any, places: dict[uuid.UUID, int]) -> None:
        period = period_of(poll, self._moment)
        choosing = {member: chosen for member, place in places.items() if (chosen := self._ballots[place].options)}
        leaving = [member for member in places if member not in choosing]
        rows = []
        if choosing:
            rows += await DB.fetch(
                _VOTE, poll["id"], period, self._moment, poll["changeable"], [ids.new() for _ in choosing],
                list(choosing), [_array(chosen) for chosen in choosing.values()])  # fmt: skip
        if leaving and poll["changeable"]:
            rows += await DB.fetch(_WITHDRAW, poll["id"], period, leaving, self._moment)
        for row in rows:
            place = places[row["member"]]
            self._changed.append((place, row))
            self._answer(place, vote_of(row))
        left = {member: place for member, place in places.items() if place not in self._answers}
        if left:
            await self._look_up(poll, period, left)

    async def _look_up(self, poll: Any, period: date, places: dict[uuid.UUID, int]) -> None:
        """Say of those whose ballots were not changed why that is."""
        rows = await DB.fetch(
            "SELECT * FROM __tenant__.poll_ballot WHERE poll = $1 AND period = $2 AND member = ANY($3::uuid[])",
            poll["id"], period, list(places))  # fmt: skip
        standing = {row["member"]: row for row in rows}
        for member, place in places.items():
            row, wanted = standing.get(member), _ordered(self._ballots[place].options or ())
            if row and tuple(row["options"]) == wanted:
                self._answer(place, replace(vote_of(row), repeated=True))
            elif row and row["options"] and not poll["changeable"]:
                self._answer(place, AlreadyVoted())
            else:
                self._answer(place, OptionGone() if wanted else NothingToWithdraw())

    def _answer(self, place: int, answer: Vote | Exception) -> None:
        self._answers[place] = answer
        self.open.remove(place)


def vote_of(row: Any) -> Vote:
    """A ballot out of its row."""
    return Vote(
        id=row["id"], poll=row["poll"], member=row["member"], period=None if row["period"] == EVER else row["period"],
        options=tuple(row["options"]), version=row["version"], at=row["at"],
        changed_at=row["changed_at"])  # fmt: skip


async def _one(ballot: Ballot) -> Vote:
    [done] = await vote_many([ballot])
    if isinstance(done, Exception):
        raise done
    return done


async def _stopped(who: Collection[uuid.UUID]) -> dict[uuid.UUID, DomainError]:
    """Those who may not take part; the others can be neither merged nor erased until this transaction is over."""
    rows = await DB.fetch(
        "SELECT id, state, merged_into FROM __tenant__.member WHERE id = ANY($1::uuid[]) ORDER BY id FOR KEY SHARE",
        list(who))  # fmt: skip
    found = {row["id"]: row for row in rows}
    stopped: dict[uuid.UUID, DomainError] = {}
    for member in who:
        row = found.get(member)
        if row is None or row["state"] == "erased":
            stopped[member] = members.MemberUnknown()
        elif row["merged_into"]:
            stopped[member] = members.MemberMerged(into=ids.show("mem", row["merged_into"]))
        elif row["state"] != "active":
            stopped[member] = members.MemberBlocked()
    return stopped


def _refusal(ballot: Ballot, poll: Any, moment: datetime) -> DomainError | None:
    refused = refusal_of(poll, moment)
    if refused or ballot.options is None:
        return refused
    chosen = len(ballot.options)
    if len(set(ballot.options)) < chosen or not poll["choices_min"] <= chosen <= poll["choices_max"]:
        return ChoiceRefused(least=poll["choices_min"], most=poll["choices_max"])
    return None


def _ordered(options: Iterable[uuid.UUID]) -> tuple[uuid.UUID, ...]:
    """A choice is a set; kept in one order, the same choice is the same array."""
    return tuple(sorted(options))


def _array(options: Iterable[uuid.UUID]) -> str:
    return "{" + ",".join(str(option) for option in _ordered(options)) + "}"


def _given(fresh: Sequence[tuple[Any, Any]], given: Mapping[uuid.UUID, rewards.Granted]) -> list[Given]:
    got = [(poll["id"], given[ballot["id"]]) for poll, ballot in fresh if ballot["id"] in given]
    return [Given(poll, one.points, one.voucher_id is not None) for poll, one in got]
