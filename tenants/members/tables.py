"""Members, and what they have agreed to."""

from __future__ import annotations

from typing import Any

from piccolo.columns import UUID, Array, Boolean, ForeignKey, Integer, OnDelete, SmallInt, Text, Varchar
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
    merged_into: ForeignKey[Any] = ForeignKey("self", on_delete=OnDelete.no_action, null=True, default=None)
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
    member_state = Check("state IN ('active', 'blocked', 'merged', 'erased')")
    member_merged = Check(
        "(state <> 'merged' OR merged_into IS NOT NULL) AND (merged_into IS NULL OR state IN ('merged', 'erased'))"
    )
    member_not_into_itself = Check("merged_into <> id")


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


class MemberMerge(Table, tablename="member_merge", schema=PLACEHOLDER, db=DB):
    """Two members who turned out to be one person: the source lives on in the target."""

    id = Id()
    source = ForeignKey(Member, on_delete=OnDelete.no_action, null=False)
    target = ForeignKey(Member, on_delete=OnDelete.no_action, null=False)
    once = Varchar(length=150, unique=True)
    source_state = Varchar(length=10, help_text="what the source is again when the merge is undone")
    merged_by = Varchar(length=100, default="")
    at = Moment()
    undone_at = Moment(null=True)
    undone_by = Varchar(length=100, default="")

    member_merge_two = Check("source <> target")
    member_merge_source_state = Check("source_state IN ('active', 'blocked')")


class MemberMergeField(Table, tablename="member_merge_field", schema=PLACEHOLDER, db=DB):
    """One thing that a merge changed of the target, so that it can be put back."""

    id = Id()
    merge = ForeignKey(MemberMerge, on_delete=OnDelete.cascade, null=False)
    field = Varchar(length=60)
    before = Text(null=True, default=None)
    after = Text(null=True, default=None)

    member_merge_field_once = Unique([merge, field])


class MemberMergeMove(Table, tablename="member_merge_move", schema=PLACEHOLDER, db=DB):
    """Rows of one table that a merge moved from the source to the target, so that they can go back."""

    id = Id()
    merge = ForeignKey(MemberMerge, on_delete=OnDelete.cascade, null=False)
    moved_table = Varchar(length=63)
    ids = Array(base_column=UUID(), default=list)


class MemberErasure(Table, tablename="member_erasure", schema=PLACEHOLDER, db=DB):
    """That a person was forgotten, why and by whom: what can be shown to them and to an authority."""

    id = Id()
    member = ForeignKey(Member, on_delete=OnDelete.no_action, null=False, unique=True)
    reason = Varchar(length=20)
    erased_by = Varchar(length=100, default="")
    at = Moment()

    member_erasure_reason = Check("reason IN ('asked', 'inactive', 'mistake', 'law')")


class MemberErasureCount(Table, tablename="member_erasure_count", schema=PLACEHOLDER, db=DB):
    """How many rows of a table were about the person who was forgotten."""

    id = Id()
    erasure = ForeignKey(MemberErasure, on_delete=OnDelete.cascade, null=False)
    held_in = Varchar(length=63)
    rows = Integer(default=0)

    member_erasure_count_once = Unique([erasure, held_in])


class MemberImport(Table, tablename="member_import", schema=PLACEHOLDER, db=DB):
    """A file of members: how far it has been carried out, and what came of it."""

    id = Id()
    file_name = Varchar(length=200, default="")
    dry_run = Boolean(default=False)
    state = Varchar(length=10, default="running")
    language = Varchar(length=2, default="en")
    rows = Integer(default=0)
    last_line = Integer(default=0)
    done_line = Integer(default=0)
    created = Integer(default=0)
    updated = Integer(default=0)
    unchanged = Integer(default=0)
    failed = Integer(default=0)
    started_by = Varchar(length=100, default="")
    created_at = Moment(index=True)
    finished_at = Moment(null=True)

    member_import_state = Check("state IN ('running', 'done')")
    member_import_finished = Check("(state = 'done') = (finished_at IS NOT NULL)")
    member_import_counts = Check("state <> 'done' OR rows = created + updated + unchanged + failed")


class MemberImportRow(Table, tablename="member_import_row", schema=PLACEHOLDER, db=DB):
    """A good row of a file that has not been carried out yet; null is what it does not say.

    Without foreign keys, which would be a look each for a million rows; what is left of a lost import is swept up.
    """

    id = Id(help_text="the member's, if this row makes one")
    batch = UUID(default=None)
    line = Integer(default=0)
    external_id = Varchar(length=100)
    name = Varchar(length=200, null=True, default=None)
    phone = Varchar(length=20, null=True, default=None)
    email = Varchar(length=254, null=True, default=None)
    gender = Varchar(length=10, null=True, default=None)
    region = Varchar(length=100, null=True, default=None)
    occupation = Varchar(length=100, null=True, default=None)
    locale = Varchar(length=10, null=True, default=None)
    timezone = Varchar(length=64, null=True, default=None)
    source = Varchar(length=50, null=True, default=None)
    tags = Array(base_column=Varchar(length=50), null=True, default=None)
    birth_calendar = Varchar(length=5, null=True, default=None)
    birth_year = SmallInt(null=True, default=None)
    birth_month = SmallInt(null=True, default=None)
    birth_day = SmallInt(null=True, default=None)
    evidence = Text(null=True, default=None)
    attribute_rows = Array(base_column=UUID(), null=True, default=None)
    attributes = Array(base_column=UUID(), null=True, default=None)
    attribute_values = Array(base_column=Varchar(length=500), null=True, default=None)
    consent_channels = Array(base_column=Varchar(length=10), null=True, default=None)
    consent_answers = Array(base_column=Boolean(), null=True, default=None)


class MemberImportError(Table, tablename="member_import_error", schema=PLACEHOLDER, db=DB):
    """Why a row of a file was left out. The sentence quotes nothing of the row."""

    id = Id()
    batch = UUID(default=None)
    line = Integer(default=0)
    field = Varchar(length=60, default="")
    code = Varchar(length=50)
    detail = Text(default="")


TABLES: tuple[type[Table], ...] = (
    Member, MemberAddress, Attribute, MemberAttribute, Consent, ConsentEvent, MemberMerge, MemberMergeField,
    MemberMergeMove, MemberErasure, MemberErasureCount, MemberImport, MemberImportRow, MemberImportError,
)  # fmt: skip
INDEXES: tuple[str, ...] = (
    (
        "CREATE INDEX member_birthday ON __tenant__.member (birth_calendar, birth_month, birth_day)"
        " WHERE birth_month IS NOT NULL AND state = 'active'"
    ),
    "CREATE INDEX member_tags ON __tenant__.member USING gin (tags)",
    "CREATE INDEX member_merged_into ON __tenant__.member (merged_into) WHERE merged_into IS NOT NULL",
    "CREATE INDEX member_updated ON __tenant__.member (updated_at)",
    "CREATE INDEX member_address_member ON __tenant__.member_address (member)",
    "CREATE UNIQUE INDEX member_address_preferred ON __tenant__.member_address (member) WHERE preferred",
    "CREATE INDEX member_attribute_attribute ON __tenant__.member_attribute (attribute)",
    # Of two merges of one source at once, this lets one in.
    "CREATE UNIQUE INDEX member_merge_source ON __tenant__.member_merge (source) WHERE undone_at IS NULL",
    "CREATE INDEX member_import_row_line ON __tenant__.member_import_row (batch, line)",
    "CREATE INDEX member_import_error_line ON __tenant__.member_import_error (batch, line)",
    "CREATE INDEX member_import_running ON __tenant__.member_import (id) WHERE state = 'running'",
    "CREATE INDEX member_merge_target ON __tenant__.member_merge (target, id)",
    "CREATE INDEX member_merge_move_merge ON __tenant__.member_merge_move (merge, moved_table)",
)
