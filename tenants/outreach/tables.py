"""Programmes, their templates, the occurrences that they answer, and the outbox of messages."""

from __future__ import annotations

from piccolo.columns import (
    Array,
    BigInt,
    Boolean,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    SmallInt,
    Text,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from tenants.members.tables import Member
from tenants.rewards.tables import RewardGrant
from tenants.tenancy import DB, PLACEHOLDER, Id, Moment
from tenants.vouchers.tables import VoucherTemplate


class MessageTemplate(Table, tablename="message_template", schema=PLACEHOLDER, db=DB):
    """What a kind of message says on a channel, in both languages, as Liquid text without HTML."""

    id = Id()
    kind = Varchar(length=30)
    channel = Varchar(length=10)
    subject_en = Varchar(length=200)
    subject_zh = Varchar(length=200)
    body_en = Text()
    body_zh = Text()
    updated_at = Moment()

    message_template_channel = Check("channel IN ('email', 'in_app')")
    message_template_once = Unique([kind, channel])


class Programme(Table, tablename="programme", schema=PLACEHOLDER, db=DB):
    """A standing rule of outreach: whom to write to, when, on which channels and with which gift."""

    id = Id()
    kind = Varchar(length=30, unique=True)
    active = Boolean(default=False)
    active_since = Moment(null=True)
    send_hour = SmallInt(default=9)
    channels = Array(base_column=Varchar(length=10), default=list)
    needs_consent = Boolean(default=True)
    gift_points = Integer(default=0)
    gift_template = ForeignKey(VoucherTemplate, on_delete=OnDelete.restrict, null=True, default=None)
    leap_rule = Varchar(length=5, default="feb28")
    catch_up_days = SmallInt(default=3)
    created_at = Moment()
    updated_at = Moment()

    programme_kind = Check("kind IN ('birthday')")
    programme_active_since = Check("active_since IS NOT NULL OR NOT active")
    programme_send_hour = Check("send_hour BETWEEN 0 AND 23")
    programme_channels = Check("channels <@ ARRAY['email', 'in_app']::varchar[]")
    programme_gift_points = Check("gift_points BETWEEN 0 AND 1000000")
    programme_leap_rule = Check("leap_rule IN ('feb28', 'mar1')")
    programme_catch_up_days = Check("catch_up_days BETWEEN 0 AND 30")


class BirthdayOccurrence(Table, tablename="birthday_occurrence", schema=PLACEHOLDER, db=DB):
    """One birthday of one member, answered once: by a gift and a message on each channel."""

    id = Id()
    programme = ForeignKey(Programme, on_delete=OnDelete.cascade, null=False)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False)
    occurrence = Varchar(length=20)
    day = Date(default=None)
    gift = ForeignKey(RewardGrant, on_delete=OnDelete.restrict, null=True, default=None)
    created_at = Moment()

    birthday_occurrence_once = Unique([programme, member, occurrence])


class BirthdayLatest(Table, tablename="birthday_latest", schema=PLACEHOLDER, db=DB):
    """The last birthday that was answered for a member: the row whose lock and date refuse a second within a year."""

    id = Id()
    programme = ForeignKey(Programme, on_delete=OnDelete.cascade, null=False)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False)
    day = Date(default=None)

    birthday_latest_once = Unique([programme, member])


class Message(Table, tablename="message", schema=PLACEHOLDER, db=DB):
    """The outbox: one message to one member on one channel, from its being due to its fate."""

    id = Id()
    programme = ForeignKey(Programme, on_delete=OnDelete.cascade, null=False)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False)
    occurrence = Varchar(length=40)
    channel = Varchar(length=10)
    key = Varchar(length=150, unique=True)
    test = Boolean(default=False)
    language = Varchar(length=2, default="")
    to_address = Varchar(length=254, default="")
    subject = Text(default="")
    body = Text(default="")
    state = Varchar(length=10, default="ready")
    reason = Varchar(length=30, default="")
    not_before = Moment()
    lease_until = Moment(null=True)
    token = BigInt(default=0)
    started_at = Moment(null=True)
    attempts = Integer(default=0)
    provider_id = Varchar(length=255, default="")
    error = Varchar(length=300, default="")
    created_at = Moment()
    sent_at = Moment(null=True)

    message_channel = Check("channel IN ('email', 'in_app')")
    message_state = Check("state IN ('ready', 'sending', 'sent', 'unknown', 'failed', 'cancelled', 'skipped')")
    message_leased = Check("(state = 'sending') = (lease_until IS NOT NULL)")
    message_sent = Check("(state = 'sent') = (sent_at IS NOT NULL)")
    message_occurrence_once = Unique([programme, member, occurrence, channel])


class InAppMessage(Table, tablename="in_app_message", schema=PLACEHOLDER, db=DB):
    """A message in the member centre."""

    id = Id()
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False)
    message = ForeignKey(Message, on_delete=OnDelete.cascade, null=False, unique=True)
    title = Text()
    body = Text()
    created_at = Moment()
    read_at = Moment(null=True)


TABLES: tuple[type[Table], ...] = (
    MessageTemplate, Programme, BirthdayOccurrence, BirthdayLatest, Message, InAppMessage,
)  # fmt: skip
INDEXES: tuple[str, ...] = (
    "CREATE INDEX message_ready ON __tenant__.message (not_before) WHERE state = 'ready'",
    "CREATE INDEX message_lease_until ON __tenant__.message (lease_until) WHERE state = 'sending'",
    "CREATE INDEX message_state_id ON __tenant__.message (state, id)",
    "CREATE INDEX message_member_id ON __tenant__.message (member, id)",
    "CREATE INDEX in_app_message_member_id ON __tenant__.in_app_message (member, id)",
    "CREATE INDEX birthday_occurrence_day ON __tenant__.birthday_occurrence (day)",
)
