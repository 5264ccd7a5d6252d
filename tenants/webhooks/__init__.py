"""Webhooks out: what happened in the shop, told to the seller's own systems, signed, until they have it.

Words: an *endpoint* is an address of the seller with the kinds of events that it hears; an *event* is something that
happened, in the words that are sent; a *delivery* is one event on its way to one endpoint; an *attempt* is one call.
Signatures and headers are those of Standard Webhooks, so that a receiver needs nothing of ours.

Always true: an event is put down in the transaction of what happened, so it is told exactly if that was kept; every
endpoint that wanted it then has one delivery, tried until it is taken or was tried often enough; a delivery may arrive
twice and carries the same id then; order is not promised. Nothing is called but addresses of the open internet.
"""

from tenants.webhooks.rules.catalogue import EVERYTHING, TYPES, EventType
from tenants.webhooks.rules.courier import drain
from tenants.webhooks.rules.endpoints import (
    Endpoint,
    EndpointOff,
    EndpointUnknown,
    TooManyEndpoints,
    UrlTaken,
    add,
    change,
    endpoint,
    endpoints,
    remove,
    rotate,
)
from tenants.webhooks.rules.guard import Doors, set_up
from tenants.webhooks.rules.log import DeliveryUnknown, PayloadGone, StillGoing, deliveries, replay, replay_failed
from tenants.webhooks.rules.sending import WAITS
from tenants.webhooks.rules.telling import Event, tell

__all__ = [
    "EVERYTHING",
    "TYPES",
    "WAITS",
    "DeliveryUnknown",
    "Doors",
    "Endpoint",
    "EndpointOff",
    "EndpointUnknown",
    "Event",
    "EventType",
    "PayloadGone",
    "StillGoing",
    "TooManyEndpoints",
    "UrlTaken",
    "add",
    "change",
    "deliveries",
    "drain",
    "endpoint",
    "endpoints",
    "remove",
    "replay",
    "replay_failed",
    "rotate",
    "set_up",
    "tell",
]
