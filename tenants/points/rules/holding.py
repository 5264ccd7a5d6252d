"""Points set aside: drawn from their lots at once, spent or given back when it is decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from tenants.kit import clock, ids
from tenants.kit.errors import DomainError, Invalid
from tenants.kit.words import Words
from tenants.points.rules.drawing import DRAWN, TAKEN, lock_accounts, spendable
from tenants.points.rules.entries import Entry, entry_of
from tenants.points.rules.news import tell
from tenants.points.rules.reasons import Why
from tenants.points.rules.refusals import HoldOver, Insufficient, NoSuchHold, OnceDiffers
from tenants.points.rules.spending import lock_active, refused, turns
from tenants.points.rules.transferring import pass_on
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence
    from datetime import datetime

HoldState = Literal["held", "confirmed", "released", "lapsed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Points set aside. `state` is held, confirmed (spent), released (given back) or lapsed (given back by time)."""

    id: uuid.UUID
    member: uuid.UUID
    points: int
    why: Why
    once: str
    state: HoldState
    ends_at: datetime
    at: datetime
    note: str = ""
    repeated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Points to set aside."""

    member: uuid.UUID
    points: int
    why: Why
    once: str
    ends_at: datetime
    note: str = ""


_HOLD = f"""{DRAWN}, movement AS (
    INSERT INTO __tenant__.points_hold (id, member, points, why, once, note, state, ends_at, at, decided_at)
    SELECT enough.id, enough.member, enough.points, t.why, t.once, t.note, 'held', t.ends_at, $5::timestamptz, NULL
    FROM enough JOIN unnest($6::text[], $7::text[], $8::text[], $9::timestamptz[]) WITH ORDINALITY
        AS t(why, once, note, ends_at, place) USING (place) ORDER BY t.once
    ON CONFLICT DO NOTHING RETURNING id, member, points
){TAKEN}, account AS (
    UPDATE __tenant__.points_account a SET held = held + m.points, updated_at = $5::timestamptz
    FROM movement m WHERE a.member = m.member
)
SELECT id FROM movement
"""

_CONFIRM = """
WITH movement AS (
    UPDATE __tenant__.points_hold SET state = 'confirmed', decided_at = $2
    WHERE id = $1 AND state = 'held' AND ends_at > $2 RETURNING id, member, points, why, note
), entry AS (
    INSERT INTO __tenant__.points_entry (id, member, points, why, once, note, reverses, at, recorded_at)
    SELECT id, member, -points, why, $3, note, NULL, $2, $2 FROM movement
    RETURNING id, member, points, why, once, note, detail, at
), account AS (
    UPDATE __tenant__.points_account a
    SET balance = a.balance - m.points, held = a.held - m.points, spent = a.spent + m.points, updated_at = $2,
        active_at = CASE WHEN cardinality(policy.activity_whys) = 0 OR m.why = ANY(policy.activity_whys)
            THEN greatest(a.active_at, $2) ELSE a.active_at END
    FROM movement m JOIN __tenant__.points_policy policy ON policy.id = 1 WHERE a.member = m.member
)
SELECT * FROM entry
"""

_FREE = """
WITH movement AS (
    UPDATE __tenant__.points_hold SET state = $2, decided_at = $3 WHERE id = ANY($1::uuid[]) AND state = 'held'
    RETURNING id, member, points
), back AS (
    SELECT used.lot, sum(used.points)::bigint AS points
    FROM __tenant__.points_use used JOIN movement ON movement.id = used.movement GROUP BY used.lot
), lot AS (
    UPDATE __tenant__.points_lot l SET remaining = l.remaining + back.points FROM back WHERE l.id = back.lot
), account AS (
    UPDATE __tenant__.points_account a SET held = a.held - freed.points, updated_at = $3
    FROM (SELECT member, sum(points)::bigint AS points FROM movement GROUP BY member) freed
    WHERE a.member = freed.member
)
SELECT id FROM movement
"""


async def hold(member: uuid.UUID, *, points: int, why: Why, once: str, ends_at: datetime, note: str = "") -> Hold:
    """Set points (1 to 1,000,000,000) aside until `ends_at`, once for this occasion; nothing else can spend them.

    A repeat answers with the hold as it stands now, whenever it was to end.
    Raises Invalid, Insufficient, OnceDiffers, MemberUnknown, MemberBlocked.
    """
    [made] = await hold_many([Holding(member=member, points=points, why=why, once=once, ends_at=ends_at, note=note)])
    if isinstance(made, Exception):
        raise made
    return made


async def hold_many(holdings: Sequence[Holding]) -> list[Hold | Exception]:
    """Set points of many aside; for each, in order, the hold or why not: what `hold` raises.

    Two statements, and two more for each further time that the same member is named.
    """
    answers: dict[int, Hold | Exception] = dict(refused(holdings))
    moment = clock.now()
    over = {place: one for place, one in enumerate(holdings) if place not in answers and one.ends_at <= moment}
    for place, answer in (await _held_before(over)).items() if over else ():
        ahead = Words(en="it must lie ahead", zh="必须晚于当前时间")
        answers[place] = Invalid(param="ends_at", problem=ahead) if isinstance(answer, Insufficient) else answer
    for turn in turns(holdings, without=answers):
        answers |= await _hold_each(turn)
    return [answers[place] for place in range(len(holdings))]


async def _hold_each(turn: dict[int, Holding]) -> dict[int, Hold | Exception]:
    available = await lock_active([one.member for one in turn.values()])
    moment = clock.now()
    answers: dict[int, Hold | Exception] = {}
    made: dict[int, Hold] = {}
    for place, one in turn.items():
        has = available[one.member]
        if isinstance(has, DomainError):
            answers[place] = has
        elif has >= one.points:
            made[place] = Hold(
                id=ids.new(), member=one.member, points=one.points, why=one.why, once=one.once, state="held",
                ends_at=one.ends_at, at=moment, note=one.note)  # fmt: skip
    done = {row["id"] for row in await DB.fetch(
        _HOLD, [one.id for one in made.values()], [one.member for one in made.values()],
        [one.points for one in made.values()], [None for _ in made], moment, [one.why.value for one in made.values()],
        [one.once for one in made.values()], [one.note for one in made.values()],
        [one.ends_at for one in made.values()])} if made else set()  # fmt: skip
    answers |= {place: one for place, one in made.items() if one.id in done}
    if left := {place: one for place, one in turn.items() if place not in answers}:
        answers |= await _held_before(left)
    return answers


async def _held_before(turn: dict[int, Holding]) -> dict[int, Hold | Exception]:
    onces = [one.once for one in turn.values()]
    rows = await DB.fetch("SELECT * FROM __tenant__.points_hold WHERE once = ANY($1::text[])", onces)
    found = {row["once"]: row for row in rows}
    have = await spendable([one.member for one in turn.values()])
    answers: dict[int, Hold | Exception] = {}
    for place, one in turn.items():
        row = found.get(one.once)
        if row is None:
            answers[place] = Insufficient(available=have.get(one.member, 0), wanted=one.points)
        elif (row["member"], row["points"], row["why"]) != (one.member, one.points, one.why):
            answers[place] = OnceDiffers(once=one.once)
        else:
            answers[place] = hold_of(row, repeated=True)
    return answers


async def confirm(hold_id: uuid.UUID) -> Entry:
    """Spend what is held; confirmed twice is confirmed once. Raises NoSuchHold, HoldOver (released, lapsed, ended)."""
    found = await find_hold(hold_id)
    await lock_accounts([found.member])
    row = await DB.fetchrow(_CONFIRM, hold_id, clock.now(), f"hold/{ids.show('hld', hold_id)}")
    if row:
        entry = entry_of(row)
        await tell([entry])
        return entry
    found = await find_hold(hold_id)
    if found.state != "confirmed":
        raise HoldOver(state="lapsed" if found.state == "held" else found.state)
    spent = await DB.fetchrow("SELECT * FROM __tenant__.points_entry WHERE id = $1", hold_id)
    return entry_of(spent, repeated=True)


async def release(hold_id: uuid.UUID) -> Hold:
    """Give held points back to the lots they were drawn from, with the dates these had.

    What has been given back already, or has lapsed, stays so. Raises NoSuchHold, and HoldOver where they are spent.
    """
    found = await find_hold(hold_id)
    await lock_accounts([found.member])
    freed = await free([hold_id], state="released", moment=clock.now())
    if freed:
        await pass_on([found.member])
    found = await find_hold(hold_id, repeated=not freed)
    if found.state == "confirmed":
        raise HoldOver(state=found.state)
    return found


async def find_hold(hold_id: uuid.UUID, *, repeated: bool = False) -> Hold:
    """The hold as it stands. Raises NoSuchHold."""
    row = await DB.fetchrow("SELECT * FROM __tenant__.points_hold WHERE id = $1", hold_id)
    if row is None:
        raise NoSuchHold
    return hold_of(row, repeated=repeated)


async def free(holds: Sequence[uuid.UUID], *, state: HoldState, moment: datetime) -> int:
    """Give back what these holds set aside, where they are still open. Their members' accounts must be locked."""
    return len(await DB.fetch(_FREE, list(holds), state, moment))


def hold_of(row: Any, *, repeated: bool = False) -> Hold:
    """A hold out of its row."""
    return Hold(
        id=row["id"], member=row["member"], points=row["points"], why=Why(row["why"]), once=row["once"],
        state=row["state"], ends_at=row["ends_at"], at=row["at"], note=row["note"], repeated=repeated)  # fmt: skip
