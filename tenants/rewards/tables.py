"""Every reward that went out: to whom, why, and what came of it; what may go out; and the gifts of levels."""

from __future__ import annotations

from piccolo.columns import UUID, BigInt, Boolean, Date, ForeignKey, Integer, OnDelete, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from tenants.levels.tables import Level
from tenants.members.tables import Member
from tenants.tenancy import DB, PLACEHOLDER, Id, Moment
from tenants.vouchers.tables import Voucher, VoucherTemplate

ONCE_MAX = 190  # with its prefix it names the occasion of the points and of the voucher, too
NOTE_MAX = 500


class RewardGrant(Table, tablename="reward_grant", schema=PLACEHOLDER, db=DB):
    """One reward given to one member, once, for one reason.

    `points_entry` is written before the entry that it names, so it is checked nightly instead of by a foreign key.
    `voucher_refused` is the code of the refusal where the rest went out although the voucher could not;
    `points_refused` says so of points for which the budget was used up, and how many these were.
    """

    id = Id()
    member = ForeignKey(Member, null=False, default=None, on_delete=OnDelete.restrict)
    points = BigInt(default=0)
    points_entry = UUID(null=True, default=None)
    points_refused = BigInt(default=0)
    growth = Integer(default=0)
    voucher_template = ForeignKey(VoucherTemplate, null=True, default=None, on_delete=OnDelete.restrict)
    voucher = ForeignKey(Voucher, null=True, default=None, on_delete=OnDelete.restrict)
    voucher_refused = Varchar(length=60, null=True, default=None)
    why = Varchar(length=20, default=None)
    once = Varchar(length=ONCE_MAX, unique=True, default=None)
    note = Varchar(length=NOTE_MAX, default="")
    at = Moment()
    given_on = Date(null=True, default=None, help_text="the shop's day on which it went out, by which budgets count")

    reward_grant_points = Check("points BETWEEN 0 AND 1000000000 AND (points > 0) = (points_entry IS NOT NULL)")
    reward_grant_points_refused = Check("points_refused >= 0 AND (points_refused = 0 OR points = 0)")
    reward_grant_growth = Check("growth BETWEEN 0 AND 1000000000")
    reward_grant_something = Check("points > 0 OR points_refused > 0 OR growth > 0 OR voucher_template IS NOT NULL")
    reward_grant_voucher = Check(
        "(voucher IS NULL OR voucher_refused IS NULL)"
        " AND (voucher_template IS NOT NULL OR (voucher IS NULL AND voucher_refused IS NULL))"
    )
    reward_grant_once = Check("once <> ''")


class RewardBudget(Table, tablename="reward_budget", schema=PLACEHOLDER, db=DB):
    """How many points may go out for a reason in a day or a calendar month, over all members."""

    id = Id()
    why = Varchar(length=20, default=None)
    period = Varchar(length=5, default="month")
    points_max = BigInt(default=None)
    active = Boolean(default=True)
    created_at = Moment()
    updated_at = Moment()

    reward_budget_period = Check("period IN ('day', 'month')")
    reward_budget_points_max = Check("points_max BETWEEN 0 AND 1000000000000")
    reward_budget_once = Unique([why, period])


class RewardBudgetUse(Table, tablename="reward_budget_use", schema=PLACEHOLDER, db=DB):
    """What has gone out of a budget in the day or month that begins with `starts_on`; the row is the budget's lock."""

    id = Id()
    budget = ForeignKey(RewardBudget, null=False, default=None, on_delete=OnDelete.cascade)
    starts_on = Date(default=None)
    points = BigInt(default=0)

    reward_budget_use_once = Unique([budget, starts_on])
    reward_budget_use_points = Check("points >= 0")


class LevelGift(Table, tablename="level_gift", schema=PLACEHOLDER, db=DB):
    """What a level gives: on reaching it (`reached`), or in place of the shop's birthday gift (`birthday`).

    Who reaches a level again after a drop is given its gift once more only with `again`.
    """

    id = Id()
    level = ForeignKey(Level, null=False, default=None, on_delete=OnDelete.cascade)
    occasion = Varchar(length=10, default="reached")
    points = Integer(default=0)
    voucher_template = ForeignKey(VoucherTemplate, null=True, default=None, on_delete=OnDelete.restrict)
    again = Boolean(default=False)
    created_at = Moment()
    updated_at = Moment()

    level_gift_occasion = Check("occasion IN ('reached', 'birthday')")
    level_gift_points = Check("points BETWEEN 0 AND 1000000")
    level_gift_something = Check("points > 0 OR voucher_template IS NOT NULL")
    level_gift_once = Unique([level, occasion])


class LevelGiftGiven(Table, tablename="level_gift_given", schema=PLACEHOLDER, db=DB):
    """A member who reached a level and is given its gift: once for the level, or for each drop (`occasion`)."""

    id = Id()
    member = ForeignKey(Member, null=False, default=None, on_delete=OnDelete.restrict)
    level = ForeignKey(Level, null=False, default=None, on_delete=OnDelete.restrict)
    occasion = Varchar(length=36, default="")
    points = Integer(default=0)
    voucher_template = ForeignKey(VoucherTemplate, null=True, default=None, on_delete=OnDelete.restrict)
    reward = ForeignKey(RewardGrant, null=True, default=None, on_delete=OnDelete.restrict)
    at = Moment()

    level_gift_given_once = Unique([member, level, occasion])


TABLES: tuple[type[Table], ...] = (RewardGrant, RewardBudget, RewardBudgetUse, LevelGift, LevelGiftGiven)
INDEXES: tuple[str, ...] = (
    "CREATE INDEX reward_grant_member ON __tenant__.reward_grant (member, id)",
    "CREATE UNIQUE INDEX reward_grant_voucher_once ON __tenant__.reward_grant (voucher) WHERE voucher IS NOT NULL",
    (
        "CREATE INDEX reward_grant_template ON __tenant__.reward_grant (voucher_template)"
        " WHERE voucher_template IS NOT NULL"
    ),
    "CREATE INDEX level_gift_given_open ON __tenant__.level_gift_given (id) WHERE reward IS NULL",
)
