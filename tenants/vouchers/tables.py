"""Vouchers: what can be issued, what has been, and what happened to each."""

from __future__ import annotations

from piccolo.columns import UUID, BigInt, Boolean, ForeignKey, Integer, Numeric, OnDelete, SmallInt, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from tenants.members.tables import Member
from tenants.tenancy import DB, PLACEHOLDER, Id, Moment

MONEY = (12, 2)


class VoucherTemplate(Table, tablename="voucher_template", schema=PLACEHOLDER, db=DB):
    """What can be issued, and on what terms. `stock` has its working copy in `voucher_stock`."""

    id = Id()
    name_en = Varchar(length=100, default="")
    name_zh = Varchar(length=100, default="")
    kind = Varchar(length=15, default="amount")
    amount = Numeric(digits=MONEY, null=True, default=None)
    percent = SmallInt(null=True, default=None)
    amount_max = Numeric(digits=MONEY, null=True, default=None)
    threshold = Numeric(digits=MONEY, null=True, default=None)
    validity = Varchar(length=10, default="relative")
    valid_from = Moment(null=True)
    valid_until = Moment(null=True)
    valid_days = Integer(null=True, default=None)
    delay_days = Integer(default=0)
    stock = BigInt(null=True, default=None)
    per_member_limit = Integer(null=True, default=None)
    claimable = Boolean(default=False)
    claim_from = Moment(null=True)
    claim_until = Moment(null=True)
    state = Varchar(length=10, default="draft")
    notes_en = Varchar(length=2000, default="")
    notes_zh = Varchar(length=2000, default="")
    created_at = Moment()

    voucher_template_named = Check("name_en <> '' OR name_zh <> ''")
    voucher_template_kind = Check("kind IN ('amount', 'percent', 'free_shipping')")
    voucher_template_amount = Check("(kind = 'amount') = (amount IS NOT NULL) AND (amount IS NULL OR amount > 0)")
    voucher_template_percent = Check(
        "(kind = 'percent') = (percent IS NOT NULL) AND (percent IS NULL OR percent BETWEEN 1 AND 100)"
    )
    voucher_template_amount_max = Check("amount_max IS NULL OR (kind = 'percent' AND amount_max > 0)")
    voucher_template_threshold = Check("threshold IS NULL OR threshold >= 0")
    voucher_template_validity = Check("validity IN ('fixed', 'relative')")
    voucher_template_fixed = Check(
        "validity <> 'fixed' OR (valid_from IS NOT NULL AND valid_until IS NOT NULL AND valid_from < valid_until)"
    )
    voucher_template_relative = Check(
        "validity <> 'relative' OR (valid_days IS NOT NULL AND valid_days BETWEEN 1 AND 3650)"
    )
    voucher_template_delay_days = Check("delay_days BETWEEN 0 AND 3650")
    voucher_template_stock = Check("stock IS NULL OR stock >= 0")
    voucher_template_per_member_limit = Check("per_member_limit IS NULL OR per_member_limit >= 1")
    voucher_template_claim_limited = Check("NOT claimable OR per_member_limit IS NOT NULL")
    voucher_template_claim_window = Check("claim_from IS NULL OR claim_until IS NULL OR claim_from < claim_until")
    voucher_template_state = Check("state IN ('draft', 'active', 'paused', 'ended')")


class VoucherStock(Table, tablename="voucher_stock", schema=PLACEHOLDER, db=DB):
    """How many of a template have been issued: a narrow row of its own, because every issue changes it, last."""

    template = ForeignKey(VoucherTemplate, on_delete=OnDelete.cascade, null=False, primary_key=True)
    issued = BigInt(default=0)
    stock = BigInt(null=True, default=None)

    voucher_stock_within = Check("issued >= 0 AND (stock IS NULL OR issued <= stock)")


class VoucherHolding(Table, tablename="voucher_holding", schema=PLACEHOLDER, db=DB):
    """How many of a template a member has been given that count against the limit per member."""

    id = Id()
    template = ForeignKey(VoucherTemplate, on_delete=OnDelete.cascade, null=False)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False)
    issued = Integer(default=0)

    voucher_holding_once = Unique([template, member])
    voucher_holding_issued = Check("issued >= 0")


class Voucher(Table, tablename="voucher", schema=PLACEHOLDER, db=DB):
    """One issued voucher. It can be used from `valid_from` until just before `valid_until`."""

    id = Id()
    template = ForeignKey(VoucherTemplate, on_delete=OnDelete.restrict, null=False)
    member = ForeignKey(Member, on_delete=OnDelete.restrict, null=False)
    code = Varchar(length=13, unique=True)
    state = Varchar(length=10, default="issued")
    why = Varchar(length=40)
    once = Varchar(length=255, unique=True)
    counted = Boolean(default=True)
    issued_at = Moment()
    valid_from = Moment()
    valid_until = Moment()
    reservation = UUID(null=True, default=None, unique=True)
    reserved_until = Moment(null=True)
    order_reference = Varchar(length=100, null=True, default=None)
    order_amount = Numeric(digits=MONEY, null=True, default=None)
    shipping_amount = Numeric(digits=MONEY, null=True, default=None)
    discount = Numeric(digits=MONEY, null=True, default=None)
    used_at = Moment(null=True)

    voucher_state = Check("state IN ('issued', 'reserved', 'used', 'expired', 'revoked')")
    voucher_code = Check("code ~ '^[2-9A-HJKMNP-Z]{13}$'")
    voucher_why = Check("why ~ '^[a-z][a-z0-9_.]*$'")
    voucher_valid = Check("valid_from < valid_until")
    voucher_order = Check(
        "(state IN ('reserved', 'used')) = (reservation IS NOT NULL)"
        " AND (reservation IS NULL) = (order_reference IS NULL)"
        " AND (reservation IS NULL) = (order_amount IS NULL)"
        " AND (reservation IS NULL) = (discount IS NULL)"
        " AND (reservation IS NOT NULL OR shipping_amount IS NULL)"
    )
    voucher_reserved = Check("(state = 'reserved') = (reserved_until IS NOT NULL)")
    voucher_used = Check("(state = 'used') = (used_at IS NOT NULL)")
    voucher_discount = Check("discount IS NULL OR discount > 0")


class VoucherEvent(Table, tablename="voucher_event", schema=PLACEHOLDER, db=DB):
    """What happened to a voucher, why, and by whom. Append-only."""

    id = Id()
    voucher = ForeignKey(Voucher, on_delete=OnDelete.cascade, null=False)
    kind = Varchar(length=10)
    reason = Varchar(length=300, default="")
    reservation = UUID(null=True, default=None)
    order_reference = Varchar(length=100, null=True, default=None)
    discount = Numeric(digits=MONEY, null=True, default=None)
    recorded_by = Varchar(length=100, default="")
    at = Moment()

    voucher_event_kind = Check("kind IN ('issued', 'reserved', 'released', 'used', 'returned', 'expired', 'revoked')")


class VoucherTry(Table, tablename="voucher_try", schema=PLACEHOLDER, db=DB):
    """How often somebody has asked for a code that is none of theirs, since when."""

    who = Varchar(length=150, primary_key=True)
    since = Moment()
    fails = Integer(default=0)


TABLES: tuple[type[Table], ...] = (
    VoucherTemplate, VoucherStock, VoucherHolding, Voucher, VoucherEvent, VoucherTry,
)  # fmt: skip
INDEXES: tuple[str, ...] = (
    "CREATE INDEX voucher_member ON __tenant__.voucher (member, id)",
    "CREATE INDEX voucher_template_member ON __tenant__.voucher (template, member)",
    "CREATE INDEX voucher_order ON __tenant__.voucher (order_reference) WHERE order_reference IS NOT NULL",
    "CREATE INDEX voucher_valid_until ON __tenant__.voucher (valid_until) WHERE state = 'issued'",
    "CREATE INDEX voucher_reserved_until ON __tenant__.voucher (reserved_until) WHERE state = 'reserved'",
    "CREATE INDEX voucher_event_voucher ON __tenant__.voucher_event (voucher, at)",
    "CREATE INDEX voucher_event_reservation ON __tenant__.voucher_event (reservation) WHERE reservation IS NOT NULL",
    "CREATE INDEX voucher_holding_member ON __tenant__.voucher_holding (member)",
)
