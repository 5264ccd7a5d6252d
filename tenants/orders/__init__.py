"""Orders: what members buy, taken in from any shop or marketplace, and the points that it earns them.

Words: an *order* is named by its `source` (the shop or marketplace) and the `external_id` that it has there; an
*event* tells that it was paid, shipped, delivered, completed, cancelled or refunded (whole or in part, by amount or by
*line*) under a `reference` of the shop's; the *terms* say from which state on it earns how many points, and an order
keeps those of the day on which it was first heard of; a *rule* makes lines of some product, category or source earn
otherwise; a *cap* limits what orders give in a day or a month; *totals* are what a member's orders add up to.

Events may come in any order and any number of times: where an order stands is a function of the set of them. The
same reference with other facts is refused.

Always true: no more is refunded than the amount; the points of an order are what its terms give for what was not
refunded, line by line, none if it is cancelled, less what a cap withheld, and what could not be taken back is written
down as short; what an order gave is what the ledger has for it; a period of a cap has used what its orders took;
totals are the sums of the orders.
"""

from tenants.orders.rules.deciding import AwardOn, Event, Kind, Line, Standing, Terms, decide
from tenants.orders.rules.explaining import ExplainedLine, Explanation, explain_points, preview
from tenants.orders.rules.figures import BuyerFigures, ShopFigures, Stop, buyer_figures, shop_figures
from tenants.orders.rules.files import Batch, read_file
from tenants.orders.rules.incoming import Incoming
from tenants.orders.rules.loading import Report as FileReport
from tenants.orders.rules.loading import take as take_file
from tenants.orders.rules.policy import Policy, policy, set_policy
from tenants.orders.rules.refusals import (
    EventDiffers,
    OrderUnknown,
    OtherCurrency,
    OtherMember,
    RuleUnknown,
    SourceUnknown,
)
from tenants.orders.rules.settling import Changed, OrderChange
from tenants.orders.rules.sharing import POINTS_MAX, Rounding
from tenants.orders.rules.sources import (
    Platform,
    Source,
    SourceRow,
    change_source,
    find_source,
    remove_source,
    set_source,
    sources,
)
from tenants.orders.rules.special import Rule, RuleRow, change_rule, make_rule, remove_rule, rules
from tenants.orders.rules.stories import Taken
from tenants.orders.rules.taking_in import take_in, take_in_many

__all__ = [
    "POINTS_MAX",
    "AwardOn",
    "Batch",
    "BuyerFigures",
    "Changed",
    "Event",
    "EventDiffers",
    "ExplainedLine",
    "Explanation",
    "FileReport",
    "Incoming",
    "Kind",
    "Line",
    "OrderChange",
    "OrderUnknown",
    "OtherCurrency",
    "OtherMember",
    "Platform",
    "Policy",
    "Rounding",
    "Rule",
    "RuleRow",
    "RuleUnknown",
    "ShopFigures",
    "Source",
    "SourceRow",
    "SourceUnknown",
    "Standing",
    "Stop",
    "Taken",
    "Terms",
    "buyer_figures",
    "change_rule",
    "change_source",
    "decide",
    "explain_points",
    "find_source",
    "make_rule",
    "policy",
    "preview",
    "read_file",
    "remove_rule",
    "remove_source",
    "rules",
    "set_policy",
    "set_source",
    "shop_figures",
    "sources",
    "take_file",
    "take_in",
    "take_in_many",
]
