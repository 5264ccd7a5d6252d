"""How polls stand: what members see of one, and the result, which costs the same to read however many have voted."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tenants import segments
from tenants.kit import clock
from tenants.kit.words import Words
from tenants.polls.rules import editing
from tenants.polls.rules.intervals import Share, share
from tenants.polls.rules.refusals import NotForYou, PollUnknown
from tenants.polls.rules.standing import Status, name_of, period_of, refusal_of, status_of, text_of
from tenants.polls.rules.voting import Vote, vote_of
from tenants.tenancy import DB

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tenants.kit.errors import DomainError


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing to choose. `removed`: it was taken off after some had chosen it, and is offered no more."""

    id: uuid.UUID
    text: Words
    picture: uuid.UUID | None
    product: str
    price_low: Decimal | None
    price_high: Decimal | None
    removed: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """How many ballots chose an option, as a share of all ballots."""

    option: Option
    votes: int
    share: Share


@dataclass(frozen=True, slots=True)
class Result:
    """How a poll stands: each option in the seller's order, how many ballots there are and how many members voted."""

    poll: uuid.UUID
    options: tuple[Tally, ...]
    ballots: int
    members: int
    over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A poll as one member sees it. `result` is None where they may not see it (yet), and then nothing tells of it.

    `options` are in the order for this member. `vote` is their own ballot of this period, a withdrawn one too.
    `refusal` says why they cannot vote now.
    """

    poll: uuid.UUID
    name: Words
    description: Words
    picture: uuid.UUID | None
    status: Status
    starts_at: datetime | None
    closes_at: datetime | None
    period: str
    choices_min: int
    choices_max: int
    changeable: bool
    results: str
    reward_points: int
    reward_voucher: Words | None
    options: tuple[Option, ...]
    vote: Vote | None
    result: Result | None
    refusal: DomainError | None

    @property
    def voted(self) -> bool:
        """Whether the member has a ballot that stands."""
        return self.vote is not None and bool(self.vote.options)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A poll in which a member can vote now, or has voted in this period."""

    poll: uuid.UUID
    name: Words
    picture: uuid.UUID | None
    closes_at: datetime | None
    reward_points: int
    voted: bool


async def offers(member: uuid.UUID) -> list[Offer]:
    """The polls that are open for a member now, those in which they have not voted yet first."""
    moment = clock.now()
    rows = await DB.fetch(
        "SELECT * FROM __tenant__.poll WHERE state = 'live' AND (starts_at IS NULL OR starts_at <= $1)"
        " AND (ends_at IS NULL OR ends_at > $1) ORDER BY created_at DESC, id DESC", moment)  # fmt: skip
    open_to = [row for row in rows if row["segment"] is None or await segments.holding(row["segment"], [member])]
    own = await _own([row["id"] for row in open_to], member)
    found = [
        Offer(
            poll=row["id"], name=name_of(row), picture=row["picture"], closes_at=row["ends_at"],
            reward_points=row["reward_points"], voted=bool(own.get((row["id"], period_of(row, moment)))))
        for row in open_to
    ]  # fmt: skip
    return sorted(found, key=lambda offer: offer.voted)


async def look(poll: uuid.UUID, member: uuid.UUID | None) -> Sheet:
    """A poll as a member sees it, or as somebody who is none would. Raises PollUnknown, for drafts too."""
    row = await editing.find(poll)
    if row["state"] == "draft":
        raise PollUnknown
    moment = clock.now()
    vote = await own_vote(row, member) if member else None
    status = status_of(row, moment)
    seen = _sees(row, status, voted=bool(vote and vote.options))
    refusal = refusal_of(row, moment)
    if refusal is None and row["segment"]:
        refusal = None if member and await segments.holding(row["segment"], [member]) else NotForYou()
    return await _sheet(row, status=status, member=member, vote=vote, seen=seen, refusal=refusal)


async def preview(poll: uuid.UUID) -> Sheet:
    """A poll, a draft too, as somebody would see it who has not voted. Raises PollUnknown."""
    row = await editing.find(poll)
    status = status_of(row, clock.now())
    return await _sheet(row, status=status, member=None, vote=None, seen=False, refusal=None)


async def own_vote(row: Any, member: uuid.UUID) -> Vote | None:
    """The ballot of a member in the present period of the poll in this row, withdrawn or not."""
    found = await DB.fetchrow(
        "SELECT * FROM __tenant__.poll_ballot WHERE poll = $1 AND member = $2 AND period = $3",
        row["id"], member, period_of(row, clock.now()))  # fmt: skip
    return vote_of(found) if found else None


async def result(poll: uuid.UUID) -> Result:
    """How a poll stands, for staff: whatever members may see of it. Raises PollUnknown."""
    return await _result(await editing.find(poll))


def option_of(row: Any) -> Option:
    """An option out of its row."""
    return Option(
        id=row["id"], text=text_of(row), picture=row["picture"], product=row["product"], price_low=row["price_low"],
        price_high=row["price_high"], removed=row["removed"])  # fmt: skip


async def polls(*, before: uuid.UUID | None = None, limit: int = 20, state: str | None = None) -> list[Any]:
    """Polls as rows with their turnout, the newest first, older than the one called `before`.

    By the time at which they were made: the id of a copy comes from what it is a copy of, and tells no time.
    """
    return await DB.fetch(
        "SELECT p.*, t.ballots, t.members FROM __tenant__.poll p JOIN __tenant__.poll_turnout t ON t.poll = p.id"
        " WHERE ($1::uuid IS NULL OR (p.created_at, p.id) <"
        " (SELECT b.created_at, b.id FROM __tenant__.poll b WHERE b.id = $1))"
        " AND ($3::text IS NULL OR p.state = $3) ORDER BY p.created_at DESC, p.id DESC LIMIT $2",
        before, limit, state)  # fmt: skip


async def find(poll: uuid.UUID) -> Any:
    """A poll as a row with its turnout. Raises PollUnknown."""
    row = await DB.fetchrow(
        "SELECT p.*, t.ballots, t.members FROM __tenant__.poll p JOIN __tenant__.poll_turnout t ON t.poll = p.id"
        " WHERE p.id = $1", poll)  # fmt: skip
    if row is None:
        raise PollUnknown
    return row


def _sees(row: Any, status: Status, *, voted: bool) -> bool:
    """Whether a member may see how a poll stands. When it is over, all may whose shop shows it at all."""
    shown = row["results"]
    if shown == "staff":
        return False
    return shown == "always" or status == "over" or (shown == "after_vote" and voted)


async def _sheet(
    row: Any, *, status: Status, member: uuid.UUID | None, vote: Vote | None, seen: bool, refusal: DomainError | None
) -> Sheet:
    described = Words(
        en=row["description_en"] or row["description_zh"], zh=row["description_zh"] or row["description_en"]
    )
    return Sheet(
        poll=row["id"], name=name_of(row), description=described, picture=row["picture"], status=status,
        starts_at=row["starts_at"], closes_at=row["ends_at"], period=row["period"], choices_min=row["choices_min"],
        choices_max=row["choices_max"], changeable=row["changeable"], results=row["results"],
        reward_points=row["reward_points"], reward_voucher=await _voucher(row["reward_voucher"]),
        options=await _options(row, member, vote), vote=vote, result=await _result(row) if seen else None,
        refusal=refusal)  # fmt: skip


async def _options(poll: Any, member: uuid.UUID | None, vote: Vote | None) -> tuple[Option, ...]:
    """What can be chosen, and what this member has chosen though it is offered no more, in the order for them."""
    rows = await DB.fetch(
        "SELECT * FROM __tenant__.poll_option WHERE poll = $1 AND (NOT removed OR id = ANY($2::uuid[]))"
        " ORDER BY position, id", poll["id"], list(vote.options) if vote else [])  # fmt: skip
    if poll["shuffled"] and member:
        rows = sorted(rows, key=lambda row: _lot(member, row["id"]))
    return tuple(option_of(row) for row in rows)


def _lot(member: uuid.UUID, option: uuid.UUID) -> bytes:
    """By which a member always sees the options in the same order, and each member in another."""
    return hashlib.sha256(member.bytes + option.bytes).digest()


async def _result(poll: Any) -> Result:
    rows = await DB.fetch(
        "SELECT o.*, t.votes, n.ballots, n.members FROM __tenant__.poll_turnout n"
        " JOIN __tenant__.poll_option o ON o.poll = n.poll JOIN __tenant__.poll_tally t ON t.option = o.id"
        " WHERE n.poll = $1 AND (t.votes > 0 OR NOT o.removed) ORDER BY o.position, o.id", poll["id"])  # fmt: skip
    ballots = rows[0]["ballots"] if rows else 0
    return Result(
        poll=poll["id"], ballots=ballots, members=rows[0]["members"] if rows else 0,
        options=tuple(Tally(option_of(row), row["votes"], share(row["votes"], ballots)) for row in rows),
        over=status_of(poll, clock.now()) == "over")  # fmt: skip


async def _own(polls: Sequence[uuid.UUID], member: uuid.UUID) -> Mapping[tuple[uuid.UUID, Any], bool]:
    rows = await DB.fetch(
        "SELECT poll, period, cardinality(options) > 0 AS stands FROM __tenant__.poll_ballot"
        " WHERE member = $2 AND poll = ANY($1::uuid[])", list(polls), member)  # fmt: skip
    return {(row["poll"], row["period"]): row["stands"] for row in rows}


async def _voucher(template: uuid.UUID | None) -> Words | None:
    if template is None:
        return None
    return name_of(
        await DB.fetchrow("SELECT name_en, name_zh FROM __tenant__.voucher_template WHERE id = $1", template)
    )
