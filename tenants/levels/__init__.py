"""Levels: what a member's growth, spend or points have made them in this shop, and what that is worth.

Words: the *ladder* is the shop's levels by *rank*, each with a *threshold* and benefits; the *basis* says what counts
(money spent net of refunds, growth, or points earned; never a balance); the *window* is the days over which it is
added up; a *hold* is a claim to a level for a *term*; a *standing* is where a member is now.

Everything that counts is an entry of the growth ledger, once for its occasion and only ever added; a refund is an entry
below zero on the day of what it takes back. A level is reached at once, held for its term whatever the window loses
meanwhile, renewed if the window still adds up when the term ends, and else lost after the grace by the shop's rule. A
level whose own window no longer adds up, because what had counted was taken back, is lost at once.

Always true: totals are the sums of their entries; a member's level is the best of their open holds; every move is in
the history, with its why. Things are counted also while levels are switched off, and then nobody has a level.

Facts: `Changed` for every move, `WillDrop` once for each term and stage of notice; each for a whole batch.
"""

from tenants.levels.rules.by_hand import ByHand, clear_level, set_level
from tenants.levels.rules.counting import Counted, Growth, count, count_many
from tenants.levels.rules.explaining import Explanation, Keeping, amount_words, explain
from tenants.levels.rules.ladder import (
    ICONS,
    Level,
    LevelSettings,
    change_level,
    create_level,
    find_level,
    ladder,
    remove_level,
)
from tenants.levels.rules.policy import Policy, change_policy, policy, recount
from tenants.levels.rules.previewing import Preview, preview
from tenants.levels.rules.reading import (
    Entry,
    Move,
    entries,
    history,
    last_drops,
    levels_of,
    multipliers_of,
    taken_back_from,
)
from tenants.levels.rules.reasons import WHY_WORDS, Why
from tenants.levels.rules.refusals import LevelInUse, LevelsOff, LevelUnknown, OnceDiffers
from tenants.levels.rules.standing import Change, Changed, Drop, WillDrop

__all__ = [
    "ICONS",
    "WHY_WORDS",
    "ByHand",
    "Change",
    "Changed",
    "Counted",
    "Drop",
    "Entry",
    "Explanation",
    "Growth",
    "Keeping",
    "Level",
    "LevelInUse",
    "LevelSettings",
    "LevelUnknown",
    "LevelsOff",
    "Move",
    "OnceDiffers",
    "Policy",
    "Preview",
    "Why",
    "WillDrop",
    "amount_words",
    "change_level",
    "change_policy",
    "clear_level",
    "count",
    "count_many",
    "create_level",
    "entries",
    "explain",
    "find_level",
    "history",
    "ladder",
    "last_drops",
    "levels_of",
    "multipliers_of",
    "policy",
    "preview",
    "recount",
    "remove_level",
    "set_level",
    "taken_back_from",
]
