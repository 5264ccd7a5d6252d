"""Segments: which members something is for, said by rules that are looked up live.

Words: a *rule* is a condition on a member (profile, tag, attribute, level, orders, RFM group), or `all`, `any` and
`not` of such; a *segment* is a rule with a name; *RFM* scores how recently, how often and for how much a member bought,
each against the median of the shop's buyers, which makes the eight classic groups.

Always true: a rule holds only what is known to exist (a level, an attribute, a group); whether a member belongs is
asked of the database at that moment and never of a list made earlier.
"""
