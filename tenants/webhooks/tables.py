"""Endpoints, the events that they are told, one delivery per event and endpoint, and every attempt at it."""

from __future__ import annotations

from piccolo.columns import (
    UUID,
    Array,
    BigInt,
    Boolean,
    Bytea,
    ForeignKey,
    Integer,
    OnDelete,
    SmallInt,
    Text,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from tenants.tenancy import DB, PLACEHOLDER, Id, Moment


class WebhookEndpoint(Table, tablename="webhook_endpoint", schema=PLACEHOLDER, db=DB):
    """An address of the seller's own systems and what it wants to hear; removed ones stay while the log needs them.

    `slot` is one of the few that a shop has, which bounds their number. The secrets are locked away (`kit.seals`).
    """

    id = Id()
    slot = SmallInt()
    url = Varchar(length=500)
    description = Varchar(length=200, default="")
    events = Array(base_column=Varchar(length=40), default=list)
    active = Boolean(default=True)
    off_reason = Varchar(length=10, default="")
    secret = Bytea(default=b"", secret=True)
    secret_before = Bytea(default=b"", secret=True)
    secret_before_until = Moment(null=True)
    rotated_at = Moment()
    failures = Integer(default=0)
    failing_since = Moment(null=True)
    rest_until = Moment(null=True)
    created_at = Moment()
    updated_at = Moment()
    removed_at = Moment(null=True)

    webhook_endpoint_slot = Check("slot BETWEEN 1 AND 10")
    webhook_endpoint_events = Check("cardinality(events) BETWEEN 1 AND 100")
    webhook_endpoint_off = Check("active = (off_reason = '')")
    webhook_endpoint_off_reason = Check("off_reason IN ('', 'staff', 'gone', 'failing', 'removed')")
    webhook_endpoint_removed = Check("(removed_at IS NOT NULL) = (off_reason = 'removed')")
    webhook_endpoint_failing = Check("(failures > 0) = (failing_since IS NOT NULL)")


class WebhookEvent(Table, tablename="webhook_event", schema=PLACEHOLDER, db=DB):
    """Something that happened, in the very words that are sent; `copies` is how many endpoints were to hear of it.

    `member` is who it is about, without a reference: an event outlives nobody, but its delivery may outlive a member.
    """

    id = Id()
    type = Varchar(length=40)
    member = UUID(null=True, default=None)
    body = Text()
    copies = SmallInt(default=0)
    at = Moment()
    blanked_at = Moment(null=True)

    webhook_event_copies = Check("copies BETWEEN 1 AND 10")
    webhook_event_blanked = Check("blanked_at IS NULL OR body = ''")


class WebhookDelivery(Table, tablename="webhook_delivery", schema=PLACEHOLDER, db=DB):
    """One event on its way to one endpoint. `attempts` counts the present series; a replay begins another."""

    id = Id()
    event = ForeignKey(WebhookEvent, on_delete=OnDelete.cascade, null=False)
    endpoint = ForeignKey(WebhookEndpoint, on_delete=OnDelete.cascade, null=False)
    type = Varchar(length=40)
    state = Varchar(length=10, default="ready")
    not_before = Moment()
    lease_until = Moment(null=True)
    token = BigInt(default=0)
    series = Integer(default=1)
    attempts = Integer(default=0)
    attempts_ever = Integer(default=0)
    status = SmallInt(null=True, default=None)
    error = Varchar(length=20, default="")
    created_at = Moment()
    ended_at = Moment(null=True)

    webhook_delivery_once = Unique([event, endpoint])
    webhook_delivery_state = Check("state IN ('ready', 'sending', 'delivered', 'failed', 'cancelled')")
    webhook_delivery_leased = Check("(state = 'sending') = (lease_until IS NOT NULL)")
    webhook_delivery_ended = Check("(state IN ('delivered', 'failed', 'cancelled')) = (ended_at IS NOT NULL)")
    webhook_delivery_attempts = Check("attempts BETWEEN 0 AND attempts_ever")


class WebhookAttempt(Table, tablename="webhook_attempt", schema=PLACEHOLDER, db=DB):
    """One time that we called, and what came back; never changed."""

    id = Id()
    delivery = ForeignKey(WebhookDelivery, on_delete=OnDelete.cascade, null=False)
    number = Integer()
    at = Moment()
    milliseconds = Integer()
    status = SmallInt(null=True, default=None)
    error = Varchar(length=20, default="")
    snippet = Text(default="")

    webhook_attempt_once = Unique([delivery, number])
    webhook_attempt_snippet = Check("length(snippet) <= 1024")


TABLES: tuple[type[Table], ...] = (WebhookEndpoint, WebhookEvent, WebhookDelivery, WebhookAttempt)
INDEXES: tuple[str, ...] = (
    "CREATE UNIQUE INDEX webhook_endpoint_url ON __tenant__.webhook_endpoint (url) WHERE removed_at IS NULL",
    "CREATE UNIQUE INDEX webhook_endpoint_slot_once ON __tenant__.webhook_endpoint (slot) WHERE removed_at IS NULL",
    "CREATE INDEX webhook_event_at ON __tenant__.webhook_event (at)",
    "CREATE INDEX webhook_event_member ON __tenant__.webhook_event (member) WHERE member IS NOT NULL",
    "CREATE INDEX webhook_delivery_ready ON __tenant__.webhook_delivery (endpoint, not_before) WHERE state = 'ready'",
    "CREATE INDEX webhook_delivery_held ON __tenant__.webhook_delivery (endpoint, lease_until) WHERE state = 'sending'",
    "CREATE INDEX webhook_delivery_state_id ON __tenant__.webhook_delivery (state, id)",
    "CREATE INDEX webhook_delivery_endpoint_id ON __tenant__.webhook_delivery (endpoint, id)",
)
