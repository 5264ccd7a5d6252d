"""The ledger of points: entries that are only ever added, the lots they make, and what was taken from each."""

from __future__ import annotations

from typing import Any

from piccolo.columns import UUID, BigInt, ForeignKey, Integer, OnDelete, SmallInt, Varchar
from piccolo.constraints import Check
from piccolo.table import Table

from tenants.members.tables import Member
from tenants.tenancy import DB, PLACEHOLDER, Id, Moment

ONCE_MAX = 250
NOTE_MAX = 500


class PointsAccount(Table, tablename="points_account", schema=PLACEHOLDER, db=DB):
    """What one member has, kept beside the ledger so that it can be refused below zero; one row, the member's lock.

    `earned` and `spent` are all points that ever came in and went out; `held` are set aside for open holds.
    """

    member = ForeignKey(Member, primary_key=True, null=False, default=None, on_delete=OnDelete.restrict)
    balance = BigInt(default=0)
    held = BigInt(default=0)
    earned = BigInt(default=0)
    spent = BigInt(default=0)
    updated_at = Moment()

    points_account_balance = Check("balance >= 0 AND balance = earned - spent")
    points_account_held = Check("held >= 0 AND held <= balance")
    points_account_totals = Check("earned >= 0 AND spent >= 0")


class PointsEntry(Table, tablename="points_entry", schema=PLACEHOLDER, db=DB):
    """One movement of points, never changed: a mistake is put right by another entry that `reverses` it."""

    id = Id()
    member = ForeignKey(Member, null=False, default=None, on_delete=OnDelete.restrict)
    points = BigInt(default=None)
    why = Varchar(length=20, default=None)
    once = Varchar(length=ONCE_MAX, unique=True, default=None)
    note = Varchar(length=NOTE_MAX, default="")
    reverses: ForeignKey[Any] = ForeignKey("self", null=True, default=None, on_delete=OnDelete.restrict)
    at = Moment()

    points_entry_points = Check("points <> 0 AND points BETWEEN -1000000000000 AND 1000000000000")
    points_entry_once = Check("once <> ''")
    points_entry_reverses = Check("(reverses IS NOT NULL) = (why = 'reversed')")


class PointsLot(Table, tablename="points_lot", schema=PLACEHOLDER, db=DB):
    """Points earned together, which expire together; it bears the id of the entry that earned them.

    One statement writes both, so `member` is checked nightly against the entry's instead of once more by foreign key.
    """

    id = Id()
    member = UUID(default=None)
    points = BigInt(default=None)
    remaining = BigInt(default=None)
    expires_at = Moment(null=True)
    earned_at = Moment()

    points_lot_points = Check("points > 0")
    points_lot_remaining = Check("remaining >= 0 AND remaining <= points")


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


class PointsTakeBack(Table, tablename="points_take_back", schema=PLACEHOLDER, db=DB):
    """Points that were to be taken back, and how many of them were still there; kept even where none were."""

    id = Id()
    member = ForeignKey(Member, null=False, default=None, on_delete=OnDelete.restrict, index=True)
    wanted = BigInt(default=None)
    taken = BigInt(default=None)
    once = Varchar(length=ONCE_MAX, unique=True, default=None)
    at = Moment()

    points_take_back_taken = Check("taken >= 0 AND taken <= wanted")


class PointsPolicy(Table, tablename="points_policy", schema=PLACEHOLDER, db=DB):
    """How this shop's points behave; exactly one row. Without `validity_days` points never expire."""

    id = SmallInt(primary_key=True, default=1)
    validity_days = Integer(null=True, default=None)
    updated_at = Moment()

    points_policy_single = Check("id = 1")
    points_policy_validity_days = Check("validity_days BETWEEN 1 AND 36500")


TABLES: tuple[type[Table], ...] = (
    PointsAccount, PointsEntry, PointsLot, PointsUse, PointsHold, PointsTakeBack, PointsPolicy,
)  # fmt: skip
INDEXES: tuple[str, ...] = (
    "CREATE INDEX points_entry_member ON __tenant__.points_entry (member, at, id)",
    "CREATE UNIQUE INDEX points_entry_reversed ON __tenant__.points_entry (reverses) WHERE reverses IS NOT NULL",
    "CREATE INDEX points_lot_open ON __tenant__.points_lot (member, expires_at, id) WHERE remaining > 0",
    "CREATE INDEX points_lot_due ON __tenant__.points_lot (expires_at) WHERE remaining > 0 AND expires_at IS NOT NULL",
    "CREATE INDEX points_hold_member ON __tenant__.points_hold (member, id)",
    "CREATE INDEX points_hold_due ON __tenant__.points_hold (ends_at, id) WHERE state = 'held'",
)
