"""Small things with no subject of their own: clock, ids, words, errors, jobs, facts, paging.

Nothing here knows a tenant, a table or a process; everything else may import from here.
"""
