"""The verbs of polls; sole writers of their tables.

Locks, in this order: members by id (key share), polls by id (voters share, editors exclusively), ballots by poll and
member, what `rewards` locks, then turnouts by poll; who holds a poll's turnout is the only one to change its tallies.
"""
