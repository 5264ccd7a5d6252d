"""Vouchers: what the shop gives out to be taken off an order, and what becomes of it.

Words: a *template* is what can be issued (an amount, a percentage with a cap, or free shipping; a threshold or
none); a *voucher* is one issued code in one member's hands. To *claim* is a member's own taking; an order *reserves*
a voucher, then *confirms* or *releases* it; a full refund *gives it back*.

Always true: no more are issued than there is stock, nor to one member than the limit says; one occasion issues one
voucher; a voucher is used by one order at most; what a voucher is worth never changes once one is out; the answer
to a wrong code, another member's code and no code at all is the same.
"""

from tenants.vouchers.rules.codes import show as show_code
from tenants.vouchers.rules.discounts import Reason, Verdict
from tenants.vouchers.rules.errors import (
    LimitReached,
    NotClaimable,
    NotUsable,
    OtherOccasion,
    OutOfStock,
    ReservationOver,
    ReservationUnknown,
    ReservedElsewhere,
    TemplateNotActive,
    TemplateUnknown,
    TooManyTries,
    VoucherUnknown,
)
from tenants.vouchers.rules.guesses import find_by_code
from tenants.vouchers.rules.issuing import Issued, Why, claim, issue
from tenants.vouchers.rules.lapsing import expire_due
from tenants.vouchers.rules.many import Issue, issue_many
from tenants.vouchers.rules.templates import Terms, change_template, create_template, read_terms
from tenants.vouchers.rules.using import Reservation, confirm, give_back, release, reserve, revoke, validate

__all__ = [
    "Issue",
    "Issued",
    "LimitReached",
    "NotClaimable",
    "NotUsable",
    "OtherOccasion",
    "OutOfStock",
    "Reason",
    "Reservation",
    "ReservationOver",
    "ReservationUnknown",
    "ReservedElsewhere",
    "TemplateNotActive",
    "TemplateUnknown",
    "Terms",
    "TooManyTries",
    "Verdict",
    "VoucherUnknown",
    "Why",
    "change_template",
    "claim",
    "confirm",
    "create_template",
    "expire_due",
    "find_by_code",
    "give_back",
    "issue",
    "issue_many",
    "read_terms",
    "release",
    "reserve",
    "revoke",
    "show_code",
    "validate",
]
