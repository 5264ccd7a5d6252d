"""Members: who the shop's shoppers are, what they have told us, and what they have agreed to.

Words: a *member* is one shopper of one tenant, known to the seller by an `external_id`; *consent* is per channel and
comes with evidence; an *attribute* is a further field that the seller has defined.

Always true: an external id names one member; a birthday has month and day or neither; a member may change their own
birthday once in 365 days; current consent equals the last consent event.
"""
