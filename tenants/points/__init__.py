"""Points: what members have earned with the shop and can spend there, as a ledger that is only ever added to.

Words: an *account* is what one member has; an *entry* moves points in or out and says why; a *lot* is points earned
together, which expire together; a *use* says from which lot a movement took how much; a *hold* sets points aside until
something is sure, and is then confirmed (spent), released, or lapses.

Every movement has a name for its occasion, `once`, unique for ever: the same occasion again changes nothing and
answers with `repeated`; with other facts it is refused. Points that expire soonest are spent first. What is reversed
goes back to where it came from, with the date it had.

Always true: a balance is the sum of its entries and never below zero; what is left in a member's lots is the balance
less what is held; what was taken from a lot and what is left make what was earned.
"""

from tenants.points.rules.dating import Terms
from tenants.points.rules.earning import Earning, earn, earn_each, earn_many
from tenants.points.rules.entries import Entry
from tenants.points.rules.holding import Hold, Holding, confirm, find_hold, hold, hold_many, release
from tenants.points.rules.lapsing import lapse
from tenants.points.rules.news import Moved, Movement, Notice, WillLapse
from tenants.points.rules.policy import Policy, change_policy, describe, policy, set_policy
from tenants.points.rules.reading import Balance, Line, balance, find_entry, statement
from tenants.points.rules.reasons import WHY_WORDS, Why
from tenants.points.rules.refusals import (
    POINTS_MAX,
    AlreadyReversed,
    CannotReverse,
    HoldOver,
    Insufficient,
    NoSuchEntry,
    NoSuchHold,
    OfAnOrder,
    OnceDiffers,
)
from tenants.points.rules.reversing import reverse
from tenants.points.rules.spending import Spending, spend, spend_many
from tenants.points.rules.taking_back import TakeBack, TakenBack, take_back, take_back_many

__all__ = [
    "POINTS_MAX",
    "WHY_WORDS",
    "AlreadyReversed",
    "Balance",
    "CannotReverse",
    "Earning",
    "Entry",
    "Hold",
    "HoldOver",
    "Holding",
    "Insufficient",
    "Line",
    "Moved",
    "Movement",
    "NoSuchEntry",
    "NoSuchHold",
    "Notice",
    "OfAnOrder",
    "OnceDiffers",
    "Policy",
    "Spending",
    "TakeBack",
    "TakenBack",
    "Terms",
    "Why",
    "WillLapse",
    "balance",
    "change_policy",
    "confirm",
    "describe",
    "earn",
    "earn_each",
    "earn_many",
    "find_entry",
    "find_hold",
    "hold",
    "hold_many",
    "lapse",
    "policy",
    "release",
    "reverse",
    "set_policy",
    "spend",
    "spend_many",
    "statement",
    "take_back",
    "take_back_many",
]
