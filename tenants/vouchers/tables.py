"""Vouchers: what can be issued, what has been, and what happened to each."""

from __future__ import annotations

from decimal import Decimal

from piccolo.columns import (
    UUID,
    BigInt,
    Boolean,
    Bytea,
    Date,
    ForeignKey,
    Integer,
    Numeric,
    OnDelete,
    SmallInt,
    Time,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from tenants.levels.tables import Level
from tenants.members.tables import Member
from tenants.tenancy import DB, PLACEHOLDER, Id, Moment

MONEY = (12, 2)
SUM = (18, 2)


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
    given_en = Varchar(length=200, default="")
    given_zh = Varchar(length=200, default="")
    gift_product = Varchar(length=100, default="")
    gift_quantity = SmallInt(default=1)
    cost = Numeric(digits=MONEY, null=True, default=None)
    budget = Numeric(digits=MONEY, null=True, default=None)
    daily_limit = Integer(null=True, default=None)
    member_daily_limit = Integer(null=True, default=None)
    member_weekly_limit = Integer(null=True, default=None)
    member_monthly_limit = Integer(null=True, default=None)
    first_order_only = Boolean(default=False)
    stacking = Varchar(length=10, default="stackable")
    stack_group = Varchar(length=40, default="")
    group_max = SmallInt(default=1)
    apply_order = SmallInt(default=100)
    transferable = Boolean(default=False)
    return_days = Integer(default=0)
    warn_below = Integer(null=True, default=None)
    created_at = Moment()

    voucher_template_named = Check("name_en <> '' OR name_zh <> ''")
    voucher_template_kind = Check("kind IN ('amount', 'percent', 'free_shipping', 'gift', 'benefit', 'external')")
    voucher_template_amount = Check("(kind = 'amount') = (amount IS NOT NULL) AND (amount IS NULL OR amount > 0)")
    voucher_template_percent = Check(
        "(kind = 'percent') = (percent IS NOT NULL) AND (percent IS NULL OR percent BETWEEN 1 AND 100)"
    )
    voucher_template_amount_max = Check(
        "amount_max IS NULL OR (kind IN ('percent', 'free_shipping') AND amount_max > 0)"
    )
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
    voucher_template_given = Check(
        "kind NOT IN ('gift', 'benefit', 'external') OR given_en <> '' OR given_zh <> '' OR gift_product <> ''"
    )
    voucher_template_gift = Check("gift_quantity BETWEEN 1 AND 1000 AND (kind = 'gift' OR gift_product = '')")
    voucher_template_cost = Check("cost IS NULL OR (kind IN ('gift', 'benefit', 'external') AND cost >= 0)")
    voucher_template_budget = Check("budget IS NULL OR budget >= 0")
    voucher_template_budgeted = Check("budget IS NULL OR coalesce(amount, amount_max, cost) IS NOT NULL")
    voucher_template_daily_limit = Check("daily_limit IS NULL OR daily_limit >= 1")
    voucher_template_member_limits = Check(
        "coalesce(member_daily_limit, 1) >= 1 AND coalesce(member_weekly_limit, 1) >= 1"
        " AND coalesce(member_monthly_limit, 1) >= 1"
    )
    voucher_template_stacking = Check("stacking IN ('exclusive', 'stackable') AND group_max BETWEEN 1 AND 20")
    voucher_template_return_days = Check("return_days BETWEEN 0 AND 3650")
    voucher_template_warn_below = Check("warn_below IS NULL OR warn_below >= 1")


class VoucherScope(Table, tablename="voucher_scope", schema=PLACEHOLDER, db=DB):
    """For what a template's vouchers can be used: a product, a category or a channel that counts, or does not."""

    id = Id()
    template = ForeignKey(VoucherTemplate, on_delete=OnDelete.cascade, null=False)
    kind = Varchar(length=10, default="product")
    value = Varchar(length=100, default="")
    included = Boolean(default=True)
    created_at = Moment()

    voucher_scope_once = Unique([template, kind, value])
    voucher_scope_kind = Check("kind IN ('product', 'category', 'channel')")
    voucher_scope_value = Check("value <> ''")


class VoucherLevel(Table, tablename="voucher_level", schema=PLACEHOLDER, db=DB):
    """A level whose members can claim and use a template's vouchers; without any, everybody can."""

    id = Id()
    template = ForeignKey(VoucherTemplate, on_delete=OnDelete.cascade, null=False)
    level = ForeignKey(Level, on_delete=OnDelete.restrict, null=False)
    created_at = Moment()

    voucher_level_once = Unique([template, level])


class VoucherHours(Table, tablename="voucher_hours", schema=PLACEHOLDER, db=DB):
    """A time of the week at which a template's vouchers can be used, by the shop's clock; without any, always.

    `weekday` 1 is Monday, none is every day; `until` is the first moment that is too late, none is midnight.
    """

    id = Id()
    template = ForeignKey(VoucherTemplate, on_delete=OnDelete.cascade, null=False)
    weekday = SmallInt(null=True, default=None)
    since = Time(null=True, default=None)
    until = Time(null=True, default=None)
    created_at = Moment()

    voucher_hours_weekday = Check("weekday IS NULL OR weekday BETWEEN 1 AND 7")
    voucher_hours_order = Check("since IS NULL OR until IS NULL OR since < until")


class VoucherStock(Table, tablename="voucher_stock", schema=PLACEHOLDER, db=DB):
    """How many of a template are out and what they cost: a narrow row of its own, because every issue changes it.

    `promised` is what the open ones can cost at most, `spent` what the used ones cost; `issued_today` is of `day`.
    """

    template = ForeignKey(VoucherTemplate, on_delete=OnDelete.cascade, null=False, primary_key=True)
    issued = BigInt(default=0)
    stock = BigInt(null=True, default=None)
    used = BigInt(default=0)
    promised = Numeric(digits=SUM, default=Decimal(0))
    spent = Numeric(digits=SUM, default=Decimal(0))
    day = Date(null=True, default=None)
    issued_today = BigInt(default=0)

    voucher_stock_within = Check("issued >= 0 AND (stock IS NULL OR issued <= stock)")
    voucher_stock_used = Check("used BETWEEN 0 AND issued AND promised >= 0 AND spent >= 0 AND issued_today >= 0")


class VoucherHolding(Table, tablename="voucher_holding", schema=PLACEHOLDER, db=DB):
    """How many of a template a member has been given that count against the limits per member.

    The counts of a period are those of the one that began on `day`, `week` (a Monday) and `month` (a first).
    """

    id = Id()
    template = ForeignKey(VoucherTemplate, on_delete=OnDelete.cascade, null=False)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False)
    issued = Integer(default=0)
    day = Date(null=True, default=None)
    issued_today = Integer(default=0)
    week = Date(null=True, default=None)
    issued_this_week = Integer(default=0)
    month = Date(null=True, default=None)
    issued_this_month = Integer(default=0)

    voucher_holding_once = Unique([template, member])
    voucher_holding_issued = Check("issued >= 0")


class Voucher(Table, tablename="voucher", schema=PLACEHOLDER, db=DB):
    """One issued voucher. It can be used from `valid_from` until just before `valid_until`.

    The code is kept as a keyed hash, by which it is found, and shut, so that its holder can be shown it again; `code`
    is where older rows have it in clear until `vouchers.seal` has come by. `issued_on` is the shop's day.
    """

    id = Id()
    template = ForeignKey(VoucherTemplate, on_delete=OnDelete.restrict, null=False)
    member = ForeignKey(Member, on_delete=OnDelete.restrict, null=False)
    code = Varchar(length=13, unique=True, null=True, default=None)
    code_digest = Bytea(unique=True, null=True, default=None, secret=True)
    code_shut = Bytea(null=True, default=None, secret=True)
    state = Varchar(length=10, default="issued")
    why = Varchar(length=40)
    once = Varchar(length=255, unique=True)
    counted = Boolean(default=True)
    issued_at = Moment()
    issued_on = Date(null=True, default=None)
    valid_from = Moment()
    valid_until = Moment()
    handed_on_from = ForeignKey(Member, on_delete=OnDelete.restrict, null=True, default=None)
    reservation = UUID(null=True, default=None, unique=True)
    reserved_until = Moment(null=True)
    order_reference = Varchar(length=100, null=True, default=None)
    order_amount = Numeric(digits=MONEY, null=True, default=None)
    shipping_amount = Numeric(digits=MONEY, null=True, default=None)
    goods_amount = Numeric(digits=MONEY, null=True, default=None)
    discount = Numeric(digits=MONEY, null=True, default=None)
    withheld = Numeric(digits=MONEY, default=Decimal(0))
    used_at = Moment(null=True)

    voucher_state = Check("state IN ('issued', 'reserved', 'used', 'expired', 'revoked')")
    voucher_code = Check("code ~ '^[2-9A-HJKMNP-Z]{13}$'")
    voucher_code_kept = Check("(code IS NULL) = (code_digest IS NOT NULL) AND (code IS NULL) = (code_shut IS NOT NULL)")
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
    voucher_discount = Check("discount IS NULL OR discount >= 0")
    voucher_withheld = Check("withheld >= 0 AND withheld <= coalesce(discount, 0)")
    voucher_handed_on = Check("handed_on_from IS NULL OR handed_on_from <> member")


class VoucherEvent(Table, tablename="voucher_event", schema=PLACEHOLDER, db=DB):
    """What happened to a voucher, why, and by whom. Append-only."""

    id = Id()
    voucher = ForeignKey(Voucher, on_delete=OnDelete.cascade, null=False)
    kind = Varchar(length=12)
    reason = Varchar(length=300, default="")
    reservation = UUID(null=True, default=None)
    order_reference = Varchar(length=100, null=True, default=None)
    discount = Numeric(digits=MONEY, null=True, default=None)
    recorded_by = Varchar(length=100, default="")
    at = Moment()

    voucher_event_kind = Check(
        "kind IN ('issued', 'reserved', 'released', 'used', 'returned', 'expired', 'revoked', 'refunded', 'extended',"
        " 'handed_on', 'moved')"
    )


class VoucherCheckout(Table, tablename="voucher_checkout", schema=PLACEHOLDER, db=DB):
    """An order that has, or had, vouchers: the lock under which they are put together, and what was refunded of it."""

    reference = Varchar(length=100, primary_key=True, default=None)
    order_amount = Numeric(digits=MONEY)
    shipping_amount = Numeric(digits=MONEY, null=True, default=None)
    refunded = Numeric(digits=SUM, default=Decimal(0))
    returned_at = Moment(null=True)
    at = Moment()

    voucher_checkout_amounts = Check("order_amount >= 0 AND refunded >= 0")


class VoucherRefund(Table, tablename="voucher_refund", schema=PLACEHOLDER, db=DB):
    """A part of an order that was refunded, and how much of it the vouchers had paid. Append-only."""

    id = Id()
    order_reference = ForeignKey(VoucherCheckout, on_delete=OnDelete.cascade, null=False)
    refunded = Numeric(digits=MONEY)
    total = Numeric(digits=MONEY)
    withheld = Numeric(digits=MONEY)
    once = Varchar(length=255, unique=True)
    at = Moment()

    voucher_refund_amounts = Check("refunded >= 0 AND total > 0 AND withheld >= 0")


class VoucherBatch(Table, tablename="voucher_batch", schema=PLACEHOLDER, db=DB):
    """Codes made, or brought in, together, that belong to nobody until somebody enters one."""

    id = Id()
    template = ForeignKey(VoucherTemplate, on_delete=OnDelete.restrict, null=False)
    name = Varchar(length=100)
    state = Varchar(length=10, default="active")
    codes = Integer(default=0)
    claim_until = Moment(null=True)
    once = Varchar(length=255, unique=True)
    created_by = Varchar(length=100, default="")
    created_at = Moment()

    voucher_batch_name = Check("name <> ''")
    voucher_batch_state = Check("state IN ('active', 'ended', 'revoked')")
    voucher_batch_codes = Check("codes >= 0")


class VoucherCode(Table, tablename="voucher_code", schema=PLACEHOLDER, db=DB):
    """One code of a batch, counted as issued from the beginning; `voucher` is what it became."""

    id = Id()
    batch = ForeignKey(VoucherBatch, on_delete=OnDelete.restrict, null=False)
    code_digest = Bytea(unique=True, default=None, secret=True)
    code_shut = Bytea(default=None, secret=True)
    state = Varchar(length=10, default="free")
    voucher = ForeignKey(Voucher, on_delete=OnDelete.restrict, null=True, default=None)

    voucher_code_state = Check("state IN ('free', 'claimed', 'expired', 'revoked')")
    voucher_code_claimed = Check("(state = 'claimed') = (voucher IS NOT NULL)")


class VoucherPoolCode(Table, tablename="voucher_pool_code", schema=PLACEHOLDER, db=DB):
    """A code of an outside benefit, shut; handed out with one voucher, once ever."""

    id = Id()
    template = ForeignKey(VoucherTemplate, on_delete=OnDelete.restrict, null=False)
    code_digest = Bytea(default=None, secret=True)
    code_shut = Bytea(default=None, secret=True)
    voucher = ForeignKey(Voucher, on_delete=OnDelete.restrict, null=True, default=None)
    created_at = Moment()

    voucher_pool_code_once = Unique([template, code_digest])


class VoucherPolicy(Table, tablename="voucher_policy", schema=PLACEHOLDER, db=DB):
    """How this shop's vouchers behave. There is one row."""

    id = SmallInt(primary_key=True, default=1)
    hold_seconds = Integer(default=900)
    hold_seconds_max = Integer(default=86_400)
    agent_daily_max = Integer(null=True, default=100)
    updated_at = Moment()

    voucher_policy_single = Check("id = 1")
    voucher_policy_hold_seconds = Check("hold_seconds BETWEEN 1 AND hold_seconds_max AND hold_seconds_max <= 2592000")
    voucher_policy_agent_daily_max = Check("agent_daily_max IS NULL OR agent_daily_max >= 0")


class VoucherAgentDay(Table, tablename="voucher_agent_day", schema=PLACEHOLDER, db=DB):
    """How many vouchers one of the service staff has given out on a day of the shop."""

    id = Id()
    staff = UUID(default=None)
    day = Date(default=None)
    issued = Integer(default=0)

    voucher_agent_day_once = Unique([staff, day])


class VoucherTry(Table, tablename="voucher_try", schema=PLACEHOLDER, db=DB):
    """How often somebody has asked for a code that is none of theirs, since when."""

    who = Varchar(length=150, primary_key=True)
    since = Moment()
    fails = Integer(default=0)


TABLES: tuple[type[Table], ...] = (
    VoucherTemplate, VoucherScope, VoucherLevel, VoucherHours, VoucherStock, VoucherHolding, Voucher,
    VoucherEvent, VoucherCheckout, VoucherRefund, VoucherBatch, VoucherCode, VoucherPoolCode, VoucherPolicy,
    VoucherAgentDay, VoucherTry,
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
    "CREATE INDEX voucher_handed_on ON __tenant__.voucher (handed_on_from) WHERE handed_on_from IS NOT NULL",
    "CREATE INDEX voucher_unsealed ON __tenant__.voucher (id) WHERE code IS NOT NULL",
    "CREATE INDEX voucher_level_level ON __tenant__.voucher_level (level)",
    "CREATE INDEX voucher_hours_template ON __tenant__.voucher_hours (template)",
    "CREATE INDEX voucher_refund_order ON __tenant__.voucher_refund (order_reference)",
    "CREATE INDEX voucher_batch_template ON __tenant__.voucher_batch (template)",
    "CREATE INDEX voucher_code_batch ON __tenant__.voucher_code (batch, id)",
    "CREATE UNIQUE INDEX voucher_code_voucher ON __tenant__.voucher_code (voucher) WHERE voucher IS NOT NULL",
    "CREATE UNIQUE INDEX voucher_pool_voucher ON __tenant__.voucher_pool_code (voucher) WHERE voucher IS NOT NULL",
    "CREATE INDEX voucher_pool_free ON __tenant__.voucher_pool_code (template, id) WHERE voucher IS NULL",
)
