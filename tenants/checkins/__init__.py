"""Check-ins: a member's daily visit, and what it earns.

Words: the *plan* says what a check-in earns: a base, an increment for each further day in a row, *milestones*,
*special dates*, bonuses of levels and for the first visit ever; each edit of a plan that is on makes a *version*, and
each visit refers to the one that judged it. The *streak* is how many days in a row; the *position* is the place in the
plan's *cycle* that the streak has reached, and it is what increment and milestones go by. A *make-up* buys a missed
day back. On an *outage day*, which staff declare, nobody has to come: streaks go on over it, and it is not counted.

The day is the one on which the member asked, even if the answer comes after midnight, and it is the shop's, wherever
the member is. A date that the shop's zone skips, or leaves early because the shop moves to another, is an outage day.

Always true: one check-in per member and day of the shop's zone; a streak is that of the last day on which one had to
come plus one, or one; what was earned is in the ledger exactly once; changing the plan changes no streak and nothing of
the past: what a visit was given goes by the streak of its time, whatever is made up later.

Facts: `Done`, one for each batch of visits and for each make-up; `ReminderChanged`.
"""

from tenants.checkins.rules.making_up import make_up
from tenants.checkins.rules.outages import Outage, declare, heal, outages, withdraw
from tenants.checkins.rules.plans import (
    PlanSettings,
    Status,
    change_plan,
    copy_plan,
    create_plan,
    end_plan,
    plan_in_force,
    plans,
    status_of,
)
from tenants.checkins.rules.previewing import Estimate, Preview, PreviewDay, estimate, preview
from tenants.checkins.rules.promises import (
    LevelBonus,
    Milestone,
    SpecialDate,
    Whole,
    add_special_date,
    change_special_date,
    remove_level_bonus,
    remove_milestone,
    remove_special_date,
    set_level_bonus,
    set_milestone,
    set_plan,
)
from tenants.checkins.rules.reading import Coming, DayView, MonthView, Standing, month, standing
from tenants.checkins.rules.reminders import Reminder, ReminderChanged, reminder_of, set_reminder
from tenants.checkins.rules.rewarding import Extra
from tenants.checkins.rules.visiting import CheckedIn, Done, Visit, check_in, check_in_many

__all__ = [
    "CheckedIn",
    "Coming",
    "DayView",
    "Done",
    "Estimate",
    "Extra",
    "LevelBonus",
    "Milestone",
    "MonthView",
    "Outage",
    "PlanSettings",
    "Preview",
    "PreviewDay",
    "Reminder",
    "ReminderChanged",
    "SpecialDate",
    "Standing",
    "Status",
    "Visit",
    "Whole",
    "add_special_date",
    "change_plan",
    "change_special_date",
    "check_in",
    "check_in_many",
    "copy_plan",
    "create_plan",
    "declare",
    "end_plan",
    "estimate",
    "heal",
    "make_up",
    "month",
    "outages",
    "plan_in_force",
    "plans",
    "preview",
    "reminder_of",
    "remove_level_bonus",
    "remove_milestone",
    "remove_special_date",
    "set_level_bonus",
    "set_milestone",
    "set_plan",
    "set_reminder",
    "standing",
    "status_of",
    "withdraw",
]
