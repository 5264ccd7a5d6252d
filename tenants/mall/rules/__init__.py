"""The verbs of the mall; sole writers of its tables.

Locks are taken in this order: a redemption that is changed, the members' points accounts (ascending), stocks of voucher
templates, counts of members, the items' rows of `mall_stock` (ascending) last, which are what everybody waits for.
Changing an item's terms locks its row of `mall_stock` alone.
"""
