"""The verbs of points; sole writers of the ledger.

All movements of one member queue at the member's row of `points_account`: a verb that takes points changes that row in
one statement and reads lots in the next, because a statement that waited for a lock still sees the rows as they were
before the wait. Locks are taken in this order: hold or entry named by its occasion, accounts by ascending member, lots.
"""
