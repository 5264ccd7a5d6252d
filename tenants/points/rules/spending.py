"""Points go out, for one member or for many at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from tenants import members
from tenants.kit import clock, ids
from tenants.kit.errors import DomainError
from tenants.points.rules.drawing import Drawing, draw, spendable
from tenants.points.rules.entries import Entry, entry_of, recorded
from tenants.points.rules.news import tell
from tenants.points.rules.refusals import Insufficient, OnceDiffers, check_movement
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterator, Mapping, Sequence

    from tenants.points.rules.reasons import Why


class _OfMember(Protocol):
    """Something that is asked for a member."""

    @property
    def member(self) -> uuid.UUID: ...


T = TypeVar("T", bound=_OfMember)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """Points that a member spends."""

    member: uuid.UUID
    points: int
    why: Why
    once: str
    note: str = ""
    detail: Mapping[str, str] = field(default_factory=dict)


async def spend(
    member: uuid.UUID, *, points: int, why: Why, once: str, note: str = "", detail: Mapping[str, str] | None = None
) -> Entry:
    """Take points (1 to 1,000,000,000) from a member, once for this occasion; those that expire soonest go first.

    Raises Invalid, Insufficient, OnceDiffers, MemberUnknown, MemberBlocked.
    """
    [done] = await spend_many(
        [Spending(member=member, points=points, why=why, once=once, note=note, detail=detail or {})]
    )
    if isinstance(done, Exception):
        raise done
    return done


async def spend_many(spendings: Sequence[Spending]) -> list[Entry | Exception]:
    """Take points from many; for each, in order, the entry or why not: what `spend` raises.

    Two statements, and two more for each further time that the same member is named.
    """
    answers: dict[int, Entry | Exception] = dict(refused(spendings))
    for turn in turns(spendings, without=answers):
        answers |= await _spend_each(turn)
    return [answers[place] for place in range(len(spendings))]


def refused(asked: Sequence[Any]) -> Iterator[tuple[int, DomainError]]:
    """The places of movements that cannot be, and why."""
    for place, one in enumerate(asked):
        try:
            check_movement(points=one.points, once=one.once, note=one.note)
        except DomainError as refusal:
            yield place, refusal


def turns(asked: Sequence[T], *, without: Mapping[int, Any]) -> list[dict[int, T]]:
    """What is asked, by place, in as many turns as the most often named member needs, none of whom is in one twice."""
    rounds: list[dict[int, T]] = []
    named: dict[Any, int] = {}
    for place, one in enumerate(asked):
        if place in without:
            continue
        turn = named.get(one.member, 0)
        named[one.member] = turn + 1
        if turn == len(rounds):
            rounds.append({})
        rounds[turn][place] = one
    return rounds


# The state and the account in one go; a member whose account is not there has nothing.
_LOCK = """
WITH account AS (
    SELECT member, balance - held AS available FROM __tenant__.points_account
    WHERE member = ANY($1::uuid[]) ORDER BY member FOR NO KEY UPDATE
)
SELECT m.id, m.state, m.merged_into, coalesce(account.available, 0) AS available
FROM __tenant__.member m LEFT JOIN account ON account.member = m.id WHERE m.id = ANY($1::uuid[])
"""


async def lock_active(who: Sequence[uuid.UUID]) -> dict[uuid.UUID, int | DomainError]:
    """Lock these members' accounts; what is there and not held, or MemberUnknown, MemberMerged or MemberBlocked."""
    rows = {row["id"]: row for row in await DB.fetch(_LOCK, sorted(who))}
    return {member: _may_spend(rows.get(member)) for member in who}


def _may_spend(row: Any) -> int | DomainError:
    if row is None:
        return members.MemberUnknown()
    if row["state"] == "merged":
        return members.MemberMerged(into=ids.show("mem", row["merged_into"]))
    return int(row["available"]) if row["state"] == "active" else members.MemberBlocked()


async def _spend_each(turn: dict[int, Spending]) -> dict[int, Entry | Exception]:
    available = await lock_active([one.member for one in turn.values()])
    moment = clock.now()
    answers: dict[int, Entry | Exception] = {}
    drawings: dict[int, Drawing] = {}
    for place, one in turn.items():
        has = available[one.member]
        if isinstance(has, DomainError):
            answers[place] = has
        elif has >= one.points:
            drawings[place] = Drawing(
                member=one.member, points=one.points, why=one.why, once=one.once, note=one.note,
                detail=one.detail)  # fmt: skip
    done = await draw(list(drawings.values()), moment=moment)
    answers |= {place: done[one.id] for place, one in drawings.items() if one.id in done}
    if left := {place: one for place, one in turn.items() if place not in answers}:
        answers |= await _already(left)
    await tell(done.values())
    return answers


async def _already(turn: dict[int, Spending]) -> dict[int, Entry | Exception]:
    found = await recorded([one.once for one in turn.values()])
    have = await spendable([one.member for one in turn.values()])
    answers: dict[int, Entry | Exception] = {}
    for place, one in turn.items():
        row = found.get(one.once)
        if row is None:
            answers[place] = Insufficient(available=have.get(one.member, 0), wanted=one.points)
        elif (row["member"], row["points"], row["why"]) != (one.member, -one.points, one.why):
            answers[place] = OnceDiffers(once=one.once)
        else:
            answers[place] = entry_of(row, repeated=True)
    return answers
