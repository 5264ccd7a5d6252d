"""Polls: members choose, the shop learns what to stock.

Words: a *poll* has *options*; a *ballot* is what one member chose in one period; the *tally* is how many chose what;
the *turnout* is how many ballots there are.

Always true: one ballot per member and period, decided by the database; tallies and turnout equal the ballots that
stand; nothing is counted before a poll begins or after it has closed, to the second; a reward is for voting, never for
an option.

Facts: `Voted`, once for all of a batch; `Closed`, once for each poll.
"""

from tenants.polls.rules.ballots import ballots_csv
from tenants.polls.rules.breakdowns import Breakdown, Group, breakdown
from tenants.polls.rules.editing import (
    Closed,
    Terms,
    change,
    clone,
    create,
    end,
    pause,
    publish,
    read_terms,
    resume,
    set_state,
)
from tenants.polls.rules.intervals import Share
from tenants.polls.rules.options import (
    OptionTerms,
    add_option,
    change_option,
    options_of,
    order_options,
    remove_option,
    restore_option,
)
from tenants.polls.rules.reading import Offer, Option, Result, Sheet, Tally, look, offers, preview, result
from tenants.polls.rules.refusals import (
    AlreadyVoted,
    ChoiceRefused,
    GroupingUnknown,
    NotForYou,
    NothingToChoose,
    NothingToWithdraw,
    OptionGone,
    OptionsFull,
    OptionUnknown,
    PollClosed,
    PollEnded,
    PollNotOpen,
    PollStarted,
    PollUnknown,
    ResultHidden,
    TermsFrozen,
)
from tenants.polls.rules.standing import STATUS_WORDS, Status, status_of
from tenants.polls.rules.stocking import PriceBand, StockReport, Wanted, stock_report
from tenants.polls.rules.voting import Ballot, Vote, Voted, vote, vote_many, withdraw

__all__ = [
    "STATUS_WORDS",
    "AlreadyVoted",
    "Ballot",
    "Breakdown",
    "ChoiceRefused",
    "Closed",
    "Group",
    "GroupingUnknown",
    "NotForYou",
    "NothingToChoose",
    "NothingToWithdraw",
    "Offer",
    "Option",
    "OptionGone",
    "OptionTerms",
    "OptionUnknown",
    "OptionsFull",
    "PollClosed",
    "PollEnded",
    "PollNotOpen",
    "PollStarted",
    "PollUnknown",
    "PriceBand",
    "Result",
    "ResultHidden",
    "Share",
    "Sheet",
    "Status",
    "StockReport",
    "Tally",
    "Terms",
    "TermsFrozen",
    "Vote",
    "Voted",
    "Wanted",
    "add_option",
    "ballots_csv",
    "breakdown",
    "change",
    "change_option",
    "clone",
    "create",
    "end",
    "look",
    "offers",
    "options_of",
    "order_options",
    "pause",
    "preview",
    "publish",
    "read_terms",
    "remove_option",
    "restore_option",
    "result",
    "resume",
    "set_state",
    "status_of",
    "stock_report",
    "vote",
    "vote_many",
    "withdraw",
]
