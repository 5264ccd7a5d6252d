"""Points that a member got and should not have kept: from what is pending, from lots, and else owed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tenants import members
from tenants.kit import clock, ids
from tenants.points.rules.debts import owe
from tenants.points.rules.drawing import EMPTY, Account, Drawing, draw, lock_accounts
from tenants.points.rules.entries import Entry, entry_of, recorded
from tenants.points.rules.news import tell
from tenants.points.rules.refusals import OnceDiffers
from tenants.points.rules.spending import refused, turns
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from tenants.points.rules.reasons import Why


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack:
    """Points to take back from a member; those that `from_entry` brought, or is to bring, go first."""

    member: uuid.UUID
    points: int
    why: Why
    once: str
    note: str = ""
    detail: Mapping[str, str] = field(default_factory=dict)
    from_entry: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What taking back came to: `taken`, `debt` and `short` make what was wanted.

    Of `taken`, `pending` had not become active yet, and the rest is the entry's; `debt` is owed since, where the shop
    allows it; `short` is lost for good.
    """

    taken: int
    short: int
    entry: Entry | None
    pending: int = 0
    debt: int = 0
    repeated: bool = False


async def take_back(
    member: uuid.UUID,
    *,
    points: int,
    why: Why,
    once: str,
    note: str = "",
    detail: Mapping[str, str] | None = None,
    from_entry: uuid.UUID | None = None,
) -> TakenBack:
    """Take back so many points, as far as they are there, once for this occasion (an order was refunded, say).

    What `from_entry` brought goes first, from what is still pending of it on; then what expires soonest; held points
    are left alone. The rest becomes debt as far as the shop allows. A repeat answers as the first time did, though
    there may be more points by now. Raises Invalid, MemberUnknown, OnceDiffers.
    """
    [done] = await take_back_many([
        TakeBack(
            member=member, points=points, why=why, once=once, note=note, detail=detail or {}, from_entry=from_entry)
    ])  # fmt: skip
    if isinstance(done, Exception):
        raise done
    return done


async def take_back_many(asked: Sequence[TakeBack]) -> list[TakenBack | Exception]:
    """Take points back from many, as `take_back` does; for each, in order, what it came to or why not.

    A few statements for all, and as many more for each further time that the same member is named.
    """
    answers: dict[int, TakenBack | Exception] = dict(refused(asked))
    for turn in turns(asked, without=answers):
        answers |= await _take_each(turn)
    return [answers[place] for place in range(len(asked))]


# What is pending of the entries from which is to be taken, and how much may be owed.
_PENDING = """
SELECT w.id, w.member, w.remaining, policy.debt_max FROM __tenant__.points_policy policy
LEFT JOIN __tenant__.points_pending w ON w.id = ANY($1::uuid[]) AND w.state = 'pending' WHERE policy.id = 1
"""

_NOTE = """
WITH noted AS (
    INSERT INTO __tenant__.points_take_back (id, member, wanted, taken, pending, debt, from_entry, why, once, at)
    SELECT t.id, t.member, t.wanted, t.taken, t.pending, t.debt, t.from_entry, t.why, t.once, $10::timestamptz
    FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::uuid[], $8::text[],
        $9::text[]) AS t(id, member, wanted, taken, pending, debt, from_entry, why, once)
    WHERE (SELECT true FROM __tenant__.member m WHERE m.id = t.member)
    ORDER BY t.once ON CONFLICT (once) DO NOTHING RETURNING id, member, pending, from_entry
), reduced AS (
    UPDATE __tenant__.points_pending w SET remaining = w.remaining - noted.pending,
        state = CASE WHEN w.remaining = noted.pending THEN 'cancelled' ELSE 'pending' END,
        decided_at = CASE WHEN w.remaining = noted.pending THEN $10::timestamptz END
    FROM noted WHERE w.id = noted.from_entry AND noted.pending > 0
), account AS (
    UPDATE __tenant__.points_account a SET pending = a.pending - noted.pending, updated_at = $10::timestamptz
    FROM noted WHERE a.member = noted.member AND noted.pending > 0
)
SELECT id FROM noted
"""


async def _take_each(turn: dict[int, TakeBack]) -> dict[int, TakenBack | Exception]:
    accounts = await lock_accounts(one.member for one in turn.values())
    rows = await DB.fetch(_PENDING, [one.from_entry for one in turn.values() if one.from_entry])
    waiting = {(row["id"], row["member"]): row["remaining"] for row in rows if row["id"]}
    debt_max = rows[0]["debt_max"]
    moment = clock.now()
    plans = {
        place: _plan(one, accounts.get(one.member, EMPTY), waiting.get((one.from_entry, one.member), 0), debt_max)
        for place, one in turn.items()
    }
    noted = {place: ids.new() for place in turn}
    fresh = await _note(turn, plans, noted, moment)
    new = [place for place in turn if noted[place] in fresh]
    drawings = {
        place: Drawing(
            member=turn[place].member, points=drawn, why=turn[place].why, once=turn[place].once,
            note=turn[place].note, detail=turn[place].detail, first=turn[place].from_entry)
        for place in new
        if (drawn := plans[place].taken - plans[place].pending)
    }  # fmt: skip
    entries = await draw(list(drawings.values()), moment=moment, even_expired=True)
    answers: dict[int, TakenBack | Exception] = {}
    owing = []
    for place in new:
        one, plan = turn[place], plans[place]
        drawing = drawings.get(place)
        if drawing and drawing.id not in entries:
            raise OnceDiffers(once=one.once)  # an entry has the occasion, so what was noted may not stand
        answers[place] = TakenBack(
            taken=plan.taken, short=plan.short, entry=entries[drawing.id] if drawing else None, pending=plan.pending,
            debt=plan.debt)  # fmt: skip
        if plan.debt:
            owing.append((one.member, plan.debt, one.why, one.once, None))
    await owe(owing, moment=moment)
    await tell(entries.values())
    if left := {place: one for place, one in turn.items() if place not in answers}:
        answers |= await _before(left)
    return answers


def _plan(one: TakeBack, account: Account, waiting: int, debt_max: int) -> TakenBack:
    pending = min(one.points, waiting)
    drawn = min(one.points - pending, account.available)
    # Who never had an account has nothing in which a debt could be written down.
    owed = 0 if account is EMPTY else max(0, debt_max - account.debt)
    debt = min(one.points - pending - drawn, owed)
    taken = pending + drawn
    return TakenBack(taken=taken, short=one.points - taken - debt, entry=None, pending=pending, debt=debt)


async def _note(
    turn: dict[int, TakeBack], plans: dict[int, TakenBack], noted: dict[int, uuid.UUID], moment: datetime
) -> set[uuid.UUID]:
    places = list(turn)
    rows = await DB.fetch(
        _NOTE,
        [noted[place] for place in places],
        [turn[place].member for place in places],
        [turn[place].points for place in places],
        [plans[place].taken - plans[place].pending for place in places],
        [plans[place].pending for place in places],
        [plans[place].debt for place in places],
        [turn[place].from_entry for place in places],
        [turn[place].why.value for place in places],
        [turn[place].once for place in places],
        moment,
    )
    return {row["id"] for row in rows}


async def _before(turn: dict[int, TakeBack]) -> dict[int, TakenBack | Exception]:
    """What these came to the first time, or that they are about nobody."""
    onces = [one.once for one in turn.values()]
    rows = await DB.fetch("SELECT * FROM __tenant__.points_take_back WHERE once = ANY($1::text[])", onces)
    first = {row["once"]: row for row in rows}
    entries = await recorded(onces)
    return {place: _same(one, first.get(one.once), entries.get(one.once)) for place, one in turn.items()}


def _same(one: TakeBack, first: Any, entry: Any) -> TakenBack | Exception:
    if first is None:
        return members.MemberUnknown()
    facts = [(first["member"], one.member), (first["wanted"], one.points), (first["why"] or one.why, one.why)]
    if any(was != told for was, told in facts) or (entry is not None and entry["why"] != one.why):
        return OnceDiffers(once=one.once)
    taken = first["taken"] + first["pending"]
    return TakenBack(
        taken=taken, short=first["wanted"] - taken - first["debt"], pending=first["pending"], debt=first["debt"],
        entry=entry_of(entry, repeated=True) if entry else None, repeated=True)  # fmt: skip
