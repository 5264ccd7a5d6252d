"""Members, and what they have agreed to."""

from __future__ import annotations

from piccolo.columns import Array, Boolean, ForeignKey, Integer, OnDelete, SmallInt, Text, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from tenants.tenancy import DB, PLACEHOLDER, Id, Moment


class Member(Table, tablename="member", schema=PLACEHOLDER, db=DB):
    """One shopper of this shop."""

    id = Id()
    external_id = Varchar(length=100, null=True, default=None, unique=True)
    name = Varchar(length=200, default="")
    phone = Varchar(length=20, null=True, default=None, index=True)
    email = Varchar(length=254, null=True, default=None, index=True)
    gender = Varchar(length=10, default="unknown")
    birth_calendar = Varchar(length=5, default="solar")
    birth_year = SmallInt(null=True, default=None)
    birth_month = SmallInt(null=True, default=None)
    birth_day = SmallInt(null=True, default=None)
    birthday_set_at = Moment(null=True, help_text="when the member last set it, from which the 365 days run")
    region = Varchar(length=100, default="")
    occupation = Varchar(length=100, default="")
    locale = Varchar(length=10, null=True, default=None)
    timezone = Varchar(length=64, null=True, default=None)
    tags = Array(base_column=Varchar(length=50), default=list)
    source = Varchar(length=50, default="api")
    state = Varchar(length=10, default="active")
    created_at = Moment(index=True)
    updated_at = Moment()

    member_gender = Check("gender IN ('female', 'male', 'other', 'unknown')")
    member_birth_calendar = Check("birth_calendar IN ('solar', 'lunar')")
    member_birthday_whole = Check("(birth_month IS NULL) = (birth_day IS NULL)")
    member_birth_month = Check("birth_month BETWEEN 1 AND 12")
    member_birth_day = Check(
        "birth_day BETWEEN 1 AND CASE WHEN birth_calendar = 'lunar' OR birth_month IN (4, 6, 9, 11) THEN 30"
        " WHEN birth_month = 2 THEN 29 ELSE 31 END"
    )
    member_birth_year = Check("birth_year IS NULL OR (birth_month IS NOT NULL AND birth_year BETWEEN 1900 AND 2200)")
    member_state = Check("state IN ('active', 'blocked', 'erased')")


class MemberAddress(Table, tablename="member_address", schema=PLACEHOLDER, db=DB):
    """Where a member has things sent."""

    id = Id()
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False)
    recipient = Varchar(length=200)
    phone = Varchar(length=20, default="")
    country = Varchar(length=2, default="CN")
    province = Varchar(length=100, default="")
    city = Varchar(length=100, default="")
    street = Varchar(length=300)
    postcode = Varchar(length=20, default="")
    preferred = Boolean(default=False)
    created_at = Moment()


class Attribute(Table, tablename="attribute", schema=PLACEHOLDER, db=DB):
    """A further thing that this shop wants to know of its members, e.g. the skin type."""

    id = Id()
    key = Varchar(length=50, unique=True)
    label_en = Varchar(length=100, default="")
    label_zh = Varchar(length=100, default="")
    kind = Varchar(length=10, default="text")
    choices = Array(base_column=Varchar(length=100), default=list)
    position = Integer(default=0)

    attribute_kind = Check("kind IN ('text', 'number', 'date', 'choice', 'yes_no')")
    attribute_key = Check("key ~ '^[a-z][a-z0-9_]{0,49}$'")


class MemberAttribute(Table, tablename="member_attribute", schema=PLACEHOLDER, db=DB):
    """What is known of one member in one respect; always text, checked by the attribute's kind when written."""

    id = Id()
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False)
    attribute = ForeignKey(Attribute, on_delete=OnDelete.cascade, null=False)
    value = Varchar(length=500)
    updated_at = Moment()

    member_attribute_once = Unique([member, attribute])


class Consent(Table, tablename="consent", schema=PLACEHOLDER, db=DB):
    """Whether a member may be written to on a channel, as it stands now."""

    id = Id()
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False)
    channel = Varchar(length=10)
    granted = Boolean(default=False)
    number = Integer(default=1, help_text="how often it has been said; the number of the last event")
    updated_at = Moment()

    consent_channel = Check("channel IN ('email', 'sms', 'in_app', 'phone')")
    consent_once = Unique([member, channel])


class ConsentEvent(Table, tablename="consent_event", schema=PLACEHOLDER, db=DB):
    """The evidence: each time consent was given or withdrawn, how and by whom. Append-only."""

    id = Id()
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False)
    channel = Varchar(length=10)
    granted = Boolean(default=False)
    number = Integer(default=1, help_text="1 for the first on this channel, then 2, 3 …")
    source = Varchar(length=50, default="")
    evidence = Text(default="")
    recorded_by = Varchar(length=100, default="")
    at = Moment()

    consent_event_channel = Check("channel IN ('email', 'sms', 'in_app', 'phone')")
    consent_event_once = Unique([member, channel, number])


TABLES: tuple[type[Table], ...] = (Member, MemberAddress, Attribute, MemberAttribute, Consent, ConsentEvent)
INDEXES: tuple[str, ...] = (
    (
        "CREATE INDEX member_birthday ON __tenant__.member (birth_calendar, birth_month, birth_day)"
        " WHERE birth_month IS NOT NULL AND state = 'active'"
    ),
    "CREATE INDEX member_tags ON __tenant__.member USING gin (tags)",
    "CREATE INDEX member_updated ON __tenant__.member (updated_at)",
    "CREATE INDEX member_address_member ON __tenant__.member_address (member)",
    "CREATE UNIQUE INDEX member_address_preferred ON __tenant__.member_address (member) WHERE preferred",
    "CREATE INDEX member_attribute_attribute ON __tenant__.member_attribute (attribute)",
)
