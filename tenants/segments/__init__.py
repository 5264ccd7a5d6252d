"""Segments: which members something is for, said by rules that are looked up live.

Words: a *rule* is a condition on a member (profile, tag, attribute, level, orders, RFM group), or `all`, `any` and
`not` of such; a *segment* is a rule with a name; *RFM* scores how recently, how often and for how much a member bought,
each against the median of the shop's buyers, which makes the eight classic groups.

Always true: a rule holds only what is known to exist (a level, an attribute, a group); whether a member belongs is
asked of the database at that moment and never of a list made earlier.
"""

from tenants.segments.rules.asking import Sampled, count, holding, holding_rule, holds, rule_of, sample
from tenants.segments.rules.checking import checked
from tenants.segments.rules.conditions import LEVEL, Condition, condition
from tenants.segments.rules.refusals import SegmentInUse, SegmentUnknown
from tenants.segments.rules.rfm import GROUPS, RFM_GROUP, Breaks, Group, breaks, groups_of, refresh_rfm, sizes
from tenants.segments.rules.rule import EVERYBODY, Not, Rule, Several, Term, plain, read, write
from tenants.segments.rules.saved import Segment, change, create, find, remove, segments
from tenants.segments.rules.saying import Reason, explain

__all__ = [
    "EVERYBODY",
    "GROUPS",
    "LEVEL",
    "RFM_GROUP",
    "Breaks",
    "Condition",
    "Group",
    "Not",
    "Reason",
    "Rule",
    "Sampled",
    "Segment",
    "SegmentInUse",
    "SegmentUnknown",
    "Several",
    "Term",
    "breaks",
    "change",
    "checked",
    "condition",
    "count",
    "create",
    "explain",
    "find",
    "groups_of",
    "holding",
    "holding_rule",
    "holds",
    "plain",
    "read",
    "refresh_rfm",
    "remove",
    "rule_of",
    "sample",
    "segments",
    "sizes",
    "write",
]
