"""Points set aside: drawn from their lots at once, spent or given back when it is decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from tenants import members
from tenants.kit import clock, ids
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.points.rules.earning import Entry, entry_of
from tenants.points.rules.reasons import Why
from tenants.points.rules.refusals import HoldOver, NoSuchHold, OnceDiffers, check_movement
from tenants.points.rules.spending import DRAWN, TAKEN, insufficient, lock_account
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


_HOLD = f"""{DRAWN}, movement AS (
    INSERT INTO __tenant__.points_hold (id, member, points, why, once, note, state, ends_at, at, decided_at)
    SELECT $5::uuid, $1::uuid, $2::bigint, $6, $7, $8, 'held', $9::timestamptz, $3::timestamptz, NULL
    WHERE (SELECT sum(points) FROM drawn) = $2::bigint
    ON CONFLICT DO NOTHING RETURNING id
){TAKEN}, account AS (
    UPDATE __tenant__.points_account SET held = held + $2::bigint, updated_at = $3::timestamptz
    FROM movement WHERE member = $1
)
SELECT id FROM movement
"""

_CONFIRM = """
WITH movement AS (
    UPDATE __tenant__.points_hold SET state = 'confirmed', decided_at = $2
    WHERE id = $1 AND state = 'held' AND ends_at > $2 RETURNING id, member, points, why, note
), entry AS (
    INSERT INTO __tenant__.points_entry (id, member, points, why, once, note, reverses, at)
    SELECT id, member, -points, why, $3, note, NULL, $2 FROM movement
    RETURNING id, member, points, why, once, note, at
), account AS (
    UPDATE __tenant__.points_account a
    SET balance = a.balance - m.points, held = a.held - m.points, spent = a.spent + m.points, updated_at = $2
    FROM movement m WHERE a.member = m.member
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
    check_movement(points=points, once=once, note=note)
    await members.require_active(member)
    available = await lock_account(member)
    moment = clock.now()
    if ends_at <= moment:
        raise Invalid(param="ends_at", problem=Words(en="it must lie ahead", zh="必须晚于当前时间"))
    made = Hold(
        id=ids.new(), member=member, points=points, why=why, once=once, state="held", ends_at=ends_at, at=moment,
        note=note)  # fmt: skip
    if available >= points and await DB.fetchrow(
        _HOLD, member, points, moment, None, made.id, why.value, once, note, ends_at):  # fmt: skip
        return made
    row = await DB.fetchrow("SELECT * FROM __tenant__.points_hold WHERE once = $1", once)
    if row is None:
        raise await insufficient(member, wanted=points)
    if (row["member"], row["points"], row["why"]) != (member, points, why):
        raise OnceDiffers(once=once)
    return hold_of(row, repeated=True)


async def confirm(hold_id: uuid.UUID) -> Entry:
    """Spend what is held; confirmed twice is confirmed once. Raises NoSuchHold, HoldOver (released, lapsed, ended)."""
    found = await find_hold(hold_id)
    await lock_account(found.member)
    row = await DB.fetchrow(_CONFIRM, hold_id, clock.now(), f"hold/{ids.show('hld', hold_id)}")
    if row:
        return entry_of(row)
    found = await find_hold(hold_id)
    if found.state != "confirmed":
        raise HoldOver(state="lapsed" if found.state == "held" else found.state)
    entry = await DB.fetchrow("SELECT * FROM __tenant__.points_entry WHERE id = $1", hold_id)
    return entry_of(entry, repeated=True)


async def release(hold_id: uuid.UUID) -> Hold:
    """Give held points back to the lots they were drawn from, with the dates these had.

    What has been given back already, or has lapsed, stays so. Raises NoSuchHold, and HoldOver where they are spent.
    """
    found = await find_hold(hold_id)
    await lock_account(found.member)
    freed = await free([hold_id], state="released", moment=clock.now())
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
