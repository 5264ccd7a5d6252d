"""The verbs of profile completion; sole writers of its tables.

Who answers is decided by two unique keys: a member and a field, and a field and the witness of a telephone number or
address. Locks: answers by ascending member and field, then what `rewards` locks.
"""
