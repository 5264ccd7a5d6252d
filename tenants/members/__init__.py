"""Members: who the shop's shoppers are, what they have told us, and what they have agreed to.

Words: a *member* is one shopper of one tenant, known to the seller by an `external_id`; *consent* is per channel and
comes with evidence; an *attribute* is a further field that the seller has defined.

Always true: an external id names one member; a birthday is a day that exists, solar or lunar, with or without a year;
a member may change their own birthday once in 365 days, the shop at any time; current consent equals the last consent
event, and consent events are never changed; a tag is on a member once or not at all. A lunar birthday in a leap month
counts as one in the ordinary month of the same number.

a *merge* makes one of two members who are one person: the source lives on in the target, whom every id leads to, and
owns nothing any more; for a day it can be undone. Who asks to be forgotten is *erased*: the row stays, empty.

Facts: `Joined`, `Changed`, `BirthdayChanged`, `ConsentChanged`, `Merged`, `Unmerged`, `Erased`, and `AboutToChange`
before these three; an import tells one `Imported` for all its rows, and `ensure_many`, with which large loads make
members, tells none. On `Merged` a subject moves its rows from source to target and notes them (`note_moved`), on
`Unmerged` it moves those back (`moved`), on `Erased` it blanks what it holds of the person; sums stay.
"""

from tenants.members.rules.addresses import Address, add_address, addresses_of, remove_address
from tenants.members.rules.attributes import (
    Attribute,
    AttributeTaken,
    AttributeUnknown,
    attributes_of,
    define_attribute,
    defined_attributes,
    set_attributes,
)
from tenants.members.rules.consents import (
    CHANNELS,
    Channel,
    ChannelUnknown,
    Consent,
    ConsentChanged,
    ConsentEvent,
    channel_called,
    consent_events,
    consents_of,
    set_consent,
)
from tenants.members.rules.duplicates import DuplicateGroup, duplicates
from tenants.members.rules.ensuring import ensure_many
from tenants.members.rules.erasing import REASONS, Erased, Erasure, erase, erasure_of, require_confirmed
from tenants.members.rules.exporting import count_living, csv_parts, errors_csv, write_csv, write_excel
from tenants.members.rules.following import AboutToChange, ids_of, moved, note_moved, refusals_of, survivors_of
from tenants.members.rules.gathering import Card, Fact, Section, card_of, export_of, on_card, on_export
from tenants.members.rules.importing import (
    AT_ONCE_MAX,
    Imported,
    carry_out,
    carry_out_part,
    carry_out_running,
    forget_old,
)
from tenants.members.rules.importing import start as start_import
from tenants.members.rules.merging import (
    Merge,
    Merged,
    MergeOnceDiffers,
    MergePreview,
    MergeUnknown,
    Unmerged,
    UnmergeRefused,
    find_merge,
    merge,
    merges_of,
    preview_merge,
    undoable_merges,
    unmerge,
)
from tenants.members.rules.profiles import (
    BirthdayChanged,
    BirthdayLocked,
    Changed,
    ExternalIdTaken,
    Joined,
    Member,
    MemberBlocked,
    MemberMerged,
    MemberUnknown,
    block,
    change,
    create,
    find,
    find_by_external_id,
    language_of,
    own_member,
    require_active,
    search,
    set_birthday,
    tag,
    unblock,
    untag,
    zone_of,
)
from tenants.members.rules.sheets import ImportUnreadable
from tenants.members.rules.staging import ImportReport, ImportUnknown, errors_of, imports, report_of, stage
from tenants.members.rules.values import Birthday, Profile
from tenants.members.rules.values import email as email_address

__all__ = [
    "AT_ONCE_MAX",
    "CHANNELS",
    "REASONS",
    "AboutToChange",
    "Address",
    "Attribute",
    "AttributeTaken",
    "AttributeUnknown",
    "Birthday",
    "BirthdayChanged",
    "BirthdayLocked",
    "Card",
    "Changed",
    "Channel",
    "ChannelUnknown",
    "Consent",
    "ConsentChanged",
    "ConsentEvent",
    "DuplicateGroup",
    "Erased",
    "Erasure",
    "ExternalIdTaken",
    "Fact",
    "ImportReport",
    "ImportUnknown",
    "ImportUnreadable",
    "Imported",
    "Joined",
    "Member",
    "MemberBlocked",
    "MemberMerged",
    "MemberUnknown",
    "Merge",
    "MergeOnceDiffers",
    "MergePreview",
    "MergeUnknown",
    "Merged",
    "Profile",
    "Section",
    "UnmergeRefused",
    "Unmerged",
    "add_address",
    "addresses_of",
    "attributes_of",
    "block",
    "card_of",
    "carry_out",
    "carry_out_part",
    "carry_out_running",
    "change",
    "channel_called",
    "consent_events",
    "consents_of",
    "count_living",
    "create",
    "csv_parts",
    "define_attribute",
    "defined_attributes",
    "duplicates",
    "email_address",
    "ensure_many",
    "erase",
    "erasure_of",
    "errors_csv",
    "errors_of",
    "export_of",
    "find",
    "find_by_external_id",
    "find_merge",
    "forget_old",
    "ids_of",
    "imports",
    "language_of",
    "merge",
    "merges_of",
    "moved",
    "note_moved",
    "on_card",
    "on_export",
    "own_member",
    "preview_merge",
    "refusals_of",
    "remove_address",
    "report_of",
    "require_active",
    "require_confirmed",
    "search",
    "set_attributes",
    "set_birthday",
    "set_consent",
    "stage",
    "start_import",
    "survivors_of",
    "tag",
    "unblock",
    "undoable_merges",
    "unmerge",
    "untag",
    "write_csv",
    "write_excel",
    "zone_of",
]
