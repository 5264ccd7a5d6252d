"""Orders: what members buy, taken in from any shop or marketplace, and the points that it earns them.

Words: an *order* is named by its `source` (the shop or marketplace) and the `external_id` that it has there; an
*event* tells that it was paid, completed, cancelled or refunded (whole or in part, by amount) under a `reference`
of the shop's; the *terms* say from which state on it earns how many points, and an order keeps those of the day on
which it was first heard of.

Events may come in any order and any number of times: where an order stands is a function of the set of them. The
same reference with other facts is refused.

Always true: no more is refunded than the amount; the points of an order are its amount less refunds times the ratio,
rounded down, none if it is cancelled, and what could not be taken back is written down as short; what an order gave
is what the ledger has for it.
"""

from tenants.orders.rules.deciding import POINTS_MAX, AwardOn, Event, Kind, Standing, Terms, decide
from tenants.orders.rules.policy import Policy, policy, set_policy
from tenants.orders.rules.refusals import EventDiffers, OrderUnknown, OtherCurrency, OtherMember
from tenants.orders.rules.stories import Incoming, Taken
from tenants.orders.rules.taking_in import take_in, take_in_many

__all__ = [
    "POINTS_MAX",
    "AwardOn",
    "Event",
    "EventDiffers",
    "Incoming",
    "Kind",
    "OrderUnknown",
    "OtherCurrency",
    "OtherMember",
    "Policy",
    "Standing",
    "Taken",
    "Terms",
    "decide",
    "policy",
    "set_policy",
    "take_in",
    "take_in_many",
]
