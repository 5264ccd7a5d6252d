"""The ledger of points: entries that are only ever added, the lots they make, and what was taken from each."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from piccolo.columns import (
    UUID,
    Array,
    BigInt,
    Boolean,
    Date,
    ForeignKey,
    Integer,
    Numeric,
    OnDelete,
    SmallInt,
    Text,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from tenants.members.tables import Member
from tenants.tenancy import DB, PLACEHOLDER, Id, Moment

ONCE_MAX = 250
NOTE_MAX = 500


class PointsAccount(Table, tablename="points_account", schema=PLACEHOLDER, db=DB):
    """What one member has, kept beside the ledger so that it can be refused below zero; one row, the member's lock.

    `earned` and `spent` are all points that ever came in and went out; `held` are set aside for open holds; `pending`
    are to come and not in the balance; `debt` is what was to be taken back and was no longer there, which the next
    points pay first. `active_at` is the last movement that keeps sliding lots alive.
    """

    member = ForeignKey(Member, primary_key=True, null=False, default=None, on_delete=OnDelete.restrict)
    balance = BigInt(default=0)
    held = BigInt(default=0)
    earned = BigInt(default=0)
    spent = BigInt(default=0)
    pending = BigInt(default=0)
    debt = BigInt(default=0)
    active_at = Moment(null=True)
    updated_at = Moment()

    points_account_balance = Check("balance >= 0 AND balance = earned - spent")
    points_account_held = Check("held >= 0 AND held <= balance")
    points_account_totals = Check("earned >= 0 AND spent >= 0")
    points_account_pending = Check("pending >= 0")
    points_account_debt = Check("debt >= 0")


class PointsEntry(Table, tablename="points_entry", schema=PLACEHOLDER, db=DB):
    """One movement of points, never changed: a mistake is put right by another entry that `reverses` it.

    `at` is when it counts, which may lie in the past; `recorded_at` is when it was written, by which days are closed
    and sealed. `detail` are the facts of the sentence that says why, as JSON. `batch` is the lapse that it belongs to.
    """

    id = Id()
    member = ForeignKey(Member, null=False, default=None, on_delete=OnDelete.restrict)
    points = BigInt(default=None)
    why = Varchar(length=20, default=None)
    once = Varchar(length=ONCE_MAX, unique=True, default=None)
    note = Varchar(length=NOTE_MAX, default="")
    detail = Text(default="")
    reverses: ForeignKey[Any] = ForeignKey("self", null=True, default=None, on_delete=OnDelete.restrict)
    batch = UUID(null=True, default=None)
    at = Moment()
    recorded_at = Moment(null=True)

    points_entry_points = Check("points <> 0 AND points BETWEEN -1000000000000 AND 1000000000000")
    points_entry_once = Check("once <> ''")
    points_entry_reverses = Check("(reverses IS NOT NULL) = (why IN ('reversed', 'expiry_undone'))")


class PointsLot(Table, tablename="points_lot", schema=PLACEHOLDER, db=DB):
    """Points earned together, which expire together; it bears the id of the entry that earned them.

    One statement writes both, so `member` is checked nightly against the entry's instead of once more by foreign key.
    Points that were moved between accounts make lots of their own, which name their `entry` and the first lot that they
    come from (`origin`). A lot that `slides` has no date: it lasts as long as its member is active.
    """

    id = Id()
    member = UUID(default=None)
    points = BigInt(default=None)
    remaining = BigInt(default=None)
    expires_at = Moment(null=True)
    slides = Boolean(default=False)
    entry = UUID(null=True, default=None)
    origin = UUID(null=True, default=None)
    earned_at = Moment()

    points_lot_points = Check("points > 0")
    points_lot_remaining = Check("remaining >= 0 AND remaining <= points")
    points_lot_slides = Check("NOT slides OR expires_at IS NULL")


class PointsUse(Table, tablename="points_use", schema=PLACEHOLDER, db=DB):
    """How many points of a lot a movement took, or (below zero) gave back to it.

    `movement` is the id of an entry or of a hold; a hold that is confirmed becomes the entry of the same id.
    """

    id = Id()
    movement = Id(primary_key=False, index=True)
    lot = ForeignKey(PointsLot, null=False, default=None, on_delete=OnDelete.restrict, index=True)
    points = BigInt(default=None)

    points_use_points = Check("points <> 0")


class PointsHold(Table, tablename="points_hold", schema=PLACEHOLDER, db=DB):
    """Points set aside until something is sure: confirmed (spent), released (given back), or lapsed (out of time)."""

    id = Id()
    member = ForeignKey(Member, null=False, default=None, on_delete=OnDelete.restrict)
    points = BigInt(default=None)
    why = Varchar(length=20, default=None)
    once = Varchar(length=ONCE_MAX, unique=True, default=None)
    note = Varchar(length=NOTE_MAX, default="")
    state = Varchar(length=10, default="held")
    ends_at = Moment(default=None)
    at = Moment()
    decided_at = Moment(null=True)

    points_hold_points = Check("points BETWEEN 1 AND 1000000000000")
    points_hold_once = Check("once <> ''")
    points_hold_state = Check("state IN ('held', 'confirmed', 'released', 'lapsed')")
    points_hold_decided = Check("(decided_at IS NULL) = (state = 'held')")
    points_hold_ends = Check("ends_at > at")


class PointsPending(Table, tablename="points_pending", schema=PLACEHOLDER, db=DB):
    """Points that are to come: in no balance, until they become the entry of the same id and occasion."""

    id = Id()
    member = ForeignKey(Member, null=False, default=None, on_delete=OnDelete.restrict)
    points = BigInt(default=None)
    remaining = BigInt(default=None)
    why = Varchar(length=20, default=None)
    once = Varchar(length=ONCE_MAX, unique=True, default=None)
    note = Varchar(length=NOTE_MAX, default="")
    detail = Text(default="")
    state = Varchar(length=10, default="pending")
    active_at = Moment(default=None)
    expires_at = Moment(null=True)
    at = Moment()
    recorded_at = Moment()
    decided_at = Moment(null=True)

    points_pending_points = Check("points BETWEEN 1 AND 1000000000000")
    points_pending_once = Check("once <> ''")
    points_pending_state = Check("state IN ('pending', 'active', 'cancelled')")
    points_pending_remaining = Check("remaining BETWEEN 0 AND points AND (remaining > 0) = (state = 'pending')")
    points_pending_decided = Check("(decided_at IS NULL) = (state = 'pending')")


class PointsTakeBack(Table, tablename="points_take_back", schema=PLACEHOLDER, db=DB):
    """Points that were to be taken back, and what became of it; kept even where nothing was there.

    `pending` were not there yet, `taken` were in lots, `debt` is owed since; the rest of `wanted` is short for good.
    """

    id = Id()
    member = ForeignKey(Member, null=False, default=None, on_delete=OnDelete.restrict, index=True)
    wanted = BigInt(default=None)
    taken = BigInt(default=None)
    pending = BigInt(default=0)
    debt = BigInt(default=0)
    from_entry = UUID(null=True, default=None)
    why = Varchar(length=20, default="")
    once = Varchar(length=ONCE_MAX, unique=True, default=None)
    at = Moment()

    points_take_back_taken = Check("taken >= 0 AND pending >= 0 AND debt >= 0 AND taken + pending + debt <= wanted")


class PointsDebt(Table, tablename="points_debt", schema=PLACEHOLDER, db=DB):
    """One step of what a member owes: above zero it grew, below zero it was paid. Append-only."""

    id = Id()
    member = ForeignKey(Member, null=False, default=None, on_delete=OnDelete.restrict, index=True)
    points = BigInt(default=None)
    why = Varchar(length=20, default=None)
    once = Varchar(length=ONCE_MAX, unique=True, default=None)
    entry = UUID(null=True, default=None)
    at = Moment()

    points_debt_points = Check("points <> 0")


class PointsAdjustment(Table, tablename="points_adjustment", schema=PLACEHOLDER, db=DB):
    """Points that staff give or take by hand; above the shop's limit a second person has to agree."""

    id = Id()
    member = ForeignKey(Member, null=False, default=None, on_delete=OnDelete.restrict, index=True)
    points = BigInt(default=None)
    reason = Varchar(length=NOTE_MAX, default="")
    once = Varchar(length=ONCE_MAX, unique=True, default=None)
    state = Varchar(length=10, default="applied")
    proposed_by = UUID(null=True, default=None)
    proposed_name = Varchar(length=100, default="")
    decided_by = UUID(null=True, default=None)
    decided_name = Varchar(length=100, default="")
    decided_at = Moment(null=True)
    entry = UUID(null=True, default=None)
    at = Moment()

    points_adjustment_points = Check("points <> 0")
    points_adjustment_state = Check("state IN ('applied', 'proposed', 'approved', 'refused')")
    points_adjustment_decided = Check("(decided_at IS NULL) = (state = 'proposed')")
    points_adjustment_two_people = Check(
        "state NOT IN ('approved', 'refused') OR (decided_by IS NOT NULL AND decided_by IS DISTINCT FROM proposed_by)"
    )


class PointsBatch(Table, tablename="points_batch", schema=PLACEHOLDER, db=DB):
    """One batch of points that lapsed together; within a while it can be undone, once."""

    id = Id()
    members = Integer(default=0)
    lots = Integer(default=0)
    points = BigInt(default=0)
    at = Moment(index=True)
    undone_at = Moment(null=True)
    undone_by = Varchar(length=100, default="")
    undone_until = Moment(null=True, help_text="until when the points last that were given back")

    points_batch_undone = Check("(undone_at IS NULL) = (undone_until IS NULL)")


class PointsNotice(Table, tablename="points_notice", schema=PLACEHOLDER, db=DB):
    """That a member's points are going to lapse: told once for each of their dates."""

    id = Id()
    member = ForeignKey(Member, null=False, default=None, on_delete=OnDelete.restrict)
    expires_at = Moment(default=None)
    points = BigInt(default=None)
    at = Moment()

    points_notice_once = Unique([member, expires_at])


class PointsTransfer(Table, tablename="points_transfer", schema=PLACEHOLDER, db=DB):
    """What one account passed on to another: points with their dates, those to come, and debt."""

    id = Id()
    source = ForeignKey(Member, null=False, default=None, on_delete=OnDelete.restrict, index=True)
    target = ForeignKey(Member, null=False, default=None, on_delete=OnDelete.restrict)
    once = Varchar(length=ONCE_MAX, unique=True, default=None)
    points = BigInt(default=0)
    pending = Array(base_column=UUID(), default=list)
    debt = BigInt(default=0)
    out_entry = UUID(null=True, default=None)
    in_entry = UUID(null=True, default=None)
    at = Moment()
    undone_at = Moment(null=True)
    returned = BigInt(default=0)

    points_transfer_two = Check("source <> target")
    points_transfer_returned = Check("returned >= 0 AND (returned = 0 OR undone_at IS NOT NULL)")


class PointsDay(Table, tablename="points_day", schema=PLACEHOLDER, db=DB):
    """One closed day of the books: what moved, what was open at its end, and the seal over its entries."""

    id = Id()
    day = Date(default=None, unique=True)
    starts_at = Moment(default=None)
    ends_at = Moment(default=None)
    entries = Integer(default=0)
    earned = BigInt(default=0)
    spent = BigInt(default=0)
    taken_back = BigInt(default=0)
    reversed = BigInt(default=0)
    expired = BigInt(default=0)
    moved = BigInt(default=0)
    balance = BigInt(default=0)
    pending = BigInt(default=0)
    debt = BigInt(default=0)
    value = Numeric(digits=(16, 2), default=Decimal(0))
    seal = Varchar(length=64, default=None)
    closed_at = Moment()

    points_day_span = Check("ends_at >= starts_at")


class PointsPolicy(Table, tablename="points_policy", schema=PLACEHOLDER, db=DB):
    """How this shop's points behave; exactly one row."""

    id = SmallInt(primary_key=True, default=1)
    activation_days = Integer(default=0)
    expiry = Varchar(length=10, default="never")
    validity_days = Integer(null=True, default=None)
    validity_months = Integer(null=True, default=None)
    rounding = Varchar(length=10, default="day")
    calendar_days = Array(base_column=SmallInt(), default=list, help_text="month × 100 + day")
    minimum_days = Integer(default=0)
    inactivity_days = Integer(null=True, default=None)
    activity_whys = Array(base_column=Varchar(length=20), default=list)
    debt_max = BigInt(default=0)
    value_points = Integer(default=100)
    value_amount = Numeric(digits=(12, 2), default=Decimal("1.00"))
    adjustment_max = BigInt(null=True, default=None)
    notice_days = Integer(default=30)
    updated_at = Moment()

    points_policy_single = Check("id = 1")
    points_policy_validity_days = Check("validity_days BETWEEN 1 AND 36500")
    points_policy_validity_months = Check("validity_months BETWEEN 1 AND 1200")
    points_policy_expiry = Check("expiry IN ('never', 'rolling', 'calendar', 'inactivity')")
    points_policy_rounding = Check("rounding IN ('day', 'month', 'quarter', 'half_year', 'year')")
    points_policy_days = Check(
        "activation_days BETWEEN 0 AND 366 AND minimum_days BETWEEN 0 AND 3660 AND notice_days BETWEEN 0 AND 366"
        " AND inactivity_days BETWEEN 1 AND 36500"
    )
    points_policy_money = Check("value_points >= 1 AND value_amount >= 0 AND debt_max >= 0 AND adjustment_max >= 0")


TABLES: tuple[type[Table], ...] = (
    PointsAccount, PointsEntry, PointsLot, PointsUse, PointsHold, PointsPending, PointsTakeBack, PointsDebt,
    PointsAdjustment, PointsBatch, PointsNotice, PointsTransfer, PointsDay, PointsPolicy,
)  # fmt: skip
INDEXES: tuple[str, ...] = (
    "CREATE INDEX points_entry_member ON __tenant__.points_entry (member, at, id)",
    "CREATE UNIQUE INDEX points_entry_reversed ON __tenant__.points_entry (reverses) WHERE reverses IS NOT NULL",
    "CREATE INDEX points_entry_batch ON __tenant__.points_entry (batch) WHERE batch IS NOT NULL",
    # Entries are written in the order of this column, so a summary of it finds a day and costs next to nothing.
    "CREATE INDEX points_entry_recorded ON __tenant__.points_entry USING brin (recorded_at)",
    "CREATE INDEX points_lot_open ON __tenant__.points_lot (member, expires_at, id) WHERE remaining > 0",
    "CREATE INDEX points_lot_due ON __tenant__.points_lot (expires_at) WHERE remaining > 0 AND expires_at IS NOT NULL",
    "CREATE INDEX points_lot_sliding ON __tenant__.points_lot (member) WHERE remaining > 0 AND slides",
    "CREATE INDEX points_lot_entry ON __tenant__.points_lot (entry) WHERE entry IS NOT NULL",
    "CREATE INDEX points_hold_member ON __tenant__.points_hold (member, id)",
    "CREATE INDEX points_hold_due ON __tenant__.points_hold (ends_at, id) WHERE state = 'held'",
    "CREATE INDEX points_pending_member ON __tenant__.points_pending (member, active_at) WHERE state = 'pending'",
    "CREATE INDEX points_pending_due ON __tenant__.points_pending (active_at) WHERE state = 'pending'",
    "CREATE INDEX points_adjustment_open ON __tenant__.points_adjustment (at) WHERE state = 'proposed'",
)
