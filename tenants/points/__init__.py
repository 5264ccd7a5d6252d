"""Points: what members have earned with the shop and can spend there, as a ledger that is only ever added to.

Words: an *account* is what one member has; an *entry* moves points in or out and says why; a *lot* is points earned
together, which expire together; a *use* says from which lot a movement took how much; a *hold* sets points aside until
something is sure, and is then confirmed (spent), released, or lapses; *pending* points are promised and in no balance
until their time comes; *debt* is what was to be taken back and was gone, which the next points pay; a *batch* is what
lapsed together; a *day* of the books is closed, summed and sealed when it is over.

Every movement has a name for its occasion, `once`, unique for ever: the same occasion again changes nothing and
answers with `repeated`; with other facts it is refused. Points that expire soonest are spent first. What is reversed
goes back to where it came from, with the date it had.

Always true: a balance is the sum of its entries and never below zero; what is left in a member's lots is the balance
less what is held; what was taken from a lot and what is left make what was earned; what was pending is active, taken
back or still to come; a closed day never changes.

Facts: `Moved` for each batch of entries, `WillLapse` once for each member and date.
"""

from tenants.points.rules.adjusting import (
    Adjustment,
    AdjustmentState,
    Person,
    adjust,
    adjustments,
    decide_adjustment,
    find_adjustment,
)
from tenants.points.rules.closing import Day, as_csv, close_days, liability
from tenants.points.rules.coming import activate, cancel, next_activation, pending
from tenants.points.rules.dating import Expiry, Rounding, Terms, ends
from tenants.points.rules.drawing import line_up
from tenants.points.rules.earning import Earning, earn, earn_each, earn_many
from tenants.points.rules.entries import Entry
from tenants.points.rules.forecasting import Lapsing, expiring, notices, warn
from tenants.points.rules.holding import Hold, Holding, confirm, find_hold, hold, hold_many, release
from tenants.points.rules.lapsing import UNDO_DAYS, Batch, batches, find_batch, lapse, undo_lapse
from tenants.points.rules.news import Moved, Movement, Notice, WillLapse
from tenants.points.rules.policy import Policy, change_policy, describe, policy, set_policy
from tenants.points.rules.reading import Balance, Line, balance, find_entry, statement
from tenants.points.rules.reasons import WHY_WORDS, Why
from tenants.points.rules.refusals import (
    POINTS_MAX,
    AdjustmentDecided,
    AlreadyReversed,
    CannotReverse,
    HoldOver,
    Insufficient,
    NoSuchAdjustment,
    NoSuchBatch,
    NoSuchEntry,
    NoSuchHold,
    NotPending,
    OfAnOrder,
    OnceDiffers,
    SecondPersonNeeded,
    UndoOver,
)
from tenants.points.rules.reversing import reverse
from tenants.points.rules.spending import Spending, spend, spend_many
from tenants.points.rules.taking_back import TakeBack, TakenBack, take_back, take_back_many
from tenants.points.rules.transferring import Transferred, pass_on, transfer, transfer_back

__all__ = [
    "POINTS_MAX",
    "UNDO_DAYS",
    "WHY_WORDS",
    "Adjustment",
    "AdjustmentDecided",
    "AdjustmentState",
    "AlreadyReversed",
    "Balance",
    "Batch",
    "CannotReverse",
    "Day",
    "Earning",
    "Entry",
    "Expiry",
    "Hold",
    "HoldOver",
    "Holding",
    "Insufficient",
    "Lapsing",
    "Line",
    "Moved",
    "Movement",
    "NoSuchAdjustment",
    "NoSuchBatch",
    "NoSuchEntry",
    "NoSuchHold",
    "NotPending",
    "Notice",
    "OfAnOrder",
    "OnceDiffers",
    "Person",
    "Policy",
    "Rounding",
    "SecondPersonNeeded",
    "Spending",
    "TakeBack",
    "TakenBack",
    "Terms",
    "Transferred",
    "UndoOver",
    "Why",
    "WillLapse",
    "activate",
    "adjust",
    "adjustments",
    "as_csv",
    "balance",
    "batches",
    "cancel",
    "change_policy",
    "close_days",
    "confirm",
    "decide_adjustment",
    "describe",
    "earn",
    "earn_each",
    "earn_many",
    "ends",
    "expiring",
    "find_adjustment",
    "find_batch",
    "find_entry",
    "find_hold",
    "hold",
    "hold_many",
    "lapse",
    "liability",
    "line_up",
    "next_activation",
    "notices",
    "pass_on",
    "pending",
    "policy",
    "release",
    "reverse",
    "set_policy",
    "spend",
    "spend_many",
    "statement",
    "take_back",
    "take_back_many",
    "transfer",
    "transfer_back",
    "undo_lapse",
    "warn",
]
