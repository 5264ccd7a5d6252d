"""Rewards: the one door through which everything that a member is given goes out, exactly once for its reason.

Words: a *reward* is points, a voucher, or both; a *grant* is one reward given to one member for one occasion, and says
why. Whatever earns something (a check-in, a birthday, a milestone) calls `grant` or `grant_many` and nothing else, so
that no activity can forget a ledger row, a limit, a stock or the reason.

Always true: one occasion grants once; a grant's points are in the ledger and its voucher in the member's hands, or it
says why the voucher is not.
"""

from tenants.rewards.rules import (
    WHY_WORDS,
    Granted,
    Granting,
    OnceDiffers,
    Reward,
    Why,
    grant,
    grant_many,
    granted_to,
)

__all__ = ["WHY_WORDS", "Granted", "Granting", "OnceDiffers", "Reward", "Why", "grant", "grant_many", "granted_to"]
