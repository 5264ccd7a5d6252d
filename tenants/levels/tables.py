"""Levels, what counts towards them, and how each member holds theirs."""

from __future__ import annotations

from decimal import Decimal

from piccolo.columns import UUID, Boolean, Date, ForeignKey, Integer, Numeric, OnDelete, SmallInt, Text, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from tenants.members.tables import Member
from tenants.tenancy import DB, PLACEHOLDER, Id, Moment

ONCE_MAX = 250
NOTE_MAX = 500
AMOUNT = (14, 2)


class Level(Table, tablename="level", schema=PLACEHOLDER, db=DB):
    """One rung of the ladder: what it takes to reach it, and what it is worth."""

    id = Id()
    rank = SmallInt(default=None)
    name_en = Varchar(length=100, default="")
    name_zh = Varchar(length=100, default="")
    threshold = Numeric(digits=AMOUNT, default=None)
    multiplier = Numeric(digits=(4, 2), default=Decimal(1))
    free_shipping = Boolean(default=False)
    benefits_en = Text(default="")
    benefits_zh = Text(default="")
    color = Varchar(length=7, default="#8c8c8c")
    icon = Varchar(length=30, default="star")
    active = Boolean(default=True, help_text="can be reached; who holds it keeps it until their term ends")
    created_at = Moment()
    updated_at = Moment()

    level_rank = Check("rank BETWEEN 1 AND 100")
    level_rank_once = Unique([rank])
    level_threshold = Check("threshold >= 0")
    level_multiplier = Check("multiplier BETWEEN 0 AND 99.99")
    level_named = Check("name_en <> '' OR name_zh <> ''")


class LevelPolicy(Table, tablename="level_policy", schema=PLACEHOLDER, db=DB):
    """How this shop's levels are reached, held and lost; exactly one row.

    `recount_after` is how far the members have been gone through after a change of the rules; none when all are.
    """

    id = SmallInt(primary_key=True, default=1)
    active = Boolean(default=False)
    basis = Varchar(length=10, default="spend")
    period = Varchar(length=10, default="rolling")
    period_days = Integer(default=365)
    term = Varchar(length=15, default="months")
    term_months = Integer(default=12)
    grace_days = Integer(default=0)
    downgrade = Varchar(length=10, default="to_due")
    first_notice_days = Integer(null=True, default=30)
    second_notice_days = Integer(null=True, default=7)
    recount_after = UUID(null=True, default=None)
    recount_lower = Boolean(default=False)
    updated_at = Moment()

    level_policy_single = Check("id = 1")
    level_policy_basis = Check("basis IN ('spend', 'growth', 'points')")
    level_policy_period = Check("period IN ('lifetime', 'rolling', 'year')")
    level_policy_period_days = Check("period_days BETWEEN 1 AND 3660")
    level_policy_term = Check("term IN ('months', 'year_end', 'next_year_end')")
    level_policy_term_months = Check("term_months BETWEEN 1 AND 120")
    level_policy_grace_days = Check("grace_days BETWEEN 0 AND 366")
    level_policy_downgrade = Check("downgrade IN ('none', 'one_step', 'to_due')")
    level_policy_notices = Check("first_notice_days BETWEEN 1 AND 366 AND second_notice_days BETWEEN 1 AND 366")


class GrowthEntry(Table, tablename="growth_entry", schema=PLACEHOLDER, db=DB):
    """Something that counted towards a level, on a day of the shop's calendar. Append-only.

    What is taken back is an amount below zero on the day of what it takes back, so that every window is net.
    """

    id = Id()
    member = ForeignKey(Member, null=False, default=None, on_delete=OnDelete.restrict)
    kind = Varchar(length=10, default=None)
    amount = Numeric(digits=AMOUNT, default=None)
    day = Date(default=None)
    why = Varchar(length=20, default="")
    once = Varchar(length=ONCE_MAX, unique=True, default=None)
    note = Varchar(length=NOTE_MAX, default="")
    at = Moment()

    growth_entry_kind = Check("kind IN ('spend', 'growth', 'points')")
    growth_entry_amount = Check("amount <> 0")
    growth_entry_once = Check("once <> ''")


class LevelStanding(Table, tablename="level_standing", schema=PLACEHOLDER, db=DB):
    """Where a member stands; one row, their lock. Without `level` it is the lowest. Totals are of all times.

    `earned` is the best level that was earned, whatever staff have set; `look_on` the next day on which time alone
    may change something.
    """

    member = ForeignKey(Member, primary_key=True, null=False, default=None, on_delete=OnDelete.restrict)
    spend = Numeric(digits=AMOUNT, default=Decimal(0))
    growth = Numeric(digits=AMOUNT, default=Decimal(0))
    points = Numeric(digits=AMOUNT, default=Decimal(0))
    level = ForeignKey(Level, null=True, default=None, on_delete=OnDelete.restrict)
    earned = ForeignKey(Level, null=True, default=None, on_delete=OnDelete.restrict)
    since = Date(null=True, default=None)
    look_on = Date(null=True, default=None)
    updated_at = Moment()


class LevelHold(Table, tablename="level_hold", schema=PLACEHOLDER, db=DB):
    """A claim to a level over days: earned with so much in a window, kept on the way down, or set by staff.

    A member's level is the best of the open ones. `ended` says how one came to its end; none while it is open.
    """

    id = Id()
    member = ForeignKey(Member, null=False, default=None, on_delete=OnDelete.restrict)
    level = ForeignKey(Level, null=False, default=None, on_delete=OnDelete.restrict)
    how = Varchar(length=10, default="earned")
    since = Date(default=None)
    until = Date(null=True, default=None)
    needed = Numeric(digits=AMOUNT, null=True, default=None)
    basis = Varchar(length=10, null=True, default=None)
    counted_from = Date(null=True, default=None)
    counted_to = Date(null=True, default=None)
    note = Varchar(length=NOTE_MAX, default="")
    at = Moment()
    ended = Varchar(length=15, null=True, default=None)
    ended_at = Moment(null=True)

    level_hold_how = Check("how IN ('earned', 'kept', 'at_least', 'at_most')")
    level_hold_earned = Check(
        "(how = 'earned') = (needed IS NOT NULL AND basis IS NOT NULL AND counted_to IS NOT NULL)"
    )
    level_hold_ended = Check("(ended IS NULL) = (ended_at IS NULL)")


class LevelChange(Table, tablename="level_change", schema=PLACEHOLDER, db=DB):
    """A move between levels, or the renewal of one, and why. Append-only. Without a level it is the lowest."""

    id = Id()
    member = ForeignKey(Member, null=False, default=None, on_delete=OnDelete.restrict)
    before = ForeignKey(Level, null=True, default=None, on_delete=OnDelete.restrict)
    after = ForeignKey(Level, null=True, default=None, on_delete=OnDelete.restrict)
    why = Varchar(length=15, default=None)
    basis = Varchar(length=10, default=None)
    value = Numeric(digits=AMOUNT, null=True, default=None)
    until = Date(null=True, default=None)
    note = Varchar(length=NOTE_MAX, default="")
    day = Date(default=None)
    at = Moment()


class LevelNotice(Table, tablename="level_notice", schema=PLACEHOLDER, db=DB):
    """A member was told that a hold runs out: once for each hold and stage (days before)."""

    id = Id()
    member = ForeignKey(Member, null=False, default=None, on_delete=OnDelete.restrict)
    hold = ForeignKey(LevelHold, null=False, default=None, on_delete=OnDelete.restrict)
    days = Integer(default=None)
    missing = Numeric(digits=AMOUNT, default=None)
    drops_on = Date(default=None)
    at = Moment()

    level_notice_once = Unique([hold, days])


TABLES: tuple[type[Table], ...] = (
    Level, LevelPolicy, GrowthEntry, LevelStanding, LevelHold, LevelChange, LevelNotice,
)  # fmt: skip
INDEXES: tuple[str, ...] = (
    "CREATE INDEX growth_entry_window ON __tenant__.growth_entry (member, kind, day) INCLUDE (amount)",
    "CREATE INDEX level_standing_look ON __tenant__.level_standing (look_on) WHERE look_on IS NOT NULL",
    "CREATE INDEX level_standing_level ON __tenant__.level_standing (level)",
    "CREATE INDEX level_hold_open ON __tenant__.level_hold (member) WHERE ended IS NULL",
    "CREATE INDEX level_hold_level ON __tenant__.level_hold (level)",
    "CREATE INDEX level_change_member ON __tenant__.level_change (member, id)",
    "CREATE INDEX level_notice_member ON __tenant__.level_notice (member)",
)
