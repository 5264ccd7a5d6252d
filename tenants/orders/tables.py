"""What members bought: orders as they stand, what was told of them, the terms they earn on, and what it adds up to."""

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
    Text,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from tenants.members.tables import Member
from tenants.tenancy import DB, PLACEHOLDER, Id, Moment

NAME_MAX = 100
SOURCE_MAX = 50
_KINDS = "('paid', 'shipped', 'delivered', 'completed', 'cancelled', 'refunded')"


class OrderTerms(Table, tablename="order_terms", schema=PLACEHOLDER, db=DB):
    """The terms of a day, policy, source and rules together, as orders keep them. Append-only.

    The id is made of the facts, so the same terms are one row. `rules` are the rules in the order in which they are
    asked, as JSON that only this subject reads.
    """

    id = Id()
    award_on = Varchar(length=10, default=None)
    points_per_unit = Numeric(digits=(10, 4), default=None)
    rounding = Varchar(length=10, default="down")
    refund_days = Integer(default=0)
    shipping_earns = Boolean(default=True)
    tax_earns = Boolean(default=True)
    by_level = Boolean(default=True)
    order_max = BigInt(null=True, default=None)
    rules = Text(default="[]")
    at = Moment()

    order_terms_award_on = Check("award_on IN ('paid', 'delivered', 'completed')")
    order_terms_rounding = Check("rounding IN ('down', 'half_up', 'up')")


class Order(Table, tablename="shop_order", schema=PLACEHOLDER, db=DB):
    """One order of one member as it stands: a summary of its events, which are the truth.

    The terms on which it earns points are those of the day on which it was first heard of, the level's multiplier is
    that of the moment at which it first earned. `points_due` is what these give; `points_capped` of them were
    withheld by a cap; `points_given` is what the member has net of what was taken back; `points_short` is what
    should have been taken back and was not there. Of `cap_asked` points the caps allowed `cap_got`. `counted` is
    the spend that levels know of.
    """

    id = Id()
    source = Varchar(length=SOURCE_MAX, default=None)
    external_id = Varchar(length=NAME_MAX, default=None)
    member = ForeignKey(Member, null=False, default=None, on_delete=OnDelete.restrict)
    currency = Varchar(length=3, default=None)
    amount = Numeric(digits=(12, 2), default=None)
    refunded = Numeric(digits=(12, 2), default=None)
    shipping = Numeric(digits=(12, 2), default=Decimal(0))
    tax = Numeric(digits=(12, 2), default=Decimal(0))
    items = Integer(default=0)
    state = Varchar(length=10, default=None)
    placed_at = Moment()
    paid_at = Moment(null=True)
    shipped_at = Moment(null=True)
    delivered_at = Moment(null=True)
    completed_at = Moment(null=True)
    cancelled_at = Moment(null=True)
    carrier = Varchar(length=50, null=True, default=None)
    tracking = Varchar(length=100, null=True, default=None)
    award_on = Varchar(length=10, default=None)
    points_per_unit = Numeric(digits=(10, 4), default=None)
    terms = UUID(null=True, default=None, help_text="checked nightly: a key would have every order lock one row")
    level_multiplier = Numeric(digits=(6, 3), null=True, default=None)
    active_at = Moment(null=True)
    points_due = BigInt(default=0)
    points_capped = BigInt(default=0)
    cap_asked = BigInt(default=0)
    cap_got = BigInt(default=0)
    points_given = BigInt(default=0)
    points_short = BigInt(default=0)
    counted = Numeric(digits=(12, 2), default=Decimal(0))
    version = Integer(default=1)
    updated_at = Moment()

    shop_order_name = Unique([source, external_id])
    shop_order_amount = Check("amount >= 0")
    shop_order_refunded = Check("refunded >= 0 AND refunded <= amount")
    shop_order_items = Check("items >= 0")
    shop_order_state = Check(f"state IN {_KINDS}")
    shop_order_award_on = Check("award_on IN ('paid', 'delivered', 'completed')")
    shop_order_points_per_unit = Check("points_per_unit >= 0")
    shop_order_points = Check("points_given >= 0 AND points_short >= 0 AND points_short <= points_given")
    shop_order_capped = Check("points_capped >= 0 AND points_capped <= points_due AND cap_got <= cap_asked")


class OrderEvent(Table, tablename="order_event", schema=PLACEHOLDER, db=DB):
    """One thing that a shop told of an order, under a reference of its own. Append-only.

    `amount` is the order's total, for a refund the part that was paid back; `facts` is a digest of what was told, by
    which a repeat is known from a contradiction. `lines` says how many lines it told.
    """

    id = Id()
    shop_order = ForeignKey(Order, null=False, default=None, on_delete=OnDelete.restrict)
    reference = Varchar(length=NAME_MAX, default=None)
    kind = Varchar(length=10, default=None)
    amount = Numeric(digits=(12, 2), null=True, default=None)
    items = Integer(null=True, default=None)
    shipping = Numeric(digits=(12, 2), null=True, default=None)
    tax = Numeric(digits=(12, 2), null=True, default=None)
    carrier = Varchar(length=50, null=True, default=None)
    tracking = Varchar(length=100, null=True, default=None)
    lines = SmallInt(default=0)
    at = Moment()
    received_at = Moment()
    facts = Bytea(default=None)

    order_event_once = Unique([shop_order, reference])
    order_event_kind = Check(f"kind IN {_KINDS}")
    order_event_amount = Check("amount >= 0")
    order_event_amount_told = Check("amount IS NOT NULL OR kind NOT IN ('paid', 'refunded')")


class OrderEventLine(Table, tablename="order_event_line", schema=PLACEHOLDER, db=DB):
    """One line of an order as an event told it; of a refund, how much of that line was paid back. Append-only."""

    id = Id()
    event = ForeignKey(OrderEvent, null=False, default=None, on_delete=OnDelete.restrict)
    place = SmallInt(default=0)
    key = Varchar(length=NAME_MAX, default=None)
    product = Varchar(length=NAME_MAX, default="")
    category = Varchar(length=NAME_MAX, default="")
    quantity = Integer(default=1)
    amount = Numeric(digits=(12, 2), default=None)

    order_event_line_key = Unique([event, key])
    order_event_line_quantity = Check("quantity >= 0")
    order_event_line_amount = Check("amount >= 0")


class OrderLine(Table, tablename="order_line", schema=PLACEHOLDER, db=DB):
    """What one line of an order earns as the order stands; written where lines were told or a rule applied.

    `rule` is the rule that counted for it, as the order's terms keep it; `gross` are its points before refunds,
    `points` those that are left, after caps.
    """

    id = Id()
    shop_order = ForeignKey(Order, null=False, default=None, on_delete=OnDelete.restrict)
    place = SmallInt(default=0)
    key = Varchar(length=NAME_MAX, default=None)
    product = Varchar(length=NAME_MAX, default="")
    category = Varchar(length=NAME_MAX, default="")
    quantity = Integer(default=1)
    amount = Numeric(digits=(12, 2), default=None)
    net = Numeric(digits=(12, 2), default=None)
    rule = UUID(null=True, default=None)
    gross = BigInt(default=0)
    points = BigInt(default=0)

    order_line_key = Unique([shop_order, key])
    order_line_points = Check("points >= 0 AND points <= gross")


class OrderSource(Table, tablename="order_source", schema=PLACEHOLDER, db=DB):
    """One shop of the seller's, by the name under which its orders come in. What is empty is as the policy says."""

    id = Id()
    name = Varchar(length=SOURCE_MAX, unique=True, default=None)
    display_name = Varchar(length=100, default="")
    platform = Varchar(length=10, default="own")
    refund_days = Integer(null=True, default=None)
    award_on = Varchar(length=10, null=True, default=None)
    active = Boolean(default=True, help_text="orders of a source that is not active earn nothing")
    created_at = Moment()
    updated_at = Moment()

    order_source_platform = Check("platform IN ('taobao', 'jd', 'pdd', 'douyin', 'newegg', 'shopify', 'own')")
    order_source_refund_days = Check("refund_days BETWEEN 0 AND 365")
    order_source_award_on = Check("award_on IN ('paid', 'delivered', 'completed')")


class OrderRule(Table, tablename="order_rule", schema=PLACEHOLDER, db=DB):
    """What lines of some product, category or source earn instead: a multiple, extra points for each piece, or none.

    The one with the highest priority that fits a line counts for it, of equal ones the older.
    """

    id = Id()
    name_en = Varchar(length=100, default="")
    name_zh = Varchar(length=100, default="")
    source = Varchar(length=SOURCE_MAX, default="")
    product = Varchar(length=NAME_MAX, default="")
    category = Varchar(length=NAME_MAX, default="")
    excluded = Boolean(default=False)
    multiplier = Numeric(digits=(6, 3), default=Decimal(1))
    extra_points = Integer(default=0)
    priority = SmallInt(default=0)
    starts_at = Moment(null=True)
    ends_at = Moment(null=True)
    active = Boolean(default=True)
    created_at = Moment()
    updated_at = Moment()

    order_rule_multiplier = Check("multiplier BETWEEN 0 AND 100")
    order_rule_extra_points = Check("extra_points BETWEEN 0 AND 1000000")
    order_rule_window = Check("ends_at > starts_at")


class OrderPolicy(Table, tablename="order_policy", schema=PLACEHOLDER, db=DB):
    """How many points an order earns and when; exactly one row. An order keeps the terms it was taken in with.

    Points expire as the shop's points do. A cap is of an order, of a member's or the whole shop's day or month (by
    the shop's clock, from the moment on at which the cap is set); none is no cap.
    """

    id = SmallInt(primary_key=True, default=1)
    active = Boolean(default=True)
    award_on = Varchar(length=10, default="completed")
    points_per_unit = Numeric(digits=(10, 4), default=Decimal(1))
    rounding = Varchar(length=10, default="down")
    refund_days = Integer(default=0)
    shipping_earns = Boolean(default=True)
    tax_earns = Boolean(default=True)
    by_level = Boolean(default=True)
    order_max = BigInt(null=True, default=None)
    member_day_max = BigInt(null=True, default=None)
    member_month_max = BigInt(null=True, default=None)
    shop_day_max = BigInt(null=True, default=None)
    shop_month_max = BigInt(null=True, default=None)
    updated_at = Moment()

    order_policy_single = Check("id = 1")
    order_policy_award_on = Check("award_on IN ('paid', 'delivered', 'completed')")
    order_policy_points_per_unit = Check("points_per_unit BETWEEN 0 AND 1000")
    order_policy_rounding = Check("rounding IN ('down', 'half_up', 'up')")
    order_policy_refund_days = Check("refund_days BETWEEN 0 AND 365")
    order_policy_order_max = Check("order_max BETWEEN 1 AND 1000000000")
    order_policy_member_day_max = Check("member_day_max BETWEEN 1 AND 1000000000000")
    order_policy_member_month_max = Check("member_month_max BETWEEN 1 AND 1000000000000")
    order_policy_shop_day_max = Check("shop_day_max BETWEEN 1 AND 1000000000000")
    order_policy_shop_month_max = Check("shop_month_max BETWEEN 1 AND 1000000000000")


class OrderCap(Table, tablename="order_cap", schema=PLACEHOLDER, db=DB):
    """How much of one cap is used in one of its days or months; the row that decides between concurrent orders.

    `holder` is the member, or empty for the whole shop.
    """

    id = Id()
    cap = Varchar(length=20, default=None)
    holder = Varchar(length=36, default="")
    starts_on = Date(default=None)
    used = BigInt(default=0)

    order_cap_period = Unique([cap, holder, starts_on])
    order_cap_known = Check("cap IN ('member_day', 'member_month', 'shop_day', 'shop_month')")
    order_cap_used = Check("used >= 0")


class OrderCapUse(Table, tablename="order_cap_use", schema=PLACEHOLDER, db=DB):
    """What one order takes of one cap's period, and how much of what it asked for the cap withheld."""

    id = Id()
    shop_order = ForeignKey(Order, null=False, default=None, on_delete=OnDelete.restrict)
    cap = ForeignKey(OrderCap, null=False, default=None, on_delete=OnDelete.restrict, index=True)
    points = BigInt(default=0)
    withheld = BigInt(default=0)

    order_cap_use_once = Unique([shop_order, cap])
    order_cap_use_points = Check("points >= 0 AND withheld >= 0")


class BuyerTotals(Table, tablename="buyer_totals", schema=PLACEHOLDER, db=DB):
    """What one member's orders add up to, kept as they change.

    A *purchase* is an order that is neither cancelled nor refunded as a whole; `spend` is what was paid for them less
    what was paid back; first and last are of purchases.
    """

    member = ForeignKey(Member, primary_key=True, null=False, default=None, on_delete=OnDelete.restrict)
    orders = Integer(default=0)
    purchases = Integer(default=0)
    spend = Numeric(digits=(16, 2), default=Decimal(0))
    first_at = Moment(null=True)
    last_at = Moment(null=True)
    updated_at = Moment()

    buyer_totals_counts = Check("purchases >= 0 AND purchases <= orders")
    buyer_totals_dates = Check("(first_at IS NULL) = (purchases = 0) AND (last_at IS NULL) = (purchases = 0)")


class ShopTotals(Table, tablename="shop_totals", schema=PLACEHOLDER, db=DB):
    """What the whole shop's orders add up to: the sum of sixteen rows, so that few transactions wait for each other.

    `buyers` have bought, `returned` more than once; `between_seconds` is the time from their first to their last
    purchase, which `gaps` purchases after a first one divide.
    """

    slot = SmallInt(primary_key=True, default=0)
    orders = BigInt(default=0)
    purchases = BigInt(default=0)
    spend = Numeric(digits=(18, 2), default=Decimal(0))
    buyers = BigInt(default=0)
    returned = BigInt(default=0)
    gaps = BigInt(default=0)
    between_seconds = Numeric(digits=(24, 6), default=Decimal(0))

    shop_totals_slot = Check("slot BETWEEN 0 AND 15")


class PurchaseCount(Table, tablename="purchase_count", schema=PLACEHOLDER, db=DB):
    """How many members have bought so often and no more, in sixteen slots as the shop's totals."""

    id = Id()
    slot = SmallInt(default=0)
    purchases = Integer(default=1)
    members = BigInt(default=0)

    purchase_count_once = Unique([slot, purchases])
    purchase_count_members = Check("members >= 0 AND purchases > 0")


TABLES: tuple[type[Table], ...] = (
    OrderTerms, Order, OrderEvent, OrderEventLine, OrderLine, OrderSource, OrderRule, OrderPolicy, OrderCap,
    OrderCapUse, BuyerTotals, ShopTotals, PurchaseCount,
)  # fmt: skip
INDEXES: tuple[str, ...] = (
    "CREATE INDEX shop_order_member ON __tenant__.shop_order (member, id)",
    # Most orders end completed; the others are few, and are what staff look for.
    "CREATE INDEX shop_order_not_completed ON __tenant__.shop_order (state, id) WHERE state <> 'completed'",
    "CREATE INDEX order_line_rule ON __tenant__.order_line (rule) WHERE rule IS NOT NULL",
)
