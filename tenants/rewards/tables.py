"""Every reward that went out: to whom, why, and what came of it."""

from __future__ import annotations

from piccolo.columns import UUID, BigInt, ForeignKey, OnDelete, Varchar
from piccolo.constraints import Check
from piccolo.table import Table

from tenants.members.tables import Member
from tenants.tenancy import DB, PLACEHOLDER, Id, Moment
from tenants.vouchers.tables import Voucher, VoucherTemplate

ONCE_MAX = 190  # with its prefix it names the occasion of the points and of the voucher, too
NOTE_MAX = 500


class RewardGrant(Table, tablename="reward_grant", schema=PLACEHOLDER, db=DB):
    """One reward given to one member, once, for one reason.

    `points_entry` is written before the entry that it names, so it is checked nightly instead of by a foreign key.
    `voucher_refused` is the code of the refusal where points went out although the voucher could not.
    """

    id = Id()
    member = ForeignKey(Member, null=False, default=None, on_delete=OnDelete.restrict)
    points = BigInt(default=0)
    points_entry = UUID(null=True, default=None)
    voucher_template = ForeignKey(VoucherTemplate, null=True, default=None, on_delete=OnDelete.restrict)
    voucher = ForeignKey(Voucher, null=True, default=None, on_delete=OnDelete.restrict)
    voucher_refused = Varchar(length=60, null=True, default=None)
    why = Varchar(length=20, default=None)
    once = Varchar(length=ONCE_MAX, unique=True, default=None)
    note = Varchar(length=NOTE_MAX, default="")
    at = Moment()

    reward_grant_points = Check("points BETWEEN 0 AND 1000000000 AND (points > 0) = (points_entry IS NOT NULL)")
    reward_grant_something = Check("points > 0 OR voucher_template IS NOT NULL")
    reward_grant_voucher = Check(
        "(voucher IS NULL OR voucher_refused IS NULL)"
        " AND (voucher_template IS NOT NULL OR (voucher IS NULL AND voucher_refused IS NULL))"
    )
    reward_grant_once = Check("once <> ''")


TABLES: tuple[type[Table], ...] = (RewardGrant,)
INDEXES: tuple[str, ...] = (
    "CREATE INDEX reward_grant_member ON __tenant__.reward_grant (member, id)",
    "CREATE UNIQUE INDEX reward_grant_voucher_once ON __tenant__.reward_grant (voucher) WHERE voucher IS NOT NULL",
    (
        "CREATE INDEX reward_grant_template ON __tenant__.reward_grant (voucher_template)"
        " WHERE voucher_template IS NOT NULL"
    ),
)
