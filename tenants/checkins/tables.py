"""The plan, its milestones, and the visits themselves."""

from __future__ import annotations

from piccolo.columns import BigInt, Boolean, Date, ForeignKey, Integer, OnDelete, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from tenants.members.tables import Member
from tenants.tenancy import DB, PLACEHOLDER, Id, Moment
from tenants.vouchers.tables import VoucherTemplate


class CheckInPlan(Table, tablename="check_in_plan", schema=PLACEHOLDER, db=DB):
    """What a check-in earns. One plan is active at a time."""

    id = Id()
    name_en = Varchar(length=100, default="")
    name_zh = Varchar(length=100, default="")
    active = Boolean(default=False)
    base = Integer(default=0)
    increment = Integer(default=0)
    increment_days = Integer(default=1)
    cycle = Varchar(length=10, default="endless")
    created_at = Moment()
    updated_at = Moment()

    check_in_plan_base = Check("base BETWEEN 0 AND 1000000")
    check_in_plan_increment = Check("increment BETWEEN 0 AND 1000000")
    check_in_plan_increment_days = Check("increment_days BETWEEN 1 AND 366")
    check_in_plan_cycle = Check("cycle IN ('endless', 'days7', 'days30', 'month')")


class CheckInMilestone(Table, tablename="check_in_milestone", schema=PLACEHOLDER, db=DB):
    """A further reward on a certain day of the cycle."""

    id = Id()
    plan = ForeignKey(CheckInPlan, on_delete=OnDelete.cascade, null=False)
    day = Integer(default=7)
    points = Integer(default=0)
    voucher_template = ForeignKey(VoucherTemplate, on_delete=OnDelete.restrict, null=True, default=None)
    created_at = Moment()

    check_in_milestone_day = Check("day BETWEEN 1 AND 366")
    check_in_milestone_points = Check("points BETWEEN 0 AND 1000000")
    check_in_milestone_gives = Check("points > 0 OR voucher_template IS NOT NULL")
    check_in_milestone_once = Unique([plan, day])


class CheckIn(Table, tablename="check_in", schema=PLACEHOLDER, db=DB):
    """One visit of one member on one day of the shop's calendar, judged by the plan of that day. Append-only."""

    id = Id()
    member = ForeignKey(Member, on_delete=OnDelete.restrict, null=False)
    day = Date(default=None, null=False)
    plan = ForeignKey(CheckInPlan, on_delete=OnDelete.restrict, null=False)
    streak = Integer(default=1)
    position = Integer(default=1)
    points = BigInt(default=0)
    milestone_points = BigInt(default=0)
    milestone_voucher = ForeignKey(VoucherTemplate, on_delete=OnDelete.restrict, null=True, default=None)
    at = Moment()

    check_in_once = Unique([member, day])
    check_in_streak = Check("streak >= 1 AND position BETWEEN 1 AND streak")


TABLES: tuple[type[Table], ...] = (CheckInPlan, CheckInMilestone, CheckIn)
INDEXES: tuple[str, ...] = (
    "CREATE UNIQUE INDEX check_in_plan_one_active ON __tenant__.check_in_plan (active) WHERE active",
)
