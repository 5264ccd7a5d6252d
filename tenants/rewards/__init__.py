"""Rewards: the one door through which everything that a member is given goes out, exactly once for its reason.

Words: a *reward* is points, growth, a voucher, or several of these; a *grant* is one reward given to one
member for one occasion, and says why. Whatever earns something (a check-in, a birthday, a milestone) calls `grant` or
`grant_many` and nothing else, so that no activity can forget a ledger row, a limit, a stock or the reason.

A *budget* limits the points that go out for a reason in a day or month; what is beyond it is not given, and the grant
says so. A level's *gift* is given once on reaching it, by a job, and on birthdays in place of the shop's.

Always true: one occasion grants once; a grant's points are in the ledger and its voucher in the member's hands, or it
says why the voucher is not.
"""

from tenants.rewards.rules.budgets import (
    Budget,
    BudgetExists,
    BudgetUnknown,
    budgets,
    change_budget,
    create_budget,
    remove_budget,
)
from tenants.rewards.rules.granting import (
    Given,
    Granted,
    Granting,
    OnceDiffers,
    Reward,
    grant,
    grant_many,
    granted_to,
)
from tenants.rewards.rules.level_gifts import (
    GiftUnknown,
    LevelGift,
    birthday_gifts_of,
    gifts,
    remove_gift,
    set_gift,
)
from tenants.rewards.rules.reasons import WHY_WORDS, Why

__all__ = [
    "WHY_WORDS",
    "Budget",
    "BudgetExists",
    "BudgetUnknown",
    "GiftUnknown",
    "Given",
    "Granted",
    "Granting",
    "LevelGift",
    "OnceDiffers",
    "Reward",
    "Why",
    "birthday_gifts_of",
    "budgets",
    "change_budget",
    "create_budget",
    "gifts",
    "grant",
    "grant_many",
    "granted_to",
    "remove_budget",
    "remove_gift",
    "set_gift",
]
