"""Vouchers: what the shop gives out to be taken off an order, and what becomes of it.

Words: a *template* is what can be issued (money off, a percentage with a cap, free shipping, a gift, a named benefit,
or the code of an outside one from a *pool*); a *voucher* is one issued code in one member's hands; a *batch* is codes
in bulk that are nobody's until somebody enters one. To *claim* is a member's own taking; an order *reserves* vouchers,
then *confirms* or *releases* them; a refund of all of it *gives them back*, one of a part says what they had paid.

Always true: no more are issued than there is stock or budget, nor to one member than the limits say; one occasion
issues one voucher; a voucher is used by one order at most, and the vouchers of an order never take off more than it
comes to; what a voucher is worth never changes once one is out; an outside code is handed out once ever; codes are
never written down in clear; the answer to a wrong code, another member's code and no code at all is the same.

Facts: `Happened` (issued, used, returned, expired, revoked) once for a batch, `LowStock`.
"""

from tenants.vouchers.rules.baskets import Basket, BasketItem
from tenants.vouchers.rules.batches import (
    NewBatch,
    bring_in_batch,
    claim_code,
    export_codes,
    make_batch,
    read_batch,
    revoke_batch,
)
from tenants.vouchers.rules.codes import show as show_code
from tenants.vouchers.rules.describing import Card, preview
from tenants.vouchers.rules.ending import confirm, confirm_order, give_back, release, release_order, revoke
from tenants.vouchers.rules.errors import (
    AgentLimitReached,
    BatchUnknown,
    BudgetSpent,
    CodesTaken,
    LimitReached,
    NotAPool,
    NotClaimable,
    NotForLevel,
    NotTransferable,
    NotUsable,
    OrderUnknown,
    OtherAmounts,
    OtherBatch,
    OtherOccasion,
    OutOfStock,
    PeriodLimitReached,
    RefundDiffers,
    ReservationOver,
    ReservationUnknown,
    ReservedElsewhere,
    TemplateNotActive,
    TemplateUnknown,
    TooManyTries,
    VoucherUnknown,
)
from tenants.vouchers.rules.files import FileUnreadable
from tenants.vouchers.rules.guesses import find_by_code, find_code
from tenants.vouchers.rules.handing import hand_on
from tenants.vouchers.rules.history import Happened, Happening, LowStock
from tenants.vouchers.rules.issuing import Claim, Issue, Issued, Why
from tenants.vouchers.rules.judging import Combined, Reason, Verdict
from tenants.vouchers.rules.lapsing import expire_due
from tenants.vouchers.rules.levelled import levels_wanted
from tenants.vouchers.rules.many import claim, claim_many, issue, issue_many, issue_to
from tenants.vouchers.rules.policy import Policy, change_policy, read_policy
from tenants.vouchers.rules.pools import Intake, bring_in, outside_codes
from tenants.vouchers.rules.reading import codes_of
from tenants.vouchers.rules.refunding import Refunded, refund_part
from tenants.vouchers.rules.sealing import seal_codes
from tenants.vouchers.rules.templates import change_template, create_template, hours_of, read_terms, scopes_of
from tenants.vouchers.rules.terms import Hours, Scope, Terms
from tenants.vouchers.rules.using import Reservation, reserve, reserve_many, validate, validate_many

__all__ = [
    "AgentLimitReached",
    "Basket",
    "BasketItem",
    "BatchUnknown",
    "BudgetSpent",
    "Card",
    "Claim",
    "CodesTaken",
    "Combined",
    "FileUnreadable",
    "Happened",
    "Happening",
    "Hours",
    "Intake",
    "Issue",
    "Issued",
    "LimitReached",
    "LowStock",
    "NewBatch",
    "NotAPool",
    "NotClaimable",
    "NotForLevel",
    "NotTransferable",
    "NotUsable",
    "OrderUnknown",
    "OtherAmounts",
    "OtherBatch",
    "OtherOccasion",
    "OutOfStock",
    "PeriodLimitReached",
    "Policy",
    "Reason",
    "RefundDiffers",
    "Refunded",
    "Reservation",
    "ReservationOver",
    "ReservationUnknown",
    "ReservedElsewhere",
    "Scope",
    "TemplateNotActive",
    "TemplateUnknown",
    "Terms",
    "TooManyTries",
    "Verdict",
    "VoucherUnknown",
    "Why",
    "bring_in",
    "bring_in_batch",
    "change_policy",
    "change_template",
    "claim",
    "claim_code",
    "claim_many",
    "codes_of",
    "confirm",
    "confirm_order",
    "create_template",
    "expire_due",
    "export_codes",
    "find_by_code",
    "find_code",
    "give_back",
    "hand_on",
    "hours_of",
    "issue",
    "issue_many",
    "issue_to",
    "levels_wanted",
    "make_batch",
    "outside_codes",
    "preview",
    "read_batch",
    "read_policy",
    "read_terms",
    "refund_part",
    "release",
    "release_order",
    "reserve",
    "reserve_many",
    "revoke",
    "revoke_batch",
    "scopes_of",
    "seal_codes",
    "show_code",
    "validate",
    "validate_many",
]
