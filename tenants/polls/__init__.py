"""Polls: members choose, the shop learns what to stock.

Words: a *poll* has *options*; a *ballot* is what one member chose in one period; the *tally* is how many chose what;
the *turnout* is how many ballots there are.

Always true: one ballot per member and period, decided by the database; tallies and turnout equal the ballots that
stand; nothing is counted before a poll begins or after it has closed, to the second; a reward is for voting, never for
an option.
"""
