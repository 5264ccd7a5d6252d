"""Check-ins: a member's daily visit, and what it earns.

Words: the *plan* says what a check-in earns: a base, an increment for each further day in a row, and *milestones*;
the *streak* is how many days in a row; the *position* is the place in the plan's *cycle* that the streak has
reached, and it is what increment and milestones go by.

The day is the one on which the member asked, even if the answer comes after midnight.

Always true: one check-in per member and day of the shop's zone; a streak is that of the day before plus one, or
one; what was earned is in the ledger exactly once; changing the plan changes no streak and nothing of the past.
"""

from tenants.checkins.rules import (
    CheckedIn,
    MonthView,
    PlanSettings,
    Visit,
    active_plan,
    change_plan,
    check_in,
    check_in_many,
    month,
    preview,
    remove_milestone,
    set_milestone,
)

__all__ = [
    "CheckedIn",
    "MonthView",
    "PlanSettings",
    "Visit",
    "active_plan",
    "change_plan",
    "check_in",
    "check_in_many",
    "month",
    "preview",
    "remove_milestone",
    "set_milestone",
]
