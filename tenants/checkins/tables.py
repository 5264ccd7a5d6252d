"""The plan, what each of its versions promised, the visits themselves, and the days on which nobody could come."""

from __future__ import annotations

from decimal import Decimal

from piccolo.columns import UUID, BigInt, Boolean, Date, ForeignKey, Integer, Numeric, OnDelete, SmallInt, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from tenants.levels.tables import Level
from tenants.members.tables import Member
from tenants.tenancy import DB, PLACEHOLDER, Id, Moment
from tenants.vouchers.tables import VoucherTemplate

_BONUS = "points BETWEEN 0 AND 1000000 AND growth BETWEEN 0 AND 1000000"


class CheckInPlan(Table, tablename="check_in_plan", schema=PLACEHOLDER, db=DB):
    """What a check-in earns, as the seller edits it. What holds is its newest version; a draft has none yet.

    Of the plans that are on and whose window holds a day, the one that starts last counts, so that a campaign goes
    before the plan of every day. No two of them start on the same day.
    """

    id = Id()
    name_en = Varchar(length=100, default="")
    name_zh = Varchar(length=100, default="")
    active = Boolean(default=False)
    starts_on = Date(default=None, null=True)
    ends_on = Date(default=None, null=True)
    base = Integer(default=0)
    increment = Integer(default=0)
    increment_days = Integer(default=1)
    cycle = Varchar(length=10, default="endless")
    cycle_days = Integer(default=None, null=True)
    first_points = Integer(default=0)
    first_growth = Integer(default=0)
    first_voucher = ForeignKey(VoucherTemplate, on_delete=OnDelete.restrict, null=True, default=None)
    make_up_days = Integer(default=0)
    make_up_price = Integer(default=0)
    make_up_step = Integer(default=0)
    make_up_per_cycle = Integer(default=0)
    make_up_per_month = Integer(default=0)
    make_up_base = Boolean(default=True)
    make_up_milestones = Boolean(default=True)
    created_at = Moment()
    updated_at = Moment()

    check_in_plan_base = Check("base BETWEEN 0 AND 1000000")
    check_in_plan_increment = Check("increment BETWEEN 0 AND 1000000")
    check_in_plan_increment_days = Check("increment_days BETWEEN 1 AND 366")
    check_in_plan_cycle = Check("cycle IN ('endless', 'days7', 'days30', 'month', 'days')")
    check_in_plan_cycle_days = Check("(cycle = 'days') = (cycle_days IS NOT NULL) AND cycle_days BETWEEN 2 AND 366")
    check_in_plan_window = Check("starts_on <= ends_on")
    check_in_plan_first = Check("first_points BETWEEN 0 AND 1000000 AND first_growth BETWEEN 0 AND 1000000")
    check_in_plan_make_up = Check(
        "make_up_days BETWEEN 0 AND 31 AND make_up_price BETWEEN 0 AND 1000000 AND make_up_step BETWEEN 0 AND 1000000"
        " AND make_up_per_cycle BETWEEN 0 AND 366 AND make_up_per_month BETWEEN 0 AND 31"
    )


class CheckInMilestone(Table, tablename="check_in_milestone", schema=PLACEHOLDER, db=DB):
    """A further reward on a certain day of the cycle, as the seller edits it; several of a day have a slot each."""

    id = Id()
    plan = ForeignKey(CheckInPlan, on_delete=OnDelete.cascade, null=False)
    day = Integer(default=7)
    slot = Integer(default=1)
    points = Integer(default=0)
    growth = Integer(default=0)
    voucher_template = ForeignKey(VoucherTemplate, on_delete=OnDelete.restrict, null=True, default=None)
    repeats = Boolean(default=True)
    created_at = Moment()

    check_in_milestone_day = Check("day BETWEEN 1 AND 366")
    check_in_milestone_slot = Check("slot BETWEEN 1 AND 9")
    check_in_milestone_bonus = Check(_BONUS)
    check_in_milestone_some = Check("points > 0 OR growth > 0 OR voucher_template IS NOT NULL")
    check_in_milestone_place = Unique([plan, day, slot])


class CheckInSpecialDate(Table, tablename="check_in_special_date", schema=PLACEHOLDER, db=DB):
    """A day that earns more, once (`day`) or every year (`month` and `month_day`), as the seller edits it."""

    id = Id()
    plan = ForeignKey(CheckInPlan, on_delete=OnDelete.cascade, null=False)
    name_en = Varchar(length=100, default="")
    name_zh = Varchar(length=100, default="")
    day = Date(default=None, null=True)
    month = SmallInt(default=None, null=True)
    month_day = SmallInt(default=None, null=True)
    multiplier = Numeric(digits=(4, 2), default=Decimal(1))
    points = Integer(default=0)
    growth = Integer(default=0)
    voucher_template = ForeignKey(VoucherTemplate, on_delete=OnDelete.restrict, null=True, default=None)
    created_at = Moment()

    check_in_special_date_when = Check(
        "(day IS NULL) <> (month IS NULL) AND (month IS NULL) = (month_day IS NULL)"
        " AND month BETWEEN 1 AND 12 AND month_day BETWEEN 1 AND 31"
    )
    check_in_special_date_bonus = Check(_BONUS)
    check_in_special_date_multiplier = Check("multiplier BETWEEN 1 AND 99")
    check_in_special_date_some = Check("multiplier > 1 OR points > 0 OR growth > 0 OR voucher_template IS NOT NULL")


class CheckInLevelBonus(Table, tablename="check_in_level_bonus", schema=PLACEHOLDER, db=DB):
    """What members of a level earn more on each check-in, as the seller edits it."""

    id = Id()
    plan = ForeignKey(CheckInPlan, on_delete=OnDelete.cascade, null=False)
    level = ForeignKey(Level, on_delete=OnDelete.restrict, null=False)
    multiplier = Numeric(digits=(4, 2), default=Decimal(1))
    points = Integer(default=0)
    created_at = Moment()

    check_in_level_bonus_points = Check("points BETWEEN 0 AND 1000000")
    check_in_level_bonus_multiplier = Check("multiplier BETWEEN 1 AND 99")
    check_in_level_bonus_some = Check("multiplier > 1 OR points > 0")
    check_in_level_bonus_once = Unique([plan, level])


class CheckInVersion(Table, tablename="check_in_version", schema=PLACEHOLDER, db=DB):
    """What a plan promised from a day on. Append-only: of the versions whose day has come, the newest counts.

    `cycle_days` is the length of a cycle of days, and null where the cycle has none. `milestones`, `specials`, `levels`
    and `first` say whether there are terms of these kinds, so that what is not set up costs a visit nothing.
    """

    id = Id()
    plan = ForeignKey(CheckInPlan, on_delete=OnDelete.restrict, null=False)
    number = Integer(default=1)
    from_day = Date(default=None, null=False)
    base = Integer(default=0)
    increment = Integer(default=0)
    increment_days = Integer(default=1)
    cycle = Varchar(length=10, default="endless")
    cycle_days = Integer(default=None, null=True)
    milestones = Boolean(default=False)
    specials = Boolean(default=False)
    levels = Boolean(default=False)
    first = Boolean(default=False)
    make_up_days = Integer(default=0)
    make_up_price = Integer(default=0)
    make_up_step = Integer(default=0)
    make_up_per_cycle = Integer(default=0)
    make_up_per_month = Integer(default=0)
    make_up_base = Boolean(default=True)
    make_up_milestones = Boolean(default=True)
    made_by = Varchar(length=100, default="")
    at = Moment()

    check_in_version_number = Unique([plan, number])
    check_in_version_cycle = Check("cycle IN ('endless', 'days7', 'days30', 'month', 'days')")
    check_in_version_cycle_days = Check("(cycle LIKE 'days%') = (cycle_days IS NOT NULL)")
    check_in_version_increment_days = Check("increment_days BETWEEN 1 AND 366")


class CheckInTerm(Table, tablename="check_in_term", schema=PLACEHOLDER, db=DB):
    """One thing that a version promises besides the points of the day. Append-only.

    A milestone goes by `place` (the position) and `slot`, a special date by `day` or by `month` and `month_day`, a
    level bonus by `level`; the bonus of the first check-in ever goes by nothing.
    """

    id = Id()
    version = ForeignKey(CheckInVersion, on_delete=OnDelete.restrict, null=False)
    kind = Varchar(length=10, default="milestone")
    place = Integer(default=None, null=True)
    slot = Integer(default=1)
    repeats = Boolean(default=True)
    day = Date(default=None, null=True)
    month = SmallInt(default=None, null=True)
    month_day = SmallInt(default=None, null=True)
    level = ForeignKey(Level, on_delete=OnDelete.restrict, null=True, default=None)
    name_en = Varchar(length=100, default="")
    name_zh = Varchar(length=100, default="")
    multiplier = Numeric(digits=(4, 2), default=Decimal(1))
    points = Integer(default=0)
    growth = Integer(default=0)
    voucher_template = ForeignKey(VoucherTemplate, on_delete=OnDelete.restrict, null=True, default=None)

    check_in_term_kind = Check("kind IN ('milestone', 'special', 'level', 'first')")
    check_in_term_milestone = Check("(kind = 'milestone') = (place IS NOT NULL)")
    check_in_term_level = Check("(kind = 'level') = (level IS NOT NULL)")
    check_in_term_special = Check(
        "(kind = 'special') = (day IS NOT NULL OR (month IS NOT NULL AND month_day IS NOT NULL))"
    )
    check_in_term_bonus = Check(_BONUS)


class CheckIn(Table, tablename="check_in", schema=PLACEHOLDER, db=DB):
    """One visit of one member on one day of the shop's calendar, judged by the version of that day.

    `counted` is the streak as it was when the visit was judged, and `position` and `points` follow from it; they never
    change. `streak` is the streak as history has it now: a make-up or an outage day makes it longer.
    `visitor` is who came, where the visit has passed to another member by a merge.
    `milestone_points` and `milestone_voucher` are of visits before rewards had rows of their own; nothing reads them.
    """

    id = Id()
    member = ForeignKey(Member, on_delete=OnDelete.restrict, null=False)
    visitor = UUID(default=None, null=True)
    day = Date(default=None, null=False)
    plan = ForeignKey(CheckInPlan, on_delete=OnDelete.restrict, null=False)
    version = ForeignKey(CheckInVersion, on_delete=OnDelete.restrict, null=True, default=None)
    streak = Integer(default=1)
    counted = Integer(default=1)
    position = Integer(default=1)
    points = BigInt(default=0)
    made_up = Boolean(default=False)
    nth = Integer(default=0, help_text="which visit of the member it was, in the order in which they were judged")
    milestone_points = BigInt(default=0)
    milestone_voucher = ForeignKey(VoucherTemplate, on_delete=OnDelete.restrict, null=True, default=None)
    at = Moment()

    check_in_once = Unique([member, day])
    check_in_streak = Check("streak >= 1 AND position BETWEEN 1 AND counted")


class CheckInReward(Table, tablename="check_in_reward", schema=PLACEHOLDER, db=DB):
    """What a visit earned besides the points of the day, and by which term. Once for each occasion of a member.

    Of visits before there were versions the term may not be known any more.
    """

    id = Id()
    check_in = ForeignKey(CheckIn, on_delete=OnDelete.restrict, null=False)
    member = ForeignKey(Member, on_delete=OnDelete.restrict, null=False)
    term = ForeignKey(CheckInTerm, on_delete=OnDelete.restrict, null=True, default=None)
    occasion = Varchar(length=80, default="")
    points = BigInt(default=0)
    growth = Integer(default=0)
    voucher_template = ForeignKey(VoucherTemplate, on_delete=OnDelete.restrict, null=True, default=None)

    check_in_reward_once = Unique([member, occasion])
    check_in_reward_some = Check("points > 0 OR growth > 0 OR voucher_template IS NOT NULL")


class CheckInMakeUp(Table, tablename="check_in_make_up", schema=PLACEHOLDER, db=DB):
    """A day that was made up: when, for how many points, and by which version's policy. Append-only.

    `number` counts a member's make-ups of the calendar month in which they were made, which prices go by.
    """

    id = Id()
    check_in = ForeignKey(CheckIn, on_delete=OnDelete.restrict, null=False, unique=True)
    member = ForeignKey(Member, on_delete=OnDelete.restrict, null=False)
    version = ForeignKey(CheckInVersion, on_delete=OnDelete.restrict, null=False)
    month = Date(default=None, null=False)
    number = Integer(default=1)
    price = Integer(default=0)
    at = Moment()

    check_in_make_up_number = Unique([member, month, number])
    check_in_make_up_price = Check("price >= 0 AND number >= 1")


class CheckInStanding(Table, tablename="check_in_standing", schema=PLACEHOLDER, db=DB):
    """Where a member stands: the day and id of the latest visit, its streak, and how many visits there are.

    Its row is what two visits of one member wait for. `kept_from` is the earliest latest visit that the visit of
    `day` would have gone on from.
    """

    member = ForeignKey(Member, primary_key=True, on_delete=OnDelete.restrict, null=False)
    day = Date(default=None, null=False)
    kept_from = Date(default=None, null=False)
    visit = UUID(default=None, null=False)
    at = Moment()
    streak = Integer(default=1)
    total = Integer(default=1)

    check_in_standing_counts = Check("streak BETWEEN 1 AND total")


class CheckInOutage(Table, tablename="check_in_outage", schema=PLACEHOLDER, db=DB):
    """A day on which nobody has to come: streaks go on over it. Staff declare it, or the zone skips the date.

    `healed_to` is the member up to whom streaks have been derived anew since the last change, `healed_at` when all had.
    """

    id = Id()
    day = Date(default=None, null=False)
    kind = Varchar(length=10, default="declared")
    reason = Varchar(length=200, default="")
    declared_at = Moment()
    declared_by = Varchar(length=100, default="")
    withdrawn_at = Moment(null=True)
    withdrawn_by = Varchar(length=100, default="")
    healed_to = UUID(default=None, null=True)
    healed_at = Moment(null=True)

    check_in_outage_kind = Check("kind IN ('declared', 'calendar')")


class CheckInZone(Table, tablename="check_in_zone", schema=PLACEHOLDER, db=DB):
    """The zone by which days were told last, so that a move of the shop to another costs nobody a streak."""

    id = SmallInt(primary_key=True, default=1)
    zone = Varchar(length=64, default="UTC")
    at = Moment()

    check_in_zone_single = Check("id = 1")


class CheckInReminder(Table, tablename="check_in_reminder", schema=PLACEHOLDER, db=DB):
    """Whether a member wants to be reminded of checking in, and at which hour."""

    member = ForeignKey(Member, primary_key=True, on_delete=OnDelete.restrict, null=False)
    wanted = Boolean(default=False)
    hour = SmallInt(default=20)
    updated_at = Moment()

    check_in_reminder_hour = Check("hour BETWEEN 0 AND 23")


TABLES: tuple[type[Table], ...] = (
    CheckInPlan, CheckInMilestone, CheckInSpecialDate, CheckInLevelBonus, CheckInVersion, CheckInTerm, CheckIn,
    CheckInReward, CheckInMakeUp, CheckInStanding, CheckInOutage, CheckInZone, CheckInReminder,
)  # fmt: skip
INDEXES: tuple[str, ...] = (
    (
        "CREATE UNIQUE INDEX check_in_plan_one_start ON __tenant__.check_in_plan"
        " (coalesce(starts_on, '-infinity'::date)) WHERE active"
    ),
    "CREATE INDEX check_in_term_version ON __tenant__.check_in_term (version)",
    "CREATE INDEX check_in_reward_visit ON __tenant__.check_in_reward (check_in)",
    "CREATE UNIQUE INDEX check_in_outage_one ON __tenant__.check_in_outage (day) WHERE withdrawn_at IS NULL",
)
